"""What stands where in a group: one position per field, its state, its candidates. Pure.

Nothing here decides; `state` only says whether there is anything to decide.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coding import schema

EXISTENCE = "@event"
TYPE = "event_type"

# A coder's own remarks: kept with the coding, never part of what an event is.
CODER_ONLY = "coder_only"


@dataclass(frozen=True)
class Member:
    """One coder's event in a group."""

    label: str
    type: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    field: str
    order: int
    state: str
    candidates: Mapping[str, Any]

    @property
    def basis(self) -> str:
        """Changes exactly when what a decision would rest on changes."""
        content = json.dumps(
            [self.state == "incomplete", self.candidates], sort_keys=True, ensure_ascii=False
        )
        return hashlib.sha256(content.encode()).hexdigest()


def group_type(members: Sequence[Member], codebook: schema.Codebook) -> str:
    """The type most members gave; of several, the first in the codebook."""
    order = [event_type.code for event_type in codebook.types]
    given = [member.type for member in members]
    return min(set(given), key=lambda code: (-given.count(code), order.index(code)))


def fields_for(types: Sequence[str], codebook: schema.Codebook) -> list[schema.Field]:
    """The fields of these types in codebook order, without what carries no value of its own."""
    found: dict[str, schema.Field] = {}
    for code in types:
        for field in codebook.fields_of(code):
            if field.kind != "spans" and field.rule != CODER_ONLY:
                found.setdefault(field.name, field)
    return list(found.values())


def positions_of(
    members: Sequence[Member], judges: Sequence[str], *, unfinished: bool, codebook: schema.Codebook
) -> list[Found]:
    """The positions of a group. `judges` are the coders who could have found the event."""
    labels = [member.label for member in members]
    present = {label: int(label in labels) for label in sorted(set(judges) | set(labels))}
    result = [
        Found(
            EXISTENCE,
            0,
            _state(list(present.values()), len(members), len(present), unfinished),
            present,
        )
    ]
    types = {member.label: member.type for member in members}
    result.append(
        Found(TYPE, 1, _state(list(types.values()), len(members), len(present), unfinished), types)
    )
    ordered = sorted(set(types.values()), key=[t.code for t in codebook.types].index)
    for order, field in enumerate(fields_for(ordered, codebook), start=2):
        given = {
            member.label: member.values[field.name]
            for member in members
            if field.name in member.values
        }
        if not given:
            continue
        state = _state(list(given.values()), len(members), len(present), unfinished)
        if state == "agreed" and len(given) < len(members):
            state = "missing"
        result.append(Found(field.name, order, state, given))
    return result


def _state(values: Sequence[Any], members: int, judges: int, unfinished: bool) -> str:
    if unfinished:
        return "incomplete"
    if judges == 1:
        return "single"
    if members == 1:
        return "unmatched"
    return "agreed" if all(value == values[0] for value in values) else "differs"
