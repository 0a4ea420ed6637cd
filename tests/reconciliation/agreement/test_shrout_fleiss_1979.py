"""Shrout & Fleiss 1979, Psychological Bulletin 86, p. 424: six targets, four judges."""

from __future__ import annotations

import pytest

from reconciliation.agreement.coefficients import measure

from .vectors import of_rows

JUDGES = [[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]]


@pytest.mark.parametrize(
    ("name", "printed", "full"),
    [
        ("icc_one_way", 0.17, 0.165742),
        ("icc", 0.29, 0.289764),
        ("icc_consistency", 0.71, 0.714841),
    ],
)
def test_single_judge_correlations(name: str, printed: float, full: float) -> None:
    value = measure(of_rows(JUDGES), name, "interval", interval=None).value

    assert value == pytest.approx(printed, abs=0.005)
    assert value == pytest.approx(full, abs=1e-6)


def test_components_that_cancel_leave_no_correlation() -> None:
    figure = measure(of_rows([[0, 1], [1, 0]]), "icc", "interval", interval=None)

    assert figure.reason == "the variance between units and coders cancels out"
