"""Settled events of a project as incidents, with the documents that report them and the passages that prove them."""

from collections import ChainMap, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from coding.models import Assignment
from datasets.contents.gathering import Gathered, document_record, group_id
from datasets.records import DocumentRecord, EvidenceRecord, IncidentRecord, ReportRecord
from projects.models import Project
from reconciliation import incident_values, references
from reconciliation.incident_values import Preferences
from reconciliation.models import Decision, Group, Member, Position, Proof, Report, ResolvedEvent
from sources import copies


def resting_on_withdrawn_work(project: Project) -> QuerySet[Group]:
    """Groups with an event of work that was sent back or withdrawn since the round was reconciled."""
    gone = Member.objects.filter(group__round__project=project).exclude(
        event__assignment__state=Assignment.State.SUBMITTED
    )
    return Group.objects.filter(retired_at=None, pk__in=gone.values("group"))


def resolved_of(project: Project) -> list[ResolvedEvent]:
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


def incident_of(project: Project) -> dict[int, Any]:
    reports = Report.objects.filter(incident__project=project).select_related("incident")
    return {report.resolved_event_id: report.incident for report in reports}


def incidents_of(
    gathered: Gathered,
    resolved: list[ResolvedEvent],
    incident_of: dict[int, str],
    preferences: Mapping[str, Preferences],
) -> tuple[list[IncidentRecord], list[ReportRecord], list[EvidenceRecord]]:
    decided = _decided_groups([event.group_id for event in resolved])
    proofs = _proofs([event.group_id for event in resolved])
    by_incident: dict[str, list[ResolvedEvent]] = defaultdict(list)
    for event in resolved:
        if event.pk in incident_of:
            by_incident[incident_of[event.pk]].append(event)
    # Decided values refer by name: within round and document, within the round, or to another round; coders' own
    # values by the event's uid.
    incident_of_uid: dict[str, str] = {}
    incident_of_name: dict[tuple[int, int], dict[str, str]] = defaultdict(dict)
    in_round: dict[int, dict[str, str]] = defaultdict(dict)
    anywhere: dict[str, str] = {}
    for event in resolved:
        if event.pk not in incident_of:
            continue
        group = gathered.groups[event.group_id]
        for member in gathered.members[event.group_id]:
            row = gathered.events[member]
            name = references.name(gathered.labels[row.assignment_id], row.position)
            incident_of_uid[str(row.uid)] = incident_of[event.pk]
            incident_of_name[group.round_id, group.document_id][name] = incident_of[event.pk]
            told = (gathered.documents[group.document_id].external_id, name)
            number = gathered.rounds[group.round_id]
            in_round[group.round_id]["#".join(told)] = incident_of[event.pk]
            anywhere[f"{told[0]}#{number}.{told[1]}"] = incident_of[event.pk]
    linked: dict[int, dict[str, Any]] = {}
    for event in resolved:
        group = gathered.groups[event.group_id]
        names = ChainMap(
            incident_of_name[group.round_id, group.document_id], in_round[group.round_id], anywhere
        )
        book = gathered.books[group.round_id]
        linked[event.pk] = references.renamed(book, event.type, event.values, names)
    incidents: list[IncidentRecord] = []
    reports: list[ReportRecord] = []
    evidence: list[EvidenceRecord] = []
    for incident_id, events in sorted(by_incident.items()):
        events.sort(key=lambda event: _source_rank(gathered, event))
        stands = incident_values.standing(events, preferences.get(incident_id, {}), linked)
        best, known = stands.best, {
            field.name for field in gathered.books[gathered.groups[stands.best.group_id].round_id].fields_of(stands.best.type)
        }  # fmt: skip
        coders = {
            gathered.labels[gathered.events[member].assignment_id]
            for event in events
            for member in gathered.members[event.group_id]
        }
        incidents.append(
            IncidentRecord(
                incident_id,
                best.type,
                {name: value for name, value in stands.values.items() if name in known},
                n_coders=len(coders),
                adjudicated=stands.is_decided or any(event.group_id in decided for event in events),
            )
        )
        for event in events:
            group = gathered.groups[event.group_id]
            document = gathered.documents[group.document_id]
            reports.append(
                ReportRecord(
                    incident_id,
                    document.external_id,
                    f"{group_id(gathered, group)}.{document.external_id}",
                    group_id(gathered, group),
                )
            )
            evidence += _evidence(gathered, event, incident_id, linked[event.pk], incident_of_uid)
            evidence += _proved(gathered, event, incident_id, linked[event.pk], proofs)
    return incidents, reports, evidence


def copies_of(
    project: Project, gathered: Gathered, reports: list[ReportRecord]
) -> tuple[list[ReportRecord], list[DocumentRecord]]:
    """Confirmed copies of coded documents report what those report; nobody coded them, so no event stands behind it."""
    by_document = {
        gathered.documents[pk].external_id: found
        for pk, found in copies.copies_of(project, gathered.documents).items()
    }
    told = {(report.incident_id, report.document_id) for report in reports}
    copied: list[ReportRecord] = []
    further: dict[int, DocumentRecord] = {}
    for report in reports:
        for copy in by_document.get(report.document_id, ()):
            key = (report.incident_id, copy.external_id)
            if key in told or copy.current_text is None:
                continue
            told.add(key)
            copied.append(ReportRecord(*key, resolved_event_id=""))
            if copy.pk not in gathered.documents:
                further[copy.pk] = document_record(copy, copy.current_text.sha256)
    return copied, list(further.values())


def _source_rank(gathered: Gathered, event: ResolvedEvent) -> tuple[Any, ...]:
    group = gathered.groups[event.group_id]
    return incident_values.rank(gathered.documents[group.document_id], group.n)


def _decided_groups(groups: list[int]) -> set[int]:
    by_people = {Decision.Kind.ADOPTED, Decision.Kind.OWN}
    return set(
        Decision.objects.filter(group__in=groups, kind__in=by_people).values_list(
            "group_id", flat=True
        )
    )


def _proofs(groups: list[int]) -> dict[int, list[tuple[str, Proof]]]:
    """By group, the field and the passages by which an adjudicator proved the decision that stands."""
    found: dict[int, list[tuple[str, Proof]]] = defaultdict(list)
    standing = Position.objects.filter(group__in=groups, basis_changed=False)
    rows = Proof.objects.filter(decision__in=standing.values("decision")).select_related("decision")
    for proof in rows.order_by("decision_id", "start", "end"):
        found[proof.decision.group_id].append((proof.decision.field, proof))
    return found


def _proved(
    gathered: Gathered,
    event: ResolvedEvent,
    incident_id: str,
    values: dict[str, Any],
    proofs: dict[int, list[tuple[str, Proof]]],
) -> Iterator[EvidenceRecord]:
    group = gathered.groups[event.group_id]
    for name, proof in proofs.get(event.group_id, ()):
        if name in values:
            yield EvidenceRecord(
                incident_id,
                gathered.documents[group.document_id].external_id,
                name,
                values[name],
                proof.start,
                proof.end,
                proof.exact,
                page=_page(gathered, group.document_id, proof.start),
            )


def _evidence(
    gathered: Gathered,
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


def _page(gathered: Gathered, document: int, start: int) -> int | None:
    pages = gathered.pages.get(document, [])
    return next(
        (number for number, first, end in pages if first <= start < max(end, first + 1)), None
    )
