"""JSON Lines articles per second through the whole street, at growing numbers, on SQLite and PostgreSQL.

Run with `python -m tests.benchmarks.sources_articles [sqlite|postgres] [NUMBER...]`; both databases and 1,000, 10,000 and
100,000 unless told. The yardstick is a bare `bulk_create` of rows as long into a table without constraints, in the same
database and run. *In* they are when they can be given out and opened: read, checked, kept with text and blocks; *found* when
they are indexed for search too, and the states named in them noted. Two processes share the first part, so that the rate is
by the wall: on a machine that is busy it tells of the machine.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.benchmarks import measuring
from tests.benchmarks.measuring import Row, Spent
from tests.benchmarks.stories import LATIN, MIX, wire

WANTED = 1_000  # documents a second,
FROM = 10_000  # in tables of so many: fewer do not outweigh the start
FLAT = 0.8  # of the rate at the smallest number, at the largest
SIZES = (1_000, 10_000, 100_000)
BARE = 2_000


def main(arguments: list[str]) -> int:
    (name,) = measuring.each_database("tests.benchmarks.sources_articles", arguments)
    sizes = [int(word) for word in arguments if word.isdigit()] or list(SIZES)
    with measuring.database(name) as folder:
        return 0 if _measure(measuring.LABELS[name], folder, sizes) else 1


def _measure(label: str, folder: Path, sizes: list[int]) -> bool:
    from projects import jobs, members
    from projects.models import User
    from sources import collections

    founder = User.objects.create(username="founder")
    project = members.found("bench", title="Bench", by=founder)
    yardstick = _bare_rate()
    rates: list[float] = []
    good = True
    # The first go in unmeasured: imports, caches and the state system are nobody's growth.
    rounds = [(300, (LATIN,)), *((size, (LATIN,)) for size in sizes), (min(sizes), MIX)]
    for size, mix in rounds:
        name = f"wire-{size}-{len(mix)}.jsonl"
        path = folder / name
        with path.open("wb") as file:
            file.writelines(wire(size, seed=size + len(mix), mix=mix))
        with Spent() as spent:
            with path.open("rb") as file:
                chunks = iter(lambda f=file: f.read(1 << 20), b"")
                made = collections.take_in(project, by=founder, chunks=chunks, filename=name)
            (job,) = jobs.waiting_for(collections.COLLECT, made.public_id)
            jobs.see_through(job)
        with Spent() as behind:
            (job,) = jobs.waiting_for(collections.INDEX, made.public_id)
            jobs.see_through(job)
        path.unlink()
        made.refresh_from_db()
        if (made.state, made.documents.count()) != ("done", size):
            sys.exit(f"{label}: {made.state}, {made.reason}")
        if size == 300:
            continue
        is_plain = mix == (LATIN,)
        for what, wall, cpu, wanted in (
            ("in", spent.wall, spent.cpu, 0),
            (
                "found",
                spent.wall + behind.wall,
                spent.cpu + behind.cpu,
                WANTED if is_plain and size >= FROM else 0,
            ),
        ):
            rate, own = size / wall, size / cpu
            good &= measuring.tell(
                Row(
                    f"articles {what}, {label}" + ("" if is_plain else ", four scripts"),
                    f"{size:,}",
                    wall,
                    cpu,
                    f"{rate:,.0f}/s; {own:,.0f} per CPU s",
                    f"bare bulk_create {yardstick:,.0f} per CPU s",
                    own / yardstick,
                    f"{wanted:,}/s" if wanted else "",
                    measuring.memory(),
                    rate >= wanted if wanted else None,
                )
            )
        rates += [own] if is_plain else []
    if len(rates) > 1:
        good &= measuring.tell(
            Row(
                f"articles found, {label}: growth",
                f"{sizes[0]:,} to {sizes[-1]:,}",
                measured=f"rate per CPU s x{rates[-1] / rates[0]:.2f}",
                wanted=f"flat: x{FLAT} or more",
                stands=rates[-1] / rates[0] >= FLAT,
            )  # fmt: skip
        )
    return good


def _bare_rate() -> float:
    """Rows of the same length a second into a table of two columns."""
    from django.db import connection, models, transaction

    class Bare(models.Model):
        body = models.TextField()

        class Meta:
            app_label = "sources"
            db_table = "bench_bare"

    bodies = [json.loads(line)["body"] for line in wire(BARE, seed=1)]
    with connection.schema_editor() as editor:
        editor.create_model(Bare)
    with Spent() as spent:
        for at in range(0, BARE, 500):
            with transaction.atomic():
                Bare.objects.bulk_create(Bare(body=body) for body in bodies[at : at + 500])
    return BARE / spent.cpu


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
