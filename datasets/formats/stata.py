"""A table as a Stata file (format 118, Stata 14 and later): variable labels, value labels, days as days, one fixed time stamp.

Written from the description of the format, byte by byte, so that no clock and no library's taste gets in. A first
reading of the rows finds how wide each variable must be, a second one writes them.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from datasets.columns import LONGEST_NAME, Column, Table
from datasets.formats import typed

#: In every file of every release: the moment of making is no property of the data.
TIME_STAMP = "01 Jan 2000 00:00"
_LONGEST_LABEL = 80
_WIDEST_TEXT = 2045
_LONG_TEXT = 32768  # the type of texts that are kept apart from the rows
_DAYS_BEFORE_1970 = 3653  # Stata counts days from 1960
# Types of whole numbers, narrowest first: code, numpy type, lowest, highest, the value that stands for missing.
_WHOLE = (
    (65530, "<i1", -127, 100, 101),
    (65529, "<i2", -32767, 32740, 32741),
    (65528, "<i4", -2147483647, 2147483620, 2147483621),
)
_DOUBLE, _DOUBLE_MISSING = 65526, 2.0**1023
_ROWS = 8_192  # that are held at a time


@dataclass
class _Variable:
    """What the first reading finds out about a column, and what follows from it."""

    column: Column
    lowest: int = 0
    highest: int = 0
    widest: int = 0
    filled: int = 0  # texts that are not empty
    total: int = 0  # bytes of all texts
    type: int = 0
    layout: str = ""
    missing: float = 0
    labels: tuple[tuple[int, str], ...] = field(default=())

    def look_at(self, values: Any) -> None:
        import pyarrow.compute as pc  # slow library

        if self.column.type == "string":
            lengths = pc.binary_length(values)
            self.widest = max(self.widest, pc.max(lengths).as_py() or 0)
            self.total += pc.sum(lengths).as_py() or 0
            self.filled += len(values) - values.null_count
        elif self.column.type in ("integer", "date"):
            bounds = pc.min_max(_whole(values, self.column))
            self.lowest = min(self.lowest, bounds["min"].as_py() or 0)
            self.highest = max(self.highest, bounds["max"].as_py() or 0)

    def settle(self, rows: int, *, keeps_codes: bool) -> None:
        if self.column.type == "string":
            in_rows = rows * max(self.widest, 1)
            apart = rows * 8 + self.filled * 21 + self.total
            if self.widest > _WIDEST_TEXT or self.widest > 80 and apart < in_rows:
                self.type, self.layout = _LONG_TEXT, "<u8"
            else:
                self.type = max(self.widest, 1)
                self.layout = f"S{self.type}"
            return
        self.type, self.layout, self.missing = _DOUBLE, "<f8", _DOUBLE_MISSING
        if self.column.type == "number":
            return
        for code, layout, lowest, highest, missing in _WHOLE:
            if lowest <= self.lowest and self.highest <= highest:
                self.type, self.layout, self.missing = code, layout, missing
                break
        known = self.column.codes + (self.column.missing if keeps_codes else ())
        if self.type != _DOUBLE:
            self.labels = tuple((int(code), label) for code, label in known)

    @property
    def format(self) -> str:
        if self.type == _LONG_TEXT:
            return "%9s"
        if self.column.type == "string":
            return f"%{min(self.type, 244)}s"
        return (
            "%td"
            if self.column.type == "date"
            else "%10.0g"
            if self.column.type == "number"
            else "%12.0g"
        )


def chunks(csv: Path, table: Table, keeps_codes: bool) -> Iterator[bytes]:
    """The bytes of the file, a batch of rows at a time."""
    variables = [_Variable(column) for column in table.columns]
    rows = 0
    for batch in typed.batches(csv, table, size=_ROWS):
        rows += batch.num_rows
        for variable, values in zip(variables, batch.columns, strict=True):
            variable.look_at(values)
    for variable in variables:
        variable.settle(rows, keeps_codes=keeps_codes)
    labels = b"".join(_value_label(variable) for variable in variables if variable.labels)
    yield _before_rows(table, variables, rows, labels)
    first = 1
    for batch in typed.batches(csv, table, size=_ROWS):
        yield _rows(variables, batch, first)
        first += batch.num_rows
    yield b"</data><strls>"
    if any(variable.type == _LONG_TEXT for variable in variables):
        yield from _long_texts(variables, csv, table)
    yield b"</strls><value_labels>" + labels + b"</value_labels></stata_dta>"


def _before_rows(table: Table, variables: Sequence[_Variable], rows: int, labels: bytes) -> bytes:
    """Everything up to the first row; the map in it tells where each part of the file begins."""
    title = table.name.encode()[:_LONGEST_LABEL]
    stamp = TIME_STAMP.encode()
    header = (
        b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder>"
        + b"<K>" + struct.pack("<H", len(variables)) + b"</K>"
        + b"<N>" + struct.pack("<Q", rows) + b"</N>"
        + b"<label>" + struct.pack("<H", len(title)) + title + b"</label>"
        + b"<timestamp>" + struct.pack("<B", len(stamp)) + stamp + b"</timestamp></header>"
    )  # fmt: skip
    parts = [
        _part("variable_types", b"".join(struct.pack("<H", one.type) for one in variables)),
        _part("varnames", b"".join(_padded(one.column.name, 129) for one in variables)),
        # No order is claimed: Stata sorts missing values last, a release first.
        _part("sortlist", bytes(2 * (len(variables) + 1))),
        _part("formats", b"".join(_padded(one.format, 57) for one in variables)),
        _part(
            "value_label_names",
            b"".join(_padded(_label_name(one) if one.labels else "", 129) for one in variables),
        ),
        _part(
            "variable_labels",
            b"".join(_padded(one.column.label[:_LONGEST_LABEL], 321) for one in variables),
        ),
        _part("characteristics", b""),
    ]
    map_length = len(_part("map", bytes(14 * 8)))
    places = [0, len(header)]
    at = len(header) + map_length
    for part in parts:
        places.append(at)
        at += len(part)
    in_a_row = sum(_width(one) for one in variables)
    long_texts = sum(one.filled * 21 + one.total for one in variables if one.type == _LONG_TEXT)
    for length in (
        len(_part("data", b"")) + rows * in_a_row,
        len(_part("strls", b"")) + long_texts,
        len(_part("value_labels", b"")) + len(labels),
        len(b"</stata_dta>"),
    ):
        places.append(at)
        at += length
    places.append(at)
    return header + _part("map", struct.pack("<14Q", *places)) + b"".join(parts) + b"<data>"


def _part(name: str, content: bytes) -> bytes:
    return f"<{name}>".encode() + content + f"</{name}>".encode()


def _padded(text: str, width: int) -> bytes:
    return text.encode("utf-8")[: width - 1].ljust(width, b"\0")


def _width(variable: _Variable) -> int:
    return int(variable.layout[1:]) if variable.layout[0] == "S" else int(variable.layout[-1])


def _label_name(variable: _Variable) -> str:
    return variable.column.name[:LONGEST_NAME]


def _whole(values: Any, column: Column) -> Any:
    import pyarrow as pa  # slow library
    import pyarrow.compute as pc

    if column.type != "date":
        return values
    return pc.add(pc.cast(pc.cast(values, pa.int32()), pa.int64()), _DAYS_BEFORE_1970)


def _rows(variables: Sequence[_Variable], batch: Any, first: int) -> bytes:
    """`first` is the number of the first row, counted from one through the whole file."""
    import numpy as np  # slow library

    # Names of the layout are places: numpy takes no empty or doubled ones.
    rows = np.zeros(
        batch.num_rows, dtype=[(f"v{place}", one.layout) for place, one in enumerate(variables)]
    )
    for place, (variable, values) in enumerate(zip(variables, batch.columns, strict=True)):
        if variable.type == _LONG_TEXT:
            # A text that is kept apart is pointed at by its variable and row.
            filled = values.is_valid().to_numpy(zero_copy_only=False)
            numbers = np.arange(first, first + batch.num_rows, dtype="u8") << np.uint64(16)
            cells: Any = np.where(filled, numbers | np.uint64(place + 1), np.uint64(0))
        elif variable.column.type == "string":
            cells = [text.encode() if text else b"" for text in values.to_pylist()]
        elif variable.type == _DOUBLE:
            numbers = _whole(values, variable.column).cast("float64", safe=False)
            cells = numbers.fill_null(variable.missing).to_numpy(zero_copy_only=False)
        else:
            numbers = _whole(values, variable.column).fill_null(int(variable.missing))
            cells = numbers.to_numpy(zero_copy_only=False)
        rows[f"v{place}"] = cells
    return bytes(rows.tobytes())


def _long_texts(variables: Sequence[_Variable], csv: Path, table: Table) -> Iterator[bytes]:
    """Texts that are kept apart, by row and within it by variable."""
    apart = [place for place, one in enumerate(variables) if one.type == _LONG_TEXT]
    row = 0
    for batch in typed.batches(csv, table, size=_ROWS):
        held = []
        for texts in zip(*(batch.column(place).to_pylist() for place in apart), strict=True):
            row += 1
            for place, text in zip(apart, texts, strict=True):
                if text is not None:
                    content = text.encode() + b"\0"
                    held.append(b"GSO" + struct.pack("<IQBI", place + 1, row, 130, len(content)))
                    held.append(content)
        yield b"".join(held)


def _value_label(variable: _Variable) -> bytes:
    """Codes and their words under the name of their variable."""
    texts, places, at = [], [], 0
    codes = sorted(dict(variable.labels).items())
    for _, label in codes:
        text = label.encode() + b"\0"
        places.append(at)
        texts.append(text)
        at += len(text)
    content = (
        struct.pack("<II", len(codes), at)
        + struct.pack(f"<{len(codes)}I", *places)
        + struct.pack(f"<{len(codes)}i", *(code for code, _ in codes))
        + b"".join(texts)
    )
    name = _padded(_label_name(variable), 129) + b"\0\0\0"
    return _part("lbl", struct.pack("<I", len(content)) + name + content)
