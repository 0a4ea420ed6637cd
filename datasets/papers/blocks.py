"""The blocks a paper is made of: plain frozen values. How they look is said by `markdown`, `html` and `pdf`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Heading:
    level: int  # 1 is a chapter; the title of the paper stands above all
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    lead: str = ""  # a few words before it, set apart


@dataclass(frozen=True, slots=True)
class Item:
    text: str
    code: str = ""  # what is written in the data, where the item explains a code
    label: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    items: tuple[Item, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Variable:
    """One field of the codebook: its name in the data, what it is called, and what kind of thing it is."""

    name: str
    label: str
    about: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `numbers` says which columns are set to the right."""

    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    widths: tuple[int, ...] = ()  # shares of the page; equal to what they hold where none are given


Block: TypeAlias = Heading | Paragraph | Items | Variable | Grid


@dataclass(frozen=True, slots=True)
class Paper:
    title: str
    subtitle: str
    blocks: Sequence[Block]
    footer: str = ""
    language: str = "en"
