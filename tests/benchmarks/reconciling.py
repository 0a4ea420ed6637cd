"""A whole run of reconciliation, from rows to stored groups, positions and figures, at growing numbers of documents.

Run with `python -m tests.benchmarks.reconciling [sqlite|postgres] [DOCUMENTS...]`: three coders, five events each.
The yardstick is a bare `bulk_create` of as many rows as the run leaves positions, as long as they are, into a table
of one text column of the same database and run. The second run meets its own work, the third one changed document.
Rows are made by a process of their own, so that the peak of memory is the run's.
"""

from __future__ import annotations

import datetime
import itertools
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from tests.benchmarks import measuring
from tests.benchmarks.measuring import Row

SIZES = (100, 1_000, 10_000)
CODERS, EVENTS = 3, 5
LABELS = [f"C{n}" for n in range(1, CODERS + 1)]
STATES = [2, 200, 220, 255, 325, 640, 710, 732, 740, 840]
TYPES = ["EX", "MA", "TO"]


def spread(slug: str, documents: int, seed: int = 5) -> Any:
    """A project whose round holds this many documents, read by every coder, who mostly agree."""
    from coding.models import Assignment, Event, Evidence, Passage
    from sources.models import Document, Page, Text
    from tests.reconciliation import samples

    draw = random.Random(seed)
    made = samples.table({}, labels=LABELS, slug=slug)
    project, by = made.round.project, made.pi.user
    rows = [
        Document(
            project=project, external_id=f"d{n:06d}", kind="news", title=f"Document {n}",
            filename=f"{n}.txt", sha256=f"{slug}{n:010d}", size=len(samples.BODY), added_by=by,
        )
        for n in range(documents)
    ]  # fmt: skip
    Document.objects.bulk_create(rows, batch_size=1_000)
    texts = Text.objects.bulk_create(
        [
            Text(
                document=row, n=1, sha256=f"{slug}{n:010d}", body=samples.BODY,
                length=len(samples.BODY), blocks=[["paragraph", 0, len(samples.BODY) - 1, 0]],
                reader="benchmark", reader_version="1", has_astral=False,
            )
            for n, row in enumerate(rows)
        ],
        batch_size=1_000,
    )  # fmt: skip
    for row, text in zip(rows, texts, strict=True):
        row.current_text, row.state = text, Document.State.READ
    Document.objects.bulk_update(rows, ["current_text", "state"], batch_size=1_000)
    Page.objects.bulk_create(
        [Page(text=text, number=1, start=0, end=len(samples.BODY)) for text in texts],
        batch_size=1_000,
    )
    now = datetime.datetime.now(datetime.UTC)
    work = Assignment.objects.bulk_create(
        [
            Assignment(
                round=made.round, document=row, text=text, coder=made.coders[label], state="submitted",
                outcome="events", queue_key=f"{n:06d}", submitted_at=now,
            )
            for n, (row, text) in enumerate(zip(rows, texts, strict=True))
            for label in LABELS
        ],
        batch_size=1_000,
    )  # fmt: skip
    truth = [
        [(draw.choice(TYPES), draw.sample(STATES, 2), draw.randrange(365), at) for at in range(EVENTS)]
        for _ in rows
    ]  # fmt: skip
    events, passages = [], []
    for number, assignment in enumerate(work):
        for at, (kind, (provider, recipient), day, line) in enumerate(truth[number // CODERS]):
            start = datetime.date(1951 + 7 * at, 1, 1) + datetime.timedelta(
                day + draw.choice((0, 0, 0, 3))
            )
            values: dict[str, Any] = {
                "title": f"Event {at} of {number // CODERS}",
                "provider": [provider],
                "recipient": [recipient],
                "start": start.isoformat(),
                "status": draw.choice((1, 4, 4, 4)),
                "weight": draw.choice((1, 2, 2, 3)),
                "sure": 3,
                "topics": draw.choice((["land"], ["sea"], ["land", "sea"])),
                "third": [],
            }
            if kind == "EX":
                values["troops"] = draw.randrange(1, 9) * 100
            events.append(
                Event(
                    assignment=assignment, uid=UUID(int=draw.getrandbits(128), version=4),
                    type=kind, position=at + 1, values=values,
                )
            )  # fmt: skip
            begin = line * 2 * samples.LINE + draw.choice((0, 0, 4))
            passages.append(
                Passage(
                    assignment=assignment, uid=UUID(int=draw.getrandbits(128), version=4),
                    start=begin, end=begin + samples.LINE - 8,
                    exact=samples.BODY[begin : begin + samples.LINE - 8],
                )
            )  # fmt: skip
    Event.objects.bulk_create(events, batch_size=1_000)
    Passage.objects.bulk_create(passages, batch_size=1_000)
    Evidence.objects.bulk_create(
        [
            Evidence(event=event, passage=passage, field="evidence")
            for event, passage in zip(events, passages, strict=True)
        ],
        batch_size=1_000,
    )
    return made


FILL = "--fill"


def filled(slug: str, documents: int) -> tuple[Any, Any]:
    """The round that another process has made by `spread`, and its PI."""
    from coding.models import Round
    from projects.access import pass_for
    from projects.models import User

    words = [sys.executable, "-m", "tests.benchmarks.reconciling", FILL, slug, str(documents)]
    told = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    return Round.objects.get(pk=told[0]), pass_for(User.objects.get(pk=told[1]), slug)


def fill(slug: str, documents: int) -> None:
    import django

    django.setup()
    from projects.models import User
    from tests.reconciliation import samples

    samples._numbers = itertools.count(User.objects.count() + 1)  # people are counted by process
    made = spread(slug, documents)
    print(made.round.pk, made.pi.user.pk)


def timed(task: Callable[[], object]) -> tuple[float, float]:
    """Wall seconds and processor seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    task()
    return time.perf_counter() - wall, time.process_time() - cpu


def bare_rows(count: int, length: int) -> float:
    """Seconds for as many rows as long, in batches, into a table of one column."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE yardstick (words text)")
        words = ["a" * length] * 500

        def insert() -> None:
            for _ in range(max(1, count // 500)):
                cursor.executemany("INSERT INTO yardstick VALUES (%s)", [[one] for one in words])

        taken, _ = timed(insert)
        cursor.execute("DROP TABLE yardstick")
    return taken


def measure(name: str, sizes: list[int]) -> int:
    from coding.models import Event
    from projects import jobs
    from reconciliation import runs
    from reconciliation.models import Position
    from tests.reconciliation import samples

    samples.reconciled(spread("warm", 3))
    print(f"{name}: {CODERS} coders, {EVENTS} events each; seconds (processor seconds)")
    print(f"{'documents':>10}{'run':>18}{'again':>18}{'one changed':>18}{'positions':>11}{'x bare':>8}{'peak MB':>9}")  # fmt: skip
    each: list[float] = []
    for size in sizes:
        of_round, pi = filled(f"size-{size}", size)

        def run(of_round: Any = of_round, pi: Any = pi) -> None:
            job = jobs.see_through(runs.start(of_round, by=pi))
            assert job.state == job.State.DONE, job.error

        first, again = timed(run), timed(run)
        one = Event.objects.filter(assignment__round=of_round).order_by("pk")[7]
        samples.put(one, values={**one.values, "status": 5})
        changed = timed(run)
        positions = Position.objects.filter(group__round=of_round).count()
        bare = bare_rows(positions, 220)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        cells = "".join(f"{wall:>9.1f} ({cpu:>5.1f})" for wall, cpu in (first, again, changed))
        print(f"{size:>10}{cells:>54}{positions:>11}{first[0] / bare:>8.1f}{peak:>9}", flush=True)
        each.append(first[1] / size)
        measuring.tell(Row(
            f"a run, {name}", f"{size:,} documents x {CODERS} x {EVENTS}", *first, f"again {again[0]:.1f} s, one changed {changed[0]:.1f} s",
            f"bare rows {bare:.2f} s", first[0] / bare, memory=peak,
        ))  # fmt: skip
    good = measuring.tell(Row(
        f"a run, {name}: growth", f"{sizes[0]:,} to {sizes[-1]:,}", measured=", ".join(f"x{one / each[0]:.2f}" for one in each) + " CPU s a document",
        wanted="flat: at most x1.5", stands=each[-1] <= 1.5 * each[0],
    ))  # fmt: skip
    return 0 if good else 1


def main(arguments: list[str]) -> int:
    if arguments[:1] == [FILL]:
        fill(arguments[1], int(arguments[2]))
        return 0
    sizes = [int(word) for word in arguments if word.isdigit()] or list(SIZES)
    name = "postgres" if "postgres" in arguments else "sqlite"
    with measuring.database(name):
        return measure(measuring.LABELS[name], sizes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
