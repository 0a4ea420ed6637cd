"""A codebook in several languages: which it speaks, which one a person gets, the whole of it in that one."""

import pytest

from coding import schema
from tests.coding.books import SMALL, small

BOOK = schema.parse(
    SMALL.replace("label: Troops", "label: {en: Troops, fr: Soldats}")
    .replace("label: planned", "label: {en: planned, pt-BR: planejado}")
    .replace("definition: Units practise together.", "definition: {en: Units practise together., fr: Des unités s'exercent.}")
    .replace("message: The end lies before the start.", "message: {en: The end lies before the start., fr: La fin précède le début.}")
)  # fmt: skip


def test_languages_are_the_codebooks_own_then_the_others():
    assert schema.languages(small()) == ("en",)
    assert schema.languages(BOOK) == ("en", "fr", "pt-BR")


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        (["fr"], "fr"),
        (["fr-CA"], "fr"),
        (["FR"], "fr"),
        (["pt-br"], "pt-BR"),
        (["pt"], "en"),
        (["de", "fr"], "fr"),
        (["de"], "en"),
        ([], "en"),
    ],
)
def test_a_person_gets_the_first_language_they_want_and_else_the_codebooks_own(wanted, chosen):
    assert schema.chosen(schema.languages(BOOK), wanted) == chosen


def test_every_text_is_translated_where_it_can_be_and_nothing_else_changes():
    french = schema.translated(BOOK, "fr")

    field, status = french.field("EX", "troops"), french.field("EX", "status")
    assert (field.label, french.type("EX").definition, french.rules[0].message) == (
        "Soldats",
        "Des unités s'exercent.",
        "La fin précède le début.",
    )
    assert (status.options[0].label, status.label) == ("planned", "Status")
    assert [f.name for f in french.fields_of("EX")] == [f.name for f in BOOK.fields_of("EX")]
    assert french.rules[0].condition == BOOK.rules[0].condition
    assert schema.translated(BOOK, "en") is BOOK
    assert schema.differences(BOOK, french).meaning == tuple(
        change
        for change in schema.differences(BOOK, french).meaning
        if change.path.endswith("definition")
    )


@pytest.mark.parametrize(
    ("header", "languages"),
    [
        ("de-CH, fr;q=0.8, en;q=0.9, *;q=0.1", ("de-CH", "en", "fr")),
        ("fr;q=0, en", ("en",)),
        ("", ()),
        ("nonsense;;;, q=1,,", ()),
        ("fr;q=9", ()),
        ("x" * 100_000, ()),
    ],
)
def test_what_a_browser_asks_for(header, languages):
    assert schema.accepted(header) == languages
