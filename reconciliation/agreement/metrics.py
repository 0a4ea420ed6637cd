"""The difference function of each level of measurement over coded values, as alpha needs it.

Works on integer codes of `Units.values`; the plain definitions stand in `distance`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from . import distance
from .units import FloatArray, IntArray, Value

LEVELS = ("nominal", "ordinal", "interval", "ratio", "masi", "jaccard", "date", "overlap")
"""date compares the midpoints of (first day, last day), overlap the spans of days themselves."""

_TABLE = 3000
_BLOCK = 256


class UnfitValues(ValueError):
    """The values cannot be measured at this level; the message says which and why."""


@dataclass(frozen=True, eq=False)
class Metric:
    """`squared(a, b)` gives delta^2 for two arrays of codes; `expected(n)` gives
    sum_{c,k} n_c n_k delta^2_ck for each row of counts n. `scores` are centred numbers where the
    level has them. Ordinal delta depends on the counts, so both are None there."""

    level: str
    n_values: int
    scores: FloatArray | None = None
    squared: Callable[[IntArray, IntArray], FloatArray] | None = None
    expected: Callable[[FloatArray], FloatArray] | None = None


def metric(level: str, values: Sequence[Value], *, tau: float = 365.0) -> Metric:
    """The metric of a level over these categories. UnfitValues if they do not fit the level."""
    if level not in LEVELS:
        raise ValueError(f"no level of measurement is called {level!r}")
    n = len(values)
    if level == "nominal":
        return Metric(
            level,
            n,
            squared=lambda a, b: (a != b).astype(np.float64),
            expected=lambda counts: counts.sum(axis=1) ** 2 - (counts**2).sum(axis=1),
        )
    if level == "ordinal":
        return Metric(level, n)
    if level in ("interval", "date"):
        scores = numbers(values, level) if level == "interval" else _days(values).mean(axis=1)
        centred = scores - (scores.mean() if n else 0.0)
        return Metric(level, n, centred, lambda a, b: (centred[a] - centred[b]) ** 2)
    if level == "ratio":
        amounts = numbers(values, level)
        if n and amounts.min() < 0:
            raise UnfitValues("the ratio level needs values of zero or more")
        return _tabled(level, n, lambda a, b: _ratio(amounts[a], amounts[b]))
    if level == "overlap":
        days = _days(values)
        return _tabled(level, n, lambda a, b: _dates(days[a], days[b], tau))
    members = _sets(values, level)
    measure = distance.masi if level == "masi" else distance.jaccard
    return _tabled(level, n, _looked_up(members, measure))


def numbers(values: Sequence[Value], level: str) -> FloatArray:
    """The values as floats. UnfitValues if one is not a finite number."""
    for value in values:
        if isinstance(value, bool) or not isinstance(value, int | float) or not np.isfinite(value):
            raise UnfitValues(f"the {level} level needs numbers, not {value!r}")
    return np.array(values, np.float64)


def _ratio(a: FloatArray, b: FloatArray) -> FloatArray:
    both = a + b
    quotient = np.zeros(both.shape)
    np.divide(a - b, both, out=quotient, where=both > 0)
    return quotient**2


def _days(values: Sequence[Value]) -> FloatArray:
    for value in values:
        fits = isinstance(value, tuple) and len(value) == 2
        if not fits or not all(isinstance(day, int) for day in value):  # type: ignore[attr-defined]
            raise UnfitValues(f"dates are compared as first and last day, not {value!r}")
    return np.array(values, np.float64).reshape(-1, 2)


def _dates(a: FloatArray, b: FloatArray, tau: float) -> FloatArray:
    """`distance.date` over arrays of (first, last)."""
    gap = np.maximum(a[..., 0], b[..., 0]) - np.minimum(a[..., 1], b[..., 1])
    joined = np.maximum(a[..., 1], b[..., 1]) - np.minimum(a[..., 0], b[..., 0]) + 1
    low = distance.OVERLAPPING_DATES
    apart = np.minimum(1.0, low + (1 - low) * gap / tau)
    result: FloatArray = np.where(gap > 0, apart, low * (1 - (1 - gap) / joined))
    return result


def _sets(values: Sequence[Value], level: str) -> list[frozenset[Value]]:
    members: list[frozenset[Value]] = []
    for value in values:
        if not isinstance(value, frozenset):
            raise UnfitValues(f"the {level} distance needs sets, not {value!r}")
        members.append(value)
    return members


def _looked_up(
    members: list[frozenset[Value]],
    measure: Callable[[frozenset[Value], frozenset[Value]], float],
) -> Callable[[IntArray, IntArray], FloatArray]:
    """A measure of two sets over arrays of codes; each pair of codes is computed once."""
    n = len(members)
    if n <= _TABLE:
        table = np.zeros((n, n))
        for a, b in combinations(range(n), 2):
            table[a, b] = table[b, a] = measure(members[a], members[b])
        return lambda a, b: table[a, b]

    def squared(a: IntArray, b: IntArray) -> FloatArray:
        a, b = np.broadcast_arrays(a, b)
        pair, back = np.unique(a.astype(np.int64) * n + b, return_inverse=True)
        found = np.array([measure(members[p // n], members[p % n]) for p in pair.tolist()])
        return found[back].reshape(a.shape)

    return squared


def _tabled(level: str, n: int, squared: Callable[[IntArray, IntArray], FloatArray]) -> Metric:
    """Expected part as n' D n, with D kept while it is small and made in blocks when it is not."""
    codes = np.arange(n)
    if n <= _TABLE:
        table = np.zeros((n, n))
        for begin in range(0, n, _BLOCK):
            rows = codes[begin : begin + _BLOCK]
            table[rows] = squared(rows[:, None], codes[None, :])
        return Metric(
            level, n, None, squared, lambda counts: ((counts @ table) * counts).sum(axis=1)
        )

    def expected(counts: FloatArray) -> FloatArray:
        total = np.zeros(len(counts))
        for begin in range(0, n, _BLOCK):
            rows = codes[begin : begin + _BLOCK]
            block = squared(rows[:, None], codes[None, :])
            total += (counts[:, rows] * (counts @ block.T)).sum(axis=1)
        return total

    return Metric(level, n, None, squared, expected)
