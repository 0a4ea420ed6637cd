"""What releases hold of a document's words, when the document is taken down: files of versions that are not published go.

Published versions are frozen and stay; the page says so before anybody takes a document down.
"""

from datasets.models import Release, ReleaseFile
from datasets.models.release import OPEN
from projects import files
from projects.models import User
from sources import taking_down
from sources.models import Document


@taking_down.also
def unbuild(document: Document, by: User) -> None:
    drafts = Release.objects.filter(project=document.project, state__in=OPEN)
    built = ReleaseFile.objects.filter(release__in=drafts)
    hashes = set(built.values_list("sha256", flat=True))
    built.delete()
    for sha256 in hashes - set(
        ReleaseFile.objects.filter(sha256__in=hashes).values_list("sha256", flat=True)
    ):
        files.forget(sha256)
    drafts.update(state=Release.State.DRAFT, built_from=None)
