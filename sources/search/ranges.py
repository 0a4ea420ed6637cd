"""How a text is laid into the index: ranges of tokens small enough for any database, overlapping by a phrase.

Pure. PostgreSQL takes at most 16,383 positions and 255 of one term in a row, FTS5 anything.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sources.search import tokens
from sources.search.phrases import LONGEST_PHRASE

TOKENS = 1000
MOST_OF_ONE_TERM = 255
FEW_TOKENS = MOST_OF_ONE_TERM - LONGEST_PHRASE
OVERLAP = LONGEST_PHRASE - 1
# Stands between title and text: no token is like it, so no phrase runs across.
BOUNDARY = "\u00b6"
_TITLE_TERMS = 200


@dataclass(frozen=True, slots=True)
class Range:
    """Code points of the text that belong to it, and its terms in order (some of the next range behind them)."""

    start: int
    end: int
    terms: list[str]


def ranges(title: str, body: str, terms: list[str] | None = None) -> Iterator[Range]:
    """The ranges of a document; the title stands before the first. `terms` are the body's, where they are made already."""
    head = [*tokens.terms(title)[:_TITLE_TERMS], BOUNDARY]
    terms = tokens.terms(body) if terms is None else terms
    if len(body) <= TOKENS * 4:
        whole = head + terms
        if len(whole) <= 2 * TOKENS and _fits(whole):
            yield Range(0, len(body), whole)
            return
    starts = tokens.starts(body)
    at = 0
    while at < len(terms) or at == 0:
        size = TOKENS
        inside = terms[at : at + size + OVERLAP]
        if not _fits(inside):
            size = FEW_TOKENS
            inside = inside[: size + OVERLAP]
        start = starts[at] if at else 0
        end = starts[at + size] if at + size < len(starts) else len(body)
        yield Range(start, end, head + inside if at == 0 else inside)
        at += size


def _fits(terms: list[str]) -> bool:
    # Counting takes four times as long as a set, and most texts repeat too little to need it.
    repeated = len(terms) - len(set(terms))
    return repeated < MOST_OF_ONE_TERM or max(Counter(terms).values()) <= MOST_OF_ONE_TERM
