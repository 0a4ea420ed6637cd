"""Kappas: Cohen's (plain and weighted), Scott's pi, Fleiss' kappa, from sums by cluster.

Missing values: Cohen's and Scott's coefficients use the units both coders coded, Fleiss' the units
with the full number of values. Gwet's coefficients, which use every value, stand in `gwet`.
"""

from __future__ import annotations

import numpy as np

from .alpha import pairable
from .bootstrap import Part, Sums, collect
from .reasons import NO_PAIR, NO_VALUES, ONE_CODER, Undefined
from .units import BoolArray, FloatArray, Units
from .weights import Weights, places, table


def two_coders(units: Units) -> Units:
    """The complete pairs of exactly two coders, first coder first."""
    names = coder_names(units)
    if len(names) < 2:
        raise Undefined(ONE_CODER if names else NO_VALUES)
    if len(names) > 2:
        raise Undefined(f"for exactly two coders, these are {len(names)}")
    return complete(units, names)


def all_coders(units: Units) -> Units:
    """The units that every coder coded, one column per coder."""
    names = coder_names(units)
    if len(names) < 2:
        raise Undefined(ONE_CODER if names else NO_VALUES)
    return complete(units, names)


def complete(units: Units, names: list[str]) -> Units:
    columns = np.column_stack([units.column(name) for name in names])
    rows = np.flatnonzero((columns >= 0).all(axis=1))
    if not len(rows):
        reason = NO_PAIR if len(names) == 2 else f"no unit has values of all {len(names)} coders"
        raise Undefined(reason)
    seats = np.broadcast_to(np.arange(len(names), dtype=np.int32), (len(rows), len(names)))
    return Units(
        columns[rows],
        seats,
        units.clusters[rows],
        units.values,
        tuple(names),
        range(len(rows)),
        units.cluster_ids,
    )


def coder_names(units: Units) -> list[str]:
    """Coders who gave at least one value, in order."""
    used = np.unique(units.coders[units.codes >= 0])
    return [units.coder_ids[k] for k in used.tolist()]


def full_units(units: Units) -> Units:
    """The units with the largest number of values any unit has, which Fleiss (1971) presumes."""
    m = units.per_unit
    if not pairable(units).any():
        raise Undefined(NO_PAIR)
    return units.where(m == m.max())


def cohen(units: Units, weights: Weights = "identity") -> Sums:
    """kappa_w = 1 - sum v_ij p_oij / sum v_ij p_i. p_.j with disagreement weights v = 1 - w.

    Cohen 1960, Educational and Psychological Measurement 20, 37-46; weighted: Cohen 1968,
    Psychological Bulletin 70, 213-220. Linear and quadratic weights go by the places of the
    categories in their order. Columns: sum v, row margins, column margins.
    """
    q = len(units.values)
    v = 1 - table(weights, places(units.values))
    i, j = units.codes[:, 0].astype(np.int64), units.codes[:, 1].astype(np.int64)
    parts: list[Part] = [
        (units.clusters, 0, v[i, j]),
        (units.clusters, 1 + i, 1.0),
        (units.clusters, 1 + q + j, 1.0),
    ]

    def value(total: FloatArray) -> FloatArray:
        observed, rows, columns = total[:, 0], total[:, 1 : 1 + q], total[:, 1 + q :]
        n = rows.sum(axis=1)
        expected = ((rows @ v) * columns).sum(axis=1)
        return _chance_corrected(n * observed, expected)

    return Sums(collect(parts, len(units.cluster_ids), 1 + 2 * q), value)


def scott(units: Units, weights: Weights = "identity") -> Sums:
    """pi = 1 - sum v_ij p_oij / sum v_ij p_i p_j with p the mean of both coders' margins.

    Scott 1955, Public Opinion Quarterly 19, 321-325. Columns: sum v, both margins together.
    """
    q = len(units.values)
    v = 1 - table(weights, places(units.values))
    i, j = units.codes[:, 0].astype(np.int64), units.codes[:, 1].astype(np.int64)
    parts: list[Part] = [
        (units.clusters, 0, v[i, j]),
        (units.clusters, 1 + i, 1.0),
        (units.clusters, 1 + j, 1.0),
    ]

    def value(total: FloatArray) -> FloatArray:
        observed, both = total[:, 0], total[:, 1:]
        n = both.sum(axis=1) / 2
        return _chance_corrected(4 * n * observed, ((both @ v) * both).sum(axis=1))

    return Sums(collect(parts, len(units.cluster_ids), 1 + q), value)


def fleiss(units: Units) -> Sums:
    """kappa = (P - Pe) / (1 - Pe), P = mean_i sum_j n_ij (n_ij - 1) / (n (n - 1)), Pe = sum_j p_j^2.

    Fleiss 1971, Psychological Bulletin 76, 378-382. n is the same in every unit (`full_units`).
    Columns: units, sum_i sum_j n_ij^2, counts of the categories.
    """
    q = len(units.values)
    n = int(units.per_unit[0])
    codes = units.codes
    squares = np.zeros(len(codes))
    for s in range(codes.shape[1]):
        alike: BoolArray = (codes == codes[:, s : s + 1]) & (codes >= 0)
        squares += alike.sum(axis=1)
    parts: list[Part] = [(units.clusters, 0, 1.0), (units.clusters, 1, squares)]
    for s in range(codes.shape[1]):
        here = codes[:, s] >= 0
        parts.append((units.clusters[here], 2 + codes[here, s].astype(np.int64), 1.0))

    def value(total: FloatArray) -> FloatArray:
        n_units, same, n_j = total[:, 0], total[:, 1], total[:, 2:]
        whole = n_units * n
        expected = (whole**2 - (n_j**2).sum(axis=1)) / whole
        observed = (whole * n - same) / (n - 1)
        return _chance_corrected(observed, expected)

    return Sums(collect(parts, len(units.cluster_ids), 2 + q), value)


def _chance_corrected(observed: FloatArray, expected: FloatArray) -> FloatArray:
    """1 - observed / expected disagreement, nan where none is expected."""
    ratio = np.full(len(observed), np.nan)
    # Sums of weights such as 1/3 may miss zero by rounding; true ones are far larger.
    np.divide(observed, expected, out=ratio, where=expected > 1e-12)
    return 1 - ratio
