"""The index in PostgreSQL: a tsvector beside each SearchRange, made of our own tokens, with a GIN index."""

from collections.abc import Iterable, Sequence

from django.db import connection

from projects import rows
from sources.search.phrases import Phrase
from sources.search.ranges import Range


def keep(kept: Iterable[tuple[int, int, Range]]) -> None:
    """Write ranges: (document, number, range)."""
    rows.insert(
        "sources_searchrange",
        ("document_id", "number", "start", "end", "tokens"),
        (
            (document, number, one.start, one.end, _vector(one.terms))
            for document, number, one in kept
        ),
    )


def refill(kept: Iterable[tuple[int, Range]]) -> None:
    """The tokens of ranges that have their rows."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE sources_searchrange SET tokens = %s::tsvector WHERE id = %s",
            [(_vector(one.terms), key) for key, one in kept],
        )


def forget(found: Iterable[tuple[int, Range]]) -> None:
    """The tokens stand in the rows of ranges and go with them."""


def settle() -> None:
    """After many rows: what waits beside the GIN index goes into it, and the planner is told how many there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('sources_searchrange_tokens')")
        cursor.execute("ANALYZE sources_searchrange, sources_mention, sources_document")


def ranges_with(phrases: Iterable[Phrase]) -> tuple[str, list[str]]:
    """SQL for the ids of ranges in which at least one of the phrases occurs."""
    return "SELECT id FROM sources_ranges_with(%s::tsquery)", [_expression(phrases)]


def documents_with(phrases: Iterable[Phrase]) -> tuple[str, list[str]]:
    """SQL for the ids of documents in which at least one of the phrases occurs."""
    return "SELECT document_id FROM sources_ranges_with(%s::tsquery)", [_expression(phrases)]


def _vector(terms: Sequence[str]) -> str:
    """Each term with its place; PostgreSQL gathers the places of one term itself, and faster."""
    return "'" + " '".join(map(str.__add__, terms, _PLACES)) if terms else ""


# What closes the quotation of a term and tells its place; a range has never more.
_PLACES = [f"':{place}" for place in range(1, 16_384)]


def _expression(phrases: Iterable[Phrase]) -> str:
    # Terms hold letters, digits and marks only, so that nothing in them is a sign of the query language.
    alternatives = []
    for phrase in phrases:
        parts = [f"'{term}'" for term in phrase.terms]
        parts[-1] += ":*" if phrase.is_beginning else ""
        alternatives.append(f"({' <-> '.join(parts)})")
    return " | ".join(alternatives)
