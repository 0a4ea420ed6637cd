"""Doing a run: read the round, align, measure before anybody adjudicates, keep the figures."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from coding import telling
from projects import garbage, webhooks
from projects.jobs import Progress
from projects.refusals import Refused
from reconciliation import aligning, breakdowns, inputs, measuring, rereadings, selecting
from reconciliation.agreement import alignment
from reconciliation.agreement.alignment import Alignment
from reconciliation.inputs import Study
from reconciliation.models import Figure, Run
from reconciliation.selecting import Selection


@garbage.seldom()
def reconcile(run: Run, progress: Progress) -> str:
    """Safe to run twice: the same input leaves the same groups, positions and figures."""
    if run.document_id is not None:
        return _align_document(run, run.document_id, progress)
    if not run.is_whole:
        return _measure_alone(run, progress)
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
    again = rereadings.study(run.round)
    _keep(run, study, aligned.own, progress, asdict(aligned.tally), again)
    return f"{aligned.tally.groups} groups, {aligned.tally.conflicts} conflicts"


def _measure_alone(run: Run, progress: Progress) -> str:
    """A choice of coders and documents is measured as if it were all; no group or position is touched."""
    progress.step(0, 3, "reading the codings", hold=600)
    try:
        study = selecting.chosen(inputs.study(run.round), Selection.of(run.selection))
    except inputs.TextsDiffer as difference:
        raise Refused(str(difference)) from None
    progress.step(1, 3, f"aligning {len(study.events)} events", hold=600)
    own = alignment.align([event.coded for event in study.events], inputs.rule_of(study.codebook))
    progress.step(2, 3, "measuring agreement", hold=1800)
    tally = {
        "documents": len(study.documents),
        "groups": len(own.groups),
        "unmatched": sum(len(group) == 1 for group in own.groups),
    }
    _keep(run, study, own, progress, tally)
    return f"{len(study.events)} events of {len(study.documents)} documents measured"


def _align_document(run: Run, document: int, progress: Progress) -> str:
    """One document in the rows as a run of the round would leave it; what was decided there stands or asks again."""
    progress.step(0, 1, "reading the codings", hold=600)
    try:
        study = inputs.study(run.round, document=document)
    except inputs.TextsDiffer as difference:
        raise Refused(str(difference)) from None
    aligned = aligning.align(study, by=run.by)
    progress.step(1, 1, "keeping what was found")
    run.input_hash, run.finished_at = study.input_hash, timezone.now()
    run.counts = {
        **asdict(aligned.tally),
        "events": len(study.events),
        "objective": round(aligned.own.objective, 9),
        "gap": round(aligned.own.gap, 9),
        "solved": dict(aligned.own.solved),
    }
    with transaction.atomic():
        run.save(update_fields=["input_hash", "finished_at", "counts"])
        _tell(run)
    tally = aligned.tally
    return f"{tally.groups} groups, {tally.conflicts} conflicts" + (
        f", {tally.basis_changed} decisions ask again" if tally.basis_changed else ""
    )


def _keep(
    run: Run,
    study: Study,
    own: Alignment,
    progress: Progress,
    tally: Mapping[str, Any],
    again: Study | None = None,
) -> None:
    steadiness = rereadings.figures(again, run.parameters) if again is not None else []
    measured = measuring.measurement(study, own, run.parameters)
    breakdown = breakdowns.breakdown_of(study, measured.judged)
    with transaction.atomic():
        progress.step(3, 3, "keeping the figures")
        run.figures.all().delete()
        Figure.objects.bulk_create(
            (Figure(run=run, **asdict(one)) for one in (*measured.figures, *steadiness)),
            batch_size=500,
        )
        run.input_hash, run.finished_at = study.input_hash, timezone.now()
        run.breakdown = breakdown
        if again is not None and again.documents:
            tally = {
                **tally,
                "second_readings": len(again.documents),
                "second_readings_hash": again.input_hash,
            }
        run.counts = {
            **tally,
            "events": len(study.events),
            "figures": len(measured.figures) + len(steadiness),
            "objective": round(own.objective, 9),
            "gap": round(own.gap, 9),
            "solved": dict(own.solved),
        }
        run.save(update_fields=["input_hash", "finished_at", "counts", "breakdown"])
        _tell(run)


def _tell(run: Run) -> None:
    """Tell webhooks that a round or a document was reconciled; a measured choice changes nothing and is not told."""
    of_round, document = run.round, run.document
    if not run.is_whole and document is None:
        return
    if not telling.is_told(of_round.project, "reconciled"):
        return
    if telling.has_blind_manager(of_round, document):
        return
    facts = {
        "round": of_round.public_id,
        "run": run.n,
        "document": document.external_id if document else None,
    }
    webhooks.tell(of_round.project, "reconciled", facts)
