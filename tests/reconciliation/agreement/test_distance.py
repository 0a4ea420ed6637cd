"""Distances of single values: dates and spans, bounds and symmetry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciliation.agreement import distance

days = st.tuples(st.integers(0, 900), st.integers(0, 400)).map(lambda p: (p[0], p[0] + p[1]))
spans = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda p: (p[0], p[0] + p[1])), max_size=4
)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((10, 10), (10, 10), 0.0),
        ((1, 365), (100, 100), 0.25 * (1 - 1 / 365)),
        ((1, 10), (6, 15), 0.25 * (1 - 5 / 15)),
        ((1, 10), (11, 20), 0.25 + 0.75 / 365),
        ((1, 1), (366, 366), 1.0),
        ((1, 1), (9999, 9999), 1.0),
    ],
)
def test_dates(a: tuple[int, int], b: tuple[int, int], expected: float) -> None:
    assert distance.date(a, b, 365) == pytest.approx(expected, abs=1e-15)


@given(days, days)
def test_dates_that_may_be_one_lie_nearer_than_dates_that_cannot(
    a: tuple[int, int], b: tuple[int, int]
) -> None:
    found = distance.date(a, b, 365)

    assert found == distance.date(b, a, 365)
    assert 0 <= found <= 1
    assert (found < 0.25) == (max(a[0], b[0]) <= min(a[1], b[1]))
    assert (found == 0) == (a == b)


@given(spans, spans)
def test_dice_counts_marked_characters(a: list[tuple[int, int]], b: list[tuple[int, int]]) -> None:
    one = {x for s, e in a for x in range(s, e)}
    other = {x for s, e in b for x in range(s, e)}
    marked = len(one) + len(other)

    expected = 1 - 2 * len(one & other) / marked if marked else 0.0
    assert distance.dice(a, b) == pytest.approx(expected, abs=1e-15)


def test_ratio_needs_values_of_zero_or_more() -> None:
    assert (distance.ratio(0, 0), distance.ratio(0, 3), distance.ratio(1, 3)) == (0.0, 1.0, 0.5)
    with pytest.raises(ValueError, match="zero or more"):
        distance.ratio(-1, 2)


def test_ordinal_is_the_difference_of_mid_ranks() -> None:
    # Counts 9, 13, 10, 5, 3: mid-ranks 4.5, 15.5, 27, 34.5, 38.5.
    assert distance.ordinal(0, 4, [9, 13, 10, 5, 3]) == 34.0
    assert distance.ordinal(2, 1, [9, 13, 10, 5, 3]) == 11.5
