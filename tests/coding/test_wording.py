"""Values and conditions in words."""

import pytest

from coding import wording
from tests.coding import books

EX = {field.name: field for field in books.small().fields_of("EX")}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("title", "Team Spirit", "Team Spirit"),
        ("provider", [2, 732], "United States of America (USA); South Korea (ROK)"),
        ("provider", [99999], "99999"),
        ("status", 5, "5 postponed"),
        ("status", "-9", "-9 unknown"),
        ("status", "-7", "-7 sources conflict"),
        ("status", 77, "77"),
        ("form", ["cpx", "ftx"], "command post; field training"),
        ("observed", 0, "0 no"),
        ("observed", 1, "1 yes"),
        ("host", 2, "United States of America (USA)"),
        ("amount", {"amount": 5, "currency": "USD", "scale": "millions"}, "5 USD (millions)"),
        ("amount", {"amount": 5.5, "currency": "JPY", "scale": "units"}, "5.5 JPY"),
        ("by_state", {"2": 100}, "United States of America (USA): 100"),
        ("troops", 0, "0"),
        ("start", "1985-03~", "1985-03~"),
    ],
)
def test_a_value_is_shown_with_what_it_means(name, value, words):
    assert wording.value(EX[name], value) == words


def test_a_value_of_a_field_that_is_gone_is_shown_as_it_stands():
    assert wording.value(None, ["a"]) == "['a']"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "Team Spirit"),
        ("provider", [2, 732]),
        ("status", 5),
        ("form", ["cpx", "ftx"]),
        ("observed", 0),
        ("by_state", {"2": 100, "732": 5}),
        ("troops", -0),
    ],
)
def test_what_is_typed_back_is_read_as_the_same_value(name, value):
    from coding import schema

    assert schema.read_value(EX[name], wording.typed(EX[name], value), states=books.STATES) == value


def test_conditions_are_told_with_labels():
    told = {
        name: wording.condition(field.required_if, EX)
        for name, field in EX.items()
        if field.required_if is not None
    }

    assert told == {"reason": "“Status” is 5 postponed"}
