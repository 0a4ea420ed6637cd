"""The board in a real browser: keys, reasons, and decisions that stay on the page."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from reconciliation.models import Decision
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene():
    return factories.scene(reconciled=True)


@pytest.fixture
def board(open_page, live_server, scene):
    """The board of the scene's document, signed in as its adjudicator."""
    signed_in = Client()
    signed_in.force_login(scene.adjudicator.user)
    page = open_page()
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": signed_in.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": live_server.url,
            }
        ]
    )
    page.goto(
        live_server.url
        + reverse(
            "board", args=[scene.project.slug, scene.round.public_id, scene.document.public_id]
        )
    )
    return page


def current(page) -> str:
    return page.locator("tr[aria-current] th span").first.inner_text()


def test_keys_walk_the_conflicts_and_take_a_coders_value_with_a_reason(board):
    assert current(board) == "Title"
    board.keyboard.press("n")
    assert current(board) == "Status"
    board.keyboard.press("p")
    assert current(board) == "Title"

    board.keyboard.press("2")
    assert board.evaluate("document.activeElement.name") == "reason"
    board.keyboard.type("Shorter.")
    board.keyboard.press("Enter")
    expect(board.locator("tr[data-open=conflict]")).to_have_count(1)

    decision = Decision.objects.get()
    assert (decision.field, decision.value, decision.reason) == (
        "title",
        ["Secret title of C2"],
        "Shorter.",
    )
    assert current(board) == "Status"


def test_a_refusal_is_shown_in_its_row_and_the_own_value_can_be_mended(board, allowed_problems):
    allowed_problems.append("422 (Unprocessable")
    board.keyboard.press("n")

    board.keyboard.press("r")
    board.keyboard.type("Neither has it right.")
    board.locator("tr[aria-current] select[name=value]").select_option("5")
    board.locator("tr[aria-current] input[name=reason]").fill("")
    board.locator("tr[aria-current] button:has-text('Decide own value')").click()
    board.wait_for_selector("tr.position [role=alert]")
    assert "please give a reason" in board.locator("tr.position [role=alert]").inner_text()
    assert current(board) == "Status"


def test_accepting_all_agreed_by_key(board):
    board.keyboard.press("a")
    board.wait_for_selector("text=positions accepted")

    assert Decision.objects.filter(kind="agreed").count() == 4
    assert board.locator("tr[data-open]").count() == 2


def test_single_keys_are_silent_while_one_types(board):
    board.keyboard.press("r")
    board.keyboard.type("an 1985 annex")

    assert board.evaluate("document.activeElement.value") == "an 1985 annex"
    board.keyboard.press("Escape")
    board.keyboard.press("?")
    assert board.locator("dialog#keys").get_attribute("open") is not None
    assert not Decision.objects.exists()


def test_the_passages_of_both_coders_are_painted(board):
    painted = board.evaluate(
        "['coder-a', 'coder-b'].map((name) => [...CSS.highlights.get(name)].map((range) => "
        "range.startContainer.data.slice(range.startOffset, range.endOffset)))"
    )

    assert painted == [["The United States"], ["The United States"]]


def test_a_quote_leads_to_its_place_in_the_text(board):
    board.locator("[data-scroll]").first.click()

    here = board.evaluate(
        "[...CSS.highlights.get('here')].map((r) => r.startContainer.data.slice(r.startOffset, r.endOffset))"
    )
    assert set(here) == {"The United States"}


def test_an_event_is_split_and_merged_again_by_key(board):
    groups = board.get_by_role("article")
    before = groups.count()
    board.keyboard.press("u")
    split = board.locator("details[open] [data-regroup]")
    expect(split.get_by_role("checkbox", name="C1")).to_be_focused()
    board.keyboard.press("Space")
    split.get_by_label("Reason").fill("Two visits, a week apart.")
    split.get_by_role("button", name="Split the chosen off").click()
    expect(groups).to_have_count(before + 1)
    expect(board.get_by_text("Split off. The rest stays together.")).to_be_visible()

    board.keyboard.press("g")
    merge = board.locator("details[open] [data-regroup]")
    expect(merge.get_by_label("Other event")).to_be_focused()
    others = merge.get_by_label("Other event").locator("option")
    merge.get_by_label("Other event").select_option(value=others.nth(1).get_attribute("value"))
    merge.get_by_label("Reason").fill("The same visit after all.")
    merge.get_by_role("button", name="Merge with the other event").click()
    expect(groups).to_have_count(before)
    expect(board.get_by_text("merged by", exact=False).first).to_be_visible()
