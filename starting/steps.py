"""Running other programs: each step timed, its words kept in one log, all of them stoppable at once.

Every program gets a process group of its own, so that stopping reaches its children as well.
"""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path


class Trouble(Exception):
    """Something a person can mend: what went wrong, then what to do about it."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message}\n{self.advice}".strip()


class StepFailed(Trouble):
    """A program ended with an error. `output` is all it said."""

    def __init__(self, title: str, code: int, output: str, log: Path) -> None:
        last = "\n".join(f"    {line}" for line in output.strip().splitlines()[-12:])
        super().__init__(
            f"{title} failed (exit code {code}).\n{last}".rstrip(), advice_for(output, log)
        )
        self.output = output
        self.code = code

    @property
    def is_of_the_network(self) -> bool:
        return _says(self.output, _NETWORK_SIGNS)


class Stopped(Trouble):
    """Work was called off because something else failed or the person said stop."""


_NETWORK_SIGNS = (
    "name resolution", "name or service not known", "dns error", "enotfound", "eai_again",
    "network is unreachable", "econnrefused", "etimedout", "econnreset", "connection refused",
    "timed out", "newconnectionerror", "proxyerror", "error sending request", "failed to fetch",
)  # fmt: skip

# What a failing program says -> what the person can do. The first that fits is shown.
_ADVICE: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("no space left on device", "enospc", "disk quota exceeded"),
        "The disk is full. Setting up takes about 1 GB; make room and run the same command again.",
    ),
    (
        ("certificate_verify_failed", "certificate verify failed", "unknownissuer", "self-signed", "self_signed"),
        "The connection's certificate was not trusted. If your organisation has its own, set PIP_CERT and\n"
        "NODE_EXTRA_CA_CERTS to its file and run the same command again.",
    ),
    (
        _NETWORK_SIGNS,
        "A package registry could not be reached. Check the network (and the proxy or index set for pip and npm),\n"
        "then run the same command again: what is done stays done.",
    ),
    (
        ("hash mismatch", "do not match the hashes", "eintegrity"),
        "A downloaded file is not the one the lock file names, so it was not installed. Try again; if it stays so,\n"
        "the index in use serves other files than those this version was locked with.",
    ),
    (
        ("permission denied", "read-only file system", "eacces", "erofs"),
        "This folder must be writable for you. Move the checkout to a folder of your own and try again.",
    ),
    (
        ("from versions: none",),
        "The package index in use does not offer this package. Check the network and the index set for pip.",
    ),
    (
        ("no matching distribution", "no solution found", "has no wheels", "could not find a version"),
        "No ready-made package fits this machine. Concord is made for Linux and macOS on x86-64 or ARM64,\n"
        "with Python 3.11 or newer.",
    ),
)  # fmt: skip


def advice_for(output: str, log: Path) -> str:
    for signs, advice in _ADVICE:
        if _says(output, signs):
            return f"{advice}\nAll that was said is in {log}."
    return f"All that was said is in {log}."


def _says(output: str, signs: tuple[str, ...]) -> bool:
    """Whether one of the signs stands in the output as words of its own ("ENOTFOUND", not "ModuleNotFoundError")."""
    return any(
        re.search(rf"(?<!\w){re.escape(sign)}(?!\w)", output, re.IGNORECASE) for sign in signs
    )


class Steps:
    """Runs programs one by one or from several threads; `stop` ends whatever runs."""

    def __init__(self, root: Path, log: Path) -> None:
        self.root = root
        self.log = log
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[str]] = set()
        self._stopped = False
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("", encoding="utf-8")

    def say(self, text: str) -> None:
        with self._lock:
            print(text, flush=True)

    def run(
        self,
        title: str,
        command: Sequence[str | Path],
        *,
        environment: Mapping[str, str] | None = None,
        shown: bool = True,
    ) -> str:
        """Run it in the checkout and give back all it printed; raise StepFailed when it says no."""
        begun = time.monotonic()
        code, output = self.attempt(command, environment=environment)
        if code != 0:
            raise StepFailed(title, code, output, self.log)
        if shown:
            self.report(title, time.monotonic() - begun)
        return output

    def report(self, title: str, seconds: float, word: str = "") -> None:
        self.say(f"  {title:<44}{seconds:6.1f} s  {word}".rstrip())

    def attempt(
        self,
        command: Sequence[str | Path],
        *,
        environment: Mapping[str, str] | None = None,
        live: bool = False,
    ) -> tuple[int, str]:
        """Exit code and output of a program; `live` also shows the output while it comes."""
        words = [str(word) for word in command]
        with self._lock:
            if self._stopped:
                raise Stopped("Stopped.")
            try:
                process = subprocess.Popen(
                    words,
                    cwd=self.root,
                    env=dict(environment) if environment is not None else None,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                    errors="replace",
                    start_new_session=True,
                )
            except OSError as error:
                return 127, f"{words[0]}: {error.strerror or error}"
            self._running.add(process)
        assert process.stdout is not None
        lines: list[str] = []
        try:
            with process.stdout as said:
                for line in said:
                    lines.append(line)
                    if live:
                        sys.stdout.write(line)
                        sys.stdout.flush()
            code = process.wait()
        except BaseException:
            end_group(process)
            raise
        finally:
            with self._lock:
                self._running.discard(process)
        output = "".join(lines)
        with self._lock, self.log.open("a", encoding="utf-8") as log:
            log.write(f"$ {' '.join(words)}\n{output}\n[exit code {code}]\n\n")
            if self._stopped:
                raise Stopped("Stopped.")
        return code, output

    def stop(self) -> None:
        """End everything that runs, gently first; later steps are refused."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        for process in running:
            end_group(process)


def end_group(process: "subprocess.Popen[str]", *, patience: float = 5.0) -> None:
    """End a process that leads a group of its own, and all of that group."""
    _signal_group(process.pid, signal.SIGTERM)
    deadline = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    _signal_group(process.pid, signal.SIGKILL)


def _signal_group(leader: int, number: signal.Signals) -> None:
    try:
        os.killpg(leader, number)
    except (ProcessLookupError, PermissionError):
        return
