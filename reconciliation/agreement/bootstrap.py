"""Resampling of additive sums: draw clusters with replacement, add up, evaluate again.

A coefficient hands over what each cluster contributes and how a total turns into its value; the
point value and every replicate then come from the same function. What the sums mean is left to the
coefficients.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import coo_array, csr_array

from .units import FloatArray, IntArray

REPLICATES = 1000
CONFIDENCE = 0.95
# What is held at once, whatever the number of documents: draws, and a table of sums that is not sparse.
_CELLS = 1 << 20
_DENSE = 1 << 22


@dataclass(frozen=True, eq=False)
class Sums:
    """`rows[g]` is what cluster g adds; `value` maps totals (one per row) to coefficients, nan
    where the coefficient does not exist."""

    rows: FloatArray | csr_array
    value: Callable[[FloatArray], FloatArray]


@dataclass(frozen=True)
class Interval:
    """Percentile interval of the defined replicates; `reason` when there is none."""

    low: float | None
    high: float | None
    undefined: int
    below_667: float | None
    below_800: float | None
    standard_error: float | None
    reason: str | None = None


Part = tuple[IntArray, IntArray | int, Any]
"""(rows, columns, weights) to be added up; a single column or weight goes to all rows."""


def collect(parts: list[Part], n_rows: int, n_columns: int) -> FloatArray | csr_array:
    """The parts summed by row and column; sparse when a dense table would be large."""
    if n_rows == 1:
        return _added(parts, n_columns)
    rows = [np.asarray(r, np.int64) for r, _, _ in parts]
    columns = [
        np.broadcast_to(np.asarray(c, np.int64), r.shape)
        for r, (_, c, _) in zip(rows, parts, strict=True)
    ]
    weights = [
        np.broadcast_to(np.asarray(w, np.float64), r.shape)
        for r, (_, _, w) in zip(rows, parts, strict=True)
    ]
    if n_rows * n_columns <= _DENSE:
        total = np.zeros(n_rows * n_columns)
        for r, c, w in zip(rows, columns, weights, strict=True):
            total += np.bincount(r * n_columns + c, w, n_rows * n_columns)
        return total.reshape(n_rows, n_columns)
    place = (np.concatenate(rows), np.concatenate(columns))
    return csr_array(coo_array((np.concatenate(weights), place), shape=(n_rows, n_columns)))


def _added(parts: list[Part], n_columns: int) -> FloatArray:
    """All parts in a single row, without looking at the row numbers."""
    total = np.zeros((1, n_columns))
    for rows, columns, weights in parts:
        even = isinstance(weights, int | float)
        if isinstance(columns, int):
            total[0, columns] += weights * len(rows) if even else weights.sum()
        elif even:
            total[0] += weights * np.bincount(columns, minlength=n_columns)
        else:
            total[0] += np.bincount(columns, weights, n_columns)
    return total


def point(sums: Sums, counts: IntArray | None = None) -> float:
    """The value over all clusters, each `counts` times; nan when it does not exist."""
    rows = sums.rows
    total = np.asarray(rows.sum(axis=0) if counts is None else counts @ rows).reshape(1, -1)
    return float(sums.value(total)[0])


def replicate(
    sums: Sums, *, replicates: int, seed: int, counts: IntArray | None = None
) -> FloatArray:
    """Values of the coefficient in `replicates` draws of as many clusters as there are.

    `counts[g]` says how many clusters look exactly like row g (default: one each). Same sums, same
    seed: same values.
    """
    values = [sums.value(t) for t in totals(sums.rows, replicates, seed, counts)]
    return np.concatenate(values)


def totals(
    rows: FloatArray | csr_array, replicates: int, seed: int, counts: IntArray | None = None
) -> Iterator[FloatArray]:
    """The drawn totals, some replicates at a time so that memory stays small."""
    n_rows, n_columns = rows.shape
    many = np.ones(n_rows, np.int64) if counts is None else np.asarray(counts)
    n = int(many.sum())
    if n == 0:
        yield np.full((replicates, n_columns), np.nan)
        return
    draw = np.random.default_rng(seed)
    rows, many = _distinct(rows, many)
    step = max(1, min(replicates, _CELLS // max(rows.shape[0], n_columns, 1)))
    for begin in range(0, replicates, step):
        drawn = _draws(draw, many, n, min(step, replicates - begin))
        yield np.asarray((rows.T @ drawn.T).T if isinstance(rows, csr_array) else drawn @ rows)


def percentile(values: FloatArray, confidence: float = CONFIDENCE) -> Interval:
    """Percentile interval (Efron & Tibshirani 1993, sect. 13.3) over the defined replicates."""
    defined = values[~np.isnan(values)]
    undefined = len(values) - len(defined)
    if len(defined) < 2:
        return Interval(None, None, undefined, None, None, None, "no replicate is defined")
    low, high = np.quantile(defined, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Interval(
        low=float(low),
        high=float(high),
        undefined=undefined,
        below_667=float(np.mean(defined < 0.667)),
        below_800=float(np.mean(defined < 0.800)),
        standard_error=float(np.std(defined, ddof=1)),
    )


def _distinct(
    rows: FloatArray | csr_array, many: IntArray
) -> tuple[FloatArray | csr_array, IntArray]:
    """Equal rows made one, when that spares most of the drawing."""
    if isinstance(rows, csr_array) or len(rows) < 2000:
        return rows, many
    sample = rows[:: max(1, len(rows) // 1000)]
    if len(np.unique(sample, axis=0)) * 4 > len(sample):
        return rows, many
    alike, position = np.unique(rows, axis=0, return_inverse=True)
    total = np.zeros(len(alike), np.int64)
    np.add.at(total, position.reshape(-1), many)
    return alike, total


def _draws(draw: np.random.Generator, many: IntArray, n: int, size: int) -> FloatArray:
    """How often each row is drawn, `size` times n draws: one multinomial each."""
    n_rows = len(many)
    if n_rows * 8 < n:
        return draw.multinomial(n, many / n, size=size).astype(np.float64)
    owner = None if n_rows == n else np.repeat(np.arange(n_rows, dtype=np.int32), many)
    drawn = np.empty((size, n_rows))
    step = max(1, _CELLS // n)
    for begin in range(0, size, step):
        lines = min(step, size - begin)
        picked = draw.integers(0, n, (lines, n), dtype=np.int32 if n < 2**31 else np.int64)
        if owner is not None:
            picked = owner[picked]
        place = picked + np.arange(lines)[:, None] * n_rows
        counted = np.bincount(place.ravel(), minlength=lines * n_rows)
        drawn[begin : begin + lines] = counted.reshape(lines, n_rows)
    return drawn
