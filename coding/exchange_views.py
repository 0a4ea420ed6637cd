"""Pages of exchanges: what can leave and come, what a format would hold, and one file on its way."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coding import codebooks, exchanges, exporting, importing
from coding.access import exchange_for, visible_exchanges
from coding.exchange import FORMATS, formats
from coding.exchange_forms import AnswersForm, InForm, OutForm
from coding.exchanges import IN_FORMATS
from coding.exporting import Share
from coding.models import Codebook, Exchange, Round
from projects import files, jobs
from projects import queries as projects
from projects.access import pass_for
from projects.forms import beside, sent, status_of
from projects.refusals import Missing

RECENT = 20
PER_PAGE = 50
SMALL_OUT = 200  # codings; so many are written while one waits
SMALL_IN = 500_000  # bytes
COUNTED = 2_000  # codings; of more, what a format would hold is only counted when it is written


def rounds_to_take(holder):
    """The rounds from which this person may take codings out."""
    seen = exporting.begun(holder, Share()).values("round")
    return Round.objects.filter(project=holder.project, pk__in=seen).order_by("-id")


def out_form(holder, data=None):
    return OutForm(
        data, rounds=rounds_to_take(holder), sees_others=holder.allows("reconciliation.view")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request, slug):
    holder = request.holder = pass_for(request.user, slug)
    form = InForm(sent(request), request.FILES or None)
    if request.method == "POST":
        holder.require("coding.import")
        if form.is_valid():
            file = form.cleaned_data["file"]
            with beside(form):
                made = exchanges.bring_in(
                    holder.project,
                    by=request.user,
                    content=file.read(exchanges.LARGEST + 1),
                    filename=file.name or "file",
                    format=form.cleaned_data["format"],
                )
                return redirect(made)
    context = {
        "formats": FORMATS.values(),
        "out": out_form(holder),
        "form": form,
        "can_take_out": exporting.begun(holder, Share()).exists(),
        "exchanges": visible_exchanges(holder)[:RECENT],
        "in_formats": IN_FORMATS,
    }
    return render(request, "coding/exchange.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request, slug):
    """What a format would hold of the chosen codings, looked at before the file is made."""
    holder = request.holder = pass_for(request.user, slug)
    form = out_form(holder, request.POST if request.method == "POST" else request.GET or None)
    if not form.is_valid():
        return redirect("exchange", slug)
    of_round = rounds_to_take(holder).filter(public_id=form.cleaned_data["round"]).first()
    share = Share(of_round, bool(form.cleaned_data.get("only_own")))
    format = FORMATS[form.cleaned_data["format"]]
    if request.method == "POST":
        made = exchanges.ask_out(holder, format=format.name, share=share)
        if made.told["asked"] <= SMALL_OUT:
            _now(made)
        return redirect(made)
    found = exporting.begun(holder, share)
    count = found.count()
    shares = formats.kept(format, list(exporting.values(found))) if count <= COUNTED else []
    context = {
        "format": format,
        "form": form,
        "count": count,
        "kept": shares,
        "of_round": of_round,
        "only_own": share.only_own,
    }
    return render(request, "coding/take_out.html", context)


def _now(exchange):
    """Small work is done while one waits; a worker that was faster is waited for."""
    for job in exchanges.work_of(exchange):
        jobs.see_through(job)


@require_http_methods(["GET", "HEAD", "POST"])
def exchanged(request, slug, public_id):
    """One file, on its way in or out."""
    holder = request.holder = pass_for(request.user, slug)
    shown = exchange_for(holder, public_id)
    kind = exchanges.EXPORT if shown.is_out else exchanges.IMPORT
    context = {
        "exchange": shown,
        "format": FORMATS.get(shown.format),
        "format_label": IN_FORMATS[shown.format],
        "job": projects.latest_job(holder, kind, shown.public_id),
    }
    if shown.is_out:
        return render(request, "coding/taken_out.html", context)
    form = answers_form(holder, shown, sent(request))
    if request.method == "POST":
        holder.require("coding.import")
        if form.is_valid():
            with beside(form):
                exchanges.answer(shown, by=request.user, options=form.options)
                if shown.size <= SMALL_IN:
                    _now(shown)
                return redirect(shown)
    told = shown.told.get("done") if shown.state == Exchange.State.DONE else shown.told.get("check")
    problems = (told or {}).get("problems", [])
    context |= {
        "form": form,
        "told": told,
        "page": Paginator(problems, PER_PAGE).get_page(request.GET.get("page")),
        "has_columns": any("column" in one for one in problems),
    }
    return render(request, "coding/exchanged.html", context, status=status_of(form))


def answers_form(holder, shown, data):
    opened = Round.objects.filter(project=holder.project, state=Round.State.OPEN).order_by("-id")
    published = Codebook.objects.filter(project=holder.project).exclude(published_at=None)
    if not published.exists():
        raise Missing("Codings come into a round, and a round needs a published codebook first.")
    return AnswersForm(
        data,
        exchange=shown,
        rounds=list(opened),
        coders=importing.coders_of(holder.project),
        book=codebooks.current(holder.project).parsed,
    )


@require_POST
def bring_in(request, slug, public_id):
    """Take in what was looked through."""
    holder = request.holder = pass_for(request.user, slug, "coding.import")
    shown = exchanges.ask_in(exchange_for(holder, public_id), by=request.user)
    if shown.size <= SMALL_IN:
        _now(shown)
        shown.refresh_from_db()
        if shown.state == Exchange.State.DONE:
            n = shown.told["done"]["codings"]
            messages.success(request, f"{n} coding{' is' if n == 1 else 's are'} taken in.")
    return redirect(shown)


@require_safe
def exchanged_file(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug)
    shown = exchange_for(holder, public_id)
    if not shown.sha256:
        raise Missing(shown.reason or "The file is not written yet.")
    return FileResponse(
        files.open_stored(shown.sha256), as_attachment=True, filename=shown.filename
    )
