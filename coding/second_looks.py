"""Second looks: what a coder is asked to look at again since the codebook changed, and the answer that it still holds.

What was changed since it was asked has been looked at; only what stands as it stood needs an answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from coding import changes, schema, wording
from coding.models import Assignment, SecondLook
from coding.moves import held_by
from projects import ledger
from projects.access import Pass
from projects.models import User
from projects.refusals import Missing, WrongState


@dataclass(frozen=True)
class ShownReason:
    what: str
    action: str
    before: tuple[changes.Piece, ...]
    after: tuple[changes.Piece, ...]


@dataclass(frozen=True)
class ShownLook:
    """One question to the coder: where it is, what stands there, what changed in the codebook."""

    look: SecondLook
    label: str
    value: str
    reasons: tuple[ShownReason, ...]


@dataclass(frozen=True)
class AskedEvent:
    """The questions about one event; about the reading as a whole where `number` is 0."""

    number: int
    type: str
    title: str
    looks: tuple[ShownLook, ...]


def waiting(assignment: Assignment) -> list[SecondLook]:
    """What still stands as it stood when it was asked, in the order of the events."""
    rows = (
        SecondLook.objects.filter(assignment=assignment, answer="")
        .select_related("event")
        .order_by("event__position", "id")
    )
    return [row for row in rows if not _was_touched(row)]


def shown(assignment: Assignment) -> list[AskedEvent]:
    """The waiting questions event by event, with the words of the codebook before and after."""
    book = assignment.round.codebook.parsed
    grouped: dict[int, list[SecondLook]] = {}
    for look in waiting(assignment):
        grouped.setdefault(look.event_id or 0, []).append(look)
    positions = sorted(
        assignment.events.filter(removed=False).values_list("position", "pk")
    )  # as the workspace numbers them
    numbers = {pk: n for n, (_, pk) in enumerate(positions, start=1)}
    found = []
    for key, looks in grouped.items():
        event = looks[0].event
        found.append(
            AskedEvent(
                number=numbers.get(key, 0),
                type=event.type if event else "",
                title=str(event.values.get("title", "")) if event else "",
                looks=tuple(_shown(look, book) for look in looks),
            )
        )
    return found


def counts(holder: Pass) -> dict[int, int]:
    """Assignment -> questions that wait there, for a person's own work."""
    rows = SecondLook.objects.filter(
        assignment__coder=holder.membership, assignment__round__project=holder.project, answer=""
    ).select_related("event")
    found: dict[int, int] = {}
    for row in rows:
        if not _was_touched(row):
            found[row.assignment_id] = found.get(row.assignment_id, 0) + 1
    return found


def confirm(assignment: Assignment, public_ids: Iterable[str], *, by: User) -> int:
    """The coder says that these still hold under the new version. Answers how many that settled."""
    with transaction.atomic():
        locked = (
            Assignment.objects.select_for_update(of=("self",))
            .select_related("round__project", "coder")
            .get(pk=assignment.pk)
        )
        if not locked.is_workable or locked.round.state != locked.round.State.OPEN:
            raise WrongState(
                "This document cannot be changed now: it is handed in, or its round is closed."
            )
        asked = set(public_ids)
        rows = {
            row.public_id: row
            for row in SecondLook.objects.filter(assignment=locked, public_id__in=asked)
        }
        if asked - rows.keys() or not asked:
            raise Missing("There is no such question about this document.")
        fresh = [row.pk for row in rows.values() if not row.answer]
        _answer(fresh, SecondLook.Answer.HOLDS)
        if fresh:
            ledger.record(
                locked.round.project,
                "second_look.holds",
                locked,
                by=by,
                difference={"coder": locked.coder.label, "looks": len(fresh)},
            )
    return len(fresh)


def settle(assignment: Assignment) -> None:
    """When work is handed in: what was changed since it was asked is noted as that."""
    rows = SecondLook.objects.filter(assignment=assignment, answer="").select_related("event")
    _answer([row.pk for row in rows if _was_touched(row)], SecondLook.Answer.CHANGED)


def _answer(keys: list[int], answer: SecondLook.Answer) -> None:
    SecondLook.objects.filter(pk__in=keys).update(answer=answer, answered_at=timezone.now())


def _was_touched(look: SecondLook) -> bool:
    if look.event is None:
        # A reading found nothing; it was looked at again when it holds an event now.
        return look.assignment.events.filter(removed=False, near_miss=False).exists()
    return look.event.removed or held_by(look.event, look.field) != look.held


def _shown(look: SecondLook, book: schema.Codebook) -> ShownLook:
    event = look.event
    label, value = "The whole event" if event else "The whole reading", ""
    if event and look.field:
        field = book.find_field(event.type, look.field) if book.has_type(event.type) else None
        label = str(field.label) if field else look.field
        held = event.values.get(look.field)
        value = "" if held is None else wording.value(field, held)
    return ShownLook(look, label, value, tuple(map(_reason, look.reasons)))


def _reason(told: dict[str, str]) -> ShownReason:
    if told["action"] == "changed":
        before, after = changes.pieces(told["before"], told["after"])
    else:
        before = (changes.Piece(told["before"], "gone"),) if told["before"] else ()
        after = (changes.Piece(told["after"], "new"),) if told["after"] else ()
    return ShownReason(told["what"], told["action"], before, after)
