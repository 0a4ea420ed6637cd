"""Alignment: the written objective, exactly, whatever the order, with decisions kept."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciliation.agreement import distance
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


def best_by_trying_all(events: list[CodedEvent], rule: AlignmentRule) -> float:
    best = 0.0
    gains = {}
    for e, f in combinations(events, 2):
        d = plain_distance(e, f, rule)
        gains[e.key, f.key] = None if d is None or d >= rule.theta else rule.theta - d
    for partition in partitions(events):
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


@settings(max_examples=1500, deadline=None)
@given(documents(coders=3, most=7))
def test_align_reaches_the_best_of_all_partitions(events: list[CodedEvent]) -> None:
    found = align(events, RULE)

    assert found.objective == pytest.approx(best_by_trying_all(events, RULE), abs=1e-8)
    assert found.gap == 0


@settings(max_examples=300, deadline=None)
@given(documents(coders=4, most=8))
def test_every_pair_carries_the_distance_of_the_definition(events: list[CodedEvent]) -> None:
    found = align(events, RULE)

    for e, f in combinations(events, 2):
        if e.coder != f.coder:
            assert explain(found, e.key, f.key).distance == pytest.approx(
                plain_distance(e, f, RULE), abs=1e-12
            )


@settings(max_examples=300, deadline=None)
@given(documents(), st.randoms())
def test_input_order_leaves_no_trace(events: list[CodedEvent], random: object) -> None:
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert align(shuffled, RULE).groups == align(events, RULE).groups
