"""The page that describes the API: its reader stands under the page's own policy, and webhooks are made beside it."""

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="no browser driver is installed here")
from playwright.sync_api import expect  # noqa: E402 after the skip

from tests.browser.people import follow  # noqa: E402 after the skip
from tests.browser.test_every_page import looked_at  # noqa: E402 after the skip


def test_the_description_is_read_and_tried_without_anything_from_elsewhere(enter, pictures):
    page = enter("dora", "/api/v1/docs/")
    reader = page.locator("#api-docs[data-ready]")
    expect(reader).to_be_visible()
    page.screenshot(path=pictures / "api-docs.png")

    reader.get_by_role("link", name="people", exact=True).click()
    reader.get_by_role("button", name=re.compile("^GET .api.v1.language")).click()
    reader.get_by_role("button", name="Try it out").click()
    reader.get_by_role("button", name="Execute").click()

    expect(reader.locator(".live-responses-table tbody .response-col_status").first).to_contain_text("200")  # fmt: skip
    assert list(looked_at(page)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_webhook_is_made_and_its_secret_shown_once(enter, pictures, scheme):
    page = enter("dora", "/projects/bench/webhooks/", color_scheme=scheme)
    page.screenshot(path=pictures / f"webhooks-empty-{scheme}.png")

    page.get_by_role("textbox", name="Address").fill(f"https://{scheme}.example.org/told")
    page.get_by_label("a version was published").check()
    follow(page.get_by_role("button", name="Tell it"))

    expect(page.locator("#secret")).to_contain_text("whsec_")
    page.screenshot(path=pictures / f"webhooks-{scheme}.png")
    follow(page.get_by_role("link", name=f"https://{scheme}.example.org/told").first)
    expect(page.get_by_text("Nothing told yet")).to_be_visible()
    assert list(looked_at(page)) == []
