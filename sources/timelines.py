"""The members of an alliance over time as geometry: where bars, years and words stand. Pure; a template draws it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sources.alliances import Alliance, Member

WIDTH, ROW, TOP, LEFT, RIGHT = 760, 24, 26, 210, 90
_STEPS = (1, 2, 5, 10, 20, 50, 100)
_MOST_TICKS = 9


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    end: float
    role: str
    goes_on: bool  # a member still
    words: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One member with all its spells."""

    label: str
    y: float
    bars: tuple[Bar, ...]
    words_x: float
    words: str


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    year: int


@dataclass(frozen=True, slots=True)
class Timeline:
    width: int
    height: int
    top: int
    left: int
    right: int
    bottom: int
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]


def timeline(alliance: Alliance, names: dict[int, str], *, today: date) -> Timeline:
    """A lane for each member, by the day it joined; what goes on reaches to the right edge, which is `today`."""
    days = [day for one in alliance.members for day in (one.start, one.end) if day]
    first = min([alliance.start, *days])
    is_open = any(one.end is None for one in alliance.members)
    last = max([*days, first, *([today] if is_open else [])])
    years = range(first.year, last.year + 2)
    span = (date(min(years[-1], 9999), 1, 1) - date(first.year, 1, 1)).days or 1
    end = WIDTH - RIGHT

    def x(day: date) -> float:
        return round(LEFT + (day - date(first.year, 1, 1)).days / span * (end - LEFT), 1)

    def bar(one: Member) -> Bar:
        left, right = x(one.start), x(one.end or last)
        return Bar(left, max(right, left + 2), str(one.role or ""), one.end is None, words(one))

    def words(one: Member) -> str:
        until = f"to {one.end}" if one.end else "on"
        return f"from {one.start} {until}"

    ccodes = sorted(
        {one.ccode for one in alliance.members},
        key=lambda ccode: (alliance.spells_of(ccode)[0].start, names.get(ccode, ""), ccode),
    )
    lanes = tuple(
        Lane(
            names.get(ccode, str(ccode)),
            TOP + ROW * (n + 0.5),
            tuple(bar(one) for one in alliance.spells_of(ccode)),
            end + 10,
            _roles(alliance.spells_of(ccode)),
        )
        for n, ccode in enumerate(ccodes)
    )
    step = next((step for step in _STEPS if len(years) / step <= _MOST_TICKS), _STEPS[-1])
    ticks = tuple(
        Tick(x(date(year, 1, 1)), year) for year in years if year % step == 0 and year < 9999
    )
    bottom = TOP + ROW * len(lanes) + 4
    return Timeline(WIDTH, bottom + 24, TOP - 6, LEFT, end, bottom, lanes, ticks)


def _roles(spells: Sequence[Member]) -> str:
    return ", ".join(dict.fromkeys(str(one.role) for one in spells if one.role))
