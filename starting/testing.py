"""`start.py test`: every check and every test, one after another where they would disturb each other, and one summary."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from starting.chromium import Chromium
from starting.database import product_environment
from starting.javascript import JavaScript
from starting.places import Places
from starting.steps import Steps
from starting.wheels import Wheels

# What would make the suite speak of this machine's own Concord instead of an untouched one.
_OWN_SETTINGS = (
    "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEBUG", "CONCORD_URL", "CONCORD_HOSTS", "CONCORD_HOST", "CONCORD_PORT",
    "CONCORD_DATA", "CONCORD_FILES", "CONCORD_BEHIND_PROXY", "CONCORD_DEMO", "DJANGO_SETTINGS_MODULE",
)  # fmt: skip
_YES = {"1", "true", "yes", "on"}


@dataclass(frozen=True)
class Wishes:
    """What was asked of the test run."""

    pytest_words: tuple[str, ...] = ()
    no_skips: bool = False
    on_postgres: bool = False


@dataclass
class Tally:
    """What came of it. A failed check counts as a failed test."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    lines: list[str] = field(default_factory=list)

    def note(self, name: str, *, good: bool, seconds: float) -> None:
        self.lines.append(f"  {'ok    ' if good else 'FAILED'}  {name:<30}{seconds:7.1f} s")

    def closing_line(self) -> str:
        return f"Concord: {self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def read_wishes(words: Sequence[str], environment: Mapping[str, str]) -> Wishes:
    """Our own flags taken out of the words, the rest left for pytest."""
    own = {"--run-all", "--postgres"}
    asked = environment.get("CI", ""), environment.get("CONCORD_NO_SKIPS", "")
    return Wishes(
        pytest_words=tuple(word for word in words if word not in own),
        no_skips="--run-all" in words or any(word.strip().lower() in _YES for word in asked),
        on_postgres="--postgres" in words,
    )


def suite_environment(
    places: Places, folder: Path, wishes: Wishes, chromium: str | None, base: Mapping[str, str]
) -> dict[str, str]:
    """What checks and tests see: no setting of this machine's own Concord, and where to find the rest."""
    kept = {name: value for name, value in base.items() if name not in _OWN_SETTINGS}
    kept["CONCORD_DATA"] = str(folder / "data")
    if chromium is not None:
        kept["CHROMIUM_PATH"] = chromium
    shared = places.root.parent / "shared"
    if "CONCORD_SHARED" not in kept and shared.is_dir():
        kept["CONCORD_SHARED"] = str(shared)
    if wishes.no_skips:
        kept["CONCORD_NO_SKIPS"] = "1"
    return kept


def run_tests(places: Places, steps: Steps, wishes: Wishes, chromium: Chromium) -> int:
    """Run all of it; 0 only when nothing failed (and, where that was asked, nothing was skipped)."""
    folder = Path(tempfile.mkdtemp(prefix="concord-tests-"))
    servers = None
    tally = Tally()
    begun = time.monotonic()
    try:
        base = product_environment(places)
        environment = suite_environment(places, folder, wishes, chromium.path, base)
        servers = _start_servers(places, base)
        if not wishes.pytest_words:
            _static_checks(places, steps, environment, tally)
        environment |= _server_addresses(servers, steps)
        if wishes.on_postgres and "CONCORD_TEST_POSTGRES_URL" in environment:
            environment["DATABASE_URL"] = environment["CONCORD_TEST_POSTGRES_URL"]
        if chromium.path is None:
            steps.say(
                "\n*** NO CHROMIUM HERE: THE BROWSER TESTS ARE SKIPPED. Install one or set CHROMIUM_PATH. ***\n"
            )
        _suite(places, steps, environment, wishes, folder, tally)
    finally:
        _end_servers(servers)
        shutil.rmtree(folder, ignore_errors=True)
    steps.say("\n" + "\n".join(tally.lines))
    steps.say(f"  in all {time.monotonic() - begun:37.1f} s")
    steps.say(tally.closing_line())
    return 1 if tally.failed else 0


# -- checks


def _static_checks(places: Places, steps: Steps, environment: dict[str, str], tally: Tally) -> None:
    python = str(places.python)
    public = environment | {"CONCORD_URL": "https://concord.example.org"}
    first: list[tuple[str, list[str], dict[str, str]]] = [
        ("ruff check", [python, "-m", "ruff", "check", "--quiet", "."], environment),
        (
            "ruff format --check",
            [python, "-m", "ruff", "format", "--check", "--quiet", "."],
            environment,
        ),
        (
            "makemigrations --check",
            [python, "manage.py", "makemigrations", "--check", "--dry-run"],
            environment,
        ),
        (
            "check --deploy",
            [python, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
            public,
        ),
    ]
    scripts = sorted(places.root.glob("tests/**/*.test.*js"))
    if scripts:
        node = JavaScript(places, steps, Wheels(places, steps)).node()
        first.append(
            ("node --test", [str(node.program), "--test", *map(str, scripts)], environment)
        )
    bandit = [python, "-m", "bandit", "--quiet", "--configfile", "pyproject.toml", "--recursive"]
    first.append(("bandit", [*bandit, *own_code(places)], environment))
    # mypy takes as long as the others together, so it goes beside them.
    with ThreadPoolExecutor(max_workers=2) as pool:
        slow = pool.submit(
            _check, steps, "mypy", [python, "-m", "mypy", *own_code(places)], environment, tally
        )
        for name, command, its in first:
            _check(steps, name, command, its, tally)
        slow.result()


def own_code(places: Places) -> list[str]:
    """What mypy and bandit read: the packages and files at the top, which leaves out what set-up fetched into var."""
    packages = [path.parent.name for path in places.root.glob("*/__init__.py")]
    files = [path.name for path in places.root.glob("*.py")]
    return sorted({*packages, *files} - {"tests"})


def node_skips(output: str) -> int:
    """How many tests Node's runner skipped, by its closing lines; 0 for any other program."""
    lines = re.findall(r"^(?:#|ℹ) skipped (\d+)$", output, flags=re.MULTILINE)
    return sum(int(number) for number in lines)


def _check(
    steps: Steps, name: str, command: list[str], environment: dict[str, str], tally: Tally
) -> None:
    begun = time.monotonic()
    code, output = steps.attempt(command, environment=environment)
    skipped = node_skips(output)
    tally.skipped += skipped
    good = code == 0 and not (skipped and environment.get("CONCORD_NO_SKIPS"))
    tally.note(name, good=good, seconds=time.monotonic() - begun)
    steps.report(name, time.monotonic() - begun, "" if good else "FAILED")
    if good:
        tally.passed += 1
    else:
        tally.failed += 1
        steps.say(output.rstrip())


# -- the suite


def _suite(
    places: Places,
    steps: Steps,
    environment: dict[str, str],
    wishes: Wishes,
    folder: Path,
    tally: Tally,
) -> None:
    results = folder / "results.xml"
    words = list(wishes.pytest_words)
    if not any(word.startswith(("-n", "--numprocesses", "--pdb")) for word in words):
        words = ["-n", "2", *words]
    # A test that hangs is shown with all its threads; nothing here takes five minutes.
    words = ["-o", "faulthandler_timeout=300", *words]
    command = [str(places.python), "-m", "pytest", f"--junitxml={results}", *words]
    begun = time.monotonic()
    code, _ = steps.attempt(command, environment=environment, live=True)
    passed, failed, skipped = read_results(results)
    tally.passed += passed
    tally.skipped += skipped
    # pytest may say no without a failed test: nothing collected, a broken conftest, a skip that was forbidden.
    tally.failed += max(failed, 1) if code != 0 else failed
    tally.note("pytest", good=code == 0, seconds=time.monotonic() - begun)


def read_results(results: Path) -> tuple[int, int, int]:
    """(passed, failed, skipped) of a JUnit file as pytest writes it; zeros when there is none."""
    try:
        root = ElementTree.parse(results).getroot()  # noqa: S314 - written by our own pytest a moment ago  # nosec B314
    except (OSError, ElementTree.ParseError):
        return 0, 0, 0
    total = failed = skipped = 0
    for suite in root.iter("testsuite"):
        total += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    return total - failed - skipped, failed, skipped


# -- servers


def _start_servers(places: Places, base: Mapping[str, str]) -> "subprocess.Popen[str]":
    """tests/servers.py brings them up while the checks run, and down when this process is gone."""
    return subprocess.Popen(
        [str(places.python), "-m", "tests.servers", "--watch", str(os.getpid())],
        cwd=places.root, env=dict(base), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, start_new_session=True,
    )  # fmt: skip


def _server_addresses(servers: "subprocess.Popen[str]", steps: Steps) -> dict[str, str]:
    """The variables that tell the suite where the servers are; each line reads NAME=address."""
    assert servers.stdout is not None
    found: dict[str, str] = {}
    for line in servers.stdout:
        if line.strip() == "ready":
            break
        name, equals, value = line.strip().partition("=")
        if equals and name.startswith("CONCORD_TEST_"):
            found[name] = value
        else:
            steps.say(f"  {line.rstrip()}")
    return found


def _end_servers(servers: "subprocess.Popen[str] | None") -> None:
    if servers is None:
        return
    servers.terminate()
    try:
        servers.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        servers.kill()
        servers.communicate()
        print("The test servers had to be ended by force.", file=sys.stderr)
