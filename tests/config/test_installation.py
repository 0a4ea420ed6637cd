"""The page of who runs the installation: all long work, except what the blind rule keeps from them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects import tokens
from projects.models import Job
from tests import small

pytestmark = pytest.mark.django_db
State = Job.State


@pytest.fixture
def operator():
    return small.user("olga", is_staff=True)


@pytest.fixture
def signed_in(client, operator):
    client.force_login(operator)
    return client


def shown(client, **asked) -> list[str]:
    answer = client.get(reverse("installation"), asked)
    assert answer.status_code == 200
    return [job.subject for job in answer.context["page"]]


def test_work_of_all_projects_is_shown_newest_first_and_can_be_narrowed(signed_in):
    one, two = small.project("one"), small.project("two")
    small.job("sources.read", "a", project=one)
    small.job("coding.import", "b", project=two, state=State.FAILED, error="No such column.")
    small.job("sources.read", "c", project=None, state=State.DONE)

    assert shown(signed_in) == ["c", "b", "a"]
    assert shown(signed_in, state="failed") == ["b"]
    assert shown(signed_in, kind="sources.read") == ["c", "a"]
    assert shown(signed_in, project="two") == ["b"]
    assert shown(signed_in, kind="sources.read", project="one") == ["a"]
    assert shown(signed_in, project="two", state="done") == []
    assert shown(signed_in, state="no-such", project="password__x") == ["c", "b", "a"]
    page = signed_in.get(reverse("installation")).content.decode()
    assert "No such column." in page and "Importing codings" in page


def test_where_the_operator_codes_the_blind_rule_holds_for_them_too(signed_in, operator):
    blind, other = small.project("blind"), small.project("other")
    small.member(blind, "coder", person=operator)
    for project in (blind, other):
        for kind in ("sources.read", "coding.import", "reconciliation.run", "datasets.build"):
            small.job(kind, f"{project.slug} {kind}", project=project)
    own = small.job("reconciliation.run", "own", project=blind, by=operator)
    hidden = Job.objects.get(subject="blind reconciliation.run")

    assert shown(signed_in) == [
        "own",
        "other datasets.build", "other reconciliation.run", "other coding.import", "other sources.read",
        "blind sources.read",
    ]  # fmt: skip
    assert signed_in.get(reverse("any_job", args=[own.public_id])).status_code == 200
    for name in ("any_job", "cancel_any_job", "retry_any_job"):
        address = reverse(name, args=[hidden.public_id])
        answer = signed_in.get(address) if name == "any_job" else signed_in.post(address)
        assert answer.status_code == 404
    hidden.refresh_from_db()
    assert (hidden.state, hidden.cancel_asked) == (State.QUEUED, False)


def test_work_is_stopped_and_started_again(signed_in):
    waiting, running, failed = (
        small.job(project=small.project(), state=state)
        for state in (State.QUEUED, State.RUNNING, State.FAILED)
    )

    for job, verb in ((waiting, "cancel"), (running, "cancel"), (failed, "retry")):
        answer = signed_in.post(reverse(f"{verb}_any_job", args=[job.public_id]))
        assert (answer.status_code, answer["Location"]) == (302, reverse("installation"))
        job.refresh_from_db()

    assert (waiting.state, running.cancel_asked, failed.state) == (State.CANCELLED, True, State.QUEUED)  # fmt: skip
    assert signed_in.get(reverse("cancel_any_job", args=[failed.public_id])).status_code == 405


def test_the_fragment_keeps_asking_at_the_operators_own_address(signed_in):
    job = small.job("sources.read", project=small.project(), state=State.RUNNING)
    address = reverse("any_job", args=[job.public_id])

    fragment = signed_in.get(address).content.decode()

    assert f'data-job="{address}"' in fragment and "<a " not in fragment


def test_how_the_installation_stands_is_said_in_words(signed_in, settings):
    small.put(small.job(), waiting_since=timezone.now() - timedelta(minutes=3))
    assert "The oldest work waits for 3 minutes." in signed_in.get("/installation/").content.decode()  # fmt: skip

    settings.QUEUE_LAG_SECONDS = 60
    assert "is a worker running?" in signed_in.get("/installation/").content.decode()


def test_nobody_else_comes_in_and_no_token_does(operator):
    project = small.project()
    manager = Client()
    manager.force_login(small.manager_of(project))
    small.member(project, "manager", person=operator)
    _, secret = tokens.create(project, by=operator, name="x")
    bearer = {"Authorization": f"Bearer {secret}"}

    assert manager.get(reverse("installation")).status_code == 404
    assert "/installation/" not in manager.get("/").content.decode()
    assert Client().get(reverse("installation"), headers=bearer).status_code == 302


def test_the_way_there_is_in_the_operators_menu(signed_in):
    assert reverse("installation") in signed_in.get("/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_database_the_same_for_one_row_and_for_three(
    signed_in, operator, rows, django_assert_num_queries
):
    small.member(small.project("own"), "coder", person=operator)
    for n in range(rows):
        small.job(subject=f"s{n}", project=small.project(f"p{n}"), by=small.user(f"u{n}"))
    signed_in.get(reverse("installation"))

    with django_assert_num_queries(12):
        signed_in.get(reverse("installation"))
