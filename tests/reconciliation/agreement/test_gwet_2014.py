"""Gwet 2014, Handbook of Inter-Rater Reliability, 4th ed., p. 120: four raters, missing values."""

from __future__ import annotations

import pytest

from reconciliation.agreement.coefficients import measure

from .vectors import of_rows, of_table

FOUR_RATERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, None],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]


@pytest.mark.parametrize(
    ("name", "value", "error", "low"),
    [
        ("gwet_ac1", 0.77544, 0.14295, 0.461),
        ("fleiss_kappa_gwet_missing", 0.76117, 0.15302, 0.424),
        ("krippendorff_alpha", 0.74342, 0.14557, 0.419),
        ("brennan_prediger", 0.77273, 0.14472, 0.454),
    ],
)
def test_coefficients_with_standard_errors(
    name: str, value: float, error: float, low: float
) -> None:
    figure = measure(of_rows(FOUR_RATERS), name, interval="gwet")

    assert figure.value == pytest.approx(value, abs=1e-5)
    assert figure.standard_error == pytest.approx(error, abs=1e-5)
    assert (figure.low, figure.high) == pytest.approx((low, 1.0), abs=5e-4)
    assert figure.interval == "gwet"


def test_two_coders_use_the_table_form() -> None:
    units = of_table([[40, 6, 4, 15], [4, 25, 1, 5], [4, 2, 21, 9], [17, 13, 12, 45]])

    found = {
        name: measure(units, name, interval="gwet").standard_error
        for name in ("cohen_kappa", "scott_pi", "gwet_ac1", "krippendorff_alpha")
    }

    assert found == pytest.approx(
        {
            "cohen_kappa": 0.0459692,
            "scott_pi": 0.0462315,
            "gwet_ac1": 0.0434499,
            "krippendorff_alpha": 0.0462315,
        },
        abs=1e-7,
    )


def test_scores_weigh_by_their_size_in_ac2() -> None:
    """Gwet's weights go by the scores: 1 and 4 are farther apart than 1 and 2."""
    near = measure(
        of_rows([[1, 1, 2, 4], [1, 2, 2, 4]]),
        "gwet_ac2",
        "ordinal",
        weights="linear",
        interval=None,
    )
    by_hand_pa = (1 + (1 - 1 / 3) + 1 + 1) / 4
    pi = [3 / 8, 3 / 8, 2 / 8]
    weights = [[1, 2 / 3, 0], [2 / 3, 1, 1 / 3], [0, 1 / 3, 1]]
    by_hand_pe = sum(map(sum, weights)) / 6 * sum(p * (1 - p) for p in pi)

    assert near.value == pytest.approx((by_hand_pa - by_hand_pe) / (1 - by_hand_pe), abs=1e-12)
