"""Krippendorff 2011, Computing Krippendorff's Alpha-Reliability: examples A to C and all metrics."""

from __future__ import annotations

import numpy as np
import pytest

from reconciliation.agreement.alpha import coincidences
from reconciliation.agreement.coefficients import measure

from .vectors import of_rows

# Section A: binary data, two observers, ten units.
MEG = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
OWEN = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]

# Section C: four observers, twelve units, missing values.
FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]


def test_binary_two_observers() -> None:
    figure = measure(of_rows([MEG, OWEN]), interval=None)

    # o_01 = 4, n_0 = 14, n_1 = 6, n = 20: alpha = 1 - 19 * 4 / (14 * 6).
    assert figure.value == pytest.approx(1 - 19 * 4 / (14 * 6), abs=1e-12)
    assert (figure.n_units, figure.n_coders, figure.n_values) == (10, 2, 20)


@pytest.mark.parametrize(
    ("level", "expected", "full"),
    [
        ("nominal", 0.743, 0.743421053),
        ("ordinal", 0.815, 0.815387504),
        ("interval", 0.849, 0.849107143),
        ("ratio", 0.797, 0.797402775),
    ],
)
def test_four_observers_with_missing_values(level: str, expected: float, full: float) -> None:
    figure = measure(of_rows(FOUR), "krippendorff_alpha", level, interval=None)

    assert figure.value == pytest.approx(expected, abs=5e-4)
    assert figure.value == pytest.approx(full, abs=1e-8)
    # Unit 12 has a single value, which enters nothing: 40 pairable values remain.
    assert (figure.n_units, figure.n_values) == (11, 40)


def test_coincidence_matrix_of_the_example() -> None:
    table = coincidences(of_rows(FOUR))

    expected = [
        [7, 4 / 3, 1 / 3, 1 / 3, 0],
        [4 / 3, 10, 4 / 3, 1 / 3, 0],
        [1 / 3, 4 / 3, 8, 1 / 3, 0],
        [1 / 3, 1 / 3, 1 / 3, 4, 0],
        [0, 0, 0, 0, 3],
    ]
    np.testing.assert_allclose(table, expected, atol=1e-12)
