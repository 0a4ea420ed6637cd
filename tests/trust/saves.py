"""No acknowledged save is lost: kill -9 of the whole server at random moments of saves, on both databases.

    python -m tests.trust.saves [--short] [--kills 1000] [sqlite] [postgres]

Every process of the web server dies at once while four coders save; on PostgreSQL the database server dies with it every
tenth time. A coder sends again what was not answered, as the workspace does. At the end every operation whose answer was read
must be there once, numbered without a gap, the work equal to its operations, the database sound by its own word.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.servers import new_servers
from tests.trust.coders import Coder
from tests.trust.figures import Clock, Figure, tell, words
from tests.trust.nursery import Nursery, Place, wait

PROMISE = "no acknowledged save is lost ({})"
LABELS = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
KILLS, SHORT = 1000, 10
CODERS = 4


@dataclass(frozen=True)
class Outcome:
    kills: int
    of_database: int
    acknowledged: int
    resent: int
    lost: int
    wrong: tuple[str, ...]

    @property
    def stands(self) -> bool:
        return not self.lost and not self.wrong and self.acknowledged > self.kills

    def told(self) -> str:
        also = f", {self.of_database} of them with the database server" if self.of_database else ""
        problems = f"; {'; '.join(self.wrong[:3])}" if self.wrong else ", integrity ok"
        return (
            f"{self.kills:,} kills{also}: {self.lost} of {self.acknowledged:,} lost, "
            f"{self.resent:,} sent again{problems}"
        )


def kill_during_saves(
    place: Place, *, kills: int, seed: int = 8, kill_database: Callable[[], None] | None = None
) -> Outcome:
    chance = random.Random(seed)
    with Nursery(place) as nursery:
        laid = nursery.call("tests.trust.coders:lay", coders=CODERS)
        coders = [Coder(place.port, seed=n, **one) for n, one in enumerate(laid)]
        server = nursery.web()
        for coder in coders:
            coder.start()
        of_database, wrong = 0, []
        for n in range(kills):
            before = sum(len(coder.acknowledged) for coder in coders)
            wait(
                lambda before=before: sum(len(one.acknowledged) for one in coders) > before,
                "a save after the kill", nursery.log,
            )  # fmt: skip
            time.sleep(chance.uniform(0, 0.15))
            if kill_database and n % 10 == 9:
                of_database += 1
                kill_database()
            nursery.kill(server)
            if n % 100 == 99:
                said = _look(nursery, coders)
                wrong += said["wrong"]
                print(f"   {n + 1} kills, {said['operations']} operations, {said['lost']} lost", flush=True)  # fmt: skip
            server = nursery.web()
        for coder in coders:
            coder.finish()
        said = _look(nursery, coders)
    wrong += [problem for coder in coders for problem in coder.wrong] + said["wrong"]
    return Outcome(
        kills, of_database, sum(len(coder.acknowledged) for coder in coders),
        sum(coder.resent for coder in coders), said["lost"], tuple(wrong),
    )  # fmt: skip


def _look(nursery: Nursery, coders: list[Coder]) -> dict:
    told = {coder.public_id: list(coder.acknowledged) for coder in coders}
    return nursery.call("tests.trust.coders:look", acknowledged=told)


def programme(database: str, *, kills: int) -> Figure:
    clock = Clock()
    with tempfile.TemporaryDirectory(prefix="concord-saves-") as folder:
        if database == "sqlite":
            outcome = kill_during_saves(Place(Path(folder)), kills=kills)
        else:
            servers = new_servers()
            try:
                place = Place(Path(folder), DATABASE_URL=servers.start_postgres(lasting=True))
                outcome = kill_during_saves(
                    place, kills=kills, kill_database=servers.postgres.restart
                )
            finally:
                servers.stop()
    asked = f"{kills:,} kill -9 of the server: 0 lost, integrity ok"
    return Figure(PROMISE.format(LABELS[database]), asked, outcome.told(), outcome.stands, clock.seconds)  # fmt: skip


def main(arguments: list[str]) -> int:
    parser = words(__doc__)
    parser.add_argument("--kills", type=int, default=KILLS)
    said = parser.parse_args(arguments)
    kills = SHORT if said.short else said.kills
    return max(tell(programme(one, kills=kills)) for one in said.databases or LABELS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
