"""Event templates by the keyboard: kept from a filled event, begun from after a reload, taken back and removed."""

import re

from playwright.sync_api import expect

from tests.browser import bench
from tests.browser.people import (
    field,
    form,
    kept,
    new_event,
    wait_until_ready,
    wait_until_saved,
)

VALUES = {"title": "Training of Maltese soldiers", "provider": [325], "visibility": 1}


def events(page):
    group = page.get_by_role("group", name="Events of this document")
    return group.get_by_role("button")


def begin_with(page, words):
    """N, words of a name, Enter."""
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    picker = page.get_by_role("dialog", name="Type of the event")
    expect(picker).to_be_visible()
    page.keyboard.type(words)
    return picker


def test_a_template_gives_its_values_to_new_events_after_a_reload_and_goes(begin, installation):
    page = begin()
    new_event(page, "FT")
    page.keyboard.type(VALUES["title"])
    page.keyboard.press("Enter")
    page.keyboard.type("Italy")
    page.keyboard.press("Enter")
    field(page, "visibility").get_by_role("radio", name="public", exact=True).check()
    start = field(page, "start").get_by_role("textbox")
    start.fill("3 June 1987")
    start.press("Escape")

    page.keyboard.press("t")
    name = page.get_by_label("Name of the template")
    expect(name).to_be_focused()
    expect(name).to_have_value(VALUES["title"])
    expect(page.get_by_role("form", name="Keep as a template")).to_contain_text("Keeps 3 values")
    name.fill("Yearly training")
    page.keyboard.press("Enter")
    expect(name).to_have_count(0)
    wait_until_saved(page)
    page.reload()
    wait_until_ready(page, bench.NOTE)
    picker = begin_with(page, "yearly")
    expect(picker.get_by_role("option")).to_have_text([re.compile(r"^\s*FT\s*Yearly training")])
    expect(picker).to_contain_text("Italy")
    page.keyboard.press("Enter")

    expect(events(page)).to_have_count(2)
    expect(field(page, "start").get_by_role("textbox")).to_be_focused()
    expect(field(page, "title").get_by_role("textbox")).to_have_value(VALUES["title"])
    wait_until_saved(page)
    first, second = kept(page, installation)["events"]
    assert first["values"] == VALUES | {"start": "1987-06-03"}
    assert (second["values"], second["evidence"]) == (VALUES, {})

    page.keyboard.press("Control+z")
    expect(events(page)).to_have_count(1)
    picker = begin_with(page, "yearly")
    picker.get_by_role("button", name="Remove this template").press("Enter")
    expect(picker).to_contain_text("No type fits “yearly”")
    page.keyboard.press("Escape")
    expect(form(page)).to_be_visible()
    wait_until_saved(page)
    assert [event["values"] for event in kept(page, installation)["events"]] == [first["values"]]
