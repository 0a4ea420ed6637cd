"""Building a release: records to files, files to the store. The same records give the same bytes."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import chain
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from datasets import (
    anonymising,
    checks,
    contents,
    describing,
    formats,
    manifest,
    placing,
    releases,
    tables,
)
from datasets.findings import Finding
from datasets.models import Release, ReleaseFile
from datasets.records import ProjectRecord, RecordsInvalid, WaiverRecord
from datasets.verifying import NAME
from projects import files
from projects.jobs import Progress
from projects.models import Membership
from projects.refusals import Invalid, Refused
from projects.wording import counted
from sources.state_lists import states_for

BLOCK = 1 << 20
_Rule = TypeVar("_Rule", bound=str)


def build(release: Release, progress: Progress) -> str:
    """Safe to run twice: the files of an open release are replaced as a whole, in one transaction."""
    _must_be_open(release)
    project = release.project
    progress.step(0, 4, "gathering the records", hold=1800)
    # Read first: whatever is recorded from here on makes the release older than its project.
    built_from = releases.progress_of_the_ledger(project)
    records = contents.records_of(project)
    fingerprint = records.fingerprint()
    states = states_for(project)
    found = checks.found(project, records, states)
    parameters = parameters_of(release, found)
    try:
        made = tables.Build(replace(records, project=about_of(release)), parameters, states=states)
    except RecordsInvalid as error:
        raise Invalid(
            f"The records contradict themselves or the project's lists: {'; '.join(error.problems[:10])}. "
            "Settle such values anew, or load a list that has them, and build again."
        ) from None
    made.records_sha256 = fingerprint
    progress.step(1, 4, "writing the tables", hold=3600)
    with tempfile.TemporaryDirectory(prefix="concord-release-") as folder:
        manifest_sha256, kept = _written(made, Path(folder) / "release", ReleaseFile.Part.RELEASE)
        if release.anonymous_copy:
            progress.step(2, 4, "writing the copy for review", hold=3600)
            names = Membership.objects.filter(project=project).select_related("user")
            review = anonymising.anonymous(made, [told for one in names for told in _names(one)])
            _, copied = _written(review, Path(folder) / "review", ReleaseFile.Part.REVIEW)
            kept += copied
    progress.step(3, 4, "keeping the files", hold=3600)
    with transaction.atomic():
        release = Release.objects.select_for_update().get(pk=release.pk)
        if not release.is_open:
            raise Refused("The release was published meanwhile; it stays as it is.")
        release.files.all().delete()
        ReleaseFile.objects.bulk_create(
            ReleaseFile(release=release, part=part, path=path, sha256=sha256, size=size, rows=rows)
            for part, path, sha256, size, rows in kept
        )
        release.checks = [asdict(one) for one in found]
        release.parameters = dict(parameters.as_json())
        release.records_sha256 = fingerprint
        release.manifest_sha256 = manifest_sha256
        release.built_at = timezone.now()
        release.built_from = built_from
        held = releases.held_back_by(release)
        release.state = Release.State.DRAFT if held else Release.State.CHECKED
        release.save()
        progress.step(4, 4)
    files_made = sum(part == ReleaseFile.Part.RELEASE for part, *_ in kept)
    return f"{counted(len(records.incidents), 'incident')} in {files_made} files"


def about_of(release: Release) -> ProjectRecord:
    """What the files say of the dataset, as the release has it."""
    return ProjectRecord(
        release.project.slug,
        release.project.title,
        release.description,
        release.licence,
        tuple(release.creators),
        release.address,
        release.publisher,
    )


def parameters_of(release: Release, found: Sequence[Finding]) -> tables.Parameters:
    told = {(one.check, one.message) for one in found}
    return tables.Parameters(
        version=release.version,
        year_rule=_one_of(placing.YEAR_RULES, release.year_rule),
        span_rule=_one_of(placing.SPAN_RULES, release.span_rule),
        # A list of states ends some day (2016); who was a member then is carried on, and the manifest says so.
        states_extended=True,
        released_on=release.released_on,
        software_version=settings.SOFTWARE_VERSION,
        waivers=tuple(
            WaiverRecord(one.check_name, one.found, one.reason, one.by_label)
            for one in release.waivers.order_by("check_name")
            if (one.check_name, one.found) in told
        ),
        changes=release.changes,
    )


def _one_of(rules: tuple[_Rule, ...], name: str) -> _Rule:
    return next(rule for rule in rules if rule == name)


def _names(member: Membership) -> list[str]:
    user = member.user
    return [user.username, user.first_name, user.last_name, user.email]


def _written(
    made: tables.Build, directory: Path, part: str
) -> tuple[str, list[tuple[str, str, str, int, int | None]]]:
    """Write a whole folder, keep its files, and say what they are."""
    data = chain(made.files(), formats.files(made.tables, directory))
    listed = manifest.write(directory, chain(data, describing.files(made)), describing.about(made))
    kept = [(part, *_keep(directory / entry.path, entry)) for entry in listed.entries]
    kept.append((part, *_keep(directory / NAME, None)))
    return listed.sha256, kept


def _must_be_open(release: Release) -> None:
    if not release.is_open:
        raise Refused(f"Version {release.version} is no draft any more; it stays as it is.")


def _keep(path: Path, entry: manifest.Entry | None) -> tuple[str, str, int, int | None]:
    sha256, size = files.put(_chunks(path))
    if entry is None:
        return NAME, sha256, size, None
    assert sha256 == entry.sha256, f"{entry.path} changed while it was kept"
    return entry.path, sha256, size, entry.rows


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block
