"""References from event to event, by names that mean the same in every database. Pure.

Coders' work refers by random ids. What is compared, decided and released goes by names: “C1:2” is the
second event of C1 in the document, “d7#C1:2” that of the document d7, “d7#r1.C1:2” that of d7 in the project's first
round where the one who refers codes in another. Two coders who mean the same group agree, whichever event they named.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from coding import schema

KINDS = frozenset({"event_ref", "event_refs"})
# A document's own id may hold any sign, a coder's label neither # nor : nor a full stop.
_ELSEWHERE = re.compile(
    r"(?P<document>.+)#(?:r(?P<round>[0-9]{1,6})\.)?(?P<label>[^#:.]+):(?P<own>.+)", re.S
)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An event of another document as it was named; `round` counts from 1, None: the round one speaks in."""

    document: str
    round: int | None
    label: str
    own: str


def is_uid(written: str) -> bool:
    """Whether this may be the id by which coders' own values refer to an event."""
    try:
        UUID(written)
    except ValueError:
        return False
    return True


def name(label: str, position: int) -> str:
    return f"{label}:{position}"


def name_elsewhere(document: str, of_round: int | None, label: str, position: int) -> str:
    prefix = "" if of_round is None else f"r{of_round}."
    return f"{document}#{prefix}{name(label, position)}"


def elsewhere(told: str) -> Elsewhere | None:
    """The parts of a name that leads to another document; None where it does not."""
    found = _ELSEWHERE.fullmatch(told)
    if found is None:
        return None
    number = found["round"]
    return Elsewhere(
        found["document"], int(number) if number else None, found["label"], found["own"]
    )


def fields_of(codebook: schema.Codebook) -> dict[str, tuple[str, ...]]:
    """By event type, the fields that refer to events; types without one are left out."""
    found = {
        one.code: tuple(f.name for f in codebook.fields_of(one.code) if f.kind in KINDS)
        for one in codebook.types
    }
    return {code: names for code, names in found.items() if names}


def referred(values: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[str]:
    """What these fields refer to, as it is written there."""
    for field in names:
        value = values.get(field)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and not schema.is_missing(one):
                yield one


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
