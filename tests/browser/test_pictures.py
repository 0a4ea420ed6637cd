"""Takes the pictures of the README and the tutorial, all of the demo project.

They go to the pictures' folder; with CONCORD_UPDATE_PICTURES=1 into docs/pictures too, made small enough to keep.
"""

import os
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.people import (
    choose,
    choose_states,
    evidence,
    follow,
    go_to,
    mark,
    new_event,
    open_document,
    wait_until_saved,
    write,
)
from tests.installation import ROOT

LARGEST = 150_000  # bytes of one picture in the repository


@pytest.fixture
def take(pictures):
    def take(page, name):
        page.mouse.move(0, 0)
        path = pictures / f"{name}.png"
        page.screenshot(path=path, animations="disabled", caret="hide")
        small = _made_small(path)
        assert small.stat().st_size < LARGEST
        if os.environ.get("CONCORD_UPDATE_PICTURES") == "1":
            kept = ROOT / "docs" / "pictures" / path.name
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(small.read_bytes())

    return take


def _made_small(path: Path) -> Path:
    """The picture in 256 colours, which is all that flat surfaces and letters need."""
    small = path.with_name(f"{path.stem}-small.png")
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT, dither=0)
        few.save(small, optimize=True)
    return small


def test_picture_of_the_workspace(enter, take):
    page = enter("ada", "/projects/demo/")
    go_to(page, "My work")
    open_document(page, "Readout of the Secretary’s Call With Japan’s Minister of Defense")

    mark(page, "spoke this evening by phone with the Minister of Defense of Japan")
    new_event(page, "OC")
    write(page, "Short title", "Defence ministers of the United States and Japan speak, 2022")
    choose_states(page, "Provider state(s)", "United States", "Japan")
    choose(page, "Mode", "call or video")
    mark(page, "directed their staffs to speed up the exchange of warning data")
    page.keyboard.press("Enter")

    mark(page, "the commitment of the United States to the defense of Japan is unshakable")
    new_event(page, "CS")
    write(page, "Short title", "United States reaffirms its treaty with Japan, January 2022")
    choose_states(page, "Provider state(s)", "United States")
    mark(page, "The Secretary reaffirmed")
    page.keyboard.press("Enter")
    expect(evidence(page, "provider")).to_have_text(["The Secretary reaffirmed"])
    choose(page, "Reciprocal act", "no")
    choose_states(page, "Recipient state(s)", "Japan")
    mark(page, "all territory under the administration of Japan")
    wait_until_saved(page)
    expect(page.locator("[data-slot=said]")).to_be_empty(timeout=8_000)
    page.get_by_role("main").evaluate("pane => pane.scrollTo(0, 0)")

    take(page, "workspace")


def test_picture_of_the_board(enter, take):
    page = enter("dora", "/projects/demo/reconciliation/")
    follow(page.get_by_role("link", name="Open the board").last)
    documents = page.get_by_role("navigation", name="Documents")
    follow(documents.get_by_role("link", name="Convention"))
    expect(page.get_by_role("row", name=re.compile("^Provider state")).first).to_have_attribute(
        "aria-current", "true"
    )

    take(page, "board")


def test_picture_of_the_start_page(enter, take):
    page = enter("dora", "/projects/demo/")
    expect(page.get_by_role("heading", name="The way of the data")).to_be_visible()

    take(page, "overview")


def test_picture_of_opening_a_round(enter, take):
    page = enter("dora", "/projects/demo/rounds/open/")
    page.get_by_label("Name").fill("Third round")
    for coder in page.get_by_role("group", name="Coders").get_by_role("checkbox").all():
        coder.check()
    follow(page.get_by_role("button", name="Show what will happen"))
    expect(page.get_by_role("button", name="Open the round")).to_be_visible()

    take(page, "round")


def test_picture_of_the_figures(enter, take):
    page = enter("dora", "/projects/demo/reconciliation/")
    follow(page.get_by_role("link", name="Figures").last)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Agreement in")

    take(page, "figures")


def test_picture_of_a_release(enter, take):
    page = enter("dora", "/projects/demo/releases/")
    follow(page.get_by_role("link", name="0.1.0").first)
    expect(page.get_by_role("heading", level=1, name="Version 0.1.0")).to_be_visible()

    take(page, "release")
