"""Looking into a release: its tables, its variables, and what one cell rests on; for members and, where it is open, for all.

What may be read is decided before these views look; what a cell rests on is in `tracing` and `judgements`.
"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from datasets import judgements, queries, tracing
from datasets.reading_views import open_release
from projects.access import pass_for
from projects.refusals import Missing
from sources.models import Document

FILTERS = ("ccode1", "ccode2", "ccode", "year", "alliance_ref", "incident_id", "event_type")
KEYS = (*FILTERS, "alliance")


@require_safe
def table(request, slug, version):
    """Rows of one table; every cell leads to what it rests on."""
    return _table(request, _inside(request, slug, version))


@require_safe
def trace(request, slug, version):
    """What one cell rests on, down to the passage."""
    shown = _inside(request, slug, version)
    documents = Document.objects.filter(project=shown.project)
    return _trace(request, shown, documents={one.external_id: one for one in documents})


@require_safe
def variables(request, slug, version):
    return _variables(request, _inside(request, slug, version))


@login_not_required
@require_safe
def open_table(request, slug, version):
    return _table(request, open_release(slug, version), is_open=True)


@login_not_required
@require_safe
def open_trace(request, slug, version):
    """Documents are named and not linked: their texts are the project's own."""
    return _trace(request, open_release(slug, version), documents={}, is_open=True)


@login_not_required
@require_safe
def open_variables(request, slug, version):
    return _variables(request, open_release(slug, version), is_open=True)


def _inside(request, slug, version):
    """A release that a member of the project may have the files of."""
    holder = request.holder = pass_for(request.user, slug)
    shown = queries.release_for(holder, version)
    queries.downloads(holder, shown)
    return shown


def _places(shown, is_open):
    """Where the pages about a release are, in the project or open to all."""
    kind = "open" if is_open else "release"
    named = [shown.project.slug, shown.version]
    return {
        "release": shown,
        "project": shown.project,
        "is_open": is_open,
        "home": reverse("landing", args=named) if is_open else shown.get_absolute_url(),
        **{
            f"{page}_place": reverse(f"{kind}_{page}", args=named)
            for page in ("table", "trace", "variables")
        },
    }


def _table(request, shown, *, is_open=False):
    names = tracing.tables(shown)
    chosen = request.GET.get("table") or ("codes/incidents" if "codes/incidents" in names else "")
    wanted = {
        name: value.strip()
        for name, value in request.GET.items()
        if name in FILTERS and value.strip()
    }
    sheet = tracing.sheet(shown, chosen, wanted) if chosen else None
    context = _places(shown, is_open) | {
        "tables": names,
        "chosen": chosen,
        "sheet": sheet,
        "rows": queries.cells_of(sheet) if sheet else [],
        "wanted": wanted,
        "filters": [
            n for n in ("ccode1", "ccode2", "ccode", "year") if sheet and n in sheet.columns
        ],
    }
    return render(request, "datasets/table.html", context)


def located(shown, table, column, key):
    """The table and the one row in it that the key names."""
    sheet = tracing.sheet(shown, table, key)
    # A part of the key that is not named is empty: a promise to all members names no recipient.
    rows = [row for row in sheet.rows if all(key.get(n) or row[n] is None for n in sheet.key)]
    if not key or not rows or column not in rows[0]:
        raise Missing("This table has no such row or column.")
    return sheet, rows[0]


def _trace(request, shown, *, documents, is_open=False):
    chosen, column = request.GET.get("table", ""), request.GET.get("column", "")
    key = {name: request.GET[name] for name in KEYS if request.GET.get(name)}
    sheet, row = located(shown, chosen, column, key)
    judged = ()
    behind = tracing.incidents_behind(row, column)
    if judgements.is_judged(chosen, column):
        judged = judgements.assessments_behind(shown, chosen, row, column)
        behind = judgements.relied_on(judged)
    accounts = tracing.accounts(shown, behind) if behind else ()
    kind = "" if judged else queries.type_of_column(sheet.variables.get(column), column)
    if kind:
        of_kind = tuple(a for a in accounts if a.incident["event_type"] == kind)
        # A zero rests on the search; that the row has incidents of other types says nothing of it.
        accounts = of_kind or (() if row[column] == 0 else accounts)
    fields = {sheet.variables[column]["field"]} if column in sheet.variables else set()
    context = _places(shown, is_open) | {
        "chosen": chosen,
        "column": column,
        "variable": sheet.variables.get(column),
        "value": row[column],
        "key": key,
        "accounts": accounts,
        "judged": judged,
        "searches": judgements.searches_behind(shown, row),
        "field": next(iter(fields - {None}), ""),
        "behind": behind,
        "most": tracing.MOST_INCIDENTS,
        "documents": documents,
    }
    return render(request, "datasets/trace.html", context)


def _variables(request, shown, *, is_open=False):
    asked = request.GET.get("q", "").strip()
    context = _places(shown, is_open) | {"found": queries.variables(shown, asked), "asked": asked}
    return render(request, "datasets/variables.html", context)
