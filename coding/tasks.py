"""What runs for this app's kinds of job."""

from typing import Any

from coding import exchanges, exchanging
from coding.models import Exchange
from projects.jobs import Progress, handles
from projects.refusals import Missing


@handles(exchanges.EXPORT)
def take_out(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    return exchanging.run(_exchange(subject), "out", progress)


@handles(exchanges.IMPORT)
def bring_in(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    return exchanging.run(_exchange(subject), str(parameters.get("do", "check")), progress)


def _exchange(subject: str) -> Exchange:
    found = Exchange.objects.select_related("project", "by").filter(public_id=subject).first()
    if found is None:
        raise Missing("The exchange is not there any more.")
    return found
