"""doccano (PyPI: doccano), as its own commands start it: web server and task runner on SQLite, by its REST API."""

from __future__ import annotations

import json
import time
import uuid
from dataclasses import replace
from pathlib import Path

from tests.benchmarks.peers import jobs
from tests.benchmarks.peers.asking import Line, Refused, Streamed, until
from tests.benchmarks.peers.environments import Program

PASSWORD = "Concord-peers-1"


class Doccano:
    name = "doccano"
    # What its old pins need beside it today; its pandas was built for the NumPy before 2, and without it no page answers.
    packages = ("doccano", "setuptools<81", "marshmallow<4", "numpy<2")

    def __init__(self, coders: int, folder: Path) -> None:
        self.people = coders
        self.program = Program(self.name, self.packages, folder)
        self.project = 0
        self.lead = Line(self.program.port)

    def start(self) -> None:
        environment = {"DOCCANO_HOME": str(self.program.data), "DJANGO_SETTINGS_MODULE": "config.settings.base"}  # fmt: skip
        self.program.run(["doccano", "init"], environment)
        names = ["lead", *(f"coder{n}" for n in range(self.people))]
        for name in names:
            self.program.run(["doccano", "createuser", "--username", name, "--password", PASSWORD, "--email", f"{name}@example.org"], environment)  # fmt: skip
        self.program.start(["doccano", "task"], environment, "")
        self.program.start(["doccano", "webserver", "--port", str(self.program.port)], environment, "/v1/health/")  # fmt: skip
        self.lead = self.signed_in("lead")
        made = self.lead.json("POST", "/v1/projects", {
            "name": "Peers", "description": "Peers", "project_type": "SequenceLabeling", "resourcetype": "SequenceLabelingProject",
            "allow_overlapping": True, "collaborative_annotation": False,
        })  # fmt: skip
        self.project = made["id"]
        self.label = self.lead.json("POST", f"{self.path}/span-types", {"text": "EX"})["id"]
        roles = {one["name"]: one["id"] for one in self.lead.json("GET", "/v1/roles")}
        users = self.lead.json("GET", "/v1/users")
        for user in users:
            if user["username"] != "lead":
                self.lead.json("POST", f"{self.path}/members", {"user": user["id"], "role": roles["annotator"]})  # fmt: skip

    @property
    def path(self) -> str:
        return f"/v1/projects/{self.project}"

    def signed_in(self, name: str) -> Line:
        line = Line(self.program.port)
        token = line.json("POST", "/v1/auth/login/", {"username": name, "password": PASSWORD})["key"]  # fmt: skip
        return Line(self.program.port, {"Authorization": f"Token {token}"})

    def stop(self) -> None:
        self.program.stop()

    def take_in(self, articles: list[dict[str, str]]) -> None:
        self._upload([{"text": one["body"]} for one in articles])

    def _upload(self, rows: list[dict[str, object]]) -> None:
        before = self.lead.json("GET", f"{self.path}/examples?limit=1")["count"]
        content = "\n".join(map(json.dumps, rows)).encode()
        limit = uuid.uuid4().hex
        body = (f'--{limit}\r\nContent-Disposition: form-data; name="filepond"; filename="x.jsonl"\r\n'
                "Content-Type: application/octet-stream\r\n\r\n").encode() + content + f"\r\n--{limit}--\r\n".encode()  # fmt: skip
        said, _ = self.lead.ask("POST", "/v1/fp/process/", body, {"Content-Type": f"multipart/form-data; boundary={limit}"})  # fmt: skip
        told = self.lead.json("POST", f"{self.path}/upload", {
            "uploadIds": [said.decode().strip()], "task": "SequenceLabeling", "format": "JSONL", "column_data": "text",
            "column_label": "label", "encoding": "utf_8",
        })  # fmt: skip
        task = f"/v1/tasks/status/{told['task_id']}"
        until(lambda: self.lead.json("GET", task)["ready"], 900, "the import", pause=0.02)
        after = self.lead.json("GET", f"{self.path}/examples?limit=1")["count"]
        if after - before != len(rows):
            raise Refused(f"of {len(rows)} documents {after - before} came in: {self.lead.json('GET', task)}")  # fmt: skip

    def settle(self) -> None:
        """Nothing does."""

    def coders(self, count: int) -> list[jobs.Coder]:
        return [_Coder(self, self.signed_in(f"coder{n}"), n) for n in range(count)]

    def lay_codings(self, count: int) -> int:
        rows = [
            {"text": one["body"], "label": [[start, end, "EX"] for start, end in jobs.spans(n)]}
            for n, one in enumerate(jobs.articles(count, 90))
        ]
        self._upload(rows)
        return count * jobs.SPANS

    def export(self) -> Streamed:
        begun = time.perf_counter()
        asked = self.lead.json("POST", f"{self.path}/download", {"format": "JSONL", "exportApproved": False})  # fmt: skip
        task = f"/v1/tasks/status/{asked['task_id']}"
        until(lambda: self.lead.json("GET", task)["ready"], 900, "the export", pause=0.02)
        waited = time.perf_counter() - begun
        taken = self.lead.stream(f"{self.path}/download?taskId={asked['task_id']}")
        return replace(taken, seconds=waited + taken.seconds, first=waited + taken.first)

    def agree(self, units: int) -> None:
        raise Refused("it has none")


class _Coder:
    def __init__(self, of: Doccano, line: Line, first: int) -> None:
        self.of, self.line, self.at, self.example = of, line, first * 37, 0

    def open(self) -> None:
        """The page of a document asks for it by its number in the list, then for its spans."""
        self.at += 1
        found = self.line.json("GET", f"{self.of.path}/examples?limit=1&offset={self.at}")
        self.example = found["results"][0]["id"]
        self.line.json("GET", f"{self.of.path}/examples/{self.example}/spans")

    def save(self) -> None:
        """A request for each span: that is how its page saves."""
        for start, end in jobs.spans(self.at):
            sent = {"label": self.of.label, "start_offset": start, "end_offset": end}
            self.line.json("POST", f"{self.of.path}/examples/{self.example}/spans", sent)
