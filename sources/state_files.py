"""A list of states as CSV, of one of four kinds, read into rows like those of `standard/`; all of it or nothing.

A state that is missing from the list would be unknown everywhere, so a line that cannot be taken stops the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sources import list_files
from sources.list_files import CellInvalid, ListUnreadable, Row, Told
from sources.states import Named, Spell, State

#: The column that holds what a list of this kind says of a state; membership lists hold two.
SAYS = {"gw": "gwcode", "iso3": "iso3", "names": "name"}
COLUMNS = {
    "cow": ("ccode", "abbreviation", "name", "start", "end"),
    "gw": ("ccode", "gwcode", "start", "end"),
    "iso3": ("ccode", "iso3", "start", "end"),
    "names": ("ccode", "name", "start", "end"),
}
_ALIASES = {
    "cowcode": "ccode",
    "cow_nr": "ccode",
    "stateabb": "abbreviation",
    "cowc": "abbreviation",
    "statenme": "name",
    "country_name": "name",
}
_PARTS = {"start": ("styear", "stmonth", "stday"), "end": ("endyear", "endmonth", "endday")}
_OPEN = date(9999, 12, 31)


class ListInvalid(ValueError):
    """Lines that cannot be taken, each with its number."""

    def __init__(self, problems: Sequence[Told]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        super().__init__(f"line {first.line}: {first.message}")


@dataclass(frozen=True, slots=True)
class StateRows:
    """Rows as they are kept: ccode, start and end (ISO days or empty), and what the list says of the state."""

    kind: str
    rows: tuple[Mapping[str, str | int], ...]
    version: str
    ends: date | None


def read(data: bytes, kind: str, *, ends: date | None = None) -> StateRows:
    """Columns as in `standard/`, or those of the COW project (stateabb, styear, ...). `ends`: the list's last day.

    In a list of members where every spell has an end, the latest end is the list's own last day, and the states
    that have it are members still. Raises ListUnreadable, or ListInvalid with every line that is wrong.
    """
    file = list_files.read(data, required=_required(data, kind), aliases=_ALIASES)
    problems, made = list(file.problems), list[tuple[int, dict[str, str | int]]]()
    for row in file.rows:
        try:
            made.append((row.line, _row(row, kind)))
        except CellInvalid as wrong:
            problems.append(Told(row.line, f"{wrong}."))
    if not made and not problems:
        raise ListUnreadable("The file has no lines below its header.")
    problems += _contradictions(made, kind)
    if problems:
        raise ListInvalid(tuple(list_files.numbered(problems)))
    rows = [row for _, row in made]
    if kind == "cow":
        ends = _last_day(rows, ends)
    version = next((row["version"] for row in file.rows if row["version"]), "")
    return StateRows(kind, tuple(rows), version, ends)


def states(rows: Iterable[Mapping[str, str | int]]) -> Iterator[State]:
    """The states of a list of members."""
    spells: defaultdict[int, list[Spell]] = defaultdict(list)
    labels: dict[int, tuple[str, str]] = {}
    for row in rows:
        ccode = int(row["ccode"])
        spells[ccode].append(_spell(row))
        labels[ccode] = str(row["abbreviation"]), str(row["name"])
    for ccode, found in spells.items():
        yield State(ccode, *labels[ccode], tuple(sorted(found, key=lambda spell: spell.start)))


def named(kind: str, rows: Iterable[Mapping[str, str | int]]) -> Iterator[Named]:
    for row in rows:
        yield Named(int(row["ccode"]), _spell(row), str(row[SAYS[kind]]))


def _spell(row: Mapping[str, str | int]) -> Spell:
    start, end = str(row["start"]), str(row["end"])
    return Spell(
        date.fromisoformat(start) if start else date.min,
        date.fromisoformat(end) if end else None,
    )


def _required(data: bytes, kind: str) -> tuple[str, ...]:
    """COW's own file gives its days in three columns each."""
    header = data[:2_000].split(b"\n")[0].lower()
    if kind == "cow":
        days = (*_PARTS["start"], *_PARTS["end"]) if b"styear" in header else ("start", "end")
        return ("ccode", "abbreviation", "name", *days)
    return ("ccode", SAYS[kind])


def _row(row: Row, kind: str) -> dict[str, str | int]:
    made: dict[str, str | int] = {"ccode": list_files.whole(row["ccode"], what="COW country code")}
    for name in COLUMNS[kind][1:-2]:
        cell = row[name]
        if not cell:
            raise CellInvalid(f"the {name} is empty")
        if len(cell) > 200:
            raise CellInvalid(f"the {name} has {len(cell)} characters; at most 200 are kept")
        made[name] = cell
    if kind == "gw":
        made["gwcode"] = list_files.whole(str(made["gwcode"]), what="Gleditsch-Ward number")
    start, end = _day(row, "start"), _day(row, "end")
    if kind == "cow" and start is None:
        raise CellInvalid("the start is empty")
    if end == _OPEN:
        end = None
    if start and end and end < start:
        raise CellInvalid(f"the spell ends on {end}, before it starts on {start}")
    made["start"] = start.isoformat() if start else ""
    made["end"] = end.isoformat() if end else ""
    return made


def _day(row: Row, which: str) -> date | None:
    parts = [row[part] for part in _PARTS[which]]
    text = row[which] or "-".join(part for part in parts if part)
    return list_files.day(text, is_last=which == "end") if text else None


def _contradictions(made: Sequence[tuple[int, dict[str, str | int]]], kind: str) -> Iterator[Told]:
    """Overlapping spells of one state, and one code or abbreviation that stands for two things."""
    seen: defaultdict[object, list[tuple[int, Spell]]] = defaultdict(list)
    labels: dict[object, tuple[int, object]] = {}
    for line, row in made:
        ccode, spell = row["ccode"], _spell(row)
        # A state has many names at a time, but one number and one membership.
        key = (ccode, row["name"]) if kind == "names" else ccode
        for other, standing in seen[key]:
            if spell.start <= (standing.end or date.max) and standing.start <= (
                spell.end or date.max
            ):
                yield Told(line, f"the days of {ccode} overlap those of line {other}.")
                break
        seen[key].append((line, spell))
        if kind != "cow":
            continue
        label = (row["abbreviation"], row["name"])
        other, standing_label = labels.setdefault(("of", ccode), (line, label))
        if standing_label != label:
            yield Told(line, f"{ccode} has another name or abbreviation than in line {other}.")
        abbreviation = str(row["abbreviation"]).casefold()
        other, owner = labels.setdefault(("as", abbreviation), (line, ccode))
        if owner != ccode:
            yield Told(line, f"“{row['abbreviation']}” stands for {owner} in line {other} already.")


def _last_day(rows: list[dict[str, str | int]], ends: date | None) -> date:
    """The last day of a list of members; spells that reach it are left open."""
    latest = max((str(row["end"]) for row in rows), default="")
    if ends is None:
        if not all(row["end"] for row in rows):
            raise ListUnreadable(
                "Some states have no last day, so the file does not say how far the list itself goes. "
                "Give the last day it speaks of."
            )
        ends = date.fromisoformat(latest)
    first = max(str(row["start"]) for row in rows)
    if ends.isoformat() < max(latest, first):
        raise ListUnreadable(f"The list names days after {ends}, which is said to be its last.")
    for row in rows:
        if row["end"] == ends.isoformat():
            row["end"] = ""
    return ends
