"""Coders who save without a pause while servers are killed under them, and what the database says of it afterwards.

A coder does what the workspace does: an operation has an id from its maker, what was not answered is sent again under the
same id. Laying and looking run inside the product (`Nursery.call`).
"""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
import uuid
from typing import Any

from tests import migrated

EVENTS = 12  # of one coder, at most: the work itself is not what is measured


class Coder(threading.Thread):
    """Saves until told to stop. `acknowledged` are the operations whose 200 was read to its end."""

    def __init__(
        self, port: int, session: str, public_id: str, seed: int, *, pause: float = 0.0
    ) -> None:
        super().__init__(daemon=True)
        self.port, self.public_id, self.pause = port, public_id, pause
        self.path = f"/api/v1/assignments/{public_id}/"
        token = "a" * 32
        self.headers = {
            "Cookie": f"sessionid={session}; csrftoken={token}", "X-CSRFToken": token,
            "Content-Type": "application/json", "Connection": "close",
        }  # fmt: skip
        self.random = random.Random(seed)
        self.version = 0
        self.events: list[str] = []
        self.acknowledged: list[str] = []
        self.pending: list[dict[str, Any]] = []
        self.wrong: list[str] = []  # answers that no kill explains
        self.times: list[float] = []
        self.resent = self.stale = self.unavailable = 0
        self.unanswered = False
        self.told_to_stop = threading.Event()

    def run(self) -> None:
        while not self.told_to_stop.is_set():
            self.save()
            if self.pause:
                self.told_to_stop.wait(self.pause)

    def finish(self) -> None:
        """Send what is still open, with the server up."""
        self.told_to_stop.set()
        if self.is_alive():
            self.join(60)
        for _ in range(20):
            if not self.pending:
                return
            self.save(new=False)
        self.wrong.append("what was open could not be sent with the server up")

    def save(self, *, new: bool = True) -> None:
        if not self.pending and new:
            self.pending, self.unanswered = self.operations(), False
        if not self.pending:
            return
        begun = time.perf_counter()
        try:
            status, said = self.ask("POST", "operations/", {"operations": self.pending})
        except (OSError, http.client.HTTPException, ValueError):
            # Killed, or not there yet: whether it was taken is not known.
            self.resent += not self.unanswered
            self.unanswered = True
            self.told_to_stop.wait(0.02)
            return
        if status == 200:
            self.times.append((time.perf_counter() - begun) * 1000)
            self.version = said["version"]
            self.acknowledged += [one["id"] for one in self.pending]
            self.events += [one["event"] for one in self.pending if one["kind"] == "event.add"]
            self.pending = []
        elif status == 412:
            self.stale += 1
            self.version = said["version"]
        elif status == 503:
            # In plain words that the database is away; the workspace tries again, too.
            self.unavailable += 1
            self.told_to_stop.wait(0.05)
        else:
            self.wrong.append(f"{status} {json.dumps(said)[:300]}")
            self.told_to_stop.wait(0.05)

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, dict[str, Any]]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40)
        try:
            headers = self.headers | {"If-Match": f'"{self.version}"'}
            line.request(method, self.path + path, json.dumps(body), headers)
            answer = line.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            line.close()

    def operations(self) -> list[dict[str, Any]]:
        """One to three of them, as typing and marking make them."""
        made: list[dict[str, Any]] = []
        known = list(self.events)
        for _ in range(self.random.randint(1, 3)):
            if not known or (len(known) < EVENTS and self.random.random() < 0.1):
                known.append(str(uuid.UUID(int=self.random.getrandbits(128), version=4)))
                made.append(self._operation("event.add", known[-1], type="EX"))
                continue
            event = self.random.choice(known)
            if self.random.random() < 0.8:
                words = f"Exercise {self.random.random()}"
                made.append(self._operation("value.set", event, field="title", value=words))
            else:
                start = self.random.randint(0, 40)
                made.append(
                    self._operation(
                        "passage.link", event, field="title", passage=str(uuid.uuid4()), start=start, end=start + 5
                    )
                )  # fmt: skip
        return made

    def _operation(self, kind: str, event: str, **more: object) -> dict[str, Any]:
        return {"id": str(uuid.uuid4()), "kind": kind, "event": event, **more}


# -- inside the product


def lay(coders: int, *, shared: bool = False) -> list[dict[str, str]]:
    """Migrated, with a project; an assignment for each coder, or one coder's for all. Session and assignment of each."""

    from tests import small
    from tests.benchmarks.saving import session_of

    migrated.migrate()
    members = [small.member(small.project("trust"))]
    members += [small.member(members[0].project) for _ in range(0 if shared else coders - 1)]
    opened = small.coding_round(
        members[0].project, coders=members, documents=[small.document(members[0].project)]
    )
    works = list(opened.assignments.select_related("coder__user").order_by("pk"))
    works = works * coders if shared else works
    return [{"session": session_of(one.coder.user), "public_id": one.public_id} for one in works]


def look(acknowledged: dict[str, list[str]]) -> dict[str, Any]:
    """What the database has of what each assignment's coder was told is saved, and whether it is in order."""
    from django.db import connection

    from coding import events
    from coding.models import Assignment, Operation
    from projects import ledger
    from projects.models import Project

    lost, operations, wrong = 0, 0, []
    for public_id, ids in acknowledged.items():
        one = Assignment.objects.select_related("round__codebook", "text").get(public_id=public_id)
        rows = list(
            Operation.objects.filter(assignment=one).order_by("n").values_list("n", "uid", "kind")
        )
        kept = [str(uid) for _, uid, _ in rows]
        lost += len(set(ids) - set(kept))
        operations += len(kept)
        if [n for n, _, _ in rows] != list(range(1, one.version + 1)):
            wrong.append(f"{public_id}: numbers of operations do not run from 1 to the version")
        if len(set(kept)) != len(kept):
            wrong.append(f"{public_id}: an operation stands twice")
        if events.load(one) != events.replay(one):
            wrong.append(f"{public_id}: the work is not what its operations come to")
    for project in Project.objects.all():
        wrong += [f"ledger {broken.n}: {broken.message}" for broken in ledger.verify(project)]
    return {
        "lost": lost,
        "operations": operations,
        "wrong": [*wrong, *integrity(connection)],
    }


def integrity(connection: Any) -> list[str]:
    """What the database says of its own soundness: nothing, when it is sound."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            said = [row[0] for row in cursor.fetchall() if row[0] != "ok"]
            cursor.execute("PRAGMA foreign_key_check")
            return said + [f"foreign key: {row}" for row in cursor.fetchall()]
        # Every row is read from the heap, every index of a table is walked and compared with it.
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'amcheck'")
        if cursor.fetchone():
            cursor.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
            cursor.execute(
                "SELECT bt_index_check(c.oid, true) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
                "JOIN pg_am a ON a.oid = c.relam JOIN pg_namespace n ON n.oid = c.relnamespace "
                "WHERE a.amname = 'btree' AND n.nspname = 'public'"
            )
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT count(t::text) FROM "{table}" t')
    return []
