"""Hand-coded tables: rows become events of one coding per document and coder; what is wrong is told by row and column."""

import io
import zipfile
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding import schema
from coding.exchange import spreadsheets, tables
from coding.exchange.codings import Event, Passage, Unreadable
from coding.exchange.spreadsheets import CellFault, Row, Said
from sources import states
from tests.small import CODEBOOK

BOOK = schema.parse(CODEBOOK)


class States:
    def find(self, wanted, on=None):
        return states.find(wanted, on)


COLUMNS = {
    "doc": "@document",
    "who": "@coder",
    "kind": "@type",
    "case": "@id",
    "what": "title",
    "given by": "provider",
    "when": "start",
    "men": "troops",
    "state": "status",
    "from": "@source",
    "said": "@notes",
}
GOOD = {"doc": "d1", "who": "C1", "kind": "EX", "case": "7", "what": "Shield", "given by": "USA; JPN", "when": "June 1951", "men": "1200", "state": "planned", "from": "NYT, p. 4", "said": ""}  # fmt: skip


def understood(*rows, columns=COLUMNS, **words):
    said = Said(columns, filename="cases.csv", **words)
    numbered = [Row(n, {**GOOD, **row}) for n, row in enumerate(rows, start=2)]
    return spreadsheets.understood(numbered, said, BOOK, States())


def test_a_row_is_an_event_with_its_source_behind_each_value():
    result = understood({})

    (sheet,) = result.sheets
    reason = "Coded by hand before: cases.csv, row 2. Source: NYT, p. 4"
    values = {"title": "Shield", "provider": [2, 740], "start": "1951-06", "troops": 1200, "status": 1}  # fmt: skip
    assert (result.faults, result.rows, sheet.rows) == ([], 1, (2,))
    assert (sheet.coding.document, sheet.coding.coder, sheet.coding.outcome) == ("d1", "C1", "events")  # fmt: skip
    assert sheet.coding.events == (Event("7", "EX", values, {}, dict.fromkeys(values, reason)),)


def test_rows_of_one_document_and_coder_are_one_coding():
    result = understood({}, {"doc": "d2"}, {"case": "8"}, {"who": "C2"})

    assert [(sheet.coding.document, sheet.coding.coder, sheet.rows) for sheet in result.sheets] == [
        ("d1", "C1", (2, 4)),
        ("d2", "C1", (3,)),
        ("d1", "C2", (5,)),
    ]


def test_every_wrong_cell_is_told_and_keeps_its_whole_coding_out():
    result = understood(
        {},
        {"when": "1951-13", "men": "many", "given by": "Utopia"},
        {"kind": "XX"},
        {"doc": "d2", "kind": ""},
        {"doc": "", "from": ""},
        {"doc": "d3"},
    )

    assert [sheet.coding.document for sheet in result.sheets] == ["d3"]
    assert [(one.row, one.column) for one in result.faults] == [
        (2, ""), (3, "given by"), (3, "when"), (3, "men"), (4, "kind"), (5, "kind"), (6, "doc"),
    ]  # fmt: skip
    assert result.faults[0] == CellFault(2, "", "Not taken in, because another row of the same coding is wrong.")  # fmt: skip
    assert result.faults[4].reason == "“XX” is no event type of the codebook (EX, TO)."


def test_what_a_table_calls_a_type_can_be_said():
    asked = understood({"kind": "Manoeuvres"}, {"kind": "Manoeuvres"}, {"kind": "Treaty"})
    told = understood({"kind": "Manoeuvres"}, types={"Manoeuvres": "EX"})

    assert asked.strange_types == {"Manoeuvres": 2}
    assert told.sheets[0].coding.events[0].type == "EX"


def test_a_field_that_the_type_has_not_is_told_where_the_cell_is_filled():
    result = understood({"kind": "TO"}, {"kind": "TO", "doc": "d2", "men": ""})

    assert result.faults == [CellFault(2, "men", "Events of type TO have no field “troops”.")]
    assert [sheet.coding.document for sheet in result.sheets] == ["d2"]


def test_what_no_column_says_is_said_for_all_and_words_for_blanks_are_blank():
    columns = {header: what for header, what in COLUMNS.items() if what not in ("@coder", "@type")}

    result = understood({"men": "NA", "state": "."}, columns=columns, coder="C2", type="EX", blanks=frozenset({"NA", "."}))  # fmt: skip

    (sheet,) = result.sheets
    assert sheet.coding.coder == "C2"
    assert set(sheet.coding.events[0].values) == {"title", "provider", "start"}


def test_rows_without_a_document_go_by_their_source():
    result = understood({"doc": "", "said": "See also p. 5."}, {"doc": ""})

    (sheet,) = result.sheets
    assert (sheet.source, sheet.coding.document, sheet.rows) == ("NYT, p. 4", "", (2, 3))
    assert sheet.coding.events[0].whole_document["title"] == (
        "Coded by hand before: cases.csv, row 2. Source: NYT, p. 4 Notes: See also p. 5."
    )


def test_a_quoted_passage_is_the_evidence_of_the_row():
    columns = {**COLUMNS, "quote": "@passage"}

    (sheet,) = understood({"quote": "a joint exercise", "from": ""}, columns=columns).sheets

    (event,) = sheet.coding.events
    assert {one.quote for spans in event.evidence.values() for one in spans} == {"a joint exercise"}
    assert set(event.evidence) == {"title", "provider", "start", "troops", "status"}
    assert event.evidence["title"] == (Passage(-1, -1),)
    assert event.whole_document == {}


def test_sources_longer_than_can_be_kept_are_told_not_cut():
    result = understood({"from": "x" * 2_000})

    assert [(one.row, one.column) for one in result.faults] == [(2, "said")]


@pytest.mark.parametrize(
    ("columns", "words", "said"),
    [
        ({"what": "title"}, {}, ["Say which column holds the event type, or which type all rows are.", "Say which column holds the coder, or whose coding all rows are.", "Say which column holds the document's id, or else the source."]),
        ({"doc": "@document", "x": "colour"}, {"coder": "C1", "type": "EX"}, ["The table has no column “x”.", "“colour” is neither a field of the codebook nor one of @document, @coder, @type, @id, @source, @notes, @passage."]),
        ({"doc": "@document", "what": "title", "case": "title"}, {"coder": "C1", "type": "EX"}, ["Two columns are said to be “title”."]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_columns_is_told(columns, words, said):
    assert spreadsheets.check(Said(columns, **words), list(COLUMNS), BOOK) == said


def test_columns_are_proposed_by_their_names():
    headers = ["Document ID", "Event type", "Title", "Providers", "troops", "Source", "colour"]

    assert spreadsheets.propose(headers, BOOK) == {
        "Document ID": "@document",
        "Event type": "@type",
        "Title": "title",
        "Providers": "provider",
        "troops": "troops",
        "Source": "@source",
    }


# --- files


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_csv_and_workbook_give_the_same_rows():
    csv = "doc;men;when\nd1;1200;1951-06-14\n\nd2;;1952\n".encode("cp1252")
    book = workbook(
        ["doc", "men", "when"],
        ["d1", 1200.0, datetime(1951, 6, 14)],
        [None, None, None],
        ["d2", None, 1952],
    )

    of_csv, of_book = tables.read(csv, "a.csv"), tables.read(book, "a.xlsx")

    assert of_csv.headers == of_book.headers == ("doc", "men", "when")
    assert [(row.n, row.cells["when"]) for row in of_csv.rows] == [(2, "1951-06-14"), (4, "1952")]
    assert [(row.n, row.cells["when"]) for row in of_book.rows] == [(2, "1951-06-14"), (4, 1952)]  # fmt: skip
    assert of_book.sample("doc") == ["d1", "d2"]


def test_rows_are_counted_as_a_spreadsheet_counts_them():
    table = tables.read(b'doc,note\nd1,"two\nlines"\nd2,x\nd3\nd4,y,z\n', "a.csv")

    assert [row.n for row in table.rows] == [2, 3]
    assert table.faults == (
        CellFault(4, "", "The row has 1 cells, the table has 2 columns."),
        CellFault(5, "", "The row has 3 cells, the table has 2 columns."),
    )


def test_a_workbook_that_lies_about_itself_or_is_a_bomb_is_no_harm():
    good = workbook(["doc"], ["d1"])
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]><worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&z;</v></c></row></sheetData></worksheet>'
    names = "abcdefghijklmnopqrstuvwxyz"
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip(names, names[1:], strict=False))  # fmt: skip
    wide = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="str"><v>doc</v></c></row></sheetData></worksheet>'

    with pytest.raises(Unreadable, match="damaged"):
        tables.read(with_sheet(good, bomb % entities), "a.xlsx")
    assert tables.read(with_sheet(good, wide), "a.xlsx").headers == ("doc",)
    with pytest.raises(Unreadable, match="damaged"):
        tables.read(with_sheet(good, "<worksheet><sheetData><row>"), "a.xlsx")


def with_sheet(book, sheet):
    """The workbook with another sheet in place of its own."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The table holds no row at all."),
        (b"a,b,a\n1,2,3\n", "Two columns of the table are called “a”. Rename one of them."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is an old Excel file (.xls) or one with a password. Save it as .xlsx or CSV."),
        (b"PK\x03\x04 broken", "The Excel file is damaged or is none. Save the sheet as CSV."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_told(content, said):
    with pytest.raises(Unreadable) as refusal:
        tables.read(content, "a")

    assert str(refusal.value) == said


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                name: st.one_of(st.sampled_from(["", "d1", "C1", "EX", "-9", "1951", "x;y", "=1+1"]), st.text(max_size=6), st.none(), st.integers(), st.booleans(), st.floats())
                for name in COLUMNS
            },
        ),
        max_size=4,
    )
)  # fmt: skip
def test_whatever_a_table_holds_each_row_is_taken_or_told(rows):
    result = understood(*rows)

    taken = [n for sheet in result.sheets for n in sheet.rows]
    told = {one.row for one in result.faults}
    assert len(taken) == len(set(taken))
    assert not told & set(taken)
    assert len(told | set(taken)) == result.rows
