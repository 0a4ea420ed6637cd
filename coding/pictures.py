"""The progress of a round as geometry: bars per coder, and what was handed in day by day. Pure; templates draw it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 190, 44, 16, 14, 28
BAR_WIDTH = 320


@dataclass(frozen=True)
class Piece:
    """One part of a bar: where it begins and how wide it is."""

    state: str
    count: int
    x: float
    width: float


def bar(counts: Mapping[str, int], order: Sequence[str], longest: int) -> tuple[Piece, ...]:
    """A bar as long as its sum is of the longest, in parts by state; what is nothing has no part."""
    pieces, x = [], 0.0
    for state in order:
        if counts.get(state):
            width = BAR_WIDTH * counts[state] / max(longest, 1)
            pieces.append(Piece(state, counts[state], round(x, 1), round(width, 1)))
            x += width
    return tuple(pieces)


@dataclass(frozen=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True)
class Climb:
    """The line of what is handed in, from the opening to today, under the line of all there is to do."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    line: str
    area: str
    end: tuple[float, float]
    rows: tuple[Tick, ...]
    days: tuple[Tick, ...]
    forecast: date | None


def climb(by_day: Mapping[date, int], total: int, *, opened: date, today: date) -> Climb | None:
    """None until something was handed in. The forecast goes on at the pace of the last two weeks."""
    done = sum(by_day.values())
    if not done or not total:
        return None
    first = min(opened, min(by_day))
    last = max(today, max(by_day))
    span = max((last - first).days, 1)
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM

    def x(day: date) -> float:
        return round(LEFT + (right - LEFT) * (day - first).days / span, 1)

    def y(count: int) -> float:
        return round(bottom - (bottom - TOP) * count / total, 1)

    points, count = [(x(first), y(0))], 0
    for day in sorted(by_day):
        points.append((x(day), y(count)))
        count += by_day[day]
        points.append((x(day), y(count)))
    points.append((x(last), y(count)))
    line = " ".join(f"{a},{b}" for a, b in points)
    return Climb(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=right,
        bottom=bottom,
        line=line,
        area=f"{points[0][0]},{bottom} {line} {points[-1][0]},{bottom}",
        end=points[-1],
        rows=tuple(Tick(y(n), str(n)) for n in sorted({0, total // 2, total})),
        days=tuple(
            Tick(x(day), _day(day)) for day in sorted({first, first + timedelta(span // 2), last})
        ),
        forecast=_forecast(by_day, total - done, today),
    )


def _forecast(by_day: Mapping[date, int], left: int, today: date) -> date | None:
    """The day on which the rest is handed in at the pace of the last fourteen days; None without any pace."""
    since = today - timedelta(days=13)
    recent = sum(n for day, n in by_day.items() if day >= since)
    days = max((today - max(since, min(by_day))).days + 1, 1)
    if not left or not recent:
        return None
    needed = -(-left * days // recent)
    return today + timedelta(days=needed) if needed < 5_000 else None


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"
