"""PDF pages per second, memory, and worker processes, as ratios to a bare pdfplumber loop in the same run.

Run with `python -m tests.benchmarks.sources_pdf [speed|memory|workers]... [PAGES]`; all three unless told. The files are the
born-digital ones of the shared corpus where it is there (CONCORD_SHARED or ../shared), and generated ones.
"""

from __future__ import annotations

import gc
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.benchmarks import measuring
from tests.benchmarks.measuring import Row

WORDS = [
    "alliance",
    "treaty",
    "forces",
    "base",
    "agreement",
    "government",
    "minister",
    "exercise",
    "naval",
    "defence",
    "joint",
    "statement",
    "security",
    "commitment",
    "border",
    "troops",
    "signed",
    "talks",
    "visit",
    "supply",
    "radar",
    "harbour",
    "council",
    "delegation",
    "press",
    "north",
    "south",
]

WANTED_RATIO = 1.5
WANTED_MEGABYTES = 200
PAGES = 2_000
LARGEST = 300_000  # bytes; the larger files of the corpus are of the same kinds and take minutes


def generated(pages: int, seed: int = 3) -> bytes:
    """A treaty of so many pages, about four hundred words on each."""
    from fpdf import FPDF

    draw = random.Random(seed)
    document = FPDF(format="A4")
    document.set_font("Helvetica", size=10)
    for page in range(1, pages + 1):
        document.add_page()
        document.cell(0, 6, "TREATY SERIES", align="C", new_x="LMARGIN", new_y="NEXT")
        for article in range(5):
            document.multi_cell(
                0, 5, f"Article {page * 5 + article}", new_x="LMARGIN", new_y="NEXT"
            )
            words = " ".join(draw.choices(WORDS, k=75)).capitalize()
            document.multi_cell(0, 5, words + ".", new_x="LMARGIN", new_y="NEXT")
            document.ln(3)
    return bytes(document.output())


def files() -> dict[str, bytes]:
    root = Path(__file__).resolve().parents[2]
    shared = Path(os.environ.get("CONCORD_SHARED") or root.parent / "shared")
    good = sorted((shared / "corpus/pdf/good").glob("*.pdf"))
    found = {path.name: path.read_bytes() for path in good if path.stat().st_size <= LARGEST}
    if not found:
        print("the shared corpus is not here; only generated files are measured")
    return {**found, "generated.pdf": generated(40)}


# -- speed


def bare(data: bytes) -> list[list[str]]:
    """The yardstick: pdfplumber's words of each page, with the same parameters."""
    import io

    import pdfplumber

    pages = []
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            words = page.extract_words(x_tolerance_ratio=0.15, y_tolerance=3, use_text_flow=True)
            pages.append([word["text"] for word in words])
            page.close()
    return pages


def speed() -> bool:
    given = files()
    with measuring.database("sqlite"):
        from projects import members
        from projects.models import User
        from sources import reading
        from sources.models import Document, Page
        from sources.reading import limits

        founder = User.objects.create(username="founder")
        project = members.found("bench", title="Bench", by=founder)
        for data in given.values():  # libraries imported, caches filled, for both alike
            reading.read(data, "a.pdf")
            bare(data)
            break
        theirs = ours = 0.0
        usual = gc.get_threshold()
        pages, worst = 0, (9.9, "")
        agreement: Counter[str] = Counter()
        for name, data in given.items():
            began = time.process_time()
            wanted = bare(data)
            spent = time.process_time() - began
            gc.set_threshold(*limits.COLLECTING)  # as the reading process has it
            began = time.process_time()
            text = _imported(project, founder, name, data)
            own = time.process_time() - began
            gc.set_threshold(*usual)
            theirs, ours, pages = theirs + spent, ours + own, pages + len(wanted)
            worst = min(worst, (spent / own, name))
            agreement += _same(wanted, text)
        assert Page.objects.count() == pages and Document.objects.count() == len(given)
    ratio = theirs / ours
    same = agreement["same"] / agreement["all"]
    return measuring.tell(
        Row(
            "PDF in: words, boxes, blocks, packed, stored", f"{pages:,} pages", cpu=ours, measured=f"{pages / ours:.1f} pages per CPU s",
            yardstick=f"bare extract_words {pages / theirs:.1f}", ratio=ratio, wanted=f"ratio {WANTED_RATIO}", stands=ratio >= WANTED_RATIO,
        ),
        Row("PDF in: lowest ratio of a file", worst[1], ratio=worst[0]),
        Row(
            "PDF in: same letters in words and furniture", f"{agreement['all']:,} letters", measured=f"{same:.4f}",
            wanted="0.999", stands=same >= 0.999,
        ),
    )  # fmt: skip


def _imported(project, founder, name, data):
    """The import as the worker does it, reader and storing, but in this process."""
    from django.db import transaction

    from projects import files as store
    from sources import ingesting, reading
    from sources.models import Document

    sha256, size = store.put_bytes(data)
    document = Document.objects.create(
        project=project, external_id=name[:190], title=name[:500], filename=name[-255:], sha256=sha256, size=size, added_by=founder
    )  # fmt: skip
    result = reading.read(data, name)
    with transaction.atomic():
        text = ingesting._keep(document, result)
        Document.objects.filter(pk=document.pk).update(current_text=text, state="read")
    return text


def _same(wanted: list[list[str]], text) -> Counter[str]:
    """How many letters of the bare words are in our words or furniture of the same page, joined hyphens aside."""
    from sources.reading import canonical, packing

    told: Counter[str] = Counter()
    for theirs, page in zip(wanted, text.pages.order_by("number"), strict=True):
        words = packing.unpack(
            bytes(page.words), start=page.start, width=page.width, height=page.height
        )
        mine = Counter("".join(text.body[w.start : w.start + w.length] for w in words))
        mine += Counter("".join(piece["text"] for piece in page.furniture))
        others = Counter("".join(canonical.word(word) for word in theirs))
        told["same"] += sum((mine & others).values())
        told["all"] += sum(others.values())
    return told


# -- memory and workers


def memory(wanted: int = PAGES) -> bool:
    """The whole reading process of a file of so many pages, as it runs in production."""
    with tempfile.TemporaryDirectory(prefix="concord-benchmark-") as folder:
        path = Path(folder) / "long.pdf"
        # Made in a process of its own: making it takes more memory than reading it.
        words = [
            sys.executable,
            "-m",
            "tests.benchmarks.sources_pdf",
            "--make",
            str(wanted),
            str(path),
        ]
        subprocess.run(words, check=True)
        began = time.perf_counter()
        answer = Path(folder) / "answer.json"
        with path.open("rb") as given, answer.open("wb") as out:
            reader = subprocess.Popen(
                [sys.executable, "-m", "sources.reading", "long.pdf"],
                stdin=given,
                stdout=out,
                stderr=subprocess.DEVNULL,
            )
            _, status, used = os.wait4(reader.pid, 0)
            reader.returncode = os.waitstatus_to_exitcode(status)
        taken = time.perf_counter() - began
        peak = used.ru_maxrss / 1024  # kilobytes on Linux
        size = path.stat().st_size / 1e6
        pages = len(json.loads(answer.read_bytes())["pages"])
    return measuring.tell(
        Row(
            "PDF in: memory of the reading process", f"{pages:,} pages, {size:.1f} MB", taken, used.ru_utime + used.ru_stime,
            f"{pages / taken:.1f} pages/s", wanted=f"< {WANTED_MEGABYTES} MB", memory=peak,
            stands=peak < WANTED_MEGABYTES and pages == wanted,
        )
    )  # fmt: skip


def workers() -> bool:
    """The same files by one and by two reading processes at once."""
    cores = len(os.sched_getaffinity(0))
    data = generated(60)
    single = _at_once(data, 1, 2)
    double = _at_once(data, 2, 2)
    return measuring.tell(
        Row(
            "PDF in: two reading processes at once", "2 files", double, measured=f"one after another {single:.1f} s",
            ratio=single / double, wanted=f"near 2 on free cores (here {cores}, load {os.getloadavg()[0]:.1f})",
        )
    )  # fmt: skip


def _at_once(data: bytes, processes: int, count: int) -> float:
    began = time.perf_counter()
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        waiting, running = count, []
        while waiting or running:
            while waiting and len(running) < processes:
                command = [sys.executable, "-m", "sources.reading", "a.pdf"]
                with open(file.name, "rb") as given:
                    running.append(subprocess.Popen(command, stdin=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))  # fmt: skip
                waiting -= 1
            running.pop(0).wait()
    return time.perf_counter() - began


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--make"]:
        Path(arguments[2]).write_bytes(generated(int(arguments[1])))
        return 0
    known = {"speed": speed, "memory": memory, "workers": workers}
    sizes = [int(word) for word in arguments if word.isdigit()]
    chosen = [word for word in arguments if word in known] or list(known)
    done = [memory(*sizes) if word == "memory" else known[word]() for word in chosen]
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
