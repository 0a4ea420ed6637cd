"""The codebook's rules: what each settles, and where each leaves it to a person."""

import pytest

from reconciliation import rules
from tests.reconciliation.samples import field


def coders(*values):
    return {f"C{n}": value for n, value in enumerate(values, start=1)}


@pytest.mark.parametrize(
    ("rule", "name", "candidates", "expected"),
    [
        # More than half of at least three.
        ("majority", "status", coders(1, 1, 4), (1,)),
        ("majority", "status", coders(1, 1, 1), (1,)),
        ("majority", "status", coders(1, 4, 4, 4), (4,)),
        ("majority", "status", coders(1, 1), None),
        ("majority", "status", coders(1), None),
        ("majority", "status", {}, None),
        ("majority", "status", coders(1, 4, 5), None),
        ("majority", "status", coders(1, 1, 4, 4), None),
        ("majority", "provider", coders([2], [2], [2, 740]), ([2],)),
        # The code 1 and the text "1" are two values.
        ("majority", "status", coders(1, "1", 4), None),
        # The narrowest date, if the others contain it.
        ("most_precise", "start", coders("1951", "1951-06-14"), ("1951-06-14",)),
        ("most_precise", "start", coders("1951-06", "1951-06-14", "1951"), ("1951-06-14",)),
        ("most_precise", "start", coders("1951-06-14", "1951-06-14"), ("1951-06-14",)),
        ("most_precise", "start", coders("1951-06/1951-08", "1951-07"), ("1951-07",)),
        ("most_precise", "start", coders("1951-06-14", "1951-06-15"), None),
        ("most_precise", "start", coders("1951-06", "1951-07-01"), None),
        ("most_precise", "start", coders("1951-06-14", "1951-06", "1952"), None),
        ("most_precise", "start", coders("1951-06-14"), None),
        ("most_precise", "start", coders("1951-06-14", "-9"), None),
        ("most_precise", "start", coders("1951-06-14", "1951-01/.."), None),
        ("most_precise", "start", {}, None),
        # Everything anybody listed, in codebook order or by number.
        ("union", "topics", coders(["air"], ["land", "air"]), (["land", "air"],)),
        ("union", "third", coders([740, 2], [365]), ([2, 365, 740],)),
        ("union", "third", coders([740]), ([740],)),
        ("union", "third", coders([2], "-9"), None),
        ("union", "third", {}, None),
        # Wording: the first coder's by label.
        ("first_coder", "title", {"C2": "second", "C1": "first"}, ("first",)),
        ("first_coder", "title", {"C3": "third"}, ("third",)),
        ("first_coder", "title", {}, None),
        # What is not a rule of decision settles nothing.
        ("coder_only", "sure", coders(1, 1, 1), None),
        (None, "troops", coders(1, 1, 1), None),
        ("no such rule", "troops", coders(1, 1, 1), None),
    ],
)  # fmt: skip
def test_what_a_rule_settles_and_what_it_leaves(rule, name, candidates, expected) -> None:
    assert rules.decide(rule, candidates, field(name)) == expected


def test_labels_are_put_in_their_order_whatever_the_order_they_come_in() -> None:
    forwards, backwards = coders(1, 1, 4), dict(reversed(coders(1, 1, 4).items()))

    assert rules.decide("majority", forwards, field("status")) == (1,)
    assert rules.decide("majority", backwards, field("status")) == (1,)


def test_bounds_of_a_date_are_days_and_none_where_one_is_open() -> None:
    bounds = rules.day_bounds("1951-06")
    assert bounds is not None
    assert [str(part) for part in bounds] == ["1951-06-01", "1951-06-30", "1951-06"]
    assert rules.day_bounds("1951/..") is None
