import io
import json

import pytest

from sources.reading import Unreadable, kind, tabular
from sources.reading.tables import days
from sources.reading.tables.mapping import check, propose
from sources.reading.tabular import Article, Fault
from tests.sources import samples


def rows(data: bytes, form: str = "jsonl", **columns: str) -> list[Article | Fault]:
    file = io.BytesIO(data)
    found = tabular.headers(file, form)
    return list(tabular.rows(file, form, check(columns, found)))


def faults(data: bytes, form: str = "jsonl") -> dict[int, str]:
    return {row.line: row.reason for row in rows(data, form) if isinstance(row, Fault)}


@pytest.mark.parametrize(
    ("data", "name", "wanted"),
    [
        (b"a,b\n1,2", "x.csv", "csv"),
        (b"a\tb", "x.TSV", "csv"),
        (b"a,b\n1,2", "x.txt", None),
        (b'{"a": 1}\n{"a": 2}\n', "upload", "jsonl"),
        (b'{"a": 1}', "one.json", "jsonl"),
        (b'{"a": 1}', "x.jsonl", "jsonl"),
        (b"{broken\n", "x.ndjson", "jsonl"),
        (b"{braces} in a text\n", "x.txt", None),
        (b"%PDF-1.7", "x.csv", None),
    ],
)
def test_tables_are_told_by_name_or_first_line(data, name, wanted):
    assert tabular.form(data, name) == wanted
    if wanted:
        assert kind(data, name) == "table"


def test_a_json_array_is_told_how_to_become_a_table():
    with pytest.raises(Unreadable) as caught:
        kind(b'[{"text": "x"}]', "a.json")
    assert "JSON Lines" in caught.value.reason


def test_a_row_becomes_an_article():
    line = {
        "id": 7, "headline": "Base\u00a0signed", "pub_date": "2020-03-04T05:06:07Z", "source": {"name": "Wire"},
        "authors": ["A", "B"], "url": "https://example.org/7", "body": ["One.", "Two."], "lang": "en",
    }  # fmt: skip

    assert rows(json.dumps(line).encode()) == [
        Article(
            1,
            "One.\n\nTwo.",
            id="7",
            title="Base signed",
            published_on="2020-03-04",
            outlet="Wire",
            author="A, B",
            address="https://example.org/7",
            language="en",
        )  # fmt: skip
    ]


def test_each_bad_line_is_told_and_the_others_are_read():
    lines = [
        b'{"text": "good"}',
        b"[" * 100_000,
        b'{"text": NaN}',
        b'{"text": "a", "text": "b"}',
        b'{"text": "\\ud800 half"}',
        b'{"text": 1' + b"0" * 5000 + b"}",
        b'{"text": "open',
        b'["no object"]',
        b'{"text": "a\\u0000b"}',
        b'{"text": "nul \x00 byte"}',
        b'{"text": {"deep": 1}}',
        b'{"text": "  "}',
        b'{"text": "caf\xe9"}',
        '{"text": "café"}'.encode(),
        b'{"text": "good too"}',
    ]

    assert faults(b"\n".join(lines)) == {
        2: "The line nests deeper than any article does.",
        3: "NaN is no JSON value.",
        4: "“text” stands twice in the object; which one counts cannot be told.",
        5: "The text cannot be used: it holds half a character (a lone surrogate).",
        6: "The line holds a number too long to be one.",
        7: "The line is not JSON: unterminated string starting at at character 10.",
        8: "The line is not a JSON object in braces.",
        9: "The text cannot be used: it holds NUL characters, which no text has.",
        10: "The line holds NUL bytes, which no text has.",
        11: "The text cannot be used: it is no text.",
        12: "“text”, the column of the text, is empty here.",
        13: "The line is not in the encoding of the rest of the file.",
    }
    assert [row.line for row in rows(b"\n".join(lines)) if isinstance(row, Article)] == [1, 14, 15]


def test_cells_that_look_like_formulas_stay_text():
    data = b'title,text\n"=HYPERLINK(""http://127.0.0.1"")",+1+2\n@SUM(1),-1\n'

    assert [(row.title, row.text) for row in rows(data, "csv")] == [
        ('=HYPERLINK("http://127.0.0.1")', "+1+2"),
        ("@SUM(1)", "-1"),
    ]


def test_a_quotation_mark_never_closed_costs_its_line_only():
    data = b'id,text\n1,good\n2,"open\n3,good\n4,"two\nlines"\n5,one,many\n6,"a"b\n7,good\n'

    assert faults(data, "csv") == {
        3: "A quotation mark opened here is never closed.",
        7: "The row has 3 cells, the table has 2 columns.",
        8: "Something stands between a closing quotation mark and the next cell. Quotation marks within a cell are doubled.",
    }
    assert [row.id for row in rows(data, "csv") if isinstance(row, Article)] == ["1", "3", "4", "7"]


def test_a_file_of_open_quotation_marks_ends():
    data = b"text\n" + b'"x\n' * 30_000

    assert len(rows(data, "csv")) <= 60


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_in_any_encoding_and_with_any_mark(encoding, mark):
    text = f"id{mark}text\n1{mark}The café in Zürich “signed” — and a longer sentence about señor Ibáñez.\n"

    (article,) = rows(text.encode(encoding), "csv")

    assert (article.id, article.text) == ("1", text.strip().partition(f"1{mark}")[2])


def test_lines_too_long_are_passed_over(monkeypatch):
    monkeypatch.setattr("sources.reading.tables.lines.MAX_LINE", 100)
    data = b'{"text": "' + b"x" * 1000 + b'"}\n{"text": "good"}\n'

    assert faults(data) == {1: "The line is longer than 100 characters."}


def test_columns_are_proposed_from_their_names():
    assert propose(["Doc_ID", "Headline", "Pub Date", "content", "Body", "Source", "x"]) == {
        "id": "Doc_ID",
        "title": "Headline",
        "date": "Pub Date",
        "text": "Body",
        "outlet": "Source",
    }


def test_columns_given_go_first_and_wrong_ones_are_told():
    headers = ["headline", "stuff", "body"]

    assert check({"text": "stuff", "title": ""}, headers) == {"text": "stuff"}
    for given, says in (
        ({"text": "boddy"}, "no column “boddy”"),
        ({"words": "body"}, "no part of an article"),
        ({"text": ""}, "Which column holds the articles' text"),
    ):
        with pytest.raises(Unreadable) as caught:
            check(given, headers)
        assert caught.value.code == "columns" and says in caught.value.reason


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ""),
        ("2020-03-04", "2020-03-04"),
        ("20200304", "2020-03-04"),
        ("2020/3/4 12:00", "2020-03-04"),
        ("31/12/2019", "2019-12-31"),
        ("12/31/2019", "2019-12-31"),
        ("4.3.2019", "2019-03-04"),
        ("4 March 2019", "2019-03-04"),
        ("Mon, 4 Mar 2019 10:00:00 GMT", "2019-03-04"),
        ("March 4th, 2019", "2019-03-04"),
        ("Sept. 4, 2019", "2019-09-04"),
    ],
)
def test_days_as_tables_write_them(text, wanted):
    assert days.iso(text) == wanted


@pytest.mark.parametrize("text", ["3/4/2019", "2019-02-30", "1999", "soon", "32 March 2019"])
def test_a_day_that_cannot_be_told_is_noted_and_the_article_kept(text):
    (article,) = rows(json.dumps({"text": "x", "date": text}).encode())

    assert article.published_on == ""
    assert article.notes[0].startswith(f"The date was left out: “{text}”")


@samples.needs_corpus
def test_the_hostile_tables_of_the_corpus():
    folder = samples.CORPUS / "docx"

    hostile = rows((folder / "generated-jsonl-hostile.jsonl").read_bytes())
    assert [type(row) for row in hostile] == [Article] + [Fault] * 6

    hostile = rows((folder / "generated-csv-formula-nul.csv").read_bytes(), "csv")
    assert [type(row) for row in hostile] == [Fault, Article, Fault]
