"""Signing in: one page, wrong passwords held off for a name at an address, codes of a second factor."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from config.middleware import POLICY
from projects import people
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough word"
SIGN_IN = "/sign-in/"


@pytest.fixture(autouse=True)
def counts_begin_anew():
    cache.clear()


@pytest.fixture(autouse=True)
def quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ada():
    made = factories.user("ada")
    made.set_password(PASSWORD)
    made.save()
    return made


def sign_in(client, password=PASSWORD, username="ada", **rest):
    return client.post(SIGN_IN, {"username": username, "password": password}, **rest)


def is_in(client):
    return client.get(reverse("account")).status_code == 200


def test_the_right_password_leads_to_where_one_wanted_to_go(client, ada):
    answer = client.post(f"{SIGN_IN}?next=/account/", {"username": "ada", "password": PASSWORD})

    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert is_in(client)


def test_one_is_not_led_to_another_place_of_the_web(client, ada):
    answer = client.post(f"{SIGN_IN}?next=https://evil.example/", {"username": "ada", "password": PASSWORD})  # fmt: skip

    assert answer["Location"] == "/"


def test_unknown_names_and_wrong_passwords_are_told_in_the_same_words(client, ada):
    unknown, wrong = sign_in(client, username="nobody"), sign_in(client, password="no")

    errors = [answer.context["form"].non_field_errors() for answer in (unknown, wrong)]
    assert errors[0] == errors[1] == [
        "Username and password do not belong together. Capital letters count in both."
    ]  # fmt: skip


def test_five_wrong_passwords_hold_the_name_off_at_this_address_in_plain_words(client, ada):
    statuses = [sign_in(client, password=f"no {n}").status_code for n in range(5)]
    right = sign_in(client)

    assert statuses == [200, 200, 200, 200, 429]
    assert right.status_code == 429
    assert "held off for 15 minutes" in right.content.decode()
    assert not is_in(client)


def test_others_at_the_address_and_the_name_elsewhere_are_not_held_off(client, ada):
    ben = factories.user("ben")
    ben.set_password(PASSWORD)
    ben.save()
    for n in range(5):
        sign_in(client, password=f"no {n}")

    assert sign_in(Client(), username="ben").status_code == 302
    assert sign_in(Client(), REMOTE_ADDR="192.0.2.7").status_code == 302


def test_the_right_password_starts_the_count_anew(client, ada):
    for _ in range(2):
        for n in range(4):
            sign_in(client, password=f"no {n}")
        assert sign_in(client).status_code == 302
        client.logout()

    assert AccessAttempt.objects.count() == 0


def test_what_was_typed_as_a_password_is_not_kept(client, ada):
    sign_in(client, password="nearly right")

    assert "nearly right" not in str(AccessAttempt.objects.values_list().get())


@pytest.mark.parametrize(
    ("behind", "forwarded", "counted"),
    [
        (False, "198.51.100.1", "127.0.0.1"),
        (True, "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (True, "", "127.0.0.1"),
    ],
)
def test_the_address_is_the_one_that_the_own_proxy_saw(client, ada, settings, behind, forwarded, counted):  # fmt: skip
    settings.BEHIND_PROXY = behind

    sign_in(client, password="no", headers={"x-forwarded-for": forwarded})

    assert AccessAttempt.objects.get().ip_address == counted


def test_a_way_back_in_ends_the_holding_off(client, ada):
    for n in range(5):
        sign_in(client, password=f"no {n}")

    people.use_reset_link(people.make_reset_link(ada, by=None).link, password="other " + PASSWORD)

    assert sign_in(client, password="other " + PASSWORD).status_code == 302


def test_a_closed_account_is_not_let_in(client, ada):
    ada.is_active = False
    ada.save()

    sign_in(client)

    assert not is_in(client)


# -- the second factor


def code_now(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def secured(ada):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(ada, secret)
    RecoveryCodes.activate(ada)
    return secret


def test_with_a_second_factor_the_password_alone_is_not_enough(client, secured):
    first = sign_in(client)
    assert (first["Location"], is_in(client)) == (reverse("mfa_authenticate"), False)

    wrong = client.post(first["Location"], {"code": "000000"})
    right = client.post(first["Location"], {"code": code_now(secured)})

    assert "not the code of this moment" in wrong.content.decode()
    assert (right["Location"], is_in(client)) == ("/", True)


def test_a_recovery_code_opens_once(client, ada, secured):
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    entered = []

    for _ in range(2):
        sign_in(client)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        entered.append(is_in(client))
        client.logout()

    assert entered == [True, False]


def test_wrong_codes_count_like_wrong_passwords(client, secured):
    sign_in(client)

    statuses = [
        client.post(reverse("mfa_authenticate"), {"code": f"00000{n}"}).status_code
        for n in range(5)
    ]
    right = client.post(reverse("mfa_authenticate"), {"code": code_now(secured)})

    assert statuses == [200, 200, 200, 200, 429]
    assert (right.status_code, is_in(client)) == (429, False)


def test_switching_it_on_asks_for_the_password_shows_a_picture_and_gives_codes(client, ada):
    sign_in(client)
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    client.post(asked["Location"], {"password": PASSWORD})

    shown = client.get(reverse("mfa_activate_totp"))
    done = client.post(
        reverse("mfa_activate_totp"), {"code": code_now(shown.context["form"].secret)}
    )
    codes = client.get(done["Location"])

    # The picture needs no exception: the policy of every page lets pictures be written into it.
    assert shown["Content-Security-Policy"] == POLICY
    assert 'src="data:image/svg+xml;base64,' in shown.content.decode()
    assert "script" not in shown.context["totp_svg"]
    assert len(codes.context["unused_codes"]) == 10
    assert client.get(reverse("mfa_download_recovery_codes")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.count() == 0
