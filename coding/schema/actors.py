"""States: one, several, or a table of numbers by state. Who a name means is asked of the list handed in."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol

from coding.schema.codebook import Field
from coding.schema.conditions import is_missing
from coding.schema.numbers import integer
from coding.schema.refusals import MOST_ITEMS, ValueInvalid, items, short, what

LONGEST_NAME = 500


class State(Protocol):
    @property
    def ccode(self) -> int: ...


class States(Protocol):
    """Finds a state by COW number, abbreviation or name; raises LookupError or ValueError with a plain message."""

    def find(self, raw: Any, /, on: date | None = None) -> State: ...


Finder = Callable[[Any], int]


def one_state(field: Field, raw: Any, find: Finder) -> int:
    if isinstance(raw, (list, tuple)):
        raise ValueInvalid("one state is expected, not a list")
    return find(raw)


def state_list(field: Field, raw: Any, find: Finder) -> list[int]:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return [find(raw)]
    if isinstance(raw, str) and ";" not in raw and "," in raw:
        try:
            return [find(raw)]  # a name may hold a comma
        except ValueInvalid:
            return sorted({find(one) for one in items(raw, separators=",")})
    found = set()
    for one in items(raw, separators=";"):
        if is_missing(one if isinstance(one, str) else str(one)):
            raise ValueInvalid(f'"{one}" stands for the whole field and cannot stand beside states')
        found.add(find(one))
    return sorted(found)


def state_integer_table(field: Field, raw: Any, find: Finder) -> dict[str, int]:
    """From a mapping of state to number, or typed as `USA: 1200; 732: 300`."""
    pairs: list[tuple[Any, Any]] = []
    if isinstance(raw, Mapping):
        pairs = list(raw.items())
    elif isinstance(raw, str):
        for one in items(raw, separators=";\n"):
            state, sign, number = str(one).rpartition(":" if ":" in str(one) else "=")
            if not sign:
                raise ValueInvalid(f'"{short(one)}": each line is written as state: number')
            pairs.append((state, number))
    else:
        raise ValueInvalid(f"a table of state: number is expected, not {what(raw)}")
    if len(pairs) > MOST_ITEMS:
        raise ValueInvalid(f"at most {MOST_ITEMS} states can be listed")
    table: dict[int, int] = {}
    for state, number in pairs:
        number_of_state = find(state)
        if number_of_state in table:
            raise ValueInvalid(f'"{state}" ({number_of_state}) stands in the table twice')
        try:
            table[number_of_state] = integer(field, number)
        except ValueInvalid as refusal:
            raise ValueInvalid(f"{state}: {refusal.message}") from None
    return {str(each): table[each] for each in sorted(table)}


def ccode(raw: Any, states: States, on: date | None) -> int:
    """The COW number of a state given by number, abbreviation or name, as `states` knows it."""
    if isinstance(raw, (bool, float, list, tuple, dict)) or not isinstance(raw, (int, str)):
        raise ValueInvalid(f"{what(raw)} is no state; write its COW number, abbreviation or name")
    sought: int | str = raw.strip() if isinstance(raw, str) else raw
    if isinstance(sought, str) and len(sought) > LONGEST_NAME:
        raise ValueInvalid(
            f'"{short(sought)}" is no state; write its COW number, abbreviation or name'
        )
    if isinstance(sought, str) and re.fullmatch(r"[0-9]{1,4}", sought):
        sought = int(sought)
    try:
        state = states.find(sought) if on is None else states.find(sought, on=on)
    except (LookupError, ValueError) as refusal:
        reason = getattr(refusal, "message", None) or (refusal.args[0] if refusal.args else "")
        raise ValueInvalid(str(reason) or f'"{sought}" is no state that is known') from None
    return int(state.ccode)
