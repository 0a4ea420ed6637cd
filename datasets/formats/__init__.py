"""The same tables for other programs: Parquet, Stata and JSON Lines, each made from the bytes of the CSV beside it.

So no format can say something else than another. Pure: paths in, chunks of bytes out; what a column is stays in `columns`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from datasets.columns import Table
from datasets.formats import json_lines, parquet, stata
from datasets.tables import BuiltFile, paths_of


@dataclass(frozen=True, slots=True)
class Format:
    """A folder of the release, the ending of its files, and how one is made of a table's CSV."""

    folder: str
    ending: str
    label: str
    make: Callable[[Path, Table, bool], Iterator[bytes]]

    def path_beside(self, csv: str) -> str:
        return f"{self.folder}/{csv.removesuffix('.csv')}.{self.ending}"


#: What every release holds beside CSV.
FORMATS: tuple[Format, ...] = (
    Format("parquet", "parquet", "Parquet, with types", parquet.chunks),
    Format("stata", "dta", "Stata 14 and later, with labels", stata.chunks),
    Format("jsonl", "jsonl", "JSON Lines", json_lines.chunks),
)


def files(tables: Iterable[Table], directory: Path) -> Iterator[BuiltFile]:
    """Every table in every further format; `directory` holds the CSV files by the time the chunks are asked for."""
    for table in tables:
        for path, keeps_codes in paths_of(table):
            for one in FORMATS:
                chunks = one.make(directory / path, table, keeps_codes)
                yield BuiltFile(one.path_beside(path), chunks)
