"""Settling where evidence on an older text belongs in the current one: verbs.

A settlement is a row beside the coding. The coding, its passages and its text stay as they are; whose codings
one may look at is `access`'s rule, who may settle them `may_settle`'s.
"""

from uuid import UUID

from django.db import transaction

from coding.models import Assignment, Passage, Settlement
from projects import ledger
from projects.access import Pass
from projects.models import User
from projects.refusals import Invalid, Missing, NotAllowed, Stale
from sources.models import Text

LONGEST_REASON = 2000


def may_settle(holder: Pass, assignment: Assignment) -> bool:
    """A coder settles own evidence; whoever settles conflicts may settle what they see of others'."""
    if assignment.coder_id == holder.membership.pk:
        return holder.allows("coding.code")
    return holder.allows("reconciliation.decide")


def require(holder: Pass, assignment: Assignment) -> None:
    if not may_settle(holder, assignment):
        raise NotAllowed(
            "Evidence is settled by the coder who marked it, or by whoever settles conflicts."
        )


def mark(
    assignment: Assignment, passage: UUID, *, by: User, seen: int, text: int, start: int, end: int
) -> Settlement:
    """The passage stands at [start, end) of the current text, which is text number `text`."""
    return _settle(
        assignment, passage, Settlement.Outcome.MARKED,
        by=by, seen=seen, number=text, place=(start, end),
    )  # fmt: skip


def keep(
    assignment: Assignment, passage: UUID, *, by: User, seen: int, text: int, reason: str = ""
) -> Settlement:
    """The passage stays evidence where it was marked; it has no place in the current text."""
    return _settle(
        assignment, passage, Settlement.Outcome.KEPT, by=by, seen=seen, number=text, reason=reason
    )


def drop(
    assignment: Assignment, passage: UUID, *, by: User, seen: int, text: int, reason: str
) -> Settlement:
    """The passage is no evidence on the current text, and why: the newer reading shows it was never there, say."""
    if not reason.strip():
        raise Invalid("Please say why this passage is dropped.")
    return _settle(
        assignment, passage, Settlement.Outcome.DROPPED,
        by=by, seen=seen, number=text, reason=reason,
    )  # fmt: skip


def _settle(
    assignment: Assignment,
    uid: UUID,
    outcome: Settlement.Outcome,
    *,
    by: User,
    seen: int,
    number: int,
    place: tuple[int, int] | None = None,
    reason: str = "",
) -> Settlement:
    """`seen` is the number of the settlement one looked at, 0 for none; another one meanwhile refuses this one."""
    if len(reason) > LONGEST_REASON:
        raise Invalid(f"A reason has at most {LONGEST_REASON} characters.")
    with transaction.atomic():
        locked = (
            Assignment.objects.select_for_update(of=("self",))
            .select_related("document__current_text", "document__project", "text", "coder")
            .get(pk=assignment.pk)
        )
        text = _target(locked, number)
        passage = Passage.objects.filter(assignment=locked, uid=uid).first()
        if passage is None:
            raise Missing("This passage is not in the coding any more.")
        if place is not None and not 0 <= place[0] < place[1] <= text.length:
            raise Invalid(
                f"The passage {place[0]}–{place[1]} does not lie in the text, which has characters 0 to {text.length}."
            )
        n = current_number(locked, uid, text)
        if n != seen:
            raise Stale(
                "Somebody else has settled this passage meanwhile. Nothing was changed; look at it again."
            )
        made = Settlement.objects.create(
            assignment=locked,
            passage=uid,
            from_start=passage.start,
            from_end=passage.end,
            text=text,
            n=n + 1,
            outcome=outcome,
            start=place[0] if place else None,
            end=place[1] if place else None,
            reason=reason.strip(),
            by=by,
        )
        # Who may read the ledger may still be blind to this coding: it tells that, never where or what.
        ledger.record(
            locked.document.project,
            f"evidence.{outcome.value}",
            locked,
            by=by,
            difference={
                "passage": str(uid),
                "from_text": locked.text.n,
                "to_text": text.n,
                "settlement": made.n,
            },
        )
    return made


def current_number(assignment: Assignment, passage: UUID, text: Text) -> int:
    last = (
        Settlement.objects.filter(assignment=assignment, passage=passage, text=text)
        .order_by("-n")
        .first()
    )
    return last.n if last else 0


def _target(assignment: Assignment, number: int) -> Text:
    """The current text, if it is still the one that was looked at and not the coding's own."""
    text = assignment.document.current_text
    if text is None or text.n != number:
        raise Stale(
            "The document was read again meanwhile. Open the page again to see its newest text."
        )
    if text.pk == assignment.text_id:
        raise Invalid("This coding was made on the current text; there is nothing to settle.")
    return text
