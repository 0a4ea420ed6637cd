"""The demo project's content holds together: quotes occur, fields exist, codings could be submitted, decisions point somewhere.

Texts are read as the product reads them, so a change of a reader that moves a quote shows here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from coding import schema
from config.demo import content
from sources import reading

STANDARD = Path(__file__).resolve().parents[2] / "coding" / "standard"
ERROR_KINDS = {"", "slip", "codebook", "source", "alignment"}


@cache
def bodies() -> dict[str, str]:
    return {e.id: reading.read(e.path.read_bytes(), e.file).body for e in content.documents()}


def plainly_read(entry: content.Entry) -> str:
    text = (content.DOCUMENTS / (entry.source or entry.file)).read_text(encoding="utf-8")
    if entry.file.endswith(".html"):
        text = re.sub(r"(?s)<head>.*?</head>|<nav>.*?</nav>|<footer>.*?</footer>|<[^>]+>", "", text)
    return re.sub(r"(?m)^#+ |\*+", "", text)


@cache
def codebook() -> schema.Codebook:
    return schema.parse((STANDARD / "peacetime-alliance-commitments.yaml").read_text("utf-8"))


def counts(event: content.Event) -> dict[str, int]:
    return {name: len(quotes) for name, quotes in event.evidence.items()}


def all_events() -> list[tuple[str, content.Event]]:
    return [(f"{c.document} {c.coder}:{e.id}", e) for c in content.codings() for e in c.events]


def test_documents_are_the_files_of_the_folder_and_each_is_short() -> None:
    entries = content.documents()

    named = {e.file for e in entries} | {e.source for e in entries if e.source}
    assert named == {path.name for path in content.DOCUMENTS.iterdir()}
    assert len({e.id for e in entries}) == len(entries) == 20
    assert Counter(e.kind for e in entries) == {"treaty": 5, "news": 15}
    for entry in entries:
        words = len(plainly_read(entry).split())
        assert 120 <= words <= 500, (entry.id, words)


def test_texts_are_composed_unicode_with_line_feeds() -> None:
    for entry in content.documents():
        text = (content.DOCUMENTS / (entry.source or entry.file)).read_text(encoding="utf-8")
        assert text == unicodedata.normalize("NFC", text)
        assert "\r" not in text


def test_every_document_is_coded_by_two_or_three_coders_once_each() -> None:
    made = content.codings()

    for entry in content.documents():
        coders = content.coders_of(made, entry.id)
        assert coders in [("C1", "C2"), ("C1", "C3"), ("C2", "C3"), ("C1", "C2", "C3")], entry.id
    assert {c.document for c in made} == {e.id for e in content.documents()}


def test_every_quote_occurs_in_the_text_of_its_document() -> None:
    texts = bodies()

    lines = content.lines(texts)

    assert len(lines) == len(content.codings())
    for line in lines:
        body = texts[line["document"]]
        for event in [*line["events"], *line.get("near_misses", [])]:
            for spans in event["evidence"].values():
                for start, end in spans:
                    assert 0 <= start < end <= len(body)
                    assert body[start:end].strip() == body[start:end]


def test_a_quote_not_in_the_text_is_named_with_its_place() -> None:
    with pytest.raises(content.ContentInvalid, match="found 0 time"):
        content.place(content.Quote("no such words"), "Some other words.")
    assert content.place(content.Quote("a  b"), "x a\nb a b") == (2, 5)
    assert content.place(content.Quote("a b", 2), "x a\nb a b") == (6, 9)


def test_every_coding_could_be_submitted() -> None:
    """No field, code or state unknown, no required field blank, every value in its recorded form."""
    for where, event in all_events():
        problems = schema.check_event(
            codebook(), event.type, event.values, counts(event), event.whole_document
        )
        assert problems == (), where


def test_every_value_is_proved() -> None:
    for where, event in all_events():
        problems = schema.unproved(
            codebook(), event.type, event.values, counts(event), event.whole_document
        )
        assert problems == (), where


def test_no_value_stands_in_a_field_that_is_not_shown() -> None:
    for where, event in all_events():
        shown = schema.shown_fields(codebook(), event.type, event.values)
        assert set(event.values) | set(event.evidence) | set(event.whole_document) <= set(shown), (
            where
        )


def test_near_misses_name_a_type_and_a_reason_of_the_codebook() -> None:
    for coding in content.codings():
        for near_miss in coding.near_misses:
            where = (coding.document, coding.coder, near_miss.id)
            assert near_miss.reason in {r.code for r in codebook().near_miss_reasons}, where
            names = {field.name for field in codebook().fields_of(near_miss.type)}
            assert set(near_miss.values) | set(near_miss.evidence) <= names, where


def test_linked_events_are_the_coders_own() -> None:
    for coding in content.codings():
        own = {event.id for event in coding.events}
        for event in coding.events:
            assert event.values.get("linked_event", event.id) in own, (coding.document, event.id)


def test_outcomes_fit_their_events() -> None:
    for coding in content.codings():
        assert bool(coding.events) == (coding.outcome == "events"), (coding.document, coding.coder)
    assert Counter(c.outcome for c in content.codings()) == {
        "events": 46,
        "no_event": 4,
        "cannot_code": 1,
    }


def test_every_type_but_the_optional_one_is_coded() -> None:
    kinds = Counter(event.type for _, event in all_events())

    assert set(kinds) == {"IC", "EX", "MA", "FT", "MB", "AO", "OC", "TO", "CS", "BS", "IT"}
    assert sum(kinds.values()) == 85


def test_decisions_point_at_events_and_say_one_thing_each() -> None:
    events = {
        (coding.document, f"{coding.coder}:{event.id}"): event
        for coding in content.codings()
        for event in coding.events
    }

    for decision in content.decisions():
        where = (decision.document, decision.about, decision.field)
        names = {"*", "event_type"}
        names |= {f.name for f in codebook().fields_of(events[where[:2]].type)}
        assert decision.field is None or decision.field in names, where
        assert decision.error_kind in ERROR_KINDS, where
        assert decision.reason, where
        said = [decision.take, decision.value, decision.keep]
        assert sum(one is not None for one in said) == 1, where
        assert (decision.field is None) == (decision.keep is not None), where
        assert decision.field != "*" or decision.take, where
    places = [(d.document, d.about, d.field) for d in content.decisions()]
    assert len(set(places)) == len(places)


def test_some_conflicts_are_settled_and_some_left_open() -> None:
    settled = [d for d in content.decisions() if d.field == "*"]
    refused = [d for d in content.decisions() if d.keep == 0]

    assert (len(content.decisions()), len(settled), len(refused)) == (60, 15, 3)


def test_the_pdf_is_what_its_script_makes() -> None:
    make_pdf = pytest.importorskip("config.demo.make_pdf")
    source = (content.DOCUMENTS / f"{make_pdf.NAME}.md").read_text(encoding="utf-8")

    assert make_pdf.make(source) == (content.DOCUMENTS / f"{make_pdf.NAME}.pdf").read_bytes()
