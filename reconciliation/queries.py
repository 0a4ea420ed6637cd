"""What screens ask about runs, conflicts, the board, incidents. Never writes.

Codings of others come only through coding.access.visible_assignments: a document is on the board for
those who may see every handed-in coding of it, and for nobody else.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from coding.access import blinding_work, visible_assignments
from coding.models import Assignment, Round
from projects.access import Pass
from projects.models import LedgerLine, Project
from projects.refusals import Missing
from reconciliation import readiness, runs
from reconciliation.models import (
    Distinction,
    Group,
    Incident,
    Position,
    Proposal,
    Report,
    Routine,
    Run,
)
from reconciliation.readiness import Tally
from sources import copies
from sources.models import Document

CONFLICTS = (Position.State.DIFFERS, Position.State.MISSING, Position.State.UNMATCHED)
# --- whose codings may be seen


def visible_documents(holder: Pass, of_round: Round | None = None) -> QuerySet[Document]:
    """Documents all of whose handed-in codings (of the round, or of any) this person may see."""
    handed_in = Assignment.objects.filter(
        round__project=holder.project, state=Assignment.State.SUBMITTED
    )
    if of_round is not None:
        handed_in = handed_in.filter(round=of_round)
    hidden = handed_in.exclude(pk__in=visible_assignments(holder).values("pk"))
    return Document.objects.filter(
        Exists(handed_in.filter(document=OuterRef("pk"))),
        ~Exists(hidden.filter(document=OuterRef("pk"))),
        project=holder.project,
    )


def visible_groups(holder: Pass, of_round: Round) -> QuerySet[Group]:
    return Group.objects.filter(
        round=of_round,
        retired_at=None,
        document__in=visible_documents(holder, of_round).values("pk"),
    )


def board_document_for(holder: Pass, of_round: Round, public_id: str) -> Document:
    found = visible_documents(holder, of_round).filter(public_id=public_id).first()
    if found is None:
        raise Missing(
            "There is nothing to settle on this document in this round, or you still code it yourself "
            "and stay blind to the others until you have handed in."
        )
    return found


# --- rounds


def is_open(prefix: str = "") -> Q:
    """A position somebody still has to look at. What a resolved event did not ask for is not open."""
    undecided = Q(**{f"{prefix}decision": None}) & (
        Q(**{f"{prefix}group__resolved": None})
        | Q(**{f"{prefix}group__resolved__reopened_at__isnull": False})
    )
    return undecided | Q(**{f"{prefix}basis_changed": True})


@dataclass(frozen=True)
class RoundState:
    """Where the reconciliation of a round stands, as far as this person may see it."""

    round: Round
    run: Run | None
    groups: int
    settled: int
    conflicts: int
    agreed: int
    changed: int
    readiness: Tally
    routine: Routine | None

    @property
    def is_next(self) -> bool:
        """Whether reconciling is what this round waits for."""
        return self.run is None and self.readiness.ready > 0


def round_states(holder: Pass) -> list[RoundState]:
    """Newest round first; a fixed number of queries for any number of rounds."""
    rounds = list(
        Round.objects.filter(project=holder.project).select_related("codebook").order_by("-id")
    )
    newest = {
        run.round_id: run
        for run in Run.objects.filter(round__in=rounds)
        .exclude(finished_at=None)
        .order_by("round_id", "n")
    }
    # Of a document one still codes in any round, nothing enters the counts.
    visible = visible_documents(holder).values("pk")
    groups = Group.objects.filter(round__in=rounds, retired_at=None, document__in=visible)
    counted = {
        row["round_id"]: row
        for row in groups.order_by()
        .values("round_id")
        .annotate(
            n=Count("pk"),
            settled=Count("pk", filter=Q(resolved__isnull=False, resolved__reopened_at=None)),
        )
    }
    positions = Position.objects.filter(
        is_open(), group__round__in=rounds, group__retired_at=None, group__document__in=visible
    )
    waiting = {
        row["group__round_id"]: row
        for row in positions.order_by()
        .values("group__round_id")
        .annotate(
            conflicts=Count("pk", filter=Q(state__in=CONFLICTS)),
            agreed=Count("pk", filter=Q(state=Position.State.AGREED)),
            changed=Count("pk", filter=Q(basis_changed=True)),
        )
    }
    routines = {one.round_id: one for one in Routine.objects.filter(round__in=rounds)}
    blind = _blind(holder)
    ready = readiness.of_rounds(
        {one.pk: routines[one.pk].enough if one.pk in routines else None for one in rounds},
        unseen={document for _, document in blind},
    )
    hidden = _rounds_out_of_sight(holder, {of_round for of_round, _ in blind})
    nothing: dict[str, int] = {}
    return [
        RoundState(
            one,
            newest.get(one.pk) if one.pk not in hidden else None,
            counted.get(one.pk, nothing).get("n", 0),
            counted.get(one.pk, nothing).get("settled", 0),
            waiting.get(one.pk, nothing).get("conflicts", 0),
            waiting.get(one.pk, nothing).get("agreed", 0),
            waiting.get(one.pk, nothing).get("changed", 0),
            ready[one.pk],
            routines.get(one.pk),
        )
        for one in rounds
    ]


def latest_run(holder: Pass, of_round: Round) -> Run | None:
    """The newest run of a round, for who codes not all of its documents: to them also that it ran is out of sight."""
    held = {one for one, _ in _blind(holder)}
    return None if of_round.pk in _rounds_out_of_sight(holder, held) else runs.latest(of_round)


def _blind(holder: Pass) -> set[tuple[int, int]]:
    """Rounds and documents of one's own work that is to stay blind."""
    return {*blinding_work(holder).values_list("round_id", "document_id")}


def _rounds_out_of_sight(holder: Pass, held: set[int]) -> set[int]:
    """Of rounds in which one codes blind those in which one codes every document."""
    if not held:
        return held
    others = Assignment.objects.filter(round__in=held).exclude(
        document__in=blinding_work(holder).values("document")
    )
    return held - {*others.order_by().values_list("round_id", flat=True).distinct()}


# --- incidents


def incidents(holder: Pass, *, type_code: str = "", words: str = "") -> QuerySet[Incident]:
    """Living incidents with the reports this person may see; an incident without one is not shown."""
    reports = (
        Report.objects.filter(
            resolved_event__group__retired_at=None,
            resolved_event__group__document__in=visible_documents(holder).values("pk"),
        )
        .select_related(
            "resolved_event__group__document",
            "resolved_event__group__round__project",
        )
        .order_by("resolved_event__group__document__external_id")
    )
    if type_code:
        reports = reports.filter(resolved_event__type=type_code)
    found = Incident.objects.filter(project=holder.project, merged_into=None)
    matching = reports
    for word in words.split():
        matching = matching.filter(
            Q(resolved_event__values__title__icontains=word)
            | Q(resolved_event__group__document__title__icontains=word)
        )
    return (
        found.filter(pk__in=matching.values("incident"))
        .select_related("project")
        .prefetch_related(Prefetch("reports", reports))
        .order_by("n")
    )


def copies_of_reports(project: Project, shown: Iterable[Incident]) -> dict[int, list[Document]]:
    """By document: the copies of it that count as reports too, as in a release. One that was coded speaks for itself."""
    reported = {
        report.resolved_event.group.document_id
        for incident in shown
        for report in incident.reports.all()
    }
    return copies_of_reported(project, reported)


def copies_of_reported(project: Project, reported: set[int]) -> dict[int, list[Document]]:
    """The same for documents that report, by their rows."""
    coded = Assignment.objects.filter(
        round__project=project,
        state=Assignment.State.SUBMITTED,
        document__copy__cluster__copies__document__in=reported,
    ).values_list("document", flat=True)
    return copies.copies_of(project, {*reported, *coded})


def incident_types(holder: Pass) -> list[str]:
    rows = Report.objects.filter(incident__project=holder.project).order_by("resolved_event__type")
    return list(rows.values_list("resolved_event__type", flat=True).distinct())


def reports_of(holder: Pass, incident: Incident) -> QuerySet[Report]:
    """The reports of an incident that this person may see."""
    return (
        Report.objects.filter(
            incident=incident,
            resolved_event__group__retired_at=None,
            resolved_event__group__document__in=visible_documents(holder).values("pk"),
        )
        .select_related(
            "resolved_event__group__document", "resolved_event__group__round__project",
            "resolved_event__group__round__codebook",
        )
        .order_by("resolved_event__group__document__published_on", "pk")
    )  # fmt: skip


def incident_for(holder: Pass, number: int) -> Incident:
    """A living incident with a report this person may see, or the one it was merged into."""
    found = Incident.objects.select_related("project", "merged_into").filter(
        project=holder.project, n=number
    )
    incident = found.first()
    while incident is not None and incident.merged_into is not None:
        incident = incident.merged_into
    if incident is None or not reports_of(holder, incident).exists():
        raise Missing("There is no such incident, or none of its reports may be seen by you yet.")
    return incident


def history_of(incident: Incident) -> QuerySet[LedgerLine]:
    """The ledger's lines about an incident and those gathered under it, newest first."""
    named = [str(incident.pk), *map(str, incident.merged.values_list("pk", flat=True))]
    return LedgerLine.objects.filter(
        project_id=incident.project_id, subject_kind="incident", subject_id__in=named
    ).order_by("-n")


def proposals(holder: Pass) -> QuerySet[Proposal]:
    """Pairs that may be one incident and nobody judged yet, nearest first, as far as both may be seen."""
    seen = visible_documents(holder).values("pk")
    own = Report.objects.filter(resolved_event=OuterRef("first"))
    other = Report.objects.filter(resolved_event=OuterRef("second"))
    living = {
        f"{side}__{name}": value
        for side in ("first", "second")
        for name, value in {
            "group__document__in": seen, "group__retired_at": None, "is_event": True, "reopened_at": None,
        }.items()
    }  # fmt: skip
    judged = Distinction.objects.filter(
        Q(first=OuterRef("first"), second=OuterRef("second"))
        | Q(first=OuterRef("second"), second=OuterRef("first"))
    )
    return (
        Proposal.objects.filter(~Exists(judged), project=holder.project, **living)
        .annotate(
            one=Subquery(own.values("incident")[:1]), other=Subquery(other.values("incident")[:1])
        )
        .exclude(one=F("other"))
        .select_related(
            "first__group__document", "second__group__document",
            "first__group__round__project", "second__group__round__project",
            "first__report__incident", "second__report__incident",
        )
        .order_by("distance", "pk")
    )  # fmt: skip
