"""A CSV file of a release read back with its types, in batches: what every further format is written from.

Text loses the apostrophe that guards it from spreadsheets; empty cells are null. How a column is typed is said here
once; labels and codes stay with the column.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasets.columns import Column, Table

if TYPE_CHECKING:
    import pyarrow as pa

# Rows that go into one batch at most, and cells, so that a wide table takes no more memory than a long one.
_ROWS, _CELLS = 65_536, 1 << 22
_BLOCK = 1 << 20
# What `spreadsheets.guarded` puts an apostrophe before, in the words of this library's expressions.
_GUARDED = "^'('*[=+\\-@\t\r\n＝＋－＠])"


def schema(table: Table) -> "pa.Schema":
    """Names and types of the columns, each with its label, unit and codes as metadata."""
    import pyarrow as pa  # slow library

    kinds = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "date": pa.date32(),
    }
    return pa.schema(
        [
            pa.field(column.name, kinds[column.type], metadata=_about(column))
            for column in table.columns
        ],
        metadata={"row": table.row_is},
    )


def _about(column: Column) -> dict[str, str]:
    codes = "; ".join(f"{code} = {label}" for code, label in (*column.codes, *column.missing))
    about = {
        "label": column.label,
        "unit": column.unit,
        "codes": codes,
        "note": column.note,
        "field": column.field,
    }
    return {name: text for name, text in about.items() if text}


def rows_at_a_time(table: Table) -> int:
    """Rows of a batch, and so of a row group of a Parquet file."""
    rows = _ROWS
    while rows * len(table.columns) > _CELLS:
        rows //= 2
    return rows


def batches(csv: Path, table: Table, *, size: int) -> Iterator["pa.RecordBatch"]:
    """The rows of a file in batches of `size`, the last one shorter; none for a file without rows."""
    import pyarrow as pa  # slow library

    wanted = schema(table)
    waiting: list[pa.RecordBatch] = []
    rows = 0
    for batch in _blocks(csv, wanted):
        waiting.append(batch)
        rows += batch.num_rows
        if rows < size:
            continue
        held = pa.Table.from_batches(waiting)
        whole = rows - rows % size
        yield from held.slice(0, whole).combine_chunks().to_batches(max_chunksize=size)
        waiting = held.slice(whole).combine_chunks().to_batches()
        rows -= whole
    if rows:
        yield from pa.Table.from_batches(waiting).combine_chunks().to_batches(max_chunksize=size)


def _blocks(csv: Path, wanted: "pa.Schema") -> Iterator["pa.RecordBatch"]:
    import pyarrow as pa  # slow library
    from pyarrow import csv as reading

    with csv.open("rb") as opened:
        opened.readline()
        if not opened.read(1):
            return  # a header alone; names of columns hold no line break
    reader = reading.open_csv(
        csv,
        # One thread: where a block ends must not depend on the machine.
        read_options=reading.ReadOptions(use_threads=False, block_size=_BLOCK),
        parse_options=reading.ParseOptions(newlines_in_values=True),
        convert_options=reading.ConvertOptions(
            column_types={field.name: field.type for field in wanted},
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )
    for block in reader:
        columns = [
            _unguarded(column) if pa.types.is_string(column.type) else column
            for column in block.columns
        ]
        yield pa.RecordBatch.from_arrays(columns, schema=wanted)


def _unguarded(texts: Any) -> Any:
    import pyarrow.compute as pc  # slow library

    if not pc.any(pc.starts_with(texts, "'")).as_py():
        return texts
    return pc.replace_substring_regex(texts, _GUARDED, "\\1")
