"""Refusing a value in plain words, and the small readings every kind of field shares."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

MOST_ITEMS = 1_000


class ValueInvalid(ValueError):
    """The value does not fit its field; the message says what is wrong, what is allowed, and what is near."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def items(raw: Any, separators: str) -> list[Any]:
    """The items of a list, or of a text in which they are separated."""
    if isinstance(raw, str):
        parts = (part.strip() for part in re.split(f"[{separators}]", raw))
        found: list[Any] = [part for part in parts if part]
        if not found:
            raise ValueInvalid(f'"{short(raw)}" holds no value')
    elif isinstance(raw, (list, tuple)):
        found = list(raw)
    elif isinstance(raw, int):
        found = [raw]
    else:
        raise ValueInvalid(f"a list is expected, not {what(raw)}")
    if len(found) > MOST_ITEMS:
        raise ValueInvalid(f"at most {MOST_ITEMS} values can be listed")
    return found


def what(raw: Any) -> str:
    if raw is None:
        return "nothing"
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, Mapping):
        return "a mapping"
    if isinstance(raw, (list, tuple)):
        return "a list"
    return f'"{short(raw)}"'


def short(raw: Any) -> str:
    text = str(raw)
    return text if len(text) <= 60 else text[:57] + "..."


def plain_number(raw: str) -> str:
    typed = unicodedata.normalize("NFKC", raw).strip().replace("\u2212", "-")
    return re.sub(r"\d", lambda figure: str(int(figure[0])), typed)  # figures of any script


def is_blank(raw: Any) -> bool:
    """Nothing was given: the field stays out of the event's values. Zero and False are something."""
    return raw is None or raw in ("", [], {}, ()) or (isinstance(raw, str) and not raw.strip())
