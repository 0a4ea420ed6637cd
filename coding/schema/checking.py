"""One event against its codebook: what is wrong with it, and what is still to be filled in.

Values are in canonical form here (`values` made them so). A field that is not shown is neither demanded nor
judged: its value is kept by those who store it, does not count, and comes back when the field reappears.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from coding.schema import grammar, values
from coding.schema.codebook import Codebook, Field, UnknownType

Severity = Literal["invalid", "incomplete"]


@dataclass(frozen=True)
class EventProblem:
    """`invalid` cannot be stored or must be mended; `incomplete` only keeps the event from being submitted.

    `field` is where a person mends it; `fields` are all that a broken rule speaks of.
    """

    field: str
    severity: Severity
    message: str
    fields: tuple[str, ...] = ()


class _AnyState:
    """Takes every whole number as a state: used where no list of states is at hand."""

    @dataclass(frozen=True)
    class Found:
        ccode: int

    def find(self, raw: Any, /, on: date | None = None) -> "_AnyState.Found":
        if isinstance(raw, int) and raw > 0:
            return self.Found(raw)
        raise values.ValueInvalid(f'"{raw}" is not a COW number')


def check_event(
    codebook: Codebook,
    type_code: str,
    values_: Mapping[str, Any],
    evidence_counts: Mapping[str, int],
    whole_document: Mapping[str, str],
    *,
    states: values.States | None = None,
    resolved: bool = False,
    retyped: bool = False,
) -> tuple[EventProblem, ...]:
    """All problems, in the order of the codebook's fields, then those of rules.

    `values_`: canonical values by field; `evidence_counts`: passages by field; `whole_document`:
    field -> reason why the whole document is the evidence. With `resolved` the code -7 (sources
    conflict) is wrong, as it is in any decided value. With `retyped`, what belongs to fields of the
    codebook's other types is let be: an event whose type was changed keeps it, unseen.
    """
    try:
        codebook.type(type_code)
    except UnknownType as refusal:
        return (
            EventProblem(
                "event_type",
                "invalid",
                str(refusal),
            ),
        )
    fields = {field.name: field for field in codebook.fields_of(type_code)}
    problems = [
        EventProblem(name, "invalid", _why_unknown(codebook, type_code, name))
        for name in dict.fromkeys([*values_, *evidence_counts, *whole_document])
        if name not in fields and not (retyped and name in _every_name(codebook))
    ]
    known = shown_values(codebook, type_code, values_)
    shown = shown_fields(codebook, type_code, values_)
    for field in fields.values():
        if field.name in shown:
            problems.extend(
                _field_problems(
                    field,
                    values_,
                    known,
                    evidence_counts,
                    whole_document,
                    states or _AnyState(),
                    resolved,
                )
            )
    wrong = {problem.field for problem in problems if problem.severity == "invalid"}
    for rule in codebook.rules_of(type_code):
        if not wrong & set(rule.fields) and rule.condition.evaluate(known) is False:
            problems.append(
                EventProblem(rule.fields[-1], "invalid", str(rule.message), rule.fields)
            )
    return tuple(problems)


def shown_fields(codebook: Codebook, type_code: str, values_: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the fields that are shown for these values, in codebook order. Raises UnknownType."""
    fields = {field.name: field for field in codebook.fields_of(type_code)}
    answers: dict[str, bool] = {}

    def is_shown(name: str) -> bool:
        if name not in answers:
            condition = fields[name].visible_if
            if condition is None:
                answers[name] = True
            else:
                asked = [other for other in condition.names() if other in fields]
                answers[name] = condition.holds(
                    {o: values_[o] for o in asked if o in values_ and is_shown(o)}
                )
        return answers[name]

    return tuple(name for name in fields if is_shown(name))


def hidden_fields(codebook: Codebook, type_code: str, values_: Mapping[str, Any]) -> frozenset[str]:
    """Names of the fields that are not shown for these values."""
    names = {field.name for field in codebook.fields_of(type_code)}
    return frozenset(names - set(shown_fields(codebook, type_code, values_)))


def shown_values(codebook: Codebook, type_code: str, values_: Mapping[str, Any]) -> dict[str, Any]:
    """The values that count: those of shown fields. Alignment, agreement and releases read these."""
    return {
        name: values_[name]
        for name in shown_fields(codebook, type_code, values_)
        if name in values_
    }


def required_fields(
    codebook: Codebook, type_code: str, values_: Mapping[str, Any]
) -> tuple[str, ...]:
    """Names of the shown fields that must be filled for these values."""
    known = shown_values(codebook, type_code, values_)
    shown = shown_fields(codebook, type_code, values_)
    return tuple(
        f.name for f in codebook.fields_of(type_code) if f.name in shown and _is_required(f, known)
    )


def unproved(
    codebook: Codebook,
    type_code: str,
    values_: Mapping[str, Any],
    evidence_counts: Mapping[str, int],
    whole_document: Mapping[str, str],
) -> tuple[str, ...]:
    """Fields whose value has neither a passage nor a whole-document reason, -8 and unmeasured fields apart.

    A counsel to the coder, not an error.
    """
    fields = {field.name: field for field in codebook.fields_of(type_code)}
    known = shown_values(codebook, type_code, values_)
    return tuple(
        name
        for name, value in known.items()
        if value != "-8"
        and fields[name].level != "none"
        and not evidence_counts.get(name)
        and not (whole_document.get(name) or "").strip()
    )


def _is_required(field: Field, known: Mapping[str, Any]) -> bool:
    return field.required or (field.required_if is not None and field.required_if.holds(known))


def _field_problems(
    field: Field,
    values_: Mapping[str, Any],
    known: Mapping[str, Any],
    evidence_counts: Mapping[str, int],
    whole_document: Mapping[str, str],
    states: values.States,
    resolved: bool,
) -> list[EventProblem]:
    found = []
    if field.name in whole_document and not str(whole_document[field.name] or "").strip():
        found.append(
            EventProblem(field.name, "incomplete", "say why the whole document is the evidence")
        )
    if field.name in values_:
        message = _why_wrong(field, values_[field.name], states, resolved)
        if message:
            found.append(EventProblem(field.name, "invalid", message))
    elif _is_required(field, known) and field.kind != "spans":
        found.append(EventProblem(field.name, "incomplete", f'"{field.label}" is required'))
    elif _is_required(field, known) and not _is_proved(field, evidence_counts, whole_document):
        found.append(
            EventProblem(
                field.name,
                "incomplete",
                f'"{field.label}" needs at least one marked passage, or the whole document with a reason',
            )
        )
    return found


def _is_proved(
    field: Field, evidence_counts: Mapping[str, int], whole_document: Mapping[str, str]
) -> bool:
    names = [*evidence_counts, *whole_document] if field.from_any_field else [field.name]
    return any(
        evidence_counts.get(name, 0) > 0 or str(whole_document.get(name) or "").strip()
        for name in names
    )


def _why_wrong(field: Field, value: Any, states: values.States, resolved: bool) -> str | None:
    try:
        canonical = values.read_value(field, value, states=states)
    except values.ValueInvalid as refusal:
        return refusal.message
    if resolved and value == "-7":
        return "sources conflict (-7) cannot stand in a decided value; decide for one, or for -9"
    if not _identical(canonical, value):
        return f"{value!r} is not in its recorded form, which is {canonical!r}"
    return None


def _identical(a: Any, b: Any) -> bool:
    """Equal and of the same types throughout: 1 is not True and not 1.0."""
    if type(a) is not type(b):
        return False
    if isinstance(a, list):
        return len(a) == len(b) and all(_identical(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(_identical(a[key], b[key]) for key in a)
    return bool(a == b)


def _every_name(codebook: Codebook) -> frozenset[str]:
    return frozenset(field.name for _, field in codebook.every_field())


def _why_unknown(codebook: Codebook, type_code: str, name: str) -> str:
    if name == "event_type":
        return "the event's type is not one of its values"
    holders = [code for code, field in codebook.every_field() if field.name == name]
    if None in holders:
        return f'events of type {type_code} do not have "{name}"'
    if holders:
        return f'"{name}" belongs to type {", ".join(str(code) for code in holders)}, not to {type_code}'
    return f'there is no field "{name}"{grammar.nearest(name, [f.name for f in codebook.fields_of(type_code)])}'
