"""The differences of two codebook versions as a person reads them: by event type and field, word by word. Pure.

What differs and whether it is meaning is `coding.schema.differences`; here only how it is told.
"""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from coding import schema, wording

LONGEST = 4_000  # longer texts are shown whole, before and after, without looking for the words

_WHAT = {
    "title": "Title", "unit_of_observation": "Unit of observation", "temporal_scope": "Period",
    "language": "Language", "label": "Label", "definition": "Definition", "help": "Help", "counting": "Counting",
    "include": "Include", "exclude": "Exclude", "boundary": "Boundary", "examples": "Examples",
    "family": "Family", "optional": "Optional type", "atop_counterpart": "ATOP counterpart",
    "kind": "Kind of field", "level": "Level of measurement", "required": "Always required",
    "required_if": "Required if", "visible_if": "Shown if", "skip_for": "Not asked for", "unit": "Unit",
    "rule": "How a conflict may be settled", "minimum": "Least value", "maximum": "Greatest value",
    "missing": "Missing codes allowed", "from_any_field": "Proved by any field's passage",
    "order": "Order of the scale", "options": "Order of the codes", "alone": "Stands alone",
    "message": "Words of the rule", "rules": "Rule", "alignment": "When two codings may be one event",
    "attributes": "Order of the fields", "common_attributes": "Order of the fields", "event_types": "Order of the types",
    "near_misses": "Order of the reasons", "cannot_code": "Order of the reasons",
    "missing_values": "Order of the missing codes", "assessment_records": "Order of the fields",
}  # fmt: skip
_PARTS = {
    "codebook": "The codebook",
    "alignment": "The codebook",
    "event_types": "The codebook",
    "conventions": "Missing values",
    "near_misses": "Reasons for near misses",
    "cannot_code": "Reasons why a document cannot be coded",
    "rules": "Rules across fields",
    "common_attributes": "Fields of every event",
    "assessment_records": "Yearly judgements",
}


@dataclass(frozen=True)
class Piece:
    text: str
    mark: Literal["", "gone", "new"] = ""


@dataclass(frozen=True)
class Told:
    """One difference in words; `before` and `after` mark what went and what came."""

    what: str
    weight: schema.Weight
    action: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Subject:
    """A field, or with an empty `name` what is not one field's."""

    title: str
    name: str
    told: tuple[Told, ...]

    @property
    def is_meaning(self) -> bool:
        return any(one.weight == "meaning" for one in self.told)


@dataclass(frozen=True)
class Section:
    """An event type with its code, or a part of the codebook."""

    title: str
    code: str
    subjects: tuple[Subject, ...]

    @property
    def meaning(self) -> int:
        return sum(one.weight == "meaning" for subject in self.subjects for one in subject.told)

    @property
    def wording(self) -> int:
        return sum(one.weight == "wording" for subject in self.subjects for one in subject.told)


@dataclass(frozen=True)
class Comparison:
    sections: tuple[Section, ...]

    @property
    def meaning(self) -> int:
        return sum(section.meaning for section in self.sections)

    @property
    def wording(self) -> int:
        return sum(section.wording for section in self.sections)


def compared(old: schema.Codebook, new: schema.Codebook) -> Comparison:
    """Every difference, meaning before wording within a field, in the order of the codebook."""
    found = schema.differences(old, new)
    gathered: dict[tuple[str, str], dict[tuple[str, str], list[Told]]] = {}
    for change in (*found.meaning, *found.wording):
        section, subject = _place(change, old, new)
        gathered.setdefault(section, {}).setdefault(subject, []).append(told(change, old, new))
    order = {
        part: place for place, part in enumerate(dict.fromkeys(["The codebook", *_PARTS.values()]))
    }
    types = {kind.code: place for place, kind in enumerate((*new.types, *old.types))}
    ranked = sorted(
        gathered.items(),
        key=lambda item: (bool(item[0][1]), types.get(item[0][1], 0), order.get(item[0][0], 0)),
    )
    return Comparison(
        tuple(
            Section(
                title,
                code,
                tuple(Subject(*subject, tuple(lines)) for subject, lines in subjects.items()),
            )
            for (title, code), subjects in ranked
        )
    )


def told(change: schema.Change, old: schema.Codebook, new: schema.Codebook) -> Told:
    what = _what(change, old, new)
    before, after = (_words(change, change.before, old), _words(change, change.after, new))
    if change.action == "changed":
        gone, come = pieces(before, after)
    else:
        gone = (Piece(before, "gone"),) if before else ()
        come = (Piece(after, "new"),) if after else ()
    return Told(what, change.weight, change.action, gone, come, change.types)


def pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts cut where they differ, by words."""
    if not before or not after or len(before) + len(after) > LONGEST:
        return (
            (Piece(before, "gone"),) if before else (),
            (Piece(after, "new"),) if after else (),
        )
    a, b = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (before, after))
    gone: list[Piece] = []
    come: list[Piece] = []
    for tag, a1, a2, b1, b2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if a1 < a2:
            gone.append(Piece("".join(a[a1:a2]), "" if tag == "equal" else "gone"))
        if b1 < b2:
            come.append(Piece("".join(b[b1:b2]), "" if tag == "equal" else "new"))
    return tuple(gone), tuple(come)


def _steps(path: str) -> list[tuple[str, str]]:
    """event_types[EX].attributes[form].help as [("event_types", "EX"), ("attributes", "form"), ("help", "")]."""
    return [
        (name, key or "")
        for name, key in re.findall(r"([A-Za-z_-]+[A-Za-z0-9_-]*)(?:\[([^\]]*)\])?", path)
    ]


def _place(
    change: schema.Change, old: schema.Codebook, new: schema.Codebook
) -> tuple[tuple[str, str], tuple[str, str]]:
    first, key = _steps(change.path)[0]
    field = change.field or _named_field(change.path)
    if first == "event_types" and key:
        kind = _type(key, new) or _type(key, old)
        section = (str(kind.label) if kind else key, key)
    else:
        section = (_PARTS.get(first, first), "")
    if not field:
        return section, ("", "")
    found = _field(change.path, new) or _field(change.path, old)
    return section, (str(found.label) if found else field, field)


def _what(change: schema.Change, old: schema.Codebook, new: schema.Codebook) -> str:
    steps = _steps(change.path)
    last, key = steps[-1]
    language = ""
    if last not in _WHAT and len(steps) > 1 and not key:
        language, (last, key) = last, steps[-2]
    if change.code is not None:
        option = _option(change, new) or _option(change, old)
        code = f"Code {change.code}" + (f" ({option.label})" if option else "")
        if last in ("label", "definition", "alone"):
            what = f"{code}: {_WHAT[last].lower()}"
        else:
            what = code
    elif key and last in ("attributes", "common_attributes", "assessment_records"):
        what = "The field"
    elif key and last == "event_types":
        what = "The event type"
    else:
        what = _WHAT.get(last, last)
    return f"{what} in “{language}”" if language else what


def _words(change: schema.Change, words: str, book: schema.Codebook) -> str:
    last = _steps(change.path)[-1][0]
    if last in ("required_if", "visible_if") and words:
        field = _field(change.path, book)
        condition = getattr(field, last, None)
        if condition is not None:
            return wording.condition(condition, _fields_beside(change.path, book))
    if last in ("required", "optional", "alone", "from_any_field"):
        return {"True": "yes", "False": "no"}.get(words, words)
    if last in ("kind", "level", "rule"):
        return words.replace("_", " ")
    if last == "alignment":
        rule = book.alignment
        return (
            f"type {rule.weights.type:g}, actors {rule.weights.actors:g}, date {rule.weights.date:g}, "
            f"passages {rule.weights.evidence:g}; dates in full after {rule.tau:g} days; below {rule.theta:g}"
        )
    return words


def _named_field(path: str) -> str:
    for name, key in _steps(path):
        if key and name in ("attributes", "common_attributes", "assessment_records"):
            return key
    return ""


def _type(code: str, book: schema.Codebook) -> schema.EventType | None:
    return book.type(code) if book.has_type(code) else None


def _fields_beside(path: str, book: schema.Codebook) -> Mapping[str, schema.Field]:
    first, key = _steps(path)[0]
    kind = _type(key, book) if first == "event_types" else None
    listed: Iterable[schema.Field] = (
        book.assessment.fields
        if first == "assessment_records"
        else (*book.common, *(kind.fields if kind else ()))
    )
    return {field.name: field for field in listed}


def _field(path: str, book: schema.Codebook) -> schema.Field | None:
    return _fields_beside(path, book).get(_named_field(path))


def _option(change: schema.Change, book: schema.Codebook) -> schema.Option | None:
    field = _field(change.path, book)
    listed: Sequence[schema.Option]
    if field is not None:
        listed = field.options
    else:
        listed = {
            "near_misses": book.near_miss_reasons,
            "cannot_code": book.cannot_code_reasons,
        }.get(_steps(change.path)[0][0], book.missing)
    return next((option for option in listed if option.code == change.code), None)
