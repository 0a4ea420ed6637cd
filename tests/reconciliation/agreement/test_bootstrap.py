"""Intervals: drawn as their names say, seeded, blind to order, undefined draws counted."""

from __future__ import annotations

import numpy as np
import pytest

from reconciliation.agreement import alpha, bootstrap, pair_bootstrap, patterns
from reconciliation.agreement.coefficients import COEFFICIENTS, Scale, measure
from reconciliation.agreement.units import Units

from .vectors import of_rows


def nested(seed: int = 0, documents: int = 30, coders: int = 3, values: int = 4) -> Units:
    """Units nested in documents, some values missing."""
    draw = np.random.default_rng(seed)
    clusters = np.repeat(np.arange(documents), 4)
    truth = draw.integers(0, values, len(clusters))[:, None]
    noise = draw.integers(0, values, (len(clusters), coders))
    codes = np.where(draw.random(noise.shape) < 0.6, truth, noise)
    codes[draw.random(noise.shape) < 0.15] = -1
    return Units.of_codes(codes, clusters=clusters)


CASES = [
    ("percent_agreement", "nominal"),
    ("krippendorff_alpha", "nominal"),
    ("krippendorff_alpha", "ordinal"),
    ("krippendorff_alpha", "interval"),
    ("krippendorff_alpha", "ratio"),
    ("fleiss_kappa", "nominal"),
    ("gwet_ac1", "nominal"),
    ("gwet_ac2_linear", "ordinal"),
    ("brennan_prediger", "nominal"),
    ("icc", "interval"),
]


@pytest.mark.parametrize(("name", "level"), CASES)
def test_a_draw_is_the_coefficient_of_the_documents_drawn(name: str, level: str) -> None:
    units = nested()
    made = COEFFICIENTS[name]
    used = made.prepare(units)
    sums = made.sums(used, Scale(level, made.weights or "identity", 365.0))
    draw = np.random.default_rng(5).integers(0, 30, 30)
    times = np.bincount(draw, minlength=30).astype(float)

    value = sums.value(times[None, :] @ sums.rows)[0]

    rows = np.concatenate([np.flatnonzero(used.clusters == d) for d in draw])
    again = Units.of_codes(
        np.asarray(used.codes[rows]), clusters=np.arange(len(rows)), values=used.values
    )
    assert value == pytest.approx(measure(again, name, level, interval=None).value, abs=1e-10)


@pytest.mark.parametrize(("name", "level"), [*CASES, ("cohen_kappa", "nominal")])
@pytest.mark.parametrize("interval", ["cluster", "unit"])
def test_same_seed_same_interval(name: str, level: str, interval: str) -> None:
    units = nested(coders=2 if name == "cohen_kappa" else 3)
    shuffled = np.random.default_rng(2).permutation(units.n_units)
    other = Units.of_codes(units.codes[shuffled], clusters=units.clusters[shuffled])

    first = measure(units, name, level, interval=interval, seed=7, replicates=200)
    second = measure(other, name, level, interval=interval, seed=7, replicates=200)

    assert first.low is not None and first.value is not None and first.high is not None
    assert first.low <= first.value <= first.high
    assert (second.low, second.high) == pytest.approx((first.low, first.high), abs=1e-9)
    assert measure(units, name, level, interval=interval, seed=8, replicates=200).low != first.low


def test_drawing_patterns_is_drawing_units() -> None:
    """One multinomial over patterns has the distribution of drawing the units one by one."""
    units = nested()
    sums = alpha.sums(Units.of_codes(units.codes), "nominal")
    alike, many = patterns.distinct(units, seats_matter=False)
    by_pattern = bootstrap.replicate(
        alpha.sums(alike, "nominal"), replicates=8000, seed=1, counts=many
    )
    by_unit = bootstrap.replicate(sums, replicates=8000, seed=2)

    assert int(many.sum()) == units.n_units
    np.testing.assert_allclose(
        np.quantile(by_pattern, [0.025, 0.25, 0.5, 0.75, 0.975]),
        np.quantile(by_unit, [0.025, 0.25, 0.5, 0.75, 0.975]),
        atol=0.012,
    )


def test_both_ways_of_drawing_have_multinomial_moments() -> None:
    draw = np.random.default_rng(3)
    many = np.array([500, 300, 200])

    for drawn in (
        bootstrap._draws(draw, many, 1000, 4000),
        bootstrap._draws(draw, np.ones(50, int), 50, 4000),
        bootstrap._draws(draw, np.array([3, 2, 1]), 6, 4000),
    ):
        n = drawn.sum(axis=1)
        assert (n == n[0]).all()
        share = drawn.mean(axis=0) / n[0]
        np.testing.assert_allclose(drawn.var(axis=0), n[0] * share * (1 - share), rtol=0.15)


def test_documents_that_hang_together_widen_the_interval() -> None:
    """Every unit copied within its document: the document bootstrap is not fooled, the unit one is."""
    units = nested()
    copied = Units.of_codes(
        np.repeat(units.codes, 5, axis=0), clusters=np.repeat(units.clusters, 5)
    )

    width = {
        (kind, name): figure.high - figure.low
        for kind in ("cluster", "unit")
        for name, data in (("once", units), ("copied", copied))
        for figure in [measure(data, interval=kind, seed=1)]
        if figure.high is not None and figure.low is not None
    }

    assert width["cluster", "copied"] == pytest.approx(width["cluster", "once"], rel=0.02)
    assert width["unit", "copied"] < 0.6 * width["unit", "once"]


def test_undefined_draws_are_counted_and_left_out() -> None:
    units = of_rows([[1, 1, 1, 1, 2], [1, 1, 1, 2, 2]])

    figure = measure(units, replicates=500, seed=1)

    # Four of five units draw value 1 alone with probability 0.6^5 = 0.078.
    assert 15 <= figure.undefined_replicates <= 70
    assert figure.low is not None and figure.below_667 is not None


def test_no_interval_says_why() -> None:
    one_document = Units.of_records(
        [(u, "d", c, v) for c, row in (("A", "xyx"), ("B", "xyy")) for u, v in enumerate(row)]
    )
    one_unit = of_rows([[1], [2]])

    assert measure(one_document).no_interval == "only one document"
    assert measure(one_unit, interval="unit").no_interval == "only one unit"
    ordinal = measure(nested(), "krippendorff_alpha", "ordinal", interval="gwet")
    assert ordinal.no_interval is not None and ordinal.low is None and ordinal.interval is None


def test_probabilities_below_the_customary_bounds() -> None:
    units = nested(documents=200)
    figure = measure(units, seed=3)
    values = bootstrap.replicate(alpha.sums(units, "nominal"), replicates=1000, seed=3)

    assert figure.below_667 == np.mean(values < 0.667)
    assert figure.below_800 == np.mean(values < 0.800) == 1.0


def test_krippendorffs_draws_keep_expected_disagreement_and_centre_on_alpha() -> None:
    units = nested(documents=100)
    figure = measure(units, interval="krippendorff", seed=1, replicates=4000)
    values = pair_bootstrap.replicate(units, "nominal", replicates=4000, seed=1)

    assert figure.interval == "krippendorff"
    # Pairs are drawn with equal chances, so the mean is alpha itself where m is constant.
    complete = Units.of_codes(units.codes[(units.codes >= 0).all(axis=1)])
    drawn = pair_bootstrap.replicate(complete, "ordinal", replicates=4000, seed=1)
    assert drawn.mean() == pytest.approx(
        measure(complete, "krippendorff_alpha", "ordinal", interval=None).value, abs=0.005
    )
    assert (values >= -1).all()


def test_intervals_are_of_the_confidence_asked_for() -> None:
    wide, narrow = (measure(nested(), confidence=c, seed=1) for c in (0.99, 0.5))

    assert wide.low < narrow.low < narrow.high < wide.high
