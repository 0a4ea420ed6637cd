"""Gwet's family: AC1 and AC2, his Fleiss and Brennan-Prediger for any number of coders.

Missing values (Gwet 2014, Handbook of Inter-Rater Reliability, 4th ed., ch. 2): agreement is read
from the units with two or more values, but every value, also of a unit with one alone, enters the
proportions of the categories. Standard errors stand in `analytic`.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from .alpha import pairable
from .bootstrap import Part, Sums, collect
from .reasons import NO_PAIR, Undefined
from .units import FloatArray, Units
from .weights import Weights, amounts, table


def with_values(units: Units) -> Units:
    """Units with any value at all, provided some have two."""
    if not pairable(units).any():
        raise Undefined(NO_PAIR)
    given = units.per_unit > 0
    return units if given.all() else units.where(given)


def agreement(units: Units, w: FloatArray) -> FloatArray:
    """p_a|i = sum_k r_ik (r*_ik - 1) / (r_i (r_i - 1)) of each unit, r* weighted; 0 for single values.

    Written as the mean weight of the unit's ordered pairs of values.
    """
    codes = units.codes
    total = np.zeros(len(codes))
    for s, t in combinations(range(codes.shape[1]), 2):
        both = np.flatnonzero((codes[:, s] >= 0) & (codes[:, t] >= 0))
        a, b = codes[both, s], codes[both, t]
        total[both] += w[a, b] + w[b, a]
    r = units.per_unit
    return np.asarray(total / np.maximum(r * (r - 1), 1), np.float64)


def family(units: Units, chance: str, weights: Weights = "identity") -> Sums:
    """(p_a - p_e) / (1 - p_e) with p_a the mean over units with two values.

    With pi_k the mean over units of r_ik / r_i, T_w the sum of all weights, q categories:
    chance "ac": p_e = T_w / (q (q - 1)) sum_k pi_k (1 - pi_k) (Gwet 2008, British Journal of
    Mathematical and Statistical Psychology 61, 29-48; AC2: Gwet 2014, ch. 3);
    "fleiss": p_e = sum_kl w_kl pi_k pi_l; "uniform": p_e = T_w / q^2 (Brennan & Prediger 1981,
    Educational and Psychological Measurement 41, 687-699). Named weights go by the categories
    themselves where they are numbers, as Gwet has it. Columns: sum p_a|i, units with two values,
    units, sum r_ik / r_i per category.
    """
    q = len(units.values)
    w = table(weights, amounts(units.values))
    r = units.per_unit
    parts: list[Part] = [
        (units.clusters, 0, agreement(units, w)),
        (units.clusters, 1, r >= 2),
        (units.clusters, 2, 1.0),
    ]
    for s in range(units.codes.shape[1]):
        here = units.codes[:, s] >= 0
        code = units.codes[here, s].astype(np.int64)
        parts.append((units.clusters[here], 3 + code, 1 / r[here]))

    def value(total: FloatArray) -> FloatArray:
        agreeing, n_two, n = total[:, 0], total[:, 1], total[:, 2]
        pi = total[:, 3:] / np.where(n > 0, n, 1)[:, None]
        p_e = by_chance(pi, w, chance)
        defined = (n_two > 0) & (p_e < 1 - 1e-12) & ((total[:, 3:] > 0).sum(axis=1) > 1)
        coefficient = np.full(len(total), np.nan)
        p_a = agreeing / np.where(n_two > 0, n_two, 1)
        np.divide(p_a - p_e, 1 - p_e, out=coefficient, where=defined)
        return coefficient

    return Sums(collect(parts, len(units.cluster_ids), 3 + q), value)


def by_chance(pi: FloatArray, w: FloatArray, chance: str) -> FloatArray:
    """p_e for rows of category proportions (see `family`)."""
    q = w.shape[0]
    if chance == "ac":
        rest = (pi * (1 - pi)).sum(axis=-1)
        return np.asarray(w.sum() / (q * (q - 1)) * rest if q > 1 else rest)
    if chance == "fleiss":
        return np.asarray(((pi @ w) * pi).sum(axis=-1))
    if chance == "uniform":
        return np.full(pi.shape[:-1], w.sum() / q**2)
    raise ValueError(f"no chance agreement is called {chance!r}")
