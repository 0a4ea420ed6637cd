"""Allocation: exact coders per document, even loads and pairs, the same for the same seed, plain refusals."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding import allocation
from coding.allocation import Allotment, CannotAllocate, allocate


def names(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{place:04d}" for place in range(count)]


def loads(allotments: tuple[Allotment, ...], coders: list[str]) -> Counter[str]:
    counted = Counter(dict.fromkeys(coders, 0))
    for allotment in allotments:
        counted.update(allotment.coders)
    return counted


def meetings(allotments: tuple[Allotment, ...], coders: list[str]) -> Counter[tuple[str, ...]]:
    counted = Counter(dict.fromkeys(combinations(sorted(coders), 2), 0))
    for allotment in allotments:
        counted.update(combinations(allotment.coders, 2))
    return counted


def spread(counted: Counter) -> int:
    return max(counted.values()) - min(counted.values()) if counted else 0


def test_two_documents_and_two_coders_each_code_both() -> None:
    assert allocate(["b", "a"], ["C2", "C1"], per_document=2, seed=1) == (
        Allotment("a", ("C1", "C2")),
        Allotment("b", ("C1", "C2")),
    )


@pytest.mark.parametrize("coders", range(1, 9))
@pytest.mark.parametrize("documents", [1, 2, 5, 24, 61])
def test_every_document_has_its_exact_coders_and_loads_differ_by_one_at_most(
    coders: int, documents: int
) -> None:
    people = names("c", coders)
    for per_document in range(1, coders + 1):
        allotments = allocate(names("d", documents), people, per_document=per_document, seed=7)

        assert [a.document for a in allotments] == names("d", documents)
        assert {len(set(a.coders)) for a in allotments} == {per_document}
        assert spread(loads(allotments, people)) <= 1


@pytest.mark.parametrize(
    ("coders", "per_document", "allowed"),
    [
        (3, 2, 1),
        (4, 2, 1),
        (5, 2, 1),
        (6, 2, 1),
        (6, 3, 2),
        (7, 3, 1),
        (8, 2, 1),
        (10, 2, 1),
        (10, 3, 2),
    ],
)
def test_pairs_of_coders_meet_evenly(coders: int, per_document: int, allowed: int) -> None:
    people = names("c", coders)

    allotments = allocate(names("d", 120), people, per_document=per_document, seed="s")

    assert spread(meetings(allotments, people)) <= allowed


def test_order_of_documents_and_coders_does_not_matter() -> None:
    documents, coders = names("d", 40), names("c", 5)

    forward = allocate(documents, coders, per_document=2, seed=3, overlap_share=0.5)

    assert (
        allocate(documents[::-1], coders[::-1], per_document=2, seed=3, overlap_share=0.5)
        == forward
    )


def test_seed_decides_the_draw() -> None:
    documents, coders = names("d", 40), names("c", 5)

    drawn = {allocate(documents, coders, per_document=2, seed=seed) for seed in (1, 2, 3)}

    assert len(drawn) == 3
    assert allocate(documents, coders, per_document=2, seed=1) in drawn


@pytest.mark.parametrize(
    ("share", "several"), [(0, 0), (0.2, 20), (0.255, 26), (0.5, 50), (1, 100)]
)
def test_overlap_share_is_exact_and_keeps_loads_even(share: float, several: int) -> None:
    people = names("c", 4)

    allotments = allocate(names("d", 100), people, per_document=3, overlap_share=share, seed=5)

    assert (
        Counter(len(a.coders) for a in allotments)
        == Counter({3: several, 1: 100 - several}) - Counter()
    )
    assert spread(loads(allotments, people)) <= 1


def test_overlap_is_spread_over_strata_by_largest_remainder() -> None:
    strata = {
        name: ("news" if place < 30 else "treaty" if place < 37 else "speech")
        for place, name in enumerate(names("d", 40))
    }

    allotments = allocate(
        strata, names("c", 4), per_document=2, overlap_share=0.5, seed=5, strata=strata
    )

    several = Counter(strata[a.document] for a in allotments if len(a.coders) == 2)
    assert several == {"news": 15, "speech": 2, "treaty": 3}


def test_loads_are_even_within_strata_too() -> None:
    documents = names("d", 90)
    strata = {name: f"s{place % 3}" for place, name in enumerate(documents)}
    people = names("c", 5)

    allotments = allocate(documents, people, per_document=2, seed=5, strata=strata)

    by_stratum = [
        loads(tuple(a for a in allotments if strata[a.document] == s), people)
        for s in ("s0", "s1", "s2")
    ]
    assert spread(loads(allotments, people)) <= 1
    assert max(map(spread, by_stratum)) <= 1


def test_kept_work_stays_counts_and_is_completed() -> None:
    documents, people = names("d", 10), names("c", 4)
    kept = [Allotment("d0000", ("c0000", "c0001")), Allotment("d0001", ("c0000",))]

    allotments = allocate(documents, people, per_document=2, seed=5, kept=kept)

    given = {a.document: a.coders for a in allotments}
    assert given["d0000"] == ("c0000", "c0001")
    assert "c0000" in given["d0001"]
    assert {len(c) for c in given.values()} == {2}
    assert spread(loads(allotments, people)) <= 1


def test_kept_work_of_a_busy_coder_leaves_the_rest_to_others() -> None:
    documents, people = names("d", 8), names("c", 4)
    kept = [Allotment(name, ("c0000",)) for name in documents]

    allotments = allocate(documents, people, per_document=2, seed=5, kept=kept)

    assert loads(allotments, people)["c0000"] == 8
    assert sorted(loads(allotments, people).values()) == [2, 3, 3, 8]


def test_documents_that_have_several_coders_already_fill_the_overlap_first() -> None:
    kept = [Allotment("d0003", ("c0000", "c0001"))]

    allotments = allocate(
        names("d", 10), names("c", 3), per_document=2, overlap_share=0.1, seed=5, kept=kept
    )

    assert [a.document for a in allotments if len(a.coders) == 2] == ["d0003"]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"documents": []}, "no document was given"),
        ({"coders": []}, "no coder was given"),
        ({"documents": ["a", "a"]}, 'the document "a" was given twice'),
        ({"coders": ["x", "x"]}, 'the coder "x" was given twice'),
        ({"documents": [""]}, "a document without a name was given"),
        ({"per_document": 0}, "every document needs at least one coder"),
        ({"per_document": 3}, "3 coders per document were asked for, but there are only 2"),
        ({"overlap_share": 1.5}, "must lie between 0 and 1"),
        ({"overlap_share": float("nan")}, "must lie between 0 and 1"),
        ({"strata": {"b": "s"}}, 'the document "a" has no stratum'),
        (
            {"kept": [Allotment("z", ("x",))]},
            'the document "z" is kept but is not among the documents',
        ),
        (
            {"kept": [Allotment("a", ("q",))]},
            '"q" keeps the document "a" but is not among the coders',
        ),
        ({"kept": [Allotment("a", ("x", "x"))]}, 'the document "a" is kept twice'),
        (
            {"kept": [Allotment("a", ("x", "y"))], "per_document": 1},
            "has 2 coders already, more than the 1 asked for",
        ),
    ],
)
def test_the_impossible_is_refused_in_plain_words(asked: dict, reason: str) -> None:
    request = {"documents": ["a", "b"], "coders": ["x", "y"], "per_document": 2, "seed": 1, **asked}

    with pytest.raises(CannotAllocate) as refusal:
        allocate(request.pop("documents"), request.pop("coders"), **request)

    assert reason in refusal.value.message


@settings(deadline=None)
@given(
    st.sets(st.text(min_size=1, max_size=4), min_size=1, max_size=30),
    st.sets(st.text(min_size=1, max_size=4), min_size=1, max_size=6),
    st.data(),
)
def test_any_possible_request_is_met_exactly(
    documents: set[str], coders: set[str], data: st.DataObject
) -> None:
    per_document = data.draw(st.integers(1, len(coders)))
    share = data.draw(st.floats(0, 1))

    allotments = allocate(
        documents,
        coders,
        per_document=per_document,
        overlap_share=share,
        seed=data.draw(st.integers()),
    )

    assert [a.document for a in allotments] == sorted(documents)
    assert {len(set(a.coders)) for a in allotments} <= {1, per_document}
    assert spread(loads(allotments, list(coders))) <= 1


def test_queue_key_depends_on_coder_and_document_only() -> None:
    documents = names("d", 50)

    queue = sorted(documents, key=lambda d: allocation.queue_key("c1", d))

    assert allocation.queue_key("c1", "d1") == "12c00c70fa00457e724242630d37fe65"
    assert [d for d in queue if d != "d0007"] == sorted(
        set(documents) - {"d0007"}, key=lambda d: allocation.queue_key("c1", d)
    )
    assert queue != sorted(documents, key=lambda d: allocation.queue_key("c2", d))
    assert queue != documents


def test_queue_keys_of_joined_names_do_not_collide() -> None:
    assert allocation.queue_key("a", "bc") != allocation.queue_key("ab", "c")
