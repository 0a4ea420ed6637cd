"""Event templates: a coder keeps the values of an event and begins others from them. Verbs, and whose they are.

They are tools of one coder in one round: nobody else sees them, nothing is coded or measured by them, and so neither
the operations nor the ledger tell of them.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from coding import events, operations
from coding.models import Assignment, EventTemplate
from projects.refusals import Invalid

LONGEST_NAME = 80
MOST = 60  # of one coder in one round


def of(assignment: Assignment) -> QuerySet[EventTemplate]:
    """The coder's own, of the round this work is in."""
    return EventTemplate.objects.filter(round=assignment.round_id, coder=assignment.coder_id)


def keep(
    assignment: Assignment, *, uid: UUID, name: str, type_code: str, values: Mapping[str, Any]
) -> EventTemplate:
    """Keep values as the codebook of the round allows them. Sent twice, it is kept once."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(f"A template needs a name of at most {LONGEST_NAME} characters.")
    read = _read(assignment, type_code, {"name": name, "values": values})
    own = of(assignment)
    with transaction.atomic():
        known = own.filter(uid=uid).first()
        if known is not None:
            return known
        if own.filter(name=name).exists():
            raise Invalid(f"You have a template “{name}” in this round already.")
        if own.count() >= MOST:
            raise Invalid(f"You have {MOST} templates in this round; remove one first.")
        return EventTemplate.objects.create(
            round_id=assignment.round_id,
            coder_id=assignment.coder_id,
            uid=uid,
            name=name,
            type=type_code,
            values=read,
        )


def _read(assignment: Assignment, type_code: str, sent: Mapping[str, Any]) -> dict[str, Any]:
    """The values as an event of this type would have them: through the same door as coding."""
    ground, event = events.ground_of(assignment), uuid4()
    work = operations.Work()
    try:
        operations.check_storable(sent)
        operations.apply(work, "event.add", {"event": event, "type": type_code}, ground)
        for field, value in sent["values"].items():
            body = {"event": event, "field": field, "value": value}
            operations.apply(work, "value.set", body, ground)
    except operations.OperationInvalid as refusal:
        raise Invalid(str(refusal)) from None
    return work.events[event].values


def drop(assignment: Assignment, uid: UUID) -> None:
    """Remove one; what was begun from it stays as it is."""
    of(assignment).filter(uid=uid).delete()
