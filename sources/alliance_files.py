"""A list of alliances as CSV, one row a spell of a member: what can be taken, and what is wrong line by line.

Cells of the alliance itself may stand in its first row only. Rows and versions are `alliance_lists`' business.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sources import list_files
from sources.alliances import Alliance, Member, Role
from sources.list_files import CellInvalid, Row, Told
from sources.states import StateSystem, UnknownState

REQUIRED = ("reference", "name", "member")
COLUMNS = (
    ("reference", "the name coders use for the alliance, such as PHL-USA-1951"),
    ("name", "what it is called"),
    ("atop_id", "its ATOP number, where it has one"),
    ("kind", "such as defence, consultation, neutrality"),
    ("start", "first day in force: 1951-09-08, 1951-09 or 1951"),
    ("end", "last day in force; empty while it is in force"),
    ("source", "where this is from"),
    ("member", "a state by COW code, abbreviation or name on the first day of its membership"),
    ("from", "first day as a member; empty: the alliance's first"),
    ("to", "last day as a member; empty: the alliance's last"),
    ("role", "patron, protege or peer; empty where the list does not say"),
)
TEMPLATE = ",".join(name for name, _ in COLUMNS) + "\n"
SAMPLE = (
    TEMPLATE
    + "ANZ-1951,Example pact of two peers,,defence,1952-04-29,,Treaty series 1,AUL,,,peer\n"
    + "ANZ-1951,,,,,,,NEW,,,peer\n"
    + "XYZ-1960,Example treaty of patron and protege,,defence; consultation,1960-01-19,1975-06,,USA,,,patron\n"
    + "XYZ-1960,,,,,,,Japan,1960-02,1970-12-31,protege\n"
)

_ALIASES = {
    "alliance": "reference",
    "alliance_ref": "reference",
    "id": "reference",
    "title": "name",
    "atopid": "atop_id",
    "type": "kind",
    "begin": "start",
    "state": "member",
    "ccode": "member",
    "member_from": "from",
    "member_to": "to",
}
_LONGEST = {"reference": 100, "name": 300, "kind": 100, "source": 500}
_OF_ALLIANCE = ("name", "atop_id", "kind", "start", "end", "source")
_ROLES = {
    "patron": Role.PATRON,
    "protege": Role.PROTEGE,
    "protégé": Role.PROTEGE,
    "peer": Role.PEER,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """`troubled` are alliances of which at least one line could not be taken, whether or not others could."""

    alliances: tuple[Alliance, ...]
    problems: tuple[Told, ...]
    notices: tuple[Told, ...]
    troubled: frozenset[str]
    lines: int
    taken: int


@dataclass(frozen=True, slots=True)
class _Placed:
    """A member with the line that says so."""

    line: int
    member: Member


def read(data: bytes, states: StateSystem) -> Reading:
    """Every line is either in an alliance or among the problems. Raises ListUnreadable where there are no lines."""
    file = list_files.read(data, required=REQUIRED, aliases=_ALIASES)
    problems, notices = list(file.problems), list[Told]()
    by_reference: defaultdict[str, list[Row]] = defaultdict(list)
    troubled: set[str] = set()
    for row in file.rows:
        wrong = _reference_wrong(row["reference"])
        if wrong:
            problems.append(Told(row.line, wrong))
        else:
            by_reference[row["reference"]].append(row)
    alliances, taken = [], 0
    for reference, rows in by_reference.items():
        found = _Alliance(reference, states)
        made = found.read(rows)
        problems += found.problems
        notices += found.notices
        if found.problems:
            troubled.add(reference)
        if made is not None:
            alliances.append(made)
            taken += len(made.members)
    notices += _cased(by_reference)
    return Reading(
        tuple(alliances),
        tuple(list_files.numbered(problems)),
        tuple(list_files.numbered(notices)),
        frozenset(troubled),
        len(file.rows) + len(file.problems),
        taken,
    )


def _reference_wrong(reference: str) -> str:
    if not reference:
        return "the reference is empty; each line names its alliance."
    if len(reference) > _LONGEST["reference"]:
        return f"the reference has {len(reference)} characters; at most {_LONGEST['reference']} are kept."
    return ""


def _cased(by_reference: dict[str, list[Row]]) -> Iterator[Told]:
    """Two references that differ in capitals only are one slip of the keyboard away from each other."""
    first: dict[str, str] = {}
    for reference, rows in by_reference.items():
        other = first.setdefault(reference.casefold(), reference)
        if other != reference:
            yield Told(
                rows[0].line,
                f"“{reference}” differs from “{other}” in capitals only; both were taken as alliances of their own.",
            )


class _Alliance:
    """One alliance while its lines are read: what is good of them, what is not."""

    def __init__(self, reference: str, states: StateSystem) -> None:
        self.reference = reference
        self.states = states
        self.problems: list[Told] = []
        self.notices: list[Told] = []

    def read(self, rows: Sequence[Row]) -> Alliance | None:
        agreeing = self._agreeing(rows)
        if not agreeing:
            return None
        said = {
            name: next((row[name] for row in agreeing if row[name]), "") for name in _OF_ALLIANCE
        }
        try:
            alliance = self._alliance(said)
        except CellInvalid as wrong:
            # Without the alliance none of its lines can be taken; each is told.
            self.problems += [Told(row.line, f"{wrong}.") for row in agreeing]
            return None
        placed: list[_Placed] = []
        for row in agreeing:
            try:
                placed.append(self._placed(row, alliance, placed))
            except (CellInvalid, UnknownState) as wrong:
                self.problems.append(Told(row.line, f"{str(wrong).rstrip('.')}."))
        if not placed:
            return None
        members = tuple(sorted((one.member for one in placed), key=lambda m: (m.ccode, m.start)))
        return replace(alliance, members=members)

    def _agreeing(self, rows: Sequence[Row]) -> list[Row]:
        """The rows that say of the alliance what the first row to say it says."""
        first: dict[str, Row] = {}
        kept = []
        for row in rows:
            against = [
                (name, first[name])
                for name in _OF_ALLIANCE
                if row[name] and name in first and first[name][name] != row[name]
            ]
            if against:
                name, other = against[0]
                self.problems.append(
                    Told(
                        row.line,
                        f"the {name} of “{self.reference}” is “{list_files.short(row[name])}” here and "
                        f"“{list_files.short(other[name])}” in line {other.line}.",
                    )
                )
                continue
            for name in _OF_ALLIANCE:
                if row[name]:
                    first.setdefault(name, row)
            kept.append(row)
        return kept

    def _alliance(self, said: dict[str, str]) -> Alliance:
        if not said["name"]:
            raise CellInvalid(f"no line gives the name of “{self.reference}”")
        for name in ("name", "kind", "source"):
            if len(said[name]) > _LONGEST[name]:
                raise CellInvalid(
                    f"the {name} of “{self.reference}” has {len(said[name])} characters; "
                    f"at most {_LONGEST[name]} are kept"
                )
        if not said["start"]:
            raise CellInvalid(f"no line gives the start of “{self.reference}”")
        start = list_files.day(said["start"], is_last=False)
        end = list_files.day(said["end"], is_last=True) if said["end"] else None
        if end is not None and end < start:
            raise CellInvalid(f"“{self.reference}” ends on {end}, before it starts on {start}")
        atop_id = list_files.whole(said["atop_id"], what="ATOP number") if said["atop_id"] else None
        return Alliance(
            self.reference, said["name"], start, end, atop_id, said["kind"], said["source"]
        )

    def _placed(self, row: Row, alliance: Alliance, before: Sequence[_Placed]) -> _Placed:
        if not row["member"]:
            raise CellInvalid("the member is empty; each line names a state")
        start = list_files.day(row["from"], is_last=False) if row["from"] else alliance.start
        end = list_files.day(row["to"], is_last=True) if row["to"] else alliance.end
        # A month or a year alone reaches beyond the alliance's own days; a day written out may not.
        if row["from"] and len(row["from"]) < 8:
            start = max(start, alliance.start)
        if row["to"] and len(row["to"]) < 8 and alliance.end:
            end = min(end or date.max, alliance.end)
        state = self.states.find(row["member"], start)
        label = f"{state.name} ({state.ccode})"
        if end is not None and end < start:
            raise CellInvalid(f"{label} is a member to {end}, before it is one from {start}")
        if start < alliance.start:
            raise CellInvalid(
                f"{label} is a member from {start}, before the alliance starts on {alliance.start}"
            )
        if alliance.end is not None and (end is None or end > alliance.end):
            raise CellInvalid(
                f"{label} is a member to {end}, after the alliance ends on {alliance.end}"
            )
        role = _ROLES.get(row["role"].casefold())
        if row["role"] and role is None:
            raise CellInvalid(
                f"“{list_files.short(row['role'])}” is no role; write patron, protege or peer"
            )
        made = Member(state.ccode, start, end, role)
        for other in before:
            if other.member == made:
                raise CellInvalid(
                    f"the same member with the same days and role as in line {other.line}"
                )
            if other.member.ccode == made.ccode and other.member.meets(start, end or date.max):
                raise CellInvalid(f"the days of {label} overlap those of line {other.line}")
        if not self.states.is_member(state.ccode, start):
            self.notices.append(
                Told(row.line, f"{label} was no member of the state system on {start}.")
            )
        elif not self.states.is_member(state.ccode, end or max(start, self.states.ends)):
            day = end or self.states.ends
            self.notices.append(
                Told(row.line, f"{label} was no member of the state system any more on {day}.")
            )
        return _Placed(row.line, made)
