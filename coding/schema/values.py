"""One value as it was typed, sent or imported, into its canonical form, or a plain refusal.

Knows one field at a time; what fields demand of one another is `checking`. Each kind is read in its own room:
`choices`, `numbers`, `actors`, `texts`.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from coding.schema import actors, choices, numbers, texts
from coding.schema.actors import State, States
from coding.schema.codebook import Field
from coding.schema.conditions import is_missing
from coding.schema.refusals import ValueInvalid, is_blank


def read_value(field: Field, raw: Any, *, states: States, on: date | None = None) -> Any:
    """The canonical form of `raw` for `field`; `on` is the day on which state names are meant.

    Canonical forms: single_choice its code, multi_choice a list of codes in codebook order, boolean
    0 or 1, state a COW number, state_list a sorted list of them, integer an int, decimal an int or
    float, date EDTF, money a mapping of amount, currency and scale, state_integer_table a mapping of
    COW number as text to int, all others a text (event_refs a list of texts).
    Missing values are the texts "-9", "-8", "-7" for every kind. The number -9 means the same in
    choices, booleans, states and dates; in integer and decimal fields it is a number; anywhere else
    it is refused. Raises ValueInvalid.
    """
    if field.kind == "spans":
        raise ValueInvalid("this field holds marked passages and no value")
    if is_blank(raw):
        raise ValueInvalid(
            "nothing was given; a blank field is left out, and a value that is not known is coded -9"
        )
    _refuse_endless_numbers(raw)
    missing = _missing_code(field, raw)
    if missing is not None:
        return _allowed_missing(field, missing)
    if field.kind in _WITH_STATES:
        return _WITH_STATES[field.kind](field, raw, lambda one: actors.ccode(one, states, on))
    return _READERS[field.kind](field, raw)


def _refuse_endless_numbers(raw: Any) -> None:
    """Numbers with thousands of figures, which Python itself will not turn into text, end here."""
    inner = (
        raw
        if isinstance(raw, (list, tuple))
        else (*raw, *raw.values())
        if isinstance(raw, dict)
        else ()
    )
    if any(isinstance(one, int) and one.bit_length() > 1_000 for one in (raw, *inner)):
        raise ValueInvalid(
            f"the number is too large; the largest that can be recorded is {numbers.LARGEST_INTEGER}"
        )


def _missing_code(field: Field, raw: Any) -> str | None:
    if isinstance(raw, str):
        typed = raw.strip().replace("\u2212", "-")
        return typed if is_missing(typed) else None
    if (
        isinstance(raw, (list, tuple))
        and len(raw) == 1
        and field.kind in ("multi_choice", "state_list", "event_refs")
    ):
        return _missing_code(field, raw[0])
    if isinstance(raw, bool) or not isinstance(raw, int) or not is_missing(str(raw)):
        return None
    if any(option.code == str(raw) for option in field.options):
        return str(raw)
    if field.kind in ("single_choice", "multi_choice", "boolean", "state", "state_list", "date"):
        return None if raw in field.codes else str(raw)
    if field.kind in ("integer", "decimal"):
        return None
    raise ValueInvalid(f'{raw} is a number; a missing value is written as text: "{raw}"')


def _allowed_missing(field: Field, code: str) -> str:
    if code in field.missing or any(option.code == code for option in field.options):
        return code
    allowed = (
        f"only {' and '.join(field.missing)} can be given"
        if field.missing
        else "it always needs a value"
    )
    raise ValueInvalid(f'"{code}" (a missing value) is not allowed here; {allowed}')


_WITH_STATES: dict[str, Callable[[Field, Any, actors.Finder], Any]] = {
    "state": actors.one_state,
    "state_list": actors.state_list,
    "state_integer_table": actors.state_integer_table,
}

_READERS: dict[str, Callable[[Field, Any], Any]] = {
    "single_choice": choices.single_choice,
    "multi_choice": choices.multi_choice,
    "boolean": choices.boolean,
    "integer": numbers.integer,
    "decimal": numbers.decimal,
    "money": numbers.money,
    "date": texts.date,
    "text": texts.text,
    "organisation": texts.name,
    "non_state_actor": texts.name,
    "treaty_ref": texts.name,
    "event_ref": texts.name,
    "event_refs": texts.event_refs,
}


__all__ = ["State", "States", "ValueInvalid", "is_blank", "read_value"]
