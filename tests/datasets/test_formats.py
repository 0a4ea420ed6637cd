"""Parquet, Stata and JSON Lines say what the CSV beside them says, with types and labels, read as their users read them."""

import csv
import json
from datetime import date
from pathlib import Path

import pandas
import pyarrow.parquet as pq
import pytest
from pandas.io.stata import StataReader

from datasets import formats
from datasets.manifest import _written
from datasets.tables import Build, Parameters
from tests.datasets.samples import STATES, coverage, incident, records

pytestmark = pytest.mark.usefixtures("all_formats")
LONG = "ünï, “quoted”, " * 300


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    told = [
        incident("i1", title='=x"y"\nz', ex_troops_best=300, status="-9"),
        incident("i2", "MA", title=LONG, ma_share=-2.5),
        incident("i3", "TO", title="'=kept", to_signed="1951-09-08", to_obligations=["consul"]),
        incident("i4", "MB", title="-9", mb_personnel_best=3_000_000_000),
    ]
    made = Build(
        records(*told, coverage=coverage(2, 732, first=1977, last=1979)),
        Parameters("0.1.0"),
        states=STATES,
    )
    directory = tmp_path_factory.mktemp("release")
    for file in made.files():
        _written(directory / file.path, file)
    for file in formats.files(made.tables, directory):
        _written(directory / file.path, file)
    return directory


def csv_rows(folder: Path, path: str) -> list[dict[str, str]]:
    with (folder / path).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_every_table_has_every_format_with_as_many_rows_and_the_same_columns(folder) -> None:
    for path in folder.rglob("*.csv"):
        stem = path.relative_to(folder).with_suffix("")
        rows = csv_rows(folder, f"{stem}.csv")
        with path.open(encoding="utf-8", newline="") as opened:
            names = next(csv.reader(opened))

        parquet = pq.read_table(folder / "parquet" / f"{stem}.parquet")
        stata = pandas.read_stata(folder / "stata" / f"{stem}.dta", convert_categoricals=False)
        lines = (folder / "jsonl" / f"{stem}.jsonl").read_text(encoding="utf-8").splitlines()

        assert (parquet.num_rows, parquet.column_names) == (len(rows), names), stem
        assert (len(stata), list(stata.columns)) == (len(rows), names), stem
        assert [list(json.loads(line)) for line in lines] == [names] * len(rows), stem


def test_parquet_has_types_labels_and_texts_without_their_guard(folder) -> None:
    codes = pq.read_table(folder / "parquet/codes/incidents.parquet")
    analysis = pq.read_table(folder / "parquet/analysis/incidents.parquet")

    assert codes["title"].to_pylist() == ['=x"y"\nz', LONG, "'=kept", "-9"]
    assert codes["to_signed_earliest"].to_pylist() == [None, None, date(1951, 9, 8), None]
    assert codes["ma_share"].to_pylist() == [None, -2.5, None, None]
    assert codes["status"].to_pylist() == [-9, None, None, None]
    assert analysis["status"].to_pylist() == [None] * 4
    about = codes.schema.field("status").metadata
    assert about[b"label"] == b"Status"
    assert about[b"codes"].startswith(b"1 = planned; 4 = carried out; completed")


def test_stata_opens_with_labels_days_and_long_texts(folder) -> None:
    path = folder / "stata/codes/incidents.dta"
    with StataReader(path) as reader:
        assert reader.value_labels()["status"] == {
            -9: "the source does not show", -8: "not applicable", 1: "planned",
            4: "carried out; completed",
        }  # fmt: skip
        assert reader.variable_labels()["title"] == "Short title"
        assert reader.time_stamp == "01 Jan 2000 00:00"
    read = pandas.read_stata(path, convert_categoricals=False)

    assert read["title"].tolist() == ['=x"y"\nz', LONG, "'=kept", "-9"]
    assert read["status"].tolist()[0] == -9
    assert read["status"].isna().tolist() == [False, True, True, True]
    assert read["mb_personnel_best"].tolist()[3] == 3_000_000_000
    assert read["to_signed_earliest"][2] == pandas.Timestamp("1951-09-08")


def test_stata_says_where_its_parts_begin(folder) -> None:
    for path in (folder / "stata").rglob("*.dta"):
        content = path.read_bytes()
        at = content.index(b"<map>") + 5
        places = [int.from_bytes(content[at + 8 * n : at + 8 * n + 8], "little") for n in range(14)]
        parts = [
            b"<stata_dta>", b"<map>", b"<variable_types>", b"<varnames>", b"<sortlist>", b"<formats>",
            b"<value_label_names>", b"<variable_labels>", b"<characteristics>", b"<data>", b"<strls>",
            b"<value_labels>", b"</stata_dta>",
        ]  # fmt: skip
        for place, part in zip(places, parts, strict=False):
            assert content[place : place + len(part)] == part, (path, part)
        assert places[13] == len(content)


def test_json_lines_hold_what_parquet_holds(folder) -> None:
    for name in ("codes/incidents", "directed_dyad_year", "evidence", "decisions"):
        lines = (folder / f"jsonl/{name}.jsonl").read_text(encoding="utf-8").splitlines()
        told = [
            {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()}
            for row in pq.read_table(folder / f"parquet/{name}.parquet").to_pylist()
        ]

        assert [json.loads(line) for line in lines] == told


def test_rows_across_batches_stay_in_order(folder, monkeypatch) -> None:
    from datasets.formats import json_lines, parquet, stata, typed

    made = Build(
        records(*[incident(f"i{n:03}", title=f"T {n}" * 60) for n in range(50)]),
        Parameters("0.1.0"),
        states=STATES,
    )
    (table,) = [one for one in made.tables if one.name == "incidents"]
    monkeypatch.setattr(typed, "_ROWS", 7)
    for one in (json_lines, stata):
        monkeypatch.setattr(one, "_ROWS", 7)
    for file in made.files():
        _written(folder / "many" / file.path, file)
    path = folder / "many/codes/incidents.csv"

    (folder / "many.parquet").write_bytes(b"".join(parquet.chunks(path, table, True)))
    (folder / "many.dta").write_bytes(b"".join(stata.chunks(path, table, True)))
    lines = b"".join(json_lines.chunks(path, table, True)).splitlines()

    wanted = [f"T {n}" * 60 for n in range(50)]
    assert pq.read_table(folder / "many.parquet")["title"].to_pylist() == wanted
    assert pandas.read_stata(folder / "many.dta")["title"].tolist() == wanted
    assert [json.loads(line)["title"] for line in lines] == wanted
