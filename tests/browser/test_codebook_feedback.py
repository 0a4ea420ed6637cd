"""From a flagged decision to the line of the codebook that should change: feedback page, draft note, editor."""

import re

from playwright.sync_api import expect

from tests.browser.people import follow


def test_a_flagged_decision_becomes_a_note_at_its_line_in_the_editor(enter):
    page = enter("dora", "/projects/demo/codebooks/feedback/")
    field = page.get_by_role("region", name="MA Military aid: Amount")
    box = field.get_by_role("checkbox")
    words = field.locator(".concern__words")
    reason = words.inner_text()

    box.check()
    page.get_by_label("Draft note", exact=True).fill("Amounts are written as numbers.")
    follow(page.get_by_role("button", name="Write a draft note"))
    expect(page.get_by_text("in a draft note of version 2 now")).to_be_visible()
    expect(page.get_by_role("region", name="MA Military aid: Amount")).to_have_count(0)
    notes = page.get_by_role("region", name="Draft notes for version 2")
    notes.get_by_text("What it comes from (1)").click()
    expect(notes.get_by_text(reason)).to_be_visible()

    # In the editor it leads to its line.
    follow(page.get_by_role("link", name="Editor"))
    place = page.locator("#editor")
    expect(place).to_have_attribute("data-ready", "", timeout=30_000)
    expect(place).to_have_attribute("data-checked", re.compile("."), timeout=30_000)
    page.get_by_role("tab", name="Notes").click()
    panel = page.get_by_role("tabpanel", name="Notes")
    expect(panel).to_contain_text("Amounts are written as numbers.")
    panel.get_by_role("button", name="go there").click()
    expect(page.locator(".cm-activeLine")).to_contain_text("amount")

    # Nothing typed stands in the way of settling it, and it is gone from the list then.
    panel.get_by_text("Drop it").click()
    panel.get_by_label("Why no version shall say it").fill("The help text says so.")
    follow(panel.get_by_role("button", name="Drop", exact=True))
    expect(page.get_by_text("The note is dropped.")).to_be_visible()
    expect(page.get_by_role("tab", name="Notes")).to_have_count(0)
