"""Pages about documents: the list, taking files in, one document with its text, its bytes."""

from dataclasses import asdict, dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.http import FileResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects import queries as projects
from projects.access import pass_for
from projects.forms import beside, sent, status_of
from projects.models import Job
from projects.refusals import Refused
from sources import collections, comparing, originals, queries, sheets, taking_down
from sources import documents as verbs
from sources.access import collection_for, document_for
from sources.collecting import MOST_LINES
from sources.copies import queries as copies
from sources.forms import (
    ColumnsForm,
    DocumentFilter,
    DocumentForm,
    PlaceForm,
    RetireForm,
    TakeDownForm,
    UploadForm,
)
from sources.models import Collection, Document
from sources.reading import recognition

PER_PAGE = 50
RECENT = 10


@require_safe
def documents(request, slug):
    holder = request.holder = pass_for(request.user, slug)
    form = DocumentFilter(request.GET)
    form.is_valid()
    chosen = form.cleaned_data  # what is no choice is left out
    # The list shows how long a text is, not the text.
    by_copies = chosen.pop("copies", "")
    found = queries.documents(holder.project, **chosen).select_related(None)
    found = copies.filtered(found, by_copies)
    found = found.annotate(length=F("current_text__length"))
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "is_filtered": any(chosen.values()) or by_copies,
        "words": chosen.get("words", ""),
        "counts": queries.counts_by_state(holder.project),
        "collection": queries.collection(holder.project, chosen.get("collection", "")),
    }
    return render(request, "sources/documents.html", context)


@dataclass(frozen=True)
class TakenIn:
    """What became of one file."""

    filename: str
    ok: bool
    message: str
    url: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request, slug):
    """Several files in a form, or one at a time from the drop zone, which asks for JSON."""
    holder = request.holder = pass_for(request.user, slug, "documents.add")
    form = UploadForm(sent(request), request.FILES or None)
    results = []
    if form.is_valid():
        said = {"kind": form.cleaned_data["kind"], "outlet": form.cleaned_data["outlet"]}
        results = [_take_in(holder, file, said) for file in form.cleaned_data["files"]]
        form = UploadForm(initial=said)
    if not request.accepts("text/html"):
        problems = [{"message": error} for errors in form.errors.values() for error in errors]
        status = 200 if results else 422
        return JsonResponse(
            {"results": [asdict(result) for result in results], "problems": problems}, status=status
        )
    context = {
        "form": form,
        "results": results,
        "taken": sum(result.ok for result in results),
        "refused": sum(not result.ok for result in results),
        "collections": Collection.objects.filter(project=holder.project)[:RECENT],
    }
    return render(request, "sources/upload.html", context, status=status_of(form))


def _take_in(holder, file, said: dict[str, str]) -> TakenIn:
    """One file of a batch: what is wrong with it is its own result and leaves the others alone."""
    try:
        added = collections.take_in(
            holder.project, by=holder.user, chunks=file.chunks(), filename=file.name or "", **said
        )
    except Refused as refusal:
        return TakenIn(file.name or "unnamed", False, refusal.message)
    if isinstance(added, Collection):
        message = "kept; what is in it is taken in next"
        return TakenIn(added.filename, True, message, added.get_absolute_url())
    return TakenIn(
        added.filename,
        True,
        f"kept as “{added.external_id}”; it is read next",
        added.get_absolute_url(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def collection(request, slug, public_id):
    """A table or an archive: what became of it, line by line, and which column is what."""
    holder = request.holder = pass_for(request.user, slug)
    shown = collection_for(holder, public_id)
    form = ColumnsForm(sent(request), collection=shown)
    if request.method == "POST":
        holder.require("documents.add")
        if form.is_valid():
            with beside(form):
                collections.map_columns(shown, by=request.user, columns=form.cleaned_data)
                messages.success(request, "The table is taken in with these columns.")
                return redirect(shown)
    lines = shown.lines.select_related("document")
    context = {
        "collection": shown,
        "form": form if shown.headers else None,
        "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
        "failed": shown.documents.filter(state=Document.State.FAILED)[:PER_PAGE],
        "waiting": shown.documents.filter(state=Document.State.QUEUED).count(),
        "inner": shown.inner.all(),
        **_work_on(holder, shown),
        "most_lines": MOST_LINES,
    }
    return render(request, "sources/collection.html", context, status=status_of(form))


def _work_on(holder, shown: Collection) -> dict:
    """The newest work that takes it in, and what still goes on or failed behind that."""
    going_on = Q(state__in=[Job.State.QUEUED, Job.State.RUNNING])
    taking_in = Q(kind__in=[collections.COLLECT, collections.INDEX], subject=shown.public_id)
    comparison = Q(kind=comparing.COMPARE, subject=holder.project.slug) & going_on
    newest: dict[str, Job] = {}
    for job in projects.visible_jobs(holder).filter(taking_in | comparison).order_by("-pk"):
        newest.setdefault(job.kind, job)
    first = newest.pop(collections.COLLECT, None)
    ended = (Job.State.DONE, Job.State.CANCELLED)
    return {"job": first, "following": [job for job in newest.values() if job.state not in ended]}


@require_http_methods(["GET", "HEAD", "POST"])
def document(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug)
    shown = document_for(holder, public_id)
    form = _description(shown, sent(request))
    if request.method == "POST":
        holder.require("documents.add")
        if form.is_valid():
            with beside(form):
                # Saved without a change, what was proposed is confirmed.
                changes = {name: form.cleaned_data[name] for name in form.changed_data}
                verbs.describe(shown, by=request.user, **changes)
                messages.success(request, "The description is saved.")
                return redirect(shown)
    return _document_page(request, holder, shown, form=form)


@require_POST
def retire(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug, "documents.add")
    shown = document_for(holder, public_id)
    form = RetireForm(request.POST)
    if form.is_valid():
        with beside(form):
            verbs.retire(shown, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"“{shown.external_id}” is retired.")
            return redirect(shown)
    return _document_page(request, holder, shown, retire_form=form)


@require_POST
def take_down(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug, "documents.add")
    shown = document_for(holder, public_id)
    form = TakeDownForm(request.POST, auto_id="id_take_down_%s")
    if form.is_valid():
        with beside(form):
            taking_down.take_down(shown, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"“{shown.external_id}” is taken down.")
            return redirect(shown)
    return _document_page(request, holder, shown, take_down_form=form)


@require_POST
def read_again(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug, "documents.add")
    shown = document_for(holder, public_id)
    verbs.read_again(shown, by=request.user)
    messages.info(request, "The file is read again. Codings keep the text they were made on.")
    return redirect(shown)


@require_POST
def recognise(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug, "documents.add")
    shown = document_for(holder, public_id)
    verbs.recognise(shown, by=request.user, language=request.POST.get("language", ""))
    messages.info(
        request, "The pages are read by text recognition; this takes some seconds a page."
    )
    return redirect(shown)


@require_safe
def original(request, slug, public_id):
    """The bytes as they came. Never shown by the browser: saved, unsniffed, and without any power."""
    holder = request.holder = pass_for(request.user, slug)
    shown = document_for(holder, public_id)
    response = FileResponse(
        originals.opened(shown),
        as_attachment=True,
        filename=shown.filename,
        content_type="application/octet-stream",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _description(shown: Document, data=None) -> DocumentForm:
    described = {name: getattr(shown, name) for name in verbs.DESCRIBABLE}
    found_in = sheets.found_in(shown, shown.current_text)
    return DocumentForm(data, initial=described, found_in=found_in)


def _document_page(
    request, holder, shown: Document, form=None, retire_form=None, take_down_form=None
):
    form = form or _description(shown)
    retire_form = retire_form or RetireForm()
    take_down_form = take_down_form or TakeDownForm(auto_id="id_take_down_%s")
    text = sheets.chosen_text(shown, request.GET.get("text"))
    outline = sheets.outline_of(text) if text else None
    blocks = queries.blocks(text) if text else []
    place = PlaceForm(request.GET)
    if blocks and place.is_valid():
        blocks = queries.with_mark(blocks, **place.cleaned_data)
    context = {
        "document": shown,
        "text": text,
        "blocks": blocks,
        "alike": copies.alike(shown),
        "cluster": copies.cluster_of(shown),
        "pages": text.pages.count() if text else 0,
        "outline": outline,
        "sheet": None
        if shown.taken_down_at
        else sheets.sheet(text, sheets.first_drawn(text, request.GET.get("page"))),
        "versions": sheets.versions(shown),
        "parties": sheets.party_names(shown),
        "found_in": form.found_in,
        "describe_submit": "Save" if shown.described_by_id else "Confirm",
        "job": projects.latest_job(holder, verbs.RECOGNISE, shown.public_id)
        or projects.latest_job(holder, verbs.READ, shown.public_id),
        "recognition": recognition.availability() if verbs.is_scan(shown) else None,
        "form": form,
        "retire_form": retire_form,
        "take_down_form": take_down_form,
        "status": max(map(status_of, (form, retire_form, take_down_form))),
    }
    return render(request, "sources/document.html", context, status=context["status"])
