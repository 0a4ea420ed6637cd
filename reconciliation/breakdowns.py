"""Figures taken apart: by coder, without each coder, by pair, value, month, kind and outlet; matrices; documents.

Points without intervals, kept with the run as plain data. By month, kind and outlet the disagreement expected
by chance is that of the whole round ("frozen"), so the parts lie on one scale. The whole stands in `measuring`.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from reconciliation.agreement import alpha, breakdown, fields, planning
from reconciliation.agreement.coefficients import measure_category
from reconciliation.agreement.units import Figure, Units
from reconciliation.field_values import METRICS
from reconciliation.inputs import StudiedDocument

# Above these a table is no longer read, only scrolled through; what is left out is counted.
MOST_CODERS, MOST_VALUES, MOST_STRATA, MOST_DOCUMENTS = 12, 24, 24, 25
PLANNED = (0.667, 0.8)


@dataclass(frozen=True)
class Part:
    """One coefficient of a part of the data. `by` says how it was taken, `of` which part it is."""

    field: str
    by: str
    of: str
    coefficient: str
    level: str
    value: float | None
    reason: str
    n_units: int
    n_values: int


@dataclass(frozen=True)
class Matrix:
    """Krippendorff's coincidences of a field: o_ck, the values in order; `left_out` counts rarer values."""

    field: str
    values: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]
    left_out: int


class Breakdown:
    """Takes one judged field after the other and keeps of it what is shown."""

    def __init__(self, documents: Iterable[StudiedDocument]) -> None:
        self._documents = {document.name: document for document in documents}
        self._parts: list[Part] = []
        self._matrices: list[Matrix] = []
        self._plans: list[dict[str, Any]] = []
        self._shares: dict[str, list[float]] = defaultdict(list)
        self._worst: dict[str, tuple[float, str]] = {}

    def take(self, found: fields.FieldFigures) -> None:
        self._parts += _parts(found, self._documents)
        matrix, plan = _matrix(found), _plan(found)
        self._matrices += [matrix] if matrix is not None else []
        self._plans += [plan] if plan is not None else []
        units = found.units
        for unit, share in breakdown.worst_units(units, metric_of(found), most=units.n_units):
            document = str(unit[0])  # type: ignore[index]
            self._shares[document].append(share)
            self._worst[document] = max(self._worst.get(document, (0.0, "")), (share, found.name))

    def plain(self) -> dict[str, Any]:
        """Everything as plain data, in a fixed order."""
        return {
            "parts": [asdict(part) for part in self._parts],
            "matrices": [asdict(matrix) for matrix in self._matrices],
            "documents": self._most_disagreed(),
            "planning": self._plans,
        }

    def _most_disagreed(self) -> list[dict[str, Any]]:
        """Documents by the summed disagreement of their positions, as shares of what chance would give."""
        found = self._shares
        ordered = sorted(found, key=lambda name: (-math.fsum(found[name]), name))
        return [
            {
                "document": name,
                "disagreement": round(math.fsum(found[name]), 6),
                "positions": len(found[name]),
                "field": self._worst[name][1],
            }
            for name in ordered[:MOST_DOCUMENTS]
        ]


def metric_of(found: fields.FieldFigures) -> str:
    """The level at which a field's one alpha is computed."""
    return METRICS.get(found.level, found.level)


def _parts(found: fields.FieldFigures, documents: Mapping[str, StudiedDocument]) -> Iterator[Part]:
    units, level = found.units, metric_of(found)
    for coder, figure in breakdown.by_coder(units, level).items():
        yield _part(found, "coder", coder, figure)
    if 2 < len(units.coder_ids) <= MOST_CODERS:
        alone: dict[str, object] = {"interval": None}
        for coder, figure in breakdown.without_coder(units, level, **alone).items():
            yield _part(found, "without", coder, figure)
        pairs = breakdown.by_pair(units, "krippendorff_alpha", level, **alone)
        for pair, figure in pairs.items():
            yield _part(found, "pair", "-".join(pair), figure)
    if found.level == "nominal" and len(units.values) <= MOST_VALUES:
        for value in units.values:
            figure = measure_category(units, value, interval=None)
            yield _part(found, "value", str(value), figure)
    names = [documents[str(unit[0])] for unit in units.unit_ids]  # type: ignore[index]
    for by, of in STRATA.items():
        yield from _stratified(found, by, [of(document) for document in names])


def _month(document: StudiedDocument) -> str:
    """The month in which the last reading of the document was handed in."""
    return max(document.handed_in.values()).strftime("%Y-%m") if document.handed_in else ""


STRATA: Mapping[str, Callable[[StudiedDocument], str]] = {
    "month": _month,
    "kind": lambda document: document.kind,
    "outlet": lambda document: document.outlet or "no outlet",
}


def _stratified(found: fields.FieldFigures, by: str, strata: Sequence[str]) -> Iterator[Part]:
    """Nothing where there is one stratum only, or so many that each says nothing."""
    commonest = [name for name, _ in Counter(strata).most_common(MOST_STRATA)]
    if len(commonest) < 2:
        return
    figures = breakdown.by_stratum(found.units, metric_of(found), strata)
    for of in sorted(commonest):
        yield _part(found, by, of, figures[of])


def _part(found: fields.FieldFigures, by: str, of: str, figure: Figure) -> Part:
    return Part(
        found.name,
        by,
        of,
        figure.coefficient.partition("[")[0],
        figure.level,
        figure.value,
        figure.reason or "",
        figure.n_units,
        figure.n_values,
    )


def _matrix(found: fields.FieldFigures) -> Matrix | None:
    """The commonest values of a field of names or ranks against each other; None where nothing meets."""
    if found.level not in {"nominal", "ordinal"}:
        return None
    table = alpha.coincidences(found.units)
    total = table.sum(axis=1)
    if not total.any():
        return None
    by_use = np.argsort(-total, kind="stable")[:MOST_VALUES]
    kept = sorted(int(code) for code in by_use if total[code] > 0)
    return Matrix(
        found.name,
        tuple(str(found.units.values[code]) for code in kept),
        tuple(tuple(round(float(table[c, k]), 6) for k in kept) for c in kept),
        int((total > 0).sum()) - len(kept),
    )


def _plan(found: fields.FieldFigures) -> dict[str, Any] | None:
    """Units needed to tell alpha from these marks, by the rarest value in use; for names and ranks."""
    units: Units = found.units
    if found.level not in {"nominal", "ordinal"}:
        return None
    used = alpha.counts(units)
    if (used > 0).sum() < 2:
        return None
    rarest = min(float(used[used > 0].min() / used.sum()), 0.5)
    paired = alpha.pairable(units)
    documents = len(np.unique(units.clusters[paired]))
    coders = max(2, round(float(units.per_unit[paired].mean())))
    needed = [planning.units_needed(mark, rarest, coders=coders) for mark in PLANNED]
    n = int(paired.sum())
    return {
        "field": found.name,
        "rarest": rarest,
        "units": n,
        "coders": coders,
        "needed": needed,
        "documents": [planning.documents_missing(one, n, documents) for one in needed],
    }
