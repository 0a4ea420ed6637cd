"""Rounds under reconciliation over HTTP: how they stand, their runs with the figures kept, asking for a run."""

from typing import Any

from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from coding.access import round_for
from coding.models import Round
from projects import queries as projects
from projects.access import Pass, pass_for
from projects.api import job_as_json
from projects.models import Job
from projects.refusals import Invalid, Missing
from reconciliation import figure_queries, queries, runs
from reconciliation.figure_forms import SelectionForm
from reconciliation.models import Figure, Run

FIGURE = tuple(
    field.name for field in Figure._meta.concrete_fields if field.name not in {"id", "run"}
)
SENT = {"document", "selection", "seed", "replicates"}
MOST_REPLICATES = 20_000
CHOICES = ("coders", "kinds", "outlets", "documents", "since", "until")


@api_view(["GET"])
def round_list(request: Request, slug: str) -> Response:
    """The rounds, newest first: what is ready, what is left to settle."""
    holder = pass_for(request.user, slug, "reconciliation.view")
    return Response(
        {
            "results": [
                {
                    "id": one.round.public_id,
                    "name": one.round.name,
                    "state": one.round.state,
                    "kind": one.round.kind,
                    "codebook": one.round.codebook.parsed.version,
                    "last_run": one.run.n if one.run else None,
                    "documents": one.readiness.documents,
                    "ready": one.readiness.ready,
                    "groups": one.groups,
                    "settled": one.settled,
                    "conflicts": one.conflicts,
                    "agreed": one.agreed,
                    "basis_changed": one.changed,
                    "enough": one.routine.enough if one.routine else None,
                    "every_minutes": one.routine.every if one.routine else 0,
                }
                for one in queries.round_states(holder)
            ]
        }
    )


@api_view(["GET", "POST"])
def run_list(request: Request, slug: str, round_id: str) -> Response:
    """The runs of a round, newest first; POST asks for one, of the round or of what is named.

    `{}` reconciles the round, `{"document": "own-id"}` that document alone; `{"selection": {"coders": [...], ...}}`
    measures a choice and changes nothing else. `seed` and `replicates` are those of the intervals.
    """
    if request.method == "POST":
        holder = pass_for(request.user, slug, "reconciliation.run")
        asked = _ask(holder, round_for(holder, round_id), request.data)
        run = Run.every.get(pk=asked.subject)
        return Response(_run(run, asked), status=202)
    holder = pass_for(request.user, slug, "reconciliation.view")
    found = list(figure_queries.every_run(holder, round_for(holder, round_id)))
    jobs = _jobs(holder, found)
    return Response({"results": [_run(run, jobs.get(str(run.pk))) for run in found]})


@api_view(["GET"])
def run(request: Request, slug: str, round_id: str, n: int) -> Response:
    """One run: how far it is, what it was made with and from, what it counted, every figure it kept."""
    holder = pass_for(request.user, slug, "reconciliation.view")
    found = figure_queries.every_run(holder, round_for(holder, round_id)).filter(n=n).first()
    if found is None:
        raise Missing("There is no such run, or it is not yours to see.")
    figures = [{name: getattr(one, name) for name in FIGURE} for one in found.figures.all()]
    told = _run(found, _jobs(holder, [found]).get(str(found.pk)))
    return Response({**told, "figures": figures, "breakdown": _breakdown(holder, found)})


def _ask(holder: Pass, of_round: Round, data: Any) -> Job:
    sent = data if isinstance(data, dict) else {}
    unknown = sorted(set(sent) - SENT)
    if unknown:
        raise Invalid(f"“{unknown[0]}” is not understood; a run takes {', '.join(sorted(SENT))}.")
    options = {
        name: _number(sent, name, lowest)
        for name, lowest in (("seed", 0), ("replicates", 1))
        if name in sent
    }
    if sent.get("document") is not None:
        if "selection" in sent or options:
            raise Invalid(
                "One document is aligned without figures: leave selection, seed and replicates out."
            )
        document = queries.visible_documents(holder, of_round).filter(
            external_id=str(sent["document"])
        )
        if not document:
            raise Missing(
                f"Nobody handed in anything on “{sent['document']}” in this round, or it is not yours to see yet."
            )
        return runs.start_document(of_round, document[0], by=holder)
    if sent.get("selection") is None:
        return runs.start(of_round, by=holder, **options)
    return runs.measure(of_round, _selection(holder, of_round, sent), by=holder, **options)


def _selection(holder: Pass, of_round: Round, sent: dict[str, Any]) -> Any:
    chosen = sent["selection"]
    if not isinstance(chosen, dict) or set(chosen) - set(CHOICES):
        raise Invalid(f"A selection is an object with {', '.join(CHOICES)}.")
    lists = {name: value if isinstance(value, list) else [value] for name, value in chosen.items()}
    data: dict[str, Any] = {name: [str(one) for one in values] for name, values in lists.items()}
    for name in {"since", "until", "documents"} & data.keys():
        data[name] = "\n".join(data[name])
    hidden = figure_queries.hidden_documents(holder, of_round)
    form = SelectionForm(data, of_round=of_round, hidden=hidden)
    unknown = sorted(set(data) - set(form.fields))
    if unknown:
        raise Invalid(f"There is nothing to choose by “{unknown[0]}” in this round.")
    if not form.is_valid():
        raise Invalid(" ".join(str(one) for errors in form.errors.values() for one in errors))
    return form.selection()


def _number(sent: dict[str, Any], name: str, lowest: int) -> int:
    value = sent[name]
    if type(value) is not int or not lowest <= value < 2**31:
        raise Invalid(f"“{name}” is a whole number from {lowest}.")
    if name == "replicates" and value > MOST_REPLICATES:
        raise Invalid(f"At most {MOST_REPLICATES:,} replicates are drawn.")
    return int(value)


def _jobs(holder: Pass, found: list[Run]) -> dict[str, Job]:
    """By the run's row, the newest work on it that this person may know of."""
    rows = projects.visible_jobs(holder).filter(
        kind=runs.KIND, subject__in=[str(run.pk) for run in found]
    )
    return {job.subject: job for job in rows.order_by("id")}


def _run(run: Run, job: Job | None) -> dict[str, Any]:
    return {
        "n": run.n,
        "is_whole": run.is_whole,
        "document": run.document.external_id if run.document else None,
        "selection": run.selection,
        "parameters": run.parameters,
        "software": run.software,
        "input_hash": run.input_hash,
        "asked_at": run.asked_at,
        "finished_at": run.finished_at,
        "counts": run.counts,
        "job": job_as_json(job) if job else None,
    }


def _breakdown(holder: Pass, run: Run) -> dict[str, Any]:
    """Parts, matrices and plans as kept; of the documents those that may be named."""
    named = {row["document"] for row in figure_queries.disagreed_documents(holder, run)}
    kept = dict(run.breakdown)
    if "documents" in kept:
        kept["documents"] = [row for row in kept["documents"] if row["document"] in named]
    return kept
