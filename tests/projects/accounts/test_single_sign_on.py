"""Single sign-on against a real provider on this machine: who is let in by it, and who is not."""

from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from config.middleware import POLICY
from projects import invitations
from projects.models import User
from tests import factories, openid

pytestmark = pytest.mark.django_db
ADA = {"sub": "u1", "preferred_username": "ada", "email": "ada@kita.example", "name": "Ada Lovelace"}  # fmt: skip


@pytest.fixture
def provider(settings):
    with openid.opened() as made:
        for name, value in made.settings.items():
            setattr(settings, name, value)
        made.person = ADA
        yield made


class _Stays(HTTPRedirectHandler):
    def redirect_request(self, *words):
        return None


def over_there(client, *, process="login", follow=True):
    """What a browser does: press the button, follow to the provider, come back."""
    on_the_way = client.post(reverse("openid_connect_login", args=["institution"]) + f"?process={process}")  # fmt: skip
    assert on_the_way.status_code == 200
    try:
        build_opener(_Stays).open(on_the_way.context["address"])
    except HTTPError as answer:
        assert answer.code == 302
        back = urlsplit(answer.headers["Location"])
        answer.close()
    return client.get(f"{back.path}?{back.query}", follow=follow)


def is_in(client):
    return client.get(reverse("account")).status_code == 200


def test_a_newcomer_comes_in_by_invitation_and_again_without_one(client, provider):
    project = factories.project()
    made = invitations.invite(project, roles=["coder"], by=factories.user("founder"), label="C4")
    client.get(reverse("join", args=[made.key]))

    first = over_there(client)
    client.logout()
    again = over_there(client)

    assert (first.status_code, again.status_code, is_in(client)) == (200, 200, True)
    ada = User.objects.get(username="ada")
    assert (ada.shown_name, ada.email, ada.has_usable_password()) == (
        "Ada Lovelace", "ada@kita.example", False,
    )  # fmt: skip
    assert project.memberships.get(user=ada).label == "C4"
    assert invitations.living(made.key) is None
    assert "/token" in provider.asked and "/userinfo" in provider.asked


def test_without_an_invitation_nobody_new_is_let_in(client, provider):
    answer = over_there(client)

    assert answer.status_code == 403
    assert "No account belongs to this sign-in" in answer.content.decode()
    assert (User.objects.count(), is_in(client)) == (0, False)


def test_the_same_mail_address_does_not_open_an_account_that_was_not_connected(client, provider):
    owner = factories.user("owner")
    owner.email = str(ADA["email"])
    owner.save()
    made = invitations.invite(factories.project(), roles=["coder"], by=factories.user("founder"))

    refused = over_there(client)
    client.get(reverse("join", args=[made.key]))
    over_there(client)

    assert refused.status_code == 403
    newcomer = User.objects.get(username="ada")
    assert (newcomer.pk != owner.pk, newcomer.email) == (True, "")


def test_a_taken_username_is_not_given_twice(client, provider):
    factories.user("ada")
    made = invitations.invite(factories.project(), roles=["coder"], by=factories.user("founder"))
    client.get(reverse("join", args=[made.key]))

    over_there(client)

    newcomer = SocialAccount.objects.get().user
    assert newcomer.username != "ada" and newcomer.memberships.count() == 1


def test_who_has_an_account_connects_it_and_may_part_again(client, provider):
    ada = factories.user("own-name")
    ada.set_password("a long enough word")
    ada.save()
    client.force_login(ada)

    client.post(reverse("account_reauthenticate"), {"password": "a long enough word"})
    over_there(client, process="connect")
    client.logout()
    over_there(client)
    assert client.get(reverse("account")).context["user"] == ada
    client.post(reverse("disconnect"))

    assert SocialAccount.objects.count() == 0


def test_who_stops_over_there_is_told_in_words(client, provider):
    provider.person = None

    answer = over_there(client)

    assert "Signing in was stopped" in answer.content.decode()
    assert not is_in(client)


def test_an_answer_that_nobody_asked_for_is_not_taken(client, provider):
    answer = client.get(
        reverse("openid_connect_callback", args=["institution"]), {"code": "x", "state": "y"}
    )

    assert (answer.status_code, is_in(client)) == (403, False)


def test_the_way_there_needs_no_exception_from_the_policy(client, provider):
    page = client.get("/sign-in/")
    on_the_way = client.post(reverse("openid_connect_login", args=["institution"]))

    assert "Sign in with Kita University" in page.content.decode()
    assert page["Content-Security-Policy"] == on_the_way["Content-Security-Policy"] == POLICY
    assert on_the_way["Refresh"].startswith(f"0; url={provider.url}/authorize?")
    assert client.get(reverse("openid_connect_login", args=["institution"])).status_code == 405


def test_where_it_is_not_set_it_is_not_there(client):
    assert "Sign in with" not in client.get("/sign-in/").content.decode()
    assert client.post(reverse("openid_connect_login", args=["institution"])).status_code == 404
