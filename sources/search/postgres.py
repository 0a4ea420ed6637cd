"""The index in PostgreSQL: a tsvector beside each SearchRange, made of our own tokens, with a GIN index."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection

from sources.search.phrases import Phrase
from sources.search.ranges import Range


def keep(rows: Sequence[tuple[int, int, Range]]) -> None:
    """Write ranges: (document, number, range)."""
    with connection.cursor() as cursor:
        cursor.executemany(
            'INSERT INTO sources_searchrange (document_id, number, start, "end", tokens) '
            "VALUES (%s, %s, %s, %s, %s::tsvector)",
            [
                (document, number, one.start, one.end, _vector(one.terms))
                for document, number, one in rows
            ],
        )


def ranges_with(phrases: Iterable[Phrase]) -> tuple[str, list[str]]:
    """SQL for the ids of ranges in which at least one of the phrases occurs."""
    return "SELECT id FROM sources_searchrange WHERE tokens @@ %s::tsquery", [_expression(phrases)]


def documents_with(phrases: Iterable[Phrase]) -> tuple[str, list[str]]:
    """SQL for the ids of documents in which at least one of the phrases occurs."""
    sql = "SELECT document_id FROM sources_searchrange WHERE tokens @@ %s::tsquery"
    return sql, [_expression(phrases)]


def _vector(terms: Sequence[str]) -> str:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for place, term in enumerate(terms, start=1):
        places[term].append(str(place))
    return " ".join(f"'{term}':{','.join(found)}" for term, found in places.items())


def _expression(phrases: Iterable[Phrase]) -> str:
    # Terms hold letters, digits and marks only, so that nothing in them is a sign of the query language.
    alternatives = []
    for phrase in phrases:
        parts = [f"'{term}'" for term in phrase.terms]
        parts[-1] += ":*" if phrase.is_beginning else ""
        alternatives.append(f"({' <-> '.join(parts)})")
    return " | ".join(alternatives)
