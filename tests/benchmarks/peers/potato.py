"""Potato (PyPI: potato-annotation), as its own command starts it: one process, files in a folder, asked as its page asks.

It has no request that takes documents in: it watches a folder, as often as it lets itself be told (once a second). Its
export is a command of its own.
"""

from __future__ import annotations

import http.client
import json
import time
import urllib.parse
from pathlib import Path

from tests.benchmarks.peers import jobs
from tests.benchmarks.peers.asking import Line, Refused, Streamed, until
from tests.benchmarks.peers.environments import Program

KEY = "concord-peers"
CONFIGURATION = {
    "annotation_task_name": "Peers",
    "task_dir": ".",
    "output_annotation_dir": "annotations",
    "output_annotation_format": "jsonl",
    "data_files": [],
    "data_directory": "incoming",
    "watch_data_directory": True,
    "watch_poll_interval": 1.0,
    "item_properties": {"id_key": "id", "text_key": "text"},
    "user_config": {"allow_all_users": True, "users": []},
    "require_password": False,
    "admin_api_key": KEY,
    "alert_time_each_instance": 0,
    "max_annotations_per_user": -1,
    "max_annotations_per_item": 4,
    "assignment_strategy": "fixed_order",
    "annotation_schemes": [
        {"annotation_type": "span", "name": "label", "description": "Label", "labels": ["EX", "TO"]}
    ],
    "site_dir": "default",
}


class Potato:
    name = "Potato"
    packages = ("potato-annotation",)

    def __init__(self, coders: int, folder: Path) -> None:
        self.program = Program(self.name, self.packages, folder)
        self.given = 0

    @property
    def _folder(self) -> Path:
        return self.program.data / "incoming"

    def start(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        # It is its own way to be told everything in a file; JSON is YAML.
        configuration = {**CONFIGURATION, "port": self.program.port}
        (self.program.data / "config.yaml").write_text(json.dumps(configuration))
        (first,) = jobs.articles(1, 98)  # without a document it does not start
        self._lay([{"id": "first", "text": first["body"]}])
        words = ["potato", "start", "config.yaml", "-p", str(self.program.port)]
        self.program.start(words, {}, "/health")

    def stop(self) -> None:
        self.program.stop()

    def _lay(self, rows: list[dict[str, str]]) -> None:
        """A whole file at once: written beside the folder, then moved into it."""
        self.given += len(rows)
        beside = self.program.data / "coming"
        beside.write_text("".join(json.dumps(row) + "\n" for row in rows))
        beside.rename(self._folder / f"{self.given}.jsonl")

    def take_in(self, articles: list[dict[str, str]]) -> None:
        self._lay([{"id": one["id"], "text": one["body"]} for one in articles])
        until(lambda: self._held() == self.given, 600, "the import", pause=0.02)

    def _held(self) -> int:
        said = Line(self.program.port, {"X-API-Key": KEY}).json("GET", "/admin/system_state")
        return int(said["system_state"]["total_items"])

    def settle(self) -> None:
        """Nothing does."""

    def coders(self, count: int) -> list[jobs.Coder]:
        return [_Coder(self._signed_in(f"coder{n}")) for n in range(count)]

    def _signed_in(self, name: str) -> Line:
        connection = http.client.HTTPConnection("127.0.0.1", self.program.port, timeout=60)
        form = urllib.parse.urlencode({"email": name, "pass": ""})
        connection.request("POST", "/auth", form, {"Content-Type": "application/x-www-form-urlencoded"})  # fmt: skip
        answer = connection.getresponse()
        answer.read()
        cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        connection.close()
        line = Line(self.program.port, {"Cookie": cookie})
        line.ask("GET", "/annotate")
        return line

    def lay_codings(self, count: int) -> int:
        """It has no import of codings: one more coder saves them, unmeasured."""
        coder = _Coder(self._signed_in("laid"))
        for _ in range(count):
            coder.open()
            coder.save()
        return count * jobs.SPANS

    def export(self) -> Streamed:
        begun = time.perf_counter()
        words = ["-m", "potato.export", "--config", "config.yaml", "--format", "web_annotation", "--output", "out"]  # fmt: skip
        self.program.run(["python", *words], {})
        spent = time.perf_counter() - begun
        out = self.program.data / "out"
        found = [out] if out.is_file() else [one for one in out.rglob("*") if one.is_file()]
        size = sum(one.stat().st_size for one in found)
        if not size:
            raise Refused("its export is empty")
        return Streamed(spent, spent, size, 0)

    def agree(self, units: int) -> None:
        raise Refused("coefficients without intervals, of what was coded in it")


class _Coder:
    def __init__(self, line: Line) -> None:
        self.line = line
        self.current = ""
        self.seed = 0

    def open(self) -> None:
        """Its page: on to the next, which is told with the text, then the spans in it."""
        if self.current:
            self.line.ask("POST", "/annotate", {"action": "next_instance", "instance_id": self.current})  # fmt: skip
        told = self.line.json("GET", "/api/current_instance")
        self.current = str(told["instance_id"])
        self.line.json("GET", f"/api/spans/{urllib.parse.quote(self.current)}")

    def save(self) -> None:
        self.seed += 1
        spans = [
            {"schema": "label", "name": "EX", "title": "EX", "start": start, "end": end, "value": "EX"}
            for start, end in jobs.spans(self.seed)
        ]  # fmt: skip
        sent = {"instance_id": self.current, "annotations": {}, "span_annotations": spans}
        if self.line.json("POST", "/updateinstance", sent).get("status") == "error":
            raise Refused("not saved")
