"""Which resolved events of different documents may report one incident: pairs by blocked distance. Pure.

Two events are looked at when they are of one family of types, share a state and lie within a window of days; their
distance is the alignment's without evidence, which means nothing across documents. Whether they are one is a person's
decision. Events without a day, or without a state, are never proposed.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reconciliation.agreement.event_distance import EventTable, distances_of, encode
from reconciliation.agreement.units import TERMS, AlignmentRule, CodedEvent, IntArray

WINDOW = 31
# Nearer than this two events are proposed: the same act and actors told a month apart, or a type of the same family.
THETA = 0.35
LEFT_OUT = frozenset({"evidence"})
_PAIRS = 1 << 21


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two events that may be one. `terms` are the parts of the distance that both have."""

    first: str
    second: str
    distance: float
    terms: Mapping[str, float]


def candidates(
    events: Sequence[CodedEvent],
    rule: AlignmentRule,
    *,
    window: int = WINDOW,
    theta: float = THETA,
) -> list[Candidate]:
    """Pairs of events of different documents nearer than `theta`, nearest first; keys tell ties apart.

    `window` is the days that may lie between the bounds of two dates. In what order events come does not matter.
    """
    table = encode(events)
    by_key = {event.key: event for event in events}
    ordered = [by_key[key] for key in table.keys]
    first, second = _blocked(table, ordered, window)
    found: list[Candidate] = []
    for begin in range(0, len(first), _PAIRS):
        i, j = first[begin : begin + _PAIRS], second[begin : begin + _PAIRS]
        told = distances_of(table, i, j, rule, leave_out=LEFT_OUT)
        for k in np.flatnonzero(told.distance < theta).tolist():
            one, other = sorted((table.keys[i[k]], table.keys[j[k]]))
            terms = {
                name: float(part)
                for name, part in zip(TERMS, told.terms[k], strict=True)
                if not np.isnan(part)
            }
            found.append(Candidate(one, other, float(told.distance[k]), terms))
    return sorted(found, key=lambda pair: (round(pair.distance, 9), pair.first, pair.second))


def _blocked(
    table: EventTable, events: Sequence[CodedEvent], window: int
) -> tuple[IntArray, IntArray]:
    """Rows of the pairs worth a look, each pair once."""
    blocks: dict[tuple[str, int], list[int]] = defaultdict(list)
    for row, event in enumerate(events):
        if event.start is not None:
            for state in event.providers | event.recipients:
                blocks[event.family or event.type, state].append(row)
    n = len(events)
    pairs: list[IntArray] = [np.zeros(0, np.int64)]
    waiting = 0
    for rows in blocks.values():
        pairs.append(_near(table, np.array(rows, np.int64), window, n))
        waiting += len(pairs[-1])
        if waiting > _PAIRS:  # two events share several states: what was found twice goes
            pairs, waiting = [np.unique(np.concatenate(pairs))], 0
    distinct = np.unique(np.concatenate(pairs))
    return distinct // max(n, 1), distinct % max(n, 1)


def _near(table: EventTable, rows: IntArray, window: int, n: int) -> IntArray:
    """Of one block, the pairs of different documents within the window, as row * n + row."""
    rows = rows[np.argsort(table.first_day[rows], kind="stable")]
    first, last = table.first_day[rows], table.last_day[rows]
    until = np.searchsorted(first, last + window, side="right")
    many = np.maximum(until - np.arange(len(rows)) - 1, 0)
    i = np.repeat(np.arange(len(rows)), many)
    j = i + 1 + np.arange(len(i)) - np.repeat(np.cumsum(many) - many, many)
    one, other = rows[i], rows[j]
    apart = table.document[one] != table.document[other]
    one, other = one[apart], other[apart]
    return np.asarray(np.minimum(one, other) * n + np.maximum(one, other))
