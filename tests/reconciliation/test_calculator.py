"""The calculator for anybody's table: names and levels of figures, missing values, plain refusals."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from reconciliation import calculator
from reconciliation.calculator import Problem, TableInvalid, calculate, calculate_spans

FOUR_OBSERVERS = """A,B,C,D
1,1,,1
2,2,3,2
3,3,3,3
3,3,3,3
2,2,2,2
1,2,3,4
4,4,4,4
1,1,2,1
2,2,2,2
,5,5,5
,,1,1
,3,,
"""
SPANS = "coder,start,end,label\n1,2,5,1\n2,2,5,1\n2,10,20,2\n3,2,5,2\n3,15,20,2\n"


def values(text: str, level: str, **options: object) -> dict[str, float | None]:
    return {f.coefficient: f.value for f in calculate(text, level, **options).figures}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("level", "alpha"),
    [
        ("nominal", 0.743421053),
        ("ordinal", 0.815387504),
        ("interval", 0.849107143),
        ("ratio", 0.797402775),
    ],
)
def test_published_example_through_a_table(level: str, alpha: float) -> None:
    assert values(FOUR_OBSERVERS, level)["krippendorff_alpha"] == pytest.approx(alpha, abs=1e-8)


@pytest.mark.parametrize(
    ("level", "names"),
    [
        (
            "nominal",
            "percent_agreement krippendorff_alpha krippendorff_alpha[x] krippendorff_alpha[y] cohen_kappa "
            "scott_pi fleiss_kappa gwet_ac1 brennan_prediger",
        ),
        (
            "ordinal",
            "percent_agreement krippendorff_alpha weighted_kappa_linear gwet_ac2_linear "
            "weighted_kappa_quadratic gwet_ac2_quadratic",
        ),
        ("interval", "percent_agreement krippendorff_alpha icc mean_absolute_difference"),
        ("ratio", "percent_agreement krippendorff_alpha icc mean_absolute_difference"),
        ("set", "percent_agreement alpha_masi alpha_jaccard"),
        ("date", "percent_agreement krippendorff_alpha alpha_date_overlap alpha_date_precision"),
    ],
)
def test_figures_of_each_level(level: str, names: str) -> None:
    cells = {"nominal": "xyy", "set": ["a;b", "a", "{}"], "date": ["1951", "1951-06-25", "1960"]}
    one, two, three = cells.get(level, "123")
    table = f"A,B\n{one},{one}\n{two},{two}\n{three},{two}\n"

    figures = calculate(table, level, replicates=20).figures

    assert [f.coefficient for f in figures] == names.split()
    assert {f.level for f in figures} == {level}


def test_weights_choose_the_weighted_figures() -> None:
    assert list(values("A,B\n1,2\n2,2\n3,1\n", "ordinal", weights="linear"))[2:] == [
        "weighted_kappa_linear",
        "gwet_ac2_linear",
    ]


def test_sets_may_be_empty_and_their_order_is_nothing() -> None:
    figures = values("A,B\na;b,b; a\n{},{}\nc,c;d\n,x\n", "set")

    assert figures["percent_agreement"] == pytest.approx(2 / 3)


def test_dates_compare_by_their_middle_day() -> None:
    as_days = values("A,B\n712251,712251\n712260,712263\n712300,712290\n", "interval")
    as_dates = values(
        "A,B\n1951-02-03,1951-02-03\n12 Feb 1951,1951-02-15\n1951-03-24,1951-03-14\n", "date"
    )

    assert as_dates["krippendorff_alpha"] == pytest.approx(as_days["krippendorff_alpha"], abs=1e-12)


def test_documents_are_drawn_where_a_column_names_them() -> None:
    table = "doc,id,A,B\n" + "".join(f"d{k // 3},u{k},{k % 4},{k % 3}\n" for k in range(30))

    by_document = calculate(table, "nominal", unit="id", cluster="doc", seed=1)
    by_unit = calculate(table, "nominal", unit="id", cluster="doc", interval="unit", seed=1)
    by_row = calculate(
        table.replace("doc,", "X,").replace("id,", "Y,"), "nominal", unit="Y", cluster="X", seed=1
    )

    assert (by_document.n_units, by_document.n_coders) == (30, 2)
    assert {f.interval for f in by_document.figures if f.value is not None} == {"cluster"}
    assert {f.interval for f in by_unit.figures if f.value is not None} == {"unit"}
    assert by_row.figures == by_document.figures


def test_rows_are_drawn_and_named_so_without_documents() -> None:
    figures = calculate("A,B\n1,2\n2,2\n1,1\n", "nominal", interval="cluster").figures

    assert {f.interval for f in figures if f.value is not None} == {"unit"}


def test_one_category_is_undefined_with_a_reason() -> None:
    figures = calculate("A,B\nx,x\nx,x\n", "nominal").figures

    reasons = {f.coefficient: f.reason for f in figures}
    assert reasons.pop("percent_agreement") is None
    assert set(reasons.values()) == {"one value used by all"}


def test_passages() -> None:
    result = calculate_spans(SPANS, 60)

    assert {f.coefficient: f.value for f in result.figures} == pytest.approx(
        {
            "u_alpha": 0.398298142,
            "bar_u_alpha": 0.523801045,
            "cu_alpha": 0.357142857,
            "ku_alpha[1]": 0.3125,
            "ku_alpha[2]": 0.390625,
        },
        abs=1e-8,
    )
    assert result.coverage["cu_alpha"] == pytest.approx(0.0777777778)
    assert (result.n_units, result.n_coders) == (5, 3)


def test_a_coder_alone_in_a_row_marked_nothing() -> None:
    result = calculate_spans("coder,start,end,label\nA,0,4,x\nB,,,\n", 10)

    assert (result.n_coders, result.n_units) == (2, 1)
    assert result.figures[0].value is not None


def test_offsets_may_begin_elsewhere() -> None:
    moved = calculate_spans("coder,start,end,label\nA,100,104,x\nB,101,105,x\n", 10, begin=98)
    plain = calculate_spans("coder,start,end,label\nA,2,6,x\nB,3,7,x\n", 10)

    assert moved.figures[0].value == plain.figures[0].value


@pytest.mark.parametrize(
    ("text", "level", "problems"),
    [
        ("", "nominal", ["table: the table is empty; its first row must name the columns"]),
        ("A,\n1,2\n", "nominal", ["row 1, column 2: this column has no name"]),
        ("A,A\n1,2\n", "nominal", ["row 1, column A: two columns have this name"]),
        ("A,B\n1,2\n1\n1,2,3\n", "nominal", [
            "row 3: 1 cells, but the header names 2 columns",
            "row 4: 3 cells, but the header names 2 columns",
        ]),
        ("A,B\n1,x\n2,nan\n1e999,1_0\n", "interval", [
            "row 2, column B: 'x' is not a number",
            "row 3, column B: 'nan' is not a number",
            "row 4, column A: '1e999' is too large a number",
            "row 4, column B: '1_0' is not a number",
        ]),
        ("A,B\n1,-2\n", "ratio", ["row 2, column B: -2 is below zero, which the ratio level does not know"]),
        ("A,B\na;;b,a\n", "set", [
            "row 2, column A: a member of the set 'a;;b' is blank; the empty set is written {}"
        ]),
        ('A,B\n"1,2\n', "nominal", ["row 2: this row cannot be read: unexpected end of data"]),
        ("A,B\n1,2\n\n1,2\n3,x\n", "ordinal", ["row 5, column B: 'x' is not a number"]),
        ('A,B\n"two\nlines",x\ny,\n', "ratio", [
            "row 2, column A: 'two\\nlines' is not a number",
            "row 2, column B: 'x' is not a number",
            "row 4, column A: 'y' is not a number",
        ]),
    ],
)  # fmt: skip
def test_bad_tables_are_told_by_row_and_column(text: str, level: str, problems: list[str]) -> None:
    with pytest.raises(TableInvalid) as caught:
        calculate(text, level)

    assert [str(problem) for problem in caught.value.problems] == problems


def test_open_and_impossible_dates_are_told() -> None:
    with pytest.raises(TableInvalid) as caught:
        calculate("A,B\n1951-06/..,1951\n1951-02-30,1952\n", "date")

    first, second = caught.value.problems
    assert first == Problem(
        2, "A", "'1951-06/..' is open at one end, so it has no middle to compare"
    )
    assert (second.row, second.column) == (3, "A")


def test_special_columns_must_exist_and_be_filled() -> None:
    with pytest.raises(TableInvalid, match="column doc: there is no such column; there are: A, B"):
        calculate("A,B\n1,2\n", "nominal", cluster="doc")
    with pytest.raises(TableInvalid, match="row 3, column doc: the cluster is blank"):
        calculate("doc,A,B\nd,1,2\n,1,2\n", "nominal", cluster="doc")
    with pytest.raises(TableInvalid, match="row 3, column id: unit 'u' stands in row 2 too"):
        calculate("id,A,B\nu,1,2\nu,1,2\n", "nominal", unit="id")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("A,1,x,k", "row 2, column end: 'x' is not a whole number"),
        ("A,1,9,", "row 2, column label: the label is blank"),
        ("A,5,5,k", "row 2, column end: a passage must end after it starts, this is [5, 5)"),
        ("A,5,11,k", "row 2, column start: [5, 11) lies outside of the text [0, 10)"),
        (",5,6,k", "row 2, column coder: the coder is blank"),
        (
            "A,0,5,k\nA,4,6,m",
            "row 3, column start: coder A: this passage overlaps the one in row 2",
        ),
    ],
)
def test_bad_passages_are_told_by_row_and_column(row: str, problem: str) -> None:
    with pytest.raises(TableInvalid) as caught:
        calculate_spans(f"coder,start,end,label\n{row}\n", 10)

    assert [str(p) for p in caught.value.problems] == [problem]


def test_passages_need_their_columns() -> None:
    with pytest.raises(TableInvalid, match="row 1, column label: this column is missing"):
        calculate_spans("coder,start,end\nA,1,2\n", 10)


def test_tables_may_come_with_a_mark_or_from_a_spreadsheet() -> None:
    plain = values("A,B\nx,y\ny,y\nx,x\n", "nominal")

    assert (
        values(calculator.decoded("\ufeffA,B\r\nx,y\r\ny,y\r\nx,x\r\n".encode()), "nominal")
        == plain
    )
    assert values("A\tB\nx\ty\ny\ty\nx\tx\n", "nominal") == plain
    with pytest.raises(TableInvalid, match="row 2: this is not UTF-8 text"):
        calculator.decoded(b"A,B\nx,\xff\n")


def run(path: object, *options: str) -> str:
    out = io.StringIO()
    call_command("reliability", str(path), *options, stdout=out)
    return out.getvalue()


def test_command_answers_in_json(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "table.csv"
    file.write_text(FOUR_OBSERVERS)

    answer = json.loads(run(file, "--level", "nominal", "--seed", "3", "--json"))

    assert (answer["n_units"], answer["n_coders"]) == (12, 4)
    alpha = next(f for f in answer["figures"] if f["coefficient"] == "krippendorff_alpha")
    assert alpha["value"] == pytest.approx(0.743421053, abs=1e-8)
    assert (alpha["level"], alpha["interval"], alpha["reason"]) == ("nominal", "unit", None)
    assert (alpha["n_units"], alpha["n_values"]) == (11, 40)
    assert alpha["low"] < alpha["value"] < alpha["high"]
    kappa = next(f for f in answer["figures"] if f["coefficient"] == "cohen_kappa")
    assert (kappa["value"], kappa["low"]) == (None, None)
    assert kappa["reason"] == "for exactly two coders, these are 4"


def test_command_prints_a_line_a_figure(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "spans.csv"
    file.write_text(SPANS)

    lines = run(file, "--spans", "--length", "60").splitlines()

    assert lines[0] == "5 units, 3 coders"
    assert [line.split()[0] for line in lines[1:]] == [
        "u_alpha",
        "bar_u_alpha",
        "cu_alpha",
        "ku_alpha[1]",
        "ku_alpha[2]",
    ]
    assert "covers 7.8%" in lines[3]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "--level is missing"),
        (["--level", "nominal", "--weights", "linear"], "weights go with the ordinal level"),
        (["--level", "nominal", "--length", "5"], "go with --spans"),
        (["--spans"], "--spans needs --length"),
        (
            ["--spans", "--length", "5", "--level", "nominal"],
            "goes with --length and --begin alone",
        ),
        (["--spans", "--length", "0"], "length must be above zero"),
        (["--level", "interval"], "row 2, column A: 'x' is not a number"),
    ],
)
def test_command_refuses_in_words(tmp_path, options: list[str], message: str) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "table.csv"
    file.write_text("A,B\nx,1\n")

    with pytest.raises(CommandError, match=message):
        run(file, *options)


def test_command_names_a_file_it_cannot_read(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CommandError, match="nowhere.csv: No such file"):
        run(tmp_path / "nowhere.csv", "--level", "nominal")
