"""Incidents: verbs. One real-world event, and the documents' resolved events that report it."""

from django.db import transaction
from django.db.models import Max

from projects import ledger
from projects.models import Project, User
from projects.refusals import Invalid
from reconciliation.models import Incident, Report, ResolvedEvent


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
    last = Incident.objects.filter(project=project).aggregate(last=Max("n"))["last"] or 0
    incident = Incident.objects.create(project=project, n=last + 1)
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
