"""What screens ask about releases and their files. Never writes."""

from django.db.models import Count, QuerySet, Sum

from coding.access import may_see_all_codings
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


def downloads(holder: Pass, release: Release) -> QuerySet[ReleaseFile]:
    """The files, for those who may have them: the codings of all coders stand in them."""
    if not may_see_all_codings(holder):
        raise NotAllowed(
            "A release holds the codings of all coders. Its files open to you when you have handed in "
            "your own work and the rounds are revealed."
        )
    return files(release)


def file_for(holder: Pass, release: Release, path: str) -> ReleaseFile:
    found = downloads(holder, release).filter(path=path).first()
    if found is None:
        raise Missing("This release has no such file.")
    return found
