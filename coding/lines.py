"""One line of an import, one coder's coding of one document, as the operations that make it. Pure.

What a line may say and what of it is no line is told here; whether the codebook allows it, applying tells.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from coding import operations, schema
from projects.refusals import Invalid

# What a line written by hand may have, and what an export of ours says besides.
KEYS = {"document", "coder", "outcome", "outcome_reason", "events", "near_misses"}
OWN_KEYS = {"concord", "text", "round", "codebook", "sitting", "handed_in"}
EVENT_KEYS = {"id", "uid", "position", "type", "values", "evidence", "whole_document"}
SHOWN = 6
# Where a coding stands, and in what it was told, makes it no other coding.
_NOT_OF_IT = {"concord", "round", "text", "codebook"}

Line = Mapping[str, Any]


@dataclass(frozen=True)
class Mistake:
    """What is wrong with one thing a line says: of which event and field, as the file calls them."""

    place: str
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        return f"{place}{self.field + ': ' if self.field else ''}{self.message}"


class Operations:
    """The operations of a line in order, and which of them speaks of what. Raises Invalid for what is no line."""

    def __init__(
        self, line: Line, codebook: schema.Codebook, *, event_places: Sequence[str] = ()
    ) -> None:
        self._line, self._codebook, self._called = line, codebook, event_places
        self.all: list[dict[str, Any]] = []
        self._ids: dict[str, str] = {}
        self._places: dict[str, str] = {}
        self.events = self.near_misses = 0
        self.is_handed_in = line.get("handed_in", True) is not False
        outcome = text_of(line, "outcome") if self.is_handed_in else str(line.get("outcome") or "")
        entries = self._entries()
        for event, place, near_miss in entries:
            self._name(event, place, is_needed=not near_miss)
        for event, place, near_miss in entries:
            self._event(event, place, near_miss=near_miss)
        self._add("outcome.set", outcome=outcome, reason=str(line.get("outcome_reason") or ""))

    def place_of(self, uid: str) -> str:
        """How the file calls the event, or what an operation speaks of; nothing for the coding as a whole."""
        return self._places.get(uid, "")

    def mistakes(self, problems: Sequence[Mapping[str, Any]]) -> list[Mistake]:
        """Problems of operations or of handing in, in the words of the file."""
        return [
            Mistake(
                self.place_of(str(one.get("operation") or one.get("event") or "")),
                str(one.get("field") or ""),
                str(one["message"]),
            )
            for one in problems
            # An event that could not be added is told once, not again for each thing said of it.
            if one["message"] != operations.NO_SUCH_EVENT
        ]

    def _entries(self) -> list[tuple[Any, str, bool]]:
        """Events and near misses with how the file calls them, in the order in which their coder made them."""
        told = [(one, False) for one in _list(self._line, "events")]
        told += [(one, True) for one in _list(self._line, "near_misses")]
        found = sum(not near_miss for _, near_miss in told)
        entries = []
        for n, (one, near_miss) in enumerate(told):
            name = f"near miss {n - found + 1}" if near_miss else f"event {n + 1}"
            called = self._called[n] if n < len(self._called) else name
            entries.append((one, called, near_miss))
        positions = [
            position
            for one, _ in told
            if isinstance(one, dict) and type(position := one.get("position")) is int
        ]
        if len(positions) == len(told):
            entries = [entries[n] for n in sorted(range(len(told)), key=positions.__getitem__)]
        return entries

    def _name(self, event: Any, place: str, *, is_needed: bool) -> None:
        if not isinstance(event, dict):
            raise Invalid(f"{place} must be an object.")
        own_id, uid = str(event.get("id") or ""), str(event.get("uid") or "")
        if uid and not is_uuid(uid):
            raise Invalid(f"{place}: “{uid}” is no UUID.")
        uid = str(UUID(uid)) if uid else ""
        for name in filter(None, (own_id if is_needed else "", uid)):
            if name in self._ids:
                raise Invalid(f"{place}: the id “{name}” stands twice.")
        if uid:
            self._ids[uid] = uid
        if own_id and is_needed:
            self._ids[own_id] = uid or str(uuid4())

    def _event(self, event: dict[str, Any], place: str, *, near_miss: bool) -> None:
        unknown = set(event) - EVENT_KEYS - ({"reason"} if near_miss else set())
        if unknown:
            raise Invalid(f"{place}: unknown key “{sorted(unknown)[0]}”.")
        own_id, given = str(event.get("id") or ""), str(event.get("uid") or "")
        uid = str(UUID(given)) if given else ""
        if not uid and not near_miss:
            uid = self._ids.get(own_id, "")
        uid = uid or str(uuid4())
        code = event.get("type")
        self._add("event.add", place, event=uid, type=code, own_id=own_id)
        if near_miss:
            self.near_misses += 1
            reason = str(event.get("reason") or "")
            self._add("near_miss.set", place, event=uid, near_miss=True, reason=reason)
        else:
            self.events += 1
        for name, value in _mapping(event, "values", place).items():
            if name == "event_type":
                if value != code:
                    raise Invalid(f"{place}: event_type says {value}, type says {code}.")
                continue
            if value is None or value == "":
                continue
            linked = self._linked(value, code, name, place)
            self._add("value.set", place, event=uid, field=name, value=linked)
        for name, spans in _mapping(event, "evidence", place).items():
            if not isinstance(spans, list) or not all(map(_is_span, spans)):
                raise Invalid(f"{place}: the evidence of {name} must be a list of [start, end].")
            for span in spans:
                passage = str(UUID(span[2])) if len(span) == 3 else str(uuid4())
                self._add(
                    "passage.link",
                    place,
                    event=uid,
                    field=name,
                    passage=passage,
                    start=span[0],
                    end=span[1],
                )
        for name, reason in _mapping(event, "whole_document", place).items():
            self._add("whole.set", place, event=uid, field=name, reason=reason)

    def _linked(self, value: Any, code: Any, name: str, place: str) -> Any:
        """A reference to another event of the line, by its own id, becomes one to the event here."""
        try:
            target = self._codebook.field(str(code), name)
        except (schema.UnknownType, schema.UnknownField):
            return value
        if target.kind not in {"event_ref", "event_refs"}:
            return value
        given = value if isinstance(value, list) else [value]
        for item in given:
            if str(item) in self._ids or schema.is_missing(str(item)):
                continue
            # An export names events of other documents as well, by what they are called everywhere.
            if "concord" not in self._line or not is_uuid(item):
                raise Invalid(f"{place}: {name}: no event of this line has the id “{item}”.")
        linked = [self._ids.get(str(item), str(item)) for item in given]
        return linked if isinstance(value, list) else linked[0]

    def _add(self, kind: str, place: str = "", **body: Any) -> None:
        self.all.append({"id": str(uuid4()), "kind": kind, **body})
        self._places[self.all[-1]["id"]] = place
        if "event" in body:
            self._places[body["event"]] = place


def in_short(mistakes: Sequence[Mistake]) -> str:
    """The first of them in one sentence, the others by number."""
    told = [str(one) for one in mistakes[:SHOWN]]
    more = f" ({len(mistakes) - SHOWN} more)" if len(mistakes) > SHOWN else ""
    return (told[0] if len(told) == 1 else "; ".join(one.rstrip(".") for one in told)) + more


def fingerprint(line: Line) -> str:
    """Of what a line says of a coding, wherever it stands and whichever round it belongs to."""
    said = {
        name: value
        for name, value in line.items()
        if name not in _NOT_OF_IT and value not in ("", [], {}, None)
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def text_of(line: Line, name: str) -> str:
    value = line.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and name == "document":
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise Invalid(f"“{name}” is missing.")
    return value.strip()


def is_uuid(written: Any) -> bool:
    try:
        UUID(str(written))
    except ValueError:
        return False
    return True


def _is_span(span: Any) -> bool:
    """[start, end], or with the passage's own id behind."""
    if not isinstance(span, list):
        return False
    return len(span) == 2 or (len(span) == 3 and isinstance(span[2], str) and is_uuid(span[2]))


def _list(line: Line, name: str) -> list[Any]:
    value = line.get(name) or []
    if not isinstance(value, list):
        raise Invalid(f"“{name}” must be a list.")
    return value


def _mapping(event: Mapping[str, Any], name: str, place: str) -> Mapping[str, Any]:
    value = event.get(name) or {}
    if not isinstance(value, dict):
        raise Invalid(f"{place}: “{name}” must be an object.")
    return value
