"""The index in SQLite: a contentless FTS5 table whose row ids are those of SearchRange.

Rows of ranges that are gone stay behind in it, unless they are to be forgotten; ids are never used again, so they are found by nobody.
"""

from collections.abc import Iterable

from django.db import connection

from projects import rows
from sources.models import SearchRange
from sources.search.phrases import Phrase
from sources.search.ranges import Range


def keep(found: Iterable[tuple[int, int, Range]]) -> None:
    """Write ranges: (document, number, range). Inside a transaction."""
    kept = list(found)
    keys = rows.take_keys(SearchRange, len(kept))
    rows.insert(
        "sources_searchrange",
        ("id", "document_id", "number", "start", "end"),
        [
            (key, document, number, one.start, one.end)
            for key, (document, number, one) in zip(keys, kept, strict=True)
        ],
    )
    rows.insert(
        "sources_searchtokens",
        ("rowid", "tokens"),
        [(key, " ".join(one.terms)) for key, (_, _, one) in zip(keys, kept, strict=True)],
    )


def refill(kept: Iterable[tuple[int, Range]]) -> None:
    """The tokens of ranges that have their rows."""
    rows.insert(
        "sources_searchtokens",
        ("rowid", "tokens"),
        [(key, " ".join(one.terms)) for key, one in kept],
    )


def forget(found: Iterable[tuple[int, Range]]) -> None:
    """Take the tokens of ranges out of the index: (id of its row, range). Inside a transaction."""
    with connection.cursor() as cursor:
        for key, one in found:
            cursor.execute(
                "INSERT INTO sources_searchtokens (sources_searchtokens, rowid, tokens) VALUES ('delete', %s, %s)",
                [key, " ".join(one.terms)],
            )


def settle() -> None:
    """After many rows: nothing waits beside this index."""


def ranges_with(phrases: Iterable[Phrase]) -> tuple[str, list[str]]:
    """SQL for the ids of ranges in which at least one of the phrases occurs."""
    sql = "SELECT rowid FROM sources_searchtokens WHERE sources_searchtokens MATCH %s"
    return sql, [" OR ".join(map(_expression, phrases))]


def documents_with(phrases: Iterable[Phrase]) -> tuple[str, list[str]]:
    """SQL for the ids of documents in which at least one of the phrases occurs."""
    ranges, parameters = ranges_with(phrases)
    return f"SELECT document_id FROM sources_searchrange WHERE id IN ({ranges})", parameters  # noqa: S608 - the statement of ranges_with, its words are parameters  # nosec B608


def _expression(phrase: Phrase) -> str:
    # Terms hold letters, digits and marks only, so that nothing in them is a sign of the query language.
    return f'"{" ".join(phrase.terms)}"' + (" *" if phrase.is_beginning else "")
