"""Did the coders fill a field alike, given the same event? Each field on an alignment without it.

A field that steered the alignment looks more agreed than it is, so every field is judged on an
alignment that leaves its own terms out; the share of events aligned that way stands beside.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from .alignment import Alignment, Grouped, align_table
from .coefficients import measure, measure_category
from .detection import share_aligned
from .event_distance import encode
from .units import AlignmentRule, CodedEvent, Figure, IntArray, Units, Value

REPORTED: Mapping[str, tuple[str, ...]] = {
    "nominal": ("krippendorff_alpha", "percent_agreement", "gwet_ac1"),
    "ordinal": (
        "krippendorff_alpha",
        "percent_agreement",
        "gwet_ac2_linear",
        "gwet_ac2_quadratic",
    ),
    "interval": ("krippendorff_alpha", "percent_agreement", "mean_absolute_difference", "icc"),
    "ratio": ("krippendorff_alpha", "percent_agreement", "mean_absolute_difference", "icc"),
    "set": ("alpha_masi", "alpha_jaccard", "percent_agreement"),
    "date": ("krippendorff_alpha", "alpha_date_overlap", "percent_agreement"),
}
OF_TWO: Mapping[str, tuple[str, ...]] = {
    "nominal": ("cohen_kappa",),
    "ordinal": ("weighted_kappa_linear", "weighted_kappa_quadratic"),
}
OF_MORE: Mapping[str, tuple[str, ...]] = {"nominal": ("fleiss_kappa",)}


@dataclass(frozen=True)
class FieldCoding:
    """A field with what each event (by key) holds in it; an event without a value is missing.

    `steers`: the alignment terms made of this field. `filled`: keys whose value the program
    supplied and the coder did not contest; they enter no figure. `categories`: options in order.
    """

    name: str
    level: str
    values: Mapping[str, Value]
    steers: frozenset[str] = frozenset()
    filled: Collection[str] = field(default_factory=frozenset)
    categories: Sequence[Value] | None = None


@dataclass(frozen=True)
class FieldFigures:
    """A field's figures, the terms left out of the alignment they rest on, and the share of events
    that found a partner in it (None where no document had two coders' events).

    `units` are what they were computed from."""

    name: str
    level: str
    left_out: frozenset[str]
    share_aligned: float | None
    figures: tuple[Figure, ...]
    units: Units


def field_units(grouped: Grouped, coding: FieldCoding) -> Units:
    """Groups as units, named (document, number of the group); documents as clusters."""
    own = set(coding.filled)
    given = {key: value for key, value in coding.values.items() if key not in own}
    keys = grouped.table.keys
    rows = np.array([row for row, key in enumerate(keys) if key in given], np.int64)
    return units_of(
        grouped, rows, [given[keys[row]] for row in rows.tolist()], categories=coding.categories
    )


def units_of(
    grouped: Grouped,
    rows: IntArray,
    given: Sequence[Value],
    *,
    categories: Sequence[Value] | None = None,
) -> Units:
    """`field_units` for a field that holds `given[k]` in row `rows[k]` of the table."""
    table = grouped.table
    numbers, unit = np.unique(grouped.label[rows], return_inverse=True)
    coders, coder = np.unique(table.coder[rows], return_inverse=True)
    document = np.zeros(len(numbers), np.int64)
    document[unit] = table.document[rows]
    documents, cluster = np.unique(document, return_inverse=True)
    names = [table.document_ids[at] for at in document.tolist()]
    return Units.of_columns(
        unit.reshape(-1),
        coder.reshape(-1),
        given,
        unit_ids=tuple(zip(names, numbers.tolist(), strict=True)),
        coder_ids=tuple(table.coder_ids[at] for at in coders.tolist()),
        clusters=cluster.reshape(-1),
        cluster_ids=tuple(table.document_ids[at] for at in documents.tolist()),
        categories=categories,
    )


def judge(
    events: Sequence[CodedEvent],
    codings: Sequence[FieldCoding],
    rule: AlignmentRule | None = None,
    *,
    by_category: bool = True,
    **options: object,
) -> tuple[FieldFigures, ...]:
    """The figures of every field, in the order given. `options` go to `coefficients.measure`."""
    table = encode(events)
    aligned: dict[frozenset[str], Alignment] = {}
    found = []
    for coding in codings:
        if coding.steers not in aligned:
            aligned[coding.steers] = align_table(table, rule, leave_out=coding.steers)
        alignment = aligned[coding.steers]
        units = field_units(alignment, coding)
        found.append(
            FieldFigures(
                coding.name,
                coding.level,
                coding.steers,
                share_aligned(alignment),
                figures_of(units, coding.level, by_category=by_category, **options),
                units,
            )
        )
    return tuple(found)


def figures_of(
    units: Units, level: str, *, by_category: bool = True, **options: object
) -> tuple[Figure, ...]:
    """What is reported for values of this level: for two coders, or for more."""
    if level not in REPORTED:
        raise ValueError(f"no figures are reported at a level called {level!r}")
    names = REPORTED[level]
    names += OF_TWO.get(level, ()) if len(units.coder_ids) == 2 else OF_MORE.get(level, ())
    figures = [measure(units, name, level, **options) for name in names]  # type: ignore[arg-type]
    if level == "nominal" and by_category:
        figures += [measure_category(units, value, **options) for value in units.values]
    return tuple(figures)
