"""What a group comes to: its resolved event follows from its settled positions, and from nothing else.

Called wherever positions changed: by a decision, and by a re-alignment that undermines or restores one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from coding import schema
from projects import ledger
from projects.models import User
from reconciliation import incidents
from reconciliation.models import Group, Position, ResolvedEvent
from reconciliation.positions import CODER_ONLY, TYPE


@dataclass(frozen=True)
class Outcome:
    type: str
    values: dict[str, Any]
    is_event: bool


def of(group: Group, positions: Iterable[Position], codebook: schema.Codebook) -> Outcome | None:
    """The event, or that it is none, once everything that matters is settled; None while something is open."""
    rows = {position.field: position for position in positions}
    settled = {
        name: position.decision.value
        for name, position in rows.items()
        if position.is_settled and position.decision
    }
    existence, type_code = settled.get(Position.EXISTENCE), settled.get(TYPE)
    if existence == [0]:
        return Outcome(group.type, {}, False)
    if not existence or not type_code:
        return None
    wanted = [
        field.name
        for field in codebook.fields_of(type_code[0])
        if field.kind != "spans" and field.rule != CODER_ONLY and field.name in rows
    ]
    decided = {name: settled[name][0] for name in wanted if settled.get(name)}
    # A field that the settled values hide is not asked for, whatever a coder put there.
    shown = set(schema.shown_fields(codebook, type_code[0], decided))
    if any(name not in settled for name in wanted if name in shown):
        return None
    return Outcome(type_code[0], schema.shown_values(codebook, type_code[0], decided), True)


def follow(
    group: Group, positions: Iterable[Position], codebook: schema.Codebook, *, by: User | None
) -> bool:
    """Bring the resolved event to the positions, inside the caller's transaction. True when it came about or changed."""
    outcome = of(group, positions, codebook)
    resolved = ResolvedEvent.objects.filter(group=group).first()
    if outcome is None:
        if resolved and not resolved.reopened_at:
            resolved.reopened_at = timezone.now()
            resolved.save(update_fields=["reopened_at"])
        return False
    if (
        resolved
        and not resolved.reopened_at
        and Outcome(resolved.type, resolved.values, resolved.is_event) == outcome
    ):
        return False
    resolved = resolved or ResolvedEvent(group=group)
    resolved.type, resolved.values = outcome.type, outcome.values
    resolved.is_event = outcome.is_event
    resolved.reopened_at, resolved.resolved_at = None, timezone.now()
    resolved.save()
    ledger.record(
        group.round.project,
        "group.resolve",
        resolved,
        by=by,
        difference={"group": group.public_id, "is_event": resolved.is_event},
    )
    incidents.follow(resolved)
    return True
