"""Alliances from CSV: good lines go in, every other line is told with its number."""

from datetime import date

import pytest

from sources import alliance_files, states
from sources.alliances import Alliance, Member, Role
from sources.list_files import ListUnreadable

HEADER = "reference,name,atop_id,kind,start,end,source,member,from,to,role"
GOOD = "NAP,North Pact,3180,defence,1949-08-24,,Treaty series,USA,,,patron"


def read(*lines: str | bytes) -> alliance_files.Reading:
    joined = b"\n".join(
        line if isinstance(line, bytes) else line.encode() for line in (HEADER, *lines)
    )
    return alliance_files.read(joined, states.standard())


def test_an_alliance_is_said_once_and_has_a_line_per_spell_of_a_member():
    reading = read(GOOD, "NAP,,,,,,,France,,1966-03,peer", "NAP,,,,,,,220,2009-04-04,,peer")

    assert reading.alliances == (
        Alliance(
            "NAP", "North Pact", date(1949, 8, 24), None, 3180, "defence", "Treaty series",
            (
                Member(2, date(1949, 8, 24), None, Role.PATRON),
                Member(220, date(1949, 8, 24), date(1966, 3, 31), Role.PEER),
                Member(220, date(2009, 4, 4), None, Role.PEER),
            ),
        ),
    )  # fmt: skip
    assert (reading.problems, reading.notices, reading.lines, reading.taken) == ((), (), 3, 3)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("NAP,,,,,,,Atlantis,,,peer", "“Atlantis” is not a state in the list. Use a COW code, abbreviation or name."),
        ("NAP,,,,,,,999,,,peer", "999 is not a COW country code."),
        ("NAP,,,,,,,Germany,1970-01-01,,peer",
         "“Germany” on 1970-01-01 may be German Federal Republic (GFR, 260) or German Democratic Republic (GDR, 265). "
         "Give the code."),
        ("NAP,,,,,,,,,,peer", "the member is empty; each line names a state."),
        (",,,,,,,FRN,,,peer", "the reference is empty; each line names its alliance."),
        ("NAP,,,,,,,FRN,1960-13-01,,peer", "there is no day “1960-13-01” in the calendar."),
        ("NAP,,,,,,,FRN,24.8.1949,,peer", "“24.8.1949” is no date; write 1951-09-08, 1951-09 or 1951."),
        ("NAP,,,,,,,FRN,1960,1959,peer", "France (220) is a member to 1959-12-31, before it is one from 1960-01-01."),
        ("NAP,,,,,,,FRN,1940-01-01,,peer",
         "France (220) is a member from 1940-01-01, before the alliance starts on 1949-08-24."),
        ("NAP,,,,,,,FRN,,,friend", "“friend” is no role; write patron, protege or peer."),
        ("NAP,,,,,,,USA,,,patron", "the same member with the same days and role as in line 2."),
        ("NAP,,,,,,,USA,1990-01-01,,peer", "the days of United States of America (2) overlap those of line 2."),
        ("NAP,South Pact,,,,,,FRN,,,peer", "the name of “NAP” is “South Pact” here and “North Pact” in line 2."),
        ("NAP,,,,,,,FRN,,,peer,surplus", "there are 12 cells for 11 columns."),
        ("NAP,,,,,,,F\x07RN,,,peer", "a cell holds a character that cannot be shown."),
        ('NAP,,,,,,,"FRN,,,peer', "a quotation mark is opened in this line and never closed."),
        ("NEW,New Pact,,,,,,FRN,,,peer", "no line gives the start of “NEW”."),
        ("NEW,,,,1950,,,FRN,,,peer", "no line gives the name of “NEW”."),
        ("NEW,New Pact,x1,,1950,,,FRN,,,peer", "“x1” is no ATOP number: a whole number above zero."),
        ("NEW,New Pact,,,1950,1949,,FRN,,,peer", "“NEW” ends on 1949-12-31, before it starts on 1950-01-01."),
        ("NEW,New Pact,,,1950,1960,,FRN,,1961-01-01,peer",
         "France (220) is a member to 1961-01-01, after the alliance ends on 1960-12-31."),
    ],
)  # fmt: skip
def test_a_bad_line_is_told_and_the_others_go_in(line, message):
    reading = read(GOOD, line, "NAP,,,,,,,CAN,,,peer")

    assert [(one.line, one.message) for one in reading.problems] == [(3, message)]
    assert [one.ccode for one in reading.alliances[0].members] == [2, 20]
    assert (reading.lines, reading.taken) == (3, 2)


def test_a_line_that_is_not_utf8_is_told_and_the_others_go_in():
    reading = read(GOOD, "NAP,,,,,,,Türkei,,,peer".encode("latin-1"), "NAP,,,,,,,CAN,,,peer")

    assert [(one.line, one.message) for one in reading.problems] == [
        (3, "the letters are not UTF-8. Save the file as CSV in UTF-8.")
    ]
    assert reading.taken == 2


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty."),
        (b"\n \n", "The file is empty."),
        (b"name,start\nA,1950\n", "The columns are missing: reference, member. The file has: name, start."),
        (b"reference,name,member,member\n", "The column “member” stands in the file twice."),
        ("référence,name".encode("latin-1"),
         "The first line, with the names of the columns, is not UTF-8. Save the file as CSV in UTF-8."),
        (b"PK\x03\x04\x00\x00", "The file is no text. Save the table as CSV in UTF-8."),
        (b"\xff\xfea", "The file says it is UTF-16, but it is not. Save it as CSV in UTF-8."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused_as_a_whole(data, message):
    with pytest.raises(ListUnreadable) as refusal:
        alliance_files.read(data, states.standard())

    assert str(refusal.value) == message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_spreadsheets_write_it_in_many_ways(encoding, delimiter, line_end):
    text = line_end.join([HEADER, GOOD, "", "NAP,,,,,,,Türkiye,1952-02-18,,Protégé"])

    reading = alliance_files.read(text.replace(",", delimiter).encode(encoding), states.standard())

    assert (reading.problems, reading.taken) == ((), 2)
    assert reading.alliances[0].members[1] == Member(640, date(1952, 2, 18), None, Role.PROTEGE)


def test_a_cell_may_hold_commas_quotes_and_line_breaks():
    reading = read('NAP,"North ""Pact"", of\n1949",,,1949,,,USA,,,', "NAP,,,,,,,Nowhere,,,")

    assert reading.alliances[0].name == 'North "Pact", of 1949'
    assert [one.line for one in reading.problems] == [4]


def test_members_outside_the_state_system_are_taken_with_a_warning():
    reading = read(
        GOOD,
        "NAP,,,,,,,GFR,1949-08-24,1990-10-02,peer",
        "NAP,,,,,,,GDR,1960-01-01,,peer",
        "NAP,,,,,,,FRN,,,peer",
    )

    assert [(one.line, one.message) for one in reading.notices] == [
        (3, "German Federal Republic (260) was no member of the state system on 1949-08-24."),
        (
            4,
            "German Democratic Republic (265) was no member of the state system any more on 2016-12-31.",
        ),
    ]
    assert (reading.problems, reading.taken) == ((), 4)


def test_references_that_differ_in_capitals_only_are_taken_with_a_warning():
    reading = read(GOOD, "nap,Other,,,1950,,,FRN,,,")

    assert [(one.line, one.message) for one in reading.notices] == [
        (3, "“nap” differs from “NAP” in capitals only; both were taken as alliances of their own.")
    ]


def test_no_line_is_lost():
    lines = [
        GOOD,
        "NAP,,,,,,,X,,,",
        "",
        "B,,,,,,,USA,,,",
        "C,C,,,1950,,,USA,,,",
        "C,D,,,,,,FRN,,,",
        ",,,,,,,USA,,,",
    ]

    reading = read(*lines)

    assert reading.lines == reading.taken + len({one.line for one in reading.problems}) == 6
    assert reading.troubled == {"NAP", "B", "C"}


def test_the_sample_can_be_loaded():
    reading = alliance_files.read(alliance_files.SAMPLE.encode(), states.standard())

    assert (reading.problems, reading.notices, reading.taken) == ((), (), 4)
