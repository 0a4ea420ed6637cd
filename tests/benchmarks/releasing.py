"""How fast a release is written and what memory it takes: python -m tests.benchmarks.releasing [INCIDENTS...]

For each number of incidents (5,000, 10,000 and 30,000 unless told otherwise; ten value rows each) a project is filled and
a process of its own builds its release, as the worker would: records from the database, tables, every format. Then the
writers against the plain libraries on the same rows, and the panel of all states over eighty years.
"""

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from datasets.cells import encoded_columns
from datasets.formats import parquet, typed
from datasets.manifest import _written
from datasets.records import Coverage, CoverageSpell, EvidenceRecord, Records
from datasets.tables import Build, Parameters
from sources.states import standard
from tests.benchmarks.measuring import Row, Spent, memory, tell
from tests.datasets.samples import codebook, document, incident, records

SIZES = (5_000, 10_000, 30_000)
MOST_MEMORY = 500  # megabytes
_FILL, _MEASURE = "--fill", "--measure"
PAIRS = ((2, 732), (2, 740), (200, 220), (365, 310), (2, 840), (365, 339))
PASSAGES = 10


# -- a whole release, from the database


def of_size(incidents: int) -> dict[str, Any]:
    """What building a release of so many incidents took: processor seconds and the peak of memory by part."""
    with tempfile.TemporaryDirectory(prefix="concord-benchmark-") as folder:
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{folder}/benchmark.sqlite3",
            "REDIS_URL": "",
            "CONCORD_DATA": folder,
            "CONCORD_FILES": f"{folder}/files",
            "CONCORD_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        words = [sys.executable, "-m", "tests.benchmarks.releasing"]
        # Filling has a process of its own, so that what it holds is not counted.
        subprocess.run([*words, _FILL, str(incidents)], env=environment, check=True)
        answer = subprocess.run(
            [*words, _MEASURE], env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
    return json.loads(answer.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def fill(incidents: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from tests.benchmarks import settled

    call_command("migrate", verbosity=0)
    settled.settle(incidents)


def measure() -> None:
    """Build as the worker does; the last line printed tells what it took."""
    import django

    django.setup()
    from datasets import building, manifest, releases
    from projects.models import Membership

    pi = Membership.objects.get(project__slug="settled", label="PI")
    release = releases.draft(pi.project, "0.1.0", by=pi.user)
    spent: Counter[str] = Counter()
    peaks: dict[str, float] = {"before": memory()}
    rows = 0
    written = manifest._written

    def timed_writing(target: Path, file: Any) -> Any:
        nonlocal rows
        folder = file.path.partition("/")[0]
        part = folder if folder in ("parquet", "stata", "jsonl") else "csv" if file.path.endswith(".csv") else "papers"  # fmt: skip
        begun = time.process_time()
        entry = written(target, file)
        spent[part] += time.process_time() - begun
        peaks[part] = memory()
        rows += entry.rows or 0
        return entry

    class Watched:
        """Stands for the job: every step tells what the one before took."""

        def __init__(self) -> None:
            self.since, self.last = time.process_time(), ""

        def step(self, *place: int, hold: int = 0) -> None:
            self.told()
            self.last = place[2] if len(place) > 2 else ""  # type: ignore[assignment]

        def told(self) -> None:
            if self.last:
                spent[self.last] += time.process_time() - self.since
                peaks[self.last] = memory()
            self.since = time.process_time()

    manifest._written = timed_writing
    with Spent() as whole:
        building.build(release, Watched())  # type: ignore[arg-type]
    told = {"wall": whole.wall, "cpu": whole.cpu, "rows": rows, "spent": spent, "peaks": peaks}
    print(json.dumps(told))


def whole(sizes: list[int]) -> bool:
    stands = True
    found = {}
    for incidents in sizes:
        found[incidents] = told = of_size(incidents)
        parts = ", ".join(f"{part} {seconds:.1f}" for part, seconds in told["spent"].items())
        peaks = ", ".join(f"{part} {peak:.0f}" for part, peak in told["peaks"].items())
        print(f"  CPU s: {parts}\n  MB at most after: {peaks}", flush=True)
        most = max(told["peaks"].values())
        stands &= tell(
            Row(
                "a release, all formats", f"{incidents:,}", told["wall"], told["cpu"],
                f"{incidents / told['cpu']:,.0f} incidents, {told['rows'] / told['cpu']:,.0f} CSV rows per CPU s",
                wanted=f"under {MOST_MEMORY} MB", memory=most, stands=most < MOST_MEMORY,
            )
        )  # fmt: skip
    for small, large in pairwise(sizes):
        growth = (found[large]["cpu"] / large) / (found[small]["cpu"] / small)
        more = max(found[large]["peaks"].values()) - max(found[small]["peaks"].values())
        stands &= tell(
            Row(
                "growth of a release", f"{small:,} to {large:,}",
                measured=f"x{growth:.2f} CPU s for an incident, {more:+.0f} MB", wanted="x1.25", stands=growth < 1.25,
            )
        )  # fmt: skip
    return stands


# -- the writers against the plain libraries, on the very same rows


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


def encoding(build: Build, table_name: str, rows: int) -> bool:
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
            part = encoded_columns(
                [column[start : start + 2000] for column in columns], keep_codes=True
            )
            size += len("\n".join(map(",".join, zip(*part, strict=True))).encode())
        return size

    def theirs() -> int:
        out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
        csv.writer(out, lineterminator="\n").writerows(zip(*plain, strict=True))
        return out.tell()

    here = min(timed(ours)[0] for _ in range(3))
    there = min(timed(theirs)[0] for _ in range(3))
    return tell(
        Row(
            f"CSV of {table_name}", f"{len(taken):,} rows of {len(columns)}", cpu=here, yardstick=f"csv.writer {there:.2f} s",
            ratio=here / there, wanted="at most 2", stands=here / there <= 2,
        )
    )  # fmt: skip


def parquet_ratio(build: Build, folder: Path, table_name: str) -> bool:
    import pyarrow as pa
    import pyarrow.parquet as pq

    (table,) = [one for one in build.tables if one.name == table_name]
    path = folder / (f"{'codes/' if table.editions else ''}{table_name}.csv")
    held = pa.Table.from_batches(typed.batches(path, table, size=1 << 16))
    columns = {name: held[name].to_pylist() for name in held.column_names}
    schema = held.schema

    def theirs() -> None:
        pq.write_table(
            pa.table(columns, schema=schema), folder / "alone.parquet", compression="zstd"
        )

    here = min(timed(lambda: sum(map(len, parquet.chunks(path, table, True))))[0] for _ in range(3))
    there = min(timed(theirs)[0] for _ in range(3))
    return tell(
        Row(
            f"Parquet of {table_name}", f"{held.num_rows:,} rows of {held.num_columns}", cpu=here,
            yardstick=f"pyarrow {there:.2f} s", ratio=here / there, wanted="at most 1.5", stands=here / there <= 1.5,
        )
    )  # fmt: skip


def writers() -> bool:
    build = Build(told(20_000), Parameters("0.1.0"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in build.files():
            _written(folder / file.path, file)
        asked = ("evidence", 200_000), ("incidents", 20_000)
        return all(
            [encoding(build, table, rows) for table, rows in asked]
            + [parquet_ratio(build, folder, table) for table, _ in asked]
        )


def panel(years: int = 80) -> bool:
    """Every pair of states, every year, searched to the end."""
    made = told(1000, passages=0)
    covered = Coverage((CoverageSpell(None, 1944, 1944 + years - 1, "", "All."),))
    build = Build(
        Records(made.project, made.codebook, made.codebook_sha256, incidents=made.incidents, coverage=covered),
        Parameters("0.1.0", states_extended=True),
        states=standard(),
    )  # fmt: skip
    seconds, count = timed(lambda: sum(1 for _ in build.dyad_years.directed()))
    (table,) = [one for one in build.tables if one.name == "directed_dyad_year"]
    (file,) = [one for one in build.files() if one.path == "directed_dyad_year.csv"]
    writing, size = timed(lambda: sum(map(len, file.chunks)))
    return tell(
        Row(
            "panel of all states", f"{years} years", cpu=seconds, measured=f"{count:,} rows; as CSV of {len(table.columns)} "
            f"columns, {size >> 20} MB, {writing:.1f} s", wanted="30 s", memory=memory(), stands=seconds + writing < 30,
        )
    )  # fmt: skip


def main(arguments: list[str]) -> int:
    if arguments[:1] == [_FILL]:
        fill(int(arguments[1]))
        return 0
    if arguments == [_MEASURE]:
        measure()
        return 0
    stands = whole([int(one) for one in arguments] or list(SIZES))
    return 0 if all([stands, writers(), panel()]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
