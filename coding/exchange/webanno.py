"""WebAnno TSV 3.3, as INCEpTION and WebAnno read and write it: one file per coding, a row per token.

Offsets count UTF-16 units. A passage is a span of one layer with the features event, label and value. White space
between sentences is not in the format, only how much there is of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
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
from coding.exchange.offsets import NoPlace, Utf16
from coding.exchange.regions import NOTHING, Region, gathered, only_marked, strange_labels
from coding.exchange.wording import Label, heard, told

HEADER = "#FORMAT=WebAnno TSV 3."
LAYER = "webanno.custom.ConcordPassage"
FEATURES = ("event", "label", "value")
_SPAN, _RELATION, _CHAIN = "#T_SP=", "#T_RL=", "#T_CH="

LOSSES = (
    "Fields without a marked passage: their values, whole-document evidence, and events none of whose fields has a passage.",
    "The outcome of the reading and its reason, links to events without a passage or of other documents, ids, "
    "the version of the codebook, and whether the coding was handed in.",
    "White space at the ends of a passage, and passages of white space only: the format marks tokens.",
)
HINTS = (
    f"Before importing, make a span layer named “ConcordPassage” ({LAYER}) in INCEpTION with the text features "
    "event, label and value; let it anchor to characters, overlap, and cross sentences.",
    "Offsets count UTF-16 units, as INCEpTION does. The folders say round and document, the file name the coder.",
)

_TOKEN = re.compile(r"\w+|[^\w\s]")
_ESCAPED = {"\t": "\\t", "\n": "\\n"}
_RESERVED = re.compile(r"\\|\[|\]|\||_|->|;|\t|\n|\*")
_CONTROLS = {"\t": "t", "\n": "n", "\f": "f", "\r": "r", "\b": "b", "\\": "\\"}
_LETTERS = {letter: control for control, letter in _CONTROLS.items()}
_UNSAFE = re.compile(r'[/\\:*?"<>|%\x00-\x1f]|^\.+|\.$| $')


def held(coding: Coding) -> Coding:
    short = numbered(coding)
    trimmed = tuple(
        replace(
            event,
            evidence={
                name: tuple(
                    sorted(
                        {one for span in spans if (one := _trimmed(coding.text, span))}, key=_start
                    )
                )
                for name, spans in event.evidence.items()
            },
        )
        for event in short.events
    )
    marked = replace(
        only_marked(replace(short, events=trimmed), with_values=True), sitting=coding.sitting
    )
    return numbered(marked)


def _start(passage: Passage) -> tuple[int, int]:
    return passage.start, passage.end


def _trimmed(text: str, span: Passage) -> Passage | None:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Passage(start, start + len(words.strip())) if words.strip() else None


# -- writing


@dataclass(frozen=True)
class _Mark:
    """A span annotation: its place and what its features say."""

    n: int
    start: int
    end: int
    features: tuple[str | None, ...]


def write(codings: Iterable[Coding]) -> dict[str, bytes]:
    return {
        _path(coding): _file(held(coding)).encode() for coding in codings if coding.text.strip()
    }


def _path(coding: Coding) -> str:
    coder = coding.coder if coding.sitting == 1 else f"{coding.coder}/{coding.sitting}"
    parts = [part for part in (coding.round, coding.document, coder) if part]
    return "/".join(map(_safe, parts)) + ".tsv"


def _safe(name: str) -> str:
    return _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), name)


def _unsafe(name: str) -> str:
    return re.sub(
        r"(?:%[0-9A-F]{2})+",
        lambda found: bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace"),
        name,
    )


def _file(coding: Coding) -> str:
    marks = list(_marks(coding))
    units = Utf16(coding.text)
    rows = [f"{HEADER}3", f"{_SPAN}{LAYER}|{'|'.join(FEATURES)}", ""]
    sentence = 0
    at = 0
    for line in coding.text.split("\n"):
        if line.strip():
            sentence += 1
            begin = at + len(line) - len(line.lstrip())
            words = line.strip()
            rows += ["", f"#Text={_escaped_text(words)}"]
            rows += _tokens(words, begin, sentence, marks, units)
        at += len(line) + 1
    return "\n".join([*rows, ""])


def _marks(coding: Coding) -> Iterator[_Mark]:
    n = 0
    for event in coding.events:
        for name, spans in event.evidence.items():
            for place, span in enumerate(spans):
                n += 1
                value = told(event.values[name]) if place == 0 and name in event.values else None
                label = str(Label(event.type, name, event.near_miss))
                yield _Mark(n, span.start, span.end, (event.id, label, value))


def _tokens(
    words: str, begin: int, sentence: int, marks: Sequence[_Mark], units: Utf16
) -> Iterator[str]:
    near = [mark for mark in marks if mark.start < begin + len(words) and mark.end > begin]
    for n, token in enumerate(_TOKEN.finditer(words), start=1):
        start, end = begin + token.start(), begin + token.end()
        over = [mark for mark in near if mark.start < end and mark.end > start]
        whole = [mark for mark in over if mark.start <= start and mark.end >= end]
        yield _row(f"{sentence}-{n}", start, end, token[0], whole, units)
        parts = sorted(
            {(max(mark.start, start), min(mark.end, end)) for mark in over if mark not in whole}
        )
        for place, (first, last) in enumerate(parts, start=1):
            here = [
                mark
                for mark in over
                if mark not in whole
                and (max(mark.start, start), min(mark.end, end)) == (first, last)
            ]
            yield _row(
                f"{sentence}-{n}.{place}",
                first,
                last,
                token[0][first - start : last - start],
                here,
                units,
            )


def _row(uid: str, start: int, end: int, words: str, marks: Sequence[_Mark], units: Utf16) -> str:
    cells = [uid, f"{units.to_units(start)}-{units.to_units(end)}", words]
    for place in range(len(FEATURES)):
        cells.append("|".join(_cell(mark.features[place], mark.n) for mark in marks) or "_")
    return "\t".join([*cells, ""])


def _cell(value: str | None, n: int) -> str:
    return f"{'*' if value is None else _escaped_value(value)}[{n}]"


def _escaped_value(value: str) -> str:
    return _RESERVED.sub(lambda found: _ESCAPED.get(found[0], f"\\{found[0]}"), value)


def _value(written: str) -> str:
    return re.sub(
        r"\\(->|.)", lambda found: {"t": "\t", "n": "\n"}.get(found[1], found[1]), written
    )


def _escaped_text(text: str) -> str:
    return "".join(
        f"\\{_CONTROLS[letter]}"
        if letter in _CONTROLS
        else f"\\{letter}"
        if letter < " " and letter != "\v"
        else letter
        for letter in text
    )


def _text(written: str) -> str:
    return re.sub(
        r"\\(.)", lambda found: _LETTERS.get(found[1], found[1]), written, flags=re.DOTALL
    )


# -- reading


def read(files: Files, options: Options) -> Reading:
    items: list[Found | Fault] = []
    labels: Counter[str] = Counter()
    for name, content in files.items():
        try:
            text, regions = _File(content).read()
            labels += strange_labels(regions, options)
            document, coder, of_round = _named(name)
            label, sitting = objects.coder_and_sitting(coder)
            items.append(
                Found(
                    name,
                    Coding(
                        document,
                        label,
                        gathered(regions, options),
                        text=text,
                        round=of_round,
                        sitting=sitting,
                    ),
                )
            )
        except Unreadable as reason:
            items.append(Fault(name, str(reason)))
    return Reading(tuple(items), labels)


def _named(path: str) -> tuple[str, str, str]:
    """Document, coder and round of `round/document/coder.tsv`; a lone file is called like its document.

    INCEpTION's own export of a project has `annotation/document/coder.tsv`.
    """
    parts = [_unsafe(part) for part in path.removesuffix(".tsv").split("/") if part]
    if len(parts) == 1:
        return parts[0], "", ""
    of_round = parts[-3] if len(parts) > 2 and parts[-3] not in ("annotation", "curation") else ""
    return parts[-2], parts[-1], of_round


@dataclass
class _Column:
    layer: str
    feature: str


class _File:
    """One file: its text as far as it can be told, and its spans."""

    def __init__(self, content: bytes) -> None:
        try:
            self.lines = content.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
        except UnicodeDecodeError as error:
            raise Unreadable(f"The file is not UTF-8 (byte {error.start + 1}).") from None
        if not self.lines[0].startswith(HEADER):
            raise Unreadable("The file does not begin with #FORMAT=WebAnno TSV 3.")
        self.columns: list[_Column | None] = []
        self.text = ""
        self.length = 0  # of the text in units
        self.marks: dict[tuple[str, str], dict[str, Any]] = {}

    def read(self) -> tuple[str, list[Region]]:
        waiting: list[str] = []
        for n, line in enumerate(self.lines, start=1):
            if line.startswith(_SPAN):
                self._span_layer(line.removeprefix(_SPAN))
            elif line.startswith((_RELATION, _CHAIN)):
                # One column per feature, and for a relation one more for where it comes from.
                self.columns += [None] * line.count("|")
            elif line.startswith("#Text="):
                waiting.append(_text(line.removeprefix("#Text=")))
            elif line and not line.startswith("#"):
                try:
                    self._row(line.split("\t"), n, waiting)
                except (ValueError, IndexError) as error:
                    if isinstance(error, Unreadable):
                        raise
                    raise Unreadable(f"Line {n} is no row of a WebAnno TSV.") from None
                waiting = []
        units = Utf16(self.text)
        return self.text, [
            self._region(layer, mark, units) for (layer, _), mark in self.marks.items()
        ]

    def _span_layer(self, declared: str) -> None:
        layer, _, features = declared.partition("|")
        names = features.split("|") if features else [""]
        for at, name in enumerate(names):
            is_slot = name.startswith("ROLE_") or (at > 0 and names[at - 1].startswith("ROLE_"))
            self.columns.append(None if is_slot else _Column(layer, name))

    def _row(self, cells: list[str], n: int, waiting: list[str]) -> None:
        begin, _, end = cells[1].partition("-")
        start, stop = int(begin), int(end)
        if waiting:
            self._sentence("\n".join(waiting), start)
        if len(cells) < 3 + len(self.columns):
            raise Unreadable(
                f"Line {n} has {len(cells)} cells; the header asks for {3 + len(self.columns)}."
            )
        for at, column in enumerate(self.columns):
            cell = cells[3 + at]
            if column is None or cell == "_":
                continue
            for stacked, written in enumerate(re.split(r"(?<!\\)\|", cell)):
                self._annotate(column, written, f"{cells[0]}/{stacked}", start, stop)

    def _sentence(self, words: str, start: int) -> None:
        """White space up to the sentence, as much as the offsets say; a line feed first where there is any."""
        gap = start - self.length
        if gap < 0:
            raise Unreadable(f"The sentence at {start} begins before the last one has ended.")
        padding = "" if not gap else ("\n" if self.text else " ") + " " * (gap - 1)
        self.text += padding + words
        self.length = start + Utf16(words).to_units(len(words))

    def _annotate(self, column: _Column, written: str, place: str, start: int, stop: int) -> None:
        found = re.fullmatch(r"(?P<value>.*)(?<!\\)\[(?P<n>\d+)\]", written, re.DOTALL)
        name = f"[{found['n']}]" if found else place
        value = found["value"] if found else written
        mark = self.marks.setdefault(
            (column.layer, name), {"start": start, "end": stop, "features": {}}
        )
        mark["start"], mark["end"] = min(mark["start"], start), max(mark["end"], stop)
        if value != "*":
            mark["features"][column.feature] = _value(value)

    def _region(self, layer: str, mark: dict[str, Any], units: Utf16) -> Region:
        try:
            start, end = units.to_points(mark["start"]), units.to_points(mark["end"])
        except NoPlace as reason:
            raise Unreadable(
                f"The span {mark['start']}-{mark['end']} cannot be placed: {reason}."
            ) from None
        features: dict[str, str] = mark["features"]
        passage = Passage(start, end)
        if layer == LAYER:
            value = heard(features["value"]) if "value" in features else NOTHING
            return Region(features.get("label", ""), passage, features.get("event", ""), value)
        short = layer.rpartition(".")[2]
        said = "; ".join(f"{name}={value}" for name, value in sorted(features.items()) if name)
        return Region(f"{short}: {said}" if said else short, passage)
