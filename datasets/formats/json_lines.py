"""A table as JSON Lines: one object a row, every column named, null for an empty cell, days as ISO text."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from datasets.columns import Table
from datasets.formats import typed

_ROWS = 2_048
_TO_ESCAPE = r'["\\\x00-\x1f]'


def chunks(csv: Path, table: Table, keeps_codes: bool) -> Iterator[bytes]:
    """Written by columns and joined by rows: an object for each row would take ten times as long."""
    import pyarrow.compute as pc  # slow library

    names = [json.dumps(column.name) for column in table.columns]
    for batch in typed.batches(csv, table, size=_ROWS):
        pieces: list[Any] = []
        for place, (name, column) in enumerate(zip(names, batch.columns, strict=True)):
            pieces += [f"{',' if place else '{'}{name}:", _json(column)]
        lines = pc.binary_join_element_wise(
            *pieces, "}\n", "", null_handling="replace", null_replacement="null"
        )
        yield _content(lines)


def _content(texts: Any) -> bytes:
    """The texts one after another, taken from where they lie: as objects they would take several times the memory."""
    import numpy as np  # slow library

    _, places, content = texts.buffers()
    bounds = np.frombuffer(places, dtype="i4")
    return bytes(memoryview(content)[bounds[texts.offset] : bounds[texts.offset + len(texts)]])


def _json(column: Any) -> Any:
    """The values of a column as JSON text, null where they are null."""
    import pyarrow as pa  # slow library
    import pyarrow.compute as pc

    kind = column.type
    if pa.types.is_floating(kind):
        return pa.array([_number(value) for value in column.to_pylist()], pa.string())
    if not pa.types.is_string(kind):
        text = pc.cast(column, pa.string())
        return _quoted(text) if pa.types.is_date(kind) else text
    if not pc.any(pc.match_substring_regex(column, _TO_ESCAPE)).as_py():
        return _quoted(column)
    told = [
        None if value is None else json.dumps(value, ensure_ascii=False)
        for value in column.to_pylist()
    ]
    return pa.array(told, pa.string())


def _quoted(text: Any) -> Any:
    import pyarrow.compute as pc  # slow library

    return pc.binary_join_element_wise('"', text, '"', "")


def _number(value: float | None) -> str | None:
    """As the CSV has it: whole numbers without a point."""
    if value is None:
        return None
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
