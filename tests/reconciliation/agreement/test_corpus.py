"""A corpus taken in parts: the same table, groups, units and figures as if all had been taken at once."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciliation.agreement.alignment import align
from reconciliation.agreement.corpus import WHOLE, Collector, Corpus
from reconciliation.agreement.event_distance import encode, joined, pair_distances
from reconciliation.agreement.fields import FieldCoding, judge
from reconciliation.agreement.units import AlignmentRule, CodedEvent, Value

RULE = AlignmentRule()
TYPE, DATE = frozenset({"type"}), frozenset({"date"})
OPTIONS = {"interval": "cluster", "replicates": 25, "seed": 3}


def events_of(documents: int, seed: int) -> list[list[CodedEvent]]:
    """By document, in the order of their names; some are empty, coders and types differ from part to part."""
    draw = random.Random(seed)
    found = []
    for d in range(documents):
        name = f"d{d:03d}"
        found.append(
            [
                CodedEvent(
                    f"{name}{coder}{k}",
                    name,
                    coder,
                    draw.choice(["MA", "EX", "TO", "MT"]),
                    family=draw.choice(["", "seven", "signals"]),
                    providers=frozenset(draw.sample(range(70), draw.randint(0, 2))),
                    recipients=frozenset(draw.sample(range(70), draw.randint(0, 2))),
                    reciprocal=draw.random() < 0.2,
                    start=(day := draw.randint(700_000, 700_200), day + draw.randint(0, 9)),
                    spans=tuple(
                        (at, at + 40) for at in draw.sample(range(900), draw.randint(0, 3))
                    ),
                )
                for coder in draw.sample("ABCD", draw.randint(1, 4))
                for k in range(draw.randint(0, 4))
            ]
        )
    return found


def collected(
    documents: list[list[CodedEvent]], cuts: list[int], values: dict[str, dict[str, Value]]
) -> Corpus:
    collector = Collector(RULE, [TYPE, DATE])
    for begin, end in zip([0, *cuts], [*cuts, len(documents)], strict=True):
        events = [event for own in documents[begin:end] for event in own]
        here = {event.key for event in events}
        told = [
            (name, {key: value for key, value in given.items() if key in here})
            for name, given in values.items()
        ]
        collector.take(events, told, align(events) if begin % 2 else None)
    return collector.corpus()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 9), st.integers(0, 10_000), st.lists(st.integers(0, 9), max_size=3))
def test_taken_in_parts_is_taken_at_once(documents: int, seed: int, cuts: list[int]) -> None:
    own = events_of(documents, seed)
    everything = [event for events in own for event in events]
    draw = random.Random(seed)
    values: dict[str, dict[str, Value]] = {
        "type": {event.key: event.type for event in everything},
        "scale": {e.key: draw.randint(1, 4) for e in everything if draw.random() < 0.8},
    }
    corpus = collected(own, sorted(min(cut, documents) for cut in cuts), values)

    assert corpus.table.keys == encode(everything).keys
    for left_out in (WHOLE, TYPE, DATE):
        whole = align(everything, RULE, leave_out=left_out)
        assert corpus.grouped(left_out).label.tolist() == whole.label.tolist()
    whole = align(everything, RULE)
    assert corpus.objective == pytest.approx(whole.objective)
    assert (corpus.gap, dict(corpus.solved)) == (whole.gap, dict(whole.solved))
    codings = [
        FieldCoding("type", "nominal", values["type"], TYPE),
        FieldCoding("scale", "ordinal", values["scale"]),
    ]
    for coding, found in zip(
        codings, judge(everything, codings, RULE, by_category=False, **OPTIONS), strict=True
    ):
        again = corpus.judge(coding.name, coding.level, coding.steers, **OPTIONS)
        assert again.figures == found.figures
        assert again.share_aligned == found.share_aligned
        assert again.units.unit_ids == found.units.unit_ids


def test_joined_tables_tell_the_same_distances_of_every_pair() -> None:
    own = events_of(12, 4)
    whole = encode([event for events in own for event in events])
    table = joined(
        [encode([e for events in own[a:b] for e in events]) for a, b in ((0, 5), (5, 12))]
    )

    assert (table.document_ids, table.coder_ids) == (whole.document_ids, whole.coder_ids)
    assert (table.type_ids, table.family_ids) == (whole.type_ids, whole.family_ids)
    one, other = pair_distances(whole, RULE), pair_distances(table, RULE)
    np.testing.assert_array_equal(one.terms, other.terms)
    np.testing.assert_array_equal(one.distance, other.distance)


def test_a_document_in_two_parts_or_out_of_order_is_refused() -> None:
    first, second = events_of(40, 2)[2:4]
    assert first and second

    for parts in ([first, first], [second, first]):
        with pytest.raises(ValueError, match="in the order of their documents, each in one table"):
            joined([encode(part) for part in parts])


def test_nothing_taken_is_an_empty_corpus() -> None:
    corpus = Collector(RULE, [TYPE]).corpus()

    assert corpus.table.keys == ()
    assert corpus.labels[TYPE].tolist() == []
    assert (corpus.objective, corpus.gap, dict(corpus.solved)) == (0.0, 0.0, {})
