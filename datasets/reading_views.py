"""Pages for readers of a release, signed in or not: landing page, variables, tables, and the way from a cell to a passage.

A reader who is not of the project sees published releases of a project that stands open, and only once nobody's blind
reading could be spoilt by it.
"""

import tempfile
import zipfile

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from coding.access import nobody_is_blind
from datasets import citation, queries
from datasets.building import about_of
from datasets.models import Release, ReleaseFile
from projects import files as store
from projects.models import Project
from projects.refusals import Missing

# The earliest moment a zip can tell: the same files give the same archive.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def open_release(slug, version=None):
    """A release that anybody may read, the newest one where no version is named."""
    project = Project.objects.filter(slug=slug, dataset__is_public=True).first()
    if project is None or not nobody_is_blind(project):
        raise Missing("There is no such dataset here, or it is not open to the public.")
    published = Release.objects.filter(project=project, published_at__isnull=False)
    if version is not None:
        published = published.filter(version=version)
    else:
        # A withdrawn version is found by its number; the newest is one that may be used.
        published = published.exclude(state=Release.State.WITHDRAWN)
    found = published.select_related("project").order_by("-id").first()
    if found is None:
        raise Missing("This dataset has no such published version.")
    return found


@login_not_required
@require_safe
def newest(request, slug):
    return redirect("landing", slug, open_release(slug).version)


@login_not_required
@require_safe
def landing(request, slug, version):
    shown = open_release(slug, version)
    versions = Release.objects.filter(project=shown.project, published_at__isnull=False)
    context = about(shown) | {
        "project": shown.project,
        "files": queries.files(shown),
        "versions": versions.order_by("-id"),
        "instead": versions.filter(state=Release.State.PUBLISHED).order_by("-id").first(),
    }
    return render(request, "datasets/landing.html", context)


def about(shown):
    """What a release's page says of it, inside the project and outside."""
    project = about_of(shown)
    said = (project, shown.version, shown.released_on, shown.doi)
    return {
        "release": shown,
        "cited": citation.line(*said),
        "bibtex": citation.bibtex(*said),
        "creators": citation.creators_of(project),
        "groups": queries.grouped(queries.files(shown)),
        "coverage": queries.coverage_map(shown),
        "figures": queries.figures_of(shown),
        "waivers": shown.waivers.all(),
    }


@login_not_required
@require_safe
def open_file(request, slug, version, path):
    shown = open_release(slug, version)
    found = queries.files(shown).filter(path=path).first()
    if found is None:
        raise Missing("This release has no such file.")
    return saved(store.open_stored(found.sha256), found.path.rsplit("/", 1)[-1])


@login_not_required
@require_safe
def open_zip(request, slug, version):
    shown = open_release(slug, version)
    return zipped(f"{slugify(slug)}-{shown.version}", queries.files(shown))


def zipped(folder, chosen):
    """Kept files in one archive, in a folder of that name."""
    archive = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as written:
        for found in chosen:
            entry = zipfile.ZipInfo(f"{folder}/{found.path}", ZIP_DATE)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with store.open_stored(found.sha256) as source, written.open(entry, "w") as target:
                while block := source.read(1 << 20):
                    target.write(block)
    archive.seek(0)
    return saved(archive, f"{folder}.zip")


def saved(opened, filename):
    response = FileResponse(
        opened, as_attachment=True, filename=filename, content_type="application/octet-stream"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def review_files(release):
    return ReleaseFile.objects.filter(release=release, part=ReleaseFile.Part.REVIEW).order_by(
        "path"
    )
