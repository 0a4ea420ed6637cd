"""Dates: what people type and EDTF say, their bounds and precision, refusals in words, and properties."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding import dates
from coding.dates import DateInvalid, FuzzyDate

DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9998, 12, 31))


@pytest.mark.parametrize(
    ("typed", "edtf", "earliest", "latest", "precision"),
    [
        ("1951-06-14", "1951-06-14", "1951-06-14", "1951-06-14", 1),
        ("14 June 1951", "1951-06-14", "1951-06-14", "1951-06-14", 1),
        ("14th of June, 1951", "1951-06-14", "1951-06-14", "1951-06-14", 1),
        ("June 14, 1951", "1951-06-14", "1951-06-14", "1951-06-14", 1),
        ("1951 Jun. 14", "1951-06-14", "1951-06-14", "1951-06-14", 1),
        ("14.06.1951", "1951-06-14", "1951-06-14", "1951-06-14", 1),
        ("14/06/1951", "1951-06-14", "1951-06-14", "1951-06-14", 1),
        ("06/14/1951", "1951-06-14", "1951-06-14", "1951-06-14", 1),
        ("06/06/1951", "1951-06-06", "1951-06-06", "1951-06-06", 1),
        ("1951/6/14", "1951-06-14", "1951-06-14", "1951-06-14", 1),
        ("19510614", "1951-06-14", "1951-06-14", "1951-06-14", 1),
        ("1951-6-4", "1951-06-04", "1951-06-04", "1951-06-04", 1),
        ("1951\u201306\u201314", "1951-06-14", "1951-06-14", "1951-06-14", 1),
        ("\u0661\u0669\u0665\u0661", "1951", "1951-01-01", "1951-12-31", 5),
        ("1951-06", "1951-06", "1951-06-01", "1951-06-30", 4),
        ("Feb 1952", "1952-02", "1952-02-01", "1952-02-29", 4),
        ("Feb 1951", "1951-02", "1951-02-01", "1951-02-28", 4),
        ("1951-06-XX", "1951-06-XX", "1951-06-01", "1951-06-30", 4),
        ("1951", "1951", "1951-01-01", "1951-12-31", 5),
        ("1951-xx", "1951-XX", "1951-01-01", "1951-12-31", 5),
        ("1951-XX-XX", "1951-XX-XX", "1951-01-01", "1951-12-31", 5),
        ("195X", "195X", "1950-01-01", "1959-12-31", 5),
        ("the 1950s", "195X", "1950-01-01", "1959-12-31", 5),
        ("19XX", "19XX", "1900-01-01", "1999-12-31", 5),
        ("2001-21", "2001-21", "2001-03-01", "2001-05-31", 5),
        ("spring 1951", "1951-21", "1951-03-01", "1951-05-31", 5),
        ("Summer of 1951", "1951-22", "1951-06-01", "1951-08-31", 5),
        ("fall 1951", "1951-23", "1951-09-01", "1951-11-30", 5),
        ("winter 1951", "1951-24", "1951-12-01", "1952-02-29", 5),
        ("winter 1950/51", "1950-24", "1950-12-01", "1951-02-28", 5),
        ("1951-06/1951-08", "1951-06/1951-08", "1951-06-01", "1951-08-31", 5),
        ("June to August 1951", "1951-06/1951-08", "1951-06-01", "1951-08-31", 5),
        ("June-August 1951", "1951-06/1951-08", "1951-06-01", "1951-08-31", 5),
        ("between June 1951 and August 1951", "1951-06/1951-08", "1951-06-01", "1951-08-31", 5),
        ("Dec 1950 \u2013 Jan 1951", "1950-12/1951-01", "1950-12-01", "1951-01-31", 5),
        ("1951-1953", "1951/1953", "1951-01-01", "1953-12-31", 5),
        ("from 1951 to 1953", "1951/1953", "1951-01-01", "1953-12-31", 5),
        ("3-5 June 1951", "1951-06-03/1951-06-05", "1951-06-03", "1951-06-05", 2),
        ("June 3-5, 1951", "1951-06-03/1951-06-05", "1951-06-03", "1951-06-05", 2),
        ("3 to 5 June 1951", "1951-06-03/1951-06-05", "1951-06-03", "1951-06-05", 2),
        ("week of 3 June 1951", "1951-06-03/1951-06-09", "1951-06-03", "1951-06-09", 3),
        ("1951-W23", "1951-06-04/1951-06-10", "1951-06-04", "1951-06-10", 3),
        ("Q2 1951", "1951-04/1951-06", "1951-04-01", "1951-06-30", 5),
        ("second quarter of 1951", "1951-04/1951-06", "1951-04-01", "1951-06-30", 5),
        ("first half of 1951", "1951-01/1951-06", "1951-01-01", "1951-06-30", 5),
        ("early 1951", "1951-01~/1951-04~", "1951-01-01", "1951-04-30", 5),
        ("late February 1952", "1952-02-21~/1952-02-29~", "1952-02-21", "1952-02-29", 4),
        ("1951/1951-06", "1951/1951-06", "1951-01-01", "1951-06-30", 5),
        ("1951-06/1951", "1951-06/1951", "1951-06-01", "1951-12-31", 5),
        ("1951-06/1951-06", "1951-06", "1951-06-01", "1951-06-30", 4),
        ("1951-06/..", "1951-06/..", "1951-06-01", None, -9),
        ("since June 1951", "1951-06/..", "1951-06-01", None, -9),
        ("from June 1951", "1951-06/..", "1951-06-01", None, -9),
        ("June 1951 onwards", "1951-06/..", "1951-06-01", None, -9),
        ("after 1951", "1952-01-01/..", "1952-01-01", None, -9),
        ("../1951-06", "../1951-06", None, "1951-06-30", -9),
        ("until June 1951", "../1951-06", None, "1951-06-30", -9),
        ("before 14 June 1951", "../1951-06-13", None, "1951-06-13", -9),
        ("1951/", "1951/", "1951-01-01", None, -9),
        ("/1951", "/1951", None, "1951-12-31", -9),
    ],
)
def test_read_gives_edtf_bounds_and_precision(
    typed: str, edtf: str, earliest: str | None, latest: str | None, precision: int
) -> None:
    found = dates.read(typed)

    assert (found.edtf, found.earliest, found.latest, found.precision) == (
        edtf,
        date.fromisoformat(earliest) if earliest else None,
        date.fromisoformat(latest) if latest else None,
        precision,
    )


@pytest.mark.parametrize(
    ("typed", "edtf", "approximate", "uncertain"),
    [
        ("c. 14 Mar 1878", "1878-03-14~", True, False),
        ("c.1878", "1878~", True, False),
        ("circa 1878", "1878~", True, False),
        ("about March 1878", "1878-03~", True, False),
        ("1878~", "1878~", True, False),
        ("1878?", "1878?", False, True),
        ("probably 1878", "1878?", False, True),
        ("perhaps c. 1878", "1878%", True, True),
        ("1878%", "1878%", True, True),
        ("1878?~", "1878%", True, True),
        ("March 1878?", "1878-03?", False, True),
        ("c. June 1951 to 1952?", "1951-06~/1952?", True, True),
        ("circa 1950s", "195X~", True, False),
        ("1878", "1878", False, False),
    ],
)
def test_words_and_signs_of_doubt_are_kept(
    typed: str, edtf: str, approximate: bool, uncertain: bool
) -> None:
    found = dates.read(typed)

    assert (found.edtf, found.approximate, found.uncertain) == (edtf, approximate, uncertain)


def test_doubt_never_widens_the_bounds() -> None:
    assert dates.read("c. 14 Mar 1878") == FuzzyDate(
        "1878-03-14~", date(1878, 3, 14), date(1878, 3, 14), 1, approximate=True
    )


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "no date was given"),
        ("   ", "no date was given"),
        ("30 Feb 1951", "February 1951 has 28 days, so there is no day 30"),
        ("1951-02-30", "February 1951 has 28 days, so there is no day 30"),
        ("1900-02-29", "February 1900 has 28 days, so there is no day 29"),
        ("1951-00-01", "there is no month 00"),
        ("1951-13", "there is no month 13"),
        ("1951-06-00", "June 1951 has 30 days, so there is no day 0"),
        ("0000", "there is no year 0000"),
        ("early May 0000", "there is no year 0000"),
        ("03/04/1951", "can be 3 April or 4 March; write 1951-04-03 or 1951-03-04"),
        ("3.4.51", "write the year with four digits"),
        ("51", "write the year with four digits"),
        ("5 June", "names no year"),
        ("spring", "names no year"),
        ("1951/06", "for a month write 1951-06"),
        ("1951-06-14T12:00Z", "the time of day is not recorded; write 1951-06-14"),
        ("1951-XX-14", "a day is given but its month is not"),
        ("195X-06", "a year with unknown digits cannot have a month"),
        ("1X51", "X may stand for the last digits of a year"),
        ("XXXX", "X may stand for the last digits of a year"),
        ("1951-21-03", "a season (spring) has no day"),
        ("2004-06~-11", "may only stand at the end"),
        ("-0044", "years run from 0001 to 9999"),
        ("Y170000002", "years run from 0001 to 9999"),
        ("12345", "years run from 0001 to 9999"),
        ("1953/1951", "the interval ends (1951) before it begins (1953)"),
        ("1951/1952/1953", 'more than one "/"'),
        ("../..", "neither side of the interval has a date"),
        ("/", "neither side of the interval has a date"),
        ("spring 1951/52", "only a winter spans two years"),
        ("winter 1951/53", "only a winter spans two years"),
        ("1951-W54", "the year 1951 has no week 54"),
        ("week of June 1951", "is not one day"),
        ("after 9999", "outside the years 0001 to 9999"),
        ("before 0001", "outside the years 0001 to 9999"),
        ("winter 9999", "beyond the last year"),
        ("unknown", "a date that is not known is coded -9"),
        ("today", "depends on the day of reading"),
        ("June", "names no year"),
        ("the day after the summit", "names no year"),
        ("1951-06-14 and 1951-06-15", "is not a date"),
        ("1" * 101, "at most 100 characters"),
    ],
)
def test_what_is_no_date_is_refused_in_plain_words(typed: str, reason: str) -> None:
    with pytest.raises(DateInvalid) as refusal:
        dates.read(typed)

    assert reason in refusal.value.message


@pytest.mark.parametrize(
    ("typed", "echo"),
    [
        ("14 Mar 1878", "14 March 1878; known to the day"),
        ("c. 14 Mar 1878", "14 March 1878 (approximate); known to the day"),
        (
            "perhaps c. 1878",
            "1878 (approximate and uncertain); 1 January 1878 to 31 December 1878; known to a season, a year or longer",
        ),
        ("June 1951", "June 1951; 1 June 1951 to 30 June 1951; known to the month"),
        (
            "spring 1951",
            "spring 1951; 1 March 1951 to 31 May 1951; known to a season, a year or longer",
        ),
        (
            "195X",
            "the 1950s; 1 January 1950 to 31 December 1959; known to a season, a year or longer",
        ),
        (
            "19XX",
            "some year from 1900 to 1999; 1 January 1900 to 31 December 1999; known to a season, a year or longer",
        ),
        (
            "1951-XX",
            "some month of 1951; 1 January 1951 to 31 December 1951; known to a season, a year or longer",
        ),
        ("1951-06-XX", "some day of June 1951; 1 June 1951 to 30 June 1951; known to the month"),
        ("3-5 June 1951", "from 3 June 1951 to 5 June 1951; known to two to six days"),
        ("since June 1951", "from June 1951, open end; one side is not bounded"),
        ("1951-06/", "from June 1951, end not known; one side is not bounded"),
        ("../1951", "until 1951, open beginning; one side is not bounded"),
        ("/1951", "until 1951, beginning not known; one side is not bounded"),
    ],
)
def test_echo_says_what_was_understood(typed: str, echo: str) -> None:
    assert dates.read(typed).echo() == echo


@pytest.mark.parametrize(
    ("days", "code"),
    [(1, 1), (2, 2), (6, 2), (7, 3), (8, 4), (30, 4), (31, 4), (32, 5), (366, 5), (3660, 5)],
)
def test_precision_follows_from_the_width(days: int, code: int) -> None:
    first = date(1951, 1, 1)

    assert dates.precision_of(first, first + timedelta(days=days - 1)) == code


def test_precision_of_an_open_side_is_minus_nine() -> None:
    assert [
        dates.precision_of(None, date(1951, 1, 1)),
        dates.precision_of(date(1951, 1, 1), None),
        dates.precision_of(None, None),
    ] == [-9, -9, -9]


@settings(deadline=None)
@given(DAYS)
def test_a_day_means_itself_however_it_is_typed(day: date) -> None:
    month = dates.MONTHS[day.month - 1]
    typings = [
        f"{day.year:04d}-{day.month:02d}-{day.day:02d}",
        f"{day.day} {month} {day.year:04d}",
        f"{month[:3]} {day.day}, {day.year:04d}",
        f"{day.day:02d}.{day.month:02d}.{day.year:04d}",
        f"  {day.day}  {month.upper()}  {day.year:04d} ",
    ]

    assert {
        (dates.read(t).edtf, dates.read(t).earliest, dates.read(t).latest) for t in typings
    } == {(f"{day.year:04d}-{day.month:02d}-{day.day:02d}", day, day)}


@settings(deadline=None)
@given(DAYS, st.integers(min_value=1, max_value=400))
def test_an_interval_is_bounded_by_its_sides_and_as_precise_as_it_is_wide(
    first: date, width: int
) -> None:
    last = first + timedelta(days=width)

    found = dates.read(f"{first.isoformat()}/{last.isoformat()}")

    assert (found.earliest, found.latest, found.precision) == (
        first,
        last,
        dates.precision_of(first, last),
    )


@settings(deadline=None)
@given(st.text(alphabet="0123456789X-/.?~% ", max_size=24) | st.text(max_size=40))
def test_any_text_is_a_date_or_a_plain_refusal_and_canonical_forms_are_stable(text: str) -> None:
    try:
        found = dates.read(text)
    except DateInvalid as refusal:
        assert refusal.message
        return

    again = dates.read(found.edtf)
    assert again == found
    assert found.earliest is None or found.latest is None or found.earliest <= found.latest
    assert found.precision == dates.precision_of(found.earliest, found.latest)
    assert found.echo()


_WORDS = st.sampled_from(
    [
        "c.",
        "circa",
        "early",
        "mid",
        "late",
        "spring",
        "winter",
        "June",
        "Mar.",
        "1951",
        "1952",
        "3",
        "14th",
        "to",
        "-",
        "/",
        "and",
        "between",
        "from",
        "since",
        "before",
        "after",
        "of",
        "the",
        "week",
        "q2",
        "half",
        "first",
        "?",
        "~",
    ]
)


@settings(deadline=None)
@given(st.lists(_WORDS, max_size=6).map(" ".join))
def test_any_words_of_dates_are_understood_or_refused(text: str) -> None:
    try:
        found = dates.read(text)
    except DateInvalid as refusal:
        assert refusal.message
        return

    assert dates.read(found.edtf) == found
