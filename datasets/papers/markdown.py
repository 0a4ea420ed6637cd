"""A paper as Markdown, for readers of plain text."""

from collections.abc import Iterable, Iterator, Sequence

from datasets.papers.blocks import Block, Grid, Heading, Item, Items, Paper, Paragraph, Variable


def written(paper: Paper) -> str:
    return "\n".join(_lines(paper)).rstrip() + "\n"


def plain(text: str) -> str:
    """Text on one line, with signs that Markdown would take for its own made harmless."""
    flat = " ".join(text.split())
    for sign in "\\`*_[]<>|":
        flat = flat.replace(sign, "\\" + sign)
    return flat


def grid(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table of cells that are Markdown already."""
    yield f"| {' | '.join(heading)} |"
    yield f"|{'|'.join(' --- ' for _ in heading)}|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _lines(paper: Paper) -> Iterator[str]:
    yield f"# {plain(paper.title)}"
    yield ""
    if paper.subtitle:
        yield plain(paper.subtitle)
        yield ""
    for block in paper.blocks:
        yield from _block(block)
        yield ""


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"{'#' * (level + 1)} {plain(text)}"
        case Paragraph(text, lead):
            yield f"**{plain(lead)}** {plain(text)}" if lead else plain(text)
        case Items(items, lead):
            if lead:
                yield f"**{plain(lead)}**"
                yield ""
            yield from map(_item, items)
        case Variable(name, label, about):
            yield f"`{name}` **{plain(label)}** ({plain(about)})"
        case Grid(heading, rows):
            yield from grid(
                [plain(cell) for cell in heading], ([plain(cell) for cell in row] for row in rows)
            )


def _item(item: Item) -> str:
    code = f"`{item.code}` " if item.code else ""
    label = plain(item.label)
    between = ": " if label and item.text else ""
    return f"- {code}{label}{between}{plain(item.text)}"
