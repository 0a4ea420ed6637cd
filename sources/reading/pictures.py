"""A page of a PDF as a picture, made in a process of its own under the reader's limits.

What a page shows is what its word boxes are measured on: turned, and cut to its CropBox. Who may see it is not asked here.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from . import limits

SCALES = (1.0, 1.5, 2.0, 3.0)  # pixels a point
MAX_PIXELS = 6_000_000  # larger pages are drawn smaller
_SECONDS = 30.0
_ROOT = Path(__file__).resolve().parents[2]


class NoPicture(Exception):
    """The page cannot be drawn; the message says why in plain words."""


def page_png(data: bytes, number: int, *, scale: float) -> bytes:
    """The page with this number (from 1) of a PDF as PNG. NoPicture where there is no such page or it cannot be drawn."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(data)
        given.seek(0)
        try:
            done = subprocess.run(
                [sys.executable, "-m", "sources.reading.pictures", str(number), str(scale)],
                stdin=given,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                env={"PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore", **_kept()},
                timeout=_SECONDS,
                check=False,
                start_new_session=True,
            )
        except subprocess.TimeoutExpired:
            raise NoPicture("Drawing this page took too long, so it was stopped.") from None
        answer.seek(0)
        png = answer.read()
    if done.returncode != 0 or not png.startswith(b"\x89PNG"):
        raise NoPicture("This page cannot be drawn. Its text stands beside it.")
    return png


def _kept() -> dict[str, str]:
    names = ("PYTHONPATH", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in names if name in os.environ}


def _draw(data: bytes, number: int, scale: float) -> bytes:
    import io

    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    page = document[number - 1]
    width, height = page.get_size()
    scale = min(scale, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    out = io.BytesIO()
    # Forms and notes are drawn as a viewer shows them; nothing in the file is run.
    page.render(scale=scale, may_draw_forms=False).to_pil().convert("P").save(
        out, "PNG", optimize=False
    )
    return out.getvalue()


def main() -> int:
    limits.set_own()
    number, scale = int(sys.argv[1]), float(sys.argv[2])
    try:
        png = _draw(sys.stdin.buffer.read(), number, scale)
    except MemoryError:
        return limits.NO_MEMORY
    except Exception:  # a library meets a stranger's file: whatever it says, there is no picture
        return 1
    sys.stdout.buffer.write(png)
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    os._exit(main())
