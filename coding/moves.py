"""Moving rounds to a new version of the codebook: what must be looked at again, what carries over, and the verbs.

A plan is the dry run; `move` carries out exactly a plan, and `ask` has it done as long work. Nothing coded is changed: values stay as they
stand, the move is one more operation in each reading's log, and what the new version makes doubtful goes
back to its coder as second looks (`second_looks`). Revealed rounds keep the version they were coded with.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from coding import changes, schema
from coding.events import MOVED
from coding.models import Assignment, Codebook, Event, Evidence, Operation, Round, SecondLook
from projects import jobs, ledger
from projects.models import Job, Project, User
from projects.refusals import Invalid, WrongState
from sources.state_lists import ProjectStates

BATCH = 500
MOVE = "coding.move_round"
Tell = Callable[[int, int], None]  # readings looked at so far, of how many


@dataclass(frozen=True)
class Look:
    """What is asked again: `event` None for the whole reading, `field` empty for the event as a whole."""

    event: Event | None
    field: str
    reasons: tuple[schema.Reason, ...]


@dataclass(frozen=True)
class Reading:
    assignment: Assignment
    looks: tuple[Look, ...]

    @property
    def is_carried(self) -> bool:
        return not self.looks

    @property
    def goes_back(self) -> bool:
        """Handed in, and now in its coder's hands again."""
        return bool(self.looks) and self.assignment.state == Assignment.State.SUBMITTED


@dataclass(frozen=True)
class RoundPlan:
    round: Round
    revision: schema.Revision
    readings: tuple[Reading, ...]

    @property
    def gone(self) -> tuple[str, ...]:
        """Types of which the new version knows nothing, where coding has begun: such a round stays.

        Asked of the codebooks alone, so that the answer tells nothing of what anybody coded.
        """
        if all(one.assignment.state == Assignment.State.ASSIGNED for one in self.readings):
            return ()
        old, new = self.revision.old, self.revision.new
        return tuple(kind.code for kind in old.types if not new.has_type(kind.code))

    @property
    def carried(self) -> int:
        return sum(reading.is_carried for reading in self.readings)

    @property
    def going_back(self) -> int:
        return sum(reading.goes_back for reading in self.readings)


@dataclass(frozen=True)
class Plan:
    to: Codebook
    rounds: tuple[RoundPlan, ...]


def movable(project: Project, to: Codebook) -> list[Round]:
    """Rounds that are coded with an older version and not revealed."""
    found = (
        Round.objects.filter(project=project, codebook__n__lt=to.n)
        .exclude(state=Round.State.REVEALED)
        .select_related("codebook", "project")
    )
    return list(found.order_by("id"))


def plan(
    to: Codebook,
    rounds: Iterable[Round],
    *,
    reread: bool = False,
    seen: Plan | None = None,
    tell: Tell | None = None,
) -> Plan:
    """What moving these rounds would do; changes nothing.

    With `reread`, readings go back in which nothing was found of a type whose definition changed. What was coded since
    a plan was `seen` is looked at anew, the rest is taken from it.
    """
    known = {
        one.assignment.pk: one for each in (seen.rounds if seen else ()) for one in each.readings
    }
    planned = []
    for of_round in rounds:
        _check(to, of_round)
        revision = schema.Revision.of(of_round.codebook.parsed, to.parsed)
        readings = tuple(_readings(of_round, revision, reread, known, tell))
        planned.append(RoundPlan(of_round, revision, readings))
    return Plan(to, tuple(planned))


def _check(to: Codebook, of_round: Round) -> None:
    if not to.is_published:
        raise WrongState("Rounds move to a published version: publish this draft first.")
    if of_round.project_id != to.project_id or of_round.codebook.n >= to.n:
        raise Invalid(f"Round “{of_round.name}” is not coded with an older version.")
    if of_round.state == Round.State.REVEALED:
        raise WrongState(
            f"Round “{of_round.name}” is revealed; it keeps the version it was coded with."
        )


def ask(to: Codebook, rounds: Sequence[Round], *, by: User, reread: bool = False) -> list[Job]:
    """Have these rounds moved as long work, one after the other; each moves whole or not at all."""
    _check_chosen(rounds)
    for of_round in rounds:
        _check(to, of_round)
        if jobs.waiting_for(MOVE, of_round.pk):
            raise WrongState(f"Round “{of_round.name}” is being moved already.")
    with transaction.atomic():
        return [
            jobs.enqueue(
                MOVE, one.pk, project=to.project, by=by, parameters={"to": to.n, "reread": reread}
            )
            for one in rounds
        ]


def _check_chosen(rounds: Sequence[Round]) -> None:
    if not rounds:
        raise Invalid("Choose at least one round to move.")


def move(
    to: Codebook,
    rounds: Sequence[Round],
    *,
    by: User,
    reread: bool = False,
    tell: Tell | None = None,
) -> Plan:
    """Move these rounds to a published version. Answers with the plan that was carried out.

    Everything is looked at first, which may take long and holds nobody up; then what was coded meanwhile, and all is
    carried out at once.
    """
    _check_chosen(rounds)
    seen = plan(to, rounds, reread=reread, tell=tell)
    with transaction.atomic():
        locked = (
            Round.objects.select_for_update(of=("self",))
            .select_related("codebook", "project")
            .filter(pk__in=[one.pk for one in rounds])
            .order_by("id")
        )
        done = plan(to, list(locked), reread=reread, seen=seen)
        for one in done.rounds:
            if one.gone:
                raise WrongState(f"Round “{one.round.name}” stays: {why_it_stays(one.gone)}")
            _carry_out(one, to, by)
    return done


def told(done: RoundPlan, to: Codebook) -> str:
    back, n = done.going_back, done.carried
    returned = (
        "1 handed-in reading is back with its coder"
        if back == 1
        else f"{back} handed-in readings are back with their coders"
    )
    return (
        f"“{done.round.name}”: coded with version {to.n} from now on. "
        f"{n} reading{'' if n == 1 else 's'} carried over; {returned}."
    )


def why_it_stays(gone: Sequence[str]) -> str:
    return (
        f"the new version has no type {', '.join(gone)} any more, and a coded event cannot be left without its "
        "type. Keep the type in the codebook, say in its definition that it is no longer coded and what to code "
        "instead; when its events are coded anew, the version after that can leave it out."
    )


def _carry_out(planned: RoundPlan, to: Codebook, by: User) -> None:
    of_round, before = planned.round, planned.round.codebook
    living = [reading.assignment for reading in planned.readings]
    now = timezone.now()
    Operation.objects.bulk_create(
        (
            Operation(
                assignment=assignment,
                uid=uuid4(),
                n=assignment.version + 1,
                kind=MOVED,
                body={"from": before.n, "to": to.n},
                by=by,
                at=now,
            )
            for assignment in living
        ),
        batch_size=BATCH,
    )
    Assignment.objects.filter(round=of_round).exclude(state=Assignment.State.WITHDRAWN).update(
        version=F("version") + 1
    )
    # Looks that wait from an earlier move stay; the same place is not asked twice.
    waiting = {
        (look.assignment_id, look.event_id, look.field): look
        for look in SecondLook.objects.filter(assignment__round=of_round, answer="")
    }
    for reading in planned.readings:
        for look in reading.looks:
            told = [_told(reason, planned.revision) for reason in look.reasons]
            key = (reading.assignment.pk, look.event.pk if look.event else None, look.field)
            row = waiting.get(key)
            if row is not None:
                row.reasons, row.codebook = [*row.reasons, *told], to
                row.save(update_fields=["reasons", "codebook"])
                continue
            waiting[key] = SecondLook(
                assignment=reading.assignment,
                event=look.event,
                field=look.field,
                codebook=to,
                reasons=told,
                held=held_by(look.event, look.field),
            )
    SecondLook.objects.bulk_create(
        (row for row in waiting.values() if row.pk is None), batch_size=BATCH
    )
    back = [reading.assignment.pk for reading in planned.readings if reading.goes_back]
    for start in range(0, len(back), BATCH):
        Assignment.objects.filter(pk__in=back[start : start + BATCH]).update(
            state=Assignment.State.SENT_BACK
        )
    of_round.codebook = to
    of_round.save(update_fields=["codebook"])
    ledger.record(
        of_round.project,
        "round.codebook",
        of_round,
        by=by,
        difference={
            "from": before.n,
            "to": to.n,
            "readings": len(planned.readings),
            "sent_back": len(back),
        },
    )


def held_by(event: Event | None, field: str) -> Any:
    """What stands at a place, so that a later look can tell whether it was touched since."""
    if event is None:
        return None
    if field:
        return event.values.get(field)
    return {"type": event.type, "near_miss": event.near_miss}


def _told(reason: schema.Reason, revision: schema.Revision) -> dict[str, str]:
    if reason.change is None:
        return {"what": reason.message, "before": "", "after": "", "action": "problem"}
    told = changes.told(reason.change, revision.old, revision.new)
    return {
        "what": told.what,
        "before": "".join(piece.text for piece in told.before),
        "after": "".join(piece.text for piece in told.after),
        "action": told.action,
    }


def _readings(
    of_round: Round,
    revision: schema.Revision,
    reread: bool,
    known: Mapping[int, Reading],
    tell: Tell | None,
) -> Iterator[Reading]:
    assignments = (
        Assignment.objects.select_for_update(of=("self",))
        if transaction.get_connection().in_atomic_block
        else Assignment.objects
    )
    rows = list(
        assignments.filter(round=of_round)
        .exclude(state=Assignment.State.WITHDRAWN)
        .select_related("coder__user", "document")
        .order_by("id")
    )
    stands = {
        row.pk
        for row in rows
        if row.pk in known and known[row.pk].assignment.version == row.version
    }
    asked = _looks(of_round, revision, [row.pk for row in rows if row.pk not in stands], tell)
    rereads = tuple(schema.Reason("", change) for change in revision.rereads) if reread else ()
    found_something = set(
        Event.objects.filter(assignment__round=of_round, removed=False, near_miss=False)
        .values_list("assignment_id", flat=True)
        .distinct()
    )
    for row in rows:
        if row.pk in stands:
            yield Reading(row, known[row.pk].looks)
            continue
        looks = asked.get(row.pk, [])
        has_read = row.state == Assignment.State.SUBMITTED and row.outcome in (
            Assignment.Outcome.NO_EVENT,
            Assignment.Outcome.EVENTS,
        )
        if rereads and has_read and row.pk not in found_something:
            looks = [*looks, Look(None, "", rereads)]
        yield Reading(row, tuple(looks))


def _looks(
    of_round: Round, revision: schema.Revision, works: Sequence[int], tell: Tell | None
) -> dict[int, list[Look]]:
    """Assignment -> what is asked of it again, in the order of its events."""
    found: dict[int, list[Look]] = defaultdict(list)
    if not revision.differences.meaning or not works:
        return found
    states = ProjectStates(of_round.project_id)
    evidence = _evidence(of_round)
    done = 0
    for start in range(0, len(works), BATCH):
        events = Event.objects.filter(
            assignment__in=works[start : start + BATCH], removed=False
        ).order_by("assignment_id", "position")
        for event in events:
            found[event.assignment_id] += _looks_at(event, revision, evidence, states)
        done += len(works[start : start + BATCH])
        if tell:
            tell(done, len(works))
    return found


def _looks_at(
    event: Event,
    revision: schema.Revision,
    evidence: Mapping[int, Counter[str]],
    states: schema.States,
) -> list[Look]:
    reasons = revision.reasons(
        event.type,
        event.values,
        evidence=evidence.get(event.pk, {}),
        whole_document=event.whole_document,
        near_miss=event.near_miss_reason if event.near_miss else None,
        states=states,
    )
    by_field: dict[str, list[schema.Reason]] = defaultdict(list)
    for reason in reasons:
        by_field[reason.field].append(reason)
    return [Look(event, field, tuple(why)) for field, why in by_field.items()]


def _evidence(of_round: Round) -> Mapping[int, Counter[str]]:
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    rows = (
        Evidence.objects.filter(event__assignment__round=of_round)
        .values_list("event_id", "field")
        .annotate(n=Count("pk"))
        .order_by()
    )
    for event, field, n in rows.iterator():
        counted[event][field] = n
    return counted
