"""Pages of figures: overview, one field in depth, measured choices, report, downloads."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from coding.access import is_blind, may_see_all_codings, round_for
from projects import queries as projects
from projects import spreadsheets
from projects.access import pass_for
from projects.forms import beside, status_of
from projects.refusals import Missing
from reconciliation import figure_queries, plots, runs, series
from reconciliation.figure_forms import SelectionForm

COLUMNS = (
    "question", "field", "type", "subject", "coefficient", "level", "value", "reason", "low", "high", "interval",
    "n_units", "n_coders", "n_values", "prevalence", "aligned_share", "undefined_replicates", "below_667", "below_800",
)  # fmt: skip
PART_COLUMNS = (
    "field", "by", "of", "coefficient", "level", "value", "reason", "n_units", "n_values",
)  # fmt: skip


# Charts of the whole run: name in the address -> what the page calls it.
OVERVIEWS = {"overview": "forest", "types": "typed_forest", "again": "again_forest"}
# Of second readings, what stands for a field or for the events as a whole.
STEADY = {"event_set_alpha", *figure_queries.LEADING}


@require_safe
def figures(request, slug, round_id):
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    return _page(request, holder, round_for(holder, round_id))


@require_POST
def measure(request, slug, round_id):
    """Measure a choice of coders and documents alone, in the background."""
    holder = request.holder = pass_for(request.user, slug, "reconciliation.run")
    shown = round_for(holder, round_id)
    form = _form(holder, shown, request.POST)
    if form.is_valid():
        with beside(form):
            runs.measure(shown, form.selection(), by=holder)
            messages.info(
                request, "Your choice is measured in the background and then stands among the runs."
            )
            return redirect("figures", slug, round_id)
    return _page(request, holder, shown, form)


def _form(holder, shown, data=None):
    return SelectionForm(
        data, of_round=shown, hidden=figure_queries.hidden_documents(holder, shown)
    )


def _page(request, holder, shown, form=None):
    run = figure_queries.run_for(holder, shown, _number(request.GET.get("run")))
    still_codes = run is None and is_blind(holder)
    context = {
        "round": shown,
        "run": run,
        "still_codes": still_codes,
        "is_running": not still_codes
        and projects.visible_jobs(holder)
        .filter(kind=runs.KIND, state__in=["queued", "running"])
        .exists(),
    }
    if run is not None:
        context |= _told(holder, run)
        names = [row.figure.field for row in context["leading"]]
        asked = request.GET.get("field", "")
        field = asked if asked in names else _lowest(context["leading"])
        context |= {
            "runs": figure_queries.runs(holder, shown),
            "depth": _depth(run, field) if field else None,
            "may_take_codings": may_see_all_codings(holder),
            "form": form or _form(holder, shown),
            "may_measure": holder.allows("reconciliation.run"),
        }
    status = status_of(form) if form is not None else 200
    return render(request, "reconciliation/figures.html", context, status=status)


def _told(holder, run):
    """What page and report both show."""
    found = figure_queries.figures(run)
    fields = found.get("fields", [])
    leading = figure_queries.leading(fields)
    whole = [
        row
        for question in ("events", "passages")
        for row in found.get(question, [])
        if not row.figure.subject and not row.figure.type
    ]
    chance = [row for row in whole if "alpha" in row.figure.coefficient]
    return {
        "events": found.get("events", []),
        "passages": found.get("passages", []),
        "again": found.get("again", []),
        "fields": fields,
        "leading": leading,
        "whole": whole,
        "forest": plots.forest(
            [_point(row, row.coefficient) for row in chance]
            + [_point(row, row.label) for row in leading if not row.owner]
        ),
        # What has no figure is told in words below, or it would bury the rest.
        "typed_forest": plots.forest(
            [
                _point(row, row.label)
                for row in leading
                if row.owner and row.figure.value is not None
            ]
        ),
        "again_forest": plots.forest(
            [
                _point(row, row.label if row.figure.field else row.coefficient)
                for row in sorted(found.get("again", []), key=lambda row: bool(row.figure.field))
                if not row.figure.subject and row.figure.coefficient in STEADY
            ]
        ),
        "warnings": figure_queries.warnings(leading),
        "documents": figure_queries.disagreed_documents(holder, run),
        "plans": figure_queries.plans(run),
        "selection": figure_queries.selection_of(run),
        "methods": figure_queries.methods_of(run, fields),
    }


def _point(row, label):
    figure = row.figure
    return plots.Point(label, figure.value, figure.low, figure.high, figure.reason)


def _lowest(leading):
    """The field that agrees least, which is where one looks first; of none defined the first."""
    defined = [row for row in leading if row.figure.value is not None]
    if defined:
        return min(defined, key=lambda row: row.figure.value).figure.field
    return leading[0].figure.field if leading else ""


def _depth(run, field):
    found = figure_queries.depth(run, field)
    moving = series.movings(run, field)
    sections = []
    for by, words in figure_queries.BY.items():
        parts = found.parts[by]
        if not parts:
            continue
        points = [
            plots.Point(str(part["of"]), part["value"], None, None, part["reason"])
            for part in parts
        ]
        sections.append(
            {
                "by": by,
                "words": words,
                "parts": parts,
                "drift": plots.drift(points, series.restarts([one.label for one in points], moving))
                if by == "month"
                else None,
                "forest": None if by == "month" else plots.forest(points),
            }
        )
    matrix = found.matrix
    return {
        "field": found.field,
        "label": found.label,
        "sections": sections,
        "moving": moving,
        "matrix": matrix,
        "heat": plots.heat(matrix["values"], matrix["rows"]) if matrix else None,
        "table": list(zip(matrix["values"], matrix["rows"], strict=True)) if matrix else [],
    }


@require_safe
def chart_svg(request, slug, round_id, chart):
    """One chart of the page as a file: the overviews by name, of a field in depth its matrix or a way of taking it apart."""
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    shown, run = _run(holder, round_id, request)
    field = request.GET.get("field", "")
    kind, drawn = "forest", None
    if chart in OVERVIEWS:
        drawn = _told(holder, run)[OVERVIEWS[chart]]
    else:
        depth = _depth(run, field)
        if chart == "coincidences":
            kind, drawn = "heat", depth["heat"]
        for section in depth["sections"]:
            if section["by"] == chart:
                kind = "drift" if section["drift"] else "forest"
                drawn = section["drift"] or section["forest"]
    if drawn is None or (chart in OVERVIEWS and not drawn.lines):
        raise Missing("This run has no such chart.")
    content = render_to_string(
        "reconciliation/chart.svg", {"chart": {"kind": kind, "drawn": drawn}}
    )
    response = HttpResponse(content.strip(), content_type="image/svg+xml")
    parts = "-".join(filter(None, [slugify(field), chart]))
    filename = f"{parts}-{_name(shown, run)}.svg"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


@require_safe
def report(request, slug, round_id):
    """Everything on one page made for paper, with the methods text in front."""
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    shown, run = _run(holder, round_id, request)
    context = {"round": shown, "run": run, **_told(holder, run)}
    return render(request, "reconciliation/report.html", context)


@require_safe
def figures_csv(request, slug, round_id):
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    shown, run = _run(holder, round_id, request)
    rows = [[getattr(row, name) for name in COLUMNS] for row in run.figures.all()]
    return _csv(f"figures-{_name(shown, run)}.csv", COLUMNS, rows)


@require_safe
def parts_csv(request, slug, round_id):
    """The figures taken apart, as one table."""
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    shown, run = _run(holder, round_id, request)
    rows = [[part[name] for name in PART_COLUMNS] for part in run.breakdown.get("parts", ())]
    return _csv(f"figures-in-parts-{_name(shown, run)}.csv", PART_COLUMNS, rows)


@require_safe
def diagnosis_zip(request, slug, round_id):
    """Enough to recompute every figure elsewhere: the codings as they were measured."""
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    figure_queries.require_all_codings(holder)
    shown, run = _run(holder, round_id, request)
    from reconciliation import diagnosis  # noqa: PLC0415 - scipy is slow to load, and few requests need it

    response = HttpResponse(diagnosis.packed(run), content_type="application/zip")
    filename = f"diagnosis-{_name(shown, run)}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _run(holder, round_id, request):
    shown = round_for(holder, round_id)
    run = figure_queries.run_for(holder, shown, _number(request.GET.get("run")))
    if run is None:
        # Said alike whether there are figures or not: that there are tells of the others' work.
        raise Missing(
            "There are no figures of this round, or they are closed to you while you code its documents."
        )
    return shown, run


def _name(shown, run):
    return f"{slugify(shown.name) or 'round'}-run{run.n}"


def _csv(filename, columns, rows):
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.write(spreadsheets.written(columns, rows))
    return response


def _number(text):
    return int(text) if text and text.isdigit() and len(text) < 9 else None
