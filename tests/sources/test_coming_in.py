"""Between the taking in of a table and its index: what can be done already, and what refuses to miss documents."""

import json
from types import SimpleNamespace

import pytest
from django.urls import reverse

from coding import planning
from coding.round_views import documents_asked
from projects import jobs
from projects.models import Job
from projects.refusals import WrongState
from sources import collections, comparing, documents, taking_down
from sources.models import Document, Mention, SearchRange
from sources.search import finding, indexing, log
from sources.search.finding import Wanted
from tests import factories

pytestmark = pytest.mark.django_db

ROWS = b"".join(
    json.dumps({"id": f"a{n}", "title": f"Title {n}", "text": f"Japan and France exercised {n} times."}).encode() + b"\n"
    for n in range(5)
)  # fmt: skip


@pytest.fixture
def project():
    return factories.project()


@pytest.fixture
def manager(project):
    return factories.member(project, "lee", roles=["manager", "adjudicator"], label="PI").user


@pytest.fixture
def come_in(project, manager):
    """The table is taken in, and nothing behind that is done."""
    made = collections.take_in(project, by=manager, chunks=[ROWS], filename="wire.jsonl")
    (job,) = jobs.waiting_for(collections.COLLECT, made.public_id)
    jobs.see_through(job)
    made.refresh_from_db()
    return made


def found(project, words="exercised"):
    asked = finding.documents(project, Wanted(words=words))
    return sorted(asked.values_list("external_id", flat=True))


def test_documents_are_given_out_before_they_are_found(project, manager, come_in):
    coder = factories.member(project, "ada", label="C1")
    factories.codebook(project)

    opened = factories.round_of(project, [coder])

    assert (come_in.state, come_in.added, come_in.is_indexed) == ("done", 5, False)
    assert opened.assignments.count() == 5
    assert (found(project), indexing.unindexed(project)) == ([], 5)

    jobs.finish_all()

    come_in.refresh_from_db()
    assert (come_in.is_indexed, indexing.unindexed(project)) == (True, 0)
    assert found(project) == ["a0", "a1", "a2", "a3", "a4"]
    assert Mention.objects.count() == 10
    assert not comparing.uncompared(project).exists()


def test_nothing_that_would_miss_them_is_written_down(project, manager, come_in, client):
    client.force_login(manager)
    asked = {"words": "exercised"}

    with pytest.raises(WrongState, match="5 documents have only just come in"):
        log.keep(project, Wanted(**asked), by=manager)
    page = client.get(reverse("search", args=[project.slug]), asked)
    assert "5 documents cannot be found yet." in page.content.decode()

    jobs.finish_all()

    assert log.keep(project, Wanted(**asked), by=manager).hits == 5
    page = client.get(reverse("search", args=[project.slug]), asked)
    assert "cannot be found yet" not in page.content.decode()


def test_a_round_drawn_by_words_waits_and_a_plan_tells_what_was_not_compared(project, come_in):
    coder = factories.member(project, "ada", label="C1")
    factories.codebook(project)
    form = SimpleNamespace(cleaned_data={"search": "", "words": "exercised", "kind": ""})

    with pytest.raises(WrongState):
        documents_asked(factories.holder(coder), form)
    assert planning.plan(project, coders=[coder], per_document=1).uncompared == 5

    jobs.finish_all()

    assert documents_asked(factories.holder(coder), form).count() == 5
    assert planning.plan(project, coders=[coder], per_document=1).uncompared == 0


def test_its_page_shows_what_goes_on_behind_the_documents(project, manager, come_in, client):
    client.force_login(manager)

    page = client.get(come_in.get_absolute_url()).content.decode()

    assert "The documents are in" in page
    assert "Making new documents findable" in page
    jobs.finish_all()
    assert "The documents are in" not in client.get(come_in.get_absolute_url()).content.decode()


def test_what_a_person_did_meanwhile_stays_and_what_is_taken_down_is_never_indexed(
    project, manager, come_in
):
    one, gone = Document.objects.order_by("external_id")[:2]
    documents.describe(one, by=manager, title="Manoeuvres")
    taking_down.take_down(gone, by=manager, reason="licence ended")

    jobs.finish_all()

    come_in.refresh_from_db()
    assert come_in.is_indexed
    assert found(project, "manoeuvres") == ["a0"]
    assert found(project) == ["a0", "a2", "a3", "a4"]
    assert not SearchRange.objects.filter(document=gone).exists()


def test_work_that_was_lost_is_asked_for_again_once(project, come_in):
    Job.objects.filter(kind=collections.INDEX).delete()

    collections.remind()
    collections.remind()

    assert len(jobs.waiting_for(collections.INDEX, come_in.public_id)) == 1
    jobs.finish_all()
    collections.remind()
    assert jobs.waiting_for(collections.INDEX, come_in.public_id) == []
    assert found(project) == ["a0", "a1", "a2", "a3", "a4"]
