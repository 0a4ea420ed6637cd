"""Pages about a coder's own work, and the door to the coding workspace."""

import json
from dataclasses import asdict

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from coding import key_choices, queries, schema, second_looks, working_time
from coding.access import own_assignment_for
from coding.codebook_views import language_of
from projects.access import pass_for
from sources import queries as sources
from sources import sheets


def _kept_by_browser(request, response):
    """A page that opens without a network too: the service worker keeps it for this person, nothing else does."""
    response.headers["Concord-Person"] = str(request.user.pk)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def my_work(request, slug):
    holder = request.holder = pass_for(request.user, slug, "coding.code")
    rounds = queries.own_rounds(holder)
    context = {
        "rounds": rounds,
        "totals": queries.totals(rounds),
        "looks": second_looks.counts(holder),
        "new_answers": queries.new_answers(holder),
    }
    return _kept_by_browser(request, render(request, "coding/my_work.html", context))


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
    of_project = f"/api/v1/projects/{slug}/"
    book = assignment.round.codebook
    language = language_of(request, schema.languages(book.parsed))
    context = {
        "assignment": assignment,
        "document": assignment.document,
        "text": assignment.text,
        "blocks": sources.blocks(assignment.text),
        "passages": " ".join(
            f"{start} {end}" for start, end in assignment.passages.values_list("start", "end")
        ),
        "queue": queries.queue(holder, assignment),
        "suggestions": f"{api}suggestions/" if assignment.round.has_suggestions else "",
        "looks": len(second_looks.waiting(assignment)),
        "endpoints": {
            "state": api,
            "operations": f"{api}operations/",
            "submit": f"{api}submit/",
            "codebook": f"{api}codebook/?fingerprint={book.fingerprint}&language={language}",
            "history": f"{api}history/",
            "questions": f"{api}questions/",
            "time": f"{api}time/",
            "elsewhere": f"{api}elsewhere/",
            "templates": f"{api}templates/",
            "states": f"{of_project}states/",
            "alliances": f"{of_project}alliances/",
            "role": f"{of_project}provider-role/",
            "keys": reverse("api_keys"),
            "sheets": f"/projects/{slug}/documents/{assignment.document.public_id}/texts/{assignment.text.n}/pages/",
        },
        "chosen_keys": json.dumps(asdict(key_choices.of(request.user))),
        "sheets": assignment.text.pages.count() if sheets.is_drawn(assignment.text) else 0,
        "seconds": working_time.of([assignment]).get(assignment.pk, 0),
    }
    return _kept_by_browser(request, render(request, "coding/workspace.html", context))
