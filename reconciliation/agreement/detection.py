"""Did the coders find the same events? Precision, recall and F1 of each pair of coders.

Read from an alignment; whether matched events were filled alike is the other question and stands
in `coefficients`. F1 is the positive specific agreement of the pair.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

import numpy as np

from . import bootstrap
from .alignment import Grouped
from .bootstrap import CONFIDENCE, REPLICATES
from .units import Figure, FloatArray, IntArray


@dataclass(frozen=True)
class Detection:
    """One pair of coders on the documents both coded, all events or those of one type.

    An event counts under its own coder's type; it is matched when the other coder has an event in
    its group, whatever type that one bears. `precision` takes `other` against `reference`.
    """

    reference: str
    other: str
    type: str | None
    n_documents: int
    n_reference: int
    n_other: int
    matched_reference: int
    matched_other: int
    precision: Figure
    recall: Figure
    f1: Figure


def detections(
    alignment: Grouped,
    coded: Collection[tuple[str, str]],
    *,
    interval: str | None = "cluster",
    replicates: int = REPLICATES,
    seed: int = 0,
    confidence: float = CONFIDENCE,
) -> tuple[Detection, ...]:
    """All pairs of coders, overall (type None) first, then by type.

    `coded`: (document, coder) of all submitted codings, also those
    with no event: they count; documents a coder did not code do not.
    """
    documents = sorted({document for document, _ in coded})
    number = {document: k for k, document in enumerate(documents)}
    who_coded: dict[str, set[int]] = {}
    for document, coder in coded:
        who_coded.setdefault(coder, set()).add(number[document])
    table = alignment.table
    place = np.array([number.get(d, -1) for d in table.document_ids], np.int64)
    for row, (document_row, coder_row) in enumerate(
        zip(table.document.tolist(), table.coder.tolist(), strict=True)
    ):
        coder = table.coder_ids[coder_row]
        if int(place[document_row]) not in who_coded.get(coder, ()):
            raise ValueError(
                f"event {table.keys[row]}: {coder} did not code {table.document_ids[document_row]}"
            )
    kinds = table.type
    found = []
    for a, b in combinations(sorted(who_coded), 2):
        both = np.array(sorted(who_coded[a] & who_coded[b]), np.int64)
        own = _events(alignment, place, a, both)
        theirs = _events(alignment, place, b, both)
        matched_a = np.isin(alignment.label[own], alignment.label[theirs])
        matched_b = np.isin(alignment.label[theirs], alignment.label[own])
        present = sorted({*kinds[own].tolist(), *kinds[theirs].tolist()})
        scopes: list[int | None] = [None, *present]
        columns = []
        for kind in scopes:
            pick_a = np.ones(len(own), bool) if kind is None else kinds[own] == kind
            pick_b = np.ones(len(theirs), bool) if kind is None else kinds[theirs] == kind
            columns += [
                _by_document(place[table.document[own]], both, pick_a),
                _by_document(place[table.document[theirs]], both, pick_b),
                _by_document(place[table.document[own]], both, pick_a & matched_a),
                _by_document(place[table.document[theirs]], both, pick_b & matched_b),
            ]
        rows = np.column_stack(columns)
        drawn = np.zeros((0, rows.shape[1]))
        if interval is not None and len(rows) > 1:
            drawn = np.concatenate(list(bootstrap.totals(rows, replicates, seed)))
        for k, kind in enumerate(scopes):
            part = slice(4 * k, 4 * k + 4)
            sample = _Sample(rows[:, part], drawn[:, part], interval is not None, confidence)
            named = None if kind is None else table.type_ids[kind]
            found.append(_detection(a, b, named, sample))
    return tuple(found)


def share_aligned(alignment: Grouped) -> float | None:
    """Share of the events of documents with two or more coders' events that have a partner."""
    table, label = alignment.table, alignment.label
    pairs = np.unique(np.stack([table.document, table.coder]), axis=1)
    coders = np.bincount(pairs[0], minlength=len(table.document_ids))
    could = coders[table.document] > 1
    if not could.any():
        return None
    size = np.bincount(label, minlength=len(table.keys))
    return float(np.mean(size[label[could]] > 1))


def _events(alignment: Grouped, place: IntArray, coder: str, documents: IntArray) -> IntArray:
    table = alignment.table
    if coder not in table.coder_ids:
        return np.zeros(0, np.int64)
    own = table.coder == table.coder_ids.index(coder)
    return np.flatnonzero(own & np.isin(place[table.document], documents))


def _by_document(documents: IntArray, both: IntArray, picked: IntArray) -> FloatArray:
    at = np.searchsorted(both, documents[picked])
    return np.bincount(at, minlength=len(both)).astype(np.float64)


@dataclass(frozen=True, eq=False)
class _Sample:
    """Per document n_a, n_b, matched_a, matched_b of a scope, and their totals in each draw."""

    rows: FloatArray
    drawn: FloatArray
    wanted: bool
    confidence: float


def _detection(a: str, b: str, kind: str | None, sample: _Sample) -> Detection:
    n_a, n_b, matched_a, matched_b = (int(x) for x in sample.rows.sum(axis=0))
    scope = "event" if kind is None else f"event[{kind}]"
    figure = partial(_figure, sample, scope)
    return Detection(
        reference=a,
        other=b,
        type=kind,
        n_documents=len(sample.rows),
        n_reference=n_a,
        n_other=n_b,
        matched_reference=matched_a,
        matched_other=matched_b,
        precision=figure("precision", [3], [1], f"{b} has no event"),
        recall=figure("recall", [2], [0], f"{a} has no event"),
        f1=figure("f1", [2, 3], [0, 1], "neither coder has an event"),
    )


def _figure(
    sample: _Sample, scope: str, name: str, above: list[int], below: list[int], nothing: str
) -> Figure:
    n_documents = len(sample.rows)
    total = sample.rows.sum(axis=0)
    blank = Figure(
        name,
        scope,
        reason=nothing if n_documents else "no document was coded by both",
        n_units=n_documents,
        n_coders=2,
        n_values=int(total[:2].sum()),
    )
    if not total[below].sum():
        return blank
    figure = replace(blank, value=float(total[above].sum() / total[below].sum()), reason=None)
    if not sample.wanted:
        return figure
    if n_documents < 2:
        return replace(figure, no_interval="only one document")
    values = np.full(len(sample.drawn), np.nan)
    whole = sample.drawn[:, below].sum(axis=1)
    np.divide(sample.drawn[:, above].sum(axis=1), whole, out=values, where=whole > 0)
    found = bootstrap.percentile(values, sample.confidence)
    return replace(
        figure,
        low=found.low,
        high=found.high,
        interval="cluster" if found.low is not None else None,
        undefined_replicates=found.undefined,
        standard_error=found.standard_error,
        no_interval=found.reason,
    )
