"""The job table: all long work is a row here first, and a worker's claim on it second.

A verb writes the row in its own transaction; the broker, where there is one, is told on commit and may
forget. Whoever works claims by compare-and-set with a lease, renews it at each step, and what nobody
holds is sent again. Apps register what runs for their kinds in their tasks modules.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from projects import heartbeat, log_marks, stopping, waking
from projects.models import Job, Project, User
from projects.refusals import Refused, WrongState
from projects.troubles import trouble

log = logging.getLogger(__name__)
# Told where ordinary work is told, see config/watching/logs.py.
ordinary = logging.getLogger("concord.jobs")


class Abandoned(Exception):
    """Raised inside the work: its claim is gone (cancelled, or another worker holds it). Stop quietly."""


class GaveWay(Exception):
    """Raised inside the work: somebody waits for other work, and nobody for this. It goes on where it stopped."""


class Progress:
    """What the work holds while it runs: a claim to renew and a line to write for whoever waits."""

    def __init__(self, job: Job, *, gives_way: bool = False) -> None:
        self.job, self.gives_way = job, gives_way
        self.until = time.monotonic() + settings.JOB_LEASE_SECONDS

    def step(
        self, done: int | None = None, total: int | None = None, message: str = "", *, hold: int = 0
    ) -> None:
        """Renew the lease and show where the work stands. `hold` is seconds the next step may take."""
        if stopping.is_asked():
            raise stopping.GivenBack
        if self.gives_way and Job.objects.filter(_claimable()).exclude(_behind()).exists():
            raise GaveWay
        self.until = time.monotonic() + max(settings.JOB_LEASE_SECONDS, hold)
        change: dict[str, Any] = {"lease_until": _lease()}
        if done is not None:
            change["done"] = done
        if total is not None:
            change["total"] = total
        if message:
            change["message"] = _storable(message)[:300]
        if not _held(self.job).filter(cancel_asked=False).update(**change):
            raise Abandoned

    def renew(self) -> None:
        """The heartbeat's: a short lease again, unless the step has had the time it asked for."""
        if time.monotonic() < self.until:
            _held(self.job).update(lease_until=_lease())


Handler = Callable[[str, dict[str, Any], Progress], str | None]
_HANDLERS: dict[str, Handler] = {}
_BEHIND: set[str] = set()


def handles(kind: str, *, behind: bool = False) -> Callable[[Handler], Handler]:
    """Register what runs for a kind: `handler(subject, parameters, progress) -> closing message`.

    Work `behind` is begun when no other waits and gives way to it at its next step, so it must go on where it stopped.
    """

    def register(handler: Handler) -> Handler:
        _HANDLERS[kind] = handler
        if behind:
            _BEHIND.add(kind)
        return handler

    return register


_REGULAR: list[Callable[[], object]] = []


def regularly(look: Callable[[], object]) -> Callable[[], object]:
    """Register what every worker does twice a minute beside its jobs: quick looks that only ask for jobs."""
    _REGULAR.append(look)
    return look


def enqueue(
    kind: str,
    subject: str | int,
    *,
    project: Project | None,
    by: User | None,
    parameters: dict[str, Any] | None = None,
) -> Job:
    """Ask for work. The same work already waiting is returned, not doubled."""
    with transaction.atomic():
        job, _ = Job.objects.get_or_create(
            kind=kind,
            subject=str(subject),
            state=Job.State.QUEUED,
            defaults={"project": project, "by": by, "parameters": parameters or {}},
        )
        transaction.on_commit(lambda: announce(job.pk))
    return job


def announce(job_id: int) -> None:
    """Tell the broker, or the worker beside us. Failing here costs time, not work: the row stays."""
    if not settings.REDIS_URL:
        waking.wake()
        return
    try:
        current_app.send_task("projects.work", args=[job_id], retry=False)
    except Exception as error:  # noqa: BLE001 - whatever the broker does, the row is safe
        log.warning("job %s stays queued, the broker did not take it: %s", job_id, error)


def claim(worker: str, *, job_id: int | None = None) -> Job | None:
    """Take one job nobody holds (this one, or the oldest, those behind the others last), or None."""
    waiting = Job.objects.filter(_claimable())
    if job_id is not None:
        waiting = waiting.filter(pk=job_id)
    in_turn = waiting.alias(is_behind=_behind()).order_by("is_behind", "id")
    for pk in in_turn.values_list("pk", flat=True)[:10]:
        now = timezone.now()
        taken = Job.objects.filter(_claimable(), pk=pk).update(
            state=Job.State.RUNNING,
            worker=worker,
            attempts=F("attempts") + 1,
            lease_until=_lease(now),
            started_at=now,
            error="",
        )
        if taken:
            return Job.objects.get(pk=pk)
    return None


def run(job: Job, *, awaited: bool = False) -> None:
    """Do a claimed job and write down how it ended. Only the holder of the claim may write.

    What somebody waits for here and now (`awaited`) gives way to nothing.
    """
    begun = time.monotonic()
    with log_marks.marked(job=str(job.pk)):
        stopping.take_in_hand(True)
        try:
            ended = _run(Progress(job, gives_way=job.kind in _BEHIND and not awaited))
        except (stopping.GivenBack, KeyboardInterrupt, SystemExit):
            _give_back(job)
            log.warning("given back: this worker is asked to stop")
            raise
        finally:
            stopping.take_in_hand(False)
        fields = {
            "kind": job.kind,
            "attempt": job.attempts,
            "s": round(time.monotonic() - begun, 2),
        }
        ordinary.info(ended, extra={"fields": fields})


def _run(progress: Progress) -> str:
    """How it ended, in a word for the log."""
    job = progress.job
    handler = _HANDLERS.get(job.kind)
    try:
        if handler is None:
            raise Refused(f"Nothing here knows how to do “{job.kind}”.")
        with heartbeat.beating(progress.renew):
            message = handler(job.subject, job.parameters, progress) or ""
    except GaveWay:
        _wait_again(job, Job.State.DONE, "goes on in the same work, asked for since")
        return "gave way"
    except Abandoned:
        _held(job).update(
            state=Job.State.CANCELLED,
            finished_at=timezone.now(),
            lease_until=None,
            message="stopped",
        )
        return "stopped"
    except Refused as refusal:
        _end(job, Job.State.FAILED, error=refusal.message)
        return "refused"
    except Exception as error:  # noqa: BLE001 - the row must tell what happened, whatever it was
        log.exception("%s failed, attempt %s", job.kind, job.attempts)
        found = trouble(error)
        reason = found.message if found else f"{type(error).__name__}: {error}"
        if job.attempts >= settings.JOB_ATTEMPTS:
            _end(job, Job.State.FAILED, error=reason)
        elif _put_back(job, error=_storable(reason)):
            announce(job.pk)
        else:
            _end(job, Job.State.FAILED, error=f"{reason}. The same work already waits to be done.")
        return "failed"
    _end(job, Job.State.DONE, message=message)
    return "done"


def _give_back(job: Job) -> None:
    """Let the work of a worker that stops wait again, at once and as if it had not begun."""
    if not connection.in_atomic_block:
        # What was broken off may have been in the midst of a question to the database.
        connection.close()
    _wait_again(job, Job.State.CANCELLED, "given back; the same work already waits to be done")


def _wait_again(job: Job, otherwise: str, message: str) -> None:
    """As if it had not begun; ended otherwise where the same work was asked for meanwhile."""
    if _put_back(job, attempts=F("attempts") - 1):
        announce(job.pk)
    else:
        _end(job, otherwise, message=message)


def _put_back(job: Job, **change: Any) -> bool:
    """Let work wait for its next attempt; False where the same work was asked for meanwhile."""
    try:
        with transaction.atomic():
            _held(job).update(
                state=Job.State.QUEUED,
                worker="",
                lease_until=None,
                waiting_since=timezone.now(),
                **change,
            )
    except IntegrityError:
        return False
    return True


def _lease(since: datetime | None = None) -> datetime:
    return (since or timezone.now()) + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def _storable(text: str) -> str:
    """Without what a database does not take: an error may quote any bytes."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def work_one(worker: str, job_id: int | None = None, *, awaited: bool = False) -> bool:
    """Claim and do one job; False when there was none to take, or this worker is to stop."""
    if stopping.is_asked():
        return False
    job = claim(worker, job_id=job_id)
    if job is None:
        return False
    run(job, awaited=awaited)
    return True


def finish_all(worker: str = "inline") -> int:
    """Do everything that waits, here and now: commands and tests that want the result before they go on."""
    count = 0
    while work_one(worker):
        count += 1
    return count


def waiting_for(kind: str, subject: str | int) -> list[Job]:
    """The jobs of this kind for this subject that have not ended."""
    states = [Job.State.QUEUED, Job.State.RUNNING]
    return list(Job.objects.filter(kind=kind, subject=str(subject), state__in=states))


def see_through(job: Job, worker: str = "inline", *, poll: float = 0.2) -> Job:
    """Do this job here, or wait while another worker does it; the ended job."""
    while True:
        work_one(worker, job.pk, awaited=True)
        _give_up_dead()
        job.refresh_from_db()
        if job.state not in {Job.State.QUEUED, Job.State.RUNNING}:
            return job
        time.sleep(poll)


def reconcile_queue() -> int:
    """Send again what nobody holds; give up on what has died too often. Run every half minute by a worker."""
    _give_up_dead()
    waiting = list(
        Job.objects.filter(_claimable()).order_by("id").values_list("pk", flat=True)[:1000]
    )
    for pk in waiting:
        announce(pk)
    return len(waiting)


def tick() -> None:
    """What a worker does twice a minute, in the small arrangement as in the large one."""
    for look in (reconcile_queue, *_REGULAR):
        try:
            look()
        except Exception:  # noqa: BLE001 - one that fails keeps nothing else from being done
            log.exception("%s failed; it is tried again", getattr(look, "__name__", look))


def _shorten_leases_of_another_clock() -> None:
    """Where a clock was set back, a dead worker's lease would last for hours; a living one renews its own all the same."""
    longest = _lease() + timedelta(seconds=settings.JOB_LEASE_SECONDS)
    Job.objects.filter(state=Job.State.RUNNING, lease_until__gt=longest).update(
        lease_until=_lease()
    )


def _give_up_dead() -> None:
    _shorten_leases_of_another_clock()
    now = timezone.now()
    Job.objects.filter(
        state=Job.State.RUNNING, lease_until__lt=now, attempts__gte=settings.JOB_ATTEMPTS
    ).update(
        state=Job.State.FAILED,
        finished_at=now,
        lease_until=None,
        error=f"The worker died {settings.JOB_ATTEMPTS} times while doing this. Nothing else was affected; "
        "it can be started again.",
    )


def cancel(job: Job) -> Job:
    """Waiting work ends at once; running work stops at its next step."""
    now = timezone.now()
    stopped = Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).update(
        state=Job.State.CANCELLED, finished_at=now, message="cancelled before it began"
    )
    if not stopped and not Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(
        cancel_asked=True
    ):
        raise WrongState("This work has already ended.")
    job.refresh_from_db()
    return job


def free(job: Job) -> bool:
    """Let work whose holder is gone wait again, or end where it was tried often enough; False where somebody holds it."""
    now = timezone.now()
    lost = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, lease_until__lt=now)
    if job.attempts >= settings.JOB_ATTEMPTS:
        _give_up_dead()
        return not lost.exists()
    try:
        with transaction.atomic():
            freed = lost.update(state=Job.State.QUEUED, worker="", lease_until=None)
    except IntegrityError:  # the same work was asked for again and waits
        freed = lost.update(state=Job.State.CANCELLED, finished_at=now, lease_until=None)
    if freed:
        announce(job.pk)
    return bool(freed)


def retry(job: Job) -> Job:
    """Start failed or cancelled work again with fresh attempts; the same work already waiting is returned."""
    ended = [Job.State.FAILED, Job.State.CANCELLED]
    try:
        with transaction.atomic():
            started = Job.objects.filter(pk=job.pk, state__in=ended).update(
                state=Job.State.QUEUED,
                attempts=0,
                done=0,
                error="",
                message="",
                cancel_asked=False,
                finished_at=None,
                lease_until=None,
                waiting_since=timezone.now(),
            )
            if not started:
                raise WrongState("Only work that failed or was cancelled can be started again.")
            transaction.on_commit(lambda: announce(job.pk))
    except IntegrityError:
        same = Job.objects.filter(kind=job.kind, subject=job.subject, state=Job.State.QUEUED)
        return same.first() or retry(job)
    job.refresh_from_db()
    return job


def _claimable() -> Q:
    return Q(state=Job.State.QUEUED) | Q(
        state=Job.State.RUNNING, lease_until__lt=timezone.now(), attempts__lt=settings.JOB_ATTEMPTS
    )


def _behind() -> Q:
    return Q(kind__in=sorted(_BEHIND))


def _held(job: Job) -> Any:
    return Job.objects.filter(
        pk=job.pk, state=Job.State.RUNNING, worker=job.worker, attempts=job.attempts
    )


def _end(job: Job, state: str, *, message: str = "", error: str = "") -> None:
    change: dict[str, Any] = {
        "state": state,
        "finished_at": timezone.now(),
        "lease_until": None,
        "error": _storable(error),
    }
    if message:
        change["message"] = _storable(message)[:300]
    _held(job).update(**change)
