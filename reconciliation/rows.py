"""The rows of one card: each position with what every coder put there, what is decided and what may be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coding import schema, wording
from reconciliation.cards import (
    LOOKS,
    UNFILLED,
    BoardCoder,
    Cell,
    Choice,
    Lead,
    Row,
    anchor,
)
from reconciliation.leads import Leads
from reconciliation.models import Group, Position
from reconciliation.positions import TYPE
from reconciliation.quotes import Quotes


@dataclass(frozen=True)
class Context:
    """What the rows of one card have in common."""

    group: Group
    coders: Sequence[BoardCoder]
    members: Mapping[str, Any]
    quotes: Quotes
    codebook: schema.Codebook
    type_code: str
    fields: Mapping[str, schema.Field]
    decided: Mapping[str, Any]
    leads: Leads

    def row(self, position: Position) -> Row:
        found = self.fields.get(position.field)
        tone, icon, word = LOOKS[position.state] if position.pk else UNFILLED
        decision = position.decision
        chosen = decision.value[0] if decision and decision.value else None
        control, choices = self._control(position.field, found, chosen)
        return Row(
            position=position,
            anchor=anchor(self.group.public_id, position.field),
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
            proofs=self.quotes.proving(position.decision_id),
            leads=self._leads(position.field, chosen),
            may_be_proved=position.field not in {Position.EXISTENCE, TYPE},
        )

    def _leads(self, name: str, given: Any) -> list[Lead]:
        return self.leads.of(given) if name in self.leads.fields else []

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
        if name in self.leads.fields and not schema.is_missing(given):
            return "; ".join(lead.words for lead in self.leads.of(given))
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
            leads=self._leads(position.field, given),
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
