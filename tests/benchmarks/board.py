"""Opening the board of a document that five coders read with forty events each, whole as a browser gets it.

Run with `python -m tests.benchmarks.board [sqlite|postgres]`. Seconds are of processor, the best of several, the
database's own among them.
"""

from __future__ import annotations

import random
import sys
from typing import Any

from tests.benchmarks import measuring

CODERS, EVENTS, TIMES = 5, 40, 7
WANTED = 0.3


def crowded() -> Any:
    """A round of one document: every coder finds every event, and fills most fields alike."""
    from coding import rounds
    from tests.reconciliation import samples

    draw = random.Random(40)
    labels = [f"C{n}" for n in range(1, CODERS + 1)]
    made = samples.table({}, labels=labels, slug="crowded")
    body = "".join(samples.BODY[: samples.LINE].replace("51", str(20 + n)) for n in range(EVENTS))
    document = samples.document(made.round.project, "d1", by=made.pi.user, body=body)
    for label in labels:
        rounds.assign(made.round, document, made.coders[label], by=made.pi.user)
        found = [
            samples.event(
                line=n, title=f"Meeting {n} at sea", start=f"{1920 + n}-06-14", status=draw.choice((1, 4, 4)),
                weight=draw.choice((1, 2, 2)), troops=draw.choice((100, 100, 200)),
                topics=draw.choice((["land"], ["sea"])), third=[220], sure=3,
            )
            for n in range(EVENTS)
        ]  # fmt: skip
        for one in found:
            where = one["evidence"]["evidence"]
            one["evidence"] |= dict.fromkeys(("status", "start", "troops", "provider"), where)
        samples.hand_in(made, "d1", label, found)
    samples.reconciled(made)
    return made


def measure(name: str) -> bool:
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from reconciliation.models import Position

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("collectstatic", interactive=False, verbosity=0)
    made = crowded()
    document = made.round.project.documents.get()
    client = Client()
    client.force_login(made.pi.user)
    address = reverse(
        "board", args=[made.round.project.slug, made.round.public_id, document.public_id]
    )
    spent = []
    for _ in range(TIMES):
        with measuring.Spent() as one:
            answer = client.get(address)
        assert answer.status_code == 200
        spent.append(one)
    best = min(spent, key=lambda one: one.cpu)
    positions = Position.objects.filter(group__round=made.round).count()
    size = f"{CODERS} coders x {EVENTS} events, {positions} fields, {len(answer.content) / 1024:.0f} kB of HTML"
    return measuring.tell(
        measuring.Row(
            f"opening a board, {name}", size, best.wall, best.cpu,
            f"{1000 * best.cpu:.0f} ms of processor, {1000 * best.wall:.0f} ms by the wall",
            wanted=f"{1000 * WANTED:.0f} ms", stands=best.cpu < WANTED,
        )
    )  # fmt: skip


def main(arguments: list[str]) -> int:
    name = "postgres" if "postgres" in arguments else "sqlite"
    with measuring.database(name):
        return 0 if measure(measuring.LABELS[name]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
