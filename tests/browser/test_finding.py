"""Searching the texts and judging copies, as people do: words under each other, any script, a search kept, a group settled."""

import subprocess
import sys
from urllib.parse import quote

import pytest

playwright = pytest.importorskip(
    "playwright.sync_api", reason="no browser driver is installed here"
)
from playwright.sync_api import expect  # noqa: E402 after the skip

from tests.browser.looks import colours, contrast, nameless  # noqa: E402 after the skip
from tests.installation import ROOT  # noqa: E402 after the skip

SEARCH = "/projects/library/search/"
COPIES = "/projects/library/copies/"


@pytest.fixture(scope="module")
def library(installation):
    subprocess.run(
        [sys.executable, "-m", "tests.browser.library"],
        cwd=ROOT,
        env=installation.environment,
        check=True,
        timeout=240,
    )


@pytest.fixture
def search(enter, library):
    def search(words="", *, user="ada", **options):
        return enter(user, f"{SEARCH}?words={quote(words)}", **options)

    return search


def test_a_hit_leads_to_its_place_in_the_text(search):
    page = search()
    expect(page.get_by_role("heading", name="What are you looking for?")).to_be_visible()

    page.get_by_label("Words").fill("consult")
    page.get_by_label("In article").fill("Article II")
    page.get_by_label("In article").press("Enter")

    expect(page.get_by_role("heading", name="1 document", exact=True)).to_be_visible()
    expect(page.locator(".contexts mark")).to_have_text("consult")
    page.get_by_role("link", name="The Parties consult at once").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Treaty of Mutual Assistance")
    expect(page.locator("mark#hit")).to_have_text("consult")
    expect(page.locator("mark#hit")).to_be_in_viewport()


def edges(marks, side):
    return marks.evaluate_all(
        "(marks, side) => [...new Set(marks.map(one => Math.round(one.getBoundingClientRect()[side])))]",
        side,
    )


def test_words_stand_under_each_other_in_either_direction(search):
    page = search('"joint exercise" OR 演习 OR مناورات')

    expect(page.get_by_role("heading", name="35 documents")).to_be_visible()
    starts = edges(page.locator(".contexts a:not(:dir(rtl)) mark"), "left")
    page.goto(f"{page.url}&outlet={quote('الأهرام')}")
    expect(page.get_by_role("heading", name="1 document", exact=True)).to_be_visible()
    ends = edges(page.locator(".contexts a:dir(rtl) mark"), "right")
    assert (len(starts), len(ends)) == (1, 1)
    assert ends[0] > starts[0]  # from the right of the page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_can_be_read_and_long_lines_stay_inside(search, scheme):
    page = search("exercise", color_scheme=scheme)

    for outlet in ("", "&since=1985-01-01&until=1985-12-31"):
        page.goto(f"{page.url}{outlet}")
        text, ground = colours(page.locator(".contexts mark").first)
        assert contrast(text, ground) >= 7
        for width in (1280, 820):
            page.set_viewport_size({"width": width, "height": 720})
            page.wait_for_function(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            )
    assert nameless(page) == []


def test_what_cannot_be_found_or_asked_is_told(search, allowed_problems):
    allowed_problems.append("status of 422")
    page = search("unheardof")
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()

    page.get_by_label("Words").fill("exer*cise")
    page.get_by_label("Words").press("Enter")
    expect(page.get_by_text("a star can only stand at the end")).to_be_visible()
    expect(page.get_by_label("Words")).to_have_value("exer*cise")


def test_a_search_is_kept_and_found_again(search):
    page = search("manoeuvres")

    page.get_by_label("What was it for?").fill("drills of 1985")
    page.get_by_role("button", name="Keep").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("manoeuvres")
    expect(page.get_by_text("1 of 36 documents")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="times-a4")).to_be_visible()
    page.get_by_role("link", name="Search again").click()
    expect(page.get_by_role("heading", name="1 document", exact=True)).to_be_visible()


def test_a_group_of_copies_is_judged_represented_and_taken_apart(enter, library):
    page = enter("dora", COPIES)
    group = page.locator("form").filter(
        has=page.get_by_role("link", name="Largest allied manoeuvres")
    )
    expect(group.get_by_role("heading", name="4 documents alike")).to_be_visible()
    expect(group.get_by_text("same text")).to_have_count(3)
    # What shares little is not taken for a copy before somebody has looked.
    expect(page.get_by_role("checkbox", name="brief-07 is a copy")).not_to_be_checked()
    expect(page.get_by_role("checkbox", name="times-a4 is a copy")).to_be_checked()

    page.get_by_role("radio", name="ap-771 is coded").check()
    group.get_by_role("button", name="The ticked ones are copies").click()

    expect(page.get_by_text("“ap-771” is coded for 4 copies.")).to_be_visible()
    page.get_by_role("link", name="Found to be copies").click()
    expect(page.get_by_role("cell", name="dora")).to_be_visible()
    page.get_by_role("button", name="Code yonhap-1 instead").click()
    expect(page.get_by_text("“yonhap-1” is drawn into rounds to come")).to_be_visible()
    expect(page.get_by_role("button", name="Code ap-771 instead")).to_be_visible()
    page.get_by_role("button", name="Take apart: copies of yonhap-1").click()
    expect(page.get_by_role("heading", name="No copies are known yet")).to_be_visible()
    assert nameless(page) == []


def test_who_may_not_judge_copies_can_see_them(enter, library):
    page = enter("ada", COPIES)

    expect(page.get_by_role("heading", name="28 documents alike")).to_be_visible()
    expect(page.get_by_role("button", name="The ticked ones are copies")).to_have_count(0)
    page.get_by_text("What is a copy, and what becomes of it?").click()
    expect(page.get_by_text("a round draws one document of each group")).to_be_visible()
