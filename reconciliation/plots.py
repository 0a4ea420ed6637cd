"""Charts as geometry: where lines, boxes and words stand. Pure; a template draws them, with a table beside."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

WIDTH, ROW, TOP, LEFT, RIGHT = 760, 26, 34, 250, 190
TENTATIVE, RELIABLE = 0.667, 0.8


@dataclass(frozen=True)
class Point:
    """A coefficient to draw: a value with its interval, or the reason why there is none."""

    label: str
    value: float | None
    low: float | None
    high: float | None
    reason: str


@dataclass(frozen=True)
class Line:
    label: str
    y: float
    x: float | None
    x_low: float | None
    x_high: float | None
    words: str
    tone: str


@dataclass(frozen=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True)
class Forest:
    width: int
    height: int
    left: int
    right: int
    bottom: int
    lines: Sequence[Line]
    ticks: Sequence[Tick]
    marks: Sequence[Tick]


def forest(points: Sequence[Point]) -> Forest:
    """Rows from top to bottom in the order given; the axis begins at 0, or lower where an interval does."""
    lows = [low for point in points for low in (point.low, point.value) if low is not None]
    floor = max(-1.0, min([0.0, *(math.floor(low * 5) / 5 for low in lows)]))
    end = WIDTH - RIGHT

    def x(value: float) -> float:
        share = (min(max(value, floor), 1.0) - floor) / (1.0 - floor)
        return round(LEFT + share * (end - LEFT), 1)

    def xs(value: float | None) -> float | None:
        return None if value is None else x(value)

    lines = [
        Line(
            point.label,
            TOP + ROW * (n + 0.5),
            xs(point.value),
            xs(point.low),
            xs(point.high),
            _words(point),
            tone(point.value),
        )
        for n, point in enumerate(points)
    ]
    steps = range(round(floor * 5), 6)
    return Forest(
        width=WIDTH,
        height=TOP + ROW * len(points) + 28,
        left=LEFT,
        right=end,
        bottom=TOP + ROW * len(points),
        lines=lines,
        ticks=[Tick(x(step / 5), f"{step / 5:g}") for step in steps],
        marks=[Tick(x(TENTATIVE), ".667"), Tick(x(RELIABLE), ".800")],
    )


def _words(point: Point) -> str:
    if point.value is None:
        return point.reason
    interval = (
        f" [{point.low:.2f}, {point.high:.2f}]"
        if point.low is not None and point.high is not None
        else ""
    )
    return f"{point.value:.3f}{interval}"


def tone(value: float | None) -> str:
    if value is None:
        return "missing"
    return "agree" if value >= RELIABLE else "caution" if value >= TENTATIVE else "differ"


# --- coincidences


CELL, HEAD, SIDE = 34, 26, 150


@dataclass(frozen=True)
class Cell:
    x: float
    y: float
    words: str
    shade: float
    is_diagonal: bool
    title: str


@dataclass(frozen=True)
class Heat:
    """A coincidence matrix as squares; `shade` is the share of its row's value, so rare values are seen too."""

    width: int
    height: int
    cell: int
    cells: Sequence[Cell]
    sides: Sequence[Tick]
    heads: Sequence[Tick]


def heat(values: Sequence[str], rows: Sequence[Sequence[float]]) -> Heat:
    """Values down and across in the order given. Columns are numbered, rows carry the words."""
    cells = []
    for r, row in enumerate(rows):
        total = sum(row)
        for c, found in enumerate(row):
            share = found / total if total else 0.0
            cells.append(
                Cell(
                    SIDE + CELL * c,
                    HEAD + CELL * r,
                    f"{found:.0f}" if abs(found - round(found)) < 0.05 else f"{found:.1f}",
                    round(share, 3),
                    r == c,
                    f"{values[r]} with {values[c]}: {found:g}, {share:.0%} of the row",
                )
            )
    return Heat(
        width=SIDE + CELL * len(values) + 2,
        height=HEAD + CELL * len(values) + 2,
        cell=CELL,
        cells=cells,
        sides=[Tick(HEAD + CELL * (n + 0.5), f"{n + 1}  {v}") for n, v in enumerate(values)],
        heads=[Tick(SIDE + CELL * (n + 0.5), str(n + 1)) for n in range(len(values))],
    )


# --- drift


@dataclass(frozen=True)
class Drift:
    """A coefficient through time as a line, broken where there is none and where the series restarts."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    lines: Sequence[str]
    points: Sequence[Line]
    ticks: Sequence[Tick]
    marks: Sequence[Tick]
    months: Sequence[Tick]
    restarts: Sequence[Tick]


def drift(points: Sequence[Point], restarts: Collection[int] = ()) -> Drift:
    """Points in their order, evenly apart; the axis begins at 0, or at the lowest value where that is less.

    `restarts`: places of points that begin a new series, not joined to the one before.
    """
    values = [point.value for point in points if point.value is not None]
    floor = max(-1.0, min([0.0, *(math.floor(value * 5) / 5 for value in values)]))
    left, right, top, bottom = 46, WIDTH - 20, 12, 190

    def y(value: float) -> float:
        return round(
            bottom - (min(max(value, floor), 1.0) - floor) / (1.0 - floor) * (bottom - top), 1
        )

    step = (right - left) / max(len(points), 1)
    drawn, runs = [], [list[str]()]
    for n, point in enumerate(points):
        x = round(left + step * (n + 0.5), 1)
        if n in restarts:
            runs.append([])
        if point.value is None:
            runs.append([])
            drawn.append(Line(point.label, bottom - 8, None, None, None, point.reason, "missing"))
            continue
        at = y(point.value)
        runs[-1].append(f"{x},{at}")
        drawn.append(Line(point.label, at, x, None, None, _words(point), tone(point.value)))
    # So many names of months fit beside each other.
    every = max(1, math.ceil(len(points) / 10))
    return Drift(
        width=WIDTH,
        height=bottom + 28,
        left=left,
        right=right,
        bottom=bottom,
        lines=[" ".join(run) for run in runs if len(run) > 1],
        points=drawn,
        ticks=[Tick(y(n / 5), f"{n / 5:g}") for n in range(round(floor * 5), 6)],
        marks=[Tick(y(TENTATIVE), ".667"), Tick(y(RELIABLE), ".800")],
        months=[
            Tick(round(left + step * (n + 0.5), 1), point.label)
            for n, point in enumerate(points)
            if n % every == 0
        ],
        restarts=[
            Tick(round(left + step * n, 1), f"series restarts at {points[n].label}")
            for n in sorted(restarts)
        ],
    )
