"""Rounds: verbs. All is drawn and assigned when a round opens, so nothing others do later changes a queue."""

import secrets
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from coding import allocation, codebooks
from coding.models import Assignment, Codebook, Round
from projects import ledger
from projects.models import Membership, Project, User
from projects.refusals import Invalid, WrongState
from sources import copies
from sources.models import Document


def open_round(
    project: Project,
    name: str,
    *,
    by: User,
    coders: Sequence[Membership],
    per_document: int,
    documents: Iterable[Document] | None = None,
    codebook: Codebook | None = None,
    seed: int | None = None,
    instructions: str = "",
) -> Round:
    """Draw and assign: every document gets exactly `per_document` of the coders, loads balanced, seeded."""
    name = name.strip()
    if not name or len(name) > 80:
        raise Invalid("A round needs a name of at most 80 characters.")
    if Round.objects.filter(project=project, name=name).exists():
        raise Invalid(f"There is already a round “{name}”.")
    codebook = codebook or codebooks.current(project)
    if not codebook.is_published or codebook.project_id != project.pk:
        raise WrongState("A round is coded with a published codebook of its project.")
    for coder in coders:
        _check_coder(project, coder)
    chosen = _readable(project, documents)
    seed = secrets.randbelow(2**31) if seed is None else seed
    if not 0 <= seed < 2**63:
        raise Invalid("A seed is a whole number from 0 to 9223372036854775807.")
    try:
        # Drawn on names that people gave, so that a seed draws the same in every installation.
        allotments = allocation.allocate(
            [document.external_id for document in chosen],
            [coder.label for coder in coders],
            per_document=per_document,
            seed=seed,
        )
    except allocation.CannotAllocate as refusal:
        raise Invalid(f"{refusal.message[0].upper()}{refusal.message[1:]}.") from None
    by_document = {document.external_id: document for document in chosen}
    by_coder = {coder.label: coder for coder in coders}
    with transaction.atomic():
        opened = Round.objects.create(
            project=project,
            name=name,
            codebook=codebook,
            per_document=per_document,
            seed=seed,
            instructions=instructions,
        )
        Assignment.objects.bulk_create(
            _assignment(opened, by_document[allotment.document], by_coder[coder])
            for allotment in allotments
            for coder in allotment.coders
        )
        ledger.record(
            project,
            "round.open",
            opened,
            by=by,
            difference={
                "name": name,
                "documents": len(chosen),
                "coders": sorted(coder.label for coder in coders),
                "per_document": per_document,
                "seed": seed,
                "codebook": codebook.n,
                **_copies_left_out(project, chosen),
            },
        )
    return opened


def assign(opened: Round, document: Document, coder: Membership, *, by: User) -> Assignment:
    """Give one more coder a document of an open round, beyond what was drawn."""
    _check_coder(opened.project, coder)
    if document.state != Document.State.READ or document.project_id != opened.project_id:
        raise WrongState(f"“{document.external_id}” has no text to code.")
    with transaction.atomic():
        if Round.objects.select_for_update().get(pk=opened.pk).state != Round.State.OPEN:
            raise WrongState("Only an open round takes further assignments.")
        if Assignment.objects.filter(round=opened, document=document, coder=coder).exists():
            raise Invalid(f"{coder.label} already has “{document.external_id}” in this round.")
        # Everybody codes the same text of a document, also where a newer reading exists by now.
        pinned = Assignment.objects.filter(round=opened, document=document).first()
        assignment = _assignment(opened, document, coder)
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


def _check_coder(project: Project, coder: Membership) -> None:
    if "coder" not in coder.roles or coder.left_at is not None or coder.project_id != project.pk:
        raise Invalid(f"{coder.label} is not a coder of this project.")


def _readable(project: Project, documents: Iterable[Document] | None) -> list[Document]:
    if documents is None:
        readable = Document.objects.filter(project=project, state=Document.State.READ)
        chosen = list(copies.one_of_each(readable))
    else:
        chosen = list(documents)
        unread = [
            document.external_id
            for document in chosen
            if document.state != Document.State.READ or document.project_id != project.pk
        ]
        if unread:
            raise Invalid(f"These documents have no text to code: {', '.join(unread[:10])}.")
    if not chosen:
        raise Invalid("There is no readable document to draw from.")
    return chosen


def _copies_left_out(project: Project, chosen: list[Document]) -> dict[str, int]:
    """How many confirmed copies are not drawn because one that is stands for them; nothing where there are none."""
    drawn = {document.pk for document in chosen}
    others = copies.copies_of(project, drawn).values()
    count = sum(len(found) for found in others)
    return {"copies_left_out": count} if count else {}


def _assignment(opened: Round, document: Document, coder: Membership) -> Assignment:
    return Assignment(
        round=opened,
        document=document,
        text=document.current_text,
        coder=coder,
        queue_key=allocation.queue_key(coder.public_id, document.public_id),
    )
