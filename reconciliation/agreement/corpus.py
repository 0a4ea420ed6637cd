"""Coded events of a whole corpus, taken in some documents at a time and kept as columns.

Alignment is the business of one document, figures are that of all. So documents are aligned as they come, and of
them only what figures are computed from is kept: the events as a table, the group of each event in every alignment
wanted, and the values of the fields as numbers. What is taken in parts is what would have been taken at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from .alignment import Alignment, align_table
from .detection import share_aligned
from .event_distance import EventTable, encode, joined
from .fields import FieldFigures, figures_of, units_of
from .units import MISSING, AlignmentRule, CodedEvent, IntArray, Units, Value

WHOLE: frozenset[str] = frozenset()
"""What the alignment by all terms leaves out."""


@dataclass(frozen=True, eq=False)
class Groups:
    """`alignment.Grouped` without the pairs it came from."""

    table: EventTable
    label: IntArray


@dataclass(frozen=True, eq=False)
class Column:
    """What each row of the table holds in a field: a number of `values`, or MISSING."""

    values: tuple[Value, ...]
    codes: IntArray


@dataclass(frozen=True, eq=False)
class Corpus:
    """`labels`: the group of each row, by the terms left out of the alignment. `objective`, `gap` and `solved` are
    those of the alignment by all terms, summed over the documents."""

    table: EventTable
    labels: Mapping[frozenset[str], IntArray]
    columns: Mapping[str, Column]
    objective: float
    gap: float
    solved: Mapping[str, int]

    def grouped(self, left_out: frozenset[str] = WHOLE) -> Groups:
        return Groups(self.table, self.labels[left_out])

    def units(self, name: str, left_out: frozenset[str]) -> Units:
        """`fields.field_units` of a column on the alignment without these terms."""
        column = self.columns[name]
        rows = np.flatnonzero(column.codes != MISSING)
        given = [column.values[code] for code in column.codes[rows].tolist()]
        return units_of(self.grouped(left_out), rows, given)

    def judge(
        self, name: str, level: str, left_out: frozenset[str], **options: object
    ) -> FieldFigures:
        """A field as `fields.judge` judges it."""
        units = self.units(name, left_out)
        figures = figures_of(units, level, by_category=False, **options)
        share = share_aligned(self.grouped(left_out))
        return FieldFigures(name, level, left_out, share, figures, units)


@dataclass
class Collector:
    """Takes documents in the order of their names. `wanted`: the sets of terms to be left out of an alignment each."""

    rule: AlignmentRule
    wanted: Collection[frozenset[str]]
    _tables: list[EventTable] = field(default_factory=list)
    _labels: dict[frozenset[str], list[IntArray]] = field(default_factory=dict)
    _groups: dict[frozenset[str], int] = field(default_factory=dict)
    _numbers: dict[str, dict[Value, int]] = field(default_factory=dict)
    # By field, for each part the codes of its rows; a part in which nobody filled it has none.
    _codes: dict[str, dict[int, IntArray]] = field(default_factory=dict)
    _objective: float = 0.0
    _gap: float = 0.0
    _solved: dict[str, int] = field(default_factory=dict)

    def take(
        self,
        events: Sequence[CodedEvent],
        values: Iterable[tuple[str, Mapping[str, Value]]],
        own: Alignment | None = None,
    ) -> None:
        """Events of the next documents, the values of their fields by key, and their alignment by all terms if there is one."""
        table = encode(events)
        own = own or align_table(table, self.rule)
        for left_out in {WHOLE, *self.wanted}:
            aligned = align_table(table, self.rule, leave_out=left_out) if left_out else own
            before = self._groups.get(left_out, 0)
            self._labels.setdefault(left_out, []).append((aligned.label + before).astype(np.int32))
            self._groups[left_out] = before + int(aligned.label.max(initial=-1)) + 1
        for name, given in values:
            numbers = self._numbers.setdefault(name, {})
            if not given:
                continue
            codes = np.full(len(table.keys), MISSING, np.int32)
            for row, key in enumerate(table.keys):
                if key in given:
                    codes[row] = numbers.setdefault(given[key], len(numbers))
            self._codes.setdefault(name, {})[len(self._tables)] = codes
        self._tables.append(table)
        self._objective += own.objective
        self._gap += own.gap
        for method, n in own.solved.items():
            self._solved[method] = self._solved.get(method, 0) + n

    def corpus(self) -> Corpus:
        """All that was taken. ValueError where a document came twice or out of order."""
        nothing = np.zeros(0, np.int32)
        columns = {}
        for name, numbers in self._numbers.items():
            parts = [
                self._codes.get(name, {}).get(n, np.full(len(table.keys), MISSING, np.int32))
                for n, table in enumerate(self._tables)
            ]
            columns[name] = Column(tuple(numbers), np.concatenate([nothing, *parts]))
        return Corpus(
            table=joined(self._tables),
            labels={
                left_out: np.concatenate([nothing, *self._labels.get(left_out, [])])
                for left_out in {WHOLE, *self.wanted}
            },
            columns=columns,
            objective=self._objective,
            gap=self._gap,
            solved=dict(self._solved),
        )
