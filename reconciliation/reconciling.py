"""Doing a run: read the round, align, measure before anybody adjudicates, keep the figures."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from coding import telling
from projects import garbage, webhooks
from projects.jobs import Progress
from projects.refusals import Refused
from projects.wording import counted
from reconciliation import aligning, groups, inputs, measuring, rereadings, selecting
from reconciliation.breakdowns import Breakdown
from reconciliation.gathering import Gathered, Gathering
from reconciliation.groups import Tally
from reconciliation.inputs import Study
from reconciliation.models import Figure, Run
from reconciliation.selecting import Selection


@garbage.seldom()
def reconcile(run: Run, progress: Progress) -> str:
    """Safe to run twice: the same input leaves the same groups, positions and figures."""
    try:
        if run.document_id is not None:
            return _align_document(run, run.document_id, progress)
        if not run.is_whole:
            return _measure_alone(run, progress)
        if Run.objects.filter(round=run.round, n__gt=run.n).exists():
            return "a newer run of the round does this"
        return _align_and_measure(run, progress)
    except inputs.Unfit as reason:
        raise Refused(str(reason)) from None


def _align_and_measure(run: Run, progress: Progress) -> str:
    """Documents are read, aligned and let go a part at a time; what figures need of them is gathered."""
    progress.step(0, 3, "reading the codings", hold=600)
    readings = inputs.readings(run.round)
    meant = aligning.links_meant(readings)
    documents = len(readings.documents)
    gathering, tally, before = Gathering(run.round.codebook.parsed), Tally(), 0

    def step(done: int) -> None:
        words = f"keeping the groups of {documents} documents"
        progress.step(before + done, 2 * documents, words, hold=600)

    for study in readings.parts():
        aligned = aligning.align(study, by=run.by, meant=meant, step=step)
        # As the program aligned them: what a person decided about grouping would flatter the figures.
        gathering.take(study, aligned.own)
        tally += aligned.tally
        before += len(study.documents)
    groups.retire_unread(run.round, {document.pk for document in readings.documents})
    progress.step(2, 3, "measuring agreement", hold=1800)
    again = rereadings.study(run.round)
    _keep(run, gathering.gathered(), progress, asdict(tally), again)
    return f"{counted(tally.groups, 'group')}, {counted(tally.conflicts, 'conflict')}"


def _measure_alone(run: Run, progress: Progress) -> str:
    """A choice of coders and documents is measured as if it were all; no group or position is touched."""
    progress.step(0, 3, "reading the codings", hold=600)
    chosen, gathering = Selection.of(run.selection), Gathering(run.round.codebook.parsed)
    for study in inputs.readings(run.round).parts():
        gathering.take(selecting.chosen(study, chosen))
    progress.step(2, 3, "measuring agreement", hold=1800)
    gathered = gathering.gathered()
    groups_of = np.bincount(gathered.corpus.grouped().label)
    tally = {
        "documents": len(gathered.documents),
        "groups": len(groups_of),
        "unmatched": int((groups_of == 1).sum()),
    }
    _keep(run, gathered, progress, tally)
    n_events = len(gathered.corpus.table.keys)
    return f"{n_events} events of {len(gathered.documents)} documents measured"


def _align_document(run: Run, document: int, progress: Progress) -> str:
    """One document in the rows as a run of the round would leave it; what was decided there stands or asks again."""
    progress.step(0, 1, "reading the codings", hold=600)
    study = inputs.study(run.round, document=document)
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
    told = [counted(tally.groups, "group"), counted(tally.conflicts, "conflict")]
    if tally.basis_changed:
        told.append(f"{counted(tally.basis_changed, 'decision')} to confirm again")
    return ", ".join(told)


def _keep(
    run: Run,
    gathered: Gathered,
    progress: Progress,
    tally: Mapping[str, Any],
    again: Study | None = None,
) -> None:
    steadiness = rereadings.figures(again, run.parameters) if again is not None else []
    breakdown = Breakdown(gathered.documents)
    measured = measuring.measure(gathered, run.parameters, breakdown.take)
    with transaction.atomic():
        progress.step(3, 3, "keeping the figures")
        run.figures.all().delete()
        Figure.objects.bulk_create(
            (Figure(run=run, **asdict(one)) for one in (*measured, *steadiness)),
            batch_size=500,
        )
        run.input_hash, run.finished_at = gathered.input_hash, timezone.now()
        run.breakdown = breakdown.plain()
        if again is not None and again.documents:
            tally = {
                **tally,
                "second_readings": len(again.documents),
                "second_readings_hash": again.input_hash,
            }
        run.counts = {
            **tally,
            "events": len(gathered.corpus.table.keys),
            "figures": len(measured) + len(steadiness),
            "objective": round(gathered.corpus.objective, 9),
            "gap": round(gathered.corpus.gap, 9),
            "solved": dict(gathered.corpus.solved),
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
