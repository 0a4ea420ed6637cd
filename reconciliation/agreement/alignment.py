"""Which events of a document's coders are the same one: groups with at most one event per coder.

Maximises the sum over groups of (theta - d) over the pairs in each group, where only pairs with
d < theta may share a group. Distances come from `event_distance`, hard components go to `grouping`;
agreement on the result is left to `detection` and `coefficients`.

Ties. Gains are counted in whole billionths; groupings equal by that count are told apart by the
events' keys: each coder's events in a component are numbered 0, 1, ... in the order of their keys,
and the grouping whose grouped pairs have the smallest sum of 32 (p - q)^2 + p + q wins. What is
tied even then is settled by the fixed order of the search. Input order never matters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Protocol

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .certainty import Graph, mutual_best
from .event_distance import EventTable, PairDistances, encode, pair_distances
from .grouping import Component, best_grouping, gain_of
from .units import TERMS, AlignmentRule, BoolArray, CodedEvent, IntArray

RESOLUTION = 10**9
TIE_BITS = 20
SCALE = RESOLUTION << TIE_BITS
"""A gain of 1 is this whole number; the lower TIE_BITS hold the tie rule alone."""


@dataclass(frozen=True)
class PairExplanation:
    """Why two events were or were not grouped. `terms` holds only the terms both events have."""

    distance: float | None
    terms: Mapping[str, float]
    weights: Mapping[str, float]
    crossed: bool
    grouped: bool


class Grouped(Protocol):
    """Events and the group of each: `label[e]` is the number of the group of row e of `table`."""

    @property
    def table(self) -> EventTable: ...
    @property
    def label(self) -> IntArray: ...


@dataclass(frozen=True, eq=False)
class Alignment:
    """`groups` of event keys (singletons included), ordered by document and first key.

    `objective` is the sum of theta - d over grouped pairs, `gap` how much more any grouping could
    reach at most (0 when optimality is certain). `solved` counts components by the way each was
    solved. `stale` are keys in decisions that no event bears any more. `label[e]` is the group of
    row e of `table`.
    """

    table: EventTable
    pairs: PairDistances
    label: IntArray
    rule: AlignmentRule
    leave_out: frozenset[str]
    objective: float
    gap: float
    solved: Mapping[str, int]
    stale: tuple[str, ...]

    @cached_property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        keys = [self.table.keys[row] for row in np.argsort(self.label, kind="stable").tolist()]
        ends = np.cumsum(np.bincount(self.label)).tolist()
        return tuple(tuple(keys[s:e]) for s, e in pairwise([0, *ends]))


def align(
    events: Sequence[CodedEvent],
    rule: AlignmentRule | None = None,
    *,
    together: Iterable[Collection[str]] = (),
    apart: Iterable[tuple[str, str]] = (),
    leave_out: frozenset[str] = frozenset(),
    seconds: float = 10.0,
) -> Alignment:
    """Align all documents at once.

    `together`: collections of keys a person put in one group, whatever their distance; `apart`:
    pairs a person forbade. Both hold, and only what they leave open is decided here.
    `leave_out`: distance terms that must not steer (names in TERMS, or "actors").
    `seconds`: cap for one hard component. ValueError for decisions that cannot all hold.
    """
    return align_table(
        encode(events), rule, together=together, apart=apart, leave_out=leave_out, seconds=seconds
    )


def align_table(
    table: EventTable,
    rule: AlignmentRule | None = None,
    *,
    together: Iterable[Collection[str]] = (),
    apart: Iterable[tuple[str, str]] = (),
    leave_out: frozenset[str] = frozenset(),
    seconds: float = 10.0,
) -> Alignment:
    """`align` for events already encoded (several alignments of the same events)."""
    rule = rule or AlignmentRule()
    pairs = pair_distances(table, rule, leave_out=leave_out)
    together = [tuple(bound) for bound in together]
    apart = [(min(two), max(two)) for two in apart]
    stale: tuple[str, ...] = ()
    node = np.arange(len(table.keys))
    forbidden = np.zeros(len(pairs.first), bool)
    if together or apart:
        row = table.row_of
        stale = tuple(sorted({k for keys in (*together, *apart) for k in keys} - row.keys()))
        bound = [[row[k] for k in keys if k in row] for keys in together]
        split = [(row[a], row[b]) for a, b in apart if a in row and b in row]
        node = _bind(table, bound, split)
        forbidden = _is_in(pairs, split)
    graph = _graph(table, pairs, rule, node, forbidden)
    node_label, solved, gap = _solve(graph, seconds)
    label = _ordered(node_label[graph.node])
    inside = (label[pairs.first] == label[pairs.second]) & ~np.isnan(pairs.distance)
    return Alignment(
        table=table,
        pairs=pairs,
        label=label,
        rule=rule,
        leave_out=leave_out,
        objective=float(np.sum(rule.theta - pairs.distance[inside])),
        gap=gap,
        solved=solved,
        stale=stale,
    )


def explain(alignment: Alignment, one: str, other: str) -> PairExplanation:
    """The distance of two events with its terms. KeyError unless they are a pair of two coders."""
    table, pairs = alignment.table, alignment.pairs
    i, j = sorted((table.row_of[one], table.row_of[other]))
    begin, end = np.searchsorted(pairs.first, [i, i + 1])
    k = int(begin + np.searchsorted(pairs.second[begin:end], j))
    if k == end or pairs.second[k] != j:
        raise KeyError(f"{one} and {other} are not events of one document by two coders")
    given = {t: float(x) for t, x in zip(TERMS, pairs.terms[k], strict=True) if not np.isnan(x)}
    distance = float(pairs.distance[k])
    return PairExplanation(
        distance=None if np.isnan(distance) else distance,
        terms=given,
        weights={t: alignment.rule.weights[t] for t in given},
        crossed=bool(pairs.crossed[k]),
        grouped=bool(alignment.label[i] == alignment.label[j]),
    )


def _bind(table: EventTable, bound: list[list[int]], split: list[tuple[int, int]]) -> IntArray:
    """Node number of each event: events bound together share one."""
    links = [(rows[0], other) for rows in bound for other in rows[1:]]
    n = len(table.keys)
    a, b = np.array(links, np.int64).reshape(-1, 2).T
    _, node = connected_components(coo_array((np.ones(len(a)), (a, b)), shape=(n, n)), False)
    taken: dict[tuple[int, int], int] = {}
    document: dict[int, int] = {}
    for r in sorted({r for rows in bound for r in rows}):
        own = int(node[r])
        first = taken.setdefault((own, int(table.coder[r])), r)
        if first != r:
            raise ValueError(
                f"events {table.keys[first]} and {table.keys[r]} are of one coder "
                "and cannot stand in one group"
            )
        if document.setdefault(own, int(table.document[r])) != table.document[r]:
            raise ValueError(f"event {table.keys[r]} is put together with one of another document")
    for i, j in split:
        if node[i] == node[j]:
            raise ValueError(
                f"events {table.keys[i]} and {table.keys[j]} are put together and kept apart at once"
            )
    return np.asarray(node, np.int64)


def _is_in(pairs: PairDistances, split: list[tuple[int, int]]) -> BoolArray:
    n = int(pairs.second.max(initial=0)) + 1
    wanted = [min(two) * n + max(two) for two in split if max(two) < n]
    return np.isin(pairs.first * n + pairs.second, np.array(wanted, np.int64))


def _graph(
    table: EventTable,
    pairs: PairDistances,
    rule: AlignmentRule,
    node: IntArray,
    forbidden: BoolArray,
) -> Graph:
    n_nodes = int(node.max()) + 1 if len(node) else 0
    e = np.flatnonzero((pairs.distance < rule.theta) & ~forbidden)
    i, j = pairs.first[e], pairs.second[e]
    gain = np.rint((rule.theta - pairs.distance[e]) * RESOLUTION).astype(np.int64)
    kind = table.coder
    if n_nodes == len(node):
        a, b = i, j
        count = np.ones(len(e), np.int64)
        whole = np.ones(len(e), bool)
    else:
        outside = node[i] != node[j]
        i, j, gain = i[outside], j[outside], gain[outside]
        a, b = np.minimum(node[i], node[j]), np.maximum(node[i], node[j])
        size = np.bincount(node, minlength=n_nodes)
        kind = _kinds(node, table.coder, n_nodes)
        edge, position, count = np.unique(a * n_nodes + b, return_inverse=True, return_counts=True)
        a, b = edge // n_nodes, edge % n_nodes
        whole = count == size[a] * size[b]
    edges = coo_array((np.ones(int(whole.sum())), (a[whole], b[whole])), shape=(n_nodes, n_nodes))
    n_components, component = connected_components(edges, directed=False)
    tie = _ties(table, component[node], i, j)
    exact = (gain << TIE_BITS) + tie
    if n_nodes != len(node):
        total = np.zeros(len(a), np.int64)
        np.add.at(total, position, exact)
        exact = total
    return Graph(node, kind, a[whole], b[whole], exact[whole], component, n_components)


def _kinds(node: IntArray, coder: IntArray, n_nodes: int) -> IntArray:
    """Number of each node's set of coders; nodes with the same set exclude each other."""
    coders: list[list[int]] = [[] for _ in range(n_nodes)]
    for own, who in zip(node.tolist(), coder.tolist(), strict=True):
        coders[own].append(who)
    sets = [tuple(sorted(who)) for who in coders]
    number = {who: k for k, who in enumerate(sorted(set(sets)))}
    return np.array([number[who] for who in sets], np.int64)


def _ties(table: EventTable, component: IntArray, i: IntArray, j: IntArray) -> IntArray:
    """The tie rule of the module's head as a whole number from 1 to 2^TIE_BITS / 2 per pair."""
    order = np.lexsort((np.arange(len(component)), table.coder, component))
    own = component[order] * (len(table.coder_ids) + 1) + table.coder[order]
    begins = np.concatenate([[True], own[1:] != own[:-1]]) if len(own) else np.zeros(0, bool)
    start = np.maximum.accumulate(np.where(begins, np.arange(len(own)), 0))
    place = np.empty(len(own), np.int64)
    place[order] = np.arange(len(own)) - start
    most = 1 << (TIE_BITS - 1)
    p, q = place[i], place[j]
    tie: IntArray = most - np.minimum(32 * (p - q) ** 2 + p + q, most - 1)
    return tie


def _solve(graph: Graph, seconds: float) -> tuple[IntArray, dict[str, int], float]:
    """A label per node, components by method, and the gap to the upper bound."""
    n_nodes = len(graph.component)
    size = np.bincount(graph.component, minlength=graph.n_components)
    edges = np.bincount(graph.component[graph.a], minlength=graph.n_components)
    clique = edges == size * (size - 1) // 2
    label = graph.component.astype(np.int64)
    solved = {"alone": int((size == 1).sum()), "clique": int((clique & (size > 1)).sum())}
    inside = ~clique[graph.component[graph.a]]
    a, b, gain = graph.a[inside], graph.b[inside], graph.gain[inside]
    mutual, certain = mutual_best(replace(graph, a=a, b=b, gain=gain))
    certain &= ~clique
    solved["mutual best"] = int(certain.sum())
    # In certain components the mutually best pairs are the groups.
    open_nodes = np.flatnonzero(~clique[graph.component])
    kept = mutual & certain[graph.component[a]]
    links = coo_array((np.ones(int(kept.sum())), (a[kept], b[kept])), shape=(n_nodes, n_nodes))
    _, parts = connected_components(links, directed=False)
    label[open_nodes] = graph.n_components + parts[open_nodes]
    gap = _solve_hard(graph, a, b, gain, clique | certain, label, solved, seconds)
    return label, {method: n for method, n in solved.items() if n}, gap / SCALE


def _solve_hard(
    graph: Graph,
    a: IntArray,
    b: IntArray,
    gain: IntArray,
    done: BoolArray,
    label: IntArray,
    solved: dict[str, int],
    seconds: float,
) -> int:
    """Label the nodes of what is left, one component after the other; returns the gap."""
    hard = np.flatnonzero(~done)
    if not len(hard):
        return 0
    left = np.flatnonzero(~done[graph.component])
    left = left[np.argsort(graph.component[left], kind="stable")]
    begin = np.searchsorted(graph.component[left], hard, "left")
    end = np.searchsorted(graph.component[left], hard, "right")
    place = np.zeros(len(label), np.int64)
    place[left] = np.arange(len(left)) - np.repeat(begin, end - begin)
    kept = np.flatnonzero(~done[graph.component[a]])
    kept = kept[np.argsort(graph.component[a[kept]], kind="stable")]
    edge_begin = np.searchsorted(graph.component[a[kept]], hard, "left")
    edge_end = np.searchsorted(graph.component[a[kept]], hard, "right")
    from_, to = place[a[kept]].tolist(), place[b[kept]].tolist()
    gains = gain[kept].tolist()
    kinds = graph.kind[left].tolist()
    fresh = int(label.max()) + 1
    gap = 0
    for s, t, p, q in zip(
        begin.tolist(), end.tolist(), edge_begin.tolist(), edge_end.tolist(), strict=True
    ):
        component = Component(
            kinds[s:t], dict(zip(zip(from_[p:q], to[p:q], strict=True), gains[p:q], strict=True))
        )
        answer = best_grouping(component, seconds)
        solved[answer.method] = solved.get(answer.method, 0) + 1
        gap += answer.bound - gain_of(component, answer.groups)
        for group in answer.groups:
            label[left[[s + v for v in group]]] = fresh
            fresh += 1
        alone = set(range(t - s)).difference(*answer.groups)
        for v in alone:
            label[left[s + v]] = fresh
            fresh += 1
    return gap


def _ordered(label: IntArray) -> IntArray:
    """Labels renumbered 0, 1, ... by the first row that bears each."""
    n = len(label)
    first = np.full(int(label.max(initial=-1)) + 1, n)
    first[label[::-1]] = np.arange(n)[::-1]
    borne = np.flatnonzero(first < n)
    rank = np.zeros(len(first), np.int64)
    rank[borne[np.argsort(first[borne])]] = np.arange(len(borne))
    renumbered: IntArray = rank[label]
    return renumbered
