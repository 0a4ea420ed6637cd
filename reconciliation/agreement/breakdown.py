"""Where agreement fails: alpha by coder, pair, stratum and time; tables of confusion; the worst units.

By coder, stratum and time the expected disagreement is that of all data ("frozen"), so that the
parts are on one scale and average to the whole. The whole stands in `coefficients`.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

import numpy as np

from . import alpha
from .coefficients import measure, paired
from .metrics import UnfitValues, metric
from .reasons import NO_PAIR, ONE_VALUE, Undefined
from .units import BoolArray, Figure, FloatArray, IntArray, Units


@dataclass(frozen=True, eq=False)
class Shares:
    """Disagreement shared out: `by_value[u, s]` is the mean delta^2 of that value to the other
    values of its unit (nan where there is none), `expected` is De over all data."""

    by_value: FloatArray
    expected: float


def shares(units: Units, level: str, *, tau: float = 365.0) -> Shares:
    """Raises Undefined or UnfitValues where alpha does not exist."""
    whole = paired(units)
    n_c = alpha.counts(whole).astype(np.float64)
    if (n_c > 0).sum() < 2:
        raise Undefined(ONE_VALUE)
    squared, expected = alpha.fixed(metric(level, units.values, tau=tau), n_c)
    n = n_c.sum()
    codes = units.codes
    total = np.zeros(codes.shape)
    for s, t in combinations(range(codes.shape[1]), 2):
        both = np.flatnonzero((codes[:, s] >= 0) & (codes[:, t] >= 0))
        apart = squared(codes[both, s], codes[both, t])
        total[both, s] += apart
        total[both, t] += apart
    m = units.per_unit[:, None]
    by_value = np.where((codes >= 0) & (m > 1), total / np.maximum(m - 1, 1), np.nan)
    return Shares(by_value, expected / (n * (n - 1)))


def by_coder(units: Units, level: str, *, tau: float = 365.0) -> dict[str, Figure]:
    """alpha_i = 1 - Do_i / De: the mean disagreement of the coder's values with the other values of
    their units, against the disagreement expected in all data (own construction; the mean of the
    alpha_i, weighted by their values, is alpha)."""
    return _parts(
        units,
        level,
        tau,
        {coder: units.coders == number for number, coder in enumerate(units.coder_ids)},
    )


def by_stratum(
    units: Units, level: str, stratum: Sequence[Hashable], *, tau: float = 365.0
) -> dict[Hashable, Figure]:
    """1 - Do_s / De for each stratum of units (a month, for drift), De of all data."""
    strata = sorted(set(stratum), key=str)
    number = {name: k for k, name in enumerate(strata)}
    place = np.array([number[name] for name in stratum])[:, None]
    everywhere = np.zeros(units.codes.shape, bool)
    return _parts(
        units, level, tau, {name: everywhere | (place == k) for name, k in number.items()}
    )


def without_coder(units: Units, level: str, **options: object) -> dict[str, Figure]:
    """Alpha as if each coder in turn had not coded."""
    return {
        coder: measure(units.without(coder), "krippendorff_alpha", level, **options)  # type: ignore[arg-type]
        for coder in units.coder_ids
    }


def by_pair(
    units: Units, coefficient: str, level: str, **options: object
) -> dict[tuple[str, str], Figure]:
    """A coefficient for each two coders alone."""
    return {
        (a, b): measure(units.only(a, b), coefficient, level, **options)  # type: ignore[arg-type]
        for a, b in combinations(units.coder_ids, 2)
    }


def confusion(units: Units, one: str, other: str) -> IntArray:
    """Counts of the values of two coders in units both coded; `one` in the rows."""
    q = len(units.values)
    a, b = units.column(one).astype(np.int64), units.column(other).astype(np.int64)
    both = (a >= 0) & (b >= 0)
    return np.bincount(a[both] * q + b[both], minlength=q * q).reshape(q, q)


def worst_units(
    units: Units, level: str, most: int = 50, *, tau: float = 365.0
) -> list[tuple[Hashable, float]]:
    """Units with the highest mean disagreement, as shares of De; ties in the order of the units."""
    try:
        found = shares(units, level, tau=tau)
    except (Undefined, UnfitValues):
        return []
    rows = np.flatnonzero(alpha.pairable(units))
    mean = np.nanmean(found.by_value[rows], axis=1) / found.expected
    order = np.argsort(-mean, kind="stable")[:most]
    return [(units.unit_ids[int(rows[k])], float(mean[k])) for k in order if mean[k] > 0]


_Name = TypeVar("_Name", bound=Hashable)


def _parts(
    units: Units, level: str, tau: float, chosen: Mapping[_Name, BoolArray]
) -> dict[_Name, Figure]:
    try:
        found = shares(units, level, tau=tau)
    except (Undefined, UnfitValues) as error:
        return {
            name: Figure("krippendorff_alpha_part", level, reason=str(error)) for name in chosen
        }
    return {name: _part(units, level, found, here) for name, here in chosen.items()}


def _part(units: Units, level: str, found: Shares, here: BoolArray) -> Figure:
    counted = here & ~np.isnan(found.by_value)
    n = int(counted.sum())
    blank = Figure(
        "krippendorff_alpha_part",
        level,
        reason=NO_PAIR,
        n_units=int(counted.any(axis=1).sum()),
        n_coders=len(np.unique(units.coders[counted])),
        n_values=n,
    )
    if n == 0:
        return blank
    use = np.bincount(units.codes[counted])
    value = 1 - float(found.by_value[counted].mean()) / found.expected
    return Figure(
        blank.coefficient,
        level,
        value,
        n_units=blank.n_units,
        n_coders=blank.n_coders,
        n_values=n,
        prevalence=float(use.max() / n),
    )
