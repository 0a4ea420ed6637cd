"""Agreement on whole documents: any event or none, how many, and which set of events.

Event-set alpha is a construction of this project, not a published coefficient; every place that
prints it should say so. Agreement event by event stands in `detection`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array, csr_array, eye_array

from . import bootstrap
from .bootstrap import CONFIDENCE, REPLICATES, Sums
from .event_distance import EventTable, distances_of, encode
from .reasons import NO_VALUES, ONE_CODER
from .units import AlignmentRule, CodedEvent, Figure, FloatArray, IntArray, Units

EXPECTED_PAIRS = 100_000
# So many distances of two events are held at once.
_CELLS = 1 << 18
NO_DOCUMENT = "no document was coded by two coders"
ONE_DOCUMENT = "only one document, so there is no other to tell chance by"
NO_EVENT = "no coder found an event"
ALL_ALIKE = "all documents have the same events"

Coded = Collection[tuple[str, str]]
"""(document, coder) of every submitted coding, "read, no event" included, "cannot code" not."""


Events = Sequence[CodedEvent] | EventTable


def presence(events: Events, coded: Coded) -> Units:
    """Documents as units, 1 where the coder found an event and 0 where "read, no event"."""
    found = _counted(_table(events), coded)
    return Units.of_records(
        [(d, d, c, int(n > 0)) for (d, c), n in found.items()], categories=(0, 1)
    )


def numbers(events: Events, coded: Coded) -> Units:
    """Documents as units, the number of events each coder found; for alpha at the ratio level."""
    found = _counted(_table(events), coded)
    return Units.of_records([(d, d, c, n) for (d, c), n in found.items()])


def set_distance(costs: FloatArray) -> float:
    """Of two sets of events, given min(1, d / theta) of each event with each: the cost of the best
    assignment plus one for every event left over, by the size of the larger set.

    0 for two empty sets. (The optimal sub-pattern assignment metric of order 1: Schuhmacher, Vo &
    Vo 2008, IEEE Transactions on Signal Processing 56, 3447-3457.)
    """
    fewer, more = sorted(costs.shape)
    if more == 0:
        return 0.0
    assigned = costs[linear_sum_assignment(costs)].sum()
    return float((assigned + more - fewer) / more)


def event_set_alpha(
    events: Events,
    coded: Coded,
    rule: AlignmentRule | None = None,
    *,
    interval: str | None = "cluster",
    replicates: int = REPLICATES,
    seed: int = 0,
    confidence: float = CONFIDENCE,
    expected_pairs: int = EXPECTED_PAIRS,
) -> Figure:
    """1 - Do / De: unit the document, value the set of events, delta `set_distance`.

    Do = (1 / n) sum_u sum_{i != j} delta / (m_u - 1) over documents with two or more coders; De is
    the mean over pairs of sets of different documents, all of them up to `expected_pairs`, else so
    many drawn with the seed. Passages of different documents cannot be compared, so evidence takes
    no part in either.
    """
    rule = rule or AlignmentRule()
    table = _table(events)
    readers: dict[str, list[str]] = {}
    for d, c in _counted(table, coded):
        readers.setdefault(d, []).append(c)
    sets = [(d, c) for d in sorted(readers) for c in readers[d] if len(readers[d]) > 1]
    n_coders = len({c for _, c in coded})
    figure = Figure("event_set_alpha", "event set", reason=NO_DOCUMENT, n_coders=n_coders)
    if not coded:
        return replace(figure, reason=NO_VALUES)
    if n_coders < 2:
        return replace(figure, reason=ONE_CODER)
    documents = sorted({d for d, _ in sets})
    if not sets:
        return figure
    figure = replace(figure, n_units=len(documents), n_values=len(sets))
    if len(documents) == 1:
        return replace(figure, reason=ONE_DOCUMENT)
    where = {name: k for k, name in enumerate(documents)}
    document = np.array([where[d] for d, _ in sets])
    rows = _rows(table, sets)
    m = np.bincount(document)
    a, b = np.triu_indices(len(sets), 1) if len(sets) < 3000 else _neighbours(document)
    within = document[a] == document[b]
    delta = _deltas(table, rule, rows, a[within], b[within])
    per_set = 2 * delta / (m[document[a[within]]] - 1)
    observed = np.bincount(document[a[within]], per_set, len(documents))
    p, q = _different(document, a[~within], b[~within], expected_pairs, seed)
    chance = _deltas(table, rule, rows, p, q)
    place, shape = (document[p], document[q]), (len(documents),) * 2
    apart = csr_array(coo_array((chance, place), shape=shape))
    pairs = csr_array(coo_array((np.ones(len(p)), place), shape=shape))

    def alpha(drawn: FloatArray) -> FloatArray:
        weight, total = _quadratic(drawn, pairs), _quadratic(drawn, apart)
        ratio = np.full(len(drawn), np.nan)
        do = (drawn @ observed) / (drawn @ m)
        np.divide(do * weight, total, out=ratio, where=total > 0)
        return 1 - ratio

    value = float(alpha(np.ones((1, len(documents))))[0])
    if np.isnan(value):
        return replace(figure, reason=ALL_ALIKE if table.keys else NO_EVENT)
    figure = replace(figure, value=value, reason=None)
    if interval is None:
        return figure
    if interval != "cluster":
        return replace(figure, no_interval="only the bootstrap over documents is for event sets")
    drawn = Sums(csr_array(eye_array(len(documents))), alpha)
    values = bootstrap.replicate(drawn, replicates=replicates, seed=seed)
    found = bootstrap.percentile(values, confidence)
    return replace(
        figure,
        low=found.low,
        high=found.high,
        interval="cluster" if found.low is not None else None,
        undefined_replicates=found.undefined,
        below_667=found.below_667,
        below_800=found.below_800,
        standard_error=found.standard_error,
        no_interval=found.reason,
    )


def _table(events: Events) -> EventTable:
    return events if isinstance(events, EventTable) else encode(events)


def _counted(table: EventTable, coded: Coded) -> dict[tuple[str, str], int]:
    """How many events each coder found in each document they coded, in the order of both."""
    count = dict.fromkeys(sorted(coded), 0)
    for row, (d, c) in enumerate(zip(table.document.tolist(), table.coder.tolist(), strict=True)):
        own = table.document_ids[d], table.coder_ids[c]
        if own not in count:
            raise ValueError(f"event {table.keys[row]}: {own[1]} did not code {own[0]}")
        count[own] += 1
    return count


def _rows(table: EventTable, sets: list[tuple[str, str]]) -> list[IntArray]:
    """Rows of the event table that make up each set."""
    own: dict[tuple[str, str], list[int]] = {}
    for row, (d, c) in enumerate(zip(table.document.tolist(), table.coder.tolist(), strict=True)):
        own.setdefault((table.document_ids[d], table.coder_ids[c]), []).append(row)
    return [np.array(own.get(key, []), np.int64) for key in sets]


def _neighbours(document: IntArray) -> tuple[IntArray, IntArray]:
    """Pairs of sets of the same document (sets stand document by document)."""
    pairs = []
    widest = int(np.bincount(document).max())
    for step in range(1, widest):
        a = np.flatnonzero(document[step:] == document[:-step])
        pairs.append(np.stack([a, a + step]))
    a, b = np.concatenate(pairs, axis=1)
    return a, b


def _different(
    document: IntArray, a: IntArray, b: IntArray, most: int, seed: int
) -> tuple[IntArray, IntArray]:
    """Pairs of sets of different documents: all, or `most` of them drawn without favour."""
    if 0 < len(a) <= most:
        return a, b
    draw = np.random.default_rng(seed)
    n = len(document)
    kept: list[tuple[IntArray, IntArray]] = []
    missing = most
    while missing > 0:
        p, q = draw.integers(0, n, (2, 2 * missing + 16))
        fit = np.flatnonzero(document[p] != document[q])[:missing]
        kept.append((p[fit], q[fit]))
        missing -= len(fit)
    return np.concatenate([p for p, _ in kept]), np.concatenate([q for _, q in kept])


def _deltas(
    table: EventTable, rule: AlignmentRule, rows: list[IntArray], a: IntArray, b: IntArray
) -> FloatArray:
    """`set_distance` of the a-th and b-th set, so many at once that memory does not grow with the pairs."""
    size = np.array([len(r) for r in rows], np.int64)
    step = np.cumsum(size[a] * size[b]) // _CELLS
    parts = np.split(np.arange(len(a)), np.flatnonzero(np.diff(step)) + 1)
    return np.concatenate(
        [_deltas_at_once(table, rule, rows, size, a[part], b[part]) for part in parts]
    )


def _deltas_at_once(
    table: EventTable,
    rule: AlignmentRule,
    rows: list[IntArray],
    size: IntArray,
    a: IntArray,
    b: IntArray,
) -> FloatArray:
    """The event distances of all these pairs of sets are computed together; `size` of each set."""
    cells = size[a] * size[b]
    nothing = [np.zeros(0, np.int64)]
    pairs = list(zip(a.tolist(), b.tolist(), strict=True))
    i = np.concatenate(nothing + [np.repeat(rows[p], size[q]) for p, q in pairs])
    j = np.concatenate(nothing + [np.tile(rows[q], size[p]) for p, q in pairs])
    distance = distances_of(
        table,
        i,
        j,
        rule,
        leave_out=frozenset({"evidence"}),
    ).distance
    cost = np.where(np.isnan(distance), 1.0, np.minimum(1.0, distance / rule.theta))
    found = np.empty(len(a))
    begin = np.cumsum(cells) - cells
    shapes, which = np.unique(np.stack([size[a], size[b]], axis=1), axis=0, return_inverse=True)
    for number, (rows_of, columns) in enumerate(shapes.tolist()):
        at = np.flatnonzero(which.reshape(-1) == number)
        places = begin[at][:, None] + np.arange(rows_of * columns)
        found[at] = _set_distances(cost[places].reshape(len(at), rows_of, columns))
    return found


def _set_distances(costs: FloatArray) -> FloatArray:
    """`set_distance` of many pairs of sets of one shape, pairs x events x events.

    Where the nearest events of the smaller set are all different ones, they are the best assignment.
    """
    if costs.shape[1] > costs.shape[2]:
        costs = costs.transpose(0, 2, 1)
    fewer, more = costs.shape[1:]
    if more == 0 or fewer == 0:
        return np.full(len(costs), float(more > 0))
    nearest = np.sort(costs.argmin(axis=2), axis=1)
    clear = (np.diff(nearest, axis=1) > 0).all(axis=1)
    found = (costs.min(axis=2).sum(axis=1) + more - fewer) / more
    far = costs.min(axis=(1, 2)) >= 1
    found[far] = 1.0
    for at in np.flatnonzero(~clear & ~far).tolist():
        found[at] = set_distance(costs[at])
    return np.asarray(found)


def _quadratic(drawn: FloatArray, table: csr_array) -> FloatArray:
    """w' T w for every row w."""
    return np.asarray(((table.T @ drawn.T).T * drawn).sum(axis=1))
