"""doccano JSON Lines, sequence labelling: a document per line, passages with one label each, tied by relations.

doccano counts UTF-16 units unless a project counts grapheme clusters. It keeps further keys of a line (here
document, coder and round) and gives them back.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from coding.exchange import objects
from coding.exchange.codings import (
    Coding,
    Fault,
    Files,
    Found,
    Options,
    Passage,
    Reading,
    Unreadable,
    numbered,
)
from coding.exchange.offsets import NoPlace, Utf16, span_to_points
from coding.exchange.regions import Region, gathered, joined, only_marked, strange_labels
from coding.exchange.wording import Label

FILENAME = "doccano.jsonl"
RELATION = "same event"

LOSSES = (
    "Coded values: a passage carries one label (type and field), and nothing else.",
    "Fields without a marked passage, whole-document evidence, and events none of whose fields has a passage.",
    "The outcome of the reading and its reason, links between events, ids and whether it was handed in.",
)
HINTS = (
    "Make a project “Sequence Labeling” with “Use relation labeling” and “Allow overlapping spans” switched on and "
    "“Count grapheme clusters as one character” switched off; import as JSONL with relations.",
    "Offsets count UTF-16 units, as doccano does.",
)


def held(coding: Coding) -> Coding:
    short = only_marked(numbered(coding), with_values=False)
    return numbered(short)


def write(codings: Iterable[Coding]) -> dict[str, bytes]:
    lines = [
        json.dumps(_line(n, held(one)), ensure_ascii=False) for n, one in enumerate(codings, 1)
    ]
    return {FILENAME: "".join(f"{line}\n" for line in lines).encode()}


def _line(n: int, coding: Coding) -> dict[str, Any]:
    units = Utf16(coding.text)
    entities: list[dict[str, Any]] = []
    relations: list[dict[str, Any]] = []
    for event in coding.events:
        before = 0
        for name, spans in event.evidence.items():
            for span in spans:
                entities.append(
                    {
                        "id": len(entities) + 1,
                        "label": str(Label(event.type, name, event.near_miss)),
                        "start_offset": units.to_units(span.start),
                        "end_offset": units.to_units(span.end),
                    }
                )
                if before:
                    relations.append(
                        {
                            "id": len(relations) + 1,
                            "from_id": before,
                            "to_id": len(entities),
                            "type": RELATION,
                        }
                    )
                before = len(entities)
    return {
        "id": n,
        "text": coding.text,
        "entities": entities,
        "relations": relations,
        "document": coding.document,
        "coder": coding.coder,
        "round": coding.round,
    }


def read(files: Files, options: Options) -> Reading:
    items: list[Found | Fault] = []
    labels: Counter[str] = Counter()
    for name, content in files.items():
        for n, line in objects.lines(content):
            place = f"line {n}" if len(files) == 1 else f"{name}, line {n}"
            if isinstance(line, Fault):
                items.append(Fault(place, line.reason))
                continue
            try:
                regions = list(_regions(line, options))
                labels += strange_labels(regions, options)
                items.append(Found(place, _coding(line, regions, options)))
            except Unreadable as reason:
                items.append(Fault(place, str(reason)))
    return Reading(tuple(items), labels)


def _coding(line: Mapping[str, Any], regions: list[Region], options: Options) -> Coding:
    coder, sitting = objects.coder_and_sitting(objects.words(line.get("coder")))
    return Coding(
        document=objects.words(line.get("document")),
        coder=coder,
        events=gathered(regions, options),
        text=_text(line),
        round=objects.words(line.get("round")),
        sitting=sitting,
    )


def _text(line: Mapping[str, Any]) -> str:
    text = line.get("text", line.get("data"))
    if not isinstance(text, str):
        raise Unreadable("The line has no “text”; export from doccano as JSONL.")
    return text


def _regions(line: Mapping[str, Any], options: Options) -> Iterator[Region]:
    text = _text(line)
    units = Utf16(text) if options.unit == "utf-16" else None
    given = [objects.an_object(one, "An entity") for one in objects.a_list(line.get("entities"), "“entities”")]  # fmt: skip
    pairs = [
        (one.get("from_id"), one.get("to_id"))
        for one in objects.a_list(line.get("relations"), "“relations”")
        if isinstance(one, dict)
    ]
    events = joined([str(one.get("id")) for one in given], [(str(a), str(b)) for a, b in pairs])
    for one in given:
        span = one.get("start_offset"), one.get("end_offset")
        yield _region(text, units, span, one.get("label"), events.get(str(one.get("id")), ""))
    for key in ("label", "labels"):
        for triple in objects.a_list(line.get(key), f"“{key}”"):
            if not isinstance(triple, list) or len(triple) != 3:
                raise Unreadable(
                    f"“{key}” must hold [start, end, label]; this is no sequence labelling."
                )
            yield _region(text, units, (triple[0], triple[1]), triple[2], "")


def _region(
    text: str, units: Utf16 | None, span: tuple[Any, Any], label: Any, event: str
) -> Region:
    if not isinstance(label, str) or not label.strip():
        raise Unreadable("A marked run has no label.")
    try:
        start, end = span_to_points(units, *span) if units else _points(text, *span)
    except NoPlace as reason:
        raise Unreadable(f"The run {span[0]}-{span[1]} cannot be placed: {reason}.") from None
    return Region(label, Passage(start, end, quote=text[start:end]), event)


def _points(text: str, start: Any, end: Any) -> tuple[int, int]:
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise NoPlace(f"the text has {len(text)} characters")
    return start, end
