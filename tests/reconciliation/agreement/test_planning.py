"""How much to code, from the printed formula."""

from __future__ import annotations

from math import ceil

import pytest

from reconciliation.agreement.planning import documents_for_width, documents_missing, units_needed


@pytest.mark.parametrize(
    ("alpha", "rarest", "coders", "z", "significance"),
    [
        (0.667, 0.5, 2, 1.6448536, 0.05),
        (0.800, 0.25, 2, 1.6448536, 0.05),
        (0.800, 0.1, 3, 2.3263479, 0.01),
        (0.900, 0.02, 2, 1.2815516, 0.10),
    ],
)
def test_units_by_the_formula(
    alpha: float, rarest: float, coders: int, z: float, significance: float
) -> None:
    spread = (1 + alpha) * (3 - alpha) / (4 * rarest * (1 - rarest) * (1 - alpha)) - alpha

    assert units_needed(alpha, rarest, coders=coders, significance=significance) == ceil(
        coders * z**2 * spread
    )


@pytest.mark.parametrize(("alpha", "units"), [(0.667, 81), (0.800, 139)])
def test_units_of_the_printed_table(alpha: float, units: int) -> None:
    """Krippendorff 2019, Content Analysis, 4th ed., table of required sample sizes: four equally
    frequent values, significance .05, two coders."""
    assert units_needed(alpha, 0.25) == units


def test_more_is_needed_for_rarer_stricter_surer() -> None:
    base = units_needed(0.8, 0.2)

    assert base < units_needed(0.8, 0.1)
    assert base < units_needed(0.9, 0.2)
    assert base < units_needed(0.8, 0.2, significance=0.01)
    assert base < units_needed(0.8, 0.2, power=0.8)


def test_documents_still_missing() -> None:
    assert documents_missing(100, 100, 40) == 0
    assert documents_missing(100, 30, 20) == 47
    assert documents_missing(100, 0, 20) is None
    assert documents_for_width(0.1, 0.6, 0.8, 50) == 200


def test_impossible_wishes_are_refused() -> None:
    for wish in (
        {"alpha": 1.0},
        {"rarest": 0.0},
        {"rarest": 0.6},
        {"coders": 1},
        {"significance": 0.7},
    ):
        with pytest.raises(ValueError):
            units_needed(**{"alpha": 0.8, "rarest": 0.2, **wish})  # type: ignore[arg-type]
