"""Documents in a browser: files dropped and sent one by one, and the description confirmed or corrected."""

import pytest

pytest.importorskip("playwright.sync_api", reason="no browser driver is installed here")
from playwright.sync_api import expect  # noqa: E402 after the skip

from tests.browser import rereading  # noqa: E402 after the skip
from tests.browser.people import PATIENCE  # noqa: E402 after the skip

DROPPED = """files => {
  const dropped = new DataTransfer();
  for (const [name, text] of files) dropped.items.add(new File([text], name, { type: 'text/plain' }));
  return dropped;
}"""


def drop(page, files):
    zone = page.locator("[data-drop][data-ready]")
    expect(zone).to_be_visible()
    expect(page.locator("form[data-upload][data-ready]")).to_be_visible()
    data = page.evaluate_handle(DROPPED, files)
    zone.dispatch_event("dragover", {"dataTransfer": data})
    expect(zone).to_have_attribute("data-over", "")
    zone.dispatch_event("drop", {"dataTransfer": data})
    expect(zone).not_to_have_attribute("data-over", "")


def test_dropped_files_are_sent_one_by_one_and_each_tells_its_end(enter):
    page = enter("dora", "/projects/bench/documents/upload/")

    drop(page, [["dropped-watch.txt", rereading.TREATY], ["dropped-twin.txt", rereading.TREATY]])
    listed = page.locator(".drop__files li")
    expect(listed).to_have_count(2)
    page.get_by_role("button", name="Add documents").click()

    expect(listed.nth(0)).to_have_attribute("data-tone", "agree", timeout=PATIENCE)
    expect(listed.nth(1)).to_have_attribute("data-tone", "differ", timeout=PATIENCE)
    expect(listed.nth(1)).to_contain_text("has the same content as document “dropped-watch”")
    expect(page.get_by_text("1 kept")).to_be_visible()
    listed.nth(0).get_by_role("link", name="dropped-watch.txt").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_what_is_proposed_says_where_it_was_read_and_is_confirmed_or_corrected(enter):
    page = enter("dora", "/projects/rereading/documents/")
    page.get_by_role("link", name="Treaty of Watch between Japan and Mongolia").click()
    expect(page.get_by_text("nobody has checked it")).to_be_visible()
    page.locator("summary", has_text="Confirm or correct the description").click()
    expect(page.get_by_text("Proposed from its title.").first).to_be_visible()

    page.get_by_label("Outlet or depositary").fill("Official Gazette")
    page.get_by_role("button", name="Confirm", exact=True).last.click()

    expect(page.get_by_text("The description is saved.")).to_be_visible()
    expect(page.get_by_text("checked by a person")).to_be_visible()
    expect(page.get_by_text("Official Gazette").first).to_be_visible()


def test_the_place_a_search_led_to_is_marked_in_the_text_and_boxed_on_its_page(enter):
    page = enter("dora", "/projects/demo/documents/?words=philippines")
    page.get_by_role("link", name="Treaty of Common Security").first.click()
    expect(page.get_by_text("Page 1 of 3")).to_be_visible()

    page.goto(f"{page.url}?start=0&end=6#hit")

    expect(page.locator("rect[data-on]").first).to_be_visible()
    expect(page.locator(".text mark")).to_have_count(0)
    assert page.evaluate("[...CSS.highlights.get('mark')].length") == 1
