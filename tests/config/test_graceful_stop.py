"""Told to stop, real processes end what they have begun: the server its requests, the worker its job or its claim."""

import json
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import Request, urlopen

import pytest

from tests.installation import ROOT, Installation
from tests.servers import is_running

PATIENCE = 60
TOKEN = "measures-for-the-test"

# A worker that takes a step every tenth of a second, or, where DEAF is set, none at all.
WORKER = """
import os, time, django
django.setup()
from django.core.management import call_command
from projects import jobs

@jobs.handles("tests.long")
def long(subject, parameters, progress):
    if os.environ.get("DEAF"):
        time.sleep(60)
    for n in range(600):
        progress.step(n, 600)
        time.sleep(0.1)

call_command("work", poll=0.05)
"""
FOUND = """
import json, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from projects import jobs, tokens, members
from projects.models import User
user = User.objects.create(username="ada")
project = members.found("pact", title="The Pact", by=user)
jobs.enqueue("tests.long", "s", project=None, by=None)
print(json.dumps(tokens.create(project, by=user, name="t")[1]))
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Installation:
    made = Installation(
        tmp_path_factory.mktemp("stopping"),
        CONCORD_LOG_FORMAT="json",
        CONCORD_LOG_LEVEL="INFO",
        CONCORD_STOP_GRACE="1",
        CONCORD_METRICS_TOKEN=TOKEN,
    )
    # Tables and rows by one process: each costs seconds.
    environment = {**made.environment, "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", FOUND], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    made.token = json.loads(done.stdout)
    return made


@contextmanager
def rows(place: Installation) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(
        place.folder / "data" / "concord.sqlite3", timeout=20, isolation_level=None
    )
    try:
        yield connection
    finally:
        connection.close()


def job(place: Installation) -> tuple:
    with rows(place) as connection:
        return connection.execute(
            "SELECT state, attempts, worker, lease_until FROM projects_job WHERE kind = 'tests.long'"
        ).fetchone()


@contextmanager
def worker(place: Installation, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    known = {**place.environment, "DJANGO_SETTINGS_MODULE": "config.settings", **environment}
    with (place.folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", WORKER], cwd=ROOT, env=known, stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(look, what: str, place: Installation) -> None:
    deadline = time.monotonic() + PATIENCE
    while not look():
        if time.monotonic() > deadline:
            said = "\n".join(path.read_text()[-3000:] for path in place.folder.glob("*.log"))
            pytest.fail(f"{what} did not come about:\n{said}")
        time.sleep(0.05)


def test_a_worker_that_is_told_to_stop_gives_its_job_back_at_once_and_another_takes_it(place):
    def is_held_by(process: subprocess.Popen[bytes]) -> bool:
        state, attempts, holder, _ = job(place)
        return (state, attempts) == ("running", 1) and holder.endswith(f":{process.pid}")

    with worker(place) as first:
        wait_for(lambda: is_held_by(first), "the first attempt", place)
        with worker(place, DEAF="1") as second:
            first.send_signal(signal.SIGTERM)
            # Long before the lease of a minute would have ended; and it counts as the first attempt still.
            wait_for(lambda: is_held_by(second), "the other worker's attempt", place)
            assert first.wait(PATIENCE) == 0

            second.send_signal(signal.SIGTERM)
            assert second.wait(PATIENCE) == 0
    assert job(place) == ("queued", 0, "", None)
    log = [json.loads(line) for line in (place.folder / "worker.log").read_text().splitlines()]
    assert [(line["level"], line["says"]) for line in log] == [
        ("WARNING", "given back: this worker is asked to stop")
    ] * 2


def test_the_server_answers_what_it_had_begun_and_counts_what_all_its_processes_answered(place):
    place.program, place.answers_at = (
        ("manage.py", "serve", "--processes", "2", "--no-worker"),
        "/healthz",
    )
    place.start()
    for _ in range(6):
        urlopen(f"{place.url}/readyz", timeout=20).close()
    with urlopen(f"{place.url}/readyz", timeout=20) as answer:
        assert json.load(answer)["ready"] is True
    asked = Request(f"{place.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    with urlopen(asked, timeout=20) as answer:
        told = answer.read().decode()
    assert 'concord_requests_total{method="GET",route="readyz",status="200"} 7.0' in told
    assert 'concord_jobs{state="queued"}' in told

    # A request of which the server has the head, as it says itself, when it is told to stop; the rest comes later.
    limit = "limit"
    body = (f'--{limit}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nSigned in 1951.\r\n'
            f"--{limit}--\r\n").encode()  # fmt: skip
    head = (f"POST /api/v1/projects/pact/documents/ HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {place.token}\r\n"
            f"Content-Type: multipart/form-data; boundary={limit}\r\nContent-Length: {len(body)}\r\n"
            "Expect: 100-continue\r\nConnection: close\r\n\r\n").encode()  # fmt: skip
    with socket.create_connection(("127.0.0.1", place.port), timeout=PATIENCE) as line:
        line.sendall(head)
        assert line.recv(1000).startswith(b"HTTP/1.1 100 Continue")
        place.process.send_signal(signal.SIGTERM)
        time.sleep(1)  # the stop is under way; were it not, the answer would be the same
        line.sendall(body)
        answer = b"".join(iter(lambda: line.recv(1 << 16), b""))

    assert answer.startswith(b"HTTP/1.1 201 Created"), answer[:500]
    assert place.process.wait(PATIENCE) == 0
    with rows(place) as connection:
        assert connection.execute("SELECT count(*) FROM sources_document").fetchone() == (1,)
    said = (place.folder / "serve.log").read_text().splitlines()
    lines = [
        json.loads(line) for line in said if line.startswith("{")
    ]  # Python's own warnings are not ours
    told = [(line["method"], line["status"]) for line in lines if line.get("route") == "api_documents"]  # fmt: skip
    assert told == [("POST", 201)]
    assert not is_running(place.process.pid)
