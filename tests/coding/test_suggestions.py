"""Suggestions: only what the words say by themselves, where they stand, and nothing for what they leave open."""

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding import dates, suggestions
from coding.schema import currencies
from coding.suggestions import Suggestion
from sources import reading
from sources.search import mentions

JUDGED = Path(__file__).with_name("suggestions_judged.csv")
ENGLISH = (
    "This is the text of the note that was sent by the minister to the embassy in the capital. "
)


def found(text: str, kind: str) -> list[tuple[str, object]]:
    """(words, value) of one kind, in an English text."""
    whole = ENGLISH + text
    return [
        (whole[one.start : one.end], one.value)
        for one in suggestions.find(whole, states=mentions.standard().places)
        if one.kind == kind
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("signed on 14 June 1951.", [("14 June 1951", "1951-06-14")]),
        ("signed on June 14th, 1951, in Tokyo", [("June 14th, 1951", "1951-06-14")]),
        ("the 26th day of March 2003.", [("26th day of March 2003", "2003-03-26")]),
        ("from 3 to 5 June 1951", [("3 to 5 June 1951", "1951-06-03/1951-06-05")]),
        ("held in May 1950 and in 1952", [("May 1950", "1950-05"), ("1952", "1952")]),
        ("on 1951-06-14", [("1951-06-14", "1951-06-14")]),
        # The year is not said, or it is a number, a range, another thing: nothing.
        ("on 14 June the ships met; 31 June 1951", []),
        ("resolution 1951, some 1950 troops, 1951-52, since 1950", []),
    ],
)
def test_dates_are_those_that_the_words_say(text, expected):
    assert found(text, "date") == expected


def money(amount, currency, scale="units"):
    return {"amount": amount, "currency": currency, "scale": scale}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("worth US$ 1,200.50 now", [("US$ 1,200.50", money(1200.5, "USD"))]),
        ("some 150 million U.S. dollars", [("150 million U.S. dollars", money(150, "USD", "millions"))]),
        ("of €2 Billion a year", [("€2 Billion", money(2, "EUR", "billions"))]),
        ("40 million Deutsche Marks", [("40 million Deutsche Marks", money(40, "DEM", "millions"))]),
        # Whose dollar it is is not said: a passage without a value.
        ("worth $60 million", [("$60 million", None)]),
        ("sixty dollars, 60 %, $2 trillion", []),
    ],
)  # fmt: skip
def test_money_has_a_value_only_where_the_currency_is_said(text, expected):
    assert found(text, "money") == expected


def test_states_organisations_and_phrases():
    text = "Japan and the North Atlantic\nCouncil agreed with Seoul on joint exercises of the Non-NATO allies."

    assert found(text, "state") == [("Japan", 740)]
    assert found(text, "organisation") == [
        ("North Atlantic\nCouncil", "North Atlantic Council"),
    ]
    assert found(text, "phrase") == [("joint exercises", None)]


def test_a_name_of_two_states_is_none():
    def korea(text):
        yield 0, 5, frozenset({731, 732})

    assert suggestions.find("Korea", states=korea) == ()


def test_labels_of_the_codebook_are_phrases_with_or_without_their_plural():
    text = ENGLISH + "They opened a naval depot and two Naval Depots."

    marks = suggestions.find(text, phrases=["Naval depots"])

    assert [text[one.start : one.end] for one in marks] == ["naval depot", "Naval Depots"]


@pytest.mark.parametrize(
    "text",
    [
        "Le 14 juin 1951, à Tokyo, le Japon a reçu 5 millions de dollars de l’OTAN en mai 1952.",
        "Am 14. Juni 1951 trafen sich die Minister in Tokio; Japan zahlte im Mai 1952 nichts.",
        "安全保障条約は1951年9月8日に署名された。",
    ],
)
def test_another_language_gets_only_what_is_the_same_everywhere(text):
    assert not suggestions.is_english(text)
    assert suggestions.find(text + " 1951-06-14, USD 5.") == tuple(
        Suggestion(len(text) + start, len(text) + end, kind, value)
        for start, end, kind, value in (
            (1, 11, "date", "1951-06-14"),
            (13, 18, "money", money(5, "USD")),
        )
    )


PIECES = st.sampled_from(
    ["on 14 June 1951", "US$ 5 million", "NATO", "Japan", "the United States", "joint exercises", "in 1950", "$3",
     "\n", " ", ",", ".", "3", "-", "May", "of the", "150 million", "dollars", "1951-06-14", "é", "𝔘", "条約"]
)  # fmt: skip


@given(st.one_of(st.lists(PIECES, max_size=40).map(" ".join), st.text(max_size=80)))
def test_no_suggestion_overlaps_another_or_says_what_is_not_there(text):
    marks = suggestions.find(text, states=mentions.standard().places)

    assert [one.start for one in marks] == sorted({one.start for one in marks})
    assert all(one.end <= other.start for one, other in zip(marks, marks[1:], strict=False))
    for one in marks:
        words = text[one.start : one.end]
        assert words.strip() == words != ""
        if one.kind == "date":
            assert dates.read(str(one.value)).edtf == one.value
            assert str(one.value)[:4] in words
        if one.kind == "money" and one.value is not None:
            assert one.value["currency"] in currencies.ALL
            assert f"{one.value['amount']:,}".split(".")[0] in words.replace("\u00a0", " ") or str(
                one.value["amount"]
            ).split(".")[0] in words.replace(",", "")
        if one.kind == "organisation":
            assert one.value == " ".join(words.split())


def test_precision_on_documents_of_the_field_as_people_judged_it(shared):
    """A sample drawn by lot and judged by hand stands in the file; what is found now is what was judged."""
    rows = list(csv.DictReader(JUDGED.read_text(encoding="utf-8").splitlines()))
    of: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        of[row["document"]].append(row)
    found = right = 0
    for name, judged in sorted(of.items()):
        path = shared / "corpus" / name
        body = reading.read(path.read_bytes(), path.name).body
        marks = {
            (one.start, one.end, one.kind, json.dumps(one.value, ensure_ascii=False))
            for one in suggestions.find(body, states=mentions.standard().places)
        }
        for row in judged:
            key = (int(row["start"]), int(row["end"]), row["kind"], row["value"])
            found += key in marks
            right += key in marks and row["verdict"] == "right"

    assert found >= 0.97 * len(rows)
    assert right / found >= 0.95
