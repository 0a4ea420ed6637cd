"""Rounds side by side: one figure through the rounds, and where its series restarts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from projects import spreadsheets
from projects.access import pass_for
from reconciliation import plots, series

COLUMNS = (
    "figure", "label", "round", "run", "codebook_version", "coefficient", "level", "value", "reason", "low", "high",
    "interval", "n_units", "restarts",
)  # fmt: skip


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


@require_safe
def series_csv(request, slug):
    """Every figure of every column; `restarts` is 1 where it is not of the same thing as the one before."""
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    found = series.compared(holder)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="series-{slug}.csv"'
    rows = [
        _cells(one, column, row.figure, does)
        for one in found.series
        for column, (row, does) in zip(found.columns, one.cells, strict=True)
        if row is not None
    ]
    response.write(spreadsheets.written(COLUMNS, rows))
    return response


def _cells(one, column, figure, restarts):
    measured = [
        figure.coefficient, figure.level, figure.value, figure.reason, figure.low, figure.high, figure.interval,
        figure.n_units,
    ]  # fmt: skip
    run = column.run
    return [
        one.name, one.label, run.round.name, run.n, column.codebook.n,
        *("" if cell is None else cell for cell in measured), int(restarts),
    ]  # fmt: skip
