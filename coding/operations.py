"""What an operation does to a coder's work. Pure: a work and an operation in, the changed work out.

The browser reduces the same operations for display; this is the authority. Values are read against
the codebook here, so nothing that a field does not allow is ever stored.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from coding import schema

MAX_EVENTS = 500
MAX_PASSAGES = 5_000
MAX_REASON = 2_000
MAX_NEAR_MISS_REASON = 60
MAX_DEPTH = 12
NO_SUCH_EVENT = "There is no such event in this document's coding."
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


class OperationInvalid(ValueError):
    """Plain words on why an operation cannot be applied."""


@dataclass(slots=True)
class CodedEvent:
    uid: UUID
    type: str
    position: int
    own_id: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    whole_document: dict[str, str] = field(default_factory=dict)
    near_miss: bool = False
    near_miss_reason: str = ""
    removed: bool = False


@dataclass(slots=True)
class Work:
    """One coder's reading of one document: the projection of its operations."""

    outcome: str = ""
    outcome_reason: str = ""
    events: dict[UUID, CodedEvent] = field(default_factory=dict)
    passages: dict[UUID, tuple[int, int]] = field(default_factory=dict)
    evidence: set[tuple[UUID, str, UUID]] = field(default_factory=set)

    def living_events(self) -> list[CodedEvent]:
        return sorted(
            (event for event in self.events.values() if not event.removed),
            key=lambda event: event.position,
        )

    def passages_of(self, event: UUID, name: str) -> list[tuple[int, int]]:
        return sorted(
            self.passages[passage]
            for owner, linked, passage in self.evidence
            if (owner, linked) == (event, name)
        )


@dataclass(frozen=True, slots=True)
class Ground:
    """What operations are checked against."""

    codebook: schema.Codebook
    text_length: int
    states: schema.States
    outcomes: frozenset[str]


Body = Mapping[str, Any]


def apply(work: Work, kind: str, body: Body, ground: Ground) -> None:
    """Change `work` by one operation, or raise OperationInvalid and leave it as it was."""
    handler = _KINDS.get(kind)
    if handler is None:
        raise OperationInvalid(f"There is no operation “{kind}”. There are: {', '.join(_KINDS)}.")
    check_storable(body)
    handler(work, body, ground)


def check_storable(sent: Any) -> None:
    """Refuse what JSON can carry and a database cannot keep, wherever it stands: operations are kept as they were sent."""
    waiting = [(sent, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise OperationInvalid("This is nested too deeply.")
        if isinstance(value, str) and _UNSTORABLE.search(value):
            raise OperationInvalid(
                "A text holds a character that cannot be recorded (U+0000 or half of a pair)."
            )
        if isinstance(value, float) and not math.isfinite(value):
            raise OperationInvalid("Infinity and not-a-number are no numbers that can be recorded.")
        if isinstance(value, Mapping):
            waiting += [(part, depth + 1) for pair in value.items() for part in pair]
        elif isinstance(value, list | tuple):
            waiting += [(part, depth + 1) for part in value]


def read_uuid(body: Body, name: str) -> UUID:
    try:
        return UUID(str(body[name]))
    except (KeyError, ValueError):
        raise OperationInvalid(f"“{name}” must be a UUID.") from None


def _event(work: Work, body: Body) -> CodedEvent:
    event = work.events.get(read_uuid(body, "event"))
    if event is None:
        raise OperationInvalid(NO_SUCH_EVENT)
    return event


def _type(body: Body, ground: Ground) -> str:
    code = body.get("type")
    codes = [known.code for known in ground.codebook.types]
    if code not in codes or not isinstance(code, str):
        known = ", ".join(codes)
        raise OperationInvalid(f"“{code}” is no event type of the codebook ({known}).")
    return code


def _field(event: CodedEvent, body: Body, ground: Ground) -> schema.Field:
    name = str(body.get("field"))
    try:
        return ground.codebook.field(event.type, name)
    except schema.UnknownField:
        raise OperationInvalid(f"Events of type {event.type} have no field “{name}”.") from None
    except schema.UnknownType:
        raise OperationInvalid(
            f"The codebook has no type {event.type} any more; change the type or remove the event."
        ) from None


def _words(body: Body, name: str, *, limit: int = MAX_REASON) -> str:
    words = body.get(name, "")
    if not isinstance(words, str) or len(words) > limit:
        raise OperationInvalid(f"“{name}” must be text of at most {limit} characters.")
    return words.strip()


def _span(body: Body, ground: Ground) -> tuple[int, int]:
    start, end = body.get("start"), body.get("end")
    if type(start) is not int or type(end) is not int:
        raise OperationInvalid("A passage needs a start and an end in whole code points.")
    if not 0 <= start < end <= ground.text_length:
        raise OperationInvalid(
            f"The passage {start}-{end} does not lie in the text, which runs from 0 to {ground.text_length}."
        )
    return start, end


def _add_event(work: Work, body: Body, ground: Ground) -> None:
    uid, code = read_uuid(body, "event"), _type(body, ground)
    if uid in work.events:
        raise OperationInvalid("This event is already there.")
    if len(work.events) >= MAX_EVENTS:
        raise OperationInvalid(f"A document's coding holds at most {MAX_EVENTS} events.")
    position = 1 + max((event.position for event in work.events.values()), default=0)
    work.events[uid] = CodedEvent(uid, code, position, own_id=_words(body, "own_id", limit=100))


def _remove_event(work: Work, body: Body, ground: Ground) -> None:
    _event(work, body).removed = True


def _restore_event(work: Work, body: Body, ground: Ground) -> None:
    _event(work, body).removed = False


def _change_type(work: Work, body: Body, ground: Ground) -> None:
    # Values of the old type stay with the event, unseen, and come back if it becomes that type again.
    _event(work, body).type = _type(body, ground)


def _set_value(work: Work, body: Body, ground: Ground) -> None:
    event = _event(work, body)
    target = _field(event, body, ground)
    try:
        event.values[target.name] = schema.read_value(
            target, body.get("value"), states=ground.states
        )
    except schema.ValueInvalid as refusal:
        raise OperationInvalid(f"{target.name}: {refusal}") from None


def _clear_value(work: Work, body: Body, ground: Ground) -> None:
    event = _event(work, body)
    event.values.pop(_field(event, body, ground).name, None)


def _link_passage(work: Work, body: Body, ground: Ground) -> None:
    event = _event(work, body)
    target, passage = _field(event, body, ground), read_uuid(body, "passage")
    if passage not in work.passages:
        span = _span(body, ground)
        if len(work.passages) >= MAX_PASSAGES:
            raise OperationInvalid(f"A document's coding holds at most {MAX_PASSAGES} passages.")
        work.passages[passage] = span
    work.evidence.add((event.uid, target.name, passage))


def _unlink_passage(work: Work, body: Body, ground: Ground) -> None:
    event, passage = _event(work, body), read_uuid(body, "passage")
    work.evidence.discard((event.uid, str(body.get("field")), passage))
    if not any(linked == passage for _, _, linked in work.evidence):
        work.passages.pop(passage, None)


def _move_passage(work: Work, body: Body, ground: Ground) -> None:
    passage = read_uuid(body, "passage")
    if passage not in work.passages:
        raise OperationInvalid("There is no such passage.")
    work.passages[passage] = _span(body, ground)


def _set_whole(work: Work, body: Body, ground: Ground) -> None:
    event = _event(work, body)
    target = _field(event, body, ground)
    try:
        reason = _words(body, "reason")
    except OperationInvalid as refusal:
        raise OperationInvalid(f"{target.name}: {refusal}") from None
    if not reason:
        raise OperationInvalid("Say why the whole document is the evidence.")
    event.whole_document[target.name] = reason


def _clear_whole(work: Work, body: Body, ground: Ground) -> None:
    event = _event(work, body)
    event.whole_document.pop(str(body.get("field")), None)


def _set_near_miss(work: Work, body: Body, ground: Ground) -> None:
    event, near_miss = _event(work, body), body.get("near_miss")
    reason = _words(body, "reason", limit=MAX_NEAR_MISS_REASON)
    if type(near_miss) is not bool:
        raise OperationInvalid("“near_miss” must be true or false.")
    known = [str(option.code) for option in ground.codebook.near_miss_reasons]
    if near_miss and known and reason not in known:
        raise OperationInvalid(
            f"“{reason}” is no near-miss reason of the codebook ({', '.join(known)})."
        )
    event.near_miss, event.near_miss_reason = near_miss, reason if near_miss else ""


def _set_outcome(work: Work, body: Body, ground: Ground) -> None:
    outcome = body.get("outcome")
    if not isinstance(outcome, str) or outcome not in ground.outcomes | {""}:
        raise OperationInvalid(
            f"The outcome is one of {', '.join(sorted(ground.outcomes))}; not “{outcome}”."
        )
    work.outcome, work.outcome_reason = outcome, _words(body, "reason")


_KINDS: dict[str, Callable[[Work, Body, Ground], None]] = {
    "event.add": _add_event,
    "event.remove": _remove_event,
    "event.restore": _restore_event,
    "event.type": _change_type,
    "value.set": _set_value,
    "value.clear": _clear_value,
    "passage.link": _link_passage,
    "passage.unlink": _unlink_passage,
    "passage.move": _move_passage,
    "whole.set": _set_whole,
    "whole.clear": _clear_whole,
    "near_miss.set": _set_near_miss,
    "outcome.set": _set_outcome,
}
