"""Who holds what in an open round: what a manager does when people come, go or fall behind. Verbs.

Only work that nobody began changes hands by itself; what somebody began is handed on one by one, never lost. Whoever
gives work away keeps a withdrawn row, so that what they still hold offline is answered in words.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from coding import allocation, events, levelling, planning, rounds
from coding.assignments import move
from coding.models import Assignment, Round
from projects import ledger
from projects.models import Membership, User
from projects.refusals import Invalid, WrongState

WENT_ON = "It was given to somebody else before you began it."


@dataclass(frozen=True)
class Moved:
    """What changed hands: how many from and to whom; `stuck` nobody could take."""

    count: int
    given: dict[str, int]
    taken: dict[str, int]
    stuck: int = 0


def reassign(assignment: Assignment, to: Membership, *, by: User) -> Assignment:
    """Give a piece of work that nobody began to another coder."""
    with transaction.atomic():
        old = _held(assignment)
        if old.state != Assignment.State.ASSIGNED or old.version:
            raise WrongState(
                f"{old.coder.label} has begun this document; it can be handed on, with what is coded."
            )
        new = _to(old, to)
        _withdraw([old])
        new.save()
        ledger.record(
            old.round.project,
            "assignment.reassign",
            new,
            by=by,
            difference={
                "document": old.document.external_id,
                "from": old.coder.label,
                "to": to.label,
            },
        )
    return new


def hand_on(
    assignment: Assignment, to: Membership, *, by: User, reason: str, afresh: bool = False
) -> Assignment:
    """Give work that was begun and left to another coder, who goes on from it, or begins `afresh`.

    What was coded stays readable in the withdrawn row, and the operations keep who made each.
    """
    if not reason.strip():
        raise Invalid("Please say why the work is handed on.")
    with transaction.atomic():
        old = _held(assignment)
        if old.state not in Assignment.WORKABLE:
            raise WrongState(f"Work that is {old.get_state_display()} cannot be handed on.")
        if not old.version:
            raise WrongState("Nothing is coded here yet; it can simply be given to somebody else.")
        new = _to(old, to)
        move(old, Assignment.State.WITHDRAWN)
        old.reason = reason.strip()
        old.save(update_fields=["state", "reason"])
        new.taken_over_from = old
        new.save()
        if not afresh:
            events.take_over(old, new)
        ledger.record(
            old.round.project,
            "assignment.hand_on",
            new,
            by=by,
            difference={
                "document": old.document.external_id,
                "from": old.coder.label,
                "to": to.label,
                "operations": 0 if afresh else old.version,
                "reason": reason.strip(),
            },
        )
    return new


def rebalance(of_round: Round, *, by: User, coders: Sequence[Membership]) -> Moved:
    """Even out what is left to do among these coders; others of the round keep what they have."""
    if not coders:
        raise Invalid("Say among whom the work is evened out.")
    return _level(of_round, coders, leaving=None, by=by, verb="round.rebalance")


def replace(
    of_round: Round, leaving: Membership, *, by: User, coders: Sequence[Membership]
) -> Moved:
    """Give all that a coder has not begun to these others, who has least to do first."""
    takers = [coder for coder in coders if coder.pk != leaving.pk]
    if not takers:
        raise Invalid("Say who takes over.")
    return _level(of_round, takers, leaving=leaving, by=by, verb="round.replace")


def give_again(
    of_round: Round, coder: Membership, *, by: User, count: int, seed: int = 0
) -> Sequence[Assignment]:
    """Have a coder read some of their own documents a second time, drawn by lot from what they handed in.

    It measures how steady a coder is, and enters no comparison between coders.
    """
    planning.check_coder(of_round.project, coder)
    with transaction.atomic():
        _open(of_round)
        own = Assignment.objects.filter(round=of_round, coder=coder).select_related("document")
        again = set(own.filter(sitting__gt=1).values_list("document_id", flat=True))
        done = [
            one
            for one in own.filter(sitting=1, state=Assignment.State.SUBMITTED, is_gold=False)
            if one.document_id not in again
        ]
        if not 1 <= count <= len(done):
            raise Invalid(
                f"{coder.label} has handed in {len(done)} documents that were not given a second time; "
                f"{count} cannot be drawn."
            )
        done.sort(key=lambda one: allocation.drawn(seed, "again", one.document.external_id))
        made = [_second_sitting(one) for one in done[:count]]
        Assignment.objects.bulk_create(made)
        ledger.record(
            of_round.project,
            "round.give_again",
            of_round,
            by=by,
            difference={
                "coder": coder.label,
                "documents": sorted(one.document.external_id for one in made),
                "seed": seed,
            },
        )
    return made


def _second_sitting(first: Assignment) -> Assignment:
    return Assignment(
        round_id=first.round_id,
        document=first.document,
        text_id=first.text_id,
        coder_id=first.coder_id,
        sitting=2,
        # Behind everything else, so that as much time as can be lies between the two.
        queue_key=f"z{first.queue_key}"[:64],
    )


def _level(
    of_round: Round,
    coders: Sequence[Membership],
    *,
    leaving: Membership | None,
    by: User,
    verb: str,
) -> Moved:
    for coder in coders:
        planning.check_coder(of_round.project, coder)
    with transaction.atomic():
        opened = _open(of_round)
        rows = list(
            Assignment.objects.filter(round=opened, sitting=1).select_related("document", "coder")
        )
        people = {coder.label: coder for coder in coders}
        gone = {leaving.label} if leaving else set()
        moves = levelling.level(
            _to_do(rows, {*people, *gone}),
            [
                (one.document.external_id, one.coder.label)
                for one in rows
                if _is_loose(one) and one.coder.label in {*people, *gone}
            ],
            _touched(rows),
            leaving=gone,
            seed=opened.seed,
        )
        _carry_out(moves, rows, people)
        left = sum(_is_loose(one) and one.coder.label in gone for one in rows) - len(
            [one for one in moves if one.giver in gone]
        )
        moved = Moved(
            len(moves),
            _counted(one.giver for one in moves),
            _counted(one.taker for one in moves),
            stuck=left,
        )
        if moves:
            ledger.record(
                opened.project,
                verb,
                opened,
                by=by,
                difference={
                    "coders": sorted(people),
                    **({"leaving": leaving.label} if leaving else {}),
                    "moves": [[one.document, one.giver, one.taker] for one in moves],
                },
            )
    return moved


def _to_do(rows: Iterable[Assignment], labels: Iterable[str]) -> dict[str, int]:
    to_do = dict.fromkeys(labels, 0)
    for one in rows:
        if one.coder.label in to_do and one.is_workable:
            to_do[one.coder.label] += 1
    return to_do


def _touched(rows: Iterable[Assignment]) -> dict[str, set[str]]:
    """By document, who may not be given it: who holds it, or began it once."""
    touched: dict[str, set[str]] = defaultdict(set)
    for one in rows:
        if one.state != Assignment.State.WITHDRAWN or one.version:
            touched[one.document.external_id].add(one.coder.label)
    return touched


def _carry_out(
    moves: Iterable[levelling.Move], rows: Iterable[Assignment], people: dict[str, Membership]
) -> None:
    held = {(one.document.external_id, one.coder.label): one for one in rows}
    fresh, again = [], []
    old = []
    for one in moves:
        row = held[one.document, one.giver]
        old.append(row)
        before = held.get((one.document, one.taker))
        if before is not None:
            again.append(before.pk)
        else:
            fresh.append(_like(row, people[one.taker]))
    _withdraw(old)
    Assignment.objects.filter(pk__in=again).update(state=Assignment.State.ASSIGNED, reason="")
    Assignment.objects.bulk_create(fresh, batch_size=rounds.BATCH)


def _is_loose(one: Assignment) -> bool:
    return one.state == Assignment.State.ASSIGNED and not one.version and not one.is_gold


def _withdraw(rows: Sequence[Assignment]) -> None:
    Assignment.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=Assignment.State.WITHDRAWN, reason=WENT_ON
    )


def _to(old: Assignment, to: Membership) -> Assignment:
    """The row in which `to` takes this document over, not yet written."""
    planning.check_coder(old.round.project, to)
    there = Assignment.objects.filter(
        round=old.round, document=old.document, coder=to, sitting=old.sitting
    ).first()
    if there is None:
        return _like(old, to)
    if there.state != Assignment.State.WITHDRAWN:
        raise Invalid(f"{to.label} has “{old.document.external_id}” in this round already.")
    if there.version:
        raise Invalid(
            f"{to.label} began “{old.document.external_id}” once and it was withdrawn; take that back instead."
        )
    there.state, there.reason = Assignment.State.ASSIGNED, ""
    return there


def _like(old: Assignment, to: Membership) -> Assignment:
    """The same reading for another coder: the text it is pinned to stays."""
    made = rounds.given(old.round, old.document, to, is_gold=old.is_gold)
    made.text_id, made.sitting = old.text_id, old.sitting
    return made


def _held(assignment: Assignment) -> Assignment:
    held = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("round__project", "round__codebook", "document", "coder", "text")
        .get(pk=assignment.pk)
    )
    _open(held.round)
    return held


def _open(of_round: Round) -> Round:
    """The round, held so that two managers do not move the same work; refused unless it is open."""
    opened = (
        Round.objects.select_for_update(of=("self",)).select_related("project").get(pk=of_round.pk)
    )
    if opened.state != Round.State.OPEN:
        raise WrongState("Work changes hands only while the round is open.")
    return opened


def _counted(labels: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for label in labels:
        found[label] += 1
    return dict(sorted(found.items()))
