"""Invitations: one person, once, for a time, while whoever invited is still a manager."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from projects import invitations, members
from projects.models import Invitation, LedgerLine, User
from projects.refusals import Invalid, WrongState
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough word"


@pytest.fixture
def project():
    return factories.project()


@pytest.fixture
def founder(project):
    return factories.user("founder")


def invite(project, founder, **words):
    return invitations.invite(project, **{"roles": ["coder"], "by": founder, **words})


def test_the_key_stands_nowhere(project, founder):
    made = invite(project, founder, label="C7")

    rows = [*Invitation.objects.values_list(), *LedgerLine.objects.values_list()]

    assert not any(made.key in str(row) for row in rows)
    assert LedgerLine.objects.filter(verb="invitation.make").get().difference == {
        "roles": ["coder"],
        "label": "C7",
        "days": 7,
    }


def test_whoever_holds_it_joins_once_with_the_roles_and_the_label_of_it(project, founder):
    made = invite(project, founder, roles=["coder", "exporter"], label="C7")

    joined = invitations.accept(made.invitation, user=factories.user("ada"))

    assert (joined.label, joined.roles) == ("C7", ["coder", "exporter"])
    assert invitations.living(made.key) is None
    with pytest.raises(WrongState, match="was used"):
        invitations.accept(made.invitation, user=factories.user("ben"))


def test_an_invitation_ends_when_it_expires_is_cancelled_or_its_maker_manages_no_more(
    project, founder
):
    expired, cancelled, orphaned = (invite(project, founder) for _ in range(3))
    Invitation.objects.filter(pk=expired.invitation.pk).update(expires_at=timezone.now())
    invitations.cancel(cancelled.invitation, by=founder)
    assert invitations.living(orphaned.key) == orphaned.invitation
    factories.member(project, "boss", ("manager",))
    members.add(project, founder, roles=["coder"], by=factories.user("boss"))

    for one in (expired, cancelled, orphaned):
        assert invitations.living(one.key) is None
        with pytest.raises(WrongState):
            invitations.accept(one.invitation, user=factories.user("ada"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"roles": []}, "Roles are"),
        ({"roles": ["king"]}, "not king"),
        ({"label": "1x"}, "A label is a letter"),
        ({"label": "M1"}, "belongs to a member"),
        ({"label": "C9"}, "promised to one"),
        ({"days": 0}, "1 to 60 days"),
        ({"days": 61}, "1 to 60 days"),
    ],
)
def test_what_can_be_nobodys_place_is_refused(project, founder, words, said):
    invite(project, founder, label="C9")

    with pytest.raises(Invalid, match=said):
        invite(project, founder, **words)


def test_a_member_leaves_the_invitation_for_somebody_else(project, founder):
    made = invite(project, founder)

    with pytest.raises(WrongState, match="take part in this project already"):
        invitations.accept(made.invitation, user=founder)

    assert invitations.living(made.key) == made.invitation


# -- pages


def link_for(client, project, founder, **data):
    client.force_login(founder)
    shown = client.post(
        reverse("invite", args=[project.slug]), {"roles": ["coder"], "days": "7", **data}
    )
    client.logout()
    return shown.context["link"]


def test_a_newcomer_makes_an_account_by_the_link_and_is_in(client, project, founder):
    link = link_for(client, project, founder, email="ada@example.org", label="C3")

    shown = client.get(link)
    answer = client.post(
        link, {"username": "ada", "first_name": "Ada", "password1": PASSWORD, "password2": PASSWORD}
    )

    assert "invites you to “Alliances”" in shown.content.decode()
    assert answer["Location"] == project.get_absolute_url()
    ada = User.objects.get(username="ada")
    assert (ada.email, ada.shown_name, ada.check_password(PASSWORD)) == (
        "ada@example.org", "Ada", True,
    )  # fmt: skip
    assert client.get(project.get_absolute_url()).status_code == 200
    assert client.get(link).status_code == 404


def test_who_has_an_account_joins_with_it(client, project, founder):
    link = link_for(client, project, founder)
    client.force_login(factories.user("ben"))

    shown, answer = client.get(link), client.post(link)

    assert "Join as ben" in shown.content.decode()
    assert answer.status_code == 302
    assert project.memberships.get(user__username="ben").roles == ["coder"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"username": "FOUNDER"}, "Somebody signs in with this name already."),
        ({"username": "a b"}, "Enter a valid username"),
        ({"password2": "another"}, "The two are not the same."),
        ({"password1": "12345678", "password2": "12345678"}, "too common"),
        ({"password1": "ada-lovelace", "password2": "ada-lovelace", "username": "ada-lovelace"}, "too similar"),
    ],
)  # fmt: skip
def test_a_bad_new_account_is_told_and_the_invitation_stays_good(
    client, project, founder, sent, said
):
    link = link_for(client, project, founder)
    good = {"username": "ada", "password1": PASSWORD, "password2": PASSWORD}

    refused = client.post(link, good | sent)

    assert (refused.status_code, said in refused.content.decode()) == (422, True)
    assert client.post(link, good).status_code == 302


def test_open_invitations_stand_on_the_page_without_their_links_and_can_be_cancelled(
    client, project, founder
):
    link = link_for(client, project, founder, email="ada@example.org")
    client.force_login(founder)
    page = client.get(reverse("members", args=[project.slug])).content.decode()
    made = Invitation.objects.get()

    client.post(reverse("cancel_invitation", args=[project.slug, made.public_id]))

    assert "ada@example.org" in page and link.rsplit("/", 2)[1] not in page
    assert client.get(link).status_code == 404


def test_a_link_is_good_for_days(project, founder):
    made = invite(project, founder, days=3)

    assert made.invitation.expires_at - timezone.now() < timedelta(days=3)
