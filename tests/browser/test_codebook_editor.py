"""The codebook editor in a real browser: preview, mistakes, nothing typed is lost, from the shipped codebook to a draft."""

import re

from playwright.sync_api import expect

from tests.browser.people import OFFLINE, agree, follow

SMALL = """\
codebook: {id: small, title: Small book, version: 1.0.0, language: en}
event_types:
  - code: EX
    label: Exercise
    definition: Units practise together.
    attributes:
      - {name: status, label: {en: Status, fr: Statut}, type: single_choice, options: [{code: 1, label: planned}, {code: 5, label: postponed}]}
      - {name: reason, label: Why postponed, type: text, visible_if: "status == 5"}
  - code: TO
    label: Treaty
    definition: New text.
"""


def editor(page):
    """The editor with its module and its code view in place and the text looked through."""
    place = page.locator("#editor")
    expect(place).to_have_attribute("data-ready", "", timeout=30_000)
    expect(place).to_have_attribute("data-checked", re.compile("."), timeout=30_000)
    return place


def write(page, text):
    """Another text in the place of the one there is, as from a file."""
    file = {"name": "book.yaml", "mimeType": "application/yaml", "buffer": text.encode()}
    page.locator("[data-open]").set_input_files(file)
    expect(page.locator("#text")).to_have_value(text)


def said(page):
    return page.locator("[data-slot=status]")


def test_a_codebook_is_written_with_its_preview_and_nothing_typed_is_lost(enter, allowed_problems):
    allowed_problems.append("status of 422")  # the text with mistakes, sent as a form
    page = enter("dora", "/projects/bench/codebooks/edit/")
    place = editor(page)
    preview = page.get_by_role("tabpanel", name="Preview")

    # What a coder will see, alive: a condition can be tried out, a translation read.
    write(page, SMALL)
    expect(place).to_have_attribute("data-checked", "sound")
    expect(said(page)).to_contain_text("Kept on the server")
    preview.get_by_label("Event type").select_option("EX")
    expect(preview.get_by_role("textbox", name="Why postponed")).to_have_count(0)
    preview.get_by_role("radio", name="postponed").check()
    expect(preview.get_by_role("textbox", name="Why postponed")).to_be_visible()
    preview.get_by_label("Language").select_option("fr")
    expect(preview.get_by_text("Statut")).to_be_visible()
    expect(preview.get_by_role("textbox", name="Why postponed")).to_be_visible()

    # A mistake is named with its line; the line is one click away; the preview keeps what stood before.
    write(page, SMALL.replace("type: text", "type: txt"))
    expect(place).to_have_attribute("data-checked", "mistakes")
    page.get_by_role("tab", name="Mistakes").click()
    mistakes = page.get_by_role("tabpanel", name="Mistakes")
    expect(mistakes).to_contain_text("event_types[EX].attributes[reason].type")
    mistakes.get_by_role("button", name="Line 8").click()
    page.keyboard.type("      - {name: reason, label: Wh")
    expect(said(page)).to_contain_text("Kept on the server")

    # A text with mistakes cannot be saved as a draft, and is there again: after that, and in a new window.
    follow(page.get_by_role("button", name="Save as draft"))
    expect(page.get_by_role("alert")).to_contain_text("Not saved as a draft")
    editor(page)
    box = page.get_by_role("textbox", name="Text of the codebook, YAML")
    expect(box).to_contain_text("name: reason, label: Wh")
    page.goto(page.url)
    editor(page)
    expect(box).to_contain_text("name: reason, label: Wh")
    expect(page.get_by_text("Where you left off")).to_be_visible()

    # Sound again, it becomes the draft, and is compared with what is published.
    write(page, SMALL)
    expect(place).to_have_attribute("data-checked", "sound")
    page.get_by_role("tab", name="Changes").click()
    expect(page.get_by_role("tabpanel", name="Changes")).to_contain_text("meaning")
    follow(page.get_by_role("button", name="Save as draft"))
    expect(page.get_by_role("heading", level=1, name="Small book")).to_be_visible()
    follow(page.get_by_role("link", name="What changed"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("From version 1 to 2"))

    # From one that ships, after the question whether what is unsaved may go.
    page.goto(page.url.replace("2/changes/", "edit/"))
    editor(page)
    page.locator("summary", has_text="Start from").click()
    asked = agree(page, page.get_by_role("button", name="Commitment Signals"))
    assert asked.startswith("Start from “Commitment Signals”?")
    expect(page.get_by_role("textbox", name="Text of the codebook, YAML")).to_contain_text(
        "signals-only"
    )


def test_what_the_server_does_not_get_waits_on_this_computer(enter, allowed_problems):
    allowed_problems += OFFLINE
    page = enter("dora", "/projects/bench/codebooks/edit/")
    editor(page)

    page.context.set_offline(True)
    write(page, "codebook: {id: begun-offline}")
    expect(said(page)).to_contain_text("Kept on this computer", timeout=15_000)
    page.context.set_offline(False)

    expect(said(page)).to_contain_text("Kept on the server", timeout=30_000)
    page.goto(page.url)
    editor(page)
    expect(page.get_by_role("textbox", name="Text of the codebook, YAML")).to_contain_text(
        "begun-offline"
    )
