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
from datasets import citation, judgements, queries, tracing
from datasets.building import about_of
from datasets.models import Release, ReleaseFile
from projects import files as store
from projects.access import pass_for
from projects.models import Project
from projects.refusals import Missing
from sources.models import Document

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
    context = about(shown) | {
        "project": shown.project,
        "files": queries.files(shown),
        "versions": Release.objects.filter(
            project=shown.project, published_at__isnull=False
        ).order_by("-id"),
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


@require_safe
def table(request, slug, version):
    """Rows of one table; every cell that rests on incidents leads to them."""
    holder = request.holder = pass_for(request.user, slug)
    shown = queries.release_for(holder, version)
    queries.downloads(holder, shown)
    names = tracing.tables(shown)
    chosen = request.GET.get("table") or ("codes/incidents" if "codes/incidents" in names else "")
    wanted = {
        name: value.strip()
        for name, value in request.GET.items()
        if name
        in ("ccode1", "ccode2", "ccode", "year", "alliance_ref", "incident_id", "event_type")
        and value.strip()
    }
    sheet = tracing.sheet(shown, chosen, wanted) if chosen else None
    context = {
        "release": shown,
        "tables": names,
        "chosen": chosen,
        "sheet": sheet,
        "rows": queries.cells_of(sheet) if sheet else [],
        "wanted": wanted,
        "filters": [
            n for n in ("ccode1", "ccode2", "ccode", "year") if sheet and n in sheet.columns
        ],
    }
    return render(request, "datasets/table.html", context)


@require_safe
def trace(request, slug, version):
    """What one cell rests on, down to the passage."""
    holder = request.holder = pass_for(request.user, slug)
    shown = queries.release_for(holder, version)
    queries.downloads(holder, shown)
    chosen, column = request.GET.get("table", ""), request.GET.get("column", "")
    key = {
        name: request.GET[name]
        for name in (
            "alliance",
            "ccode1",
            "ccode2",
            "ccode",
            "event_type",
            "year",
            "alliance_ref",
            "incident_id",
        )
        if request.GET.get(name)
    }
    sheet = tracing.sheet(shown, chosen, key)
    # A part of the key that is not named is empty: a promise to all members names no recipient.
    rows = [row for row in sheet.rows if all(key.get(n) or row[n] is None for n in sheet.key)]
    if not key or not rows:
        raise Missing("This table has no such row.")
    row = rows[0]
    judged = ()
    behind = tracing.incidents_behind(row, column)
    if judgements.is_judged(chosen, column):
        judged = judgements.assessments_behind(shown, chosen, row, column)
        behind = judgements.relied_on(judged)
    kind = "" if judged else queries.type_of_column(sheet.variables.get(column), column)
    accounts = tracing.accounts(shown, behind) if behind else ()
    if kind:
        of_kind = tuple(a for a in accounts if a.incident["event_type"] == kind)
        # A zero rests on the search; that the row has incidents of other types says nothing of it.
        accounts = of_kind or (() if row.get(column) == 0 else accounts)
    fields = {sheet.variables[column]["field"]} if column in sheet.variables else set()
    documents = Document.objects.filter(project=holder.project)
    context = {
        "release": shown,
        "chosen": chosen,
        "column": column,
        "variable": sheet.variables.get(column),
        "value": row.get(column),
        "key": key,
        "accounts": accounts,
        "judged": judged,
        "searches": judgements.searches_behind(shown, row),
        "field": next(iter(fields - {None}), ""),
        "behind": behind,
        "most": tracing.MOST_INCIDENTS,
        "documents": {one.external_id: one for one in documents},
    }
    return render(request, "datasets/trace.html", context)


@require_safe
def variables(request, slug, version):
    holder = request.holder = pass_for(request.user, slug)
    shown = queries.release_for(holder, version)
    queries.downloads(holder, shown)
    asked = request.GET.get("q", "").strip()
    context = {"release": shown, "found": queries.variables(shown, asked), "asked": asked}
    return render(request, "datasets/variables.html", context)


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
