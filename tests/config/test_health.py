"""Health, readiness and measures: what programs are told of an installation, and who may read it."""

import json
import os
import shutil
import subprocess
import sys
from collections import namedtuple
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from config.watching import health
from projects import queue
from projects.models import Job
from tests import factories, small

ROOT = Path(__file__).resolve().parents[2]
GOOD = {"database": "ok", "queue": "ok", "disk": "ok"}
pytestmark = pytest.mark.django_db


def ready() -> tuple[int, dict]:
    answer = Client().get("/readyz")
    told = answer.json()
    assert told["ready"] is (answer.status_code == 200)
    return answer.status_code, told["checks"]


def test_the_process_answers_whatever_the_database_does(monkeypatch):
    monkeypatch.setattr(connection, "cursor", lambda: pytest.fail("the database was asked"))

    answer = Client().get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready_when_database_queue_and_disk_are():
    assert ready() == (200, GOOD)


def test_not_ready_without_the_database_and_the_queue_is_then_not_known(monkeypatch):
    def gone(*_):
        raise OperationalError("password=hunter2 host=db.internal")

    monkeypatch.setattr(connection, "cursor", gone)

    assert ready() == (503, {
        "database": "The database does not answer.", "queue": "Not known without the database.", "disk": "ok",
    })  # fmt: skip


def test_not_ready_before_the_database_was_brought_up_to_the_code(monkeypatch):
    monkeypatch.setattr(health, "_up_to_date", False)
    monkeypatch.setattr(health, "_is_migrated", lambda: False)

    status, checks = ready()

    assert status == 503 and checks["database"].endswith("run manage.py migrate.")


def test_not_ready_while_work_waits_too_long(settings):
    late = timezone.now() - timedelta(seconds=settings.QUEUE_LAG_SECONDS + 1)
    small.put(small.job(), waiting_since=late)

    assert ready() == (503, GOOD | {"queue": "Work waits longer than it should: is a worker running?"})  # fmt: skip


def test_work_left_by_a_dead_worker_waits_and_work_in_hand_does_not():
    now = timezone.now()
    small.job(state=Job.State.RUNNING, lease_until=now + timedelta(seconds=60))
    assert queue.lag() == 0

    small.job(state=Job.State.RUNNING, lease_until=now - timedelta(seconds=40))
    assert 40 <= queue.lag() < 60


def test_not_ready_when_a_disk_is_nearly_full_or_cannot_be_written_to(monkeypatch):
    usage = namedtuple("usage", "total used free")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: usage(10, 9, 1))
        assert ready() == (503, GOOD | {"disk": "The disk of data is nearly full."})
    monkeypatch.setattr(os, "access", lambda *_: False)

    assert ready() == (503, GOOD | {"disk": "The folder of data cannot be written to."})


# --- measures


@pytest.mark.parametrize(
    ("token", "networks", "sent", "status"),
    [
        ("", [], {}, 404),
        ("", [], {"HTTP_AUTHORIZATION": "Bearer "}, 404),
        ("right", [], {"HTTP_AUTHORIZATION": "Bearer right"}, 200),
        ("right", [], {"HTTP_AUTHORIZATION": "Bearer wrong"}, 404),
        ("right", [], {}, 404),
        ("", ["10.0.0.0/8"], {"REMOTE_ADDR": "10.1.2.3"}, 200),
        ("", ["10.0.0.0/8"], {"REMOTE_ADDR": "11.1.2.3"}, 404),
        ("", ["10.0.0.0/8"], {"REMOTE_ADDR": ""}, 404),
        # The address is the proxy's: it would let in whoever the proxy lets through.
        ("", ["10.0.0.0/8"], {"REMOTE_ADDR": "10.1.2.3", "HTTP_X_FORWARDED_FOR": "9.9.9.9"}, 404),
        ("", ["10.0.0.0/8"], {"REMOTE_ADDR": "9.9.9.9", "HTTP_X_FORWARDED_FOR": "10.1.2.3"}, 404),
        ("right", ["10.0.0.0/8"], {"REMOTE_ADDR": "10.1.2.3", "HTTP_AUTHORIZATION": "Bearer x"}, 404),
    ],
)  # fmt: skip
def test_measures_are_for_the_token_or_for_chosen_addresses(
    settings, token, networks, sent, status
):
    settings.METRICS_TOKEN = token
    settings.METRICS_ADDRESSES = [ip_network(one) for one in networks]

    assert Client().get("/metrics", **sent).status_code == status


def measured(client) -> dict[str, float]:
    told = client.get("/metrics", headers={"Authorization": "Bearer right"}).content.decode()
    lines = [line.rsplit(" ", 1) for line in told.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}


def test_measures_tell_requests_saves_jobs_and_queue(settings):
    settings.METRICS_TOKEN = "right"
    own = small.assignment()
    client = Client()
    client.force_login(own.coder.user)
    before = measured(client)
    small.put(small.job(), waiting_since=timezone.now() - timedelta(seconds=90))
    small.job(state=Job.State.FAILED)

    client.get("/no/such/page/")
    client.generic("MADE-UP", "/")
    client.post(
        f"/api/v1/assignments/{own.public_id}/operations/",
        json.dumps({"operations": small.whole_event()}),
        content_type="application/json",
        headers={"If-Match": '"0"'},
    )
    after = measured(client)

    def grown(name: str) -> float:
        return after[name] - before.get(name, 0)

    assert grown('concord_requests_total{method="GET",route="none",status="404"}') == 1
    assert grown('concord_requests_total{method="other",route="home",status="405"}') == 1
    assert grown('concord_requests_total{method="POST",route="api_operations",status="200"}') == 1
    assert grown("concord_save_seconds_count") == grown('concord_save_seconds_bucket{le="+Inf"}') == 1  # fmt: skip
    assert grown('concord_request_seconds_total{route="api_operations"}') > 0
    assert after['concord_jobs{state="queued"}'] == after['concord_jobs{state="failed"}'] == 1
    assert after['concord_jobs{state="running"}'] == 0
    assert 90 <= after["concord_queue_lag_seconds"] < 150
    assert after['concord_disk_free_bytes{place="data"}'] > 0 and after["concord_database_up"] == 1


def test_measures_name_no_project_person_document_or_piece_of_work(settings):
    """The blind rule: who does what, and on which document, is in no label."""
    settings.METRICS_TOKEN = "right"
    scene = factories.scene(reconciled=True)
    client = Client()
    client.force_login(scene.coder.user)
    own = factories.assignment(scene.round, scene.coder)
    for address in (own.get_absolute_url(), scene.document.get_absolute_url(), "/projects/none/"):
        client.get(address)

    told = client.get("/metrics", headers={"Authorization": "Bearer right"}).content.decode()

    assert 'route="workspace"' in told
    hidden = (scene.project.slug, own.public_id, scene.document.public_id, scene.document.external_id, scene.round.public_id,
              scene.coder.user.username, scene.coder.public_id)  # fmt: skip
    assert [word for word in hidden if f'"{word}"' in told] == []
    labels = {pair.partition("=")[0] for line in told.splitlines() if "{" in line for pair in line.partition("{")[2].partition("}")[0].split('",')}  # fmt: skip
    assert labels <= {"route", "method", "status", "state", "place", "le"}


def test_without_the_database_measures_say_so_and_tell_the_rest(settings, monkeypatch):
    settings.METRICS_TOKEN = "right"

    def gone():
        raise OperationalError("gone")

    monkeypatch.setattr(queue, "counts", gone)
    told = measured(Client())

    assert told["concord_database_up"] == 0
    assert 'concord_jobs{state="queued"}' not in told
    assert told['concord_disk_free_bytes{place="files"}'] > 0


ADDED = """
import os
from config.watching import measures
for n in range(2):
    if os.fork() == 0:
        measures.answered("home", "GET", 200, 0.25)
        measures.answered("api_operations", "POST", 200, 0.04)
        os._exit(0)
for n in range(2):
    os.wait()
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
gathered = CollectorRegistry()
MultiProcessCollector(gathered)
print(generate_latest(gathered).decode())
"""


def test_processes_that_share_a_folder_are_added_up(tmp_path):
    """As `manage.py serve` has it: each web process keeps its own counts, any of them tells all."""
    environment = {
        **os.environ,
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "CONCORD_DATA": str(tmp_path),
    }
    words = [sys.executable, "-c", f"import django; django.setup()\n{ADDED}"]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert 'concord_requests_total{method="GET",route="home",status="200"} 2.0' in done.stdout
    assert "concord_save_seconds_count 2.0" in done.stdout
