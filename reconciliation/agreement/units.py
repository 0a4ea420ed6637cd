"""The small frozen values of the numeric heart: coded events, units with coders' values, figures.

They hold and check; everything that is computed over them lives in the modules beside this one.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Value = Hashable
"""What a coder put: number or string; frozenset for a set; (first day, last day) for a date."""

IntArray = NDArray[Any]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

Ids = Sequence[Hashable] | IntArray

MISSING = -1
POOLED = ("all units",)

TERMS = ("type", "provider", "recipient", "date", "evidence")
DEFAULT_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"type": 0.30, "provider": 0.125, "recipient": 0.125, "date": 0.20, "evidence": 0.25}
)


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """One event as one coder recorded it. An empty set, None or no span means: not given.

    `start` is the first and last possible day as ordinals, both included; `spans` are
    end-exclusive code point offsets of the event's evidence in the document's text.
    """

    key: str
    document: str
    coder: str
    type: str
    family: str = ""
    providers: frozenset[int] = frozenset()
    recipients: frozenset[int] = frozenset()
    reciprocal: bool = False
    start: tuple[int, int] | None = None
    spans: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if self.start is not None and self.start[1] < self.start[0]:
            raise ValueError(f"event {self.key}: start ends before it begins")
        for first, end in self.spans:
            if not 0 <= first < end:
                raise ValueError(f"event {self.key}: span [{first}, {end}) is empty or negative")


@dataclass(frozen=True, slots=True)
class AlignmentRule:
    """Weights of the distance terms, days at which a date gap saturates, threshold of grouping.

    `weights` maps the names in TERMS to numbers; "actors" may stand for provider and recipient
    in equal halves, and a term left unnamed weighs nothing.
    """

    weights: Mapping[str, float] = field(default_factory=lambda: DEFAULT_WEIGHTS)
    tau: float = 365.0
    theta: float = 0.55

    def __post_init__(self) -> None:
        given = dict(self.weights)
        if "actors" in given:
            half = given.pop("actors") / 2
            for name in ("provider", "recipient"):
                if name in given:
                    raise ValueError(f"weights name both actors and {name}")
                given[name] = half
        unknown = sorted(set(given) - set(TERMS))
        if unknown:
            raise ValueError(f"unknown distance terms: {', '.join(unknown)}")
        full = {name: float(given.get(name, 0.0)) for name in TERMS}
        if not all(np.isfinite(w) and w >= 0 for w in full.values()) or sum(full.values()) <= 0:
            raise ValueError("weights must be zero or more, and not all zero")
        if not self.tau > 0:
            raise ValueError("tau must be a number of days above zero")
        if not 0 < self.theta <= 1:
            raise ValueError("theta must lie above 0 and be at most 1")
        object.__setattr__(self, "weights", MappingProxyType(full))


@dataclass(frozen=True, slots=True)
class Figure:
    """One coefficient with its interval. Exactly one of `value` and `reason` is None.

    `interval` names the method of low and high; `no_interval` says why they are absent although
    asked for. `prevalence` is the share of the commonest value among those that count.
    `below_667` and `below_800` are shares of the defined bootstrap replicates.
    """

    coefficient: str
    level: str
    value: float | None = None
    reason: str | None = None
    low: float | None = None
    high: float | None = None
    interval: str | None = None
    n_units: int = 0
    n_coders: int = 0
    n_values: int = 0
    prevalence: float | None = None
    undefined_replicates: int = 0
    below_667: float | None = None
    below_800: float | None = None
    standard_error: float | None = None
    no_interval: str | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError(f"{self.coefficient}: a figure has a value or a reason, not both")
        if self.value is not None and not np.isfinite(self.value):
            raise ValueError(f"{self.coefficient}: {self.value} is not a figure")

    @property
    def is_one_sided(self) -> bool:
        """One value holds more than nine tenths: agreement is then mostly about that value."""
        return self.prevalence is not None and self.prevalence > 0.90


@dataclass(frozen=True, eq=False)
class Units:
    """Units x coders, without a dense table: row u holds the values unit u received.

    Columns lie together in memory. `codes[u, s]` indexes `values` (MISSING where the slot is empty), `coders[u, s]` indexes
    `coder_ids`; a coder stands at most once in a row. `clusters[u]` indexes `cluster_ids`
    (documents). `values` are the categories on offer in their order, used or not. A second pass
    of the same coder is another coder with a label of its own.
    """

    codes: IntArray
    coders: IntArray
    clusters: IntArray
    values: tuple[Value, ...]
    coder_ids: tuple[str, ...]
    unit_ids: Ids
    cluster_ids: Sequence[Hashable]

    @classmethod
    def of_records(
        cls,
        records: Iterable[tuple[Hashable, Hashable, str, Value]],
        *,
        categories: Sequence[Value] | None = None,
        coders: Sequence[str] = (),
    ) -> Units:
        """Records are (unit, cluster, coder, value); what is missing is simply not there.

        `coders` names coders that must count even if they gave no value. The order of the
        records does not matter.
        """
        found = list(records)
        cluster_of: dict[Hashable, Hashable] = {}
        for unit, cluster, _, _ in found:
            if cluster_of.setdefault(unit, cluster) != cluster:
                raise ValueError(f"unit {unit!r} stands in two clusters")
        unit_ids = _in_order(cluster_of)
        cluster_ids = _in_order(set(cluster_of.values()))
        coder_ids = tuple(sorted({*coders, *(coder for _, _, coder, _ in found)}))
        number_of = {unit: number for number, unit in enumerate(unit_ids)}
        cluster_code = {cluster: number for number, cluster in enumerate(cluster_ids)}
        coder_code = {coder: number for number, coder in enumerate(coder_ids)}
        return cls.of_columns(
            np.array([number_of[unit] for unit, _, _, _ in found], np.int64),
            np.array([coder_code[coder] for _, _, coder, _ in found], np.int64),
            [value for _, _, _, value in found],
            unit_ids=unit_ids,
            coder_ids=coder_ids,
            clusters=np.array([cluster_code[cluster_of[unit]] for unit in unit_ids], np.int64),
            cluster_ids=cluster_ids,
            categories=categories,
        )

    @classmethod
    def of_columns(
        cls,
        unit: IntArray,
        coder: IntArray,
        given: Sequence[Value],
        *,
        unit_ids: Ids,
        coder_ids: tuple[str, ...],
        clusters: IntArray,
        cluster_ids: Sequence[Hashable],
        categories: Sequence[Value] | None = None,
    ) -> Units:
        """Records as columns: unit number `unit[k]` was given `given[k]` by coder number `coder[k]`.

        The numbers index `unit_ids` and `coder_ids`; `clusters[u]` indexes `cluster_ids`.
        """
        values = _in_order(set(given)) if categories is None else tuple(categories)
        code_of = {value: code for code, value in enumerate(values)}
        if len(code_of) != len(values):
            raise ValueError("a category is named twice")
        code = np.array([code_of.get(value, MISSING) for value in given], np.int64)
        order = np.lexsort((coder, unit))
        unit, coder, code = unit[order], coder[order], code[order]

        for at in np.flatnonzero((np.diff(unit) == 0) & (np.diff(coder) == 0)).tolist():
            raise ValueError(
                f"coder {coder_ids[coder[at]]!r} gave unit {unit_ids[unit[at]]!r} two values"
            )
        for at in np.flatnonzero(code == MISSING).tolist():
            who, where, what = coder_ids[coder[at]], unit_ids[unit[at]], given[order[at]]
            raise ValueError(f"coder {who!r}, unit {where!r}: {what!r} is not a category")
        per_unit = np.bincount(unit, minlength=len(unit_ids))
        slot = np.arange(len(unit)) - np.repeat(np.cumsum(per_unit) - per_unit, per_unit)
        shape = (len(unit_ids), int(per_unit.max(initial=0)))
        codes = np.full(shape, MISSING, _smallest(len(values)), order="F")
        seats = np.full(shape, MISSING, np.int32, order="F")
        codes[unit, slot], seats[unit, slot] = code, coder
        return cls(codes, seats, clusters, values, coder_ids, unit_ids, cluster_ids)

    @classmethod
    def of_codes(
        cls,
        codes: IntArray,
        *,
        values: Sequence[Value] | None = None,
        clusters: IntArray | None = None,
        coders: Sequence[str] | None = None,
    ) -> Units:
        """From an integer table, units down and coders across, MISSING (-1) for no value.

        `values` are the categories the integers index (default: the integers themselves);
        `clusters` numbers each unit's cluster from 0 (default: every unit its own).
        """
        table = np.asarray(codes)
        if table.ndim != 2 or table.dtype.kind not in "iu":
            raise ValueError("codes must be a table of integers, units x coders")
        n_units, n_coders = table.shape
        top = int(table.max()) if table.size else MISSING
        bottom = int(table.min()) if table.size else MISSING
        known: tuple[Value, ...] = tuple(range(top + 1)) if values is None else tuple(values)
        if bottom < MISSING or top >= len(known):
            raise ValueError(f"codes must lie between -1 and {len(known) - 1}")
        names = tuple(f"C{k + 1}" for k in range(n_coders)) if coders is None else tuple(coders)
        if len(set(names)) != n_coders:
            raise ValueError("every coder column needs a name of its own")
        seats = np.broadcast_to(np.arange(n_coders, dtype=np.int32), table.shape)
        table = np.asarray(table, _smallest(len(known)), order="F")
        if clusters is None:
            return cls(
                table, seats, np.arange(n_units), known, names, range(n_units), range(n_units)
            )
        numbers = np.asarray(clusters)
        if numbers.shape != (n_units,) or (n_units and int(numbers.min()) < 0):
            raise ValueError("clusters must number every unit's cluster, from 0")
        n_clusters = int(numbers.max()) + 1 if n_units else 0
        return cls(table, seats, numbers, known, names, range(n_units), range(n_clusters))

    @property
    def n_units(self) -> int:
        return int(self.codes.shape[0])

    @cached_property
    def per_unit(self) -> IntArray:
        """m_u: how many values each unit received."""
        width = self.codes.shape[1]
        m: IntArray = np.zeros(self.n_units, np.int8 if width < 127 else np.int32)
        for slot in range(width):
            m += self.codes[:, slot] >= 0
        return m.astype(np.int32)

    @cached_property
    def value_counts(self) -> IntArray:
        """How often each value stands anywhere."""
        base = len(self.values) + 1
        total = np.zeros(base, np.int64)
        columns = list(self.codes.T)
        # Few values: two columns in one count, of the pairs that they make.
        while len(columns) > 1 and base * base < 1 << 15:
            row, other = (columns.pop().astype(np.int16) + np.int16(1) for _ in range(2))
            pairs = np.bincount(row * np.int16(base) + other, minlength=base * base)
            total += pairs.reshape(base, base).sum(axis=0) + pairs.reshape(base, base).sum(axis=1)
        for column in columns:
            total += np.bincount(column.astype(np.int64) + 1, minlength=base)
        return total[1:]

    @property
    def coders_used(self) -> int:
        """How many coders gave at least one value."""
        if self.coders.strides[0] == 0:
            return sum(bool((column >= 0).any()) for column in self.codes.T)
        return len(np.unique(self.coders[self.codes >= 0]))

    def column(self, coder: str) -> IntArray:
        """The codes of one coder, unit by unit, MISSING where there is none."""
        number = self.coder_ids.index(coder)
        if self.coders.strides[0] == 0:
            return self.codes[:, number]
        column = np.full(self.n_units, MISSING, self.codes.dtype)
        for slot in range(self.codes.shape[1]):
            here = self.coders[:, slot] == number
            column[here] = self.codes[here, slot]
        return column

    def without(self, coder: str) -> Units:
        """The same units as if this coder had not coded."""
        gone = self.coders == self.coder_ids.index(coder)
        return self._with_codes(np.where(gone, MISSING, self.codes))

    def only(self, *coders: str) -> Units:
        """The same units with the values of these coders alone."""
        numbers = [self.coder_ids.index(coder) for coder in coders]
        return self._with_codes(np.where(np.isin(self.coders, numbers), self.codes, MISSING))

    def where(self, chosen: BoolArray) -> Units:
        """The chosen units (a stratum, a month), categories and coders unchanged."""
        rows = np.flatnonzero(chosen)
        regular = self.coders.strides[0] == 0
        return Units(
            _taken(self.codes, rows),
            self.coders[: len(rows)] if regular else _taken(self.coders, rows),
            self.clusters[rows],
            self.values,
            self.coder_ids,
            _chosen(self.unit_ids, rows),
            self.cluster_ids,
        )

    def pooled(self) -> Units:
        """The same units with nothing to redraw: only their total is wanted."""
        one = np.zeros(self.n_units, np.int64)
        return Units(
            self.codes, self.coders, one, self.values, self.coder_ids, self.unit_ids, POOLED
        )

    def _with_codes(self, codes: IntArray) -> Units:
        return Units(
            codes,
            self.coders,
            self.clusters,
            self.values,
            self.coder_ids,
            self.unit_ids,
            self.cluster_ids,
        )


def _smallest(n_values: int) -> type[np.signedinteger[Any]]:
    return np.int8 if n_values < 127 else np.int16 if n_values < 32_767 else np.int32


def _taken(table: IntArray, rows: IntArray) -> IntArray:
    """The rows of a table whose columns lie together in memory, laid out the same way."""
    taken = np.empty((len(rows), table.shape[1]), table.dtype, order="F")
    for column in range(table.shape[1]):
        np.take(table[:, column], rows, out=taken[:, column])
    return taken


def _chosen(ids: Ids, rows: IntArray) -> Ids:
    if isinstance(ids, range):
        return rows + ids.start
    return ids[rows] if isinstance(ids, np.ndarray) else [ids[u] for u in rows.tolist()]


def _in_order(things: Iterable[Hashable]) -> tuple[Hashable, ...]:
    """Numbers by size, then strings, then sets and pairs: one order whatever came first."""
    return tuple(sorted(things, key=_order))


def _order(thing: Hashable) -> tuple[int, Any]:
    if isinstance(thing, int | float):
        return (0, thing)
    if isinstance(thing, str):
        return (1, thing)
    if isinstance(thing, frozenset):
        return (2, (len(thing), [_order(member) for member in _in_order(thing)]))
    if isinstance(thing, tuple):
        return (3, [_order(part) for part in thing])
    return (4, repr(thing))
