"""Measuring a round before adjudication: which figures are computed, and from which values.

Every field is judged on an alignment that leaves that field out, with the share of events aligned
beside it. Fields whose level is `none` are not assessed.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from coding import schema
from reconciliation.agreement import alignment as aligned
from reconciliation.agreement import detection, fields
from reconciliation.agreement.units import Figure as HeartFigure
from reconciliation.agreement.units import Value
from reconciliation.inputs import StudiedEvent, Study, day_interval, rule_of
from reconciliation.positions import CODER_ONLY, TYPE

EVENTS, FIELDS = "events", "fields"

# The terms of the event distance that a field feeds: left out when that field is judged.
STEERS = {TYPE: "type", "provider": "provider", "recipient": "recipient", "start": "date"}


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
    options = {name: parameters[name] for name in ("interval", "replicates", "seed")}
    rule = rule_of(study.codebook)
    coded = [(document.name, label) for document in study.documents for label in document.judges]
    types = {event.key: event.coded.type for event in study.events}
    result = [
        _kept(figure, EVENTS, kind=found.type or "", subject=f"{found.reference}-{found.other}")
        for found in detection.detections(main, types, coded, **options)
        for figure in (found.precision, found.recall, found.f1)
    ]
    judged = fields.judge(
        [event.coded for event in study.events],
        [_coding(field, study.events) for field in _assessed(study)],
        rule,
        by_category=False,
        tau=rule.tau,
        **options,
    )
    result += [
        _kept(figure, FIELDS, field=found.name, share=found.share_aligned)
        for found in judged
        for figure in found.figures
    ]
    return result


def _assessed(study: Study) -> list[schema.Field]:
    """The event type first, then every measured field that somebody filled, in codebook order."""
    filled = {name for event in study.events for name in event.values}
    measured = [
        field
        for _, field in study.codebook.every_field()
        if field.name in filled
        and field.level != "none"
        and field.kind != "spans"
        and field.rule != CODER_ONLY
    ]
    return [schema.Field(TYPE, schema.Wording("Event type"), "single_choice", "nominal"), *measured]


def _coding(field: schema.Field, events: Iterable[StudiedEvent]) -> fields.FieldCoding:
    """What every event holds in a field, as the heart's values, at the level these can be measured at."""
    level, value_of = _reading(field)
    values: dict[str, Value] = {}
    for event in events:
        raw = event.coded.type if field.name == TYPE else event.values.get(field.name)
        value = None if raw is None else value_of(raw)
        if value is not None:
            values[event.key] = value
    steers = frozenset({STEERS[field.name]}) if field.name in STEERS else frozenset()
    return fields.FieldCoding(field.name, level, values, steers)


def _reading(field: schema.Field) -> tuple[str, Callable[[Any], Value | None]]:
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
        return "set", lambda raw: frozenset(raw if isinstance(raw, list) else [raw])
    if field.level == "ordinal":
        ranks = field.ranks if field.options else None
        return "ordinal", lambda raw: _number(ranks.get(raw) if ranks else raw)
    if field.level in {"interval", "ratio"}:
        return field.level, _number
    return "nominal", str


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
