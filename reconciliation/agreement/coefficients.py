"""Figures: one coefficient over units, with its value or the reason there is none, and an interval.

The formulas stand in the modules of their families (`alpha`, `kappas`, `gwet`, `icc`); this is where
they are called by name. Whether two coders found the same events is the other question, see
`detection`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from . import alpha, analytic, bootstrap, gwet, icc, kappas, pair_bootstrap, patterns
from .analytic import Linearised
from .bootstrap import CONFIDENCE, REPLICATES, Sums
from .metrics import Metric, UnfitValues, metric, numbers
from .reasons import CANCELLED, NO_PAIR, NO_VALUES, ONE_CODER, ONE_UNIT, ONE_VALUE, Undefined
from .units import POOLED, Figure, FloatArray, IntArray, Units, Value
from .weights import Weights, amounts, places, table

INTERVALS = {
    "cluster": "percentile bootstrap over documents",
    "unit": "percentile bootstrap over units",
    "krippendorff": "Krippendorff's bootstrap of observed pairs",
    "gwet": "Gwet's linearised standard error, t distribution",
}
ORDERED = frozenset({"ordinal", "interval", "ratio"})
NUMBERS = frozenset({"interval", "ratio"})


@dataclass(frozen=True)
class Scale:
    """What the values are measured on: level, weights between categories, tau of dates."""

    level: str
    weights: Weights
    tau: float


@dataclass(frozen=True)
class Coefficient:
    """How a coefficient is made.

    `prepare` applies its own rule for missing values, or raises Undefined. `levels` are those it
    is lawful at (empty: all). `seats_matter`: it knows coders apart. `shown_as` replaces the level
    in the figure. `nothing` is the reason when the formula divides by zero.
    """

    prepare: Callable[[Units], Units]
    sums: Callable[[Units, Scale], Sums]
    error: Callable[[Units, Scale], Linearised] | None = None
    levels: frozenset[str] = frozenset()
    seats_matter: bool = False
    by_chance: bool = True
    weights: Weights | None = None
    level: str | None = None
    shown_as: str | None = None
    nothing: str = ONE_VALUE


def paired(units: Units) -> Units:
    """Units with two or more values."""
    rows = alpha.pairable(units)
    if not rows.any():
        raise Undefined(NO_PAIR)
    return units if rows.all() else units.where(rows)


def _paired_total(units: Units) -> Units:
    """As `paired`; where only the total is wanted alpha passes over the other units by itself."""
    if units.cluster_ids is POOLED and alpha.pairable(units).any():
        return units
    return paired(units)


def _two_units(units: Units) -> Units:
    complete = kappas.all_coders(units)
    if complete.n_units < 2:
        raise Undefined(ONE_UNIT)
    return complete


def _agreement(units: Units, scale: Scale) -> Sums:
    """Columns: sum of the units' shares of agreeing pairs, units. The mean over units is Gwet's
    p_a (2014, Handbook of Inter-Rater Reliability, 4th ed., ch. 2)."""
    agreeing = gwet.agreement(units, np.eye(len(units.values)))
    return _mean(units, agreeing)


def _difference(units: Units, scale: Scale) -> Sums:
    """Mean over units of the mean absolute difference of a unit's pairs of values."""
    x = numbers(units.values, scale.level)
    apart = Metric("interval", len(x), None, lambda a, b: np.abs(x[a] - x[b]))
    return _mean(units, alpha.disagreement(units, apart) / units.per_unit)


def _mean(units: Units, per_unit: FloatArray) -> Sums:
    rows = bootstrap.collect(
        [(units.clusters, 0, per_unit), (units.clusters, 1, 1.0)], len(units.cluster_ids), 2
    )

    def value(total: FloatArray) -> FloatArray:
        mean = np.full(len(total), np.nan)
        np.divide(total[:, 0], total[:, 1], out=mean, where=total[:, 1] > 0)
        return mean

    return Sums(rows, value)


def _alpha(units: Units, scale: Scale) -> Sums:
    return alpha.sums(units, scale.level, tau=scale.tau)


def _alpha_error(units: Units, scale: Scale) -> Linearised:
    delta = metric(scale.level, units.values, tau=scale.tau)
    if delta.squared is None:
        raise Undefined("mid-ranks move with the data, which the formula does not allow for")
    codes = np.arange(len(units.values))
    apart = delta.squared(codes[:, None], codes[None, :])
    return analytic.krippendorff(units, 1 - apart / apart.max())


def _by_table(
    error: Callable[[Units, FloatArray], Linearised], units: Units, scale: Scale
) -> Linearised:
    return error(units, table(scale.weights, places(units.values)))


def _by_family(chance: str | None, units: Units, scale: Scale) -> Linearised:
    return analytic.family(units, chance, table(scale.weights, amounts(units.values)))


def _gwet(chance: str, weights: Weights | None = "identity", **given: object) -> Coefficient:
    return Coefficient(
        gwet.with_values,
        lambda units, scale: gwet.family(units, chance, scale.weights),
        partial(_by_family, chance),
        weights=weights,
        **given,  # type: ignore[arg-type]
    )


def _cohen(weights: Weights | None, levels: frozenset[str] = ORDERED) -> Coefficient:
    return Coefficient(
        kappas.two_coders,
        lambda units, scale: kappas.cohen(units, scale.weights),
        partial(_by_table, analytic.cohen),
        levels,
        seats_matter=True,
        weights=weights,
    )


def _icc(form: str) -> Coefficient:
    return Coefficient(
        _two_units,
        lambda units, scale: icc.sums(units, form),
        levels=NUMBERS,
        seats_matter=True,
        nothing=CANCELLED,
    )


COEFFICIENTS: dict[str, Coefficient] = {
    "percent_agreement": Coefficient(
        paired, _agreement, partial(_by_family, None), by_chance=False, weights="identity"
    ),
    "mean_absolute_difference": Coefficient(paired, _difference, levels=NUMBERS, by_chance=False),
    "krippendorff_alpha": Coefficient(_paired_total, _alpha, _alpha_error),
    "alpha_masi": Coefficient(_paired_total, _alpha, _alpha_error, level="masi", shown_as="set"),
    "alpha_jaccard": Coefficient(
        _paired_total, _alpha, _alpha_error, level="jaccard", shown_as="set"
    ),
    "alpha_date_overlap": Coefficient(
        _paired_total, _alpha, _alpha_error, level="overlap", shown_as="date"
    ),
    "cohen_kappa": _cohen("identity", frozenset()),
    "weighted_kappa": _cohen(None),
    "weighted_kappa_linear": _cohen("linear"),
    "weighted_kappa_quadratic": _cohen("quadratic"),
    "scott_pi": Coefficient(
        kappas.two_coders,
        lambda units, scale: kappas.scott(units, scale.weights),
        partial(_by_table, analytic.scott),
        seats_matter=True,
        weights="identity",
    ),
    "fleiss_kappa": Coefficient(
        kappas.full_units,
        lambda units, scale: kappas.fleiss(units),
        partial(_by_family, "fleiss"),
        weights="identity",
    ),
    "fleiss_kappa_gwet_missing": _gwet("fleiss"),
    "gwet_ac1": _gwet("ac"),
    "gwet_ac2": _gwet("ac", None, levels=ORDERED),
    "gwet_ac2_linear": _gwet("ac", "linear", levels=ORDERED),
    "gwet_ac2_quadratic": _gwet("ac", "quadratic", levels=ORDERED),
    "brennan_prediger": _gwet("uniform"),
    "bennett_s": replace(_gwet("uniform"), prepare=kappas.two_coders),
    "icc": _icc("A,1"),
    "icc_consistency": _icc("C,1"),
    "icc_one_way": _icc("1"),
}


def measure(
    units: Units,
    coefficient: str = "krippendorff_alpha",
    level: str = "nominal",
    *,
    weights: Weights | None = None,
    interval: str | None = "cluster",
    replicates: int = REPLICATES,
    seed: int = 0,
    confidence: float = CONFIDENCE,
    tau: float = 365.0,
) -> Figure:
    """One figure. `level` is one of `metrics.LEVELS` (alpha_masi, alpha_jaccard and
    alpha_date_overlap bring their own), `interval` one of INTERVALS or None; `weights` are for
    weighted_kappa and gwet_ac2.

    Data for which the coefficient does not exist give a Figure with a reason; ValueError is for
    names nobody knows and weights that do not fit.
    """
    if coefficient not in COEFFICIENTS:
        raise ValueError(f"no coefficient is called {coefficient!r}")
    if interval is not None and interval not in INTERVALS:
        raise ValueError(f"no interval is called {interval!r}")
    made = COEFFICIENTS[coefficient]
    wanted = made.weights if made.weights is not None else weights
    scale = Scale(made.level or level, "identity" if wanted is None else wanted, tau)
    n_coders = units.coders_used
    figure = Figure(coefficient, made.shown_as or level, reason=NO_VALUES, n_coders=n_coders)
    if made.levels and level not in made.levels:
        return replace(figure, reason=f"not for values of the {level} level")
    if n_coders < 2:
        return replace(figure, reason=ONE_CODER if n_coders else NO_VALUES)
    many: IntArray | None = None
    by_pattern = interval == "unit" or (interval is None and patterns.are_few(units))
    if interval != "cluster":
        units = units.pooled() if not by_pattern or made.seats_matter else units
    try:
        if by_pattern and not made.seats_matter:
            units, many = patterns.distinct(units, seats_matter=False)
        used = made.prepare(units)
        if by_pattern and made.seats_matter:
            used, many = patterns.distinct(used, seats_matter=True)
        if many is not None:
            many = np.where(np.isin(np.arange(len(many)), used.clusters), many, 0)
        figure = _described(figure, used, many, made.sums is _alpha)
        if made.by_chance and not _varied(used):
            raise Undefined(ONE_VALUE)
        sums = made.sums(used, scale)
    except (Undefined, UnfitValues) as error:
        return replace(figure, reason=str(error))
    value = bootstrap.point(sums, many)
    if np.isnan(value):
        return replace(figure, reason=made.nothing)
    figure = replace(figure, value=value, reason=None)
    if interval is None:
        return figure
    if interval == "gwet":
        return _linearised(figure, made, used, scale, confidence)
    return _resampled(figure, made, used, sums, many, scale, interval, replicates, seed, confidence)


def measure_category(units: Units, value: Value, **options: object) -> Figure:
    """Nominal alpha of one category against all others together (Krippendorff 2004, Content
    Analysis, 2nd ed., ch. 11): does this value, taken alone, mean the same to the coders?"""
    name = f"krippendorff_alpha[{value}]"
    code = units.values.index(value)
    two = replace(units, codes=_binary(units.codes, code), values=("other", value))
    figure = measure(two, "krippendorff_alpha", "nominal", **options)  # type: ignore[arg-type]
    rows = alpha.pairable(units)
    if figure.reason == ONE_VALUE and not (units.codes[rows] == code).any():
        figure = replace(figure, reason="no coder used this value where two coded")
    return replace(figure, coefficient=name)


def _binary(codes: IntArray, code: int) -> IntArray:
    return np.where(codes < 0, codes, (codes == code).astype(codes.dtype))


def _varied(units: Units) -> bool:
    """More than one value among those that meet another in their unit."""
    return int((alpha.counts(units) > 0).sum()) > 1


def _described(figure: Figure, units: Units, many: IntArray | None, paired: bool) -> Figure:
    """Sizes of the data that count: units with a value, or only with two and more (`paired`).
    `many` says how often each row stands for a unit."""
    counted = units.per_unit > int(paired)
    use = alpha.counts(units) if paired else units.value_counts
    n_units = int(counted.sum())
    if many is not None:
        times = many[units.clusters]
        n_units = int(times[counted].sum())
        use = np.zeros(len(units.values))
        for column in units.codes[counted].T:
            use += np.bincount(column.astype(np.int64) + 1, times[counted], len(use) + 1)[1:]
    n = int(use.sum())
    return replace(
        figure,
        n_units=n_units,
        n_values=n,
        prevalence=float(use.max() / n) if n else None,
    )


def _linearised(
    figure: Figure, made: Coefficient, units: Units, scale: Scale, confidence: float
) -> Figure:
    if made.error is None:
        return replace(figure, no_interval=f"Gwet gives no formula for {figure.coefficient}")
    if units.n_units < 2:
        return replace(figure, no_interval="only one unit")
    try:
        found = made.error(units, scale)
    except Undefined as error:
        return replace(figure, no_interval=str(error))
    assert figure.value is not None
    low, high = analytic.confidence_limits(figure.value, found, confidence)
    return replace(figure, low=low, high=high, interval="gwet", standard_error=found.standard_error)


def _resampled(
    figure: Figure,
    made: Coefficient,
    units: Units,
    sums: Sums,
    many: IntArray | None,
    scale: Scale,
    interval: str,
    replicates: int,
    seed: int,
    confidence: float,
) -> Figure:
    if interval == "cluster":
        rows = np.unique(units.clusters)
        if len(rows) < 2:
            return replace(figure, no_interval="only one document")
        drawn = sums if len(rows) == sums.rows.shape[0] else Sums(sums.rows[rows], sums.value)
        values = bootstrap.replicate(drawn, replicates=replicates, seed=seed)
    elif figure.n_units < 2:
        return replace(figure, no_interval="only one unit")
    elif many is not None:
        rows = np.flatnonzero(many)
        drawn = Sums(sums.rows[rows], sums.value)
        values = bootstrap.replicate(drawn, replicates=replicates, seed=seed, counts=many[rows])
    elif made.sums is _alpha:
        values = pair_bootstrap.replicate(
            units, scale.level, replicates=replicates, seed=seed, tau=scale.tau
        )
    else:
        return replace(figure, no_interval="Krippendorff's bootstrap is for alpha alone")
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
