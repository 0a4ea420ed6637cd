"""Sorting that does not mind how much there is: the same as `sorted`, in memory or on disk, again and again."""

import random
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pytest

from datasets.ordering import Joined, Sorter, in_order, once


@dataclass(frozen=True, slots=True)
class Told:
    name: str
    n: int
    on: date | None
    values: dict[str, object]


class Pair(NamedTuple):
    a: int
    b: str


def by_n(one: Told) -> int:
    return one.n


def sorter(values, key=None, *, held):
    made = Sorter(key, held=held)
    made.extend(values)
    return made.done()


@pytest.mark.parametrize("held", [1, 7, 300, 1000, 1001], ids=lambda held: f"{held} held")
def test_records_come_back_sorted_equal_ones_as_they_came(held) -> None:
    drawn = random.Random(held)
    given = [
        Told(f"ü{place}", drawn.randrange(50), drawn.choice([None, date(1951, 9, 1)]), {"x": [1, "-9"]})
        for place in range(1000)
    ]  # fmt: skip

    found = sorter(given, by_n, held=held)

    assert list(found) == sorted(given, key=by_n)
    assert list(found) == sorted(given, key=by_n), "a second time"
    assert len(found) == 1000
    assert given[0] in found and Told("no", 1, None, {}) not in found


def test_two_readers_do_not_disturb_each_other() -> None:
    found = sorter(range(2000), held=100)

    assert list(zip(found, found, strict=True)) == [(n, n) for n in range(2000)]


def test_tuples_and_texts_keep_their_kind() -> None:
    pairs = [Pair(n % 3, "x" * n) for n in range(10)]

    assert list(sorter(pairs, held=4)) == sorted(pairs)
    assert {type(one) for one in sorter(pairs, held=4)} == {Pair}
    assert list(sorter([b"b", b"a"], held=1)) == [b"a", b"b"]


def test_what_is_in_order_already_is_not_sorted_again() -> None:
    found = in_order([3, 1, 2])

    assert in_order(found) is found
    assert list(in_order(found, lambda n: -n)) == [3, 2, 1]
    assert list(in_order([])) == []


def test_once_counts_neighbours() -> None:
    assert list(once("")) == []
    assert list(once("aabccc")) == [("a", 2), ("b", 1), ("c", 3)]


def test_what_belongs_to_a_key_is_found_beside_it() -> None:
    joined = Joined([(1, "a"), (1, "b"), (3, "c"), (5, "d")], lambda one: one[0])

    assert joined.of(0) == []
    assert joined.of(1) == [(1, "a"), (1, "b")]
    assert joined.of(1) == [(1, "a"), (1, "b")], "asked again"
    assert joined.of(4) == [], "what was passed over is gone"
    assert joined.of(5) == [(5, "d")]
    assert joined.of(9) == []
