"""Alpha taken apart: by coder, pair, stratum and time, tables of confusion, the worst units."""

from __future__ import annotations

import numpy as np
import pytest

from reconciliation.agreement import breakdown
from reconciliation.agreement.coefficients import measure

from .test_bootstrap import nested
from .vectors import of_rows


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_parts_average_to_the_whole(level: str) -> None:
    units = nested()
    whole = measure(units, "krippendorff_alpha", level, interval=None)
    month = ["2024-01" if u % 3 else "2024-02" for u in range(units.n_units)]

    for parts in (breakdown.by_coder(units, level), breakdown.by_stratum(units, level, month)):
        values = [f.value for f in parts.values()]
        sizes = [f.n_values for f in parts.values()]
        assert np.average(values, weights=sizes) == pytest.approx(whole.value, abs=1e-12)
        assert sum(sizes) == whole.n_values


def test_the_careless_coder_stands_out() -> None:
    units = of_rows([[1, 2, 3, 1, 2, 3], [1, 2, 3, 1, 2, 3], [3, 1, 2, 3, 1, 2]])

    alone = breakdown.by_coder(units, "nominal")
    without = breakdown.without_coder(units, "nominal", interval=None)

    assert alone["C2"].value < alone["C0"].value == alone["C1"].value
    assert without["C2"].value == 1.0
    assert without["C0"].value < 0


def test_pairs_of_coders() -> None:
    units = of_rows([[1, 2, 3, 1], [1, 2, 3, 2], [1, 2, None, None]])

    pairs = breakdown.by_pair(units, "cohen_kappa", "nominal", interval=None)

    assert list(pairs) == [("C0", "C1"), ("C0", "C2"), ("C1", "C2")]
    assert [f.n_units for f in pairs.values()] == [4, 2, 2]
    assert pairs["C0", "C2"].value == 1.0


def test_confusion_counts_both_coded_units() -> None:
    units = of_rows([["x", "x", "y", None], ["x", "y", "y", "y"]])

    assert breakdown.confusion(units, "C0", "C1").tolist() == [[1, 1], [0, 1]]


def test_worst_units_come_first() -> None:
    units = of_rows([[1, 5, 3, 2], [1, 1, 2, 2], [1, 1, None, 2]])

    worst = breakdown.worst_units(units, "interval")

    assert [unit for unit, _ in worst] == [1, 2]
    assert worst[0][1] > worst[1][1] > 0
    assert breakdown.worst_units(of_rows([[1, 1], [1, 1]]), "nominal") == []


def test_undefined_wholes_have_undefined_parts() -> None:
    parts = breakdown.by_coder(of_rows([[1, 1], [1, 1]]), "nominal")
    lonely = breakdown.by_coder(of_rows([[1, 2, None], [1, 1, None], [None, None, 2]]), "nominal")

    assert {f.reason for f in parts.values()} == {"one value used by all"}
    assert lonely["C2"].reason == "no unit has values of two coders"
