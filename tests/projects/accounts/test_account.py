"""One's own account: name, password, devices, and tokens made and revoked on a page."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects import invitations
from projects.accounts import seen
from projects.accounts.devices import described
from projects.models import ApiToken
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough word"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ada():
    made = factories.user("ada")
    made.set_password(PASSWORD)
    made.save()
    return made


def entered(**headers):
    client = Client(headers=headers)
    client.post("/sign-in/", {"username": "ada", "password": PASSWORD})
    return client


def test_name_and_mail_are_ones_own(client, ada):
    client.force_login(ada)

    client.post(reverse("account"), {"part": "name", "first": "Ada", "last": "Lovelace"})
    client.post(reverse("account"), {"part": "address", "email": "ada@example.org"})
    wrong = client.post(reverse("account"), {"part": "address", "email": "nowhere"})

    ada.refresh_from_db()
    assert (ada.shown_name, ada.email, wrong.status_code) == ("Ada Lovelace", "ada@example.org", 422)  # fmt: skip


def test_devices_are_listed_and_signed_out_from_afar(ada):
    here, there, third = entered(), entered(**{"user-agent": FIREFOX}), entered()
    devices = here.get(reverse("account")).context["devices"]
    firefox = next(one for one in devices if one.name == "Firefox on Windows")

    here.post(reverse("end_session"), {"device": firefox.handle})
    states = [client.get(reverse("account")).status_code for client in (here, there, third)]
    here.post(reverse("end_session"), {"device": "others"})

    assert [one.here for one in devices] == [True, False, False]
    assert states == [200, 302, 200]
    assert third.get(reverse("account")).status_code == 302
    assert here.get(reverse("account")).status_code == 200


def test_whoever_joined_by_a_link_finds_that_device_among_theirs(client):
    project = factories.project()
    made = invitations.invite(project, roles=["coder"], by=factories.user("founder"))
    link = reverse("join", args=[made.key])
    client.get(link)
    client.post(link, {"username": "nora", "password1": PASSWORD, "password2": PASSWORD})
    first = client.get(reverse("account")).context["devices"]
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_activate_totp"))

    second = client.get(reverse("account")).context["devices"]

    assert [one.here for one in first] == [True]
    assert [one.handle for one in second] == [one.handle for one in first]


def test_nobody_signs_another_person_out_nor_themselves_here(client, ada):
    mine = entered()
    handle = mine.get(reverse("account")).context["devices"][0].handle
    client.force_login(factories.user("ben"))

    assert client.post(reverse("end_session"), {"device": handle}).status_code == 404
    assert mine.post(reverse("end_session"), {"device": handle}).status_code == 404
    assert mine.get(reverse("account")).status_code == 200


def test_the_key_of_a_session_does_not_stand_on_the_page(ada):
    client = entered()

    page = client.get(reverse("account")).content.decode()

    assert client.session.session_key not in page


def test_a_changed_password_signs_other_devices_out(ada):
    here, there = entered(), entered()
    new = {"password1": "new " + PASSWORD, "password2": "new " + PASSWORD}

    wrong = here.post(reverse("account_change_password"), new | {"oldpassword": "no"})
    here.post(reverse("account_change_password"), new | {"oldpassword": PASSWORD})

    assert "type your current password" in wrong.content.decode().lower()
    assert [one.get(reverse("account")).status_code for one in (here, there)] == [200, 302]


def test_when_a_session_was_last_used_is_written_down_now_and_then(ada, monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(seen.time, "monotonic", lambda: clock[0])
    client = entered()
    long_ago = timezone.now() - timezone.timedelta(days=1)
    UserSession.objects.update(last_seen_at=long_ago)
    told = []

    for later in (0, seen.EVERY - 1, 2):
        clock[0] += later
        client.get("/")
        told.append(UserSession.objects.get().last_seen_at > long_ago)

    assert told == [False, False, True]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15", "Safari on Mac"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("curl/8.5", "A program"),
        ("", "A program"),
    ],
)  # fmt: skip
def test_a_device_is_named_as_people_name_it(agent, words):
    assert described(agent) == words


# -- tokens


def secret_of(client, slug, **data):
    page = client.post(reverse("own_tokens", args=[slug]), {"name": "R", "days": "30", **data})
    return page.context["secret"]


def call(client, secret, address, **data):
    way = client.post if data else client.get
    return way(address, headers={"authorization": f"Bearer {secret}"}, **data).status_code


def test_a_token_does_what_it_was_given_and_nothing_else(client):
    project = factories.project()
    other = factories.project("other")
    client.force_login(factories.user("founder"))
    secrets = {
        "looks": secret_of(client, project.slug),
        "adds": secret_of(client, project.slug, rights=["documents.add"]),
    }
    documents = f"/api/v1/projects/{project.slug}/documents/"
    anew = Client()

    found = {
        name: (
            call(anew, secret, documents),
            call(anew, secret, documents, data={}),
            call(anew, secret, f"/api/v1/projects/{other.slug}/documents/"),
        )
        for name, secret in secrets.items()
    }

    assert found == {"looks": (200, 403, 404), "adds": (200, 422, 404)}


def test_a_token_gives_no_right_that_one_does_not_have(client):
    project = factories.project()
    factories.member(project, "ada")
    client.force_login(factories.user("ada"))

    page = client.get(reverse("own_tokens", args=[project.slug]))
    refused = client.post(
        reverse("own_tokens", args=[project.slug]),
        {"name": "R", "days": "30", "rights": ["project.manage"]},
    )

    offered = [name for name, _ in page.context["form"].fields["rights"].choices]
    assert offered == ["coding.code", "searches.keep", "account.change"]
    assert (refused.status_code, ApiToken.objects.count()) == (422, 0)


def test_a_token_is_shown_once_and_revoked_on_the_page(client):
    project = factories.project()
    client.force_login(factories.user("founder"))
    secret = secret_of(client, project.slug)
    page = client.get(reverse("own_tokens", args=[project.slug])).content.decode()
    token = ApiToken.objects.get()

    client.post(reverse("revoke_token", args=[project.slug, token.handle]))

    assert secret not in page and "see the project and its documents" in page
    assert call(Client(), secret, "/api/v1/projects/") == 401


def test_another_persons_token_is_not_there(client):
    project = factories.project()
    client.force_login(factories.user("founder"))
    secret_of(client, project.slug)
    factories.member(project, "ada", ("manager",))
    client.force_login(factories.user("ada"))

    handle = ApiToken.objects.get().handle
    page = client.get(reverse("own_tokens", args=[project.slug]))

    assert list(page.context["tokens"]) == []
    for guess in (handle, handle[:1]):
        answer = client.post(reverse("revoke_token", args=[project.slug, guess]))
        assert answer.status_code == 404
