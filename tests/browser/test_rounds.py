"""Rounds in a browser: looked at before they are opened, moved from hand to hand, learned from, helped by suggestions."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.drill import DRILL, HINTS, NOTE, OTHER
from tests.browser.looks import nameless
from tests.browser.people import (
    evidence,
    field,
    follow,
    kept,
    new_event,
    wait_until_ready,
    wait_until_saved,
)
from tests.installation import ROOT


@pytest.fixture(scope="module")
def laid(installation):
    subprocess.run(
        [sys.executable, "-m", "tests.browser.drill"],
        cwd=ROOT,
        env=installation.environment,
        check=True,
        timeout=120,
    )


def begin(enter, title, in_round):
    page = enter("ada", "/projects/rounds/work/")
    table = page.get_by_role("region", name=f"Documents of {in_round}", exact=True)
    follow(table.get_by_role("link", name=title, exact=True))
    wait_until_ready(page, title)
    return page


def test_a_round_is_looked_at_then_opened_then_moved_from_hand_to_hand(laid, enter):
    page = enter("dora", "/projects/rounds/rounds/open/")
    page.get_by_label("Name", exact=True).fill("Main")
    page.get_by_label("C1: Ada").check()
    page.get_by_label("C2: Ben").check()
    page.get_by_label("Draw", exact=True).select_option("random")
    page.get_by_label("How many").fill("6")
    page.get_by_label("Of a hundred documents").fill("50")
    follow(page.get_by_role("button", name="Show what will happen"))

    plan = page.get_by_role("region", name="What will happen")
    expect(plan.get_by_role("status")).to_have_text(
        re.compile(r"documents\s*6\s*codings\s*9\s*read by several\s*3")
    )
    assert page.get_by_label("Seed").input_value() != ""
    assert nameless(page) == []

    follow(plan.get_by_role("button", name="Open the round"))
    expect(page.get_by_role("heading", level=1, name="Main")).to_be_visible()
    expect(page.get_by_role("region", name="Progress of documents").get_by_role("row")).to_have_count(7)  # fmt: skip

    follow(page.get_by_role("link", name="Move work"))
    leaves = page.get_by_role("form", name="Replace somebody")
    leaves.get_by_label("Who leaves").select_option(label="C1")
    leaves.get_by_role("checkbox", name="C3").check()
    follow(leaves.get_by_role("button", name="Replace"))

    expect(page.get_by_role("status").first).to_contain_text(re.compile(r"C1 gives \d; C3 gets \d"))
    assert nameless(page) == []
    follow(page.get_by_role("link", name="Main"))
    coders = page.get_by_role("region", name="Progress of coders")
    expect(coders.get_by_role("rowheader", name="C3")).to_be_visible()
    expect(coders.get_by_role("rowheader", name="C1")).to_have_count(0)


def test_in_training_handing_in_leads_to_the_gold_answer(laid, enter):
    page = begin(enter, NOTE, DRILL)

    page.get_by_role("button", name="Read, no event").click()
    wait_until_saved(page)
    follow(page.get_by_role("button", name="Submit"))

    expect(page.get_by_text("Your coding beside the gold answer")).to_be_visible()
    expect(page.get_by_text("You both say: read, no event.")).to_be_visible()


def test_suggestions_are_taken_by_key_with_their_words_as_passage(laid, enter, installation):
    page = begin(enter, OTHER, HINTS)
    new_event(page, "EX")
    page.get_by_role("combobox", name="Provider state(s)").focus()
    bar = page.locator("[data-suggestion]")

    page.keyboard.press("Control+Space")
    expect(bar).to_contain_text("Take into Provider state(s)")
    page.keyboard.press("Control+Space")
    expect(bar).to_have_count(0)
    expect(evidence(page, "provider")).to_have_text(["Japan"])

    # Out of the field single keys speak: the next that fits, and one more, is taken by A.
    page.keyboard.press("Escape")
    for _ in range(3):
        page.keyboard.press("s")
    expect(bar).to_contain_text("Australia")
    page.keyboard.press("a")
    expect(evidence(page, "provider")).to_have_text(["Japan", "Australia"])

    page.keyboard.press("s")
    expect(bar).to_be_visible()
    page.keyboard.press("Escape")
    expect(bar).to_have_count(0)
    expect(field(page, "provider")).to_be_visible()
    wait_until_saved(page)
    (event,) = kept(page, installation)["events"]
    assert event["values"]["provider"] == [740, 900]
    assert len(event["evidence"]["provider"]) == 2
