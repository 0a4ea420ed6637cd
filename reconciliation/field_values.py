"""What a field's values are to the numeric heart: which fields are measured, at which level, and how a value reads.

Measuring and the diagnosis export take the same reading, so that a figure can be recomputed from the files.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from coding import dates, schema
from reconciliation.agreement import fields
from reconciliation.agreement.units import Value
from reconciliation.inputs import StudiedEvent, Study, day_interval
from reconciliation.positions import CODER_ONLY, TYPE

# The terms of the event distance that a field feeds: left out when that field is judged.
STEERS = {TYPE: "type", "provider": "provider", "recipient": "recipient", "start": "date"}
TYPE_FIELD = schema.Field(TYPE, schema.Wording("Event type"), "single_choice", "nominal")
# The level of a field's one alpha, where the field's own name of it is another.
METRICS = {"set": "masi"}


def assessed(study: Study) -> list[schema.Field]:
    """The event type first, then every measured field that somebody filled, in codebook order."""
    filled = {name for event in study.events for name in event.values}
    return [TYPE_FIELD, *(field for field in measured(study.codebook) if field.name in filled)]


def measured(codebook: schema.Codebook) -> list[schema.Field]:
    """The fields of which agreement can be measured, in codebook order, the event type aside."""
    return [
        field
        for _, field in codebook.every_field()
        if field.name != TYPE
        and field.level != "none"
        and field.kind != "spans"
        and field.rule != CODER_ONLY
    ]


def coding(field: schema.Field, events: Iterable[StudiedEvent]) -> fields.FieldCoding:
    """What every event holds in a field, as the heart's values, at the level these can be measured at."""
    level, value_of = _reading(field)
    return _coding(field, level, value_of, events)


def precision(field: schema.Field, events: Iterable[StudiedEvent]) -> fields.FieldCoding:
    """How finely every event gives a date, as an ordinal code."""
    return _coding(field, "ordinal", _precision, events)


def _coding(
    field: schema.Field,
    level: str,
    value_of: Callable[[Any], Value | None],
    events: Iterable[StudiedEvent],
) -> fields.FieldCoding:
    values: dict[str, Value] = {}
    for event in events:
        raw = event.coded.type if field.name == TYPE else event.values.get(field.name)
        value = None if raw is None else value_of(raw)
        if value is not None:
            values[event.key] = value
    return fields.FieldCoding(field.name, level, values, steers(field))


def steers(field: schema.Field) -> frozenset[str]:
    """The terms of the event distance that are made of the field."""
    return frozenset({STEERS[field.name]}) if field.name in STEERS else frozenset()


def level_of(field: schema.Field) -> str:
    """The level that the field's values can be measured at."""
    return _reading(field)[0]


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


def _precision(raw: Any) -> int | None:
    return None if day_interval(raw) is None else dates.read(raw).precision
