"""Codings made elsewhere: JSON Lines, one line per coder and document, through the same door as typing.

Each line is checked whole against the codebook and becomes operations; a bad line is reported with its
number and reason and leaves nothing behind, and the next one goes on.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import transaction

from coding import assignments, events, operations, rounds, schema
from coding.models import Assignment, Round
from projects.models import Membership, Project, User
from projects.refusals import Invalid, Refused
from sources import queries as sources

KEYS = {"document", "coder", "outcome", "outcome_reason", "events", "near_misses"}
EVENT_KEYS = {"id", "type", "values", "evidence", "whole_document"}
MAX_LINE_BYTES = 5_000_000
SHOWN_BLANKS = 6


@dataclass(frozen=True)
class LineProblem:
    line: int
    message: str

    def as_dict(self) -> dict[str, object]:
        return {"line": self.line, "message": self.message}


@dataclass
class Imported:
    lines: int = 0
    codings: int = 0
    events: int = 0
    near_misses: int = 0
    problems: list[LineProblem] = field(default_factory=list)
    # Blanks a coder left: kept as "not coded", told so that nobody is surprised.
    notices: list[LineProblem] = field(default_factory=list)


def import_codings(
    project: Project,
    lines: Iterable[bytes],
    *,
    by: User,
    in_round: Round | None = None,
    assign: bool = False,
) -> Imported:
    """Take in what can be taken in. `assign` gives a coder a document that was not drawn for them."""
    result = Imported()
    for n, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        result.lines += 1
        try:
            with transaction.atomic():
                coded = _Line(project, _object(raw, first=n == 1), by, in_round, assign)
                blanks = coded.take_in()
        except Refused as refusal:
            result.problems.append(LineProblem(n, refusal.message))
        else:
            result.codings += 1
            result.events += coded.events
            result.near_misses += coded.near_misses
            if blanks:
                result.notices.append(LineProblem(n, blanks))
    return result


def _object(raw: bytes, *, first: bool) -> dict[str, Any]:
    if len(raw) > MAX_LINE_BYTES:
        raise Invalid("The line is longer than 5 MB.")
    try:
        text = raw.decode("utf-8-sig" if first else "utf-8")
    except UnicodeDecodeError as error:
        raise Invalid(
            f"The line is not UTF-8 (byte {error.start + 1}). Save the file as UTF-8."
        ) from None
    try:
        value = json.loads(text, object_pairs_hook=_no_doubles, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise Invalid(f"The line is not JSON: {error.msg} at character {error.pos + 1}.") from None
    except ValueError:
        raise Invalid("The line holds a number with too many figures.") from None
    except RecursionError:
        raise Invalid("The line is nested too deeply.") from None
    if not isinstance(value, dict):
        raise Invalid("The line must be a JSON object.")
    try:
        operations.check_storable(value)
    except operations.OperationInvalid as refusal:
        raise Invalid(str(refusal)) from None
    return value


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise Invalid(f"“{double}” stands twice in one object.")
    return result


def _no_constant(name: str) -> Any:
    raise Invalid(f"{name} is not a value; leave the field out or use “-9”.")


class _Line:
    """One coder's coding of one document, on its way in."""

    def __init__(
        self,
        project: Project,
        line: Mapping[str, Any],
        by: User,
        in_round: Round | None,
        assign: bool,
    ) -> None:
        unknown = set(line) - KEYS
        if unknown:
            raise Invalid(
                f"Unknown key “{sorted(unknown)[0]}”; a line has {', '.join(sorted(KEYS))}."
            )
        self.project, self.line, self.by = project, line, by
        self.document = sources.named_document(project, _text(line, "document"))
        self.coder = _coder(project, _text(line, "coder"))
        self.assignment = self._assignment(in_round, assign)
        self.codebook = self.assignment.round.codebook.parsed
        self.operations: list[dict[str, Any]] = []
        self.ids: dict[str, str] = {}
        self.places: dict[str, str] = {}
        self.events = self.near_misses = 0

    def take_in(self) -> str:
        """Apply and hand in; the sentence about what was left blank, if anything was."""
        outcome = _text(self.line, "outcome")
        found = _list(self.line, "events")
        missed = _list(self.line, "near_misses")
        for n, event in enumerate(found, start=1):
            self._name(event, f"event {n}")
        for n, event in enumerate(found, start=1):
            self._event(event, f"event {n}", near_miss=False)
        for n, event in enumerate(missed, start=1):
            self._event(event, f"near miss {n}", near_miss=True)
        self._add("outcome.set", outcome=outcome, reason=str(self.line.get("outcome_reason") or ""))
        try:
            events.apply(self.assignment, self.operations, base=self.assignment.version, by=self.by)
            self.assignment.refresh_from_db(fields=["version"])
            _, problems = assignments.submit(self.assignment, by=self.by, allow_incomplete=True)
        except Invalid as refusal:
            raise Invalid(self._readable(refusal)) from None
        blanks = [f"{self._place_of(p.event)}{p.field or p.message}" for p in problems]
        if not blanks:
            return ""
        more = f" and {len(blanks) - SHOWN_BLANKS} more" if len(blanks) > SHOWN_BLANKS else ""
        return f"left blank: {', '.join(blanks[:SHOWN_BLANKS])}{more}"

    def _assignment(self, in_round: Round | None, assign: bool) -> Assignment:
        given = Assignment.objects.filter(
            document=self.document, coder=self.coder, round__project=self.project
        )
        given = (
            given.filter(round=in_round)
            if in_round
            else given.filter(round__state=Round.State.OPEN)
        )
        found = list(given.select_related("round__codebook", "round__project", "text"))
        where = f"round “{in_round.name}”" if in_round else "an open round"
        if not found and assign:
            opened = in_round or _only_open_round(self.project)
            return rounds.assign(opened, self.document, self.coder, by=self.by)
        if not found:
            raise Invalid(
                f"{self.coder.label} was not given “{self.document.external_id}” in {where}. "
                "With --assign the coder is given it now."
            )
        if len(found) > 1:
            raise Invalid("The document is open in several rounds; say which with --round.")
        if not found[0].is_workable:
            raise Invalid(
                f"{self.coder.label}'s coding of “{self.document.external_id}” is already "
                f"{found[0].get_state_display()}; it was left as it is."
            )
        if found[0].version:
            raise Invalid(
                f"{self.coder.label} has begun to code “{self.document.external_id}” here; "
                "an import does not overwrite that."
            )
        return found[0]

    def _name(self, event: Any, place: str) -> None:
        if not isinstance(event, dict):
            raise Invalid(f"{place} must be an object.")
        own_id = str(event.get("id") or "")
        if own_id and own_id in self.ids:
            raise Invalid(f"{place}: the id “{own_id}” stands twice.")
        if own_id:
            self.ids[own_id] = str(uuid4())

    def _event(self, event: Any, place: str, *, near_miss: bool) -> None:
        if not isinstance(event, dict):
            raise Invalid(f"{place} must be an object.")
        unknown = set(event) - EVENT_KEYS - ({"reason"} if near_miss else set())
        if unknown:
            raise Invalid(f"{place}: unknown key “{sorted(unknown)[0]}”.")
        own_id = str(event.get("id") or "")
        uid = self.ids.get(own_id) if not near_miss else None
        uid = uid or str(uuid4())
        code = event.get("type")
        self._add("event.add", place, event=uid, type=code, own_id=own_id)
        if near_miss:
            self.near_misses += 1
            self._add(
                "near_miss.set",
                place,
                event=uid,
                near_miss=True,
                reason=str(event.get("reason") or ""),
            )
        else:
            self.events += 1
        for name, value in _mapping(event, "values", place).items():
            if name == "event_type":
                if value != code:
                    raise Invalid(f"{place}: event_type says {value}, type says {code}.")
                continue
            if value is None or value == "":
                continue
            self._add(
                "value.set",
                place,
                event=uid,
                field=name,
                value=self._linked(value, code, name, place),
            )
        for name, spans in _mapping(event, "evidence", place).items():
            if not isinstance(spans, list):
                raise Invalid(f"{place}: the evidence of {name} must be a list of [start, end].")
            for span in spans:
                if not isinstance(span, list) or len(span) != 2:
                    raise Invalid(
                        f"{place}: the evidence of {name} must be a list of [start, end]."
                    )
                self._add(
                    "passage.link",
                    place,
                    event=uid,
                    field=name,
                    passage=str(uuid4()),
                    start=span[0],
                    end=span[1],
                )
        for name, reason in _mapping(event, "whole_document", place).items():
            self._add("whole.set", place, event=uid, field=name, reason=reason)

    def _linked(self, value: Any, code: Any, name: str, place: str) -> Any:
        """A reference to another event of the line, by its own id, becomes one to the event here."""
        try:
            target = self.codebook.field(str(code), name)
        except (schema.UnknownType, schema.UnknownField):
            return value
        if target.kind not in {"event_ref", "event_refs"}:
            return value
        given = value if isinstance(value, list) else [value]
        for item in given:
            if str(item) not in self.ids and not schema.is_missing(str(item)):
                raise Invalid(f"{place}: {name}: no event of this line has the id “{item}”.")
        linked = [self.ids.get(str(item), str(item)) for item in given]
        return linked if isinstance(value, list) else linked[0]

    def _add(self, kind: str, place: str = "", **body: Any) -> None:
        self.operations.append({"id": str(uuid4()), "kind": kind, **body})
        self.places[self.operations[-1]["id"]] = place
        if "event" in body:
            self.places[body["event"]] = place

    def _place_of(self, uid: str) -> str:
        place = self.places.get(uid, "")
        return f"{place}: " if place else ""

    def _readable(self, refusal: Invalid) -> str:
        problems = refusal.details.get("problems")
        if not isinstance(problems, list):
            return refusal.message
        # An event that could not be added is told once, not again for each thing said of it.
        problems = [one for one in problems if one["message"] != operations.NO_SUCH_EVENT]
        told = []
        for problem in problems[:SHOWN_BLANKS]:
            place = self._place_of(problem.get("operation") or problem.get("event") or "")
            field_name = problem.get("field")
            told.append(f"{place}{field_name + ': ' if field_name else ''}{problem['message']}")
        more = f" ({len(problems) - SHOWN_BLANKS} more)" if len(problems) > SHOWN_BLANKS else ""
        return (told[0] if len(told) == 1 else "; ".join(one.rstrip(".") for one in told)) + more


def _text(line: Mapping[str, Any], name: str) -> str:
    value = line.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and name == "document":
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise Invalid(f"“{name}” is missing.")
    return value.strip()


def _list(line: Mapping[str, Any], name: str) -> list[Any]:
    value = line.get(name) or []
    if not isinstance(value, list):
        raise Invalid(f"“{name}” must be a list.")
    return value


def _mapping(event: Mapping[str, Any], name: str, place: str) -> Mapping[str, Any]:
    value = event.get(name) or {}
    if not isinstance(value, dict):
        raise Invalid(f"{place}: “{name}” must be an object.")
    return value


def _coder(project: Project, label: str) -> Membership:
    coder = Membership.objects.filter(project=project, label=label, left_at=None).first()
    if coder is None or "coder" not in coder.roles:
        coders = [
            member.label
            for member in Membership.objects.filter(project=project, left_at=None)
            if "coder" in member.roles
        ]
        raise Invalid(
            f"There is no coder “{label}” in this project (coders: {', '.join(coders) or 'none'})."
        )
    return coder


def _only_open_round(project: Project) -> Round:
    opened = list(Round.objects.filter(project=project, state=Round.State.OPEN)[:2])
    if len(opened) != 1:
        raise Invalid("Say which round with --round." if opened else "There is no open round.")
    return opened[0]
