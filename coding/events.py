"""Events: the one verb that changes a coder's work. Operations are appended once, in order, and applied.

An edit says which version it started from. A stale one is refused with what it missed, never merged.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from coding import operations, schema
from coding.models import Assignment, Codebook, Event, Evidence, Operation, Passage
from coding.operations import CodedEvent, Ground, OperationInvalid, Work
from projects.models import User
from projects.refusals import Invalid, Stale, WrongState
from sources.state_lists import ProjectStates

MAX_BATCH = 2_000
CONTEXT = 32
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
    with transaction.atomic():
        locked = (
            Assignment.objects.select_for_update(of=("self",))
            .select_related("round__codebook", "text")
            .get(pk=assignment.pk)
        )
        identified = _identified(sent)
        known = set(
            Operation.objects.filter(assignment=locked, uid__in=list(identified)).values_list(
                "uid", flat=True
            )
        )
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
        work, ground = load(locked), ground_of(locked)
        problems = []
        for uid, body in fresh.items():
            try:
                operations.apply(work, str(body.get("kind")), body, ground)
            except OperationInvalid as refusal:
                problems.append({"operation": str(uid), "message": str(refusal)})
        if problems:
            raise Invalid(problems[0]["message"], problems=problems)
        now = timezone.now()
        Operation.objects.bulk_create(
            Operation(
                assignment=locked,
                uid=uid,
                n=locked.version + n,
                kind=body["kind"],
                body={name: value for name, value in body.items() if name not in {"id", "kind"}},
                by=by,
                at=now,
            )
            for n, (uid, body) in enumerate(fresh.items(), start=1)
        )
        _store(locked, work)
        locked.version += len(fresh)
        if locked.state == Assignment.State.ASSIGNED:
            locked.state = Assignment.State.STARTED
        locked.outcome, locked.outcome_reason = work.outcome, work.outcome_reason
        locked.save(update_fields=["version", "state", "outcome", "outcome_reason"])
    return Applied(locked.version, len(fresh), _recast(work, fresh.values()))


def ground_of(assignment: Assignment) -> Ground:
    return Ground(
        codebook=assignment.round.codebook.parsed,
        text_length=assignment.text.length,
        states=ProjectStates(assignment.round.project_id),
        outcomes=frozenset(Assignment.Outcome.values),
    )


def load(assignment: Assignment) -> Work:
    """The work as its rows stand."""
    work = Work(assignment.outcome, assignment.outcome_reason)
    uids: dict[int, UUID] = {}
    for row in assignment.events.all():
        uids[row.pk] = row.uid
        work.events[row.uid] = _as_coded(row)
    passages: dict[int, UUID] = {}
    for passage in assignment.passages.all():
        passages[passage.pk] = passage.uid
        work.passages[passage.uid] = (passage.start, passage.end)
    for link in Evidence.objects.filter(event__assignment=assignment):
        work.evidence.add((uids[link.event_id], link.field, passages[link.passage_id]))
    return work


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
    _store(taker, work)
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


def _store(assignment: Assignment, work: Work) -> None:
    """Bring the rows to the work: only what differs is written."""
    rows = _store_events(assignment, work)
    before = {row.uid: row for row in assignment.passages.all()}
    links = {
        (link.event.uid, link.field, link.passage.uid): link
        for link in Evidence.objects.filter(event__assignment=assignment).select_related(
            "event", "passage"
        )
    }
    stale = [link.pk for key, link in links.items() if key not in work.evidence]
    if stale:
        Evidence.objects.filter(pk__in=stale).delete()
    passages = _store_passages(assignment, work, before)
    Evidence.objects.bulk_create(
        Evidence(event=rows[event], field=field, passage=passages[passage])
        for event, field, passage in sorted(work.evidence - links.keys(), key=str)
    )


def _store_events(assignment: Assignment, work: Work) -> dict[UUID, Event]:
    rows = {row.uid: row for row in assignment.events.all()}
    fresh: list[Event] = []
    for uid, event in work.events.items():
        row = rows.get(uid)
        if row is not None and _as_coded(row) == event:
            continue
        if row is None:
            row = rows[uid] = Event(assignment=assignment, uid=uid)
            fresh.append(row)
        row.type, row.position, row.own_id = event.type, event.position, event.own_id
        row.values, row.whole_document = event.values, event.whole_document
        row.near_miss, row.near_miss_reason = event.near_miss, event.near_miss_reason
        row.removed = event.removed
        if row.pk:
            row.save()
    Event.objects.bulk_create(fresh)
    return rows


def _store_passages(
    assignment: Assignment, work: Work, rows: dict[UUID, Passage]
) -> dict[UUID, Passage]:
    gone = [row.pk for uid, row in rows.items() if uid not in work.passages]
    if gone:
        Passage.objects.filter(pk__in=gone).delete()
    body = assignment.text.body
    fresh: list[Passage] = []
    for uid, (start, end) in work.passages.items():
        row = rows.get(uid)
        if row is not None and (row.start, row.end) == (start, end):
            continue
        if row is None:
            row = rows[uid] = Passage(assignment=assignment, uid=uid)
            fresh.append(row)
        row.start, row.end, row.exact = start, end, body[start:end]
        row.before = body[max(0, start - CONTEXT) : start]
        row.after = body[end : end + CONTEXT]
        if row.pk:
            row.save()
    Passage.objects.bulk_create(fresh)
    return rows


def _as_coded(row: Event) -> CodedEvent:
    return CodedEvent(
        row.uid,
        row.type,
        row.position,
        row.own_id,
        dict(row.values),
        dict(row.whole_document),
        row.near_miss,
        row.near_miss_reason,
        row.removed,
    )
