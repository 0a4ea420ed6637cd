"""What Concord promises beside a bare view, and the table of all tools."""

from __future__ import annotations

from tests.benchmarks.measuring import Row
from tests.benchmarks.peers.jobs import Told, unit_of

# job: the most that Concord may take of what the bare view takes
RATIOS = {
    "import": 2.5,
    "open, 1 coder": 2.5,
    "save, 1 coder": 2.5,
    "open, all coders": 2.5,
    "save, all coders": 2.5,
    "save p95, all coders": 2.5,
    "export": 4.0,
}
SECONDS = {"agreement": 3.0}


def times(job: str, one: Told, other: Told) -> float | None:
    """How often `one` takes what `other` takes: above 1 it is slower, whatever the unit."""
    if job not in one.figures or job not in other.figures:
        return None
    mine, yours = one.figures[job], other.figures[job]
    if not unit_of(job)[1]:
        mine, yours = yours, mine
    return mine / yours if yours else None


def most(job: str) -> float | None:
    return RATIOS["import"] if job.startswith("import") else RATIOS.get(job)


def rows(concord: Told, bare: Told) -> list[Row]:
    """The promises as rows of the benchmarks' table."""
    found = []
    for job, figure in concord.figures.items():
        ratio, wanted, limit = times(job, concord, bare), most(job), SECONDS.get(job)
        if wanted is None and limit is None:
            continue
        stands = (wanted is None or (ratio is not None and ratio <= wanted)) and (
            limit is None or figure <= limit
        )
        words = f"{figure:.1f} {unit_of(job)[0]}"
        beside = f"bare view {bare.figures[job]:.1f}" if job in bare.figures else ""
        promise = f"at most {wanted} times" if wanted else f"under {limit:.0f} s"
        found.append(Row(f"API: {job}", measured=words, yardstick=beside, ratio=ratio, wanted=promise, stands=stands))  # fmt: skip
    return found


def table(concord: Told, bare: Told, others: list[Told]) -> str:
    """Figures of all, the ratio to the bare view, and how often each other takes what Concord takes."""
    head = ["job", "Concord", "bare view", "Concord / bare"]
    for other in others:
        head += [other.tool, "/ Concord"]
    lines = [head, ["---"] * len(head)]
    seen = dict.fromkeys([*concord.figures, *(job for other in others for job in other.figures)])
    for job in seen:
        cells = [f"{job} ({unit_of(job)[0]})".replace(" ()", ""), _cell(concord, job), _cell(bare, job), _times(times(job, concord, bare))]  # fmt: skip
        for other in others:
            cells += [_cell(other, job), _times(times(job, other, concord))]
        lines.append(cells)
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _cell(told: Told, job: str) -> str:
    if job in told.figures:
        figure = told.figures[job]
        return f"{figure:,.0f}" if figure >= 100 else f"{figure:.2f}"
    return told.words.get(job, "").replace("|", "/")[:80] or "–"


def _times(ratio: float | None) -> str:
    return "" if ratio is None else f"x{ratio:.2f}"
