"""With which version of the codebook a round was coded when. Never writes.

A round keeps only its present version; the moves before it stand in the logs of its readings (`moves`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from coding.events import MOVED
from coding.models import Assignment, Codebook, Operation, Round


@dataclass(frozen=True)
class Moved:
    """A round went over to another version, at this moment."""

    at: datetime
    before: Codebook
    after: Codebook


def moves_of(rounds: Sequence[Round]) -> dict[int, list[Moved]]:
    """Round -> its moves in their order.

    Every reading that a move finds has it in its log; the readings given out first tell of all, and asking
    them alone spares going through every operation of the round.
    """
    found: dict[int, list[Moved]] = {one.pk: [] for one in rounds}
    project_of = {one.pk: one.project_id for one in rounds}
    versions = {
        (one.project_id, one.n): one
        for one in Codebook.objects.filter(project__in=set(project_of.values())).defer("source")
    }
    if len(versions) <= len(set(project_of.values())):
        return found
    given = Assignment.objects.filter(round__in=rounds).order_by().values("round")
    first = given.annotate(first=Min("pk"))
    living = first.exclude(state=Assignment.State.WITHDRAWN)
    asked = {row["first"] for rows in (first, living) for row in rows}
    logged = Operation.objects.filter(assignment__in=asked, kind=MOVED)
    told = {
        (of_round, at, body["from"], body["to"])
        for of_round, at, body in logged.values_list("assignment__round", "at", "body")
    }
    for of_round, at, before, after in sorted(told):
        project = project_of[of_round]
        found[of_round].append(Moved(at, versions[project, before], versions[project, after]))
    return found


def at(of_round: Round, moved: Sequence[Moved], when: datetime) -> Codebook:
    """The version the round was coded with at a moment."""
    for one in moved:
        if when < one.at:
            return one.before
    return of_round.codebook
