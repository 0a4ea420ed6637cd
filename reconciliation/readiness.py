"""When enough coders of a document have handed in for it to be aligned. Never writes.

Without a rule of its own a round waits, document by document, for everybody the document was given to.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet

from coding.models import Assignment, Round
from reconciliation.models import Routine
from sources.models import Document


@dataclass(frozen=True)
class Readiness:
    """Of one document in a round: to how many coders it was given, how many handed in, how many are enough."""

    given: int
    handed_in: int
    enough: int | None

    @property
    def needed(self) -> int:
        return self.given if self.enough is None else min(self.enough, self.given)

    @property
    def is_ready(self) -> bool:
        return 0 < self.needed <= self.handed_in

    @property
    def words(self) -> str:
        coders = "coder" if self.given == 1 else "coders"
        return (
            f"{self.handed_in} of {self.given} {coders} of this document handed in; "
            f"{self.needed} {'is' if self.needed == 1 else 'are'} enough"
        )


@dataclass(frozen=True)
class Tally:
    """How many documents of a round are ready."""

    ready: int = 0
    documents: int = 0

    def __add__(self, one: Readiness) -> "Tally":
        return Tally(self.ready + one.is_ready, self.documents + 1)


def of_documents(of_round: Round, document: Document | None = None) -> dict[int, Readiness]:
    """By the document's row, for all documents of a round or for one."""
    work = Assignment.objects.filter(round=of_round)
    if document is not None:
        work = work.filter(document=document)
    enough = Routine.objects.filter(round=of_round).values_list("enough", flat=True).first()
    return {row: found for _, row, found in _counted(work, {of_round.pk: enough})}


def of_rounds(enough: Mapping[int, int | None], unseen: Collection[int] = ()) -> dict[int, Tally]:
    """By the round's row, which is given with how many coders are enough in it; one query for all of them.

    `unseen` documents count as not ready.
    """
    told = dict.fromkeys(enough, Tally())
    work = Assignment.objects.filter(round__in=list(enough))
    for of_round, document, found in _counted(work, enough):
        told[of_round] += found if document not in unseen else replace(found, handed_in=0)
    return told


def _counted(
    work: QuerySet[Assignment], enough: Mapping[int, int | None]
) -> Iterator[tuple[int, int, Readiness]]:
    """Round, document and how ready it is."""
    rows = (
        work.filter(sitting=1)
        .exclude(state=Assignment.State.WITHDRAWN)
        .order_by()
        .values("round_id", "document_id")
        .annotate(
            given=Count("pk"), handed_in=Count("pk", filter=Q(state=Assignment.State.SUBMITTED))
        )
    )
    for row in rows.values_list("round_id", "document_id", "given", "handed_in").iterator():
        yield row[0], row[1], Readiness(row[2], row[3], enough.get(row[0]))
