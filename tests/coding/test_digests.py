"""Digests: only who asked for one, in numbers only, of nothing but what is their own; sent by a job to a real server."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from coding import digests, questions
from coding.models import Assignment
from projects import jobs, people
from projects.models import Job, User
from projects.refusals import Invalid
from tests import factories, mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(settings):
    with mailbox.opened() as made:
        for name, value in made.settings.items():
            setattr(settings, name, value)
        yield made


@pytest.fixture
def scene():
    """Coder and other each have one new document, the adjudicator nothing."""
    return factories.scene(submitted=False)


def wants(membership, often="daily", ago=timedelta(days=1, minutes=1)):
    User.objects.filter(pk=membership.user_id).update(
        email=f"{membership.user.username}@example.org",
        digest=often,
        digest_at=timezone.now() - ago,
    )


def tick():
    digests.ask_for_due()
    jobs.finish_all()


def test_nobody_gets_one_unasked(box, scene):
    User.objects.update(email="all@example.org")

    tick()

    assert (box.mails, Job.objects.filter(kind=digests.KIND).count()) == ([], 0)


def test_a_coder_is_told_how_many_new_documents_and_answers_are_theirs(box, scene):
    asked = questions.ask(
        factories.assignment(scene.round, scene.coder), uid=uuid4(), words="Why?", by=scene.coder.user
    )  # fmt: skip
    questions.answer(asked, words="So.", by=scene.adjudicator.user)
    wants(scene.coder)

    tick()

    (mail,) = box.mails
    assert (mail["To"], mail["Subject"]) == ("coder@example.org", "Concord: what waits for you")
    assert box.words()[0].split("\n\n")[0] == (
        "Alliances\n  1 new document to code\n  1 new answer to your questions\n"
        "  http://127.0.0.1:8000/projects/alliances/"
    )


def test_who_answers_is_told_how_many_questions_wait(box, scene):
    for coder in (scene.coder, scene.other):
        given = factories.assignment(scene.round, coder)
        questions.ask(given, uid=uuid4(), words="Secret words?", by=coder.user)
    wants(scene.adjudicator)

    tick()

    assert "2 questions of coders wait for an answer" in box.words()[0]


def test_a_mail_is_the_same_whatever_others_do_and_quotes_nothing(box, scene):
    wants(scene.coder)
    tick()
    factories.coded(
        factories.assignment(scene.round, scene.other), factories.event(title="Secret title of C2")
    )
    asked = factories.assignment(scene.round, scene.other)
    question = questions.ask(asked, uid=uuid4(), words="Secret words?", by=scene.other.user)
    questions.answer(question, words="Secret answer.", by=scene.adjudicator.user)
    Assignment.objects.filter(coder=scene.coder).update(given_at=timezone.now())
    wants(scene.coder)

    tick()

    before, after = box.words()
    assert before == after
    assert "Secret" not in after and scene.document.title not in after and "C2" not in after


def test_one_comes_once_a_day_or_a_week_and_not_for_nothing(box, scene):
    wants(scene.coder)
    wants(scene.other, "weekly", timedelta(days=6))
    wants(scene.exporter)

    tick()
    tick()
    told = [mail["To"] for mail in box.mails]
    wants(scene.other, "weekly", timedelta(days=7, minutes=1))
    tick()

    assert told == ["coder@example.org"]
    assert [mail["To"] for mail in box.mails] == ["coder@example.org", "other@example.org"]


def test_what_the_server_refuses_is_tried_again(box, scene):
    wants(scene.coder)
    box.refusing = True
    digests.ask_for_due()
    jobs.work_one("one")
    (job,) = Job.objects.filter(kind=digests.KIND)
    assert (job.state, box.mails) == ("queued", [])

    box.refusing = False
    jobs.finish_all()

    assert [mail["To"] for mail in box.mails] == ["coder@example.org"]


def test_it_ends_when_switched_off_left_or_not_set_up(box, scene, settings):
    wants(scene.coder)
    digests.ask_for_due()
    people.choose_digest(User.objects.get(pk=scene.coder.user_id), "")
    jobs.finish_all()
    wants(scene.coder)
    settings.SENDS_MAIL = False
    tick()

    assert box.mails == []


def test_without_an_address_it_cannot_be_chosen(scene):
    with pytest.raises(Invalid, match="mail address first"):
        people.choose_digest(scene.coder.user, "daily")
    with pytest.raises(Invalid, match="never, daily or weekly"):
        people.choose_digest(scene.coder.user, "hourly")
