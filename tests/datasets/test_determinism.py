"""The same records and parameters give the same bytes, whatever the machine thinks of hashes, clocks and languages."""

import dataclasses
import os
import random
import subprocess
import sys
import tempfile
from itertools import chain
from pathlib import Path

import pytest

from datasets import describing, formats, manifest, ordering
from datasets.records import Records
from datasets.tables import Build, Parameters
from tests.datasets.samples import STATES, coverage, incident, records

pytestmark = pytest.mark.usefixtures("all_formats")
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
    """The hash of the manifest of a whole release: it holds the hash of every file in every format."""
    build = Build(told(seed), Parameters("0.1.0"), states=STATES)
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder) / "release"
        data = chain(build.files(), formats.files(build.tables, directory))
        files = chain(data, describing.files(build))
        return manifest.write(directory, files, describing.about(build)).sha256


def test_the_order_of_records_does_not_reach_the_bytes() -> None:
    assert told(1).incidents != told(2).incidents
    assert digest(1) == digest(2)


def test_what_does_not_fit_into_memory_gives_the_same_bytes(monkeypatch) -> None:
    whole = digest(1)

    monkeypatch.setattr(ordering, "HELD", 37)
    assert digest(2) == whole


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
