"""Rounds under reconciliation over HTTP: how they stand, their runs with the figures kept, asking for a run."""

from typing import Any

from django.http import HttpResponse

from coding.access import round_for
from coding.models import Round
from projects import queries as projects
from projects.access import Pass
from projects.api import PROJECT, Work, job_as_json
from projects.models import Job
from projects.refusals import Invalid, Missing
from projects.rest.paging import Found, ListOf
from projects.rest.routes import Asked, Bytes, Route
from projects.rest.shapes import (
    choice,
    flag,
    mapping,
    moment,
    number,
    of_form,
    one,
    shape,
    some,
    text,
    whole,
)
from reconciliation import (
    adjudication,
    figure_queries,
    queries,
    routines,
    runs,
    series,
    suggestion_effect,
)
from reconciliation.figure_forms import SelectionForm
from reconciliation.forms import RoutineForm
from reconciliation.models import Figure, Routine, Run

FIGURE = tuple(
    field.name for field in Figure._meta.concrete_fields if field.name not in {"id", "run"}
)
SENT = {"document", "selection", "seed", "replicates"}
MOST_REPLICATES = 20_000
CHOICES = ("coders", "kinds", "outlets", "documents", "since", "until")
_ROUND = f"{PROJECT}rounds/<str:round_id>/"

RoundStanding = shape(
    "RoundStanding",
    id=text(),
    name=text(),
    state=choice(*Round.State.values),
    kind=choice(*Round.Kind.values),
    codebook=text(),
    last_run=whole(null=True),
    documents=whole(),
    ready=whole(),
    groups=whole(),
    settled=whole(),
    conflicts=whole(),
    agreed=whole(),
    basis_changed=whole(),
    enough=whole(null=True),
    every_minutes=whole(),
)
RunShape = shape(
    "Run",
    n=whole(),
    is_whole=flag(),
    document=text(null=True),
    selection=mapping(),
    parameters=mapping(),
    software=text(),
    input_hash=text(),
    asked_at=moment(),
    finished_at=moment(null=True),
    counts=mapping(),
    job=one(Work, null=True),
)
FigureShape = shape(
    "Figure",
    question=text(),
    field=text(),
    type=text(),
    subject=text(),
    coefficient=text(),
    level=text(),
    value=number(null=True, help_text="Null where it is undefined; then `reason` says why."),
    reason=text(),
    low=number(null=True),
    high=number(null=True),
    interval=text(),
    n_units=whole(),
    n_coders=whole(),
    n_values=whole(),
    prevalence=number(null=True),
    aligned_share=number(null=True),
    undefined_replicates=whole(),
    below_667=number(null=True),
    below_800=number(null=True),
)
WholeRun = shape("WholeRun", RunShape, figures=some(FigureShape), breakdown=mapping())
RunAsked = shape(
    "RunToMake",
    document=text(optional=True, help_text="The own id of one document to align alone."),
    selection=mapping(optional=True, help_text=f"What to measure: {', '.join(CHOICES)}."),
    seed=whole(optional=True, min_value=0, max_value=2**31 - 1),
    replicates=whole(optional=True, min_value=1, max_value=MOST_REPLICATES),
)
RoutineShape = shape(
    "Routine", enough=whole(null=True), every=choice(*Routine.Every.values), words=text()
)
RoutineAsked = of_form("RoutineToKeep", RoutineForm)
Accept = shape("AcceptAgreed", singles=flag(optional=True, help_text="Also what one coder alone read."))  # fmt: skip
SeriesCell = shape("SeriesCell", round=text(), run=whole(), codebook=whole(), value=number(null=True), low=number(null=True), high=number(null=True), reason=text(), restarts=flag())  # fmt: skip
SeriesShape = shape("Series", name=text(), label=text(), cells=some(SeriesCell))
ShareShape = shape("PositionShare", positions=whole(), agreed=whole())
Effect = shape(
    "SuggestionEffect",
    uses=mapping(whole()),
    fields=some(
        shape(
            "FieldEffect",
            field=text(),
            values=whole(),
            from_suggestions=whole(),
            by_none=one(ShareShape),
            by_some=one(ShareShape),
            by_all=one(ShareShape),
        )
    ),
)

standing_route = Route(f"{PROJECT}reconciliation/", "api_reconciliation", "reconciliation")
series_route = Route(f"{PROJECT}reconciliation/series/", "api_series", "reconciliation")
run_route = Route(f"{_ROUND}runs/", "api_runs", "reconciliation")
run_one = Route(f"{_ROUND}runs/<int:n>/", "api_run", "reconciliation")
diagnosis_route = Route(f"{_ROUND}runs/<int:n>/diagnosis/", "api_diagnosis", "reconciliation")
routine_route = Route(f"{_ROUND}routine/", "api_routine", "reconciliation")
accept_route = Route(f"{_ROUND}accept/", "api_accept_round", "reconciliation")
effect_route = Route(f"{_ROUND}suggestions/", "api_suggestion_effect", "reconciliation")


@standing_route.get(ListOf(RoundStanding, key="id"), needs="reconciliation.view")
def list_standings(asked: Asked) -> Any:
    """The rounds under reconciliation, the newest first: what is ready, what is left to settle."""
    return [
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
        for one in queries.round_states(asked.holder)
    ]


@series_route.get(ListOf(SeriesShape, key="name", page=1_000), needs="reconciliation.view")
def list_series(asked: Asked) -> Any:
    """One figure through the rounds, and where it restarts because the codebook changed what it means."""
    found = series.compared(asked.holder)
    return [
        {
            "name": one.name,
            "label": one.label,
            "cells": [
                {
                    "round": column.run.round.name,
                    "run": column.run.n,
                    "codebook": column.codebook.n,
                    "value": row.figure.value if row else None,
                    "low": row.figure.low if row else None,
                    "high": row.figure.high if row else None,
                    "reason": row.figure.reason if row else "not coded",
                    "restarts": restarts,
                }
                for column, (row, restarts) in zip(found.columns, one.cells, strict=True)
            ],
        }
        for one in found.series
    ]


@run_route.get(ListOf(RunShape, key="n"), needs="reconciliation.view")
def list_runs(asked: Asked, round_id: str) -> Any:
    """The runs of a round, the newest first."""
    holder = asked.holder

    def shown(piece: Any) -> list[dict[str, Any]]:
        jobs = _jobs(holder, list(piece))
        return [_run(run, jobs.get(str(run.pk))) for run in piece]

    return Found(figure_queries.every_run(holder, round_for(holder, round_id)), shown)


@run_route.post(RunShape, status=202, needs="reconciliation.run", takes=RunAsked, is_raw=True)
def start_run(asked: Asked, round_id: str) -> Any:
    """Ask for a run, of the round or of what is named.

    `{}` reconciles the round, `{"document": "own-id"}` that document alone; `{"selection": {"coders": [...], ...}}`
    measures a choice and changes nothing else. `seed` and `replicates` are those of the intervals.
    """
    job = _ask(asked.holder, round_for(asked.holder, round_id), asked.kept)
    return _run(Run.every.get(pk=job.subject), job)


@run_one.get(WholeRun, needs="reconciliation.view")
def read_run(asked: Asked, round_id: str, n: int) -> Any:
    """One run: how far it is, what it was made with and from, what it counted, every figure it kept."""
    holder, found = asked.holder, _found(asked, round_id, n)
    figures = [{name: getattr(one, name) for name in FIGURE} for one in found.figures.all()]
    told = _run(found, _jobs(holder, [found]).get(str(found.pk)))
    return {**told, "figures": figures, "breakdown": _breakdown(holder, found)}


def _found(asked: Asked, round_id: str, n: int) -> Run:
    of_round = round_for(asked.holder, round_id)
    found = figure_queries.every_run(asked.holder, of_round).filter(n=n).first()
    if found is None:
        raise Missing("There is no such run, or it is not yours to see.")
    return found


@diagnosis_route.get(Bytes("application/zip"), needs="reconciliation.view")
def read_diagnosis(asked: Asked, round_id: str, n: int) -> Any:
    """Enough to recompute every figure of a run elsewhere: the codings as they were measured."""
    figure_queries.require_all_codings(asked.holder)
    run = figure_queries.run_for(asked.holder, round_for(asked.holder, round_id), n)
    assert run is not None
    from reconciliation import diagnosis  # noqa: PLC0415 - scipy is slow to load, and few requests need it

    response = HttpResponse(diagnosis.packed(run), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="diagnosis-run{run.n}.zip"'
    return response


@routine_route.put(RoutineShape, needs="reconciliation.run", takes=RoutineAsked)
def keep_routine(asked: Asked, round_id: str) -> Any:
    """When documents of the round are ready, and whether it reconciles itself."""
    said = asked.form(RoutineForm).cleaned_data
    kept = routines.keep(round_for(asked.holder, round_id), by=asked.holder, **said)
    return {"enough": kept.enough, "every": kept.every, "words": kept.words}


@accept_route.post(Work, status=202, needs="reconciliation.decide", takes=Accept)
def accept_round(asked: Asked, round_id: str) -> Any:
    """Accept in the background all that coders agree on in a round."""
    of_round = round_for(asked.holder, round_id)
    job = adjudication.ask_accept(
        of_round, by=asked.holder, singles=asked.said.get("singles", False)
    )
    return job_as_json(job)


@effect_route.get(Effect, needs="reconciliation.view")
def read_suggestion_effect(asked: Asked, round_id: str) -> Any:
    """What suggestions did in a round that showed them."""
    shown = round_for(asked.holder, round_id)
    if not shown.has_suggestions:
        raise Missing("This round shows no suggestions.")
    return {
        "uses": suggestion_effect.uses(shown),
        "fields": [
            {
                "field": row.field,
                "values": row.values,
                "from_suggestions": row.from_suggestions,
                "by_none": vars(row.by_none),
                "by_some": vars(row.by_some),
                "by_all": vars(row.by_all),
            }
            for row in suggestion_effect.effect(shown)
        ],
    }


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


ROUTES = (
    standing_route, series_route, run_route, run_one, diagnosis_route, routine_route, accept_route, effect_route,
)  # fmt: skip
