"""References from event to event, by names that mean the same in every database. Pure.

Coders' work refers by random ids. What is compared, decided and released goes by names: “C1:2” is the
second event of C1 in the document. Two coders who mean the same group agree, whichever event they named.
"""

from collections.abc import Mapping
from typing import Any

from coding import schema

KINDS = frozenset({"event_ref", "event_refs"})


def name(label: str, position: int) -> str:
    return f"{label}:{position}"


def renamed(
    codebook: schema.Codebook, type_code: str, values: Mapping[str, Any], names: Mapping[str, str]
) -> dict[str, Any]:
    """The values with references put through `names`; a reference to nothing is no value and is left out."""
    kinds = {field.name: field.kind for field in codebook.fields_of(type_code)}
    told = {
        field: put_through(value, names) if kinds.get(field) in KINDS else value
        for field, value in values.items()
    }
    return {field: value for field, value in told.items() if value is not None}


def put_through(value: Any, names: Mapping[str, str]) -> Any:
    """One reference, a list of them or a missing code; None where nothing of it is known."""
    if schema.is_missing(value):
        return value
    if isinstance(value, list):
        return sorted({names[one] for one in value if one in names}) or None
    return names.get(value)
