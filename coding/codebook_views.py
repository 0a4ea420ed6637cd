"""Pages about codebooks: versions, reading one, writing one with its preview, comparing two, moving rounds to a new one."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import slugify
from django.utils.translation import get_language_info
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coding import changes, draft_notes, foreseen, moves, queries, schema
from coding import codebooks as verbs
from coding.access import codebook_for, may_see_draft_notes
from coding.forms import CodebookForm, ManuscriptForm, MoveRoundsForm
from projects import people
from projects.access import pass_for
from projects.forms import beside, sent, status_of
from projects.queries import visible_jobs
from projects.refusals import Missing


def language_of(request, available):
    """The language a person reads a codebook in: their own choice, what the browser asks for, the codebook's."""
    wanted = [request.user.language] if request.user.language else []
    wanted += schema.accepted(request.headers.get("Accept-Language", ""))
    return schema.chosen(available, wanted)


def _named(language):
    """A language by its own name, as its readers look for it."""
    try:
        return get_language_info(language.lower())["name_local"]
    except KeyError:
        return language


@require_safe
def codebooks(request, slug):
    holder = request.holder = pass_for(request.user, slug)
    found = list(queries.codebooks(holder))
    context = {
        "codebooks": found,
        "writing": queries.manuscript(holder),
        "ready": verbs.in_the_box(),
        "waiting_notes": draft_notes.waiting(holder.project).count()
        if may_see_draft_notes(holder)
        else 0,
    }
    return render(request, "coding/codebooks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def load_codebook(request, slug):
    holder = request.holder = pass_for(request.user, slug, "codebook.edit")
    form = CodebookForm(sent(request), request.FILES or None)
    if form.is_valid():
        with beside(form):
            loaded = verbs.load(holder.project, form.cleaned_data["source"], by=request.user)
            messages.success(
                request, f"Version {loaded.n} is a draft now. Read it through, then publish it."
            )
            return redirect(loaded)
    return render(request, "coding/load_codebook.html", {"form": form}, status=status_of(form))


@require_safe
def codebook(request, slug, n):
    holder = request.holder = pass_for(request.user, slug)
    version = codebook_for(holder, n)
    available = schema.languages(version.parsed)
    language = language_of(request, available)
    context = {
        "codebook": version,
        "shown": queries.shown(schema.translated(version.parsed, language)),
        "languages": [(one, _named(one)) for one in available] if len(available) > 1 else [],
        "language": language,
        "before": queries.before(holder, version),
        "movable": moves.movable(holder.project, version)
        if version.is_published and holder.allows("rounds.manage")
        else [],
    }
    return render(request, "coding/codebook.html", context)


@require_POST
def choose_language(request, slug):
    request.holder = pass_for(request.user, slug)
    people.choose_language(request.user, request.POST.get("language", ""))
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("codebooks", args=[slug])
    return redirect(back)


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
    published = verbs.publish(codebook_for(holder, n), by=request.user)
    messages.success(
        request, f"Version {published.n} is published and frozen. Rounds opened from now on use it."
    )
    return redirect(published)


# --- writing


@require_http_methods(["GET", "HEAD", "POST"])
def edit_codebook(request, slug):
    holder = request.holder = pass_for(request.user, slug, "codebook.edit")
    newest = verbs.newest(holder.project)
    if request.method == "POST":
        form = ManuscriptForm(request.POST)
        text, base = _typed(request), request.POST.get("base", "")
        if form.is_valid():
            with beside(form):
                verbs.keep(holder.project, text, base=base, by=request.user)
                loaded = verbs.load(holder.project, text, by=request.user, base=base)
                verbs.put_away(holder.project, by=request.user)
                messages.success(request, f"Saved as the draft of version {loaded.n}.")
                return redirect(loaded)
        return _editor(request, holder, newest, text, base, form=form)
    written = queries.manuscript(holder)
    start = _start(request, holder)
    if written is not None:
        return _editor(
            request, holder, newest, written.text, written.base, written=written, start=start
        )
    text = start if start is not None else newest.source if newest else ""
    return _editor(request, holder, newest, text, newest.sha256 if newest else "")


def _editor(request, holder, newest, text, base, *, form=None, written=None, start=None):
    context = {
        "form": form,
        "text": text,
        "base": base,
        "newest": newest,
        "written": written,
        "start": start is not None and start != text,
        "is_stale": base != (newest.sha256 if newest else ""),
        "ready": verbs.in_the_box(),
        "versions": queries.codebooks(holder),
        "draft_notes": list(draft_notes.waiting(holder.project)),
        "states_url": f"/api/v1/projects/{holder.project.slug}/states/",
    }
    return render(
        request, "coding/edit_codebook.html", context, status=status_of(form) if form else 200
    )


def _typed(request):
    """The text as it was typed: forms send other line ends than editors do."""
    return request.POST.get("text", "").replace("\r\n", "\n")


def _start(request, holder):
    """The text a person asked to start from: a codebook in the box, or a version of this project."""
    if name := request.GET.get("standard"):
        return verbs.standard(name)
    number = request.GET.get("version", "")
    return codebook_for(holder, int(number)).source if number.isdecimal() else None


@require_POST
def check_codebook(request, slug):
    """What an editor asks while somebody writes: keeps what was typed, and answers with problems, preview and differences.

    A text that was only looked at (`look`) is not kept: opening the editor is not writing.
    """
    holder = request.holder = pass_for(request.user, slug, "codebook.edit")
    text = _typed(request)
    answer = {}
    if not request.POST.get("look"):
        kept = verbs.keep(holder.project, text, base=request.POST.get("base", ""), by=request.user)
        answer["kept_at"] = kept.kept_at.isoformat()
    problems = schema.problems_of(text)
    answer["problems"] = [one.as_dict() for one in problems]
    if not problems:
        parsed = schema.parse_cached(text)
        published = queries.last_published(holder.project)
        compared = changes.compared(published.parsed, parsed) if published else None
        answer |= {
            "book": schema.to_json(parsed),
            "lines": schema.lines(parsed),
            "languages": schema.languages(parsed),
            "meaning": compared.meaning if compared else 0,
            "wording": compared.wording if compared else 0,
            "changes": render_to_string(
                "coding/_changes.html", {"comparison": compared, "published": published}
            ),
        }
    return JsonResponse(answer)


@require_POST
def put_codebook_away(request, slug):
    holder = request.holder = pass_for(request.user, slug, "codebook.edit")
    verbs.put_away(holder.project, by=request.user)
    query = {key: request.POST[key] for key in ("standard", "version") if request.POST.get(key)}
    return redirect(reverse("edit_codebook", args=[slug], query=query))


# --- two versions


@require_safe
def codebook_changes(request, slug, n):
    holder = request.holder = pass_for(request.user, slug)
    version = codebook_for(holder, n)
    since = request.GET.get("since", "")
    before = (
        codebook_for(holder, int(since)) if since.isdecimal() else queries.before(holder, version)
    )
    if before is None:
        raise Missing("There is no earlier version to compare this one with.")
    context = {
        "codebook": version,
        "before": before,
        "others": [one for one in queries.codebooks(holder) if one.pk != version.pk],
        "comparison": changes.compared(before.parsed, version.parsed),
        "written_in": draft_notes.written_into(holder.project, version.n)
        if may_see_draft_notes(holder)
        else [],
    }
    return render(request, "coding/codebook_changes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def move_codebook(request, slug, n):
    holder = request.holder = pass_for(request.user, slug, "rounds.manage")
    version = codebook_for(holder, n)
    rounds = moves.movable(holder.project, version) if version.is_published else []
    form = MoveRoundsForm(sent(request), rounds=rounds)
    reread = request.GET.get("reread") == "yes"
    if form.is_valid():
        with beside(form):
            moves.ask(version, form.chosen(), by=request.user, reread=form.cleaned_data["reread"])
            messages.info(
                request, "The rounds are moved in the background. You can leave this page."
            )
            return redirect("move_codebook", slug, n)
    plan = moves.plan(version, rounds, reread=reread)
    context = {
        "codebook": version,
        "form": form,
        "reread": reread,
        "rounds": foreseen.foreseen(holder, plan),
        "jobs": visible_jobs(holder).filter(kind=moves.MOVE, parameters__to=version.n)[:10],
    }
    return render(request, "coding/move_codebook.html", context, status=status_of(form))
