"""Pages on which a person confirms or corrects the sections of a document's current text."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from projects.access import Pass, pass_for
from projects.forms import beside, sent, status_of
from projects.refusals import Invalid, Missing, WrongState
from sources import outlines, queries, sheets
from sources.access import document_for
from sources.forms import SectionForm, SeenForm
from sources.models import Document, Text


@require_http_methods(["GET", "HEAD", "POST"])
def sections(request, slug, public_id):
    """The list, and a form that adds a section."""
    holder, shown, text = _loaded(request, slug, public_id)
    outline = sheets.outline_of(text)
    form = SectionForm(sent(request), initial={"seen": outline.n, "kind": "article"})
    if form.is_valid():
        with beside(form):
            outlines.add(text, by=request.user, **form.cleaned_data)
            messages.success(request, "The section is added.")
            return redirect("sections", slug, public_id)
    return _page(request, shown, text, outline, form)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request, slug, public_id, place):
    holder, shown, text = _loaded(request, slug, public_id)
    outline = sheets.outline_of(text)
    if place >= len(outline.entries):
        raise Missing("There is no such section.")
    chosen = outline.entries[place]
    as_found = {name: getattr(chosen, name) for name in outlines.CHANGEABLE}
    form = SectionForm(sent(request), initial={"seen": outline.n, **as_found})
    if form.is_valid():
        with beside(form):
            seen = form.cleaned_data.pop("seen")
            outlines.change(text, place, by=request.user, seen=seen, **form.cleaned_data)
            messages.success(request, "The section is corrected.")
            return redirect("sections", slug, public_id)
    return _page(request, shown, text, outline, form, chosen)


@require_POST
def remove(request, slug, public_id, place):
    holder, shown, text = _loaded(request, slug, public_id)
    outlines.remove(text, place, by=request.user, seen=_seen(request))
    messages.success(request, "The section is taken out. Its text stays.")
    return redirect("sections", slug, public_id)


@require_POST
def confirm(request, slug, public_id):
    holder, shown, text = _loaded(request, slug, public_id)
    outlines.confirm(text, by=request.user, seen=_seen(request))
    messages.success(request, "The sections are confirmed.")
    return redirect(shown)


def _loaded(request, slug: str, public_id: str) -> tuple[Pass, Document, Text]:
    holder = request.holder = pass_for(request.user, slug, "documents.add")
    shown = document_for(holder, public_id)
    if shown.current_text is None:
        raise WrongState("This document has no text yet, so it has no sections.")
    return holder, shown, shown.current_text


def _seen(request) -> int:
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise Invalid("It is not told which sections were looked at. Open the page again.")
    return int(form.cleaned_data["seen"])


def _page(request, shown, text, outline, form, chosen=None):
    context = {
        "document": shown,
        "text": text,
        "blocks": queries.blocks(text),
        "outline": outline,
        "chosen": chosen,
        "form": form,
    }
    return render(request, "sources/sections.html", context, status=status_of(form))
