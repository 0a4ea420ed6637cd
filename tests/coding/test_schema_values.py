"""Reading one value: canonical forms of every kind, missing codes, refusals in plain words, and properties."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding import schema
from coding.schema import ValueInvalid, read_value
from tests.coding.books import STATES, small, standard

HUGE = 10**5000  # more figures than Python turns into text


def read(name: str, raw: Any, **more: Any) -> Any:
    return read_value(small().field("EX", name), raw, states=STATES, **more)


@pytest.mark.parametrize(
    ("name", "raw", "canonical"),
    [
        ("title", "  A title\r\nof two lines ", "A title\nof two lines"),
        ("title", "e\u0301", "\u00e9"),
        ("provider", ["USA", 732, "2"], [2, 732]),
        ("provider", "USA", [2]),
        ("provider", 732, [732]),
        ("provider", "ROK; USA", [2, 732]),
        ("provider", "ROK, USA", [2, 732]),
        ("provider", "Korea, South", [732]),
        ("provider", "Korea, South; USA", [2, 732]),
        ("status", 5, 5),
        ("status", "5", 5),
        ("status", " 5 ", 5),
        ("status", 5.0, 5),
        ("start", "c. 14 Mar 1878", "1878-03-14~"),
        ("start", 1951, "1951"),
        ("form", ["ftx", "cpx", "ftx"], ["cpx", "ftx"]),
        ("form", "ftx; cpx", ["cpx", "ftx"]),
        ("form", "ftx,cpx", ["cpx", "ftx"]),
        ("form", ["none"], ["none"]),
        ("size", "l", "l"),
        ("troops", 0, 0),
        ("troops", "1200", 1200),
        ("troops", "1,200", 1200),
        ("troops", "1 200 300", 1200300),
        ("troops", "\u0661\u0662", 12),
        ("troops", 1200.0, 1200),
        ("change", -9, -9),
        ("change", -8, -8),
        ("change", "-10", -10),
        ("change", "\u221210", -10),
        ("share", "2.50", 2.5),
        ("share", 2.0, 2),
        ("share", "1e1", 10),
        (
            "amount",
            {"amount": 1.5, "currency": "usd", "scale": "billions"},
            {"amount": 1.5, "currency": "USD", "scale": "billions"},
        ),
        (
            "amount",
            {"currency": "DEM", "amount": "300"},
            {"amount": 300, "currency": "DEM", "scale": "units"},
        ),
        ("amount", "150 million USD", {"amount": 150, "currency": "USD", "scale": "millions"}),
        ("amount", "USD 1,500.50", {"amount": 1500.5, "currency": "USD", "scale": "units"}),
        ("amount", "2bn EUR", {"amount": 2, "currency": "EUR", "scale": "billions"}),
        ("observed", True, 1),
        ("observed", 0, 0),
        ("observed", "yes", 1),
        ("observed", "False", 0),
        ("host", "GFR", 260),
        ("host", "0002", 2),
        ("by_state", {"USA": "1,200", "732": 0}, {"2": 1200, "732": 0}),
        ("by_state", "ROK: 5; USA = 7", {"2": 7, "732": 5}),
        ("body", "  North  Atlantic\tCouncil ", "North Atlantic Council"),
        ("rebel", "FARC", "FARC"),
        ("treaty", 3130, "3130"),
        ("earlier", 7, "7"),
        ("related", ["e2", "e1", "e2"], ["e2", "e1"]),
        ("related", "e2; e1", ["e2", "e1"]),
    ],
)
def test_read_value_gives_the_canonical_form(name: str, raw: Any, canonical: Any) -> None:
    found = read(name, raw)

    assert (found, type(found)) == (canonical, type(canonical))
    assert read(name, found) == found
    assert json.loads(json.dumps(found)) == found


def test_money_is_kept_in_one_order_of_keys() -> None:
    assert list(read("amount", {"scale": "units", "currency": "USD", "amount": 1})) == [
        "amount",
        "currency",
        "scale",
    ]


def test_a_number_of_state_table_is_ordered_by_state() -> None:
    assert list(read("by_state", {732: 1, 2: 1})) == ["2", "732"]


EVERY_FIELD = [f for f in small().fields_of("EX") if f.kind != "spans"]


@pytest.mark.parametrize("code", ["-9", "-8", "-7"])
@pytest.mark.parametrize("field", [f for f in EVERY_FIELD if f.missing], ids=lambda f: f.name)
def test_missing_codes_are_texts_in_every_kind_of_field(field: schema.Field, code: str) -> None:
    assert read_value(field, code, states=STATES) == code
    assert read_value(field, f" {code} ", states=STATES) == code


@pytest.mark.parametrize(
    "name", ["status", "size", "form", "observed", "host", "provider", "start"]
)
def test_the_number_minus_nine_means_missing_in_choices_states_and_dates(name: str) -> None:
    assert read(name, -9) == "-9"


def test_lists_of_one_missing_code_are_missing() -> None:
    assert [read("form", ["-9"]), read("provider", [-8]), read("related", ["-9"])] == [
        "-9",
        "-8",
        "-9",
    ]


@pytest.mark.parametrize("name", ["reason", "body", "treaty", "earlier", "amount", "by_state"])
def test_the_number_minus_nine_is_refused_where_a_text_is_meant(name: str) -> None:
    with pytest.raises(ValueInvalid) as refusal:
        read(name, -9)

    assert refusal.value.message == '-9 is a number; a missing value is written as text: "-9"'


def test_a_code_that_is_a_number_near_the_missing_ones_is_a_code() -> None:
    direction = standard().field("CS", "cs_direction")

    assert [read_value(direction, raw, states=STATES) for raw in (-1, "-1", "0", 1)] == [
        -1,
        -1,
        0,
        1,
    ]


def test_a_field_can_forbid_missing_codes() -> None:
    with pytest.raises(ValueInvalid) as refusal:
        read("title", "-9")

    assert (
        refusal.value.message
        == '"-9" (a missing value) is not allowed here; it always needs a value'
    )


@pytest.mark.parametrize("raw", [None, "", "  \n", [], {}, ()])
def test_blank_is_no_value_and_zero_is_not_blank(raw: Any) -> None:
    assert schema.is_blank(raw)
    with pytest.raises(ValueInvalid):
        read("troops", raw)
    assert [schema.is_blank(zero) for zero in (0, False, 0.0, "0", [0])] == [False] * 5


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("status", "planned", '"planned" is the label of code 1; write 1'),
        ("status", "POSTPONED", '"POSTPONED" is the label of code 5; write 5'),
        (
            "status",
            "postpond",
            '"postpond" is not a code of this field (did you mean 5, "postponed"?); allowed are 1 (planned), 5 (postponed), -9 (unknown)',
        ),
        (
            "status",
            2,
            '"2" is not a code of this field; allowed are 1 (planned), 5 (postponed), -9 (unknown)',
        ),
        ("status", True, "true is not a code of this field"),
        ("status", [5], "one code is expected, not a list"),
        ("status", 5.5, '"5.5" is not a code of this field'),
        ("form", ["cpz"], '"cpz" is not a code of this field (did you mean "cpx"?)'),
        ("form", "CPX", '(did you mean "cpx"?)'),
        ("form", ["cpx", "none"], '"none" (none of these) cannot stand beside other codes'),
        ("form", ["cpx", "-9"], '"-9" stands for the whole field and cannot stand beside codes'),
        ("form", ["cpx", -9], '"-9" stands for the whole field and cannot stand beside codes'),
        ("form", {"cpx": 1}, "a list is expected, not a mapping"),
        ("form", ";;", '";;" holds no value'),
        ("form", ["cpx"] * 1001, "at most 1000 values can be listed"),
        ("observed", "maybe", '"maybe" is neither 1 (yes) nor 0 (no)'),
        ("observed", 2, '"2" is neither 1 (yes) nor 0 (no)'),
        ("host", "Atlantis", '"Atlantis" is no state'),
        ("host", ["USA"], "one state is expected, not a list"),
        ("host", 2.0, '"2.0" is no state'),
        ("host", True, "true is no state"),
        ("host", "x" * 501, "is no state"),
        (
            "provider",
            ["USA", "-9"],
            '"-9" stands for the whole field and cannot stand beside states',
        ),
        ("provider", ["USA", "Atlantis"], '"Atlantis" is no state'),
        ("provider", "USA, Atlantis", '"Atlantis" is no state'),
        ("provider", [["USA"]], "a list is no state"),
        ("troops", -1, "-1 is less than 0, the least that is allowed here"),
        (
            "troops",
            -9,
            '-9 is less than 0, the least that is allowed here (unknown is written as text: "-9")',
        ),
        ("troops", "1.5", '"1.5" is not a whole number; decimals are not recorded here'),
        ("troops", 1.5, "1.5 is not a whole number"),
        ("troops", "about 100", '"about 100" is not a whole number'),
        ("troops", "12,34", '"12,34" is not a whole number'),
        ("troops", True, "a whole number is expected, not true"),
        ("troops", float("nan"), "infinity and not-a-number are no numbers"),
        ("troops", float("inf"), "infinity and not-a-number are no numbers"),
        (
            "troops",
            2**53,
            "the number is too large; the largest that can be recorded is 9007199254740991",
        ),
        ("troops", 1e300, "the number is too large"),
        ("troops", "9" * 5000, "the number is too large"),
        ("share", 100.5, "100.5 is more than 100, the most that is allowed here"),
        ("share", "2,5", "write decimals with a point"),
        ("share", "NaN", '"NaN" is not a number'),
        ("share", "1e99", "the number is too large"),
        ("share", float("-inf"), "infinity and not-a-number are no numbers"),
        ("amount", {"amount": 1}, "the currency is missing"),
        ("amount", {"currency": "USD"}, "the amount is missing"),
        (
            "amount",
            {"amount": 1, "currency": "USX"},
            '"USX" is no ISO 4217 currency code (did you mean "',
        ),
        (
            "amount",
            {"amount": 1, "currency": "USD", "scale": "million"},
            '"million" is no scale (did you mean "millions"?)',
        ),
        (
            "amount",
            {"amount": 1, "currency": "USD", "year": 1951},
            'money has amount, currency and scale, but no "year"',
        ),
        ("amount", {"amount": "x", "currency": "USD"}, '"x" is not a number'),
        ("amount", 5, 'money is an amount with currency and scale, not "5"'),
        ("amount", "$5m", "write amount, scale and ISO 4217 currency, such as 150 million USD"),
        ("amount", "5 million", "is not understood"),
        ("by_state", {"USA": 1, "2": 2}, '"2" (2) stands in the table twice'),
        ("by_state", {"USA": "many"}, 'USA: "many" is not a whole number'),
        ("by_state", {"Atlantis": 1}, '"Atlantis" is no state'),
        ("by_state", [1], "a table of state: number is expected, not a list"),
        ("by_state", "USA", '"USA": each line is written as state: number'),
        ("title", 5, 'a text is expected, not "5"'),
        ("title", ["a"], "a text is expected, not a list"),
        ("title", "x" * 20001, "the text has 20,001 characters; at most 20,000 are allowed"),
        (
            "title",
            "a\0b",
            "the text holds a character that cannot be recorded (U+0000, at place 2)",
        ),
        (
            "title",
            "a\ud800",
            "the text holds a character that cannot be recorded (U+D800, at place 2)",
        ),
        ("body", "x" * 501, "at most 500 are allowed"),
        ("body", 5, 'a text is expected, not "5"'),
        ("earlier", {"id": 1}, "a text is expected, not a mapping"),
        ("start", "30 Feb 1951", "February 1951 has 28 days, so there is no day 30"),
        ("start", ["1951"], "a date is expected, not a list"),
        ("quote", "words", "this field holds marked passages and no value"),
    ],
)
def test_what_does_not_fit_is_refused_in_plain_words(name: str, raw: Any, reason: str) -> None:
    with pytest.raises(ValueInvalid) as refusal:
        read(name, raw)

    assert reason in refusal.value.message


@pytest.mark.parametrize(
    "name", ["troops", "share", "status", "form", "host", "provider", "title", "treaty", "start"]
)
def test_a_number_of_absurd_length_is_refused_not_printed(name: str) -> None:
    with pytest.raises(ValueInvalid):
        read(name, HUGE)


def test_states_are_asked_as_of_the_day_when_one_is_given() -> None:
    assert read("host", "GFR", on=date(1980, 1, 1)) == 260
    with pytest.raises(ValueInvalid):
        read("host", "GFR", on=date(1995, 1, 1))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(st.sampled_from(EVERY_FIELD), _JSON)
def test_anything_is_a_stable_value_or_a_plain_refusal(field: schema.Field, raw: Any) -> None:
    try:
        found = read_value(field, raw, states=STATES)
    except ValueInvalid as refusal:
        assert refusal.message
        return

    assert read_value(field, found, states=STATES) == found
    assert json.loads(json.dumps(found, allow_nan=False)) == found


@settings(deadline=None)
@given(st.integers(-(2**53) + 1, 2**53 - 1))
def test_numbers_survive_being_typed(number: int) -> None:
    typed = str(number)

    assert read("change", number) == number
    assert read("change", typed) == (typed if typed in schema.MISSING_CODES else number)
