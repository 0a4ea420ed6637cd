"""What coders learn of their own coding over HTTP: one document beside what came of it, and all revealed rounds."""

from coding.access import assignment_for
from projects.api import PROJECT
from projects.refusals import Missing, NotAllowed
from projects.rest.paging import ListOf
from projects.rest.routes import Asked, Route
from projects.rest.shapes import choice, flag, shape, some, text, whole
from reconciliation import feedback

SideShape = shape("FeedbackSide", label=text(), own=text(), other=text(), is_same=flag(), reason=text())  # fmt: skip
EventShape = shape(
    "FeedbackEvent",
    found=choice("both", "missed", "extra"),
    type=text(),
    title=text(),
    sides=some(SideShape),
    reason=text(),
)
FeedbackShape = shape(
    "Feedback",
    beside=choice("gold", "resolved"),
    own_outcome=text(),
    other_outcome=text(),
    events=some(EventShape),
)
Tally = shape(
    "OwnAgreement",
    round=text(source="round.public_id"),
    name=text(source="round.name"),
    both=whole(),
    missed=whole(),
    extra=whole(),
    compared=whole(),
    same=whole(),
    fields=some(shape("FieldTally", label=text(), compared=whole(), same=whole())),
)

feedback_route = Route(f"{PROJECT}assignments/<str:public_id>/feedback/", "api_feedback", "coding")
agreement_route = Route(f"{PROJECT}agreement/", "api_own_agreement", "coding")


@feedback_route.get(FeedbackShape, needs="coding.code")
def read_feedback(asked: Asked, public_id: str):
    """Your coding of a document beside the gold answer, or beside what it was resolved to."""
    own = assignment_for(asked.holder, public_id)
    if own.coder_id != asked.holder.membership.pk:
        raise NotAllowed("Feedback is for the coder who did the work.")
    found = feedback.of(asked.holder, own)
    if found is None:
        raise Missing("There is nothing to be told of this work yet.")
    return found


@agreement_route.get(ListOf(Tally, key="round__public_id"), needs="coding.code")
def list_own_agreement(asked: Asked):
    """Your coding of revealed rounds against what it was resolved to."""
    return feedback.own_agreement(asked.holder)


ROUTES = (feedback_route, agreement_route)
