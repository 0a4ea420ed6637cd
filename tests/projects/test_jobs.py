"""The job table: asked for once, claimed by one, done in spite of dying workers, never in silence."""

import threading
import time
from datetime import timedelta

import pytest
from celery import current_app
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from config.celery import app
from projects import heartbeat, jobs, tasks
from projects.jobs import Abandoned
from projects.models import Job
from projects.refusals import Invalid, WrongState
from tests import small

pytestmark = pytest.mark.django_db
State = Job.State


@pytest.fixture
def handler(monkeypatch):
    """Registers what a kind does, for this test only."""
    monkeypatch.setattr(jobs, "_HANDLERS", {})
    return lambda work, kind="tests.nothing": jobs.handles(kind)(work)


@pytest.fixture
def announced(monkeypatch):
    told = []
    monkeypatch.setattr(jobs, "announce", told.append)
    return told


def shown(job: Job) -> dict:
    job.refresh_from_db()
    return {
        "state": job.state,
        "attempts": job.attempts,
        "worker": job.worker,
        "error": job.error,
        "message": job.message,
        "leased": job.lease_until is not None,
        "ended": job.finished_at is not None,
    }


def abandoned_by_its_worker(**fields) -> Job:
    """A job that somebody claimed and never finished."""
    past = timezone.now() - timedelta(seconds=1)
    given = {"state": State.RUNNING, "worker": "dead", "attempts": 1, "lease_until": past}
    return small.job(**{**given, **fields})


# --- asking


def test_asking_writes_a_row_and_tells_the_broker_after_the_commit(
    announced, django_capture_on_commit_callbacks
):
    project, person = small.project(), small.user()

    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue("tests.nothing", 7, project=project, by=person, parameters={"a": 1})
        assert announced == []

    assert announced == [job.pk]
    assert (job.kind, job.subject, job.project, job.by, job.parameters, job.state) == (
        "tests.nothing",
        "7",
        project,
        person,
        {"a": 1},
        State.QUEUED,
    )


def test_the_same_work_waiting_is_returned_and_not_doubled():
    first = jobs.enqueue("tests.nothing", "s", project=None, by=None, parameters={"first": True})

    second = jobs.enqueue("tests.nothing", "s", project=None, by=None, parameters={"first": False})

    assert (second.pk, second.parameters, Job.objects.count()) == (first.pk, {"first": True}, 1)


def test_other_work_on_the_subject_and_the_same_on_another_are_rows_of_their_own():
    for kind, subject in [("tests.a", "s"), ("tests.b", "s"), ("tests.a", "t")]:
        jobs.enqueue(kind, subject, project=None, by=None)

    assert Job.objects.count() == 3


def test_work_asked_for_while_it_runs_is_done_once_more():
    running = jobs.enqueue("tests.nothing", "s", project=None, by=None)
    jobs.claim("one")

    again = jobs.enqueue("tests.nothing", "s", project=None, by=None)

    assert again.pk != running.pk
    assert {job.pk for job in jobs.waiting_for("tests.nothing", "s")} == {running.pk, again.pk}


def test_the_database_refuses_two_waiting_rows_for_the_same_work():
    small.job("tests.nothing", "s")

    with pytest.raises(IntegrityError), transaction.atomic():
        small.job("tests.nothing", "s")


def test_a_verb_that_fails_leaves_no_job():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.enqueue("tests.nothing", "s", project=None, by=None)
        raise ZeroDivisionError

    assert Job.objects.count() == 0


# --- the broker


def test_without_a_broker_nobody_is_told(settings, monkeypatch):
    settings.REDIS_URL = ""
    monkeypatch.setattr(app, "send_task", lambda *args, **kwargs: pytest.fail("told"))

    jobs.announce(1)


def test_the_broker_is_told_the_job_and_nothing_else(settings, monkeypatch):
    sent = []
    settings.REDIS_URL = "redis://broker"
    monkeypatch.setattr(app, "send_task", lambda *args, **kwargs: sent.append((args, kwargs)))

    jobs.announce(41)

    assert sent == [(("projects.work",), {"args": [41], "retry": False})]


def test_a_broker_that_fails_costs_nothing_but_time(settings, monkeypatch, caplog):
    def refuse(*args, **kwargs):
        raise ConnectionError("no broker")

    settings.REDIS_URL = "redis://broker"
    monkeypatch.setattr(app, "send_task", refuse)

    jobs.announce(41)

    assert [record.getMessage() for record in caplog.records] == [
        "job 41 stays queued, the broker did not take it: no broker"
    ]


def test_every_thread_speaks_to_our_own_broker():
    found = []
    thread = threading.Thread(target=lambda: found.append(current_app._get_current_object()))

    thread.start()
    thread.join()

    assert found == [app]


def test_the_task_of_the_large_arrangement_does_the_same_as_the_small_one(handler):
    done = []
    handler(lambda subject, parameters, progress: done.append(subject))
    first, second = small.job(subject="first"), small.job(subject="second")

    assert [tasks.work(second.pk), tasks.work(second.pk), tasks.work(), tasks.work()] == [
        True,
        False,
        True,
        False,
    ]

    assert done == ["second", "first"]
    assert shown(first)["worker"] == tasks.worker_name()


# --- claiming


def test_a_claim_takes_the_oldest_job_and_holds_it_for_a_while(settings):
    settings.JOB_LEASE_SECONDS = 60
    oldest, _ = small.job(), small.job()
    before = timezone.now()

    claimed = jobs.claim("one")

    assert (claimed.pk, claimed.state, claimed.worker, claimed.attempts) == (
        oldest.pk,
        State.RUNNING,
        "one",
        1,
    )
    assert claimed.started_at >= before
    assert claimed.lease_until - claimed.started_at == timedelta(seconds=60)


def test_a_job_is_claimed_by_one_worker_only():
    job = small.job()

    claims = [jobs.claim("one"), jobs.claim("two"), jobs.claim("two", job_id=job.pk)]

    assert [claim and claim.pk for claim in claims] == [job.pk, None, None]
    assert shown(job)["worker"] == "one"


def test_a_claim_that_comes_second_between_look_and_take_goes_on_to_the_next_job(monkeypatch):
    contested, free = small.job(), small.job()
    real_now, rivals = timezone.now, iter([None, "rival"])

    def now():
        # The second look at the clock lies between finding a job and taking it.
        if next(rivals, None):
            Job.objects.filter(pk=contested.pk).update(
                state=State.RUNNING,
                worker="rival",
                attempts=1,
                lease_until=real_now() + timedelta(seconds=60),
            )
        return real_now()

    monkeypatch.setattr(jobs.timezone, "now", now)

    claimed = jobs.claim("one")

    assert claimed.pk == free.pk
    assert shown(contested)["worker"] == "rival"


def test_with_nothing_to_do_there_is_no_claim():
    small.job(state=State.DONE)
    small.job(state=State.FAILED)
    small.job(state=State.CANCELLED)

    assert jobs.claim("one") is None
    assert jobs.work_one("one") is False


def test_a_job_in_hand_is_not_taken_away():
    job = abandoned_by_its_worker(lease_until=timezone.now() + timedelta(seconds=30))

    assert jobs.claim("two") is None
    assert shown(job)["worker"] == "dead"


def test_a_job_whose_lease_is_over_is_taken_by_the_next_worker():
    job = abandoned_by_its_worker(error="something before")

    claimed = jobs.claim("two")

    assert claimed.pk == job.pk
    assert (claimed.worker, claimed.attempts, claimed.error) == ("two", 2, "")


def test_a_job_that_killed_its_workers_too_often_is_not_taken_again(settings):
    settings.JOB_ATTEMPTS = 3
    abandoned_by_its_worker(attempts=3)

    assert jobs.claim("two") is None


# --- doing


def test_done_work_leaves_its_last_words_on_the_row(handler):
    def work(subject, parameters, progress):
        assert (subject, parameters) == ("s", {"a": 1})
        progress.step(2, 5, "halfway")
        return "all five done"

    handler(work)
    job = small.job(subject="s", parameters={"a": 1})

    assert jobs.work_one("one") is True

    assert shown(job) == {
        "state": State.DONE,
        "attempts": 1,
        "worker": "one",
        "error": "",
        "message": "all five done",
        "leased": False,
        "ended": True,
    }
    assert (job.done, job.total) == (2, 5)


def test_each_step_shows_progress_and_renews_the_lease(handler, settings):
    settings.JOB_LEASE_SECONDS = 60
    seen = []

    def look(progress):
        row = Job.objects.get(pk=progress.job.pk)
        seen.append((row.done, row.total, row.message))
        return row.lease_until - timezone.now()

    def work(subject, parameters, progress):
        progress.step(0, 3, "begin")
        short = look(progress)
        progress.step(1, hold=600)
        long = look(progress)
        progress.step(message="x" * 400)
        look(progress)
        assert timedelta(seconds=50) < short <= timedelta(seconds=60)
        # However long a step may take, the lease stays short; the heartbeat renews it meanwhile.
        assert timedelta(seconds=50) < long <= timedelta(seconds=60)

    handler(work)
    job = small.job()

    jobs.work_one("one")

    assert seen == [(0, 3, "begin"), (1, 3, "begin"), (1, 3, "x" * 300)]
    assert shown(job)["state"] == State.DONE


def test_a_kind_that_nobody_knows_fails_at_once(handler):
    job = small.job("tests.unheard")

    jobs.work_one("one")

    assert (shown(job)["state"], shown(job)["error"]) == (
        State.FAILED,
        "Nothing here knows how to do “tests.unheard”.",
    )


def test_a_refusal_fails_at_once_in_its_own_words(handler):
    def work(subject, parameters, progress):
        raise Invalid("The round has no coders.")

    handler(work)
    job = small.job()

    assert jobs.finish_all("one") == 1

    assert shown(job) == {
        "state": State.FAILED,
        "attempts": 1,
        "worker": "one",
        "error": "The round has no coders.",
        "message": "",
        "leased": False,
        "ended": True,
    }


def test_an_error_is_tried_again_up_to_the_cap_and_then_told(handler, announced, settings, caplog):
    settings.JOB_ATTEMPTS = 3
    tries = []

    def work(subject, parameters, progress):
        tries.append(Job.objects.get().error)
        raise ValueError("cannot be done")

    handler(work)
    job = small.job()

    jobs.work_one("one")
    between = shown(job)
    jobs.finish_all("two")

    assert between == {
        "state": State.QUEUED,
        "attempts": 1,
        "worker": "",
        "error": "ValueError: cannot be done",
        "message": "",
        "leased": False,
        "ended": False,
    }
    assert tries == ["", "", ""]
    assert announced == [job.pk, job.pk]
    assert shown(job) == {
        "state": State.FAILED,
        "attempts": 3,
        "worker": "two",
        "error": "ValueError: cannot be done",
        "message": "",
        "leased": False,
        "ended": True,
    }


def test_an_error_passes_when_the_next_attempt_succeeds(handler, caplog):
    tries = []

    def work(subject, parameters, progress):
        tries.append(1)
        if len(tries) == 1:
            raise OSError("the disk was busy")

    handler(work)
    job = small.job()

    assert jobs.finish_all() == 2

    assert (shown(job)["state"], shown(job)["error"], shown(job)["attempts"]) == (
        State.DONE,
        "",
        2,
    )


def test_an_error_while_the_same_work_waits_already_ends_this_attempt_only(handler, caplog):
    def work(subject, parameters, progress):
        if progress.job.pk == first.pk:
            jobs.enqueue("tests.nothing", subject, project=None, by=None)
            raise ValueError("too early")

    handler(work)
    first = small.job(subject="s")

    assert jobs.finish_all() == 2

    assert (shown(first)["state"], shown(first)["error"]) == (
        State.FAILED,
        "ValueError: too early. The same work already waits to be done.",
    )
    assert Job.objects.exclude(pk=first.pk).get().state == State.DONE


def test_an_error_that_quotes_what_no_database_takes_is_still_told(handler, monkeypatch, settings):
    settings.JOB_ATTEMPTS = 1
    monkeypatch.setattr(jobs.log, "exception", lambda *args: None)

    def work(subject, parameters, progress):
        raise ValueError("bytes \0 and \ud800")

    handler(work)
    job = small.job()

    jobs.work_one("one")

    assert shown(job)["error"] == "ValueError: bytes  and ?"


def test_who_lost_the_claim_stops_quietly_and_writes_nothing(handler):
    stopped = []

    def work(subject, parameters, progress):
        Job.objects.filter(pk=progress.job.pk).update(worker="two", attempts=2)
        try:
            progress.step(1, 1, "mine")
        except Abandoned:
            stopped.append(True)
            raise

    handler(work)
    job = small.job()

    jobs.work_one("one")

    assert stopped == [True]
    assert shown(job) == {
        "state": State.RUNNING,
        "attempts": 2,
        "worker": "two",
        "error": "",
        "message": "",
        "leased": True,
        "ended": False,
    }


@pytest.mark.parametrize("ending", ["done", "refused", "broken"])
def test_however_it_ends_without_the_claim_nothing_is_written(handler, ending, caplog):
    def work(subject, parameters, progress):
        Job.objects.filter(pk=progress.job.pk).update(worker="two", attempts=2)
        if ending == "refused":
            raise Invalid("no")
        if ending == "broken":
            raise ValueError("no")

    handler(work)
    job = small.job()

    jobs.work_one("one")

    assert (shown(job)["state"], shown(job)["worker"], shown(job)["error"]) == (
        State.RUNNING,
        "two",
        "",
    )


# --- stopping and starting again


def test_waiting_work_is_cancelled_at_once(handler):
    handler(lambda subject, parameters, progress: pytest.fail("done all the same"))
    job = jobs.cancel(small.job())

    assert jobs.finish_all() == 0

    assert shown(job) == {
        "state": State.CANCELLED,
        "attempts": 0,
        "worker": "",
        "error": "",
        "message": "cancelled before it began",
        "leased": False,
        "ended": True,
    }


def test_running_work_stops_at_its_next_step(handler):
    def work(subject, parameters, progress):
        progress.step(1, 3, "one of three")
        cancelled = jobs.cancel(progress.job)
        assert (cancelled.state, cancelled.cancel_asked) == (State.RUNNING, True)
        progress.step(2, 3, "two of three")
        pytest.fail("went on")

    handler(work)
    job = small.job()

    jobs.work_one("one")

    assert (shown(job)["state"], shown(job)["message"], job.done) == (
        State.CANCELLED,
        "stopped",
        1,
    )


@pytest.mark.parametrize("state", [State.DONE, State.FAILED, State.CANCELLED])
def test_what_has_ended_cannot_be_cancelled(state):
    with pytest.raises(WrongState, match="This work has already ended."):
        jobs.cancel(small.job(state=state))


@pytest.mark.parametrize("state", [State.FAILED, State.CANCELLED])
def test_ended_work_is_started_again_with_fresh_attempts(
    state, announced, django_capture_on_commit_callbacks
):
    job = small.job(
        state=state,
        attempts=3,
        done=2,
        error="why",
        message="so far",
        cancel_asked=True,
        finished_at=timezone.now(),
    )

    with django_capture_on_commit_callbacks(execute=True):
        again = jobs.retry(job)

    assert (again.pk, again.done, again.cancel_asked, announced) == (job.pk, 0, False, [job.pk])
    assert shown(job) == {
        "state": State.QUEUED,
        "attempts": 0,
        "worker": "",
        "error": "",
        "message": "",
        "leased": False,
        "ended": False,
    }


@pytest.mark.parametrize("state", [State.QUEUED, State.RUNNING, State.DONE])
def test_other_work_cannot_be_started_again(state):
    with pytest.raises(WrongState, match="Only work that failed or was cancelled"):
        jobs.retry(small.job(state=state))


def test_starting_again_from_an_old_page_does_not_take_running_work_away():
    seen_as_failed = small.job(state=State.FAILED)
    jobs.retry(Job.objects.get(pk=seen_as_failed.pk))
    jobs.claim("one")

    with pytest.raises(WrongState):
        jobs.retry(seen_as_failed)

    assert shown(seen_as_failed)["state"] == State.RUNNING


def test_starting_again_what_already_waits_gives_that(announced):
    failed = small.job(subject="s", state=State.FAILED)
    waiting = small.job(subject="s")

    assert jobs.retry(failed).pk == waiting.pk
    assert shown(failed)["state"] == State.FAILED


# --- what nobody holds


def test_the_queue_is_sent_again_and_what_died_too_often_is_given_up(announced, settings):
    settings.JOB_ATTEMPTS = 3
    waiting = small.job()
    dropped = abandoned_by_its_worker()
    deadly = abandoned_by_its_worker(attempts=3)
    small.job(state=State.DONE)
    abandoned_by_its_worker(lease_until=timezone.now() + timedelta(seconds=30))

    assert jobs.reconcile_queue() == 2

    assert announced == [waiting.pk, dropped.pk]
    assert shown(deadly) == {
        "state": State.FAILED,
        "attempts": 3,
        "worker": "dead",
        "error": "The worker died 3 times while doing this. Nothing else was affected; it can be started again.",
        "message": "",
        "leased": False,
        "ended": True,
    }
    assert shown(dropped)["state"] == State.RUNNING


def test_a_lease_from_before_the_clock_was_set_back_ends_like_any_other(settings):
    far = timezone.now() + timedelta(hours=3)
    dead = small.job(state="running", worker="dead", attempts=1, lease_until=far)
    near = timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)
    alive = small.job(state="running", worker="alive", attempts=1, lease_until=near)

    jobs.reconcile_queue()

    for job in (dead, alive):
        job.refresh_from_db()
    limit = timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)
    assert timezone.now() < dead.lease_until <= limit
    assert (dead.state, dead.worker, alive.lease_until) == ("running", "dead", near)


def test_waiting_for_a_job_does_it_here(handler):
    handler(lambda subject, parameters, progress: "done")
    job = small.job()

    assert jobs.see_through(job).state == State.DONE


def test_waiting_for_a_job_whose_workers_all_died_ends(settings):
    settings.JOB_ATTEMPTS = 3

    assert jobs.see_through(abandoned_by_its_worker(attempts=3), poll=0).state == State.FAILED


def test_a_heartbeat_renews_as_long_as_the_step_may_take(handler, settings):
    settings.JOB_LEASE_SECONDS = 60
    seen = []

    def work(subject, parameters, progress):
        progress.step(hold=600)
        for until in (progress.until, 0.0):
            progress.until = until
            Job.objects.filter(pk=progress.job.pk).update(lease_until=timezone.now())
            progress.renew()
            left = Job.objects.get(pk=progress.job.pk).lease_until - timezone.now()
            seen.append(left > timedelta(seconds=50))

    handler(work)
    small.job()
    jobs.work_one("one")

    assert seen == [True, False]


def test_a_heartbeat_beats_until_the_work_ends(settings):
    settings.JOB_LEASE_SECONDS = 0.03
    beats, enough = [], threading.Event()

    def renew():
        beats.append(1)
        if len(beats) == 1:
            raise DatabaseError("the database is busy")
        if len(beats) == 4:
            enough.set()

    with heartbeat.beating(renew):
        assert enough.wait(10)
    before = len(beats)
    time.sleep(0.1)

    assert len(beats) == before
