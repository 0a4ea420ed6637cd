"""With which version of the codebook a round was coded when. Never writes.

A round keeps only its present version; the moves before it stand in the logs of its readings (`moves`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from coding.events import MOVED
from coding.models import Codebook, Operation, Round


@dataclass(frozen=True)
class Moved:
    """A round went over to another version, at this moment."""

    at: datetime
    before: Codebook
    after: Codebook


def moves_of(rounds: Sequence[Round]) -> dict[int, list[Moved]]:
    """Round -> its moves in their order; every reading's log tells the same ones, so one is asked of each moment."""
    logged = (
        Operation.objects.filter(assignment__round__in=rounds, kind=MOVED)
        .order_by()
        .values("assignment__round", "at")
        .annotate(first=Min("pk"))
    )
    told = {
        row["first"]: (row["assignment__round"], row["at"]) for row in logged
    }  # fmt: skip
    versions = {
        (one.project_id, one.n): one
        for one in Codebook.objects.filter(project__in={one.project_id for one in rounds})
    }
    projects = {one.pk: one.project_id for one in rounds}
    found: dict[int, list[Moved]] = {one.pk: [] for one in rounds}
    for operation in Operation.objects.filter(pk__in=told):
        of_round, at = told[operation.pk]
        before, after = (
            versions[projects[of_round], operation.body[side]] for side in ("from", "to")
        )
        found[of_round].append(Moved(at, before, after))
    return {pk: sorted(moved, key=lambda one: one.at) for pk, moved in found.items()}


def at(of_round: Round, moved: Sequence[Moved], when: datetime) -> Codebook:
    """The version the round was coded with at a moment."""
    for one in moved:
        if when < one.at:
            return one.before
    return of_round.codebook
