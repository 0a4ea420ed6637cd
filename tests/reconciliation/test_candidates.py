"""Which events of different documents are proposed as one incident: the same as looking at every pair."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciliation.agreement.event_distance import distances_of, encode
from reconciliation.agreement.units import AlignmentRule, CodedEvent
from reconciliation.candidates import LEFT_OUT, THETA, WINDOW, Candidate, candidates

RULE = AlignmentRule()
DAY = date(1951, 6, 14).toordinal()


def event(key, document, *, kind="EX", family="seven", start=(DAY, DAY), providers=(2,), recipients=(740,)):  # fmt: skip
    return CodedEvent(
        key=key, document=document, coder="decided", type=kind, family=family,
        providers=frozenset(providers), recipients=frozenset(recipients), start=start,
    )  # fmt: skip


def pairs(events, **options):
    return [(pair.first, pair.second) for pair in candidates(events, RULE, **options)]


def test_the_same_act_in_two_documents_is_proposed_with_its_distance_and_terms() -> None:
    one, other = event("a", "d1"), event("b", "d2", start=(DAY, DAY + 1))

    (found,) = candidates([other, one], RULE)

    assert found == Candidate(
        "a", "b", found.distance, {"type": 0.0, "provider": 0.0, "recipient": 0.0, "date": found.terms["date"]}
    )  # fmt: skip
    assert 0 < found.distance < 0.1


def test_what_is_never_proposed() -> None:
    here = event("a", "d1")
    assert pairs([here, event("b", "d1")]) == []  # one document
    assert pairs([here, event("b", "d2", kind="TO", family="treaty")]) == []  # another family
    assert pairs([here, event("b", "d2", providers=(200,), recipients=(255,))]) == []  # no state
    assert pairs([here, event("b", "d2", start=None)]) == []  # no day
    assert pairs([here, event("b", "d2", start=(DAY + WINDOW + 1, DAY + WINDOW + 1))]) == []
    assert pairs([here, event("b", "d2", start=(DAY + WINDOW, DAY + WINDOW))]) == [("a", "b")]


def test_nothing_of_nothing() -> None:
    assert candidates([], RULE) == []


STATES = st.frozensets(st.sampled_from([2, 200, 220, 740]), max_size=3)


@st.composite
def events(draw):
    made = []
    for n in range(draw(st.integers(0, 12))):
        begin = draw(st.one_of(st.none(), st.integers(DAY, DAY + 90)))
        made.append(
            event(
                f"e{n:02d}",
                f"d{draw(st.integers(0, 5))}",
                kind=draw(st.sampled_from(["EX", "MA", "TO"])),
                family=draw(st.sampled_from(["seven", ""])),
                start=None if begin is None else (begin, begin + draw(st.integers(0, 400))),
                providers=draw(STATES),
                recipients=draw(STATES),
            )
        )
    return [replace(one, reciprocal=draw(st.booleans())) for one in made]


@settings(max_examples=300, deadline=None)
@given(events(), st.randoms(use_true_random=False))
def test_blocking_finds_what_looking_at_every_pair_finds_in_any_order(made, order) -> None:
    table = encode(made)
    by_key = {one.key: one for one in made}
    wanted = []
    for i, j in combinations(range(len(made)), 2):
        one, other = by_key[table.keys[i]], by_key[table.keys[j]]
        if (
            one.document == other.document
            or one.start is None
            or other.start is None
            or (one.family or one.type) != (other.family or other.type)
            or not (one.providers | one.recipients) & (other.providers | other.recipients)
            or max(one.start[0], other.start[0]) - min(one.start[1], other.start[1]) > WINDOW
        ):
            continue
        told = distances_of(table, np.array([i]), np.array([j]), RULE, leave_out=LEFT_OUT)
        if told.distance[0] < THETA:
            wanted.append((round(float(told.distance[0]), 9), *sorted((one.key, other.key))))
    shuffled = list(made)
    order.shuffle(shuffled)

    found = candidates(shuffled, RULE)

    assert [(round(pair.distance, 9), pair.first, pair.second) for pair in found] == sorted(wanted)
    assert found == candidates(made, RULE)
