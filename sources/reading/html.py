"""Web pages: the article without its surroundings, and what the page says about itself.

The page is never rendered and nothing in it is fetched. Scripts, styles, menus and comments are not text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from . import about, canonical, headings, proposals
from .encodings import Decoded, decode
from .plain import EMPTY
from .values import BlockKind, Metadata, ReadText
from .writing import Sheaf

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE
)
_XML_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([a-zA-Z0-9_.-]{2,40})")
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE_SUBSET = re.compile(r"<!DOCTYPE[^>\[]{0,200}\[.*?\]\s*>", re.IGNORECASE | re.DOTALL)
_IGNORED = frozenset(
    ("script", "style", "noscript", "template", "nav", "aside", "form", "button", "select", "iframe",
     "svg", "math", "object", "canvas", "head", "footer", "graphic", "figure")
)  # fmt: skip
_KINDS: dict[str, tuple[BlockKind, int]] = {
    "h1": ("heading", 1), "h2": ("heading", 2), "h3": ("heading", 3), "h4": ("heading", 4),
    "h5": ("heading", 5), "h6": ("heading", 6), "quote": ("quote", 0), "blockquote": ("quote", 0),
    "code": ("code", 0), "pre": ("code", 0),
}  # fmt: skip
_BLOCKS = frozenset(
    ("p", "div", "section", "article", "main", "body", "html", "header", "list", "ul", "ol", "dl", "item", "li",
     "dt", "dd", "table", "tbody", "thead", "tfoot", "row", "tr", "cell", "td", "th", "caption", "head",
     "address", "center", "hr", "fn", "ab", "comments", *_KINDS)
)  # fmt: skip
_ROWS = ("row", "tr")
_LISTS = ("list", "ul", "ol", "dl")


def read_bytes(data: bytes) -> ReadText:
    found = _DECLARED.search(data[:4096]) or _XML_DECLARED.search(data[:200])
    return read(decode(data, found[1].decode("ascii") if found else None))


def read(decoded: Decoded) -> ReadText:
    import trafilatura  # slow to import
    from lxml import html as lxml_html

    source = _XML_HEAD.sub("", decoded.text.replace("\x00", ""), count=1)
    source = _DOCTYPE_SUBSET.sub("", source, count=1)  # entities are never needed
    if not source.strip():
        raise EMPTY
    parser = lxml_html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = lxml_html.document_fromstring(source, parser=parser)
    except (ValueError, lxml_html.etree.LxmlError) as error:
        raise EMPTY from error
    said, warnings = about.read(tree)
    article = _article(tree)
    sheaf = Sheaf()
    if article is not None:
        _Walk(sheaf, is_article=True).add(article)
    if not sheaf.blocks:
        _Walk(sheaf, is_article=False).add(tree)
    if not sheaf.blocks:
        raise EMPTY
    sheaf, title = _titled(sheaf, said.title)
    body = sheaf.body
    return ReadText(
        body=body,
        blocks=tuple(sheaf.blocks),
        metadata=_titled_as(said, title, body),
        warnings=(*decoded.warnings, *warnings),
        reader="trafilatura" if article is not None else "lxml",
        reader_version=trafilatura.__version__,
        parameters={"encoding": decoded.encoding, "comments": False, "tables": True},
    )


def _titled_as(said: Metadata, title: str | None, body: str) -> Metadata:
    """What the page says of itself, under the title its text turned out to have."""
    kind = headings.kind_of(body)
    found_in = dict(said.found_in)
    if title and title != said.title:
        found_in["title"] = "the heading of the article"
    if kind:
        found_in["kind"] = proposals.TREATY
    return replace(said, title=title, kind=kind or said.kind, found_in=found_in)


def _article(tree: Any) -> Any | None:
    """trafilatura's body of the page, or None where it finds none."""
    from copy import deepcopy

    import trafilatura

    found = trafilatura.bare_extraction(
        deepcopy(tree),
        include_comments=False,
        include_tables=True,
        include_images=False,
        include_formatting=False,
        deduplicate=False,
        with_metadata=False,
    )
    body = getattr(found, "body", None)
    if body is None or not "".join(body.itertext()).strip():
        return None
    return body


class _Walk:
    """Goes through an element tree and puts each run of text between block elements into the sheaf.

    In trafilatura's trees `head` is a heading, in a page it is the head of the document.
    """

    def __init__(self, sheaf: Sheaf, *, is_article: bool) -> None:
        self.sheaf = sheaf
        self.is_article = is_article
        self.run: list[str] = []

    def add(self, root: Any) -> None:
        self._element(root, "paragraph", 0)
        self._flush("paragraph", 0)

    def _element(self, element: Any, kind: BlockKind, level: int) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or (tag in _IGNORED and not (self.is_article and tag == "head")):
            return
        if tag in _ROWS and self._row(element, kind, level):
            return
        outer = (kind, level)
        kind, level = self._inner(element, tag, kind, level)
        is_block = tag in _BLOCKS
        if is_block:
            self._flush(*outer)
        elif tag in ("lb", "br"):
            self._flush(kind, level)
        self.run.append(element.text or "")
        for child in element:
            self._element(child, kind, level)
            self.run.append(child.tail or "")
        if is_block:
            self._flush(kind, level)

    def _row(self, element: Any, kind: BlockKind, level: int) -> bool:
        """A table row as one block. A row with one filled cell is layout, not a table: False."""
        cells = [canonical.line(" ".join(cell.itertext())) for cell in element]
        if sum(1 for cell in cells if cell) < 2:
            return False
        self._flush(kind, level)
        self.sheaf.add("table", " | ".join(cells))
        return True

    def _inner(self, element: Any, tag: str, kind: BlockKind, level: int) -> tuple[BlockKind, int]:
        if tag == "head":
            rend = element.get("rend") or "h2"
            return "heading", int(rend[1]) if re.fullmatch(r"h[1-6]", rend) else 2
        if tag in _LISTS:
            return "list", level + 1 if kind == "list" else 1
        return _KINDS.get(tag, (kind, level))

    def _flush(self, kind: BlockKind, level: int) -> None:
        text = canonical.line("".join(self.run))
        self.run.clear()
        if kind == "paragraph":
            rank = headings.rank(text)
            kind, level = ("heading", rank) if rank else (kind, level)
        self.sheaf.add(kind, text, level)


def _titled(sheaf: Sheaf, title: str | None) -> tuple[Sheaf, str | None]:
    """The text under its headline: evidence is often there, and trafilatura leaves it out of the body."""
    if title is None:
        first = sheaf.blocks[0]
        return sheaf, sheaf.pieces[0] if first.kind == "heading" and first.level == 1 else None
    whole = Sheaf()
    wanted = title.casefold()
    early = [piece.casefold() for piece in sheaf.pieces[:4]]
    at = early.index(wanted) if wanted in early else None
    if at is None:
        whole.add("title", title, 1)
    for index, (block, piece) in enumerate(zip(sheaf.blocks, sheaf.pieces, strict=True)):
        if index == at:
            whole.add("title", piece, 1)
        else:
            whole.add(block.kind, piece, block.level)
    return whole, title
