"""Pages about projects, members, long work and the ledger."""

import csv
import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coding import assignments
from projects import ledger, members
from projects.models import Job, LedgerLine, Membership, Project
from tests import factories, small

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


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("alliances", "There is already a project “alliances”."),
        (
            "Alliances 2",
            "A project's short name is 2 to 60 lower-case letters, digits and hyphens.",
        ),
    ],
)
def test_founding_says_at_the_field_what_is_refused(client, project, slug, said):
    client.force_login(factories.user("ada"))

    response = client.post(reverse("found_project"), {"title": "Again", "slug": slug})

    assert response.status_code == 422
    assert response.context["form"].errors == {"slug": [said]}


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

    with django_assert_num_queries(6):
        manager.get(reverse("jobs", args=["alliances"]))


def test_the_ledger_filters_by_verb_person_and_subject(manager, project):
    added = factories.member(project, "ada")

    def lines(**chosen):
        return [
            line.n
            for line in manager.get(reverse("ledger", args=["alliances"]), chosen)
            .context["leaf"]
            .lines
        ]

    assert lines() == [3, 2, 1]
    assert lines(verb="project.found") == [1]
    assert lines(by="M1") == [3, 2, 1]
    assert lines(kind="membership") == [3, 2]
    assert lines(subject=added.public_id) == [3]
    assert lines(subject="nothing") == []
    today = timezone.now().date()
    assert lines(since=today, to=today) == [3, 2, 1]
    assert lines(since=today + timedelta(days=1)) == []
    assert lines(to=today - timedelta(days=1)) == []
    assert lines(to="no day") == [3, 2, 1]


def test_the_ledger_is_turned_page_by_page_and_stays_put_while_it_grows(
    manager, project, monkeypatch
):
    monkeypatch.setattr("projects.views.PER_PAGE", 2)
    ledger.record_many(
        project, [ledger.Entry("tests.do", project) for _ in range(4)], by=None
    )  # lines 3 to 6

    def leaf(**place):
        shown = manager.get(reverse("ledger", args=["alliances"]), place).context["leaf"]
        return [line.n for line in shown.lines], shown.newer, shown.older

    assert leaf() == ([6, 5], None, 5)
    assert leaf(before=5) == ([4, 3], 4, 3)
    assert leaf(before=3) == ([2, 1], 2, None)
    assert leaf(after=2) == ([4, 3], 4, 3)
    assert leaf(after=4) == ([6, 5], None, 5)
    ledger.record(project, "tests.do", project, by=None)
    assert leaf(before=5) == ([4, 3], 4, 3)
    assert leaf(before="x") == ([7, 6], None, 6)


def test_the_ledger_is_taken_away_as_it_is_filtered(manager, project):
    ledger.record(project, "tests.do", project, by=None, difference={"a": "x,y"})

    def taken(format, **chosen):
        response = manager.get(reverse("ledger_file", args=["alliances", format]), chosen)
        return response, b"".join(response.streaming_content).decode()

    response, lines = taken("jsonl", verb="tests.do")
    _, table = taken("csv", verb="tests.do")

    assert response["Content-Disposition"] == 'attachment; filename="alliances-ledger.jsonl"'
    (line,) = map(json.loads, lines.splitlines())
    kept = LedgerLine.objects.get(verb="tests.do")
    assert line == {
        "n": 3, "at": kept.at.isoformat(), "verb": "tests.do", "subject_kind": "project",
        "subject_id": str(project.pk), "by_label": "concord", "difference": {"a": "x,y"}, "form": 2,
        "previous_hash": kept.previous_hash, "hash": kept.hash,
    }  # fmt: skip
    head, row = csv.reader(table.splitlines())
    assert dict(zip(head, row, strict=True)) == {
        **{name: str(value) for name, value in line.items()}, "difference": '{"a": "x,y"}',
    }  # fmt: skip
    assert len(taken("csv")[1].splitlines()) == 4
    assert manager.get(reverse("ledger_file", args=["alliances", "xml"])).status_code == 404


def test_a_manager_who_codes_blind_reads_the_ledger_up_to_where_the_work_was_given_out(client):
    study = small.project()
    manager = small.memberships_of(study)[0]
    members.add(study, manager.user, roles=["manager", "coder"], by=manager.user)
    manager.refresh_from_db()
    other = small.member(study)
    opened = small.coding_round(study, coders=[manager, other])
    theirs = opened.assignments.get(coder=other)
    small.coded(theirs)
    assignments.submit(theirs, by=other.user)
    client.force_login(manager.user)

    def verbs():
        shown = client.get(reverse("ledger", args=[study.slug]))
        files = client.get(reverse("ledger_file", args=[study.slug, "jsonl"]))
        told = [line.verb for line in shown.context["leaf"].lines]
        lines = b"".join(files.streaming_content).decode().splitlines()
        assert [json.loads(line)["verb"] for line in lines] == told[::-1]
        assert {verb for verb, _ in shown.context["form"]["verb"].field.choices} == {"", *told}
        return told

    assert "assignment.submit" not in verbs()
    assert "round.open" not in verbs()
    own = opened.assignments.get(coder=manager)
    small.coded(own)
    assignments.submit(own, by=manager.user)
    assert verbs()[:3] == ["assignment.submit", "assignment.submit", "round.open"]


def test_the_ledger_ignores_a_verb_that_does_not_exist(manager, project):
    response = manager.get(reverse("ledger", args=["alliances"]), {"verb": "x__in"})

    assert len(response.context["leaf"].lines) == LedgerLine.objects.count()


@pytest.mark.parametrize("count", [1, 3])
def test_the_ledger_asks_the_same_number_of_queries(
    manager, project, count, django_assert_num_queries
):
    for n in range(count):
        factories.member(project, f"coder{n}")

    with django_assert_num_queries(8):
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
