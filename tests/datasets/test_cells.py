import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets import cells
from datasets.cells import Missing, encode, encoded, encoded_columns
from projects.spreadsheets import guarded

FORMULA_SIGNS = "=+-@\t\r\n＝＋－＠"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (None, ""),
        ("", ""),
        ("plain", "plain"),
        ("a,b", '"a,b"'),
        ('say "no"', '"say ""no"""'),
        ("two\nlines", '"two\nlines"'),
        ("old\rmac", '"old\rmac"'),
        ("=1+1", "'=1+1"),
        ("+31 6", "'+31 6"),
        ("-5 degrees", "'-5 degrees"),
        ("@name", "'@name"),
        ("\tindented", "'\tindented"),
        ("\rreturned", '"\'\rreturned"'),
        ("＝wide", "'＝wide"),
        ("=1,2", '"\'=1,2"'),
        ("'=kept", "''=kept"),
        ("'quoted'", "'quoted'"),
        ("it = so", "it = so"),
        (0, "0"),
        (-9, "-9"),
        (True, "1"),
        (150000000, "150000000"),
        (2.0, "2"),
        (0.1, "0.1"),
        (1e-7, "1e-07"),
        (-0.5, "-0.5"),
    ],
)
def test_a_value_becomes_a_cell(cell: cells.Cell, written: str) -> None:
    assert cells.encode(cell, keep_codes=True) == written
    assert cells.encode(cell, keep_codes=False) == written


def test_missing_is_a_code_in_one_edition_and_empty_in_the_other() -> None:
    assert cells.encode(Missing("-9"), keep_codes=True) == "-9"
    assert cells.encode(Missing("-9"), keep_codes=False) == ""


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="not a number that can be published"):
        cells.encode(value, keep_codes=True)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, None),
        ("-7", Missing("-7")),
        (-9, -9),
        ("1951-06/..", "1951-06/.."),
        ([2, 20], "2;20"),
        ([], ""),
        (["land", "sea"], "land;sea"),
        ({"amount": 1.5, "currency": "USD", "scale": "billions"}, "1.5 billions USD"),
        ({"200": 5, "2": 100}, "2=100;200=5"),
    ],
)
def test_any_canonical_value_is_one_cell(value: object, cell: cells.Cell) -> None:
    assert cells.any_value(value) == cell


@given(
    st.lists(
        st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
        min_size=2,
        max_size=5,
    )
)
def test_what_a_csv_reader_reads_back_is_the_guarded_text(texts: list[str]) -> None:
    written = cells.line(texts, keep_codes=True)

    (read,) = csv.reader(io.StringIO(written, newline=""))

    assert read == [guarded(text) for text in texts]
    assert not any(cell.startswith(tuple(FORMULA_SIGNS)) for cell in read)


@given(st.text(alphabet="'=+-@\ta"))
def test_the_guard_can_be_taken_away_again(text: str) -> None:
    cell = guarded(text)

    bare = cell.lstrip("'")
    is_guarded = cell.startswith("'") and bare.startswith(tuple(FORMULA_SIGNS))

    assert (cell[1:] if is_guarded else cell) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_decimals_read_back_as_the_same_number(value: float) -> None:
    assert float(cells.number(value)) == value


@pytest.mark.parametrize("keep_codes", [True, False])
@pytest.mark.parametrize(
    "column",
    [
        [], [None, None], [1, 2], [1, None], ["a", "=b", 'c"', "", None], ["plain", "too"], [date(1951, 9, 1), None],
        [4, Missing("-9"), None], [Missing("-8")], [1.5, 2.0, None], [True, 1], ["a", 4, Missing("-9"), date(1951, 9, 1)],
        ["'=a", "＝b", "\tc", "a\0=b"],
    ],
)  # fmt: skip
def test_a_column_is_encoded_as_its_cells_are(column, keep_codes) -> None:
    one_by_one = ["" if c is None else encode(c, keep_codes=keep_codes) for c in column]

    assert list(encoded(column, keep_codes=keep_codes)) == one_by_one


def test_neighbours_that_are_empty_in_all_rows_stand_as_one_and_the_lines_stay_as_they_are() -> (
    None
):
    columns = [[None, None], ["a", "b"], [None, None], [None, None], [1, None], [None, None]]

    parts = encoded_columns(columns, keep_codes=True)

    assert parts == [["", ""], ["a", "b"], [",", ","], ["1", ""], ["", ""]]
    lines = [",".join(line) for line in zip(*parts, strict=True)]
    assert lines == [",a,,,1,", ",b,,,,"]
    assert lines == [cells.joined_cells(row, keep_codes=True) for row in zip(*columns, strict=True)]
    assert encoded_columns([], keep_codes=True) == []
