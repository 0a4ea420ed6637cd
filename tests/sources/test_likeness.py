"""Near-duplicates: shares of shingles, sketches that meet where the texts do, and clusters."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import likeness
from sources.likeness import Likeness

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=60)


def numbered(first, last):
    return [str(n) for n in range(first, last)]


def test_shares_of_a_shortened_copy():
    whole, half = likeness.shingles(numbered(0, 104)), likeness.shingles(numbered(0, 54))

    assert (len(whole), len(half)) == (100, 50)
    assert likeness.compare(whole, half) == Likeness(1.0, 0.5)


def test_shares_of_texts_that_overlap():
    one, two = likeness.shingles(numbered(0, 104)), likeness.shingles(numbered(50, 154))

    assert likeness.compare(one, two) == Likeness(0.5, 50 / 150)


def test_nothing_is_like_an_empty_text():
    assert likeness.shingles([]) == frozenset()
    assert likeness.compare(frozenset(), likeness.shingles(["a"])) == Likeness(0.0, 0.0)


def test_a_short_text_is_one_shingle():
    assert len(likeness.shingles(["only", "three", "words"])) == 1
    assert len(likeness.shingles(numbered(0, 5))) == 1
    assert len(likeness.shingles(numbered(0, 6))) == 2


def test_a_sketch_keeps_an_eighth_and_of_short_texts_a_few():
    long = likeness.shingles(numbered(0, 8004))
    short = likeness.shingles(numbered(0, 30))

    assert 900 < len(likeness.sketch(long)) < 1100
    assert likeness.KEEP_AT_LEAST <= len(likeness.sketch(short)) < 16
    assert len(likeness.sketch(likeness.shingles(numbered(0, 100_000)))) == likeness.KEEP_AT_MOST


@given(WORDS, WORDS)
def test_shares_do_not_depend_on_the_order_and_lie_between_nought_and_one(one, two):
    a, b = likeness.shingles(one), likeness.shingles(two)

    shares = likeness.compare(a, b)

    assert shares == likeness.compare(b, a)
    assert 0 <= shares.resemblance <= shares.containment <= 1
    assert likeness.compare(a, a) == (Likeness(1.0, 1.0) if a else Likeness(0.0, 0.0))


@given(st.integers(0, 1000))
def test_an_edited_copy_still_shares_the_sketch(seed):
    chance = random.Random(seed)
    words = [str(chance.randrange(5000)) for _ in range(400)]
    edited = [word if chance.random() > 0.15 else "edited" for word in words]

    kept, other = (set(likeness.sketch(likeness.shingles(each))) for each in (words, edited))

    assert len(kept & other) >= 2


@pytest.mark.parametrize(
    "pairs, expected",
    [
        ([], []),
        ([(1, 2), (2, 3), (7, 8)], [[1, 2, 3], [7, 8]]),
        ([(5, 9), (2, 9), (1, 4)], [[1, 4], [2, 5, 9]]),
    ],
)
def test_clusters_are_what_pairs_connect(pairs, expected):
    assert likeness.clusters(pairs) == expected


def days(*numbers):
    return [(n, number and date(1985, 3, number)) for n, number in enumerate(numbers)]


@pytest.mark.parametrize(
    "found, expected",
    [
        (days(4, 5, 11), {1: 0, 2: 0}),
        (days(4, 12, 12), {2: 1}),
        (days(5, 1, 12, 9), {1: 0, 3: 2}),  # a group reaches over a week, however it came about
        (days(None, 1, 20, 8), {1: 0, 3: 0}),
        (days(None, None), {1: 0}),
    ],
)
def test_the_very_same_text_within_a_week_is_one_report(found, expected):
    assert likeness.same_reports(found, words=likeness.SAME_WORDS) == expected
    assert likeness.same_reports(found, words=likeness.SAME_WORDS - 1) == {}
