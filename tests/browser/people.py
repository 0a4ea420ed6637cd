"""What a person does in a browser, said once for all tests."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.installation import PASSWORD, Installation


def sign_in(page: Page, installation: Installation, user: str) -> None:
    page.goto(installation.url)
    page.get_by_label("User name").fill(user)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Projects")).to_be_visible()


def wait_until_saved(page: Page) -> None:
    expect(page.locator("[data-slot=status]")).to_have_text(re.compile(r"^\s*Saved\s*$"))


def mark(page: Page, words: str) -> None:
    """Drag the mouse over these words, as they stand on one line of the text pane."""
    box = page.evaluate(
        """(words) => {
          for (const block of document.querySelectorAll('[data-text] [data-s]')) {
            const at = block.firstChild.data.indexOf(words);
            if (at < 0) continue;
            block.scrollIntoView({ block: 'center' });
            const range = document.createRange();
            range.setStart(block.firstChild, at);
            range.setEnd(block.firstChild, at + words.length);
            const lines = [...range.getClientRects()];
            const first = lines[0], last = lines.at(-1);
            return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
          }
          return null;
        }""",
        words,
    )
    assert box is not None, f"the text does not hold {words!r}"
    page.mouse.move(box[0] + 1, box[1])
    page.mouse.down()
    page.mouse.move(box[2] - 1, box[3], steps=8)
    page.mouse.up()


def field(page: Page, name: str) -> Locator:
    return page.locator(f"[data-slot=events] [data-field={name}]")


def write(page: Page, name: str, words: str) -> None:
    page.locator(f"#field-{name}").fill(words)
    page.locator(f"#field-{name}").press("Tab")


def choose(page: Page, name: str, label: str) -> None:
    field(page, name).get_by_text(label, exact=True).first.click()


def choose_states(page: Page, name: str, *states: str) -> None:
    box = page.locator(f"#field-{name}")
    for state in states:
        box.press_sequentially(state)
        box.press("Enter")


def new_event(page: Page, code: str) -> None:
    page.keyboard.press("n")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.locator("#field-title")).to_be_visible()
