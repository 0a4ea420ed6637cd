"""Events that values refer to and that lie in another document, which may be read with other ones: looked up by themselves.

Decided values name them as `references` says, coders' own values by the event's uid.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from coding.models import Event, Round
from datasets.contents.gathering import Gathered, counting, event_id
from reconciliation import references
from reconciliation.models import Member, ResolvedEvent


def ids_abroad(found: Gathered) -> dict[str, str]:
    """By uid, what an event is called by coders of other documents: its id is one within its own, so that is named too."""
    told = {}
    read = {one.pk: found.documents[one.document_id].external_id for one in found.assignments}
    for event in found.events.values():
        document = read[event.assignment_id]
        told[str(event.uid)] = f"{document}#{found.event_ids[event.pk]}"
    counted = {
        f"assignment__{key}": value for key, value in counting(found.setting.project).items()
    }
    rows = Event.objects.filter(uid__in=_uids_abroad(found), removed=False, **counted)
    for uid, document, round_pk, label, position in rows.values_list(
        "uid", "assignment__document__external_id", "assignment__round_id",
        "assignment__coder__label", "position",
    ):  # fmt: skip
        told[str(uid)] = f"{document}#{event_id(found.setting.rounds[round_pk], label, position)}"
    return told


def groups_by_uid(found: Gathered) -> dict[str, int]:
    """By uid, the living group of each event of a document that is not read with these."""
    rows = _living(found).filter(event__uid__in=_uids_abroad(found))
    return {str(uid): group for uid, group in rows.values_list("event__uid", "group_id")}


def groups_by_name(found: Gathered, resolved: Iterable[ResolvedEvent]) -> dict[int, dict[str, int]]:
    """By the round of whoever refers and the name that was written, the group of each event of another document."""
    numbered = {told: pk for pk, told in found.setting.rounds.items()}
    fields = _referring(found)
    wanted: dict[tuple[int, str, str, str], list[tuple[int, str]]] = defaultdict(list)
    for event in resolved:
        of_round = found.groups[event.group_id].round_id
        for written in references.referred(event.values, fields[of_round].get(event.type, ())):
            there = references.elsewhere(written)
            if there is not None:
                pk = of_round if there.round is None else numbered.get(f"r{there.round}", 0)
                wanted[pk, there.document, there.label, there.own].append((of_round, written))
    rows = _living(found).filter(
        group__round__in={key[0] for key in wanted},
        group__document__external_id__in={key[1] for key in wanted},
        label__in={key[2] for key in wanted},
    )
    led: dict[int, dict[str, int]] = defaultdict(dict)
    for round_pk, document, label, position, group in rows.values_list(
        "group__round_id", "group__document__external_id", "label", "event__position", "group_id"
    ):
        for of_round, written in wanted.get((round_pk, document, label, str(position)), ()):
            led[of_round][written] = group
    return led


def _living(found: Gathered) -> QuerySet[Member]:
    return Member.objects.filter(
        group__round__project=found.setting.project,
        group__round__kind=Round.Kind.PRODUCTION,
        group__retired_at=None,
    )


def _referring(found: Gathered) -> dict[int, dict[str, tuple[str, ...]]]:
    """By round and type, the fields that refer to events."""
    return {pk: references.fields_of(book) for pk, book in found.setting.books.items()}


def _uids_abroad(found: Gathered) -> list[str]:
    """Of events that coders of these documents refer to and that are in none of them."""
    here = {str(event.uid) for event in found.events.values()}
    rounds = {assignment.pk: assignment.round_id for assignment in found.assignments}
    fields = _referring(found)
    written = {
        name
        for event in found.events.values()
        for name in references.referred(
            event.values, fields[rounds[event.assignment_id]].get(event.type, ())
        )
    }
    return sorted(filter(references.is_uid, written - here))
