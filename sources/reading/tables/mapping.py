"""Which column of a table holds which part of an article: proposed from the headers, or as a person says.

Reading the rows is `tabular`'s.
"""

from collections.abc import Mapping, Sequence

from sources.reading.values import Unreadable

from .lines import shown

FIELDS = ("text", "title", "date", "id", "outlet", "author", "address", "kind", "language")
# Most telling first: with both "content" and "body" the earlier one is proposed.
_NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "fulltext", "articletext", "maintext", "articlebody", "content", "article", "story", "bodytext", "plaintext"),
    "title": ("title", "headline", "heading", "head", "hed", "subject", "articletitle"),
    "date": ("date", "published", "publishedon", "publicationdate", "publisheddate", "datepublished", "datepublish", "publishedat", "pubdate", "datetime", "timestamp", "day", "articledate"),
    "id": ("id", "externalid", "docid", "documentid", "articleid", "uid", "guid", "uuid", "key", "accessionnumber"),
    "outlet": ("outlet", "newspaper", "publication", "publisher", "sourcename", "source.name", "source", "paper", "sitename", "site", "sourcedomain", "media"),
    "author": ("author", "authors", "byline", "creator", "writtenby"),
    "address": ("address", "url", "link", "uri", "sourceurl", "canonicalurl", "permalink", "articleurl"),
    "kind": ("kind", "documentkind"),
    "language": ("language", "lang"),
}  # fmt: skip


def propose(headers: Sequence[str]) -> dict[str, str]:
    """A column for each field whose name says so."""
    simple: dict[str, str] = {}
    for header in headers:
        simple.setdefault(header.casefold().translate(_JOINTS), header)
    return {
        field: next(simple[name] for name in names if name in simple)
        for field, names in _NAMES.items()
        if any(name in simple for name in names)
    }


_JOINTS = dict.fromkeys(map(ord, " _-"), None)


def check(given: Mapping[str, str], headers: Sequence[str]) -> dict[str, str]:
    """The columns to read: as proposed, what was given going first (an empty name takes a field out).

    Raises Unreadable("columns") where the table has no such column, or none for the text.
    """
    named = ", ".join(f"“{shown(header)}”" for header in headers[:30])
    for field, header in given.items():
        if field not in FIELDS:
            raise Unreadable("columns", f"“{shown(field)}” is no part of an article; there are {', '.join(FIELDS)}.")  # fmt: skip
        if header and header not in headers:
            raise Unreadable(
                "columns", f"The table has no column “{shown(header)}”. Its columns are {named}."
            )
    columns = {**propose(headers), **given}
    columns = {field: header for field, header in columns.items() if header}
    if "text" not in columns:
        raise Unreadable(
            "columns",
            f"Which column holds the articles' text cannot be told. The columns are {named}. Say which it is.",
        )
    return columns
