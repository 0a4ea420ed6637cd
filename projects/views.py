"""Pages about projects, long work and the ledger. Members have pages of their own; signing in is accounts'."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from projects import jobs as work
from projects import ledger_reading, queries
from projects import members as people
from projects.access import pass_for
from projects.forms import LedgerFilter, ProjectForm, beside, sent, status_of
from projects.refusals import Missing

PER_PAGE = 50


@require_safe
def home(request):
    return render(
        request, "projects/home.html", {"memberships": queries.memberships_of(request.user)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def found_project(request):
    form = ProjectForm(sent(request))
    if form.is_valid():
        with beside(form):
            project = people.found(by=request.user, **form.cleaned_data)
            messages.success(request, f"“{project.title}” is founded and you are its manager.")
            return redirect(project)
    return render(request, "projects/found.html", {"form": form}, status=status_of(form))


@require_safe
def jobs(request, slug):
    holder = request.holder = pass_for(request.user, slug)
    page = Paginator(queries.visible_jobs(holder), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "projects/jobs.html", {"page": page})


@require_safe
def job(request, slug, public_id):
    """One piece of long work: for programs as JSON, for pages as the fragment they show."""
    holder = request.holder = pass_for(request.user, slug)
    shown = queries.visible_job_for(holder, public_id)
    if request.accepts("text/html"):
        return render(request, "projects/_job.html", {"job": shown})
    return JsonResponse(
        {
            "id": shown.public_id,
            "kind": shown.kind,
            "state": shown.state,
            "done": shown.done,
            "total": shown.total,
            "message": shown.message,
            "error": shown.error,
        }
    )


@require_POST
def cancel_job(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug)
    work.cancel(queries.own_job_for(holder, public_id))
    messages.info(request, "The work stops at its next step. What it had finished stays.")
    return redirect("jobs", slug)


@require_POST
def retry_job(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug)
    work.retry(queries.own_job_for(holder, public_id))
    messages.success(request, "The work is in the queue again.")
    return redirect("jobs", slug)


@require_safe
def ledger(request, slug):
    holder = request.holder = pass_for(request.user, slug, "ledger.view")
    readable = ledger_reading.readable_for(holder)
    form, chosen = _ledger_filter(request, readable)
    leaf = ledger_reading.leaf(
        ledger_reading.chosen_lines(readable, chosen),
        PER_PAGE,
        before=_number(request.GET.get("before")),
        after=_number(request.GET.get("after")),
    )
    called = ledger_reading.names(leaf.lines)
    for line in leaf.lines:
        line.called = called.get(line.by_label, "")
    context = {
        "leaf": leaf,
        "form": form,
        "is_filtered": bool(chosen),
        "until": readable.until,
    }
    return render(request, "projects/ledger.html", context)


@require_safe
def ledger_file(request, slug, format):
    """The lines that the filter leaves, oldest first, as a file."""
    holder = request.holder = pass_for(request.user, slug, "ledger.view")
    if format not in ledger_reading.FORMATS:
        raise Missing("A ledger can be taken away as csv or jsonl.")
    kind, written = ledger_reading.FORMATS[format]
    readable = ledger_reading.readable_for(holder)
    _, chosen = _ledger_filter(request, readable)
    return StreamingHttpResponse(
        written(ledger_reading.chosen_lines(readable, chosen)),
        content_type=f"{kind}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{slug}-ledger.{format}"'},
    )


def _ledger_filter(request, readable):
    form = LedgerFilter(
        request.GET,
        verbs=readable.choices("verb"),
        people=readable.choices("by_label"),
        kinds=readable.choices("subject_kind"),
    )
    form.is_valid()
    return form, ledger_reading.Chosen(**form.cleaned_data)  # what is no choice is left out


def _number(text):
    """A line's number in an address; 0 where there is none that could be one."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
