"""Krippendorff's own bootstrap of alpha: observed pairs are redrawn, expected disagreement stays.

Krippendorff 2016, Bootstrapping Distributions for Krippendorff's Alpha (the algorithm by units).
Intervals come out too narrow when events are nested in documents; it is offered because it is
widely quoted, and named where it is used.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from .alpha import counts, fixed, pairable
from .metrics import metric
from .units import FloatArray, IntArray, Units

_CELLS = 1 << 22


def replicate(
    units: Units, level: str, *, replicates: int, seed: int, tau: float = 365.0
) -> FloatArray:
    """alpha* = 1 - sum_u sum_pairs 2 delta^2_r / (n.. De (m_u - 1)), each of the m_u (m_u - 1) / 2
    pairs of every unit replaced by one drawn from all observed pairs; at least -1."""
    codes = units.codes[pairable(units)]
    n_c = counts(units).astype(np.float64)
    n = n_c.sum()
    low, high, seen, m = _pairs(codes)
    squared, expected = fixed(metric(level, units.values, tau=tau), n_c)
    unit_of_alpha = 2 * (n - 1) / expected * squared(low, high)
    draw = np.random.default_rng(seed)
    alpha = np.ones(replicates)
    for m_u, n_units in zip(*np.unique(m, return_counts=True), strict=True):
        slots = int(n_units) * int(m_u) * (int(m_u) - 1) // 2
        alpha -= _drawn(draw, unit_of_alpha, seen, slots, replicates) / (m_u - 1)
    return np.maximum(alpha, -1.0)


def _pairs(codes: IntArray) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Distinct unordered pairs of values within units, how often each is seen, and m_u."""
    base = int(codes.max()) + 1
    keys = []
    for s, t in combinations(range(codes.shape[1]), 2):
        a, b = codes[:, s].astype(np.int64), codes[:, t].astype(np.int64)
        both = (a >= 0) & (b >= 0)
        keys.append(np.minimum(a[both], b[both]) * base + np.maximum(a[both], b[both]))
    pair, seen = np.unique(np.concatenate(keys), return_counts=True)
    return pair // base, pair % base, seen, (codes >= 0).sum(axis=1)


def _drawn(
    draw: np.random.Generator, amount: FloatArray, seen: IntArray, slots: int, replicates: int
) -> FloatArray:
    """Sum of the amounts of `slots` pairs drawn with the frequencies seen, for each replicate."""
    total = np.empty(replicates)
    n = int(seen.sum())
    if len(seen) * 8 < slots:
        step = max(1, _CELLS // len(seen))
        for begin in range(0, replicates, step):
            size = min(step, replicates - begin)
            total[begin : begin + size] = draw.multinomial(slots, seen / n, size=size) @ amount
        return total
    every = np.repeat(amount, seen)
    for k in range(replicates):
        total[k] = every[draw.integers(0, n, slots)].sum()
    return total
