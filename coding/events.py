"""Events: the one verb that changes a coder's work. Operations are appended once, in order, and applied.

An edit says which version it started from. A stale one is refused with what it missed, never merged.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from coding import operations, schema
from coding.models import Assignment, Codebook, Event, Operation, Passage, Round
from coding.operations import Body, Ground, OperationInvalid, Work
from coding.work_rows import WorkRows, quoted_at
from projects.models import Membership, User
from projects.refusals import Invalid, Stale, WrongState
from projects.rows import insert_few
from sources.state_lists import ProjectStates

MAX_BATCH = 2_000
MOVED = (
    "codebook.move"  # that the round has another codebook from here on; never taken from a browser
)


@dataclass(frozen=True)
class Applied:
    """Where the work stands now; `values` are those stored in another form than they were sent."""

    version: int
    new: int
    values: tuple[dict[str, Any], ...] = ()


def apply(
    assignment: Assignment, sent: Sequence[Mapping[str, Any]], *, base: int, by: User
) -> Applied:
    """Append and apply a batch of {id, kind, ...}; all of it or none.

    Sending the same operations again is answered with the version they led to. Raises Stale with the
    operations since `base`, Invalid with a problem per operation, WrongState when the work is handed in.
    """
    if len(sent) > MAX_BATCH:
        raise Invalid(f"At most {MAX_BATCH} operations at a time.")
    identified = _identified(sent)
    if identified and base == assignment.version and assignment.is_workable:
        with suppress(_Overtaken, IntegrityError):
            return _append(assignment, identified, by=by)
    with transaction.atomic():
        locked = (
            Assignment.objects.select_for_update(of=("self",))
            .select_related("round__codebook", "text")
            .defer("text__body", "text__blocks")
            .get(pk=assignment.pk)
        )
        known = _known(locked, identified)
        fresh = {uid: body for uid, body in identified.items() if uid not in known}
        if not fresh and locked.version <= base + len(identified):
            return Applied(locked.version, 0, _recast(load(locked), identified.values()))
        if not fresh:
            # All of it is here, and more that came in between: told like any other missed edit.
            raise stale(locked, base)
        if not locked.is_workable:
            raise WrongState(
                f"This document is {locked.get_state_display()}; it can no longer be changed here."
            )
        if locked.round.state != locked.round.State.OPEN:
            raise WrongState("This round is closed.")
        if base != locked.version:
            raise stale(locked, base)
        return _append(locked, fresh, by=by)


def _known(assignment: Assignment, uids: Iterable[UUID]) -> set[UUID]:
    found = Operation.objects.filter(assignment=assignment, uid__in=list(uids))
    return set(found.values_list("uid", flat=True))


class _Overtaken(Exception):
    """Somebody else changed the work, or its state, while ours was being reckoned."""


def _append(assignment: Assignment, fresh: Mapping[UUID, Body], *, by: User) -> Applied:
    """Append and apply operations to the work as `assignment` has it; raises _Overtaken if it went ahead since.

    Everything is read and reckoned before the transaction, which begins by moving the version on from the one that was
    read: on SQLite, where one writes at a time, others then wait for a few rows only.
    """
    kinds = {str(body.get("kind")) for body in fresh.values()}
    rows = WorkRows(
        assignment,
        events=None if "event.add" in kinds else _events_named(fresh.values()),
        with_passages=any(kind.startswith("passage.") for kind in kinds),
    )
    work, ground = rows.work(), ground_of(assignment)
    problems = []
    for uid, body in fresh.items():
        try:
            operations.apply(work, str(body.get("kind")), body, ground)
        except OperationInvalid as refusal:
            problems.append({"operation": str(uid), "message": str(refusal)})
    if problems:
        if _known(assignment, fresh) or not _stands(assignment):
            raise _Overtaken
        raise Invalid(problems[0]["message"], problems=problems)
    version = assignment.version + len(fresh)
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    appended = [
        (assignment.pk, uid.hex, assignment.version + n, body["kind"], _as_sent(body), by.pk, now)
        for n, (uid, body) in enumerate(fresh.items(), start=1)
    ]
    quoted = rows.quoted(work)
    with transaction.atomic():
        if not _move_on(assignment, version, work):
            raise _Overtaken
        insert_few(Operation._meta.db_table, _OPERATION, appended)
        rows.store(work, quoted)
    return Applied(version, len(fresh), _recast(work, fresh.values()))


_OPERATION = ("assignment_id", "uid", "n", "kind", "body", "by_id", "at")


def _as_sent(body: Body) -> str:
    return json.dumps({name: value for name, value in body.items() if name not in {"id", "kind"}})


def _events_named(sent: Iterable[Body]) -> set[UUID]:
    named = set()
    for body in sent:
        with suppress(OperationInvalid):  # whoever applies it says what is wrong
            named.add(operations.read_uuid(body, "event"))
    return named


def _stands(assignment: Assignment) -> bool:
    """Whether the work is still as `assignment` has it, and open."""
    return Assignment.objects.filter(
        pk=assignment.pk,
        version=assignment.version,
        state=assignment.state,
        round__state=Round.State.OPEN,
        round__codebook=assignment.round.codebook_id,
    ).exists()


# By hand, because the queries that Django makes of it cost more time than everything else in the transaction.
_MOVE_ON = (
    'UPDATE "coding_assignment" SET version = %s, state = %s, outcome = %s, outcome_reason = %s '
    "WHERE id = %s AND version = %s AND state = %s "
    "AND EXISTS (SELECT 1 FROM coding_round WHERE id = %s AND state = 'open' AND codebook_id = %s)"
)


def _move_on(assignment: Assignment, version: int, work: Work) -> bool:
    """Take the version from what was read to the next, if `_stands`; whoever comes second finds it moved."""
    begun = assignment.state == Assignment.State.ASSIGNED
    state = Assignment.State.STARTED if begun else assignment.state
    becomes: list[Any] = [version, str(state), work.outcome, work.outcome_reason]
    was: list[Any] = [assignment.pk, assignment.version, str(assignment.state)]
    in_round: list[Any] = [assignment.round_id, assignment.round.codebook_id]
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_ON, [*becomes, *was, *in_round])
        return bool(cursor.rowcount == 1)


def ground_of(assignment: Assignment) -> Ground:
    return Ground(
        codebook=assignment.round.codebook.parsed,
        text_length=assignment.text.length,
        states=ProjectStates(assignment.round.project_id),
        outcomes=frozenset(Assignment.Outcome.values),
    )


def load(assignment: Assignment) -> Work:
    """The work as its rows stand."""
    return WorkRows(assignment).work()


def replay(assignment: Assignment) -> Work:
    """The work as its operations tell it. Equal to `load`, or something went round the front door.

    Each operation is read by the codebook of its time: where the round moved to a newer one, the log says so.
    """
    work, ground = Work(), ground_of(assignment)
    told = list(assignment.operations.order_by("n"))
    books = _books(assignment, [one.body for one in told if one.kind == MOVED])
    moved = next((one.body["from"] for one in told if one.kind == MOVED), None)
    if moved is not None:
        ground = replace(ground, codebook=books[moved])
    for operation in told:
        if operation.kind == MOVED:
            ground = replace(ground, codebook=books[operation.body["to"]])
        else:
            operations.apply(work, operation.kind, operation.body, ground)
    return work


def mend(assignment: Assignment) -> None:
    """Write the rows anew as the operations tell: for rows that something changed round the front door."""
    with transaction.atomic():
        held = Assignment.objects.select_for_update(of=("self",)).select_related(
            "round__codebook", "round__project", "text"
        )
        locked = held.get(pk=assignment.pk)
        work = replay(locked)
        Event.objects.filter(assignment=locked).exclude(uid__in=list(work.events)).delete()
        WorkRows(locked).store(work)
        for passage in Passage.objects.filter(assignment=locked):
            quote = quoted_at(locked.text.body, passage.start, passage.end)
            passage.exact, passage.before, passage.after = quote
            passage.save(update_fields=["exact", "before", "after"])
        locked.version = locked.operations.count()
        locked.outcome, locked.outcome_reason = work.outcome, work.outcome_reason
        locked.save(update_fields=["version", "outcome", "outcome_reason"])


def take_over(giver: Assignment, taker: Assignment) -> None:
    """Begin an untouched assignment with another's operations, each by whom and when it was made.

    Inside the caller's transaction; both are readings of one text in one round.
    """
    Operation.objects.bulk_create(
        Operation(
            assignment=taker, uid=one.uid, n=one.n, kind=one.kind, body=one.body, by_id=one.by_id, at=one.at
        )
        for one in giver.operations.order_by("n").iterator()
    )  # fmt: skip
    work = load(giver)
    WorkRows(taker).store(work)
    taker.version, taker.state = giver.version, Assignment.State.STARTED
    taker.outcome, taker.outcome_reason = work.outcome, work.outcome_reason
    taker.save(update_fields=["version", "state", "outcome", "outcome_reason"])


def _books(
    assignment: Assignment, moves: Sequence[Mapping[str, Any]]
) -> dict[int, schema.Codebook]:
    numbers = {move[side] for move in moves for side in ("from", "to")}
    rows = Codebook.objects.filter(project_id=assignment.round.project_id, n__in=numbers)
    return {row.n: row.parsed for row in rows}


def since(assignment: Assignment, base: int) -> list[dict[str, Any]]:
    """The operations after a version, in order, as they were sent."""
    return [
        {"id": str(operation.uid), "kind": operation.kind, **operation.body}
        for operation in assignment.operations.filter(n__gt=base).order_by("n")
    ]


def history(assignment: Assignment) -> list[dict[str, Any]]:
    """Every operation with when it came and from whom: by label, never by name, as others see a coder."""
    rows = assignment.operations.order_by("n")
    project = assignment.round.project_id
    labels = dict(Membership.objects.filter(project=project).values_list("user_id", "label"))
    return [
        {
            "id": str(row.uid),
            "kind": row.kind,
            **row.body,
            "at": row.at.isoformat(),
            "by": labels.get(row.by_id, ""),
        }
        for row in rows
    ]


def stale(assignment: Assignment, base: int) -> Stale:
    return Stale(
        "This coding was changed elsewhere since you loaded it.",
        version=assignment.version,
        operations=since(assignment, base),
    )


def _recast(work: Work, sent: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Any], ...]:
    """What "early 1994" or "japan" became: the browser shows what was understood."""
    changed = []
    for body in sent:
        if body.get("kind") != "value.set":
            continue
        try:
            event = work.events.get(operations.read_uuid(body, "event"))
        except OperationInvalid:  # an id known already, sent again with another body
            continue
        name = str(body.get("field"))
        if event and name in event.values and event.values[name] != body.get("value"):
            changed.append({"event": str(event.uid), "field": name, "value": event.values[name]})
    return tuple(changed)


def _identified(sent: Sequence[Mapping[str, Any]]) -> dict[UUID, Mapping[str, Any]]:
    identified: dict[UUID, Mapping[str, Any]] = {}
    for body in sent:
        if not isinstance(body, Mapping):
            raise Invalid("Each operation is an object with id and kind.")
        try:
            uid = operations.read_uuid(body, "id")
        except OperationInvalid as refusal:
            raise Invalid(f"Operation: {refusal}") from None
        if uid in identified:
            raise Invalid(f"Operation {uid} stands twice in one batch.")
        identified[uid] = body
    return identified
