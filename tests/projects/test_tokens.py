"""API tokens: shown once, kept as a hash, one project, one person, for a time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from projects import tokens
from projects.models import ApiToken, LedgerLine
from projects.refusals import Invalid
from tests import small

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return small.member(small.project("alliances"), "manager")


def make(member, **words):
    return tokens.create(member.project, by=member.user, **{"name": "script", **words})


def ledger_of(project):
    return [
        (line.verb, line.subject_id, line.difference)
        for line in LedgerLine.objects.filter(project_id=project.pk, verb__startswith="token")
    ]


def test_a_token_names_project_and_person_and_how_long_it_lives(member):
    token, secret = make(member, days=30)

    assert secret.startswith("concord_") and len(secret) > 40
    assert (token.project, token.user, token.name, token.revoked_at) == (
        member.project,
        member.user,
        "script",
        None,
    )
    assert timedelta(days=29) < token.expires_at - timezone.now() <= timedelta(days=30)
    assert tokens.owner_of(secret) == token


def test_the_secret_stands_nowhere(member):
    token, secret = make(member)

    rows = [*ApiToken.objects.values_list(), *LedgerLine.objects.values_list()]

    assert not any(
        secret in str(row) or secret.removeprefix("concord_") in str(row) for row in rows
    )
    assert ledger_of(member.project) == [
        ("token.create", str(token.pk), {"name": "script", "days": 365})
    ]


@pytest.mark.parametrize("days", [0, -1, 3651])
def test_a_token_lives_neither_for_ever_nor_not_at_all(member, days):
    with pytest.raises(Invalid, match="A token lives between 1 and 3650 days."):
        make(member, days=days)

    assert ApiToken.objects.count() == 0


def test_a_wrong_secret_opens_nothing(member):
    _, secret = make(member)

    assert [tokens.owner_of(wrong) for wrong in ("", "concord_", secret[:-1], secret + "x")] == [
        None
    ] * 4


def test_a_revoked_token_opens_nothing(member):
    token, secret = make(member)

    tokens.revoke(token, by=member.user)

    assert tokens.owner_of(secret) is None
    assert ledger_of(member.project)[1:] == [("token.revoke", str(token.pk), {})]


def test_revoking_twice_keeps_the_first_time(member):
    token, _ = make(member)
    first = tokens.revoke(token, by=member.user).revoked_at

    again = tokens.revoke(ApiToken.objects.get(pk=token.pk), by=member.user)

    assert again.revoked_at == first
    assert len(ledger_of(member.project)) == 2


def test_an_expired_token_opens_nothing(member):
    token, secret = make(member)
    small.put(token, expires_at=timezone.now() - timedelta(seconds=1))

    assert tokens.owner_of(secret) is None


def test_the_token_of_somebody_shut_out_opens_nothing(member):
    _, secret = make(member)
    small.put(member.user, is_active=False)

    assert tokens.owner_of(secret) is None


# --- over HTTP


def asked(client, secret, path="/api/v1/projects/", scheme="Bearer"):
    return client.get(path, headers={"Authorization": f"{scheme} {secret}"})


def test_a_token_shows_its_own_project_only(client, member):
    small.member(small.project("elsewhere"), "manager", person=member.user)
    _, secret = make(member)

    answer = asked(client, secret)

    assert (answer.status_code, [found["slug"] for found in answer.json()["results"]]) == (
        200,
        ["alliances"],
    )
    assert asked(client, secret, "/api/v1/projects/alliances/documents/").status_code == 200
    assert asked(client, secret, "/api/v1/projects/elsewhere/documents/").status_code == 404


def test_a_token_opens_nothing_after_its_owner_left(client, member):
    _, secret = make(member)
    small.put(member, left_at=timezone.now())

    assert asked(client, secret, "/api/v1/projects/alliances/documents/").status_code == 404


@pytest.mark.parametrize("secret", ["", "concord_wrong", "\xff\xfe", "a b c"])
def test_a_token_that_is_none_is_refused_and_says_how_to_sign_in(client, member, secret):
    answer = asked(client, secret)

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="concord"')
    assert answer.json()["detail"] == "This token is unknown, revoked or has expired."


def test_a_token_is_no_password_for_pages(client, member):
    _, secret = make(member)

    answer = asked(client, secret, "/projects/alliances/documents/")

    assert answer.status_code == 302


# --- chosen rights


def made_over_http(client, member, **said):
    client.force_login(member.user)
    address = "/api/v1/projects/alliances/tokens/"
    return client.post(address, {"name": "import", **said}, content_type="application/json")


@pytest.mark.parametrize(
    ("said", "rights"),
    [
        ({"rights": ["documents.add"]}, ["documents.add", "project.view"]),
        ({"rights": []}, ["project.view"]),
        ({}, None),
    ],
)
def test_a_program_is_given_a_token_with_chosen_rights(client, member, said, rights):
    answer = made_over_http(client, member, **said)

    told = answer.json()
    assert (answer.status_code, told["token"]["rights"]) == (201, rights)
    assert tokens.owner_of(told["secret"]).rights == rights


@pytest.mark.parametrize("right", ["coding.code", "coding.fly"])
def test_a_token_is_given_no_right_that_its_owner_lacks(client, member, right):
    answer = made_over_http(client, member, rights=["documents.add", right])

    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert ApiToken.objects.count() == 0


def test_a_right_that_is_none_or_not_ones_own_is_named(member):
    with pytest.raises(Invalid, match="Your roles do not let you code documents"):
        make(member, rights=["coding.code"])
    with pytest.raises(Invalid, match="There is no right coding.fly."):
        make(member, rights=["coding.fly"])


def test_a_token_does_not_grow_with_its_owners_roles(client, member):
    _, narrow = make(member, rights=["documents.add"])
    _, whole = make(member)
    small.put(member, roles=["manager", "exporter"])

    def drafted(secret):
        return client.post(
            "/api/v1/projects/alliances/releases/",
            {},
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )

    refused = drafted(narrow)
    assert refused.json()["detail"] == (
        "This token was not given the right to draft and build releases."
    )
    assert (refused.status_code, refused.json()["rights"]) == (403, ["releases.build"])
    assert drafted(whole).status_code == 422
