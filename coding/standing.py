"""How far a round is: for whoever manages or watches it. Never writes, and never tells what was coded.

Of a document that the person asking still codes, nothing of others' work is told: access.py's rule.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from coding import pictures, queries
from coding.access import WORKABLE, blinding_work, in_sight
from coding.models import Assignment, Round
from projects.access import Pass
from projects.models import Membership

ABANDONED_AFTER = timedelta(days=14)
SHOWN_ABANDONED = 50
BAR_ORDER = ("submitted", "sent_back", "started", "assigned")


@dataclass(frozen=True)
class CoderProgress(queries.Counted):
    """One coder's share of a round: how many in which state, and when they last coded."""

    coder: Membership
    counts: Mapping[str, int]
    bar: Sequence[pictures.Piece]
    last_at: datetime | None

    @property
    def label(self) -> str:
        return self.coder.label

    @property
    def cells(self) -> list[int]:
        return [self.counts.get(state, 0) for state in queries.STATES]

    @property
    def has_gone(self) -> bool:
        return self.coder.left_at is not None or "coder" not in self.coder.roles


def progress(holder: Pass, of_round: Round) -> list[CoderProgress]:
    """How far each coder is, with what is in sight. Only for those who `may_watch`."""
    seen = Assignment.objects.filter(in_sight(holder), round=of_round)
    living = seen.exclude(state=Assignment.State.WITHDRAWN)
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for coder, state, n in (
        living.order_by().values_list("coder_id", "state").annotate(n=Count("pk"))
    ):
        counts[coder][state] = n
    last = _last_at(seen)
    longest = max((sum(found.values()) for found in counts.values()), default=0)
    members = Membership.objects.filter(pk__in=list(counts)).order_by("label")
    return [
        CoderProgress(
            member,
            dict(counts[member.pk]),
            pictures.bar(counts[member.pk], BAR_ORDER, longest),
            last.get(member.pk),
        )
        for member in members
    ]


def _last_at(seen: QuerySet[Assignment]) -> dict[int, datetime]:
    """When each coder last coded or handed in. Edits are looked at in work at hand only, which is never much."""
    rows = seen.order_by().values_list("coder_id")
    found = dict(rows.exclude(submitted_at=None).annotate(at=Max("submitted_at")))
    edits = rows.filter(state__in=WORKABLE, version__gt=0).annotate(at=Max("operations__at"))
    for coder, at in edits:
        found[coder] = max(at, found.get(coder, at))
    return found


def climb(holder: Pass, of_round: Round, total: int) -> pictures.Climb | None:
    """What was handed in day by day."""
    days = (
        Assignment.objects.filter(
            in_sight(holder), round=of_round, state=Assignment.State.SUBMITTED
        )
        .order_by()
        .annotate(day=TruncDate("submitted_at"))
        .values_list("day")
        .annotate(n=Count("pk"))
    )
    return pictures.climb(
        dict(days),
        total,
        opened=timezone.localdate(of_round.opened_at),
        today=timezone.localdate(),
    )


@dataclass(frozen=True)
class Abandoned:
    """Work that was begun and left: nobody touched it for two weeks, or its coder is gone."""

    work: Assignment
    last_at: datetime | None
    has_gone: bool


def abandoned(holder: Pass, of_round: Round, *, now: datetime | None = None) -> list[Abandoned]:
    """Begun work that lies still, longest first; without the documents one codes oneself."""
    now = now or timezone.now()
    blind = blinding_work(holder).values("document")
    begun = (
        Assignment.objects.filter(round=of_round, state__in=WORKABLE, version__gt=0)
        .exclude(document__in=blind)
        .annotate(last_at=Max("operations__at"))
        .filter(Q(last_at__lt=now - ABANDONED_AFTER) | Q(coder__left_at__isnull=False))
        .select_related("document", "coder")
        .order_by("last_at")
    )
    return [
        Abandoned(work, work.last_at, work.coder.left_at is not None)
        for work in begun[:SHOWN_ABANDONED]
    ]


def members_of(of_round: Round) -> QuerySet[Membership]:
    """Everybody who holds or held work in a round."""
    held = Assignment.objects.filter(round=of_round).order_by().values("coder")
    return Membership.objects.filter(pk__in=held).select_related("user").order_by("label")


def work_for(holder: Pass, of_round: Round, public_id: str) -> Assignment | None:
    """A piece of a round's work to be managed, without its content; not there while one codes its document."""
    return (
        Assignment.objects.filter(round=of_round, public_id=public_id)
        .exclude(document__in=blinding_work(holder).values("document"))
        .select_related("round__project", "document", "coder__user", "taken_over_from__coder")
        .first()
    )
