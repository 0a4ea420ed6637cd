"""Krippendorff's alpha from coincidences, for every level, without a units x values table.

alpha = 1 - Do / De over units with two or more values (Krippendorff 2011, Computing
Krippendorff's Alpha-Reliability, pp. 2-6; 2019, Content Analysis, 4th ed., ch. 12). Intervals are
left to `bootstrap` and `analytic`.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from .bootstrap import Part, Sums, collect
from .metrics import Metric, metric
from .units import BoolArray, FloatArray, IntArray, Units


def values_per_unit(units: Units) -> IntArray:
    """m_u: how many values each unit received."""
    m: IntArray = (units.codes >= 0).sum(axis=1)
    return m


def pairable(units: Units) -> BoolArray:
    """Units with at least two values; the others cannot say anything about agreement."""
    paired: BoolArray = values_per_unit(units) >= 2
    return paired


def counts(units: Units) -> IntArray:
    """n_c: how often each value stands in a pairable unit (Krippendorff 2011, p. 3)."""
    codes = units.codes[pairable(units)]
    return np.bincount(codes[codes >= 0], minlength=len(units.values))


def sums(units: Units, level: str, *, tau: float = 365.0) -> Sums:
    """What each cluster contributes to alpha, with D = sum_u sum_{i != j} delta^2 / (m_u - 1).

    With n = sum_c n_c: Do = D / n and De = sum_{c,k} n_c n_k delta^2_ck / (n (n - 1)), so
    alpha = 1 - (n - 1) D / sum_{c,k} n_c n_k delta^2_ck.
    """
    rows = pairable(units)
    whole = bool(rows.all())
    codes = units.codes if whole else units.codes[rows]
    cluster = units.clusters if whole else units.clusters[rows]
    n_clusters = len(units.cluster_ids)
    delta = metric(level, units.values, tau=tau)
    if level == "ordinal":
        return _ordinal(codes, cluster, n_clusters, delta)
    if delta.scores is not None:
        return _interval(codes, cluster, n_clusters, delta)
    return _tabled(codes, cluster, n_clusters, delta)


def disagreement(codes: IntArray, delta: Metric) -> FloatArray:
    """sum_{i != j} delta^2 / (m_u - 1) of each unit (pairable ones, fixed delta)."""
    assert delta.squared is not None
    m = (codes >= 0).sum(axis=1)
    total = np.zeros(len(codes))
    full = bool(len(codes)) and int(m.min()) == codes.shape[1]
    for s, t in combinations(range(codes.shape[1]), 2):
        a, b = codes[:, s], codes[:, t]
        if full:
            total += delta.squared(a, b)
        else:
            both = np.flatnonzero((a >= 0) & (b >= 0))
            total[both] += delta.squared(a[both], b[both])
    per_value: FloatArray = 2 * total / (m - 1)
    return per_value


def _value_counts(codes: IntArray, cluster: IntArray, offset: int) -> list[Part]:
    parts: list[Part] = []
    for s in range(codes.shape[1]):
        here = codes[:, s] >= 0
        column = codes[:, s]
        if here.all():
            parts.append((cluster, column.astype(np.int64) + offset, 1.0))
        else:
            parts.append((cluster[here], column[here].astype(np.int64) + offset, 1.0))
    return parts


def _tabled(codes: IntArray, cluster: IntArray, n_clusters: int, delta: Metric) -> Sums:
    """Columns: D, then n_c for every value."""
    assert delta.expected is not None
    expected = delta.expected
    parts: list[Part] = [(cluster, 0, disagreement(codes, delta))]
    parts += _value_counts(codes, cluster, 1)

    def value(total: FloatArray) -> FloatArray:
        n_c = total[:, 1:]
        return _alpha(total[:, 0], expected(n_c), n_c.sum(axis=1), (n_c > 0).sum(axis=1) > 1)

    return Sums(collect(parts, n_clusters, 1 + delta.n_values), value)


def _interval(codes: IntArray, cluster: IntArray, n_clusters: int, delta: Metric) -> Sums:
    """Columns: D, n, sum x, sum x^2; sum_{c,k} n_c n_k (x_c - x_k)^2 = 2 (n sum x^2 - (sum x)^2)."""
    scores = delta.scores
    assert scores is not None
    # Centre where the data lie: the expected part is a difference of two sums of squares.
    used = np.bincount(codes[codes >= 0], minlength=len(scores))
    if used.sum():
        scores = scores - (used @ scores) / used.sum()
    here = codes >= 0
    x = np.where(here, scores[codes], 0.0) if len(scores) else np.zeros(codes.shape)
    m = here.sum(axis=1)
    mean = x.sum(axis=1) / m
    spread = (np.where(here, x - mean[:, None], 0.0) ** 2).sum(axis=1)
    parts: list[Part] = [
        (cluster, 0, 2 * m * spread / (m - 1)),
        (cluster, 1, m),
        (cluster, 2, x.sum(axis=1)),
        (cluster, 3, (x**2).sum(axis=1)),
    ]

    def value(total: FloatArray) -> FloatArray:
        d, n, s1, s2 = total.T
        expected = 2 * (n * s2 - s1**2)
        # With a single value both products agree to rounding; nothing real is that close.
        return _alpha(d, expected, n, n * s2 - s1**2 > 1e-12 * n * s2)

    return Sums(collect(parts, n_clusters, 4), value)


def _ordinal(codes: IntArray, cluster: IntArray, n_clusters: int, delta: Metric) -> Sums:
    """Columns: n_c for every value, then the coincidences o_ck of each pair c < k that occurs.

    delta^2_ck is the squared difference of the mid-ranks g_c = n_1 + ... + n_c - n_c / 2, so it
    changes with every draw. As sum_c n_c g_c = n^2 / 2,
    sum_{c,k} n_c n_k delta^2_ck = 2 n sum_c n_c (g_c - n / 2)^2.
    """
    n_values = delta.n_values
    m = (codes >= 0).sum(axis=1)
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
    parts = _value_counts(codes, cluster, 0)
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

    return Sums(collect(parts, n_clusters, n_values + len(occurring)), value)


def _alpha(d: FloatArray, expected: FloatArray, n: FloatArray, varied: BoolArray) -> FloatArray:
    """1 - (n - 1) D / sum n_c n_k delta^2, nan where all values are one and the same."""
    alpha = np.full(len(d), np.nan)
    np.divide((n - 1) * d, expected, out=alpha, where=varied)
    return 1 - alpha
