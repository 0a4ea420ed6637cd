"""The adjudication board of one document as values for the screen: coders, cards, rows, cells, quotes. Never writes.

Who may see the document is queries.py's door; what deciding does is adjudication's.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet

from coding import schema, wording
from coding.access import visible_assignments
from coding.models import Assignment, Evidence, Round
from projects.access import Pass
from reconciliation.docket import joint_stamp
from reconciliation.models import Decision, Group, Member, Position, Regrouping
from reconciliation.positions import TYPE
from reconciliation.queries import CONFLICTS, visible_groups
from sources.models import Document, Text

LETTERS = "abcd"
LONGEST_QUOTE = 160

# State of a position -> tone, icon, word.
LOOKS = {
    "agreed": ("agree", "check", "agreed"),
    "differs": ("differ", "differ", "differs"),
    "missing": ("missing", "missing", "left out"),
    "unmatched": ("caution", "person", "one coder only"),
    "incomplete": ("missing", "clock", "not all handed in"),
    "single": ("info", "person", "read by one"),
}


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

    @property
    def is_open(self) -> bool:
        return not self.position.is_settled and not self.why_not_asked

    @property
    def can_decide(self) -> bool:
        return self.is_open and self.position.state != Position.State.INCOMPLETE

    @property
    def is_conflict(self) -> bool:
        return self.is_open and self.position.state in CONFLICTS

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

    @property
    def stamp(self) -> str:
        return joint_stamp(row.position for row in self.rows)

    def may_join(self, other: "Card") -> bool:
        """Whether both can be one event: no coder codes one event twice."""
        return other is not self and not set(self.labels) & set(other.labels)

    @property
    def open_rows(self) -> int:
        return sum(row.is_open for row in self.rows)

    @property
    def done_rows(self) -> int:
        return len(self.rows) - self.open_rows

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


def board(holder: Pass, of_round: Round, document: Document) -> Board:
    """Everything the board shows of one document. Call it with a document from `board_document_for`."""
    assignments = list(
        visible_assignments(holder)
        .filter(round=of_round, document=document, state=Assignment.State.SUBMITTED, sitting=1)
        .select_related("coder", "text")
        .order_by("coder__label", "sitting")
    )
    text = assignments[0].text
    coders = [
        BoardCoder(
            one.label,
            LETTERS[n % len(LETTERS)],
            n + 1,
            one.outcome,
            one.outcome_reason,
        )
        for n, one in enumerate(assignments)
    ]
    groups = (
        visible_groups(holder, of_round)
        .filter(document=document)
        .select_related("resolved")
        .prefetch_related(
            Prefetch("positions", Position.objects.select_related("decision").order_by("order")),
            Prefetch("members", Member.objects.select_related("event").order_by("label")),
        )
        .order_by("position", "id")
    )
    quotes = _Quotes(text, groups)
    codebook = of_round.codebook.parsed
    regroupings = _last_spoken_of(of_round, document)
    cards = [
        _card(group, number, coders, quotes, codebook, regroupings)
        for number, group in enumerate(groups, start=1)
    ]
    return Board(document, text, coders, cards)


def _last_spoken_of(of_round: Round, document: Document) -> dict[str, Regrouping]:
    """Id of an event -> the last decision about what it belongs together with."""
    found: dict[str, Regrouping] = {}
    for made in Regrouping.objects.filter(round=of_round, document=document).order_by("id"):
        for uid in made.released:
            found.pop(uid, None)
        for uid in (uid for several in (*made.together, *made.apart) for uid in several):
            found[uid] = made
    return found


class _Quotes:
    """The passages of all events of a board, read once."""

    def __init__(self, text: Text, groups: QuerySet[Group]) -> None:
        self._pages = list(text.pages.order_by("number").values_list("start", "number"))
        self._found: dict[tuple[int, str], list[Quote]] = defaultdict(list)
        events = [member.event_id for group in groups for member in group.members.all()]
        links = (
            Evidence.objects.filter(event__in=events)
            .select_related("passage")
            .order_by("event_id", "field", "passage__start", "passage__end")
        )
        for link in links:
            passage = link.passage
            self._found[link.event_id, link.field].append(
                Quote(
                    passage.start, passage.end, _shortened(passage.exact), self._page(passage.start)
                )
            )

    def of(self, event: int, name: str) -> list[Quote]:
        return self._found.get((event, name), [])

    def spans(self, event: int) -> list[tuple[int, int]]:
        return sorted(
            {
                (q.start, q.end)
                for (owner, _), found in self._found.items()
                if owner == event
                for q in found
            }
        )

    def _page(self, start: int) -> int | None:
        if len(self._pages) < 2:
            return None
        at = bisect_right(self._pages, (start, 10**9)) - 1
        return self._pages[max(at, 0)][1]


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST_QUOTE else f"{flat[: LONGEST_QUOTE - 1].rstrip()}…"


def _card(
    group: Group,
    number: int,
    coders: Sequence[BoardCoder],
    quotes: _Quotes,
    codebook: schema.Codebook,
    regroupings: Mapping[str, Regrouping],
) -> Card:
    members = {member.label: member.event for member in group.members.all()}
    positions = list(group.positions.all())
    decided = {
        position.field: position.decision.value[0]
        for position in positions
        if position.is_settled and position.decision and position.decision.value
    }
    type_code = decided.get(TYPE, group.type)
    fields = _fields(codebook, [type_code, *(event.type for event in members.values())])
    context = _Context(group, coders, members, quotes, codebook, type_code, fields, decided)
    titles = [str(event.values["title"]) for event in members.values() if event.values.get("title")]
    return Card(
        group=group,
        number=number,
        type=type_code,
        title=str(
            decided.get("title") or (titles[0] if titles else codebook.type(type_code).label)
        ),
        labels=sorted(members),
        rows=[context.row(position) for position in positions],
        pairs=[
            PairDistance(
                one,
                other,
                distance,
                [Term(name, weight, part) for name, (weight, part) in sorted(terms.items())],
            )
            for one, other, distance, terms in group.distances
        ],
        resolved=getattr(group, "resolved", None),
        regrouped=next(
            (
                regroupings[str(event.uid)]
                for event in members.values()
                if str(event.uid) in regroupings
            ),
            None,
        ),
        quotes={label: quotes.spans(event.pk) for label, event in members.items()},
    )


def _fields(codebook: schema.Codebook, types: Sequence[str]) -> dict[str, schema.Field]:
    found: dict[str, schema.Field] = {}
    for code in types:
        for one in codebook.fields_of(code):
            found.setdefault(one.name, one)
    return found


@dataclass(frozen=True)
class _Context:
    """What the rows of one card have in common."""

    group: Group
    coders: Sequence[BoardCoder]
    members: Mapping[str, Any]
    quotes: _Quotes
    codebook: schema.Codebook
    type_code: str
    fields: Mapping[str, schema.Field]
    decided: Mapping[str, Any]

    def row(self, position: Position) -> Row:
        found = self.fields.get(position.field)
        tone, icon, word = LOOKS[position.state]
        decision = position.decision
        chosen = decision.value[0] if decision and decision.value else None
        control, choices = self._control(position.field, found, chosen)
        return Row(
            position=position,
            anchor=f"p-{self.group.public_id}-{position.field.strip('@')}",
            label=self._label(position.field, found),
            help=str(found.help) if found else "",
            tone=tone,
            icon=icon,
            word=word,
            cells=[self._cell(position, coder, found, chosen) for coder in self.coders],
            decided=self._words(position.field, found, chosen) if decision else "",
            decision=decision,
            why_not_asked=self._why_not_asked(position, found),
            control=control,
            choices=choices,
            typed=wording.typed(found, chosen),
        )

    def _label(self, name: str, found: schema.Field | None) -> str:
        if name == Position.EXISTENCE:
            return "Is it an event?"
        if name == TYPE:
            return "Event type"
        return str(found.label) if found else name

    def _words(self, name: str, found: schema.Field | None, given: Any) -> str:
        if given is None:
            return "left empty"
        if name == Position.EXISTENCE:
            return "an event" if given else "no event"
        if name == TYPE:
            return (
                f"{given} {self.codebook.type(given).label}"
                if self.codebook.has_type(given)
                else str(given)
            )
        return wording.value(found, given)

    def _cell(
        self, position: Position, coder: BoardCoder, found: schema.Field | None, chosen: Any
    ) -> Cell:
        event = self.members.get(coder.label)
        given = position.candidates.get(coder.label)
        is_blank = coder.label not in position.candidates
        others = [value for label, value in position.candidates.items() if label != coder.label]
        return Cell(
            coder=coder,
            has_event=event is not None,
            is_blank=is_blank,
            words="" if is_blank else self._words(position.field, found, given),
            quotes=self.quotes.of(event.pk, position.field) if event else [],
            whole_document=str(event.whole_document.get(position.field, "")) if event else "",
            is_chosen=position.is_settled and not is_blank and given == chosen,
            goes_against=any(value != given for value in others),
        )

    def _why_not_asked(self, position: Position, found: schema.Field | None) -> str:
        """Set when what is settled already makes this position pointless; it is then not waited for."""
        if position.is_settled or position.field == Position.EXISTENCE:
            return ""
        if self.decided.get(Position.EXISTENCE) == 0:
            return "not asked: it is no event"
        if position.field == TYPE:
            return ""
        own = {one.name for one in self.codebook.fields_of(self.type_code)}
        if TYPE in self.decided and position.field not in own:
            return f"not asked for {self.type_code}"
        if found is None or found.visible_if is None:
            return ""
        if not all(name in self.decided for name in found.visible_if.names()):
            return ""
        shown = schema.shown_fields(self.codebook, self.type_code, dict(self.decided))
        return "" if position.field in shown else "not asked with what is settled above"

    def _control(
        self, name: str, found: schema.Field | None, chosen: Any
    ) -> tuple[str, list[Choice]]:
        """Which plain control takes the adjudicator's own value, and what it offers."""
        if name == Position.EXISTENCE:
            return "none", []
        if name == TYPE:
            return "select", [
                Choice(one.code, f"{one.code} {one.label}", one.code == chosen)
                for one in self.codebook.types
            ]
        if found is None:
            return "none", []
        among = chosen if isinstance(chosen, list) else [chosen]
        choices = [
            Choice(str(option.code), wording.option(option), option.code in among)
            for option in found.options
            if option.code != "-7"
        ]
        if found.kind == "boolean":
            choices = [Choice("1", "1 yes", chosen == 1), Choice("0", "0 no", chosen == 0)]
        if found.kind not in {"single_choice", "multi_choice", "boolean"}:
            kinds = {"date": "date", "state": "state", "state_list": "states", "text": "textarea"}
            return kinds.get(found.kind, "text"), []
        known = {choice.code for choice in choices}
        choices += [
            Choice(code, f"{code} {wording.MISSING[code]}", code in among)
            for code in found.missing
            if code != "-7" and code not in known
        ]
        return ("multiple" if found.kind == "multi_choice" else "select"), choices
