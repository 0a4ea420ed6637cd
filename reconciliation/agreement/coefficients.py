"""Figures: one coefficient over units, with its value or the reason there is none, and an interval.

The formulas stand in the modules named after their papers' families; this is where they are called
by name. Whether two coders found the same events is the other question, see `detection`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from . import alpha, bootstrap, patterns
from .bootstrap import CONFIDENCE, REPLICATES, Sums
from .metrics import UnfitValues, metric
from .units import Figure, IntArray, Units

NO_VALUES = "no value was given"
ONE_CODER = "only one coder gave values"
NO_PAIR = "no unit has values of two coders"
ONE_VALUE = "one value used by all"

INTERVALS = {
    "cluster": "percentile bootstrap over documents",
    "unit": "percentile bootstrap over units",
    "krippendorff": "Krippendorff's bootstrap of observed disagreements",
    "gwet": "Gwet's linearised standard error, t distribution",
}


@dataclass(frozen=True)
class Coefficient:
    """How a coefficient is made: the units it may use, its sums, and whether it knows coders.

    `prepare` applies the coefficient's own rule for missing values, or raises Undefined.
    """

    sums: Callable[[Units, str, float], Sums]
    prepare: Callable[[Units], Units]
    seats_matter: bool = False
    by_chance: bool = True


class Undefined(Exception):
    """The coefficient does not exist for these data; the message is the reason."""


def paired(units: Units) -> Units:
    """Units with two or more values. Undefined says what is missing."""
    if not (units.codes >= 0).any():
        raise Undefined(NO_VALUES)
    if coders_used(units) < 2:
        raise Undefined(ONE_CODER)
    rows = alpha.pairable(units)
    if not rows.any():
        raise Undefined(NO_PAIR)
    return units if rows.all() else units.where(rows)


def coders_used(units: Units) -> int:
    """Coders who gave at least one value."""
    if units.coders.strides[0] == 0:
        return int((units.codes >= 0).any(axis=0).sum())
    return len(np.unique(units.coders[units.codes >= 0]))


def _agreement(units: Units, level: str, tau: float) -> Sums:
    """Columns: sum of the units' shares of agreeing pairs, units. The mean over units is Gwet's
    p_a (2014, Handbook of Inter-Rater Reliability, 4th ed., eq. 2.11)."""
    delta = metric("nominal", units.values)
    m = alpha.values_per_unit(units)
    agreeing = 1 - alpha.disagreement(units.codes, delta) / m
    rows = bootstrap.collect(
        [(units.clusters, 0, agreeing), (units.clusters, 1, 1.0)], len(units.cluster_ids), 2
    )
    return Sums(rows, lambda total: _divided(total[:, 0], total[:, 1]))


def _alpha(units: Units, level: str, tau: float) -> Sums:
    return alpha.sums(units, level, tau=tau)


def _divided(above: IntArray, below: IntArray) -> IntArray:
    quotient = np.full(len(above), np.nan)
    np.divide(above, below, out=quotient, where=below > 0)
    return quotient


COEFFICIENTS: dict[str, Coefficient] = {
    "percent_agreement": Coefficient(_agreement, paired, by_chance=False),
    "krippendorff_alpha": Coefficient(_alpha, paired),
}


def measure(
    units: Units,
    coefficient: str = "krippendorff_alpha",
    level: str = "nominal",
    *,
    interval: str | None = "cluster",
    replicates: int = REPLICATES,
    seed: int = 0,
    confidence: float = CONFIDENCE,
    tau: float = 365.0,
) -> Figure:
    """One figure. `level` is one of `metrics.LEVELS`, `interval` one of INTERVALS or None.

    Data for which the coefficient does not exist give a Figure with a reason; ValueError is for
    names nobody knows.
    """
    if coefficient not in COEFFICIENTS:
        raise ValueError(f"no coefficient is called {coefficient!r}")
    if interval is not None and interval not in INTERVALS:
        raise ValueError(f"no interval is called {interval!r}")
    made = COEFFICIENTS[coefficient]
    blank = Figure(coefficient, level, reason=NO_VALUES, n_coders=coders_used(units))
    try:
        used = made.prepare(units)
        described = _described(blank, used)
        # Values not every unit pairs may leave a single one: nothing can then be by chance.
        if made.by_chance and described.prevalence == 1.0:
            raise Undefined(ONE_VALUE)
        sums = made.sums(used, level, tau)
    except (Undefined, UnfitValues) as error:
        return replace(blank, reason=str(error))
    value = bootstrap.point(sums)
    if np.isnan(value):
        return replace(described, reason=ONE_VALUE)
    figure = replace(described, value=value, reason=None)
    if interval is None:
        return figure
    return _with_interval(figure, made, used, sums, interval, replicates, seed, confidence, tau)


def _described(figure: Figure, units: Units) -> Figure:
    codes = units.codes[units.codes >= 0]
    use = np.bincount(codes, minlength=1)
    return replace(
        figure,
        n_units=int((units.codes >= 0).any(axis=1).sum()),
        n_coders=coders_used(units),
        n_values=len(codes),
        prevalence=float(use.max() / len(codes)) if len(codes) else None,
    )


def _with_interval(
    figure: Figure,
    made: Coefficient,
    units: Units,
    sums: Sums,
    interval: str,
    replicates: int,
    seed: int,
    confidence: float,
    tau: float,
) -> Figure:
    if interval == "cluster":
        rows = np.unique(units.clusters)
        if len(rows) < 2:
            return replace(figure, no_interval="only one document")
        drawn = Sums(sums.rows[rows], sums.value)
        values = bootstrap.replicate(drawn, replicates=replicates, seed=seed)
    elif interval == "unit":
        if units.n_units < 2:
            return replace(figure, no_interval="only one unit")
        alike, many = patterns.distinct(units, seats_matter=made.seats_matter)
        drawn = made.sums(alike, figure.level, tau)
        values = bootstrap.replicate(drawn, replicates=replicates, seed=seed, counts=many)
    else:
        return replace(figure, no_interval=f"{INTERVALS[interval]}: not for {figure.coefficient}")
    found = bootstrap.percentile(values, confidence)
    return replace(
        figure,
        low=found.low,
        high=found.high,
        interval=interval if found.low is not None else None,
        undefined_replicates=found.undefined,
        below_667=found.below_667,
        below_800=found.below_800,
        standard_error=found.standard_error,
        no_interval=found.reason,
    )
