"""Runs: verbs. Asking for a reconciliation; reconciling.py does it."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from coding.models import Assignment, Round
from projects import jobs, ledger
from projects.access import Pass
from projects.models import Job
from projects.refusals import Invalid, WrongState
from reconciliation import inputs, readiness
from reconciliation.models import Run
from reconciliation.selecting import Selection
from sources.models import Document

KIND = "reconciliation.run"
REPLICATES = 1_000
SEED = 20_450_901


def start(of_round: Round, *, by: Pass, seed: int = SEED, replicates: int = REPLICATES) -> Job:
    """Ask for a round to be aligned and measured. The run keeps how; running again never loses a decision."""
    return _start(of_round, by, seed, replicates, Selection())


def start_document(of_round: Round, document: Document, *, by: Pass) -> Job:
    """Ask for one document to be aligned anew, without waiting for the round. Figures stay those of the round."""
    by.require("reconciliation.run")
    found = readiness.of_documents(of_round, document).get(document.pk)
    if found is None or not found.handed_in:
        raise WrongState("Nobody has handed in anything on this document in this round yet.")
    if not found.is_ready:
        raise WrongState(f"{found.words}. The round's page of reconciliation says how many are.")
    for run in Run.objects.filter(round=of_round, finished_at=None):
        if jobs.waiting_for(KIND, run.pk):
            raise WrongState("The whole round is being reconciled, and this document with it.")
    return _start(of_round, by, SEED, 0, Selection(), document)


def measure(
    of_round: Round,
    selection: Selection,
    *,
    by: Pass,
    seed: int = SEED,
    replicates: int = REPLICATES,
) -> Job:
    """Ask for a choice of a round's coders and documents to be measured alone. Nothing else changes by it."""
    if not selection.kept:
        raise Invalid(
            "Choose some coders, documents, kinds, outlets or days; the whole is measured already."
        )
    return _start(of_round, by, seed, replicates, selection)


def _start(
    of_round: Round,
    by: Pass,
    seed: int,
    replicates: int,
    selection: Selection,
    document: Document | None = None,
) -> Job:
    by.require("reconciliation.run")
    if not has_submissions(of_round):
        raise WrongState("Nobody has handed in anything in this round yet.")
    rule = inputs.rule_of(of_round.codebook.parsed)
    parameters: dict[str, Any] = {
        "weights": dict(rule.weights),
        "tau": rule.tau,
        "theta": rule.theta,
    }
    if document is None:
        parameters |= {"interval": "cluster", "replicates": replicates, "seed": seed}
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=of_round.pk)
        last = Run.every.filter(round=of_round).aggregate(last=Max("n"))["last"] or 0
        run = Run.every.create(
            round=of_round,
            n=last + 1,
            parameters=parameters,
            is_whole=not selection.kept and document is None,
            selection=selection.kept,
            document=document,
            software=settings.SOFTWARE_VERSION,
            by=by.user,
        )
        verb = "round.measure" if selection.kept else "round.reconcile"
        told: dict[str, Any] = {"run": run.n}
        if document is not None:
            told["document"] = document.external_id
        ledger.record(of_round.project, verb, of_round, by=by.user, difference=told)
        return jobs.enqueue(KIND, run.pk, project=of_round.project, by=by.user)


def has_submissions(of_round: Round) -> bool:
    """Whether somebody handed in something, so that there is anything to reconcile."""
    return Assignment.objects.filter(round=of_round, state=Assignment.State.SUBMITTED).exists()


def latest(of_round: Round) -> Run | None:
    return Run.objects.filter(round=of_round).exclude(finished_at=None).order_by("-n").first()
