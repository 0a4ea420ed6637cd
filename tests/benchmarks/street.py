"""How the steps of the street grow with the documents, as ratios to named yardsticks of the same run.

Run with `python -m tests.benchmarks.street [SIZES]` (default 5, 50 and 500 documents, two coders, two events each):
about a minute on one core. It works in a database of its own under the temporary folder.

Yardsticks: *rows* is a bare insert, one at a time and each in a transaction of its own, of as many rows as the step
writes, into a table of one text column of the same database; *csv* is `csv.writer` writing as many lines of the
same length as the release holds.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.measuring import Row, memory, tell

SIZES = (5, 50, 500)


@contextmanager
def database() -> Iterator[None]:
    """An empty database and a folder for files, as the small arrangement has them."""
    with tempfile.TemporaryDirectory(prefix="concord-benchmark-") as folder:
        for name in ("DATABASE_URL", "REDIS_URL", "CONCORD_FILES"):
            os.environ.pop(name, None)
        os.environ |= {
            "CONCORD_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "CONCORD_LOG_LEVEL": "ERROR",
        }
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        yield
        connection.close()


def timed(task: Callable[[], object]) -> float:
    begin = time.perf_counter()
    task()
    return time.perf_counter() - begin


def rows_written() -> int:
    """How many rows the database holds in all."""
    from django.apps import apps

    return sum(model.objects.count() for model in apps.get_models())


def bare_inserts(count: int) -> float:
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS yardstick (words text)")

        def insert() -> None:
            for _ in range(count):
                with transaction.atomic():
                    cursor.execute("INSERT INTO yardstick VALUES (%s)", ["a" * 200])

        taken = timed(insert)
        cursor.execute("DELETE FROM yardstick")
    return taken


def bare_csv(lines: int, length: int, folder: Path) -> float:
    def write() -> None:
        with (folder / "yardstick.csv").open("w", newline="") as file:
            writer = csv.writer(file)
            for _ in range(lines):
                writer.writerow(["a" * (length // 10)] * 10)

    return timed(write)


def codings(documents: int) -> dict[str, dict[str, None]]:
    return {f"d{n:05d}": {"C1": None, "C2": None} for n in range(documents)}


def lines(documents: int) -> list[bytes]:
    from tests.reconciliation.samples import event

    made = []
    for n in range(documents):
        for shift, label in enumerate(("C1", "C2")):
            found = [
                event(line=1, start=f"19{60 + n % 40}", status=1 if (n + shift) % 5 else 4, troops=100 + n, weight=1 + n % 3),
                event("TO", line=6, start=f"19{60 + n % 40}-0{1 + n % 9}", binding=n % 2, recipient=[200]),
            ]  # fmt: skip
            line = {"document": f"d{n:05d}", "coder": label, "outcome": "events", "events": found}
            made.append(json.dumps(line).encode())
    return made


def walk(documents: int, folder: Path) -> dict[str, tuple[float, float]]:
    """Step -> (seconds, ratio to its yardstick)."""
    from coding import importing
    from datasets import releases
    from projects import jobs
    from reconciliation import adjudication, runs
    from tests.reconciliation.samples import table

    made = table(codings(documents), slug=f"street-{documents}", labels=("C1", "C2"))
    project, by = made.round.project, made.pi.user
    told: dict[str, tuple[float, float]] = {}

    written = 0

    def step(name: str, task: Callable[[], object], *, again: bool = False) -> None:
        """What is done again rewrites the rows of the step before it instead of adding any."""
        nonlocal written
        before = rows_written()
        taken = timed(task)
        written = written if again else rows_written() - before
        told[name] = taken, taken / bare_inserts(written)

    def taken_in() -> None:
        done = importing.import_codings(project, lines(documents), by=by, in_round=made.round)
        assert done.problems == [], done.problems[:3]

    step("import", taken_in)
    step("reconcile", lambda: jobs.see_through(runs.start(made.round, by=made.pi)))
    step(
        "reconcile again",
        lambda: jobs.see_through(runs.start(made.round, by=made.pi)),
        again=True,
    )
    step("adjudicate", lambda: adjudication.accept_agreed(made.groups(), by=made.pi))
    release = releases.draft(project, "0.1.0", by=by)
    taken = timed(lambda: jobs.see_through(releases.build(release, by=by)))
    cells = release.files.exclude(rows=None)
    count = sum(cells.values_list("rows", flat=True))
    size = sum(cells.values_list("size", flat=True))
    told["release"] = taken, taken / bare_csv(count, size // max(count, 1), folder)
    return told


def main(sizes: Sequence[int]) -> None:
    with database(), tempfile.TemporaryDirectory() as folder:
        walk(2, Path(folder))  # so that no step pays for imports
        walks = [walk(size, Path(folder)) for size in sizes]
        for name, (first, _) in walks[0].items():
            times = [told[name][0] for told in walks]
            growths = [
                time_ / first / (size / sizes[0]) for time_, size in zip(times, sizes, strict=True)
            ]
            against = "csv" if name == "release" else "rows"
            measured = f"{', '.join(f'{one:.2f}' for one in times)} s: "
            measured += ", ".join(f"x{growth:.2f}" for growth in growths[1:]) + " a document"
            tell(Row(f"street: {name}", f"{', '.join(f'{size:,}' for size in sizes)} documents", times[-1], measured=measured,
                     yardstick=f"bare {against}", ratio=walks[-1][name][1], wanted="growth at most x2", memory=memory(),
                     stands=max(growths) <= 2))  # fmt: skip


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or SIZES)
