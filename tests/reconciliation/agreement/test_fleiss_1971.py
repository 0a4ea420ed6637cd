"""Fleiss 1971, Psychological Bulletin 76, p. 379: thirty patients, six psychiatrists each."""

from __future__ import annotations

import pytest

from reconciliation.agreement.coefficients import measure
from reconciliation.agreement.units import Units

COUNTS = """
0 0 0 6 0  0 3 0 0 3  0 1 4 0 1  0 0 0 0 6  0 3 0 3 0  2 0 4 0 0  0 0 4 0 2  2 0 3 1 0  2 0 0 4 0
0 0 0 0 6  1 0 0 5 0  1 1 0 4 0  0 3 3 0 0  1 0 0 5 0  0 2 0 3 1  0 0 5 0 1  3 0 0 1 2  5 1 0 0 0
0 2 0 4 0  1 0 2 0 3  0 0 0 0 6  0 1 0 5 0  0 2 0 1 3  2 0 0 4 0  1 0 0 4 1  0 5 0 1 0  4 0 0 0 2
0 2 0 4 0  1 0 5 0 0  0 0 0 0 6
"""


def diagnoses() -> Units:
    numbers = [int(n) for n in COUNTS.split()]
    records = []
    for patient in range(30):
        row = numbers[5 * patient : 5 * patient + 5]
        given = [code for code, n in enumerate(row) for _ in range(n)]
        records += [(patient, patient, f"P{k}", code) for k, code in enumerate(given)]
    return Units.of_records(records, categories=range(5))


def test_kappa_of_the_paper() -> None:
    figure = measure(diagnoses(), "fleiss_kappa", interval=None)

    assert figure.value == pytest.approx(0.430, abs=5e-4)
    assert (figure.n_units, figure.n_values) == (30, 180)


def test_complete_data_agree_with_gwets_form() -> None:
    units = diagnoses()

    assert measure(units, "fleiss_kappa", interval=None).value == pytest.approx(
        measure(units, "fleiss_kappa_gwet_missing", interval=None).value, abs=1e-12
    )
