"""Events: the one verb that changes a coder's work. Operations are appended once, in order, and applied.

An edit says which version it started from. A stale one is refused with what it missed, never merged.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from coding import operations, schema
from coding.models import (
    Assignment,
    Codebook,
    Event,
    Evidence,
    Operation,
    Passage,
    Round,
)
from coding.operations import Body, CodedEvent, Ground, OperationInvalid, Work
from projects.models import Membership, User
from projects.refusals import Invalid, Stale, WrongState
from projects.rows import insert_few
from sources.models import Text
from sources.state_lists import ProjectStates

MAX_BATCH = 2_000
CONTEXT = 32
MOVED = (
    "codebook.move"  # that the round has another codebook from here on; never taken from a browser
)

_STORED = [field.name for field in fields(CodedEvent) if field.name != "uid"]
_Link = tuple[UUID, str, UUID]  # event, field, passage
_Quote = tuple[str, str, str]  # the words of a passage, those before and those behind it


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
    rows = _Rows(
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
    return _Rows(assignment).work()


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
        _Rows(locked).store(work)
        for passage in Passage.objects.filter(assignment=locked):
            quote = _quote(locked.text.body, passage.start, passage.end)
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
    _Rows(taker).store(work)
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


# By hand for the same reason as _MOVE_ON.
_EVENTS = "SELECT * FROM coding_event WHERE assignment_id = %s"
_PASSAGES = 'SELECT id, uid, start, "end" FROM coding_passage WHERE assignment_id = %s'
_LINKS = (
    "SELECT l.id, e.uid, l.field, p.uid FROM coding_evidence l JOIN coding_event e ON e.id = l.event_id "
    "JOIN coding_passage p ON p.id = l.passage_id WHERE e.assignment_id = %s"
)
_EVENT = (
    "assignment_id", "uid", "own_id", "type", "position", "values", "whole_document", "near_miss", "near_miss_reason",
    "removed",
)  # fmt: skip
_PASSAGE = ("assignment_id", "uid", "start", "end", "exact", "before", "after")
_EVIDENCE = ("event_id", "field", "passage_id")


def _rows_of(assignment: Assignment, events: set[UUID] | None) -> Iterable[Event]:
    """All events of an assignment, or those named: most saves ask for one."""
    if events is None:
        return Event.objects.raw(_EVENTS, [assignment.pk])
    if not events:
        return ()
    places = ", ".join(["%s"] * len(events))
    return Event.objects.raw(
        f"{_EVENTS} AND uid IN ({places})", [assignment.pk, *(uid.hex for uid in events)]
    )


def _uid(kept: Any) -> UUID:
    """SQLite keeps it as text."""
    return kept if isinstance(kept, UUID) else UUID(kept)


def _asked(statement: str, assignment: Assignment) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [assignment.pk])
        return list(cursor.fetchall())


def _quote(body: str, start: int, end: int) -> _Quote:
    return body[start:end], body[max(0, start - CONTEXT) : start], body[end : end + CONTEXT]


def _body(text: Text) -> str:
    if "body" in text.get_deferred_fields():
        with connection.cursor() as cursor:
            cursor.execute("SELECT body FROM sources_text WHERE id = %s", [text.pk])
            (text.body,) = cursor.fetchone()
    return text.body


class _Rows:
    """The rows of one coder's work: read once, as a work and back again, only what differs being written.

    Adding an event asks for all events, anything about passages for all passages; else what is named is enough.
    """

    def __init__(
        self,
        assignment: Assignment,
        *,
        events: set[UUID] | None = None,
        with_passages: bool = True,
    ) -> None:
        self.assignment = assignment
        self.events = {row.uid: row for row in _rows_of(assignment, events)}
        self.passages: dict[UUID, _Held] = {}
        self.links: dict[_Link, int] = {}
        if with_passages:
            self.passages = {
                _uid(uid): _Held(pk, start, end)
                for pk, uid, start, end in _asked(_PASSAGES, assignment)
            }
            self.links = {
                (_uid(event), field, _uid(passage)): pk
                for pk, event, field, passage in _asked(_LINKS, assignment)
            }

    def work(self) -> Work:
        return Work(
            self.assignment.outcome,
            self.assignment.outcome_reason,
            events={uid: _as_coded(row) for uid, row in self.events.items()},
            passages={uid: (held.start, held.end) for uid, held in self.passages.items()},
            evidence=set(self.links),
        )

    def quoted(self, work: Work) -> dict[UUID, _Quote]:
        """The words of the passages that are new or elsewhere now; it asks for the text, best before a transaction."""
        differing = {
            uid: span
            for uid, span in work.passages.items()
            if (held := self.passages.get(uid)) is None or span != (held.start, held.end)
        }
        if not differing:
            return {}
        body = _body(self.assignment.text)
        return {uid: _quote(body, *span) for uid, span in differing.items()}

    def store(self, work: Work, quoted: Mapping[UUID, _Quote] | None = None) -> None:
        self._store_events(work)
        gone = [pk for link, pk in self.links.items() if link not in work.evidence]
        if gone:
            Evidence.objects.filter(pk__in=gone).delete()
        self._store_passages(work, self.quoted(work) if quoted is None else quoted)
        fresh = [
            (self.events[event].pk, field, self.passages[passage].pk)
            for event, field, passage in sorted(work.evidence - self.links.keys(), key=str)
        ]
        insert_few(Evidence._meta.db_table, _EVIDENCE, fresh)

    def _store_events(self, work: Work) -> None:
        fresh: list[Event] = []
        for uid, event in work.events.items():
            row = self.events.get(uid)
            if row is None:
                row = self.events[uid] = Event(assignment=self.assignment, uid=uid)
                fresh.append(row)
            differing = [name for name in _STORED if getattr(row, name) != getattr(event, name)]
            for name in differing:
                setattr(row, name, getattr(event, name))
            if row.pk and differing:
                Event.objects.filter(pk=row.pk).update(
                    **{name: getattr(event, name) for name in differing}
                )
        values = [
            (
                self.assignment.pk, row.uid.hex, row.own_id, row.type, row.position, json.dumps(row.values),
                json.dumps(row.whole_document), row.near_miss, row.near_miss_reason, row.removed,
            )
            for row in fresh
        ]  # fmt: skip
        for row, key in zip(fresh, insert_few(Event._meta.db_table, _EVENT, values), strict=True):
            row.pk = key

    def _store_passages(self, work: Work, quoted: Mapping[UUID, _Quote]) -> None:
        gone = [held.pk for uid, held in self.passages.items() if uid not in work.passages]
        if gone:
            Passage.objects.filter(pk__in=gone).delete()
        fresh = [uid for uid in quoted if uid not in self.passages]
        for uid, (exact, before, after) in quoted.items():
            if uid in self.passages:
                held, (start, end) = self.passages[uid], work.passages[uid]
                Passage.objects.filter(pk=held.pk).update(
                    start=start, end=end, exact=exact, before=before, after=after
                )
                self.passages[uid] = _Held(held.pk, start, end)
        values = [(self.assignment.pk, uid.hex, *work.passages[uid], *quoted[uid]) for uid in fresh]
        for uid, key in zip(fresh, insert_few(Passage._meta.db_table, _PASSAGE, values), strict=True):  # fmt: skip
            self.passages[uid] = _Held(key, *work.passages[uid])


@dataclass(frozen=True, slots=True)
class _Held:
    """A passage's row, as far as a work asks."""

    pk: int
    start: int
    end: int


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
