"""What runs for this app's kinds of job."""

from typing import Any

from projects.jobs import Progress, handles
from projects.models import Project
from projects.refusals import Missing
from reconciliation import incidents, runs
from reconciliation.models import Run


@handles(runs.KIND)
def reconcile(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    from reconciliation import reconciling  # scipy is slow to load, and only workers need it

    run = Run.every.select_related("round__project", "round__codebook").filter(pk=subject).first()
    if run is None:
        raise Missing("The run is not there any more.")
    return reconciling.reconcile(run, progress)


@handles(incidents.PROPOSE)
def propose(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    from reconciliation import proposing  # as above

    return proposing.compute(Project.objects.get(pk=subject), progress)
