"""Serving: a free port, the product's own `serve`, and an end that leaves nothing running."""

import ctypes
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from starting.database import product_environment
from starting.places import Places
from starting.steps import Trouble

DEFAULT_PORT = 8000
_PATIENCE = 30.0  # seconds to end in; `serve` itself waits 20 for open requests


def wished_port(said: str | None) -> int:
    """The port named by CONCORD_PORT, or the usual one."""
    if said is None or not said.strip():
        return DEFAULT_PORT
    if not said.strip().isdigit() or not 1 <= int(said) <= 65535:
        raise Trouble(f"CONCORD_PORT must be a number from 1 to 65535, not {said!r}.")
    return int(said)


def free_port(wish: int, *, is_free: Callable[[int], bool]) -> int:
    """The wished port, or the next one that is free."""
    for port in range(wish, min(wish + 100, 65536)):
        if is_free(port):
            return port
    raise Trouble(
        f"No port from {wish} to {min(wish + 99, 65535)} is free.",
        "Set CONCORD_PORT to another one.",
    )


def can_bind(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except PermissionError as error:
            raise Trouble(
                f"Port {port} may only be used by the system's administrator.",
                "Set CONCORD_PORT to 1024 or more.",
            ) from error
        except OSError:
            return False
    return True


@contextmanager
def only_server(places: Places) -> Iterator[Callable[[str], None]]:
    """Holds the place of the one server of this data folder; raise AlreadyServing where another has it.

    Gives a function that notes the address for the next comer.
    """
    places.data.mkdir(parents=True, exist_ok=True)
    with (places.data / "serve.lock").open("a+", encoding="utf-8") as note:
        try:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            note.seek(0)
            raise AlreadyServing(note.read().strip()) from None

        def tell(address: str) -> None:
            note.truncate(0)
            note.write(address)
            note.flush()

        tell("")
        yield tell


class AlreadyServing(Exception):
    """A server of this data folder runs already; its address, if it has come so far, is the message."""


def serve(places: Places, *, ready: Callable[[str], None]) -> int:
    """Run web server and worker until they end or this process is told to stop; the exit code.

    `ready` is called with the address once it answers.
    """
    host = os.environ.get("CONCORD_HOST", "").strip() or "127.0.0.1"
    wish = wished_port(os.environ.get("CONCORD_PORT"))
    port = free_port(wish, is_free=lambda number: can_bind(number, host))
    if port != wish:
        print(f"Port {wish} is taken by another program: using {port}.", flush=True)
    everywhere = host == "0.0.0.0"  # noqa: S104 - compared with, not bound to  # nosec B104
    address = f"http://{'127.0.0.1' if everywhere else host}:{port}"
    environment = product_environment(places)
    environment.setdefault("CONCORD_URL", address)
    process = subprocess.Popen(
        [str(places.python), "manage.py", "serve", "--bind", f"{host}:{port}"],
        cwd=places.root, env=environment, stdin=subprocess.DEVNULL,
        start_new_session=True, preexec_fn=_end_with_parent if sys.platform == "linux" else None,
    )  # fmt: skip
    try:
        if _answers(address, process):
            ready(environment["CONCORD_URL"] if os.environ.get("CONCORD_URL") else address)
        return process.wait()
    finally:
        end(process)


def _end_with_parent() -> None:
    """Linux: the child is told to stop when this process dies without a chance to say so itself."""
    PR_SET_PDEATHSIG = 1
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _answers(address: str, process: "subprocess.Popen[bytes]", seconds: float = 60.0) -> bool:
    """Wait until something answers at the address, whatever it answers."""
    host, port = address.removeprefix("http://").split(":")
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        line = http.client.HTTPConnection(host, int(port), timeout=5)
        try:
            line.request("GET", "/healthz")
            line.getresponse().read()
            return True
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            line.close()
    return process.poll() is None


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ask the server to end and wait; what is left of its family after that, or at a second Ctrl+C, ends by force."""
    family = _sessions(descendants(process.pid))
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(_PATIENCE)
        except (subprocess.TimeoutExpired, KeyboardInterrupt, SystemExit):
            family |= _sessions(descendants(process.pid))
            process.kill()
            process.wait()
    for pid, session in family.items():
        # The session is asked again, so that a number given to another program meanwhile is left alone.
        if _sessions({pid}) == {pid: session}:
            try:
                os.kill(pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                continue


def _sessions(pids: set[int]) -> dict[int, int]:
    """The session that each of these processes belongs to; those that are gone are left out."""
    found = {}
    for pid in pids:
        try:
            found[pid] = os.getsid(pid)
        except (ProcessLookupError, PermissionError):
            continue
    return found


def descendants(pid: int) -> set[int]:
    """The processes that this one started, and those that they started."""
    children: dict[int, list[int]] = {}
    for child, parent in _process_table():
        children.setdefault(parent, []).append(child)
    found: set[int] = set()
    waiting = [pid]
    while waiting:
        for child in children.get(waiting.pop(), []):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return found


def _process_table() -> list[tuple[int, int]]:
    """(process, parent) of all that run."""
    proc = Path("/proc")
    if (proc / "self" / "stat").exists():
        table = []
        for folder in proc.iterdir():
            if folder.name.isdigit():
                try:
                    # The name in brackets may hold spaces; state and parent follow the last bracket.
                    after = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
                except OSError:
                    continue
                table.append((int(folder.name), int(after[1])))
        return table
    listing = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="],  # noqa: S607 - the system's own, wherever it keeps it
        capture_output=True,
        text=True,
        check=False,
    )  # nosec B607
    return [(int(line.split()[0]), int(line.split()[1])) for line in listing.stdout.splitlines()]
