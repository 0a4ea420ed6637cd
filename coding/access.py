"""Who sees whose coding, and when: the blind rule, one function on the queryset.

Pages, API, search, reconciliation and export all go through `visible_assignments`; nothing else decides.
"""

import json
from datetime import datetime

from django.db import connection
from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from coding.models import (
    Assignment,
    Codebook,
    CodebookNote,
    DraftNote,
    Exchange,
    Question,
    Round,
)
from projects import ledger_reading, rows
from projects import queries as projects
from projects.access import Pass, Person
from projects.models import Project, User
from projects.refusals import Missing, NotAllowed
from projects.roles import permissions_of
from sources.models import Document, Text

WORKABLE = sorted(state.value for state in Assignment.WORKABLE)


def own_assignments(holder: Pass) -> QuerySet[Assignment]:
    """One's own work, in any state. While a document is read a second time the first reading is out of sight.

    By a token only with the right to code or to see all codings.
    """
    return Assignment.objects.filter(_own(holder), round__project=holder.project)


def _own(holder: Pass) -> Q:
    if holder.by_token and not holder.permissions & {"coding.code", "reconciliation.view"}:
        return Q(pk__in=())
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
    blind = Exists(_still_blind(holder, OuterRef("document")))
    others = ~Q(coder=holder.membership) & Q(~blind, state=Assignment.State.SUBMITTED)
    if not holder.allows("reconciliation.view"):
        trained = Assignment.objects.filter(
            coder=holder.membership,
            round=OuterRef("round"),
            document=OuterRef("document"),
            state=Assignment.State.SUBMITTED,
        )
        others &= Q(Exists(trained), is_gold=True, round__kind=Round.Kind.TRAINING)
    return assignments.filter(_own(holder) | others)


def _still_blind(holder: Pass, document: OuterRef) -> QuerySet[Assignment]:
    """Own open work on a document in a round that is not revealed: it blinds to all that others do there."""
    return Assignment.objects.filter(
        coder=holder.membership,
        document=document,
        state__in=WORKABLE,
    ).exclude(round__state=Round.State.REVEALED)


def blinding_work(holder: Pass) -> QuerySet[Assignment]:
    """Own work that is not handed in, in rounds not revealed: on its documents this person stays blind."""
    return _unrevealed(holder.project).filter(coder=holder.membership, state__in=WORKABLE)


def is_blind(holder: Pass) -> bool:
    return blinding_work(holder).exists()


def codes_blind(user: User, project: Project) -> bool:
    """The same of somebody in whose name long work runs, who may have left meanwhile."""
    return _unrevealed(project).filter(coder__user=user, state__in=WORKABLE).exists()


def in_sight(holder: Pass, prefix: str = "") -> Q:
    """Of assignments: all but others' on documents that one still codes. What numbers and times are told of, whatever one's role."""
    blind = blinding_work(holder).values("document")
    return Q(**{f"{prefix}coder": holder.membership}) | ~Q(**{f"{prefix}document__in": blind})


@projects.hides_work
def hides_others_work(holder: Pass) -> bool:
    """Whether others' reconciliations, builds and imports are out of sight: that they ran tells that work was handed in."""
    return is_blind(holder)


@ledger_reading.until
def blind_since(holder: Pass) -> datetime | None:
    """When the oldest of one's own open work that is to stay blind was given out: the ledger tells what others did since."""
    return blinding_work(holder).aggregate(since=Min("given_at"))["since"]  # type: ignore[no-any-return]


def visible_questions(holder: Pass) -> QuerySet[Question]:
    """Questions this person may read: own ones, and for who settles conflicts those of all coders.

    A coder tells the PI of open work by asking; but whoever still codes the document stays blind to it.
    """
    questions = Question.objects.filter(assignment__round__project=holder.project).select_related(
        "assignment__document", "assignment__coder", "assignment__round__codebook", "answered_by"
    )
    own = Q(assignment__in=own_assignments(holder))
    if not holder.allows("reconciliation.decide"):
        return questions.filter(own)
    return questions.filter(own | ~Exists(_still_blind(holder, OuterRef("assignment__document"))))


def question_to_answer(holder: Pass, public_id: str) -> Question:
    """A question this person may answer: not one's own, and only as one who settles conflicts."""
    holder.require("reconciliation.decide")
    found = (
        visible_questions(holder)
        .exclude(assignment__coder=holder.membership)
        .filter(public_id=public_id)
        .first()
    )
    if found is None:
        raise Missing("There is no such question, or it is not yours to answer.")
    return found


def nobody_is_blind(project: Project) -> bool:
    """Whether everything that was handed in may be shown to anybody: nobody's reading is still to be kept from it."""
    return not _unrevealed(project).exists()


def _unrevealed(project: Project) -> QuerySet[Assignment]:
    return Assignment.objects.filter(round__project=project).exclude(
        round__state=Round.State.REVEALED
    )


def may_see_all_codings(holder: Pass) -> bool:
    """Whether everything that was handed in may be shown at once, as a release holds it.

    Nobody sees it who still codes in a round that is not revealed, whatever else they may do: a release
    would show them the others' work. Whoever only codes or manages sees it when all rounds are revealed.
    """
    if is_blind(holder):
        return False
    return holder.allows("releases.view") or nobody_is_blind(holder.project)


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
    WHERE a.public_id = %s AND m.user_id = %s AND m.left_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM coding_assignment b
        WHERE b.round_id = a.round_id AND b.document_id = a.document_id AND b.coder_id = a.coder_id
        AND b.sitting > a.sitting
    )
"""


def own_work(user: Person, public_id: str) -> Assignment | None:
    """`own_assignment_for` in one query, with only what a save uses; None where that one has to judge or say why not.

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
    rights = getattr(user, "token_rights", None)
    if "coding.code" not in permissions_of(json.loads(roles)) or (
        rights is not None and "coding.code" not in rights
    ):
        return None
    found = rows.partly(Assignment, dict(zip(_OWN_COLUMNS, own, strict=True)))
    found.round = rows.partly(
        Round,
        {"id": found.round_id, "state": state, "project_id": project, "codebook_id": codebook},
    )
    found.round.codebook = rows.partly(Codebook, {"id": codebook, "sha256": sha256})
    found.text = rows.partly(Text, {"id": found.text_id, "length": length})
    return found


_WITH_DOCUMENT = """
    SELECT d.id, d.external_id, d.title, d.kind, t.n, t.sha256, t.length, t.body
    FROM sources_document d JOIN coding_assignment a ON a.document_id = d.id JOIN sources_text t ON t.id = a.text_id
    WHERE a.id = %s
"""


def own_reading(user: Person, public_id: str) -> Assignment | None:
    """`own_work` with what is read beside it: its document's name and the text."""
    found = own_work(user, public_id)
    if found is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_WITH_DOCUMENT, [found.pk])
        pk, external_id, title, kind, n, sha256, length, body = cursor.fetchone()
    document = {"id": pk, "external_id": external_id, "title": title, "kind": kind}
    found.document = rows.partly(Document, document)
    text = {"id": found.text_id, "n": n, "sha256": sha256, "length": length, "body": body}
    found.text = rows.partly(Text, text)
    return found


_OWN_COLUMNS = (
    "id", "public_id", "state", "version", "outcome", "outcome_reason", "round_id", "text_id", "coder_id",
)  # fmt: skip


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


def visible_exchanges(holder: Pass) -> QuerySet[Exchange]:
    """What this person took out or brought in; what others brought in only to who may see all codings and bring in too.

    A file holds others' codings before they are anybody's here: it is seen by whom it would not make less blind.
    """
    seen = Q(by=holder.user)
    sees_others = holder.allows("reconciliation.view") and may_see_all_codings(holder)
    if holder.allows("coding.import") and sees_others:
        seen |= Q(direction=Exchange.Direction.IN)
    return Exchange.objects.filter(seen, project=holder.project).select_related("project", "by")


def exchange_for(holder: Pass, public_id: str) -> Exchange:
    """An exchange this person may look at; one taken out only while all that is in it may be seen."""
    found = visible_exchanges(holder).filter(public_id=public_id).first()
    if found is None:
        raise Missing("There is no such exchange in this project.")
    if found.is_out:
        seen = set(visible_assignments(holder).values_list("pk", flat=True))
        if not seen.issuperset(found.options.get("assignments", [])):
            raise NotAllowed(
                "This file holds codings that you may not see at the moment, because you code the same documents. "
                "Take them out again once you have handed in."
            )
    return found


def note_for(holder: Pass, public_id: str) -> CodebookNote:
    """A note on a codebook, for who may withdraw it."""
    holder.require("reconciliation.decide")
    found = (
        CodebookNote.objects.select_related("codebook__project")
        .filter(codebook__project=holder.project, public_id=public_id)
        .first()
    )
    if found is None:
        raise Missing("There is no such note on a codebook of this project.")
    return found


def may_see_draft_notes(holder: Pass) -> bool:
    """Those who write the codebook, and those who settle conflicts and say what it should say."""
    return holder.allows("codebook.edit") or holder.allows("reconciliation.decide")


def draft_note_for(holder: Pass, public_id: str) -> DraftNote:
    """A draft note, for who may see and settle those of the project."""
    if not may_see_draft_notes(holder):
        holder.require("codebook.edit")
    found = (
        DraftNote.objects.select_related("project")
        .filter(project=holder.project, public_id=public_id)
        .first()
    )
    if found is None:
        raise Missing("There is no such draft note in this project.")
    return found
