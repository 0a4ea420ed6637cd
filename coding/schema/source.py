"""YAML into a tree that remembers its lines. Safe by construction: no tags, no aliases, bounded size.

Built from PyYAML's event stream without recursion. Plain scalars follow YAML 1.2, so `no`, `on` and
`1945-01-01` stay texts. What keys mean is left to `parsing`.
"""

import math
import re
from dataclasses import dataclass
from typing import Any

import yaml

from coding.schema import yaml_refusals

LARGEST = 2_000_000
MOST_NODES = 100_000
DEEPEST = 40
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Scalar = str | int | float | bool | None


@dataclass(frozen=True)
class Problem:
    """What is wrong with a codebook, and where. `line` counts from 1; `path` reads event_types[EX].attributes[ex_form]."""

    line: int | None
    path: str
    message: str

    def __str__(self) -> str:
        where = ", ".join(
            part for part in (f"line {self.line}" if self.line else "", self.path) if part
        )
        return f"{where}: {self.message}" if where else self.message

    def as_dict(self) -> dict[str, object]:
        return {"line": self.line, "path": self.path, "message": self.message}


class CodebookInvalid(ValueError):
    """The text is no codebook. `problems` holds every one that was found, in order of lines."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True)
class Node:
    """A scalar, a list of nodes, or a mapping of text to node, with the line where it begins."""

    value: "Scalar | list[Node] | dict[str, Node]"
    line: int
    is_plain: bool = True

    @property
    def kind(self) -> str:
        names = {
            dict: "a mapping",
            list: "a list",
            str: "a text",
            bool: "true or false",
            int: "a number",
            float: "a number",
        }
        return names.get(type(self.value), "empty")

    def plain(self) -> Any:
        """The value without lines, as any YAML reader would give it."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


def read(text: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """The tree of a YAML text, with the problems met. The tree is None when it could not be read to its end."""
    if len(text) > LARGEST:
        return None, (
            Problem(
                None,
                "",
                f"a codebook has at most {LARGEST:,} characters; this one has {len(text):,}",
            ),
        )
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _Stop as stop:
        return None, (*builder.problems, stop.problem)
    except yaml.YAMLError as error:
        return None, (*builder.problems, _not_yaml(error, text))
    except UnicodeError:
        return None, (Problem(None, "", "the text holds characters that are not Unicode"),)
    return builder.root, tuple(builder.problems)


class _Stop(Exception):
    """Reading cannot go on."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Builder:
    """Turns events into nodes, one at a time, with its own stack."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.open: list[
            tuple[Node, str | None]
        ] = []  # (list or mapping, key waiting for its value)
        self.count = 0
        self.documents = 0

    def take(self, event: Any) -> None:
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _Stop(
                    Problem(
                        line, "", "the file holds more than one YAML document; a codebook is one"
                    )
                )
        elif isinstance(event, yaml.AliasEvent):
            raise _Stop(
                Problem(
                    line,
                    "",
                    f'the reference "*{event.anchor}" is not read here; write the part out, or name a list under "lists" and use options_from',
                )
            )
        elif isinstance(event, (yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            self.add(event, int(line or 1))
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            self.open.pop()

    def add(self, event: Any, line: int) -> None:
        self.count += 1
        if self.count > MOST_NODES:
            raise _Stop(Problem(line, "", f"the codebook has more than {MOST_NODES:,} entries"))
        if event.tag is not None and event.tag != "!":
            raise _Stop(
                Problem(line, "", f'the tag "{event.tag}" is not read here; write plain values')
            )
        if isinstance(event, yaml.ScalarEvent):
            if self._is_key():
                self._key(event.value, line)
                return
            plain = event.style is None or event.style == ""
            self._place(Node(_resolved(event.value) if plain else event.value, line, plain))
            return
        if self._is_key():
            raise _Stop(Problem(line, "", "a key must be a text, not a list or mapping"))
        if len(self.open) >= DEEPEST:
            raise _Stop(Problem(line, "", f"the codebook is nested more than {DEEPEST} deep"))
        node = Node([] if isinstance(event, yaml.SequenceStartEvent) else {}, line)
        self._place(node)
        self.open.append((node, None))

    def _is_key(self) -> bool:
        return (
            bool(self.open)
            and isinstance(self.open[-1][0].value, dict)
            and self.open[-1][1] is None
        )

    def _key(self, key: str, line: int) -> None:
        node, _ = self.open[-1]
        if key == "<<":
            raise _Stop(
                Problem(line, "", 'the merge key "<<" is not read here; write the part out')
            )
        if isinstance(node.value, dict) and key in node.value:
            self.problems.append(
                Problem(
                    line,
                    "",
                    f'"{key}" stands twice in the same mapping (first on line {node.value[key].line})',
                )
            )
        self.open[-1] = (node, key)

    def _place(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        holder, key = self.open[-1]
        if isinstance(holder.value, list):
            holder.value.append(node)
        elif isinstance(holder.value, dict) and key is not None:
            holder.value.setdefault(key, node)
            self.open[-1] = (holder, None)


_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")


def _resolved(text: str) -> Scalar:
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text


def _not_yaml(error: yaml.YAMLError, text: str) -> Problem:
    line, message = yaml_refusals.in_words(error, text)
    return Problem(line, "", message)
