"""Label Studio (PyPI: label-studio), as its own command starts it: on SQLite, by its REST API."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.benchmarks.peers import jobs
from tests.benchmarks.peers.asking import Line, Refused, Streamed
from tests.benchmarks.peers.environments import Program

LABELS = """<View><Labels name="label" toName="text"><Label value="EX"/><Label value="TO"/></Labels>
<Text name="text" value="$text"/></View>"""
TOKEN = "0123456789abcdef0123456789abcdef01234567"
PEOPLE = """
import json, secrets
from rest_framework.authtoken.models import Token
from users.models import User
from organizations.models import Organization
of = Organization.objects.first()
made = []
for n in range({coders}):
    user = User.objects.create_user(email=f"coder{{n}}@example.org", password=secrets.token_hex(12))
    of.add_user(user)
    user.active_organization = of
    user.save()
    made.append(Token.objects.get_or_create(user=user)[0].key)
print(json.dumps(made))
"""


class LabelStudio:
    name = "Label Studio"
    packages = ("label-studio",)

    def __init__(self, coders: int, folder: Path) -> None:
        self.people = coders
        self.program = Program(self.name, self.packages, folder)
        self.project = 0
        self.tokens: list[str] = []

    def start(self) -> None:
        data = self.program.data
        environment = {
            "LABEL_STUDIO_BASE_DATA_DIR": str(data),
            "LABEL_STUDIO_HOST": f"http://127.0.0.1:{self.program.port}",
            "DJANGO_SETTINGS_MODULE": "core.settings.label_studio",
            "COLLECT_ANALYTICS": "0", "SENTRY_DSN": "", "LATEST_VERSION_CHECK": "0",
        }  # fmt: skip
        self.program.start(
            ["label-studio", "start", "--no-browser", "--internal-host", "127.0.0.1", "--port", str(self.program.port),
             "--data-dir", str(data), "--username", "lead@example.org", "--password", "Concord-peers-1", "--user-token", TOKEN,
             "--enable-legacy-api-token", "--log-level", "WARNING"],
            environment, "/health",
        )  # fmt: skip
        manage = Path(self.program.package_folder("label_studio")) / "manage.py"
        said = self.program.run(
            ["python", str(manage), "shell", "-c", PEOPLE.format(coders=self.people)], environment
        )
        self.tokens = json.loads(said.splitlines()[-1])
        made = self.lead.json("POST", "/api/projects/", {"title": "Peers", "label_config": LABELS, "maximum_annotations": 4})  # fmt: skip
        self.project = made["id"]

    def line(self, token: str) -> Line:
        return Line(self.program.port, {"Authorization": f"Token {token}"})

    @property
    def lead(self) -> Line:
        return self.line(TOKEN)

    def stop(self) -> None:
        self.program.stop()

    def take_in(self, articles: list[dict[str, str]]) -> None:
        sent = [{"text": one["body"], "headline": one["headline"]} for one in articles]
        told = self.lead.json("POST", f"/api/projects/{self.project}/import", sent)
        if told.get("task_count") != len(articles):
            raise Refused(f"of {len(articles)} documents came in: {str(told)[:200]}")

    def settle(self) -> None:
        """Nothing does."""

    def coders(self, count: int) -> list[jobs.Coder]:
        return [_Coder(self.line(token), self.project) for token in self.tokens[:count]]

    def lay_codings(self, count: int) -> int:
        tasks = [
            {"data": {"text": one["body"]}, "annotations": [{"result": result(n)}]}
            for n, one in enumerate(jobs.articles(count, 90))
        ]
        self.lead.json("POST", f"/api/projects/{self.project}/import", tasks)
        return count * jobs.SPANS

    def export(self) -> Streamed:
        # Only tasks with annotations, as it does unless told otherwise.
        return self.lead.stream(f"/api/projects/{self.project}/export?exportType=JSON")

    def agree(self, units: int) -> None:
        raise Refused("none in the version on PyPI: it belongs to the paid one")


class _Coder:
    def __init__(self, line: Line, project: int) -> None:
        self.line, self.project, self.task = line, project, 0

    def open(self) -> None:
        found = self.line.json("GET", f"/api/projects/{self.project}/next")
        self.task = found["id"]

    def save(self) -> None:
        self.line.json("POST", f"/api/tasks/{self.task}/annotations/", {"result": result(self.task)})  # fmt: skip


def result(seed: int) -> list[dict[str, Any]]:
    return [
        {"from_name": "label", "to_name": "text", "type": "labels",
         "value": {"start": start, "end": end, "labels": ["EX"]}}
        for start, end in jobs.spans(seed)
    ]  # fmt: skip
