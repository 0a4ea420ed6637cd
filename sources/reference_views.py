"""Pages about what codings refer to: the list of alliances, one of them, the lists of states, and loading either."""

import csv
import io
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from projects import files, spreadsheets
from projects.access import pass_for
from projects.forms import beside, sent, status_of
from sources import alliance_files, alliance_lists, queries, state_files, state_lists, timelines
from sources.models import AllianceList, StateList
from sources.reference_forms import AllianceFilter, AllianceListForm, StateListForm
from sources.states import UnknownState

PER_PAGE = 50


@require_safe
def alliances(request, slug):
    holder = request.holder = pass_for(request.user, slug)
    form = AllianceFilter(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    found = []
    with beside(form):
        found = queries.alliances(holder.project, **chosen)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    states = state_lists.states_for(holder.project)
    context = {
        "page": page,
        "rows": [(one, _names_of(one, states)) for one in page],
        "form": form,
        "is_filtered": any(chosen.values()),
        "lists": AllianceList.objects.filter(project=holder.project)
        .select_related("loaded_by")
        .order_by("-n"),
    }
    return render(request, "sources/alliances.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def load_alliances(request, slug):
    holder = request.holder = pass_for(request.user, slug, "lists.load")
    form = AllianceListForm(sent(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        with beside(form):
            made = alliance_lists.load(
                holder.project,
                file.read(),
                by=holder.user,
                filename=file.name or "",
                version=form.cleaned_data["version"],
                is_whole=form.cleaned_data["is_whole"],
            )
            messages.success(
                request, f"{made.counts['taken']} of {made.counts['lines']} lines taken."
            )
            return redirect(made)
    sample = list(csv.reader(io.StringIO(alliance_files.SAMPLE)))
    context = {"form": form, "columns": alliance_files.COLUMNS, "sample": sample}
    return render(request, "sources/load_alliances.html", context, status=status_of(form))


@require_safe
def alliance_template(request, slug):
    """A small CSV to fill in; its examples are of nobody's alliance."""
    request.holder = pass_for(request.user, slug)
    response = HttpResponse(alliance_files.SAMPLE, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="alliances.csv"'
    return response


@require_safe
def alliance_list(request, slug, n):
    """What came of loading one list."""
    holder = request.holder = pass_for(request.user, slug)
    return render(
        request,
        "sources/alliance_list.html",
        {"list": alliance_lists.list_for(holder.project, n)},
    )


@require_safe
def alliance_list_file(request, slug, n):
    """A list as it was handed in, for as long as the project is there."""
    holder = request.holder = pass_for(request.user, slug)
    shown = alliance_lists.list_for(holder.project, n)
    response = FileResponse(
        files.open_stored(shown.sha256),
        as_attachment=True,
        filename=shown.filename,
        content_type="application/octet-stream",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_safe
def alliance(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug)
    shown = alliance_lists.alliance_for(holder.project, public_id)
    value = alliance_lists.as_value(shown)
    states = state_lists.states_for(holder.project)
    names = {one.ccode: _name(one.ccode, states) for one in value.members}
    context = {
        "alliance": shown,
        "members": [(names[one.ccode], one) for one in value.members],
        "timeline": timelines.timeline(value, names, today=date.today()),
    }
    return render(request, "sources/alliance.html", context)


@require_safe
def states(request, slug):
    """The state system the project goes by, and the lists it was made of."""
    holder = request.holder = pass_for(request.user, slug)
    system = state_lists.states_for(holder.project)
    loaded = list(state_lists.lists(holder.project))
    newest: dict[str, StateList] = {}
    for one in loaded:
        newest.setdefault(one.kind, one)
    context = {
        "system": system,
        "spells": sum(len(state.spells) for state in system.states),
        "members": len(system.members(system.ends)),
        "kinds": [(label, newest.get(kind)) for kind, label in StateList.Kind.choices],
        "lists": loaded,
    }
    return render(request, "sources/states.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def load_states(request, slug):
    holder = request.holder = pass_for(request.user, slug, "lists.load")
    form = StateListForm(sent(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        with beside(form):
            made = state_lists.load(
                holder.project,
                form.cleaned_data["kind"],
                file.read(),
                by=holder.user,
                filename=file.name or "",
                version=form.cleaned_data["version"],
                ends=form.cleaned_data["ends"],
            )
            messages.success(request, f"The project goes by list {made.n} now: {made}.")
            return redirect("states", slug)
    columns = [
        (label, ", ".join(state_files.COLUMNS[kind])) for kind, label in StateList.Kind.choices
    ]
    context = {"form": form, "columns": columns}
    return render(request, "sources/load_states.html", context, status=status_of(form))


@require_safe
def state_list(request, slug, n):
    """One list as CSV, in the columns it can be loaded by again."""
    holder = request.holder = pass_for(request.user, slug)
    shown = state_lists.list_for(holder.project, n)
    columns = state_files.COLUMNS[shown.kind]
    rows = ([*(row.get(name, "") for name in columns), shown.version] for row in shown.rows)
    table = spreadsheets.written([*columns, "version"], rows, end="\n")
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="states-{shown.kind}-{shown.n}.csv"'
    return response


def _name(ccode, states) -> str:
    try:
        return states.by_ccode(ccode).name
    except UnknownState:
        return f"{ccode} (not in the list of states)"


def _names_of(alliance, states) -> list[str]:
    return list(dict.fromkeys(_name(one.ccode, states) for one in alliance.members.all()))
