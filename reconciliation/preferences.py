"""Preferences: verbs. Whose word an incident takes, field by field, where a person knows better than the order."""

from django.db import transaction
from django.utils import timezone

from projects import ledger
from projects.access import Pass
from projects.refusals import Invalid, NotAllowed
from reconciliation.docket import OWN_CODING, coded_it
from reconciliation.models import Incident, Preference, Report


def prefer(
    incident: Incident, field: str, report: Report | None, *, by: Pass, reason: str
) -> Preference:
    """Take a field from this report, every field with `*`; without a report the order of sources decides again."""
    by.require("reconciliation.decide")
    if not reason.strip():
        raise Invalid("Please say why this report's word counts.")
    with transaction.atomic():
        held = Incident.objects.select_for_update().select_related("project").get(pk=incident.pk)
        reports = {
            one.pk: one
            for one in Report.objects.filter(incident=held).select_related(
                "resolved_event__group__document"
            )
        }
        if report is not None and report.pk not in reports:
            raise Invalid("Choose a report of this incident.")
        own = any(coded_it(one.resolved_event.group, by) for one in reports.values())
        if own and not by.project.own_adjudication_allowed:
            raise NotAllowed(OWN_CODING)
        event = reports[report.pk].resolved_event if report else None
        value = []
        if event is not None and field != Preference.WHOLE:
            if field not in event.values:
                raise Invalid("This report does not say anything about that.")
            value = [event.values[field]]
        elif event is None and not Preference.objects.filter(incident=held, field=field).exists():
            raise Invalid("Nothing was decided about that.")
        made = Preference.objects.create(
            incident=held,
            field=field,
            taken_from=event,
            value=value,
            reason=reason.strip(),
            by=by.user,
            by_label=by.label,
            own_coding=own,
            at=timezone.now(),
        )
        told = event.group.document.external_id if event else ""
        ledger.record(
            held.project,
            "incident.prefer",
            held,
            by=by.user,
            difference={"field": field, "document": told, "reason": reason.strip()},
        )
    return made
