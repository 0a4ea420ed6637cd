"""What people type becomes clauses of phrases, and phrases are found again where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.search import phrases, ranges, tokens
from sources.search.phrases import Clause, Context, Phrase, QueryInvalid, Span

WORDS = st.lists(
    st.sampled_from(["treaty", "pact", "of", "the", "U.S.", "1,000", "防衛", "協力", "بلد", "é"]),
    min_size=1,
    max_size=40,
)


def places(text, words):
    return phrases.occurrences(list(tokens.tokens(text)), phrases.wanted(phrases.parse(words)))


@pytest.mark.parametrize(
    "typed, expected",
    [
        ("", ()),
        ("Treaty", (Clause((Phrase(("treaty",)),)),)),
        ("“Joint exerc*”", (Clause((Phrase(("joint", "exerc"), is_beginning=True),)),)),
        ('"joint exerc"*', (Clause((Phrase(("joint", "exerc"), is_beginning=True),)),)),
        ('a OR "b c" -d', (Clause((Phrase(("a",)), Phrase(("b", "c")))), Clause((Phrase(("d",)),), True))),
        ("F-16", (Clause((Phrase(("f", "16")),)),)),
        ("防衛協", (Clause((Phrase(("防衛", "衛協")),)),)),
        ("防", (Clause((Phrase(("防",), True, True),)),)),
        ("第1条", (Clause((Phrase(("第", "1", "条"), True, True),)),)),
        ("or", (Clause((Phrase(("or",)),)),)),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_clauses(typed, expected):
    assert phrases.parse(typed) == expected


@given(st.text(max_size=60))
def test_anything_typed_is_understood_or_refused_in_words(typed):
    try:
        clauses = phrases.parse(typed)
    except QueryInvalid as problem:
        assert str(problem)
    else:
        assert all(term for clause in clauses for one in clause.phrases for term in one.terms)


@given(WORDS, st.data())
def test_every_run_of_words_is_found_where_it_stands(words, data):
    text = " ".join(words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, min(len(words) - 1, first + 6)))
    wanted = " ".join(words[first : last + 1])
    start = len(" ".join(words[:first])) + (1 if first else 0)

    found = places(text, f'"{wanted}"')

    assert any(span.start <= start and start + len(wanted) - 1 <= span.end for span in found)


def test_phrases_that_run_into_each_other_are_shown_as_one():
    assert places("日米防衛協力", "防衛 OR 衛協力") == [Span(2, 6)]
    assert places("the joint exercises", '"joint exercises" OR joint') == [Span(4, 19)]


def test_one_character_is_marked_alone():
    assert places("日米防衛", "米") == [Span(1, 2)]
    assert places("日米", "米") == [Span(1, 2)]


def test_context_is_cut_between_words():
    text = "It was said that the joint exercises would go on until summer."

    assert phrases.context(text, Span(21, 36), width=12) == Context(
        "… that the ", "joint exercises", " would go …"
    )
    assert phrases.context("a\nb  c", Span(2, 3)) == Context("a ", "b", " c")


# --- how texts are laid into the index


@given(st.lists(st.sampled_from(["ha", "treaty", "防衛", "1985", "."]), max_size=3000))
def test_ranges_cover_the_text_and_hold_what_a_database_takes(words):
    body = " ".join(words)
    found = list(ranges.ranges("A title", body))

    assert found[0].start == 0 and found[-1].end == len(body)
    assert all(one.end == two.start for one, two in zip(found, found[1:], strict=False))
    for one in found:
        assert len(one.terms) < 16_383
        assert all(one.terms.count(term) <= 256 for term in set(one.terms))
    body_terms = [term for one in found for term in tokens.terms(body[one.start : one.end])]
    assert (
        body_terms == tokens.terms(body) or "防衛" in body
    )  # a run of pairs may be cut by a range


def test_ranges_overlap_by_a_phrase():
    body = " ".join(f"w{n}" for n in range(2500))

    first, second, third = ranges.ranges("Title", body)

    assert first.terms[:3] == ["title", ranges.BOUNDARY, "w0"]
    assert first.terms[-1] == f"w{1000 + ranges.OVERLAP - 1}"
    assert (second.terms[0], third.terms[0]) == ("w1000", "w2000")


@pytest.mark.parametrize(
    "query, fits",
    [
        ("attack consult", True),
        ('"armed attack"', True),
        ('"attack armed"', False),
        ("cons*", True),
        ('"at on*"', True),
        ("attack -secret", True),
        ("attack -consult", False),
        ("secret OR armed", True),
        ("nothing", False),
    ],
)
def test_a_text_fits_where_all_that_is_asked_holds(query, fits):
    terms = tokens.terms("In an armed attack the Parties consult at once.")

    assert phrases.fits(terms, phrases.parse(query)) is fits
