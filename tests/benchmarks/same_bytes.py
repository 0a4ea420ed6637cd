"""Ten builds of one release under other hash seeds, time zones and languages: python -m tests.benchmarks.same_bytes

Prints the hash of each manifest, which holds the hash of every file in every format; exits with 1 where they differ.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.measuring import Row, tell

ROOT = Path(__file__).parents[2]
BUILDS = int(sys.argv[1]) if len(sys.argv) > 1 and __name__ == "__main__" else 10
ASKED = (
    "import os; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings'); import django; django.setup(); "
    "from tests.datasets import test_determinism; print(test_determinism.digest({seed}))"
)
PLACES = (
    ("UTC", "C"),
    ("Pacific/Kiritimati", "C.UTF-8"),
    ("America/Adak", "tr_TR.UTF-8"),
    ("Asia/Kathmandu", "de_DE.UTF-8"),
    ("Australia/Lord_Howe", "ja_JP.UTF-8"),
)


def main() -> int:
    found = set()
    for n in range(BUILDS):
        zone, language = PLACES[n % len(PLACES)]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
        answer = subprocess.run(
            [sys.executable, "-c", ASKED.format(seed=n)],
            cwd=ROOT,
            env={**kept, "PYTHONHASHSEED": str(n * 977), "TZ": zone, "LC_ALL": language},
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(answer.stdout.strip())
        print(
            f"hash seed {n * 977}, {zone}, {language}, records shuffled by {n}: {answer.stdout.strip()}"
        )
    good = tell(Row("a release built again", f"{BUILDS} builds: other hash seeds, zones, languages, orders", measured=f"{len(found)} hash of the manifest",
                    wanted="1", stands=len(found) == 1))  # fmt: skip
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
