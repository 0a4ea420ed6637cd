"""The demo project's content holds together: quotes occur, fields exist, codings could be submitted, decisions point somewhere.

With the product's own reader and codebook where the tree has them, else with a plain reading of the same files.
"""

from __future__ import annotations

import importlib.util
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.demo import content

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("CONCORD_SHARED", ROOT.parent / "shared"))
COMMON_DATES = {"start_earliest": "start", "end_earliest": "end"}
DERIVED = {"event_type", "start_latest", "start_precision", "end_latest", "end_precision"}
OWN_WORDS = {"title", "note", "coder_confidence"}  # said by the coder, so no passage can prove them
ERROR_KINDS = {"coder_slip", "codebook_unclear", "source_ambiguous", "alignment_wrong"}


@cache
def bodies() -> dict[str, str]:
    if importlib.util.find_spec("sources.reading") is not None:
        from sources import reading

        if hasattr(reading, "read"):
            return {
                e.id: reading.read(e.path.read_bytes(), e.file).body for e in content.documents()
            }
    return {entry.id: plainly_read(entry) for entry in content.documents()}


def plainly_read(entry: content.Entry) -> str:
    text = (content.DOCUMENTS / (entry.source or entry.file)).read_text(encoding="utf-8")
    if entry.file.endswith(".html"):
        text = re.sub(r"(?s)<head>.*?</head>|<nav>.*?</nav>|<footer>.*?</footer>|<[^>]+>", "", text)
    return re.sub(r"(?m)^#+ |\*+", "", text)


@cache
def codebook() -> Mapping[str, Any]:
    shipped = sorted((ROOT / "coding" / "standard").glob("*.yaml"))
    for path in [*shipped, SHARED / "codebook.yaml"]:
        if path.exists():
            loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
            if "common_attributes" in loaded:
                return loaded
    pytest.skip("no codebook in coding/standard and none beside the project")


@cache
def fields_of(type_code: str) -> dict[str, Mapping[str, Any]]:
    (of_type,) = [t for t in codebook()["event_types"] if t["code"] == type_code]
    common = [f for f in codebook()["common_attributes"] if type_code not in f.get("skip_for", ())]
    named = [*common, *of_type["attributes"]]
    return {COMMON_DATES.get(f["name"], f["name"]): f for f in named if f["name"] not in DERIVED}


def is_asked_for(field: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    if field.get("required"):
        return True
    condition = field.get("required_if")
    if not condition:
        return False
    name, operator, wanted = condition.split(maxsplit=2)
    name = COMMON_DATES.get(name, name)
    if operator == "is":
        return name in values
    if name not in values:
        return False
    value, wanted = values[name], yaml.safe_load(wanted)
    if isinstance(value, str) and value.startswith("-"):  # unknown asks for nothing more
        return False
    match operator:
        case "==":
            return value == wanted
        case "!=":
            return value != wanted
        case "in":
            return value in wanted
        case "<":
            return value < wanted
    raise AssertionError(condition)


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


def test_every_type_and_field_stands_in_the_codebook() -> None:
    for where, event in all_events():
        fields = fields_of(event.type)
        assert set(event.values) <= set(fields), where
        assert set(event.evidence) | set(event.whole_document) <= set(fields), where


def test_every_code_stands_in_the_codebook() -> None:
    for where, event in all_events():
        for name, value in event.values.items():
            field = fields_of(event.type)[name]
            if "options" not in field or value in ("-9", "-8", "-7"):
                continue
            codes = [option["code"] for option in field["options"]]
            given = value if field["type"] == "multi_choice" else [value]
            assert given == [code for code in codes if code in given], (where, name)


def test_states_are_listed_in_order_and_sets_without_repeats() -> None:
    for where, event in all_events():
        for name, value in event.values.items():
            if fields_of(event.type)[name]["type"] == "state_list" and isinstance(value, list):
                assert value == sorted(set(value)), (where, name)


def test_every_coding_is_complete() -> None:
    """All that a submission demands: required fields filled, and each value proved or said to rest on the whole."""
    for where, event in all_events():
        for name, field in fields_of(event.type).items():
            filled = name in (event.evidence if field["type"] == "spans" else event.values)
            assert filled or not is_asked_for(field, event.values), (where, name)
        for name, value in event.values.items():
            proved = name in event.evidence or name in event.whole_document
            assert proved or name in OWN_WORDS or value == "-8", (where, name)


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


def test_decisions_point_at_events_and_take_what_a_coder_gave() -> None:
    events: dict[tuple[str, str], content.Event] = {}
    for coding in content.codings():
        for event in coding.events:
            events[coding.document, f"{coding.coder}:{event.id}"] = event

    for decision in content.decisions():
        where = (decision.document, decision.about, decision.field)
        assert (decision.document, decision.about) in events, where
        assert decision.error_kind in ERROR_KINDS, where
        assert decision.reason, where
        given = [decision.take is not None, decision.value is not None, decision.keep is not None]
        assert sum(given) == 1, where
        assert (decision.field is None) == (decision.keep is not None), where
    places = [(d.document, d.about, d.field) for d in content.decisions()]
    assert len(set(places)) == len(places)


def test_the_pdf_is_what_its_script_makes() -> None:
    make_pdf = pytest.importorskip("config.demo.make_pdf")
    source = (content.DOCUMENTS / f"{make_pdf.NAME}.md").read_text(encoding="utf-8")

    assert make_pdf.make(source) == (content.DOCUMENTS / f"{make_pdf.NAME}.pdf").read_bytes()
