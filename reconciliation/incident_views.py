"""Pages of incidents: one with its reports, and pairs of events that may be one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from coding import wording
from projects import queries as projects
from projects.access import pass_for
from projects.forms import beside, status_of
from projects.refusals import Missing
from reconciliation import incident_values, incidents, preferences, queries
from reconciliation.forms import JudgementForm, PreferenceForm, SplitForm
from reconciliation.models import Preference

PER_PAGE = 20
# What tells two events apart at a glance.
GLANCE = ("provider", "recipient", "start", "end", "location_name", "status")


@require_http_methods(["GET", "HEAD", "POST"])
def incident(request, slug, number):
    """An incident, what each report says of it, and how its reports came together; reports can be split off."""
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    shown = queries.incident_for(holder, number)
    if shown.n != number:
        return redirect(shown)
    reports = queries.reports_of(holder, shown)
    form = None
    if request.method == "POST":
        holder.require("reconciliation.decide")
        form = SplitForm(request.POST, reports=reports)
        if form.is_valid():
            with beside(form):
                made = incidents.split(
                    shown,
                    list(form.cleaned_data["reports"]),
                    by=request.user,
                    reason=form.cleaned_data["reason"],
                )
                messages.success(request, f"{made} is an incident of its own now.")
                return redirect(shown)
    return _incident_page(request, holder, shown, form)


@require_POST
def incident_value(request, slug, number):
    """Take a field, or everything, from one report; or leave it to the order of sources again."""
    holder = request.holder = pass_for(request.user, slug, "reconciliation.decide")
    shown = queries.incident_for(holder, number)
    reports = queries.reports_of(holder, shown)
    form = PreferenceForm(request.POST, reports=reports)
    if form.is_valid():
        said = form.cleaned_data
        with beside(form):
            preferences.prefer(
                shown, said["field"], said["report"], by=holder, reason=said["reason"]
            )
            told = (
                "Taken from that report."
                if said["report"]
                else "Left to the order of sources again."
            )
            messages.success(request, told)
            return redirect(shown)
    return _incident_page(request, holder, shown, form)


def _incident_page(request, holder, shown, form):
    columns = sorted(queries.reports_of(holder, shown), key=rank_of)
    # Where a report may not be seen, it may be the best one: then nothing is said of what stands.
    is_whole = len(columns) == shown.reports.count()
    told = incident_values.preferences(holder.project, [shown.pk]).get(shown.pk, {})
    events = [report.resolved_event for report in columns]
    stands = incident_values.standing(events, told) if is_whole else None
    context = {
        "incident": shown,
        "reports": columns,
        "rows": _side_by_side(columns, stands),
        "stands": stands,
        "whole": told.get(Preference.WHOLE),
        "lapsed": stands.lapsed if stands else [],
        "order": incident_values.ORDER_IN_WORDS,
        "may_prefer": is_whole and len(columns) > 1 and holder.allows("reconciliation.decide"),
        "history": queries.history_of(shown),
        "form": form,
    }
    status = status_of(form) if form else 200
    return render(request, "reconciliation/incident.html", context, status=status)


def rank_of(report):
    group = report.resolved_event.group
    return incident_values.rank(group.document, group.n)


def _side_by_side(reports, stands=None):
    """A row for every field that any report fills: what each says, whether they differ, what stands and why."""
    origins = stands.origins if stands else {}
    found = {}
    for place, report in enumerate(reports):
        event = report.resolved_event
        codebook = event.group.round.codebook.parsed
        for field in codebook.fields_of(event.type) if codebook.has_type(event.type) else ():
            if field.name not in event.values:
                continue
            origin, decided = origins.get(field.name, (None, None))
            row = found.setdefault(
                field.name,
                {
                    "name": field.name, "label": str(field.label), "cells": [None] * len(reports),
                    "decided": decided,
                },
            )  # fmt: skip
            words = wording.value(field, event.values[field.name])
            row["cells"][place] = {"report": report, "words": words, "stands": origin == event}
    for row in found.values():
        said = {cell["words"] if cell else "" for cell in row["cells"]}
        row["differs"] = len(said) > 1
    return list(found.values())


@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request, slug):
    """Pairs of events of different documents that lie near one another, for a person to judge."""
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    found = queries.proposals(holder)
    form = None
    if request.method == "POST":
        holder.require("reconciliation.decide")
        form = JudgementForm(request.POST)
        if form.is_valid():
            said = form.cleaned_data
            pair = found.filter(
                first__public_id=said["first"], second__public_id=said["second"]
            ).first()
            if pair is None:
                raise Missing(
                    "This pair was judged meanwhile, or one of its events was opened again."
                )
            with beside(form):
                messages.success(request, judge_pair(holder, pair, said))
                return redirect("proposals", slug)
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "job": projects.latest_job(holder, incidents.PROPOSE, holder.project.pk),
        "form": form,
    }
    for pair in context["page"]:
        pair.sides = [_glance(pair.first), _glance(pair.second)]
    status = status_of(form) if form else 200
    return render(request, "reconciliation/proposals.html", context, status=status)


def judge_pair(holder, pair, said):
    first, second = pair.first.report.incident, pair.second.report.incident
    if said["same"]:
        kept = incidents.link(
            holder.project, [first, second], by=holder.user, reason=said["reason"]
        )
        return f"{first} and {second} are one incident, {kept}."
    incidents.distinguish(
        holder.project, pair.first, pair.second, by=holder.user, reason=said["reason"]
    )
    return f"{first} and {second} stay two incidents; this pair is not proposed again."


def _glance(event):
    codebook = event.group.round.codebook.parsed
    fields = codebook.fields_of(event.type) if codebook.has_type(event.type) else ()
    told = [
        (str(field.label), wording.value(field, event.values[field.name]))
        for field in fields
        if field.name in GLANCE and field.name in event.values
    ]
    return {"event": event, "told": told, "incident": event.report.incident}


@require_POST
def propose(request, slug):
    holder = request.holder = pass_for(request.user, slug, "reconciliation.run")
    incidents.propose(by=holder)
    messages.info(request, "The settled events are compared in the background.")
    return redirect("proposals", slug)
