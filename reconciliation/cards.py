"""What the board shows, as frozen values: coders, cards, rows, cells, quotes. Filled by `board` and `rows`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from reconciliation.docket import joint_stamp
from reconciliation.models import Decision, Group, Position, Regrouping
from reconciliation.queries import CONFLICTS
from sources.models import Document, Text

# State of a position -> tone, icon, word.
LOOKS = {
    "agreed": ("agree", "check", "agreed"),
    "differs": ("differ", "differ", "differs"),
    "missing": ("missing", "missing", "left out"),
    "unmatched": ("caution", "person", "one coder only"),
    "incomplete": ("missing", "clock", "not all handed in"),
    "single": ("info", "person", "read by one"),
}
UNFILLED = ("missing", "missing", "nobody filled it")


def anchor(group: str, field: str) -> str:
    """The id of a row on the page."""
    return f"p-{group}-{field.strip('@')}"


@dataclass(frozen=True)
class BoardCoder:
    """One column: a label, how it is told apart, what came of the reading."""

    label: str
    letter: str
    key: int
    outcome: str
    outcome_reason: str


@dataclass(frozen=True)
class Quote:
    start: int
    end: int
    text: str
    page: int | None


@dataclass(frozen=True)
class Lead:
    """An event that a value refers to: its name, what it is in words, where its card stands (empty: not to be seen)."""

    name: str
    words: str
    url: str


@dataclass(frozen=True)
class Cell:
    """What one coder put into one position."""

    coder: BoardCoder
    has_event: bool
    is_blank: bool
    words: str
    quotes: Sequence[Quote]
    whole_document: str
    is_chosen: bool
    goes_against: bool
    leads: Sequence[Lead] = ()


@dataclass(frozen=True)
class Choice:
    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    """One position as the board shows it."""

    position: Position
    anchor: str
    label: str
    help: str
    tone: str
    icon: str
    word: str
    cells: Sequence[Cell]
    decided: str
    decision: Decision | None
    why_not_asked: str
    control: str
    choices: Sequence[Choice]
    typed: str
    # The adjudicator's own passages behind the decision, and the events it refers to.
    proofs: Sequence[Quote] = ()
    leads: Sequence[Lead] = ()
    may_be_proved: bool = False

    @property
    def is_unfilled(self) -> bool:
        """No coder filled it and nobody decided about it: shown because somebody asked to fill it."""
        return self.position.pk is None

    @cached_property
    def is_open(self) -> bool:
        return not self.position.is_settled and not self.why_not_asked

    @cached_property
    def can_decide(self) -> bool:
        return self.is_open and self.position.state != Position.State.INCOMPLETE

    @cached_property
    def is_conflict(self) -> bool:
        return self.is_open and self.position.state in CONFLICTS and not self.is_unfilled

    @cached_property
    def needs_deciding(self) -> bool:
        """What keys walk through: conflicts, and a field that somebody wants to fill."""
        return self.is_conflict or (self.is_unfilled and self.can_decide)

    @property
    def is_existence(self) -> bool:
        return self.position.field == Position.EXISTENCE


@dataclass(frozen=True)
class Term:
    name: str
    weight: float
    distance: float


@dataclass(frozen=True)
class PairDistance:
    """Why two codings were taken for the same event."""

    one: str
    other: str
    distance: float | None
    terms: Sequence[Term]


@dataclass(frozen=True)
class Unfilled:
    """A field of the card's type that no coder filled."""

    name: str
    label: str


@dataclass
class Card:
    """A group of events as the board shows it."""

    group: Group
    number: int
    type: str
    title: str
    labels: Sequence[str]
    rows: Sequence[Row]
    pairs: Sequence[PairDistance]
    resolved: Any
    # The person's decision that holds its events together or apart, where there is one.
    regrouped: Regrouping | None = None
    quotes: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    unfilled: Sequence[Unfilled] = ()

    @property
    def stamp(self) -> str:
        return joint_stamp(row.position for row in self.rows if not row.is_unfilled)

    @property
    def waits(self) -> bool:
        """A coder of the document has not handed in: nothing of it is decided yet."""
        return any(row.position.state == Position.State.INCOMPLETE for row in self.rows)

    def may_join(self, other: "Card") -> bool:
        """Whether both can be one event: no coder codes one event twice."""
        return other is not self and not set(self.labels) & set(other.labels)

    @property
    def open_rows(self) -> int:
        return sum(row.is_open and not row.is_unfilled for row in self.rows)

    @property
    def done_rows(self) -> int:
        return sum(not row.is_open for row in self.rows)

    @property
    def conflicts(self) -> int:
        return sum(row.is_conflict for row in self.rows)

    @property
    def is_settled(self) -> bool:
        return self.resolved is not None and self.resolved.reopened_at is None

    @property
    def is_event(self) -> bool:
        return bool(self.is_settled and self.resolved.is_event)


@dataclass(frozen=True)
class Board:
    document: Document
    text: Text
    coders: Sequence[BoardCoder]
    cards: Sequence[Card]

    @property
    def joins(self) -> list[tuple[Card, list[Card]]]:
        """Each card with those it could be merged with."""
        return [(card, [one for one in self.cards if card.may_join(one)]) for card in self.cards]

    @property
    def marks(self) -> list[list[Any]]:
        """[start, end, letter of the coder, group] of every passage, for the highlights."""
        letters = {coder.label: coder.letter for coder in self.coders}
        return [
            [start, end, letters[label], card.group.public_id]
            for card in self.cards
            for label, spans in sorted(card.quotes.items())
            for start, end in spans
        ]

    @property
    def agreed(self) -> int:
        return sum(
            row.can_decide and row.position.state == Position.State.AGREED
            for card in self.cards
            for row in card.rows
        )

    @property
    def singles(self) -> int:
        return sum(
            row.can_decide and row.position.state == Position.State.SINGLE
            for card in self.cards
            for row in card.rows
        )

    @property
    def conflicts(self) -> int:
        return sum(card.conflicts for card in self.cards)
