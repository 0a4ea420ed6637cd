"""Conditions: their grammar, the written rule about what is not there, their JSON, and what is refused."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.schema import grammar
from coding.schema.conditions import Condition
from coding.schema.grammar import ConditionInvalid
from tests.coding.books import small

FIELDS = {field.name: field for field in small().fields_of("EX")}


def condition(text: str) -> Condition:
    return grammar.read(text, FIELDS)


@pytest.mark.parametrize(
    ("text", "values", "truth"),
    [
        # plain comparisons
        ("status == 5", {"status": 5}, True),
        ("status == 5", {"status": 1}, False),
        ("status != 5", {"status": 1}, True),
        ("status < 5", {"status": 1}, True),
        ("status >= 5", {"status": 5}, True),
        ("status in [1, 5]", {"status": 5}, True),
        ("status not in [1]", {"status": 5}, True),
        ("size == l", {"size": "l"}, True),
        ("size == 'l'", {"size": "s"}, False),
        ("observed == 1", {"observed": 1}, True),
        ("host == 2", {"host": 2}, True),
        ("share > 2.5", {"share": 3}, True),
        ("change < -3", {"change": -9}, True),
        ('body == "NATO"', {"body": "NATO"}, True),
        # blank: undecided whatever the sign
        ("status == 5", {}, None),
        ("status != 5", {}, None),
        ("status not in [5]", {}, None),
        ("status < 5", {}, None),
        ("not status == 5", {}, None),
        # missing codes: undecided unless a missing code is named
        ("status != 5", {"status": "-9"}, None),
        ("status < 5", {"status": "-9"}, None),
        ("status in [1, 5]", {"status": "-8"}, None),
        ("status == -9", {"status": "-9"}, True),
        ("status == -9", {"status": 5}, False),
        ("status != -9", {"status": 5}, True),
        ("status != -9", {"status": "-9"}, False),
        ("status == -8", {"status": "-9"}, False),
        ("status in [5, -9]", {"status": "-9"}, True),
        ("status in [5, -8]", {"status": "-9"}, None),
        ("status not in [5, -9]", {"status": 1}, True),
        ("body == -9", {"body": "-9"}, True),
        # in numbers -9 is a number, and the missing code is quoted
        ("change == -9", {"change": -9}, True),
        ("change == -9", {"change": "-9"}, None),
        ("change == '-9'", {"change": "-9"}, True),
        ("change == '-9'", {"change": -9}, False),
        # set and not set are never undecided
        ("end is set", {"end": "1951"}, True),
        ("end is set", {}, False),
        ("end is set", {"end": "-8"}, False),
        ("end is not set", {"end": "-8"}, True),
        ("troops is set", {"troops": 0}, True),
        ("amount is set", {"amount": {"amount": 1}}, True),
        # Kleene
        ("status == 5 and end is set", {}, False),
        ("status == 5 and end is set", {"end": "1951"}, None),
        ("status == 5 or end is set", {"end": "1951"}, True),
        ("status == 5 or end is set", {}, None),
        ("not (status == 5 or end is set)", {"status": 1}, True),
        ("not not end is set", {"end": "1951"}, True),
        ("status == 1 or status == 5 and end is set", {"status": 1}, True),
        ("(status == 1 or status == 5) and end is set", {"status": 1}, False),
        # several codes
        ("form in [cpx]", {"form": ["cpx", "ftx"]}, True),
        ("form not in [cpx]", {"form": ["ftx"]}, True),
        ("form == [ftx, cpx]", {"form": ["cpx", "ftx"]}, True),
        ("form != [none]", {"form": ["cpx"]}, True),
        ("form != [none]", {"form": ["none"]}, False),
        ("form != [none]", {"form": "-9"}, None),
        ("form == -9", {"form": "-9"}, True),
        ("form == -9", {"form": ["cpx"]}, False),
        ("provider in [2]", {"provider": [2, 732]}, True),
        # other fields
        ("low <= troops", {"low": 1, "troops": 1}, True),
        ("low <= troops", {"low": 2, "troops": 1}, False),
        ("low <= troops", {"low": 2}, None),
        ("low <= troops", {"low": 2, "troops": "-9"}, None),
        ("low < share", {"low": 2, "share": 2.5}, True),
        # dates compare by their bounds
        ("start <= end", {"start": "1951", "end": "1952"}, True),
        ("start <= end", {"start": "1951", "end": "1951"}, None),
        ("start <= end", {"start": "1951-06-14", "end": "1951-06-14"}, True),
        ("start < end", {"start": "1951-06-14", "end": "1951-06-14"}, False),
        ("start <= end", {"start": "1952", "end": "1951"}, False),
        ("start > end", {"start": "1952", "end": "1951"}, True),
        ("start >= end", {"start": "1951-06", "end": "1951"}, None),
        ("start <= end", {"start": "1952/..", "end": "1951"}, False),
        ("start <= end", {"start": "1951/..", "end": "1952"}, None),
        ("start == end", {"start": "1951-06-14", "end": "1951-06-14"}, True),
        ("start == end", {"start": "1951", "end": "1951"}, None),
        ("start != end", {"start": "1951", "end": "1953"}, True),
        ("start >= '1945-01-01'", {"start": "c. 1944"}, False),
        ("start >= 1945", {"start": "1946-06"}, True),
    ],
)
def test_truth_of_a_condition(text: str, values: dict[str, Any], truth: bool | None) -> None:
    assert condition(text).evaluate(values) is truth
    assert condition(text).holds(values) is (truth is True)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("status == 5", ["==", "status", {"value": 5}]),
        ("status == -9", ["==", "status", {"value": "-9"}]),
        ("form != [none]", ["!=", "form", {"value": ["none"]}]),
        ("low <= troops", ["<=", "low", {"field": "troops"}]),
        ("status not in [1, 5]", ["not in", "status", {"value": [1, 5]}]),
        ("end is not set", ["is not set", "end"]),
        (
            "not (end is set or status in [1]) and size == l",
            [
                "and",
                ["not", ["or", ["is set", "end"], ["in", "status", {"value": [1]}]]],
                ["==", "size", {"value": "l"}],
            ],
        ),
    ],
)
def test_a_condition_as_json(text: str, tree: list[Any]) -> None:
    assert condition(text).to_json() == tree


@pytest.mark.parametrize(
    "text",
    [
        'status == 5', 'status not in [1, "-9"]', 'end is set and (status == 5 or not (low <= troops))', 'form != ["none"]', 'body == \'a "quoted" word\'',
    ],
)  # fmt: skip
def test_a_condition_as_text_means_the_same(text: str) -> None:
    assert condition(str(condition(text))) == condition(text)


def test_names_are_the_fields_spoken_of() -> None:
    assert condition("low <= troops and status == 5 or low is set").names() == (
        "low",
        "troops",
        "status",
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the condition is empty"),
        ("statsu == 5", 'there is no field "statsu" here (did you mean "status"?)'),
        ("status = 5", 'equality is written "=="'),
        ("status ==", 'nothing follows "status =="'),
        ("status", "comes ==, !="),
        ("status 5", 'not "5"'),
        ("5 == status", 'begins with a field name, not with "5"'),
        ("status == 5 status == 1", '"status" is not expected here'),
        ("(status == 5", '")" is expected at the end'),
        ("status in 5", '"[" is expected before "5"'),
        ("status in [1, 5", '"," is expected at the end'),
        ("status in [1,", "the list is not closed"),
        ("status in []", 'the list is empty; to ask for blank write "is not set"'),
        ("status not 5", 'after "status not" comes "in"'),
        ("status is 5", '"set" is expected before "5"'),
        ("status == 7", '"status" has no code "7"; its codes are 1, 5'),
        ("size == x", '"size" has no code "x"; its codes are s, l'),
        ("form == cpx", '"form" holds several codes; write form == [cpx], or form in [cpx]'),
        (
            "status == [5]",
            '"status" holds one value, so it is compared with a list by "in" or "not in"',
        ),
        ("form < [cpx]", '"form" (multi_choice) has no order'),
        ("size < l", '"size" (single_choice) has no order'),
        ("body < 'a'", "has no order"),
        ("body == NATO", '"NATO" is no field; a text is written in quotes'),
        ("observed == 2", '"observed" is 0 or 1, never 2'),
        ("troops == 1.5", '"troops" holds whole numbers, never 1.5'),
        (
            "troops == many",
            '"troops" (integer) is compared with a number or another field, not with "many"',
        ),
        ("low <= tropps", '(did you mean "troops"?)'),
        ("low <= start", '"low" (integer) cannot be compared with "start" (date)'),
        ("amount == 5", '"amount" (money) can only be asked whether it is set'),
        ("by_state in [5]", "can only be asked whether it is set"),
        ("evidence is set", '"evidence" holds passages and no value'),
        ("start == tomorrow", '"start" is a date'),
        ("status == and", 'a value is expected, not "and"'),
        ("status == 5 and", "a field name is missing at the end"),
        ("__import__('os').system('true')", "cannot read the condition at \".system('true')\""),
        ("status == 5; end is set", 'cannot read the condition at "; end is set"'),
        ("(" * 40 + "end is set" + ")" * 40, "nested more than 32 deep"),
        ("not " * 40 + "end is set", "nested more than 32 deep"),
        ("end is set or " * 200 + "end is set", "at most 2000 characters"),
    ],
)
def test_what_is_no_condition_is_refused_in_plain_words(text: str, reason: str) -> None:
    with pytest.raises(ConditionInvalid) as refusal:
        condition(text)

    assert reason in refusal.value.message


_TESTS = st.sampled_from(
    [
        "status == 5",
        "status != 5",
        "end is set",
        "form in [cpx]",
        "low <= troops",
        "status in [1, -9]",
    ]
)
_CONDITIONS = st.recursive(
    _TESTS,
    lambda inner: (
        st.builds("({} and {})".format, inner, inner)
        | st.builds("({} or {})".format, inner, inner)
        | st.builds("not ({})".format, inner)
    ),
    max_leaves=5,
)
_VALUES = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from([1, 5, "-9", "-8"]),
        "end": st.sampled_from(["1951", "-8"]),
        "form": st.sampled_from([["cpx"], ["ftx"], "-9"]),
        "low": st.sampled_from([1, 2, "-9"]),
        "troops": st.sampled_from([1, 2]),
    },
)


@settings(deadline=None)
@given(_CONDITIONS, _CONDITIONS, _VALUES)
def test_laws_of_three_valued_truth(a: str, b: str, values: dict[str, Any]) -> None:
    def truth(text: str) -> bool | None:
        return condition(text).evaluate(values)

    assert truth(f"not ({a} and {b})") is truth(f"not ({a}) or not ({b})")
    assert truth(f"not (not ({a}))") is truth(a)
    assert truth(f"{a} or {b}") is truth(f"{b} or {a}")
    assert condition(str(condition(f"{a} and {b}"))).evaluate(values) is truth(f"{a} and {b}")


@settings(deadline=None)
@given(_CONDITIONS, _VALUES, _VALUES)
def test_what_is_decided_stays_decided_when_blanks_are_filled(
    text: str, known: dict[str, Any], more: dict[str, Any]
) -> None:
    if "is set" in text:
        return  # asks about blanks themselves
    before = condition(text).evaluate(known)

    assert before is None or condition(text).evaluate({**more, **known}) is before


@settings(deadline=None)
@given(st.text(alphabet="status end=!<>[]()andornotis in 15\"',-", max_size=60))
def test_any_text_is_a_condition_or_a_plain_refusal(text: str) -> None:
    try:
        made = condition(text)
    except ConditionInvalid as refusal:
        assert refusal.message
        return

    assert made.evaluate({}) in (True, False, None)
