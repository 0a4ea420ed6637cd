"""Tokens: the same for every spelling of the same words, in any script."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sources.search import tokens
from sources.search.tokens import Token

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
# What canonical texts hold besides, close together: digits, points, letters of many scripts, marks.
DENSE = st.text(
    st.sampled_from("aZ9.,5 é\u0301U.S１米国かガｶﾞ゙ 한미الأَﷺเที๊²½ı\u200dहिन्दी\n_-’ß\u3000ﬁ(“,;:”)…"),
    max_size=40,
)
TEXTS = st.one_of(ANY_TEXT, DENSE)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("The U.S. and R.O.K. forces; U.S.Navy", "the us and rok forces us navy"),
        ("Korea's F-16s_x", "korea s f 16s x"),
        ("1,000 men 2.5 12,5 1.000.000,50 1,234.5 10,000,000", "1000 men 2·5 12·5 1000000·50 1234·5 10000000"),
        ("on 4.3.1985, in 1985,1986. Article 12.", "on 4 3 1985 in 1985 1986 article 12"),
        ("Müller STRASSE Straße Đà Nẵng İstanbul ısı", "muller strasse strasse da nang istanbul isi"),
        ("Ελληνικός ΕΛΛΗΝΙΚΌΣ ёлка", "ελληνικοσ ελληνικοσ елка"),
        ("الولايات الأَمريكيّة ١٢٣ یک", "ولايات امريكيه 123 يك"),
        ("alliance¹ km² ＵＳ ﬁne", "alliance km us fine"),
        ("می‌خواهد हिन्दी में", "ميخواهد हिन्दी में"),
        ("防衛協力", "防衛 衛協 協力 力"),
        ("第1,000条 米 国", "第 1000 条米 米国 国"),
        ("ガｶﾞ", "ガガ ガ"),
        ("대한민국 정부", "대한 한민 민국 국 정부 부"),
        ("ประเทศ", "ปร ระ ะเ เท ทศ ศ"),
        ("— “ ” … 🙂 _", ""),
    ],
)  # fmt: skip
def test_terms_of_texts_in_many_scripts(text, expected):
    assert tokens.terms(text) == expected.split()


def test_tokens_stand_where_their_words_stand():
    assert list(tokens.tokens("Der “Müller”, 米 国")) == [
        Token("der", 0, 3),
        Token("muller", 5, 11),
        Token("米国", 14, 17),
        Token("国", 16, 17),
    ]


@given(TEXTS)
def test_tokens_are_in_order_inside_the_text_and_never_empty(text):
    found = list(tokens.tokens(text))

    assert all(0 <= token.start < token.end <= len(text) for token in found)
    assert [token.start for token in found] == sorted(token.start for token in found)
    assert all(0 < len(token.term) <= tokens.LONGEST * 2 for token in found)


@given(TEXTS)
def test_the_terms_are_those_of_the_tokens(text):
    found = list(tokens.tokens(text))

    assert tokens.terms(text) == [token.term for token in found]
    assert tokens.starts(text) == [token.start for token in found]


@given(TEXTS)
def test_taking_runs_apart_one_by_one_gives_what_the_whole_text_gives(text):
    assert list(tokens.tokens(text)) == list(at_once(text))


def at_once(text):
    """The definition: one expression over the whole text, nothing remembered, no short cut."""
    for match in tokens._ANY.finditer(text):
        if match.lastindex:
            parts = [
                (tokens.folded(match[0][a:b]), a + match.start(), b + match.start())
                for a, b in tokens.units(match[0])
            ]
            parts = [part for part in parts if part[0]]
            for (one, start, _), (two, _, end) in pairwise(parts):
                yield Token(one + two, start, end)
            yield from (Token(*part) for part in parts[-1:])
        elif term := tokens._term(match[0]):
            yield Token(term, *match.span())


@given(TEXTS)
def test_terms_hold_nothing_that_a_database_would_take_apart(text):
    for term in tokens.terms(text):
        assert all(
            character.isalnum() or character == "·" or unicodedata.category(character)[0] == "M"
            for character in term
        )
        assert not any("A" <= character <= "Z" for character in term)


@given(TEXTS)
def test_case_does_not_matter(text):
    composed = unicodedata.normalize("NFC", text)
    # A letter that folds into several (ß) can stand where a number or initials would otherwise end.
    assume(all(len(character.casefold()) == 1 for character in composed))
    assert tokens.terms(composed.casefold()) == tokens.terms(composed)


@given(st.text(st.characters(categories=["Ll", "Lo", "Nd"]), min_size=1, max_size=20))
def test_a_term_looked_for_by_itself_is_the_same_term(word):
    for token in tokens.tokens(word):
        if not tokens.is_paired(token.term):
            assert tokens.terms(token.term) == [token.term]
