"""One group under decision: what is open in it, what is being decided, and what it comes to.

The verbs in `adjudication` fill a docket and close it; closing appends the decisions, points the
positions to them, writes one ledger line, and brings about the resolved event when nothing is open.
"""

import hashlib
import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils import timezone

from coding import schema
from coding.models import Assignment, Round
from projects import ledger
from projects.access import Pass
from projects.refusals import Invalid, Missing, NotAllowed, Stale, WrongState
from reconciliation import inputs, outcomes, positions, queries, quoting, references
from reconciliation.models import Decision, Group, Member, Position, Proof
from reconciliation.positions import TYPE
from sources.models import Text
from sources.state_lists import ProjectStates

Kind = Decision.Kind
# What a person decided by looking; the rest follows from agreement or the codebook.
BY_A_PERSON = {Kind.ADOPTED, Kind.OWN, Kind.REOPENED}
UNDECIDABLE = "-7"
OWN_CODING = (
    "You coded this document yourself. Somebody else settles its conflicts, unless the "
    "project's settings allow adjudicating one's own coding."
)


def coded_it(group: Group, holder: Pass) -> bool:
    """Whether this person coded the group's document, in any round."""
    return (
        Assignment.objects.filter(document_id=group.document_id, coder=holder.membership)
        .exclude(state=Assignment.State.WITHDRAWN)
        .exists()
    )


def joint_stamp(positions: Iterable[Position]) -> str:
    """One stamp for everything a group shows."""
    told = sorted(f"{position.field}={position.stamp}" for position in positions)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def changed_since() -> Stale:
    return Stale(
        "This was decided or coded anew since you loaded the page, so nothing was changed. "
        "Look at it as it stands now, then decide."
    )


class Docket:
    """Opened inside the verb's transaction; holds the group's row until that ends."""

    def __init__(self, group_pk: int, by: Pass) -> None:
        by.require("reconciliation.decide")
        self.by = by
        self.group = (
            Group.objects.select_for_update(of=("self",))
            .select_related("round__project", "round__codebook", "document")
            .get(pk=group_pk)
        )
        if self.group.retired_at is not None:
            raise WrongState("These events were aligned anew; load the document again.")
        if self.group.round.kind == Round.Kind.TRAINING:
            raise WrongState(
                "A training round is not settled: nothing of it goes into the dataset. Its figures stand as they are."
            )
        self.own_coding = coded_it(self.group, by)
        if self.own_coding and not by.project.own_adjudication_allowed:
            raise NotAllowed(OWN_CODING)
        self.positions = {
            position.field: position
            for position in self.group.positions.select_related("decision").order_by("order")
        }
        self.made: list[Decision] = []
        self.proofs: list[Proof] = []

    @cached_property
    def states(self) -> ProjectStates:
        return ProjectStates(self.group.round.project_id)

    @cached_property
    def codebook(self) -> schema.Codebook:
        return self.group.round.codebook.parsed

    @cached_property
    def members(self) -> dict[str, Member]:
        found = Member.objects.filter(group=self.group).select_related("event", "coder")
        return {member.label: member for member in found}

    @cached_property
    def fields(self) -> dict[str, schema.Field]:
        """The fields of every type a coder gave this event, or that was decided for it."""
        found: dict[str, schema.Field] = {}
        for code in sorted(self._types):
            for field in self.codebook.fields_of(code):
                found.setdefault(field.name, field)
        return found

    @property
    def _types(self) -> set[str]:
        decided = self.positions[TYPE].decision
        given = {self.group.type, *(member.event.type for member in self.members.values())}
        return given | set(decided.value if decided else [])

    def position(self, field: str, seen: str = "") -> Position:
        """The position as it stands; Stale when `seen`, its stamp on the page acted from, is another.

        A field that no coder filled has none yet; it gets one with the decision that fills it.
        """
        if field not in self.positions:
            self.positions[field] = self._unfilled(field)
        position = self.positions[field]
        if seen and seen != position.stamp:
            raise changed_since()
        return position

    def _unfilled(self, name: str) -> Position:
        codes = [one.code for one in self.codebook.types]
        fields = positions.fields_for(sorted(self._types, key=codes.index), self.codebook)
        order = next((n for n, one in enumerate(fields, start=2) if one.name == name), None)
        if order is None:
            raise Missing("These events have no such field any more; load the document again.")
        waits = self.positions[Position.EXISTENCE].state == Position.State.INCOMPLETE
        state = Position.State.INCOMPLETE if waits else Position.State.MISSING
        return Position(
            group=self.group, field=name, order=order, state=state, candidates={}, basis=""
        )

    @cached_property
    def text(self) -> Text:
        """What the group's events were coded on, the same for all of them."""
        member = next(iter(self.members.values()))
        return Text.objects.get(assignments=member.event.assignment_id)

    def was_seen(self, seen: str) -> None:
        """The same for a decision about the whole group."""
        if seen and seen != joint_stamp(self.positions.values()):
            raise changed_since()

    @property
    def is_rejected(self) -> bool:
        """Decided to be no event: nothing else of it is asked."""
        existence = self.positions[Position.EXISTENCE]
        return (
            existence.is_settled
            and existence.decision is not None
            and existence.decision.value == [0]
        )

    @property
    def open_positions(self) -> list[Position]:
        return [
            position
            for position in self.positions.values()
            if not position.is_settled and position.state != Position.State.INCOMPLETE
        ]

    def read(self, field_name: str, value: Any) -> Any:
        """The value as the field takes it; an adjudicator decides what coders could have coded, and no -7."""
        if field_name == Position.EXISTENCE:
            if value not in (0, 1, "0", "1"):
                raise Invalid("Whether it is an event is 1 or 0.")
            return int(value)
        if field_name == TYPE:
            if value not in [event_type.code for event_type in self.codebook.types]:
                raise Invalid(f"“{value}” is no event type of the codebook.")
            return value
        field = self.fields.get(field_name)
        if field is None:
            raise Invalid(f"Events of this type have no field “{field_name}”.")
        try:
            canonical = schema.read_value(field, value, states=self.states)
        except schema.ValueInvalid as refusal:
            raise Invalid(f"{field.label}: {refusal}") from None
        if field.kind in references.KINDS and not schema.is_missing(canonical):
            if isinstance(canonical, list):
                return sorted({self._reference(field, one) for one in canonical})
            return self._reference(field, canonical)
        return canonical

    def _reference(self, field: schema.Field, told: str) -> str:
        """An event told as a coder and its number or own id, by the name of its group's first.

        Of another document the document's own id stands before it: d7#C1:2.
        """
        label, _, own_id = told.partition(":")
        here = self._first(Q(group__document=self.group.document_id), label, own_id)
        if here is not None:
            return references.name(*here)
        named = references.elsewhere(told)
        if named is not None:
            there = self._first_elsewhere(named)
            if there is not None:
                return references.name_elsewhere(named.document, named.round, *there)
        raise Invalid(
            f"{field.label}: “{told}” names no event of this document; write a coder and the "
            "event's number or own id, such as C1:2, and before it the own id of the document where it is "
            f"another one, such as {self.group.document.external_id}#C1:2."
        )

    def _first_elsewhere(self, named: references.Elsewhere) -> tuple[str, int] | None:
        project, of_round = self.group.round.project_id, self.group.round_id
        if named.round is not None:
            numbers = inputs.round_numbers(self.group.round)
            of_round = next((pk for pk, n in numbers.items() if n == named.round), -1)
        # What the adjudicator still codes may not be looked into by a link either.
        seen = queries.visible_documents(self.by).filter(
            project=project, external_id=named.document
        )
        return self._first(
            Q(group__document__in=seen.values("pk")), named.label, named.own, of_round=of_round
        )

    def _first(
        self, where: Q, label: str, own_id: str, *, of_round: int | None = None
    ) -> tuple[str, int] | None:
        """Label and number of the first event of the one group that is meant."""
        named = Q(event__own_id=own_id)
        if re.fullmatch("[0-9]{1,8}", own_id):
            named |= Q(event__position=int(own_id))
        living = Member.objects.filter(
            where,
            group__round=self.group.round_id if of_round is None else of_round,
            group__retired_at=None,
        ).select_related("event")
        meant = {member.group_id for member in living.filter(named, label=label)}
        if len(meant) != 1 or not own_id:
            return None
        first = living.filter(group__in=meant).order_by("label")[0]
        return first.label, first.event.position

    def settle(
        self,
        position: Position,
        kind: Decision.Kind,
        value: list[Any],
        *,
        adopted_from: str = "",
        reason: str = "",
        error_kind: str = "",
        codebook_needs_work: bool = False,
        rule: str = "",
        passages: str = "",
    ) -> Decision:
        """Put one decision on the docket: [value], or [] for a field that stays empty or is open again."""
        if position.state == Position.State.INCOMPLETE and kind != Kind.REOPENED:
            raise WrongState(
                "A coder of this document has not handed in yet; it is settled when all have."
            )
        if value == [UNDECIDABLE]:
            raise Invalid(
                "“Sources conflict” cannot be the decision: choose a value, or -9 for unknown."
            )
        if error_kind not in Decision.ErrorKind.values:
            kinds = ", ".join(one for one in Decision.ErrorKind.values if one)
            raise Invalid(f"That kind of error is not known here. Known are: {kinds}.")
        if not value and position.pk is None:
            raise Invalid("Nobody filled this field; there is nothing to leave empty.")
        given = position.candidates
        against = sorted(
            {label for label, candidate in given.items() if [candidate] != value}
            # Who left it blank in an event of theirs is overridden by a value too.
            | {label for label in self.members if value and label not in given}
        )
        if against and not reason and kind in {Kind.ADOPTED, Kind.OWN}:
            raise Invalid(f"This goes against {', '.join(against)}: please give a reason.")
        member = self.members.get(adopted_from)
        decision = Decision(
            group=self.group,
            field=position.field,
            kind=kind,
            value=value,
            adopted_from=member.event if member else None,
            candidates=position.candidates,
            basis=position.basis,
            rule=rule,
            reason=reason,
            error_kind=error_kind,
            codebook_needs_work=codebook_needs_work,
            by=self.by.user,
            by_label=self.by.label,
            own_coding=self.own_coding,
            at=timezone.now(),
        )
        if passages.strip():
            self._prove(decision, passages)
        self.made.append(decision)
        return decision

    def _prove(self, decision: Decision, told: str) -> None:
        if decision.field in {Position.EXISTENCE, TYPE}:
            raise Invalid("Passages prove the values of fields; give the event its passages there.")
        try:
            found = quoting.passages(told, self.text.body)
        except quoting.QuoteInvalid as refusal:
            raise Invalid(str(refusal)) from None
        self.proofs += [
            Proof(decision=decision, start=start, end=end, exact=self.text.body[start:end])
            for start, end in found
        ]

    def close(self) -> bool:
        """Write what was decided. True when the group came to a resolved event by it."""
        if not self.made:
            return False
        self._supersede()
        Decision.objects.bulk_create(self.made)
        Proof.objects.bulk_create(self.proofs)
        for decision in self.made:
            position = self.positions[decision.field]
            position.decision = None if decision.kind == Kind.REOPENED else decision
            position.basis_changed = False
        changed = [self.positions[decision.field] for decision in self.made]
        Position.objects.bulk_create(one for one in changed if one.pk is None)
        Position.objects.bulk_update(changed, ["decision", "basis_changed"])
        # Agreement and rules speak for themselves in their decisions; the ledger tells of people's.
        judged = [decision for decision in self.made if decision.kind in BY_A_PERSON]
        if judged:
            ledger.record(
                self.group.round.project,
                "group.decide",
                self.group,
                by=self.by.user,
                difference={decision.field: decision.kind for decision in judged},
            )
        return outcomes.follow(self.group, self.positions.values(), self.codebook, by=self.by.user)

    def _supersede(self) -> None:
        fields = [decision.field for decision in self.made]
        earlier = Decision.objects.filter(group=self.group, field__in=fields).order_by("id")
        latest = {decision.field: decision for decision in earlier}
        for decision in self.made:
            decision.supersedes = latest.get(decision.field)
