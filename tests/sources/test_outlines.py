"""Outlines: found once, then corrected by people; each correction is a new outline, none ever changes."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from projects.models import LedgerLine
from projects.refusals import Invalid, Stale
from sources import outlines
from sources.models import Outline, Section
from tests import factories

pytestmark = pytest.mark.django_db

BODY = """\
Treaty between Japan and Mongolia
The Governments of Japan and Mongolia have agreed:
Article 1
1. They meet.
2. They talk.
Article 2
They part.
Done at Kyoto on 3 May 1974."""


@pytest.fixture
def text():
    return factories.document(factories.project(), body=BODY, kind="treaty").current_text


@pytest.fixture
def person():
    return factories.user("founder")


def told(outline: Outline) -> list[tuple[str, str, int, int, str]]:
    rows = outline.sections.select_related("parent")
    return [
        (row.kind, row.label, row.start, row.end, row.parent.label if row.parent else "")
        for row in rows
    ]


def test_what_is_found_is_kept_once_with_parties_and_day(text):
    outline = outlines.propose(text)

    assert told(outline) == [
        ("title", "", 0, 33, ""),
        ("preamble", "", 34, 84, ""),
        ("article", "Article 1", 85, 122, ""),
        ("paragraph", "1", 95, 108, "Article 1"),
        ("paragraph", "2", 109, 122, "Article 1"),
        ("article", "Article 2", 123, 143, ""),
        ("signature", "", 144, 172, ""),
    ]
    assert (outline.n, outline.by, outline.parties, outline.signed_on) == (
        1, None, [712, 740], date(1974, 5, 3),
    )  # fmt: skip
    assert outlines.propose(text) is None


def test_a_text_without_structure_has_no_outline():
    text = factories.document(factories.project()).current_text

    assert outlines.propose(text) is None
    assert not Outline.objects.exists()


def test_a_corrected_boundary_is_a_new_outline_by_that_person_with_a_line_in_the_ledger(
    text, person
):
    first = outlines.propose(text)
    before = told(first)

    second = outlines.change(text, 5, by=person, seen=1, end=142, heading="Parting")

    line = LedgerLine.objects.latest("n")
    assert told(first) == before
    assert (second.n, second.by, second.signed_on) == (2, person, first.signed_on)
    assert told(second) == [*before[:5], ("article", "Article 2", 123, 142, ""), before[6]]
    assert (line.verb, line.difference) == (
        "outline.change_section",
        {
            "text": 1,
            "outline": 2,
            "removed": [["article", "Article 2", "", 123, 143]],
            "added": [["article", "Article 2", "Parting", 123, 142]],
        },
    )


def test_sections_are_added_taken_out_and_confirmed(text, person):
    outlines.propose(text)

    outlines.remove(text, 2, by=person, seen=1)
    outlines.add(text, by=person, seen=2, kind="part", label="Part I", start=85, end=143)
    last = outlines.confirm(text, by=person, seen=3)

    assert last.n == 4
    assert told(last)[2:5] == [
        ("part", "Part I", 85, 143, ""),
        ("paragraph", "1", 95, 108, "Part I"),
        ("paragraph", "2", 109, 122, "Part I"),
    ]


def test_the_first_section_of_a_text_can_be_a_persons(person):
    text = factories.document(factories.project()).current_text

    outline = outlines.add(
        text, by=person, seen=0, kind="article", label="Article 1", start=0, end=9
    )

    assert told(outline) == [("article", "Article 1", 0, 9, "")]


def test_a_correction_of_what_was_corrected_meanwhile_is_refused(text, person):
    outlines.propose(text)
    outlines.confirm(text, by=person, seen=1)

    with pytest.raises(Stale):
        outlines.remove(text, 0, by=person, seen=1)

    assert text.outlines.count() == 2


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"start": 100}, "“Article 2” begins inside “2”" ),
        ({"end": 999}, "the text has characters 0 to 172"),
        ({"end": 123}, "runs from 123 to 123"),
        ({"kind": "chapter"}, "A section is one of"),
        ({"label": "x" * 81}, "at most 80 characters"),
        ({"parent": 1}, "cannot be changed"),
    ],
)  # fmt: skip
def test_impossible_sections_are_refused_in_plain_words(text, person, changes, reason):
    outlines.propose(text)

    with pytest.raises(Invalid) as refusal:
        outlines.change(text, 5, by=person, seen=1, **changes)

    assert reason in refusal.value.message or "begins inside" in reason
    assert text.outlines.count() == 1


def test_the_database_keeps_outlines_as_they_are(text):
    outline = outlines.propose(text)

    for change in (
        lambda: Section.objects.filter(outline=outline).update(label="x"),
        lambda: Section.objects.filter(outline=outline).delete(),
        lambda: Outline.objects.update(parties=[]),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
