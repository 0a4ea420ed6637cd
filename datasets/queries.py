"""What screens ask about releases and their files. Never writes."""

from django.db.models import Count, QuerySet, Sum

from coding.queries import open_documents
from datasets.models import Release, ReleaseFile
from projects.access import Pass
from projects.refusals import Missing, NotAllowed


def releases(holder: Pass) -> QuerySet[Release]:
    """Newest first. Drafts are for those who may see releases before they are published."""
    found = Release.objects.filter(project=holder.project).select_related("made_by", "published_by")
    if not holder.allows("releases.view"):
        found = found.exclude(state=Release.State.DRAFT)
    return found.annotate(file_count=Count("files"), bytes=Sum("files__size")).order_by("-id")


def release_for(holder: Pass, version: str) -> Release:
    found = releases(holder).select_related("project").filter(version=version).first()
    if found is None:
        raise Missing("There is no such release in this project.")
    return found


def files(release: Release) -> QuerySet[ReleaseFile]:
    return ReleaseFile.objects.filter(release=release).order_by("path")


def may_download(holder: Pass) -> bool:
    """Codings of all coders stand in a release: whoever only codes gets its files once all own work is handed in."""
    return holder.allows("releases.view") or not open_documents(holder).exists()


def downloads(holder: Pass, release: Release) -> QuerySet[ReleaseFile]:
    """The files, for those who may have them."""
    if not may_download(holder):
        raise NotAllowed(
            "A release holds the codings of all coders. Its files open to you when you have handed in your own work."
        )
    return files(release)


def file_for(holder: Pass, release: Release, path: str) -> ReleaseFile:
    found = downloads(holder, release).filter(path=path).first()
    if found is None:
        raise Missing("This release has no such file.")
    return found
