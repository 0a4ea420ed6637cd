"""The help: from any page to the chapter that belongs to it, through its pages, and its search."""

import pytest
from playwright.sync_api import expect

from config.help import contents
from tests.browser.looks import nameless, violations
from tests.browser.people import follow
from tests.browser.test_every_page import looked_at
from tests.installation import ROOT

PAGES = [page.path for page in contents.read(ROOT / "docs").pages]


@pytest.fixture
def read(open_page, installation):
    """Opens a page of the help as somebody who is not signed in."""

    def read(path):
        page = open_page()
        page.goto(f"{installation.url}/help/{path}/" if path else f"{installation.url}/help/")
        return page

    return read


def test_a_page_opens_the_help_that_belongs_to_it(enter):
    page = enter("dora", "/projects/demo/reconciliation/")

    follow(page.get_by_role("link", name="Help on this page"))

    expect(page.get_by_role("heading", level=1, name="Adjudicating")).to_be_visible()


def test_the_workspace_opens_its_help_beside_the_work(begin):
    page = begin()

    with page.expect_popup() as opened:
        page.get_by_role("link", name="Help on coding").click()

    expect(opened.value.get_by_role("heading", name="Code a document")).to_be_in_viewport()


def test_words_are_searched_in_all_pages(read):
    page = read("")
    expect(page.locator("[data-help-search]")).to_have_attribute("data-ready", "")

    page.get_by_role("searchbox", name="Search the help").fill("zeppelins over Vienna")
    expect(page.locator("[data-help-found]")).to_contain_text("Nothing is said of")
    page.get_by_role("searchbox", name="Search the help").fill("own alignment")
    found = page.get_by_role("link", name="Why a field is left out of its own alignment")
    follow(found.first)

    expect(page.get_by_role("heading", level=1, name="Why events are aligned")).to_be_visible()


def test_every_page_of_the_help_is_in_order(read, installation):
    page = read("")
    faults = []

    for path in PAGES[1:]:
        page.goto(f"{installation.url}/help/{path}/")
        faults += [f"{path}: {fault}" for fault in looked_at(page)]

    assert faults == []


@pytest.mark.parametrize("path", ["tutorial", "reference/coefficients"])
def test_the_help_can_be_read_by_everybody(read, path):
    page = read(path)

    assert nameless(page) == []
    assert violations(page) == []


def test_the_help_follows_the_pages_before_and_after(read):
    page = read("tutorial")

    follow(
        page.get_by_role("navigation", name="Pages before and after").get_by_role(
            "link", name="Coding"
        )
    )

    expect(page.get_by_role("heading", level=1, name="Coding")).to_be_visible()
