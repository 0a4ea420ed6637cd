"""How fast a release is written, against the plain libraries on the same rows: python -m tests.benchmarks.releasing [INCIDENTS]

Prints for N incidents (100,000 unless told otherwise) with ten passages each: CSV against csv.writer, Parquet against
pyarrow alone, the other formats, the peak of memory, and the panel of all states over eighty years.
"""

import csv
import io
import resource
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from datasets import formats
from datasets.cells import encoded
from datasets.formats import parquet, typed
from datasets.manifest import _written
from datasets.records import Coverage, CoverageSpell, EvidenceRecord, Records
from datasets.tables import Build, Parameters
from sources.states import standard
from tests.datasets.samples import codebook, document, incident, records

PAIRS = ((2, 732), (2, 740), (200, 220), (365, 310), (2, 840), (365, 339))
PASSAGES = 10


def told(incidents: int, *, passages: int = PASSAGES) -> Records:
    kinds = ("EX", "MA", "MB", "CS", "TO")
    made = []
    evidence = []
    for n in range(incidents):
        provider, recipient = PAIRS[n % len(PAIRS)]
        name = f"I{n:07}"
        made.append(
            incident(
                name, kinds[n % 5], provider=[provider], recipient=[recipient], start=f"{1955 + n % 60}-{n % 12 + 1:02}",
                title=f"Act number {n}, told by two papers", status=(1, 4, "-9")[n % 3],
            )
        )  # fmt: skip
        evidence += [
            EvidenceRecord(name, "d1", f"field_{k}", n + k, k * 100, k * 100 + 60, f"the words of passage {k} of act {n}, as printed", 1, "C1")
            for k in range(passages)
        ]  # fmt: skip
    whole = records(made[0])
    return Records(
        whole.project,
        codebook(),
        "c" * 64,
        incidents=made,
        evidence=evidence,
        documents=[document()],
        reports=[],
    )


def timed(work) -> tuple[float, object]:
    begun = time.process_time()
    answer = work()
    return time.process_time() - begun, answer


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def encoding(build: Build, table_name: str, rows: int) -> float:
    """Our cells to CSV lines against csv.writer, on the very same cells."""
    (table,) = [one for one in build.tables if one.name == table_name]
    taken = list(islice(table.rows(), rows))
    columns = [[column.read(row) for row in taken] for column in table.columns]
    plain = [
        [cell if isinstance(cell, int | float | str | None) else str(getattr(cell, "code", cell)) for cell in column]
        for column in columns
    ]  # fmt: skip

    def ours() -> int:
        size = 0
        for start in range(0, len(taken), 2000):
            part = [encoded(column[start : start + 2000], keep_codes=True) for column in columns]
            size += len("\n".join(map(",".join, zip(*part, strict=True))).encode())
        return size

    def theirs() -> int:
        out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
        csv.writer(out, lineterminator="\n").writerows(zip(*plain, strict=True))
        return out.tell()

    here = min(timed(ours)[0] for _ in range(3))
    there = min(timed(theirs)[0] for _ in range(3))
    print(
        f"  CSV of {table_name}: {here:.2f} s, csv.writer alone {there:.2f} s, ratio {here / there:.2f}"
    )
    return here / there


def parquet_ratio(build: Build, folder: Path, table_name: str) -> float:
    import pyarrow as pa
    import pyarrow.parquet as pq

    (table,) = [one for one in build.tables if one.name == table_name]
    path = folder / (f"{'codes/' if table.editions else ''}{table_name}.csv")
    held = pa.Table.from_batches(typed.batches(path, table))
    columns = {name: held[name].to_pylist() for name in held.column_names}
    schema = held.schema

    def theirs() -> None:
        pq.write_table(
            pa.table(columns, schema=schema), folder / "alone.parquet", compression="zstd"
        )

    here = min(timed(lambda: sum(map(len, parquet.chunks(path, table, True))))[0] for _ in range(3))
    there = min(timed(theirs)[0] for _ in range(3))
    print(
        f"  Parquet of {table_name}: {here:.2f} s from its CSV, pyarrow alone from the cells {there:.2f} s, ratio {here / there:.2f}"
    )
    return here / there


def whole(incidents: int) -> None:
    seconds, made = timed(lambda: told(incidents))
    held = peak()
    print(
        f"{incidents} incidents, {incidents * PASSAGES} value rows: held in {seconds:.1f} s and {held} MB"
    )
    build = Build(made, Parameters("0.1.0"))  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in build.files():
            seconds, entry = timed(lambda file=file: _written(folder / file.path, file))
            if entry.rows and entry.rows > incidents // 10:
                print(
                    f"  {file.path}: {entry.rows} rows, {entry.bytes >> 20} MB, {seconds:.1f} s, {entry.rows / seconds:,.0f} rows/s"
                )
        print(f"  CSV written; peak {peak()} MB, {peak() - held} MB above what the records take")
        for one in formats.FORMATS:
            seconds, size = timed(
                lambda one=one: sum(
                    len(chunk)
                    for file in formats.files(build.tables, folder)
                    if file.path.startswith(one.folder)
                    for chunk in file.chunks
                )
            )
            print(f"  {one.label}: {seconds:.1f} s, {size >> 20} MB, peak {peak()} MB")
        encoding(build, "evidence", 200_000)
        encoding(build, "incidents", 50_000)
        parquet_ratio(build, folder, "evidence")
        parquet_ratio(build, folder, "incidents")


def panel(years: int = 80) -> None:
    """Every pair of states, every year, searched to the end."""
    made = told(1000, passages=0)
    covered = Coverage((CoverageSpell(None, 1944, 1944 + years - 1, "", "All."),))
    build = Build(
        Records(made.project, made.codebook, made.codebook_sha256, incidents=made.incidents, coverage=covered),
        Parameters("0.1.0", states_extended=True),
        states=standard(),
    )  # fmt: skip
    rows, count = timed(lambda: sum(1 for _ in build.dyad_years.directed()))
    print(f"panel of all states over {years} years: {count} rows in {rows:.1f} s")
    (table,) = [one for one in build.tables if one.name == "directed_dyad_year"]
    (file,) = [one for one in build.files() if one.path == "directed_dyad_year.csv"]
    seconds, size = timed(lambda: sum(map(len, file.chunks)))
    print(
        f"  as CSV with {len(table.columns)} columns: {seconds:.1f} s, {size >> 20} MB, peak {peak()} MB"  # type: ignore[operator]
    )


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    whole(asked)
    panel()
