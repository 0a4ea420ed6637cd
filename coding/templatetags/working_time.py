"""Active time in templates: a coder's own by document, and for who may watch a round what a document typically takes."""

from typing import Any

from django import template

from coding import working_time
from coding.models import Round
from projects.access import Pass

register = template.Library()


@register.filter
def duration(seconds: int) -> str:
    return working_time.in_words(seconds)


@register.inclusion_tag("coding/_own_time.html")
def own_time(holder: Pass) -> dict[str, Any]:
    """What one's latest documents took, the newest first."""
    return {"rows": working_time.latest(holder), "project": holder.project}


@register.inclusion_tag("coding/_typical_time.html")
def typical_time(of_round: Round) -> dict[str, Any]:
    return {"times": working_time.typical(of_round)}
