"""How the job table as a whole stands: how many in each state, and how long work waits that nobody does."""

from django.db.models import Count, Min
from django.utils import timezone

from projects.models import Job


def counts() -> dict[str, int]:
    """How many jobs are in each state, zeros included."""
    found = Job.objects.order_by().values_list("state").annotate(Count("pk"))
    return dict.fromkeys(Job.State.values, 0) | dict(found)


def lag() -> float:
    """Seconds for which the oldest job waits that no worker holds; 0 where nothing waits."""
    now = timezone.now()
    # Two questions: each finds its few rows by the index of states.
    asked = Job.objects.filter(state=Job.State.QUEUED).aggregate(at=Min("waiting_since"))["at"]
    left = Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=now).aggregate(
        at=Min("lease_until")
    )["at"]
    waiting = [at for at in (asked, left) if at is not None]
    return max(0.0, (now - min(waiting)).total_seconds()) if waiting else 0.0
