"""Codings out and in by commands: what is lost and what is wrong is printed, and the code says whether anything was refused."""

import zipfile

import pytest

from coding.exchange import FORMATS
from coding.models import Assignment, Exchange
from tests import factories
from tests.config.test_street import as_json, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return factories.scene()


def test_what_is_lost_is_printed_counted_and_kept_beside_the_file(scene, tmp_path):
    out = tmp_path / "codings.jsonl"

    done = run("export_codings", "alliances", "--format", "doccano", "--out", out)

    note = (tmp_path / "codings.jsonl.READ-ME.txt").read_text()
    assert done.code == 0
    assert done.lines[0] == f"2 codings written as doccano JSON Lines: {out}, {out}.READ-ME.txt."
    assert "  outcomes of the reading: 0 of 2" in done.lines
    for sentence in FORMATS["doccano"].losses:
        assert f"  - {sentence}" in done.lines
        assert f"  - {sentence}" in note.splitlines()
    assert Exchange.objects.get().state == "done"


@pytest.mark.parametrize("format", FORMATS)
def test_each_format_is_written_into_a_folder_or_an_archive(scene, tmp_path, format):
    folder, archive = tmp_path / "out", tmp_path / "out.zip"

    assert run("export_codings", "alliances", "--format", format, "--out", folder).code == 0
    assert run("export_codings", "alliances", "--format", format, "--out", archive).code == 0

    written = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert written == set(zipfile.ZipFile(archive).namelist())
    assert "READ-ME.txt" in written


def test_a_coder_gets_own_codings_only(scene, tmp_path):
    data, code = as_json(
        "export_codings", "alliances", "--format", "concord", "--out", tmp_path / "a.jsonl", "--by", "coder",
    )  # fmt: skip

    assert (code, data["codings"]) == (0, 1)
    assert "Secret title of C2" not in (tmp_path / "a.jsonl").read_text()


def test_a_manager_who_sees_no_codings_gets_none(scene, tmp_path):
    done = run("export_codings", "alliances", "--format", "concord", "--out", tmp_path / "a", "--by", "manager")  # fmt: skip

    assert (done.code, done.refused) == (1, ["There are no codings that M1 may take out yet."])


def test_a_table_is_looked_at_first_and_then_taken_in(scene, tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text(
        "Doc,Kind,Title,Giver,Start,Status,Source\n"
        "d1,Manoeuvres,Shield,USA,1951,4,NYT\n"
        ",EX,Lance,Utopia,1952,4,Times\n"
    )
    words = (
        "import_codings", "alliances", path, "--format", "spreadsheet", "--coder", "C1", "--new-round", "By hand",
        "--columns", "Giver=provider", "Kind=@type", "--types", "Manoeuvres=EX",
    )  # fmt: skip

    looked = run(*words, "--check")
    assert not Assignment.objects.filter(round__name="By hand").exists()
    done = run(*words)
    again, code = as_json(*words)

    wrong = "refused: row 3, column “Giver”: “Utopia” is not a state in the list. Use a COW code, abbreviation or name."  # fmt: skip
    assert (looked.code, looked.refused) == (1, [wrong])
    assert looked.lines[0] == "1 of 1 line can be imported: 1 event, 0 near misses."
    assert (done.code, done.refused) == (1, [wrong])
    assert done.lines[0] == "1 of 1 line imported: 1 event, 0 near misses."
    assert (code, again["imported"], again["known"]) == (1, 0, 1)
    (came,) = Assignment.objects.filter(round__name="By hand")
    assert (came.state, came.events.get().type) == ("submitted", "EX")


def test_what_went_out_comes_in_again_by_command(scene, tmp_path):
    out = tmp_path / "codings.zip"
    run("export_codings", "alliances", "--format", "web-annotation", "--out", out)

    done = run("import_codings", "alliances", out, "--format", "web-annotation")

    assert (done.code, done.lines) == (
        0,
        ["0 of 2 lines imported: 0 events, 0 near misses, 2 codings here already."],
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--coders", "ada"), "“ada” is not of the form NAME=MEANING."),
        (("--round", "no"), "There is no round “no” (rounds: pilot)."),
    ],
)
def test_what_cannot_be_meant_is_told(scene, tmp_path, words, said):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "x", "label": []}')

    done = run("import_codings", "alliances", path, "--format", "doccano", *words)

    assert (done.code, done.refused) == (1, [said])
