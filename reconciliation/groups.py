"""Bringing stored groups and positions to an alignment, a batch of documents at a time.

Safe to run again: groups whose events stay together keep their row and their decisions, and what is as it
was is not written. A decision is never destroyed; where what it rested on changed, it is marked and goes
back to the queue. Which events belong together is settled before, in `aligning`.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from coding.models import Assignment, Round
from projects.models import User
from projects.rows import insert, take_keys, write
from reconciliation import outcomes
from reconciliation import positions as pure
from reconciliation.inputs import StudiedDocument, StudiedEvent, Study
from reconciliation.models import AlignedDocument, Group, Member, Position

Row = TypeVar("Row")

ROWS = 1_000
CONTENT = ("order", "state", "candidates", "basis", "basis_changed")
COLUMNS = ("field", *CONTENT)


@dataclass(frozen=True)
class Found:
    """A group of events as the alignment found it, with what its row says of it."""

    members: tuple[StudiedEvent, ...]
    type: str
    distances: list[list[Any]]

    @property
    def place(self) -> tuple[int, str]:
        """Groups are shown in the order of the text: where their first passage stands."""
        starts = [start for event in self.members for start, _ in event.coded.spans]
        return min(starts, default=10**9), self.members[0].key


@dataclass
class Tally:
    documents: int = 0
    groups: int = 0
    unmatched: int = 0
    positions: int = 0
    agreed: int = 0
    conflicts: int = 0
    basis_changed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            *(a + b for a, b in zip(vars(self).values(), vars(other).values(), strict=True))
        )


@dataclass
class _Changes:
    """What a batch has to write."""

    fresh: list[Group] = field(default_factory=list)
    moved: list[Group] = field(default_factory=list)
    retired: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    joined: list[tuple[Group, StudiedEvent, int]] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    # Of groups that have none yet: too many for a model instance each.
    first: list[tuple[Group, pure.Found]] = field(default_factory=list)
    changed: list[Position] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    # Groups whose resolved event may follow, with all their positions.
    stirred: list[tuple[Group, list[Position]]] = field(default_factory=list)

    def write(self) -> None:
        Group.objects.filter(pk__in=self.retired).update(retired_at=timezone.now())
        for group, key in zip(self.fresh, take_keys(Group, len(self.fresh)), strict=True):
            group.pk = key
        write(self.fresh)
        Group.objects.bulk_update(self.moved, ["position", "type", "distances"], batch_size=ROWS)
        Member.objects.filter(pk__in=self.left).delete()
        insert(
            Member._meta.db_table,
            ("group_id", "event_id", "coder_id", "label"),
            [(group.pk, event.pk, coder, event.label) for group, event, coder in self.joined],
        )
        Position.objects.filter(pk__in=self.gone).delete()
        Position.objects.bulk_create(self.positions, batch_size=ROWS)
        table, columns = Position._meta.db_table, ("group_id", *COLUMNS)
        insert(table, columns, [(group.pk, *_columns(found)) for group, found in self.first])
        Position.objects.bulk_update(self.changed, CONTENT, batch_size=200)


@dataclass(frozen=True)
class _Stored:
    """The living rows of a batch, loaded and held at once."""

    groups: Mapping[int, list[Group]]
    members: Mapping[int, list[Member]]
    positions: Mapping[int, list[Position]]
    last: Mapping[int, int]
    # Members whose coders have the work back and still hold the event.
    at_work: frozenset[int]

    @classmethod
    def of(cls, study: Study, documents: Sequence[StudiedDocument]) -> "_Stored":
        pks = [document.pk for document in documents]
        everything = Group.objects.filter(round=study.round, document__in=pks)
        living = list(everything.filter(retired_at=None).order_by("id").select_for_update())
        return cls(
            _by("document_id", living),
            _by("group_id", Member.objects.filter(group__in=living).order_by("pk")),
            _by(
                "group_id",
                Position.objects.filter(group__in=living).select_related("decision").order_by("order"),
            ),
            dict(
                everything.order_by().values("document_id").annotate(last=Max("n")).values_list(
                    "document_id", "last"
                )
            ),
            _at_work(living) if any(document.sent_back for document in documents) else frozenset(),
        )  # fmt: skip


def store(
    study: Study,
    documents: Sequence[StudiedDocument],
    found: Mapping[str, Sequence[Found]],
    hashes: Mapping[int, str],
    *,
    by: User | None,
) -> Tally:
    """Bring the rows of these documents to what was found in them, in one transaction.

    `found` by the document's name, `hashes` of what it was found from by its row; `by` asked for it.
    """
    changes = _Changes()
    with transaction.atomic():
        stored = _Stored.of(study, documents)
        tallies = {
            document.pk: _plan(study, document, found.get(document.name, ()), stored, changes)
            for document in documents
        }
        changes.write()
        for group, rows in changes.stirred:
            outcomes.follow(group, rows, study.codebook, by=by)
        AlignedDocument.objects.bulk_create(
            [
                AlignedDocument(
                    round=study.round, document_id=pk, input_hash=hashes[pk], tally=asdict(tally)
                )
                for pk, tally in tallies.items()
            ],
            update_conflicts=True,
            unique_fields=["round", "document"],
            update_fields=["input_hash", "tally"],
        )
    return sum(tallies.values(), Tally())


def retire_unread(of_round: Round, read: Collection[int]) -> None:
    """Documents from which all work was withdrawn have no groups any more; `read`: rows of all the others."""
    living = Group.objects.filter(round=of_round, retired_at=None)
    gone = sorted(
        set(living.order_by().values_list("document_id", flat=True).distinct()).difference(read)
    )
    for document in gone:
        with transaction.atomic():
            left = living.filter(document_id=document)
            Member.objects.filter(group__in=left).delete()
            left.update(retired_at=timezone.now())
            AlignedDocument.objects.filter(round=of_round, document=document).delete()


def _plan(
    study: Study,
    document: StudiedDocument,
    found: Sequence[Found],
    stored: _Stored,
    changes: _Changes,
) -> Tally:
    ordered = sorted(found, key=lambda group: group.place)
    living = stored.groups.get(document.pk, [])
    carried, waiting = _carried(ordered, living, stored, changes)
    number = stored.last.get(document.pk, 0)
    wanted: dict[int, tuple[Group, StudiedEvent]] = {}
    tally = Tally(documents=bool(document.readers), groups=len(ordered))
    for position, (group, row) in enumerate(zip(ordered, carried, strict=True), start=1):
        told = {"position": position, "type": group.type, "distances": group.distances}
        if row is None:
            number += 1
            row = Group(round=study.round, document_id=document.pk, n=number, **told)
            changes.fresh.append(row)
        elif any(getattr(row, name) != value for name, value in told.items()):
            _put(row, told)
            changes.moved.append(row)
        for event in group.members:
            wanted[event.pk] = row, event
        tally.unmatched += len(group.members) == 1 and len(document.judges) > 1
        _positions(study, document, row, group, stored, changes, tally)
    for row in waiting:
        _wait(row, stored, changes)
    staying = {row.pk for row in waiting}
    for row in living:
        for member in stored.members.get(row.pk, ()):
            home = wanted.get(member.event_id)
            if home is not None and home[0] is row:
                del wanted[member.event_id]
            elif row.pk not in staying or member.pk not in stored.at_work:
                changes.left.append(member.pk)
    changes.joined += [
        (row, event, document.readers[event.label].coder_id) for row, event in wanted.values()
    ]
    return tally


def _carried(
    ordered: Sequence[Found], living: Sequence[Group], stored: _Stored, changes: _Changes
) -> tuple[list[Group | None], list[Group]]:
    """For each group of events the row that carries it on: the one it shares most events with, or none yet.

    Of the rows left over, those come second whose coders are at work on them again; the others are retired.
    """
    rows = {group.pk: group for group in living}
    home = {member.event_id: pk for pk in rows for member in stored.members.get(pk, ())}
    overlaps: dict[tuple[int, int], int] = defaultdict(int)
    for index, group in enumerate(ordered):
        for event in group.members:
            if event.pk in home:
                overlaps[home[event.pk], index] += 1
    carried: list[Group | None] = [None] * len(ordered)
    for _, pk, index in sorted((-shared, pk, index) for (pk, index), shared in overlaps.items()):
        if carried[index] is None and pk in rows:
            carried[index] = rows.pop(pk)
    waiting: list[Group] = []
    for pk, row in rows.items():
        if any(member.pk in stored.at_work for member in stored.members.get(pk, ())):
            waiting.append(row)
        else:
            changes.retired.append(pk)
    return carried, waiting


def _at_work(living: Sequence[Group]) -> frozenset[int]:
    return frozenset(
        Member.objects.filter(
            group__in=living,
            event__removed=False,
            event__near_miss=False,
            event__assignment__state=Assignment.State.SENT_BACK,
        ).values_list("pk", flat=True)
    )


def _wait(group: Group, stored: _Stored, changes: _Changes) -> None:
    """A group whose coders have their work back: nothing in it is settled until they hand in again."""
    rows = stored.positions.get(group.pk, [])
    for row in rows:
        told = {"state": Position.State.INCOMPLETE, "basis_changed": row.decision_id is not None}
        if any(getattr(row, name) != value for name, value in told.items()):
            _put(row, told)
            changes.changed.append(row)
    _stir(group, rows, changes)


def _positions(
    study: Study,
    document: StudiedDocument,
    group: Group,
    found: Found,
    stored: _Stored,
    changes: _Changes,
    tally: Tally,
) -> None:
    known = {row.field: row for row in stored.positions.get(group.pk, ())}
    standing: list[Position] = []
    is_known = bool(known)
    written = len(changes.changed) + len(changes.gone) + len(changes.positions)
    for position in pure.positions_of(
        [pure.Member(event.label, event.coded.type, event.values) for event in found.members],
        document.judges,
        unfinished=bool(document.unfinished),
        codebook=study.codebook,
    ):
        tally.positions += 1
        tally.agreed += position.state == "agreed"
        tally.conflicts += position.state in {"differs", "missing", "unmatched"}
        if not is_known:
            changes.first.append((group, position))
            continue
        row = known.pop(position.field, None)
        decided_on = row.decision.basis if row and row.decision else None
        basis = position.basis
        told = {
            "order": position.order,
            "state": position.state,
            "candidates": dict(position.candidates),
            "basis": basis,
            "basis_changed": decided_on is not None and decided_on != basis,
        }
        if row is None:
            row = Position(group=group, field=position.field, **told)
            changes.positions.append(row)
        elif any(getattr(row, name) != value for name, value in told.items()):
            _put(row, told)
            changes.changed.append(row)
        standing.append(row)
        tally.basis_changed += row.basis_changed
    # A field that nobody fills any more: without a decision it goes; with one it stays and asks again.
    for row in known.values():
        if row.decision is None:
            changes.gone.append(row.pk)
            continue
        told = {"candidates": {}, "basis": "", "state": Position.State.MISSING}
        _put(row, told | {"basis_changed": row.decision.basis != ""})
        changes.changed.append(row)
        standing.append(row)
        tally.basis_changed += row.basis_changed
    if len(changes.changed) + len(changes.gone) + len(changes.positions) > written:
        _stir(group, standing, changes)


def _columns(found: pure.Found) -> tuple[Any, ...]:
    """A position that nothing was decided about, as its row has it."""
    candidates = json.dumps(dict(found.candidates))
    return found.field, found.order, found.state, candidates, found.basis, False


def _stir(group: Group, rows: list[Position], changes: _Changes) -> None:
    if any(row.decision_id is not None for row in rows):
        changes.stirred.append((group, rows))


def _put(row: Group | Position, told: Mapping[str, Any]) -> None:
    for name, value in told.items():
        setattr(row, name, value)


def _by(name: str, rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
