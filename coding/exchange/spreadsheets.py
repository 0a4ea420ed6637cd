"""Hand-coded tables: a row is an event, its columns what a person says they are; rows of one coder and document one coding.

Cells are read against the codebook here, so that what is wrong is told by row and column. Opening the file is `tables`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from coding import schema
from coding.exchange.codings import Coding, Event, Passage

# What a column can be besides a field of the codebook.
ROLES = {
    "@document": "own id of the document",
    "@coder": "coder",
    "@type": "event type",
    "@id": "id of the event",
    "@source": "source",
    "@notes": "notes",
    "@passage": "quoted passage",
}
_NAMES = {
    "@document": ("document", "doc", "document id", "doc id", "docid", "article id", "document_id", "text id"),
    "@coder": ("coder", "coder id", "annotator", "coded by", "ra"),
    "@type": ("event type", "type", "event_type", "eventtype", "category"),
    "@id": ("event id", "id", "event_id", "eventid", "case", "obs"),
    "@source": ("source", "sources", "citation", "reference", "source citation"),
    "@notes": ("notes", "note", "comments", "comment", "remarks"),
    "@passage": ("passage", "quote", "quotation", "evidence", "excerpt"),
}  # fmt: skip
LONGEST_REASON = 2_000


@dataclass(frozen=True)
class Row:
    n: int  # as a spreadsheet counts: the header is 1
    cells: Mapping[str, Any]


@dataclass(frozen=True)
class CellFault:
    row: int
    column: str
    reason: str


@dataclass(frozen=True)
class Said:
    """What a person says of a table. `columns`: header -> field or role; `types`: what the table calls an event type ->
    its code; `blanks`: what means "not coded".
    """

    columns: Mapping[str, str]
    coder: str = ""
    type: str = ""
    types: Mapping[str, str] = field(default_factory=dict)
    blanks: frozenset[str] = frozenset()
    filename: str = "the table"

    def column(self, target: str) -> str:
        return next((header for header, what in self.columns.items() if what == target), "")


@dataclass(frozen=True)
class Sheet:
    """One coder's rows about one document, or about one source that is no document yet."""

    coding: Coding
    rows: tuple[int, ...]
    source: str = ""


@dataclass
class Understood:
    sheets: list[Sheet] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    rows: int = 0
    # What the table calls an event type and nobody has said what it means, with how often.
    strange_types: dict[str, int] = field(default_factory=dict)


def propose(headers: Iterable[str], codebook: schema.Codebook) -> dict[str, str]:
    """What each column probably is, by its name; each field and role once."""
    names: dict[str, str] = {}
    for _, one in codebook.every_field():
        if one.kind == "spans":
            continue
        for name in (one.name, str(one.label)):
            names.setdefault(_simple(name), one.name)
    # A note to the adjudicator is a field of its own where the codebook has one.
    for role, known in _NAMES.items():
        for name in known:
            names.setdefault(_simple(name), role)
    names["eventtype"] = "@type"
    proposed: dict[str, str] = {}
    for header in headers:
        simple = _simple(header)
        target = names.get(simple) or names.get(simple.removesuffix("s"), "")
        if target and target not in proposed.values():
            proposed[header] = target
    return proposed


def _simple(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def check(said: Said, headers: Sequence[str], codebook: schema.Codebook) -> list[str]:
    """What is wrong with what was said of the columns, in plain words."""
    known = {one.name for _, one in codebook.every_field()} | set(ROLES)
    wrong = [
        f"The table has no column “{header}”." for header in said.columns if header not in headers
    ]
    targets = list(said.columns.values())
    wrong += [
        f"“{one}” is neither a field of the codebook nor one of {', '.join(ROLES)}."
        for one in sorted(set(targets) - known)
    ]
    wrong += [
        f"Two columns are said to be “{one}”."
        for one in sorted(set(targets))
        if targets.count(one) > 1
    ]
    if not said.type and "@type" not in targets:
        wrong.append("Say which column holds the event type, or which type all rows are.")
    if not said.coder and "@coder" not in targets:
        wrong.append("Say which column holds the coder, or whose coding all rows are.")
    if not {"@document", "@source"} & set(targets):
        wrong.append("Say which column holds the document's id, or else the source.")
    return wrong


def understood(
    rows: Iterable[Row], said: Said, codebook: schema.Codebook, states: schema.States
) -> Understood:
    """Every row as an event, or what is wrong with it; a bad row keeps its whole coding out, and the others stay."""
    result = Understood()
    gathered: dict[tuple[str, str, str], list[tuple[int, Event]]] = {}
    spoilt: set[tuple[str, str, str]] = set()
    for row in rows:
        reader = _Row(row, said, codebook, states)
        if reader.is_empty:
            continue
        result.rows += 1
        key = reader.key()
        event = reader.event()
        if reader.strange_type:
            known = result.strange_types
            known[reader.strange_type] = known.get(reader.strange_type, 0) + 1
        if reader.faults:
            result.faults += reader.faults
            spoilt.add(key)
        gathered.setdefault(key, []).append((row.n, event))
    for key, events in gathered.items():
        document, source, coder = key
        places = tuple(n for n, _ in events)
        if key in spoilt:
            bad = {one.row for one in result.faults}
            result.faults += [
                CellFault(n, "", "Not taken in, because another row of the same coding is wrong.")
                for n in places
                if n not in bad
            ]
            continue
        found = tuple(event for _, event in events)
        result.sheets.append(Sheet(Coding(document, coder, found, "events"), places, source))
    result.faults.sort(key=lambda one: one.row)
    return result


class _Row:
    def __init__(
        self, row: Row, said: Said, codebook: schema.Codebook, states: schema.States
    ) -> None:
        self.row, self.said, self.codebook, self.states = row, said, codebook, states
        self.faults: list[CellFault] = []
        self.strange_type = ""

    @property
    def is_empty(self) -> bool:
        return not any(_plain(cell) for cell in self.row.cells.values())

    def _cell(self, target: str) -> Any:
        """The cell of a column that is this, None where it is blank or there is none."""
        cell = self.row.cells.get(self.said.column(target))
        words = _plain(cell)
        return None if not words or words in self.said.blanks else cell

    def _words(self, target: str) -> str:
        return _plain(self._cell(target))

    def _fault(self, target: str, reason: str) -> None:
        self.faults.append(CellFault(self.row.n, self.said.column(target) or target, reason))

    def key(self) -> tuple[str, str, str]:
        document = self._words("@document")
        source = "" if document else self._words("@source")
        coder = self._words("@coder") or self.said.coder
        if not document and not source:
            target = "@document" if self.said.column("@document") else "@source"
            self._fault(target, "Neither a document nor a source is named.")
        if not coder:
            self._fault("@coder", "No coder is named.")
        return document, source, coder

    def event(self) -> Event:
        code = self._type()
        values: dict[str, Any] = {}
        for header, target in self.said.columns.items():
            if target.startswith("@") or not target or self._cell(target) is None or not code:
                continue
            field_ = self.codebook.find_field(code, target)
            if field_ is None:
                self._fault(target, f"Events of type {code} have no field “{target}”.")
                continue
            try:
                values[target] = schema.read_value(
                    field_, _coded(field_, self.row.cells[header]), states=self.states
                )
            except schema.ValueInvalid as refusal:
                self._fault(target, str(refusal))
        quote = self._words("@passage")
        evidence = dict.fromkeys(values, (Passage(-1, -1, quote=quote),)) if quote else {}
        reason = self._reason()
        if len(reason) > LONGEST_REASON:
            self._fault(
                "@notes" if self.said.column("@notes") else "@source",
                f"Source and notes have more than {LONGEST_REASON:,} characters together.",
            )
        whole = {} if evidence and not self._words("@source") and not self._words("@notes") else dict.fromkeys(values, reason)  # fmt: skip
        return Event(self._words("@id"), code, values, evidence, whole)

    def _type(self) -> str:
        words = self._words("@type")
        if not words:
            if not self.said.type:
                self._fault("@type", "No event type is given.")
            return self.said.type
        if self.codebook.has_type(said := self.said.types.get(words, "")):
            return said
        for one in self.codebook.types:
            if words.casefold() in (one.code.casefold(), one.name.casefold(), one.label.casefold()):
                return one.code
        self.strange_type = words
        codes = ", ".join(one.code for one in self.codebook.types)
        self._fault("@type", f"“{words}” is no event type of the codebook ({codes}).")
        return ""

    def _reason(self) -> str:
        """Why no passage is marked, with the source and the notes as the table has them."""
        told = [f"Coded by hand before: {self.said.filename}, row {self.row.n}."]
        for target, name in (("@source", "Source"), ("@notes", "Notes")):
            if words := self._words(target):
                told.append(f"{name}: {words}")
        return " ".join(told)


def _coded(field_: schema.Field, cell: Any) -> Any:
    """A label of a choice stands for its code: hand-coded tables often write it out."""
    if field_.kind not in ("single_choice", "multi_choice") or not isinstance(cell, str):
        return _value(cell)
    codes = {option.label.casefold(): option.code for option in field_.options}
    if field_.kind == "single_choice":
        return codes.get(cell.strip().casefold(), cell)
    parts = [part.strip() for part in cell.split(";")]
    return [codes.get(part.casefold(), part) for part in parts if part]


def _value(cell: Any) -> Any:
    if isinstance(cell, bool):
        return int(cell)
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _plain(cell: Any) -> str:
    if cell is None:
        return ""
    return str(_value(cell)).strip()
