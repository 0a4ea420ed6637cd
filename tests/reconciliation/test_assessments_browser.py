"""The grid of assessments in a real browser: open, walk, choose, judge, be asked, and find the judgements kept."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

pytest.importorskip("playwright.sync_api", reason="no browser driver is installed here")
from playwright.sync_api import expect  # noqa: E402 after the skip

from reconciliation import assessments  # noqa: E402 after the skip
from reconciliation.verdicts import Verdict  # noqa: E402 after the skip
from tests.reconciliation.assessment_samples import searched, study  # noqa: E402 after the skip

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made():
    found = study()
    searched(found, words="XYZ-1960 aid", since=None, until=None)
    return found


@pytest.fixture
def open_grid(open_page, live_server, made):
    def open_grid(**options):
        signed_in = Client()
        signed_in.force_login(made.pi.user)
        page = open_page(**options)
        name = settings.SESSION_COOKIE_NAME
        value = signed_in.cookies[name].value
        page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        page.goto(live_server.url + reverse("assessments", args=[made.round.project.slug]))
        expect(page.locator("[data-assessments]")).to_have_attribute("data-ready", "")
        return page

    return open_grid


def test_an_alliance_is_opened_and_judged_by_keys_alone(open_grid, made, pictures):
    page = open_grid()
    page.get_by_role("button", name="Treaty of patron and protege").press("Enter")
    cell = page.locator("[data-key$='.2.740.EX.1962']")
    expect(cell).to_have_text("k")

    cell.focus()
    expect(page.locator("[data-rests]")).to_contain_text("Treaty of mutual help")
    page.keyboard.press("k")
    expect(cell).to_have_text("K")
    expect(cell).to_have_attribute("data-kind", "judged")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".cell[aria-selected=true]")).to_have_count(3)
    expect(page.get_by_text("3 cells chosen; none of them judged already.")).to_be_visible()
    page.keyboard.press("n")
    asked = page.get_by_role("dialog", name="Not kept: 3 cells?")
    expect(asked).to_be_visible()
    expect(asked.get_by_label("Reason")).to_be_focused()
    page.keyboard.type("Searched the archive.")
    page.keyboard.press("Enter")
    expect(asked).to_be_hidden()
    expect(page.get_by_role("table").locator(".cell[data-kind=judged]")).to_have_count(4)
    expect(page.locator("[data-alliance] [data-progress]").last).to_have_text("4 of 44")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=pictures / f"assessments-{scheme}.png")

    found = assessments.current(made.round.project)
    assert {(cell.year, assessments.verdict_of(row)) for cell, row in found.items()} == {
        (1962, Verdict(1, 2)),
        (1963, Verdict(1, 0)),
        (1964, Verdict(1, 0)),
        (1965, Verdict(1, 0)),
    }
    assert {row.reason for row in found.values()} == {"", "Searched the archive."}
