"""Random data against independent libraries, where they are right; where not, a note says how.

krippendorff: no answer without variation (it raises), the same everywhere else.
statsmodels and scikit-learn: kappa without variation is nan or 1; complete data only.
nltk: alpha only of two or more full ratings a unit; MASI as distance, not squared, as here.
"""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from reconciliation.agreement import distance
from reconciliation.agreement.coefficients import measure
from reconciliation.agreement.units import Units

SEEDS = range(12)


def complete(seed: int, coders: int, values: int = 4) -> np.ndarray:
    draw = np.random.default_rng(seed)
    n = int(draw.integers(8, 60))
    codes = np.where(
        draw.random((n, coders)) < 0.5,
        draw.integers(0, values, n)[:, None],
        draw.integers(0, values, (n, coders)),
    )
    codes[:values, 0] = range(values)
    return codes


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_with_missing_values_as_krippendorff(seed: int, level: str) -> None:
    oracle = pytest.importorskip("krippendorff")
    codes = complete(seed, 4)
    codes[np.random.default_rng(seed).random(codes.shape) < 0.3] = -1
    table = np.where(codes < 0, np.nan, codes.astype(float)).T

    expected = oracle.alpha(table, level_of_measurement=level)

    found = measure(Units.of_codes(codes), "krippendorff_alpha", level, interval=None)
    assert found.value == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("name", "weights"),
    [
        ("cohen_kappa", None),
        ("weighted_kappa_linear", "linear"),
        ("weighted_kappa_quadratic", "quadratic"),
    ],
)
def test_kappa_as_scikit_learn_and_statsmodels(seed: int, name: str, weights: str | None) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    codes = complete(seed, 2)

    found = measure(Units.of_codes(codes), name, "ordinal", interval=None)

    expected = metrics.cohen_kappa_score(codes[:, 0], codes[:, 1], weights=weights)
    assert found.value == pytest.approx(expected, abs=1e-10)
    raters = pytest.importorskip("statsmodels.stats.inter_rater")
    table = np.zeros((4, 4))
    np.add.at(table, (codes[:, 0], codes[:, 1]), 1)
    own = raters.cohens_kappa(
        table, wt={"linear": "linear", "quadratic": "quadratic"}.get(weights or "")
    )
    assert found.value == pytest.approx(own.kappa, abs=1e-10)


@pytest.mark.parametrize("seed", SEEDS)
def test_standard_error_of_kappa_as_statsmodels(seed: int) -> None:
    raters = pytest.importorskip("statsmodels.stats.inter_rater")
    codes = complete(seed, 2)
    table = np.zeros((4, 4))
    np.add.at(table, (codes[:, 0], codes[:, 1]), 1)

    found = measure(Units.of_codes(codes), "cohen_kappa", interval="gwet")

    assert found.standard_error == pytest.approx(raters.cohens_kappa(table).std_kappa, abs=1e-10)


@pytest.mark.parametrize("seed", SEEDS)
def test_fleiss_as_statsmodels(seed: int) -> None:
    raters = pytest.importorskip("statsmodels.stats.inter_rater")
    codes = complete(seed, 5)
    counts = np.stack([(codes == k).sum(axis=1) for k in range(4)], axis=1)

    found = measure(Units.of_codes(codes), "fleiss_kappa", interval=None)

    assert found.value == pytest.approx(raters.fleiss_kappa(counts), abs=1e-10)
    # "randolph" is the free-marginal kappa, which for equal numbers is Brennan and Prediger's.
    uniform = measure(Units.of_codes(codes), "brennan_prediger", interval=None)
    assert uniform.value == pytest.approx(raters.fleiss_kappa(counts, method="randolph"), abs=1e-10)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["masi", "jaccard"])
def test_set_alpha_as_nltk(seed: int, name: str) -> None:
    agreement = pytest.importorskip("nltk.metrics.agreement")
    distances = pytest.importorskip("nltk.metrics.distance")
    draw = np.random.default_rng(seed)
    sets = [frozenset("abcd"[k] for k in range(4) if mask >> k & 1) for mask in range(1, 16)]
    records = [
        (u, u, c, sets[int(draw.integers(0, 15 if draw.random() < 0.5 else 3))])
        for u in range(20)
        for c in ("A", "B", "C")
    ]
    measured = {"masi": distances.masi_distance, "jaccard": distances.jaccard_distance}[name]
    task = agreement.AnnotationTask([(c, u, v) for u, _, c, v in records], distance=measured)

    found = measure(Units.of_records(records), f"alpha_{name}", interval=None)

    assert found.value == pytest.approx(task.alpha(), abs=1e-9)


def test_masi_distance_as_nltk_except_for_empty_sets() -> None:
    """nltk divides by zero for two empty sets; here they are identical."""
    distances = pytest.importorskip("nltk.metrics.distance")
    sets = [frozenset("abcd"[k] for k in range(4) if mask >> k & 1) for mask in range(16)]

    for a in sets:
        for b in sets:
            if a | b:
                assert distance.masi(a, b) == pytest.approx(
                    distances.masi_distance(a, b), abs=1e-12
                )


def test_libraries_answer_one_where_nothing_varies() -> None:
    """What we call undefined: scikit-learn gives nan or 1 with a warning, krippendorff raises."""
    metrics = pytest.importorskip("sklearn.metrics")
    same = np.ones(10, int)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = metrics.cohen_kappa_score(same, same)

    assert np.isnan(theirs) or theirs == 1.0
    assert (
        measure(Units.of_codes(np.ones((10, 2), int)), "cohen_kappa").reason
        == "one value used by all"
    )
