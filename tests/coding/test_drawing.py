"""Which documents enter a round: exact numbers, strata by share or evenly, the same for the same seed."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding import drawing
from coding.allocation import CannotAllocate

STRATA = {f"d{n:03}": "news" if n < 60 else "treaty" if n < 90 else "other" for n in range(100)}

strata = st.dictionaries(
    st.integers(0, 300).map(lambda n: f"d{n}"), st.sampled_from("abcde"), min_size=1, max_size=60
)


def counted(names) -> dict[str, int]:
    return dict(Counter(STRATA[name] for name in names))


def test_all_is_all_in_order_of_names():
    assert drawing.draw(STRATA, way="all", seed=1) == tuple(sorted(STRATA))


def test_strata_keep_their_share_or_give_alike():
    assert counted(drawing.draw(STRATA, way="proportion", count=10, seed=1)) == {
        "news": 6,
        "treaty": 3,
        "other": 1,
    }
    assert counted(drawing.draw(STRATA, way="evenly", count=36, seed=1)) == {
        "news": 13,
        "treaty": 13,
        "other": 10,
    }


@given(strata, st.data(), st.sampled_from(["random", "proportion", "evenly"]))
def test_a_draw_is_exact_and_follows_from_its_seed(strata, data, way):
    count = data.draw(st.integers(1, len(strata)))
    seed = data.draw(st.integers(0, 5))

    drawn = drawing.draw(strata, way=way, count=count, seed=seed)

    assert len(set(drawn)) == len(drawn) == count
    assert set(drawn) <= set(strata)
    assert drawing.draw(dict(reversed(strata.items())), way=way, count=count, seed=seed) == drawn


@given(strata, st.data())
def test_one_more_document_changes_a_draw_by_lot_by_one_at_most(strata, data):
    count = data.draw(st.integers(1, len(strata)))

    before = set(drawing.draw(strata, way="random", count=count, seed=3))
    after = set(drawing.draw(strata | {"new": "a"}, way="random", count=count, seed=3))

    assert len(before - after) <= 1


@given(strata, st.data())
def test_an_even_draw_takes_unlike_numbers_only_where_a_stratum_is_at_its_end(strata, data):
    sizes = Counter(strata.values())
    count = data.draw(st.integers(1, len(strata)))

    quota = drawing.evenly(sizes, count)

    reaching = [quota[name] for name in sizes if quota[name] < sizes[name]]
    assert sum(quota.values()) == count
    assert all(quota[name] <= sizes[name] for name in sizes)
    assert not reaching or max(quota.values()) - min(reaching) <= 1


@pytest.mark.parametrize(
    ("way", "count", "said"),
    [
        ("random", None, "say how many documents are drawn, at least one"),
        ("random", 0, "say how many documents are drawn, at least one"),
        ("evenly", 101, "101 documents were asked for, but there are only 100 to draw from"),
        ("magic", 1, 'documents are drawn as one of all, random, proportion, evenly, not "magic"'),
    ],
)
def test_what_cannot_be_drawn_is_said(way, count, said):
    with pytest.raises(CannotAllocate) as refusal:
        drawing.draw(STRATA, way=way, count=count, seed=1)

    assert refusal.value.message == said
