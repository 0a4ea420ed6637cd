"""What is in a file that was brought: what a person has to be asked of it, and its codings with the answers.

Taking them in is `exchanging`'s; the formats themselves are `exchange`'s.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from coding import codebooks, importing, receiving
from coding.exchange import FORMATS, detecting, spreadsheets, tables
from coding.exchange.codings import Options, Unreadable
from coding.exchange.spreadsheets import Said, Sheet
from coding.importing import Item, LineProblem
from coding.models import Codebook, Exchange, Round
from coding.receiving import Answers
from projects import files
from projects.refusals import Invalid
from sources.state_lists import ProjectStates

MOST_LABELS = 300


def look_into(content: bytes, filename: str, format: str, book: Codebook | None) -> dict[str, Any]:
    """What a person has to be asked of a file: its columns, or its labels and names. Raises Unreadable."""
    if format == detecting.SPREADSHEET:
        table = tables.read(content, filename)
        proposed = spreadsheets.propose(table.headers, book.parsed) if book else {}
        return {
            "rows": len(table.rows),
            "columns": [
                {"header": one, "sample": table.sample(one), "proposed": proposed.get(one, "")}
                for one in table.headers
            ],
        }
    found = detecting.files_of(content, filename)
    reader = FORMATS[format].read
    if reader is None:
        lines = sum(1 for line in _lines(found) if line.strip())
        return {"rows": lines, "names_rounds": True}
    types = _types(book)
    reading = reader(found, Options(types=types))
    if reading.labels:
        # Who and what is in it can be told before it is said what the labels mean: any type does for that.
        meant = dict.fromkeys(reading.labels, min(types, default="X"))
        reading = reader(found, Options(labels=meant, types=types))
    if len(reading.labels) > MOST_LABELS:
        raise Unreadable(
            f"The file has {len(reading.labels):,} different labels; at most {MOST_LABELS} can be said one by one."
        )
    names = sorted({one.coder for one in reading.codings})
    return {
        "rows": len(reading.items),
        "labels": dict(sorted(reading.labels.items())),
        "coders": [name for name in names if name],
        "names_rounds": any(one.round for one in reading.codings),
        "is_nameless": "" in names,
        "is_undocumented": any(not one.document and not one.text for one in reading.codings),
        "has_empty": any(not one.events and not one.outcome for one in reading.codings),
    }


def _types(book: Codebook | None) -> frozenset[str]:
    return frozenset(one.code for one in book.parsed.types) if book else frozenset()


def _lines(found: dict[str, bytes]) -> list[bytes]:
    return [line for content in found.values() for line in content.split(b"\n")]


@dataclass(frozen=True)
class Asked:
    """An exchange's options as they are used."""

    exchange: Exchange
    options: dict[str, Any]

    @property
    def new_round(self) -> str:
        return str(self.options.get("new_round") or "")

    def round(self) -> Round | None:
        project = self.exchange.project
        named = Round.objects.filter(project=project).select_related("codebook", "project")
        if self.new_round:
            return named.filter(name=self.new_round).first()
        wanted = self.options.get("round")
        return named.filter(public_id=wanted).first() if wanted else None

    def codebook(self) -> Codebook:
        chosen = self.round()
        if chosen is not None:
            return chosen.codebook
        if self.new_round:
            return codebooks.current(self.exchange.project)
        opened = list(
            Round.objects.filter(
                project=self.exchange.project, state=Round.State.OPEN
            ).select_related("codebook")[:2]
        )
        return opened[0].codebook if opened else codebooks.current(self.exchange.project)

    @property
    def answers(self) -> Answers:
        said = self.options
        return Answers(
            coder=said.get("coder", ""),
            coders=said.get("coders", {}),
            document=said.get("document", ""),
            empty=said.get("empty", ""),
        )

    @property
    def said(self) -> Said:
        said = self.options
        return Said(
            columns={
                header: target for header, target in said.get("columns", {}).items() if target
            },
            coder=said.get("coder", ""),
            type=said.get("type", ""),
            types=said.get("types", {}),
            blanks=frozenset(said.get("blanks", [])),
            filename=self.exchange.filename,
        )


@dataclass(frozen=True)
class Read:
    """The codings of a file on their way in; of a table also its sheets, the rows that are none, and unknown types."""

    items: Sequence[Item]
    sheets: Sequence[Sheet] = ()
    problems: Sequence[LineProblem] = ()
    strange_types: Mapping[str, int] = field(default_factory=dict)


def read(exchange: Exchange) -> Read:
    content = files.read(exchange.sha256)
    asked = Asked(exchange, exchange.options)
    if exchange.format == detecting.SPREADSHEET:
        return _read_table(content, asked)
    found = detecting.files_of(content, exchange.filename)
    reader = FORMATS[exchange.format].read
    if reader is None:
        return Read(list(importing.items_of(_lines(found))))
    said = exchange.options
    types = _types(asked.codebook())
    reading = reader(found, Options(said.get("labels", {}), said.get("unit") or "utf-16", types))
    return Read(list(receiving.items(exchange.project, reading.items, asked.answers)))


def _read_table(content: bytes, asked: Asked) -> Read:
    project = asked.exchange.project
    table = tables.read(content, asked.exchange.filename)
    book = asked.codebook().parsed
    wrong = spreadsheets.check(asked.said, table.headers, book)
    if wrong:
        raise Invalid(" ".join(wrong))
    found = spreadsheets.understood(table.rows, asked.said, book, ProjectStates(project.pk))
    faults = sorted([*table.faults, *found.faults], key=lambda one: one.row)
    problems = [LineProblem(one.row, one.reason, f"row {one.row}", one.column) for one in faults]
    items = receiving.sheet_items(project, found.sheets, asked.said, made_of(asked, found.sheets))
    return Read(list(items), found.sheets, problems, found.strange_types)


def made_of(asked: Asked, sheets: Iterable[Sheet]) -> dict[str, str]:
    """What the document of each source is called that has no document of its own yet."""
    stem = PurePosixPath(asked.exchange.filename).stem[:100].replace(";", "_")
    return {
        sheet.source: f"{stem}-{hashlib.sha256(sheet.source.encode()).hexdigest()[:10]}"
        for sheet in sheets
        if sheet.source
    }
