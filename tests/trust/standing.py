"""Programmes that stand elsewhere in the tests: which promise each shows, how its long and its short form are called.

What they print is theirs; here only pytest's own count becomes a figure.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.trust.figures import Clock, Figure, tell

ROOT = Path(__file__).parents[2]
_PYTEST = ("-m", "pytest", "-n0", "-q", "-p", "no:cacheprovider")


@dataclass(frozen=True)
class Standing:
    promise: str
    asked: str
    words: tuple[str, ...]
    short: tuple[str, ...] = ()  # where the short form is other words
    long_environment: dict[str, str] = field(default_factory=dict)


def tests(*named: str) -> tuple[str, ...]:
    return (*_PYTEST, *named)


_LOSSLESS = "tests/browser/test_lossless.py"
TABLE = {
    "browser_kills": Standing(
        "no edit that a coder saw confirmed is lost, browser or server killed",
        "500 kills of the browser, 0 lost, 0 doubled",
        tests(_LOSSLESS),
        tests(_LOSSLESS, "-k", "server_killed or computers"),
        {"CONCORD_KILLS": "500"},
    ),
    "job_table": Standing(
        "a job is claimed once, tried again, given up and told", "every rule of the table",
        tests("tests/projects/test_jobs.py", "tests/config/test_large.py"),
        tests("tests/projects/test_jobs.py"),
    ),
    "races": Standing(
        "at once on PostgreSQL: jobs, ledger, people, documents, edits", "every race one winner",
        tests("tests/test_postgres.py"),
    ),
    "commands": Standing(
        "no input at the commands' doors breaks them", "each a sentence, nothing lost",
        tests("tests/config/test_bad_input.py"),
    ),
    "frozen": Standing(
        "the ledger cannot be bent", "refused by both databases; a line changed is found",
        tests("tests/projects/test_ledger.py", "tests/test_postgres.py", "-k", "ledger or never_changes"),
    ),
    "same_bytes": Standing(
        "a release is what it says", "10 builds, hash seeds, zones, languages: one manifest",
        ("-m", "tests.benchmarks.same_bytes"), tests("tests/datasets/test_determinism.py"),
    ),
    "both_databases": Standing(
        "a release is what it says on both databases", "the same bytes",
        tests("tests/config/test_large.py", "-k", "same_on_both"),
    ),
}  # fmt: skip


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("name", choices=TABLE)
    parser.add_argument("--short", action="store_true")
    wanted = parser.parse_args(arguments)
    one, clock = TABLE[wanted.name], Clock()
    words = one.short if wanted.short and one.short else one.words
    more = {} if wanted.short else one.long_environment
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env={**os.environ, **more}, stdout=subprocess.PIPE, text=True
    )  # fmt: skip
    print(done.stdout, flush=True)
    reached = _reached(done.stdout) if done.returncode == 0 else f"exit code {done.returncode}"
    return tell(Figure(one.promise, one.asked, reached, done.returncode == 0, clock.seconds))


def _reached(said: str) -> str:
    """pytest's own count, else how many lines there are and how many differ in their last word."""
    last = said.strip().splitlines()[-1]
    if found := re.search(r"\d+ passed.*?(?= in )", last):
        return found.group()
    answers = [line.rpartition(" ")[2] for line in said.strip().splitlines()]
    return f"{len(answers)} builds, {len(set(answers))} manifest"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
