"""What incidents rest on as charts: where bars and words stand. Pure; a template draws them, with a table beside."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reconciliation.source_shares import Part, Year

WIDTH = 760
LEFT, RIGHT, TOP, BOTTOM = 46, 740, 12, 190
# From the ground up: what an incident of a year rests on.
STACK = ("several", "same", "unknown", "single")
WORDS = {
    "several": "several outlets",
    "same": "several reports of one outlet",
    "unknown": "several reports, outlets not known",
    "single": "a single report",
}


@dataclass(frozen=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True)
class Block:
    kind: str
    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True)
class Columns:
    """Incidents by year, a column each, stacked by what they rest on."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    blocks: Sequence[Block]
    ticks: Sequence[Tick]
    years: Sequence[Tick]


def columns(years: Sequence[Year]) -> Columns:
    dated = [one for one in years if one.year is not None]
    most = max((one.resting.incidents for one in dated), default=0)
    every = _step(most)
    top = max(every * math.ceil(most / every), 1)
    each = (RIGHT - LEFT) / max(len(dated), 1)
    gap = min(each * 0.18, 6.0)
    blocks = []
    for n, one in enumerate(dated):
        level = 0
        for kind, count in _stack(one):
            if not count:
                continue
            height = count / top * (BOTTOM - TOP)
            level += count
            blocks.append(
                Block(
                    kind,
                    round(LEFT + each * n + gap / 2, 1),
                    round(BOTTOM - level / top * (BOTTOM - TOP), 1),
                    round(min(each - gap, 46.0), 1),
                    round(height, 1),
                    f"{one.year}: {count} of {one.resting.incidents} on {WORDS[kind]}",
                )
            )
    shown = max(1, math.ceil(len(dated) / 12))
    return Columns(
        width=WIDTH,
        height=BOTTOM + 28,
        left=LEFT,
        right=RIGHT,
        bottom=BOTTOM,
        blocks=blocks,
        ticks=[
            Tick(round(BOTTOM - count / top * (BOTTOM - TOP), 1), str(count))
            for count in range(0, top + 1, every)
        ],
        years=[
            Tick(round(LEFT + each * n + gap / 2 + min(each - gap, 46.0) / 2, 1), str(one.year))
            for n, one in enumerate(dated)
            if n % shown == 0
        ],
    )


def _stack(one: Year) -> list[tuple[str, int]]:
    found = one.resting
    counts = {
        "several": found.several_outlets,
        "same": found.same_outlet,
        "unknown": found.unknown_outlet,
        "single": found.one_report.n,
    }
    return [(kind, counts[kind]) for kind in STACK]


def _step(most: int) -> int:
    """Whole numbers, about five to the axis: 1, 2, 5, 10, 20, 50 and so on."""
    scale = 1
    while True:
        for step in (scale, 2 * scale, 5 * scale):
            if most <= step * 6:
                return step
        scale *= 10


# --- outlets, kinds, languages


ROW, BAR_LEFT, BAR_RIGHT, HEAD = 26, 220, 620, 8


@dataclass(frozen=True)
class Bar:
    label: str
    y: float
    reported: float
    alone: float
    words: str


@dataclass(frozen=True)
class Bars:
    """Parts from top to bottom: how many incidents each reports, and darker how many nothing else reports."""

    width: int
    height: int
    left: int
    right: int
    bars: Sequence[Bar]


def bars(parts: Sequence[Part], names: Sequence[str]) -> Bars:
    """`names` are the words of the parts, in their order."""
    most = max((part.incidents.n for part in parts), default=0) or 1
    whole = BAR_RIGHT - BAR_LEFT
    return Bars(
        width=WIDTH,
        height=HEAD * 2 + ROW * len(parts),
        left=BAR_LEFT,
        right=BAR_RIGHT,
        bars=[
            Bar(
                name,
                HEAD + ROW * (n + 0.5),
                round(part.incidents.n / most * whole, 1),
                round(part.alone.n / most * whole, 1),
                f"{part.incidents.n}, {part.alone.n} alone",
            )
            for n, (part, name) in enumerate(zip(parts, names, strict=True))
        ],
    )
