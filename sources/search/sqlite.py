"""The index in SQLite: a contentless FTS5 table whose row ids are those of SearchRange.

Rows of ranges that are gone stay behind in it; ids are never used again, so they are found by nobody.
"""

from collections.abc import Iterable, Sequence

from django.db import connection

from sources.models import SearchRange
from sources.search.phrases import Phrase
from sources.search.ranges import Range


def keep(rows: Sequence[tuple[int, int, Range]]) -> None:
    """Write ranges: (document, number, range)."""
    made = SearchRange.objects.bulk_create(
        SearchRange(document_id=document, number=number, start=one.start, end=one.end)
        for document, number, one in rows
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO sources_searchtokens (rowid, tokens) VALUES (%s, %s)",
            [(row.pk, " ".join(one.terms)) for row, (_, _, one) in zip(made, rows, strict=True)],
        )


def ranges_with(phrases: Iterable[Phrase]) -> tuple[str, list[str]]:
    """SQL for the ids of ranges in which at least one of the phrases occurs."""
    sql = "SELECT rowid FROM sources_searchtokens WHERE sources_searchtokens MATCH %s"
    return sql, [" OR ".join(map(_expression, phrases))]


def documents_with(phrases: Iterable[Phrase]) -> tuple[str, list[str]]:
    """SQL for the ids of documents in which at least one of the phrases occurs."""
    ranges, parameters = ranges_with(phrases)
    return f"SELECT document_id FROM sources_searchrange WHERE id IN ({ranges})", parameters


def _expression(phrase: Phrase) -> str:
    # Terms hold letters, digits and marks only, so that nothing in them is a sign of the query language.
    return f'"{" ".join(phrase.terms)}"' + (" *" if phrase.is_beginning else "")
