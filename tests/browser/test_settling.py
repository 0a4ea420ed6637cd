"""Evidence of an older text settled in a browser: marked in the newer text, kept where it was, dropped with a reason."""

import pytest

pytest.importorskip("playwright.sync_api", reason="no browser driver is installed here")
from playwright.sync_api import expect  # noqa: E402 after the skip

from tests.browser import rereading  # noqa: E402 after the skip


def test_a_coder_settles_passage_after_passage(enter):
    page = enter("ada", "/projects/rereading/documents/")
    page.get_by_role("link", name="Document wire-1").click()
    page.get_by_role("link", name="Evidence marked on an earlier text").click()
    expect(page.get_by_text("1 of 3 carried over")).to_be_visible()

    page.get_by_role("link", name="Settle “New Zea-land frigates”").click()
    form = page.locator("[data-passage][data-ready]")
    expect(form).to_be_visible()
    expect(form.locator("[data-passage-words]")).to_be_empty()
    # Pressed three times, a paragraph is marked; it holds a character of two UTF-16 units.
    paragraph = page.locator(".text [data-s]", has_text="Tasman Sea")
    paragraph.click(click_count=3)
    words = rereading.NEWER.split("\n")[1]
    start = rereading.NEWER.index(words)
    expect(form.locator("[data-passage-words]")).to_have_text(words)
    expect(form.get_by_label("From character")).to_have_value(str(start))
    expect(form.get_by_label("To before character")).to_have_value(str(start + len(words)))
    form.get_by_role("button", name="Settle at this place").click()

    # The next one that waits is before one's eyes at once, at the place where its words stand.
    expect(page.get_by_text("The passage is settled.")).to_be_visible()
    expect(page.locator("[data-passage][data-ready] [data-passage-words]")).to_have_text(
        "exercise lasted four days"
    )
    page.get_by_text("Drop it", exact=True).first.click()
    page.get_by_label("Why is it dropped?").fill("Said of another exercise.")
    page.get_by_role("button", name="Drop it").click()

    expect(page.get_by_text("2 settled")).to_be_visible()
    row = page.get_by_role("row", name="exercise lasted four days")
    expect(row).to_contain_text("dropped")
    expect(row).to_contain_text("Said of another exercise.")
    expect(page.get_by_role("row", name="New Zea-land frigates")).to_contain_text(words)


def test_a_passage_is_kept_on_the_old_text_and_settled_otherwise_later(enter):
    page = enter("ada", "/projects/rereading/documents/")
    page.get_by_role("link", name="Document wire-2").click()
    page.get_by_role("link", name="Evidence marked on an earlier text").click()
    page.get_by_role("link", name="Settle “exercise lasted four days”").click()
    page.get_by_text("Keep it on the old text").click()
    page.get_by_role("button", name="Keep it there").click()
    expect(page.get_by_role("heading", name="Settle a passage")).to_be_visible()

    page.get_by_role("link", name="Evidence across texts").click()
    page.get_by_role("link", name="Change “exercise lasted four days”").click()
    form = page.locator("[data-passage][data-ready]")
    at = rereading.NEWER.index("exercise lasted")
    form.get_by_role("button", name=f"At {at}").click()
    expect(form.locator("[data-passage-words]")).to_have_text("exercise lasted four days")
    form.get_by_role("button", name="Settle at this place").click()

    page.get_by_role("link", name="Evidence across texts").click()
    expect(page.get_by_role("row", name="exercise lasted four days")).to_contain_text("marked")
