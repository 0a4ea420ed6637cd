"""Markdown to plain blocks by the CommonMark rules: headings, paragraphs, list items, quotes, tables; marks dropped.

Front matter becomes metadata, never text. Raw HTML in the file is left out; links keep their words, not their address.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from . import canonical, headings, proposals
from .encodings import Decoded
from .plain import EMPTY
from .values import BlockKind, Metadata, ReadText
from .writing import Sheaf

_FRONT = re.compile(r"\A---[ \t]*\n(?P<matter>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LONGEST_FRONT = 20_000
_BREAK = "\n"


def read(decoded: Decoded) -> ReadText:
    import markdown_it  # slow to import
    from markdown_it import MarkdownIt

    source = canonical.text(decoded.text).lstrip("\n")
    matter, source, warnings = _front_matter(source)
    parser = MarkdownIt("commonmark", {"maxNesting": 50}).enable("table")
    sheaf = Sheaf()
    title = _text_of(matter, "title")
    tokens = parser.parse(source)
    if title and not _begins_with(tokens, title):
        sheaf.add("title", title, 1)
    _add_blocks(sheaf, tokens)
    if not sheaf.blocks:
        raise EMPTY
    first = sheaf.blocks[0]
    if title is None and first.kind == "heading" and first.level == 1:
        title = sheaf.pieces[0]
    title = title or headings.title_of(sheaf.pieces)
    return ReadText(
        body=sheaf.body,
        blocks=tuple(sheaf.blocks),
        metadata=_metadata(matter, title, sheaf.body),
        warnings=(*decoded.warnings, *warnings),
        reader="markdown-it-py",
        reader_version=markdown_it.__version__,
        parameters={"encoding": decoded.encoding, "rules": "commonmark with tables"},
    )


def _add_blocks(sheaf: Sheaf, tokens: list[Any]) -> None:
    """One block for each paragraph, heading, item or row; a hard line break ends a block too."""
    holders: list[str] = []
    rank = 1
    cells: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            sheaf.add("table", " | ".join(cells))
            cells = None
        elif token.nesting == 1:
            holders.append(token.type)
            if token.type == "heading_open":
                rank = int(token.tag[1:])
        elif token.nesting == -1 and holders:
            holders.pop()
        elif token.type == "inline":
            text = _plain(token.children or [])
            if cells is not None:
                cells.append(canonical.line(text))
                continue
            kind, level = _kind(holders, text)
            if holders and holders[-1] == "heading_open":
                level = rank
            for piece in text.split(_BREAK):
                sheaf.add(kind, piece, level)
        elif token.type in ("fence", "code_block"):
            for line in token.content.split("\n"):
                sheaf.add("code", line)


def _kind(holders: list[str], text: str) -> tuple[BlockKind, int]:
    lists = sum(1 for holder in holders if holder == "list_item_open")
    if holders and holders[-1] == "heading_open":
        return "heading", 1
    if lists:
        return "list", lists
    if "blockquote_open" in holders:
        return "quote", 0
    rank = headings.rank(canonical.line(text))
    return ("heading", rank) if rank else ("paragraph", 0)


def _plain(children: list[Any]) -> str:
    pieces = []
    for child in children:
        if child.type in ("text", "code_inline"):
            pieces.append(child.content.replace("\n", " "))
        elif child.type == "softbreak":
            pieces.append(" ")
        elif child.type == "hardbreak" or _is_break(child):
            pieces.append(_BREAK)
        elif child.type == "image":
            pieces.append(child.content)
    return "".join(pieces)


def _is_break(child: Any) -> bool:
    return child.type == "html_inline" and bool(re.match(r"<br\b", child.content, re.IGNORECASE))


def _begins_with(tokens: list[Any], title: str) -> bool:
    wanted = title.casefold()
    inline = [token for token in tokens[:6] if token.type == "inline"][:2]
    return any(canonical.line(_plain(t.children or [])).casefold() == wanted for t in inline)


def _front_matter(source: str) -> tuple[Mapping[str, Any], str, tuple[str, ...]]:
    """Its fields, the text after it, and a warning where it does not parse (it then stays text)."""
    found = _FRONT.match(source)
    if not found or len(found["matter"]) > _LONGEST_FRONT:
        return {}, source, ()
    import yaml

    try:
        matter = yaml.load(found["matter"], Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        matter = None
    if not isinstance(matter, dict):
        unread = "The lines between --- at the top are not readable as front matter; they were kept as text."
        return {}, source, (unread,)
    return matter, source[found.end() :], ()


def _text_of(matter: Mapping[str, Any], *names: str) -> str | None:
    for name in names:
        value = matter.get(name)
        if isinstance(value, (str, int, float)):
            text = canonical.line(str(value))[:500]
            if text:
                return text
    return None


def _metadata(matter: Mapping[str, Any], title: str | None, body: str) -> Metadata:
    address = _text_of(matter, "source_url", "url", "canonical_url", "link", "source")
    published = _date(matter, "date", "published_time", "published", "published_on", "pubdate")
    kind = headings.kind_of(body)
    front = "the lines between --- at its top"
    outlet = _text_of(matter, "outlet", "publisher", "site", "site_name", "newspaper")
    is_address = address is not None and re.match(r"https?://", address) is not None
    return proposals.metadata(
        title=proposals.first(
            (title if _text_of(matter, "title") == title else None, front),
            (title, "its first heading or lines"),
        ),
        outlet=proposals.first((outlet, front)),
        published_on=proposals.first((published, front)),
        author=proposals.first((_text_of(matter, "author", "authors", "byline"), front)),
        address=proposals.first((address if is_address else None, front)),
        language=_text_of(matter, "language", "lang"),
        kind=kind or ("news" if published and matter.get("title") else None),
        kind_found_in=proposals.TREATY if kind else front,
    )


def _date(matter: Mapping[str, Any], *names: str) -> str | None:
    for name in names:
        value = matter.get(name)
        if isinstance(value, datetime.date):
            return value.isoformat()[:10]
        if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d(?!\d)", value.strip()):
            try:
                return datetime.date.fromisoformat(value.strip()[:10]).isoformat()
            except ValueError:
                continue
    return None
