"""How an event, a field and a value are written in a label or a cell of another tool, and read back.

A label names a type, a field of it, and whether it is a near miss: `EX`, `EX.provider`, `near_miss:talk.EX.title`.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

_LABEL = re.compile(
    r"(?:near_miss:(?P<reason>[^.]*)\.)?(?P<type>[A-Z][A-Z0-9_]{0,15})(?:\.(?P<field>[a-z][a-z0-9_]{0,31}))?"
)


@dataclass(frozen=True)
class Label:
    type: str
    field: str = ""
    near_miss: str | None = None

    def __str__(self) -> str:
        before = "" if self.near_miss is None else f"near_miss:{self.near_miss}."
        return f"{before}{self.type}{'.' if self.field else ''}{self.field}"


def read_label(written: str) -> Label | None:
    found = _LABEL.fullmatch(written.strip())
    if found is None:
        return None
    return Label(found["type"], found["field"] or "", found["reason"])


def told(value: Any) -> str:
    """A value as a person can read and edit it: text as it stands, anything else (and text that looks so) as JSON."""
    if isinstance(value, str) and value == value.strip() and value.isprintable() and value:
        return json.dumps(value, ensure_ascii=False) if _is_json(value) else value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def heard(written: str) -> Any:
    """The value behind what `told` or a person wrote."""
    try:
        return json.loads(written)
    except (ValueError, RecursionError):
        return written.strip()


def _is_json(written: str) -> bool:
    try:
        json.loads(written)
    except (ValueError, RecursionError):
        return False
    return True
