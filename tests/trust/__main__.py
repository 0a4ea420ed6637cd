"""All programmes of trust, or those named, one after another; one table of what was promised, asked and reached.

`python -m tests.trust [--short] [--list] [--minutes N] [--table FILE] [NAME...]`. A programme is a module of this folder that
ends in `if __name__ == "__main__"`, tells `figures.tell(Figure(...))` and knows `--short`; nothing else enters it here. Those
that stand elsewhere in the tests are in `standing`. Each runs in a process of its own and is stopped when its time is over.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import measuring
from tests.benchmarks.__main__ import machine
from tests.trust import figures, standing
from tests.trust.figures import Clock, Figure

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
_RUN = "\n    sys.exit(main("  # a programme takes arguments and gives an exit code
MINUTES = 45.0  # for one programme in its long form


def programmes() -> dict[str, list[str]]:
    """Name to the words that run it, after the Python itself."""
    own = {
        path.stem: ["-m", f"tests.trust.{path.stem}"]
        for path in sorted(FOLDER.glob("[!_]*.py"))
        if _RUN in path.read_text("utf-8") and path.stem != "standing"
    }
    return own | {name: ["-m", "tests.trust.standing", name] for name in standing.TABLE}


def chosen(beginnings: list[str]) -> dict[str, list[str]]:
    found = programmes()
    if not beginnings:
        return found
    return {name: found[name] for name in found if name.startswith(tuple(beginnings))}


def about(name: str) -> str:
    """The first line of what a programme says of itself."""
    if name in standing.TABLE:
        return standing.TABLE[name].promise
    return (FOLDER / f"{name}.py").read_text("utf-8").partition("\n")[0].strip('"')


def run(name: str, words: list[str], *, seconds: float, gathered: Path) -> list[Figure]:
    """What one tells, with a row about it where it did not end well."""
    print(f"\n== {name} {' '.join(words[2:])}", flush=True)
    clock = Clock()
    environment = os.environ | {figures.FIGURES_FILE: str(gathered)}
    code = measuring.run_for([sys.executable, *words], environment, seconds=seconds)
    told = figures.read(gathered)
    print(f"   {clock.seconds:.0f} s", flush=True)
    if code is None:
        reached = "stopped: its time was over"
    elif not told:
        reached = f"told nothing, exit code {code}"
    elif code and all(one.stands for one in told):
        reached = f"ended with code {code}"
    else:
        return told
    return [*told, Figure(name, "an end", reached, False, clock.seconds)]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.trust", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("names", nargs="*", help="beginnings of names; all, if none")
    parser.add_argument("--short", action="store_true", help="seconds each instead of minutes")
    parser.add_argument("--list", action="store_true", help="what there is, and no more")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="at most, for each")
    parser.add_argument("--table", type=Path, help="write the table into this file, too")
    said = parser.parse_args(arguments)
    found = chosen(said.names)
    if not found:
        parser.error(f"there is no such programme; there are {', '.join(programmes())}")
    if said.list:
        for name in found:
            print(f"{name:<16}{about(name)}")
        return 0
    told: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="concord-figures-") as folder:
        for name, words in found.items():
            told += run(
                name, [*words, *(["--short"] if said.short else [])], seconds=said.minutes * 60, gathered=Path(folder) / name
            )  # fmt: skip
    report = f"{figures.table(told)}\n\n{machine()}\n"
    print(f"\n{report}", flush=True)
    if said.table:
        said.table.write_text(report, "utf-8")
    return 0 if all(figure.stands for figure in told) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
