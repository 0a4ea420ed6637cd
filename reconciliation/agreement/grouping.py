"""Best grouping of one connected component: which nodes form groups so that the gains sum highest.

A node is an event (or events bound together by a decision), an edge says that two nodes may share a
group, its gain what that earns. Groups are cliques. Where components and gains come from is left to
`alignment`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import csc_array

PROGRAMME_NODES = 12
PACKING_COLUMNS = 20_000
PACKING_CELLS = 400_000


@dataclass(frozen=True, eq=False)
class Component:
    """Nodes 0..n-1 in the order of their keys, `classes[v]` (nodes of one class exclude each other).

    `gains[u, v]`, u < v, are whole numbers above zero (see `alignment.SCALE`).
    """

    classes: list[int]
    gains: dict[tuple[int, int], int]


@dataclass(frozen=True)
class Grouping:
    """Groups of two and more nodes (the others stay alone), how they were found, and the most that
    any grouping could gain (equal to what was gained when the optimum is certain)."""

    groups: list[list[int]]
    method: str
    bound: int


def best_grouping(component: Component, seconds: float) -> Grouping:
    """The optimal grouping, or the best found with its bound when `seconds` are not enough."""
    n = len(component.classes)
    kinds = sorted(set(component.classes))
    if len(kinds) == 2:
        groups, gained = _assignment(component, kinds[0], kinds[1])
        return Grouping(groups, "assignment", gained)
    if n <= PROGRAMME_NODES:
        groups, gained = _programme(component)
        return Grouping(groups, "programme", gained)
    pairs, bound = [], 0
    for a, b in combinations(kinds, 2):
        matched, gained = _assignment(component, a, b)
        pairs += matched
        bound += gained
    closed = _transitive(component, pairs)
    if closed is not None:
        return Grouping(closed, "pairwise", bound)
    cliques = _cliques(component, PACKING_COLUMNS, PACKING_CELLS)
    if cliques is not None:
        packing = _packing(component, cliques, bound, seconds)
        if packing is not None:
            return packing
    return Grouping(_ascent(component, kinds), "ascent", bound)


def gain_of(component: Component, groups: list[list[int]]) -> int:
    """The gains of all pairs inside the groups; KeyError if a pair must not share a group."""
    return sum(component.gains[pair] for group in groups for pair in combinations(sorted(group), 2))


def _assignment(component: Component, a: int, b: int) -> tuple[list[list[int]], int]:
    """Kuhn's assignment between two classes: pairs and their gain."""
    rows = [v for v, kind in enumerate(component.classes) if kind == a]
    columns = [v for v, kind in enumerate(component.classes) if kind == b]
    gains = component.gains
    table = np.array(
        [[gains.get((u, v) if u < v else (v, u), 0) for v in columns] for u in rows], np.float64
    )
    chosen = zip(*linear_sum_assignment(table, maximize=True), strict=True)
    pairs = [sorted((rows[r], columns[c])) for r, c in chosen if table[r, c] > 0]
    return pairs, sum(gains[u, v] for u, v in pairs)


def _transitive(component: Component, pairs: list[list[int]]) -> list[list[int]] | None:
    """The pairs as groups if they close: then no grouping can gain more than the assignments."""
    group_of: dict[int, set[int]] = {}
    for u, v in pairs:
        joined = group_of.get(u, {u}) | group_of.get(v, {v})
        for w in joined:
            group_of[w] = joined
    groups = [sorted(group) for group in {id(g): g for g in group_of.values()}.values()]
    if sum(len(g) * (len(g) - 1) // 2 for g in groups) != len(pairs):
        return None
    return groups


def _neighbours(component: Component) -> list[int]:
    """For each node the later nodes it may share a group with, as bits."""
    later = [0] * len(component.classes)
    for u, v in component.gains:
        later[u] |= 1 << v
    return later


def _programme(component: Component) -> tuple[list[list[int]], int]:
    """Dynamic programme over sets of nodes: the first node of a set stays alone or heads a clique."""
    later = _neighbours(component)
    gains = component.gains
    headed: list[list[tuple[int, int]]] = []
    for head in range(len(component.classes)):
        found: list[tuple[int, int]] = []
        stack = [(1 << head, later[head], 0)]
        while stack:
            clique, candidates, gained = stack.pop()
            while candidates:
                v = (candidates & -candidates).bit_length() - 1
                candidates &= candidates - 1
                more = gained
                rest = clique
                while rest:
                    u = (rest & -rest).bit_length() - 1
                    rest &= rest - 1
                    more += gains[u, v]
                found.append((clique | 1 << v, more))
                if candidates & later[v]:
                    stack.append((clique | 1 << v, candidates & later[v], more))
        found.sort(key=lambda item: -item[1])
        headed.append(found)
    best: dict[int, tuple[int, int]] = {0: (0, 0)}

    def with_company(nodes: int) -> int:
        """The nodes from the first on that has a later one to go with."""
        while nodes and not later[(nodes & -nodes).bit_length() - 1] & nodes:
            nodes &= nodes - 1
        return nodes

    def gained_by(nodes: int) -> int:
        nodes = with_company(nodes)
        known = best.get(nodes)
        if known is not None:
            return known[0]
        head = (nodes & -nodes).bit_length() - 1
        most, choice = gained_by(nodes & (nodes - 1)), 1 << head
        for clique, gain in headed[head]:
            if clique & ~nodes == 0:
                total = gain + gained_by(nodes & ~clique)
                if total > most:
                    most, choice = total, clique
        best[nodes] = (most, choice)
        return most

    everything = (1 << len(component.classes)) - 1
    total = gained_by(everything)
    groups = []
    nodes = everything
    while nodes := with_company(nodes):
        clique = best[nodes][1]
        if clique & (clique - 1):
            groups.append([v for v in range(clique.bit_length()) if clique >> v & 1])
        nodes &= ~clique
    return groups, total


def _cliques(component: Component, most: int, cells: int) -> list[tuple[int, ...]] | None:
    """All cliques of two and more nodes, or None if there are too many to list."""
    later = _neighbours(component)
    found: list[tuple[int, ...]] = []
    stack: list[tuple[tuple[int, ...], int]]
    stack = [((v,), later[v]) for v in range(len(component.classes))]
    while stack:
        clique, candidates = stack.pop()
        while candidates:
            v = (candidates & -candidates).bit_length() - 1
            candidates &= candidates - 1
            found.append((*clique, v))
            cells -= len(clique) + 1
            if len(found) > most or cells < 0:
                return None
            if candidates & later[v]:
                stack.append(((*clique, v), candidates & later[v]))
    return sorted(found)


def _packing(
    component: Component, cliques: list[tuple[int, ...]], bound: int, seconds: float
) -> Grouping | None:
    """Set packing as an integer programme (HiGHS): each node in at most one clique."""
    gained = np.array([gain_of(component, [list(clique)]) for clique in cliques], np.float64)
    # HiGHS stops within 1e-6 of its objective; in these units that is far below RESOLUTION.
    scale = gained.max() / 10_000
    rows = np.concatenate([np.array(clique) for clique in cliques])
    ends = np.concatenate([[0], np.cumsum([len(clique) for clique in cliques])])
    member = csc_array(
        (np.ones(len(rows)), rows, ends), shape=(len(component.classes), len(cliques))
    )
    answer = milp(
        -gained / scale,
        constraints=LinearConstraint(member, -np.inf, 1),
        integrality=np.ones(len(cliques)),
        bounds=Bounds(0, 1),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if answer.x is None:
        return None
    groups = [list(cliques[k]) for k in np.flatnonzero(answer.x > 0.5)]
    total = gain_of(component, groups)
    if answer.status == 0:
        return Grouping(groups, "packing", total)
    dual = answer.mip_dual_bound
    if dual is not None and np.isfinite(dual):
        bound = min(bound, int(np.ceil(-dual * scale)))
    return Grouping(groups, "packing capped", max(total, bound))


def _ascent(component: Component, kinds: list[int]) -> list[list[int]]:
    """Take the classes in turn, assign each anew to the groups of the others, until nothing gains.

    Every class is tried as the first; the best end is kept.
    """
    gains = component.gains
    members = {k: [v for v, kind in enumerate(component.classes) if kind == k] for k in kinds}

    def place(groups: list[list[int]], kind: int) -> list[list[int]]:
        nodes = members[kind]
        table = np.zeros((len(groups), len(nodes)))
        for r, group in enumerate(groups):
            for c, v in enumerate(nodes):
                pairs = [gains.get((u, v) if u < v else (v, u)) for u in group]
                if None not in pairs:
                    table[r, c] = sum(p for p in pairs if p is not None)
        placed = set()
        if table.size:
            for r, c in zip(*linear_sum_assignment(table, maximize=True), strict=True):
                if table[r, c] > 0:
                    groups[r].append(nodes[c])
                    placed.add(nodes[c])
        return groups + [[v] for v in nodes if v not in placed]

    best: list[list[int]] = []
    for start in range(len(kinds)):
        order = kinds[start:] + kinds[:start]
        groups: list[list[int]] = []
        for kind in order:
            groups = place(groups, kind)
        groups = _climb(groups, order, members, place, component)
        if gain_of(component, groups) > gain_of(component, best):
            best = groups
    return [sorted(group) for group in best if len(group) > 1]


def _climb(
    groups: list[list[int]],
    order: list[int],
    members: dict[int, list[int]],
    place: Callable[[list[list[int]], int], list[list[int]]],
    component: Component,
) -> list[list[int]]:
    gained = gain_of(component, groups)
    while True:
        trial = [list(group) for group in groups]
        for kind in order:
            moving = set(members[kind])
            trial = [[v for v in group if v not in moving] for group in trial]
            trial = place([group for group in trial if group], kind)
        more = gain_of(component, trial)
        if more <= gained:
            return groups
        groups, gained = trial, more
