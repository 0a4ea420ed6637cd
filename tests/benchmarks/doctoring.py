"""How `manage.py doctor` grows with what is kept: seconds of each check and memory of the whole, over two sizes.

Run with `python -m tests.benchmarks.doctoring [SMALL LARGE]` (default 1,000 and 10,000 documents, two coders, two events
each, handed in and aligned). Each size has a database of its own under the temporary folder and a process of its own.

Wanted: ten times the documents take at most twelve times as long in every check, and less than 1.5 times the memory.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

from tests.benchmarks.measuring import Row, memory, tell

SMALL, LARGE = 1_000, 10_000
GROWTH, MEMORY = 1.2, 1.5  # per document; of the whole process
SHORT = 0.5  # seconds: what takes less grows with the clock, not with documents


def lay(documents: int) -> None:
    """Documents with two codings of two events each, aligned; files of both kinds in the store."""
    from coding import importing
    from projects import files, jobs
    from reconciliation import runs
    from tests.benchmarks import street
    from tests.reconciliation.samples import table

    made = table(street.codings(documents), slug="doctored", labels=("C1", "C2"))
    done = importing.import_codings(
        made.round.project, street.lines(documents), by=made.pi.user, in_round=made.round
    )
    assert done.problems == [], done.problems[:3]
    jobs.see_through(runs.start(made.round, by=made.pi, replicates=0))
    for n in range(documents):
        files.put_bytes(b"%d" % n)


def look() -> dict[str, float]:
    """Seconds of each check; what it finds is looked at and let go, as the command does."""
    from config import doctor

    told = {}
    for check in doctor.ALL:
        begun = time.perf_counter()
        for _ in check.find(doctor.Scope()):
            pass
        told[check.name] = time.perf_counter() - begun
    return told


def measured(documents: int) -> tuple[dict[str, float], float]:
    """In a process of its own; laying is a child of that, so that its memory does not count."""
    command = [sys.executable, "-m", "tests.benchmarks.doctoring", "--one", str(documents)]
    said = subprocess.run(command, check=True, capture_output=True, text=True)
    told = json.loads(said.stdout.splitlines()[-1])
    return told["seconds"], told["memory"]


def one(documents: int) -> None:
    from tests.benchmarks.street import database

    with database():
        child = os.fork()
        if not child:
            lay(documents)
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        print(json.dumps({"seconds": look(), "memory": memory()}))


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--one"]:
        one(int(arguments[1]))
        return 0
    small, large = [int(word) for word in arguments] or (SMALL, LARGE)
    (few, little), (many, much) = measured(small), measured(large)
    times = large / small
    stands = True
    for name in [name for name in few if many[name] > SHORT]:
        growth = many[name] / max(few[name], SHORT) / times
        stands &= tell(
            Row(
                f"doctor: {name}", f"x{times:g}", many[name],
                measured=f"{few[name]:.2f} s of {small:,} documents, {many[name]:.2f} s of {large:,}",
                ratio=growth * times, wanted=f"at most {GROWTH * times:g}", stands=growth <= GROWTH,
            )
        )  # fmt: skip
    stands &= tell(
        Row(
            "doctor: all", f"x{times:g}", sum(many.values()),
            measured=f"{sum(few.values()):.1f} s, {little:.0f} MB; {sum(many.values()):.1f} s, {much:.0f} MB",
            ratio=much / little, wanted=f"memory at most {MEMORY:g}", memory=much, stands=much / little <= MEMORY,
        )
    )  # fmt: skip
    return 0 if stands else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
