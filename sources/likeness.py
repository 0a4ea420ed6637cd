"""Near-duplicates: how much of one document's words stand in another, and sketches to find such documents by.

Pure. Shingles are five terms in a row, hashed by blake2b to 64 bits; a sketch keeps those divisible by eight (Broder
1997, "On the resemblance and containment of documents", section 3) and the few smallest, so that short texts have some.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

WORDS = 5
KEEP_EVERY = 8
KEEP_AT_LEAST = 8
KEEP_AT_MOST = 2000  # of a very long text; about 80,000 words reach it
# Texts that are the same letter for letter are copies of one report from so many words, within so many days.
SAME_WORDS = 20
SAME_DAYS = 7


def shingles(terms: Sequence[str]) -> frozenset[int]:
    """Every run of five terms, as signed 64-bit numbers; a shorter text is one run."""
    if not terms:
        return frozenset()
    runs = (" ".join(terms[n : n + WORDS]) for n in range(max(1, len(terms) - WORDS + 1)))
    return frozenset(
        int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big", signed=True)
        for run in runs
    )


def sketch(found: Set[int]) -> list[int]:
    """The shingles a document is found by, in order. What two documents share they share here in the same part."""
    kept = {shingle for shingle in found if shingle % KEEP_EVERY == 0}
    if len(kept) < 2 * KEEP_AT_LEAST:
        kept.update(sorted(found)[:KEEP_AT_LEAST])
    return sorted(kept)[:KEEP_AT_MOST]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Shares of shingles in common: of those of the shorter text, and of those of either."""

    containment: float
    resemblance: float


def compare(one: Set[int], two: Set[int]) -> Likeness:
    if not one or not two:
        return Likeness(0.0, 0.0)
    both = len(one & two)
    return Likeness(both / min(len(one), len(two)), both / (len(one) + len(two) - both))


def same_reports(documents: Iterable[tuple[int, date | None]], words: int) -> dict[int, int]:
    """Documents with the very same text that may be taken for copies of one report without asking: each with the first.

    Not so a text of a few words, or one printed again long after: these may well tell of another event.
    """
    joined: dict[int, int] = {}
    if words < SAME_WORDS:
        return joined
    groups: list[tuple[int, list[date]]] = []  # the first, and the first and last day
    for document, day in documents:
        for first, days in groups:
            reach = [*days, day] if day else days
            if not reach or (max(reach) - min(reach)).days <= SAME_DAYS:
                joined[document] = first
                days[:] = [min(reach), max(reach)] if reach else []
                break
        else:
            groups.append((document, [day] if day else []))
    return joined


def clusters(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """What is connected by pairs, directly or through others; each in order, the one with the lowest first."""
    parent: dict[int, int] = {}

    def root(of: int) -> int:
        parent.setdefault(of, of)
        while parent[of] != of:
            parent[of] = parent[parent[of]]
            of = parent[of]
        return of

    for one, two in pairs:
        low, high = sorted((root(one), root(two)))
        parent[high] = low
    found: dict[int, list[int]] = {}
    for member in sorted(parent):
        found.setdefault(root(member), []).append(member)
    return [found[first] for first in sorted(found)]
