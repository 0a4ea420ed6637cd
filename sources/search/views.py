"""Pages of search: looking, keeping a search, and the log of kept ones."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from projects.access import pass_for
from projects.refusals import Invalid
from sources import state_lists, states
from sources.models import SearchLog
from sources.search import finding, indexing, log
from sources.search.forms import KeepForm, SearchForm

PER_PAGE = 20


@require_safe
def search(request, slug):
    holder = request.holder = pass_for(request.user, slug)
    form = SearchForm(request.GET, project=holder.project, outlets=finding.outlets(holder.project))
    context = {"form": form, "status": 200, "is_asked": False}
    if form.is_valid():
        wanted = form.wanted()
        context["is_asked"] = not wanted.is_empty()
        context["states"] = " ".join(str(ccode) for ccode in wanted.states)
        if context["is_asked"]:
            page = Paginator(finding.documents(holder.project, wanted), PER_PAGE).get_page(
                request.GET.get("page")
            )
            context |= {
                "page": page,
                "found": finding.show(list(page), wanted),
                "unindexed": indexing.unindexed(holder.project),
            }
    else:
        context["status"] = 422
    return render(request, "sources/search.html", context, status=context["status"])


@require_POST
def keep_search(request, slug):
    holder = request.holder = pass_for(request.user, slug)
    form, note = SearchForm(request.POST, project=holder.project), KeepForm(request.POST)
    if not (form.is_valid() and note.is_valid()):
        raise Invalid("This search cannot be kept as it is; look at it on the search page first.")
    entry = log.keep(holder.project, form.wanted(), by=request.user, note=note.cleaned_data["note"])
    messages.success(request, "The search is kept, with what it found at this moment.")
    return redirect("kept_search", slug, entry.public_id)


@require_safe
def searches(request, slug):
    holder = request.holder = pass_for(request.user, slug)
    page = Paginator(log.visible_searches(holder).defer("documents"), 50).get_page(
        request.GET.get("page")
    )
    system = state_lists.states_for(holder.project)
    for entry in page:
        entry.said = _said(entry, system)
    return render(request, "sources/searches.html", {"page": page})


@require_safe
def kept_search(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug)
    entry = log.search_for(holder, public_id)
    again = {"words": entry.words, **entry.filters}
    context = {
        "entry": entry,
        "said": _said(entry, state_lists.states_for(holder.project)),
        "again": f"{reverse('search', args=[slug])}?{urlencode(again, doseq=True)}",
    }
    return render(request, "sources/kept_search.html", context)


def _said(entry: SearchLog, system: states.StateSystem) -> list[tuple[str, str]]:
    """The filters of an entry in words. A state that the project's list has no more is told by its code."""
    labels = {
        "kind": "Kind", "outlet": "Outlet", "since": "From", "until": "To", "article": "In article",
    }  # fmt: skip
    said = [(labels[name], entry.filters[name]) for name in labels if name in entry.filters]
    if named := entry.filters.get("states"):
        names = {state.ccode: state.name for state in system.states}
        told = ", ".join(names.get(ccode, str(ccode)) for ccode in named)
        said.append(("States named", told))
    return said
