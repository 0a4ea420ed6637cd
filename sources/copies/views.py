"""Pages about copies: what is proposed, what was confirmed, and saying so."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from projects.access import pass_for
from projects.refusals import Invalid
from sources import copies as verbs
from sources.copies import queries
from sources.copies.forms import CopiesForm, ThresholdForm

PER_PAGE = 20


@require_safe
def copies(request, slug):
    holder = request.holder = pass_for(request.user, slug)
    form = ThresholdForm(request.GET if "threshold" in request.GET else None)
    threshold = form.chosen() if form.is_bound else verbs.THRESHOLD
    pages = Paginator(queries.proposed(holder.project, threshold), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "proposals": queries.shown(holder.project, list(page)),
        "confirmed": queries.confirmed(holder.project).count(),
    }
    return render(request, "sources/copies.html", context)


@require_safe
def confirmed_copies(request, slug):
    holder = request.holder = pass_for(request.user, slug)
    page = Paginator(queries.confirmed(holder.project), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "sources/confirmed_copies.html", {"page": page})


@require_POST
def judge_copies(request, slug):
    """The one form of a proposal: its documents are copies (those ticked), or none of them is."""
    holder = request.holder = pass_for(request.user, slug, "documents.add")
    form = CopiesForm(request.POST)
    if not form.is_valid():
        raise Invalid("Say which documents this is about.")
    said = form.cleaned_data
    offered = queries.documents_named(holder.project, said["offered"])
    if request.POST.get("verdict") == "apart":
        verbs.reject(holder.project, offered, by=request.user)
        messages.success(
            request, f"These {len(offered)} documents are not proposed together again."
        )
    else:
        chosen = queries.documents_named(holder.project, said["documents"])
        coded = next((one for one in chosen if one.public_id == said["representative"]), None)
        made = verbs.confirm(
            holder.project, chosen, by=request.user, representative=coded, apart=offered
        )
        messages.success(
            request,
            f"“{made.representative.external_id}” is coded for {made.copies.count()} copies.",
        )
    return redirect(reverse("copies", args=[slug]))


@require_POST
def dissolve_copies(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug, "documents.add")
    verbs.dissolve(queries.cluster_for(holder.project, public_id), by=request.user)
    messages.info(request, "The documents stand by themselves again.")
    return redirect(reverse("confirmed_copies", args=[slug]))


@require_POST
def represent_copies(request, slug, public_id):
    """Another of the copies is coded instead."""
    holder = request.holder = pass_for(request.user, slug, "documents.add")
    cluster = queries.cluster_for(holder.project, public_id)
    [chosen] = queries.documents_named(holder.project, [request.POST.get("document", "")])
    verbs.represent(cluster, chosen, by=request.user)
    messages.success(
        request, f"“{chosen.external_id}” is drawn into rounds to come for its copies."
    )
    return redirect(reverse("confirmed_copies", args=[slug]))
