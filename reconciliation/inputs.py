"""The only door from rows to the numeric heart's values.

Ids given to the heart are made of what people named (document, label, place in the coding), never of
row numbers or random ids, so that the same codings align and measure alike in every database.
"""

import hashlib
import json
from collections import ChainMap, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from coding import dates, schema
from coding.models import Assignment, Event, Evidence, Round
from coding.models.round import reading_label
from reconciliation import references
from reconciliation.agreement.units import AlignmentRule, CodedEvent

# So many documents are read at once where a whole round is gone through.
PART = 250


@dataclass(frozen=True, slots=True)
class StudiedEvent:
    """One submitted event: what the heart needs, beside the row it came from.

    `values` are those that count; they refer to other events by name, as `references` has it.
    """

    coded: CodedEvent
    pk: int
    uid: str
    number: int
    values: Mapping[str, Any]

    @property
    def key(self) -> str:
        return self.coded.key

    @property
    def label(self) -> str:
        return self.coded.coder

    @property
    def name(self) -> str:
        return references.name(self.label, self.number)


@dataclass(frozen=True, slots=True)
class Reader:
    """A coder who handed in their reading of a document."""

    coder_id: int
    outcome: str


@dataclass
class StudiedDocument:
    """Who read a document in the round, who is still at it, and what they found."""

    pk: int
    name: str
    text_id: int
    length: int = 0
    kind: str = ""
    outlet: str = ""
    readers: dict[str, Reader] = field(default_factory=dict)
    unfinished: list[str] = field(default_factory=list)
    # Work that was sent back: label -> its state of coding, for as long as it is not handed in again.
    sent_back: dict[str, int] = field(default_factory=dict)
    events: list[StudiedEvent] = field(default_factory=list)
    # Names of events of other documents that events of this one refer to.
    links: set[str] = field(default_factory=set)
    # label -> the day on which the reading was handed in; tells of drift, and is no part of what was coded.
    handed_in: dict[str, date] = field(default_factory=dict)

    @property
    def line(self) -> bytes:
        """What the document adds to the hash of all that a run was made from."""
        return self.content + b"\n"

    def without_events(self) -> "StudiedDocument":
        """Who read it and when, to be kept when what they found is not."""
        return replace(self, events=[], links=set())

    @property
    def judges(self) -> list[str]:
        """Labels of those whose silence about an event means that they saw none."""
        return [
            label
            for label, reader in self.readers.items()
            if reader.outcome != Assignment.Outcome.CANNOT_CODE
        ]

    @cached_property
    def content(self) -> bytes:
        """What a run makes of the document follows from this alone, in whatever database it stands."""
        told = [
            self.name,
            sorted(self.unfinished),
            [[label, reader.outcome] for label, reader in sorted(self.readers.items())],
            [
                [event.key, event.coded.type, dict(event.values), event.coded.spans]
                for event in self.events
            ],
        ]
        return json.dumps(told, sort_keys=True, ensure_ascii=False).encode()


@dataclass(frozen=True)
class Study:
    round: Round
    codebook: schema.Codebook
    documents: tuple[StudiedDocument, ...]
    # Name of each event of another document that is referred to -> its row.
    elsewhere: Mapping[str, int] = field(default_factory=dict)

    @property
    def events(self) -> list[StudiedEvent]:
        return [event for document in self.documents for event in document.events]

    @cached_property
    def input_hash(self) -> str:
        """What a run was made from, independent of the database it stood in."""
        digest = hashlib.sha256()
        for document in self.documents:
            digest.update(document.line)
        return digest.hexdigest()


class Unfit(ValueError):
    """What was handed in cannot be studied as it stands; the message says why."""


class TextsDiffer(Unfit):
    """Events of one document are anchored to different texts and cannot be compared."""


class WorkChanged(Unfit):
    """Work was sent back or handed in anew while the round was being read."""


@dataclass(frozen=True)
class Readings:
    """Who read what in a round, before any event is read: documents in the order of their names."""

    round: Round
    documents: tuple[StudiedDocument, ...]
    # Assignment handed in -> its document, the coder's label, and when it was handed in.
    handed_in: Mapping[int, tuple[StudiedDocument, str, datetime | None]]

    def parts(self) -> Iterator[Study]:
        """The documents with their events, PART at a time; nothing of a part is kept here."""
        by_document: dict[int, list[int]] = defaultdict(list)
        for pk, (document, _, _) in self.handed_in.items():
            by_document[document.pk].append(pk)
        for begin in range(0, len(self.documents), PART):
            part = self.documents[begin : begin + PART]
            yield self.part(part, [pk for one in part for pk in by_document[one.pk]])

    def of(self, documents: Collection[int]) -> Study:
        """Some documents alone, by their rows."""
        part = [one for one in self.documents if one.pk in documents]
        wanted = {one.pk for one in part}
        return self.part(
            part, [pk for pk, (one, _, _) in self.handed_in.items() if one.pk in wanted]
        )

    def part(self, documents: Sequence[StudiedDocument], assignments: Sequence[int]) -> Study:
        fresh = {one.pk: one.without_events() for one in documents}
        work = Assignment.objects.filter(pk__in=assignments)
        told = {pk: self.handed_in[pk] for pk in assignments}
        study = studied(
            self.round,
            work,
            fresh,
            {pk: (fresh[document.pk], label) for pk, (document, label, _) in told.items()},
        )
        still = work.filter(state=Assignment.State.SUBMITTED).values_list("pk", "submitted_at")
        now = dict(still)
        if now != {pk: handed_in for pk, (_, _, handed_in) in told.items()}:
            raise WorkChanged(
                "Work of this round was sent back or handed in anew while it was being read. "
                "Nothing is lost: reconcile it again."
            )
        return study


def readings(of_round: Round) -> Readings:
    """Everybody's reading of every document, as it stands now, in an order that no row number influences."""
    documents, handed_in = _readings(_work(of_round))
    return Readings(
        of_round, tuple(sorted(documents.values(), key=lambda one: one.name)), handed_in
    )


def study(of_round: Round, *, document: int | None = None) -> Study:
    """Everything submitted in a round, or about one document of it, at once.

    A second reading by the same coder is left out: it tells how steady a coder is, not how far coders agree.
    """
    work = _work(of_round)
    if document is not None:
        work = work.filter(document_id=document)
    documents, handed_in = _readings(work)
    by_assignment = {pk: (one, label) for pk, (one, label, _) in handed_in.items()}
    return studied(of_round, work, documents, by_assignment)


def _work(of_round: Round) -> QuerySet[Assignment]:
    return Assignment.objects.filter(round=of_round, sitting=1).exclude(
        state=Assignment.State.WITHDRAWN
    )


def studied(
    of_round: Round,
    work: QuerySet[Assignment],
    documents: Mapping[Any, StudiedDocument],
    by_assignment: Mapping[int, tuple[StudiedDocument, str]],
) -> Study:
    """These documents with the events of these readings: by assignment, the document each is of and its label."""
    codebook = of_round.codebook.parsed
    spans = _spans(work)
    families = {one.code: one.family for one in codebook.types}
    rows = (
        _handed_in(work)
        .order_by("assignment_id", "position")
        .values_list("pk", "assignment_id", "uid", "own_id", "type", "position", "values")
    )
    found: dict[str, list[tuple[int, int, UUID, str, str, int, Any]]] = defaultdict(list)
    uids: dict[str, set[str]] = defaultdict(set)
    for row in rows.iterator(chunk_size=2_000):
        # What was handed in after the readings were listed belongs to the next run.
        if row[1] in by_assignment:
            name = by_assignment[row[1]][0].name
            found[name].append(row)
            uids[name].add(str(row[2]))
    referring = references.fields_of(codebook)
    abroad = _elsewhere(
        of_round,
        {
            uid
            for name, theirs in found.items()
            for row in theirs
            for uid in references.referred(row[6], referring.get(row[4], ()))
            if uid not in uids[name]
        },
    )
    # Most refer to events of the document they read, some to their own of an earlier one.
    names_abroad = {uid: name for uid, (name, _) in abroad.items()}
    ordered = tuple(sorted(documents.values(), key=lambda one: one.name))
    for one in ordered:
        theirs = found.pop(one.name, [])
        labels = {row[0]: by_assignment[row[1]][1] for row in theirs}
        here = {str(row[2]): references.name(labels[row[0]], row[5]) for row in theirs}
        names = ChainMap(here, names_abroad)
        for pk, _, uid, own_id, kind, number, raw in theirs:
            values = references.renamed(
                codebook, kind, schema.shown_values(codebook, kind, raw), names
            )
            label = labels[pk]
            coded = CodedEvent(
                key=f"{one.name}\x1f{label}\x1f{number:05d}\x1f{own_id}",
                document=one.name,
                coder=label,
                type=kind,
                family=families[kind],
                providers=state_set(values.get("provider")),
                recipients=state_set(values.get("recipient")),
                reciprocal=values.get("reciprocal") == 1,
                start=day_interval(values.get("start")),
                spans=tuple(sorted(set(spans.get(pk, ())))),
            )
            one.events.append(StudiedEvent(coded, pk, str(uid), number, values))
            told = references.referred(values, referring.get(kind, ()))
            one.links.update(name for name in told if references.elsewhere(name))
        one.events.sort(key=lambda event: event.key)
    return Study(
        of_round,
        codebook,
        ordered,
        elsewhere=dict(abroad.values()),
    )


def _handed_in(work: QuerySet[Assignment]) -> QuerySet[Event]:
    """The events that count of what was handed in."""
    return Event.objects.filter(
        assignment__in=work.filter(state=Assignment.State.SUBMITTED), removed=False, near_miss=False
    )


def linked(of_round: Round) -> dict[str, int]:
    """Name of each event that work on another document of the round refers to -> its row."""
    referring = references.fields_of(of_round.codebook.parsed)
    fields = sorted({name for names in referring.values() for name in names})
    if not fields:
        return {}
    told: dict[str, set[str]] = defaultdict(set)
    rows = _handed_in(_work(of_round)).filter(values__has_any_keys=fields)
    for document, kind, values in rows.values_list(
        "assignment__document__external_id", "type", "values"
    ).iterator(chunk_size=2_000):
        for uid in references.referred(values, referring.get(kind, ())):
            told[uid].add(document)
    found: dict[str, int] = {}
    for uid, (name, pk) in _elsewhere(of_round, told).items():
        named = references.elsewhere(name)
        if named is None or named.round is not None or told[uid] != {named.document}:
            found[name] = pk
    return found


def round_numbers(of_round: Round) -> dict[int, int]:
    """The project's rounds counted from 1, as names of events and the ids of a release count them."""
    rows = Round.objects.filter(project=of_round.project_id).order_by("id")
    return {pk: n for n, pk in enumerate(rows.values_list("pk", flat=True), start=1)}


def _elsewhere(of_round: Round, uids: Iterable[str]) -> dict[str, tuple[str, int]]:
    """By id, the name and the row of events of other documents, as far as they are handed in and count."""
    wanted = sorted(uid for uid in uids if references.is_uid(uid))
    if not wanted:
        return {}
    numbers = round_numbers(of_round)
    found: dict[str, tuple[str, int]] = {}
    counting = Event.objects.filter(
        Q(assignment__round=of_round) | Q(assignment__round__kind=Round.Kind.PRODUCTION),
        assignment__round__project=of_round.project_id,
        assignment__state=Assignment.State.SUBMITTED,
        assignment__sitting=1,
        removed=False,
        near_miss=False,
    )
    for begin in range(0, len(wanted), 500):
        rows = counting.filter(uid__in=wanted[begin : begin + 500]).order_by("-pk").values_list(
            "uid", "pk", "assignment__document__external_id", "assignment__round_id",
            "assignment__coder__label", "position",
        )  # fmt: skip
        for uid, pk, document, in_round, label, position in rows:
            number = None if in_round == of_round.pk else numbers[in_round]
            found[str(uid)] = references.name_elsewhere(document, number, label, position), pk
    return found


def _readings(
    work: QuerySet[Assignment],
) -> tuple[dict[int, StudiedDocument], dict[int, tuple[StudiedDocument, str, datetime | None]]]:
    """The documents by their row; for each submitted assignment its document, the coder's label, and when it was."""
    documents: dict[int, StudiedDocument] = {}
    by_assignment: dict[int, tuple[StudiedDocument, str, datetime | None]] = {}
    rows = work.order_by("document__external_id", "coder__label", "sitting").values_list(
        "pk", "document_id", "document__external_id", "text_id", "coder_id", "coder__label",
        "sitting", "state", "outcome", "version", "text__length", "document__kind", "document__outlet",
        "submitted_at",
    )  # fmt: skip
    for (
        pk, document_pk, name, text, coder, label, sitting, state, outcome, version, length, kind, outlet, handed_in,
    ) in rows:  # fmt: skip
        if document_pk not in documents:
            documents[document_pk] = StudiedDocument(
                document_pk, name, text, length=length, kind=kind, outlet=outlet
            )
        document = documents[document_pk]
        if text != document.text_id:
            raise TextsDiffer(f"“{name}” was coded on two different texts; it cannot be aligned.")
        shown = reading_label(label, sitting)
        if state == Assignment.State.SUBMITTED:
            document.readers[shown] = Reader(coder, outcome)
            if handed_in is not None:
                document.handed_in[shown] = handed_in.date()
            by_assignment[pk] = (document, shown, handed_in)
            continue
        document.unfinished.append(shown)
        if state == Assignment.State.SENT_BACK:
            document.sent_back[shown] = version
    return documents, by_assignment


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


def _spans(work: QuerySet[Assignment]) -> dict[int, list[tuple[int, int]]]:
    """Event row -> the passages marked for it, over all its fields."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    links = Evidence.objects.filter(event__assignment__in=work).values_list(
        "event_id", "passage__start", "passage__end"
    )
    for event, start, end in links.iterator(chunk_size=5_000):
        found[event].append((start, end))
    return found
