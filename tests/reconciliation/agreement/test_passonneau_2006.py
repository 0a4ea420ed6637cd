"""Passonneau 2006, Measuring agreement on set-valued items (MASI), LREC: the distance itself."""

from __future__ import annotations

import pytest

from reconciliation.agreement.distance import jaccard, masi


@pytest.mark.parametrize(
    ("a", "b", "expected_masi", "expected_jaccard"),
    [
        ("", "", 0, 0),
        ("", "a", 1, 1),
        ("ab", "ab", 0, 0),
        ("a", "b", 1, 1),
        ("a", "ab", 1 - 1 / 2 * 2 / 3, 1 / 2),
        ("ab", "abcd", 1 - 1 / 2 * 2 / 3, 1 / 2),
        ("abc", "bcd", 1 - 1 / 2 * 1 / 3, 1 / 2),
    ],
)
def test_masi_and_jaccard(a: str, b: str, expected_masi: float, expected_jaccard: float) -> None:
    one, other = frozenset(a), frozenset(b)

    assert masi(one, other) == masi(other, one) == pytest.approx(expected_masi, abs=1e-15)
    assert jaccard(one, other) == jaccard(other, one) == pytest.approx(expected_jaccard, abs=1e-15)
