"""Nothing is overwritten: ten writers at once on one coder's work, over HTTP, on both databases.

    python -m tests.trust.writers [--short] [--seconds 60] [sqlite] [postgres]

Each writer is a tab that knows nothing of the others: an edit from an older version is refused with what it missed, and sent
again from there. At the end every operation that was answered is there once, and the work is what its operations come to.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.servers import new_servers
from tests.trust.coders import Coder
from tests.trust.figures import Clock, Figure, tell, words
from tests.trust.nursery import Nursery, Place
from tests.trust.saves import LABELS

WRITERS, SECONDS, SHORT = 10, 60.0, 1.0


def write_at_once(place: Place, *, seconds: float) -> tuple[bool, str]:
    with Nursery(place) as nursery:
        laid = nursery.call("tests.trust.coders:lay", coders=WRITERS, shared=True)
        writers = [Coder(place.port, seed=n, **one) for n, one in enumerate(laid)]
        nursery.web()
        for one in writers:
            one.start()
        time.sleep(seconds)
        for one in writers:
            one.told_to_stop.set()
        for one in writers:
            one.finish()
        acknowledged = [uid for one in writers for uid in one.acknowledged]
        said = nursery.call(
            "tests.trust.coders:look", acknowledged={writers[0].public_id: acknowledged}
        )
    wrong = [problem for one in writers for problem in one.wrong] + said["wrong"]
    if said["operations"] != len(set(acknowledged)):
        wrong.append(f"{said['operations']} operations are there")
    idle = sum(not one.acknowledged for one in writers)
    told = (
        f"{WRITERS} writers, {len(acknowledged):,} operations, {said['lost']} lost, "
        f"{sum(one.stale for one in writers):,} refused as stale and sent again"
        f"{'; ' + '; '.join(wrong[:3]) if wrong else ', each there once'}"
    )
    return not wrong and not said["lost"] and not idle, told


def programme(database: str, *, seconds: float) -> Figure:
    clock, servers = Clock(), None
    with tempfile.TemporaryDirectory(prefix="concord-writers-") as folder:
        place = Place(Path(folder))
        try:
            if database == "postgres":
                servers = new_servers()
                place.environment["DATABASE_URL"] = servers.start_postgres()
            stands, told = write_at_once(place, seconds=seconds)
        finally:
            if servers:
                servers.stop()
    promise = f"no update is overwritten ({LABELS[database]})"
    return Figure(promise, f"{WRITERS} writers on one assignment: every operation once", told, stands, clock.seconds)  # fmt: skip


def main(arguments: list[str]) -> int:
    parser = words(__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    said = parser.parse_args(arguments)
    seconds = SHORT if said.short else said.seconds
    return max(tell(programme(one, seconds=seconds)) for one in said.databases or LABELS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
