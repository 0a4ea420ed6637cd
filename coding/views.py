"""Pages about codebooks and a coder's own work, and the door to the coding workspace."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coding import codebooks as codebook_verbs
from coding import queries
from coding.access import codebook_for, own_assignment_for
from coding.forms import CodebookForm
from projects.access import pass_for
from projects.forms import beside, sent, status_of
from sources import queries as sources


@require_safe
def codebooks(request, slug):
    holder = request.holder = pass_for(request.user, slug)
    return render(request, "coding/codebooks.html", {"codebooks": queries.codebooks(holder)})


@require_http_methods(["GET", "HEAD", "POST"])
def load_codebook(request, slug):
    holder = request.holder = pass_for(request.user, slug, "codebook.edit")
    form = CodebookForm(sent(request), request.FILES or None)
    if form.is_valid():
        with beside(form):
            loaded = codebook_verbs.load(
                holder.project, form.cleaned_data["source"], by=request.user
            )
            messages.success(
                request, f"Version {loaded.n} is a draft now. Read it through, then publish it."
            )
            return redirect(loaded)
    return render(request, "coding/load_codebook.html", {"form": form}, status=status_of(form))


@require_safe
def codebook(request, slug, n):
    holder = request.holder = pass_for(request.user, slug)
    version = codebook_for(holder, n)
    context = {"codebook": version, "shown": queries.shown(version.parsed)}
    return render(request, "coding/codebook.html", context)


@require_safe
def codebook_source(request, slug, n):
    holder = request.holder = pass_for(request.user, slug)
    version = codebook_for(holder, n)
    response = HttpResponse(version.source, content_type="application/yaml; charset=utf-8")
    filename = f"{slugify(version.title) or 'codebook'}-v{version.n}.yaml"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


@require_POST
def publish_codebook(request, slug, n):
    holder = request.holder = pass_for(request.user, slug, "codebook.edit")
    published = codebook_verbs.publish(codebook_for(holder, n), by=request.user)
    messages.success(
        request, f"Version {published.n} is published and frozen. Rounds opened from now on use it."
    )
    return redirect(published)


@require_safe
def my_work(request, slug):
    holder = request.holder = pass_for(request.user, slug, "coding.code")
    rounds = queries.own_rounds(holder)
    context = {"rounds": rounds, "totals": queries.totals(rounds)}
    return render(request, "coding/my_work.html", context)


@require_safe
def workspace(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug, "coding.code")
    assignment = own_assignment_for(holder, public_id)
    api = f"/api/v1/assignments/{assignment.public_id}/"
    context = {
        "assignment": assignment,
        "document": assignment.document,
        "text": assignment.text,
        "blocks": sources.blocks(assignment.text),
        "queue": queries.queue(holder, assignment),
        "suggestions": f"{api}suggestions/" if assignment.round.has_suggestions else "",
        "endpoints": {
            "state": api,
            "operations": f"{api}operations/",
            "submit": f"{api}submit/",
            "codebook": f"{api}codebook/",
            "states": f"/api/v1/projects/{slug}/states/",
            "alliances": f"/api/v1/projects/{slug}/alliances/",
        },
    }
    return render(request, "coding/workspace.html", context)
