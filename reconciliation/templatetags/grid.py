"""Cells of the grid of assessments as HTML: thousands on a page, which a template loop would draw ten times slower."""

from collections.abc import Sequence

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from reconciliation.assessment_queries import ShownCell, Tally

register = template.Library()


@register.simple_tag
def tallies(years: Sequence[Tally]) -> SafeString:
    """How far each year is judged; all parts are numbers and words of this program."""
    return mark_safe("".join(map(_tally, years)))  # noqa: S308 - numbers and our own words  # nosec B308 B703


def _tally(one: Tally) -> str:
    if not one.cells:
        return "<td></td>"
    return (
        f'<td class="tally" data-year="{one.year}" data-state="{one.state}" data-cells="{one.cells}" '
        f'data-judged="{one.judged}" title="{one.words()}"></td>'
    )


@register.simple_tag
def cells(slug: str, shown: Sequence[ShownCell]) -> SafeString:
    """One row of cells, each a link to what it rests on."""
    address = escape(reverse("assessment", args=[slug, "KEY"]))
    return mark_safe("".join(_cell(address, one) for one in shown))  # noqa: S308 - escaped part by part  # nosec B308 B703


def _cell(address: str, one: ShownCell) -> str:
    if not one.key:
        return '<td class="outside"></td>'
    changed = " data-changed" if one.has_changed else ""
    key = escape(one.key)
    return (
        f'<td><a class="cell" href="{address.replace("KEY", key)}" tabindex="-1" data-year="{one.year}" '
        f'data-key="{key}" data-seen="{one.seen}" data-state="{one.state}" data-kind="{one.kind}"{changed} '
        f'aria-label="{escape(one.words)}">{one.letter}</a></td>'
    )
