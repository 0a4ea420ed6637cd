"""WCAG 2.2 AA by axe: every state of the workspace and the main pages, in light and dark."""

import re

from playwright.sync_api import expect

from tests.browser import bench
from tests.browser.looks import violations
from tests.browser.people import follow, form, mark, new_event, submit, wait_until_saved, write

MAIN_PAGES = (
    "",
    "work/",
    "documents/",
    "codebooks/1/",
    "questions/",
    "rounds/",
    "alliances/",
    "releases/",
    "members/",
)


def test_the_main_pages_break_no_rule(enter):
    page = enter("ada", "/")
    found = {"/": violations(page)}
    for path in MAIN_PAGES:
        page.goto(re.sub(r"^(https?://[^/]+).*", rf"\1/projects/demo/{path}", page.url))
        found[path] = violations(page)
    assert {path: said for path, said in found.items() if said} == {}


def test_no_state_of_the_workspace_breaks_a_rule(begin, allowed_problems):
    allowed_problems.append("status of 422")
    page = begin(bench.TREATY)
    found = {"empty": violations(page)}
    mark(page, "Recalling the common sacrifices")
    new_event(page, "MA")
    write(page, "Short title", "Aid")
    mark(page, "The Parties shall settle")
    found["fields"] = violations(page)
    page.keyboard.press("Escape")
    for name in ("Codebook", "Questions", "History"):
        sides = form(page).get_by_role("group", name="Show", exact=True)
        sides.get_by_role("button", name=re.compile(f"^{name}")).click()
        found[name] = violations(page)
    page.keyboard.press("/")
    page.keyboard.type("parties")
    found["search"] = violations(page)
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    expect(page.locator(".page-image[data-number='1'] rect").first).to_be_attached()
    found["page"] = violations(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    found["keys"] = violations(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("n")
    expect(page.get_by_role("dialog", name="Type of the event")).to_be_visible()
    found["types"] = violations(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    wait_until_saved(page)
    submit(page)
    expect(page.get_by_role("alert", name="What stands against submitting")).to_be_visible()
    found["problems"] = violations(page)
    assert {state: said for state, said in found.items() if said} == {}


def test_finished_work_is_read_and_breaks_no_rule(begin):
    page = begin()
    page.get_by_role("button", name="Read, no event").click()
    wait_until_saved(page)
    address = page.url
    follow(page.get_by_role("button", name="Submit"))
    page.goto(address)
    expect(page.get_by_role("banner").get_by_text("Submitted")).to_be_visible()

    assert violations(page) == []
