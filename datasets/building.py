"""Building a release: records to files, files to the store. The same records give the same bytes."""

import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from datasets import contents, describing, manifest, tables
from datasets.models import Release, ReleaseFile
from datasets.records import RecordsInvalid
from projects import files
from projects.jobs import Progress
from projects.refusals import Invalid, Refused
from sources.state_lists import states_for

BLOCK = 1 << 20


def build(release: Release, progress: Progress) -> str:
    """Safe to run twice: a draft's files are replaced as a whole, in one transaction."""
    if release.state != Release.State.DRAFT:
        raise Refused(f"Version {release.version} is no draft any more; it stays as it is.")
    progress.step(0, 3, "gathering the records", hold=1800)
    records = contents.records_of(release.project)
    parameters = tables.Parameters(
        version=release.version,
        # A list of states ends some day (2016); who was a member then is carried on, and the manifest says so.
        states_extended=True,
        software_version=settings.SOFTWARE_VERSION,
    )
    try:
        made = tables.Build(records, parameters, states=states_for(release.project))
    except RecordsInvalid as error:
        raise Invalid(
            "The records contradict themselves: " + "; ".join(error.problems[:10])
        ) from None
    with tempfile.TemporaryDirectory(prefix="concord-release-") as folder:
        directory = Path(folder) / "release"
        progress.step(1, 3, "writing the tables", hold=3600)
        listed = manifest.write(
            directory, chain(made.files(), describing.files(made)), describing.about(made)
        )
        progress.step(2, 3, "keeping the files", hold=3600)
        kept = [_keep(directory / entry.path, entry) for entry in listed.entries]
        kept.append(_keep(directory / manifest.NAME, None))
    with transaction.atomic():
        release = Release.objects.select_for_update().get(pk=release.pk)
        if release.state != Release.State.DRAFT:
            raise Refused("The release was published meanwhile; it stays as it is.")
        release.files.all().delete()
        for path, sha256, size, rows in kept:
            ReleaseFile.objects.create(
                release=release, path=path, sha256=sha256, size=size, rows=rows
            )
        release.parameters = dict(parameters.as_json())
        release.records_sha256 = records.fingerprint()
        release.manifest_sha256 = listed.sha256
        release.built_at = timezone.now()
        release.save()
        progress.step(3, 3)
    return f"{len(records.incidents)} incidents in {len(kept)} files"


def _keep(path: Path, entry: manifest.Entry | None) -> tuple[str, str, int, int | None]:
    sha256, size = files.put(_chunks(path))
    if entry is None:
        return manifest.NAME, sha256, size, None
    assert sha256 == entry.sha256, f"{entry.path} changed while it was kept"
    return entry.path, sha256, size, entry.rows


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block
