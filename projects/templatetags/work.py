"""Words for long work in templates."""

from typing import Any

from django import template

from projects import ledger_reading
from projects.queries import JOB_WORDS

register = template.Library()


@register.filter
def in_words(kind: str) -> str:
    """What a kind of job does, for people."""
    return JOB_WORDS.get(kind, kind)


@register.filter
def spoken(subject_kind: str) -> str:
    """What a ledger line is about, for people: the lines themselves hold it as one word."""
    return ledger_reading.spoken(subject_kind)


@register.filter
def told(difference: dict[str, Any]) -> str:
    """The difference of a ledger line on one line of text."""
    return "; ".join(f"{_named(name)}: {_plain(value)}" for name, value in difference.items())


def _named(name: str) -> str:
    """Names of fields as they are written; @event is whether it is one."""
    return "whether it is an event" if name == "@event" else name


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return (
            ", ".join(f"{_named(name)} {_plain(each)}" for name, each in value.items()) or "nothing"
        )
    if isinstance(value, list):
        return ", ".join(map(_plain, value)) or "none"
    return "yes" if value is True else "no" if value is False else str(value)
