"""Asking a server over HTTP and timing it: one after another, and by many at once without pause."""

from __future__ import annotations

import http.client
import json
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


class Refused(Exception):
    """The server did not answer with success."""


class Line:
    """One client of a server; a new connection for every request, as the servers' own clients have it."""

    def __init__(self, port: int, headers: dict[str, str] | None = None) -> None:
        self.port, self.headers = port, headers or {}

    def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[bytes, dict[str, str]]:
        sent = {"Connection": "close", **self.headers, **(headers or {})}
        if body is not None and not isinstance(body, bytes):
            body, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            said = answer.read()
        finally:
            connection.close()
        if answer.status >= 400:
            raise Refused(f"{method} {path}: {answer.status} {said[:300]!r}")
        return said, {name.lower(): value for name, value in answer.getheaders()}

    def json(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        return json.loads(self.ask(method, path, body, headers)[0] or b"null")

    def stream(self, path: str) -> Streamed:
        """An answer read to its end: when its first bytes came, when its last."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        begun = time.perf_counter()
        try:
            connection.request("GET", path, headers={"Connection": "close", **self.headers})
            answer = connection.getresponse()
            first, size, lines = 0.0, 0, 0
            while piece := answer.read1(1 << 16):
                first = first or time.perf_counter() - begun
                size, lines = size + len(piece), lines + piece.count(b"\n")
        finally:
            connection.close()
        if answer.status >= 400:
            raise Refused(f"GET {path}: {answer.status}")
        return Streamed(time.perf_counter() - begun, first, size, lines)


@dataclass(frozen=True)
class Streamed:
    seconds: float
    first: float
    size: int
    lines: int


@dataclass(frozen=True)
class Taken:
    """What many acts took: milliseconds of each, sorted, over so many seconds by the wall; what failed."""

    times: tuple[float, ...]
    seconds: float
    failed: tuple[str, ...] = ()

    @property
    def middle(self) -> float:
        return statistics.median(self.times) if self.times else float("nan")

    @property
    def p95(self) -> float:
        return self.times[max(0, int(len(self.times) * 0.95) - 1)] if self.times else float("nan")

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds


def timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def at_once(workers: Sequence[Sequence[Callable[[], object]]], seconds: float) -> list[Taken]:
    """Every worker's steps in turn, again and again, all workers at once, until the time is over; each step's times."""
    steps = len(workers[0])
    times: list[list[float]] = [[] for _ in range(steps)]
    failed: list[list[str]] = [[] for _ in range(steps)]
    barrier = threading.Barrier(len(workers) + 1)

    def work(own: Sequence[Callable[[], object]]) -> None:
        barrier.wait()
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            for n, step in enumerate(own):
                try:
                    times[n].append(1000 * timed(step))
                except (Refused, OSError, http.client.HTTPException, ValueError) as problem:
                    failed[n].append(str(problem)[:300])
                    break

    threads = [threading.Thread(target=work, args=(own,), daemon=True) for own in workers]
    for thread in threads:
        thread.start()
    barrier.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - begun
    return [Taken(tuple(sorted(times[n])), spent, tuple(failed[n])) for n in range(steps)]


def free_port() -> int:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def until(
    look: Callable[[], object], seconds: float, what: str, pause: float = 0.1, longest: float = 0
) -> None:
    """Look until it is so; up to the `longest` pause each is a fifth longer than the one before."""
    end = time.monotonic() + seconds
    while True:
        try:
            if look():
                return
        except (OSError, http.client.HTTPException):
            pass
        if time.monotonic() > end:
            raise Refused(f"{what} did not come about in {seconds:.0f} s")
        time.sleep(pause)
        pause = max(pause, min(1.2 * pause, longest))
