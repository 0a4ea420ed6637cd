"""Text recognition (OCR) of scans: whether this machine can, with what command, and doing it as a process of its own.

The result is a PDF with a text layer, read like any other; that its text was recognised is said by `mark`.
Knows nothing of rows or Django. Needs the optional package ocrmypdf and the program Tesseract.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from . import isolated
from .values import ReadText, Unreadable

MOST_SECONDS = 3_600.0
SECONDS_A_PAGE = 60  # for one page in Tesseract; a page that takes longer is left without text
ADDRESS_SPACE = 4 << 30
_LOOK = 1.0
WARNING = (
    "The text was recognised from pictures of the pages (OCR). It holds mistakes, above all in names, figures and "
    "dates; compare every passage with the page."
)
FAILED = Unreadable(
    "broken",
    "Text recognition broke off on this file. Open it in a viewer, print it to a new PDF, and try with that.",
)
LONG = Unreadable(
    "timeout",
    "Text recognition took longer than an hour and was stopped. Split the file into parts and add those.",
)
NOTHING = Unreadable(
    "image_only",
    "Text recognition found no text on the pages of this scan. A sharper scan may help.",
)


@dataclass(frozen=True, slots=True)
class Availability:
    """What there is of the parts. `languages` are Tesseract's codes of the installed ones."""

    has_package: bool
    tesseract: str  # its version, '' where it is missing
    languages: tuple[str, ...] = ()

    @property
    def missing(self) -> str:
        """What whoever runs this installation should install, '' if nothing."""
        wanted = []
        if not self.has_package:
            wanted.append("the Python package ocrmypdf (it is in requirements-extras.lock)")
        if not self.tesseract:
            wanted.append(
                "the program Tesseract with the languages wanted (on Debian: tesseract-ocr)"
            )
        elif not self.languages:
            wanted.append("a language for Tesseract (on Debian: tesseract-ocr-eng)")
        if not wanted:
            return ""
        return f"Text recognition is not installed here. It needs {' and '.join(wanted)}."


@functools.lru_cache(maxsize=1)
def _availability(tesseract: str | None, has_package: bool) -> Availability:
    if tesseract is None:
        return Availability(has_package, "")
    try:
        told = subprocess.run([tesseract, "--version"], capture_output=True, text=True, timeout=20)
        names = subprocess.run(
            [tesseract, "--list-langs"], capture_output=True, text=True, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return Availability(has_package, "")
    number = (told.stdout or told.stderr).partition("\n")[0].removeprefix("tesseract").strip()
    lines = (names.stdout or names.stderr).splitlines()[1:]
    found = tuple(sorted(name.strip() for name in lines if name.strip() and name.strip() != "osd"))
    return Availability(has_package, number or "unknown", found)


def availability() -> Availability:
    """Looked at anew each time, asked of Tesseract once."""
    return _availability(
        shutil.which("tesseract"), importlib.util.find_spec("ocrmypdf") is not None
    )


def command(source: Path, target: Path, *, language: str, pages: Iterable[int] = ()) -> list[str]:
    """The whole command. Without `pages` all are recognised; text beneath them is replaced, since what a scan has
    for text is a watermark or worse."""
    only = ["--pages", ",".join(map(str, pages))] if pages else []
    return [
        sys.executable, "-m", "ocrmypdf", "--quiet", "--force-ocr", "--output-type", "pdf", "--optimize", "0",
        "--jobs", "1", "--rasterizer", "pypdfium", "--tesseract-timeout", str(SECONDS_A_PAGE),
        "--language", language, *only, str(source), str(target),
    ]  # fmt: skip


def recognise(
    source: Path,
    folder: Path,
    *,
    language: str,
    pages: Iterable[int] = (),
    tick: Callable[[], None] = lambda: None,
    seconds: float = MOST_SECONDS,
) -> ReadText:
    """The recognised text of a scan, marked as such. `tick` is called about once a second and may raise to stop it.

    `folder` is for what is made on the way. Raises Unreadable.
    """
    target = folder / "recognised.pdf"
    pages = tuple(pages)
    words = command(source, target, language=language, pages=pages)
    process = subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={**isolated.environment(), "PATH": os.environ.get("PATH", ""), "TMPDIR": str(folder), "OMP_THREAD_LIMIT": "1"},
        start_new_session=True,
        preexec_fn=_limit if os.name == "posix" else None,
    )  # fmt: skip
    started = time.monotonic()
    try:
        while True:
            try:
                code = process.wait(timeout=_LOOK)
                break
            except subprocess.TimeoutExpired:
                tick()
            if time.monotonic() - started > seconds:
                raise LONG
    finally:
        _end(process)
    if code != 0 or not target.is_file():
        raise FAILED
    try:
        read = isolated.read_isolated(target, "recognised.pdf")
    except Unreadable as refusal:
        raise (NOTHING if refusal.code in ("empty", "image_only") else refusal) from refusal
    return mark(read, language=language, pages=pages)


def mark(read: ReadText, *, language: str, pages: tuple[int, ...]) -> ReadText:
    """The same reading, saying that its text (that of `pages`, or all of it) was recognised, and by what."""
    return replace(
        read,
        reader="ocrmypdf",
        reader_version=version("ocrmypdf"),
        warnings=(WARNING, *read.warnings),
        parameters={
            **read.parameters,
            "ocr": True,
            "tesseract": availability().tesseract,
            "ocr_language": language,
            "ocr_pages": list(pages) or "all",
        },
    )


def _limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Nothing it started outlives it: Tesseract runs in the same session."""
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            process.kill()
        process.wait()
