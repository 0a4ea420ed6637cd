"""Doing a run: read the round, align, measure before anybody adjudicates, keep the figures."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from projects.jobs import Progress
from projects.refusals import Refused
from reconciliation import aligning, inputs, measuring
from reconciliation.models import Figure, Run


def reconcile(run: Run, progress: Progress) -> str:
    """Safe to run twice: the same input leaves the same groups, positions and figures."""
    if Run.objects.filter(round=run.round, n__gt=run.n).exists():
        return "a newer run of the round does this"
    progress.step(0, 3, "reading the codings", hold=600)
    try:
        study = inputs.study(run.round)
    except inputs.TextsDiffer as difference:
        raise Refused(str(difference)) from None
    progress.step(1, 3, f"aligning {len(study.events)} events", hold=600)
    alignment, tally = aligning.align(study, by=run.by)
    progress.step(2, 3, "measuring agreement", hold=1800)
    figures = measuring.figures(study, alignment, run.parameters)
    with transaction.atomic():
        progress.step(3, 3, "keeping the figures")
        run.figures.all().delete()
        Figure.objects.bulk_create(
            (Figure(run=run, **asdict(figure)) for figure in figures), batch_size=500
        )
        run.input_hash, run.finished_at = study.input_hash, timezone.now()
        run.counts = {
            **asdict(tally),
            "events": len(study.events),
            "figures": len(figures),
            "objective": round(alignment.objective, 9),
            "gap": round(alignment.gap, 9),
            "solved": dict(alignment.solved),
        }
        run.save(update_fields=["input_hash", "finished_at", "counts"])
    return f"{tally.groups} groups, {tally.conflicts} conflicts"
