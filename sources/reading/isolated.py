"""Reading a stranger's file in a process of its own, so that no file can take the worker down with it.

Whatever becomes of that process (out of memory, out of time, dead) comes back as Unreadable with a reason.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, cast

from . import check_size, limits, serial
from .archive import Member
from .values import ReadText, Unreadable

_ROOT = Path(__file__).resolve().parents[2]
_PIPE = 1 << 20  # bytes that may wait in a pipe: each turn from process to process costs time
_CLOSEST_LOOK, _WIDEST_LOOK = 0.005, 0.25  # seconds between two looks at the process
_TIMEOUT = Unreadable(
    "timeout",
    "Reading the file took too long, so it was stopped. It is probably damaged or made in an unusual way: open it in "
    "a viewer, print it to a new PDF or save it as text, and add that.",
)
_MEMORY = Unreadable(
    "memory",
    "Reading the file needed more memory than one document may take, so it was stopped. Split it into parts, or open "
    "it in a viewer and print it to a new PDF.",
)
_CRASHED = Unreadable(
    "crashed",
    "The reader broke off on this file, which is probably damaged. Download it again, or open it in a viewer and "
    "print it to a new PDF.",
)


class _Killed(Unreadable):
    """The process ended by a signal that nothing in it sends: its own limits end it otherwise."""


_KILLED = _Killed(_MEMORY.code, _MEMORY.reason)


def read_isolated(
    source: bytes | Path, filename: str, *, seconds: float = limits.SECONDS
) -> ReadText:
    """The text of a file, given as bytes or by its path; `filename` is what its owner called it.

    Raises Unreadable. `seconds` is the time without pages; each page reached adds a tenth of a second.
    """
    check_size(source.stat().st_size if isinstance(source, Path) else len(source))
    return _loaded(_answer(["sources.reading", _argument(filename)], source, seconds))


def unpack_isolated(
    source: Path, into: Path, *, most_bytes: int, most_members: int, seconds: float = limits.SECONDS
) -> list[Member]:
    """The members of an archive, unpacked into a folder under numbers. Raises Unreadable."""
    words = ["sources.reading.archive", str(into), str(most_bytes), str(most_members)]
    try:
        told = json.loads(_answer(words, source, seconds))
        if "unreadable" in told:
            raise Unreadable(*told["unreadable"])
        return [Member(**member) for member in told["members"]]
    except (ValueError, KeyError, TypeError) as error:  # cut off, so never an answer
        raise _CRASHED from error


def lines_isolated(
    words: list[str], source: Path, *, seconds: float = limits.SECONDS
) -> Iterator[bytes]:
    """What a reading process says line by line, until it says `null`. Raises Unreadable.

    The process works on the next line while the last is in use, never further ahead. `seconds` are for one line.
    """
    with (
        tempfile.TemporaryFile() as notes,
        source.open("rb") as given,
        _started(words, given, subprocess.PIPE, notes) as process,
    ):
        said = cast(IO[bytes], process.stdout)
        _widen(said)
        for line in _lines(said, seconds):
            if line == b"null":
                return
            if line.startswith(b"{"):
                serial.load(line)  # a refusal
                raise _CRASHED
            yield line
        raise _reason(process.wait(), notes)


def _widen(pipe: IO[bytes]) -> None:
    """Where the system can (Linux), and lets us."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _lines(said: IO[bytes], seconds: float) -> Iterator[bytes]:
    """Whole lines without their ends, as they come."""
    begun: list[bytes] = []
    until = time.monotonic() + seconds
    while select.select([said], [], [], max(0.0, until - time.monotonic()))[0]:
        if not (piece := os.read(said.fileno(), _PIPE)):
            return
        *ended, rest = piece.split(b"\n")
        for end in ended:
            yield b"".join([*begun, end])
            begun, until = [], time.monotonic() + seconds
        begun.append(rest)
    raise _TIMEOUT


def _answer(words: list[str], source: bytes | Path, seconds: float) -> bytes:
    """What a reading process says: its module and arguments, the file on its standard input.

    One that was killed from outside is begun once more: the machine may have been short of memory for another's sake.
    """
    try:
        return _said(words, source, seconds)
    except _Killed:
        return _said(words, source, seconds)


def _said(words: list[str], source: bytes | Path, seconds: float) -> bytes:
    with (
        tempfile.TemporaryFile() as answer,
        tempfile.TemporaryFile() as notes,
        _opened(source) as given,
        _started(words, given, answer, notes) as process,
    ):
        code = _wait(process, notes, seconds)
        if code != 0:
            raise _reason(code, notes)
        answer.seek(0)
        return answer.read()


@contextmanager
def _started(
    words: list[str], given: IO[bytes], answer: IO[bytes] | int, notes: IO[bytes]
) -> Iterator[subprocess.Popen[bytes]]:
    """A reading process that does not outlive the use of it."""
    process = subprocess.Popen(
        [sys.executable, "-m", *words],
        stdin=given,
        stdout=answer,
        stderr=notes,
        cwd=_ROOT,
        env=environment(),
        start_new_session=True,
    )
    with process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def environment() -> dict[str, str]:
    """No secret of the server's environment reaches the process that opens a stranger's file."""
    kept = {
        name: os.environ[name] for name in ("PYTHONPATH", "LD_LIBRARY_PATH") if name in os.environ
    }
    return {**kept, "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"}


def _opened(source: bytes | Path) -> IO[bytes]:
    if isinstance(source, Path):
        return source.open("rb")
    given = tempfile.TemporaryFile()  # noqa: SIM115 the caller closes it
    given.write(source)
    given.seek(0)
    return given


def _argument(filename: str) -> str:
    """The name as something a command line can carry: only its end says anything about the kind of the file."""
    return filename.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")[-200:]


def _wait(process: subprocess.Popen[bytes], notes: IO[bytes], seconds: float) -> int:
    """The exit code; Unreadable when the time for the pages reached so far is over."""
    started = time.monotonic()
    pause = _CLOSEST_LOOK
    while True:
        try:
            return process.wait(timeout=pause)
        except subprocess.TimeoutExpired:
            pause = min(pause * 1.5, _WIDEST_LOOK)
        gone = time.monotonic() - started
        if gone > seconds and gone > seconds + limits.SECONDS_A_PAGE * _pages(notes):
            raise _TIMEOUT


def _pages(notes: IO[bytes]) -> int:
    """The page the reader last said it was at. Reads at a place of its own: the child shares the file's."""

    size = os.fstat(notes.fileno()).st_size
    tail = os.pread(notes.fileno(), 64, max(0, size - 64)).split()
    return int(tail[-1]) if tail and tail[-1].isdigit() else 0


def _reason(code: int, notes: IO[bytes]) -> Unreadable:
    if code == limits.NO_MEMORY:
        return _MEMORY
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return _TIMEOUT if code == -signal.SIGXCPU else _KILLED

    tail = os.pread(notes.fileno(), 4096, max(0, os.fstat(notes.fileno()).st_size - 4096))
    if b"MemoryError" in tail or b"memory allocation" in tail or b"bad_alloc" in tail:
        return _MEMORY
    return _CRASHED


def _loaded(answer: bytes) -> ReadText:
    try:
        return serial.load(answer)
    except (ValueError, KeyError, TypeError) as error:  # cut off, so never an answer
        raise _CRASHED from error
