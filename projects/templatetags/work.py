"""Words for long work in templates."""

from django import template

from projects.queries import JOB_WORDS

register = template.Library()


@register.filter
def in_words(kind: str) -> str:
    """What a kind of job does, for people."""
    return JOB_WORDS.get(kind, kind)
