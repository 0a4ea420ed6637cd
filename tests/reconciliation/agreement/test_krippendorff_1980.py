"""Krippendorff 1980, Content Analysis, pp. 133 and 139."""

from __future__ import annotations

import pytest

from reconciliation.agreement.coefficients import measure

from .vectors import of_rows


def test_binary_two_observers_p133() -> None:
    units = of_rows([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [0, 1, 1, 0, 0, 1, 0, 1, 0, 0]])

    assert measure(units, interval=None).value == pytest.approx(0.095238095, abs=1e-8)


def test_three_observers_p139() -> None:
    units = of_rows(
        [[1, 1, 2, 4, 1, 2, 1, 3, 2], [1, 2, 2, 4, 4, 2, 2, 3, 2], [1, 2, 2, 4, 4, 2, 3, 3, 2]]
    )

    assert measure(units, interval=None).value == pytest.approx(0.641732283, abs=1e-8)
