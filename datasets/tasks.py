"""What runs for this app's kinds of job."""

from typing import Any

from coding.access import codes_blind
from datasets import building, releases
from datasets.models import Release
from projects.jobs import Progress, handles
from projects.models import Job
from projects.refusals import Missing


@handles(releases.BUILD)
def build(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    release = Release.objects.select_related("project").filter(pk=subject).first()
    if release is None:
        raise Missing("The release is not there any more.")
    told = building.build(release, progress)
    by = Job.objects.select_related("by").get(pk=progress.job.pk).by
    if by is not None and codes_blind(by, release.project):
        return "done; how much it holds is told once you have handed in"
    return told
