"""Which records a release holds: rows into the frozen values that tables are made of.

Coders appear by label only. Ids are made of what is numbered for good (rounds, groups, places in a
coding), never of row numbers, so that the same records give the same bytes in every database.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet

from coding import codebooks, schema
from coding.models import Assignment, Codebook, Event, Evidence, Round
from datasets.records import (
    AllianceRecord,
    CodingRecord,
    DecisionRecord,
    DocumentRecord,
    EvidenceRecord,
    FigureRecord,
    IncidentRecord,
    ProjectRecord,
    Records,
    ReportRecord,
)
from projects.models import Project
from reconciliation import references, runs
from reconciliation.models import Decision, Group, Member, Report, ResolvedEvent
from reconciliation.positions import EXISTENCE, TYPE
from sources import alliance_lists, copies, state_lists
from sources.models import Document, Page

# A treaty's own text before a report about it; then the earlier account.
SOURCE_ORDER = {"treaty": 0, "news": 1, "other": 2}


@dataclass
class _Gathered:
    """Lookups shared by the steps below: one query each, whatever the size of the project."""

    rounds: dict[int, str] = field(default_factory=dict)
    documents: dict[int, Document] = field(default_factory=dict)
    text_hashes: dict[int, str] = field(default_factory=dict)
    pages: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)
    events: dict[int, Event] = field(default_factory=dict)
    event_ids: dict[int, str] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    evidence: dict[int, list[Evidence]] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    books: dict[int, schema.Codebook] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    group_of_event: dict[int, int] = field(default_factory=dict)


def records_of(project: Project) -> Records:
    """Everything that was coded, decided and measured in a project, as it stands now."""
    codebook = _codebook(project)
    parsed = codebook.parsed
    gathered = _gather(project)
    resolved = _resolved(project)
    incident_of = {
        resolved_pk: str(incident) for resolved_pk, incident in _incident_of(project).items()
    }
    incidents, reports, evidence = _incidents(gathered, resolved, incident_of)
    copied, further = _copies(project, gathered, reports)
    return Records(
        project=ProjectRecord(project.slug, project.title, project.description),
        codebook=parsed,
        codebook_sha256=codebook.sha256,
        incidents=incidents,
        reports=[*reports, *copied],
        evidence=evidence,
        codings=list(_codings(gathered, project)),
        decisions=list(_decisions(gathered, project)),
        figures=list(_figures(project)),
        documents=[
            _document(document, gathered.text_hashes[pk])
            for pk, document in gathered.documents.items()
        ]
        + further,
        alliances=list(_alliances(project)),
        states=state_lists.fingerprint(project),
    )


def _codebook(project: Project) -> Codebook:
    """The codebook of the newest round that somebody handed in for: what the release's columns are named by.

    Values are read by the codebook they were coded with. Where an older one knows what this one does not,
    the records contradict themselves and the release says so instead of dropping it.
    """
    newest = (
        Round.objects.filter(
            project=project,
            kind=Round.Kind.PRODUCTION,
            assignments__state=Assignment.State.SUBMITTED,
        )
        .select_related("codebook")
        .order_by("-id")
        .first()
    )
    return newest.codebook if newest else codebooks.current(project)


def _gather(project: Project) -> _Gathered:
    found = _Gathered()
    opened = list(Round.objects.filter(project=project).select_related("codebook").order_by("id"))
    found.rounds = {one.pk: f"r{n}" for n, one in enumerate(opened, start=1)}
    found.books = {one.pk: one.codebook.parsed for one in opened}
    submitted = _counting(project)
    assignments = (
        Assignment.objects.filter(**submitted)
        .select_related("document", "coder", "text")
        .order_by("id")
    )
    for assignment in assignments:
        found.documents.setdefault(assignment.document_id, assignment.document)
        found.labels[assignment.pk] = _label(assignment)
        found.text_hashes.setdefault(assignment.document_id, assignment.text.sha256)
    texts = {assignment.text_id: assignment.document_id for assignment in assignments}
    pages = Page.objects.filter(text__assignments__round__project=project).distinct()
    for text_id, *page in pages.order_by("text_id", "number").values_list(
        "text_id", "number", "start", "end"
    ):
        if text_id in texts:
            found.pages.setdefault(texts[text_id], []).append((page[0], page[1], page[2]))
    events = Event.objects.filter(
        removed=False, **{f"assignment__{name}": value for name, value in submitted.items()}
    )
    for event in events.select_related("assignment").order_by("id"):
        found.events[event.pk] = event
        of_round = found.rounds[event.assignment.round_id]
        found.event_ids[event.pk] = (
            f"{of_round}.{found.labels[event.assignment_id]}.e{event.position}"
        )
    by_event: dict[int, list[Evidence]] = defaultdict(list)
    links = Evidence.objects.filter(
        event__removed=False,
        **{f"event__assignment__{name}": value for name, value in submitted.items()},
    )
    for link in links.select_related("passage").order_by("passage__start", "passage__end", "id"):
        by_event[link.event_id].append(link)
    found.evidence = by_event
    groups = Group.objects.filter(
        round__project=project, round__kind=Round.Kind.PRODUCTION, retired_at=None
    ).prefetch_related("members")
    for group in groups.order_by("id"):
        found.groups[group.pk] = group
        found.members[group.pk] = [member.event_id for member in group.members.all()]
        for member in group.members.all():
            found.group_of_event[member.event_id] = group.pk
    return found


def _counting(project: Project) -> dict[str, Any]:
    """What is handed in and counts: neither training, nor a second reading by the same coder."""
    return {
        "round__project": project,
        "round__kind": Round.Kind.PRODUCTION,
        "sitting": 1,
        "state": Assignment.State.SUBMITTED,
    }


def _label(assignment: Assignment) -> str:
    return (
        assignment.coder.label
        if assignment.sitting == 1
        else f"{assignment.coder.label}/{assignment.sitting}"
    )


def resting_on_withdrawn_work(project: Project) -> QuerySet[Group]:
    """Groups with an event of work that was sent back or withdrawn since the round was reconciled."""
    gone = Member.objects.filter(group__round__project=project).exclude(
        event__assignment__state=Assignment.State.SUBMITTED
    )
    return Group.objects.filter(retired_at=None, pk__in=gone.values("group"))


def _resolved(project: Project) -> list[ResolvedEvent]:
    """Settled events only: what is open again is not in a release until it is settled anew.

    Nor is what rests on work that is in its coder's hands again, reconciled anew or not yet.
    """
    return list(
        ResolvedEvent.objects.filter(
            group__round__project=project, group__retired_at=None, is_event=True, reopened_at=None
        )
        .exclude(group__in=resting_on_withdrawn_work(project))
        .order_by("id")
    )


def _incident_of(project: Project) -> dict[int, Any]:
    reports = Report.objects.filter(incident__project=project).select_related("incident")
    return {report.resolved_event_id: report.incident for report in reports}


def _incidents(
    gathered: _Gathered,
    resolved: list[ResolvedEvent],
    incident_of: dict[int, str],
) -> tuple[list[IncidentRecord], list[ReportRecord], list[EvidenceRecord]]:
    decided = _decided_groups([event.group_id for event in resolved])
    by_incident: dict[str, list[ResolvedEvent]] = defaultdict(list)
    for event in resolved:
        if event.pk in incident_of:
            by_incident[incident_of[event.pk]].append(event)
    # Decided values refer by name within round and document, coders' own values by the event's uid.
    incident_of_uid: dict[str, str] = {}
    incident_of_name: dict[tuple[int, int], dict[str, str]] = defaultdict(dict)
    for event in resolved:
        if event.pk not in incident_of:
            continue
        group = gathered.groups[event.group_id]
        for member in gathered.members[event.group_id]:
            row = gathered.events[member]
            name = references.name(gathered.labels[row.assignment_id], row.position)
            incident_of_uid[str(row.uid)] = incident_of[event.pk]
            incident_of_name[group.round_id, group.document_id][name] = incident_of[event.pk]
    linked: dict[int, dict[str, Any]] = {}
    for event in resolved:
        group = gathered.groups[event.group_id]
        names = incident_of_name[group.round_id, group.document_id]
        book = gathered.books[group.round_id]
        linked[event.pk] = references.renamed(book, event.type, event.values, names)
    incidents: list[IncidentRecord] = []
    reports: list[ReportRecord] = []
    evidence: list[EvidenceRecord] = []
    for incident_id, events in sorted(by_incident.items()):
        events.sort(key=lambda event: _source_rank(gathered, event))
        best = events[0]
        coders = {
            gathered.labels[gathered.events[member].assignment_id]
            for event in events
            for member in gathered.members[event.group_id]
        }
        incidents.append(
            IncidentRecord(
                incident_id,
                best.type,
                linked[best.pk],
                n_coders=len(coders),
                adjudicated=any(event.group_id in decided for event in events),
            )
        )
        for event in events:
            group = gathered.groups[event.group_id]
            document = gathered.documents[group.document_id]
            reports.append(
                ReportRecord(
                    incident_id,
                    document.external_id,
                    f"{_group_id(gathered, group)}.{document.external_id}",
                    _group_id(gathered, group),
                )
            )
            evidence += _evidence(gathered, event, incident_id, linked[event.pk], incident_of_uid)
    return incidents, reports, evidence


def _copies(
    project: Project, gathered: _Gathered, reports: list[ReportRecord]
) -> tuple[list[ReportRecord], list[DocumentRecord]]:
    """Confirmed copies of coded documents report what those report; nobody coded them, so no event stands behind it."""
    copies_of = {
        gathered.documents[pk].external_id: found
        for pk, found in copies.copies_of(project, gathered.documents).items()
    }
    told = {(report.incident_id, report.document_id) for report in reports}
    copied: list[ReportRecord] = []
    further: dict[int, DocumentRecord] = {}
    for report in reports:
        for copy in copies_of.get(report.document_id, ()):
            key = (report.incident_id, copy.external_id)
            if key in told or copy.current_text is None:
                continue
            told.add(key)
            copied.append(ReportRecord(*key, resolved_event_id=""))
            if copy.pk not in gathered.documents:
                further[copy.pk] = _document(copy, copy.current_text.sha256)
    return copied, list(further.values())


def _source_rank(gathered: _Gathered, event: ResolvedEvent) -> tuple[Any, ...]:
    document = gathered.documents[gathered.groups[event.group_id].document_id]
    published = document.published_on.isoformat() if document.published_on else "9999"
    return (
        SOURCE_ORDER[document.kind],
        published,
        document.external_id,
        gathered.groups[event.group_id].n,
    )


def _decided_groups(groups: list[int]) -> set[int]:
    by_people = {Decision.Kind.ADOPTED, Decision.Kind.OWN}
    return set(
        Decision.objects.filter(group__in=groups, kind__in=by_people).values_list(
            "group_id", flat=True
        )
    )


def _evidence(
    gathered: _Gathered,
    event: ResolvedEvent,
    incident_id: str,
    values: dict[str, Any],
    incident_of_uid: dict[str, str],
) -> Iterator[EvidenceRecord]:
    """The passages of the coders who had the decided value, field by field; each passage of a coder once."""
    group = gathered.groups[event.group_id]
    document = gathered.documents[group.document_id]
    codebook = gathered.books[group.round_id]
    given = {
        member: references.renamed(
            codebook, event.type, gathered.events[member].values, incident_of_uid
        )
        for member in gathered.members[event.group_id]
    }
    for described in codebook.fields_of(event.type):
        is_spans = described.kind == "spans"
        if not is_spans and described.name not in values:
            continue
        value = values.get(described.name, "")
        for member in gathered.members[event.group_id]:
            row = gathered.events[member]
            if not is_spans and given[member].get(described.name) != value:
                continue
            label = gathered.labels[row.assignment_id]
            for link in gathered.evidence.get(member, ()):
                if link.field == described.name:
                    passage = link.passage
                    yield EvidenceRecord(
                        incident_id,
                        document.external_id,
                        described.name,
                        value,
                        passage.start,
                        passage.end,
                        passage.exact,
                        page=_page(gathered, group.document_id, passage.start),
                        coder=label,
                    )
            if described.name in row.whole_document:
                yield EvidenceRecord(
                    incident_id,
                    document.external_id,
                    described.name,
                    value,
                    None,
                    None,
                    "",
                    coder=label,
                    whole_document=row.whole_document[described.name],
                )


def _page(gathered: _Gathered, document: int, start: int) -> int | None:
    pages = gathered.pages.get(document, [])
    return next(
        (number for number, first, end in pages if first <= start < max(end, first + 1)), None
    )


def _codings(gathered: _Gathered, project: Project) -> Iterator[CodingRecord]:
    by_assignment: dict[int, list[Event]] = defaultdict(list)
    ids: dict[str, str] = {}
    for event in gathered.events.values():
        by_assignment[event.assignment_id].append(event)
        ids[str(event.uid)] = gathered.event_ids[event.pk]
    assignments = Assignment.objects.filter(**_counting(project)).select_related(
        "document", "round"
    )
    for assignment in assignments.order_by("id"):
        read = CodingRecord(
            assignment.document.external_id,
            gathered.labels[assignment.pk],
            assignment.outcome,
            round=assignment.round.name,
        )
        codebook = gathered.books[assignment.round_id]
        events = by_assignment.get(assignment.pk, [])
        if not events:
            yield read
        for event in sorted(events, key=lambda event: event.position):
            group = gathered.group_of_event.get(event.pk)
            coded = replace(
                read,
                event_id=gathered.event_ids[event.pk],
                event_type=event.type,
                near_miss=event.near_miss,
                near_miss_reason=event.near_miss_reason,
                group_id=_group_id(gathered, gathered.groups[group]) if group else "",
            )
            yield replace(coded, field=TYPE, value=event.type)
            shown = schema.shown_values(codebook, event.type, event.values)
            for name, value in references.renamed(codebook, event.type, shown, ids).items():
                yield replace(coded, field=name, value=value)


def _event_ids(value: Any, of_round: str) -> Any:
    """Names of events, such as C1:2, as the ids they have in `codings`."""
    if isinstance(value, list):
        return [_event_ids(one, of_round) for one in value]
    if value is None or schema.is_missing(value):
        return value
    label, _, position = str(value).rpartition(":")
    return f"{of_round}.{label}.e{position}"


def _decisions(gathered: _Gathered, project: Project) -> Iterator[DecisionRecord]:
    referring = {
        round_pk: {one.name for _, one in book.every_field() if one.kind in references.KINDS}
        for round_pk, book in gathered.books.items()
    }
    numbers: dict[int, int] = defaultdict(int)
    decisions = Decision.objects.filter(group__in=list(gathered.groups)).order_by("group_id", "id")
    for decision in decisions.iterator():
        numbers[decision.group_id] += 1
        group = gathered.groups[decision.group_id]
        candidates, chosen = decision.candidates, decision.value[0] if decision.value else None
        if decision.field in referring[group.round_id]:
            of_round = gathered.rounds[group.round_id]
            chosen = _event_ids(chosen, of_round)
            candidates = {label: _event_ids(one, of_round) for label, one in candidates.items()}
        by_machine = decision.kind in {Decision.Kind.RULE, Decision.Kind.AGREED}
        yield DecisionRecord(
            document_id=gathered.documents[group.document_id].external_id,
            group_id=_group_id(gathered, group),
            field="event" if decision.field == EXISTENCE else decision.field,
            candidates=candidates,
            chosen=chosen,
            decided_by="" if by_machine else decision.by_label,
            rule=(decision.rule or decision.kind) if by_machine else "",
            reason=decision.reason,
            error_kind=decision.error_kind,
            decided_on=decision.at.date(),
            decision_id=f"d{numbers[decision.group_id]:03d}"
            + ("-reopened" if decision.kind == "reopened" else ""),
        )


def _figures(project: Project) -> Iterator[FigureRecord]:
    rounds = Round.objects.filter(project=project, kind=Round.Kind.PRODUCTION)
    for of_round in rounds.order_by("id"):
        run = runs.latest(of_round)
        if run is None:
            continue
        for figure in run.figures.all():
            share = (
                ""
                if figure.aligned_share is None
                else f"; share of events aligned {figure.aligned_share:.3f}"
            )
            left_out = (
                "alignment leaves the field out" if figure.field else "alignment on all terms"
            )
            yield FigureRecord(
                round=of_round.name,
                question=figure.question,
                coefficient=figure.coefficient,
                field=figure.field,
                event_type=figure.type,
                subject=figure.subject,
                level=figure.level,
                value=figure.value,
                reason=figure.reason,
                low=figure.low,
                high=figure.high,
                interval_method=_interval(figure.interval, run.parameters),
                n_units=figure.n_units,
                n_coders=figure.n_coders,
                n_values=figure.n_values,
                prevalence=figure.prevalence,
                method=f"{figure.level or 'counts'}; {left_out}{share}",
            )


def _interval(method: str, parameters: dict[str, Any]) -> str:
    if not method:
        return ""
    return f"{method} bootstrap, percentile, {parameters['replicates']} replicates, seed {parameters['seed']}"


def _document(document: Document, text_sha256: str) -> DocumentRecord:
    return DocumentRecord(
        document_id=document.external_id,
        title=document.title,
        date=document.published_on.isoformat() if document.published_on else "",
        outlet=document.outlet,
        address=document.address,
        sha256=document.sha256,
        kind=document.kind,
        text_sha256=text_sha256,
    )


def _alliances(project: Project) -> Iterator[AllianceRecord]:
    """By reference and, where nothing else goes by it, by ATOP number: coders may write either."""
    alliances = list(alliance_lists.current(project).prefetch_related(None).order_by("reference"))
    taken = {one.reference for one in alliances}
    for one in alliances:
        yield AllianceRecord(one.reference, one.name, one.atop_id)
    for one in alliances:
        if one.atop_id is not None and str(one.atop_id) not in taken:
            taken.add(str(one.atop_id))
            yield AllianceRecord(str(one.atop_id), one.name, one.atop_id)


def _group_id(gathered: _Gathered, group: Group) -> str:
    return f"{gathered.rounds[group.round_id]}.g{group.n}"
