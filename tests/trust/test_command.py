"""The one command: what it finds, how it gathers, what becomes of a programme that does not end well."""

import pytest

from tests.trust import __main__ as trust
from tests.trust import figures, standing
from tests.trust.figures import Figure

GOOD = Figure("nothing is lost", "10 kills", "10 kills, 0 lost", True, 2.4)
BAD = Figure("nothing is seen", "0 leaks", "1 leak", False)


def test_programmes_are_found_by_what_they_end_in_and_chosen_by_their_beginnings():
    found = trust.programmes()

    assert found["saves"] == ["-m", "tests.trust.saves"]
    assert found["races"] == ["-m", "tests.trust.standing", "races"]
    assert not {"figures", "nursery", "coders", "standing", "__main__"} & set(found)
    assert list(trust.chosen(["sav"])) == ["saves"]
    assert trust.about("saves").startswith("No acknowledged save is lost")


def test_figures_are_gathered_and_stand_in_one_table(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(figures.FIGURES_FILE, str(tmp_path / "figures"))

    assert (figures.tell(GOOD), figures.tell(BAD)) == (0, 1)
    assert figures.read(tmp_path / "figures") == [GOOD, BAD]
    assert figures.table([GOOD, BAD]).splitlines() == [
        "| promise         | asked    | reached          | s |        |",
        "| --------------- | -------- | ---------------- | - | ------ |",
        "| nothing is lost | 10 kills | 10 kills, 0 lost | 2 | stands |",
        "| nothing is seen | 0 leaks  | 1 leak           | 0 | BROKEN |",
    ]


TELL = "from tests.trust.figures import Figure, tell; tell(Figure('a', 'b', 'c', True)); "


@pytest.mark.parametrize(
    ("words", "reached", "seconds"),
    [
        ("pass", "told nothing, exit code 0", 100),
        (f"{TELL} raise SystemExit(3)", "ended with code 3", 100),
        ("import time; time.sleep(600)", "stopped: its time was over", 1),
    ],
)
def test_one_that_does_not_end_well_is_told_beside_what_it_told(tmp_path, words, reached, seconds):
    told = trust.run("x", ["-c", words], seconds=seconds, gathered=tmp_path / "figures")

    assert (told[-1].promise, told[-1].reached, told[-1].stands) == ("x", reached, False)
    assert len(told) == (2 if TELL in words else 1)


def test_unknown_names_are_told_with_those_there_are(capsys):
    with pytest.raises(SystemExit):
        trust.main(["nothing"])

    assert "there is no such programme; there are " in capsys.readouterr().err


def test_what_stands_elsewhere_is_counted_in_pytests_own_words():
    assert standing._reached(".....\n5 passed, 2 deselected in 0.31s\n") == "5 passed, 2 deselected"
    assert standing._reached("seed 0: ab\nseed 1: ab\n") == "2 builds, 1 manifest"
