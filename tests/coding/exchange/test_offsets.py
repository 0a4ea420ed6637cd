"""Code points here, UTF-16 units there; a place inside a character is no place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.exchange.offsets import NoPlace, Utf16, span_to_points


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="aé\u0301😊𝔘\n", max_size=30))
def test_units_count_as_utf_16_does_and_lead_back(text):
    units = Utf16(text)

    for place in range(len(text) + 1):
        unit = units.to_units(place)
        assert unit == len(text[:place].encode("utf-16-le")) // 2
        assert units.to_points(unit) == place


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        (2, "2 lies inside a character of two UTF-16 units"),
        (5, "5 lies outside the text, which has 4 UTF-16 units"),
        (-1, "-1 lies outside the text, which has 4 UTF-16 units"),
    ],
)
def test_what_is_no_place_is_told(unit, said):
    with pytest.raises(NoPlace) as refusal:
        Utf16("a😊b").to_points(unit)

    assert str(refusal.value) == said


@pytest.mark.parametrize("span", [(1, 1), (3, 1), ("0", 1), (None, 2), (True, 3)])
def test_a_run_goes_from_a_smaller_to_a_larger_number(span):
    with pytest.raises(NoPlace):
        span_to_points(Utf16("a😊b"), *span)
