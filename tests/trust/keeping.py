"""A backup restores: taken while coders save, restored into places without tables, in either database; the ledger's writers, too.

    python -m tests.trust.keeping [--short] [--backups 20] [--bends 2000] [sqlite] [postgres]

Every edit that was answered before a backup began is in it, the doctor finds nothing in what was restored, and what is restored
from a backup of that has the same dump, in the other database. Of one file every kind of damage at random places is refused.
"""

from __future__ import annotations

import random
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.servers import Servers, new_servers
from tests.trust.coders import Coder
from tests.trust.figures import Clock, Figure, tell, words
from tests.trust.nursery import Nursery, Place
from tests.trust.saves import LABELS

CODERS, BACKUPS, BENDS = 4, 10, 2_000
SHORT_BACKUPS, SHORT_BENDS = 1, 40


# -- inside a place


def keep(path: str) -> int:
    from config.keeping import backups

    return backups.backup(Path(path)).rows


def take(path: str, uids: list[str], again: str) -> dict[str, Any]:
    """Restore, look whether all holds and the edits are there, and write a backup of what was restored."""
    from coding.models import Operation
    from config import doctor
    from config.keeping import backups, dumps, restoring

    restoring.restore(Path(path))
    found = [
        f"{check.name}: {finding}"
        for check in doctor.ALL
        if check.name not in {"disk", "jobs"}
        for finding in check.find(doctor.Scope())
    ]
    there = {str(uid) for uid in Operation.objects.values_list("uid", flat=True)}
    if again:
        backups.backup(Path(again))
    # The stored documents of this scene are rows alone.
    found = [
        one for one in found if "is not in the store" not in one and "no search finds" not in one
    ]
    return {"found": found, "lost": len(set(uids) - there), "dump": dumps.dump()}


# -- the programme


def under_load(here: Place, others: list[Place], folder: Path, *, backups: int) -> tuple[bool, str]:
    wrong, lost, saved, rows = [], 0, 0, 0
    with Nursery(here) as nursery:
        laid = nursery.call("tests.trust.coders:lay", coders=CODERS)
        writers = [Coder(here.port, seed=n, **one) for n, one in enumerate(laid)]
        nursery.web()
        for one in writers:
            one.start()
        known: list[list[str]] = []
        for n in range(backups):
            before = sum(len(one.acknowledged) for one in writers)
            known.append([uid for one in writers for uid in list(one.acknowledged)])
            rows = nursery.call("tests.trust.keeping:keep", path=str(folder / f"backup{n}"))
            saved += sum(len(one.acknowledged) for one in writers) - before
        for one in writers:
            one.told_to_stop.set()
        for one in writers:
            one.finish()
        wrong += [problem for one in writers for problem in one.wrong]
    for n, (first, second) in enumerate(zip(others[::2], others[1::2], strict=True)):
        again = str(folder / f"again{n}")
        with Nursery(first) as nursery:
            taken = nursery.call(
                "tests.trust.keeping:take", path=str(folder / f"backup{n}"), uids=known[n], again=again
            )  # fmt: skip
        with Nursery(second) as nursery:
            same = nursery.call("tests.trust.keeping:take", path=again, uids=known[n], again="")
        lost += taken["lost"] + same["lost"]
        wrong += taken["found"] + same["found"]
        wrong += [name for name in same["dump"] if same["dump"][name] != taken["dump"][name]]
    told = (
        f"{backups} backups of {rows:,} rows, {saved:,} edits answered meanwhile, {lost} lost"
        f"{'; ' + '; '.join(wrong[:3]) if wrong else ', the same in both databases, nothing found'}"
    )
    return not wrong and not lost, told


def refused(path: Path, *, bends: int) -> tuple[bool, str]:
    """Cut, altered by one bit, with a run of zeros, with blocks that changed places: at random places, but always the same."""
    from config.keeping import archive

    chance, whole, accepted = random.Random(8), path.read_bytes(), 0
    bent = path.with_name("bent")
    for n in range(bends):
        at = chance.randrange(len(whole))
        block = at - at % 512
        if n % 4 == 0:
            content = whole[:at]
        elif n % 4 == 1:
            content = whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :]
        elif n % 4 == 2:
            content = whole[:block] + bytes(512) + whole[block + 512 :]
        else:
            other = chance.randrange(len(whole) // 512) * 512
            parts = bytearray(whole)
            parts[block : block + 512], parts[other : other + 512] = (
                whole[other : other + 512],
                whole[block : block + 512],
            )
            content = bytes(parts)
        if content == whole:
            continue
        bent.write_bytes(content)
        try:
            archive.prove(bent)
        except archive.Broken:
            continue
        accepted += 1
    archive.prove(path)
    return not accepted, f"{bends:,} bent files, {accepted} taken for whole"


def programme(database: str, *, backups: int, bends: int) -> list[Figure]:
    clock = Clock()
    with tempfile.TemporaryDirectory(prefix="concord-keeping-") as name, ExitStack() as stack:
        folder = Path(name)
        servers: dict[str, Servers] = {}

        def place(kind: str, label: str) -> Place:
            made = Place(folder / label)
            if kind == "postgres":
                if kind not in servers:
                    servers[kind] = new_servers()
                    stack.callback(servers[kind].stop)
                    made.environment["DATABASE_URL"] = servers[kind].start_postgres()
                    servers_address.append(made.environment["DATABASE_URL"])
                else:
                    made.environment["DATABASE_URL"] = _new_database(servers_address[0], label)
            return made

        servers_address: list[str] = []
        other = "sqlite" if database == "postgres" else "postgres"
        here = place(database, "here")
        others = [
            place(kind, f"{kind}{n}")
            for n in range(backups)
            for kind in ((other, database) if n % 2 == 0 else (database, other))
        ]
        stands, told = under_load(here, others, folder, backups=backups)
        promise = f"a backup restores ({LABELS[database]})"
        asked = "taken under load, restored in both: the same dump, nothing lost"
        figure = Figure(promise, asked, told, stands, clock.seconds)
        clock = Clock()
        stands, told = refused(folder / "backup0", bends=bends)
        return [
            figure,
            Figure(
                "no damaged backup is restored", "every one refused", told, stands, clock.seconds
            ),
        ]


def _new_database(server: str, label: str) -> str:
    from urllib.parse import urlsplit, urlunsplit

    import psycopg

    name = f"concord_{label}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def main(arguments: list[str]) -> int:
    parser = words(__doc__)
    parser.add_argument("--backups", type=int, default=BACKUPS)
    parser.add_argument("--bends", type=int, default=BENDS)
    said = parser.parse_args(arguments)
    backups, bends = (SHORT_BACKUPS, SHORT_BENDS) if said.short else (said.backups, said.bends)
    return max(
        tell(*programme(one, backups=backups, bends=bends)) for one in said.databases or LABELS
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
