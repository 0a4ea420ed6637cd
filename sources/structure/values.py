"""What the structure of a text consists of. How it is found is the other modules' business; where it is kept the models'."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

SectionKind = Literal[
    "title", "preamble", "part", "article", "paragraph", "signature", "annex", "note"
]  # fmt: skip
KINDS: tuple[SectionKind, ...] = (
    "title",
    "preamble",
    "part",
    "article",
    "paragraph",
    "signature",
    "annex",
    "note",
)


@dataclass(frozen=True, slots=True)
class Section:
    """body[start:end] and what it is; `parent` is the place of the section around it in the same sequence.

    `label` is what it is cited by ("Article 5 bis", "2"); `heading` what it is called, often nothing.
    """

    kind: SectionKind
    label: str
    heading: str
    start: int
    end: int
    parent: int | None = None


class SectionsInvalid(ValueError):
    """These sections cannot stand in one text. The message says which and why."""


def nested(sections: Iterable[Section], length: int) -> tuple[Section, ...]:
    """The sections in order of the text, each with its parent; refuses what lies outside the text or overlaps."""
    ordered = sorted(sections, key=lambda one: (one.start, -one.end))
    result: list[Section] = []
    open_: list[int] = []
    for one in ordered:
        if not 0 <= one.start < one.end <= length:
            raise SectionsInvalid(
                f"{_named(one)} runs from {one.start} to {one.end}; the text has characters 0 to {length}."
            )
        while open_ and result[open_[-1]].end <= one.start:
            open_.pop()
        if open_:
            around = result[open_[-1]]
            if one.end > around.end:
                raise SectionsInvalid(
                    f"{_named(one)} begins inside {_named(around)} and ends after it; one must hold the other, "
                    "or they must not touch."
                )
            if (one.start, one.end) == (around.start, around.end):
                raise SectionsInvalid(f"{_named(one)} and {_named(around)} are the same passage.")
        result.append(replace(one, parent=open_[-1] if open_ else None))
        open_.append(len(result) - 1)
    return tuple(result)


def depths(sections: Sequence[Section]) -> tuple[int, ...]:
    """How deep each section lies, 0 the outermost; parents stand before their children."""
    found: list[int] = []
    for one in sections:
        found.append(0 if one.parent is None else found[one.parent] + 1)
    return tuple(found)


def _named(one: Section) -> str:
    return f"“{one.label}”" if one.label else f"the {one.kind}"
