"""What webhooks are told of coding: that work was handed in, where nobody who reads it stays blind to that.

Managers read what their addresses are told. One of them who still codes must not learn by it that others handed in, so
then nothing is told, not later either.
"""

from coding.models import Assignment, Round
from projects import webhooks
from projects.models import Membership, Project
from projects.roles import permissions_of
from sources.models import Document


def submitted(assignment: Assignment) -> None:
    """Inside the transaction of handing in."""
    of_round = assignment.round
    if not is_told(of_round.project, "submitted"):
        return
    if has_blind_manager(of_round, assignment.document):
        return
    facts = {
        "round": of_round.public_id,
        "assignment": assignment.public_id,
        "document": assignment.document.external_id,
    }
    webhooks.tell(of_round.project, "submitted", facts)


def is_told(project: Project, event: str) -> bool:
    return any(event in one.events for one in webhooks.living(project))


def has_blind_manager(of_round: Round, document: Document | None = None) -> bool:
    """Whether a manager still codes this document, or any document of the round, and nothing is revealed yet."""
    members = Membership.objects.filter(project=of_round.project, left_at=None)
    managers = [one.pk for one in members if "project.manage" in permissions_of(one.roles)]
    held = Assignment.objects.filter(coder__in=managers, state__in=Assignment.WORKABLE)
    held = held.exclude(round__state=Round.State.REVEALED)
    if document is not None:
        return held.filter(document=document).exists()
    drawn = Assignment.objects.filter(round=of_round).values("document")
    return held.filter(document__in=drawn).exists()
