"""Assessments: verbs. A person says what was promised, kept and additional, cell by cell or for many cells at once.

Every call judges what its person saw: a cell that somebody else judged meanwhile refuses the whole call.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from coding.access import may_see_all_codings
from projects import ledger
from projects.access import Pass
from projects.models import Project
from projects.refusals import Invalid, Missing, NotAllowed, Stale
from reconciliation import assessment_inputs
from reconciliation.commitments import ALL, Cell, Proposal
from reconciliation.models import Assessment
from reconciliation.verdicts import Verdict, VerdictInvalid
from sources import alliance_lists
from sources.models import Alliance

MOST = 5_000  # cells judged in one call
LISTED = 100  # cells a ledger line names

BLIND = (
    "You still have documents to code in a round that is not revealed. Assessments rest on everybody's "
    "codings, so they are shown to you once you have handed in your own."
)


@dataclass(frozen=True)
class Asked:
    """A cell to judge, and the public id of the judgement its person saw there; empty where they saw none."""

    cell: Cell
    seen: str = ""


Say = Callable[[Proposal, Verdict], Verdict | None]


def require_sight(holder: Pass) -> None:
    """Assessments show what all coders found at once: nobody sees them who still codes blind."""
    holder.require("reconciliation.view")
    if not may_see_all_codings(holder):
        raise NotAllowed(BLIND)


def judge(
    cells: Sequence[Asked], *, by: Pass, parts: Mapping[str, int | None], reason: str = ""
) -> list[Assessment]:
    """Say these parts of all these cells; parts that are not named stay as they were judged."""
    if not parts:
        raise Invalid("Say what you judge: promised, kept or additional.")

    def say(_: Proposal, before: Verdict) -> Verdict:
        said = before.with_parts(parts)
        if said.is_empty:
            raise VerdictInvalid(
                "That would leave nothing judged: take the judgement back instead."
            )
        return said

    return _write(cells, by=by, say=say, verb="assessment.judge", reason=reason)


def accept(cells: Sequence[Asked], *, by: Pass, reason: str = "") -> list[Assessment]:
    """Judge what is proposed, part by part, where a part is proposed and nobody has judged it. Others are left alone."""

    def say(proposal: Proposal, before: Verdict) -> Verdict | None:
        proposed = {
            part: value
            for part, value in asdict(proposal.verdict).items()
            if value is not None and getattr(before, part) is None
        }
        if before.promised is not None and before.promised != 1:
            proposed.pop("kept", None)
        return before.with_parts(proposed) if proposed else None

    return _write(cells, by=by, say=say, verb="assessment.accept", reason=reason)


def withdraw(cells: Sequence[Asked], *, by: Pass, reason: str) -> list[Assessment]:
    """Take judgements back: the cells are not judged again, and what was said stays in their history."""
    if not reason.strip():
        raise Invalid("Please say why the judgement is taken back.")
    return _write(cells, by=by, say=lambda *_: Verdict(), verb="assessment.withdraw", reason=reason)


def current(project: Project) -> dict[Cell, Assessment]:
    """The judgements that count, by cell."""
    rows = Assessment.objects.filter(
        project=project, superseded_by=None, is_withdrawn=False
    ).select_related("alliance")
    return {cell_of(row): row for row in rows}


def cell_of(row: Assessment) -> Cell:
    return Cell(row.alliance.reference, row.provider, row.recipient, row.type, row.year)


def verdict_of(row: Assessment | None) -> Verdict:
    return Verdict(row.promised, row.kept, row.additional) if row else Verdict()


def _write(
    cells: Sequence[Asked], *, by: Pass, say: Say, verb: str, reason: str
) -> list[Assessment]:
    by.require("reconciliation.decide")
    require_sight(by)
    asked = {one.cell: one.seen for one in cells}
    if not asked:
        raise Invalid("Choose at least one cell.")
    if len(asked) > MOST:
        raise Invalid(f"At most {MOST} cells are judged at once; these are {len(asked)}.")
    project, reason = by.project, reason.strip()
    with transaction.atomic():
        # The project's row is the queue of its judgements, as it is of its ledger.
        Project.objects.select_for_update().only("pk").get(pk=project.pk)
        rows = {
            row.reference: row
            for row in alliance_lists.current(project).filter(
                reference__in={cell.alliance for cell in asked}
            )
        }
        sources = assessment_inputs.assessed(project, references=rows)
        last = _last(rows)
        made = []
        for cell, seen in sorted(asked.items()):
            proposal = _proposal(sources, cell)
            before = last.get(cell)
            _check_seen(cell, before, seen)
            row = _judged(cell, proposal, before, say, alliance=rows[cell.alliance], by=by)
            if row is None:
                continue
            if before and not before.is_withdrawn and before.by_id != by.user.pk and not reason:
                raise Invalid(
                    f"{before.by_label} judged {told(cell)} before you: please say why you judge otherwise."
                )
            row.reason = reason
            made.append(row)
        Assessment.objects.bulk_create(made, batch_size=200)
        _tell(made, rows, verb, reason, by)
    return made


def _last(alliances: Mapping[str, Alliance]) -> dict[Cell, Assessment]:
    """The newest row of each cell of these alliances, also where it took a judgement back."""
    found = Assessment.objects.filter(
        alliance__in=[row.pk for row in alliances.values()], superseded_by=None
    )
    return {cell_of(row): row for row in found.select_related("alliance")}


def _proposal(sources: assessment_inputs.Assessed, cell: Cell) -> Proposal:
    grounds = sources.grounds.get(cell.alliance)
    if grounds is None:
        raise Missing(f"There is no alliance “{cell.alliance}” in the project's list.")
    if cell.type not in sources.types:
        raise Invalid(f"The codebook has no yearly judgements of type “{cell.type}”.")
    proposal = grounds.proposal(cell.provider, cell.recipient, cell.type, cell.year)
    if proposal is None:
        raise Invalid(
            f"{told(cell)} cannot be judged: they were not members together on any day of that year."
        )
    return proposal


def _check_seen(cell: Cell, before: Assessment | None, seen: str) -> None:
    stands = before.public_id if before and not before.is_withdrawn else ""
    if stands != seen:
        raise Stale(
            f"{told(cell)} was judged by somebody else meanwhile. Nothing was changed; look at it again."
        )


def _judged(
    cell: Cell,
    proposal: Proposal,
    before: Assessment | None,
    say: Say,
    *,
    alliance: Alliance,
    by: Pass,
) -> Assessment | None:
    """The row to write, not yet saved; None where it would say nothing new."""
    stood = verdict_of(before)
    try:
        said = say(proposal, stood)
    except VerdictInvalid as wrong:
        raise Invalid(f"{told(cell)}: {wrong}") from None
    if said is None or (said.is_empty and stood.is_empty):
        return None
    basis, proposed = proposal.basis(), asdict(proposal.verdict)
    if before and said == stood and (before.basis, before.proposed) == (basis, proposed):
        return None
    return Assessment(
        project=by.project,
        alliance=alliance,
        provider=cell.provider,
        recipient=cell.recipient,
        type=cell.type,
        year=cell.year,
        **asdict(said),
        is_withdrawn=said.is_empty,
        proposed=proposed,
        basis=basis,
        supersedes=before,
        by=by.user,
        by_label=by.label,
    )


def _tell(
    made: Sequence[Assessment], rows: Mapping[str, Alliance], verb: str, reason: str, by: Pass
) -> None:
    """One line for each alliance, however many of its cells were judged."""
    of: defaultdict[str, list[Assessment]] = defaultdict(list)
    for row in made:
        of[row.alliance.reference].append(row)
    for reference, judged in sorted(of.items()):
        ledger.record(
            by.project,
            verb,
            rows[reference],
            by=by.user,
            difference={
                "alliance": reference,
                "count": len(judged),
                "cells": [
                    f"{told(cell_of(row))}: {verdict_of(row).words()}" for row in judged[:LISTED]
                ],
                "reason": reason,
            },
        )


def told(cell: Cell) -> str:
    """A cell in words that stand in a sentence or a ledger line."""
    recipient = "all members" if cell.recipient == ALL else cell.recipient
    return f"{cell.type} {cell.year}, {cell.provider} to {recipient}"
