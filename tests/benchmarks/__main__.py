"""All benchmarks, or those whose names begin as said, one after another; one table of what they measured.

`python3 start.py bench`, or `python -m tests.benchmarks [--whole] [--minutes N] [--table FILE] [NAME...]`. Each runs in a
process of its own: in a short form that ends within minutes, or `--whole` as its own module says. One that takes longer
than its share of the time is stopped, and the table says so. What tells no rows is shown as it prints.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks import measuring, summary
from tests.benchmarks.measuring import Row

FOLDER = Path(__file__).parent
_RUN = 'if __name__ == "__main__"'
MINUTES = 17
# The arguments of the short form; what is not named here is short by itself.
SHORT = {
    "agreement_coverage": ["40"],
    "api": ["100", "1000", "10000"],
    "doctoring": ["50", "500"],
    "reconciling": ["20", "200", "2000"],
    "releasing": ["100", "1000", "10000"],
    "same_bytes": ["4"],
    "sources_articles": ["100", "1000", "10000"],
    "sources_finding": ["--documents", "2000", "--copies", "2000"],
    "sources_pdf": ["200"],
    "street": ["5", "50", "500"],
}


def names(beginnings: list[str]) -> list[str]:
    """The benchmarks there are, those whose names begin so."""
    runnable = (path for path in FOLDER.glob("[!_]*.py") if _RUN in path.read_text("utf-8"))
    found = sorted(path.stem for path in runnable)
    return [name for name in found if not beginnings or name.startswith(tuple(beginnings))]


def run(name: str, arguments: list[str], *, seconds: float, gathered: Path) -> Row | None:
    """Run one; a row about it where it did not end well."""
    print(f"\n== {name} {' '.join(arguments)}", flush=True)
    begun = time.perf_counter()
    words = [sys.executable, "-m", f"tests.benchmarks.{name}", *arguments]
    environment = os.environ | {measuring.ROWS_FILE: str(gathered)}
    code = measuring.run_for(words, environment, seconds=seconds)
    if code is None:
        return Row(
            name, wall=seconds, measured="stopped: its share of the time was over", stands=False
        )
    print(f"   {time.perf_counter() - begun:.0f} s", flush=True)
    missed = any(row.stands is False for row in _rows(gathered))
    return (
        Row(name, measured=f"ended with code {code}", stands=False) if code and not missed else None
    )


def _rows(gathered: Path) -> list[Row]:
    if not gathered.exists():
        return []
    return [Row(**json.loads(line)) for line in gathered.read_text("utf-8").splitlines()]


def machine() -> str:
    """Where this was measured, in a line."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"{time.strftime('%Y-%m-%d')}, {len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count()} "
        f"shared cores ({platform.machine()}), Python {platform.python_version()}, load {load} at the end"
    )


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="start.py bench", description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", help="beginnings of names, such as sources")
    parser.add_argument(
        "--whole", action="store_true", help="the full sizes, however long they take"
    )
    parser.add_argument(
        "--minutes", type=float, default=MINUTES, help="the most the short forms take together"
    )
    parser.add_argument("--table", type=Path, help="write the table into this file, too")
    parser.add_argument(
        "--summary",
        type=Path,
        help="put the table into this page of the documentation, by its marks",
    )
    said = parser.parse_args(arguments)
    chosen = names(said.names)
    if not chosen:
        parser.error(f"there is no such benchmark; there are {', '.join(names([]))}")
    rows: list[Row] = []
    end = time.monotonic() + said.minutes * 60
    with tempfile.TemporaryDirectory(prefix="concord-rows-") as folder:
        for at, name in enumerate(chosen):
            gathered = Path(folder) / name
            # What is left is shared among those that still wait; the quick ones leave theirs to the others.
            share = 3 * max(end - time.monotonic(), 30) / (len(chosen) - at + 2)
            problem = run(
                name, [] if said.whole else SHORT.get(name, []), seconds=86_400 if said.whole else share, gathered=gathered
            )  # fmt: skip
            rows += [*_rows(gathered), *([problem] if problem else [])]
    told = f"{measuring.table(rows)}\n\n{machine()}\n"
    print(f"\n{told}", flush=True)
    if said.table:
        said.table.write_text(told, "utf-8")
    if said.summary:
        summary.put(said.summary, summary.BENCHMARKS, told)
    return 0 if all(row.stands is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
