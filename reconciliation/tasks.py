"""What runs for this app's kinds of job."""

from typing import Any

from coding.access import codes_blind
from coding.models import Round
from projects.access import pass_for
from projects.jobs import Progress, handles, regularly
from projects.models import Job, Project
from projects.refusals import Missing
from projects.wording import counted
from reconciliation import adjudication, incidents, queries, routines, runs
from reconciliation.models import Run

BATCH = 50


@handles(runs.KIND)
def reconcile(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    from reconciliation import reconciling  # scipy is slow to load, and only workers need it

    run = Run.every.select_related("round__project", "round__codebook").filter(pk=subject).first()
    if run is None:
        raise Missing("The run is not there any more.")
    told = reconciling.reconcile(run, progress)
    by = Job.objects.select_related("by").get(pk=progress.job.pk).by
    # Who asked for it and still codes learns of it what the board shows them, and no sum over all.
    if by is not None and codes_blind(by, run.round.project):
        return "done; how much it found is told once you have handed in"
    return told


@handles(adjudication.ACCEPT)
def accept(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    """What is agreed in a round, in whoever's name it was asked for. What is settled already is passed over."""
    of_round = Round.objects.select_related("project").filter(pk=subject).first()
    by = Job.objects.select_related("by").get(pk=progress.job.pk).by
    if of_round is None or by is None:
        raise Missing("The round is not there any more.")
    holder = pass_for(by, of_round.project.slug, "reconciliation.decide")
    groups = list(queries.visible_groups(holder, of_round))
    done = adjudication.Accepted()
    for start in range(0, len(groups), BATCH):
        progress.step(start, len(groups), f"{counted(done.accepted, 'position')} accepted")
        more = adjudication.accept_agreed(
            groups[start : start + BATCH], by=holder, singles=bool(parameters.get("singles"))
        )
        done.accepted += more.accepted
        done.resolved += more.resolved
        done.own += more.own
    return done.told()


@handles(incidents.PROPOSE)
def propose(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    from reconciliation import proposing  # as above

    return proposing.compute(Project.objects.get(pk=subject), progress)


@regularly
def reconcile_what_is_due() -> int:
    return routines.look()
