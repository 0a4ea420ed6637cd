"""What evidence of codings on an older text would carry over to the current one. Asks only; never re-codes.

Assignments stay pinned to their text. Whose codings are counted is the blind rule's.
"""

from dataclasses import dataclass

from coding.access import visible_assignments
from coding.models import Assignment
from projects.access import Pass
from sources import carrying
from sources.models import Document

REASONS = {
    "gone": "the words are not in the current text",
    "several": "stands several times with the same surroundings",
    "changed": "the words are there, their surroundings changed",
}


@dataclass(frozen=True)
class LeftPassage:
    """A passage a person must look at; `near` is where its bare words stand in the current text, nearest first."""

    exact: str
    start: int
    reason: str
    near: tuple[int, ...]


@dataclass(frozen=True)
class CarriedAssignment:
    assignment: Assignment
    text_n: int
    carried: int
    left: tuple[LeftPassage, ...]

    @property
    def total(self) -> int:
        return self.carried + len(self.left)


def of_document(holder: Pass, document: Document) -> list[CarriedAssignment]:
    """One entry for each visible assignment that is pinned to another text than the current one."""
    current = document.current_text
    if current is None:
        return []
    older = (
        visible_assignments(holder)
        .filter(document=document)
        .exclude(text=current)
        .select_related("round", "coder__user", "text")
        .prefetch_related("passages")
        .order_by("round__name", "coder__label")
    )
    return [_entry(assignment, current.body) for assignment in older]


def _entry(assignment: Assignment, body: str) -> CarriedAssignment:
    quotes = [
        carrying.Quote(passage.exact, passage.before, passage.after, passage.start)
        for passage in assignment.passages.all()
    ]
    found = carrying.carry(quotes, body)
    left = tuple(
        LeftPassage(one.quote.exact, one.quote.start, REASONS[one.reason], one.near)
        for one in found.left
    )
    return CarriedAssignment(assignment, assignment.text.n, len(found.carried), left)
