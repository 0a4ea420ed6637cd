"""The codebooks that ship: sound, of the published form, with the content they promise; and the browser's JSON of them."""

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from coding import schema
from tests.coding.books import SMALL, STANDARD, STATES, small, standard

SHIPPED = sorted(path.stem for path in STANDARD.glob("*.yaml"))
FORM = jsonschema.Draft202012Validator(
    json.loads((STANDARD / "codebook.schema.json").read_text(encoding="utf-8"))
)
SHARED = Path(os.environ.get("CONCORD_SHARED") or Path(__file__).parents[3] / "shared")


def text_of(name: str) -> str:
    return (STANDARD / f"{name}.yaml").read_text(encoding="utf-8")


def test_the_codebooks_that_ship() -> None:
    assert SHIPPED == [
        "burden-sharing-only",
        "internal-threat-only",
        "peacetime-alliance-commitments",
        "signals-only",
    ]


def test_the_form_is_itself_sound() -> None:
    jsonschema.Draft202012Validator.check_schema(FORM.schema)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_codebook_is_sound_and_of_the_published_form(name: str) -> None:
    assert schema.problems_of(text_of(name)) == ()
    assert list(FORM.iter_errors(schema.tree(text_of(name)))) == []
    assert schema.parse(text_of(name)).id == name


@pytest.mark.parametrize("name", SHIPPED)
def test_any_yaml_reader_reads_a_shipped_codebook_alike(name: str) -> None:
    assert yaml.safe_load(text_of(name)) == schema.tree(text_of(name))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_codebook_has_what_alignment_and_releases_read(name: str) -> None:
    book = standard(name)

    for event_type in book.types:
        kinds = {field.name: field.kind for field in book.fields_of(event_type.code)}
        assert {key: kinds.get(key) for key in ("provider", "recipient", "reciprocal", "start", "end", "evidence")} == {
            "provider": "state_list", "recipient": "state_list", "reciprocal": "boolean", "start": "date", "end": "date", "evidence": "spans",
        }  # fmt: skip
        assert (
            event_type.definition
            and event_type.include
            and event_type.exclude
            and event_type.examples
            and event_type.family
        )
    assert [option.code for option in book.missing] == ["-9", "-8", "-7"]
    assert {"hypothetical", "denied", "background", "other"} <= {
        option.code for option in book.near_miss_reasons
    }
    assert book.cannot_code_reasons


@pytest.mark.parametrize("name", SHIPPED)
def test_every_choice_defines_every_code(name: str) -> None:
    without = [
        (code, f.name, o.code)
        for code, f in standard(name).every_field()
        for o in f.options
        if not (o.label and o.definition)
    ]

    assert without == []


def test_the_default_codebook_in_numbers() -> None:
    book = standard()

    own = {event_type.code: len(event_type.fields) for event_type in book.types}
    assert own == {
        "IC": 6,
        "EX": 10,
        "MA": 6,
        "FT": 6,
        "MB": 9,
        "AO": 4,
        "OC": 5,
        "TO": 13,
        "CS": 7,
        "BS": 10,
        "IT": 6,
        "AC": 5,
    }
    assert (len(book.common), len(book.assessment.fields)) == (30, 5)
    assert [t.code for t in book.types if t.family == "lee_seven"] == list(book.assessment.types)
    assert book.temporal_scope == ("1945-01-01", "2023-12-31")
    assert book.alignment == schema.AlignmentRule(schema.Weights(0.30, 0.25, 0.20, 0.25), 365, 0.55)
    assert set(book.exports) == {
        "codes_edition_missing",
        "analysis_edition_missing",
        "event_list",
        "directed_dyad_year",
        "member_state_year",
        "files",
    }
    assert book.reliability_plan["per_variable"]["none"] == ("not assessed",)


def test_the_default_codebook_keeps_the_content_it_was_made_from() -> None:
    source = SHARED / "codebook.yaml"
    if not source.exists():
        pytest.skip(f"{source} is not there: the content cannot be compared")
    original, book = schema.parse(source.read_text(encoding="utf-8")), standard()

    found = schema.differences(original, book)

    gone = [change for change in found.meaning if change.action == "removed"]
    assert gone == []
    assert {change.path.rpartition(".")[2] for change in found.meaning if change.action == "changed"} <= {
        "visible_if", "rule", "minimum", "maximum", "missing", "from_any_field", "alone",
    }  # fmt: skip
    assert [t.definition for t in book.types] == [t.definition for t in original.types]


def test_an_exercise_coded_in_full_is_accepted_and_one_field_less_is_not() -> None:
    typed: dict[str, Any] = {
        "title": "Drill of 1951", "provider": "USA; ROK", "reciprocal": 1, "provider_role": 1, "alliance_ref": "3130", "commitment_basis": 3,
        "status": 4, "start": "3-5 June 1951", "threat_type": 5, "visibility": 1, "coder_confidence": 3, "ex_name": "-9", "ex_form": "ftx",
        "ex_domain": ["sea"], "ex_focus": ["unknown"], "ex_troops_low": "1,000", "ex_troops_best": 1500,
    }  # fmt: skip
    book = standard()

    values = {
        name: schema.read_value(book.field("EX", name), raw, states=STATES)
        for name, raw in typed.items()
    }

    assert schema.check_event(book, "EX", values, {"start": 1}, {}) == ()
    for name in ("title", "provider", "status", "start", "ex_form"):
        less = {other: value for other, value in values.items() if other != name}
        assert [
            (p.field, p.severity) for p in schema.check_event(book, "EX", less, {"start": 1}, {})
        ] == [(name, "incomplete")]
    broken = {**values, "ex_troops_low": 2000}
    assert [p.message for p in schema.check_event(book, "EX", broken, {"start": 1}, {})] == [
        "The best figure is below the lowest."
    ]


# The published form and the parser agree


BROKEN = [
    ("codebook: {id: small,", "codebook: {id: Not Small,"),
    ("title: Small book, ", ""),
    ("version: 1.0.0", 'version: "1"'),
    ("language: en", "language: english language"),
    ("lists:\n", "list:\n"),
    ("  sizes:\n    - {code: s, label: small}\n    - {code: l, label: large}\n", "  sizes: []\n"),
    ("{code: s, label: small}", "{code: s}"),
    ("{code: s, label: small}", "{code: 's s', label: small}"),
    ("{code: s, label: small}", "{code: 1.5, label: small}"),
    ("{code: s, label: small}", "{code: s, label: small, meaning: m}"),
    ("name: troops", "name: Troops"),
    ("label: Troops, ", ""),
    ("label: Troops", "label: 5"),
    ("label: Troops", "label: {}"),
    ("label: Troops", "label: {'1': x}"),
    ("type: integer, minimum: 0", "type: whole, minimum: 0"),
    ("type: integer, minimum: 0", "type: integer, minimum: none"),
    ("type: integer, minimum: 0", "type: integer, level: nominal"),
    ("type: integer, minimum: 0", "type: text, minimum: 0"),
    ("type: integer, minimum: 0", "type: integer, rule: union"),
    ("type: integer, minimum: 0", "type: integer, missing: [-5]"),
    ("type: integer, minimum: 0", "type: integer, from_any_field: true"),
    ("type: integer, minimum: 0", "type: integer, options: [{code: 1, label: a}]"),
    ("type: integer, minimum: 0", "type: integer, required: 1"),
    ("type: integer, minimum: 0", "type: integer, required: true, required_if: 'low is set'"),
    ("type: integer, minimum: 0", "type: integer, required_if: 5"),
    ("type: integer, minimum: 0", "type: integer, required_if: ''"),
    ("options_from: sizes", "options_from: sizes, options: [{code: 1, label: a}]"),
    ("type: single_choice, options_from: sizes", "type: single_choice"),
    ("skip_for: [TO]", "skip_for: TO"),
    ("code: EX", "code: ex"),
    ("    definition: New text.\n", ""),
    ("definition: New text.", "definition: [New text.]"),
    ("definition: New text.", "definition: New text.\n    include: Protocols"),
    ("definition: New text.", "definition: New text.\n    boundary: [{versus: EX}]"),
    ("definition: New text.", "definition: New text.\n    examples: [{text: T}]"),
    ("definition: New text.", "definition: New text.\n    optional: maybe"),
    ("message: The end lies before the start.}", "}"),
    ("rules:\n  -", "alignment: {theta: 2}\nrules:\n  -"),
    ("rules:\n  -", "alignment: {weights: {type: -1}}\nrules:\n  -"),
    ("rules:\n  -", "near_misses: {rule: R}\nrules:\n  -"),
    ("rules:\n  -", "conventions: []\nrules:\n  -"),
    ("rules:\n  -", "assessment_records: {attributes: [{name: f}]}\nrules:\n  -"),
]  # fmt: skip


def test_form_and_parser_accept_the_small_codebook() -> None:
    assert (list(FORM.iter_errors(schema.tree(SMALL))), schema.problems_of(SMALL)) == ([], ())


@pytest.mark.parametrize(("before", "after"), BROKEN)
def test_form_and_parser_refuse_the_same_codebooks(before: str, after: str) -> None:
    assert before in SMALL
    broken = SMALL.replace(before, after, 1)

    assert list(FORM.iter_errors(schema.tree(broken))) != []
    assert schema.problems_of(broken) != ()


# The browser's JSON


def test_the_browser_gets_fields_conditions_and_types_and_nothing_empty() -> None:
    found = schema.to_json(small())

    assert list(found) == [
        "id",
        "title",
        "version",
        "language",
        "missing",
        "fields",
        "types",
        "rules",
    ]
    assert found["fields"]["reason"] == {
        "name": "reason", "label": "Reason", "kind": "text", "level": "none", "required_if": ["==", "status", {"value": 5}],
        "visible_if": ["==", "status", {"value": 5}], "missing": ["-9", "-8", "-7"],
    }  # fmt: skip
    assert found["fields"]["EX.troops"] == {
        "name": "troops", "label": "Troops", "kind": "integer", "level": "ratio", "missing": ["-9", "-8", "-7"], "minimum": 0,
    }  # fmt: skip
    assert found["fields"]["EX.form"]["options"] == [
        {"code": "cpx", "label": "command post"}, {"code": "ftx", "label": "field training"}, {"code": "none", "label": "none of these", "alone": True},
    ]  # fmt: skip
    assert found["types"][1] == {
        "code": "TO", "name": "treaty", "label": "Treaty", "family": "treaty", "definition": "New text.",
        "fields": ["title", "provider", "reason", "start", "end", "evidence", "TO.binding", "TO.words"],
    }  # fmt: skip
    assert found["rules"] == [
        {
            "condition": ["<=", "start", {"field": "end"}],
            "message": "The end lies before the start.",
            "fields": ["start", "end"],
        }
    ]


def test_translations_reach_the_browser() -> None:
    book = schema.parse(SMALL.replace("label: Troops", "label: {en: Troops, fr: Troupes}"))

    assert schema.to_json(book)["fields"]["EX.troops"]["label"] == {"en": "Troops", "fr": "Troupes"}


@pytest.mark.parametrize("name", SHIPPED)
def test_the_json_of_a_shipped_codebook_is_plain_whole_and_small(name: str) -> None:
    book = standard(name)

    packed = json.dumps(
        schema.to_json(book), ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )

    again = json.loads(packed)
    assert len(packed.encode()) < 80_000
    assert [t["code"] for t in again["types"]] == [t.code for t in book.types]
    for event_type in again["types"]:
        assert [again["fields"][key]["name"] for key in event_type["fields"]] == [
            f.name for f in book.fields_of(event_type["code"])
        ]
