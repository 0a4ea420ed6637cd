"""The small language of conditions: text in, a checked tree out. Nothing is ever executed.

    condition := either ("or" either)*
    either    := each ("and" each)*
    each      := "not" each | "(" condition ")" | test
    test      := field "is set" | field "is not set" | field ("in" | "not in") list
               | field sign (literal | list | field)
    sign      := == != < <= > >=
    list      := "[" literal ("," literal)* "]"
    literal   := number | word | "quoted" | 'quoted'

What a tree means is in `conditions`. Which fields and codes exist is given by the caller.
"""

import difflib
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from coding import dates
from coding.schema.conditions import (
    And,
    Comparison,
    Condition,
    IsSet,
    Literal,
    Membership,
    Not,
    Or,
    Other,
    is_missing,
)

if TYPE_CHECKING:
    from coding.schema.codebook import Field

LONGEST = 2000
DEEPEST = 32

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>-?\d+(?:\.\d+)?(?![\w.]))
    | (?P<quoted>"[^"]*"|'[^']*')
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<sign>==|!=|<=|>=|<|>|\(|\)|\[|\]|,)
    )""",
    re.VERBOSE,
)
_SIGNS = ("==", "!=", "<", "<=", ">", ">=")
_RESERVED = ("and", "or", "not", "in", "is", "set")
_WITHOUT_VALUE = ("spans",)
_ORDERED = ("integer", "decimal", "date")
_NUMBERS = ("integer", "decimal")
_LISTS = ("multi_choice", "state_list", "event_refs")
_INCOMPARABLE = ("money", "state_integer_table")


class ConditionInvalid(ValueError):
    """The text is not a condition, or speaks of what does not exist."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def read(text: str, fields: Mapping[str, "Field"]) -> Condition:
    """The condition meant by `text`, over `fields` by name. Raises ConditionInvalid."""
    if len(text) > LONGEST:
        raise ConditionInvalid(
            f"a condition has at most {LONGEST} characters; this one has {len(text)}"
        )
    return _Reader(_tokens(text), fields).whole()


def nearest(word: str, known: "list[str] | tuple[str, ...]") -> str:
    """` (did you mean "x"?)`, or nothing when nothing is near."""
    by_folded = {each.casefold(): each for each in reversed(known)}
    found = difflib.get_close_matches(word[:64].casefold(), by_folded, n=1, cutoff=0.6)
    return f' (did you mean "{by_folded[found[0]]}"?)' if found else ""


def is_code_word(text: str) -> bool:
    """Can this text be the code of an option?"""
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9_.-]{0,63}", text) is not None


Token = tuple[str, str]


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    stop = len(text.rstrip())
    while at < stop:
        match = _TOKEN.match(text, at)
        if not match:
            rest = text[at:].strip()
            hint = '; equality is written "=="' if rest.startswith("=") else ""
            if rest[0] in "“”‘’„«»":
                hint = "; quotes are written straight"
            raise ConditionInvalid(f'cannot read the condition at "{rest[:30]}"{hint}')
        kind = str(match.lastgroup)
        found.append((kind, match[kind]))
        at = match.end()
    return found


class _Reader:
    """Walks the tokens once, left to right."""

    def __init__(self, tokens: list[Token], fields: Mapping[str, "Field"]) -> None:
        self.tokens = tokens
        self.fields = fields
        self.at = 0
        self.depth = 0

    def whole(self) -> Condition:
        if not self.tokens:
            raise ConditionInvalid("the condition is empty")
        condition = self.condition()
        if self.at < len(self.tokens):
            raise ConditionInvalid(f'"{self.tokens[self.at][1]}" is not expected here')
        return condition

    def condition(self) -> Condition:
        parts = [self.either()]
        while self.take("or"):
            parts.append(self.either())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def either(self) -> Condition:
        parts = [self.each()]
        while self.take("and"):
            parts.append(self.each())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def each(self) -> Condition:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ConditionInvalid(f"the condition is nested more than {DEEPEST} deep")
        try:
            if self.take("not"):
                return Not(self.each())
            if self.take("("):
                inner = self.condition()
                self.expect(")")
                return inner
            return self.test()
        finally:
            self.depth -= 1

    def test(self) -> Condition:
        field = self.field()
        if self.take("is"):
            negated = self.take("not")
            self.expect("set")
            return IsSet(field.name, negated)
        negated = self.take("not")
        if self.take("in"):
            self.refuse_incomparable(field)
            return Membership(field.name, self.list_for(field), field.kind, negated)
        if negated:
            raise ConditionInvalid(f'after "{field.name} not" comes "in"')
        kind, sign = self.next(
            f'after "{field.name}" comes ==, !=, <, <=, >, >=, in, not in, is set or is not set'
        )
        if sign not in _SIGNS or kind != "sign":
            raise ConditionInvalid(
                f'after "{field.name}" comes ==, !=, <, <=, >, >=, in, not in, is set or is not set, not "{sign}"'
            )
        self.refuse_incomparable(field)
        return self.comparison(field, sign)

    def comparison(self, field: "Field", sign: str) -> Condition:
        if sign not in ("==", "!="):
            _refuse_unordered(field, sign)
        if self.peek() == ("sign", "["):
            if field.kind not in _LISTS or sign not in ("==", "!="):
                raise ConditionInvalid(
                    f'"{field.name}" holds one value, so it is compared with a list by "in" or "not in"'
                )
            return Comparison(field.name, sign, self.list_for(field), field.kind)
        kind, text = self.next(f'nothing follows "{field.name} {sign}"')
        if kind == "word" and text in self.fields and text not in map(str, field.codes):
            return Comparison(field.name, sign, Other(self.comparable(field, text)), field.kind)
        literal = _literal(kind, text, field, self.fields)
        if field.kind in _LISTS and not is_missing(literal):
            raise ConditionInvalid(
                f'"{field.name}" holds several codes; write {field.name} {sign} [{text}], or {field.name} in [{text}]'
            )
        return Comparison(field.name, sign, literal, field.kind)

    def comparable(self, field: "Field", name: str) -> str:
        other = self.fields[name]
        same = field.kind == other.kind or {field.kind, other.kind} <= set(_NUMBERS)
        if not same or other.kind in _WITHOUT_VALUE + _INCOMPARABLE:
            raise ConditionInvalid(
                f'"{field.name}" ({field.kind}) cannot be compared with "{name}" ({other.kind})'
            )
        return name

    def field(self) -> "Field":
        kind, name = self.next("a field name is missing at the end")
        if kind != "word" or name in _RESERVED:
            raise ConditionInvalid(f'a condition begins with a field name, not with "{name}"')
        field = self.fields.get(name)
        if field is None:
            raise ConditionInvalid(
                f'there is no field "{name}" here{nearest(name, list(self.fields))}'
            )
        if field.kind in _WITHOUT_VALUE:
            raise ConditionInvalid(
                f'"{name}" holds passages and no value, so no condition can ask about it'
            )
        return field

    def refuse_incomparable(self, field: "Field") -> None:
        if field.kind in _INCOMPARABLE:
            raise ConditionInvalid(
                f'"{field.name}" ({field.kind}) can only be asked whether it is set'
            )

    def list_for(self, field: "Field") -> tuple[Literal, ...]:
        self.expect("[")
        found: list[Literal] = []
        while not self.take("]"):
            if found:
                self.expect(",")
            kind, text = self.next("the list is not closed with ]")
            found.append(_literal(kind, text, field, self.fields))
        if not found:
            raise ConditionInvalid('the list is empty; to ask for blank write "is not set"')
        return tuple(found)

    def peek(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def next(self, otherwise: str) -> Token:
        if self.at >= len(self.tokens):
            raise ConditionInvalid(otherwise)
        self.at += 1
        return self.tokens[self.at - 1]

    def take(self, text: str) -> bool:
        kind, found = self.peek()
        if found == text and kind != "quoted":
            self.at += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.take(text):
            found = self.peek()[1]
            raise ConditionInvalid(
                f'"{text}" is expected ' + (f'before "{found}"' if found else "at the end")
            )


def _refuse_unordered(field: "Field", sign: str) -> None:
    numbered = (
        field.kind == "single_choice"
        and bool(field.codes)
        and all(isinstance(c, int) for c in field.codes)
    )
    if field.kind not in _ORDERED and not numbered:
        raise ConditionInvalid(
            f'"{field.name}" ({field.kind}) has no order, so "{sign}" cannot be asked'
        )


def _literal(kind: str, text: str, field: "Field", fields: Mapping[str, "Field"]) -> Literal:
    """The literal as a canonical value of `field`."""
    if kind not in ("number", "quoted", "word") or (kind == "word" and text in _RESERVED):
        raise ConditionInvalid(f'a value is expected, not "{text}"')
    plain = text[1:-1] if kind == "quoted" else text
    if is_missing(plain) and not (kind == "number" and field.kind in _NUMBERS):
        return plain
    if field.options:
        return _code(plain, field, fields)
    if field.kind in ("integer", "decimal", "state", "state_list", "boolean"):
        return _number(kind, plain, field, fields)
    if field.kind == "date":
        try:
            return dates.read(plain).edtf
        except dates.DateInvalid as refusal:
            raise ConditionInvalid(
                f'"{field.name}" is a date: {refusal.message}{nearest(plain, list(fields))}'
            ) from None
    if kind == "word":
        raise ConditionInvalid(
            f'"{plain}" is no field{nearest(plain, list(fields))}; a text is written in quotes'
        )
    return plain


def _code(plain: str, field: "Field", fields: Mapping[str, "Field"]) -> Literal:
    for code in field.codes:
        if str(code) == plain:
            return code
    known = [str(code) for code in field.codes]
    near = nearest(plain, known) or nearest(plain, list(fields))
    raise ConditionInvalid(
        f'"{field.name}" has no code "{plain}"{near}; its codes are {", ".join(known)}'
    )


def _number(kind: str, plain: str, field: "Field", fields: Mapping[str, "Field"]) -> Literal:
    if kind != "number":
        raise ConditionInvalid(
            f'"{field.name}" ({field.kind}) is compared with a number or another field, not with "{plain}"{nearest(plain, list(fields))}'
        )
    if field.kind == "boolean" and plain not in ("0", "1"):
        raise ConditionInvalid(f'"{field.name}" is 0 or 1, never {plain}')
    if "." not in plain:
        return int(plain)
    if field.kind != "decimal":
        raise ConditionInvalid(f'"{field.name}" holds whole numbers, never {plain}')
    return float(plain)
