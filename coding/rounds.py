"""Rounds: verbs. All is drawn and assigned when a round opens, so nothing others do later changes a queue."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from coding import allocation, codebooks, planning
from coding.models import Assignment, Codebook, Round
from coding.planning import Draw, Plan
from projects import ledger
from projects.models import Membership, Project, User
from projects.refusals import Invalid, Stale, WrongState
from sources.models import Document

BATCH = 2_000


def open_round(
    project: Project,
    name: str,
    *,
    by: User,
    coders: Sequence[Membership],
    per_document: int,
    overlap_percent: int = 100,
    documents: Iterable[Document] | None = None,
    draw: Draw | None = None,
    kind: str = Round.Kind.PRODUCTION,
    gold: Membership | None = None,
    has_suggestions: bool = False,
    codebook: Codebook | None = None,
    seed: int | None = None,
    instructions: str = "",
    seen: str = "",
) -> Round:
    """Draw and assign, by a plan as `planning.plan` makes it.

    The share `overlap_percent` of documents gets exactly `per_document` of the coders, the others one; loads are
    balanced, everything follows from the seed. `gold` writes the answers of a training round. `seen` is the
    fingerprint of the plan that was looked at: another one is refused.
    """
    name = name.strip()
    if not name or len(name) > 80:
        raise Invalid("A round needs a name of at most 80 characters.")
    codebook = codebook or codebooks.current(project)
    if not codebook.is_published or codebook.project_id != project.pk:
        raise WrongState("A round is coded with a published codebook of its project.")
    _check_gold(project, kind, gold, coders)
    planned = planning.plan(
        project,
        coders=coders,
        per_document=per_document,
        overlap_percent=overlap_percent,
        documents=documents,
        draw=draw,
        seed=seed,
    )
    if seen and seen != planned.fingerprint:
        raise Stale(
            "What there is to draw from has changed since you looked; here is the new plan."
        )
    by_document = {document.external_id: document for document in planned.documents}
    by_coder = {coder.label: coder for coder in coders}
    drawn = (draw or Draw()).said() | {"from": planned.available}
    try:
        with transaction.atomic():
            opened = Round.objects.create(
                project=project,
                name=name,
                kind=kind,
                codebook=codebook,
                per_document=per_document,
                overlap_percent=overlap_percent,
                seed=planned.seed,
                drawn=drawn,
                has_suggestions=has_suggestions,
                instructions=instructions,
            )
            Assignment.objects.bulk_create(
                [
                    given(opened, by_document[allotment.document], by_coder[coder])
                    for allotment in planned.allotments
                    for coder in allotment.coders
                ]
                + [
                    given(opened, document, gold, is_gold=True)
                    for document in planned.documents
                    if gold
                ],
                batch_size=BATCH,
            )
            ledger.record(
                project,
                "round.open",
                opened,
                by=by,
                difference={
                    "name": name,
                    "documents": len(planned.documents),
                    "coders": sorted(coder.label for coder in coders),
                    "per_document": per_document,
                    "seed": planned.seed,
                    "codebook": codebook.n,
                    "drawn": drawn,
                    **_further(planned, opened, gold),
                },
            )
    except IntegrityError:
        if Round.objects.filter(project=project, name=name).exists():
            raise Invalid(f"There is already a round “{name}”.") from None
        raise
    return opened


def _check_gold(
    project: Project, kind: str, gold: Membership | None, coders: Sequence[Membership]
) -> None:
    if gold is None:
        return
    if kind != Round.Kind.TRAINING:
        raise Invalid("Only a training round has gold answers.")
    planning.check_coder(project, gold)
    if gold in coders:
        raise Invalid(f"{gold.label} writes the gold answers and cannot be trained on them.")


def _further(planned: Plan, opened: Round, gold: Membership | None) -> dict[str, Any]:
    """What the ledger tells only where it is not as usual."""
    found: dict[str, Any] = {}
    if planned.copies_left_out:
        found["copies_left_out"] = planned.copies_left_out
    if opened.overlap_percent != 100:
        found["overlap_percent"] = opened.overlap_percent
    if opened.kind != Round.Kind.PRODUCTION:
        found |= {"kind": str(opened.kind), "gold": gold.label if gold else ""}
    if opened.has_suggestions:
        found["suggestions"] = True
    return found


def assign(opened: Round, document: Document, coder: Membership, *, by: User) -> Assignment:
    """Give one more coder a document of an open round, beyond what was drawn."""
    planning.check_coder(opened.project, coder)
    if document.state != Document.State.READ or document.project_id != opened.project_id:
        raise WrongState(f"“{document.external_id}” has no text to code.")
    with transaction.atomic():
        if Round.objects.select_for_update().get(pk=opened.pk).state != Round.State.OPEN:
            raise WrongState("Only an open round takes further assignments.")
        if Assignment.objects.filter(round=opened, document=document, coder=coder).exists():
            raise Invalid(f"{coder.label} already has “{document.external_id}” in this round.")
        # Everybody codes the same text of a document, also where a newer reading exists by now.
        pinned = Assignment.objects.filter(round=opened, document=document).first()
        assignment = given(opened, document, coder)
        if pinned:
            assignment.text_id = pinned.text_id
        assignment.save()
        ledger.record(
            opened.project, "round.assign", assignment, by=by, difference={"coder": coder.label}
        )
    return assignment


def move(opened: Round, state: Round.State, *, by: User) -> Round:
    """Close, reopen or reveal. After the reveal coders see what became of their documents."""
    with transaction.atomic():
        opened = Round.objects.select_for_update().get(pk=opened.pk)
        before = Round.State(opened.state)
        if state not in Round.MOVES[before]:
            raise WrongState(f"A round that is {before.label} cannot become {state.label}.")
        opened.state = state
        if state == Round.State.REVEALED:
            opened.revealed_at = timezone.now()
        opened.save(update_fields=["state", "revealed_at"])
        ledger.record(
            opened.project,
            "round.move",
            opened,
            by=by,
            difference={"from": before.value, "to": state.value},
        )
    return opened


def given(
    opened: Round, document: Document, coder: Membership, *, is_gold: bool = False
) -> Assignment:
    """An assignment not yet written. Its place in the coder's queue depends on coder and document alone."""
    assert document.current_text_id is not None, document
    return Assignment(
        round=opened,
        document=document,
        text_id=document.current_text_id,
        coder=coder,
        is_gold=is_gold,
        queue_key=allocation.queue_key(coder.public_id, document.public_id),
    )
