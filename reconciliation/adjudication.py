"""Adjudication: verbs. Each settles or reopens positions by appending decisions, never by changing one.

When the last position of a group is settled, its resolved event comes about in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from coding import schema
from coding.models import Assignment
from projects import ledger
from projects.access import Pass
from projects.refusals import Invalid, NotAllowed, WrongState
from reconciliation import incidents, rules
from reconciliation.models import Decision, Group, Member, Position, ResolvedEvent
from reconciliation.positions import CODER_ONLY, TYPE
from sources import states

OPEN_STATES = ("agreed", "differs", "missing", "unmatched", "single")


def decide(
    position: Position,
    *,
    by: Pass,
    value: Any,
    reason: str = "",
    error_kind: str = "",
    codebook_needs_work: bool = False,
) -> Decision:
    """Settle a position with a value of the adjudicator's choice; a coder's value counts as adopted."""
    with transaction.atomic():
        group = _locked(position.group_id, by)
        position = group.positions.select_related("decision").get(pk=position.pk)
        canonical = _read(group, position.field, value)
        adopted = [
            label for label, candidate in position.candidates.items() if candidate == canonical
        ]
        decision = _append(
            group,
            position,
            kind=Decision.Kind.ADOPTED if adopted else Decision.Kind.OWN,
            value=[canonical],
            adopted_from=min(adopted) if adopted else None,
            reason=reason.strip(),
            error_kind=error_kind,
            codebook_needs_work=codebook_needs_work,
            by=by,
        )
        _settle(group, by)
    return decision


def take(
    position: Position, label: str, *, by: Pass, reason: str = "", error_kind: str = "",
    codebook_needs_work: bool = False,
) -> Decision:  # fmt: skip
    """Settle a position with what this coder put there; a coder who left it blank makes it blank."""
    with transaction.atomic():
        group = _locked(position.group_id, by)
        position = group.positions.select_related("decision").get(pk=position.pk)
        judges = group.positions.get(field=Position.EXISTENCE).candidates
        if label not in judges:
            raise Invalid(f"{label} did not code this document.")
        value = [position.candidates[label]] if label in position.candidates else []
        if not value and not group.members.filter(coder__label=label).exists():
            raise Invalid(f"{label} has no event in this group.")
        decision = _append(
            group,
            position,
            kind=Decision.Kind.ADOPTED,
            value=value,
            adopted_from=label,
            reason=reason.strip(),
            error_kind=error_kind,
            codebook_needs_work=codebook_needs_work,
            by=by,
        )
        _settle(group, by)
    return decision


def take_event(group: Group, label: str, *, by: Pass, reason: str) -> int:
    """Settle everything still open in a group as this coder has it. Returns how many positions."""
    with transaction.atomic():
        group = _locked(group.pk, by)
        if not group.members.filter(coder__label=label).exists():
            raise Invalid(f"{label} has no event in this group.")
        taken = 0
        for position in _open(group):
            value = [position.candidates[label]] if label in position.candidates else []
            _append(
                group, position, kind=Decision.Kind.ADOPTED, value=value, adopted_from=label,
                reason=reason.strip(), by=by,
            )  # fmt: skip
            taken += 1
        _settle(group, by)
    return taken


def reject(group: Group, *, by: Pass, reason: str, error_kind: str = "") -> Decision:
    """Decide that this is no event."""
    if not reason.strip():
        raise Invalid("Please say why this is not an event.")
    return decide(
        group.positions.get(field=Position.EXISTENCE),
        by=by,
        value=0,
        reason=reason,
        error_kind=error_kind,
    )


def reopen(position: Position, *, by: Pass, reason: str) -> Decision:
    """Put a settled position back into the queue. The earlier decision stays on record."""
    if not reason.strip():
        raise Invalid("Please say why this is opened again.")
    with transaction.atomic():
        group = _locked(position.group_id, by)
        position = group.positions.select_related("decision").get(pk=position.pk)
        if position.decision is None:
            raise WrongState("This was not settled yet.")
        decision = _append(
            group, position, kind=Decision.Kind.REOPENED, value=[], reason=reason.strip(), by=by
        )
        Position.objects.filter(pk=position.pk).update(decision=None)
        ResolvedEvent.objects.filter(group=group).update(reopened_at=timezone.now())
    return decision


@dataclass
class Accepted:
    """Positions accepted, groups that are resolved by it, groups left because the adjudicator coded them."""

    accepted: int = 0
    resolved: int = 0
    own: int = 0


def accept_agreed(groups: Sequence[Group], *, by: Pass, singles: bool = False) -> Accepted:
    """Accept what all coders agree on, and what the codebook's rules settle. Nothing else is decided.

    `singles` also accepts what only one coder was asked to read.
    """
    done = Accepted()
    for group in groups:
        if not _may(group, by):
            done.own += 1
            continue
        with transaction.atomic():
            group = _locked(group.pk, by)
            done.accepted += _accept(group, by, singles)
            done.resolved += _settle(group, by)
    return done


def _accept(group: Group, by: Pass, singles: bool) -> int:
    codebook = group.round.codebook.parsed
    fields = {field.name: field for field in _fields(group, codebook)}
    accepted = 0
    for position in _open(group):
        if position.basis_changed:
            continue
        if position.state == Position.State.AGREED or (
            singles and position.state == Position.State.SINGLE
        ):
            value = next(iter(position.candidates.values()))
            _append(group, position, kind=Decision.Kind.AGREED, value=[value], by=by)
            accepted += 1
            continue
        field = fields.get(position.field)
        ruled = rules.decide(field.rule, position.candidates, field) if field else None
        if field and ruled is not None and position.state != Position.State.INCOMPLETE:
            _append(
                group,
                position,
                kind=Decision.Kind.RULE,
                value=list(ruled),
                rule=field.rule or "",
                by=by,
            )
            accepted += 1
    return accepted


def _locked(pk: int, by: Pass) -> Group:
    group = (
        Group.objects.select_for_update(of=("self",))
        .select_related("round__project", "round__codebook", "document")
        .get(pk=pk)
    )
    if group.retired_at is not None:
        raise WrongState("These events were aligned anew; load the document again.")
    if not _may(group, by):
        raise NotAllowed(
            "You coded this document yourself. Somebody else settles its conflicts, unless the project's "
            "settings allow adjudicating one's own coding."
        )
    return group


def _may(group: Group, by: Pass) -> bool:
    by.require("reconciliation.decide")
    return by.project.own_adjudication_allowed or not _coded_it(group, by)


def _coded_it(group: Group, by: Pass) -> bool:
    return (
        Assignment.objects.filter(document_id=group.document_id, coder=by.membership)
        .exclude(state=Assignment.State.WITHDRAWN)
        .exists()
    )


def _open(group: Group) -> list[Position]:
    return [
        position
        for position in group.positions.select_related("decision").order_by("order")
        if not position.is_settled and position.state in OPEN_STATES
    ]


def _read(group: Group, field_name: str, value: Any) -> Any:
    """The value as the field takes it; the adjudicator decides what coders could have coded, and no -7."""
    if field_name == Position.EXISTENCE:
        if value not in (0, 1, "0", "1"):
            raise Invalid("Whether it is an event is 1 or 0.")
        return int(value)
    codebook = group.round.codebook.parsed
    if field_name == TYPE:
        if value not in [event_type.code for event_type in codebook.types]:
            raise Invalid(f"“{value}” is no event type of the codebook.")
        return value
    field = next((field for field in _fields(group, codebook) if field.name == field_name), None)
    if field is None:
        raise Invalid(f"Events of this type have no field “{field_name}”.")
    try:
        canonical = schema.read_value(field, value, states=states)
    except schema.ValueInvalid as refusal:
        raise Invalid(f"{field.label}: {refusal}") from None
    if canonical == "-7":
        raise Invalid(
            "“Sources conflict” cannot be the decision: choose a value, or -9 for unknown."
        )
    return canonical


def _fields(group: Group, codebook: schema.Codebook) -> list[schema.Field]:
    types = set(group.members.values_list("event__type", flat=True)) | {group.type}
    decided = group.positions.filter(field=TYPE).values_list("decision__value", flat=True).first()
    found: dict[str, schema.Field] = {}
    for code in sorted(types | set(decided or [])):
        for field in codebook.fields_of(code):
            found.setdefault(field.name, field)
    return list(found.values())


def _append(
    group: Group,
    position: Position,
    *,
    kind: Decision.Kind,
    value: list[Any],
    by: Pass,
    adopted_from: str | None = None,
    reason: str = "",
    error_kind: str = "",
    codebook_needs_work: bool = False,
    rule: str = "",
) -> Decision:
    if position.state == Position.State.INCOMPLETE and kind != Decision.Kind.REOPENED:
        raise WrongState(
            "A coder of this document has not handed in yet; it is settled when all have."
        )
    chosen = value[0] if value else None
    overrides = [label for label, candidate in position.candidates.items() if candidate != chosen]
    if overrides and not reason and kind in {Decision.Kind.ADOPTED, Decision.Kind.OWN}:
        raise Invalid(f"This goes against {', '.join(sorted(overrides))}: please give a reason.")
    if error_kind not in Decision.ErrorKind.values:
        raise Invalid("That kind of error is not known here.")
    member = (
        Member.objects.filter(group=group, coder__label=adopted_from).first()
        if adopted_from
        else None
    )
    decision = Decision.objects.create(
        group=group,
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
        supersedes=position.decision,
        by=by.user,
        by_label=by.label,
        own_coding=_coded_it(group, by),
        at=timezone.now(),
    )
    Position.objects.filter(pk=position.pk).update(decision=decision, basis_changed=False)
    position.decision, position.basis_changed = decision, False
    if kind in {Decision.Kind.ADOPTED, Decision.Kind.OWN, Decision.Kind.REOPENED}:
        ledger.record(
            group.round.project,
            f"decision.{kind.value}",
            decision,
            by=by.user,
            difference={"group": group.public_id, "field": position.field},
        )
    return decision


def _settle(group: Group, by: Pass) -> bool:
    """Bring about the resolved event once nothing of the group is open. True when this did it."""
    positions = {
        position.field: position for position in group.positions.select_related("decision")
    }
    existence = positions[Position.EXISTENCE]
    if not existence.is_settled:
        return False
    if _chosen(existence) == 0:
        return _resolve(group, by, type_code=group.type, values={}, is_event=False)
    type_position = positions[TYPE]
    if not type_position.is_settled:
        return False
    type_code = _chosen(type_position)
    codebook = group.round.codebook.parsed
    wanted = [
        field.name
        for field in codebook.fields_of(type_code)
        if field.kind != "spans" and field.rule != CODER_ONLY and field.name in positions
    ]
    decided = {
        name: _chosen(positions[name])
        for name in wanted
        if positions[name].is_settled and _has_value(positions[name])
    }
    # A field that the settled values hide is not asked for, whatever a coder put there.
    shown = set(schema.shown_fields(codebook, type_code, decided))
    if any(not positions[name].is_settled for name in wanted if name in shown):
        return False
    values = schema.shown_values(codebook, type_code, decided)
    return _resolve(group, by, type_code=type_code, values=values, is_event=True)


def _has_value(position: Position) -> bool:
    return position.decision is not None and bool(position.decision.value)


def _chosen(position: Position) -> Any:
    return position.decision.value[0] if position.decision and position.decision.value else None


def _resolve(
    group: Group, by: Pass, *, type_code: str, values: dict[str, Any], is_event: bool
) -> bool:
    resolved = ResolvedEvent.objects.filter(group=group).first()
    state = (type_code, values, is_event)
    if (
        resolved
        and (resolved.type, resolved.values, resolved.is_event) == state
        and not resolved.reopened_at
    ):
        return False
    resolved = resolved or ResolvedEvent(group=group)
    resolved.type, resolved.values, resolved.is_event = state
    resolved.reopened_at, resolved.resolved_at = None, timezone.now()
    resolved.save()
    ledger.record(
        group.round.project,
        "group.resolve",
        resolved,
        by=by.user,
        difference={"group": group.public_id, "is_event": is_event},
    )
    incidents.follow(resolved, by=by.user)
    return True
