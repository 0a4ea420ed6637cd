"""Nothing dangerous stands in the code itself: ruff's rules of security and bandit find nothing.

`python -m tests.trust.danger`. What is let through bears its reason on its own line (`noqa`, `nosec`) or in pyproject.toml.
Both forms are the same: it takes seconds.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.trust.figures import Clock, Figure, tell, words

ROOT = Path(__file__).parents[2]
CODE = (
    "config", "projects", "sources", "coding", "reconciliation", "datasets", "starting", "manage.py",
    "start.py",
)  # fmt: skip


def by_ruff() -> list[str]:
    told = _told("ruff", "check", "--no-cache", "--output-format", "json", ".")
    return [f"{one['filename']}:{one['location']['row']} {one['code']}" for one in json.loads(told)]


def by_bandit() -> tuple[list[str], int]:
    """What it finds, and how many lines it read."""
    told = json.loads(_told("bandit", "-q", "-r", "-c", "pyproject.toml", "-f", "json", *CODE))
    found = [f"{one['filename']}:{one['line_number']} {one['test_id']}" for one in told["results"]]
    unread = [f"{one['filename']}: {one['reason']}" for one in told["errors"]]
    return found + unread, int(told["metrics"]["_totals"]["loc"])


def _told(*program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout


def main(arguments: list[str]) -> int:
    words(__doc__).parse_args(arguments)
    clock, ruff = Clock(), by_ruff()
    bandit, lines = by_bandit()
    for line in [*ruff, *bandit]:
        print(line)
    reached = f"{len(ruff)} by ruff, {len(bandit)} by bandit in {lines:,} lines"
    return tell(Figure("nothing dangerous stands in the code", "0 findings", reached, not ruff and not bandit, clock.seconds))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
