"""Pages about rounds and a coder's own work, and the door to the coding workspace."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coding import queries, schema, second_looks
from coding import rounds as round_verbs
from coding.access import own_assignment_for, round_for
from coding.codebook_views import language_of
from coding.forms import MoveForm, RoundForm
from coding.models import Round
from projects.access import pass_for
from projects.forms import beside, sent, status_of
from projects.refusals import Invalid, Missing
from sources import copies
from sources import queries as sources

PER_PAGE = 50


@require_safe
def rounds(request, slug):
    holder = request.holder = pass_for(request.user, slug)
    context = {"rounds": queries.rounds(holder), "may_watch": queries.may_watch(holder)}
    return render(request, "coding/rounds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request, slug):
    holder = request.holder = pass_for(request.user, slug, "rounds.manage")
    form = RoundForm(
        sent(request), coders=queries.coders(holder), counts=queries.readable_counts(holder)
    )
    if form.is_valid():
        said = form.cleaned_data
        chosen = (
            copies.one_of_each(sources.documents(holder.project, state="read", kind=said["kind"]))
            if said["kind"]
            else None
        )
        with beside(form):
            opened = round_verbs.open_round(
                holder.project,
                said["name"],
                by=request.user,
                coders=form.chosen_coders(),
                per_document=said["per_document"],
                documents=chosen,
                seed=said["seed"],
                instructions=said["instructions"],
            )
            messages.success(
                request, f"Round “{opened.name}” is open and every coder has their queue."
            )
            return redirect(opened)
    context = {
        "form": form,
        "codebook": queries.codebooks(holder).exclude(published_at=None).first(),
        "has_documents": bool(queries.readable_counts(holder)),
    }
    return render(request, "coding/open_round.html", context, status=status_of(form))


@require_safe
def round_page(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug)
    shown = round_for(holder, public_id)
    own = next((work for work in queries.own_rounds(holder) if work.round.pk == shown.pk), None)
    if not queries.may_watch(holder):
        if own is None:
            raise Missing("There is no such round in this project.")
        return render(request, "coding/own_round.html", {"round": shown, "own": own})
    page = Paginator(queries.documents_of(shown), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "round": shown,
        "own": own,
        "progress": queries.progress(shown),
        "states": queries.STATES,
        "page": page,
        "rows": queries.document_progress(holder, shown, list(page)),
        "moves": [state.value for state in Round.MOVES[Round.State(shown.state)]],
    }
    return render(request, "coding/round.html", context)


@require_POST
def move_round(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug, "rounds.manage")
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Invalid("A round can be opened, closed or revealed.")
    moved = round_verbs.move(
        round_for(holder, public_id), Round.State(form.cleaned_data["state"]), by=request.user
    )
    messages.success(request, f"Round “{moved.name}” is {moved.get_state_display()} now.")
    return redirect(moved)


@require_safe
def my_work(request, slug):
    holder = request.holder = pass_for(request.user, slug, "coding.code")
    context = {"rounds": queries.own_rounds(holder), "looks": second_looks.counts(holder)}
    return render(request, "coding/my_work.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def second_look(request, slug, public_id):
    """What the coder is asked to look at again since the codebook changed."""
    holder = request.holder = pass_for(request.user, slug, "coding.code")
    assignment = own_assignment_for(holder, public_id)
    if request.method == "POST":
        settled = second_looks.confirm(assignment, request.POST.getlist("look"), by=request.user)
        messages.success(request, f"Noted: {settled} still hold{'s' if settled == 1 else ''}.")
        return redirect("second_look", slug, public_id)
    context = {
        "assignment": assignment,
        "document": assignment.document,
        "asked": second_looks.shown(assignment),
    }
    return render(request, "coding/second_look.html", context)


@require_safe
def workspace(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug, "coding.code")
    assignment = own_assignment_for(holder, public_id)
    api = f"/api/v1/assignments/{assignment.public_id}/"
    book = assignment.round.codebook
    language = language_of(request, schema.languages(book.parsed))
    context = {
        "assignment": assignment,
        "document": assignment.document,
        "text": assignment.text,
        "blocks": sources.blocks(assignment.text),
        "queue": queries.queue(holder, assignment),
        "looks": len(second_looks.waiting(assignment)),
        "endpoints": {
            "state": api,
            "operations": f"{api}operations/",
            "submit": f"{api}submit/",
            "codebook": f"{api}codebook/?version={book.n}&language={language}",
            "states": f"/api/v1/projects/{slug}/states/",
            "alliances": f"/api/v1/projects/{slug}/alliances/",
        },
    }
    return render(request, "coding/workspace.html", context)
