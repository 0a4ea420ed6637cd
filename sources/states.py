"""Which states were members of the state system on a day, and what they are called: COW codes, with GW and ISO beside.

Membership is a list of spells, never one interval. Alliances and organisations are not states and not here.
"""

from __future__ import annotations

import csv
import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "standard"
LIST_ENDS = date(2016, 12, 31)
EXTENSION = (
    "COW state system membership v2016 ends on 2016-12-31; states that were members on that day are carried on as "
    "members after it"
)


class UnknownState(ValueError):
    """No state, or more than one, goes by this code or name. The message says so and suggests."""


@dataclass(frozen=True, slots=True)
class Spell:
    """From the first to the last day, both included; without a last day it lasts as far as the list goes on."""

    start: date
    end: date | None

    def covers(self, on: date) -> bool:
        return self.start <= on and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class State:
    ccode: int
    abbreviation: str
    name: str
    spells: tuple[Spell, ...]

    def is_member(self, on: date) -> bool:
        """By its spells alone; whether the list goes on after its last day is asked of the StateSystem."""
        return any(spell.covers(on) for spell in self.spells)


@dataclass(frozen=True, slots=True)
class Named:
    """A code, an ISO code or a name that belongs to a state during a spell."""

    ccode: int
    spell: Spell
    value: str


class StateSystem:
    """One list of states with its codes and names; the standard one, or a project's own."""

    def __init__(
        self,
        states: Iterable[State],
        *,
        gw: Iterable[Named] = (),
        iso3: Iterable[Named] = (),
        names: Iterable[Named] = (),
        version: str = "",
        ends: date = LIST_ENDS,
        extension: str = EXTENSION,
    ) -> None:
        """`ends` is the last day the list speaks of, `extension` the words for carrying it on beyond that day.

        Codes and names of states that the list does not have are left out.
        """
        self.version = version
        self.ends = ends
        self.extension = extension
        self.states = tuple(sorted(states, key=lambda state: state.ccode))
        self._by_ccode = {state.ccode: state for state in self.states}
        self._by_abbreviation = {state.abbreviation.casefold(): state for state in self.states}
        self._gw = _by_state(named for named in gw if named.ccode in self._by_ccode)
        self._iso3 = _by_state(named for named in iso3 if named.ccode in self._by_ccode)
        self._names: defaultdict[str, list[Named]] = defaultdict(list)
        for named in names:
            if named.ccode in self._by_ccode:
                self._names[_folded(named.value)].append(named)
        for state in self.states:
            # The list's own name stands at any time, unless the names say when it meant whom.
            key = _folded(state.name)
            if not any(named.ccode == state.ccode for named in self._names[key]):
                self._names[key].append(Named(state.ccode, _ALWAYS, state.name))

    @classmethod
    def read(cls, folder: Path) -> StateSystem:
        """From the four files described in `standard/README.md`."""
        spells: defaultdict[tuple[int, str, str], list[Spell]] = defaultdict(list)
        version = ""
        for row in _rows(folder / "states.csv"):
            spells[int(row["ccode"]), row["abbreviation"], row["name"]].append(_spell(row))
            version = row["version"]
        return cls(
            (State(*key, tuple(sorted(found, key=_start))) for key, found in spells.items()),
            gw=cls.read_named(folder, "gw"),
            iso3=cls.read_named(folder, "iso3"),
            names=cls.read_named(folder, "names"),
            version=version,
        )

    @staticmethod
    def read_named(folder: Path, kind: str) -> tuple[Named, ...]:
        """One of the three files beside the list of members: gw, iso3 or names."""
        column = {"gw": "gwcode", "iso3": "iso3", "names": "name"}[kind]
        return tuple(_named(folder / f"states_{kind}.csv", column))

    def by_ccode(self, ccode: int) -> State:
        try:
            return self._by_ccode[ccode]
        except KeyError:
            raise UnknownState(f"{ccode} is not a COW country code.") from None

    def names_of(self, ccode: int) -> tuple[str, ...]:
        """Every name under which `find` knows a state, the list's own first."""
        own = self.by_ccode(ccode).name
        others = {
            named.value for found in self._names.values() for named in found if named.ccode == ccode
        }
        return (own, *sorted(others - {own}))

    def find(self, wanted: int | str, on: date | None = None) -> State:
        """The state with this COW code, COW abbreviation or name; the day decides between states of one name.

        Without a day a name means the state that bears it now, else the only one that ever did.
        """
        if isinstance(wanted, bool) or not isinstance(wanted, (int, str)):
            raise UnknownState(f"{wanted!r} is neither a code nor a name of a state.")
        if isinstance(wanted, int):
            return self.by_ccode(wanted)
        text = wanted.strip()
        if re.fullmatch(r"[0-9]{1,6}", text):
            return self.by_ccode(int(text))
        known = self._by_abbreviation.get(text.casefold())
        if known is not None:
            return known
        for key in _keys(text):
            if key in self._names:
                return self._of_name(text, self._names[key], on)
        raise UnknownState(self._unknown(text))

    def is_member(self, ccode: int, on: date, *, extended: bool = True) -> bool:
        """Whether the state was in the system on that day; `extended` carries the list on after its last day."""
        return self._reaches(on, extended) and self.by_ccode(ccode).is_member(on)

    def members(self, on: date, *, extended: bool = True) -> tuple[State, ...]:
        if not self._reaches(on, extended):
            return ()
        return tuple(state for state in self.states if state.is_member(on))

    def _reaches(self, on: date, extended: bool) -> bool:
        return extended or on <= self.ends

    def were_members_together(
        self, ccode1: int, ccode2: int, start: date, end: date, *, extended: bool = True
    ) -> bool:
        """Whether there was a day from start to end, both included, on which both were members."""
        last = end if extended else min(end, self.ends)
        return any(
            max(start, one.start, two.start) <= min(last, one.end or last, two.end or last)
            for one in self.by_ccode(ccode1).spells
            for two in self.by_ccode(ccode2).spells
        )

    def gwcode(self, ccode: int, on: date) -> int | None:
        """The Gleditsch-Ward number the state has on that day; None where that list does not have it then."""
        self.by_ccode(ccode)
        found = _on(self._gw.get(ccode, ()), on)
        return int(found.value) if found else None

    def of_gwcode(self, gwcode: int, on: date) -> State:
        """The state that has this Gleditsch-Ward number on that day, by its COW code."""
        for ccode, spells in self._gw.items():
            found = _on(spells, on)
            if found and int(found.value) == gwcode:
                return self._by_ccode[ccode]
        raise UnknownState(f"No state has the Gleditsch-Ward number {gwcode} on {on.isoformat()}.")

    def iso3(self, ccode: int, on: date) -> str | None:
        """The ISO 3166 alpha-3 code of the state on that day; None for states that ended before there were any."""
        self.by_ccode(ccode)
        found = _on(self._iso3.get(ccode, ()), on)
        return found.value if found else None

    def _of_name(self, text: str, candidates: list[Named], on: date | None) -> State:
        if on is None:
            chosen = [named for named in candidates if named.spell.end is None]
        else:
            chosen = [named for named in candidates if named.spell.covers(on)]
        ccodes = sorted({named.ccode for named in chosen or candidates})
        if len(ccodes) == 1:
            return self._by_ccode[ccodes[0]]
        when = f" on {on.isoformat()}" if on else ""
        listed = _either([self._label(ccode) for ccode in ccodes])
        raise UnknownState(f"“{text}”{when} may be {listed}. Give the code.")

    def _unknown(self, text: str) -> str:
        if not text:
            return "No state is named."
        iso = [named for found in self._iso3.values() for named in found]
        meant = sorted({named.ccode for named in iso if named.value == text.upper()})
        if meant:
            listed = _either([self._label(ccode) for ccode in meant])
            return f"“{text}” is an ISO code, not a COW abbreviation. Did you mean {listed}?"
        keys = difflib.get_close_matches(_folded(text), list(self._names), n=3, cutoff=0.75)
        near = list(dict.fromkeys(named.ccode for key in keys for named in self._names[key]))
        if not near:
            return f"“{text}” is not a state in the list. Use a COW code, abbreviation or name."
        listed = _either([self._label(ccode) for ccode in near[:3]])
        return f"“{text}” is not a state in the list. Did you mean {listed}?"

    def _label(self, ccode: int) -> str:
        state = self._by_ccode[ccode]
        return f"{state.name} ({state.abbreviation}, {ccode})"


_ALWAYS = Spell(date.min, None)
_SHORT = re.compile(r"\bst\b")
_FORMS = re.compile(
    r"^(?:(?:democratic |peoples |socialist |islamic |arab |federal |federative |united |independent |"
    r"bolivarian |plurinational |co operative |cooperative )*"
    r"(?:republic|kingdom|state|states|union|principality|grand duchy|commonwealth|sultanate|emirate|"
    r"dominion|government)) of (?:the )?"
)


def _folded(text: str) -> str:
    """Casefolded, without accents, punctuation, a leading 'the', and with 'saint' written out."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    plain = re.sub(r"['’`.]", "", plain.casefold()).replace("&", " and ")
    plain = re.sub(r"[\W_]+", " ", plain).strip()
    return _SHORT.sub("saint", plain.removeprefix("the "))


def _keys(text: str) -> Iterable[str]:
    """The ways a name may stand in the list: as it is, turned round at its comma, without its form of state."""
    folded = _folded(text)
    yield folded
    if text.count(",") == 1:
        name, form = text.split(",")
        yield _folded(f"{form} {name}")
    shorter = _FORMS.sub("", folded)
    if shorter != folded:
        yield shorter


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _spell(row: Mapping[str, str]) -> Spell:
    return Spell(
        date.fromisoformat(row["start"]) if row["start"] else date.min,
        date.fromisoformat(row["end"]) if row["end"] else None,
    )


def _start(spell: Spell) -> date:
    return spell.start


def _named(path: Path, column: str) -> list[Named]:
    return [Named(int(row["ccode"]), _spell(row), row[column]) for row in _rows(path)]


def _by_state(named: Iterable[Named]) -> dict[int, list[Named]]:
    found: defaultdict[int, list[Named]] = defaultdict(list)
    for one in named:
        found[one.ccode].append(one)
    return dict(found)


def _on(named: Iterable[Named], on: date) -> Named | None:
    return next((one for one in named if one.spell.covers(on)), None)


def _either(labels: list[str]) -> str:
    return labels[0] if len(labels) == 1 else ", ".join(labels[:-1]) + " or " + labels[-1]


@lru_cache(maxsize=1)
def standard() -> StateSystem:
    """The list that ships with Concord."""
    return StateSystem.read(_FOLDER)


def by_ccode(ccode: int) -> State:
    return standard().by_ccode(ccode)


def find(wanted: int | str, on: date | None = None) -> State:
    return standard().find(wanted, on)


def is_member(ccode: int, on: date, *, extended: bool = True) -> bool:
    return standard().is_member(ccode, on, extended=extended)


def members(on: date, *, extended: bool = True) -> tuple[State, ...]:
    return standard().members(on, extended=extended)


def were_members_together(
    ccode1: int, ccode2: int, start: date, end: date, *, extended: bool = True
) -> bool:
    return standard().were_members_together(ccode1, ccode2, start, end, extended=extended)


def gwcode(ccode: int, on: date) -> int | None:
    return standard().gwcode(ccode, on)


def iso3(ccode: int, on: date) -> str | None:
    return standard().iso3(ccode, on)
