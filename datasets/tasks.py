"""What runs for this app's kinds of job."""

from typing import Any

from datasets import building, releases
from datasets.models import Release
from projects.jobs import Progress, handles
from projects.refusals import Missing


@handles(releases.BUILD)
def build(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    release = Release.objects.select_related("project").filter(pk=subject).first()
    if release is None:
        raise Missing("The release is not there any more.")
    return building.build(release, progress)
