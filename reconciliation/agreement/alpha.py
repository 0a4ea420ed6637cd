"""Krippendorff's alpha from coincidences, for every level, without a units x values table.

alpha = 1 - Do / De over units with two or more values (Krippendorff 2011, Computing
Krippendorff's Alpha-Reliability, sect. A-D; 2019, Content Analysis, 4th ed., ch. 12). Intervals are
left to `bootstrap` and `analytic`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np

from .bootstrap import Part, Sums, collect
from .metrics import Metric, metric
from .units import POOLED, BoolArray, FloatArray, IntArray, Units

_COINCIDENCES = 120


def pairable(units: Units) -> BoolArray:
    """Units with at least two values; the others cannot say anything about agreement."""
    paired: BoolArray = units.per_unit >= 2
    return paired


def counts(units: Units) -> IntArray:
    """n_c: how often each value stands in a pairable unit (Krippendorff 2011, sect. C)."""
    total = units.value_counts
    alone = np.flatnonzero(units.per_unit == 1)
    if not len(alone):
        return total
    single = units.codes[alone].max(axis=1)
    without: IntArray = total - np.bincount(single, minlength=len(total))
    return without


def coincidences(units: Units) -> FloatArray:
    """o_ck = sum_u ordered pairs c-k / (m_u - 1), in the order of the values (Krippendorff 2011,
    sect. C); rows sum to n_c."""
    # Empty slots take part as value 0 and are cut off at the end, units of one value with them.
    base, width = len(units.values) + 1, units.codes.shape[1]
    cells = base * base
    # Few cells: counted apart for each m_u and weighted together, as whole numbers count faster than weights add up.
    few = cells * (width + 1) < 1 << 15
    kind = np.int16 if few else np.int64
    apart: IntArray = np.multiply(units.per_unit, cells if few else 0, dtype=kind)
    weight = None if few else 1 / np.maximum(units.per_unit - 1, 1)
    columns: list[IntArray] = [column.astype(kind) + kind(1) for column in units.codes.T]
    total = np.zeros(cells * (width + 1) if few else cells)
    pair = np.empty(units.n_units, kind)
    for s, column in enumerate(columns):
        row = column * kind(base) + apart
        for other in columns[s + 1 :]:
            np.add(row, other, out=pair)
            total += np.bincount(pair, weight, len(total))
    if few:
        total = np.tensordot(1 / np.arange(1, width), total.reshape(width + 1, cells)[2:], 1)
    one_way = total.reshape(base, base)[1:, 1:]
    both: FloatArray = one_way + one_way.T
    return both


def sums(units: Units, level: str, *, tau: float = 365.0) -> Sums:
    """What each cluster contributes to alpha, with D = sum_u sum_{i != j} delta^2 / (m_u - 1).

    With n = sum_c n_c: Do = D / n and De = sum_{c,k} n_c n_k delta^2_ck / (n (n - 1)), so
    alpha = 1 - (n - 1) D / sum_{c,k} n_c n_k delta^2_ck.
    """
    delta = metric(level, units.values, tau=tau)
    pooled = units.cluster_ids is POOLED
    if pooled and (level == "nominal" or len(units.values) <= _COINCIDENCES):
        return _single(units, delta)
    rows = pairable(units)
    if not rows.all():
        units = units.where(rows)
    if level == "ordinal":
        # With a single cluster nothing is redrawn: the mid-ranks are numbers like any other.
        return _interval(units, mid_ranks(units)) if pooled else _ordinal(units)
    if delta.scores is not None:
        return _interval(units, delta.scores)
    return _tabled(units, delta)


def mid_ranks(units: Units) -> FloatArray:
    """g_c = n_1 + ... + n_c - n_c / 2 of every value."""
    n_c = counts(units)
    ranks: FloatArray = np.cumsum(n_c) - n_c / 2
    return ranks


def fixed(
    delta: Metric, n_c: FloatArray
) -> tuple[Callable[[IntArray, IntArray], FloatArray], float]:
    """delta^2, and sum n_c n_k delta^2, at these counts; ordinal ranks stand still."""
    scores = delta.scores
    if delta.level == "ordinal":
        scores = np.cumsum(n_c) - n_c / 2
    if scores is not None:
        x = scores - (n_c @ scores) / n_c.sum()
        return (lambda a, b: (x[a] - x[b]) ** 2), float(2 * n_c.sum() * (n_c @ x**2))
    assert delta.squared is not None and delta.expected is not None
    return delta.squared, float(delta.expected(n_c[None, :])[0])


def _single(units: Units, delta: Metric) -> Sums:
    """All units in one cluster, nothing to redraw: D from all units, or the coincidence matrix."""
    n_c = counts(units).astype(np.float64)
    squared, expected = fixed(delta, n_c)
    if delta.level == "nominal":
        d = _mismatches(units).sum()
    else:
        codes = np.arange(len(n_c))
        d = (coincidences(units) * squared(codes[:, None], codes[None, :])).sum()
    varied = np.array([(n_c > 0).sum() > 1])

    def value(total: FloatArray) -> FloatArray:
        return _alpha(total[:, 0], np.array([expected]), total[:, 1], varied)

    return Sums(np.array([[d, n_c.sum()]]), value)


def disagreement(units: Units, delta: Metric) -> FloatArray:
    """sum_{i != j} delta^2 / (m_u - 1) of each unit (pairable ones, fixed delta)."""
    codes, m = units.codes, units.per_unit
    if delta.level == "nominal":
        return _mismatches(units)
    assert delta.squared is not None
    total = np.zeros(units.n_units)
    full = bool(units.n_units) and int(m.min()) == codes.shape[1]
    for s, t in combinations(range(codes.shape[1]), 2):
        a, b = codes[:, s], codes[:, t]
        if full:
            total += delta.squared(a, b)
        else:
            both = np.flatnonzero((a >= 0) & (b >= 0))
            total[both] += delta.squared(a[both], b[both])
    per_value: FloatArray = 2 * total / (m - 1)
    return per_value


def _mismatches(units: Units) -> FloatArray:
    """`disagreement` at the nominal level: m_u less the agreeing ordered pairs / (m_u - 1)."""
    width = units.codes.shape[1]
    alike: IntArray = np.zeros(units.n_units, np.int8 if width < 16 else np.int32)
    for s, t in combinations(range(width), 2):
        alike += units.codes[:, s] == units.codes[:, t]
    m = units.per_unit
    # Two empty slots are equal too: take their pairs off again.
    empty = width - m
    agreeing = alike - empty * (empty - 1) // 2
    mismatches: FloatArray = (m - 2 * agreeing / np.maximum(m - 1, 1)) * (m > 1)
    return mismatches


def _value_counts(units: Units, offset: int) -> list[Part]:
    codes, cluster = units.codes, units.clusters
    if units.cluster_ids is POOLED:
        every = np.arange(len(units.values))
        return [(every, every + offset, units.value_counts)]
    parts: list[Part] = []
    for s in range(codes.shape[1]):
        here = codes[:, s] >= 0
        column = codes[:, s]
        if here.all():
            parts.append((cluster, column.astype(np.int64) + offset, 1.0))
        else:
            parts.append((cluster[here], column[here].astype(np.int64) + offset, 1.0))
    return parts


def _tabled(units: Units, delta: Metric) -> Sums:
    """Columns: D, then n_c for every value."""
    assert delta.expected is not None
    expected = delta.expected
    parts: list[Part] = [(units.clusters, 0, disagreement(units, delta))]
    parts += _value_counts(units, 1)

    def value(total: FloatArray) -> FloatArray:
        n_c = total[:, 1:]
        return _alpha(total[:, 0], expected(n_c), n_c.sum(axis=1), (n_c > 0).sum(axis=1) > 1)

    return Sums(collect(parts, len(units.cluster_ids), 1 + delta.n_values), value)


def _interval(units: Units, scores: FloatArray) -> Sums:
    """Columns: D, n, sum x, sum x^2; sum_{c,k} n_c n_k (x_c - x_k)^2 = 2 (n sum x^2 - (sum x)^2)."""
    used = counts(units)
    # Centre where the data lie: the expected part is a difference of two sums of squares.
    if used.sum():
        scores = scores - (used @ scores) / used.sum()
    # An empty slot (code -1) reads the last entry.
    padded = np.append(scores, 0.0)
    cluster, m = units.clusters, units.per_unit
    first, second = np.zeros(units.n_units), np.zeros(units.n_units)
    columns = [padded[column] for column in units.codes.T]
    for x in columns:
        first += x
    mean = first / m
    spread = np.zeros(units.n_units)
    for x, column in zip(columns, units.codes.T, strict=True):
        second += x**2
        spread += np.where(column >= 0, x - mean, 0.0) ** 2
    parts: list[Part] = [
        (cluster, 0, 2 * m * spread / (m - 1)),
        (cluster, 1, m),
        (cluster, 2, first),
        (cluster, 3, second),
    ]

    def value(total: FloatArray) -> FloatArray:
        d, n, s1, s2 = total.T
        expected = 2 * (n * s2 - s1**2)
        # With a single value both products agree to rounding; nothing real is that close.
        return _alpha(d, expected, n, n * s2 - s1**2 > 1e-12 * n * s2)

    return Sums(collect(parts, len(units.cluster_ids), 4), value)


def _ordinal(units: Units) -> Sums:
    """Columns: n_c for every value, then the coincidences o_ck of each pair c < k that occurs.

    delta^2_ck is the squared difference of the mid-ranks g_c = n_1 + ... + n_c - n_c / 2, so it
    changes with every draw. As sum_c n_c g_c = n^2 / 2,
    sum_{c,k} n_c n_k delta^2_ck = 2 n sum_c n_c (g_c - n / 2)^2.
    """
    codes, cluster, m = units.codes, units.clusters, units.per_unit
    n_values = len(units.values)
    where, pairs, weights = [], [], []
    for s, t in combinations(range(codes.shape[1]), 2):
        a, b = codes[:, s], codes[:, t]
        unlike = np.flatnonzero((a >= 0) & (b >= 0) & (a != b))
        low, high = np.minimum(a[unlike], b[unlike]), np.maximum(a[unlike], b[unlike])
        where.append(cluster[unlike])
        pairs.append(low.astype(np.int64) * n_values + high)
        weights.append(2 / (m[unlike] - 1))
    occurring, column = np.unique(
        np.concatenate(pairs) if pairs else np.zeros(0, np.int64), return_inverse=True
    )
    parts = _value_counts(units, 0)
    if pairs:
        parts.append((np.concatenate(where), n_values + column, np.concatenate(weights)))
    c, k = occurring // max(1, n_values), occurring % max(1, n_values)

    def value(total: FloatArray) -> FloatArray:
        n_c, o_ck = total[:, :n_values], total[:, n_values:]
        g = np.cumsum(n_c, axis=1) - n_c / 2
        n = n_c.sum(axis=1)
        d = (o_ck * (g[:, c] - g[:, k]) ** 2).sum(axis=1)
        expected = 2 * n * (n_c * (g - n[:, None] / 2) ** 2).sum(axis=1)
        return _alpha(d, expected, n, (n_c > 0).sum(axis=1) > 1)

    return Sums(collect(parts, len(units.cluster_ids), n_values + len(occurring)), value)


def _alpha(d: FloatArray, expected: FloatArray, n: FloatArray, varied: BoolArray) -> FloatArray:
    """1 - (n - 1) D / sum n_c n_k delta^2, nan where all values are one and the same."""
    alpha = np.full(len(d), np.nan)
    np.divide((n - 1) * d, expected, out=alpha, where=varied)
    return 1 - alpha
