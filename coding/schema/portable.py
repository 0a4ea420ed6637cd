"""A codebook as plain JSON data for the browser: what a form needs, with conditions as trees, and nothing empty."""

from typing import Any

from coding.schema.codebook import Codebook, EventType, Field, Option, Rule, Wording


def to_json(codebook: Codebook) -> dict[str, Any]:
    """Plain data for `json.dumps`. Empty entries are left out; texts with translations are language mappings.

    `fields` holds every field once, by name for the common ones and as TYPE.name for a type's own; `types[].fields`
    lists those of a type in order. Conditions are the nested lists of `conditions`.
    """
    fields = {f.name: _field(f) for f in codebook.common if f.name != "event_type"}
    for event_type in codebook.types:
        fields |= {f"{event_type.code}.{f.name}": _field(f) for f in event_type.fields}
    return _filled(
        {
            "id": codebook.id,
            "title": _words(codebook.title),
            "version": codebook.version,
            "language": codebook.language,
            "missing": [_option(option) for option in codebook.missing],
            "near_miss_reasons": [_option(option) for option in codebook.near_miss_reasons],
            "cannot_code_reasons": [_option(option) for option in codebook.cannot_code_reasons],
            "fields": fields,
            "types": [_type(codebook, event_type) for event_type in codebook.types],
            "rules": [_rule(rule) for rule in codebook.rules],
        }
    )


def lines(codebook: Codebook) -> dict[str, int]:
    """The line of the YAML where each type (by code) and each field (as in `to_json`) begins."""
    found = {event_type.code: event_type.line for event_type in codebook.types}
    for code, field in codebook.every_field():
        found[f"{code}.{field.name}" if code else field.name] = field.line
    return {name: line for name, line in found.items() if line is not None}


def _type(codebook: Codebook, event_type: EventType) -> dict[str, Any]:
    own = {f.name for f in event_type.fields}
    return _filled(
        {
            "code": event_type.code,
            "name": event_type.name,
            "label": _words(event_type.label),
            "family": event_type.family,
            "optional": event_type.optional,
            "origin": event_type.origin,
            "definition": _words(event_type.definition),
            "include": [_words(each) for each in event_type.include],
            "exclude": [_words(each) for each in event_type.exclude],
            "boundary": [
                {"versus": each.versus, "rule": _words(each.rule)} for each in event_type.boundary
            ],
            "counting": _words(event_type.counting),
            "examples": [
                {"code_as": list(each.code_as), "text": _words(each.text)}
                for each in event_type.examples
            ],
            "rules": [_rule(rule) for rule in event_type.rules],
            "fields": [
                f"{event_type.code}.{f.name}" if f.name in own else f.name
                for f in codebook.fields_of(event_type.code)
            ],
        }
    )


def _field(field: Field) -> dict[str, Any]:
    described = _filled(
        {
            "name": field.name,
            "label": _words(field.label),
            "kind": field.kind,
            "level": field.level,
            "required": field.required,
            "required_if": field.required_if.to_json() if field.required_if else None,
            "visible_if": field.visible_if.to_json() if field.visible_if else None,
            "options": [_option(option) for option in field.options],
            "help": _words(field.help),
            "unit": field.unit,
            "from_any_field": field.from_any_field,
        }
    )
    limits = {"minimum": field.minimum, "maximum": field.maximum}
    return {
        **described,
        "missing": list(field.missing),
        **{key: limit for key, limit in limits.items() if limit is not None},
    }


def _option(option: Option) -> dict[str, Any]:
    rest = _filled(
        {
            "label": _words(option.label),
            "definition": _words(option.definition),
            "alone": option.alone,
        }
    )
    return {"code": option.code, **rest}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "condition": rule.condition.to_json(),
        "message": _words(rule.message),
        "fields": list(rule.fields),
    }


def _words(wording: Wording) -> str | dict[str, str]:
    return dict(wording.translations) or str(wording)


def _filled(described: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value for key, value in described.items() if value not in (None, "", [], {}, False)
    }
