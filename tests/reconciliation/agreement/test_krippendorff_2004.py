"""Krippendorff 2004, Content Analysis, 2nd ed.: pp. 227, 246 and 254."""

from __future__ import annotations

import pytest

from reconciliation.agreement.coefficients import measure
from reconciliation.agreement.unitizing import Continuum
from reconciliation.agreement.unitizing_older import alpha_u

from .vectors import of_rows, of_table


def test_nominal_two_observers_p227() -> None:
    units = of_rows([list("aabbbbbccccc"), list("abbbbbcccccc")])

    assert measure(units, interval=None).value == pytest.approx(0.734104046, abs=1e-8)


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        ([[12, 9, 9], [9, 14, 9], [9, 9, 20]], 0.185765983),
        ([[12, 18, 18], [0, 14, 18], [0, 0, 20]], 0.258241758),
    ],
)
def test_kappa_rewards_unequal_margins_p246(table: list[list[float]], kappa: float) -> None:
    units = of_table(table)

    found = {
        name: measure(units, name, interval=None).value
        for name in ("percent_agreement", "bennett_s", "scott_pi", "cohen_kappa")
    }

    assert found == pytest.approx(
        {
            "percent_agreement": 0.46,
            "bennett_s": 0.19,
            "scott_pi": 0.185765983,
            "cohen_kappa": kappa,
        },
        abs=1e-8,
    )


def test_unitizing_p254() -> None:
    text = Continuum(
        "p254",
        300,
        {
            "i": [(225, 295, "c"), (370, 400, "c"), (180, 240, "k"), (300, 350, "k")],
            "j": [
                (220, 300, "c"),
                (355, 375, "c"),
                (400, 420, "c"),
                (180, 240, "k"),
                (300, 350, "k"),
            ],
        },
        begin=150,
    )

    assert alpha_u(text, "c").value == pytest.approx(0.728598997, abs=1e-8)
    assert alpha_u(text, "k").value == pytest.approx(1.0, abs=1e-12)
    assert alpha_u(text).value == pytest.approx(0.858665405, abs=1e-8)
