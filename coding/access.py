"""Who sees whose coding, and when: the blind rule, one function on the queryset.

Pages, API, search, reconciliation and export all go through `visible_assignments`; nothing else decides.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from coding.models import Assignment, Codebook, Round
from projects.access import Pass
from projects.models import Project
from projects.refusals import Missing, NotAllowed

WORKABLE = sorted(state.value for state in Assignment.WORKABLE)


def own_assignments(holder: Pass) -> QuerySet[Assignment]:
    """One's own work, in any state. While a document is read a second time the first reading is out of sight."""
    return Assignment.objects.filter(_own(holder), round__project=holder.project)


def _own(holder: Pass) -> Q:
    again = Assignment.objects.filter(
        round=OuterRef("round"),
        document=OuterRef("document"),
        coder=OuterRef("coder"),
        sitting__gt=OuterRef("sitting"),
        state__in=WORKABLE,
    ).exclude(round__state=Round.State.REVEALED)
    return Q(~Exists(again), coder=holder.membership)


def visible_assignments(holder: Pass) -> QuerySet[Assignment]:
    """Assignments whose content this person may see.

    Own ones, except a first reading while the second is open. Others' only once submitted, and never while the
    person still has own work open on the same document in a round that is not revealed: whoever codes a document
    stays blind to the others until they have handed in. Then with the right to see codings all of them; without it
    only the gold answers of a training round, document by document, as one hands in there.
    """
    assignments = Assignment.objects.filter(round__project=holder.project)
    still_blind = Assignment.objects.filter(
        coder=holder.membership, document=OuterRef("document"), state__in=WORKABLE
    ).exclude(round__state=Round.State.REVEALED)
    others = ~Q(coder=holder.membership) & Q(~Exists(still_blind), state=Assignment.State.SUBMITTED)
    if not holder.allows("reconciliation.view"):
        trained = Assignment.objects.filter(
            coder=holder.membership,
            round=OuterRef("round"),
            document=OuterRef("document"),
            state=Assignment.State.SUBMITTED,
        )
        others &= Q(Exists(trained), is_gold=True, round__kind=Round.Kind.TRAINING)
    return assignments.filter(_own(holder) | others)


def nobody_is_blind(project: Project) -> bool:
    """Whether everything that was handed in may be shown to anybody: nobody's reading is still to be kept from it."""
    assignments = Assignment.objects.filter(round__project=project)
    return not assignments.exclude(round__state=Round.State.REVEALED).exists()


def may_see_all_codings(holder: Pass) -> bool:
    """Whether everything that was handed in may be shown at once, as a release holds it.

    Nobody sees it who still codes in a round that is not revealed, whatever else they may do: a release
    would show them the others' work. Whoever only codes or manages sees it when all rounds are revealed.
    """
    unrevealed = Assignment.objects.filter(round__project=holder.project).exclude(
        round__state=Round.State.REVEALED
    )
    if unrevealed.filter(coder=holder.membership, state__in=WORKABLE).exists():
        return False
    return holder.allows("releases.view") or not unrevealed.exists()


def assignment_for(holder: Pass, public_id: str) -> Assignment:
    """An assignment this person may look at. Another coder's work is not there, rather than forbidden."""
    assignment = (
        visible_assignments(holder)
        .select_related("round__project", "round__codebook", "document", "text", "coder__user")
        .filter(public_id=public_id)
        .first()
    )
    if assignment is None:
        raise Missing("There is no such piece of work, or it is not yours to see.")
    return assignment


def own_assignment_for(holder: Pass, public_id: str) -> Assignment:
    """An assignment this person may work on."""
    assignment = assignment_for(holder, public_id)
    if assignment.coder_id != holder.membership.pk:
        raise NotAllowed("Only the coder it was given to may change this coding.")
    holder.require("coding.code")
    return assignment


def round_for(holder: Pass, public_id: str) -> Round:
    found = (
        Round.objects.select_related("codebook", "project")
        .filter(project=holder.project, public_id=public_id)
        .first()
    )
    if found is None:
        raise Missing("There is no such round in this project.")
    return found


def codebook_for(holder: Pass, n: int) -> Codebook:
    found = Codebook.objects.filter(project=holder.project, n=n).first()
    if found is None or not (found.is_published or holder.allows("codebook.edit")):
        raise Missing("This project has no such version of its codebook.")
    return found
