"""Suggestions for one piece of work: the pure finder with the project's states and the codebook's words. Never writes."""

from functools import lru_cache
from typing import Any

from coding import suggestions
from coding.models import Assignment
from sources import state_lists
from sources.search import mentions

MOST = 5_000  # marks of one text that are sent to a browser


def suggested(assignment: Assignment) -> list[dict[str, Any]]:
    """What the text of this assignment suggests; nothing unless its round has suggestions switched on."""
    if not assignment.round.has_suggestions:
        return []
    finder = _finder(state_lists.states_for(assignment.round.project_id))
    on = assignment.document.published_on
    labels = [each.label for each in assignment.round.codebook.parsed.types]
    found = suggestions.find(
        assignment.text.body, states=lambda text: finder.places(text, on), phrases=labels
    )
    return [
        {"start": one.start, "end": one.end, "kind": one.kind, "value": one.value}
        for one in found[:MOST]
    ]


@lru_cache(maxsize=8)
def _finder(system: Any) -> mentions.Finder:
    """Made once for each state system; those are kept made, too, and the same object while nothing changes."""
    return mentions.Finder(system)
