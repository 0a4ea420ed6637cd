"""Who sees whose coding, and when: the blind rule, one function on the queryset.

Pages, API, search, reconciliation and export all go through `visible_assignments`; nothing else decides.
"""

import json
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from coding.models import Assignment, Codebook, Round
from projects.access import Pass, Person
from projects.refusals import Missing, NotAllowed
from projects.roles import permissions_of
from sources.models import Text

Row = TypeVar("Row", bound=Model)


def visible_assignments(holder: Pass) -> QuerySet[Assignment]:
    """Assignments whose content this person may see.

    Own ones always. Others' only with the right to see codings, only once submitted, and never while
    the person still has own work open on the same document in a round that is not revealed: whoever
    codes a document stays blind to the others until they have handed in.
    """
    assignments = Assignment.objects.filter(round__project=holder.project)
    own = Q(coder=holder.membership)
    if not holder.allows("reconciliation.view"):
        return assignments.filter(own)
    still_blind = Assignment.objects.filter(
        coder=holder.membership,
        document=OuterRef("document"),
        state__in=[state.value for state in Assignment.WORKABLE],
    ).exclude(round__state=Round.State.REVEALED)
    return assignments.filter(own | (Q(state=Assignment.State.SUBMITTED) & ~Exists(still_blind)))


def may_see_all_codings(holder: Pass) -> bool:
    """Whether everything that was handed in may be shown at once, as a release holds it.

    Nobody sees it who still codes in a round that is not revealed, whatever else they may do: a release
    would show them the others' work. Whoever only codes or manages sees it when all rounds are revealed.
    """
    unrevealed = Assignment.objects.filter(round__project=holder.project).exclude(
        round__state=Round.State.REVEALED
    )
    workable = [state.value for state in Assignment.WORKABLE]
    if unrevealed.filter(coder=holder.membership, state__in=workable).exists():
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


# By hand: every save begins with it, and the queries Django would make of it cost more than all that follows.
_OWN_WORK = """
    SELECT a.id, a.public_id, a.state, a.version, a.outcome, a.outcome_reason, a.round_id, a.text_id, a.coder_id,
           r.state, r.project_id, r.codebook_id, c.sha256, t.length, m.roles
    FROM coding_assignment a
    JOIN projects_membership m ON m.id = a.coder_id
    JOIN coding_round r ON r.id = a.round_id
    JOIN coding_codebook c ON c.id = r.codebook_id
    JOIN sources_text t ON t.id = a.text_id
    WHERE a.public_id = %s AND m.user_id = %s AND m.left_at IS NULL
"""


def own_work(user: Person, public_id: str) -> Assignment | None:
    """`own_assignment_for` in one query, with only what a save uses; None where that one has to say why not.

    What is not read is read when it is asked for, as with any deferred field.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OWN_WORK, [public_id, user.pk or 0])
        row = cursor.fetchone()
    if row is None:
        return None
    *own, state, project, codebook, sha256, length, roles = row
    token_project = getattr(user, "token_project_id", None)
    if token_project and project != token_project:
        return None
    if "coding.code" not in permissions_of(json.loads(roles)):
        return None
    found = _partly(Assignment, dict(zip(_OWN_COLUMNS, own, strict=True)))
    found.round = _partly(
        Round,
        {"id": found.round_id, "state": state, "project_id": project, "codebook_id": codebook},
    )
    found.round.codebook = _partly(Codebook, {"id": codebook, "sha256": sha256})
    found.text = _partly(Text, {"id": found.text_id, "length": length})
    return found


_OWN_COLUMNS = (
    "id", "public_id", "state", "version", "outcome", "outcome_reason", "round_id", "text_id", "coder_id",
)  # fmt: skip


def _partly(model: type[Row], values: dict[str, Any]) -> Row:
    """A row of which these columns were read; the others are deferred."""
    names = [one.attname for one in model._meta.concrete_fields if one.attname in values]
    return model.from_db(connection.alias, names, [values[name] for name in names])


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
