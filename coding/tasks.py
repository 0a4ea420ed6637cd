"""What runs for this app's kinds of job."""

from typing import Any

from coding import codebooks, digests, exchanges, exchanging, moves
from coding.models import Exchange, Round
from projects.access import pass_for
from projects.jobs import Progress, handles, regularly
from projects.models import Job
from projects.refusals import Missing


@handles(moves.MOVE)
def move_round(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    """In the name of whoever asked for it. A round that has got there already is left alone."""
    of_round = Round.objects.select_related("project", "codebook").filter(pk=subject).first()
    by = Job.objects.select_related("by").get(pk=progress.job.pk).by
    if of_round is None or by is None:
        raise Missing("The round is not there any more.")
    pass_for(by, of_round.project.slug, "rounds.manage")
    to = codebooks.numbered(of_round.project, parameters["to"])
    if of_round.codebook_id == to.pk:
        return f"“{of_round.name}” is coded with version {to.n}."
    (done,) = moves.move(
        to,
        [of_round],
        by=by,
        reread=bool(parameters.get("reread")),
        tell=lambda at, total: progress.step(at, total, f"{at} of {total} readings looked at"),
    ).rounds
    return moves.told(done, to)


@handles(exchanges.EXPORT)
def take_out(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    return exchanging.run(_exchange(subject), "out", progress)


@handles(exchanges.IMPORT)
def bring_in(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    return exchanging.run(_exchange(subject), str(parameters.get("do", "check")), progress)


def _exchange(subject: str) -> Exchange:
    found = Exchange.objects.select_related("project", "by").filter(public_id=subject).first()
    if found is None:
        raise Missing("The exchange is not there any more.")
    return found


regularly(digests.ask_for_due)


@handles(digests.KIND)
def send_digest(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    return digests.send(subject)
