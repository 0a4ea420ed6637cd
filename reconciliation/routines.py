"""Routines: verbs. A round's own rule of when it is ready, and its being reconciled without anybody asking.

A worker looks every half minute; what is found due is asked for as a person would ask, in the name of who set it.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from coding.models import Assignment, Round
from projects import jobs, ledger
from projects.access import Pass, pass_for
from projects.refusals import Invalid, Refused
from reconciliation import readiness, runs
from reconciliation.models import Routine, Run

log = logging.getLogger(__name__)
# Of several workers that look at once the first one claims a round for so long.
CLAIM = timedelta(seconds=20)


def keep(of_round: Round, *, by: Pass, enough: int | None, every: int) -> Routine:
    """Say how many coders of a document are enough (None: all), and how often the round reconciles itself."""
    by.require("reconciliation.run")
    if every not in Routine.Every.values:
        raise Invalid("That is not among the times between two runs.")
    if enough is not None and enough < 1:
        raise Invalid("At least one coder has to hand in.")
    with transaction.atomic():
        routine, _ = Routine.objects.update_or_create(
            round=of_round,
            defaults={
                "enough": enough,
                "every": every,
                "by": by.user,
                "by_label": by.label,
                "at": timezone.now(),
            },
        )
        difference = {"enough": enough, "every": every}
        ledger.record(
            of_round.project, "round.routine", of_round, by=by.user, difference=difference
        )
    return routine


def look(now: datetime | None = None) -> int:
    """Ask for the runs that are due. Returns how many."""
    now = now or timezone.now()
    free = Q(looked_at=None) | Q(looked_at__lt=now - CLAIM)
    asked = 0
    waiting = Routine.objects.filter(free, every__gt=0).select_related("round__project", "by")
    for routine in waiting.order_by("pk"):
        if not Routine.objects.filter(free, pk=routine.pk).update(looked_at=now):
            continue
        if not is_due(routine, now):
            continue
        try:
            holder = pass_for(routine.by, routine.round.project.slug, "reconciliation.run")
            runs.start(routine.round, by=holder)
            asked += 1
        except Refused as refusal:
            # Not its words, which may name what is coded.
            log.warning("round %s does not reconcile itself: %s", routine.round_id, refusal.title)
    return asked


def is_due(routine: Routine, now: datetime) -> bool:
    """Whether somebody handed in on a document that is ready since the last run, which is long enough ago."""
    last = Run.objects.filter(round=routine.round_id).order_by("-n").first()
    handed_in = Assignment.objects.filter(
        round=routine.round_id, sitting=1, state=Assignment.State.SUBMITTED
    )
    if last is not None:
        if jobs.waiting_for(runs.KIND, last.pk):
            return False
        if now - last.asked_at < timedelta(minutes=routine.every):
            return False
        handed_in = handed_in.filter(submitted_at__gt=last.asked_at)
    fresh = set(handed_in.values_list("document_id", flat=True))
    if not fresh:
        return False
    found = readiness.of_documents(routine.round)
    return any(found[document].is_ready for document in fresh)
