"""Which distance terms tell pairs of the same event from other pairs: weights by maximum likelihood.

P(same | pair) = 1 / (1 + exp(s (d_w - theta))), d_w the weighted mean of the terms a pair has, weights at least 0.
Groups, and whether fitted weights group any better, are left to `calibration`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from .units import TERMS, BoolArray, FloatArray

PARTS: Mapping[str, tuple[str, ...]] = {
    "type": ("type",),
    "actors": ("provider", "recipient"),
    "date": ("date",),
    "evidence": ("evidence",),
}
"""The weights of a codebook, and the distance terms that share each in equal parts."""

# A weak pull towards even weights and a soft threshold: pairs that part cleanly would have no finite answer.
RIDGE = 1e-3
STEEPEST = 60.0


@dataclass(frozen=True)
class PairModel:
    """`weights` sum to 1 over PARTS; `theta` is the distance at which a pair is as likely as not the same event."""

    weights: Mapping[str, float]
    theta: float


def fit(terms: FloatArray, same: BoolArray, kept: Mapping[str, float]) -> PairModel:
    """`terms`: a column per name in TERMS, nan where a pair lacks it. Weights in `kept` stay as they are (shares of 1)."""
    given = ~np.isnan(terms)
    known = given.any(axis=1)
    terms, given, same = terms[known], given[known], same[known]
    delta = np.where(given, terms, 0.0)
    free = [name for name in PARTS if name not in kept]
    share = 1.0 - sum(kept.values())
    sign = np.where(same, 1.0, -1.0)

    def parts_of(u: FloatArray) -> FloatArray:
        """Softmax over the free weights, the kept ones as they are."""
        e = np.exp(u - u.max())
        found = dict(zip(free, share * e / e.sum(), strict=True)) | dict(kept)
        return np.array([found[name] for name in PARTS])

    def objective(x: FloatArray) -> tuple[float, FloatArray]:
        u, steep, theta = x[:-2], np.exp(x[-2]), x[-1]
        parts = parts_of(u)
        w = _per_term(parts)
        total = given @ w
        d = (delta @ w) / total
        margin = sign * steep * (theta - d)
        loss = np.logaddexp(0.0, -margin).mean() + RIDGE / 2 * (u @ u + steep)
        slope = -sign / (1 + np.exp(np.clip(margin, -500, 500))) / len(sign)
        by_d = -steep * slope
        pull = by_d / total
        # dd/dw_k = m_k (delta_k - d) / sum_k w_k m_k, and a part's weight lies evenly on its terms.
        by_w = pull @ (given * (delta - d[:, None]))
        by_part = np.array([by_w[list(_columns(name))].mean() for name in PARTS])
        own = np.array([by_part[list(PARTS).index(name)] for name in free])
        mine = np.array([parts[list(PARTS).index(name)] for name in free])
        by_u = mine * (own - (own @ mine) / share) + RIDGE * u
        by_steep = (slope * (theta - d)).sum() * steep + RIDGE / 2 * steep
        return float(loss), np.concatenate([by_u, [by_steep, (slope * steep).sum()]])

    start = np.concatenate([np.zeros(len(free)), [np.log(8.0), 0.5]])
    bounds = [(-6.0, 6.0)] * len(free) + [(0.0, np.log(STEEPEST)), (0.01, 1.0)]
    answer = minimize(objective, start, jac=True, method="L-BFGS-B", bounds=bounds)
    parts = parts_of(answer.x[:-2])
    weights = {name: float(part) for name, part in zip(PARTS, parts, strict=True)}
    return PairModel(weights, float(answer.x[-1]))


def telling(terms: FloatArray) -> dict[str, bool]:
    """Whether each part says anything at all: two values of it among the pairs that have it."""
    found = {}
    for name in PARTS:
        values = terms[:, list(_columns(name))]
        values = values[~np.isnan(values)]
        found[name] = bool(len(values)) and float(values.min()) < float(values.max())
    return found


def _columns(part: str) -> tuple[int, ...]:
    return tuple(TERMS.index(name) for name in PARTS[part])


def _per_term(parts: FloatArray) -> FloatArray:
    weights = np.zeros(len(TERMS))
    for part, name in zip(parts, PARTS, strict=True):
        for column in _columns(name):
            weights[column] = part / len(PARTS[name])
    return weights
