"""A document's text and its page side by side: a word pressed in one is shown in the other."""

import pytest

playwright = pytest.importorskip(
    "playwright.sync_api", reason="no browser driver is installed here"
)
from playwright.sync_api import expect  # noqa: E402 after the skip

from tests.browser.people import follow, go_to, sign_in  # noqa: E402 after the skip

TREATY = "Treaty of Common Security between the Republic of the Philippines and the United States of America"


def on(page) -> list[str]:
    return page.eval_on_selector_all("rect[data-on]", "all => all.map(one => one.dataset.s)")


def test_a_word_pressed_in_the_text_is_boxed_on_the_page_and_the_reverse(open_page, installation):
    page = sign_in(open_page(), installation, "dora")
    follow(page.get_by_role("link", name="Peacetime commitments (demo)").first)
    go_to(page, "Documents")
    follow(page.get_by_role("link", name=TREATY))
    expect(page.get_by_text("Page 1 of 3")).to_be_visible()

    block = page.locator(".text [data-s]", has_text="Recalling the common sacrifices")
    block.click(position={"x": 20, "y": 12})

    start = block.get_attribute("data-s")
    expect(page.locator("rect[data-on]")).to_have_count(1)
    assert on(page) == [start]

    other = page.locator(".drawn rect").nth(3)
    start = other.get_attribute("data-s")
    other.click()

    expect(page.locator(f"rect[data-on][data-s='{start}']")).to_have_count(1)
    assert on(page) == [start]
    assert page.evaluate("[...CSS.highlights.get('mark')].length") == 1

    page.get_by_role("link", name="Article X", exact=True).click()
    last = page.locator(".text [data-page]", has_text="Article X").last.get_attribute("data-page")
    expect(page.get_by_text(f"Page {last} of 3")).to_be_visible()
