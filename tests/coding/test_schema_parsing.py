"""Codebooks from YAML: what is understood, and every mistake found at once, with its line and path."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding import schema
from coding.schema import CodebookInvalid, Option, Wording
from coding.schema.codebook import KINDS
from tests.coding.books import SMALL, small

HEAD = """\
codebook: {id: b, title: B, version: 1.0.0}
event_types:
  - {code: EX, label: Exercise, definition: D}
"""


def problems(text: str) -> list[tuple[int | None, str, str]]:
    return [(p.line, p.path, p.message) for p in schema.problems_of(text)]


def with_field(field: str) -> str:
    return HEAD + "common_attributes:\n  - " + field + "\n"


def test_fields_of_a_type_are_the_common_ones_it_does_not_skip_then_its_own() -> None:
    names = [field.name for field in small().fields_of("TO")]

    assert names == ["title", "provider", "reason", "start", "end", "evidence", "binding", "words"]


def test_fields_are_found_by_type_and_name() -> None:
    book = small()

    assert book.field("EX", "troops").kind == "integer"
    assert book.find_field("EX", "binding") is None
    assert (book.has_type("EX"), book.has_type("XX")) == (True, False)
    with pytest.raises(schema.UnknownField, match='events of type EX have no field "binding"'):
        book.field("EX", "binding")
    with pytest.raises(
        schema.UnknownType, match='the codebook has no event type "XX"; its types are EX, TO'
    ):
        book.fields_of("XX")


def test_event_type_is_never_a_value() -> None:
    book = schema.parse(
        with_field(
            "{name: event_type, label: Event type, type: single_choice, options_from: event_types}"
        )
    )

    assert [f.name for f in book.common] == ["event_type"]
    assert book.common[0].options == (Option("EX", Wording("Exercise"), Wording("D")),)
    assert book.fields_of("EX") == ()


def test_levels_default_to_the_usual_one_of_the_kind() -> None:
    levels = {f.name: f.level for f in small().fields_of("EX")}

    assert levels == {
        "title": "none", "provider": "nominal_set", "status": "nominal", "reason": "none", "start": "interval", "end": "interval",
        "evidence": "none", "form": "nominal_set", "size": "nominal", "troops": "ratio", "change": "interval", "low": "ratio",
        "share": "ratio", "amount": "ratio", "observed": "nominal", "host": "nominal", "by_state": "ratio", "body": "nominal",
        "rebel": "nominal", "treaty": "nominal", "earlier": "none", "related": "none", "quote": "none",
    }  # fmt: skip


def test_options_keep_codes_apart_from_missing_ones() -> None:
    status = small().field("EX", "status")

    assert [option.code for option in status.options] == [1, 5, "-9"]
    assert status.codes == (1, 5)
    assert status.ranks == {1: 0, 5: 1}


def test_ranks_follow_numbers_and_for_words_the_order_of_the_codebook() -> None:
    text = with_field(
        "{name: sure, label: S, type: single_choice, level: ordinal, options: [{code: 3, label: c}, {code: -1, label: a}, {code: 2, label: b}]}"
    )
    words = with_field(
        "{name: sure, label: S, type: single_choice, level: ordinal, options: [{code: low, label: l}, {code: high, label: h}]}"
    )

    assert schema.parse(text).field("EX", "sure").ranks == {-1: 0, 2: 1, 3: 2}
    assert schema.parse(words).field("EX", "sure").ranks == {"low": 0, "high": 1}


def test_texts_may_speak_several_languages() -> None:
    book = schema.parse(
        with_field("{name: f, label: {en: Provider, fr: Fournisseur}, type: text, help: Plain}")
    )
    label = book.field("EX", "f").label

    assert (label, label.to("fr"), label.to("fr-CA"), label.to("de")) == (
        "Provider",
        "Fournisseur",
        "Fournisseur",
        "Provider",
    )
    assert book.field("EX", "f").help.to("fr") == "Plain"


def test_words_that_other_readers_take_for_truth_or_dates_stay_texts() -> None:
    book = schema.parse(
        with_field(
            "{name: f, label: no, type: single_choice, options: [{code: 1, label: on}, {code: 2, label: 1945-01-01}]}"
        )
    )

    assert [book.field("EX", "f").label, *(o.label for o in book.field("EX", "f").options)] == [
        "no",
        "on",
        "1945-01-01",
    ]


def test_what_is_left_out_has_plain_defaults() -> None:
    book = schema.parse(HEAD)

    assert book.language == "en"
    assert [(o.code, o.label) for o in book.missing] == [
        ("-9", "unknown"),
        ("-8", "not applicable"),
        ("-7", "sources conflict"),
    ]
    assert book.alignment == schema.AlignmentRule(schema.Weights(0.30, 0.25, 0.20, 0.25), 365, 0.55)
    assert (book.types[0].name, book.types[0].family, book.near_miss_reasons) == (
        "exercise",
        "",
        (),
    )


def test_date_triples_are_read_as_one_date() -> None:
    text = (
        HEAD
        + """\
common_attributes:
  - {name: start_earliest, label: "Start, earliest day", type: date, required: true, unit: day}
  - {name: start_latest, label: "Start, latest day", type: date}
  - {name: start_precision, label: Start precision, type: single_choice, options: [{code: 1, label: day}]}
  - {name: seen_earliest, label: Lonely, type: date}
"""
    )

    fields = schema.parse(text).fields_of("EX")

    assert [(f.name, f.label, f.kind, f.required, f.unit) for f in fields] == [
        ("start", "Start", "date", True, "day"),
        ("seen_earliest", "Lonely", "date", False, ""),
    ]


def test_every_problem_is_found_at_once_with_line_and_path() -> None:
    text = """\
codebook: {id: Bad Id, title: T, version: "1"}
common_attributes:
  - {name: status, label: Status, type: single_choise, options: [{code: 1, label: a}]}
  - {name: form, lable: Form, label: Form, type: single_choice, options: [{code: 1, label: a}, {code: 1, label: b}]}
  - name: reason
    label: Reason
    type: text
    required_if: "from == 1"
event_types:
  - {code: EX, label: E, definition: D}
  - {code: EX, label: F, definition: D}
extra: 1
"""

    assert problems(text) == [
        (1, "codebook.id", '"Bad Id" does not have the form [a-z0-9][a-z0-9-]{0,63}'),
        (1, "codebook.version", '"1" does not have the form \\d+\\.\\d+\\.\\d+'),
        (3, "common_attributes[status].type", '"single_choise" is not known here (did you mean "single_choice"?); it is one of ' + ", ".join(KINDS)),
        (4, "common_attributes[form]", 'unknown key "lable" (did you mean "label"?)'),
        (4, "common_attributes[form].options[1]", 'the code "1" is there twice'),
        (8, "common_attributes[reason].required_if", 'there is no field "from" here (did you mean "form"?)'),
        (11, "event_types[EX]", 'the event type "EX" is there twice'),
        (12, "", 'unknown key "extra"'),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "path", "reason"),
    [
        ("{label: F, type: text}", "common_attributes[0]", '"name" is missing'),
        ("{name: f, type: text}", "common_attributes[f]", '"label" is missing'),
        (
            "{name: Bad, label: F, type: text}",
            "common_attributes[Bad].name",
            '"Bad" does not have the form',
        ),
        (
            "{name: " + "f" * 33 + ", label: F, type: text}",
            "common_attributes[" + "f" * 33 + "].name",
            "does not have the form",
        ),
        (
            "{name: f, label: F, type: text, level: ratio}",
            "common_attributes[f].level",
            '"ratio" is not known here; it is one of none, nominal',
        ),
        (
            "{name: f, label: F, type: text, required: 1}",
            "common_attributes[f].required",
            "true or false is expected, not a number",
        ),
        (
            "{name: f, label: F, type: text, required: true, required_if: 'f is set'}",
            "common_attributes[f].required_if",
            'either "required" or "required_if"',
        ),
        (
            "{name: f, label: 5, type: text}",
            "common_attributes[f].label",
            "a text is expected, not a number; put it in quotes",
        ),
        (
            "{name: f, label: {fr: F}, type: text}",
            "common_attributes[f].label",
            'own language ("en") is missing',
        ),
        (
            "{name: f, label: {en: F, 'not a language': G}, type: text}",
            "common_attributes[f].label",
            "is no language code",
        ),
        (
            "{name: f, label: F, type: text, options: [{code: 1, label: a}]}",
            "common_attributes[f].options",
            'a field of type "text" has no options',
        ),
        (
            "{name: f, label: F, type: single_choice}",
            "common_attributes[f]",
            'a choice needs "options" or "options_from"',
        ),
        (
            "{name: f, label: F, type: single_choice, options: []}",
            "common_attributes[f].options",
            "the list of options is empty",
        ),
        (
            "{name: f, label: F, type: single_choice, options: {a: b}}",
            "common_attributes[f].options",
            "a list is expected, not a mapping",
        ),
        (
            "{name: f, label: F, type: single_choice, options_from: sizes}",
            "common_attributes[f].options_from",
            'there is no list "sizes"',
        ),
        (
            "{name: f, label: F, type: single_choice, options: [{code: 1.5, label: a}]}",
            "common_attributes[f].options[0].code",
            "a whole number or a word",
        ),
        (
            "{name: f, label: F, type: single_choice, options: [{code: true, label: a}]}",
            "common_attributes[f].options[0].code",
            "a whole number or a word",
        ),
        (
            "{name: f, label: F, type: single_choice, options: [{code: 'a b', label: a}]}",
            "common_attributes[f].options[0].code",
            "begins with a letter",
        ),
        (
            "{name: f, label: F, type: single_choice, options: [{code: 1}]}",
            "common_attributes[f].options[0]",
            '"label" is missing',
        ),
        (
            "{name: f, label: F, type: text, minimum: 0}",
            "common_attributes[f].minimum",
            'a field of type "text" has no minimum',
        ),
        (
            "{name: f, label: F, type: integer, minimum: 5, maximum: 1}",
            "common_attributes[f].maximum",
            "is less than the minimum",
        ),
        (
            "{name: f, label: F, type: integer, missing: [-5]}",
            "common_attributes[f].missing[0]",
            '"-5" is no missing code',
        ),
        (
            "{name: f, label: F, type: text, from_any_field: true}",
            "common_attributes[f].from_any_field",
            "only a field of passages",
        ),
        (
            "{name: f, label: F, type: text, rule: most_precise}",
            "common_attributes[f].rule",
            '"most_precise" is not known here',
        ),
        (
            "{name: f, label: F, type: text, skip_for: [EY]}",
            "common_attributes[f].skip_for",
            'there is no event type "EY"; there are EX',
        ),
        (
            "{name: f, label: F, type: text, visible_if: 'f is set'}",
            "common_attributes[f].visible_if",
            'whether "f" is shown depends on itself',
        ),
        (
            "{name: f, label: F, type: text, required_if: [1]}",
            "common_attributes[f].required_if",
            "a condition is a text",
        ),
        ("just a text", "common_attributes[0]", "a mapping is expected, not a text"),
    ],
)
def test_a_broken_field_is_refused_where_it_stands(field: str, path: str, reason: str) -> None:
    found = problems(with_field(field))

    assert [(line, at) for line, at, message in found if reason in message] == [(5, path)], found


@pytest.mark.parametrize(
    ("part", "path", "reason"),
    [
        (
            "alignment: {weights: {type: -1}}",
            "alignment.weights.type",
            "-1 is out of bounds; it must be at least 0",
        ),
        ("alignment: {theta: 2}", "alignment.theta", "2 is out of bounds; it must be from 0 to 1"),
        ("alignment: {tau: soon}", "alignment.tau", "a number is expected, not a text"),
        (
            "alignment: {weights: {type: 0, actors: 0, date: 0, evidence: 0}}",
            "alignment.weights",
            "at least one weight must be more than 0",
        ),
        (
            "alignment: {weights: {typo: 1}}",
            "alignment.weights",
            'unknown key "typo" (did you mean "type"?)',
        ),
        ("near_misses: {rule: R}", "near_misses", '"reasons" is missing'),
        (
            "rules: [{condition: 'x is set', message: m}]",
            "rules[0].condition",
            'there is no field "x" here',
        ),
        ("rules: [{message: m}]", "rules[0]", '"condition" is missing'),
        (
            "assessment_records: {types: [XX]}",
            "assessment_records.types",
            'there is no event type "XX"',
        ),
        (
            "conventions: {missing_values: {options: [{code: 5, label: five}]}}",
            "conventions.missing_values.options",
            '"5" is no missing code',
        ),
        ("conventions: [1]", "conventions", "a mapping is expected, not a list"),
        ("lists: {sizes: [{label: a}]}", "lists.sizes[0]", '"code" is missing'),
    ],
)
def test_a_broken_part_is_refused_where_it_stands(part: str, path: str, reason: str) -> None:
    found = problems(HEAD + part + "\n")

    assert [(line, at) for line, at, message in found if reason in message] == [(4, path)], found


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the text is empty"),
        ("# only a comment", "the text is empty"),
        ("- a list", "a mapping is expected, not a list"),
        ("codebook: [", "the text is not YAML"),
        ("\tcodebook: x", "the text is not YAML"),
        ("a: &a [1]\nb: *a", 'the reference "*a" is not read here'),
        ("a: !!python/object/apply:os.system [x]", "is not read here; write plain values"),
        ("a: 1\n---\nb: 2", "more than one YAML document"),
        ("[" * 100_000, "nested more than 40 deep"),
        ("? [a, b]\n: c", "a key must be a text"),
        ("a:\n" + "  - x\n" * 100_001, "more than 100,000 entries"),
        ("x" * 2_000_001, "at most 2,000,000 characters"),
        ("a: \ud800", "not Unicode"),
        ("a: \0", "a character that cannot be kept (U+0000)"),
        ("codebook: {id: b, title: B, version: 1.0.0}", '"event_types" is missing'),
        ("codebook: {id: b, title: B, version: 1.0.0}\nevent_types: []", "at least one event type"),
        (
            "codebook: {id: b, id: c, title: B, version: 1.0.0}\nevent_types: []",
            '"id" stands twice in the same mapping (first on line 1)',
        ),
    ],
)
def test_what_is_no_codebook_is_refused(text: str, reason: str) -> None:
    found = problems(text)

    assert any(reason in message for _, _, message in found), found


def test_a_type_may_not_take_a_common_name_or_speak_of_what_it_skips() -> None:
    text = SMALL.replace(
        "{name: binding,", "{name: title, label: T, type: text}\n      - {name: binding,"
    ).replace('required_if: "binding == 1"', 'required_if: "status == 1"')

    assert [(path, message) for _, path, message in problems(text)] == [
        ("event_types[TO].attributes[title]", '"title" is a common attribute already'),
        (
            "event_types[TO].attributes[words].required_if",
            'there is no field "status" here (did you mean "start"?)',
        ),
    ]


def test_fields_that_show_one_another_in_a_circle_are_refused() -> None:
    text = (
        HEAD
        + """\
common_attributes:
  - {name: a, label: A, type: text, visible_if: "b is set"}
  - {name: b, label: B, type: text, visible_if: "c is set"}
  - {name: c, label: C, type: text, visible_if: "a is set"}
"""
    )

    assert [message for _, _, message in problems(text)] == [
        f'whether "{name}" is shown depends on itself' for name in "abc"
    ]


def test_the_refusal_prints_every_problem_and_gives_each_as_data() -> None:
    with pytest.raises(CodebookInvalid) as refusal:
        schema.parse(HEAD + "extra: 1\nalignment: {theta: 2}\n")

    assert str(refusal.value) == (
        'line 4: unknown key "extra"\nline 5, alignment.theta: 2 is out of bounds; it must be from 0 to 1'
    )
    assert refusal.value.problems[1].as_dict() == {
        "line": 5, "path": "alignment.theta", "message": "2 is out of bounds; it must be from 0 to 1",
    }  # fmt: skip


def test_parts_kept_as_they_stand_cannot_be_changed() -> None:
    book = schema.parse(HEAD + "conventions: {actors: {rule: R, identifiers: [a, b]}}\n")

    assert book.conventions["actors"]["identifiers"] == ("a", "b")
    with pytest.raises(TypeError):
        book.conventions["actors"]["rule"] = "other"  # type: ignore[index]


def test_parse_cached_gives_the_same_codebook() -> None:
    assert schema.parse_cached(SMALL) is schema.parse_cached(SMALL)
    assert schema.parse_cached(SMALL) == schema.parse(SMALL)


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_a_codebook_damaged_anywhere_is_read_or_refused_with_problems(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(SMALL)))
    damage = data.draw(st.text(alphabet="{}[]:,-'\"\n #&*!|>%@a1", max_size=4))
    length = data.draw(st.integers(0, 12))

    try:
        schema.parse(SMALL[:at] + damage + SMALL[at + length :])
    except CodebookInvalid as refusal:
        assert refusal.problems
