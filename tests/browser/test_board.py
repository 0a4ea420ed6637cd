"""The adjudication board in a browser: keys, reasons, refusals beside what was refused, and going back on a decision."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looks import nameless
from tests.browser.people import follow


@pytest.fixture
def board(enter):
    """Opens the board of a demo document; each test takes one of its own."""

    def board(title: str) -> Page:
        page = enter("dora", "/projects/demo/reconciliation/")
        follow(page.get_by_role("link", name="Open the board").last)
        documents = page.get_by_role("navigation", name="Documents")
        follow(documents.get_by_role("link", name=title))
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
        return page

    return board


def row(page: Page, name: str) -> Locator:
    """The first row of a field, as it is listed first on the page."""
    return page.locator("tr.position").filter(has=page.get_by_role("rowheader", name=name)).first


def here(page: Page) -> Locator:
    """The row that keys speak to."""
    return page.locator("tr.position[aria-current=true]")


def conflicts(page: Page) -> int:
    said = page.locator("[data-swap=header]").get_by_text(re.compile(r"conflicts? left"))
    return int(said.inner_text().split()[0])


def test_n_and_p_walk_through_what_is_open(board):
    page = board("President Signs Supplemental Act")
    order = ["Role of provider", "Alliance or treaty", "Kind of help"]
    expect(here(page).get_by_role("rowheader")).to_contain_text(order[0])

    for name in order[1:]:
        page.keyboard.press("n")
        expect(here(page).get_by_role("rowheader")).to_contain_text(name)
    for name in reversed(order[:-1]):
        page.keyboard.press("p")
        expect(here(page).get_by_role("rowheader")).to_contain_text(name)


def test_a_digit_takes_a_value_once_its_reason_is_given(board):
    page = board("Ranger battalion goes back to school")
    left = conflicts(page)
    place = page.locator(f"[id='{here(page).get_attribute('id')}']")

    page.keyboard.press("1")
    expect(place.get_by_label(re.compile("^Reason for"))).to_be_focused()
    page.keyboard.type("Both papers tell of the course.")
    page.keyboard.press("Enter")

    expect(page.get_by_text(f"{left - 1} conflicts left")).to_be_visible()
    expect(place).to_contain_text("a coder's value adopted, PI: Both papers tell of the course.")
    expect(here(page)).not_to_have_attribute("id", place.get_attribute("id") or "")


def test_e_and_r_lead_to_the_own_value_and_its_reason(board):
    page = board("Typhoon puts off naval exercise")
    place = page.locator(f"[id='{here(page).get_attribute('id')}']")

    page.keyboard.press("e")
    own = place.get_by_label(re.compile("^Own value"))
    expect(own).to_be_focused()
    own.select_option(label="2 promised in another instrument")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(place.get_by_label(re.compile("^Reason for"))).to_be_focused()
    page.keyboard.type("The navies' own agreement provides for it.")
    place.get_by_role("button", name="Decide own value").click()

    expect(place).to_contain_text("promised in another instrument")
    expect(place).to_contain_text("PI: The navies' own agreement provides for it.")


def test_an_own_value_without_a_reason_is_refused_beside_its_form(board, allowed_problems):
    allowed_problems.append("status of 422")
    page = board("Framework Agreement on Defence Co-operation")
    page.keyboard.press("n")
    left = conflicts(page)
    place = page.locator(f"[id='{here(page).get_attribute('id')}']")

    page.keyboard.press("e")
    own = place.get_by_label(re.compile("^Own value"))
    if own.evaluate("control => control.tagName") == "SELECT":
        own.select_option(index=1)
    else:
        own.fill("-9")
    place.get_by_role("button", name="Decide own value").click()

    expect(place.get_by_role("alert")).to_contain_text("reason")
    expect(place.get_by_label(re.compile("^Reason for"))).to_be_visible()
    assert conflicts(page) == left


def test_a_settled_field_is_reopened_with_a_reason_and_accepted_by_key(board, allowed_problems):
    allowed_problems.append("status of 422")
    page = board("Tokyo to carry half of base workers")
    place = row(page, "Event type")
    place.get_by_text("Reopen", exact=True).first.click()
    place.get_by_role("button", name="Reopen").click()
    expect(place.get_by_role("alert")).to_contain_text("why")

    place.get_by_text("Reopen", exact=True).first.click()
    place.get_by_label("Why is Event type opened again?").fill("Read once more.")
    place.get_by_role("button", name="Reopen").click()
    expect(page.get_by_role("button", name="Accept 1 agreed")).to_be_enabled()
    page.keyboard.press("a")

    expect(page.get_by_role("button", name="Accept 0 agreed")).to_be_disabled()
    expect(row(page, "Event type")).to_contain_text("BS Burden sharing")


def test_why_two_codings_were_grouped_is_told_term_by_term(board):
    page = board("Northern Lantern 83 comes to a close")
    page.get_by_text("Why grouped?").first.click()

    told = page.locator(".why").first
    expect(told).to_contain_text(re.compile(r"C1 and C2: distance 0\.\d{3}, below 0\.55"))
    expect(told.get_by_role("rowheader")).to_have_text(["date", "evidence", "provider", "type"])


def test_a_whole_group_is_judged_to_be_no_event(board):
    page = board("Summary of broadcasts, Inner Asia")
    page.get_by_text("Whole event").click()
    whole = page.locator("form:not([data-regroup])").filter(has_text="This is not an event")
    whole.get_by_label("Reason", exact=True).fill("Hearsay; no act can be placed or dated.")
    page.get_by_role("button", name="This is not an event").click()

    expect(page.get_by_text("Settled: this is no event.")).to_be_visible()
    expect(page.get_by_role("article").get_by_text("no event", exact=True).first).to_be_visible()


def test_a_quote_shows_its_passage_in_the_text(board):
    page = board("Barracks to empty, cheque to grow")
    quote = page.locator(".quote-link").last
    quote.click()

    start = int(quote.get_attribute("data-scroll"))
    block = page.locator(".board__text [data-s]").evaluate_all(
        "(blocks, start) => blocks.findLastIndex(one => Number(one.dataset.s) <= start)", start
    )
    expect(page.locator(".board__text [data-s]").nth(block)).to_be_in_viewport()


def test_every_control_of_the_board_has_a_name(board):
    page = board("Treaty of Common Security")

    assert nameless(page) == []
