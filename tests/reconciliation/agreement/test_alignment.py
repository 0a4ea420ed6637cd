"""Alignment: the written objective, exactly, whatever the order, with decisions kept."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from reconciliation.agreement import distance, grouping
from reconciliation.agreement.alignment import align, explain
from reconciliation.agreement.units import AlignmentRule, CodedEvent

RULE = AlignmentRule()


def event(key: str, coder: str = "A", document: str = "d", **given: object) -> CodedEvent:
    return CodedEvent(key=key, document=document, coder=coder, **{"type": "MA", **given})  # type: ignore[arg-type]


small_sets = st.frozensets(st.sampled_from([2, 200, 365, 740]), max_size=3)
spans = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 15)).map(lambda p: (p[0], p[0] + p[1])), max_size=3
).map(tuple)
dates = st.none() | st.tuples(st.integers(700_000, 700_400), st.integers(0, 60)).map(
    lambda p: (p[0], p[0] + p[1])
)


@st.composite
def documents(draw: st.DrawFn, coders: int = 4, most: int = 9) -> list[CodedEvent]:
    n = draw(st.integers(0, most))
    return [
        CodedEvent(
            key=f"e{k}",
            document="d",
            coder=draw(st.sampled_from("ABCD"[:coders])),
            type=draw(st.sampled_from(["MA", "MT", "TO"])),
            family=draw(st.sampled_from(["seven", "seven", ""])),
            providers=draw(small_sets),
            recipients=draw(small_sets),
            reciprocal=draw(st.booleans()),
            start=draw(dates),
            spans=draw(spans),
        )
        for k in range(n)
    ]


def plain_distance(e: CodedEvent, f: CodedEvent, rule: AlignmentRule) -> float | None:
    """The definition, term by term, written without arrays."""

    def mean(crossed: bool) -> float | None:
        theirs = (f.recipients, f.providers) if crossed else (f.providers, f.recipients)
        terms: dict[str, float] = {}
        if e.type == f.type:
            terms["type"] = 0.0
        else:
            terms["type"] = 0.5 if e.family and e.family == f.family else 1.0
        if e.providers and theirs[0]:
            terms["provider"] = distance.masi(e.providers, theirs[0])
        if e.recipients and theirs[1]:
            terms["recipient"] = distance.masi(e.recipients, theirs[1])
        if e.start and f.start:
            terms["date"] = distance.date(e.start, f.start, rule.tau)
        if e.spans and f.spans:
            terms["evidence"] = distance.dice(e.spans, f.spans)
        weight = sum(rule.weights[t] for t in terms)
        return sum(rule.weights[t] * x for t, x in terms.items()) / weight if weight else None

    straight = mean(False)
    crossed = mean(True) if e.reciprocal or f.reciprocal else None
    return min((d for d in (straight, crossed) if d is not None), default=None)


def partitions(items: list[CodedEvent]) -> list[list[list[CodedEvent]]]:
    """All partitions with at most one event per coder in a part."""
    if not items:
        return [[]]
    head, rest = items[0], items[1:]
    found = []
    for partition in partitions(rest):
        found.append([[head], *partition])
        for k, part in enumerate(partition):
            if head.coder not in {other.coder for other in part}:
                found.append([*partition[:k], [head, *part], *partition[k + 1 :]])
    return found


def best_by_trying_all(
    events: list[CodedEvent], rule: AlignmentRule, *, together: Any = (), apart: Any = ()
) -> float:
    """The objective of the best of all partitions that keep the decisions."""
    best = float("-inf")
    bound = {frozenset(pair) for g in together for pair in combinations(g, 2)}
    split = {frozenset(pair) for pair in apart}
    gains: dict[tuple[str, str], float | None] = {}
    for e, f in combinations(events, 2):
        d = plain_distance(e, f, rule)
        pair = frozenset((e.key, f.key))
        fits = d is not None and d < rule.theta and pair not in split
        gains[e.key, f.key] = (
            rule.theta - (rule.theta if d is None else d) if fits or pair in bound else None
        )
    for partition in partitions(events):
        inside = {frozenset((e.key, f.key)) for part in partition for e, f in combinations(part, 2)}
        if not bound <= inside:
            continue
        total = 0.0
        for part in partition:
            pairs = [
                gains[e.key, f.key] for e, f in combinations(sorted(part, key=lambda e: e.key), 2)
            ]
            if None in pairs:
                break
            total += sum(p for p in pairs if p is not None)
        else:
            best = max(best, total)
    return best


@settings(max_examples=400, deadline=None)
@given(documents(coders=3, most=7))
def test_align_reaches_the_best_of_all_partitions(events: list[CodedEvent]) -> None:
    found = align(events, RULE)

    assert found.objective == pytest.approx(best_by_trying_all(events, RULE), abs=1e-8)
    assert found.gap == 0


def test_thousands_of_small_documents_reach_the_best_of_all_partitions() -> None:
    draw = random.Random(20)
    corpus = [crowded(draw.randrange(1 << 30), 3, 2) for _ in range(3000)]
    kept = [
        [
            replace(e, document=f"{n:04d}", key=f"{n:04d}{e.key}")
            for e in events
            if draw.random() < 0.85
        ]
        for n, events in enumerate(corpus)
    ]
    rule = AlignmentRule(theta=0.3)

    found = align([e for events in kept for e in events], rule)

    gained = dict.fromkeys(range(3000), 0.0)
    for group in found.groups:
        for a, b in combinations(group, 2):
            why = explain(found, a, b)
            assert why.distance is not None
            gained[int(a[:4])] += rule.theta - why.distance
    expected = {n: best_by_trying_all(events, rule) for n, events in enumerate(kept)}
    assert gained == pytest.approx(expected, abs=1e-8)
    assert found.gap == 0


@settings(max_examples=120, deadline=None)
@given(documents(coders=4, most=8))
def test_every_pair_carries_the_distance_of_the_definition(events: list[CodedEvent]) -> None:
    found = align(events, RULE)

    for e, f in combinations(events, 2):
        if e.coder != f.coder:
            assert explain(found, e.key, f.key).distance == pytest.approx(
                plain_distance(e, f, RULE), abs=1e-12
            )


@settings(max_examples=120, deadline=None)
@given(documents(), st.randoms())
def test_input_order_leaves_no_trace(events: list[CodedEvent], order: random.Random) -> None:
    shuffled = list(events)
    order.shuffle(shuffled)

    assert align(shuffled, RULE).groups == align(events, RULE).groups


@settings(max_examples=250, deadline=None)
@given(documents(coders=4, most=7), st.data())
def test_decisions_hold_and_the_rest_is_best(events: list[CodedEvent], data: st.DataObject) -> None:
    if not events:
        return
    groups = data.draw(st.sampled_from(partitions(events)))
    together = [tuple(e.key for e in g) for g in groups if len(g) > 1][:2]
    bound = {key: n for n, g in enumerate(together) for key in g}
    free = [(e.key, f.key) for e, f in combinations(events, 2)]
    apart = [
        pair
        for pair in data.draw(st.lists(st.sampled_from(free), max_size=3) if free else st.just([]))
        if bound.get(pair[0], "-") != bound.get(pair[1], "+")
    ]

    found = align(events, RULE, together=together, apart=apart)

    group_of = {key: n for n, g in enumerate(found.groups) for key in g}
    assert all(len({group_of[key] for key in g}) == 1 for g in together)
    assert all(group_of[a] != group_of[b] for a, b in apart)
    expected = best_by_trying_all(events, RULE, together=together, apart=apart)
    assert found.objective == pytest.approx(expected, abs=1e-8)


@settings(max_examples=120, deadline=None)
@given(documents(coders=4, most=9))
def test_groups_hold_each_event_once_and_only_near_ones(events: list[CodedEvent]) -> None:
    found = align(events, RULE)

    assert sorted(key for g in found.groups for key in g) == sorted(e.key for e in events)
    by_key = {e.key: e for e in events}
    for group in found.groups:
        coders = [by_key[key].coder for key in group]
        assert len(set(coders)) == len(coders)
        for a, b in combinations(group, 2):
            why = explain(found, a, b)
            assert why.grouped and why.distance is not None and why.distance < RULE.theta


@settings(max_examples=80, deadline=None)
@given(st.lists(documents(coders=3, most=6), min_size=2, max_size=4))
def test_documents_are_aligned_each_by_itself(corpus: list[list[CodedEvent]]) -> None:
    moved = [
        [replace(e, document=f"d{n}", key=f"{n}/{e.key}") for e in events]
        for n, events in enumerate(corpus)
    ]

    alone = [group for events in moved for group in align(events, RULE).groups]

    assert list(align([e for events in moved for e in events], RULE).groups) == alone


@pytest.mark.parametrize(
    "left_out", ["type", "provider", "recipient", "actors", "date", "evidence"]
)
@settings(max_examples=25, deadline=None)
@given(events=documents(coders=3, most=6))
def test_a_term_left_out_steers_nothing(left_out: str, events: list[CodedEvent]) -> None:
    """The same groups come out when every event holds the same in the field left out."""
    blank: dict[str, object] = {
        "type": {"type": "X", "family": ""},
        "provider": {"providers": frozenset()},
        "recipient": {"recipients": frozenset()},
        "actors": {"providers": frozenset(), "recipients": frozenset()},
        "date": {"start": None},
        "evidence": {"spans": ()},
    }[left_out]

    found = align(events, RULE, leave_out=frozenset({left_out}))

    emptied = [replace(e, **blank) for e in events]
    if left_out in ("provider", "recipient"):
        emptied = [replace(e, reciprocal=False) for e in emptied]
    assert found.groups == align(emptied, RULE, leave_out=frozenset({left_out})).groups


def full_programme(events: list[CodedEvent], rule: AlignmentRule) -> float:
    """One integer programme per document over all lawful groups: no decomposition at all."""
    gains = {}
    for e, f in combinations(events, 2):
        d = plain_distance(e, f, rule)
        if e.coder != f.coder and d is not None and d < rule.theta:
            gains[frozenset((e.key, f.key))] = rule.theta - d
    cliques = [(e,) for e in events]
    columns: list[tuple[CodedEvent, ...]] = []
    while cliques:
        cliques = [
            (*clique, e)
            for clique in cliques
            for e in events
            if e.key > clique[-1].key and all(frozenset((e.key, f.key)) in gains for f in clique)
        ]
        columns += cliques
    if not columns:
        return 0.0
    worth = [sum(gains[frozenset((e.key, f.key))] for e, f in combinations(c, 2)) for c in columns]
    member = np.array([[float(e in c) for c in columns] for e in events])
    answer = milp(
        -np.array(worth),
        constraints=LinearConstraint(member, -np.inf, 1),
        integrality=np.ones(len(columns)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    return -float(answer.fun)


def crowded(seed: int, coders: int, each: int) -> list[CodedEvent]:
    """One document full of events that resemble each other."""
    draw = random.Random(seed)
    return [
        event(
            f"{coder}{k:02d}",
            coder,
            type=draw.choice(["MA", "MT"]),
            family="seven",
            providers=frozenset(draw.sample([2, 200, 365], draw.randint(1, 2))),
            recipients=frozenset(draw.sample([710, 740], 1)),
            start=(day := 700_000 + draw.randint(0, 90), day + draw.choice([0, 30])),
            spans=((at := draw.randint(0, 120), at + draw.randint(5, 30)),),
        )
        for coder in "ABCDE"[:coders]
        for k in range(each)
    ]


@pytest.mark.parametrize(("coders", "each"), [(2, 8), (3, 5), (3, 7), (4, 4), (5, 3)])
@pytest.mark.parametrize("seed", range(4))
def test_crowded_documents_reach_the_full_integer_programme(
    seed: int, coders: int, each: int
) -> None:
    rule = AlignmentRule(theta=0.4)
    events = crowded(seed, coders, each)

    found = align(events, rule)

    assert found.gap == 0
    assert found.objective == pytest.approx(full_programme(events, rule), abs=1e-6)


def test_every_way_of_solving_is_met() -> None:
    rule = AlignmentRule(theta=0.4)
    solved: set[str] = set()
    for seed in range(30):
        for coders, each in ((2, 6), (3, 3), (3, 7), (4, 5)):
            solved |= set(align(crowded(seed, coders, each), rule).solved)

    assert solved >= {
        "alone",
        "clique",
        "mutual best",
        "assignment",
        "programme",
        "pairwise",
        "packing",
    }


def test_a_cap_that_bites_reports_the_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many groups to list: the ascent, with how much better any answer could be at most."""
    rule = AlignmentRule(theta=0.55)
    events = crowded(1, 4, 8)
    exact = align(events, rule)
    monkeypatch.setattr(grouping, "PACKING_COLUMNS", 10)

    found = align(events, rule)

    assert (
        found.solved == {**exact.solved, "ascent": found.solved["ascent"]}
        or "ascent" in found.solved
    )
    assert found.objective <= exact.objective + 1e-9 <= found.objective + found.gap + 2e-9
    assert found.gap > 0


def test_ties_go_to_the_first_keys() -> None:
    twins = [
        event("a1", "A"),
        event("b1", "B"),
        event("b2", "B"),
        event("c1", "C"),
        event("c2", "C"),
    ]

    assert align(twins, RULE).groups == (("a1", "b1", "c1"), ("b2", "c2"))


def test_equal_events_are_grouped_in_the_order_of_their_keys() -> None:
    many = [event(f"{coder}{k}", coder) for coder in "ABC" for k in range(6)]

    assert align(many, RULE).groups == tuple((f"A{k}", f"B{k}", f"C{k}") for k in range(6))


def test_a_reciprocal_event_is_compared_both_ways() -> None:
    mine = event("a", "A", providers=frozenset({2}), recipients=frozenset({740}), reciprocal=True)
    theirs = event("b", "B", providers=frozenset({740}), recipients=frozenset({2}))
    one_way = replace(mine, reciprocal=False)

    crossed = explain(align([mine, theirs], RULE), "a", "b")
    straight = explain(align([one_way, theirs], RULE), "a", "b")

    assert (crossed.crossed, crossed.distance) == (True, 0.0)
    assert straight.distance == pytest.approx(0.25 / 0.55)


def test_leaving_an_actor_field_out_ends_the_crosswise_comparison() -> None:
    """Crosswise, providers would be read against recipients: the field left out would steer."""
    mine = event("a", "A", providers=frozenset({2}), recipients=frozenset({740}), reciprocal=True)
    theirs = event("b", "B", providers=frozenset({740}), recipients=frozenset({2}))

    why = explain(align([mine, theirs], RULE, leave_out=frozenset({"provider"})), "a", "b")

    assert (why.crossed, why.terms) == (False, {"type": 0.0, "recipient": 1.0})


def test_explanation_holds_the_terms_both_have() -> None:
    one = event("a", "A", providers=frozenset({2}), start=(10, 10), spans=((0, 10),))
    other = event("b", "B", providers=frozenset({2, 200}), spans=((5, 15), (12, 20)))

    why = explain(align([one, other], RULE), "a", "b")

    assert why.terms == pytest.approx({"type": 0.0, "provider": 2 / 3, "evidence": 1 - 10 / 25})
    weights = {"type": 0.30, "provider": 0.125, "evidence": 0.25}
    assert why.weights == weights
    assert why.distance == pytest.approx((0.125 * 2 / 3 + 0.25 * 0.6) / 0.675)
    assert why.grouped


def test_events_without_a_common_term_are_never_grouped() -> None:
    rule = AlignmentRule(weights={"date": 1.0, "evidence": 1.0})
    found = align([event("a", "A", start=(1, 1)), event("b", "B", spans=((0, 5),))], rule)

    assert found.groups == (("a",), ("b",))
    assert explain(found, "a", "b").distance is None


def test_unmatched_events_stay_as_groups_of_one() -> None:
    found = align([event("a", "A"), event("b", "B", document="other")], RULE)

    assert (found.groups, found.solved, found.objective) == ((("a",), ("b",)), {"alone": 2}, 0.0)


def test_no_events_no_groups() -> None:
    found = align([], RULE)

    assert (found.groups, found.objective, found.gap) == ((), 0.0, 0.0)


def test_keys_that_vanished_are_told() -> None:
    found = align(
        [event("a", "A"), event("b", "B")], RULE, together=[("a", "gone")], apart=[("x", "b")]
    )

    assert (found.groups, found.stale) == ((("a", "b"),), ("gone", "x"))


@pytest.mark.parametrize(
    ("together", "apart", "message"),
    [
        ([("a", "a2")], [], "events a and a2 are of one coder"),
        ([("a", "b"), ("b", "a2")], [], "are of one coder"),
        ([("a", "z")], [], "put together with one of another document"),
        ([("a", "b")], [("b", "a")], "put together and kept apart at once"),
    ],
)
def test_decisions_that_cannot_hold_are_refused(together: list, apart: list, message: str) -> None:
    events = [event("a", "A"), event("a2", "A"), event("b", "B"), event("z", "B", document="e")]

    with pytest.raises(ValueError, match=message):
        align(events, RULE, together=together, apart=apart)


def test_impossible_rules_and_events_are_refused() -> None:
    for wrong, message in (
        ({"weights": {"colour": 1}}, "unknown distance terms: colour"),
        ({"weights": {"type": 0}}, "not all zero"),
        ({"tau": 0}, "tau must be"),
        ({"theta": 1.5}, "theta must lie"),
    ):
        with pytest.raises(ValueError, match=message):
            AlignmentRule(**wrong)
    with pytest.raises(ValueError, match="two events have the same key"):
        align([event("a", "A"), event("a", "B")], RULE)
    with pytest.raises(ValueError, match="start ends before it begins"):
        event("a", start=(2, 1))
    with pytest.raises(ValueError, match="is empty or negative"):
        event("a", spans=((3, 3),))


def test_actors_stand_for_both_halves() -> None:
    rule = AlignmentRule(weights={"type": 0.3, "actors": 0.25, "date": 0.2, "evidence": 0.25})

    assert rule == AlignmentRule()
