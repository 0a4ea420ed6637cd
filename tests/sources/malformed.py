"""Malformed files by the thousand, always the same ones, and their reading in guarded processes.

`python -m tests.sources.malformed [NUMBER]` reads so many (2,400 unless told) and prints what became of them;
a short run is part of the suite. A reader may give a text or say why not; anything else is a fault.
"""

from __future__ import annotations

import functools
import io
import json
import os
import random
import re
import select
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

NUMBER = 2_400
SECONDS = 60.0  # without a word from the process: a hang
_STRANGE = (
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xf0\x9f\x87\xb5", "\u202e\u0301\u200d\ufeff".encode(), b"%PDF-1.7",
    b"PK\x03\x04", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<![CDATA[", b"]]>", b"endstream endobj", b"stream\r\n",
    b"/Kids [2 0 R]", b"/Length -1", b"<< /Type /Page >>", b"[" * 300, b"{" * 300, b'"', b"\r", b"<div>" * 200,
    b"\\ud800", b"NaN", b"9" * 5000, b"\t,;|", b"----\n", b"| a | b |\n|---|---|\n", b"> " * 100, b"1e999",
)  # fmt: skip


@functools.cache
def seeds() -> tuple[tuple[str, bytes], ...]:
    """Small good files of every kind, by the name they would come under."""
    from tests.sources import samples, word_files

    article = {
        "id": "1",
        "title": "Talks",
        "date": "1951-08-30",
        "text": "They talked.\n\nAt length, in Zürich.",
    }
    table = b"".join(json.dumps(article | {"id": str(n)}).encode() + b"\n" for n in range(4))
    page = (
        "<!DOCTYPE html><html lang='en'><head><title>Talks</title><meta charset='utf-8'><meta property='og:title' "
        "content='Talks'><script>var x = 1;</script></head><body><nav>Home</nav><article><h1>Talks</h1><p>The two "
        "governments signed an agreement on the stationing of forces in the north of the country.</p><table><tr>"
        "<td>Party</td><td>Troops</td></tr></table><ul><li>one</li></ul></article></body></html>"
    )
    content = b"BT /F1 12 Tf 72 700 Td (Article 1) Tj 0 -20 Td (The Parties agree.) Tj ET"
    word = word_files.numbered((0, "Purpose"), (1, "first"), (2, "deep"))
    return (
        ("a.pdf", samples.written_pdf(content)),
        ("b.pdf", samples.pdf(["AGREEMENT", "The Parties agree as follows:"], ["Article 1", "Peace. " * 30])),
        ("c.pdf", samples.picture_pdf()),
        ("d.docx", word),
        ("e.docx", _unsqueezed(word)),
        ("f.html", page.encode()),
        ("g.jsonl", table),
        ("h.csv", b'id,title,text\n1,Talks,"They talked,\nat length."\n2,"A ""quoted"" one",Text\n'),
        ("i.zip", _zipped({"a.txt": b"words", "b.csv": b"text\nx\n", "c/d.md": b"# Heading\n" * 30})),
        ("j.txt", "AGREEMENT\n\nArticle 1\nThe Parties agree — in Zürich.\n".encode()),
        ("k.md", b"---\ntitle: x\ndate: 2020-01-01\n---\n# Heading\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"),
        ("l.txt", "Ein Vertrag über die Truppen.\n".encode("utf-16")),
    )  # fmt: skip


def _zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def _unsqueezed(data: bytes) -> bytes:
    """The same container with its members stored plainly, so that damage reaches their XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name))
    return out.getvalue()


def file(number: int) -> tuple[str, bytes]:
    """The malformed file of this number: one to six mutations of a good one, sometimes under another's name."""
    draw = random.Random(f"malformed {number}")
    files = seeds()
    name, data = files[number % len(files)]
    if name == "e.docx":
        return name, _damaged_part(data, draw)
    for _ in range(draw.choice((1, 1, 2, 3, 6))):
        data = draw.choice(_MUTATIONS)(data, draw)
    if draw.random() < 0.1:
        name = draw.choice(files)[0]
    return name, data


def _damaged_part(data: bytes, draw: random.Random) -> bytes:
    """Damage within one part of a container whose sums are right again: the reader gets to see it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        main = [
            name for name in names if "document" in name or "numbering" in name or "rels" in name
        ]
        hit = draw.choice(main if draw.random() < 0.7 else names)
        for name in old.namelist():
            content = old.read(name)
            if name == hit:
                for _ in range(draw.choice((1, 2, 4))):
                    content = draw.choice((*_MUTATIONS, _other_value, _other_value))(content, draw)
            new.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _flip(data: bytes, draw: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(draw.choice((1, 3, 20))):
        if changed:
            changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)


def _cut(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data) + 1)]


def _drop(data: bytes, draw: random.Random) -> bytes:
    start = draw.randrange(len(data) + 1)
    return data[:start] + data[start + draw.randrange(1, 200) :]


def _double(data: bytes, draw: random.Random) -> bytes:
    start = draw.randrange(len(data) + 1)
    piece = data[start : start + draw.randrange(1, 300)]
    return data[:start] + piece * draw.choice((2, 50)) + data[start:]


def _insert(data: bytes, draw: random.Random) -> bytes:
    start = draw.randrange(len(data) + 1)
    return data[:start] + draw.choice(_STRANGE) + data[start:]


def _noise(data: bytes, draw: random.Random) -> bytes:
    start = draw.randrange(len(data) + 1)
    return data[:start] + draw.randbytes(draw.randrange(1, 400)) + data[start:]


def _number(data: bytes, draw: random.Random) -> bytes:
    """A number in the file made another: lengths, counts, offsets, sizes."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return data
    where = draw.choice(found)
    other = draw.choice(
        (b"0", b"-1", b"1", b"65536", b"4294967295", b"99999999999999999999", b"1e9")
    )
    return data[: where.start()] + other + data[where.end() :]


def _other_value(data: bytes, draw: random.Random) -> bytes:
    """A quoted value or a tag's name made another from the same file: well-formed, but not as meant."""
    found = list(re.finditer(rb'"[^"<>]{1,60}"|(?<=w:)[a-zA-Z]+', data))
    if len(found) < 2:
        return data
    one, two = draw.choice(found), draw.choice(found)
    return data[: one.start()] + two.group() + data[one.end() :]


def _splice(data: bytes, draw: random.Random) -> bytes:
    other = draw.choice(seeds())[1]
    return data[: draw.randrange(len(data) + 1)] + other[draw.randrange(len(other)) :]


def _swap(data: bytes, draw: random.Random) -> bytes:
    one, two = sorted(draw.randrange(len(data) + 1) for _ in range(2))
    return data[two:] + data[one:two] + data[:one]


_MUTATIONS = (_flip, _cut, _drop, _double, _insert, _noise, _number, _splice, _swap)


# -- in the process that reads


def outcome(name: str, data: bytes) -> str:
    """'text', 'rows', 'members', or the code of a refusal in plain words. Raises AssertionError for anything else."""
    from sources.reading import Unreadable, kind, read

    try:
        found = kind(data, name)
        if found == "table":
            return _rows(name, data)
        if found == "archive":
            return _members(data)
        _check_text(read(data, name))
    except Unreadable as refusal:
        assert refusal.code and refusal.reason[:1].isupper() and refusal.reason.endswith("."), (
            refusal
        )
        assert refusal.reason.isprintable(), refusal
        return refusal.code
    except MemoryError:
        return "memory"
    except RecursionError:
        return "too deep"
    return "text"


def _rows(name: str, data: bytes) -> str:
    from sources.reading import canonical, tabular

    form = tabular.form(data[:8192], name)
    assert form is not None
    file = io.BytesIO(data)
    columns = tabular.check({}, tabular.headers(file, form))
    for row in tabular.rows(file, form, columns):
        if isinstance(row, tabular.Fault):
            assert row.reason.endswith(".") and row.reason.isprintable(), row
        else:
            assert canonical.text(row.text) == row.text and row.text, row
    return "rows"


def _members(data: bytes) -> str:
    from sources.reading import archive

    with tempfile.TemporaryDirectory() as folder:
        members = list(archive.unpack(io.BytesIO(data), Path(folder)))
        assert all(bool(m.stored) != bool(m.reason) for m in members)
        assert {path.name for path in Path(folder).iterdir()} == {
            m.stored for m in members if m.stored
        }
    return "members"


def _check_text(read: object) -> None:
    from sources.reading import ReadText, canonical, serial

    assert isinstance(read, ReadText) and read.body.strip()
    assert canonical.text(read.body) == read.body
    end = 0
    for block in read.blocks:
        assert end <= block.start < block.end <= len(read.body), block
        assert "\n" not in read.body[block.start : block.end]
        end = block.end
    assert serial.load(serial.dump(read)).body == read.body


def _work(numbers: range) -> None:
    """Read them one after another; a line for each, before and after."""
    import resource
    import traceback
    import warnings

    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    for number in numbers:
        name, data = file(number)
        began = time.perf_counter()
        try:
            told = outcome(name, data)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            told = f"fault: {type(error).__name__}: {error} at {place.filename}:{place.lineno}"
        print(json.dumps([number, name, told, round(time.perf_counter() - began, 3)]), flush=True)


# -- in the process that watches


@dataclass
class Tally:
    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, 0)
    read: int = 0


def run(numbers: range) -> Tally:
    """Read these files in a guarded process; one that dies or hangs is a fault, and the next goes on after it."""
    tally, at = Tally(), numbers.start
    while at < numbers.stop:
        words = [
            sys.executable,
            "-m",
            "tests.sources.malformed",
            "--work",
            str(at),
            str(numbers.stop),
        ]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0, env=_environment()) as process:  # fmt: skip
            assert process.stdout is not None
            while at < numbers.stop:
                ready, _, _ = select.select([process.stdout], [], [], SECONDS)
                line = process.stdout.readline() if ready else b""
                if not line:
                    what = "hangs" if not ready else f"kills its reader ({process.wait()})"
                    tally.faults.append(f"file {at} {file(at)[0]} {what}")
                    at += 1
                    process.kill()
                    break
                number, name, told, seconds = json.loads(line)
                assert number == at
                at += 1
                tally.read += 1
                tally.slowest = max(tally.slowest, (seconds, number))
                if told.startswith("fault"):
                    tally.faults.append(f"file {number} {name}: {told}")
                else:
                    tally.outcomes[f"{name.rpartition('.')[2]} {told}"] += 1
    return tally


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONHASHSEED": "0"}


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--work"]:
        _work(range(int(arguments[1]), int(arguments[2])))
        return 0
    number = int(arguments[0]) if arguments else NUMBER
    began = time.perf_counter()
    tally = run(range(number))
    for told, count in sorted(tally.outcomes.items()):
        print(f"{count:6,} {told}")
    print(
        f"{tally.read:,} malformed files in {time.perf_counter() - began:.0f} s, slowest {tally.slowest[0]:.1f} s "
        f"(no. {tally.slowest[1]}), faults {len(tally.faults)}"
    )
    for fault in tally.faults:
        print(fault)
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
