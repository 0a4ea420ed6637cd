"""The queue beside the board: the documents of a round that this person may settle, narrowed and put in order."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from coding.models import Assignment, Round
from projects.access import Pass
from reconciliation.models import Position
from reconciliation.queries import CONFLICTS, is_open, visible_documents
from sources.models import Document

State = Position.State
KINDS = {
    State.DIFFERS.value: "values differ",
    State.MISSING.value: "left out by a coder",
    State.UNMATCHED.value: "found by one coder only",
}
SHOWS = {
    "mine": "what I can settle now",
    "open": "not settled",
    "changed": "basis changed",
    "waiting": "not all handed in",
    "settled": "settled",
}
ORDERS = {"agreement": "lowest agreement first", "name": "by their own id"}


@dataclass(frozen=True)
class Wanted:
    """What the queue is narrowed to; empty means any. Without an order most open conflicts come first."""

    words: str = ""
    show: str = ""
    kind: str = ""
    coder: str = ""
    order: str = ""

    @property
    def query(self) -> str:
        """As an address carries it, with its question mark; empty when nothing is wanted."""
        told = {name: value for name, value in vars(self).items() if value}
        return f"?{urlencode(told)}" if told else ""


@dataclass(frozen=True)
class Entry:
    document: Document
    url: str
    conflicts: int
    kinds: frozenset[str]
    waiting: int
    changed: int
    incomplete: int
    agreement: int | None
    is_current: bool
    # This person coded the document; somebody else settles it unless the project allows otherwise.
    is_own: bool
    may_decide: bool

    @property
    def is_settled(self) -> bool:
        return self.waiting == 0

    @property
    def acceptable(self) -> int:
        return self.waiting - self.conflicts - self.incomplete

    @property
    def needs_me(self) -> bool:
        return self.may_decide and self.waiting > self.incomplete


def entries(
    holder: Pass, of_round: Round, current: Document | None = None, wanted: Wanted | None = None
) -> list[Entry]:
    """Documents with aligned events: most open conflicts first, then lowest agreement, settled ones last."""
    wanted = wanted or Wanted()
    seen = visible_documents(holder, of_round)
    for word in wanted.words.split():
        seen = seen.filter(Q(title__icontains=word) | Q(external_id__icontains=word))
    if wanted.coder:
        read = Assignment.objects.filter(
            round=of_round, coder__label=wanted.coder, state=Assignment.State.SUBMITTED
        )
        seen = seen.filter(pk__in=read.values("document"))
    counted = _counted(of_round, seen)
    own = set(
        Assignment.objects.filter(coder=holder.membership, document__in=list(counted))
        .exclude(state=Assignment.State.WITHDRAWN)
        .values_list("document_id", flat=True)
    )
    found = [
        _entry(
            holder, of_round, document, counted[document.pk], current, wanted, document.pk in own
        )
        for document in Document.objects.filter(pk__in=list(counted))
    ]
    return sorted((one for one in found if _is_wanted(one, wanted)), key=_ORDERS[wanted.order])


def labels(holder: Pass, of_round: Round) -> list[str]:
    """The coders of the documents this person may see."""
    work = Assignment.objects.filter(
        round=of_round,
        state=Assignment.State.SUBMITTED,
        document__in=visible_documents(holder, of_round).values("pk"),
    )
    return list(work.order_by("coder__label").values_list("coder__label", flat=True).distinct())


def _counted(of_round: Round, seen: QuerySet[Document]) -> dict[int, dict[str, Any]]:
    positions = Position.objects.filter(
        group__round=of_round,
        group__retired_at=None,
        group__document__in=seen.values("pk"),
    )
    rows = (
        positions.order_by()
        .values("group__document_id")
        .annotate(
            **{
                kind: Count("pk", filter=is_open() & Q(state=kind))
                for kind in (*KINDS, "incomplete")
            },
            waiting=Count("pk", filter=is_open()),
            changed=Count("pk", filter=Q(basis_changed=True)),
            agreed=Count("pk", filter=Q(state=State.AGREED)),
            compared=Count("pk", filter=Q(state__in=[State.AGREED, *CONFLICTS])),
        )
    )
    return {row["group__document_id"]: dict(row) for row in rows}


def _entry(
    holder: Pass,
    of_round: Round,
    document: Document,
    row: dict[str, Any],
    current: Document | None,
    wanted: Wanted,
    is_own: bool,
) -> Entry:
    address = reverse("board", args=[holder.project.slug, of_round.public_id, document.public_id])
    may_decide = holder.allows("reconciliation.decide") and (
        holder.project.own_adjudication_allowed or not is_own
    )
    return Entry(
        document,
        f"{address}{wanted.query}",
        conflicts=sum(row[kind] for kind in KINDS),
        kinds=frozenset(kind for kind in KINDS if row[kind]),
        waiting=row["waiting"],
        changed=row["changed"],
        incomplete=row["incomplete"],
        agreement=round(100 * row["agreed"] / row["compared"]) if row["compared"] else None,
        is_current=current is not None and document.pk == current.pk,
        is_own=is_own,
        may_decide=may_decide,
    )


def _is_wanted(one: Entry, wanted: Wanted) -> bool:
    if wanted.kind and wanted.kind not in one.kinds:
        return False
    return {
        "": True,
        "mine": one.needs_me,
        "open": not one.is_settled,
        "changed": one.changed > 0,
        "waiting": one.incomplete > 0,
        "settled": one.is_settled,
    }[wanted.show]


def _agreement(one: Entry) -> int:
    return one.agreement if one.agreement is not None else 101


_ORDERS = {
    "": lambda one: (one.is_settled, -one.conflicts, _agreement(one), one.document.external_id),
    "agreement": lambda one: (one.is_settled, _agreement(one), one.document.external_id),
    "name": lambda one: one.document.external_id,
}
