"""The codebook as a paper: every type, field and code with its definition, as coders had it before them."""

from collections.abc import Iterable, Iterator

from coding.schema import Codebook, EventType, Field, Option
from datasets.papers.blocks import Block, Heading, Item, Items, Paper, Paragraph, Variable


def codebook_paper(
    codebook: Codebook, *, withheld: frozenset[str] = frozenset(), footer: str = ""
) -> Paper:
    """`withheld` names fields that stand in no file of the release, and so are not described."""
    about = f"Codebook {codebook.id}, version {codebook.version}"
    return Paper(codebook.title, about, tuple(_blocks(codebook, withheld)), footer)


def _blocks(codebook: Codebook, withheld: frozenset[str]) -> Iterator[Block]:
    if codebook.unit_of_observation:
        yield Paragraph(_flat(codebook.unit_of_observation), "Unit of observation.")
    if codebook.missing:
        yield Heading(1, "Missing values")
        yield Items(tuple(map(_option, codebook.missing)))
    yield Heading(1, "Fields of every event")
    for field in codebook.common:
        if field.name != "event_type" and field.name not in withheld:
            yield from _field(field)
    yield Heading(1, "Types of events")
    for kind in codebook.types:
        yield from _type(kind, withheld)


def _type(kind: EventType, withheld: frozenset[str]) -> Iterator[Block]:
    yield Heading(2, f"{kind.code}: {kind.label}")
    yield Paragraph(_flat(kind.definition))
    yield from _listed("Included", kind.include)
    yield from _listed("Not included", kind.exclude)
    yield from _listed("Boundary", (f"{b.versus}: {b.rule}" for b in kind.boundary))
    if kind.counting:
        yield Paragraph(_flat(kind.counting), "Counting.")
    cases = (f"{' and '.join(e.code_as) or 'no event'}: {e.text}" for e in kind.examples)
    yield from _listed("Examples", cases)
    for field in kind.fields:
        if field.name not in withheld:
            yield from _field(field)


def _listed(title: str, texts: Iterable[str]) -> Iterator[Block]:
    items = tuple(Item(_flat(text)) for text in texts)
    if items:
        yield Items(items, title)


def _field(field: Field) -> Iterator[Block]:
    about = [field.kind.replace("_", " "), field.level.replace("_", " ")]
    if field.unit:
        about.append(f"in {field.unit}")
    skipped = f"; not for {', '.join(field.skip_for)}" if field.skip_for else ""
    yield Variable(field.name, str(field.label), ", ".join(about) + skipped)
    if field.help:
        yield Paragraph(_flat(str(field.help)))
    if field.options:
        yield Items(tuple(map(_option, field.options)))


def _option(option: Option) -> Item:
    return Item(_flat(str(option.definition)), str(option.code), str(option.label))


def _flat(text: str) -> str:
    return " ".join(str(text).split())
