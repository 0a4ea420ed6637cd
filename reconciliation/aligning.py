"""Aligning a round: which events of different coders are the same one, kept as groups and positions.

Safe to run again: groups whose events stay together keep their row and their decisions. A decision is
never destroyed; where what it rested on changed, it is marked and goes back to the queue.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from coding import schema
from coding.models import Assignment
from projects.models import User
from reconciliation import outcomes, references
from reconciliation import positions as pure
from reconciliation.agreement import alignment
from reconciliation.inputs import StudiedDocument, StudiedEvent, Study, rule_of
from reconciliation.models import Group, Member, Position

BATCH = 500


@dataclass
class Tally:
    documents: int = 0
    groups: int = 0
    unmatched: int = 0
    positions: int = 0
    agreed: int = 0
    conflicts: int = 0
    basis_changed: int = 0


def align(study: Study, *, by: User | None) -> tuple[alignment.Alignment, Tally]:
    """Align what was submitted and bring the rows to it, document by document. `by` asked for it."""
    result = alignment.align([event.coded for event in study.events], rule_of(study.codebook))
    by_key = {event.key: event for event in study.events}
    grouped: dict[str, list[list[StudiedEvent]]] = defaultdict(list)
    for keys in result.groups:
        members = sorted((by_key[key] for key in keys), key=lambda event: event.label)
        grouped[members[0].coded.document].append(members)
    tally = Tally()
    for document in study.documents:
        found = _referring_alike(grouped[document.name], study.codebook)
        _store(study, document, found, result, tally, by)
    _retire_unread(study)
    return result, tally


def _referring_alike(
    found: Sequence[list[StudiedEvent]], codebook: schema.Codebook
) -> list[list[StudiedEvent]]:
    """Whoever refers to any event of a group refers to its first one, so that meaning the same is agreement."""
    names = {
        references.name(event.label, event.row.position): references.name(
            members[0].label, members[0].row.position
        )
        for members in found
        for event in members
    }
    return [
        [
            replace(
                event,
                values=references.renamed(codebook, event.coded.type, event.values, names),
            )
            for event in members
        ]
        for members in found
    ]


def _store(
    study: Study,
    document: StudiedDocument,
    found: Sequence[list[StudiedEvent]],
    result: alignment.Alignment,
    tally: Tally,
    by: User | None,
) -> None:
    # Groups are shown in the order of the text: where their first passage stands.
    ordered = sorted(found, key=lambda members: (_place(members), members[0].key))
    with transaction.atomic():
        kept, waiting = _matched(study, document, ordered)
        for position, (members, group) in enumerate(zip(ordered, kept, strict=True), start=1):
            group.position = position
            group.type = pure.group_type(_pure(members), study.codebook)
            group.distances = _distances(members, result)
            group.save()
            Member.objects.bulk_create(
                Member(group=group, event=event.row, coder=document.readers[event.label].coder)
                for event in members
            )
            _positions(study, document, group, members, tally, by)
        for group in waiting:
            _wait(study, group, by)
    tally.documents += bool(document.readers)
    tally.groups += len(ordered)
    tally.unmatched += sum(len(members) == 1 and len(document.judges) > 1 for members in ordered)


def _matched(
    study: Study, document: StudiedDocument, ordered: Sequence[list[StudiedEvent]]
) -> tuple[list[Group], list[Group]]:
    """For each group of events the row that carries it on: the one it shares most events with, or a new one.

    Of the rows left over, those come second whose coders are at work on them again; the others are retired.
    """
    living = list(
        Group.objects.filter(round=study.round, document_id=document.pk, retired_at=None)
        .prefetch_related("members")
        .order_by("id")
    )
    events_of = {group.pk: {member.event_id for member in group.members.all()} for group in living}
    overlaps = sorted(
        (
            (-len(events_of[group.pk] & {event.row.pk for event in members}), group.pk, index)
            for index, members in enumerate(ordered)
            for group in living
        ),
    )
    rows = {group.pk: group for group in living}
    taken: dict[int, Group] = {}
    for shared, pk, index in overlaps:
        if shared < 0 and index not in taken and pk in rows:
            taken[index] = rows.pop(pk)
    at_work = Member.objects.filter(
        group__in=list(rows),
        event__removed=False,
        event__near_miss=False,
        event__assignment__state=Assignment.State.SENT_BACK,
    )
    staying = {member.pk: member.group_id for member in at_work}
    Member.objects.filter(group__in=living).exclude(pk__in=list(staying)).delete()
    waiting = [rows.pop(pk) for pk in sorted(set(staying.values()))]
    Group.objects.filter(pk__in=list(rows)).update(retired_at=timezone.now())
    last = Group.objects.filter(round=study.round, document_id=document.pk).aggregate(
        last=Max("n")
    )["last"]
    numbers = count((last or 0) + 1)
    carried = [
        taken.get(index) or Group(round=study.round, document_id=document.pk, n=next(numbers))
        for index in range(len(ordered))
    ]
    return carried, waiting


def _retire_unread(study: Study) -> None:
    """Documents from which all work was withdrawn have no groups any more."""
    living = Group.objects.filter(round=study.round, retired_at=None)
    read = {document.pk for document in study.documents}
    gone = sorted(set(living.values_list("document_id", flat=True)) - read)
    for document in gone:
        with transaction.atomic():
            left = living.filter(document_id=document)
            Member.objects.filter(group__in=left).delete()
            left.update(retired_at=timezone.now())


def _wait(study: Study, group: Group, by: User | None) -> None:
    """A group whose coders have their work back: nothing in it is settled until they hand in again."""
    rows = list(group.positions.select_related("decision"))
    for row in rows:
        row.state, row.basis_changed = Position.State.INCOMPLETE, row.decision_id is not None
    Position.objects.bulk_update(rows, ["state", "basis_changed"])
    _follow(study, group, rows, by)


def _follow(study: Study, group: Group, rows: Iterable[Position], by: User | None) -> None:
    decided = [row for row in rows if row.decision_id is not None]
    if decided:
        outcomes.follow(group, rows, study.codebook, by=by)


def _positions(
    study: Study,
    document: StudiedDocument,
    group: Group,
    members: list[StudiedEvent],
    tally: Tally,
    by: User | None,
) -> None:
    found = pure.positions_of(
        _pure(members),
        document.judges,
        unfinished=bool(document.unfinished),
        codebook=study.codebook,
    )
    rows = {row.field: row for row in group.positions.select_related("decision")}
    standing: list[Position] = []
    fresh: list[Position] = []
    for position in found:
        row = rows.pop(position.field, None) or Position(group=group, field=position.field)
        decided_on = row.decision.basis if row.decision_id and row.decision else None
        row.order, row.state = position.order, position.state
        row.candidates, row.basis = dict(position.candidates), position.basis
        row.basis_changed = decided_on is not None and decided_on != position.basis
        if row.pk:
            row.save()
        else:
            fresh.append(row)
        standing.append(row)
        tally.positions += 1
        tally.agreed += position.state == "agreed"
        tally.conflicts += position.state in {"differs", "missing", "unmatched"}
        tally.basis_changed += row.basis_changed
    Position.objects.bulk_create(fresh, batch_size=BATCH)
    # A field that nobody fills any more: without a decision it goes; with one it stays and asks again.
    for row in rows.values():
        if row.decision is None:
            row.delete()
            continue
        row.candidates, row.basis, row.state = {}, "", Position.State.MISSING
        row.basis_changed = row.decision.basis != ""
        row.save()
        standing.append(row)
        tally.basis_changed += row.basis_changed
    _follow(study, group, standing, by)


def _pure(members: Sequence[StudiedEvent]) -> list[pure.Member]:
    return [pure.Member(event.label, event.coded.type, event.values) for event in members]


def _place(members: Sequence[StudiedEvent]) -> int:
    starts = [start for event in members for start, _ in event.coded.spans]
    return min(starts, default=10**9)


def _distances(members: Sequence[StudiedEvent], result: alignment.Alignment) -> list[list[Any]]:
    told: list[list[Any]] = []
    for i, one in enumerate(members):
        for other in members[i + 1 :]:
            why = alignment.explain(result, one.key, other.key)
            distance = None if why.distance is None else round(why.distance, 6)
            terms = {name: [why.weights[name], round(part, 6)] for name, part in why.terms.items()}
            told.append([one.label, other.label, distance, terms])
    return told
