"""What is wrong with what was sent, field by field, as RFC 9457 has it: where it stands and what to do."""

from collections.abc import Iterator
from typing import Any

from django import forms

from projects.refusals import Invalid


def refuse(errors: Any, *, place: str = "pointer") -> Invalid:
    told = [_said(path, words, place) for path, words in _flat(errors, ())]
    return _invalid(told)


def refused_form(form: forms.BaseForm) -> Invalid:
    told = [
        _said(() if name == "__all__" else (name,), str(words), "pointer")
        for name, every in form.errors.items()
        for words in every
    ]
    return _invalid(told)


def _invalid(told: list[dict[str, str]]) -> Invalid:
    first = told[0]
    named = first.get("parameter") or first["pointer"].removeprefix("#/")
    words = f"{named}: {first['detail']}" if named and named != "#" else first["detail"]
    return Invalid(words, errors=told)


def _said(path: tuple[str, ...], words: str, place: str) -> dict[str, str]:
    if place == "parameter":
        return {"parameter": ".".join(path), "detail": words}
    escaped = (part.replace("~", "~0").replace("/", "~1") for part in path)
    return {"pointer": "#" + "".join(f"/{part}" for part in escaped), "detail": words}


def _flat(errors: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(errors, dict):
        for name, inner in errors.items():
            here = path if name == "non_field_errors" else (*path, str(name))
            yield from _flat(inner, here)
    elif isinstance(errors, list):
        for place, inner in enumerate(errors):
            if isinstance(inner, dict | list):
                yield from _flat(inner, (*path, str(place)) if isinstance(inner, dict) else path)
            else:
                yield path, str(inner)
    else:
        yield path, str(errors)


def keepable(value: Any) -> Any:
    """What was sent, unless a text in it holds what no database keeps."""
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
            raise Invalid(
                "A text holds a character that cannot be kept (U+0000 or half of a pair)."
            )
    elif isinstance(value, list):
        for inner in value:
            keepable(inner)
    elif isinstance(value, dict):
        for name, inner in value.items():
            keepable(name)
            keepable(inner)
    return value
