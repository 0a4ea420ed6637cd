"""A table as Parquet: typed columns, sorted as the CSV is, labels in the metadata of each column."""

from collections.abc import Iterator
from pathlib import Path

from datasets.columns import Table
from datasets.formats import typed


class _Sink:
    """A file to write to whose bytes are taken away as they come."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._at = 0
        self.closed = False

    def write(self, content: bytes) -> int:
        self._held.append(bytes(content))
        self._at += len(content)
        return len(content)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None: ...

    def close(self) -> None:
        self.closed = True

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def taken(self) -> bytes:
        held = b"".join(self._held)
        self._held.clear()
        return held


def chunks(csv: Path, table: Table, keeps_codes: bool) -> Iterator[bytes]:
    """The bytes of the file, a row group at a time."""
    import pyarrow.parquet as pq  # slow library

    sink = _Sink()
    writer = pq.ParquetWriter(sink, typed.schema(table), compression="zstd", version="2.6")
    size = typed.rows_at_a_time(table)
    for batch in typed.batches(csv, table, size=size):
        writer.write_batch(batch, row_group_size=size)
        if written := sink.taken():
            yield written
    writer.close()
    yield sink.taken()
