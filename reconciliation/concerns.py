"""Concerns about the codebook: verbs. Flagged decisions and questions become draft notes, or are set aside.

Which concerns a person may see, and how they are told, is `concern_queries`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from coding import draft_notes
from coding.models import DraftNote, Question
from projects import ledger
from projects.access import Pass
from projects.refusals import Invalid, Stale, WrongState
from reconciliation.models import Decision, Handling

LONGEST = 2_000


@dataclass(frozen=True)
class Chosen:
    """What a person chose of the concerns they may see."""

    decisions: Sequence[Decision] = ()
    questions: Sequence[Question] = ()

    @property
    def told(self) -> dict[str, list[str]]:
        named = {
            "decisions": [one.public_id for one in self.decisions],
            "questions": [one.public_id for one in self.questions],
        }
        return {kind: ids for kind, ids in named.items() if ids}


def into_note(
    chosen: Chosen, *, by: Pass, words: str, type_code: str = "", field: str = ""
) -> DraftNote:
    """Write a draft note of the next version from these concerns; it keeps what it came from."""
    by.require("reconciliation.decide")
    _something(chosen)
    with transaction.atomic():
        note = draft_notes.write(
            by.project, words=words, by=by.user, type_code=type_code, field=field
        )
        _deal_with(chosen, by, note=note)
    return note


def to_note(chosen: Chosen, note: DraftNote, *, by: Pass) -> DraftNote:
    """Say that a draft note there is speaks to these concerns too."""
    by.require("reconciliation.decide")
    _something(chosen)
    with transaction.atomic():
        held = DraftNote.objects.select_for_update().get(pk=note.pk)
        if not held.is_open:
            raise WrongState("That note was written in or dropped meanwhile; choose another.")
        _deal_with(chosen, by, note=held)
    return held


def set_aside(chosen: Chosen, *, by: Pass, reason: str) -> None:
    """Decide that the codebook need not change for these."""
    by.require("reconciliation.decide")
    _something(chosen)
    if not reason.strip():
        raise Invalid("Please say why the codebook need not change for these.")
    with transaction.atomic():
        _deal_with(chosen, by, reason=reason.strip()[:LONGEST])


def open_again(chosen: Chosen, *, by: Pass) -> int:
    """Put these back among those that wait. Returns how many had been dealt with."""
    by.require("reconciliation.decide")
    _something(chosen)
    with transaction.atomic():
        gone = 0
        for found in (
            Handling.objects.filter(decision__in=chosen.decisions),
            Handling.objects.filter(question__in=chosen.questions),
        ):
            gone += found.delete()[0]
        if not gone:
            raise WrongState("None of these was dealt with.")
        ledger.record(
            by.project, "codebook.reopen_concerns", by.project, by=by.user, difference=chosen.told
        )
    return gone


def _something(chosen: Chosen) -> None:
    if not chosen.decisions and not chosen.questions:
        raise Invalid("Choose at least one decision or question.")


def _deal_with(
    chosen: Chosen, by: Pass, *, note: DraftNote | None = None, reason: str = ""
) -> None:
    # The ledger's line holds the project's row, so nobody deals with the same concern at this moment.
    ledger.record(
        by.project,
        "codebook.handle_concerns",
        note or by.project,
        by=by.user,
        difference={**chosen.told, "to": "note" if note else "set aside"},
    )
    dealt = (
        Handling.objects.filter(decision__in=chosen.decisions).exists()
        or Handling.objects.filter(question__in=chosen.questions).exists()
    )
    if dealt:
        raise Stale(
            "Somebody dealt with one of these meanwhile, so nothing was changed. Load the page again."
        )
    Handling.objects.bulk_create(
        [
            *(Handling(decision=one, note=note, reason=reason, by=by.user) for one in chosen.decisions),
            *(Handling(question=one, note=note, reason=reason, by=by.user) for one in chosen.questions),
        ]
    )  # fmt: skip
