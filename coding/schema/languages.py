"""The languages a codebook speaks, and the whole codebook in one of them."""

import dataclasses
import re
from collections.abc import Iterable, Iterator
from typing import Any

from coding.schema.codebook import Codebook, Wording


def languages(codebook: Codebook) -> tuple[str, ...]:
    """The codebook's own language first, then the others in which any of its texts is given."""
    found = {language for words in _wordings(codebook) for language in words.translations}
    return (codebook.language, *sorted(found - {codebook.language}))


def chosen(available: Iterable[str], wanted: Iterable[str]) -> str:
    """The first wanted language there is, exactly or without its region; else the first available."""
    known = tuple(available)
    for language in wanted:
        for one in (language, language.split("-")[0]):
            for each in known:
                if each.casefold() == one.casefold():
                    return each
    return known[0]


def accepted(header: str) -> tuple[str, ...]:
    """The languages of an Accept-Language header, the most wanted first."""
    found: list[tuple[float, int, str]] = []
    for part in header[:1000].split(","):
        match = re.fullmatch(
            r"\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*(?:;\s*q=(0(?:\.\d+)?|1(?:\.0+)?)\s*)?",
            part,
        )
        if match and float(match[2] or 1) > 0:
            found.append((-float(match[2] or 1), len(found), match[1]))
    return tuple(language for _, _, language in sorted(found))


def translated(codebook: Codebook, language: str) -> Codebook:
    """The codebook with every text in `language` where it has one, else in its own. For showing, not for coding."""
    if language == codebook.language:
        return codebook
    made: Codebook = _in(codebook, language)
    return made


def _in(value: Any, language: str) -> Any:
    if isinstance(value, Wording):
        return Wording(value.to(language))
    if isinstance(value, tuple):
        return tuple(_in(each, language) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        found = {
            each.name: _in(getattr(value, each.name), language)
            for each in dataclasses.fields(value)
        }
        return dataclasses.replace(value, **found)
    return value


def _wordings(value: Any) -> Iterator[Wording]:
    if isinstance(value, Wording):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _wordings(each)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for part in dataclasses.fields(value):
            yield from _wordings(getattr(value, part.name))
