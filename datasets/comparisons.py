"""Two releases of a project held against one another, from the bytes that were kept of them."""

import io
from typing import TextIO

from datasets.comparing import FileChange, Kept, Open, changelog, compared
from datasets.models import Release, ReleaseFile
from projects import files

__all__ = ["Kept", "compare", "drafted_changelog", "last_published_before", "opener"]


def compare(old: Release, new: Release, *, most_rows: int | None = None) -> tuple[FileChange, ...]:
    return compared(opener(old), opener(new), most_rows=most_rows)


def drafted_changelog(release: Release) -> str:
    """What a reader of the last published version would see as new; empty for the first one."""
    before = last_published_before(release)
    if before is None or release.built_at is None:
        return ""
    return changelog(compare(before, release, most_rows=50), before.version)


def last_published_before(release: Release) -> Release | None:
    published = Release.objects.filter(project=release.project, published_at__isnull=False)
    return published.filter(pk__lt=release.pk).order_by("-pk").first()


def opener(release: Release) -> Open:
    """Opens the kept files of a release by their paths."""
    kept = dict(
        ReleaseFile.objects.filter(release=release, part=ReleaseFile.Part.RELEASE).values_list(
            "path", "sha256"
        )
    )

    def opens(path: str) -> TextIO | None:
        if path not in kept:
            return None
        return io.TextIOWrapper(files.open_stored(kept[path]), encoding="utf-8", newline="")

    return opens
