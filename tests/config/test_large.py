"""The large arrangement: the same program on PostgreSQL, with Celery workers on a Redis-compatible server."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests import migrated
from tests.datasets.scenes import folder_bytes
from tests.datasets.test_releases import SQL
from tests.reconciliation.samples import BODY, CODEBOOK, event

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120


class Arrangement:
    """A data folder and the servers it works with; commands run in processes of their own."""

    def __init__(self, folder: Path, **environment: str) -> None:
        left_out = {
            "DATABASE_URL",
            "REDIS_URL",
            "DJANGO_SETTINGS_MODULE",
            "PYTHONDONTWRITEBYTECODE",
        }
        kept = {
            k: v
            for k, v in os.environ.items()
            if k not in left_out and not k.startswith("CONCORD_")
        }
        self.folder = folder
        self.environment = {
            **kept,
            "CONCORD_DATA": str(folder),
            "CONCORD_LOG_LEVEL": "WARNING",
            # What one process compiled the next finds, also where the machine keeps nothing compiled.
            "PYTHONPYCACHEPREFIX": str(folder.parent / "compiled"),
            **environment,
        }

    def manage(self, *words: object) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *map(str, words)],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=240,
        )  # fmt: skip
        assert done.returncode == 0, (words[0], done.stdout, done.stderr)
        return done.stdout

    def script(self, words: str) -> dict:
        """What a script inside the product prints as JSON on its last line."""
        return dict(json.loads(self.manage("shell", "--no-imports", "-c", words).splitlines()[-1]))

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        """A worker with its pool, in a session of its own."""
        with (self.folder / "worker.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "manage.py", "work"],
                cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        try:
            yield process
        finally:
            kill(process)

    def log(self) -> str:
        return (self.folder / "worker.log").read_text(errors="replace")[-4000:]


def kill(process: subprocess.Popen[bytes]) -> None:
    """kill -9 of a worker and its pool."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait(look: Callable[[], object], arrangement: Arrangement, what: str) -> object:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.05)
    pytest.fail(f"{what} did not come about:\n{arrangement.log()}")


@pytest.mark.postgres
def test_the_demo_is_the_same_on_both_databases_and_postgres_freezes_it_too(
    postgres_url, tmp_path
) -> None:
    told = {}
    for name, environment in (("large", {"DATABASE_URL": postgres_url}), ("small", {})):
        place = Arrangement(tmp_path / name, **environment)
        migrated.migrate(place.environment)
        told[name] = place.manage("demo").splitlines()
        place.manage("release", "demo", "--version", "0.1.0", "--out", tmp_path / f"{name}-release")

    assert told["large"] == told["small"]
    assert folder_bytes(tmp_path / "large-release") == folder_bytes(tmp_path / "small-release")

    with psycopg.connect(postgres_url, autocommit=True) as connection:
        for words in [
            *SQL,
            "UPDATE reconciliation_decision SET reason = 'x'", "DELETE FROM reconciliation_decision",
            "UPDATE coding_operation SET n = n + 1000", "DELETE FROM coding_operation",
            "UPDATE projects_ledgerline SET verb = 'x'", "DELETE FROM projects_ledgerline",
            "UPDATE sources_text SET body = 'x'", "UPDATE coding_codebook SET source = 'x'",
        ]:  # fmt: skip
            with pytest.raises(psycopg.errors.IntegrityError):
                connection.execute(words)


FOUND = """
import json
from pathlib import Path
from coding import codebooks
from projects import access, members
from projects.models import User
from sources import documents
user = User.objects.create(username="pi")
project = members.found("pact", title="The Pact", by=user)
members.add(project, user, roles=["manager", "adjudicator", "exporter"], by=user, label="PI")
for label in ("C1", "C2"):
    members.add(project, User.objects.create(username=label.lower()), roles=["coder"], by=user, label=label)
folder = Path({folder!r})
codebooks.publish(codebooks.load(project, (folder / "book.yaml").read_text(), by=user), by=user)
for path in sorted(folder.glob("*.txt")):
    documents.add(project, by=user, chunks=[path.read_bytes()], filename=path.name)
print(json.dumps({{"documents": project.documents.count()}}))
"""
CODE = """
import json
from pathlib import Path
from coding import importing, rounds
from projects import access
from projects.models import User
from reconciliation import runs
user = User.objects.get(username="pi")
holder = access.pass_for(user, "pact")
project = holder.project
coders = list(project.memberships.filter(label__in=["C1", "C2"]).order_by("label"))
opened = rounds.open_round(project, "pilot", by=user, coders=coders, per_document=2, seed=1)
done = importing.import_codings(project, Path({codings!r}).read_bytes().splitlines(), by=user)
job = runs.start(opened, by=holder, replicates={replicates})
print(json.dumps({{"problems": [p.message for p in done.problems], "job": job.pk}}))
"""
RELEASE = """
import json
from datasets import releases
from projects import access, jobs
from projects.models import User
from reconciliation import adjudication
from reconciliation.models import Group
holder = access.pass_for(User.objects.get(username="pi"), "pact")
adjudication.accept_agreed(list(Group.objects.all()), by=holder)
release = releases.draft(holder.project, "0.1.0", by=holder.user)
print(json.dumps({"job": releases.build(release, by=holder.user).pk}))
"""
RECONCILE_QUEUE = """
import json
from projects import jobs
print(json.dumps({"waiting": jobs.reconcile_queue()}))
"""


def job(connection, pk: int) -> dict:
    row = connection.execute(
        "SELECT state, attempts, message, error, worker FROM projects_job WHERE id = %s", [pk]
    ).fetchone()
    return dict(zip(("state", "attempts", "message", "error", "worker"), row, strict=True))


@pytest.mark.postgres
@pytest.mark.redis
def test_workers_read_reconcile_and_build_and_one_killed_in_mid_job_is_replaced_once(
    postgres_url, redis_url, tmp_path
) -> None:
    place = Arrangement(tmp_path, DATABASE_URL=postgres_url, REDIS_URL=redis_url)
    (tmp_path / "book.yaml").write_text(CODEBOOK)
    names = [f"d{n}" for n in range(6)]
    for n, name in enumerate(names):
        (tmp_path / f"{name}.txt").write_text(f"Report {n}.\n\n{BODY}")
    lines = [
        {"document": name, "coder": label, "outcome": "events",
         "events": [event(line=n, start=f"19{60 + n}", status=[1, 4, 5][(n + shift) % 3], troops=n * (10 + shift))]}
        for n, name in enumerate(names) for label, shift in (("C1", 0), ("C2", n % 2))
    ]  # fmt: skip
    (tmp_path / "codings.jsonl").write_text("\n".join(map(json.dumps, lines)))
    migrated.migrate(place.environment)

    with psycopg.connect(postgres_url, autocommit=True) as connection:

        def count(words: str) -> int:
            return connection.execute(f"SELECT count(*) FROM {words}").fetchone()[0]

        with place.worker() as first:
            # Reading: the verbs only ask, the worker does.
            assert place.script(FOUND.format(folder=str(tmp_path))) == {"documents": 6}
            wait(lambda: count("sources_document WHERE state = 'read'") == 6, place, "reading")
            once = "projects_job WHERE kind = 'sources.read' AND state = 'done' AND attempts = 1"
            wait(lambda: count(once) == 6, place, "reading once each")

            # A reconciliation long enough to be killed in its middle.
            asked = place.script(
                CODE.format(codings=str(tmp_path / "codings.jsonl"), replicates=150_000)
            )
            assert asked["problems"] == []
            wait(
                lambda: job(connection, asked["job"])["message"] == "measuring agreement",
                place,
                "measuring",
            )
            kill(first)

        held = job(connection, asked["job"])
        assert (held["state"], held["attempts"]) == ("running", 1)
        assert count("reconciliation_run WHERE finished_at IS NOT NULL") == 0
        connection.execute(
            "UPDATE reconciliation_run SET parameters = jsonb_set(parameters, '{replicates}', '50')"
        )

        with place.worker():
            # Nobody takes it while the dead worker's lease runs.
            assert place.script(RECONCILE_QUEUE) == {"waiting": 0}
            connection.execute(
                "UPDATE projects_job SET lease_until = now() - interval '1 second' WHERE state = 'running'"
            )
            assert place.script(RECONCILE_QUEUE) == {"waiting": 1}
            wait(
                lambda: job(connection, asked["job"])["state"] == "done",
                place,
                "the second attempt",
            )
            ended = job(connection, asked["job"])
            assert (ended["attempts"], ended["worker"] != held["worker"], ended["message"][:9]) == (
                2,
                True,
                "6 groups,",
            )
            assert count("reconciliation_group") == 6
            assert count("reconciliation_run WHERE finished_at IS NOT NULL") == 1
            assert (
                count("reconciliation_figure")
                == connection.execute(
                    "SELECT (counts->>'figures')::int FROM reconciliation_run"
                ).fetchone()[0]
            )

            # A release, end to end.
            built = place.script(RELEASE)
            wait(lambda: job(connection, built["job"])["state"] == "done", place, "the release")
        assert count("datasets_releasefile") > 10
        assert count("projects_job WHERE state <> 'done'") == 0
    place.manage("release", "pact", "--version", "0.1.0", "--out", tmp_path / "out")
    place.manage("verify", tmp_path / "out")


@pytest.mark.postgres
def test_without_a_broker_the_row_waits_and_the_next_worker_finds_it(
    postgres_url, tmp_path
) -> None:
    """REDIS_URL names a server that is not there: asking costs a warning, not the work."""
    place = Arrangement(tmp_path, DATABASE_URL=postgres_url, REDIS_URL="redis://127.0.0.1:1/0")
    (tmp_path / "book.yaml").write_text(CODEBOOK)
    (tmp_path / "d.txt").write_text(BODY)
    migrated.migrate(place.environment)

    place.script(FOUND.format(folder=str(tmp_path)))
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT state FROM projects_job").fetchall() == [("queued",)]
    place.manage("work", "--once")

    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT state FROM sources_document").fetchall() == [("read",)]
