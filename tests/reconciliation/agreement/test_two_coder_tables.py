"""Contingency tables of the literature: Cohen 1960, Artstein & Poesio 2008, Zwick 1988,
Brennan & Prediger 1981, Agresti 1992."""

from __future__ import annotations

import pytest

from reconciliation.agreement.coefficients import measure

from .vectors import of_table

COHEN_P45 = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
ARTSTEIN_POESIO_P558 = [[20, 10], [20, 50]]
ARTSTEIN_POESIO_P568 = [[46, 0, 0], [6, 32, 6], [0, 0, 10]]
ZWICK_1 = [[20, 0, 0, 5], [0, 10, 15, 0], [0, 15, 10, 0], [5, 0, 0, 20]]
ZWICK_3 = [[20, 5, 5, 10], [0, 10, 5, 5], [0, 5, 10, 5], [0, 0, 0, 20]]
BRENNAN_PREDIGER_P689 = [[50, 0, 0], [10, 10, 10], [20, 0, 0]]
AGRESTI_P202 = [[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10]]


@pytest.mark.parametrize(
    ("table", "name", "printed", "full"),
    [
        (COHEN_P45, "cohen_kappa", 0.492, 0.491525424),
        (COHEN_P45, "gwet_ac1", 0.57597, 0.575971731),
        (ARTSTEIN_POESIO_P558, "bennett_s", 0.400, 0.4),
        (ARTSTEIN_POESIO_P558, "scott_pi", 0.341, 0.340659341),
        (ARTSTEIN_POESIO_P558, "cohen_kappa", 0.348, 0.347826087),
        (ARTSTEIN_POESIO_P568, "krippendorff_alpha", 0.80, 0.800534581),
        (ZWICK_1, "cohen_kappa", 0.467, 0.466666667),
        (ZWICK_3, "bennett_s", 0.467, 0.466666667),
        (ZWICK_3, "scott_pi", 0.460, 0.459459459),
        (ZWICK_3, "cohen_kappa", 0.474, 0.473684211),
        (BRENNAN_PREDIGER_P689, "cohen_kappa", 0.27, 0.272727273),
        (AGRESTI_P202, "cohen_kappa", 0.493, 0.493005596),
    ],
)
def test_published_table(table: list[list[float]], name: str, printed: float, full: float) -> None:
    value = measure(of_table(table), name, interval=None).value

    assert value == pytest.approx(printed, abs=0.006)
    assert value == pytest.approx(full, abs=1e-8)


def test_weighted_kappa_takes_a_table_of_weights() -> None:
    """Disagreement weights v enter as agreement weights 1 - v, of whatever size (Cohen 1968)."""
    v = [[0, 1, 3], [1, 0, 6], [3, 6, 0]]
    units = of_table(COHEN_P45)
    n = 200
    rows, columns = [120, 60, 20], [100, 60, 40]
    observed = sum(v[i][j] * COHEN_P45[i][j] for i in range(3) for j in range(3)) / n
    expected = sum(v[i][j] * rows[i] * columns[j] for i in range(3) for j in range(3)) / n**2

    figure = measure(
        units,
        "weighted_kappa",
        "ordinal",
        weights=[[1 - x for x in row] for row in v],
        interval=None,
    )

    assert figure.value == pytest.approx(1 - observed / expected, abs=1e-12)
