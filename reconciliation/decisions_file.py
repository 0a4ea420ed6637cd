"""Decisions from a file: JSON Lines, each through the same verbs as a click on the board."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coding.models import Event, Round
from projects.access import Pass
from projects.refusals import Invalid, Missing, Refused
from reconciliation import adjudication
from reconciliation.models import Group, Position
from sources import queries as sources

KEYS = {
    "document",
    "about",
    "group",
    "field",
    "take",
    "value",
    "keep",
    "evidence",
    "reason",
    "error_kind",
    "codebook_needs_work",
}

# Half a character, or none: no database of ours keeps them.
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class LineProblem:
    line: int
    message: str


@dataclass
class Applied:
    decided: int = 0
    problems: list[LineProblem] = field(default_factory=list)


def apply_file(path: str, *, by: Pass, in_round: Round | None = None) -> Applied:
    file = Path(path)
    if not file.is_file():
        raise Missing(f"There is no file {path}.")
    with file.open("rb") as lines:
        return apply_lines(lines, by=by, in_round=in_round)


def apply_lines(lines: Iterable[bytes], *, by: Pass, in_round: Round | None = None) -> Applied:
    """Take the good decisions; each bad line is told with its number and reason."""
    done = Applied()
    for n, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        try:
            done.decided += apply(_object(raw), by=by, in_round=in_round)
        except UnicodeDecodeError as error:
            done.problems.append(LineProblem(n, f"The line is not UTF-8 (byte {error.start + 1})."))
        except (ValueError, RecursionError) as error:
            done.problems.append(LineProblem(n, f"The line is not JSON: {_why(error)}."))
        except Refused as refusal:
            done.problems.append(LineProblem(n, refusal.message))
    return done


def _object(raw: bytes) -> dict[str, Any]:
    line = json.loads(
        raw.decode("utf-8-sig"), parse_constant=_no_constant, object_pairs_hook=_no_doubles
    )
    if not isinstance(line, dict):
        raise Invalid("The line must be a JSON object.")
    if any(UNSTORABLE.search(text) for text in _texts(line)):
        raise Invalid("The line holds a character that cannot be kept (half a character, or NUL).")
    return line


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return str(error)
    return "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    double = next((name for name in names if names.count(name) > 1), None)
    if double is not None:
        raise Invalid(f"“{double}” stands twice in one object.")
    return dict(pairs)


def _no_constant(name: str) -> Any:
    raise Invalid(f"{name} is not a value; take -9 for unknown.")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def apply(line: Mapping[str, Any], *, by: Pass, in_round: Round | None = None) -> int:
    """One decision; how many positions it settled."""
    unknown = set(line) - KEYS
    if unknown:
        raise Invalid(
            f"Unknown key “{sorted(unknown)[0]}”; a decision has {', '.join(sorted(KEYS))}."
        )
    group = _group(line, by, in_round)
    reason, error_kind = str(line.get("reason") or ""), str(line.get("error_kind") or "")
    name = line.get("field")
    given = [key for key in ("take", "value", "keep") if key in line]
    if name == "*":
        if given != ["take"]:
            raise Invalid("The whole event is settled by take, with a coder's label.")
        return adjudication.take_event(group, str(line.get("take") or ""), by=by, reason=reason)
    position = group.positions.filter(field=name or Position.EXISTENCE).first()
    if position is None and "value" not in line:
        raise Invalid(f"No coder filled “{name}” for this event.")
    # With a value of one's own also what every coder left blank is filled.
    position = position or Position(group=group, field=str(name))
    passages = _passages(line.get("evidence", []))
    if name is None and "keep" not in line:
        raise Invalid("Say which field, or keep 1 or 0 about the event itself.")
    if len(given) != 1:
        raise Invalid("A decision has exactly one of take, value and keep.")
    if given == ["keep"] and name not in (None, Position.EXISTENCE):
        raise Invalid("“keep” is about the event itself; leave the field out.")
    if given == ["keep"] and line["keep"] not in (0, 1):
        raise Invalid("“keep” is 1 or 0.")
    if given == ["take"]:
        adjudication.take(
            position, str(line["take"]), by=by, reason=reason, error_kind=error_kind,
            codebook_needs_work=bool(line.get("codebook_needs_work")), passages=passages,
        )  # fmt: skip
        return 1
    value = int(line["keep"]) if given == ["keep"] else line["value"]
    adjudication.decide(
        position, by=by, value=value, reason=reason, error_kind=error_kind,
        codebook_needs_work=bool(line.get("codebook_needs_work")), passages=passages,
    )  # fmt: skip
    return 1


def _passages(given: Any) -> str:
    """Evidence as the board takes it: a passage a line."""
    pairs = given if isinstance(given, list) else []
    if pairs != given or not all(
        isinstance(pair, list) and [type(part) for part in pair] == [int, int] for pair in pairs
    ):
        raise Invalid("“evidence” is a list of passages, each [start, end].")
    return "\n".join(f"{start}-{end}" for start, end in pairs)


def _group(line: Mapping[str, Any], by: Pass, in_round: Round | None) -> Group:
    groups = Group.objects.filter(round__project=by.project, retired_at=None)
    groups = groups.filter(round=in_round) if in_round else groups
    if line.get("group"):
        found = groups.filter(public_id=str(line["group"])).first()
        if found is None:
            raise Missing(f"There is no group “{line['group']}”.")
        return found
    document = sources.named_document(by.project, str(line.get("document") or ""))
    label, _, own_id = str(line.get("about") or "").partition(":")
    if not own_id:
        raise Invalid("Name the event by “group”, or by “document” and “about” such as C1:e2.")
    events = Event.objects.filter(
        assignment__document=document, assignment__coder__label=label, near_miss=False, removed=False,
        membership__group__in=groups,
    )  # fmt: skip
    chosen = list(events.filter(own_id=own_id)) or [
        event for event in events if own_id == str(event.position)
    ]
    if len(chosen) != 1:
        raise Invalid(f"{label} has no reconciled event “{own_id}” in “{document.external_id}”.")
    return chosen[0].membership.group
