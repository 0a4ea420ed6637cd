"""Pages of assessments: the grid, the rows of one alliance, one cell with what it rests on, and what is said of cells."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from coding.access import may_see_all_codings
from projects.access import pass_for
from projects.forms import beside, status_of
from projects.refusals import Invalid
from reconciliation import assessment_inputs, assessment_queries, assessments
from reconciliation.assessment_forms import AssessmentFilter, VerdictForm
from reconciliation.assessment_queries import Sheet, Wished
from reconciliation.assessments import Asked

# Key, what it says, the parts it sends: the buttons under the grid and the keys are one table.
KEYS = (
    ("k", "Kept", {"promised": 1, "kept": 2}),
    ("p", "Partly", {"promised": 1, "kept": 1}),
    ("n", "Not kept", {"promised": 1, "kept": 0}),
    ("u", "Cannot be told", {"promised": 1, "kept": -9}),
    ("y", "Promised", {"promised": 1}),
    ("0", "Not promised", {"promised": 0}),
    ("t", "No text", {"promised": -9}),
    ("a", "Additional", {"additional": 1}),
    ("x", "None additional", {"additional": 0}),
)
LEGEND = (
    ("kept", "K", "promised and kept"),
    ("partly", "P", "promised, kept in part"),
    ("broken", "N", "promised, not kept"),
    ("promised", "Y", "promised; keeping not judged"),
    ("untold", "U", "promised; sources do not tell whether kept"),
    ("untold", "?", "treaty text not available"),
    ("none", "0", "no treaty in force promises it"),
    ("none", "–", "nothing additional; promise not judged"),
    ("additional", "+", "additional: beside a letter, or alone"),
)


@require_safe
def assessments_page(request, slug):
    """Alliances by year; the one that `open` names with its rows."""
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    types = assessment_inputs.types_of(holder.project)
    form = AssessmentFilter(request.GET or None, types=types)
    wished = form.wished() if form.is_bound else Wished()
    context = {
        "filter": form,
        "types": types,
        "keys": KEYS,
        "verdicts": {key: parts for key, _, parts in KEYS},
        "legend": LEGEND,
        "is_filtered": wished != Wished(),
    }
    if not may_see_all_codings(holder):
        context["blind"] = assessments.BLIND
    elif types:
        sheet = Sheet(holder, wished)
        context |= {
            "sheet": sheet,
            "alliances": sheet.alliance_rows(),
            "decades": _decades(sheet.years),
        }
        opened = request.GET.get("open", "")
        if opened:
            context |= {"opened": opened, "directions": _directions(sheet, opened)}
    return render(request, "reconciliation/assessments.html", context, status=status_of(form))


@require_safe
def rows(request, slug):
    """The rows of one alliance, or of one direction in it: what the page puts under the alliance when it is opened."""
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    assessments.require_sight(holder)
    form = AssessmentFilter(request.GET, types=assessment_inputs.types_of(holder.project))
    public_id = request.GET.get("alliance", "")
    reference = assessment_queries.alliance_reference(holder.project, public_id)
    sheet = Sheet(holder, form.wished(), references=[reference], years=_years_asked(request))
    context = {
        "directions": _directions(sheet, public_id, request.GET.get("direction", "")),
        "opened": public_id,
    }
    return render(request, "reconciliation/_assessment_rows.html", context)


def _years_asked(request):
    """The columns the page has already."""
    try:
        first, last = map(int, request.GET.get("years", "").split("-"))
        return range(max(first, 1), min(last, 9999) + 1)
    except ValueError:
        return None


def _directions(sheet, public_id, opened=""):
    reference = assessment_queries.alliance_reference(sheet.project, public_id)
    return sheet.direction_rows(sheet.found.grounds[reference], public_id, opened=opened)


def _decades(years):
    """(label, columns) for the upper line of the table's head."""
    found = {}
    for year in years:
        found[year // 10] = found.get(year // 10, 0) + 1
    return [(f"{decade}0s", columns) for decade, columns in found.items()]


@require_safe
def assessment(request, slug, key):
    """One cell with its clauses, incidents, searches and history. It can be judged here without the grid."""
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    assessments.require_sight(holder)
    alliance, cell = assessment_queries.cell_for(holder.project, key)
    sheet = Sheet(holder, references=[cell.alliance])
    detail = sheet.detail(key)
    context = {"detail": detail, "alliance": alliance, "form": VerdictForm(), "keys": KEYS}
    return render(request, "reconciliation/assessment.html", context)


@require_POST
def judge(request, slug):
    """Say something of chosen cells. The grid asks for JSON and gets them back as they now stand."""
    holder = request.holder = pass_for(request.user, slug, "reconciliation.decide")
    form, made, found = VerdictForm(request.POST), [], {}
    if form.is_valid():
        said = form.cleaned_data
        with beside(form):
            found = assessment_queries.cells_for(holder.project, list(said["cells"]))
            asked = [Asked(found[key][1], seen) for key, seen in said["cells"].items()]
            made = _say(asked, form, holder)
    if request.headers.get("Accept") != "application/json":
        if form.errors:
            raise Invalid(" ".join(_words(form)))
        messages.success(request, _told(made))
        back = next(iter(found), None)
        return redirect("assessment", slug, back) if back else redirect("assessments", slug)
    if form.errors:
        return JsonResponse({"said": " ".join(_words(form))}, status=422)
    sheet = Sheet(holder, references={cell.alliance for _, cell in found.values()})
    cells = [
        sheet.shown(sheet.found.grounds[cell.alliance], alliance.public_id, cell)
        for alliance, cell in found.values()
    ]
    told = [
        {
            "key": one.key, "letter": one.letter, "state": one.state, "kind": one.kind,
            "changed": one.has_changed, "words": one.words, "seen": one.seen,
        }
        for one in cells
    ]  # fmt: skip
    return JsonResponse({"said": _told(made), "cells": told})


def _say(asked, form, holder):
    said = form.cleaned_data
    if said["act"] == "accept":
        return assessments.accept(asked, by=holder, reason=said["reason"])
    if said["act"] == "withdraw":
        return assessments.withdraw(asked, by=holder, reason=said["reason"])
    return assessments.judge(asked, by=holder, parts=form.parts(), reason=said["reason"])


def _told(made):
    if not made:
        return "Nothing was changed: nothing is proposed there, or it was said already."
    taken = sum(row.is_withdrawn for row in made)
    verb = "taken back" if taken else "judged"
    return f"{len(made)} {'cell' if len(made) == 1 else 'cells'} {verb}."


def _words(form):
    return [str(error) for errors in form.errors.values() for error in errors]
