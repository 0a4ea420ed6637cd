"""The same records and parameters give the same bytes, whatever the machine thinks of hashes, clocks and languages."""

import dataclasses
import hashlib
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from datasets import describing, manifest
from datasets.records import Records
from datasets.tables import Build, Parameters
from tests.datasets.samples import STATES, coverage, incident, records

ROOT = Path(__file__).parents[2]


def told(seed: int) -> Records:
    """Three hundred incidents and all that hangs on them; the seed decides only the order they come in."""
    incidents = [
        incident(
            f"i{n:03}", ["EX", "MA", "MB", "CS", "TO"][n % 5], provider=[2, 20][: n % 2 + 1],
            recipient=sorted({732, 200, [260, 365, 345][n % 3]}), start=str(1955 + n % 30), title=f"Ünit {n}, “x”",
            status=["-9", 1, 4][n % 3], reciprocal=int(n % 7 == 0), threat_state=[365, 315][: n % 3] or "-8",
        )
        for n in range(300)
    ]  # fmt: skip
    whole = records(*incidents, coverage=coverage(2, 20, 260, 732, first=1950, last=1985))
    shuffled = {}
    for name in (
        "incidents",
        "reports",
        "evidence",
        "codings",
        "decisions",
        "figures",
        "documents",
    ):
        given = list(getattr(whole, name))
        shuffled[name] = random.Random(seed).sample(given, len(given))
    return dataclasses.replace(whole, **shuffled)  # type: ignore[arg-type]


def digest(seed: int) -> str:
    """One hash over the paths and bytes of a whole release."""
    build = Build(told(seed), Parameters("0.1.0"), states=STATES)
    whole = hashlib.sha256()
    for file in (*build.files(), *describing.files(build)):
        whole.update(file.path.encode())
        for chunk in file.chunks:
            whole.update(chunk)
    whole.update(manifest.text((), describing.about(build)))
    return whole.hexdigest()


def test_the_order_of_records_does_not_reach_the_bytes() -> None:
    assert told(1).incidents != told(2).incidents
    assert digest(1) == digest(2)


def test_asking_twice_gives_the_same_bytes() -> None:
    build = Build(told(1), Parameters("0.1.0"), states=STATES)

    first = [(file.path, b"".join(file.chunks)) for file in build.files()]
    second = [(file.path, b"".join(file.chunks)) for file in build.files()]

    assert first == second


@pytest.mark.parametrize(
    ("hash_seed", "time_zone", "locale"),
    [
        ("0", "UTC", "C"),
        ("1", "Pacific/Kiritimati", "C.UTF-8"),
        ("4242", "America/Adak", "tr_TR.UTF-8"),
    ],
)
def test_hash_seed_time_zone_and_locale_do_not_reach_the_bytes(
    hash_seed: str, time_zone: str, locale: str
) -> None:
    asked = "from tests.datasets import test_determinism; print(test_determinism.digest(3))"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("LC_", "PYTHON"))},
        "PYTHONHASHSEED": hash_seed, "TZ": time_zone, "LANG": locale, "LC_ALL": locale,
    }  # fmt: skip
    answer = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.strip() == digest(0)
