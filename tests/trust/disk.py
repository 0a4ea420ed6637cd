"""A full disk and one that cannot be written to are answered in plain words, nothing is lost, and all is well when there is room.

    python -m tests.trust.disk [--short] [sqlite] [postgres]

Database and files lie on two small disks of their own (tmpfs in a mount namespace, gone with the programme). Each is filled to
the last byte while coders save, a file is brought in and a release is built; then there is room again. At the end the disk is
mounted read-only under a new server (on PostgreSQL the database takes no writing). Short form: SQLite only.
"""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from projects.troubles import AWAY
from tests.servers import Servers, new_servers
from tests.trust.coders import Coder
from tests.trust.figures import Clock, Figure, tell, words
from tests.trust.jobs import upload
from tests.trust.nursery import Nursery, Place, wait
from tests.trust.saves import LABELS

ROOT = Path(__file__).parents[2]
INSIDE = "CONCORD_TRUST_OWN_MOUNTS"
FULL = "There is no room left on the disk of this installation"
READ_ONLY = "The disk of this installation takes nothing at the moment"
SIZES = {"sqlite": 24, "postgres": 160}  # megabytes of the database's disk
FILES = 8


def _unshared(*command: object) -> list[str]:
    new = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", "--mount", *new, *map(str, command)]


def can_mount() -> bool:
    """Whether this machine lets us have disks of our own; tried where nobody else sees it."""
    if shutil.which("unshare") is None:
        return False
    trial = _unshared("mount", "-t", "tmpfs", "tmpfs", tempfile.gettempdir())
    return subprocess.run(trial, capture_output=True).returncode == 0


def own_mounts(arguments: list[str]) -> int | None:
    """Run again where mounts are nobody else's; None when this is there already."""
    if os.environ.get(INSIDE):
        return None
    if not can_mount():
        print(
            "This machine lets nobody mount a small disk (unshare --mount): nothing was looked at."
        )
        return 1
    command = _unshared(sys.executable, "-m", "tests.trust.disk", *arguments)
    return subprocess.run(command, env={**os.environ, INSIDE: "1"}).returncode


def mount(at: Path, megabytes: int) -> None:
    at.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "tmpfs", at], check=True)  # fmt: skip


def fill(disk: Path) -> Path:
    """The last byte of it is taken."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return ballast


class Desk(Coder):
    """A coder whose answers are looked at one by one."""

    def saved(self) -> tuple[int, dict[str, Any]]:
        self.pending = self.pending or self.operations()
        status, said = self.ask("POST", "operations/", {"operations": self.pending})
        if status == 200:
            self.version = said["version"]
            self.acknowledged += [one["id"] for one in self.pending]
            self.events += [one["event"] for one in self.pending if one["kind"] == "event.add"]
            self.pending = []
        return status, said

    def page(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40)
        try:
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            line.request(method, path, body, self.headers | form)
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()


def until_refused(act: Callable[[int], tuple[int, Any]]) -> tuple[int, Any]:
    """What is said when it is refused; a database has a little room of its own on a full disk."""
    for n in range(2000):
        status, said = act(n)
        if status == 503:
            return status, said
    raise AssertionError("the disk is full and 2,000 changes were taken")


class Findings:
    """What was looked at, and what was not as it should be."""

    def __init__(self) -> None:
        self.checked = 0
        self.wrong: list[str] = []

    def holds(self, what: str, good: object, said: object = "") -> None:
        self.checked += 1
        if not good:
            self.wrong.append(f"{what}: {str(said)[:300]}")


def walk(place: Place, database: str, data: Path, files: Path, servers: Servers | None) -> Findings:
    found = Findings()
    with Nursery(place) as nursery:
        laid = nursery.call("tests.trust.disk:lay")
        server, _ = nursery.web(), nursery.start("work", "--poll", "0.05")
        desk = Desk(place.port, laid["session"], laid["public_id"], seed=1)
        manager = laid["manager"]

        taken: list[str] = []

        def put(name: str, body: str) -> tuple[int, dict[str, Any]]:
            status, said = upload(place.port, manager, name, body)
            taken.extend([name] * (status == 201))
            return status, said

        def command(name: str) -> tuple[int, str]:
            """0, or 503 where it ended otherwise; what it said."""
            (given := files.parent / f"{name}.txt").write_text(f"A text of {name}.")
            done = place.manage("import_documents", "trust", str(given), check=False)
            taken.extend([name] * (done.returncode == 0))
            return 503 if done.returncode else 0, done.stderr

        def job(pk: int) -> dict[str, Any]:
            return dict(nursery.call("tests.trust.disk:job", pk=pk))

        found.holds("saves with room", all(desk.saved()[0] == 200 for _ in range(10)))
        found.holds("a file with room", put("one", "One text.")[0] == 201)

        # -- no room for files
        ballast = fill(files)
        status, said = put("two", "Two texts. " * 2000)
        found.holds("a file without room", status == 503 and FULL in said.get("detail", ""), (status, said))  # fmt: skip
        large = "A long text. " * 300_000  # more than is held in memory on its way in
        status, said = put("large", large)
        found.holds("a large file without room", status == 503 and FULL in said.get("detail", ""), (status, said))  # fmt: skip
        found.holds("a save beside full files", desk.saved()[0] == 200)
        release = nursery.call("tests.trust.disk:release")
        ended = wait(lambda: _ended(job(release)), "the release's end", nursery.log)
        found.holds("a release without room", ended["state"] == "failed" and FULL in ended["error"], ended)  # fmt: skip
        ballast.unlink()
        found.holds("a file when there is room", put("two", "Two texts.")[0] == 201)
        nursery.call("tests.trust.disk:again", pk=release)
        ended = wait(lambda: _ended(job(release)), "the release's end", nursery.log)
        found.holds("the release when there is room", ended["state"] == "done", ended)

        # -- no room for the database
        ballast = fill(data)
        status, said = until_refused(lambda n: desk.saved())
        found.holds("a save without room", status == 503 and FULL in said["detail"] and said["title"] == "The disk is full", (status, said))  # fmt: skip
        # Smaller changes may still fit in what the database had reserved: each is made until it is refused.
        status, told = until_refused(
            lambda n: desk.page("POST", "/new-project/", f"title=More&slug=more-{n}")
        )
        found.holds("a page without room", status == 503 and FULL in told, (status, told))
        status, told = desk.page("GET", f"/api/v1/assignments/{desk.public_id}/")
        found.holds("reading without room", status == 200, (status, told))
        status, said = until_refused(lambda n: put(f"three-{n}", f"Three texts, {n}."))
        found.holds("a file without room for its row", status == 503 and FULL in said.get("detail", ""), (status, said))  # fmt: skip
        status, told = until_refused(lambda n: command(f"four-{n}"))
        # PostgreSQL goes down where its own journal finds no room; then it is told as what it is.
        said_so = FULL in told or (servers is not None and AWAY.message in told)
        found.holds("an import by command", said_so and "Traceback" not in told, told[-600:])
        ballast.unlink()
        if servers and servers.postgres.process.poll() is not None:
            servers.postgres.start()  # as systemd would

        def is_taken() -> bool:
            return desk.saved()[0] == 200

        wait(is_taken, "a save when there is room", nursery.log)
        found.holds("a file when there is room again", put("three", "Three texts.")[0] == 201)
        found.holds("a command when there is room again", command("four")[0] == 0)
        wait(lambda: nursery.call("tests.trust.jobs:read") >= len(taken), "the reading of all", nursery.log)  # fmt: skip

        # -- read-only
        if servers:
            nursery.call("tests.trust.disk:refuse_writing", refuse=True)
            nursery.kill(server)
        else:
            nursery.kill(server)
            for pid in list(nursery.alive):
                nursery.kill(pid)
            subprocess.run(["mount", "-o", "remount,ro", data], check=True)
        server = nursery.start("web", "--bind", f"127.0.0.1:{place.port}", "--workers", "1", "--threads", "2")  # fmt: skip
        wait(lambda: _listens(place.port), "the web server", nursery.log)
        status, said = desk.saved()
        found.holds("a save on a read-only disk", status == 503 and READ_ONLY in said["detail"], (status, said))  # fmt: skip
        status, told = desk.page("GET", "/")
        found.holds("a page on a read-only disk", status == 200 or (status == 503 and READ_ONLY in told), (status, told))  # fmt: skip
        if servers:
            nursery.call("tests.trust.disk:refuse_writing", refuse=False)
            nursery.kill(server)
        else:
            nursery.kill(server)
            subprocess.run(["mount", "-o", "remount,rw", data], check=True)
        nursery.web()
        found.holds("a save when the disk takes it again", desk.saved()[0] == 200)
        said = nursery.call(
            "tests.trust.coders:look", acknowledged={desk.public_id: desk.acknowledged}
        )
        found.holds("nothing lost", not said["lost"] and not said["wrong"], said)
        found.holds("work was there to lose", len(desk.acknowledged) > 5)
    return found


def _ended(job: dict[str, Any]) -> dict[str, Any] | None:
    return job if job["state"] in {"done", "failed"} else None


def _listens(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/api/v1/projects/")
        return bool(line.getresponse().status)
    except OSError:
        return False
    finally:
        line.close()


# -- inside the product


def lay() -> dict[str, str]:
    """One coder's work and the session of the manager."""
    from django.core.management import call_command

    from projects.models import Project
    from tests import small
    from tests.benchmarks.saving import session_of
    from tests.trust.coders import lay

    call_command("collectstatic", "--noinput", verbosity=0)
    made = lay(1)[0]
    return made | {"manager": session_of(small.manager_of(Project.objects.get()))}


def release() -> int:
    """The job of building a release, asked for."""
    from datasets import releases
    from projects.models import Project
    from tests import small

    project = Project.objects.get()
    by = small.manager_of(project)
    return int(releases.build(releases.draft(project, "0.1.0", by=by), by=by).pk)


def job(pk: int) -> dict[str, Any]:
    from projects.models import Job

    return dict(Job.objects.values("state", "error", "message", "attempts").get(pk=pk))


def again(pk: int) -> None:
    from projects import jobs
    from projects.models import Job

    jobs.retry(Job.objects.get(pk=pk))


def refuse_writing(refuse: bool) -> None:
    """PostgreSQL takes nothing from new sessions, as a standby does."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE")
        cursor.execute(
            f"ALTER DATABASE {connection.settings_dict['NAME']} SET default_transaction_read_only = {'on' if refuse else 'off'}"
        )


def programme(database: str) -> Figure:
    clock, servers = Clock(), None
    base = Path(tempfile.mkdtemp(prefix="concord-disk-"))
    base.chmod(0o755)
    data, files = base / "data", base / "files"
    try:
        mount(files, FILES)
        mount(data, SIZES[database])
        place = Place(base, CONCORD_FILES=str(files), TMPDIR=str(files))
        if database == "postgres":
            servers = new_servers()
            servers.folder = data / "servers"
            servers.folder.mkdir()
            servers._give(servers.folder)
            place.environment |= {
                "DATABASE_URL": servers.start_postgres(lasting=True),
                "CONCORD_DATA": str(base / "own"),
            }
        found = walk(place, database, data, files, servers)
    finally:
        if servers:
            servers.stop()
        for disk in (data, files):
            subprocess.run(["umount", "--lazy", disk], check=False, capture_output=True)
        shutil.rmtree(base, ignore_errors=True)
    told = f"{found.checked - len(found.wrong)} of {found.checked} answers as they should be"
    told += f"; {'; '.join(found.wrong[:3])}" if found.wrong else ", 0 lost, well again with room"
    return Figure(
        f"a disk that takes nothing loses nothing ({LABELS[database]})",
        "full and read-only: plain words, nothing lost", told, not found.wrong, clock.seconds,
    )  # fmt: skip


def main(arguments: list[str]) -> int:
    said = words(__doc__).parse_args(arguments)
    code = own_mounts(arguments)
    if code is not None:
        return code
    return max(
        tell(programme(one)) for one in said.databases or (["sqlite"] if said.short else LABELS)
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
