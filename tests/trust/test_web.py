"""What every answer of every address carries, and that no other site can make a person's browser write here."""

from collections.abc import Mapping
from functools import cache

import pytest
from django.db import transaction
from django.test import override_settings

from config.middleware import POLICY
from tests.trust.people import Forged, Visitor
from tests.trust.routes import EVERYWHERE, METHODS, routes, rows
from tests.trust.world import world

pytestmark = pytest.mark.django_db

POWERLESS = "sandbox; default-src 'none'"
# The reader of the API's description brings styles within its page: the one exception, on its own page.
API_PAGE = {"/api/v1/docs/": POLICY + "; style-src 'self' 'unsafe-inline'"}
SHOWN = (
    "text/html", "application/json", "application/problem+json", "application/vnd.oai.openapi+json",
    "image/png",
)  # fmt: skip
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
UNSAFE = [method for method in METHODS if method != "GET"]


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """One world for the tests of this file; what a test does to it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def heads(made):
    """The heads of all answers, by role: to every request that the table of rights knows and that writes nothing."""

    @cache
    def of(role: str) -> list[tuple[str, Mapping[str, str]]]:
        asking, told = Visitor(made, role), []
        for route in routes():
            for row in rows():
                if row.route == route.name and row.method == "GET":
                    address = route.address(made, row.which)
                    answer = asking.ask(
                        lambda client, row=row, address=address: row.ask(client, address, made)
                    )
                    told.append((address, answer.headers))
        return told

    return of


@pytest.mark.parametrize("role", ["manager", "adjudicator", "exporter", "anonymous"])
def test_every_answer_is_closed_to_other_sites_and_to_guessing(heads, role):
    wrong = {}
    for address, head in heads(role):
        told = {name: head.get(name) for name in HEADERS}
        policy = head["Content-Security-Policy"]
        if told != HEADERS or policy not in (POLICY, POWERLESS, API_PAGE.get(address)):
            wrong[address] = told | {"CSP": policy}

    assert wrong == {}
    assert "frame-ancestors 'none'" in POLICY and "unsafe" not in POLICY


@pytest.mark.parametrize("role", ["manager", "adjudicator", "exporter"])
def test_what_is_no_page_is_saved_and_never_shown(heads, role):
    """Files, tables and archives leave as attachments: nothing that somebody brought in is opened under our name."""
    shown = {
        address: head["Content-Type"]
        for address, head in heads(role)
        if head.get("Content-Type", "").split(";")[0] not in ("", *SHOWN)
        and not head.get("Content-Disposition", "").startswith("attachment")
        and address != "/healthz"  # one word of ours, for probes
    }

    assert shown == {}


def test_over_https_browsers_are_told_to_stay_there(made):
    with override_settings(
        SECURE_HSTS_SECONDS=31_536_000,
        SECURE_HSTS_INCLUDE_SUBDOMAINS=True,
        SECURE_HSTS_PRELOAD=True,
    ):
        anybody = Visitor(made, "anonymous")
        answer = anybody.ask(lambda client: client.get("/", secure=True))

    told = answer.headers["Strict-Transport-Security"]
    assert told == "max-age=31536000; includeSubDomains; preload"


def test_nothing_is_written_for_a_browser_that_another_site_sent(made):
    """Every address, every method that could write, signed in, without the token: refused before anything is done."""
    signed_in = ("manager", "adjudicator", "owner", "exporter") if EVERYWHERE else ("manager",)
    forged = {role: Forged(made, role) for role in signed_in}

    entered = {}
    for route in routes():
        for role, visitor in forged.items():
            for method in UNSAFE:
                address = route.address(made)
                status = visitor.ask(
                    lambda client, method=method, address=address: client.generic(method, address)
                ).status_code
                if status not in (403, 405):
                    entered[f"{method} {route.name} as {role}"] = status

    assert entered == {}
