"""The forest plot of a run's figures as geometry: where lines, boxes and words stand. Pure; a template draws it."""

import math
from collections.abc import Sequence
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
            _tone(point.value),
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


def _tone(value: float | None) -> str:
    if value is None:
        return "missing"
    return "agree" if value >= RELIABLE else "caution" if value >= TENTATIVE else "differ"
