"""No job is lost or done twice: workers, pool children, web servers and the broker killed at random while documents come in.

    python -m tests.trust.jobs [--short] [--kills 200] [sqlite] [postgres]

`postgres` is the large arrangement: Celery's pool on a Redis-compatible server; `sqlite` the small one, with the worker that
polls. Documents are uploaded without a pause; what was not answered is sent again. When all is up again every document whose
upload was answered must be read, by one text and one outline, with one line in the ledger, and no job be left or have failed.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import migrated
from tests.servers import Servers, family, is_running, new_servers
from tests.trust.figures import Clock, Figure, tell, words
from tests.trust.nursery import Nursery, Place, wait

PROMISE = "no job is lost or done twice ({})"
LABELS = {"sqlite": "one machine, SQLite", "postgres": "Celery, Valkey, PostgreSQL"}
KILLS, SHORT = 200, 6
SETTINGS = {"CONCORD_JOB_LEASE": "2", "CONCORD_JOB_ATTEMPTS": "500"}
BODY = (
    "Report {n}.\n\nThe parties will hold joint exercises every year, number {n} of them at sea.\n"
)


class Uploader(threading.Thread):
    """Sends one document after the other; `answered` are those whose adding was said to be done."""

    def __init__(self, port: int, session: str, *, ahead: int = 12) -> None:
        super().__init__(daemon=True)
        self.port, self.session, self.ahead = port, session, ahead
        self.answered: list[str] = []
        self.again = 0
        self.wrong: list[str] = []
        self.told_to_stop = threading.Event()
        self.read = (
            0  # how many the programme has seen to be read; a queue that only grows tests nothing
        )

    def run(self) -> None:
        n = 0
        while not self.told_to_stop.is_set():
            name = f"report-{n}"
            if self.put(name, BODY.format(n=n)):
                self.answered.append(name)
                n += 1
            while len(self.answered) > self.read + self.ahead and not self.told_to_stop.is_set():
                self.told_to_stop.wait(0.05)

    def put(self, name: str, body: str) -> bool:
        try:
            status, said = upload(self.port, self.session, name, body)
        except (OSError, http.client.HTTPException, ValueError):
            self.again += 1
            self.told_to_stop.wait(0.05)
            return False
        if status == 422 and "already here" in said.get("detail", ""):
            return True  # it had been taken, only the answer was lost
        if status not in {201, 503}:
            self.wrong.append(f"{status} {json.dumps(said)[:300]}")
        return status == 201


def upload(port: int, session: str, name: str, body: str) -> tuple[int, dict[str, Any]]:
    token, boundary = "a" * 32, "concord-boundary"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="external_id"\r\n\r\n{name}\r\n',
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}.txt"\r\n'
        f"Content-Type: text/plain\r\n\r\n{body}\r\n--{boundary}--\r\n",
    ]
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=40)
    try:
        line.request(
            "POST", "/api/v1/projects/trust/documents/", "".join(parts).encode(),
            {"Cookie": f"sessionid={session}; csrftoken={token}", "X-CSRFToken": token,
             "Content-Type": f"multipart/form-data; boundary={boundary}", "Connection": "close"},
        )  # fmt: skip
        answer = line.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        line.close()


class Arrangement:
    """What runs, and may be killed, by name; started again at once."""

    def __init__(self, nursery: Nursery, servers: Servers | None) -> None:
        self.nursery, self.servers = nursery, servers
        self.running: dict[str, int] = {}
        self.ended = 0  # how often one ended by itself
        for name in ("web", "worker"):
            self.start(name)

    @property
    def victims(self) -> list[str]:
        return ["worker", "web", *(["child", "redis"] if self.servers else [])]

    def start(self, name: str) -> None:
        if name == "web":
            self.running[name] = self.nursery.web()
        elif self.servers:
            self.running[name] = self.nursery.start("celery", "--concurrency", "2")
        else:
            self.running[name] = self.nursery.start("work", "--poll", "0.05")

    def mend(self) -> None:
        """What ended by itself is started again, as systemd or compose would: Celery gives up when its pool dies too soon."""
        for name, pid in self.running.items():
            if not is_running(pid):
                self.nursery.kill(pid)  # what it left behind
                self.start(name)
                self.ended += 1

    def kill(self, name: str, chance: random.Random) -> None:
        if name == "redis":
            assert self.servers is not None
            self.servers.redis.kill()
            time.sleep(chance.uniform(0, 0.3))
            self.servers.redis.start()
        elif name == "child":
            if children := family(self.running["worker"])[1:]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(chance.choice(children), signal.SIGKILL)
        else:
            self.nursery.kill(self.running[name])
            self.start(name)


@dataclass(frozen=True)
class Outcome:
    kills: Counter[str]
    said: dict[str, Any]
    answered: int
    again: int
    wrong: tuple[str, ...]
    ended: int = 0

    @property
    def stands(self) -> bool:
        return not self.wrong and not self.said["wrong"] and self.answered > 0

    def told(self) -> str:
        kinds = ", ".join(f"{name} {count}" for name, count in sorted(self.kills.items()))
        problems = [*self.wrong, *self.said["wrong"]]
        end = f"; {'; '.join(problems[:3])}" if problems else "; 0 lost, 0 twice, 0 failed"
        again = f"{self.said['interrupted']} of them begun again"
        if self.ended:
            again += f", {self.ended} programs that ended by themselves started again"
        return f"{sum(self.kills.values())} kills ({kinds}): {self.answered} documents, {self.said['jobs']} jobs, {again}{end}"


def is_at_work(arrangement: Arrangement, uploader: Uploader) -> bool:
    arrangement.mend()
    uploader.read, running = arrangement.nursery.call("tests.trust.jobs:stand")
    return bool(running)


def kill_while_working(place: Place, servers: Servers | None, *, kills: int, seed: int = 8) -> Outcome:  # fmt: skip
    chance, count = random.Random(seed), Counter[str]()
    with Nursery(place) as nursery:
        session = nursery.call("tests.trust.jobs:lay")
        arrangement = Arrangement(nursery, servers)
        uploader = Uploader(place.port, session)
        uploader.start()
        wait(lambda: uploader.answered, "the first upload", nursery.log)
        order = [name for _ in range(kills) for name in arrangement.victims][:kills]
        chance.shuffle(order)
        for n, name in enumerate(order, start=1):
            # Struck in the midst of work: an idle worker has nothing to lose.
            wait(lambda: is_at_work(arrangement, uploader), "a job that runs", nursery.log)
            time.sleep(chance.uniform(0, 0.3))
            arrangement.kill(name, chance)
            count[name] += 1
            if n % 50 == 0:
                print(f"   {n} kills, {uploader.read} documents read", flush=True)
        uploader.told_to_stop.set()
        uploader.join(60)

        def is_quiet() -> bool:
            arrangement.mend()
            return bool(nursery.call("tests.trust.jobs:is_quiet"))

        wait(is_quiet, "the end of all jobs", nursery.log, seconds=120)
        said = nursery.call("tests.trust.jobs:look", answered=uploader.answered)
    return Outcome(
        count,
        said,
        len(uploader.answered),
        uploader.again,
        tuple(uploader.wrong),
        arrangement.ended,
    )


# -- inside the product


def lay() -> str:
    """Migrated, with a project; the session of its manager."""

    from tests import small
    from tests.benchmarks.saving import session_of

    migrated.migrate()
    return session_of(small.manager_of(small.project("trust")))


def read() -> int:
    from sources.models import Document

    return Document.objects.filter(state=Document.State.READ).count()


def stand() -> tuple[int, int]:
    """How many documents are read, and how many jobs run under a lease that holds."""
    from django.utils import timezone

    from projects.models import Job

    running = Job.objects.filter(state=Job.State.RUNNING, lease_until__gt=timezone.now())
    return read(), running.count()


def is_quiet() -> bool:
    """Whether nothing is waiting or running; looked at seldom enough to leave the machine to the workers."""
    from projects.models import Job

    time.sleep(0.3)
    return not Job.objects.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING]).exists()


def look(answered: list[str]) -> dict[str, Any]:
    """What became of the documents that were answered, and of every job."""
    from django.db import connection

    from projects import ledger
    from projects.models import Job, LedgerLine, Project
    from sources.models import Document, Outline, Text
    from tests.trust.coders import integrity

    wrong = []
    documents = {one.external_id: one for one in Document.objects.all()}
    for name in answered:
        if name not in documents:
            wrong.append(f"{name} is lost")
        elif documents[name].state != Document.State.READ:
            wrong.append(f"{name} is {documents[name].state}: {documents[name].reason}")
    for what, rows in (
        ("texts", Text.objects.values_list("document_id", flat=True)),
        ("outlines", Outline.objects.values_list("text__document_id", flat=True)),
        (
            "lines in the ledger",
            LedgerLine.objects.filter(verb="document.add").values_list("subject_id", flat=True),
        ),
    ):
        wrong += [
            f"{count} {what} of document {one}" for one, count in Counter(rows).items() if count > 1
        ]
    ended = Job.objects.exclude(state=Job.State.DONE)
    wrong += [f"job {one.pk} {one.kind} is {one.state}: {one.error}" for one in ended]
    done = Counter(
        Job.objects.filter(kind="sources.read", state="done").values_list("subject", flat=True)
    )
    wrong += [f"{one} was read by {count} jobs" for one, count in done.items() if count > 1]
    wrong += [broken.message for project in Project.objects.all() for broken in ledger.verify(project)]  # fmt: skip
    return {
        "jobs": Job.objects.count(),
        "interrupted": Job.objects.filter(attempts__gt=1).count(),
        "wrong": [*wrong, *integrity(connection)],
    }


def programme(arrangement: str, *, kills: int) -> Figure:
    clock, servers = Clock(), None
    with tempfile.TemporaryDirectory(prefix="concord-jobs-") as folder:
        place = Place(Path(folder), **SETTINGS)
        try:
            if arrangement == "postgres":
                servers = new_servers()
                place.environment |= {
                    "DATABASE_URL": servers.start_postgres(),
                    "REDIS_URL": servers.start_redis(lasting=True),
                }
            outcome = kill_while_working(place, servers, kills=kills)
        finally:
            if servers:
                servers.stop()
    asked = f"{kills} kill rounds: no job lost or done twice"
    return Figure(PROMISE.format(LABELS[arrangement]), asked, outcome.told(), outcome.stands, clock.seconds)  # fmt: skip


def main(arguments: list[str]) -> int:
    parser = words(__doc__)
    parser.add_argument("--kills", type=int, default=KILLS)
    said = parser.parse_args(arguments)
    kills = SHORT if said.short else said.kills
    return max(tell(programme(one, kills=kills)) for one in said.databases or LABELS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
