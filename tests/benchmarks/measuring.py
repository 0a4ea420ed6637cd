"""What benchmarks share: a clock for wall and processor, a database of their own, rows of the one table.

A row is printed where it is measured; `python -m tests.benchmarks` gathers the rows of all into one table.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROWS_FILE = "CONCORD_BENCHMARK_ROWS"  # where rows are gathered, one line of JSON each
COLUMNS = (
    "what",
    "size",
    "wall s",
    "CPU s",
    "measured",
    "yardstick",
    "ratio",
    "wanted",
    "memory",
    "",
)


@dataclass(frozen=True)
class Row:
    """One thing measured. `stands` says whether what is wanted was reached, None where nothing is."""

    what: str
    size: str = ""
    wall: float | None = None
    cpu: float | None = None
    measured: str = ""
    yardstick: str = ""
    ratio: float | None = None
    wanted: str = ""
    memory: float | None = None  # megabytes at most, of this process
    stands: bool | None = None

    def cells(self) -> tuple[str, ...]:
        def number(value: float | None, form: str) -> str:
            return "" if value is None else format(value, form)

        verdict = "" if self.stands is None else "stands" if self.stands else "MISSED"
        return (
            self.what, self.size, number(self.wall, ".1f"), number(self.cpu, ".1f"), self.measured, self.yardstick,
            number(self.ratio, ".2f"), self.wanted, number(self.memory, ".0f") + (" MB" if self.memory else ""), verdict,
        )  # fmt: skip


def tell(*rows: Row) -> bool:
    """Print rows and hand them on; whether all that was wanted stands."""
    for row in rows:
        print("  ".join(cell for cell in row.cells() if cell), flush=True)
    if gathered := os.environ.get(ROWS_FILE):
        with open(gathered, "a", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(row)) + "\n" for row in rows)
    return all(row.stands is not False for row in rows)


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table whose columns stand under each other."""
    return markdown(COLUMNS, [row.cells() for row in rows])


def markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, *rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(heads))]
    lines.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    )


def run_for(words: Sequence[str], environment: dict[str, str], *, seconds: float) -> int | None:
    """The exit code of a process with all that it starts; None where it was stopped because its time was over."""
    # A group of its own, so that what it started ends with it.
    with subprocess.Popen(words, env=environment, start_new_session=True) as process:
        try:
            return process.wait(timeout=seconds)
        except BaseException as problem:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
            if not isinstance(problem, subprocess.TimeoutExpired):
                raise
            return None


@dataclass
class Spent:
    """Seconds by the wall and of processor: this process's own, those of the processes it started that have ended, and
    those of the PostgreSQL back end that serves it.

    Processor time is what other people's work on the machine leaves nearly alone.
    """

    wall: float = 0.0
    cpu: float = 0.0
    _since: tuple[float, float] = field(default=(0.0, 0.0), repr=False)

    def __enter__(self) -> Spent:
        self._since = time.perf_counter(), _processor()
        return self

    def __exit__(self, *problem: object) -> None:
        wall, cpu = self._since
        self.wall += time.perf_counter() - wall
        self.cpu += _processor() - cpu


def _processor() -> float:
    told = os.times()
    return time.process_time() + told.children_user + told.children_system + _back_end()


def _back_end() -> float:
    """Seconds of processor of the PostgreSQL process at the other end, where /proc tells."""
    if "django.db" not in sys.modules or "postgres" not in os.environ.get("DATABASE_URL", ""):
        return 0.0
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    try:
        told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def memory() -> float:
    """The most megabytes that this process has held so far."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 if sys.platform != "darwin" else most / 1024**2


@contextmanager
def database(name: str) -> Iterator[Path]:
    """A new, migrated database ('sqlite' or 'postgres') and the folder of its files. Once in a process."""
    with tempfile.TemporaryDirectory(prefix="concord-benchmark-") as folder, _address(name, folder) as address:  # fmt: skip
        os.environ |= {
            "DATABASE_URL": address,
            "REDIS_URL": "",
            "CONCORD_DATA": folder,
            "CONCORD_FILES": f"{folder}/files",
            "CONCORD_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        import django  # the settings are read where it is set up

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        yield Path(folder)
        connection.close()


@contextmanager
def _address(name: str, folder: str) -> Iterator[str]:
    if name == "sqlite":
        yield f"sqlite:///{folder}/benchmark.sqlite3"
        return
    words = [sys.executable, "-m", "tests.servers", "--watch", str(os.getpid())]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as servers:
        assert servers.stdout is not None
        said = {}
        for line in servers.stdout:
            if line.strip() == "ready":
                break
            key, _, value = line.strip().partition("=")
            said[key] = value
        try:
            if "CONCORD_TEST_POSTGRES_URL" not in said:
                sys.exit("PostgreSQL could not be had; nothing was measured.")
            yield said["CONCORD_TEST_POSTGRES_URL"]
        finally:
            servers.terminate()


LABELS = {"sqlite": "SQLite", "postgres": "PostgreSQL"}


def each_database(module: str, arguments: Sequence[str]) -> list[str]:
    """The databases named in the arguments (both, if none); with several, the module is run once for each and ends."""
    named = [word for word in arguments if word in LABELS] or list(LABELS)
    if len(named) == 1:
        return named
    rest = [word for word in arguments if word not in LABELS]
    codes = [
        subprocess.run([sys.executable, "-m", module, name, *rest]).returncode for name in named
    ]
    sys.exit(max(codes))
