"""What suggestions did: how often they were taken, and whether fields filled by them agree more than others.

Counted from the operations of a round, where every use is kept. Never writes. It compares; it proves no cause: coders
take a suggestion where the text is plain, and plain places are agreed on anyway.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from coding.models import Assignment, Operation, Round
from reconciliation.models import Member, Position


@dataclass(frozen=True)
class Share:
    """So many positions of several coders, and in how many of them they agree; no share of nothing."""

    positions: int
    agreed: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.agreed / self.positions) if self.positions else None


@dataclass(frozen=True)
class FieldEffect:
    """One field: values that stand, how many of them a suggestion gave, and agreement by how many coders used one."""

    field: str
    values: int
    from_suggestions: int
    by_none: Share
    by_some: Share
    by_all: Share


COMPARED = (Position.State.AGREED, Position.State.DIFFERS)


def effect(of_round: Round) -> list[FieldEffect]:
    """By field, in the order of their names. Positions come from the latest reconciliation."""
    used = _standing_uses(of_round)
    values: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    members: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for member in Member.objects.filter(
        group__round=of_round, group__retired_at=None
    ).select_related("event", "coder"):
        event = member.event
        members[member.group_id].append((str(event.uid), event.assignment_id))
        for name in event.values:
            values[name] += 1
            taken[name] += (event.assignment_id, str(event.uid), name) in used
    shares: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    rows = Position.objects.filter(
        group__round=of_round, group__retired_at=None, state__in=COMPARED
    )
    for group, name, state in rows.values_list("group_id", "field", "state"):
        uses = [(assignment, uid, name) in used for uid, assignment in members[group]]
        how = "all" if all(uses) else "some" if any(uses) else "none"
        shares[name][how][0] += 1
        shares[name][how][1] += state == Position.State.AGREED
    return [
        FieldEffect(
            name,
            values[name],
            taken[name],
            *(Share(*shares[name][how]) for how in ("none", "some", "all")),
        )
        for name in sorted(values)
        if taken[name]
    ]


def _standing_uses(of_round: Round) -> set[tuple[int, str, str]]:
    """(assignment, event, field) whose value, as it stands, came from a suggestion: later typing takes that away."""
    used: set[tuple[int, str, str]] = set()
    sets = Operation.objects.filter(
        assignment__round=of_round,
        assignment__sitting=1,
        assignment__state=Assignment.State.SUBMITTED,
        kind__in=["value.set", "value.clear"],
    ).order_by("assignment_id", "n")
    for assignment, body in sets.values_list("assignment_id", "body").iterator():
        place = (assignment, str(body.get("event")), str(body.get("field")))
        if body.get("suggested"):
            used.add(place)
        else:
            used.discard(place)
    return used


def uses(of_round: Round) -> dict[str, int]:
    """How often suggestions of each kind were taken, whatever became of it."""
    found: Counter[str] = Counter()
    bodies = Operation.objects.filter(
        assignment__round=of_round, kind="passage.link", body__has_key="suggested"
    ).values_list("body", flat=True)
    for body in bodies.iterator():
        suggested = body["suggested"]
        if isinstance(suggested, dict):
            found[str(suggested.get("kind"))] += 1
    return dict(sorted(found.items()))
