"""Servers and workers that may be killed a thousand times: forked from one process that has everything loaded.

What is forked runs the very programs of `manage.py serve` and `manage.py work`, each in a group of its own; only their loading
is spared. `Nursery` is the side of the programme that kills; started as `python -m tests.trust.nursery` this is the other.
"""

from __future__ import annotations

import contextlib
import http.client
import importlib
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.installation import Installation
from tests.servers import family, is_running

ROOT = Path(__file__).parents[2]
PATIENCE = 180.0  # a machine may be busy; what never comes still fails


class Place(Installation):
    """A data folder and an address, with settings for what a programme asks."""

    def __init__(self, folder: Path, **environment: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(folder, **{"CONCORD_LOG_LEVEL": "ERROR", **environment})

    def answers(self) -> bool:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            line.request("GET", "/api/v1/projects/")
            return line.getresponse().status == 401  # nobody signed in
        except OSError:
            return False
        finally:
            line.close()


class Nursery:
    def __init__(self, place: Place) -> None:
        self.place = place
        self.alive: set[int] = set()
        with (place.folder / "nursery.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.trust.nursery"],
                cwd=ROOT, env=place.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
                start_new_session=True,
            )  # fmt: skip

    def __enter__(self) -> Nursery:
        return self

    def __exit__(self, *problem: object) -> None:
        for pid in list(self.alive):
            self.kill(pid)
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()

    def ask(self, **words: Any) -> Any:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        if not said:
            raise AssertionError(f"the nursery is gone:\n{self.log()}")
        answer = json.loads(said)
        if "failed" in answer:
            raise AssertionError(f"{words}:\n{answer['failed']}\n{self.log()}")
        return answer["answer"]

    def call(self, function: str, **arguments: Any) -> Any:
        """What `module:function` gives, in a fork that speaks to the database of this place."""
        return self.ask(call=function, arguments=arguments)

    def start(self, what: str, *words: str) -> int:
        pid = int(self.ask(start=what, words=[*words]))
        self.alive.add(pid)
        return pid

    def web(self, *, processes: int = 2, threads: int = 4) -> int:
        """A web server, once it answers."""
        pid = self.start(
            "web", "--bind", f"127.0.0.1:{self.place.port}", "--workers", str(processes),
            "--threads", str(threads),
        )  # fmt: skip
        wait(self.place.answers, "the web server's answer", self.log)
        return pid

    def kill(self, pid: int) -> None:
        """kill -9 of one of those started, and of all that it started, at once; back when nothing of it is left."""
        whole = family(pid)
        for one in [pid, *whole]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        self.alive.discard(pid)
        self.ask(bury=pid)
        wait(lambda: not any(map(is_running, whole)), "the end of those killed", self.log)

    def log(self) -> str:
        return (self.place.folder / "nursery.log").read_text(errors="replace")[-4000:]


def wait(
    look: Callable[[], object],
    what: str,
    log: Callable[[], str] = str,
    *,
    seconds: float = PATIENCE,
) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.01)
    raise AssertionError(f"{what} did not come about in {seconds:.0f} s\n{log()}")


# -- the other side


def _web(words: list[str]) -> None:
    from gunicorn.app import wsgiapp

    sys.argv = [
        "gunicorn", "config.wsgi:application", *words, "--worker-class", "gthread", "--timeout", "120", "--preload",
        "--no-control-socket", "--log-level", "warning",
        "--worker-tmp-dir", "/dev/shm" if os.path.isdir("/dev/shm") else "/tmp",
    ]  # fmt: skip
    wsgiapp.run()


def _work(words: list[str]) -> None:
    from django.core.management import call_command

    call_command("work", *words)


def _celery(words: list[str]) -> None:
    from config.celery import app

    app.worker_main(["worker", "--loglevel", "ERROR", *words])


_PROGRAMS = {"web": _web, "work": _work, "celery": _celery}


def _named(function: str) -> Callable[[list[str]], None]:
    """A program of a programme's own, by `module:function`."""
    module, _, name = function.partition(":")
    return lambda words: getattr(importlib.import_module(module), name)(*words)


def _forked(run: Callable[[], None]) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        os.setsid()
        silence = os.open(os.devnull, os.O_RDWR)
        os.dup2(silence, 0)
        os.dup2(2, 1)
        run()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def _called(function: str, arguments: dict[str, Any]) -> Any:
    reading, writing = os.pipe()

    def run() -> None:
        try:
            module, _, name = function.partition(":")
            given = getattr(importlib.import_module(module), name)(**arguments)
            answer = json.dumps({"answer": given})
        except BaseException:
            answer = json.dumps({"failed": traceback.format_exc()})
        with os.fdopen(writing, "w") as out:
            out.write(answer)

    pid = _forked(run)
    os.close(writing)
    with os.fdopen(reading) as back:
        said = back.read()
    os.waitpid(pid, 0)
    return json.loads(said or '{"failed": "it fell over"}')


def _load() -> None:
    """All that the programs would load one by one, and no connection to anything."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    from django.urls import get_resolver

    from config import celery, wsgi  # noqa: F401 - loaded for those forked
    from config.management.commands import work

    celery.RECONCILE_SECONDS = work.RECONCILE_SECONDS = 1  # half a minute is long for a programme
    get_resolver().url_patterns  # noqa: B018 - reading it loads every view


def main() -> None:
    _load()
    for line in sys.stdin:
        said = json.loads(line)
        if "call" in said:
            answer = _called(said["call"], said["arguments"])
        elif "start" in said:
            words, program = said["words"], _PROGRAMS.get(said["start"]) or _named(said["start"])
            answer = {"answer": _forked(lambda program=program, words=words: program(words))}
        else:
            os.waitpid(said["bury"], 0)
            answer = {"answer": None}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
