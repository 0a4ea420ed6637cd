"""What a person does in a browser, said once for all tests. Named by roles and labels, as people find things."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.installation import PASSWORD, Installation

# Long work is done by a real worker on a machine that may be busy.
PATIENCE = 60_000
# What the console says of requests that meet no network: from the page, and from the service worker that answers for it.
OFFLINE = ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED"]


# -- pages


def follow(press: Locator) -> None:
    """Press what leads to another page, and wait until all of that page is there, its modules too."""
    with press.page.expect_navigation():
        press.click()


def sign_in(page: Page, installation: Installation, user: str) -> Page:
    page.goto(installation.url)
    page.get_by_label("Username").fill(user)
    page.get_by_label("Password").fill(PASSWORD)
    follow(page.get_by_role("button", name="Sign in"))
    expect(page.get_by_role("heading", name="Projects", exact=True)).to_be_visible()
    return page


def go_to(page: Page, place: str) -> None:
    """By the project's navigation."""
    follow(page.get_by_role("navigation", name="Project").get_by_role("link", name=place))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def agree(page: Page, press: Locator) -> str:
    """Press a button that asks whether one is sure, say yes, and return the question."""
    asked: list[str] = []

    def answer(dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    page.once("dialog", answer)
    press.click()
    assert len(asked) == 1
    return asked[0]


# -- the coding workspace


def open_document(page: Page, title: str) -> None:
    """From the page My work, whose lists of active time name documents too."""
    documents = page.get_by_role("region", name="Your documents")
    follow(documents.get_by_role("link", name=title))
    wait_until_ready(page, title)


def wait_until_ready(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    expect(page.locator("#workspace")).to_have_attribute("data-ready", "", timeout=20_000)


def status(page: Page) -> Locator:
    """The line that says where the work is."""
    return page.locator("[data-slot=status]")


def wait_until_saved(page: Page) -> None:
    expect(status(page)).to_have_text(re.compile(r"^\s*Saved\s*$"), timeout=15_000)


def mark(page: Page, words: str) -> None:
    """Drag the mouse over these words of one paragraph, from the first character to the last, in either direction of writing."""
    ends = page.evaluate(
        """(words) => {
          for (const block of document.querySelectorAll('[data-text] [data-s]')) {
            const text = block.firstChild;
            const at = text.data.indexOf(words);
            if (at < 0) continue;
            block.scrollIntoView({ block: 'center' });
            const box = (from, to) => {
              const range = document.createRange();
              range.setStart(text, from);
              range.setEnd(text, to);
              return range.getBoundingClientRect();
            };
            const characters = Array.from(words);
            const first = box(at, at + characters[0].length);
            const last = box(at + words.length - characters.at(-1).length, at + words.length);
            const isLeftwards = first.top === last.top && first.left > last.left;
            return [
              isLeftwards ? first.right - 1 : first.left + 1, first.top + first.height / 2,
              isLeftwards ? last.left + 1 : last.right - 1, last.top + last.height / 2,
            ];
          }
          return null;
        }""",
        words,
    )
    assert ends is not None, f"the text does not hold {words!r}"
    page.mouse.move(ends[0], ends[1])
    page.mouse.down()
    page.mouse.move(ends[2], ends[3], steps=6)
    page.mouse.up()
    expect(page.locator(".markbar")).to_be_visible()


def marked(page: Page) -> Locator:
    """The words that the bar under the text says are marked."""
    return page.locator(".markbar q")


def new_event(page: Page, code: str) -> None:
    page.keyboard.press("n")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(form(page).locator(".event__title .type-code")).to_have_text(code)
    expect(field(page, "title").get_by_role("textbox")).to_be_focused()


def form(page: Page) -> Locator:
    """The open event."""
    return page.get_by_role("article", name=re.compile("^Event "))


def field(page: Page, name: str) -> Locator:
    """One field of the open event, with its evidence."""
    return page.locator(f".coded[data-field={name}]")


def write(page: Page, label: str, words: str) -> None:
    box = form(page).get_by_role(
        "textbox", name=re.compile(rf"^{re.escape(label)} ?(, required|$)")
    )
    box.fill(words)
    box.press("Tab")


def choose(page: Page, group: str, *labels: str) -> None:
    pills = form(page).get_by_role("radiogroup", name=group)
    pills = pills.or_(form(page).get_by_role("group", name=group)).first
    for label in labels:
        pill = pills.get_by_role("radio", name=label, exact=True)
        pill.or_(pills.get_by_role("checkbox", name=label, exact=True)).check()


def choose_states(page: Page, label: str, *states: str) -> None:
    box = form(page).get_by_role("combobox", name=label)
    for state in states:
        box.press_sequentially(state)
        box.press("Enter")
    box.press("Tab")


def evidence(page: Page, name: str) -> Locator:
    """The quotes that stand under a field as its evidence."""
    return field(page, name).locator(".chip q")


def kept(page: Page, installation: Installation) -> dict:
    """What the server holds of the work that is open, as the API tells it."""
    address = page.locator("#workspace").get_attribute("data-state-url")
    answer = page.request.get(f"{installation.url}{address}")
    assert answer.status == 200
    return answer.json()


def submit(page: Page) -> None:
    page.get_by_role("button", name="Submit").click()
