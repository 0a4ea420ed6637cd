"""Takes typed values out of YAML nodes and collects what is wrong with them, so that reading can go on."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from coding.schema import grammar
from coding.schema.codebook import Field, Wording
from coding.schema.conditions import Condition
from coding.schema.source import Node, Problem


class Reader:
    """Each method gives a value of its kind, or a dull one after adding a problem. An absent node is no problem."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.language = "en"

    def add(self, node: Node | None, path: str, message: str) -> None:
        problem = Problem(node.line if node else None, path, message)
        if problem not in self.problems:
            self.problems.append(problem)

    def mapping(
        self,
        node: Node | None,
        path: str,
        allowed: tuple[str, ...] | None = None,
        required: tuple[str, ...] = (),
    ) -> dict[str, Node] | None:
        if node is None:
            return None
        if not isinstance(node.value, dict):
            self.add(node, path, f"a mapping is expected, not {node.kind}")
            return None
        for key, value in node.value.items():
            if allowed is not None and key not in allowed:
                self.add(value, path, f'unknown key "{key}"{grammar.nearest(key, allowed)}')
        for key in required:
            if key not in node.value or node.value[key].value is None:
                self.add(node, path, f'"{key}" is missing')
        return {key: value for key, value in node.value.items() if value.value is not None}

    def items(self, node: Node | None, path: str) -> list[Node]:
        if node is None:
            return []
        if not isinstance(node.value, list):
            self.add(node, path, f"a list is expected, not {node.kind}")
            return []
        return node.value

    def named(self, path: str, node: Node, key: str, place: int) -> str:
        """The path of a list's item: by its name where it has one, so that a person finds it."""
        if (
            isinstance(node.value, dict)
            and key in node.value
            and isinstance(node.value[key].value, str)
        ):
            return f"{path}[{node.value[key].value}]"
        return f"{path}[{place}]"

    def text(
        self, node: Node | None, path: str, pattern: str | None = None, otherwise: str = ""
    ) -> str:
        if node is None or node.value is None:
            return otherwise
        if not isinstance(node.value, str):
            hint = "; put it in quotes" if isinstance(node.value, (int, float, bool)) else ""
            self.add(node, path, f"a text is expected, not {node.kind}{hint}")
            return otherwise
        if pattern and not re.fullmatch(pattern, node.value):
            self.add(node, path, f'"{node.value}" does not have the form {pattern}')
            return otherwise
        return " ".join(node.value.split())

    def texts(self, node: Node | None, path: str) -> tuple[str, ...]:
        return tuple(
            self.text(each, f"{path}[{place}]") for place, each in enumerate(self.items(node, path))
        )

    def wording(self, node: Node | None, path: str, quiet: bool = False) -> Wording:
        """A text, or a mapping of language to text that holds the codebook's own language."""
        if node is None or node.value is None:
            return Wording()
        if not isinstance(node.value, dict):
            return Wording(
                "" if quiet and not isinstance(node.value, str) else self.text(node, path)
            )
        words = {}
        for language, each in node.value.items():
            if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
                words[language] = self.text(each, f"{path}.{language}")
            elif not quiet:
                self.add(each, path, f'"{language}" is no language code such as en, fr or pt-BR')
        if self.language not in words and not quiet:
            self.add(
                node,
                path,
                f'the text in the codebook\'s own language ("{self.language}") is missing',
            )
        return Wording(words.get(self.language, ""), words)

    def wordings(self, node: Node | None, path: str) -> tuple[Wording, ...]:
        return tuple(
            self.wording(each, f"{path}[{place}]")
            for place, each in enumerate(self.items(node, path))
        )

    def truth(self, node: Node | None, path: str) -> bool:
        if node is None:
            return False
        if not isinstance(node.value, bool):
            self.add(node, path, f"true or false is expected, not {node.kind}")
            return False
        return node.value

    def number(
        self,
        node: Node | None,
        path: str,
        otherwise: float,
        minimum: float | None = None,
        maximum: float | None = None,
    ) -> float:
        if node is None:
            return otherwise
        if isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
            self.add(node, path, f"a number is expected, not {node.kind}")
            return otherwise
        if (minimum is not None and node.value < minimum) or (
            maximum is not None and node.value > maximum
        ):
            bounds = (
                f"at least {minimum:g}" if maximum is None else f"from {minimum:g} to {maximum:g}"
            )
            self.add(node, path, f"{node.value} is out of bounds; it must be {bounds}")
            return otherwise
        return node.value

    def word(
        self, node: Node | None, path: str, allowed: Iterable[str], otherwise: str = ""
    ) -> str:
        """One of a few known words."""
        if node is None:
            return otherwise
        known = tuple(allowed)
        if not isinstance(node.value, str) or node.value not in known:
            given = node.value if isinstance(node.value, str) else node.kind
            near = grammar.nearest(given, known)
            self.add(
                node, path, f'"{given}" is not known here{near}; it is one of {", ".join(known)}'
            )
            return otherwise
        return node.value

    def condition(
        self, node: Node | None, path: str, fields: Mapping[str, Field]
    ) -> Condition | None:
        if node is None:
            return None
        if not isinstance(node.value, str):
            self.add(
                node, path, f'a condition is a text such as "status in [5, 8]", not {node.kind}'
            )
            return None
        try:
            return grammar.read(node.value, fields)
        except grammar.ConditionInvalid as refusal:
            self.add(node, path, refusal.message)
            return None

    def day(self, node: Node | None, path: str) -> str:
        text = self.text(node, path)
        try:
            return date.fromisoformat(text).isoformat() if text else ""
        except ValueError:
            self.add(node, path, f'"{text}" is not a day; write it as 1945-01-31')
            return ""

    def section(self, node: Node | None, path: str) -> Mapping[str, Any]:
        """A part that is kept as it stands for those who read it elsewhere."""
        if node is None:
            return MappingProxyType({})
        if not isinstance(node.value, dict):
            self.add(node, path, f"a mapping is expected, not {node.kind}")
            return MappingProxyType({})
        frozen: Mapping[str, Any] = _frozen(node.plain())
        return frozen


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(each) for key, each in value.items()})
    if isinstance(value, list):
        return tuple(_frozen(each) for each in value)
    return value
