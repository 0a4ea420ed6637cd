"""What a programme of trust tells: a promise, what was asked of it, what was reached. One row each, gathered into one table."""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks import measuring

FIGURES_FILE = "CONCORD_TRUST_FIGURES"  # where figures are gathered, one line of JSON each
HEADS = ("promise", "asked", "reached", "s", "")


@dataclass(frozen=True)
class Figure:
    promise: str
    asked: str
    reached: str
    stands: bool
    seconds: float = 0.0

    def cells(self) -> tuple[str, ...]:
        verdict = "stands" if self.stands else "BROKEN"
        return self.promise, self.asked, self.reached, f"{self.seconds:.0f}", verdict


def tell(*figures: Figure) -> int:
    """Print figures and hand them on to the one table; the exit code that they come to."""
    for figure in figures:
        print("  ".join(figure.cells()), flush=True)
    if gathered := os.environ.get(FIGURES_FILE):
        with open(gathered, "a", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(figure)) + "\n" for figure in figures)
    return 0 if all(figure.stands for figure in figures) else 1


def read(gathered: Path) -> list[Figure]:
    if not gathered.exists():
        return []
    return [Figure(**json.loads(line)) for line in gathered.read_text("utf-8").splitlines()]


def table(figures: Sequence[Figure]) -> str:
    return measuring.markdown(HEADS, [figure.cells() for figure in figures])


class Clock:
    """Seconds by the wall, read while it runs or after it."""

    def __init__(self) -> None:
        self.begun = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.begun


@contextmanager
def clock() -> Iterator[Clock]:
    yield Clock()


def words(about: str | None) -> argparse.ArgumentParser:
    """The arguments that every programme takes: `--short`, and the databases it is to speak of."""
    parser = argparse.ArgumentParser(description=(about or "").partition("\n")[0])
    parser.add_argument("--short", action="store_true", help="seconds instead of minutes")
    parser.add_argument(
        "databases", nargs="*", choices=["sqlite", "postgres", []], help="both, if none is named"
    )
    return parser
