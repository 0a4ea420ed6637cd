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
    progress.step(0, 3, f"aligning {len(study.events)} events", hold=600)
    aligned = aligning.align(
        study,
        by=run.by,
        step=lambda done, total: progress.step(
            done, 2 * total, f"keeping the groups of {total} documents", hold=600
        ),
    )
    progress.step(2, 3, "measuring agreement", hold=1800)
    # As the program aligned them: what a person decided about grouping would flatter the figures.
    figures = measuring.figures(study, aligned.own, run.parameters)
    with transaction.atomic():
        progress.step(3, 3, "keeping the figures")
        run.figures.all().delete()
        Figure.objects.bulk_create(
            (Figure(run=run, **asdict(figure)) for figure in figures), batch_size=500
        )
        run.input_hash, run.finished_at = study.input_hash, timezone.now()
        run.counts = {
            **asdict(aligned.tally),
            "events": len(study.events),
            "figures": len(figures),
            "objective": round(aligned.own.objective, 9),
            "gap": round(aligned.own.gap, 9),
            "solved": dict(aligned.own.solved),
        }
        run.save(update_fields=["input_hash", "finished_at", "counts"])
    return f"{aligned.tally.groups} groups, {aligned.tally.conflicts} conflicts"
