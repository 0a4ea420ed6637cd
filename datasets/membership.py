"""Days on which states were members of the system together, and years in which absence was observed.

A state list is a list of spells; what a release asks of one is said here too.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from datasets.records import AllianceRecord, Coverage


class Spell(Protocol):
    """First and last day of one membership, both inclusive; no last day while it lasts."""

    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date | None: ...


class State(Protocol):
    @property
    def ccode(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def spells(self) -> Sequence[Spell]: ...


class StateSystem(Protocol):
    """What a release asks of a list of states; `sources.states.StateSystem` is one."""

    @property
    def states(self) -> Sequence[State]: ...
    @property
    def version(self) -> str: ...
    @property
    def ends(self) -> date: ...
    @property
    def extension(self) -> str: ...
    def by_ccode(self, ccode: int) -> State: ...
    def is_member(self, ccode: int, on: date) -> bool: ...
    def gwcode(self, ccode: int, on: date) -> int | None: ...
    def iso3(self, ccode: int, on: date) -> str | None: ...


class Membership:
    """Days on which two states were members of the system together."""

    def __init__(self, states: StateSystem, until: date | None) -> None:
        last = until or date.max
        self._spells = {
            state.ccode: tuple(
                (spell.start, min(spell.end or last, last)) for spell in state.spells
            )
            for state in states.states
        }
        self.ccodes = tuple(sorted(self._spells))
        self._common: dict[tuple[int, int], tuple[tuple[date, date], ...]] = {}

    def last_days(self, a: int, b: int, years: Iterable[int]) -> dict[int, date]:
        """For each of the years with a common day of membership, in the order given: the last such day."""
        common = self._common_spells(*sorted((a, b)))
        found = {}
        for year in years:
            for start, end in reversed(common):
                if start.year <= year <= end.year:
                    found[year] = min(end, date(year, 12, 31))
                    break
        return found

    def days_in(self, ccode: int, year: int) -> tuple[tuple[date, date], ...]:
        """First and last day of each run of days in a year on which a state was a member."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        return tuple(
            (max(start, first), min(end, last))
            for start, end in self._spells.get(ccode, ())
            if start <= last and first <= end
        )

    def _common_spells(self, a: int, b: int) -> tuple[tuple[date, date], ...]:
        if (a, b) not in self._common:
            both = (
                (max(start, other_start), min(end, other_end))
                for start, end in self._spells.get(a, ())
                for other_start, other_end in self._spells.get(b, ())
            )
            self._common[a, b] = tuple(sorted((start, end) for start, end in both if start <= end))
        return self._common[a, b]


class CoveredYears:
    """Years in which absence was observed, by unordered pair."""

    def __init__(self, coverage: Coverage) -> None:
        whole: set[int] = set()
        pairs: dict[tuple[int, int], set[int]] = defaultdict(set)
        for spell in coverage.spells:
            years = range(spell.first_year, spell.last_year + 1)
            if spell.ccodes is None:
                whole.update(years)
                continue
            members = sorted(set(spell.ccodes))
            for index, a in enumerate(members):
                for b in members[index + 1 :]:
                    pairs[a, b].update(years)
        self.whole_system = frozenset(whole)
        self.pairs = {pair: frozenset(years | whole) for pair, years in pairs.items()}

    def years(self, a: int, b: int) -> frozenset[int]:
        return self.pairs.get((a, b) if a < b else (b, a), self.whole_system)


class Alliances:
    """Who belonged to which alliance on which days, by the name coders used or the ATOP number."""

    def __init__(self, alliances: Iterable[AllianceRecord]) -> None:
        listed = sorted(alliances, key=lambda alliance: alliance.reference)
        self.listed = tuple(alliance for alliance in listed if alliance.members)
        self._known: dict[str, AllianceRecord] = {}
        for alliance in self.listed:
            number = "" if alliance.atopid is None else str(alliance.atopid)
            for name in (alliance.reference, alliance.name, number):
                if name:
                    self._known.setdefault(_folded(name), alliance)

    def find(self, name: object) -> AllianceRecord | None:
        return self._known.get(_folded(name)) if isinstance(name, str) else None

    @staticmethod
    def members(alliance: AllianceRecord, first: date, last: date) -> tuple[int, ...]:
        """Members on at least one of the days, sorted."""
        return tuple(
            sorted(
                {
                    spell.ccode
                    for spell in alliance.members
                    if spell.start <= last and first <= (spell.end or date.max)
                }
            )
        )


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
