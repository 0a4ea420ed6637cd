"""Components whose best grouping can be read off: every node's best partners choose it in return.

Settles most ambiguous components of a corpus in one vectorised pass; what it leaves open goes to
`grouping`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .units import BoolArray, IntArray


@dataclass(frozen=True, eq=False)
class Graph:
    """Nodes (events or bound events), their classes, and edges a < b with whole-number gains."""

    node: IntArray
    kind: IntArray
    a: IntArray
    b: IntArray
    gain: IntArray
    component: IntArray
    n_components: int


def mutual_best(graph: Graph) -> tuple[BoolArray, BoolArray]:
    """Edges whose ends are each other's best choice in their classes, and components they settle.

    Between two classes no assignment gains more than the sum of the best choices of either side;
    where mutual choices reach that sum for every two classes and close to cliques, no grouping
    can gain more.
    """
    a, b, gain = graph.a, graph.b, graph.gain
    certain = np.zeros(graph.n_components, bool)
    if not len(a):
        return np.zeros(0, bool), certain
    n_kinds = int(graph.kind.max()) + 1
    u, v = np.concatenate([a, b]), np.concatenate([b, a])
    both = np.concatenate([gain, gain])
    choice = u * n_kinds + graph.kind[v]
    order = np.lexsort((v, -both, choice))
    first = np.concatenate([[True], choice[order][1:] != choice[order][:-1]])
    is_best = np.zeros(len(u), bool)
    is_best[order[first]] = True
    mutual = is_best[: len(a)] & is_best[len(a) :]
    low = np.minimum(graph.kind[u], graph.kind[v])
    high = np.maximum(graph.kind[u], graph.kind[v])
    meeting = (graph.component[u] * n_kinds + low) * n_kinds + high
    _, between = np.unique(meeting, return_inverse=True)
    n_between = int(between.max()) + 1
    from_low = graph.kind[u] == low
    chosen = np.where(is_best, both, 0)
    sums = [
        _sums(between, np.where(from_low, chosen, 0), n_between),
        _sums(between, np.where(from_low, 0, chosen), n_between),
        _sums(between[: len(a)], np.where(mutual, gain, 0), n_between),
    ]
    reached = sums[2] == np.minimum(sums[0], sums[1])
    certain[graph.component[a]] = True
    certain[graph.component[a[~reached[between[: len(a)]]]]] = False
    links = coo_array(
        (np.ones(int(mutual.sum())), (a[mutual], b[mutual])), shape=(len(graph.component),) * 2
    )
    n_parts, part = connected_components(links, directed=False)
    size = np.bincount(part, minlength=n_parts)
    closed = np.bincount(part[a[mutual]], minlength=n_parts) == size * (size - 1) // 2
    certain[graph.component[~closed[part]]] = False
    return mutual, certain


def _sums(index: IntArray, numbers: IntArray, n: int) -> IntArray:
    """Exact whole-number sums by index (bincount would go through floats)."""
    total = np.zeros(n, np.int64)
    np.add.at(total, index, numbers)
    return total
