"""Conditions on an event's values: the frozen tree and its evaluation. Its grammar is in `grammar`.

Truth has three values: true, false and None for "cannot be told". The written rule:
  - a field that is blank or hidden makes every comparison with it None, also `!=` and `not in`;
  - a missing code (-9, -8, -7) does so too, unless the condition names a missing code: then the
    codes are compared;
  - `is set` is true for a value, false for blank, hidden and missing codes; it is never None;
  - `and`, `or`, `not` follow Kleene: None and false is false, None or true is true, not None is None;
  - dates compare by their bounds: `a < b` is true when a surely ends before b begins, false when it
    surely does not;
  - for a field with several codes, `in` asks whether any of them is in the list, `==` whether it is
    the same set.
A field is required or shown only when its condition is true; a rule is broken only when its
condition is false.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from coding import dates

Truth = bool | None
Literal = int | float | str

_MISSING = frozenset({"-9", "-8", "-7"})


class Condition:
    """A node of the tree. `str()` of it is the condition in its own language, in one settled form."""

    def evaluate(self, values: Mapping[str, Any]) -> Truth:
        """`values` holds canonical values of fields that are shown; blank and hidden ones are absent."""
        raise NotImplementedError

    def to_json(self) -> list[Any]:
        """The tree as nested lists: ["==", "status", {"value": 5}], ["and", a, b], ["is set", "end"]."""
        raise NotImplementedError

    def children(self) -> tuple["Condition", ...]:
        return ()

    def names(self) -> tuple[str, ...]:
        """Fields the condition speaks of, in order of first mention."""
        found = [name for child in self.children() for name in child.names()]
        return tuple(dict.fromkeys(found))

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Certainly true."""
        return self.evaluate(values) is True


@dataclass(frozen=True)
class IsSet(Condition):
    field: str
    negated: bool = False

    def evaluate(self, values: Mapping[str, Any]) -> Truth:
        is_set = self.field in values and not is_missing(values[self.field])
        return is_set is not self.negated

    def to_json(self) -> list[Any]:
        return ["is not set" if self.negated else "is set", self.field]

    def names(self) -> tuple[str, ...]:
        return (self.field,)

    def __str__(self) -> str:
        return f"{self.field} is {'not ' if self.negated else ''}set"


@dataclass(frozen=True)
class Comparison(Condition):
    """field <sign> literal, list of literals, or another field. `kind` is the kind of the left field."""

    field: str
    sign: str
    right: "Literal | tuple[Literal, ...] | Other"
    kind: str

    def evaluate(self, values: Mapping[str, Any]) -> Truth:
        if self.field not in values:
            return None
        left = values[self.field]
        right = self.right
        if isinstance(right, Other):
            if right.field not in values or is_missing(left) or is_missing(values[right.field]):
                return None
            right = values[right.field]
        if self.sign in ("==", "!="):
            return _negated_if(self.sign == "!=", _same(left, right, self.kind))
        return _ordered(left, self.sign, right, self.kind)

    def to_json(self) -> list[Any]:
        right: Any = self.right
        if isinstance(right, Other):
            return [self.sign, self.field, {"field": right.field}]
        return [
            self.sign,
            self.field,
            {"value": list(right) if isinstance(right, tuple) else right},
        ]

    def names(self) -> tuple[str, ...]:
        return (self.field, self.right.field) if isinstance(self.right, Other) else (self.field,)

    def __str__(self) -> str:
        right = self.right.field if isinstance(self.right, Other) else _said(self.right)
        return f"{self.field} {self.sign} {right}"


@dataclass(frozen=True)
class Other:
    """The right side of a comparison, when it is another field."""

    field: str


@dataclass(frozen=True)
class Membership(Condition):
    field: str
    among: tuple[Literal, ...]
    kind: str
    negated: bool = False

    def evaluate(self, values: Mapping[str, Any]) -> Truth:
        if self.field not in values:
            return None
        left = values[self.field]
        held = left if isinstance(left, list) else [left]
        truths = (_same_one(one, literal, self.kind) for one in held for literal in self.among)
        return _negated_if(self.negated, _any(truths))

    def to_json(self) -> list[Any]:
        return ["not in" if self.negated else "in", self.field, {"value": list(self.among)}]

    def names(self) -> tuple[str, ...]:
        return (self.field,)

    def __str__(self) -> str:
        return f"{self.field} {'not ' if self.negated else ''}in {_said(self.among)}"


@dataclass(frozen=True)
class Not(Condition):
    inner: Condition

    def evaluate(self, values: Mapping[str, Any]) -> Truth:
        return _negated_if(True, self.inner.evaluate(values))

    def to_json(self) -> list[Any]:
        return ["not", self.inner.to_json()]

    def __str__(self) -> str:
        return f"not {_grouped(self.inner)}"

    def children(self) -> tuple[Condition, ...]:
        return (self.inner,)


@dataclass(frozen=True)
class And(Condition):
    parts: tuple[Condition, ...]

    def evaluate(self, values: Mapping[str, Any]) -> Truth:
        return _negated_if(
            True, _any(_negated_if(True, part.evaluate(values)) for part in self.parts)
        )

    def to_json(self) -> list[Any]:
        return ["and", *(part.to_json() for part in self.parts)]

    def __str__(self) -> str:
        return " and ".join(map(_grouped, self.parts))

    def children(self) -> tuple[Condition, ...]:
        return self.parts


@dataclass(frozen=True)
class Or(Condition):
    parts: tuple[Condition, ...]

    def evaluate(self, values: Mapping[str, Any]) -> Truth:
        return _any(part.evaluate(values) for part in self.parts)

    def to_json(self) -> list[Any]:
        return ["or", *(part.to_json() for part in self.parts)]

    def __str__(self) -> str:
        return " or ".join(map(_grouped, self.parts))

    def children(self) -> tuple[Condition, ...]:
        return self.parts


def _grouped(condition: Condition) -> str:
    return f"({condition})" if isinstance(condition, (And, Or, Not)) else str(condition)


def _said(literal: Literal | tuple[Literal, ...]) -> str:
    if isinstance(literal, tuple):
        return f"[{', '.join(map(_said, literal))}]"
    if isinstance(literal, str):
        return f"'{literal}'" if '"' in literal else f'"{literal}"'
    return str(literal)


def is_missing(value: Any) -> bool:
    """Is this canonical value one of the codes for "no value, and here is why"?"""
    return isinstance(value, str) and value in _MISSING


def _any(truths: Iterator[Truth]) -> Truth:
    answer: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            answer = None
    return answer


def _negated_if(negated: bool, truth: Truth) -> Truth:
    return truth if truth is None or not negated else not truth


def _same(left: Any, right: Any, kind: str) -> Truth:
    if isinstance(left, list) and isinstance(right, (list, tuple)):
        return set(left) == set(right)
    if isinstance(right, (list, tuple)):  # a missing code against a list of codes
        return left == right[0] if len(right) == 1 and is_missing(right[0]) else None
    return _same_one(left, right, kind)


def _same_one(left: Any, right: Any, kind: str) -> Truth:
    if is_missing(right):
        return bool(left == right)
    if is_missing(left):
        return None
    if kind == "date":
        return _same_dates(left, right)
    if isinstance(left, str) is not isinstance(right, str):
        return False
    return bool(left == right)


def _ordered(left: Any, sign: str, right: Any, kind: str) -> Truth:
    if is_missing(left) or is_missing(right):
        return None
    if kind == "date":
        return _ordered_dates(left, sign, right)
    compare: dict[str, Callable[[Any, Any], bool]] = {
        "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    }  # fmt: skip
    try:
        return compare[sign](left, right)
    except TypeError:
        return None


def _same_dates(left: str, right: str) -> Truth:
    """True for one and the same day, false when the bounds do not touch, else it cannot be told."""
    a, b = _bounds(left), _bounds(right)
    if a is None or b is None:
        return None
    if a[1] < b[0] or b[1] < a[0]:
        return False
    return True if a == b and a[0] == a[1] else None


def _ordered_dates(left: str, sign: str, right: str) -> Truth:
    if sign in (">", ">="):
        return _ordered_dates(right, {">": "<", ">=": "<="}[sign], left)
    a, b = _bounds(left), _bounds(right)
    if a is None or b is None:
        return None
    if sign == "<":
        return True if a[1] < b[0] else False if a[0] >= b[1] else None
    return True if a[1] <= b[0] else False if a[0] > b[1] else None


def _bounds(edtf: str) -> tuple[date, date] | None:
    """Bounds with open sides as far away as dates go; None when it is no date."""
    try:
        value = dates.read(edtf)
    except dates.DateInvalid:
        return None
    return (value.earliest or date.min, value.latest or date.max)
