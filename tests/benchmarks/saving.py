"""How long a save takes with twenty coders at once, beside a bare Django view that writes one row. Promise: p95 within 2.5 times.

    python -m tests.benchmarks.saving [--postgres] [--coders 20] [--saves 40] [--rounds 3] [--serially]

On an installation of its own, served as `manage.py serve` does it. Each coder sends one changed value after the other, on
a work of five events with twenty passages, without a pause between; then as many rows through the bare view, signed in
with the same session; several rounds of both. `--serially` profiles one coder's saves in this process instead.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from tests import servers
from tests.benchmarks.measuring import Row, tell
from tests.installation import ROOT, Installation

TEXT = (
    "The parties will hold joint exercises every year, and consult each other on their defence. "
    * 40
)
CODEBOOK = ROOT / "coding" / "standard" / "peacetime-alliance-commitments.yaml"
PROMISE = 2.5


class Coder:
    """A coder at their own browser: one session, one work."""

    def __init__(self, port: int, session: str, public_id: str, version: int, event: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.path, self.version, self.event = (
            f"/api/v1/assignments/{public_id}/operations/",
            version,
            event,
        )
        token = "a" * 32
        self.headers = {
            "Cookie": f"sessionid={session}; csrftoken={token}", "X-CSRFToken": token,
            "Content-Type": "application/json", "Connection": "close",
        }  # fmt: skip
        self.count = 0

    def post(self, path: str, body: dict, headers: dict) -> dict:
        self.connection.request("POST", path, json.dumps(body), self.headers | headers)
        answer = self.connection.getresponse()
        said = answer.read()
        assert answer.status == 200, (answer.status, said[:500])
        return json.loads(said)

    def operation(self) -> dict:
        self.count += 1
        return {"id": str(uuid.uuid4()), "kind": "value.set", "event": self.event, "field": "title",
                "value": f"Joint exercises, number {self.count}"}  # fmt: skip

    def save(self) -> None:
        sent = {"operations": [self.operation()]}
        done = self.post(self.path, sent, {"If-Match": f'"{self.version}"'})
        self.version = done["version"]

    def write(self) -> None:
        self.post("/bare/", {"operations": [self.operation()]}, {})


class Served(Installation):
    """Served as `manage.py serve` does it, with the yardstick's address beside the product's."""

    program = ("-m", "gunicorn", "tests.benchmarks.bare:application", "--workers", "2", "--threads", "4",
               "--worker-class", "gthread", "--preload", "--no-control-socket", "--log-level", "warning")  # fmt: skip


def session_of(user) -> str:
    """The key of a session in which this person is signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.save()
    return session.session_key


def lay(coders: int) -> list[dict]:
    """A project, its coders, each with work begun; what a Coder needs of each."""
    from django.db import connection

    from coding import events
    from tests import small
    from tests.benchmarks.bare import Written
    from tests.small import operation

    with connection.schema_editor() as editor:
        editor.create_model(Written)
    project = small.project("saving")
    small.codebook(project, CODEBOOK.read_text())
    opened = small.coding_round(
        project,
        coders=[small.member(project) for _ in range(coders)],
        documents=[small.document(project, body=TEXT)],
    )
    made = []
    for one in opened.assignments.select_related("round__project", "coder__user", "text"):
        user, ids = one.coder.user, [uuid.uuid4() for _ in range(5)]
        sent = [operation("event.add", event=uid, type="EX") for uid in ids]
        sent += [
            operation("passage.link", event=ids[n % 5], field="title", passage=uuid.uuid4(), start=90 * n, end=90 * n + 40)
            for n in range(20)
        ]  # fmt: skip
        version = events.apply(one, sent, base=0, by=user).version
        made.append({"session": session_of(user), "public_id": one.public_id, "version": version, "event": str(ids[0])})  # fmt: skip
    return made


def timed_at_once(coders: list[Coder], act: Callable[[Coder], None], times: int) -> list[float]:
    """Milliseconds of each act, all coders acting at once."""
    taken: list[float] = []
    begin = threading.Barrier(len(coders))

    def work(coder: Coder) -> None:
        own = []
        begin.wait()
        for _ in range(times):
            start = time.perf_counter()
            act(coder)
            own.append((time.perf_counter() - start) * 1000)
        taken.extend(own)

    threads = [threading.Thread(target=work, args=(coder,)) for coder in coders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == times * len(coders), "some coder failed"
    return sorted(taken)


def p95(taken: list[float]) -> float:
    return taken[int(len(taken) * 0.95) - 1]


def measure(port: int, laid: list[dict], *, saves: int, rounds: int) -> None:
    coders = [Coder(port, **one) for one in laid]
    timed_at_once(coders, Coder.write, 3)
    timed_at_once(coders, Coder.save, 3)
    ratios = []
    print(f"{'':8}{'bare p50':>10}{'bare p95':>10}{'save p50':>10}{'save p95':>10}   times at p95")
    for n in range(rounds):
        bare = timed_at_once(coders, Coder.write, saves)
        save = timed_at_once(coders, Coder.save, saves)
        ratios.append(p95(save) / p95(bare))
        middles = [statistics.median(bare), p95(bare), statistics.median(save), p95(save)]
        print(
            f"round {n + 1:<2}"
            + "".join(f"{one:7.1f} ms" for one in middles)
            + f"{ratios[-1]:11.2f}"
        )
    middle = statistics.median(ratios)
    tell(Row("a save, p95", f"{len(coders)} coders at once", measured=f"{middles[3]:.0f} ms", yardstick=f"a bare row {middles[1]:.0f} ms",
             ratio=middle, wanted=f"at most {PROMISE} times", stands=middle <= PROMISE))  # fmt: skip


def profile(laid: list[dict], saves: int) -> None:
    """Where the time of a save goes, without sockets."""
    import cProfile
    import pstats

    from django.test import Client

    client, one = Client(SERVER_NAME="127.0.0.1"), laid[0]
    client.cookies["sessionid"] = one["session"]
    url, version = f"/api/v1/assignments/{one['public_id']}/operations/", one["version"]

    def save() -> None:
        nonlocal version
        body = {"operations": [{"id": str(uuid.uuid4()), "kind": "value.set", "event": one["event"], "field": "title",
                                "value": str(version)}]}  # fmt: skip
        answer = client.post(
            url, body, content_type="application/json", headers={"If-Match": f'"{version}"'}
        )
        version = answer.json()["version"]

    def bare() -> None:
        client.post("/bare/", {"a": "b"}, content_type="application/json")

    for act in (bare, save):
        act()
        start = time.process_time()
        for _ in range(saves):
            act()
        own = (time.process_time() - start) * 1000 / saves
        print(f"{act.__name__}: {own:.2f} ms of this process's own time each")
    profiler = cProfile.Profile()
    profiler.runcall(lambda: [save() for _ in range(saves)])
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(90)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--serially", action="store_true")
    parser.add_argument("--coders", type=int, default=20)
    parser.add_argument("--saves", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        own = servers.new_servers() if wanted.postgres else None
        try:
            address = own.start_postgres() if own else f"sqlite:///{folder}/benchmark.sqlite3"
            installation = Served(Path(folder), DATABASE_URL=address)
            os.environ.update(installation.environment)
            os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
            from django.core.management import call_command
            from django.db import connection

            from tests.benchmarks import bare  # noqa: F401 - sets Django up, with the yardstick's address

            call_command("migrate", verbosity=0)
            laid = lay(wanted.coders)
            print(f"{connection.vendor}, {wanted.coders} coders at once, {wanted.saves} saves each")
            connection.close()
            if wanted.serially:
                profile(laid, wanted.saves)
                connection.close()
                return
            installation.manage("collectstatic", "--noinput", "--verbosity", "0")
            installation.start()
            try:
                measure(installation.port, laid, saves=wanted.saves, rounds=wanted.rounds)
            finally:
                installation.stop()
        finally:
            if own:
                own.stop()


if __name__ == "__main__":
    sys.exit(main())
