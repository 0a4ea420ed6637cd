"""Rounds side by side: one figure through the rounds, and where its series restarts."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from projects.access import pass_for
from reconciliation import plots, series


@require_safe
def compare_rounds(request, slug):
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    found = series.compared(holder)
    shown = _shown(found.series, request.GET.get("field", ""))
    context = {
        "columns": found.columns,
        "series": found.series,
        "restarts": found.restarts,
        "shown": shown,
        "drift": _drift(shown, found.columns) if shown and len(found.columns) > 1 else None,
    }
    return render(request, "reconciliation/compare_rounds.html", context)


def _shown(every, asked):
    """The series asked for, else the first that restarts, else the first there is."""
    named = {one.name: one for one in every}
    if asked in named:
        return named[asked]
    return next((one for one in every if one.restarts), every[0] if every else None)


def _drift(one, columns):
    points = []
    for column, (row, _) in zip(columns, one.cells, strict=True):
        label = f"{column.run.round.name}, {column.codebook.parsed.version}"
        if row is None:
            points.append(plots.Point(label, None, None, None, "not coded"))
        else:
            figure = row.figure
            points.append(plots.Point(label, figure.value, figure.low, figure.high, figure.reason))
    return plots.drift(points, one.restarts)
