"""Aligning a round: which events of different coders are the same one, kept as groups and positions.

Safe to run again: groups whose events stay together keep their row and their decisions. A decision is
never destroyed; where what it rested on changed, it is marked and goes back to the queue.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

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


def align(study: Study) -> tuple[alignment.Alignment, Tally]:
    """Align what was submitted and bring the rows to it, document by document."""
    result = alignment.align([event.coded for event in study.events], rule_of(study.codebook))
    by_key = {event.key: event for event in study.events}
    grouped: dict[str, list[list[StudiedEvent]]] = defaultdict(list)
    for keys in result.groups:
        members = sorted((by_key[key] for key in keys), key=lambda event: event.label)
        grouped[members[0].coded.document].append(members)
    tally = Tally()
    for document in study.documents:
        if document.readers:
            _store(study, document, grouped[document.name], result, tally)
    return result, tally


def _store(
    study: Study,
    document: StudiedDocument,
    found: Sequence[list[StudiedEvent]],
    result: alignment.Alignment,
    tally: Tally,
) -> None:
    # Groups are shown in the order of the text: where their first passage stands.
    ordered = sorted(found, key=lambda members: (_place(members), members[0].key))
    with transaction.atomic():
        kept = _matched(study, document, ordered)
        for position, (members, group) in enumerate(zip(ordered, kept, strict=True), start=1):
            group.position = position
            group.type = pure.group_type(_pure(members), study.codebook)
            group.distances = _distances(members, result)
            group.save()
            Member.objects.bulk_create(
                Member(group=group, event=event.row, coder=document.readers[event.label].coder)
                for event in members
            )
            _positions(study, document, group, members, tally)
    tally.documents += 1
    tally.groups += len(ordered)
    tally.unmatched += sum(len(members) == 1 and len(document.judges) > 1 for members in ordered)


def _matched(
    study: Study, document: StudiedDocument, ordered: Sequence[list[StudiedEvent]]
) -> list[Group]:
    """For each group of events the row that carries it on: the one it shares most events with, or a new one."""
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
    Member.objects.filter(group__in=living).delete()
    Group.objects.filter(pk__in=list(rows)).update(retired_at=timezone.now())
    last = Group.objects.filter(round=study.round, document_id=document.pk).aggregate(
        last=Max("n")
    )["last"]
    numbers = count((last or 0) + 1)
    return [
        taken.get(index) or Group(round=study.round, document_id=document.pk, n=next(numbers))
        for index in range(len(ordered))
    ]


def _positions(
    study: Study, document: StudiedDocument, group: Group, members: list[StudiedEvent], tally: Tally
) -> None:
    found = pure.positions_of(
        _pure(members),
        document.judges,
        unfinished=bool(document.unfinished),
        codebook=study.codebook,
    )
    rows = {row.field: row for row in group.positions.select_related("decision")}
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
        tally.positions += 1
        tally.agreed += position.state == "agreed"
        tally.conflicts += position.state in {"differs", "missing", "unmatched"}
        tally.basis_changed += row.basis_changed
    Position.objects.bulk_create(fresh, batch_size=BATCH)
    # A field that nobody fills any more: without a decision it goes; with one it stays and asks again.
    for row in rows.values():
        if row.decision_id is None:
            row.delete()
        else:
            row.candidates, row.basis, row.basis_changed = {}, "", True
            row.save()


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
