"""Pages of releases for those who make them: the list, one release with its checks, and everything that changes one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coding.access import may_see_all_codings, nobody_is_blind, round_for
from datasets import comparisons, coverage, queries, round_paper
from datasets import releases as verbs
from datasets.forms import (
    CoverageForm,
    DescribeForm,
    DoiForm,
    DraftForm,
    WaiveForm,
    WithdrawForm,
)
from datasets.models import Dataset, SearchedYears
from datasets.reading_views import about, review_files, saved, zipped
from projects import files as store
from projects import queries as projects
from projects.access import pass_for
from projects.forms import beside, sent, status_of
from projects.refusals import Missing
from reconciliation import figure_queries
from sources import alliance_lists

MOST_CHANGES = 200


@require_http_methods(["GET", "HEAD", "POST"])
def releases(request, slug):
    holder = request.holder = pass_for(request.user, slug)
    found = list(queries.releases(holder))
    form = DraftForm(sent(request), initial={"version": queries.version_after(found)})
    if request.method == "POST":
        holder.require("releases.build")
        if form.is_valid():
            with beside(form):
                drafted = verbs.draft(holder.project, form.cleaned_data["version"], by=request.user)
                return redirect(drafted)
    dataset = Dataset.objects.filter(project=holder.project).first()
    context = {
        "releases": found,
        "form": form,
        "is_public": dataset is not None and dataset.is_public,
        "nobody_is_blind": nobody_is_blind(holder.project),
    }
    return render(request, "datasets/releases.html", context, status=status_of(form))


@require_POST
def publicity(request, slug):
    """Open the published releases to everybody, or close them again."""
    holder = request.holder = pass_for(request.user, slug, "releases.publish")
    is_public = request.POST.get("public") == "1"
    verbs.open_to_all(holder.project, is_public=is_public, by=request.user)
    told = (
        "Published versions stand open to everybody."
        if is_public
        else "Published versions are closed to outsiders."
    )
    messages.success(request, told)
    return redirect("releases", slug)


@require_safe
def release(request, slug, version):
    holder = request.holder = pass_for(request.user, slug)
    return _release_page(request, holder, queries.release_for(holder, version))


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request, slug, version):
    """What the files of a version say about it."""
    holder = request.holder = pass_for(request.user, slug, "releases.build")
    shown = queries.release_for(holder, version)
    form = DescribeForm(sent(request), instance=shown)
    if request.method == "POST" and form.is_valid():
        with beside(form):
            verbs.describe(shown, by=request.user, **form.cleaned_data)
            messages.success(request, "Kept. Build the files, so that they say it.")
            return redirect(shown)
    if request.method != "POST" and not shown.changes and may_see_all_codings(holder):
        form.initial["changes"] = comparisons.drafted_changelog(shown)
    context = {"release": shown, "form": form}
    return render(request, "datasets/describe.html", context, status=status_of(form))


@require_POST
def waive(request, slug, version):
    holder = request.holder = pass_for(request.user, slug, "releases.publish")
    shown = queries.release_for(holder, version)
    form = WaiveForm(request.POST)
    if form.is_valid():
        with beside(form):
            said = form.cleaned_data
            verbs.waive(
                shown, said["check"], reason=said["reason"], by=request.user, by_label=holder.label
            )
            messages.success(request, "Waived. Build the files again, so that they print it.")
            return redirect(shown)
    return _release_page(request, holder, shown, waiving=form)


@require_POST
def build(request, slug, version):
    holder = request.holder = pass_for(request.user, slug, "releases.build")
    shown = queries.release_for(holder, version)
    verbs.build(shown, by=request.user)
    messages.info(request, "The files are made in the background. You can leave this page.")
    return redirect(shown)


@require_POST
def publish(request, slug, version):
    holder = request.holder = pass_for(request.user, slug, "releases.publish")
    published = verbs.publish(queries.release_for(holder, version), by=request.user)
    messages.success(
        request, f"Version {published.version} is published. Its files never change again."
    )
    return redirect(published)


@require_POST
def withdraw(request, slug, version):
    holder = request.holder = pass_for(request.user, slug, "releases.publish")
    shown = queries.release_for(holder, version)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        with beside(form):
            verbs.withdraw(shown, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"Version {version} is withdrawn; its page says why.")
            return redirect(shown)
    return _release_page(request, holder, shown, withdrawing=form)


@require_POST
def doi(request, slug, version):
    holder = request.holder = pass_for(request.user, slug, "releases.publish")
    shown = queries.release_for(holder, version)
    form = DoiForm(request.POST)
    if form.is_valid():
        with beside(form):
            verbs.set_doi(shown, form.cleaned_data["doi"], by=request.user)
            messages.success(request, "The DOI stands on the pages of this version.")
            return redirect(shown)
    return _release_page(request, holder, shown, naming=form)


@require_safe
def file(request, slug, version, path):
    holder = request.holder = pass_for(request.user, slug)
    shown = queries.release_for(holder, version)
    found = queries.file_for(holder, shown, path)
    return saved(store.open_stored(found.sha256), found.path.rsplit("/", 1)[-1])


@require_safe
def whole(request, slug, version):
    """All files in one archive, in a folder named after the release."""
    holder = request.holder = pass_for(request.user, slug)
    shown = queries.release_for(holder, version)
    folder = f"{slugify(holder.project.slug)}-{shown.version}"
    return zipped(folder, list(queries.downloads(holder, shown)))


@require_safe
def review_copy(request, slug, version):
    """The copy for blind review: neither its name nor its files tell the project."""
    holder = request.holder = pass_for(request.user, slug, "releases.view")
    shown = queries.release_for(holder, version)
    queries.downloads(holder, shown)
    copied = list(review_files(shown))
    if not copied:
        raise Missing("This version was built without a copy for review.")
    return zipped("anonymous-dataset", copied)


@require_safe
def compare(request, slug):
    """Two versions held against one another."""
    holder = request.holder = pass_for(request.user, slug)
    built = [one for one in queries.releases(holder) if one.built_at]
    old, new = request.GET.get("old", ""), request.GET.get("new", "")
    if not new and built:
        new = built[0].version
        old = built[1].version if len(built) > 1 else ""
    context = {"built": built, "old": old, "new": new, "changes": None}
    if old and new:
        pair = [queries.release_for(holder, version) for version in (old, new)]
        for one in pair:
            queries.downloads(holder, one)
        changes = comparisons.compare(*pair, most_rows=MOST_CHANGES)
        context["changes"] = [one for one in changes if not one.is_same]
        context["most"] = MOST_CHANGES
    return render(request, "datasets/compare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def searched(request, slug):
    """Where absence was observed: the years whose search is complete."""
    holder = request.holder = pass_for(request.user, slug)
    alliances = list(alliance_lists.current(holder.project).order_by("reference"))
    form = CoverageForm(sent(request), alliances=alliances)
    if request.method == "POST":
        holder.require("releases.build")
        if form.is_valid():
            with beside(form):
                coverage.declare(holder.project, by=request.user, **form.cleaned_data)
                messages.success(
                    request, "Declared. Zeros in these years are observed from the next build on."
                )
                return redirect("coverage", slug)
    declared = SearchedYears.objects.filter(project=holder.project).select_related("by")
    context = {"declared": declared, "form": form}
    return render(request, "datasets/coverage.html", context, status=status_of(form))


@require_POST
def take_back(request, slug, number):
    holder = request.holder = pass_for(request.user, slug, "releases.build")
    made = get_object_or_404(SearchedYears, project=holder.project, pk=number)
    coverage.take_back(made, by=request.user)
    messages.success(
        request, "Taken back. Those years count as not searched from the next build on."
    )
    return redirect("coverage", slug)


def _release_page(request, holder, shown, *, withdrawing=None, waiving=None, naming=None):
    job = projects.latest_job(holder, verbs.BUILD, shown.pk)
    may_download = may_see_all_codings(holder)
    dataset = Dataset.objects.filter(project=holder.project).first()
    context = {
        "release": shown,
        # Their names and row counts tell of others' work too.
        **(about(shown) if may_download else {}),
        "files": queries.files(shown) if may_download else [],
        "may_download": may_download,
        "findings": queries.findings_of(holder, shown),
        "held_back": bool(verbs.held_back_by(shown)),
        "job": job,
        "is_building": job is not None and job.state in {"queued", "running"},
        "form": withdrawing or WithdrawForm(),
        "waive_form": waiving or WaiveForm(),
        "doi_form": naming or DoiForm(initial={"doi": shown.doi}),
        "has_review_copy": review_files(shown).exists(),
        "is_readable": dataset is not None
        and dataset.is_public
        and nobody_is_blind(holder.project),
        "before": comparisons.last_published_before(shown),
    }
    wrong = withdrawing or waiving or naming
    return render(
        request, "datasets/release.html", context, status=status_of(wrong) if wrong else 200
    )


@require_safe
def reliability_pdf(request, slug, round_id):
    """The reliability report of a run on paper, by the same means as the papers of a release."""
    holder = request.holder = pass_for(request.user, slug, "reconciliation.view")
    shown = round_for(holder, round_id)
    asked = request.GET.get("run", "")
    run = figure_queries.run_for(
        holder, shown, int(asked) if asked.isdecimal() and len(asked) < 9 else None
    )
    if run is None:
        raise Missing(
            "There are no figures of this round, or they are closed to you while you code its documents."
        )
    response = HttpResponse(round_paper.written(run), content_type="application/pdf")
    filename = f"reliability-{slugify(shown.name) or 'round'}-run{run.n}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
