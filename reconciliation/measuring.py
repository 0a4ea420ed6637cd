"""Measuring a round before adjudication: which figures are computed, and from which values.

Every field is judged on an alignment that leaves that field out, with the share of events aligned
beside it. Fields whose level is `none` are not assessed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coding import schema
from reconciliation.agreement import alignment as aligned
from reconciliation.agreement import coefficients, detection
from reconciliation.agreement.units import Figure as HeartFigure
from reconciliation.agreement.units import Units, Value
from reconciliation.inputs import StudiedEvent, Study, day_interval, rule_of
from reconciliation.positions import CODER_ONLY, TYPE

EVENTS, FIELDS = "events", "fields"

# The terms of the event distance that a field feeds: left out when that field is judged.
STEERS = {TYPE: "type", "provider": "provider", "recipient": "recipient", "start": "date"}

# What is computed for each level of measurement: (coefficient, level of the heart).
MEASURES = {
    "nominal": (("percent_agreement", "nominal"), ("krippendorff_alpha", "nominal")),
    "ordinal": (("percent_agreement", "nominal"), ("krippendorff_alpha", "ordinal")),
    "interval": (("krippendorff_alpha", "interval"),),
    "ratio": (("krippendorff_alpha", "ratio"),),
    "date": (("percent_agreement", "nominal"), ("krippendorff_alpha", "date")),
    "nominal_set": (("krippendorff_alpha", "masi"), ("krippendorff_alpha", "jaccard")),
}


@dataclass(frozen=True)
class Measured:
    """A figure and what it speaks of; the fields of the row that keeps it."""

    question: str
    field: str
    type: str
    subject: str
    coefficient: str
    level: str
    value: float | None
    reason: str
    low: float | None
    high: float | None
    interval: str
    n_units: int
    n_coders: int
    n_values: int
    prevalence: float | None
    aligned_share: float | None
    undefined_replicates: int
    below_667: float | None
    below_800: float | None


def figures(study: Study, main: aligned.Alignment, parameters: Mapping[str, Any]) -> list[Measured]:
    """All figures of a run, in a fixed order."""
    options = {
        "interval": parameters["interval"],
        "replicates": parameters["replicates"],
        "seed": parameters["seed"],
    }
    coded = [(document.name, label) for document in study.documents for label in document.judges]
    judged = study.events
    types = {event.key: event.coded.type for event in judged}
    result = [
        _kept(figure, EVENTS, kind=found.type or "", subject=f"{found.reference}-{found.other}")
        for found in detection.detections(main, types, coded, **options)
        for figure in (found.precision, found.recall, found.f1)
    ]
    by_key = {event.key: event for event in judged}
    alignments = {"": main}
    for field in _assessed(study):
        term = STEERS.get(field.name, "")
        if term not in alignments:
            alignments[term] = aligned.align(
                [event.coded for event in judged],
                rule_of(study.codebook),
                leave_out=frozenset({term}),
            )
        chosen = alignments[term]
        share = detection.share_aligned(chosen)
        level, units = _units(field, chosen, by_key, rule_of(study.codebook).tau)
        for coefficient, heart_level in MEASURES[level]:
            figure = coefficients.measure(
                units, coefficient, heart_level, tau=rule_of(study.codebook).tau, **options
            )
            result.append(_kept(figure, FIELDS, field=field.name, share=share))
    return result


def _assessed(study: Study) -> list[schema.Field]:
    """The event type first, then every measured field that somebody filled, in codebook order."""
    filled = {name for event in study.events for name in event.values}
    fields = [field for _, field in study.codebook.every_field()]
    return [
        field
        for field in fields
        if field.name == TYPE
        or (
            field.name in filled
            and field.level != "none"
            and field.kind != "spans"
            and field.rule != CODER_ONLY
        )
    ]


def _units(
    field: schema.Field, chosen: aligned.Alignment, by_key: Mapping[str, StudiedEvent], tau: float
) -> tuple[str, Units]:
    """Groups as units, documents as clusters, and the level these values can really be measured at."""
    level, value_of = _reading(field)
    records: list[tuple[int, str, str, Value]] = []
    for number, keys in enumerate(chosen.groups):
        for key in keys:
            event = by_key[key]
            raw = event.coded.type if field.name == TYPE else event.values.get(field.name)
            value = None if raw is None else value_of(raw)
            if value is not None:
                records.append((number, event.coded.document, event.label, value))
    return level, Units.of_records(records)


def _reading(field: schema.Field) -> tuple[str, Any]:
    """The level and how a canonical value becomes the heart's.

    "Unknown" and "not applicable" are judgements and count as categories where values are names; on a
    scale they have no place and are left out, as blanks are.
    """
    if field.kind == "date":
        return "date", day_interval
    if field.kind in {"money", "state_integer_table"}:
        # Amounts in several currencies, or by state, lie on no common scale: the same or not the same.
        return "nominal", lambda raw: json.dumps(raw, sort_keys=True)
    if field.level == "nominal_set":
        return "nominal_set", lambda raw: frozenset(raw if isinstance(raw, list) else [raw])
    if field.level == "ordinal":
        ranks = field.ranks if field.options else None
        return "ordinal", lambda raw: _number(ranks.get(raw) if ranks else raw)
    if field.level in {"interval", "ratio"}:
        return field.level, _number
    return "nominal", lambda raw: str(raw)


def _number(raw: Any) -> int | float | None:
    return raw if isinstance(raw, int | float) and not isinstance(raw, bool) else None


def _kept(
    figure: HeartFigure,
    question: str,
    *,
    field: str = "",
    kind: str = "",
    subject: str = "",
    share: float | None = None,
) -> Measured:
    return Measured(
        question=question,
        field=field,
        type=kind,
        subject=subject,
        coefficient=figure.coefficient,
        level=figure.level,
        value=figure.value,
        reason=figure.reason or "",
        low=figure.low,
        high=figure.high,
        interval=figure.interval or "",
        n_units=figure.n_units,
        n_coders=figure.n_coders,
        n_values=figure.n_values,
        prevalence=figure.prevalence,
        aligned_share=share,
        undefined_replicates=figure.undefined_replicates,
        below_667=figure.below_667,
        below_800=figure.below_800,
    )
