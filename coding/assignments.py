"""Assignments: verbs. Handing in, sending back, withdrawing, by the table of lawful moves."""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from coding import events, planning, schema, second_looks, telling
from coding.models import Assignment
from coding.operations import Ground, Work
from projects import ledger
from projects.models import User
from projects.refusals import Invalid, WrongState


@dataclass(frozen=True)
class Problem:
    """What stands in the way of handing in: which event and field, and what to do."""

    event: str
    field: str
    message: str
    severity: str

    def as_dict(self) -> dict[str, str]:
        return {
            "event": self.event,
            "field": self.field,
            "message": self.message,
            "severity": self.severity,
        }


def problems_of(work: Work, ground: Ground) -> list[Problem]:
    """Everything the codebook still asks of this work, in the order of its events."""
    problems: list[Problem] = []
    living = work.living_events()
    found = [event for event in living if not event.near_miss]
    if not work.outcome:
        problems.append(
            Problem(
                "",
                "",
                "Say what came of the reading: events, no event, or cannot be coded.",
                "incomplete",
            )
        )
    if work.outcome == Assignment.Outcome.EVENTS and not found:
        problems.append(Problem("", "", "The outcome says events, but none is coded.", "invalid"))
    if work.outcome in {Assignment.Outcome.NO_EVENT, Assignment.Outcome.CANNOT_CODE} and found:
        counted = "1 event is" if len(found) == 1 else f"{len(found)} events are"
        problems.append(
            Problem(
                "",
                "",
                f"The outcome says there is nothing to code, but {counted} coded.",
                "invalid",
            )
        )
    if work.outcome == Assignment.Outcome.CANNOT_CODE and not work.outcome_reason:
        problems.append(Problem("", "", "Say why this document cannot be coded.", "incomplete"))
    for event in living:
        if not ground.codebook.has_type(event.type):
            gone = f"The codebook has no type {event.type} any more; change the type or remove the event."
            problems.append(Problem(str(event.uid), "", gone, "invalid"))
            continue
        if event.near_miss:
            continue
        # What was filled in under another type stays with the event, unseen, and is not judged.
        names = {field.name for field in ground.codebook.fields_of(event.type)}
        counts = Counter(
            name for owner, name, _ in work.evidence if owner == event.uid and name in names
        )
        problems += [
            Problem(str(event.uid), problem.field, problem.message, problem.severity)
            for problem in schema.check_event(
                ground.codebook,
                event.type,
                {name: value for name, value in event.values.items() if name in names},
                counts,
                {name: reason for name, reason in event.whole_document.items() if name in names},
                states=ground.states,
            )
        ]
    return problems


def submit(
    assignment: Assignment, *, by: User, base: int | None = None, allow_incomplete: bool = False
) -> tuple[Assignment, list[Problem]]:
    """Hand in. What the codebook forbids always stops it; what is left blank stops it unless allowed.

    Codings brought from elsewhere may be incomplete: a blank is "not coded", and stays visible as that.
    """
    with transaction.atomic():
        locked = (
            Assignment.objects.select_for_update(of=("self",))
            .select_related("round__project", "round__codebook", "text", "coder")
            .get(pk=assignment.pk)
        )
        if base is not None and base != locked.version:
            raise events.stale(locked, base)
        if locked.round.state != locked.round.State.OPEN:
            raise WrongState("This round is closed.")
        move(locked, Assignment.State.SUBMITTED)
        problems = problems_of(events.load(locked), events.ground_of(locked))
        problems += _second_looks(locked, {(one.event, one.field) for one in problems})
        blocking = [p for p in problems if p.severity == "invalid" or not allow_incomplete]
        if blocking:
            things = "1 thing is" if len(blocking) == 1 else f"{len(blocking)} things are"
            raise Invalid(
                f"{things} still to be done before this can be handed in.",
                problems=[problem.as_dict() for problem in blocking],
            )
        locked.submitted_at = timezone.now()
        locked.save(update_fields=["state", "submitted_at"])
        second_looks.settle(locked)
        ledger.record(
            locked.round.project,
            "assignment.submit",
            locked,
            by=by,
            difference={
                "coder": locked.coder.label,
                "version": locked.version,
                "outcome": locked.outcome,
            },
        )
        telling.submitted(locked)
    return locked, problems


def _second_looks(assignment: Assignment, told: set[tuple[str, str]]) -> list[Problem]:
    """What the coder was asked to look at again and has neither changed nor confirmed."""
    message = "Look at this again: the codebook changed. Change it, or say under “Second looks” that it still holds."
    places = [
        (str(look.event.uid) if look.event else "", look.field)
        for look in second_looks.waiting(assignment)
    ]
    return [
        Problem(event, field, message, "incomplete")
        for event, field in places
        if (event, field) not in told
    ]


def send_back(assignment: Assignment, *, by: User, reason: str) -> Assignment:
    """Give handed-in work back to its coder, with the reason."""
    if not reason.strip():
        raise Invalid("Please say why the work is sent back.")
    return _change(
        assignment, Assignment.State.SENT_BACK, "assignment.send_back", by=by, reason=reason
    )


def withdraw(assignment: Assignment, *, by: User, reason: str) -> Assignment:
    """Take an assignment out of the round. What was coded stays readable; it no longer counts."""
    if not reason.strip():
        raise Invalid("Please say why the assignment is withdrawn.")
    return _change(
        assignment, Assignment.State.WITHDRAWN, "assignment.withdraw", by=by, reason=reason
    )


def restore(assignment: Assignment, *, by: User, reason: str) -> Assignment:
    """Take a withdrawal back: the work is its coder's again, as far as it had come."""
    if not reason.strip():
        raise Invalid("Please say why the withdrawal is taken back.")
    if assignment.handed_on_to.exclude(state=Assignment.State.WITHDRAWN).exists():
        raise WrongState("Somebody else goes on with this work; withdraw that first.")
    planning.check_coder(assignment.round.project, assignment.coder)
    state = Assignment.State.STARTED if assignment.version else Assignment.State.ASSIGNED
    return _change(assignment, state, "assignment.restore", by=by, reason=reason)


def _change(
    assignment: Assignment, state: Assignment.State, verb: str, *, by: User, reason: str
) -> Assignment:
    with transaction.atomic():
        locked = (
            Assignment.objects.select_for_update(of=("self",))
            .select_related("round__project", "coder")
            .get(pk=assignment.pk)
        )
        move(locked, state)
        locked.reason = reason.strip()
        locked.save(update_fields=["state", "reason"])
        ledger.record(
            locked.round.project,
            verb,
            locked,
            by=by,
            difference={"coder": locked.coder.label, "reason": reason},
        )
    return locked


def move(assignment: Assignment, state: Assignment.State) -> None:
    """By the table of lawful moves, in memory; the caller holds the row and saves it."""
    current = Assignment.State(assignment.state)
    if state not in Assignment.MOVES[current]:
        raise WrongState(f"Work that is {current.label} cannot become {state.label}.")
    assignment.state = state
