"""What a spreadsheet would run is guarded, what is a number stays one, and the way back gives the text again."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.spreadsheets import guarded, unguarded, written

SIGNS = "=+-@\t\r\n＝＋－＠"


@pytest.mark.parametrize("sign", SIGNS)
def test_no_cell_begins_as_a_formula_does(sign):
    table = written(["name"], [[f"{sign}HYPERLINK(1)"], [f"'{sign}x"]])

    read = list(csv.reader(io.StringIO(table, newline="")))

    assert read == [["name"], [f"'{sign}HYPERLINK(1)"], [f"''{sign}x"]]


def test_numbers_stay_numbers_also_where_they_are_written_as_text():
    rows = [[-9, "-9", "-0.5", "+3e5", None, 0.25, "", "-5 degrees"]]

    assert written(list("abcdefgh"), rows, end="\n") == (
        "a,b,c,d,e,f,g,h\n-9,-9,-0.5,+3e5,,0.25,,'-5 degrees\n"
    )


@given(st.text(alphabet=st.sampled_from("'=+-@ a1\t\r\n＝"), max_size=6))
def test_what_was_guarded_comes_back_as_it_was(text):
    assert unguarded(guarded(text)) == text
