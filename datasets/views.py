"""Pages of releases: the list, one release with its files and checks, and the bytes themselves."""

import tempfile
import zipfile

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coding.access import may_see_all_codings
from datasets import queries
from datasets import releases as verbs
from datasets.forms import DraftForm, WithdrawForm
from projects import files as store
from projects import queries as projects
from projects.access import pass_for
from projects.forms import beside, sent, status_of

# The earliest moment a zip can tell: the same files give the same archive.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


@require_http_methods(["GET", "HEAD", "POST"])
def releases(request, slug):
    holder = request.holder = pass_for(request.user, slug)
    form = DraftForm(sent(request))
    if request.method == "POST":
        holder.require("releases.build")
        if form.is_valid():
            with beside(form):
                drafted = verbs.draft(holder.project, form.cleaned_data["version"], by=request.user)
                return redirect(drafted)
    context = {"releases": queries.releases(holder), "form": form}
    return render(request, "datasets/releases.html", context, status=status_of(form))


@require_safe
def release(request, slug, version):
    holder = request.holder = pass_for(request.user, slug)
    return _release_page(request, holder, queries.release_for(holder, version))


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
    return _release_page(request, holder, shown, form)


@require_safe
def file(request, slug, version, path):
    holder = request.holder = pass_for(request.user, slug)
    shown = queries.release_for(holder, version)
    found = queries.file_for(holder, shown, path)
    return _saved(store.open_stored(found.sha256), found.path.rsplit("/", 1)[-1])


@require_safe
def whole(request, slug, version):
    """All files in one archive, in a folder named after the release."""
    holder = request.holder = pass_for(request.user, slug)
    shown = queries.release_for(holder, version)
    folder = f"{slugify(holder.project.slug)}-{shown.version}"
    chosen = list(queries.downloads(holder, shown))
    archive = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as written:
        for found in chosen:
            entry = zipfile.ZipInfo(f"{folder}/{found.path}", ZIP_DATE)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with store.open_stored(found.sha256) as source, written.open(entry, "w") as target:
                while block := source.read(1 << 20):
                    target.write(block)
    archive.seek(0)
    return _saved(archive, f"{folder}.zip")


def _saved(opened, filename):
    response = FileResponse(
        opened, as_attachment=True, filename=filename, content_type="application/octet-stream"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _release_page(request, holder, shown, form=None):
    form = form or WithdrawForm()
    is_draft = shown.state == "draft"
    job = projects.latest_job(holder, verbs.BUILD, shown.pk)
    may_download = may_see_all_codings(holder)
    context = {
        "release": shown,
        # Their names and row counts tell of others' work too.
        "files": queries.files(shown) if may_download else [],
        "may_download": may_download,
        "checks": verbs.checks(holder.project) if is_draft else [],
        "job": job,
        "is_building": job is not None and job.state in {"queued", "running"},
        "form": form,
    }
    return render(request, "datasets/release.html", context, status=status_of(form))
