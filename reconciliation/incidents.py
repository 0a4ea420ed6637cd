"""Incidents: verbs. One real-world event, and the documents' resolved events that report it."""

from django.db import transaction
from django.db.models import Max

from projects import jobs, ledger
from projects.access import Pass
from projects.models import Job, Project, User
from projects.refusals import Invalid
from reconciliation.models import Distinction, Incident, Report, ResolvedEvent

PROPOSE = "reconciliation.propose"


def propose(*, by: Pass) -> Job:
    """Ask which resolved events of different documents may be one incident."""
    by.require("reconciliation.run")
    return jobs.enqueue(PROPOSE, by.project.pk, project=by.project, by=by.user)


def follow(resolved: ResolvedEvent) -> Incident | None:
    """Keep incidents in step with a resolved event: a new one gets an incident of its own, to be linked later."""
    report = Report.objects.filter(resolved_event=resolved).select_related("incident").first()
    if not resolved.is_event:
        if report:
            report.delete()
        return None
    if report:
        return report.incident
    project = resolved.group.round.project
    # The ledger line of the resolution holds the project row, so no other verb numbers at this moment.
    incident = _new(project)
    Report.objects.create(incident=incident, resolved_event=resolved)
    return incident


def link(project: Project, incidents: list[Incident], *, by: User, reason: str = "") -> Incident:
    """Say that these are one incident: their reports gather under the lowest number; the others point to it."""
    with transaction.atomic():
        named = [incident.pk for incident in incidents]
        chosen = list(Incident.objects.select_for_update().filter(pk__in=named).order_by("n"))
        if len(chosen) < 2:
            raise Invalid("Choose at least two incidents to link.")
        if any(incident.project_id != project.pk or incident.merged_into_id for incident in chosen):
            raise Invalid(
                "Only incidents of this project that are not already part of another can be linked."
            )
        kept, others = chosen[0], chosen[1:]
        for other in others:
            Report.objects.filter(incident=other).update(incident=kept)
            Incident.objects.filter(pk=other.pk).update(merged_into=kept)
        ledger.record(
            project,
            "incident.link",
            kept,
            by=by,
            difference={"incidents": [str(incident) for incident in chosen], "reason": reason},
        )
    return kept


def split(incident: Incident, reports: list[Report], *, by: User, reason: str) -> Incident:
    """Say that these reports are of another incident: they go to a new one, whose number was never used."""
    if not reason.strip():
        raise Invalid("Please say why these are two incidents.")
    with transaction.atomic():
        held = Incident.objects.select_for_update().select_related("project").get(pk=incident.pk)
        own = set(Report.objects.filter(incident=held).values_list("pk", flat=True))
        chosen = {report.pk for report in reports}
        if not chosen or not chosen <= own:
            raise Invalid("Choose reports of this incident.")
        if chosen == own:
            raise Invalid("At least one report stays with the incident; choose fewer.")
        # Holds the project row before a number is taken.
        line = {"incident": str(held), "reason": reason.strip()}
        ledger.record(
            held.project,
            "incident.split",
            held,
            by=by,
            difference=line | {"documents": sorted(_documents(chosen))},
        )
        made = _new(held.project)
        Report.objects.filter(pk__in=chosen).update(incident=made)
    return made


def distinguish(
    project: Project, first: ResolvedEvent, second: ResolvedEvent, *, by: User, reason: str = ""
) -> None:
    """Say that these two events are two incidents, so that they are not proposed again."""
    first, second = sorted((first, second), key=lambda event: event.pk)
    with transaction.atomic():
        _, is_new = Distinction.objects.get_or_create(
            first=first,
            second=second,
            defaults={"project": project, "reason": reason.strip(), "by": by},
        )
        if is_new:
            ledger.record(
                project,
                "incident.distinguish",
                first,
                by=by,
                difference={
                    "events": [first.public_id, second.public_id], "reason": reason.strip(),
                },
            )  # fmt: skip


def _new(project: Project) -> Incident:
    last = Incident.objects.filter(project=project).aggregate(last=Max("n"))["last"] or 0
    return Incident.objects.create(project=project, n=last + 1)


def _documents(reports: set[int]) -> list[str]:
    return list(
        Report.objects.filter(pk__in=reports).values_list(
            "resolved_event__group__document__external_id", flat=True
        )
    )
