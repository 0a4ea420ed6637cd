"""Rows of a table made ready: the same in this process and in one of their own."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources import preparing
from sources.preparing import Ready
from sources.reading import Unreadable, isolated, plain
from sources.reading.encodings import Decoded
from sources.reading.tabular import Fault

COLUMNS = {"title": "title", "text": "text", "date": "on"}
ROWS = [
    {"title": "Talks", "text": "They talked.\nIn Roma, 東京 and 🏛.", "on": "1951-06-03"},
    {"title": "", "text": ""},
    {"title": "Noted", "text": "Said.", "on": "no day at all"},
]


def table(folder, rows, broken=b""):
    path = folder / "wire.jsonl"
    path.write_bytes(b"".join(json.dumps(row).encode() + b"\n" for row in rows) + broken)
    return path


def both(path):
    with path.open("rb") as file:
        here = list(preparing.prepared(file, "jsonl", COLUMNS))
    there = list(preparing.ahead(path, "jsonl", COLUMNS))
    return [row for batch in here for row in batch.rows], [row for b in there for row in b.rows]


def test_a_process_of_its_own_makes_the_same_rows(tmp_path):
    here, there = both(table(tmp_path, ROWS, b"{ not a row\n"))

    assert here == there
    talks, blank, noted, broken = here
    assert isinstance(talks, Ready)
    assert talks.content.decode() == "Talks\n\nThey talked.\nIn Roma, 東京 and 🏛."
    assert talks.body == talks.content.decode()
    assert talks.article.text == "They talked.\nIn Roma, 東京 and 🏛."
    assert json.loads(talks.blocks)[0] == ["paragraph", 0, 5, 0]
    assert isinstance(noted, Ready)
    assert noted.article.notes
    assert [type(blank), type(broken)] == [Fault, Fault]


@given(
    st.lists(
        st.tuples(st.text(max_size=20), st.text(alphabet="aé\n\r\x0b\x0c\x85\u2028 \tﬁ\u200d\u0301漢.1Article", max_size=60)),
        max_size=5,
    )
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_a_row_reads_as_its_file_would_and_travels_unchanged(rows):
    written = b"".join(
        json.dumps({"title": title, "text": text}).encode() + b"\n" for title, text in rows
    )
    for batch in preparing.prepared(io.BytesIO(written), "jsonl", COLUMNS):
        assert preparing._loaded(*preparing._dumped(batch).split(b"\n")[:2]) == batch
        for row in batch.rows:
            if isinstance(row, Ready):
                read = plain.read(Decoded(row.content.decode(), "utf-8"))
                assert (row.body, row.proposed) == (read.body, read.metadata)
                assert [tuple(block) for block in json.loads(row.blocks)] == [
                    (block.kind, block.start, block.end, block.level) for block in read.blocks
                ]


def test_many_rows_come_in_batches_that_say_how_far_they_are(tmp_path):
    path = table(tmp_path, [{"title": f"No. {n}", "text": "word " * 400} for n in range(1201)])

    batches = list(preparing.ahead(path, "jsonl", COLUMNS))

    assert [len(batch.rows) for batch in batches] == [100, 200, 400, 501]
    assert [batch.at for batch in batches] == sorted({batch.at for batch in batches})
    assert batches[-1].at == path.stat().st_size


def test_whoever_stops_asking_leaves_no_process(tmp_path, monkeypatch):
    made = []
    popen = isolated.subprocess.Popen

    def kept(*words, **options):
        made.append(popen(*words, **options))
        return made[-1]

    monkeypatch.setattr(isolated.subprocess, "Popen", kept)
    path = table(tmp_path, [{"text": "word " * 400} for n in range(3000)])

    batches = preparing.ahead(path, "jsonl", {"text": "text"})
    next(batches)
    batches.close()

    assert [process.poll() for process in made] == [-9]


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("import sys; sys.exit(70)", "memory"),
        ("print('[0, ')", "crashed"),
        ("print('[0, []]'); import os; os.abort()", "crashed"),
        ("import time; time.sleep(60)", "timeout"),
        ("""print('{"unreadable": ["broken", "Not a table."]}')""", "broken"),
    ],
)
def test_what_becomes_of_the_process_is_told(tmp_path, monkeypatch, program, code):
    path = table(tmp_path, ROWS)
    run = isolated.subprocess.Popen
    monkeypatch.setattr(
        isolated.subprocess,
        "Popen",
        lambda words, **options: run([words[0], "-c", program], **options),
    )

    with pytest.raises(Unreadable) as told:
        list(isolated.lines_isolated(["any"], path, seconds=0.5 if code == "timeout" else 60))

    assert told.value.code == code
