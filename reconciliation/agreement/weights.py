"""Weights of agreement between categories: linear, quadratic, or a table of one's own.

A weight is 1 for the same category and falls with the distance. Which coefficient takes which
scores is said there.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .units import FloatArray, Value

Weights = str | Sequence[Sequence[float]] | FloatArray
"""Names "identity", "linear", "quadratic", or a table of agreement weights, categories in order."""


def table(weights: Weights, scores: FloatArray) -> FloatArray:
    """Agreement weights w_kl of categories with these scores.

    linear 1 - |x_k - x_l| / (max - min), quadratic 1 - (x_k - x_l)^2 / (max - min)^2 (Gwet 2014,
    Handbook of Inter-Rater Reliability, 4th ed., ch. 3).
    """
    n = len(scores)
    if not isinstance(weights, str):
        own = np.asarray(weights, np.float64)
        if own.shape != (n, n):
            raise ValueError(f"weights must be a table of {n} x {n} categories")
        return own
    apart = np.abs(scores[:, None] - scores[None, :])
    widest = apart.max(initial=0.0)
    share: FloatArray = apart / widest if widest > 0 else apart
    if weights == "identity":
        return np.eye(n)
    if weights == "linear":
        return np.asarray(1 - share)
    if weights == "quadratic":
        return np.asarray(1 - share**2)
    raise ValueError(f"no weights are called {weights!r}")


def places(values: Sequence[Value]) -> FloatArray:
    """Scores 0, 1, 2, ... by the order of the categories."""
    return np.arange(len(values), dtype=np.float64)


def amounts(values: Sequence[Value]) -> FloatArray:
    """The categories themselves where all are numbers, their places where not."""
    if all(isinstance(v, int | float) for v in values):
        return np.array(values, np.float64)
    return places(values)
