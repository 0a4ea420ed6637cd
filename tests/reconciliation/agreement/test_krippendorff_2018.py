"""Krippendorff 2018, Content Analysis, 4th ed., pp. 306 and 310."""

from __future__ import annotations

import pytest

from reconciliation.agreement.coefficients import measure

from .vectors import of_rows


def test_three_observers_p306() -> None:
    units = of_rows([list("010110001111"), list("010100001101"), list("011001001000")])

    assert measure(units, interval=None).value == pytest.approx(0.2343, abs=5e-4)


def test_two_observers_p310() -> None:
    units = of_rows([list("aacccccbbbbd"), list("acccccbbbbbd")])

    # The book prints .760 from rounded coincidences.
    assert measure(units, interval=None).value == pytest.approx(0.759, abs=5e-4)
