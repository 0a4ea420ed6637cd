"""Concord, served as `manage.py serve` does it, and the bare views that the same processes serve."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

from tests.benchmarks.peers import jobs
from tests.benchmarks.peers.asking import Line, Refused, Streamed, until
from tests.installation import ROOT, Installation

SLUG, METRICS = "peers", "peers-measures"
CODEBOOK = ROOT / "coding" / "standard" / "peacetime-alliance-commitments.yaml"
APPLICATION = "tests.benchmarks.peers.served:application"

FOUND = """
import json
from pathlib import Path
from coding import codebooks
from projects import members, tokens
from projects.models import User
lead = User.objects.create(username="lead")
project = members.found({slug!r}, title="Peers", by=lead)
members.add(project, lead, roles=["manager", "adjudicator", "exporter"], by=lead, label="PI")
codebooks.publish(codebooks.load(project, Path({book!r}).read_text(), by=lead), by=lead)
made = {{"lead": tokens.create(project, by=lead, name="bench")[1], "coders": []}}
for n in range({coders}):
    person = User.objects.create(username=f"coder{{n}}")
    members.add(project, person, roles=["coder"], by=lead, label=f"C{{n + 1}}")
    made["coders"].append(tokens.create(project, by=person, name="bench")[1])
print(json.dumps(made))
"""
LAY = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""
LAY_BARE = """
from django.db import connection
from tests.benchmarks.peers.yardstick import BareCoding, BareDocument
with connection.schema_editor() as editor:
    editor.create_model(BareDocument)
    editor.create_model(BareCoding)
print("{}")
"""
OPEN_ROUND = """
from coding import rounds
from projects.models import Project, User
project = Project.objects.get(slug={slug!r})
lead = User.objects.get(username="lead")
coders = list(project.memberships.filter(label__startswith="C").order_by("pk"))
rounds.open_round(project, "coding", by=lead, coders=coders, per_document=min(4, len(coders)), seed=1,
                  documents=list(project.documents.filter(external_id__startswith="a0-")))
print("{{}}")
"""


class Place(Protocol):
    """Where Concord runs: a server on a port, scripts and commands beside it, somebody who does the long work."""

    port: int
    folder: Path

    def begin(self, words: str) -> Any:
        """From nothing: tables, a project as a script makes it, a server that answers. What the script prints."""

    def stop(self) -> None: ...

    def script(self, words: str) -> Any:
        """What a script inside the product prints as JSON on its last line."""

    def manage(self, *words: str) -> object: ...

    def work(self) -> None:
        """Called while somebody waits for long work."""


class _Served(Installation):
    program = ("-m", "gunicorn", APPLICATION, "--workers", "2", "--threads", "4", "--worker-class", "gthread", "--preload",
               "--no-control-socket", "--log-level", "warning")  # fmt: skip
    answers_at = "/healthz"


class Processes:
    """As `manage.py serve` has it: web processes, and a worker of low priority beside them."""

    def __init__(self) -> None:
        self.held = tempfile.TemporaryDirectory(prefix="concord-peers-")
        self.folder = Path(self.held.name)
        self.served = _Served(self.folder, CONCORD_METRICS_TOKEN=METRICS)
        self.served.environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
        self.port = self.served.port
        self.worker: subprocess.Popen[bytes] | None = None

    def begin(self, words: str) -> Any:
        with ThreadPoolExecutor(1) as beside:
            serving = beside.submit(self.served.start)  # it asks for no table to begin with
            said = self.script(LAY + words)
            serving.result()
        self._start_worker()
        return said

    def _start_worker(self) -> None:
        words = [sys.executable, "manage.py", "work", "--poll", "0.1"]
        self.worker = subprocess.Popen(
            words, cwd=ROOT, env=self.served.environment, preexec_fn=lambda: os.nice(10) and None
        )

    def script(self, words: str) -> Any:
        done = self.served.manage("shell", "--no-imports", "-c", words)
        return json.loads(done.stdout.splitlines()[-1])

    def manage(self, *words: str) -> object:
        return self.served.manage(*words)

    def work(self) -> None:
        """The worker does."""

    def stop(self) -> None:
        if self.worker is not None:
            self.worker.terminate()
            self.worker.wait()
        self.served.stop()
        self.held.cleanup()


class Concord:
    name = "Concord"

    def __init__(self, coders: int, place: Place) -> None:
        self.people, self.place = coders, place
        self.tokens: dict[str, Any] = {}
        self.round_is_open = False
        self.largest: list[str] = []  # the ids of the largest import

    # -- set-up

    def start(self) -> None:
        words = FOUND.format(slug=SLUG, book=str(CODEBOOK), coders=self.people)
        self.tokens = self.place.begin(words)

    def stop(self) -> None:
        """The bare views still need its processes: `own_half` ends them."""

    def line(self, token: str) -> Line:
        return Line(self.place.port, {"Authorization": f"Bearer {token}"})

    @property
    def lead(self) -> Line:
        return self.line(self.tokens["lead"])

    # -- the jobs

    def take_in(self, articles: list[dict[str, str]]) -> None:
        given = _multipart("articles.jsonl", _lines(articles))
        said, _ = self.lead.ask("POST", f"/api/v1/projects/{SLUG}/documents/", *given)
        mine = json.loads(said)["collection"]["id"]
        address = f"/api/v1/projects/{SLUG}/collections/{mine}/"
        until(lambda: self._is_in(address), 600, "the import", pause=0.01, longest=0.05)
        told = self.lead.json("GET", address)
        if told["documents"] != len(articles):
            raise Refused(f"of {len(articles)} documents {told['documents']} came in: {told}")
        if len(articles) > len(self.largest):
            self.largest = [one["id"] for one in articles]

    def _is_in(self, address: str) -> bool:
        self.place.work()
        return self.lead.json("GET", address)["state"] != "queued"

    def settle(self) -> None:
        """The worker still looks for copies among the documents."""
        until(self._is_idle, 900, "an empty queue", pause=0.5)

    def _is_idle(self) -> bool:
        self.place.work()
        told, _ = self.lead.ask("GET", "/metrics", None, {"Authorization": f"Bearer {METRICS}"})
        return all(f'concord_jobs{{state="{state}"}} 0.0' in told.decode() for state in ("queued", "running"))  # fmt: skip

    def coders(self, count: int) -> list[jobs.Coder]:
        if not self.round_is_open:
            self.place.script(OPEN_ROUND.format(slug=SLUG))
            self.round_is_open = True
        return [_Coder(self.line(token)) for token in self.tokens["coders"][:count]]

    def lay_codings(self, count: int) -> int:
        """Codings of a round of their own, by the command that brings them in."""
        lines = []
        for n, document in enumerate(self.largest[:count]):
            found = [
                {"id": f"e{n}", "type": "EX", "values": {"title": "Exercise"},
                 "evidence": {"title": [list(span) for span in jobs.spans(n)]}}
            ]  # fmt: skip
            line = {"document": document, "coder": "C1", "outcome": "events", "events": found}
            lines.append(json.dumps(line))
        file = self.place.folder / "codings.jsonl"
        file.write_text("\n".join(lines))
        self.place.manage("import_codings", SLUG, str(file), "--coder", "C1", "--new-round", "laid")
        return len(lines) * jobs.SPANS

    def export(self) -> Streamed:
        return self.lead.stream(f"/api/v1/projects/{SLUG}/codings/?as=lines")

    def agree(self, units: int) -> None:
        """Two coders, a value of five for each document; alpha and its kin with intervals."""
        table = io.StringIO()
        rows = csv.writer(table)
        rows.writerow(["unit", "C1", "C2"])
        for n in range(units):
            rows.writerow([n, n % 5, (n + (n % 7 == 0)) % 5])
        self.lead.json("POST", "/api/v1/reliability/", {"table": table.getvalue(), "level": "nominal", "unit": "unit"})  # fmt: skip


class _Coder:
    """One coder: the next piece of work in their queue, five passages on an event, and so on."""

    def __init__(self, line: Line) -> None:
        self.line = line
        found = line.json("GET", f"/api/v1/projects/{SLUG}/assignments/")["results"]
        self.queue = [one["id"] for one in found if one["round"] == "coding"]
        self.at = -1
        self.version = 0

    def open(self) -> None:
        self.at = (self.at + 1) % len(self.queue)
        state = self.line.json("GET", f"/api/v1/assignments/{self.queue[self.at]}/")
        self.version = state["version"]

    def save(self) -> None:
        event = str(uuid.uuid4())
        sent: list[dict[str, Any]] = [
            {"id": str(uuid.uuid4()), "kind": "event.add", "event": event, "type": "EX"}
        ]
        sent += [
            {"id": str(uuid.uuid4()), "kind": "passage.link", "event": event, "field": "title",
             "passage": str(uuid.uuid4()), "start": start, "end": end}
            for start, end in jobs.spans(self.at)
        ]  # fmt: skip
        path = f"/api/v1/assignments/{self.queue[self.at]}/operations/"
        done = self.line.json("POST", path, {"operations": sent}, **{"If-Match": f'"{self.version}"'})  # fmt: skip
        self.version = done["version"]


class Bare:
    """The bare views, in Concord's processes and database, with Concord's people."""

    name = "bare view"

    def __init__(self, concord: Concord) -> None:
        self.concord = concord
        self.documents = 0

    def start(self) -> None:
        """It stands with Concord, but for its tables."""
        self.concord.place.script(LAY_BARE)

    def stop(self) -> None:
        """It ends with Concord."""

    def settle(self) -> None:
        """Nothing does."""

    def take_in(self, articles: list[dict[str, str]]) -> None:
        given = _multipart("articles.jsonl", _lines(articles))
        self.concord.lead.ask("POST", "/api/bare/documents/", *given)
        self.documents += len(articles)

    def coders(self, count: int) -> list[jobs.Coder]:
        people = self.concord.tokens["coders"][:count]
        return [_BareCoder(self.concord.line(token), n, self.documents) for n, token in enumerate(people)]  # fmt: skip

    def lay_codings(self, count: int) -> int:
        line = self.concord.lead
        for n in range(count):
            line.json("POST", f"/api/bare/documents/{1 + n}/codings/", {"spans": jobs.spans(n)})
        return count * jobs.SPANS

    def export(self) -> Streamed:
        return self.concord.lead.stream("/api/bare/codings/")

    def agree(self, units: int) -> None:
        raise Refused("it has none")


class _BareCoder:
    def __init__(self, line: Line, first: int, documents: int) -> None:
        self.line, self.at, self.documents = line, first * 50, documents

    def open(self) -> None:
        self.at = (self.at + 1) % self.documents
        self.line.json("GET", f"/api/bare/documents/{self.at + 1}/")

    def save(self) -> None:
        sent = {"spans": jobs.spans(self.at)}
        self.line.json("POST", f"/api/bare/documents/{self.at + 1}/codings/", sent)


def own_half(sizes: jobs.Sizes, place: Place) -> tuple[jobs.Told, jobs.Told]:
    """Concord and the bare views, served by the same processes, one after another."""
    concord = Concord(sizes.coders, place)
    bare = Bare(concord)
    try:
        told, beside = jobs.run(concord, sizes), jobs.run(bare, sizes)
        for job in ("set-up", "work after the imports"):  # it stands with Concord, and has none
            del beside.figures[job]
        return told, beside
    finally:
        place.stop()


def _lines(articles: list[dict[str, str]]) -> bytes:
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in articles)


def _multipart(filename: str, content: bytes) -> tuple[bytes, dict[str, str]]:
    limit = uuid.uuid4().hex
    head = (
        f'--{limit}\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\n\r\n'
    )
    body = head.encode() + content + f"\r\n--{limit}--\r\n".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={limit}"}
