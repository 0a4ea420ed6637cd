"""The only door from rows to the numeric heart's values.

Ids given to the heart are made of what people named (document, label, place in the coding), never of
row numbers or random ids, so that the same codings align and measure alike in every database.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from coding import dates, schema
from coding.models import Assignment, Event, Evidence, Round
from reconciliation import references
from reconciliation.agreement.units import AlignmentRule, CodedEvent


@dataclass(frozen=True)
class StudiedEvent:
    """One submitted event: what the heart needs, beside the row it came from.

    `values` are those that count; they refer to other events by name, such as C1:2.
    """

    coded: CodedEvent
    row: Event
    label: str
    values: Mapping[str, Any]

    @property
    def key(self) -> str:
        return self.coded.key


@dataclass
class StudiedDocument:
    """Who read a document in the round, who is still at it, and what they found."""

    pk: int
    name: str
    text_id: int
    readers: dict[str, Assignment] = field(default_factory=dict)
    unfinished: list[str] = field(default_factory=list)
    events: list[StudiedEvent] = field(default_factory=list)

    @property
    def judges(self) -> list[str]:
        """Labels of those whose silence about an event means that they saw none."""
        return [
            label
            for label, assignment in self.readers.items()
            if assignment.outcome != Assignment.Outcome.CANNOT_CODE
        ]


@dataclass(frozen=True)
class Study:
    round: Round
    codebook: schema.Codebook
    documents: tuple[StudiedDocument, ...]
    input_hash: str

    @property
    def events(self) -> list[StudiedEvent]:
        return [event for document in self.documents for event in document.events]


class TextsDiffer(ValueError):
    """Events of one document are anchored to different texts and cannot be compared."""


def study(of_round: Round) -> Study:
    """Everything submitted in a round, in an order that no row number influences.

    A second reading by the same coder is left out: it tells how steady a coder is, not how far coders agree.
    """
    codebook = of_round.codebook.parsed
    documents: dict[int, StudiedDocument] = {}
    by_assignment: dict[int, tuple[StudiedDocument, str]] = {}
    assignments = (
        Assignment.objects.filter(round=of_round, sitting=1)
        .exclude(state=Assignment.State.WITHDRAWN)
        .select_related("document", "coder")
        .order_by("document__external_id", "coder__label", "sitting")
    )
    for assignment in assignments:
        document = documents.setdefault(
            assignment.document_id,
            StudiedDocument(
                assignment.document_id, assignment.document.external_id, assignment.text_id
            ),
        )
        if assignment.text_id != document.text_id:
            raise TextsDiffer(
                f"“{document.name}” was coded on two different texts; it cannot be aligned."
            )
        label = assignment.coder.label
        if assignment.state == Assignment.State.SUBMITTED:
            document.readers[label] = assignment
            by_assignment[assignment.pk] = (document, label)
        else:
            document.unfinished.append(label)
    spans = _spans(of_round)
    rows = list(
        Event.objects.filter(
            assignment__in=list(by_assignment), removed=False, near_miss=False
        ).order_by("assignment_id", "position")
    )
    names = {
        str(row.uid): references.name(by_assignment[row.assignment_id][1], row.position)
        for row in rows
    }
    for row in rows:
        document, label = by_assignment[row.assignment_id]
        shown = schema.shown_values(codebook, row.type, row.values)
        values = references.renamed(codebook, row.type, shown, names)
        document.events.append(
            _studied(row, document.name, label, codebook, values, spans.get(row.pk, ()))
        )
    ordered = tuple(sorted(documents.values(), key=lambda document: document.name))
    for document in ordered:
        document.events.sort(key=lambda event: event.key)
    return Study(of_round, codebook, ordered, _hash(ordered))


def reading(assignment: Assignment) -> list[StudiedEvent]:
    """What one coder handed in of one document, as the heart takes it; references name the coder's own events."""
    codebook, label = assignment.round.codebook.parsed, assignment.coder.label
    spans: dict[int, list[tuple[int, int]]] = {}
    for event, start, end in Evidence.objects.filter(event__assignment=assignment).values_list(
        "event_id", "passage__start", "passage__end"
    ):
        spans.setdefault(event, []).append((start, end))
    rows = list(assignment.events.filter(removed=False, near_miss=False))
    names = {str(row.uid): references.name(label, row.position) for row in rows}
    return [
        _studied(
            row,
            assignment.document.external_id,
            label,
            codebook,
            references.renamed(
                codebook, row.type, schema.shown_values(codebook, row.type, row.values), names
            ),
            spans.get(row.pk, ()),
        )
        for row in rows
    ]


def rule_of(codebook: schema.Codebook) -> AlignmentRule:
    """The codebook's alignment rule as the heart takes it."""
    weights = codebook.alignment.weights
    return AlignmentRule(
        weights={
            "type": weights.type,
            "actors": weights.actors,
            "date": weights.date,
            "evidence": weights.evidence,
        },
        tau=codebook.alignment.tau,
        theta=codebook.alignment.theta,
    )


def day_interval(value: Any) -> tuple[int, int] | None:
    """First and last possible day of a coded date as ordinals; None where it has no two bounds."""
    if not isinstance(value, str) or schema.is_missing(value):
        return None
    found = dates.read(value)
    if found.earliest is None or found.latest is None:
        return None
    return found.earliest.toordinal(), found.latest.toordinal()


def state_set(value: Any) -> frozenset[int]:
    return (
        frozenset(code for code in value if isinstance(code, int))
        if isinstance(value, list)
        else frozenset()
    )


def _studied(
    row: Event,
    document: str,
    label: str,
    codebook: schema.Codebook,
    values: Mapping[str, Any],
    spans: Iterable[tuple[int, int]],
) -> StudiedEvent:
    coded = CodedEvent(
        key=f"{document}\x1f{label}\x1f{row.position:05d}\x1f{row.own_id}",
        document=document,
        coder=label,
        type=row.type,
        family=codebook.type(row.type).family,
        providers=state_set(values.get("provider")),
        recipients=state_set(values.get("recipient")),
        reciprocal=values.get("reciprocal") == 1,
        start=day_interval(values.get("start")),
        spans=tuple(sorted(set(spans))),
    )
    return StudiedEvent(coded, row, label, values)


def _spans(of_round: Round) -> dict[int, list[tuple[int, int]]]:
    """Event row -> the passages marked for it, over all its fields."""
    found: dict[int, list[tuple[int, int]]] = {}
    links = Evidence.objects.filter(event__assignment__round=of_round).values_list(
        "event_id", "passage__start", "passage__end"
    )
    for event, start, end in links.iterator():
        found.setdefault(event, []).append((start, end))
    return found


def _hash(documents: Iterable[StudiedDocument]) -> str:
    """What a run was made from, independent of the database it stood in."""
    digest = hashlib.sha256()
    for document in documents:
        content = [
            document.name,
            sorted(document.unfinished),
            [[label, reader.outcome] for label, reader in sorted(document.readers.items())],
            [
                [event.key, event.coded.type, dict(event.values), event.coded.spans]
                for event in document.events
            ],
        ]
        digest.update(json.dumps(content, sort_keys=True, ensure_ascii=False).encode() + b"\n")
    return digest.hexdigest()
