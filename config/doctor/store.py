"""What is kept for good: stored files, published releases, the ledger."""

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from config.doctor.checks import Check, Finding, Scope
from config.keeping import backups, belongings, stored
from datasets.models import Release, ReleaseFile
from datasets.verifying import NAME as MANIFEST
from projects import files, ledger
from projects.models import LedgerLine, Project
from projects.refusals import Missing

#: What came in this long ago belongs to somebody by now.
SETTLED = timedelta(days=1)
CHUNK = 1024 * 1024


def spoken_of(scope: Scope, begin: str = "") -> set[str]:
    """The names of files that rows speak of: those that begin so, for no more of them to be held at once."""
    wheres = {one.table.name: one.where for one in belongings.all_of()} if scope.project else {}
    found: set[str] = set()
    with connection.cursor() as cursor:
        for one in stored.FILES:
            where = wheres.get(one.table, "").removeprefix("WHERE ")
            if scope.project:
                where = where.replace("{project}", str(scope.project.pk))
            if begin:
                more = f"\"{one.column}\" >= '{begin}' AND \"{one.column}\" < '{begin}g'"
                where = f"{where} AND {more}" if where else more
            cursor.execute(stored.names(one, where))
            found.update(name for (name,) in cursor.fetchall())
    return found


def missing_files(scope: Scope) -> Iterator[Finding]:
    for number in range(256):
        for sha256 in sorted(spoken_of(scope, f"{number:02x}")):
            try:
                with files.open_stored(sha256) as file:
                    digest = hashlib.sha256()
                    while chunk := file.read(CHUNK):
                        digest.update(chunk)
            except Missing:
                yield Finding(f"file {sha256}", "is not in the store; a backup has it")
            except OSError as error:
                yield Finding(f"file {sha256}", f"cannot be read: {error.strerror}")
            else:
                if digest.hexdigest() != sha256:
                    yield Finding(f"file {sha256}", "its content is not what its name says")


def orphans(scope: Scope) -> Iterator[Finding]:
    """Files that no row speaks of, and what was left of uploads that broke off; young ones may be on their way."""
    before = (timezone.now() - SETTLED).timestamp()
    root = Path(settings.FILES_DIR)
    folder, known = "", set[str]()
    for sha256 in backups.stored():
        if sha256[:2] != folder:
            folder, known = sha256[:2], spoken_of(Scope(), sha256[:2])
        path = files.path_of(sha256)
        if sha256 not in known and path.stat().st_mtime < before:
            yield Finding(f"file {sha256}", f"nothing speaks of it ({path.stat().st_size:,} bytes)", path)  # fmt: skip
    for path in sorted(root.glob(".incoming-*")) if root.is_dir() else ():
        if path.stat().st_mtime < before:
            yield Finding(f"file {path.name}", "is left of an upload that broke off", path)


def remove(finding: Finding) -> str:
    assert isinstance(finding.subject, Path)
    finding.subject.unlink(missing_ok=True)
    return "removed"


def published(scope: Scope) -> Iterator[Finding]:
    """What a release's rows say of its files is what its manifest says; `files` looks at the bytes."""
    rows = Release.objects.filter(**scope.only("project")).exclude(published_at=None)
    for release in rows.select_related("project").order_by("pk").iterator():
        where = f"release {release.project.slug} {release.version}"
        of_it = release.files.filter(part=ReleaseFile.Part.RELEASE)
        held = {path: (sha256, size) for path, sha256, size in of_it.values_list("path", "sha256", "size")}  # fmt: skip
        if release.files.filter(frozen=False).exists():
            yield Finding(where, "not all of its files are frozen")
        sha256, _ = held.pop(MANIFEST, ("", 0))
        if sha256 != release.manifest_sha256:
            yield Finding(where, "its manifest is another than was published")
            continue
        try:
            told = {
                one["path"]: (one["sha256"], one["bytes"])
                for one in json.loads(files.read(sha256))["files"]
            }
        except (Missing, ValueError, KeyError):
            yield Finding(where, "its manifest cannot be read")
            continue
        for path in sorted(held.keys() ^ told.keys()):
            missing = "its manifest does not name" if path in held else "is named and not there"
            yield Finding(where, f"{path}: {missing}")
        for path in sorted(held.keys() & told.keys()):
            if held[path] != told[path]:
                yield Finding(where, f"{path} is another file than its manifest says")


def ledgers(scope: Scope) -> Iterator[Finding]:
    slugs = dict(Project.objects.values_list("pk", "slug"))
    for number in [scope.project.pk] if scope.project else ledger.ledgers():
        for one in ledger.breaks_of(number):
            yield Finding(f"ledger of {slugs.get(number, number)}, line {one.n}", one.message)
        if number in slugs and not LedgerLine.objects.filter(project_id=number).exists():
            yield Finding(
                f"ledger of {slugs[number]}", "it holds no line, not even of the founding"
            )


CHECKS = (
    Check("files", "every stored file is there and is what its name says", missing_files),
    Check(
        "orphans", "nothing lies in the store that no row speaks of", orphans,
        "Remove them from the disk for good", remove, of_projects=False,
    ),
    Check("releases", "published releases are what their manifests say", published),
    Check("ledger", "the ledger's chains are whole", ledgers),
)  # fmt: skip
