"""Settled events of a project as incidents, with the documents that report them and the passages that prove them.

Documents are read some at a time; an incident is put together when all that report it have been read.
"""

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from coding.models import Assignment, Event
from coding.schema import Codebook
from datasets.contents import abroad
from datasets.contents.gathering import Gathered, counting, document_record, group_id
from datasets.records import (
    DocumentRecord,
    EvidenceRecord,
    IncidentRecord,
    ReportRecord,
)
from projects.models import Project
from reconciliation import incident_values, references
from reconciliation.models import (
    Decision,
    Group,
    Member,
    Position,
    Preference,
    Proof,
    Report,
    ResolvedEvent,
)
from sources import copies

_BY_PEOPLE = frozenset({Decision.Kind.ADOPTED, Decision.Kind.OWN})


@dataclass(frozen=True, slots=True)
class Account:
    """What one document has of an incident. `rank` tells whose values count where several have it.

    `preferred` are the fields that a person took from this one; then `fields` names those of its type.
    """

    incident_id: str
    rank: tuple[Any, ...]
    type: str
    values: dict[str, Any]
    coders: tuple[str, ...]
    is_decided: bool
    preferred: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


def by_incident_and_rank(one: Account) -> tuple[Any, ...]:
    return (one.incident_id, one.rank)


def resting_on_withdrawn_work(
    project: Project, documents: Iterable[int] | None = None
) -> QuerySet[Group]:
    """Groups with an event of work that was sent back or withdrawn since the round was reconciled."""
    gone = Member.objects.filter(group__round__project=project).exclude(
        event__assignment__state=Assignment.State.SUBMITTED
    )
    if documents is not None:
        gone = gone.filter(group__document__in=documents)
    return Group.objects.filter(retired_at=None, pk__in=gone.values("group"))


def resolved_of(found: Gathered) -> list[ResolvedEvent]:
    return _settled(found.setting.project, found.groups, found.documents)


def _settled(
    project: Project, groups: Iterable[int], documents: Iterable[int]
) -> list[ResolvedEvent]:
    """Settled events only: what is open again is not in a release until it is settled anew.

    Nor is what rests on work that is in its coder's hands again, reconciled anew or not yet. The groups are of these documents.
    """
    standing = ResolvedEvent.objects.filter(group__in=groups, is_event=True, reopened_at=None)
    gone = resting_on_withdrawn_work(project, documents)
    return list(standing.exclude(group__in=gone).order_by("id"))


def incident_of(resolved: Iterable[ResolvedEvent]) -> dict[int, str]:
    """The incident that each settled event reports; those that no one has linked are not in it."""
    reports = Report.objects.filter(resolved_event__in=[one.pk for one in resolved])
    return {
        report.resolved_event_id: str(report.incident)
        for report in reports.select_related("incident")
    }


class Happenings:
    """What some documents tell of incidents."""

    def __init__(self, found: Gathered, decisions: Iterable[Decision]) -> None:
        self._found = found
        self._decided = {one.group_id for one in decisions if one.kind in _BY_PEOPLE}
        resolved = resolved_of(found)
        self._incident_of = incident_of(resolved)
        self._resolved = [event for event in resolved if event.pk in self._incident_of]
        self._proofs = _proofs(self._resolved)
        self._look_for_preferences()
        # Decided values refer by name within round and document, or to another one; coders' own by the event's uid.
        self._of_uid: dict[str, str] = {}
        self._of_name: dict[tuple[int, int], dict[str, str]] = defaultdict(dict)
        for event in self._resolved:
            group, incident = found.groups[event.group_id], self._incident_of[event.pk]
            for row in self._events_of(event):
                name = references.name(found.labels[row.assignment_id], row.position)
                self._of_uid[str(row.uid)] = incident
                self._of_name[group.round_id, group.document_id][name] = incident
        self._abroad: dict[int, dict[str, str]] = defaultdict(dict)
        self._look_abroad()

    def _look_for_preferences(self) -> None:
        """Which of a batch's events a person preferred for which fields, as far as that holds."""
        reports = Report.objects.filter(resolved_event__in=[one.pk for one in self._resolved])
        incidents = dict(reports.values_list("resolved_event_id", "incident_id"))
        told = incident_values.preferences(self._found.setting.project, set(incidents.values()))
        self._concerned = {event for event, incident in incidents.items() if incident in told}
        self._preferred = {
            event.pk: tuple(
                sorted(
                    field
                    for field, one in told.get(incidents[event.pk], {}).items()
                    if one.taken_from_id == event.pk and incident_values.holds(one, event)
                )
            )
            for event in self._resolved
        }

    def _look_abroad(self) -> None:
        by_uid = abroad.groups_by_uid(self._found)
        by_name = abroad.groups_by_name(self._found, self._resolved)
        groups = {*by_uid.values(), *(one for led in by_name.values() for one in led.values())}
        if not groups:
            return
        documents = Group.objects.filter(pk__in=groups).values_list("document_id", flat=True)
        settled = _settled(self._found.setting.project, groups, set(documents))
        incidents = incident_of(settled)
        of_group = {one.group_id: incidents[one.pk] for one in settled if one.pk in incidents}
        for uid, group in by_uid.items():
            if group in of_group:
                self._of_uid[uid] = of_group[group]
        for of_round, led in by_name.items():
            for name, group in led.items():
                if group in of_group:
                    self._abroad[of_round][name] = of_group[group]

    def reports(self) -> Iterator[ReportRecord]:
        for event in self._resolved:
            group = self._found.groups[event.group_id]
            document = self._found.documents[group.document_id].external_id
            named = group_id(self._found, group)
            yield ReportRecord(self._incident_of[event.pk], document, f"{named}.{document}", named)

    def accounts(self) -> Iterator[Account]:
        for event in self._resolved:
            coders = {self._found.labels[row.assignment_id] for row in self._events_of(event)}
            yield Account(
                self._incident_of[event.pk],
                self._rank(event),
                event.type,
                self._linked(event),
                tuple(sorted(coders)),
                event.group_id in self._decided,
                self._preferred[event.pk],
                tuple(one.name for one in self._book(event).fields_of(event.type))
                if event.pk in self._concerned
                else (),
            )

    def evidence(self) -> Iterator[EvidenceRecord]:
        for event in self._resolved:
            yield from self._evidence(event)
            yield from self._proved(event)

    def _events_of(self, event: ResolvedEvent) -> list[Event]:
        return [self._found.events[member] for member in self._found.members[event.group_id]]

    def _book(self, event: ResolvedEvent) -> Codebook:
        return self._found.setting.books[self._found.groups[event.group_id].round_id]

    def _linked(self, event: ResolvedEvent) -> dict[str, Any]:
        """The decided values, references put through to incidents."""
        group = self._found.groups[event.group_id]
        names = ChainMap(
            self._of_name[group.round_id, group.document_id], self._abroad[group.round_id]
        )
        return references.renamed(self._book(event), event.type, event.values, names)

    def _rank(self, event: ResolvedEvent) -> tuple[Any, ...]:
        group = self._found.groups[event.group_id]
        document = self._found.documents[group.document_id]
        of_round = self._found.setting.rounds[group.round_id]
        return *incident_values.rank(document, group.n), len(of_round), of_round

    def _evidence(self, event: ResolvedEvent) -> Iterator[EvidenceRecord]:
        """The passages of the coders who had the decided value, field by field; each passage of a coder once."""
        group, codebook = self._found.groups[event.group_id], self._book(event)
        incident, values = self._incident_of[event.pk], self._linked(event)
        document = self._found.documents[group.document_id].external_id
        given = [
            (row, references.renamed(codebook, event.type, row.values, self._of_uid))
            for row in self._events_of(event)
        ]
        for described in codebook.fields_of(event.type):
            name, is_spans = described.name, described.kind == "spans"
            if not is_spans and name not in values:
                continue
            value = values.get(name, "")
            for row, said in given:
                if not is_spans and said.get(name) != value:
                    continue
                label = self._found.labels[row.assignment_id]
                for mark in self._found.evidence.get(row.pk, ()):
                    if mark.field == name:
                        yield EvidenceRecord(
                            incident,
                            document,
                            name,
                            value,
                            mark.start,
                            mark.end,
                            mark.words,
                            page=self._page(group.document_id, mark.start),
                            coder=label,
                        )
                if name in row.whole_document:
                    yield EvidenceRecord(
                        incident,
                        document,
                        name,
                        value,
                        None,
                        None,
                        "",
                        coder=label,
                        whole_document=row.whole_document[name],
                    )

    def _proved(self, event: ResolvedEvent) -> Iterator[EvidenceRecord]:
        """The passages by which an adjudicator proved a decision that stands."""
        group, values = self._found.groups[event.group_id], self._linked(event)
        for name, proof in self._proofs.get(event.group_id, ()):
            if name in values:
                yield EvidenceRecord(
                    self._incident_of[event.pk],
                    self._found.documents[group.document_id].external_id,
                    name,
                    values[name],
                    proof.start,
                    proof.end,
                    proof.exact,
                    page=self._page(group.document_id, proof.start),
                )

    def _page(self, document: int, start: int) -> int | None:
        pages = self._found.pages.get(document, [])
        return next(
            (number for number, first, end in pages if first <= start < max(end, first + 1)), None
        )


def _proofs(resolved: Iterable[ResolvedEvent]) -> dict[int, list[tuple[str, Proof]]]:
    """By group, the field and the passages by which an adjudicator proved the decision that stands."""
    found: dict[int, list[tuple[str, Proof]]] = defaultdict(list)
    standing = Position.objects.filter(
        group__in=[one.group_id for one in resolved], basis_changed=False
    )
    rows = Proof.objects.filter(decision__in=standing.values("decision")).select_related("decision")
    for proof in rows.order_by("decision_id", "start", "end"):
        found[proof.decision.group_id].append((proof.decision.field, proof))
    return found


def incidents_of(accounts: Iterable[Account]) -> Iterator[IncidentRecord]:
    """Incidents from what every document has of them, sorted by incident and rank: the first one's values count.

    Where a person preferred another one, as a whole or for a field, that one's do.
    """
    for incident_id, told in groupby(accounts, key=lambda one: one.incident_id):
        every = list(told)
        best = next((one for one in every if Preference.WHOLE in one.preferred), every[0])
        preferred = {
            name: one.values[name]
            for one in every
            for name in one.preferred
            if name in best.fields and name in one.values
        }
        yield IncidentRecord(
            incident_id,
            best.type,
            best.values | preferred,
            n_coders=len({coder for one in every for coder in one.coders}),
            adjudicated=any(one.is_decided or one.preferred for one in every),
        )


def copied(
    found: Gathered, reports: Iterable[ReportRecord]
) -> tuple[list[ReportRecord], list[DocumentRecord]]:
    """Confirmed copies of coded documents report what those report; nobody coded them, so no event stands behind it.

    With the copies that are no coded documents themselves. A copy may come several times, and where it was coded it may
    report by itself too: `own_first` keeps one of each.
    """
    project = found.setting.project
    coded = Assignment.objects.filter(**counting(project)).values("document")
    told: Mapping[int, list[Any]] = copies.copies_of(project, found.documents, among=coded)
    by_document = {found.documents[pk].external_id: these for pk, these in told.items()}
    made: list[ReportRecord] = []
    further: dict[int, DocumentRecord] = {}
    for report in reports:
        for copy in by_document.get(report.document_id, ()):
            if copy.current_text is not None:
                made.append(ReportRecord(report.incident_id, copy.external_id, ""))
                further[copy.pk] = document_record(copy, copy.current_text.sha256)
    return made, list(further.values())


def own_first(reports: Iterable[ReportRecord]) -> Iterator[ReportRecord]:
    """Sorted reports, without those of a copy where the document reports the incident already."""
    for _, told in groupby(reports, key=lambda one: (one.incident_id, one.document_id)):
        every = list(told)
        yield from [one for one in every if one.resolved_event_id] or every[:1]
