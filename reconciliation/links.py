"""Links from an event to one of another document: which event of its group a coder's link comes down to.

Two coders who link to their own coding of the same event mean the same. Where the other document is aligned in the
same run its groups tell; else those that are stored. A link to what is in no group stays as the coder named it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from reconciliation import references
from reconciliation.agreement.alignment import Alignment
from reconciliation.inputs import Study
from reconciliation.models import Member


def meant(study: Study, result: Alignment) -> Mapping[str, str]:
    """Name of each event referred to across documents -> the name of the first event of its group."""
    if not study.elsewhere:
        return {}
    firsts = _first_of_aligned(study, result, set(study.elsewhere.values()))
    firsts |= _first_of_stored(set(study.elsewhere.values()) - firsts.keys())
    told = {}
    for name, pk in study.elsewhere.items():
        named = references.elsewhere(name)
        if named is not None:
            label, position = firsts.get(pk, (named.label, int(named.own)))
            told[name] = references.name_elsewhere(named.document, named.round, label, position)
    return told


def _first_of_aligned(
    study: Study, result: Alignment, wanted: set[int]
) -> dict[int, tuple[str, int]]:
    by_key = {event.key: event for event in study.events}
    firsts: dict[int, tuple[str, int]] = {}
    for keys in result.groups:
        members = [by_key[key] for key in keys]
        if wanted.isdisjoint(event.pk for event in members):
            continue
        first = min(members, key=lambda event: event.label)
        firsts |= {event.pk: (first.label, first.number) for event in members}
    return firsts


def _first_of_stored(events: Iterable[int]) -> dict[int, tuple[str, int]]:
    groups = dict(
        Member.objects.filter(event__in=list(events), group__retired_at=None).values_list(
            "event_id", "group_id"
        )
    )
    members: dict[int, list[tuple[str, int]]] = defaultdict(list)
    rows = Member.objects.filter(group__in=set(groups.values()))
    for group, label, position in rows.values_list("group_id", "label", "event__position"):
        members[group].append((label, position))
    return {event: min(members[group]) for event, group in groups.items()}
