"""The distance of two coded events as a weighted mean of terms, for all pairs of a corpus at once.

d(e, f) = sum_k w_k delta_k / sum_k w_k over the terms both events have. Which pairs end up in one
group is left to `alignment`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise

import numpy as np

from .distance import OVERLAPPING_DATES, merged
from .units import TERMS, AlignmentRule, BoolArray, CodedEvent, FloatArray, IntArray

SAME_FAMILY = 0.5
_CHUNK = 1 << 21


@dataclass(frozen=True, eq=False)
class EventTable:
    """Coded events as columns, sorted by document, coder and key.

    Types and families are numbers of their `_ids` (no family: -1). Sets are numbered, number 0 being the
    empty one; row k of `members` holds set k as bits.
    `marks` are merged spans; those of event e stand at `mark_from[e] : mark_from[e + 1]`.
    """

    keys: tuple[str, ...]
    document_ids: tuple[str, ...]
    coder_ids: tuple[str, ...]
    type_ids: tuple[str, ...]
    family_ids: tuple[str, ...]
    document: IntArray
    coder: IntArray
    type: IntArray
    family: IntArray
    provider: IntArray
    recipient: IntArray
    reciprocal: BoolArray
    dated: BoolArray
    first_day: IntArray
    last_day: IntArray
    sets: tuple[frozenset[int], ...]
    members: IntArray
    set_sizes: IntArray
    marks: IntArray
    mark_from: IntArray
    marked: IntArray

    @cached_property
    def row_of(self) -> dict[str, int]:
        """The row of each key."""
        return {key: row for row, key in enumerate(self.keys)}


@dataclass(frozen=True, eq=False)
class PairDistances:
    """Every pair of events of one document by different coders, `first` < `second` in the table.

    `terms` has a column per name in TERMS, nan where the pair lacks the term or it was left out;
    `distance` is nan for a pair without any common term. `crossed`: provider and recipient were
    compared crosswise because one of the events is reciprocal and lies nearer that way.
    """

    first: IntArray
    second: IntArray
    distance: FloatArray
    terms: FloatArray
    crossed: BoolArray


def encode(events: Sequence[CodedEvent]) -> EventTable:
    """Columns of the events; the order they come in leaves no trace."""
    keys = [e.key for e in events]
    if len(set(keys)) != len(keys):
        raise ValueError("two events have the same key")
    document_ids, document = _numbered([e.document for e in events])
    coder_ids, coder = _numbered([e.coder for e in events])
    type_ids, kind = _numbered([e.type for e in events])
    family_ids, family = _numbered([e.family for e in events], nothing="")
    # By key first, then stably by document and coder.
    order = np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64)
    order = order[np.lexsort((coder[order], document[order]))]
    sets: dict[frozenset[int], int] = {frozenset(): 0}
    provider = [sets.setdefault(e.providers, len(sets)) for e in events]
    recipient = [sets.setdefault(e.recipients, len(sets)) for e in events]
    spans = [e.spans for e in events]
    day = _two_columns(e.start or (0, -1) for e in events)[order]
    own = [spans[k] if len(spans[k]) < 2 else merged(spans[k]) for k in order.tolist()]
    marks = _two_columns(chain.from_iterable(own))
    mark_from = np.concatenate([[0], np.cumsum(list(map(len, own)), dtype=np.int64)])
    length = np.concatenate([[0], np.cumsum(marks[:, 1] - marks[:, 0])])
    return EventTable(
        keys=tuple(keys[k] for k in order.tolist()),
        document_ids=document_ids,
        coder_ids=coder_ids,
        type_ids=type_ids,
        family_ids=family_ids,
        document=document[order],
        coder=coder[order],
        type=kind[order],
        family=family[order],
        provider=np.array(provider, np.int64)[order],
        recipient=np.array(recipient, np.int64)[order],
        reciprocal=np.array([e.reciprocal for e in events], bool)[order],
        dated=day[:, 1] >= day[:, 0],
        first_day=day[:, 0].copy(),
        last_day=day[:, 1].copy(),
        sets=tuple(sets),
        members=_bits(list(sets)),
        set_sizes=np.array([len(s) for s in sets], np.int64),
        marks=marks,
        mark_from=mark_from,
        marked=length[mark_from[1:]] - length[mark_from[:-1]],
    )


def joined(tables: Sequence[EventTable]) -> EventTable:
    """One table of several that follow one another: every document after those of the table before.

    It is the table that `encode` makes of all their events, but for the numbers of its sets.
    """
    if not tables:
        return encode([])
    document_ids = tuple(name for table in tables for name in table.document_ids)
    if any(one >= other for one, other in pairwise(document_ids)):
        raise ValueError("tables are joined in the order of their documents, each in one table")
    sets: dict[frozenset[int], int] = {frozenset(): 0}
    places = [
        np.array([sets.setdefault(one, len(sets)) for one in table.sets], np.int64)
        for table in tables
    ]
    documents_before = np.cumsum([0, *(len(table.document_ids) for table in tables)])
    marks_before = np.cumsum([0, *(len(table.marks) for table in tables)])
    starts = [
        table.mark_from[:-1] + before
        for table, before in zip(tables, marks_before[:-1], strict=True)
    ]
    coder_ids, coder = _renumbered([(table.coder_ids, table.coder) for table in tables])
    type_ids, kind = _renumbered([(table.type_ids, table.type) for table in tables])
    family_ids, family = _renumbered([(table.family_ids, table.family) for table in tables])
    return EventTable(
        keys=tuple(key for table in tables for key in table.keys),
        document_ids=document_ids,
        coder_ids=coder_ids,
        type_ids=type_ids,
        family_ids=family_ids,
        document=np.concatenate(
            [
                table.document + before
                for table, before in zip(tables, documents_before[:-1], strict=True)
            ]
        ),
        coder=coder,
        type=kind,
        family=family,
        provider=np.concatenate(
            [place[table.provider] for table, place in zip(tables, places, strict=True)]
        ),
        recipient=np.concatenate(
            [place[table.recipient] for table, place in zip(tables, places, strict=True)]
        ),
        reciprocal=np.concatenate([table.reciprocal for table in tables]),
        dated=np.concatenate([table.dated for table in tables]),
        first_day=np.concatenate([table.first_day for table in tables]),
        last_day=np.concatenate([table.last_day for table in tables]),
        sets=tuple(sets),
        members=_bits(list(sets)),
        set_sizes=np.array([len(s) for s in sets], np.int64),
        marks=np.asfortranarray(np.concatenate([table.marks for table in tables])),
        mark_from=np.concatenate([*starts, marks_before[-1:]]),
        marked=np.concatenate([table.marked for table in tables]),
    )


def pair_distances(
    table: EventTable, rule: AlignmentRule, *, leave_out: frozenset[str] = frozenset()
) -> PairDistances:
    """All pairs with their terms; the terms in `leave_out` neither count nor are computed."""
    return distances_of(table, *_pairs(table), rule, leave_out=leave_out)


def distances_of(
    table: EventTable,
    i: IntArray,
    j: IntArray,
    rule: AlignmentRule,
    *,
    leave_out: frozenset[str] = frozenset(),
) -> PairDistances:
    """The distances of rows i and j. Evidence only means something within one document."""
    unknown = sorted(leave_out - {*TERMS, "actors"})
    if unknown:
        raise ValueError(f"cannot leave out {', '.join(unknown)}: not a distance term")
    if "actors" in leave_out:
        leave_out = leave_out | {"provider", "recipient"}
    weights = np.array([0.0 if t in leave_out else rule.weights[t] for t in TERMS])
    # A term's numbers lie together in memory.
    terms = np.full((len(TERMS), len(i)), np.nan).T
    if weights[0]:
        terms[:, 0] = _type(table, i, j)
    if weights[1]:
        terms[:, 1] = _set(table, table.provider[i], table.provider[j])
    if weights[2]:
        terms[:, 2] = _set(table, table.recipient[i], table.recipient[j])
    if weights[3]:
        terms[:, 3] = _date(table, i, j, rule.tau)
    if weights[4]:
        terms[:, 4] = _evidence(table, i, j)
    distance = _weighted(terms, weights)
    crossed = np.zeros(len(i), bool)
    # Crosswise comparison reads both actor fields, so it is lawful only while both may steer.
    if weights[1] and weights[2]:
        r = np.flatnonzero(table.reciprocal[i] | table.reciprocal[j])
        turned = terms[r]
        turned[:, 1] = _set(table, table.provider[i[r]], table.recipient[j[r]])
        turned[:, 2] = _set(table, table.recipient[i[r]], table.provider[j[r]])
        across = _weighted(turned, weights)
        nearer = (across < distance[r]) | (np.isnan(distance[r]) & ~np.isnan(across))
        chosen = r[nearer]
        terms[chosen], distance[chosen], crossed[chosen] = turned[nearer], across[nearer], True
    return PairDistances(i, j, distance, terms, crossed)


def _two_columns(pairs: Iterable[tuple[int, int]]) -> IntArray:
    """Pairs of whole numbers as a table whose columns lie together."""
    flat = np.fromiter(chain.from_iterable(pairs), np.int64)
    return np.asfortranarray(flat.reshape(-1, 2))


def _numbered(
    names: Sequence[str], *, nothing: str | None = None
) -> tuple[tuple[str, ...], IntArray]:
    """Distinct names in order and each name's number; `nothing` gets -1."""
    distinct = tuple(sorted(set(names) - {nothing}))
    number: dict[str | None, int] = {name: k for k, name in enumerate(distinct)}
    number[nothing] = -1
    return distinct, np.fromiter(map(number.__getitem__, names), np.int64, len(names))


def _renumbered(
    columns: Sequence[tuple[tuple[str, ...], IntArray]],
) -> tuple[tuple[str, ...], IntArray]:
    """Columns of numbers of names as one column of numbers of all their names; -1 stays."""
    distinct = tuple(sorted({name for names, _ in columns for name in names}))
    number = {name: k for k, name in enumerate(distinct)}
    found = [
        np.array([*(number[name] for name in names), -1], np.int64)[column]
        for names, column in columns
    ]
    return distinct, np.concatenate(found)


def _bits(sets: list[frozenset[int]]) -> IntArray:
    place = {member: k for k, member in enumerate(sorted(set().union(*sets)))}
    bits = np.zeros((len(sets), max(1, -(-len(place) // 64))), np.uint64)
    for row, members in enumerate(sets):
        for member in members:
            k = place[member]
            bits[row, k // 64] |= np.uint64(1 << (k % 64))
    return bits


def _pairs(table: EventTable) -> tuple[IntArray, IntArray]:
    """Row numbers i < j of all pairs of one document and two coders."""
    document = table.document
    n = len(document)
    if n == 0:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    begins = np.flatnonzero(np.concatenate([[True], document[1:] != document[:-1]]))
    size = np.diff(np.concatenate([begins, [n]]))
    later = np.repeat(begins + size, size) - np.arange(n) - 1
    i = np.repeat(np.arange(n), later)
    j = i + 1 + np.arange(len(i)) - np.repeat(np.cumsum(later) - later, later)
    other = table.coder[i] != table.coder[j]
    return i[other], j[other]


def _weighted(terms: FloatArray, weights: FloatArray) -> FloatArray:
    total = np.zeros(len(terms))
    weight = np.zeros(len(terms))
    for k, w in enumerate(weights.tolist()):
        if w:
            lacking = np.isnan(terms[:, k])
            if lacking.any():
                total += np.where(lacking, 0.0, w * terms[:, k])
                weight += w * ~lacking
            else:
                total += w * terms[:, k]
                weight += w
    mean = np.full(len(terms), np.nan)
    np.divide(total, weight, out=mean, where=weight > 0)
    return mean


def _type(table: EventTable, i: IntArray, j: IntArray) -> FloatArray:
    result = np.zeros(len(i))
    p = np.flatnonzero(table.type[i] != table.type[j])
    a, b = table.family[i[p]], table.family[j[p]]
    result[p] = np.where((a == b) & (a >= 0), SAME_FAMILY, 1.0)
    return result


def _set(table: EventTable, a: IntArray, b: IntArray) -> FloatArray:
    """MASI distances of numbered sets, nan where one of the two is empty (not given)."""
    n = len(table.set_sizes)
    if n * n <= len(a):
        every = np.arange(n)
        known = _masi(table, np.repeat(every, n), np.tile(every, n))
        return np.asarray(known[a * n + b])
    return _masi(table, a, b)


def _masi(table: EventTable, a: IntArray, b: IntArray) -> FloatArray:
    result = np.where((a == 0) | (b == 0), np.nan, 0.0)
    p = np.flatnonzero((a != b) & (a != 0) & (b != 0))
    a, b = a[p], b[p]
    shared = np.zeros(len(p), np.int64)
    for word in range(table.members.shape[1]):
        shared += np.bitwise_count(table.members[a, word] & table.members[b, word])
    size_a, size_b = table.set_sizes[a], table.set_sizes[b]
    monotonicity = np.where(shared == np.minimum(size_a, size_b), 2 / 3, 1 / 3)
    result[p] = 1 - shared / (size_a + size_b - shared) * monotonicity
    return result


def _date(table: EventTable, i: IntArray, j: IntArray, tau: float) -> FloatArray:
    begin_i, begin_j = table.first_day[i], table.first_day[j]
    end_i, end_j = table.last_day[i], table.last_day[j]
    gap = np.maximum(begin_i, begin_j) - np.minimum(end_i, end_j)
    joined = np.maximum(end_i, end_j) - np.minimum(begin_i, begin_j) + 1
    both = table.dated[i] & table.dated[j]
    apart = np.minimum(1.0, OVERLAPPING_DATES + (1 - OVERLAPPING_DATES) * gap / tau)
    touching = OVERLAPPING_DATES * (1 - (1 - gap) / np.where(both, joined, 1))
    distance = np.where(gap > 0, apart, touching)
    distance[~both] = np.nan
    return distance


def _evidence(table: EventTable, i: IntArray, j: IntArray) -> FloatArray:
    marked = table.marked[i] + table.marked[j]
    both = (table.marked[i] > 0) & (table.marked[j] > 0)
    shared = _shared_characters(table, i, j)
    return np.where(both, 1 - 2 * shared / np.where(both, marked, 1), np.nan)


def _shared_characters(table: EventTable, i: IntArray, j: IntArray) -> IntArray:
    """Characters marked by both events of each pair, from the overlaps of their spans."""
    start, end, mark_from = table.marks[:, 0], table.marks[:, 1], table.mark_from
    number = np.diff(mark_from)
    if number.max(initial=0) < 2:
        # One span each at most; without any it begins and ends at 0.
        begin, stop = np.zeros(len(number), np.int64), np.zeros(len(number), np.int64)
        begin[number > 0], stop[number > 0] = start, end
        both = np.minimum(stop[i], stop[j]) - np.maximum(begin[i], begin[j])
        return np.asarray(np.maximum(0, both))
    n_i, n_j = number[i], number[j]
    shared = np.zeros(len(i), np.int64)
    one = np.flatnonzero((n_i == 1) & (n_j == 1))
    a, b = mark_from[i[one]], mark_from[j[one]]
    shared[one] = np.maximum(0, np.minimum(end[a], end[b]) - np.maximum(start[a], start[b]))
    many = np.flatnonzero((n_i * n_j) > 1)
    meetings = n_i[many] * n_j[many]
    # Cut the pairs so that no step holds more than about _CHUNK meetings of spans.
    step = np.cumsum(meetings) // _CHUNK
    for part in np.split(many, np.flatnonzero(np.diff(step)) + 1):
        size = n_i[part] * n_j[part]
        pair = np.repeat(np.arange(len(part)), size)
        k = np.arange(len(pair)) - np.repeat(np.cumsum(size) - size, size)
        a = mark_from[i[part]][pair] + k // n_j[part][pair]
        b = mark_from[j[part]][pair] + k % n_j[part][pair]
        overlap = np.maximum(0, np.minimum(end[a], end[b]) - np.maximum(start[a], start[b]))
        shared[part] = np.bincount(pair, overlap, len(part)).astype(np.int64)
    return shared
