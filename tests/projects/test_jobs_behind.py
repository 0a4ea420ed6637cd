"""Work that nobody waits for gives way to what somebody does, and goes on where it stopped."""

import pytest

from projects import jobs
from projects.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def behind(monkeypatch):
    """Long work in three steps that goes on where it stopped; somebody asks for `urgent` work meanwhile."""
    done: list[str] = []
    monkeypatch.setattr(jobs, "_HANDLERS", {**jobs._HANDLERS})
    monkeypatch.setattr(jobs, "_BEHIND", {*jobs._BEHIND})

    @jobs.handles("test.behind", behind=True)
    def long(subject, parameters, progress):
        while done.count("step") < 3:
            progress.step()
            done.append("step")
            if done == ["step"]:
                jobs.enqueue("test.urgent", 1, project=None, by=None)

    @jobs.handles("test.urgent")
    def short(subject, parameters, progress):
        progress.step()
        done.append("urgent")

    jobs.enqueue("test.behind", 1, project=None, by=None)
    return done


def test_work_behind_gives_way_to_what_somebody_waits_for_and_goes_on(behind):
    jobs.finish_all()

    assert behind == ["step", "urgent", "step", "step"]
    rows = Job.objects.order_by("id").values_list("kind", "state", "attempts")
    assert list(rows) == [("test.behind", "done", 1), ("test.urgent", "done", 1)]


def test_work_behind_is_begun_when_no_other_waits(behind):
    jobs.enqueue("test.urgent", 2, project=None, by=None)

    jobs.finish_all()

    assert behind[0] == "urgent"


def test_work_behind_gives_way_to_nothing_while_somebody_waits_for_it_here(behind):
    jobs.see_through(Job.objects.get(kind="test.behind"))

    assert behind == ["step", "step", "step"]
    assert Job.objects.get(kind="test.urgent").state == "queued"


def test_work_behind_that_was_asked_for_again_goes_on_there(behind):
    job = jobs.claim("one")
    jobs.enqueue("test.behind", 1, project=None, by=None)

    jobs.run(job)
    jobs.finish_all()

    assert behind == ["step", "urgent", "step", "step"]
    rows = Job.objects.order_by("id").values_list("kind", "state", "message")
    assert list(rows) == [
        ("test.behind", "done", "goes on in the same work, asked for since"),
        ("test.behind", "done", ""),
        ("test.urgent", "done", ""),
    ]


def test_work_behind_does_not_give_way_to_its_like(behind):
    jobs.enqueue("test.behind", 2, project=None, by=None)

    jobs.work_one("one")

    assert Job.objects.get(subject="1", kind="test.behind").state == "queued"  # to the urgent one
    behind[:] = ["step", "step"]
    Job.objects.filter(kind="test.urgent").delete()
    jobs.work_one("one")
    assert Job.objects.get(subject="1", kind="test.behind").state == "done"
    assert Job.objects.get(subject="2", kind="test.behind").state == "queued"
