"""One event against its codebook: what is invalid, what is incomplete, what is shown, and where evidence is owed."""

from typing import Any

import pytest

from coding import schema
from coding.schema import EventProblem
from tests.coding.books import STATES, small

FULL: dict[str, Any] = {
    "title": "T",
    "provider": [2],
    "status": 1,
    "start": "1951",
    "form": ["cpx"],
}


def check(
    values: dict[str, Any],
    type_code: str = "EX",
    counts: Any = None,
    whole: Any = None,
    **more: Any,
) -> list[tuple[str, str, str]]:
    found = schema.check_event(
        small(),
        type_code,
        values,
        {"evidence": 1} if counts is None else counts,
        whole or {},
        **more,
    )
    return [(problem.field, problem.severity, problem.message) for problem in found]


def test_a_full_event_has_no_problems() -> None:
    assert check(FULL) == []


def test_what_is_required_and_blank_is_incomplete() -> None:
    assert check({}, counts={}) == [
        ("title", "incomplete", '"Title" is required'),
        ("provider", "incomplete", '"Provider" is required'),
        ("status", "incomplete", '"Status" is required'),
        ("start", "incomplete", '"Start" is required'),
        (
            "evidence",
            "incomplete",
            '"Passages" needs at least one marked passage, or the whole document with a reason',
        ),
        ("form", "incomplete", '"Form" is required'),
    ]


def test_a_missing_code_fills_a_required_field() -> None:
    assert check({**FULL, "status": "-9", "form": "-9", "provider": "-9"}) == []


def test_what_is_required_only_under_a_condition() -> None:
    assert check({**FULL, "status": 5}) == [("reason", "incomplete", '"Reason" is required')]
    assert check({**FULL, "status": 5, "reason": "Storm."}) == []
    assert check({**FULL, "status": "-9"}) == []


def test_a_hidden_value_is_neither_judged_nor_counted_and_comes_back() -> None:
    values = {**FULL, "reason": 5}

    assert check(values) == []
    assert "reason" not in schema.shown_values(small(), "EX", values)
    assert check({**values, "status": 5}) == [("reason", "invalid", 'a text is expected, not "5"')]
    assert schema.hidden_fields(small(), "EX", values) == frozenset({"reason"})
    assert (
        schema.shown_values(small(), "EX", {**FULL, "status": 5, "reason": "Storm."})["reason"]
        == "Storm."
    )


def test_a_hidden_field_counts_as_blank_for_those_that_depend_on_it() -> None:
    book = schema.parse(
        """\
codebook: {id: b, title: B, version: 1.0.0}
common_attributes:
  - {name: a, label: A, type: boolean}
  - {name: c, label: C, type: boolean, visible_if: "b == 1"}
  - {name: b, label: B, type: boolean, visible_if: "a == 1"}
event_types: [{code: EX, label: E, definition: D}]
"""
    )

    assert schema.shown_fields(book, "EX", {"a": 1, "b": 1, "c": 1}) == ("a", "c", "b")
    assert schema.shown_fields(book, "EX", {"a": 0, "b": 1, "c": 1}) == ("a",)
    assert schema.shown_values(book, "EX", {"a": 0, "b": 1, "c": 1}) == {"a": 0}


def test_required_fields_are_named_for_the_values_at_hand() -> None:
    assert schema.required_fields(small(), "EX", {"status": 5}) == (
        "title", "provider", "status", "reason", "start", "evidence", "form",
    )  # fmt: skip


def test_fields_that_do_not_belong_are_invalid() -> None:
    values = {**FULL, "binding": 1, "tropps": 5, "event_type": "EX", "evidence": "x"}

    assert check(values) == [
        ("binding", "invalid", '"binding" belongs to type TO, not to EX'),
        ("tropps", "invalid", 'there is no field "tropps" (did you mean "troops"?)'),
        ("event_type", "invalid", "the event's type is not one of its values"),
        ("evidence", "invalid", "this field holds marked passages and no value"),
    ]
    assert check(
        {"title": "T", "provider": [2], "start": "1951", "binding": 0, "status": 1}, "TO"
    ) == [("status", "invalid", 'events of type TO do not have "status"')]


def test_evidence_for_a_field_that_does_not_belong_is_invalid() -> None:
    assert check(FULL, counts={"evidence": 1, "words": 2}, whole={"nothing": "r"}) == [
        ("words", "invalid", '"words" belongs to type TO, not to EX'),
        ("nothing", "invalid", 'there is no field "nothing"'),
    ]


def test_an_event_whose_type_was_changed_keeps_what_belonged_to_the_old_one() -> None:
    values = {**FULL, "binding": 1, "nonsense": 1}

    assert check(values, counts={"evidence": 1, "words": 1}, retyped=True) == [
        ("nonsense", "invalid", 'there is no field "nonsense"')
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [("status", "1"), ("status", 1.0), ("observed", True), ("provider", [732, 2]), ("provider", 2), ("form", ["ftx", "cpx"]),
     ("troops", "12"), ("troops", 12.0), ("start", "June 1951"), ("status", -9), ("amount", "5 USD"), ("by_state", {2: 5}), ("title", " T ")],
)  # fmt: skip
def test_values_not_in_their_recorded_form_are_invalid(name: str, value: Any) -> None:
    found = check({**FULL, name: value})

    assert [(field, severity) for field, severity, _ in found] == [(name, "invalid")]
    assert "recorded form" in found[0][2]


def test_wrong_values_are_invalid_and_silence_rules_about_them() -> None:
    assert check({**FULL, "troops": -5, "low": 7}) == [
        ("troops", "invalid", "-5 is less than 0, the least that is allowed here")
    ]


def test_states_are_checked_when_a_list_is_given() -> None:
    assert check({**FULL, "provider": [999]}) == []
    assert check({**FULL, "provider": [999]}, states=STATES) == [
        ("provider", "invalid", '"999" is no state')
    ]


def test_a_rule_is_broken_only_when_certainly_false() -> None:
    book = small()

    def found(values: dict[str, Any]) -> tuple[EventProblem, ...]:
        return schema.check_event(book, "EX", {**FULL, **values}, {"evidence": 1}, {})

    assert found({"start": "1952", "end": "1951"}) == (
        EventProblem("end", "invalid", "The end lies before the start.", ("start", "end")),
    )
    assert found({"start": "1951", "end": "1951-06"}) == ()
    assert found({"start": "1951", "end": "-9"}) == ()
    assert found({"low": 7, "troops": 5}) == (
        EventProblem(
            "troops", "invalid", "The lowest figure is above the best.", ("low", "troops")
        ),
    )
    assert found({"low": 7}) == ()


def test_common_passages_may_be_given_for_any_field() -> None:
    assert check(FULL, counts={"provider": 1}) == []
    assert check(FULL, counts={}, whole={"title": "A list of exercises."}) == []
    assert check(FULL, counts={"provider": 0}) == [
        (
            "evidence",
            "incomplete",
            '"Passages" needs at least one marked passage, or the whole document with a reason',
        )
    ]


def test_a_spans_field_of_its_own_needs_its_own_passage() -> None:
    values = {"title": "T", "provider": [2], "start": "1951", "binding": 1}
    owed = (
        "words",
        "incomplete",
        '"Exact words" needs at least one marked passage, or the whole document with a reason',
    )

    assert check(values, "TO") == [owed]
    assert check({**values, "binding": 0}, "TO") == []
    assert check(values, "TO", counts={"words": 1}) == []
    assert check(values, "TO", whole={"words": "The whole text."}) == []


def test_the_whole_document_needs_a_reason() -> None:
    assert check(FULL, whole={"title": " "}) == [
        ("title", "incomplete", "say why the whole document is the evidence")
    ]


def test_sources_conflict_may_stand_while_coding_but_not_once_decided() -> None:
    values = {**FULL, "status": "-7"}

    assert check(values) == []
    assert check(values, resolved=True) == [
        (
            "status",
            "invalid",
            "sources conflict (-7) cannot stand in a decided value; decide for one, or for -9",
        )
    ]


def test_an_unknown_type_is_the_only_problem() -> None:
    assert check(FULL, "EY") == [
        ("event_type", "invalid", 'the codebook has no event type "EY"; its types are EX, TO')
    ]


def test_unproved_counsels_where_a_value_has_no_evidence() -> None:
    values = {**FULL, "provider": "-8", "end": "1952"}

    assert schema.unproved(small(), "EX", values, {"start": 1}, {"form": "A table."}) == (
        "status",
        "end",
    )
