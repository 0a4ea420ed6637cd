"""What a program may do with an account, with members and invitations; and what opens an account stays with its person."""

import json

import pytest
from django.test import Client

from projects import tokens
from projects.models import Invitation, Membership
from tests import factories

pytestmark = pytest.mark.django_db
MEMBERS = "/api/v1/projects/alliances/members/"
INVITATIONS = "/api/v1/projects/alliances/invitations/"


@pytest.fixture
def project():
    return factories.project()


@pytest.fixture
def manager(project):
    return project.memberships.get().user


def program(membership, *rights) -> Client:
    _, secret = tokens.create(membership.project, by=membership.user, name="p", rights=rights)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def sent(client, method, address, **said):
    return client.generic(method, address, json.dumps(said), content_type="application/json")


def test_a_program_changes_name_and_digest_and_nothing_that_opens_the_account(project):
    ada = factories.member(project, "ada")
    ada.user.email = "ada@example.org"
    ada.user.save()
    script = program(ada, "account.change")

    named = sent(script, "PATCH", "/api/v1/account/", first_name="Ada", digest="weekly")
    again = sent(script, "PATCH", "/api/v1/account/", last_name="Lovelace")
    refused = [
        sent(script, "PATCH", "/api/v1/account/", **{name: "x@example.org"}).status_code
        for name in ("email", "password", "username", "is_staff")
    ]

    ada.user.refresh_from_db()
    assert (named.status_code, again.json()) == (
        200,
        {
            "username": "ada", "first_name": "Ada", "last_name": "Lovelace",
            "email": "ada@example.org", "digest": "weekly", "language": "",
        },
    )  # fmt: skip
    assert refused == [422] * 4
    assert (ada.user.email, ada.user.username, ada.user.digest) == (
        "ada@example.org", "ada", "weekly",
    )  # fmt: skip


def test_a_digest_without_an_address_changes_nothing_at_all(project):
    ada = factories.member(project, "ada")

    said = sent(
        program(ada, "account.change"), "PATCH", "/api/v1/account/", first_name="A", digest="daily"
    )

    ada.user.refresh_from_db()
    assert (said.status_code, said.json()["detail"]) == (422, "Give a mail address first.")
    assert ada.user.first_name == ""


def test_a_program_signs_its_person_out_and_nobody_else(project, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    ada, bo = factories.member(project, "ada"), factories.member(project, "bo")
    for one in (ada, bo):
        one.user.set_password("a long word")
        one.user.save()
    browsers = [Client(), Client(), Client()]
    for browser, person in zip(browsers, (ada, ada, bo), strict=True):
        browser.post("/sign-in/", {"username": person.user.username, "password": "a long word"})
    script = program(ada, "account.change")
    address = "/api/v1/account/devices/"

    listed = script.get(address).json()["results"]
    one = script.delete(f"{address}{listed[0]['id']}/")
    another = program(bo, "account.change").delete(f"{address}{listed[1]['id']}/")
    rest = script.delete(address)

    assert [one["here"] for one in listed] == [False, False]
    assert (one.json(), another.status_code, rest.json()) == ({"ended": 1}, 404, {"ended": 1})
    assert [browser.get("/account/").status_code for browser in browsers] == [302, 302, 200]


def test_a_program_of_a_manager_invites_and_the_link_lets_one_person_in(project, manager):
    script = program(project.memberships.get(), "project.manage")
    friend = Client()
    friend.force_login(factories.user("friend"))

    made = sent(script, "POST", INVITATIONS, roles=["coder"], label="C9", days=2)
    link = made.json()["link"]
    listed = script.get(INVITATIONS).json()["results"]
    friend.post(link.removeprefix("http://testserver"))
    wrong = sent(script, "POST", INVITATIONS, roles=["coder"], email="nobody")

    assert (made.status_code, made.json()["is_sent"], link.startswith("http://testserver/join/")) == (
        201, False, True,
    )  # fmt: skip
    assert [one["label"] for one in listed] == ["C9"] and "link" not in listed[0]
    assert Membership.objects.get(label="C9").user.username == "friend"
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "#/email")


def test_an_invitation_is_ended_and_a_repeated_one_tells_its_link_no_more(project, manager):
    script = program(project.memberships.get(), "project.manage")
    once = {"Idempotency-Key": "k"}
    body = {"data": '{"roles": ["coder"]}', "content_type": "application/json", "headers": once}
    script.post(INVITATIONS, **body)
    again = script.post(INVITATIONS, **body)
    [open_one] = script.get(INVITATIONS).json()["results"]

    ended = script.delete(f"{INVITATIONS}{open_one['id']}/")
    twice = script.delete(f"{INVITATIONS}{open_one['id']}/")

    assert "/join/" not in again.content.decode()
    assert (ended.status_code, twice.status_code) == (200, 404)
    assert Invitation.objects.get().cancelled_at is not None


def test_one_leaves_and_a_manager_takes_out_but_the_last_manager_stays(project, manager):
    ada, bo = factories.member(project, "ada"), factories.member(project, "bo")
    managing = program(project.memberships.get(user=manager), "project.manage")

    others = program(ada, "account.change").delete(f"{MEMBERS}{bo.public_id}/")
    left = program(ada, "account.change").delete(f"{MEMBERS}{ada.public_id}/")
    taken = managing.delete(f"{MEMBERS}{bo.public_id}/")
    last = managing.delete(f"{MEMBERS}{project.memberships.get(user=manager).public_id}/")

    assert [one.status_code for one in (others, left, taken, last)] == [403, 200, 200, 422]
    assert last.json()["detail"] == "A project needs a manager: make somebody else one first."
    assert [one.user for one in project.memberships.filter(left_at=None)] == [manager]
