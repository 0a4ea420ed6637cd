"""Bad input at the commands' doors: each a sentence, a non-zero end, no traceback, and nothing lost or left behind.

What the commands ordinarily refuse is in test_street; here is what comes by accident or from other programs.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coding.models import Assignment
from datasets.models import Release
from projects.models import User
from reconciliation.models import Decision
from sources.models import Document
from tests import migrated
from tests.config.test_street import as_json, run, write
from tests.reconciliation import samples
from tests.reconciliation.samples import aligned_table, document, event, table

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
GOOD = "Treaty of Friendship\n\nDone at Lisbon on the second day of May 1950.\n"


@pytest.fixture
def pact():
    """Two coders, an adjudicating exporter, two documents in a round of both."""
    made = table({}, slug="pact", labels=("C1", "C2"))
    made.round.delete()
    for name in ("d1", "d2"):
        document(made.round.project, name, by=made.pi.user)
    assert run("open_round", "pact", "pilot", "--coders", "C1,C2", "--seed", 1).code == 0
    return made.round.project


# --- import_documents


def test_what_is_no_file_is_told_apart_from_what_is_not_there(tmp_path) -> None:
    run("create_project", "pact", "--title", "T")
    folder, empty, pipe = tmp_path / "in", tmp_path / "empty", tmp_path / "pipe"
    folder.mkdir()
    empty.mkdir()
    os.mkfifo(pipe)
    (folder / "broken").symlink_to(tmp_path / "nowhere")
    (folder / "ok.txt").write_text(GOOD)
    what = "is no file that can be read (a broken link, a pipe or a device)."

    done = run("import_documents", "pact", folder, empty, pipe, tmp_path / "nowhere")

    assert (done.code, done.lines) == (1, ["1 document added: 1 read, 0 could not be read."])
    assert done.refused == [
        f"refused: {folder / 'broken'}: {what}",
        f"refused: {empty}: the folder holds no file.",
        f"refused: {pipe}: {what}",
        f"refused: {tmp_path / 'nowhere'}: there is no such file or folder.",
    ]


def test_a_file_in_another_encoding_is_read_and_the_doubt_is_told(tmp_path) -> None:
    run("create_project", "pact", "--title", "T")
    page = '<html><head><meta charset="utf-8"></head><body><p>Le traité est signé à Évian.</p></body></html>'
    (tmp_path / "page.html").write_bytes(page.encode("cp1252"))
    (tmp_path / "bom.txt").write_bytes(b"\xef\xbb\xbfOne line.\r\nAnother line.\r\n")

    done = run("import_documents", "pact", tmp_path)

    assert done.code == 0
    assert done.lines[0] == "2 documents added: 2 read, 0 could not be read."
    assert [line.split(":")[0] for line in done.lines[1:]] == ["look at page.html"]
    bodies = dict(Document.objects.values_list("external_id", "current_text__body"))
    assert bodies["page"] == "Le traité est signé à Évian."
    assert bodies["bom"].startswith("One line.") and "\r" not in bodies["bom"]


# --- create_project, add_member, open_round


def test_all_mistakes_of_a_codebook_are_told_apart(tmp_path) -> None:
    (tmp_path / "book.yaml").write_text("a: 1\n")

    done = run("create_project", "pact", "--title", "T", "--codebook", tmp_path / "book.yaml")

    assert done.refused[0].count("; line 1: ") == 2
    assert (
        "is neither a file"
        in run("create_project", "p2", "--title", "T", "--codebook", tmp_path).refused[0]
    )


def test_a_person_who_was_refused_is_not_left_behind_as_a_user() -> None:
    run("create_project", "pact", "--title", "T")

    for words in (("--roles", "cook"), ("--roles", ""), ("--roles", "coder", "--label", "a;b")):
        assert run("add_member", "pact", "newcomer", *words).code == 1

    assert list(User.objects.values_list("username", flat=True)) == ["console"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--per-document", -1), "Every document needs at least one coder."),
        (("--per-document", 3), "3 coders per document were asked for, but there are only 2."),
        (("--documents", "d1", "d1"), 'The document "d1" was given twice.'),
        (("--seed", -5), "A seed is a whole number from 0 to "),
        (("--seed", 10**30), "A seed is a whole number from 0 to "),
    ],
)
def test_a_round_that_cannot_be_drawn_is_refused_with_the_names_people_know(
    pact, words, said
) -> None:
    done = run("open_round", "pact", "second", "--coders", "C1,C2", *words)

    assert (done.code, done.refused[0][: len(said)]) == (1, said)
    assert (
        'The coder "C1" was given twice.'
        in run("open_round", "pact", "second", "--coders", "C1,C1").refused
    )
    assert [one.name for one in pact.rounds.all()] == ["pilot"]


def test_a_seed_draws_the_same_in_every_installation() -> None:
    drawn = []
    for slug in ("one", "two"):
        made = table({}, slug=slug, labels=("C1", "C2", "C3"))
        for n in range(9):
            document(made.round.project, f"d{n}", by=made.pi.user)
        data, _ = as_json(
            "open_round", slug, "again", "--coders", "C1,C2,C3", "--per-document", 2, "--seed", 3
        )
        drawn.append(data["assignments"])

    assert drawn[0] == drawn[1]


# --- import_codings


def line(**more) -> dict:
    return {"document": "d1", "coder": "C1", "outcome": "events", "events": [event()], **more}


def coded(**more) -> dict:
    return line(events=[{**event(own_id="a"), **more}])


BAD = [
    (b'\xff\xfe{\x00"\x00', "The line is not UTF-8 (byte 1). Save the file as UTF-8."),
    (b"null", "The line must be a JSON object."),
    (b'{"document": "' + b"x" * 5_000_000 + b'"}', "The line is longer than 5 MB."),
    (b"[" * 50_000, "The line is nested too deeply."),
    (b'{"document": ' + b"9" * 5_000 + b"}", "The line holds a number with too many figures."),
    (b'{"coder": "C1", "coder": "C2"}', "“coder” stands twice in one object."),
    (line(events={"a": 1}), "“events” must be a list."),
    (line(events=["x"]), "event 1 must be an object."),
    (line(near_misses=["x"]), "near miss 1 must be an object."),
    (coded(type=["EX"]), "event 1: “['EX']” is no event type of the codebook"),
    (coded(values=[1]), "event 1: “values” must be an object."),
    (coded(evidence=[[1, 2]]), "event 1: “evidence” must be an object."),
    (coded(evidence={"start": [[1.5, 2]]}), "event 1: A passage needs a start and an end in whole code points."),
    (coded(whole_document={"start": None}), "event 1: start: “reason” must be text"),
    (coded(values={"title": "x" * 30_000}), "event 1: title: the text has 30,000 characters"),
    (coded(values={"title": "a\0b"}), "A text holds a character that cannot be recorded"),
    (coded(values={"troops": 1e400}), "Infinity is not a value"),
]  # fmt: skip


@pytest.mark.parametrize(("bad", "said"), BAD)
def test_a_line_from_another_program_is_told_and_the_next_ones_are_taken(
    pact, tmp_path, bad, said
) -> None:
    good = line(document="d2")
    path = write(
        tmp_path / "codings.jsonl",
        b"\xef\xbb\xbf" + json.dumps(good).encode() + b"\r",
        bad,
        b"\r",
        line(),
    )

    done = run("import_codings", "pact", path)

    assert (done.code, done.lines) == (1, ["2 of 3 lines imported: 2 events, 0 near misses."])
    assert [one[: len(f"refused: line 2: {said}")] for one in done.refused] == [
        f"refused: line 2: {said}"
    ]
    assert Assignment.objects.filter(coder__label="C2").exclude(version=0).count() == 0


def test_a_link_to_an_event_that_is_not_in_the_line_is_refused(tmp_path) -> None:
    book = samples.CODEBOOK.replace(
        "  - {name: weight,", "  - {name: after, label: After, type: event_ref}\n  - {name: weight,"
    )
    made = table({}, slug="linked", labels=("C1",), source=book)
    document(made.round.project, "d1", by=made.pi.user)
    run("open_round", "linked", "pilot", "--coders", "C1", "--per-document", 1)

    for given in ("zzz", ["a"], {"a": 1}, "C1:1"):
        path = write(tmp_path / "codings.jsonl", coded(values={"after": given}))
        refused = run("import_codings", "linked", path, "--round", "pilot").refused
        told = given[0] if isinstance(given, list) else given
        if told != "a":
            assert refused == [
                f"refused: line 1: event 1: after: no event of this line has the id “{told}”."
            ]
        else:
            assert refused[0].startswith("refused: line 1: event 1: after: ")


def test_a_file_that_is_no_json_lines_is_told_once(pact, tmp_path) -> None:
    path = tmp_path / "pretty.json"
    path.write_text(json.dumps(line(), indent=1))

    done = run("import_codings", "pact", path)

    assert done.code == 1
    (told,) = done.refused
    assert told.startswith(
        "refused: No line holds a JSON object of its own. The file must be JSON Lines: "
    )


def test_codings_imported_twice_are_known_and_stay_as_they_were(pact, tmp_path) -> None:
    path = write(
        tmp_path / "codings.jsonl", line(), line(document="d2", events=[], outcome="no_event")
    )
    run("import_codings", "pact", path)
    before = list(
        Assignment.objects.order_by("pk").values("pk", "version", "state", "submitted_at")
    )

    again = run("import_codings", "pact", path)

    assert (again.code, again.refused) == (0, [])
    assert again.lines == [
        "0 of 2 lines imported: 0 events, 0 near misses, 2 codings here already."
    ]
    assert (
        list(Assignment.objects.order_by("pk").values("pk", "version", "state", "submitted_at"))
        == before
    )


@pytest.mark.parametrize(
    "words", [("import_codings", "pact"), ("adjudicate", "pact", "--decisions")]
)
def test_a_file_of_lines_must_be_a_file_with_lines(pact, tmp_path, words) -> None:
    blank = tmp_path / "blank.jsonl"
    blank.write_bytes(b"\xef\xbb\xbf\r\n \n")

    for given, said in (
        (tmp_path, f"{tmp_path} is a folder; a file is expected."),
        (tmp_path / "none", f"There is no file {tmp_path / 'none'}."),
        (blank, "blank.jsonl is empty; nothing was done."),
    ):
        done = run(*words, given)
        assert (done.code, done.refused) == (1, [said])


# --- adjudicate


TWO = {"d1": {"C1": [event(own_id="a", status=1)], "C2": [event(status=4)]}}


def test_decisions_of_every_wrong_shape_are_told_and_the_good_one_is_taken(tmp_path) -> None:
    aligned_table(TWO, slug="pact")
    about = {"document": "d1", "about": "C1:a", "field": "status", "reason": "r"}
    path = write(
        tmp_path / "decisions.jsonl",
        {**about, "group": ["g"], "value": 1}, {**about, "field": ["status"], "value": 1}, {**about, "take": ["C1"]},
        {**about, "document": {"a": 1}, "value": 1}, {**about, "about": "C1:²", "value": 1},
        {**about, "about": f"C1:{'9' * 30}", "value": 1}, {**about, "error_kind": ["slip"], "value": 1},
        {**about, "field": "event_type", "value": {"a": 1}}, {**about, "field": "@event", "value": [1]},
        b'{"document": "d1", "reason": "r", "reason": "s"}', b'{"value": ' + b"9" * 5_000 + b"}",
        {**about, "value": 10**30}, {**about, "take": "C2"},
    )  # fmt: skip

    done = run("adjudicate", "pact", "--decisions", path)

    assert (done.code, done.lines[0]) == (1, f"1 decision taken from {path}.")
    assert [one.split(": ", 2)[1] for one in done.refused] == [f"line {n}" for n in range(1, 13)]
    assert [one.value for one in Decision.objects.all()] == [[4]]


# --- release


def test_nothing_is_published_that_cannot_be_written_out(tmp_path) -> None:
    aligned_table(TWO, slug="pact")
    run("adjudicate", "pact", "--accept-agreed")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")

    for out in ("file", "file/below", "full"):
        done = run("release", "pact", "--version", "0.1.0", "--out", tmp_path / out, "--publish")
        assert (done.code, done.refused) == (
            1,
            [f"{tmp_path / out} is not an empty folder; nothing was written."],
        )

    assert Release.objects.get().state == "draft"
    assert (tmp_path / "file").read_text() == (tmp_path / "full" / "mine").read_text() == "mine"
    assert (
        run(
            "release",
            "pact",
            "--version",
            "0.1.0",
            "--out",
            tmp_path / "new" / "folder",
            "--publish",
            "--waive",
            "all=Known.",
        ).code
        == 0
    )


def test_verify_tells_a_folder_that_is_no_release(tmp_path) -> None:
    (tmp_path / "MANIFEST.json").write_text("{")
    assert run("verify", tmp_path).refused == [f"{tmp_path / 'MANIFEST.json'} is not a manifest"]

    (tmp_path / "MANIFEST.json").unlink()
    (tmp_path / "MANIFEST.json").mkdir()
    assert run("verify", tmp_path).refused == [
        f"{tmp_path / 'MANIFEST.json'} cannot be read: Is a directory"
    ]


# --- what is printed


def test_a_reader_who_has_seen_enough_is_no_traceback(tmp_path) -> None:
    """As with `| head -1`: the other end of the pipe is closed before anything is printed."""
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**os.environ, "CONCORD_DATA": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    environment.pop("DATABASE_URL", None)
    migrated.migrate(environment)
    try:
        done = subprocess.run(
            [sys.executable, "manage.py", "create_project", "pact", "--title", "T"],
            cwd=ROOT, env=environment, stdout=writing, stderr=subprocess.PIPE, timeout=120, check=False,
        )  # fmt: skip
    finally:
        os.close(writing)

    assert (done.returncode, done.stderr) == (1, b"")
