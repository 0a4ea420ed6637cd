"""A worker that is asked to stop gives its job back, and the row waits again as if nothing had begun."""

import signal
from contextlib import suppress

import pytest

from projects import jobs, stopping, tasks
from projects.models import Job
from tests import small

pytestmark = pytest.mark.django_db
State = Job.State


@pytest.fixture(autouse=True)
def not_asked():
    kept = signal.getsignal(signal.SIGALRM)
    yield
    stopping.forget()
    signal.signal(signal.SIGALRM, kept)


@pytest.fixture
def handler(monkeypatch):
    monkeypatch.setattr(jobs, "_HANDLERS", {})
    return lambda work: jobs.handles("tests.nothing")(work)


def stood(job: Job) -> tuple:
    job.refresh_from_db()
    return job.state, job.attempts, job.worker, job.lease_until, job.error


GIVEN_BACK = (State.QUEUED, 0, "", None, "")


def test_at_its_next_step_work_is_given_back_with_its_attempt_and_the_broker_is_told(
    handler, monkeypatch
):
    told = []
    monkeypatch.setattr(jobs, "announce", told.append)
    job = small.job()
    asked_for = job.waiting_since

    @handler
    def work(subject, parameters, progress):
        stopping.ask()
        progress.step(1, 2)
        pytest.fail("went on")

    assert tasks.work() is False

    assert stood(job) == GIVEN_BACK
    assert job.waiting_since > asked_for and told == [job.pk]


def test_work_that_ends_before_its_next_step_has_ended(handler):
    job = small.job()

    @handler
    def work(subject, parameters, progress):
        stopping.ask()
        return "whole"

    assert tasks.work() is True
    assert stood(job)[0] == State.DONE and job.message == "whole"


def test_a_worker_that_stops_takes_nothing_new(handler):
    job = small.job()
    stopping.ask()

    assert tasks.work() is False
    assert stood(job) == GIVEN_BACK


def test_a_long_step_is_broken_off_after_the_grace_and_no_ordinary_handling_of_errors_stops_that(
    handler, settings
):
    settings.STOP_GRACE_SECONDS = 0
    stopping.listen()
    job = small.job()

    @handler
    def work(subject, parameters, progress):
        stopping.ask()
        stopping.break_in_after_grace()
        while True:
            with suppress(Exception):  # what careless work does
                sum(range(1000))

    assert tasks.work() is False
    assert stood(job) == GIVEN_BACK


def test_with_no_work_in_hand_the_grace_ends_in_nothing(settings):
    stopping.listen()

    signal.raise_signal(signal.SIGALRM)


def test_a_command_that_is_broken_off_by_its_user_gives_back_what_it_did_itself(handler):
    job = small.job()

    @handler
    def work(subject, parameters, progress):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        jobs.see_through(job)
    assert stood(job) == GIVEN_BACK


def test_where_the_same_work_waits_already_what_is_given_back_ends(handler):
    job = small.job("tests.nothing", "s")

    @handler
    def work(subject, parameters, progress):
        small.job("tests.nothing", "s")
        stopping.ask()
        progress.step()

    tasks.work()

    assert stood(job)[0] == State.CANCELLED
    assert job.message == "given back; the same work already waits to be done"
