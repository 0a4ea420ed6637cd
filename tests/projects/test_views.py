"""Pages about projects, members, long work and the ledger."""

import pytest
from django.urls import reverse

from projects.models import Job, LedgerLine, Membership, Project
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return factories.project()


@pytest.fixture
def manager(client, project):
    client.force_login(factories.user("founder"))
    return client


def job(project, kind="sources.read", subject="1", by=None, **more) -> Job:
    return Job.objects.create(project=project, kind=kind, subject=subject, by=by, **more)


def test_home_tells_what_to_do_when_there_is_no_project(client):
    client.force_login(factories.user())

    response = client.get(reverse("home"))

    assert list(response.context["memberships"]) == []
    assert "You take part in no project yet" in response.content.decode()


def test_home_lists_only_own_projects(client, project):
    factories.project("hidden-study", by=factories.user("stranger"))
    client.force_login(factories.user("founder"))

    response = client.get(reverse("home"))

    assert [one.project.slug for one in response.context["memberships"]] == ["alliances"]
    assert "hidden-study" not in response.content.decode().lower()


@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_the_same_number_of_queries(client, count, django_assert_num_queries):
    for n in range(count):
        factories.project(f"study-{n}")
    client.force_login(factories.user("founder"))

    with django_assert_num_queries(3):
        client.get(reverse("home"))


def test_founding_a_project_makes_its_founder_the_manager(client):
    client.force_login(factories.user("ada"))

    response = client.post(reverse("found_project"), {"title": "Alliances", "slug": "alliances"})

    project = Project.objects.get()
    assert response.url == reverse("project", args=["alliances"])
    assert [(one.user.username, one.roles) for one in project.memberships.all()] == [
        ("ada", ["manager"])
    ]


def test_founding_says_beside_the_form_what_is_refused(client, project):
    client.force_login(factories.user("ada"))

    response = client.post(reverse("found_project"), {"title": "Again", "slug": "alliances"})

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "There is already a project “alliances”."
    ]


def test_a_manager_adds_a_member(manager, project):
    factories.user("ben")

    response = manager.post(
        reverse("members", args=["alliances"]),
        {"username": "ben", "label": "C7", "roles": ["coder"]},
    )

    assert response.status_code == 302
    added = Membership.objects.get(user__username="ben")
    assert (added.label, added.roles) == ("C7", ["coder"])


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        (
            {"username": "nobody", "roles": ["coder"]},
            "username",
            "Nobody signs in with this name yet",
        ),
        ({"username": "founder", "roles": ["coder"]}, "username", "is a member already"),
        ({"username": "ben", "roles": ["coder"], "label": "1x"}, None, "A label is a letter"),
        ({"username": "ben"}, "roles", "required"),
    ],
)
def test_adding_a_member_says_what_is_wrong_and_adds_nobody(manager, project, sent, field, words):
    factories.user("ben")

    response = manager.post(reverse("members", args=["alliances"]), sent)

    form = response.context["form"]
    assert response.status_code == 422
    assert words in str(form.errors[field] if field else form.non_field_errors())
    assert project.memberships.count() == 1


def test_the_last_manager_cannot_give_the_role_away(manager, project):
    membership = project.memberships.get()

    response = manager.post(
        reverse("member", args=["alliances", membership.public_id]),
        {"roles": ["coder"], "label": "M1"},
    )

    assert response.status_code == 422
    assert "A project needs a manager" in response.content.decode()
    membership.refresh_from_db()
    assert membership.roles == ["manager"]


def test_only_managers_read_whose_label_is_whose(client, project):
    factories.member(project, "ada", label="C1")
    factories.member(project, "ben", label="BEN-LABEL")
    client.force_login(factories.user("ada"))

    page = client.get(reverse("members", args=["alliances"])).content.decode()

    assert "ben" in page
    assert "BEN-LABEL" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_members_ask_the_same_number_of_queries(manager, project, count, django_assert_num_queries):
    for n in range(count):
        factories.member(project, f"coder{n}")

    with django_assert_num_queries(6):
        manager.get(reverse("members", args=["alliances"]))


def test_coders_do_not_see_the_work_of_reconciliation(client, project):
    factories.member(project, "ada")
    job(project, "reconciliation.run", message="12 conflicts")
    own = job(project, "sources.read", message="3 pages")
    client.force_login(factories.user("ada"))

    response = client.get(reverse("jobs", args=["alliances"]))

    assert list(response.context["page"]) == [own]
    assert "12 conflicts" not in response.content.decode()


def test_a_job_answers_programs_as_json_and_pages_as_a_fragment(manager, project):
    running = job(project, state="running", done=2, total=5, message="page 2")
    address = reverse("job", args=["alliances", running.public_id])

    as_json = manager.get(address, headers={"accept": "application/json"})
    as_page = manager.get(address, headers={"accept": "text/html"})

    assert as_json.json() == {
        "id": running.public_id,
        "kind": "sources.read",
        "state": "running",
        "done": 2,
        "total": 5,
        "message": "page 2",
        "error": "",
    }
    assert as_page.content.decode().lstrip().startswith('<div class="job"')


def test_a_job_of_another_project_is_not_there(manager, project):
    other = factories.project("other", by=factories.user("stranger"))
    hidden = job(other)

    response = manager.get(reverse("job", args=["alliances", hidden.public_id]))

    assert response.status_code == 404


def test_members_cannot_stop_the_work_of_others(client, project):
    factories.member(project, "ada")
    running = job(project, by=factories.user("founder"))
    client.force_login(factories.user("ada"))

    response = client.post(reverse("cancel_job", args=["alliances", running.public_id]))

    running.refresh_from_db()
    assert (response.status_code, running.state) == (403, "queued")


def test_failed_work_can_be_started_again(manager, project):
    failed = job(project, state="failed", error="the worker died", attempts=3)

    manager.post(reverse("retry_job", args=["alliances", failed.public_id]))

    failed.refresh_from_db()
    assert (failed.state, failed.attempts, failed.error) == ("queued", 0, "")


@pytest.mark.parametrize("count", [1, 3])
def test_jobs_ask_the_same_number_of_queries(manager, project, count, django_assert_num_queries):
    for n in range(count):
        job(project, subject=str(n), by=factories.user("founder"))

    with django_assert_num_queries(5):
        manager.get(reverse("jobs", args=["alliances"]))


def test_the_ledger_filters_by_verb_person_and_subject(manager, project):
    added = factories.member(project, "ada")

    def lines(**chosen):
        return [
            line.n
            for line in manager.get(reverse("ledger", args=["alliances"]), chosen).context["page"]
        ]

    assert lines() == [3, 2, 1]
    assert lines(verb="project.found") == [1]
    assert lines(by="founder") == [3, 2, 1]
    assert lines(subject=added.public_id) == [3]
    assert lines(subject="nothing") == []


def test_the_ledger_ignores_a_verb_that_does_not_exist(manager, project):
    response = manager.get(reverse("ledger", args=["alliances"]), {"verb": "x__in"})

    assert len(response.context["page"]) == LedgerLine.objects.count()


@pytest.mark.parametrize("count", [1, 3])
def test_the_ledger_asks_the_same_number_of_queries(
    manager, project, count, django_assert_num_queries
):
    for n in range(count):
        factories.member(project, f"coder{n}")

    with django_assert_num_queries(7):
        manager.get(reverse("ledger", args=["alliances"]))


def test_signing_in_leads_home_and_a_wrong_password_is_told(client):
    ada = factories.user("ada")
    ada.set_password("a long enough word")
    ada.save()

    wrong = client.post(reverse("sign_in"), {"username": "ada", "password": "no"})
    right = client.post(reverse("sign_in"), {"username": "ada", "password": "a long enough word"})

    assert wrong.status_code == 200
    assert "Username and password do not belong together" in wrong.content.decode()
    assert right.url == reverse("home")
