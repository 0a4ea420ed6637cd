"""What moving a round to a new codebook would do, as a page may show it. Asks only.

Whose codings are told of is the blind rule's: of work this person may not see, only how much there is.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from coding import changes, schema
from coding.access import visible_assignments
from coding.models import Assignment, Round
from coding.moves import Look, Plan, RoundPlan, why_it_stays
from projects.access import Pass


@dataclass(frozen=True)
class Cause:
    """One change of the codebook, and how many codings it sends back for a second look."""

    field: str
    label: str
    told: changes.Told | None
    message: str
    codings: int
    readings: int


@dataclass(frozen=True)
class CoderShare:
    label: str
    readings: int
    carried: int
    going_back: int
    in_hand: int


@dataclass(frozen=True)
class ForeseenRound:
    """`unseen`: readings of which this person may not know what they hold; they are checked all the same."""

    round: Round
    readings: int
    carried: int
    again: int
    going_back: int
    unseen: int
    meaning: int
    wording: int
    causes: tuple[Cause, ...]
    coders: tuple[CoderShare, ...]
    stays: str

    @property
    def is_closed(self) -> bool:
        return self.round.state == Round.State.CLOSED


def foreseen(holder: Pass, plan: Plan) -> tuple[ForeseenRound, ...]:
    return tuple(_round(holder, planned) for planned in plan.rounds)


def _round(holder: Pass, planned: RoundPlan) -> ForeseenRound:
    seen = set(visible_assignments(holder).filter(round=planned.round).values_list("pk", flat=True))
    readings = [reading for reading in planned.readings if reading.assignment.pk in seen]
    shares = []
    labels = sorted({reading.assignment.coder.label for reading in readings})
    for label in labels:
        own = [reading for reading in readings if reading.assignment.coder.label == label]
        shares.append(
            CoderShare(
                label,
                len(own),
                sum(reading.is_carried for reading in own),
                sum(reading.goes_back for reading in own),
                sum(not reading.is_carried and not reading.goes_back for reading in own),
            )
        )
    differences = planned.revision.differences
    return ForeseenRound(
        round=planned.round,
        readings=len(planned.readings),
        carried=sum(reading.is_carried for reading in readings),
        again=sum(not reading.is_carried for reading in readings),
        going_back=sum(reading.goes_back for reading in readings),
        unseen=len(planned.readings) - len(readings),
        meaning=len(differences.meaning),
        wording=len(differences.wording),
        causes=_causes(planned, ((one.assignment, look) for one in readings for look in one.looks)),
        coders=tuple(shares),
        stays=why_it_stays(planned.gone) if planned.gone else "",
    )


def _causes(planned: RoundPlan, looks: Iterable[tuple[Assignment, Look]]) -> tuple[Cause, ...]:
    """The reasons in the order of the codebook's differences, those without one last."""
    codings: Counter[schema.Reason] = Counter()
    readings: dict[schema.Reason, set[int]] = {}
    labels: dict[schema.Reason, str] = {}
    for assignment, look in looks:
        for reason in look.reasons:
            codings[reason] += 1
            readings.setdefault(reason, set()).add(assignment.pk)
            labels.setdefault(reason, _label(planned, look, reason))
    order = {change: place for place, change in enumerate(planned.revision.differences.meaning)}

    def rank(reason: schema.Reason) -> tuple[int, str]:
        return (order[reason.change] if reason.change else len(order), reason.field)

    old, new = planned.revision.old, planned.revision.new
    return tuple(
        Cause(
            reason.field,
            labels[reason],
            changes.told(reason.change, old, new) if reason.change else None,
            reason.message,
            codings[reason],
            len(readings[reason]),
        )
        for reason in sorted(codings, key=rank)
    )


def _label(planned: RoundPlan, look: Look, reason: schema.Reason) -> str:
    code = look.event.type if look.event else ""
    if not look.field and reason.change and len(reason.change.types) == 1:
        code = reason.change.types[0]
    for book in (planned.revision.new, planned.revision.old):
        if not book.has_type(code):
            continue
        if not look.field:
            return f"{book.type(code).label} ({code})"
        field = book.find_field(code, look.field)
        if field is not None:
            return str(field.label)
    return look.field or "The whole reading"
