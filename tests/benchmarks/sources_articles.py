"""JSON Lines articles per second through the whole street, at growing numbers, on SQLite and PostgreSQL.

Run with `python -m tests.benchmarks.sources_articles [sqlite|postgres] [NUMBER...]`. The yardstick is a bare
`bulk_create` of rows as long into a table without constraints, in the same database and run.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

WANTED = 1_000  # documents a second
SIZES = (1_000, 10_000, 100_000)
WORDS = [
    "alliance",
    "treaty",
    "forces",
    "base",
    "agreement",
    "government",
    "minister",
    "exercise",
    "naval",
    "defence",
    "joint",
    "statement",
    "security",
    "commitment",
    "border",
    "troops",
    "signed",
    "talks",
    "visit",
    "supply",
    "radar",
    "harbour",
    "council",
    "delegation",
    "press",
    "north",
    "south",
]


def articles(count: int, seed: int = 7) -> Iterator[bytes]:
    """Lines of about two kilobytes, none the same."""
    draw = random.Random(seed)
    for n in range(count):
        sentences = [
            " ".join(draw.choices(WORDS, k=14)).capitalize() + f" {draw.randrange(10**6)}."
            for _ in range(18)
        ]
        paragraphs = "\n\n".join(" ".join(sentences[k : k + 3]) for k in range(0, 18, 3))
        row = {
            "id": f"wire-{seed}-{n}",
            "headline": f"Statement {seed}-{n} on {draw.choice(WORDS)}",
            "published": f"{1950 + n % 70}-{1 + n % 12:02d}-{1 + n % 28:02d}",
            "source": "Wire",
            "body": paragraphs,
        }
        yield json.dumps(row).encode() + b"\n"


def main(arguments: list[str]) -> int:
    names = [word for word in arguments if not word.isdigit()] or ["sqlite"]
    sizes = [int(word) for word in arguments if word.isdigit()] or list(SIZES)
    if len(names) > 1:
        return max(_again(name, sizes) for name in names)
    with tempfile.TemporaryDirectory(prefix="concord-benchmark-") as folder:
        if names[0] == "sqlite":
            return _measure("SQLite", f"sqlite:///{folder}/db.sqlite3", folder, sizes)
        return _with_postgres(folder, sizes)


def _again(name: str, sizes: list[int]) -> int:
    """One database for each process: Django is set up once."""
    import subprocess

    words = [sys.executable, "-m", "tests.benchmarks.sources_articles", name, *map(str, sizes)]
    return subprocess.run(words, check=False).returncode


def _with_postgres(
    folder: str, sizes: list[int], measure: Callable[[str, str, str, list[int]], int] | None = None
) -> int:
    import subprocess

    words = [sys.executable, "-m", "tests.servers", "--watch", str(os.getpid())]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as servers:
        assert servers.stdout is not None
        url = ""
        for line in servers.stdout:
            name, _, value = line.strip().partition("=")
            if name == "CONCORD_TEST_POSTGRES_URL":
                url = value
            if line.strip() == "ready":
                break
        try:
            if not url:
                print("PostgreSQL: could not be had, nothing measured")
                return 1
            return (measure or _measure)("PostgreSQL", url, folder, sizes)
        finally:
            servers.terminate()


def _measure(name: str, url: str, folder: str, sizes: list[int]) -> int:
    os.environ |= {
        "DATABASE_URL": url,
        "CONCORD_DATA": folder,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from projects import jobs, members
    from projects.models import User
    from sources import collections

    founder = User.objects.create(username="founder")
    project = members.found("bench", title="Bench", by=founder)
    yardstick = _bare_rate(1_000)
    rates = []
    for size in sizes:
        path = Path(folder) / f"wire-{size}.jsonl"
        with path.open("wb") as file:
            file.writelines(articles(size, seed=size))
        began, busy = time.perf_counter(), time.process_time()
        with path.open("rb") as file:
            made = collections.take_in(
                project, by=founder, chunks=iter(lambda f=file: f.read(1 << 20), b""), filename=path.name
            )  # fmt: skip
        (job,) = jobs.waiting_for(collections.COLLECT, made.public_id)
        jobs.see_through(job)
        taken, busy = time.perf_counter() - began, time.process_time() - busy
        made.refresh_from_db()  # type: ignore[union-attr]
        assert (made.state, made.documents.count()) == ("done", size), made.reason  # type: ignore[union-attr]
        rates.append(size / taken)
        print(
            f"{name}: {size:>7,} articles in {taken:6.1f} s ({busy:.1f} s of processor), {rates[-1]:6,.0f} a second "
            f"(wanted {WANTED:,}); "
            f"bare bulk_create {yardstick:7,.0f} a second, share {rates[-1] / yardstick:.2f}"
        )
    print(f"{name}: growth, last rate to first {rates[-1] / rates[0]:.2f} (flat is 1)")
    return 0 if min(rates) >= WANTED else 1


def _bare_rate(count: int) -> float:
    """Rows of the same length a second into a table of two columns."""
    from django.db import connection, models, transaction

    class Bare(models.Model):
        body = models.TextField()

        class Meta:
            app_label = "sources"
            db_table = "bench_bare"

    bodies = [json.loads(line)["body"] for line in articles(count, seed=1)]
    with connection.schema_editor() as editor:
        editor.create_model(Bare)
    began = time.perf_counter()
    for at in range(0, count, 500):
        with transaction.atomic():
            Bare.objects.bulk_create(Bare(body=body) for body in bodies[at : at + 500])
    return count / (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
