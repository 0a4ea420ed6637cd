"""Presence, numbers and the set of events of a document."""

from __future__ import annotations

import random
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciliation.agreement import eventsets
from reconciliation.agreement.alignment import align, explain
from reconciliation.agreement.coefficients import measure
from reconciliation.agreement.units import AlignmentRule, CodedEvent

RULE = AlignmentRule()


def event(key: str, document: str, coder: str, kind: str, day: int = 1) -> CodedEvent:
    return CodedEvent(key, document, coder, kind, start=(700_000 + day, 700_000 + day))


EVENTS = [
    event("1", "d1", "A", "MA"),
    event("2", "d1", "B", "MA"),
    event("3", "d1", "B", "MT", 90),
    event("4", "d2", "A", "TO", 300),
    event("5", "d3", "B", "EX", 300),
]
CODED = [(d, c) for d in ("d1", "d2", "d3", "d4") for c in "AB"] + [("d5", "A")]


def test_read_and_no_event_counts_not_coded_does_not() -> None:
    figure = measure(eventsets.presence(EVENTS, CODED), interval=None)

    # Pairs (1,1), (1,0), (0,1), (0,0): the single reading of d5 pairs with nothing.
    assert (figure.n_units, figure.n_values) == (4, 8)
    assert figure.value == pytest.approx(1 - 7 * 4 / (2 * 4 * 4))


def test_numbers_of_events_at_the_ratio_level() -> None:
    units = eventsets.numbers(EVENTS, CODED)

    rows = {
        d: [units.values[c] for c in row if c >= 0]
        for d, row in zip(units.unit_ids, units.codes, strict=True)
    }
    assert rows == {"d1": [1, 2], "d2": [1, 0], "d3": [0, 1], "d4": [0, 0], "d5": [0]}
    assert measure(units, "krippendorff_alpha", "ratio", interval=None).value is not None


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 4), st.integers(0, 4), st.randoms(use_true_random=False))
def test_set_distance_is_the_best_assignment(n: int, m: int, order: random.Random) -> None:
    costs = np.array([[round(order.random(), 2) for _ in range(m)] for _ in range(n)]).reshape(n, m)
    wide = costs if n <= m else costs.T
    fewer, more = wide.shape

    found = eventsets.set_distance(costs)

    if more == 0:
        assert found == 0
    else:
        best = min(
            sum(wide[i, j] for i, j in enumerate(chosen))
            for chosen in permutations(range(more), fewer)
        )
        assert found == pytest.approx((best + more - fewer) / more, abs=1e-12)


def test_event_set_alpha_is_its_definition() -> None:
    def cost(e: CodedEvent, f: CodedEvent) -> float:
        near = [replace_document(e, "x", "A"), replace_document(f, "x", "B")]
        d = explain(align(near, RULE), near[0].key, near[1].key).distance
        return min(1.0, (1.0 if d is None else d) / RULE.theta)

    def delta(one: tuple[str, str], other: tuple[str, str]) -> float:
        a = [e for e in EVENTS if (e.document, e.coder) == one]
        b = [e for e in EVENTS if (e.document, e.coder) == other]
        return eventsets.set_distance(
            np.array([[cost(e, f) for f in b] for e in a]).reshape(len(a), len(b))
        )

    sets = [(d, c) for d in ("d1", "d2", "d3", "d4") for c in "AB"]
    observed = sum(delta((d, "A"), (d, "B")) for d in ("d1", "d2", "d3", "d4")) / 4
    different = [delta(p, q) for p, q in combinations(sets, 2) if p[0] != q[0]]

    figure = eventsets.event_set_alpha(EVENTS, CODED, RULE, interval=None)

    assert figure.value == pytest.approx(
        1 - observed / (sum(different) / len(different)), abs=1e-12
    )
    assert (figure.n_units, figure.n_values, figure.n_coders) == (4, 8, 2)


def replace_document(e: CodedEvent, document: str, coder: str) -> CodedEvent:
    return CodedEvent(f"{e.key}{coder}", document, coder, e.type, start=e.start)


def corpus(agreeing: float, documents: int = 60) -> tuple[list[CodedEvent], list[tuple[str, str]]]:
    draw = random.Random(3)
    events = []
    for d in range(documents):
        seen = [
            (draw.choice(["MA", "MT", "TO", "EX"]), draw.randint(1, 3000))
            for _ in range(draw.randint(0, 3))
        ]
        for coder in "AB":
            for k, (kind, day) in enumerate(seen):
                if draw.random() >= agreeing:
                    kind, day = draw.choice(["MA", "MT", "TO", "EX"]), draw.randint(1, 3000)
                events.append(event(f"{d}{coder}{k}", f"d{d:03d}", coder, kind, day))
    return events, [(f"d{d:03d}", c) for d in range(documents) for c in "AB"]


def test_full_agreement_is_one_and_chance_is_about_nought() -> None:
    events, coded = corpus(1.0)
    assert eventsets.event_set_alpha(events, coded, interval=None).value == 1.0

    # The readings of B dealt out among the documents anew: nothing but chance remains.
    documents = sorted({d for d, _ in coded})
    dealt = dict(zip(documents, random.Random(1).sample(documents, len(documents)), strict=True))
    mixed = [
        e if e.coder == "A" else CodedEvent(e.key, dealt[e.document], "B", e.type, start=e.start)
        for e in events
    ]
    by_chance = eventsets.event_set_alpha(mixed, coded, interval=None).value
    assert by_chance == pytest.approx(0.0, abs=0.1)


def test_drawn_pairs_come_close_to_all_pairs() -> None:
    events, coded = corpus(0.7)
    exact = eventsets.event_set_alpha(events, coded, interval=None)

    drawn = eventsets.event_set_alpha(events, coded, interval=None, expected_pairs=4000, seed=5)

    assert drawn.value == pytest.approx(exact.value, abs=0.02)
    assert drawn == eventsets.event_set_alpha(
        events[::-1], coded[::-1], interval=None, expected_pairs=4000, seed=5
    )


def test_interval_over_documents() -> None:
    events, coded = corpus(0.7)

    figure = eventsets.event_set_alpha(events, coded, replicates=300, seed=1)

    assert figure.interval == "cluster"
    assert figure.low < figure.value < figure.high


@pytest.mark.parametrize(
    ("events", "coded", "reason"),
    [
        ([], [], "no value was given"),
        ([], [("d1", "A")], "only one coder gave values"),
        ([], [("d1", "A"), ("d2", "B")], "no document was coded by two coders"),
        (
            [],
            [("d1", "A"), ("d1", "B")],
            "only one document, so there is no other to tell chance by",
        ),
        ([], [(d, c) for d in ("d1", "d2") for c in "AB"], "no coder found an event"),
    ],
)
def test_undefined_says_why(
    events: list[CodedEvent], coded: list[tuple[str, str]], reason: str
) -> None:
    assert eventsets.event_set_alpha(events, coded).reason == reason


def test_an_event_of_nobodys_reading_is_refused() -> None:
    with pytest.raises(ValueError, match="event 1: A did not code d1"):
        eventsets.presence(EVENTS, [("d1", "B")])
