"""A clock that jumps back and forth by hours loses nothing: leases, tokens, sessions, the order of ledger and operations.

    python -m tests.trust.clock [--short] [sqlite] [postgres]

Web server and workers run with a clock that is set while they run (tests/trust/shifted): three hours back, six forward, thirty
hours, fifteen days. A job whose worker died must not wait for a lease from another time; one that is being done must not be done
twice. Short form: SQLite only.
"""

from __future__ import annotations

import http.client
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.servers import new_servers
from tests.trust.disk import Desk, Findings
from tests.trust.figures import Clock, Figure, tell, words
from tests.trust.nursery import Nursery, Place, wait
from tests.trust.saves import LABELS

HOUR = 3600.0
KIND = "trust.slow"
EFFECTS = "CONCORD_TRUST_EFFECTS"
SHIFTED = Path(__file__).parent / "shifted"


def walk(place: Place, folder: Path) -> Findings:
    found = Findings()
    hands, effects = folder / "clock", folder / "effects"
    hands.write_text("0")
    effects.touch()
    place.environment |= {
        "CONCORD_TRUST_CLOCK": str(hands), EFFECTS: str(effects), "CONCORD_JOB_LEASE": "3",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(SHIFTED), os.environ.get("PYTHONPATH", "")])),
    }  # fmt: skip

    def jump(hours: float) -> None:
        new = folder / "new-clock"
        new.write_text(str(hours * HOUR))
        new.replace(hands)  # never half a number

    with Nursery(place) as nursery:
        laid = nursery.call("tests.trust.clock:lay")
        nursery.web(processes=1)
        desk = Desk(place.port, laid["session"], laid["public_id"], seed=1)

        def by_token() -> int:
            return _status(place.port, {"Authorization": f"Bearer {laid['token']}"})

        # -- saves, sessions, tokens; each jump is seen by the server that is running
        for hours, session, token in ((0, 200, 200), (-3, 200, 200), (6, 200, 200), (30, 200, 401),
                                      (24 * 15, 401, 401), (0, 200, 200)):  # fmt: skip
            jump(hours)
            told = float(nursery.call("tests.trust.clock:now"))
            found.holds(f"the clock stands {hours:+} h", abs(told - time.time() - hours * HOUR) < 60, told)  # fmt: skip
            status, said = desk.saved()
            found.holds(f"a save at {hours:+} h", status == session, (status, said))
            found.holds(f"a token of one day at {hours:+} h", by_token() == token, by_token())
            nursery.call("tests.trust.clock:write_ledger")

        # -- a worker dies, then the clock goes back: nobody waits for a lease from later
        worker = nursery.start("tests.trust.clock:slow_worker")
        first = nursery.call("tests.trust.clock:ask", subject="first")
        wait(lambda: _job(nursery, first)["state"] == "running", "the first job", nursery.log)
        nursery.kill(worker)
        jump(-3)
        worker = nursery.start("tests.trust.clock:slow_worker")
        begun = time.monotonic()
        ended = wait(lambda: _done(nursery, first), "the job of a dead worker after the clock went back", nursery.log)  # fmt: skip
        found.holds("a dead worker's job, clock gone back", ended["attempts"] == 2, ended)
        found.holds("it waited for seconds, not hours", time.monotonic() - begun < 60)

        # -- the clock goes forward under a living worker beside another: once, all the same
        nursery.start("tests.trust.clock:slow_worker")
        second = nursery.call("tests.trust.clock:ask", subject="second")
        wait(lambda: _job(nursery, second)["state"] == "running", "the second job", nursery.log)
        jump(6)
        wait(lambda: _done(nursery, second), "a job over which the clock went on", nursery.log)
        told = sorted(effects.read_text().split())
        found.holds("each job had its effect once", told == ["first", "second"], told)

        said = nursery.call(
            "tests.trust.coders:look", acknowledged={desk.public_id: desk.acknowledged}
        )
        found.holds("ledger and operations are in order", not said["lost"] and not said["wrong"], said)  # fmt: skip
        said = nursery.call("tests.trust.clock:orders", public_id=desk.public_id)
        found.holds("they are told in the order they were written", all(said.values()), said)
    return found


def _status(port: int, headers: dict[str, str]) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=40)
    try:
        line.request("GET", "/api/v1/projects/", headers=headers)
        return line.getresponse().status
    finally:
        line.close()


def _job(nursery: Nursery, pk: int) -> dict[str, Any]:
    return dict(nursery.call("tests.trust.disk:job", pk=pk))


def _done(nursery: Nursery, pk: int) -> dict[str, Any] | None:
    found = _job(nursery, pk)
    return found if found["state"] in {"done", "failed"} else None


# -- inside the product


def lay() -> dict[str, str]:
    from projects import tokens
    from projects.models import Membership
    from tests.trust import coders

    made = coders.lay(1)[0]
    coder = Membership.objects.select_related("project", "user").get(label="C1")
    _, secret = tokens.create(coder.project, by=coder.user, name="a day", days=1)
    return made | {"token": secret}


def now() -> float:
    from django.utils import timezone

    return timezone.now().timestamp()


def write_ledger() -> None:
    from django.db import transaction

    from projects import ledger
    from projects.models import Project

    with transaction.atomic():
        project = Project.objects.get()
        ledger.record(project, "trust.look", project, by=None)


def ask(subject: str) -> int:
    from projects import jobs

    return int(jobs.enqueue(KIND, subject, project=None, by=None).pk)


def slow_worker() -> None:
    """A worker that also knows how to do what takes three seconds and leaves one word."""
    from django.core.management import call_command

    from projects.jobs import Progress, handles

    @handles(KIND)
    def do(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
        for n in range(30):
            progress.step(n, 30)
            time.sleep(0.1)
        progress.step(30, 30)  # whoever lost the claim ends here
        with open(os.environ[EFFECTS], "a") as file:
            file.write(f"{subject}\n")
        return "done"

    call_command("work", "--poll", "0.05")


def orders(public_id: str) -> dict[str, bool]:
    """Whether history and ledger are told by number, whatever the clock said meanwhile."""
    from coding import events
    from coding.models import Assignment, Operation
    from projects.models import LedgerLine

    one = Assignment.objects.get(public_id=public_id)
    by_number = [
        str(uid)
        for uid in Operation.objects.filter(assignment=one)
        .order_by("n")
        .values_list("uid", flat=True)
    ]
    told = [str(row["id"]) for row in events.history(one)]
    numbers = list(LedgerLine.objects.order_by("pk").values_list("n", flat=True))
    times = list(LedgerLine.objects.order_by("n").values_list("at", flat=True))
    return {
        "history": told == by_number,
        "ledger": numbers == sorted(numbers),
        "the clock did jump": times != sorted(times),
    }


def programme(database: str) -> Figure:
    clock, servers = Clock(), None
    with tempfile.TemporaryDirectory(prefix="concord-clock-") as folder:
        place = Place(Path(folder))
        try:
            if database == "postgres":
                servers = new_servers()
                place.environment["DATABASE_URL"] = servers.start_postgres()
            found = walk(place, Path(folder))
        finally:
            if servers:
                servers.stop()
    told = f"{found.checked - len(found.wrong)} of {found.checked} answers as they should be"
    told += f"; {'; '.join(found.wrong[:3])}" if found.wrong else ", 0 lost, 0 done twice"
    return Figure(
        f"a clock that jumps loses nothing ({LABELS[database]})", "-3 h to +15 days while it runs",
        told, not found.wrong, clock.seconds,
    )  # fmt: skip


def main(arguments: list[str]) -> int:
    said = words(__doc__).parse_args(arguments)
    return max(
        tell(programme(one)) for one in said.databases or (["sqlite"] if said.short else LABELS)
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
