"""Adjudication: verbs. Each settles or reopens positions by appending decisions, never by changing one.

When the last position of a group is settled, its resolved event comes about in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from coding.models import Round
from projects import jobs
from projects.access import Pass
from projects.models import Job
from projects.refusals import Invalid, WrongState
from projects.wording import counted
from reconciliation import rules
from reconciliation.docket import UNDECIDABLE, Docket, Kind, coded_it
from reconciliation.models import Decision, Group, Position

ACCEPT = "reconciliation.accept"


def decide(
    position: Position,
    *,
    by: Pass,
    value: Any,
    reason: str = "",
    error_kind: str = "",
    codebook_needs_work: bool = False,
    passages: str = "",
    seen: str = "",
) -> Decision:
    """Settle a position with a value of the adjudicator's choice; a coder's value counts as adopted.

    A field that no coder filled is filled by it. `passages` prove the value, told as `quoting` reads them.
    """
    with transaction.atomic():
        docket = Docket(position.group_id, by)
        position = docket.position(position.field, seen)
        canonical = docket.read(position.field, value)
        same = [label for label, given in position.candidates.items() if given == canonical]
        decision = docket.settle(
            position,
            Kind.ADOPTED if same else Kind.OWN,
            [canonical],
            adopted_from=min(same, default=""),
            reason=reason.strip(),
            error_kind=error_kind,
            codebook_needs_work=codebook_needs_work,
            passages=passages,
        )
        docket.close()
    return decision


def take(
    position: Position,
    label: str,
    *,
    by: Pass,
    reason: str = "",
    error_kind: str = "",
    codebook_needs_work: bool = False,
    passages: str = "",
    seen: str = "",
) -> Decision:
    """Settle a position with what this coder put there; a coder who left it blank makes it blank."""
    with transaction.atomic():
        docket = Docket(position.group_id, by)
        position = docket.position(position.field, seen)
        decision = docket.settle(
            position,
            Kind.ADOPTED,
            _given(docket, position, label),
            adopted_from=label,
            reason=reason.strip(),
            error_kind=error_kind,
            codebook_needs_work=codebook_needs_work,
            passages=passages,
        )
        docket.close()
    return decision


def take_event(group: Group, label: str, *, by: Pass, reason: str, seen: str = "") -> int:
    """Settle everything still open in a group as this coder has it. Returns how many positions."""
    with transaction.atomic():
        docket = Docket(group.pk, by)
        docket.was_seen(seen)
        if label not in docket.members:
            raise Invalid(f"{label} has no event in this group.")
        still_open = docket.open_positions
        for position in still_open:
            docket.settle(
                position,
                Kind.ADOPTED,
                _given(docket, position, label),
                adopted_from=label,
                reason=reason.strip(),
            )
        docket.close()
    return len(still_open)


def reject(
    group: Group, *, by: Pass, reason: str, error_kind: str = "", seen: str = ""
) -> Decision:
    """Decide that this is no event."""
    if not reason.strip():
        raise Invalid("Please say why this is not an event.")
    with transaction.atomic():
        docket = Docket(group.pk, by)
        docket.was_seen(seen)
        return decide(
            docket.positions[Position.EXISTENCE],
            by=by,
            value=0,
            reason=reason,
            error_kind=error_kind,
        )


def reopen(position: Position, *, by: Pass, reason: str, seen: str = "") -> Decision:
    """Put a settled position back into the queue. The earlier decision stays on record."""
    if not reason.strip():
        raise Invalid("Please say why this is opened again.")
    with transaction.atomic():
        docket = Docket(position.group_id, by)
        position = docket.position(position.field, seen)
        if position.decision is None:
            raise WrongState("This was not settled yet.")
        decision = docket.settle(position, Kind.REOPENED, [], reason=reason.strip())
        docket.close()
    return decision


@dataclass
class Accepted:
    """Positions accepted, groups that are resolved by it, groups left because the adjudicator coded them."""

    accepted: int = 0
    resolved: int = 0
    own: int = 0

    def told(self) -> str:
        told = f"{counted(self.accepted, 'position')} accepted, {counted(self.resolved, 'event')} settled by it."
        if self.own:
            told += f" {self.own} groups were left: you coded their documents yourself."
        return told


def accept_agreed(groups: Sequence[Group], *, by: Pass, singles: bool = False) -> Accepted:
    """Accept what all coders agree on, and what the codebook's rules settle. Nothing else is decided.

    `singles` also accepts what only one coder was asked to read.
    """
    by.require("reconciliation.decide")
    done = Accepted()
    for group in groups:
        if not by.project.own_adjudication_allowed and coded_it(group, by):
            done.own += 1
            continue
        with transaction.atomic():
            docket = Docket(group.pk, by)
            if docket.is_rejected:
                continue
            for position in docket.open_positions:
                _accept(docket, position, singles)
            done.accepted += len(docket.made)
            done.resolved += docket.close()
    return done


def ask_accept(of_round: Round, *, by: Pass, singles: bool = False) -> Job:
    """Ask for everything agreed in a round to be accepted: long work where the round is large."""
    by.require("reconciliation.decide")
    if of_round.kind == Round.Kind.TRAINING:
        raise WrongState("A training round is not settled: nothing of it goes into the dataset.")
    return jobs.enqueue(
        ACCEPT,
        of_round.pk,
        project=of_round.project,
        by=by.user,
        parameters={"singles": singles},
    )


def _accept(docket: Docket, position: Position, singles: bool) -> None:
    agreed = {Position.State.AGREED, Position.State.SINGLE} if singles else {Position.State.AGREED}
    # What was settled before and then changed under the decision is looked at by a person.
    if position.basis_changed:
        return
    if position.state in agreed:
        value = next(iter(position.candidates.values()))
        if value != UNDECIDABLE:
            docket.settle(position, Kind.AGREED, [value])
        return
    field = docket.fields.get(position.field)
    if field is None or position.state == Position.State.SINGLE:
        return
    ruled = rules.decide(field.rule, position.candidates, field)
    if ruled is not None and ruled != (UNDECIDABLE,):
        docket.settle(position, Kind.RULE, list(ruled), rule=field.rule or "")


def _given(docket: Docket, position: Position, label: str) -> list[Any]:
    """What a coder put into a position: [value], or [] for a blank in an event of theirs."""
    if label in position.candidates:
        return [position.candidates[label]]
    if label not in docket.members:
        raise Invalid(f"{label} has no event in this group.")
    return []
