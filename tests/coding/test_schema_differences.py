"""Differences of two codebooks: meaning apart from wording, and which codings each change concerns."""

from typing import Any

import pytest

from coding import schema
from coding.schema import Change, Differences, differences
from tests.coding.books import SMALL, small


def changed(*replacements: tuple[str, str]) -> Differences:
    text = SMALL
    for before, after in replacements:
        assert before in text, before
        text = text.replace(before, after, 1)
    return differences(small(), schema.parse(text))


def test_the_same_codebook_has_no_differences() -> None:
    assert changed() == Differences((), ())


def test_version_and_comments_are_no_differences() -> None:
    assert changed(
        ("version: 1.0.0", "version: 2.0.0"), ("lists:", "# a remark\nlists:")
    ) == Differences((), ())


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("title: Small book", "title: Little book", Change("codebook.title", "wording", "changed", "Small book", "Little book")),
        ("label: Troops,", "label: Soldiers,", Change("event_types[EX].attributes[troops].label", "wording", "changed", "Troops", "Soldiers", ("EX",), "troops")),
        ("label: Exercise", "label: Joint exercise", Change("event_types[EX].label", "wording", "changed", "Exercise", "Joint exercise", ("EX",))),
        ("Units practise together.", "Units practise  together", Change("event_types[EX].definition", "wording", "changed", "Units practise together.", "Units practise together", ("EX",))),
        ("label: planned", "label: Planned", Change("common_attributes[status].options[1].label", "wording", "changed", "planned", "Planned", ("EX",), "status", 1)),
        ("label: Treaty\n", "label: {en: Treaty, fr: Traité}\n", Change("event_types[TO].label.fr", "wording", "changed", "", "Traité", ("TO",))),
        ("type: text, required: true, level: none", "type: text, required: true, level: none, help: Short", Change("common_attributes[title].help", "wording", "changed", "", "Short", ("EX", "TO"), "title")),
        ("message: The end lies before the start.", "message: It ends too soon.", Change("rules.message", "wording", "changed", "The end lies before the start.", "It ends too soon.", ("EX", "TO"))),
        ("[{code: 1, label: planned}, {code: 5, label: postponed}", "[{code: 5, label: postponed}, {code: 1, label: planned}", Change("common_attributes[status].options", "wording", "changed", "1, 5, -9", "5, 1, -9", ("EX",), "status")),
    ],
)  # fmt: skip
def test_wording(before: str, after: str, change: Change) -> None:
    assert changed((before, after)) == Differences((), (change,))


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("Units practise together.", "Units of two states practise together.", Change("event_types[EX].definition", "meaning", "changed", "Units practise together.", "Units of two states practise together.", ("EX",))),
        ("label: planned", "label: intended", Change("common_attributes[status].options[1].label", "meaning", "changed", "planned", "intended", ("EX",), "status", 1)),
        ("{code: 5, label: postponed}", "{code: 5, label: postponed}, {code: 8, label: cancelled}", Change("common_attributes[status].options[8]", "meaning", "added", "", "cancelled", ("EX",), "status", 8)),
        ("{code: ftx, label: field training}, ", "", Change("event_types[EX].attributes[form].options[ftx]", "meaning", "removed", "field training", "", ("EX",), "form", "ftx")),
        ("      - {name: observed, label: Observed, type: boolean}\n", "", Change("event_types[EX].attributes[observed]", "meaning", "removed", "Observed", "", ("EX",), "observed")),
        ("      - {name: observed,", "      - {name: seen, label: Seen, type: boolean}\n      - {name: observed,", Change("event_types[EX].attributes[seen]", "meaning", "added", "", "Seen", ("EX",), "seen")),
        ("{name: change, label: Change, type: integer, level: interval}", "{name: change, label: Change, type: decimal, level: interval}", Change("event_types[EX].attributes[change].kind", "meaning", "changed", "integer", "decimal", ("EX",), "change")),
        ("type: integer, minimum: 0}", "type: integer, minimum: 1}", Change("event_types[EX].attributes[troops].minimum", "meaning", "changed", "0", "1", ("EX",), "troops")),
        ("{name: end, label: End, type: date}", "{name: end, label: End, type: date, required: true}", Change("common_attributes[end].required", "meaning", "changed", "False", "True", ("EX", "TO"), "end")),
        ('required_if: "status == 5", visible', 'required_if: "status == 1", visible', Change("common_attributes[reason].required_if", "meaning", "changed", "status == 5", "status == 1", ("EX", "TO"), "reason")),
        ("family: treaty", "family: text", Change("event_types[TO].family", "meaning", "changed", "treaty", "text", ("TO",))),
        ("    definition: New text.", "    definition: New text.\n    include: [Protocols]", Change("event_types[TO].include", "meaning", "added", "", "Protocols", ("TO",))),
        ("lists:", "alignment: {theta: 0.5}\nlists:", Change("alignment", "meaning", "changed", str(schema.AlignmentRule()), str(schema.AlignmentRule(theta=0.5)))),
        ("lists:", "near_misses: {reasons: [{code: denied, label: denied}]}\nlists:", Change("near_misses[denied]", "meaning", "added", "", "denied", (), "", "denied")),
    ],
)  # fmt: skip
def test_meaning(before: str, after: str, change: Change) -> None:
    assert changed((before, after)) == Differences((change,), ())


def test_a_type_that_goes_concerns_its_events_and_one_that_comes_concerns_none() -> None:
    other = schema.parse(
        SMALL.replace("code: TO", "code: TR").replace("skip_for: [TO]", "skip_for: [TR]")
    )

    found = differences(small(), other).meaning

    assert [(c.path, c.action, c.types) for c in found] == [
        ("common_attributes[status].skip_for", "changed", ("EX",)),
        ("event_types[TO]", "removed", ("TO",)),
        ("event_types[TR]", "added", ()),
    ]


def test_a_common_field_skipped_from_now_on_concerns_the_type_that_had_it() -> None:
    found = changed(("skip_for: [TO]", "skip_for: [TO, EX]")).meaning

    assert [(c.path, c.before, c.after, c.types) for c in found] == [
        ("common_attributes[status].skip_for", "TO", "TO, EX", ("EX",))
    ]


def test_a_rule_with_another_condition_is_another_rule() -> None:
    found = changed(("low <= troops", "low < troops")).meaning

    assert [(c.path, c.action, c.types) for c in found] == [
        ("event_types[EX].rules", "removed", ("EX",)),
        ("event_types[EX].rules", "added", ("EX",)),
    ]


def test_order_of_words_on_an_ordinal_scale_is_meaning() -> None:
    def book(options: str) -> schema.Codebook:
        return schema.parse(
            "codebook: {id: b, title: B, version: 1.0.0}\nevent_types: [{code: EX, label: E, definition: D}]\n"
            f"common_attributes: [{{name: f, label: F, type: single_choice, level: ordinal, options: [{options}]}}]\n"
        )

    found = differences(
        book("{code: low, label: l}, {code: high, label: h}"),
        book("{code: high, label: h}, {code: low, label: l}"),
    )

    assert [change.path for change in found.meaning] == ["common_attributes[f].options.order"]


@pytest.mark.parametrize(
    ("change", "values", "concerned"),
    [
        (
            Change("p", "meaning", "changed", types=("EX",), field="status", code=5),
            {"status": 5},
            True,
        ),
        (
            Change("p", "meaning", "changed", types=("EX",), field="status", code=5),
            {"status": 1},
            False,
        ),
        (
            Change("p", "meaning", "removed", types=("EX",), field="form", code="cpx"),
            {"form": ["cpx", "ftx"]},
            True,
        ),
        (
            Change("p", "meaning", "removed", types=("EX",), field="form", code="cpx"),
            {"form": "-9"},
            False,
        ),
        (
            Change("p", "meaning", "added", types=("EX",), field="status", code=8),
            {"status": 1},
            True,
        ),
        (Change("p", "meaning", "removed", types=("EX",), field="low"), {"low": 1}, True),
        (Change("p", "meaning", "removed", types=("EX",), field="low"), {}, False),
        (Change("p", "meaning", "added", types=("EX",), field="seen"), {}, True),
        (Change("p", "meaning", "changed", types=("TO",)), {}, False),
        (Change("p", "wording", "changed", types=("EX",)), {}, False),
    ],
)
def test_which_codings_a_change_concerns(
    change: Change, values: dict[str, Any], concerned: bool
) -> None:
    assert change.touches("EX", values) is concerned
    weighed = (
        Differences((change,), ()) if change.weight == "meaning" else Differences((), (change,))
    )
    assert weighed.touching("EX", values) == ((change,) if concerned else ())


def test_the_same_differences_come_in_the_same_order() -> None:
    after = schema.parse(
        SMALL.replace("label: Troops", "label: T")
        .replace("label: Share", "label: S")
        .replace("minimum: 0", "minimum: 1")
    )

    assert differences(small(), after) == differences(small(), after)
    assert [c.field for c in differences(small(), after).meaning] == ["troops", "share"]
