"""How long coders are at work on documents, idle time left out: telling it, and adding it up for planning."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, Sum
from django.utils import timezone

from coding.models import Assignment, Round, Stint
from projects.access import Pass
from projects.refusals import Invalid

SLACK = 90  # seconds that a browser's clock and a slow network may add


def tell(assignment: Assignment, *, uid: UUID, seconds: int) -> Stint:
    """One opening of the workspace has this many active seconds by now. A total never shrinks, nor outruns the clock."""
    if not 0 <= seconds <= 7 * 24 * 3600:
        raise Invalid("The active time of one opening is between 0 seconds and a week.")
    now = timezone.now()
    with transaction.atomic():
        stint = Stint.objects.select_for_update().filter(assignment=assignment, uid=uid).first()
        if stint is None:
            began = now - timedelta(seconds=min(seconds, SLACK))
            try:
                with transaction.atomic():
                    return Stint.objects.create(
                        assignment=assignment, uid=uid, seconds=min(seconds, SLACK), began_at=began, last_at=now
                    )  # fmt: skip
            except IntegrityError:  # told twice at once
                stint = Stint.objects.select_for_update().get(assignment=assignment, uid=uid)
        possible = int((now - stint.began_at).total_seconds()) + SLACK
        stint.seconds = max(stint.seconds, min(seconds, possible))
        stint.last_at = now
        stint.save(update_fields=["seconds", "last_at"])
    return stint


@dataclass(frozen=True)
class OwnTime:
    """What one document took its coder."""

    public_id: str
    title: str
    last_at: datetime
    seconds: int


def latest(holder: Pass, most: int = 12) -> list[OwnTime]:
    """A person's own documents by when they were last worked on, with their active time."""
    rows = (
        Stint.objects.filter(
            assignment__coder=holder.membership, assignment__round__project=holder.project
        )
        .exclude(assignment__state=Assignment.State.WITHDRAWN)
        .values_list("assignment__public_id", "assignment__document__title")
        .annotate(last=Max("last_at"), total=Sum("seconds"))
        .order_by("-last")[:most]
    )
    return [OwnTime(*row) for row in rows]


def of(assignments: Iterable[Assignment]) -> dict[int, int]:
    """Active seconds by assignment; those never opened are not in it."""
    rows = (
        Stint.objects.filter(assignment__in=[one.pk for one in assignments])
        .values_list("assignment")
        .annotate(total=Sum("seconds"))
        .order_by()
    )
    return dict(rows)


def typical(of_round: Round) -> dict[str, int]:
    """The median active seconds of a document handed in, by coder label. Only for those who may watch."""
    rows = (
        Stint.objects.filter(
            assignment__round=of_round, assignment__state=Assignment.State.SUBMITTED
        )
        .values_list("assignment__coder__label", "assignment")
        .annotate(total=Sum("seconds"))
        .order_by()
    )
    seconds: dict[str, list[int]] = {}
    for label, _, total in rows:
        seconds.setdefault(label, []).append(total)
    return {label: round(median(found)) for label, found in seconds.items()}


def in_words(seconds: int) -> str:
    """As people say it: 40 s, 12 min, 1 h 05 min."""
    if seconds < 60:
        return f"{seconds} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
