"""Codebook conditions and coded values in words, for people. Pure.

`value` never judges: what does not fit its field is shown as it stands.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from coding import schema
from sources import states

MISSING = {"-9": "unknown", "-8": "not applicable", "-7": "sources conflict"}
_SIGNS = {
    "==": "is",
    "!=": "is not",
    "<": "is before or below",
    "<=": "is at most",
    ">": "is above",
    ">=": "is at least",
}


def value(field: schema.Field | None, given: Any) -> str:
    """A canonical value as a person reads it: code and label, state name with abbreviation, amount with currency."""
    if isinstance(given, str) and given in MISSING:
        option = field.option(given) if field else None
        return f"{given} {option.label if option else MISSING[given]}"
    if field is None:
        return str(given)
    if field.kind == "boolean":
        return "1 yes" if given == 1 else "0 no"
    if field.kind in {"single_choice", "multi_choice"}:
        return "; ".join(_option(field, code) for code in _items(given))
    if field.kind in {"state", "state_list"}:
        return "; ".join(_state(code) for code in _items(given))
    if field.kind == "money" and isinstance(given, Mapping):
        scale = given.get("scale", "units")
        amount = f"{given.get('amount')} {given.get('currency')}"
        return amount if scale == "units" else f"{amount} ({scale})"
    if field.kind == "state_integer_table" and isinstance(given, Mapping):
        return "; ".join(f"{_state(code)}: {number}" for code, number in given.items())
    return "; ".join(str(item) for item in _items(given))


def typed(field: schema.Field | None, given: Any) -> str:
    """A canonical value as one would type it into a plain box so that it is read back the same."""
    if given is None:
        return ""
    if field is not None and field.kind == "money" and isinstance(given, Mapping):
        return f"{given.get('amount')} {given.get('currency')} {given.get('scale', 'units')}"
    if field is not None and field.kind == "state_integer_table" and isinstance(given, Mapping):
        return "; ".join(f"{code}: {number}" for code, number in given.items())
    return "; ".join(str(item) for item in _items(given))


def condition(given: schema.Condition, fields: Mapping[str, schema.Field]) -> str:
    """A condition as a sentence with the labels of fields and options."""
    return _tree(given.to_json(), fields)


def _tree(node: Sequence[Any], fields: Mapping[str, schema.Field]) -> str:
    sign = node[0]
    if sign in {"and", "or"}:
        return f" {sign} ".join(_part(part, fields) for part in node[1:])
    if sign == "not":
        return f"not {_part(node[1], fields)}"
    field = fields.get(node[1])
    name = f"“{field.label}”" if field else str(node[1])
    if sign in {"is set", "is not set"}:
        return f"{name} is {'' if sign == 'is set' else 'not '}given"
    right = node[2]
    if "field" in right:
        other = fields.get(right["field"])
        return f"{name} {_SIGNS.get(sign, sign)} “{other.label if other else right['field']}”"
    among = right["value"] if isinstance(right["value"], list) else [right["value"]]
    told = " or ".join(_literal(field, literal) for literal in among)
    if sign in {"in", "not in"}:
        return f"{name} is {'' if sign == 'in' else 'not '}{told}"
    return f"{name} {_SIGNS.get(sign, sign)} {told}"


def _part(node: Sequence[Any], fields: Mapping[str, schema.Field]) -> str:
    told = _tree(node, fields)
    return f"({told})" if node[0] in {"and", "or"} else told


def _literal(field: schema.Field | None, literal: Any) -> str:
    if field is not None and field.kind in {"single_choice", "multi_choice", "boolean"}:
        return value(field, literal)
    return str(literal)


def _items(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given]


def option(given: schema.Option) -> str:
    """A number with its label; of a code that is a word, the label alone, which says the same better."""
    return str(given.label) if isinstance(given.code, str) else f"{given.code} {given.label}"


def _option(field: schema.Field, code: Any) -> str:
    found = field.option(code)
    return option(found) if found else str(code)


def _state(code: Any) -> str:
    try:
        found = states.by_ccode(int(code))
    except (ValueError, TypeError):
        return str(code)
    return f"{found.name} ({found.abbreviation})"
