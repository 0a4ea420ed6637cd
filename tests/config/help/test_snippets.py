"""Every command and snippet of the documentation is done, page after page, in one fresh installation.

What a block is, its first word says. `sh` is typed, and a `text` block after it is what it prints (`…`: anything);
`text drawing` is neither; `python` is run; `yaml`, `json`, `jsonl` and `csv` are read. `not-run="why"` leaves a block out; the reasons stand below.
"""

import csv
import json
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from coding import schema
from config.help import contents
from tests.prompt import ROOT, Prompt

DOCS = ROOT / "docs"
# Blocks that no test can do, and where what they say is tested instead.
REASONS = {
    "sets up an installation: tests/test_start.py",
    "runs until it is stopped: tests/test_start.py",
    "needs R",
    "needs Stata",
    "takes minutes",
    "another machine",
    "a developer's tools",
}
_INFO = re.compile(r'^(\w+)?(?: ([\w-]+))?(?: not-run="([^"]*)")?$')


@dataclass(frozen=True)
class Block:
    place: str
    language: str
    kind: str
    not_run: str
    content: str


def blocks() -> list[Block]:
    """Of all pages in reading order, and of the README and CONTRIBUTING before them."""
    files = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    files += [page.file for page in contents.read(DOCS).pages]
    found = []
    for file in files:
        for token in MarkdownIt().parse(file.read_text(encoding="utf-8")):
            if token.type == "fence":  # what is only set in is shown, and no command to type
                place = f"{file.relative_to(ROOT)}:{token.map[0] + 1}"
                said = _INFO.match(token.info.strip())
                assert said, f"{place}: {token.info!r} cannot be read"
                found.append(
                    Block(place, said[1] or "", said[2] or "", said[3] or "", token.content)
                )
    return found


@pytest.fixture(scope="module")
def prompt(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reader")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("CONCORD_") and name not in {"DATABASE_URL", "REDIS_URL"}
    }
    path = f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}"
    environment = kept | {
        "PATH": path,
        "CONCORD_DATA": str(folder / "var"),
        "PYTHONPATH": str(ROOT),
    }
    prompt = Prompt(folder, environment)
    try:
        assert prompt.type(".venv/bin/python manage.py migrate --verbosity 0").code == 0
        yield prompt
    finally:
        prompt.close()


def test_every_block_does_what_it_says(prompt):
    faults, last = [], ""

    for block in blocks():
        if block.not_run or block.kind == "drawing":
            continue
        if block.language == "text":
            faults += [] if last is None else missing(block, last)
            continue
        last, fault = done(block, prompt)
        faults += [f"{block.place}: {fault}"] if fault else []

    assert not faults, "\n".join(faults)


def test_blocks_that_are_left_out_say_why():
    assert {block.not_run for block in blocks() if block.not_run} <= REASONS
    assert [block.place for block in blocks() if not block.language] == []


def test_the_story_is_long_enough_to_be_one():
    typed = [block for block in blocks() if block.language == "sh" and not block.not_run]

    assert len(typed) >= 20


def done(block: Block, prompt: Prompt) -> tuple[str | None, str]:
    """What a block printed, where something is printed, and what is wrong with it."""
    if block.language == "sh":
        answer = prompt.type(block.content)
        expected = 1 if block.kind == "refused" else 0
        return (
            answer.said,
            "" if answer.code == expected else f"ended with {answer.code}:\n{answer.said}",
        )
    if block.language == "python":
        (prompt.folder / "snippet.py").write_text(block.content, encoding="utf-8")
        answer = prompt.type(".venv/bin/python -W error::FutureWarning snippet.py")
        return answer.said, "" if answer.code == 0 else answer.said
    try:
        read(block)
    except (ValueError, yaml.YAMLError, schema.CodebookInvalid) as error:
        return None, f"{type(error).__name__}: {error}"
    return None, ""


def read(block: Block) -> None:
    if block.language == "yaml" and block.kind == "codebook":
        schema.parse(block.content)
    elif block.language == "yaml":
        assert yaml.safe_load(block.content) is not None
    elif block.language == "json":
        json.loads(block.content)
    elif block.language == "jsonl":
        for line in block.content.splitlines():
            json.loads(line)
    elif block.language == "csv":
        rows = list(csv.reader(block.content.splitlines(), strict=True))
        if len({len(row) for row in rows}) != 1:
            raise ValueError("rows of unequal length")
    else:
        raise ValueError(f"what is a {block.language!r} block?")


def missing(block: Block, said: str) -> list[str]:
    """The lines of a `text` block that did not come, in this order, in what was printed."""
    at, lost = 0, []
    for line in filter(str.strip, block.content.splitlines()):
        wanted = r"[^\n]*".join(re.escape(part) for part in line.strip().split("…"))
        found = re.compile(wanted).search(said, at)
        if found:
            at = found.end()
        else:
            lost.append(f"{block.place}: was not printed: {line}")
    return lost
