"""Columns: one declaration of a column drives the cell that is written and the line that explains it.

Says how a codebook's field becomes columns and which names are safe everywhere. Which columns make up
which file is said in `tables`.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, TypeAlias

from coding import dates
from coding.schema import Field
from datasets.cells import MISSING, Cell, Missing, joined, tabled
from datasets.placing import PROVIDER, RECIPIENT, read_date
from datasets.records import Value, is_missing

ColumnType: TypeAlias = Literal["string", "integer", "number", "date"]

#: Longest name that Stata takes.
LONGEST_NAME = 32

# Words that Stata does not allow as a name of a variable.
_RESERVED = frozenset(
    (
        "_all",
        "_b",
        "_coef",
        "_cons",
        "_n",
        "_pi",
        "_pred",
        "_rc",
        "_skip",
        "byte",
        "double",
        "float",
    )
    + ("if", "in", "int", "long", "strl", "using", "with")
)


#: The part of a row that no other row shares.
OWN = object()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how it is read from a row, and all that a stranger needs to use it.

    `codes` pairs each code with its label, `missing` likewise the codes that stand for missing values where
    codes are kept. `note` is a sentence for the reader. `part` gives the part of a row that the column rests on,
    or OWN: neighbours with one `part` are written together, once for each different part.
    """

    name: str
    label: str
    type: ColumnType
    read: Callable[[Any], Cell]
    unit: str = ""
    codes: tuple[tuple[str, str], ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    note: str = ""
    field: str = ""
    part: Callable[[Any], Hashable] | None = None

    def reading(self, read: Callable[[Any], Cell]) -> "Column":
        """The same column, read from its row in another way."""
        return replace(self, read=read)


@dataclass(frozen=True, slots=True)
class Table:
    """One data file: what a row is, its key, its columns, and its rows in the order of the key.

    `editions` names the editions that hold their own copy; a table without any stands once in the release
    and keeps missing codes. `rows` can be asked again and again.
    """

    name: str
    row_is: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Any]]
    editions: tuple[str, ...] = ()
    note: str = ""


def attribute(
    name: str,
    label: str,
    type: ColumnType = "string",
    *,
    of: str | None = None,
    unit: str = "",
    codes: Iterable[tuple[str, str]] = (),
    note: str = "",
) -> Column:
    """A column that is an attribute of the row (`of`, or the name itself); an empty text is blank."""
    source = of or name

    def read(row: Any) -> Cell:
        cell: Cell = getattr(row, source)
        return None if cell == "" else cell

    return Column(name, label, type, read, unit=unit, codes=tuple(codes), note=note)


def unique_names(columns: Iterable[Column]) -> tuple[Column, ...]:
    """The columns under names that every program takes: lower case, at most 32 characters, none twice."""
    taken: set[str] = set()
    named = []
    for column in columns:
        name = safe_name(column.name)
        stem, number = name, 2
        while name in taken:
            suffix = f"_{number}"
            name, number = stem[: LONGEST_NAME - len(suffix)] + suffix, number + 1
        taken.add(name)
        named.append(column if name == column.name else replace(column, name=name))
    return tuple(named)


def safe_name(name: str) -> str:
    """A name of lower-case letters, digits and underscores that begins with a letter.

    A name that is too long loses the end of its stem and keeps its last word, which says what it holds.
    """
    safe = re.sub(r"[^a-z0-9_]+", "_", name.lower()).strip("_") or "column"
    if not safe[0].isalpha():
        safe = "v_" + safe
    if safe in _RESERVED or re.fullmatch(r"str\d+", safe):
        safe += "_"
    if len(safe) <= LONGEST_NAME:
        return safe
    stem, _, last = safe.rpartition("_")
    if not stem or len(last) > LONGEST_NAME // 2:
        return safe[:LONGEST_NAME]
    return stem[: LONGEST_NAME - len(last) - 1].rstrip("_") + "_" + last


def field_columns(field: Field, *, of_types: Sequence[str] = ()) -> tuple[Column, ...]:
    """The columns of one field, read from rows with `values`, `gwcodes(ccodes)` and `iso3(ccodes)`.

    A kind that is its own evidence (spans) has none. `of_types` names the event types the field belongs to.
    Missing codes stand in one of the columns: the first, or for a date its precision.
    """
    made = tuple(_BY_KIND.get(field.kind, _text_columns)(field))
    only = f"Empty where the type is not {' or '.join(of_types)}." if of_types else ""
    where_missing = 2 if field.kind == "date" else 0
    return tuple(
        replace(
            column,
            field=field.name,
            missing=missing_codes(field) if place == where_missing else (),
            note=" ".join(part for part in (column.note, only) if part),
        )
        for place, column in enumerate(made)
    )


def missing_column(field: Field) -> Column:
    """The reason why a value is not there, for a field whose numbers cannot be told from missing codes."""

    def read(row: Any) -> Cell:
        value = row.values.get(field.name)
        return int(value) if is_missing(value) else None

    return Column(
        f"{field.name}_missing",
        f"{field.label}: why missing",
        "integer",
        read,
        codes=missing_codes(field),
        note=f"Empty where {field.name} has a value or was not coded.",
        field=field.name,
    )


def could_be_mistaken(field: Field, value: Value) -> bool:
    """Whether a real number would be read as a missing code in the codes edition."""
    if field.kind == "money" and isinstance(value, Mapping):
        value = value["amount"]
    elif field.kind not in ("integer", "decimal"):
        return False
    return isinstance(value, int | float) and value in (-9, -8, -7)


def option_codes(field: Field) -> tuple[tuple[str, str], ...]:
    if field.kind == "boolean":
        return (("0", "no"), ("1", "yes"))
    return tuple(
        (str(option.code), option.label) for option in field.options if not option.is_missing
    )


def missing_codes(field: Field) -> tuple[tuple[str, str], ...]:
    """The missing codes a decided value of the field may have, in the field's own words where it has some."""
    words = {str(option.code): str(option.label) for option in field.options if option.is_missing}
    return tuple(
        (code, words.get(code, MISSING[code])) for code in ("-9", "-8") if code in field.missing
    )


def state_stem(name: str) -> str:
    """`threat_state` and `ic_subordinated_states` give `threat` and `ic_subordinated`, so that columns read `threat_ccodes`."""
    return re.sub(r"_states?$", "", name)


# One function per kind. Each reads the canonical form written by coding.schema.

_LIST = "Several are joined by a semicolon."


def _coded(name: str, then: Callable[[Any], Cell]) -> Callable[[Any], Cell]:
    """Reads a value of the row: blank stays blank, a missing code is one, anything else goes through `then`."""

    def read(row: Any) -> Cell:
        value = row.values.get(name)
        if value is None:
            return None
        return Missing(value) if is_missing(value) else then(value)

    return read


def _option_columns(field: Field) -> Iterator[Column]:
    whole = field.kind == "boolean" or all(isinstance(code, int) for code in field.codes)
    read = _coded(field.name, lambda value: value)
    yield Column(
        field.name, field.label, "integer" if whole else "string", read, codes=option_codes(field)
    )


def _options_columns(field: Field) -> Iterator[Column]:
    read = _coded(field.name, joined)
    yield Column(field.name, field.label, "string", read, codes=option_codes(field), note=_LIST)


def _text_columns(field: Field) -> Iterator[Column]:
    yield Column(field.name, field.label, "string", _coded(field.name, str), field.unit)


def _list_columns(field: Field) -> Iterator[Column]:
    yield Column(field.name, field.label, "string", _coded(field.name, joined), note=_LIST)


def _number_columns(field: Field) -> Iterator[Column]:
    kind: ColumnType = "integer" if field.kind == "integer" else "number"
    read = _coded(field.name, lambda value: value)
    yield Column(field.name, field.label, kind, read, unit=field.unit)


def _state_columns(field: Field) -> Iterator[Column]:
    read = _coded(field.name, lambda value: value)
    note = "Correlates of War country code."
    yield Column(f"{state_stem(field.name)}_ccode", field.label, "integer", read, note=note)


def _state_list_columns(field: Field) -> Iterator[Column]:
    stem = state_stem(field.name)
    note = f"Correlates of War country codes. {_LIST}"
    read = _coded(field.name, joined)
    yield Column(f"{stem}_ccodes", field.label, "string", read, note=note)
    if field.name not in (PROVIDER, RECIPIENT):
        return
    for suffix, system, ask in (
        ("gwcodes", "Gleditsch-Ward numbers", "gwcodes"),
        ("iso3", "ISO 3166-1 alpha-3 codes", "iso3"),
    ):

        def beside(row: Any, ask: str = ask) -> Cell:
            value = row.values.get(field.name)
            return None if value is None or is_missing(value) else getattr(row, ask)(value)

        note = f"{system} on the day of the incident, in the order of {stem}_ccodes. {_LIST}"
        yield Column(f"{stem}_{suffix}", f"{field.label}, {system}", "string", beside, note=note)


def _date_columns(field: Field) -> Iterator[Column]:
    def bound(name: str) -> Callable[[Any], Cell]:
        def read(row: Any) -> Cell:
            value = row.values.get(field.name)
            if value is None or is_missing(value):
                return None
            day: date | None = getattr(read_date(value), name)
            return day

        return read

    def precision(value: Any) -> Cell:
        code = read_date(value).precision
        return Missing(str(code)) if str(code) in MISSING else code

    for side in ("earliest", "latest"):
        note = "Empty where that side is open or unknown; the precision says why."
        label = f"{field.label}, {side} day"
        yield Column(f"{field.name}_{side}", label, "date", bound(side), unit="day", note=note)
    codes = tuple((str(code), label) for code, label in dates.PRECISIONS.items() if code > 0)
    name, label = f"{field.name}_precision", f"{field.label}, precision"
    yield Column(name, label, "integer", _coded(field.name, precision), codes=codes)


def _money_columns(field: Field) -> Iterator[Column]:
    stem = field.name.removesuffix("_amount")
    label = field.label
    for part, kind, words in (
        ("amount", "number", "as stated, never converted"),
        ("currency", "string", "currency (ISO 4217)"),
        ("scale", "string", "scale"),
    ):

        def cell(row: Any, part: str = part) -> Cell:
            value = row.values.get(field.name)
            if is_missing(value):
                return Missing(value) if part == "amount" else None
            return None if value is None else value[part]

        amount = part == "amount"
        yield Column(
            f"{stem}_{part}",
            f"{label}, {words}",
            "number" if kind == "number" else "string",
            cell,
            unit=f"{stem}_scale of {stem}_currency" if amount else "",
        )


def _table_columns(field: Field) -> Iterator[Column]:
    note = "One number by state, written ccode=number and joined by a semicolon."
    read = _coded(field.name, tabled)
    yield Column(field.name, field.label, "string", read, field.unit, note=note)


def _no_columns(field: Field) -> Iterator[Column]:
    yield from ()


_BY_KIND: Mapping[str, Callable[[Field], Iterator[Column]]] = {
    "single_choice": _option_columns,
    "boolean": _option_columns,
    "multi_choice": _options_columns,
    "event_refs": _list_columns,
    "integer": _number_columns,
    "decimal": _number_columns,
    "state": _state_columns,
    "state_list": _state_list_columns,
    "date": _date_columns,
    "money": _money_columns,
    "state_integer_table": _table_columns,
    "spans": _no_columns,
}
