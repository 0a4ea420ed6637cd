"""JSON of other tools, read with plain words where it is not what it should be."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from coding.exchange.codings import Fault, Unreadable


def read(content: bytes, *, line: bool = False) -> Any:
    """The value. Raises Unreadable."""
    what = "line" if line else "file"
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable(f"The {what} is not UTF-8 (byte {error.start + 1}).") from None
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"The {what} is not JSON: {error.msg} (line {error.lineno}, character {error.colno})."
        ) from None
    except (ValueError, RecursionError):
        raise Unreadable(f"The {what} holds a number too long or nests too deeply.") from None


def lines(content: bytes) -> Iterator[tuple[int, Mapping[str, Any] | Fault]]:
    """The objects of a JSON Lines file with their line numbers; what is none is a fault in its place."""
    for n, raw in enumerate(content.split(b"\n"), start=1):
        if not raw.strip(b" \t\r\xef\xbb\xbf"):
            continue
        try:
            yield n, an_object(read(raw, line=True), "The line")
        except Unreadable as reason:
            yield n, Fault(f"line {n}", str(reason))


def an_object(value: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable(f"{what} must be a JSON object.")
    return value


def a_list(value: Any, what: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise Unreadable(f"{what} must be a list.")
    return value


def words(value: Any) -> str:
    """A name or an id as text."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def coder_and_sitting(name: str) -> tuple[str, int]:
    """`C1/2` is the second sitting of C1."""
    coder, slash, sitting = name.rpartition("/")
    if slash and coder and sitting.isascii() and sitting.isdecimal() and 1 < int(sitting) < 1000:
        return coder, int(sitting)
    return name, 1
