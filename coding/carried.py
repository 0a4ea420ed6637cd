"""What evidence of codings on an older text stands where in the current one. Asks only; never re-codes.

Found where the quote with its context stands exactly once; for the rest a person's settlement holds, if there is one.
Assignments stay pinned to their text. Whose codings are told is the blind rule's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from coding import settlements
from coding.access import visible_assignments
from coding.models import Assignment, Passage, Settlement
from projects.access import Pass
from projects.refusals import Missing
from sources import carrying
from sources.models import Document, Text

REASONS = {
    "gone": "The words are not in the current text.",
    "several": "The words stand several times with the same surroundings.",
    "changed": "The words are there, but their surroundings changed.",
}


@dataclass(frozen=True)
class CarriedPassage:
    """A passage found again at [start, end) of the current text."""

    passage: Passage
    start: int
    end: int


@dataclass(frozen=True)
class LeftPassage:
    """A passage that needs a person; `near` is where its bare words stand in the current text, nearest first."""

    passage: Passage
    reason: str
    near: tuple[int, ...]
    settlement: Settlement | None
    seen: int = 0  # the number of its last settlement, also of one that no longer holds
    marked_words: str = ""

    @property
    def exact(self) -> str:
        return self.passage.exact

    @property
    def start(self) -> int:
        return self.passage.start

    @property
    def uid(self) -> UUID:
        return self.passage.uid

    @property
    def suggested(self) -> tuple[tuple[int, int], ...]:
        """The places in the current text at which the bare words stand."""
        length = self.passage.end - self.passage.start
        return tuple((place, place + length) for place in self.near)


@dataclass(frozen=True)
class CarriedAssignment:
    assignment: Assignment
    carried: tuple[CarriedPassage, ...]
    left: tuple[LeftPassage, ...]
    may_settle: bool

    @property
    def text_n(self) -> int:
        return self.assignment.text.n

    @property
    def total(self) -> int:
        return len(self.carried) + len(self.left)

    @property
    def open(self) -> tuple[LeftPassage, ...]:
        """What waits for a person."""
        return tuple(one for one in self.left if one.settlement is None)

    @property
    def settled(self) -> int:
        return len(self.left) - len(self.open)

    @property
    def carried_words(self) -> str:
        return f"{len(self.carried)} of {self.total} carried over"

    @property
    def settled_words(self) -> str:
        return f"{self.settled} settled"

    @property
    def open_words(self) -> str:
        return f"{len(self.open)} to settle"

    def passage(self, uid: UUID) -> LeftPassage:
        for one in self.left:
            if one.uid == uid:
                return one
        raise Missing("There is no such passage that needs a person.")

    def next_after(self, uid: UUID) -> LeftPassage | None:
        """The next passage that waits, after this one in the order of the text, else from its beginning."""
        order = [one.uid for one in self.left]
        at = order.index(uid) if uid in order else 0
        turned = (*self.left[at + 1 :], *self.left[:at])
        return next((one for one in turned if one.settlement is None), None)


def of_document(holder: Pass, document: Document) -> list[CarriedAssignment]:
    """One entry for each visible assignment that is pinned to another text than the current one."""
    current = document.current_text
    if current is None:
        return []
    older = (
        visible_assignments(holder)
        .filter(document=document)
        .exclude(text=current)
        .select_related("round", "coder__user", "text", "document")
        .prefetch_related("passages")
        .order_by("round__name", "coder__label", "sitting")
    )
    told = list(older)
    settled = _settled(told, current)
    return [_entry(holder, one, current, settled) for one in told]


def of_assignment(holder: Pass, document: Document, public_id: str) -> CarriedAssignment:
    for entry in of_document(holder, document):
        if entry.assignment.public_id == public_id:
            return entry
    raise Missing("There is no such coding on an earlier text, or it is not yours to see.")


def _settled(of: Iterable[Assignment], text: Text) -> dict[tuple[int, UUID], Settlement]:
    rows = (
        Settlement.objects.filter(assignment__in=[one.pk for one in of], text=text)
        .select_related("by")
        .order_by("n")
    )
    return {(row.assignment_id, row.passage): row for row in rows}


def _entry(
    holder: Pass,
    assignment: Assignment,
    text: Text,
    settled: dict[tuple[int, UUID], Settlement],
) -> CarriedAssignment:
    passages = list(assignment.passages.all())
    by_quote = [
        (carrying.Quote(one.exact, one.before, one.after, one.start), one) for one in passages
    ]
    found = carrying.carry([quote for quote, _ in by_quote], text.body)
    rows = {id(quote): passage for quote, passage in by_quote}
    carried = tuple(
        CarriedPassage(rows[id(one.quote)], one.start, one.end) for one in found.carried
    )
    left = []
    for one in found.left:
        passage = rows[id(one.quote)]
        last = settled.get((assignment.pk, passage.uid))
        holds = last if last and _is_about(last, passage) else None
        words = text.body[holds.start : holds.end] if holds and holds.start is not None else ""
        seen = last.n if last else 0
        left.append(LeftPassage(passage, REASONS[one.reason], one.near, holds, seen, words))
    return CarriedAssignment(
        assignment, carried, tuple(left), settlements.may_settle(holder, assignment)
    )


def _is_about(settlement: Settlement, passage: Passage) -> bool:
    """A passage that its coder has moved since is another one: it waits again."""
    return (settlement.from_start, settlement.from_end) == (passage.start, passage.end)
