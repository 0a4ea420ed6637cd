"""What an incident's values are: those of its best report by the order of sources, where nobody decided otherwise.

A decision for a report's value holds as long as that report is the incident's and says the same. Never writes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from projects.models import Project
from reconciliation.models import Preference, ResolvedEvent
from sources.models import Document

# A treaty's own text before a report about it; then the earlier account.
SOURCE_ORDER = {"treaty": 0, "news": 1, "other": 2}
ORDER_IN_WORDS = "a treaty's own text before a report about it, then the earlier account"

Preferences = Mapping[str, Preference]


def rank(document: Document, n: int) -> tuple[Any, ...]:
    """Where a report stands in the order of sources; the least is the best. `n` numbers its group."""
    published = document.published_on.isoformat() if document.published_on else "9999"
    return SOURCE_ORDER[document.kind], published, document.external_id, n


@dataclass(frozen=True)
class Standing:
    """Type and values of an incident, and which decisions made them so."""

    best: ResolvedEvent
    values: Mapping[str, Any]
    # Field -> the report its value is from, and the decision for it where there is one that holds.
    origins: Mapping[str, tuple[ResolvedEvent, Preference | None]]
    lapsed: Sequence[Preference]

    @property
    def is_decided(self) -> bool:
        return any(preference for _, preference in self.origins.values())


def standing(
    events: Sequence[ResolvedEvent],
    preferences: Preferences,
    values: Mapping[int, Mapping[str, Any]] | None = None,
) -> Standing:
    """Of the reports in the order of sources, best first. `values` by event, where they are other than its own."""
    known = {event.pk: event for event in events}
    holding: dict[str, tuple[ResolvedEvent, Preference]] = {}
    lapsed = []
    for name, one in preferences.items():
        event = known.get(one.taken_from_id or 0)
        if event is not None and holds(one, event):
            holding[name] = event, one
        else:
            lapsed.append(one)
    preferred = holding.pop(Preference.WHOLE, None)
    best, whole = preferred if preferred else (events[0], None)

    def said(event: ResolvedEvent) -> Mapping[str, Any]:
        return values[event.pk] if values is not None else event.values

    origins: dict[str, tuple[ResolvedEvent, Preference | None]] = {}
    origins |= dict.fromkeys(said(best), (best, whole))
    origins |= holding
    found = {name: said(event)[name] for name, (event, _) in origins.items() if name in said(event)}
    return Standing(best, found, origins, lapsed)


def holds(one: Preference, event: ResolvedEvent) -> bool:
    """Whether the report that was preferred still says what it was preferred for."""
    return one.field == Preference.WHOLE or [event.values.get(one.field)] == one.value


def preferences(project: Project, incidents: Iterable[int] | None = None) -> dict[int, Preferences]:
    """By the incident's row and the field, what was decided last; what was left to the order again is left out."""
    rows = Preference.objects.filter(incident__project=project)
    if incidents is not None:
        rows = rows.filter(incident__in=list(incidents))
    found: dict[int, dict[str, Preference]] = defaultdict(dict)
    for one in rows.select_related("taken_from").order_by("id"):
        found[one.incident_id][one.field] = one
    return {
        incident: {field: one for field, one in by_field.items() if one.taken_from_id is not None}
        for incident, by_field in found.items()
    }
