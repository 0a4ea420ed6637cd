"""The large arrangement under load: PostgreSQL, Valkey, two web servers and four workers, everything at once, two of them killed.

    python -m tests.trust.large [--short] [--coders 50] [--documents 10000] [--study 300] [--seconds 60]

The programs are `manage.py serve --no-worker` and `manage.py work` themselves. Coders save first with the machine to themselves,
then while an archive of documents comes in, a study of its own is reconciled and its release is built; in the midst of it one
worker and one web server are killed and started again, as systemd or compose would. Coders go to the other server when one does
not answer, as behind a proxy. No answer may be an error, no operation lost, every job done.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.saving import p95
from tests.benchmarks.stories import MIX, wire
from tests.servers import family, new_servers
from tests.trust.coders import Coder
from tests.trust.figures import Clock, Figure, tell, words
from tests.trust.nursery import ROOT, Nursery, Place, wait

WEB, WORKERS = 2, 4
PACE = 1.0  # seconds between two saves of a coder


@dataclass(frozen=True)
class Size:
    coders: int = 50
    documents: int = 10_000
    study: int = 300  # documents that are reconciled, each read by two coders
    seconds: float = 60.0  # of saving alone, and of saving at least beside all else


SHORT = Size(coders=6, documents=60, study=10, seconds=3.0)


class TravellingCoder(Coder):
    """One who goes to the other server when this one does not answer."""

    def __init__(self, ports: list[int], **given: Any) -> None:
        super().__init__(ports[0], **given)
        self.ports = ports

    def save(self, *, new: bool = True) -> None:
        super().save(new=new)
        if self.unanswered:
            self.port = self.ports[(self.ports.index(self.port) + 1) % len(self.ports)]


class Program:
    """One of the product's own programs, which may be killed and started again."""

    def __init__(self, place: Place, *arguments: str, **environment: str) -> None:
        self.place, self.arguments, self.environment = place, arguments, environment
        self.start()

    def start(self) -> None:
        with (self.place.folder / "programs.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", *self.arguments],
                cwd=ROOT, env=self.place.environment | self.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def kill(self) -> None:
        for pid in family(self.process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(30)

    def stop(self) -> None:
        """As systemd stops it."""
        self.process.terminate()
        try:
            self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.kill()


@dataclass(frozen=True)
class Outcome:
    idle: float
    busy: float
    saves: int
    wrong: tuple[str, ...]
    said: dict[str, Any]

    def told(self, size: Size) -> str:
        problems = f"; {'; '.join(self.wrong[:3])}" if self.wrong else "; no error, 0 lost"
        return (
            f"{size.coders} coders, {self.saves:,} saves, p95 {self.busy:.0f} ms beside {self.idle:.0f} ms idle; "
            f"{self.said['documents']:,} documents in, {self.said['groups']:,} groups, release of {self.said['files']} files; "
            f"1 worker and 1 web server killed{problems}"
        )


def run(place: Place, other: Place, size: Size) -> Outcome:
    programs: list[Program] = []
    with Nursery(place) as nursery:
        laid = nursery.call("tests.trust.large:lay", coders=size.coders, study=size.study)
        ports = [place.port, other.port]
        try:
            web = [Program(place, "serve", "--no-worker", "--processes", "1", "--bind", f"127.0.0.1:{port}") for port in ports]  # fmt: skip
            programs += web
            for one in (place, other):
                wait(one.answers, "a web server's answer", nursery.log, seconds=120)
            programs += (workers := [Program(place, "work") for _ in range(WORKERS)])
            coders = [
                TravellingCoder(ports if n % 2 else ports[::-1], seed=n, pause=PACE, **one)
                for n, one in enumerate(laid["coders"])
            ]
            for one in coders:
                one.start()
            time.sleep(size.seconds / 4)  # what is done once is done
            idle = _during(coders, lambda: time.sleep(size.seconds))

            def everything() -> None:
                _at_once(place, nursery, size, workers[0], web[1], lambda: sum(len(one.acknowledged) for one in coders))  # fmt: skip

            busy = _during(coders, everything)
            for one in coders:
                one.told_to_stop.set()
            for one in coders:
                one.finish()
            said = nursery.call(
                "tests.trust.coders:look",
                acknowledged={one.public_id: one.acknowledged for one in coders},
            )
            ended = nursery.call("tests.trust.large:look")
            said = said | ended | {"wrong": said["wrong"] + ended["wrong"]}
        finally:
            for program in reversed(programs):
                program.stop()
    wrong = [problem for one in coders for problem in one.wrong] + said["wrong"]
    wrong += [f"{said['lost']} operations lost"] * bool(said["lost"])
    wrong += [f"{said['documents']} documents read"] * (said["documents"] != size.documents)
    unavailable = sum(one.unavailable for one in coders)
    wrong += [f"{unavailable} answers that the database was away"] * bool(unavailable)
    saves = sum(len(one.times) for one in coders)
    return Outcome(idle, busy, saves, tuple(wrong), said)


def _during(coders: list[TravellingCoder], act: Callable[[], None]) -> float:
    """The p95 of the saves that were answered meanwhile, in milliseconds."""
    before = [len(one.times) for one in coders]
    act()
    taken = [ms for n, one in zip(before, coders, strict=True) for ms in one.times[n:]]
    return p95(sorted(taken)) if len(taken) > 1 else float("nan")


def _at_once(
    place: Place, nursery: Nursery, size: Size, worker: Program, web: Program, saved: Callable[[], int]
) -> None:  # fmt: skip
    """An import, a reconciliation and a release; two programs killed in their midst; until all of it is done."""
    begun = time.monotonic()
    table = place.folder / "wire.jsonl"
    table.write_bytes(b"\n".join(wire(size.documents, seed=8, mix=MIX)))
    nursery.call("tests.trust.large:ask", table=str(table))
    time.sleep(min(size.seconds, 5.0))
    for program in (worker, web):
        before = saved()
        program.kill()
        wait(lambda before=before: saved() > before, "a save beside a killed program", nursery.log)
        program.start()

    def is_done() -> bool:
        time.sleep(0.5)
        return bool(nursery.call("tests.trust.jobs:is_quiet"))

    wait(is_done, "the end of all jobs", nursery.log, seconds=3000)
    time.sleep(max(0.0, size.seconds - (time.monotonic() - begun)))


# -- inside the product


def lay(coders: int, study: int) -> dict[str, Any]:
    """Work for the coders, and another study whose round is coded and waits to be reconciled."""
    import json

    from django.core.management import call_command

    from coding import codebooks, importing, rounds
    from projects import members
    from tests.reconciliation import samples
    from tests.trust import coders as laying

    call_command("migrate", verbosity=0)
    call_command("collectstatic", "--noinput", verbosity=0)
    laid = laying.lay(coders)
    by = samples.person("pi")
    project = members.found("study", title="A study", by=by)
    members.add(project, by, roles=["manager", "adjudicator", "exporter"], by=by, label="PI")
    coding = [samples.member(project, label=label) for label in ("C1", "C2")]
    codebooks.publish(codebooks.load(project, samples.CODEBOOK, by=by), by=by)
    documents = [samples.document(project, f"d{n}", by=by) for n in range(study)]
    rounds.open_round(project, "pilot", by=by, coders=coding, documents=documents, per_document=2, seed=1)  # fmt: skip
    lines = [
        {"document": f"d{n}", "coder": label, "outcome": "events",
         "events": [samples.event(line=k, start=f"19{51 + k}", status=[1, 4, 5][(n + k + shift) % 3]) for k in range(5)]}
        for n in range(study) for label, shift in (("C1", 0), ("C2", n % 2))
    ]  # fmt: skip
    done = importing.import_codings(project, [json.dumps(one).encode() for one in lines], by=by)
    assert not done.problems, done.problems[:3]
    return {"coders": laid}


def ask(table: str) -> None:
    """What is to happen at once, asked for as pages ask for it."""
    from coding.models import Round
    from datasets import releases
    from projects import access
    from projects.models import Project, User
    from reconciliation import runs
    from sources import collections
    from tests import small

    project = Project.objects.get(slug="trust")
    with open(table, "rb") as file:
        collections.take_in(
            project, by=small.manager_of(project), chunks=iter(lambda: file.read(1 << 20), b""), filename="wire.jsonl"
        )  # fmt: skip
    holder = access.pass_for(User.objects.get(username="pi"), "study")
    runs.start(Round.objects.get(project=holder.project), by=holder, replicates=200)
    releases.build(releases.draft(holder.project, "0.1.0", by=holder.user), by=holder.user)


def look() -> dict[str, Any]:
    from datasets.models import ReleaseFile
    from projects.models import Job
    from reconciliation.models import Group
    from sources.models import Document

    ended = Job.objects.exclude(state=Job.State.DONE)
    return {
        "documents": Document.objects.exclude(collection=None).filter(state="read").count(),
        "groups": Group.objects.count(),
        "files": ReleaseFile.objects.count(),
        "wrong": [f"job {one.kind} is {one.state}: {one.error}" for one in ended],
    }


def programme(size: Size) -> Figure:
    clock, servers = Clock(), new_servers()
    with tempfile.TemporaryDirectory(prefix="concord-large-") as folder:
        try:
            settings = {
                "DATABASE_URL": servers.start_postgres(lasting=True),
                "REDIS_URL": servers.start_redis(lasting=True), "CONCORD_JOB_LEASE": "10",
            }  # fmt: skip
            place = Place(Path(folder), **settings)
            outcome = run(place, Place(Path(folder), **settings), size)
        finally:
            servers.stop()
    asked = f"{size.coders} coders, {size.documents:,} documents, a run, a release; 2 kills: no error, nothing lost"
    return Figure("the large arrangement holds", asked, outcome.told(size), not outcome.wrong, clock.seconds)  # fmt: skip


def main(arguments: list[str]) -> int:
    parser = words(__doc__)
    whole = Size()
    for name in ("coders", "documents", "study"):
        parser.add_argument(f"--{name}", type=int, default=getattr(whole, name))
    parser.add_argument("--seconds", type=float, default=whole.seconds)
    said = parser.parse_args(arguments)
    size = SHORT if said.short else Size(said.coders, said.documents, said.study, said.seconds)
    return tell(programme(size))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
