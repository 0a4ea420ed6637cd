"""Fifty conflicts settled by keys alone, a field filled and proved by keys alone: no mouse is ever touched."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from reconciliation import queue
from reconciliation.models import Decision, Position, ResolvedEvent
from tests.reconciliation import samples
from tests.reconciliation.samples import BODY, aligned_table, event

pytestmark = pytest.mark.django_db(transaction=True)

# On a machine that is busy with other tests a page may take its time; what never comes still fails.
expect.set_options(timeout=20_000)

CONFLICTS = ("third", "topics", "weight", "status", "troops")


def differing(document: int, line: int, *, is_second: bool) -> dict:
    """An event that two coders find alike and fill otherwise in five fields."""
    first = {"third": [220], "topics": ["land"], "weight": 1, "status": 1, "troops": 100}
    second = {"third": [255], "topics": ["sea"], "weight": 2, "status": 4, "troops": 200}
    title, start = f"Exercise {document}.{line}", f"{1951 + line}-06-{10 + document}"
    return event(line=2 * line, title=title, start=start, **(second if is_second else first))


@pytest.fixture
def made():
    return aligned_table(
        {
            f"d{n}": {
                label: [differing(n, line, is_second=label == "C2") for line in range(2)]
                for label in ("C1", "C2")
            }
            for n in range(1, 6)
        },
        labels=("C1", "C2"),
    )


@pytest.fixture
def board(open_page, live_server, made):
    """The board of the document that needs it most, signed in as the adjudicator, its keys in place."""
    signed_in = Client()
    signed_in.force_login(made.pi.user)
    page = open_page()
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [{"name": name, "value": signed_in.cookies[name].value, "url": live_server.url}]
    )
    page.goto(
        live_server.url
        + reverse("board_queue", args=[made.round.project.slug, made.round.public_id])
    )
    ready(page, "Document d1")
    return page


def ready(page, title) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("main.board[data-ready]")).to_be_visible()


def left(page, conflicts: int) -> None:
    """The page says so once what was decided is kept and the next row is stood on."""
    words = f"{conflicts} conflict{'' if conflicts == 1 else 's'} left" if conflicts else "no conflict left"  # fmt: skip
    expect(page.locator("[data-swap=header]").get_by_text(words, exact=True)).to_be_visible()


def test_fifty_conflicts_are_settled_by_keys_alone(board, made) -> None:
    taken = []
    for number in range(1, 6):
        ready(board, f"Document d{number}")
        for n in range(10):
            label = n % 2 + 1
            board.keyboard.press(str(label))
            expect(board.locator("tr[aria-current] [name=reason]")).to_be_focused()
            board.keyboard.type("So.")
            board.keyboard.press("Enter")
            left(board, 9 - n)
            taken.append(f"C{label}")
        board.keyboard.press("a")
        expect(board.locator("tr[data-open]")).to_have_count(0)
        if number < 5:
            with board.expect_navigation():
                board.keyboard.press("j")

    decided = Decision.objects.filter(kind="adopted").order_by("pk")
    rows = decided.values_list("adopted_from__assignment__coder__label", "field", "reason")
    assert [(label, reason) for label, _, reason in rows] == [(label, "So.") for label in taken]
    assert {field for _, field, _ in rows} == set(CONFLICTS)
    assert ResolvedEvent.objects.filter(reopened_at=None).count() == 10
    assert all(one.is_settled for one in queue.entries(made.pi, made.round))
    # Values of either coder in all five fields, as the keys said.
    assert {one.values["troops"] for one in ResolvedEvent.objects.all()} == {100, 200}


def test_a_field_is_filled_and_proved_by_keys_alone(board, made) -> None:
    board.keyboard.press("f")
    choice = board.get_by_label("No coder filled").first
    expect(choice).to_be_focused()
    board.keyboard.type("Cause")
    board.keyboard.press("Tab")
    board.keyboard.press("Enter")
    row = board.locator("tr[aria-current]")
    expect(row.get_by_text("nobody filled it")).to_be_visible()

    own = row.get_by_label("Own value of Cause")
    expect(own).to_be_focused()
    board.keyboard.type("2")
    expect(own).to_have_value("2")
    board.keyboard.press("Escape")
    board.keyboard.press("m")
    expect(row.get_by_label("Evidence of Cause")).to_be_focused()
    board.keyboard.type("for the 53th time at sea")
    board.keyboard.press("Escape")
    board.keyboard.press("r")
    expect(row.get_by_label("Reason for Cause")).to_be_focused()
    board.keyboard.type("Named in the annex.")
    board.keyboard.press("Enter")

    expect(
        board.locator("tr.position", has_text="Cause").get_by_text("“for the 53th")
    ).to_be_attached()
    decision = Decision.objects.get(field="cause")
    assert (decision.value, decision.reason) == ([2], "Named in the annex.")
    start = BODY.index("for the 53th")
    assert list(decision.proofs.values_list("start", "end")) == [(start, start + 24)]
    assert Position.objects.get(field="cause").is_settled


def test_what_is_marked_in_the_text_proves_the_decision(board) -> None:
    board.locator(".board__text [data-s]").nth(3).click(click_count=3)
    board.keyboard.press("m")

    line = samples.LINE
    evidence = board.locator("tr[aria-current] [name=passages]")
    expect(evidence).to_be_focused()
    expect(evidence).to_have_value(f"{3 * line}-{4 * line - 1}")


def test_the_queue_is_found_by_key_and_narrowed_without_leaving_the_document(board) -> None:
    board.keyboard.press("/")
    expect(board.get_by_label("Words in titles")).to_be_focused()
    board.keyboard.type("d4")
    with board.expect_navigation():
        board.keyboard.press("Enter")

    ready(board, "Document d1")
    documents = board.get_by_role("navigation", name="Documents")
    expect(documents.locator("ol a")).to_have_count(1)
    with board.expect_navigation():
        board.keyboard.press("j")
    ready(board, "Document d4")
    expect(documents.get_by_role("link", name="Show all again")).to_be_visible()
