"""Distances between two values of one kind, each between 0 (the same) and, where bounded, 1.

One plain function per kind of field. Coefficients take them through `metrics`; events are compared
term by term in `event_distance`.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence, Set

OVERLAPPING_DATES = 0.25
"""Dates that may be the same day stay below this distance, dates that cannot lie above it."""


def nominal(a: Hashable, b: Hashable) -> float:
    """0 when equal, else 1."""
    return float(a != b)


def ordinal(a: int, b: int, counts: Sequence[float]) -> float:
    """Difference of mid-ranks of the a-th and b-th category, given how often each was used.

    Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, sect. D: the sum of the counts from
    a to b less half of both ends, which is the difference of mid-ranks. Not yet squared.
    """
    low, high = min(a, b), max(a, b)
    return float(sum(counts[low : high + 1]) - (counts[a] + counts[b]) / 2)


def interval(a: float, b: float) -> float:
    """Absolute difference; alpha squares it (Krippendorff 2011, sect. D)."""
    return abs(a - b)


def ratio(a: float, b: float) -> float:
    """|a - b| / (a + b) for values of zero or more, 0 for two zeros (Krippendorff 2011, sect. D)."""
    if a < 0 or b < 0:
        raise ValueError("the ratio level needs values of zero or more")
    return 0.0 if a == b else abs(a - b) / (a + b)


def jaccard(a: Set[Hashable], b: Set[Hashable]) -> float:
    """1 - |a & b| / |a | b|; 0 for two empty sets."""
    union = len(a | b)
    return 0.0 if union == 0 else 1 - len(a & b) / union


def masi(a: Set[Hashable], b: Set[Hashable]) -> float:
    """1 - J M with J the Jaccard index and M = 1, 2/3, 1/3, 0 (Passonneau 2006, LREC, sect. 3).

    M says identical, one inside the other, overlapping, disjoint. Two empty sets are identical;
    an empty and a filled one are disjoint.
    """
    if a == b:
        return 0.0
    shared = len(a & b)
    if shared == 0:
        return 1.0
    monotonicity = 2 / 3 if shared == min(len(a), len(b)) else 1 / 3
    return 1 - shared / len(a | b) * monotonicity


def date(a: tuple[int, int], b: tuple[int, int], tau: float) -> float:
    """Distance of two spans of days (first, last; both included).

    Spans that share a day: a quarter of 1 - |shared| / |joined|, so precision counts, but less
    than contradiction. Disjoint ones: from a quarter upwards with the gap, 1 at tau days.
    """
    gap = max(a[0], b[0]) - min(a[1], b[1])
    if gap > 0:
        return min(1.0, OVERLAPPING_DATES + (1 - OVERLAPPING_DATES) * gap / tau)
    joined = max(a[1], b[1]) - min(a[0], b[0]) + 1
    return OVERLAPPING_DATES * (1 - (1 - gap) / joined)


def dice(a: Sequence[tuple[int, int]], b: Sequence[tuple[int, int]]) -> float:
    """1 - 2 |a & b| / (|a| + |b|) over marked characters, spans end-exclusive; 0 for none at all."""
    first, second = merged(a), merged(b)
    marked = sum(e - s for s, e in first) + sum(e - s for s, e in second)
    if marked == 0:
        return 0.0
    shared = sum(max(0, min(e, f) - max(s, t)) for s, e in first for t, f in second)
    return 1 - 2 * shared / marked


def merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same characters as spans that neither overlap nor touch, in order."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
