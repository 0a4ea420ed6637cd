"""The words of `start.py` and what each does."""

import fcntl
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from starting import serving, testing, wheels
from starting.chromium import Chromium
from starting.database import Database, product_environment
from starting.javascript import JavaScript
from starting.locking import write_locks
from starting.places import HERE, Places
from starting.steps import Steps, Stopped, Trouble
from starting.wheels import Wheels

USAGE = """\
python3 start.py                 set up what is not set up yet, then start Concord; Ctrl+C stops it
python3 start.py setup           set up only (--extras: with the optional packages)
python3 start.py test [ARGS]     every check and test; with ARGS only pytest, with these arguments
                                 (--run-all: a skipped test is a failure; --postgres: the suite on PostgreSQL)
python3 start.py bench [NAMES]   the benchmarks in short form, seventeen minutes at most, and one table of them
                                 (sources: those that begin so; --whole: full sizes; --table FILE: keep it)
python3 start.py lock            for developers: write the lock files anew (--upgrade: with newer versions)

After set-up, everything else is `.venv/bin/python manage.py ...`.
CONCORD_PORT (8000) and CONCORD_HOST (127.0.0.1) say where it listens, CONCORD_DATA (var) where the data lies;
DATABASE_URL and REDIS_URL move it to PostgreSQL and Redis; CONCORD_DEMO=0 leaves the demo project out.
"""
_NEEDED_BYTES = 1_000_000_000
# In the place of the demo's logins, so that nobody is left before a door without a key.
FIRST_ACCOUNT = """\
Nobody has an account here yet. In a second terminal, in this folder:
  .venv/bin/python manage.py createsuperuser"""


def run(words: Sequence[str]) -> int:
    """Do what the words say; the exit code."""
    verb, rest = (words[0], list(words[1:])) if words else ("", [])
    # Said outright, since a shell hands its background programs a deaf ear for Ctrl+C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _stop_on_signal)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup is left its way
        signal.signal(signal.SIGHUP, _stop_on_signal)
    try:
        if verb == "" and not rest:
            return start()
        if verb == "setup" and set(rest) <= {"--extras"}:
            return set_up_only(extras=bool(rest))
        if verb == "test":
            return test(rest)
        if verb == "bench":
            return bench(rest)
        if verb == "lock" and set(rest) <= {"--upgrade"}:
            return lock(upgrade=bool(rest))
    except Stopped:
        return 1
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
        return 130
    except OSError as error:
        print(f"\n{error.strerror or error}: {error.filename or ''}", file=sys.stderr)
        return 1
    asked = verb in {"help", "-h", "--help"}
    print(USAGE, end="", file=sys.stdout if asked else sys.stderr)
    return 0 if asked else 2


def _stop_on_signal(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def start() -> int:
    begun = time.monotonic()
    try:
        with serving.only_server(HERE) as note_address:
            with set_up(HERE, {wheels.RUN}) as done:
                demo = done.demo

            def ready(address: str) -> None:
                note_address(address)
                print(f"\nConcord is ready after {time.monotonic() - begun:.0f} s: {address}")
                if demo:
                    print(f"\n{demo}")
                print(f"\nCtrl+C stops it. The data stays in {HERE.data}", flush=True)

            code = serving.serve(HERE, ready=ready)
            if code != 0:
                print(
                    f"\nThe server ended by itself (exit code {code}); why is said above.",
                    file=sys.stderr,
                )
            return code
    except serving.AlreadyServing as running:
        print(f"Concord runs from this folder already: {running or 'it is just starting'}")
        return 0


def set_up_only(*, extras: bool) -> int:
    groups = {wheels.RUN, wheels.EXTRAS} if extras else {wheels.RUN}
    begun = time.monotonic()
    with set_up(HERE, groups):
        print(
            f"Set up in {time.monotonic() - begun:.0f} s. `python3 start.py` starts it.", flush=True
        )
    return 0


def test(words: Sequence[str]) -> int:
    wishes = testing.read_wishes(words, os.environ)
    chromium = Chromium()
    with set_up(HERE, {wheels.RUN, wheels.TEST}, product=False, beside=chromium.ensure) as done:
        return testing.run_tests(HERE, done.steps, wishes, chromium)


def bench(words: Sequence[str]) -> int:
    with set_up(HERE, {wheels.RUN, wheels.TEST}, product=False) as done:
        command: list[str | Path] = [HERE.python, "-m", "tests.benchmarks", *words]
        code, _ = done.steps.attempt(command, environment=product_environment(HERE), live=True)
        return code


def lock(*, upgrade: bool) -> int:
    with only_one(HERE):
        steps = Steps(HERE.root, HERE.log)
        try:
            wheels.require_pip()
            write_locks(HERE, steps, Wheels(HERE, steps), upgrade=upgrade)
        finally:
            steps.stop()
    return 0


class Done:
    """What set-up leaves for the rest: the runner, and who can sign in."""

    def __init__(self, steps: Steps) -> None:
        self.steps = steps
        self.demo = ""


@contextmanager
def set_up(
    places: Places,
    groups: set[str],
    *,
    product: bool = True,
    beside: Callable[[Steps], object] | None = None,
) -> Iterator[Done]:
    """Bring everything up to the code; `product` includes the database, static files and demo of this checkout.

    `beside` is more work to do at the same time.
    """
    with only_one(places):
        steps = Steps(places.root, places.log)
        try:
            done = Done(steps)
            _set_up(places, groups, done, product=product, beside=beside)
        except BaseException:
            steps.stop()
            raise
    try:
        yield done
    finally:
        steps.stop()


def _set_up(
    places: Places,
    groups: set[str],
    done: Done,
    *,
    product: bool,
    beside: Callable[[Steps], object] | None,
) -> None:
    steps = done.steps
    python_side = Wheels(places, steps)
    script_side = JavaScript(places, steps, python_side)
    database = Database(places, steps)
    new = not python_side.is_sound()
    if new:
        check_disk(places)
        wheels.require_pip()
        steps.say("Setting up Concord; this happens once.")

    tables_stand = threading.Event()

    def python_part() -> None:
        try:
            python_side.ensure(groups)
            if product:
                database.ensure_tables()
        finally:
            tables_stand.set()
        if product:
            done.demo = database.ensure_demo() or ("" if database.has_people() else FIRST_ACCOUNT)

    def script_part() -> None:
        script_side.ensure()
        if product:
            tables_stand.wait()
            database.collect()

    parts: list[Callable[[], object]] = [python_part, script_part]
    if beside is not None:
        parts.append(lambda: beside(steps))
    together(steps, *parts)


def together(steps: Steps, *parts: Callable[[], object]) -> None:
    """Do the parts side by side; the first that fails calls off the others."""
    with ThreadPoolExecutor(max_workers=len(parts)) as pool:
        futures = [pool.submit(part) for part in parts]
        try:
            wait(futures, return_when=FIRST_EXCEPTION)
        except BaseException:
            steps.stop()
            raise
        failed = [future for future in futures if future.done() and future.exception()]
        if failed:
            steps.stop()
    errors = [error for future in futures if (error := future.exception()) is not None]
    for error in sorted(errors, key=lambda error: isinstance(error, Stopped)):
        raise error


def check_disk(places: Places) -> None:
    free = shutil.disk_usage(places.root).free
    if free < _NEEDED_BYTES:
        raise Trouble(
            f"Only {free // 1_000_000} MB are free on the disk of {places.root}; set-up needs about 1 GB.",
            "Make room and run the same command again.",
        )


@contextmanager
def only_one(places: Places) -> Iterator[None]:
    """One set-up at a time in one checkout; a second waits for the first."""
    try:
        places.var.mkdir(parents=True, exist_ok=True)
        handle = os.open(places.var / "setup.lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise Trouble(
            f"Concord cannot write in {places.root} ({error.strerror}).",
            "Move the checkout to a folder of your own.",
        ) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up of this folder is running: waiting for it.", flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
