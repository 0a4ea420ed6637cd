"""Releases over HTTP: drafting, describing, checking, publishing and withdrawing them, their files and what they rest on."""

from django.http import HttpResponse
from django.utils.text import slugify

from coding.access import nobody_is_blind, round_for
from datasets import comparisons, coverage, queries, round_paper
from datasets import releases as verbs
from datasets.forms import (
    SPAN_RULES,
    YEAR_RULES,
    CoverageForm,
    DescribeForm,
    DoiForm,
    DraftForm,
    WaiveForm,
    WithdrawForm,
)
from datasets.models import Dataset, Release, SearchedYears
from datasets.reading_views import review_files, saved, zipped
from projects import files as store
from projects.api import PROJECT, Work, job_as_json
from projects.refusals import Missing
from projects.rest.paging import ListOf
from projects.rest.routes import Asked, Bytes, Route
from projects.rest.shapes import (
    anything,
    choice,
    day,
    flag,
    moment,
    of_form,
    shape,
    some,
    text,
    whole,
)
from reconciliation import figure_queries
from sources import alliance_lists

_RELEASES = f"{PROJECT}releases/"
_RELEASE = f"{_RELEASES}<str:version>/"
MOST_CHANGES = 1_000

ReleaseShape = shape(
    "Release",
    version=text(),
    state=choice(*Release.State.values),
    creators=some(text()),
    licence=text(),
    description=text(),
    publisher=text(),
    address=text(),
    released_on=day(null=True),
    changes=text(),
    year_rule=text(),
    span_rule=text(),
    anonymous_copy=flag(),
    doi=text(),
    made_at=moment(),
    built_at=moment(null=True),
    published_at=moment(null=True),
    withdrawn_at=moment(null=True),
    withdrawn_reason=text(),
    records_sha256=text(),
    manifest_sha256=text(),
)
Finding = shape(
    "Finding",
    check=text(),
    label=text(),
    severity=text(),
    message=text(),
    waiver=text(),
    by=text(),
    blocks=flag(),
)
WholeRelease = shape("WholeRelease", ReleaseShape, findings=some(Finding), held_back=flag())
FileShape = shape("ReleaseFile", path=text(), size=whole(), sha256=text(), rows=whole(null=True))
Description = of_form(
    "ReleaseDescription",
    DescribeForm,
    creators=some(text(most=500), optional=True, help_text="Family, Given; affiliation; ORCID. In the order of citing."),
    released_on=day(optional=True),
    description=text(optional=True),
    changes=text(optional=True),
    publisher=text(optional=True, most=200),
    year_rule=choice(*(code for code, _ in YEAR_RULES), optional=True),
    span_rule=choice(*(code for code, _ in SPAN_RULES), optional=True),
)  # fmt: skip
Open = shape("DatasetOpen", is_public=flag(), nobody_is_blind=flag())
OpenAsked = shape("DatasetToOpen", is_public=flag())
TableChange = shape(
    "TableChange",
    file=text(),
    added=whole(),
    removed=whole(),
    changed=whole(),
    columns=some(some(anything()), help_text="[column, changed cells]"),
    new_columns=some(text()),
    lost_columns=some(text()),
)
Searched = shape("SearchedYears", id=whole(), alliance=text(), first_year=whole(), last_year=whole(), search_log=text(), at=moment())  # fmt: skip

release_list = Route(_RELEASES, "api_releases", "releases")
publicity_route = Route(f"{PROJECT}publicity/", "api_publicity", "releases")
compare_route = Route(f"{PROJECT}compare/", "api_compare_releases", "releases")
coverage_route = Route(f"{PROJECT}coverage/", "api_coverage", "releases")
coverage_one = Route(f"{PROJECT}coverage/<int:number>/", "api_take_back_coverage", "releases")
release_one = Route(_RELEASE, "api_release", "releases")
waive_route = Route(f"{_RELEASE}waivers/", "api_waive_check", "releases", version=release_one)
build_route = Route(f"{_RELEASE}build/", "api_build_release", "releases")
publish_route = Route(f"{_RELEASE}publish/", "api_publish_release", "releases", version=release_one)
withdraw_route = Route(f"{_RELEASE}withdraw/", "api_withdraw_release", "releases", version=release_one)  # fmt: skip
doi_route = Route(f"{_RELEASE}doi/", "api_release_doi", "releases", version=release_one)
file_list = Route(f"{_RELEASE}files/", "api_release_files", "releases")
file_one = Route(f"{_RELEASE}files/<path:path>", "api_release_file", "releases")
zip_route = Route(f"{_RELEASE}zip/", "api_release_zip", "releases")
review_route = Route(f"{_RELEASE}review/", "api_review_copy", "releases")
report_route = Route(f"{PROJECT}rounds/<str:round_id>/runs/<int:n>/report/", "api_reliability_report", "reconciliation")  # fmt: skip


@release_list.get(ListOf(ReleaseShape, key="version"), needs="project.view")
def list_releases(asked: Asked):
    """The versions you may see, the newest first."""
    return queries.releases(asked.holder)


@release_list.post(ReleaseShape, status=201, needs="releases.build", takes=DraftForm)
def draft_release(asked: Asked):
    """Open a numbered version, or take up the draft of that number."""
    said = asked.form(DraftForm).cleaned_data
    return verbs.draft(asked.holder.project, said["version"], by=asked.user)


@release_one.get(WholeRelease, needs="project.view")
def read_release(asked: Asked, version: str):
    """One version with what its checks found."""
    return _whole(asked, queries.release_for(asked.holder, version))


def _whole(asked: Asked, release: Release) -> dict:
    return {
        **ReleaseShape(release).data,
        "findings": [Finding(one).data for one in queries.findings_of(asked.holder, release)],
        "held_back": bool(verbs.held_back_by(release)),
    }


@release_one.patch(WholeRelease, needs="releases.build", takes=Description)
def describe_release(asked: Asked, version: str):
    """Say what the files of an open version say about it; what is not named stays. It is built anew then."""
    shown = queries.release_for(asked.holder, version)
    stands = {name: getattr(shown, name) for name in DescribeForm.base_fields}
    said = {**stands, **asked.said}
    said["creators"] = "\n".join(said["creators"])
    judged = asked.form(DescribeForm, said, instance=shown).cleaned_data
    changed = {name: judged[name] for name in asked.said}
    return _whole(asked, verbs.describe(shown, by=asked.user, **changed))


@waive_route.post(WholeRelease, status=201, needs="releases.publish", takes=WaiveForm)
def waive_check(asked: Asked, version: str):
    """Let a check pass that did not, for this version and what it found, with the reason that readers will see."""
    shown = queries.release_for(asked.holder, version)
    said = asked.form(WaiveForm).cleaned_data
    verbs.waive(
        shown, said["check"], reason=said["reason"], by=asked.user, by_label=asked.holder.label
    )
    return _whole(asked, queries.release_for(asked.holder, version))


@build_route.post(Work, status=202, needs="releases.build")
def build_release(asked: Asked, version: str):
    """Make the files in the background, and check them."""
    shown = queries.release_for(asked.holder, version)
    return job_as_json(verbs.build(shown, by=asked.user))


@publish_route.post(WholeRelease, needs="releases.publish")
def publish_release(asked: Asked, version: str):
    """Publish a built and checked version. Its files never change again."""
    return _whole(asked, verbs.publish(queries.release_for(asked.holder, version), by=asked.user))


@withdraw_route.post(WholeRelease, needs="releases.publish", takes=WithdrawForm)
def withdraw_release(asked: Asked, version: str):
    """Say that a published version should not be used any more, and why."""
    shown = queries.release_for(asked.holder, version)
    said = asked.form(WithdrawForm).cleaned_data
    return _whole(asked, verbs.withdraw(shown, by=asked.user, reason=said["reason"]))


@doi_route.put(WholeRelease, needs="releases.publish", takes=DoiForm)
def set_doi(asked: Asked, version: str):
    """The DOI that a repository gave a published version."""
    shown = queries.release_for(asked.holder, version)
    said = asked.form(DoiForm).cleaned_data
    return _whole(asked, verbs.set_doi(shown, said["doi"], by=asked.user))


@file_list.get(ListOf(FileShape, key="path"), needs="project.view")
def list_release_files(asked: Asked, version: str):
    """The files of a version, for those who may have them."""
    return queries.downloads(asked.holder, queries.release_for(asked.holder, version))


@file_one.get(Bytes(), needs="project.view")
def read_release_file(asked: Asked, version: str, path: str):
    """One file of a version."""
    shown = queries.release_for(asked.holder, version)
    found = queries.file_for(asked.holder, shown, path)
    return saved(store.open_stored(found.sha256), found.path.rsplit("/", 1)[-1])


@zip_route.get(Bytes("application/zip"), needs="project.view")
def read_release_zip(asked: Asked, version: str):
    """All files of a version in one archive."""
    shown = queries.release_for(asked.holder, version)
    folder = f"{slugify(asked.holder.project.slug)}-{shown.version}"
    return _zip(zipped(folder, list(queries.downloads(asked.holder, shown))))


@review_route.get(Bytes("application/zip"), needs="releases.view")
def read_review_copy(asked: Asked, version: str):
    """The copy for blind review: neither its name nor its files tell the project."""
    shown = queries.release_for(asked.holder, version)
    queries.downloads(asked.holder, shown)
    copied = list(review_files(shown))
    if not copied:
        raise Missing("This version was built without a copy for review.")
    return _zip(zipped("anonymous-dataset", copied))


def _zip(response):
    response.headers["Content-Type"] = "application/zip"
    return response


@publicity_route.get(Open, needs="project.view")
def read_publicity(asked: Asked):
    """Whether published versions stand open to everybody."""
    return _open(asked)


@publicity_route.put(Open, needs="releases.publish", takes=OpenAsked)
def open_dataset(asked: Asked):
    """Open the published versions to everybody, or close them again."""
    verbs.open_to_all(asked.holder.project, is_public=asked.said["is_public"], by=asked.user)
    return _open(asked)


def _open(asked: Asked) -> dict:
    dataset = Dataset.objects.filter(project=asked.holder.project).first()
    return {
        "is_public": dataset is not None and dataset.is_public,
        "nobody_is_blind": nobody_is_blind(asked.holder.project),
    }


@compare_route.get(ListOf(TableChange, key="file"), needs="project.view", filters=shape("VersionsToCompare", old=text(most=30), new=text(most=30)))  # fmt: skip
def compare_releases(asked: Asked):
    """Two versions held against one another, table by table."""
    pair = [queries.release_for(asked.holder, asked.wanted[name]) for name in ("old", "new")]
    for one in pair:
        queries.downloads(asked.holder, one)
        if one.built_at is None:
            raise Missing("This version has no files yet.")
    return [
        {
            "file": one.file,
            "added": one.added,
            "removed": one.removed,
            "changed": one.changed,
            "columns": [list(pair) for pair in one.columns],
            "new_columns": list(one.new_columns),
            "lost_columns": list(one.lost_columns),
        }
        for one in comparisons.compare(*pair, most_rows=MOST_CHANGES)
        if not one.is_same
    ]


@coverage_route.get(ListOf(Searched, key="id"), needs="project.view")
def list_coverage(asked: Asked):
    """The years whose search is complete: only there finding nothing is a zero."""
    return SearchedYears.objects.filter(project=asked.holder.project).order_by("id")


@coverage_route.post(Searched, status=201, needs="releases.build", takes=of_form("YearsSearched", CoverageForm))  # fmt: skip
def declare_coverage(asked: Asked):
    """Say that finding nothing in these years means that there was nothing."""
    alliances = list(alliance_lists.current(asked.holder.project).order_by("reference"))
    said = asked.form(CoverageForm, alliances=alliances).cleaned_data
    return coverage.declare(asked.holder.project, by=asked.user, **said)


@coverage_one.delete(None, needs="releases.build")
def take_back_coverage(asked: Asked, number: int):
    """Take a declaration back; the years count as not searched from the next build on."""
    made = SearchedYears.objects.filter(project=asked.holder.project, pk=number).first()
    if made is None:
        raise Missing("There is no such declaration in this project.")
    coverage.take_back(made, by=asked.user)


@report_route.get(Bytes("application/pdf"), needs="reconciliation.view")
def read_reliability_report(asked: Asked, round_id: str, n: int):
    """The reliability report of a run on paper."""
    shown = round_for(asked.holder, round_id)
    run = figure_queries.run_for(asked.holder, shown, n)
    response = HttpResponse(round_paper.written(run), content_type="application/pdf")
    filename = f"reliability-{slugify(shown.name) or 'round'}-run{run.n}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


ROUTES = (
    release_list, publicity_route, compare_route, coverage_route, coverage_one, release_one, waive_route, build_route,
    publish_route, withdraw_route, doi_route, file_list, file_one, zip_route, review_route, report_route,
)  # fmt: skip
