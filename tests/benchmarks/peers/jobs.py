"""The jobs that every tool is given, how much of each, and what is told of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.benchmarks.peers.asking import Refused, Streamed, at_once, timed
from tests.benchmarks.stories import LATIN, Stories

SPANS = 5


@dataclass(frozen=True)
class Sizes:
    """How much: documents imported, coders, seconds of coding, documents already coded for the export."""

    imports: tuple[int, ...] = (1_000, 10_000)
    coders: int = 20
    seconds: float = 10
    coded: int = 2_000
    measured: int = 10_000


class Coder(Protocol):
    def open(self) -> object:
        """Open the next document, with its text and what is coded in it."""

    def save(self) -> object:
        """Save an annotation with five spans in the document that is open."""


class Tool(Protocol):
    name: str

    def start(self) -> None:
        """From nothing to a project with its labels and people."""

    def take_in(self, articles: list[dict[str, str]]) -> None:
        """Documents in, until all of them are there."""

    def settle(self) -> None:
        """Until nothing goes on that the import asked for."""

    def coders(self, count: int) -> list[Coder]: ...

    def lay_codings(self, count: int) -> int:
        """As many coded documents by the tool's own import, five spans each; how many spans an export will hold."""

    def export(self) -> Streamed: ...

    def agree(self, units: int) -> None:
        """Agreement with intervals of two coders on so many documents. Raises Refused where there is none."""

    def stop(self) -> None: ...


@dataclass
class Told:
    """What one tool did: job -> figure, or why there is none."""

    tool: str
    figures: dict[str, float] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


# job: (unit, whether less is better)
UNITS = {
    "set-up": ("s", True),
    "work after the imports": ("s", True),
    "open, 1 coder": ("ms", True),
    "save, 1 coder": ("ms", True),
    "open, all coders": ("ms, median", True),
    "save, all coders": ("ms, median", True),
    "save p95, all coders": ("ms", True),
    "saves a second": ("/s", False),
    "failed of all": ("", True),
    "export": ("s", True),
    "export, first byte": ("s", True),
    "agreement": ("s", True),
}


def unit_of(job: str) -> tuple[str, bool]:
    return UNITS.get(job, ("documents/s", False))


def articles(count: int, seed: int) -> list[dict[str, str]]:
    """So many made-up stories, about two kilobytes each, none the same."""
    stories = Stories(seed, (LATIN,))
    return [
        {"id": f"a{seed}-{n}", "headline": f"Story {seed}-{n}", "body": stories.text(n)}
        for n in range(count)
    ]


def spans(seed: int) -> list[tuple[int, int]]:
    """Five places in the first letters of a story, in order, none touching another."""
    chance = random.Random(seed)
    return [(at, at + chance.randint(10, 40)) for at in range(20, 20 + 60 * SPANS, 60)]


def run(tool: Tool, sizes: Sizes, tell: Callable[[str], None] = print) -> Told:
    told = Told(tool.name)

    def note(job: str, figure: float, words: str = "") -> None:
        told.figures[job] = figure
        told.words[job] = words
        tell(f"{tool.name:14} {job:24} {figure:10.2f} {unit_of(job)[0]}  {words}")

    def attempt(job: str, act: Callable[[], Any]) -> None:
        try:
            act()
        except Refused as why:
            told.words[job] = str(why)
            tell(f"{tool.name:14} {job:24} {why}")

    def take_in() -> None:
        # Unmeasured: what is loaded once belongs to no import.
        tool.take_in(articles(20, 99))
        for n, count in enumerate(sizes.imports):
            given = articles(count, n)
            note(f"import of {count:,}", count / timed(lambda given=given: tool.take_in(given)))
        note("work after the imports", timed(tool.settle))

    def code() -> None:
        people = tool.coders(sizes.coders)
        for label, some, seconds in (
            ("1 coder", people[:1], sizes.seconds / 2),
            ("all coders", people, sizes.seconds),
        ):
            opened, saved = at_once([(one.open, one.save) for one in some], seconds)
            note(f"open, {label}", opened.middle)
            note(f"save, {label}", saved.middle)
        note("save p95, all coders", saved.p95)
        note("saves a second", saved.rate)
        failed = [*opened.failed, *saved.failed]
        note("failed of all", len(failed), failed[0] if failed else "")

    def export() -> None:
        held = tool.lay_codings(sizes.coded)
        taken = tool.export()
        note("export", taken.seconds, f"{held:,} spans laid, {taken.size / 1e6:.1f} MB")
        note("export, first byte", taken.first)

    try:
        attempt("set-up", lambda: note("set-up", timed(tool.start)))
        if "set-up" in told.figures:
            attempt(f"import of {sizes.imports[0]:,}", take_in)
            attempt("save, 1 coder", code)
            attempt("export", export)
            attempt("agreement", lambda: note("agreement", timed(lambda: tool.agree(sizes.measured))))  # fmt: skip
    finally:
        tool.stop()
    return told
