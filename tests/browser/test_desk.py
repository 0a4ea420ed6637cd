"""What lies around the desk in a browser: history, search, pages as they look, questions, lists that propose, own keys."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import bench
from tests.browser.people import (
    OFFLINE,
    choose,
    choose_states,
    evidence,
    field,
    follow,
    form,
    kept,
    mark,
    marked,
    new_event,
    wait_until_ready,
    wait_until_saved,
    write,
)

MEETING = "met in Valletta on 3 June 1987"


def pills(page):
    """One for each event of the document."""
    return page.get_by_role("group", name="Events of this document").get_by_role("button")


def side(page, name):
    """The pane turned to another side: Fields, Codebook, Questions, History."""
    group = page.get_by_role("group", name="Show", exact=True)
    group.get_by_role("button", name=re.compile(f"^{name}")).click()


def undo_is_known(page):
    """What came before this page was opened arrives by itself, a moment later."""
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_enabled()


# -- a whole document without a mouse


def to_field(page, name, role="textbox"):
    """As a person would: with the key of the next open field until it is this one."""
    control = field(page, name).get_by_role(role).first
    for _ in range(30):
        if field(page, name).get_attribute("data-active") is not None:
            break
        before = page.locator(".coded[data-active]").get_attribute("data-field")
        page.keyboard.press("Escape")
        page.keyboard.press(".")
        expect(page.locator(f".coded[data-active]:not([data-field={before}])")).to_have_count(1)
    expect(control).to_be_focused()
    return control


def pick(page, name, label):
    """A choice by arrow keys: they move and choose."""
    radio = field(page, name).get_by_role("radio", name=label, exact=True)
    to_field(page, name, "radio")
    page.keyboard.press("Space")
    for _ in range(12):
        if radio.is_checked():
            break
        page.keyboard.press("ArrowDown")
    expect(radio).to_be_checked()


def test_a_whole_document_is_coded_and_handed_in_without_a_mouse(begin, installation):
    page = begin()
    page.keyboard.press("/")
    page.keyboard.type("two patrol boats")
    expect(page.get_by_text("1 of 1")).to_be_visible()
    page.keyboard.press("Escape")
    expect(marked(page)).to_have_text("two patrol boats")
    for _ in range(3):
        page.keyboard.press("[")
    expect(marked(page)).to_have_text("Italy will deliver two patrol boats")
    page.keyboard.press("n")
    page.keyboard.type("aid")
    page.keyboard.press("Enter")
    expect(field(page, "title").get_by_role("textbox")).to_be_focused()
    page.keyboard.type("Italy gives Malta two patrol boats, 1987")
    page.keyboard.press("Shift+Enter")
    expect(evidence(page, "title")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(field(page, "provider").get_by_role("combobox")).to_be_focused()
    page.keyboard.type("ita")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Enter")
    expect(evidence(page, "provider")).to_have_text(["Italy will deliver two patrol boats"])
    pick(page, "reciprocal", "no")
    to_field(page, "recipient", "combobox")
    page.keyboard.type("malta")
    page.keyboard.press("Enter")
    expect(field(page, "recipient").get_by_role("button", name="Remove Malta")).to_be_attached()
    pick(page, "provider_role", "patron")
    to_field(page, "alliance_ref", "combobox")
    page.keyboard.type("ITM-1980")
    pick(page, "commitment_basis", "additional")
    pick(page, "status", "announced or agreed")
    to_field(page, "start")
    page.keyboard.type("3 june 1987")
    page.keyboard.press("Shift+Enter")
    pick(page, "threat_type", "none stated")
    pick(page, "visibility", "public")
    pick(page, "coder_confidence", "sure")
    to_field(page, "ma_modality", "checkbox")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(field(page, "ma_modality").get_by_role("checkbox").nth(2)).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    expect(page.get_by_text("All required fields filled")).to_be_visible()
    wait_until_saved(page)
    address = page.locator("#workspace").get_attribute("data-state-url")

    with page.expect_navigation():
        page.keyboard.press("Control+Enter")

    work = page.request.get(f"{installation.url}{address}").json()
    (event,) = work["events"]
    assert work["state"] == "submitted"
    assert event["values"] == {
        "title": "Italy gives Malta two patrol boats, 1987",
        "provider": [325],
        "reciprocal": 0,
        "recipient": [338],
        "provider_role": 1,
        "alliance_ref": "ITM-1980",
        "commitment_basis": 3,
        "status": 2,
        "start": "1987-06-03",
        "threat_type": 5,
        "visibility": 1,
        "coder_confidence": 3,
        "ma_modality": ["stock"],
    }
    assert sorted(event["evidence"]) == ["evidence", "provider", "start", "title"]
    assert [one["exact"] for one in work["passages"]] == ["Italy will deliver two patrol boats"]


# -- history


def test_undo_and_redo_go_on_after_a_reload(begin, installation):
    page = begin()
    new_event(page, "OC")
    write(page, "Place", "Valletta")
    choose(page, "Visibility", "public")
    page.get_by_role("button", name="Undo", exact=True).click()
    wait_until_saved(page)

    page.reload()
    wait_until_ready(page, bench.NOTE)
    undo_is_known(page)
    page.keyboard.press("Control+Shift+z")
    expect(
        field(page, "visibility").get_by_role("radio", name="public", exact=True)
    ).to_be_checked()
    for _ in range(2):
        page.keyboard.press("Control+z")
    expect(field(page, "location_name").get_by_role("textbox")).to_have_value("")
    page.keyboard.press("Control+z")

    expect(pills(page)).to_have_count(0)
    wait_until_saved(page)
    assert kept(page, installation)["events"] == []


def test_an_event_tells_its_history(begin):
    page = begin()
    mark(page, MEETING)
    new_event(page, "OC")
    write(page, "Start", "June 1987")
    choose(page, "Visibility", "public")
    wait_until_saved(page)
    choose(page, "Visibility", "partly public")
    wait_until_saved(page)
    side(page, "History")

    lines = page.locator(".history__list > li")
    expect(lines).to_contain_text(["Visibility", "Start", "Passages", "Begun as"])
    expect(lines.first).to_contain_text("C1")
    expect(lines.nth(1)).to_contain_text("1987-06")
    expect(lines.nth(2)).to_contain_text(MEETING)


def test_a_duplicate_leaves_the_dates_out_and_a_split_takes_passages_along(begin, installation):
    page = begin()
    mark(page, MEETING)
    new_event(page, "OC")
    write(page, "Short title", "Ministers meet")
    write(page, "Start", "3 June 1987")
    mark(page, "two patrol boats")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+d")
    expect(pills(page)).to_have_count(2)
    expect(field(page, "start").get_by_role("textbox")).to_be_focused()
    expect(field(page, "start").get_by_role("textbox")).to_have_value("")
    expect(field(page, "title").get_by_role("textbox")).to_have_value("Ministers meet")

    pills(page).first.click()
    form(page).get_by_label("More for this event").click()
    form(page).get_by_role("button", name="Split in two").click()
    form(page).get_by_role("checkbox", name="two patrol boats").check()
    form(page).get_by_role("button", name="Split", exact=True).click()

    expect(pills(page)).to_have_count(3)
    wait_until_saved(page)
    first, duplicate, half = kept(page, installation)["events"]
    assert duplicate["values"] == {"title": "Ministers meet"}
    assert half["values"] == first["values"] == {"title": "Ministers meet", "start": "1987-06-03"}
    assert list(first["evidence"]) == ["evidence"]
    assert set(half["evidence"]) <= {"start", "end", "title"}
    assert half["evidence"]


# -- in the text


def test_search_counts_goes_round_and_leaves_the_hit_marked(begin):
    page = begin()
    box = page.get_by_label("Search in the text")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("MALTA")
    expect(page.get_by_text("1 of 2")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 of 2")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 2")).to_be_visible()
    page.keyboard.press("Shift+Enter")
    expect(page.get_by_text("2 of 2")).to_be_visible()
    page.keyboard.press("Escape")
    expect(marked(page)).to_have_text("Malta")
    page.keyboard.press("/")
    page.keyboard.type("submarine")
    expect(page.get_by_text("not found")).to_be_visible()


def test_words_marked_on_the_page_image_are_the_same_characters_of_the_text(begin, installation):
    page = begin(bench.TREATY)
    page.keyboard.press("p")
    words = page.locator(".page-image[data-number='1'] rect")
    expect(words.nth(20)).to_be_attached()
    starts = words.evaluate_all("all => all.map(one => [+one.dataset.s, +one.dataset.l])")
    body = page.evaluate(
        "[...document.querySelectorAll('[data-text] [data-s]')].map(one => [+one.dataset.s, one.textContent])"
    )
    text = {at + i: character for at, words_ in body for i, character in enumerate(words_)}
    first = next(
        n for n, (start, _) in enumerate(starts) if "".join(text.get(start + i, " ") for i in range(9)) == "Recalling"
    )  # fmt: skip

    words.nth(first).hover()
    page.mouse.down()
    words.nth(first + 2).hover()
    page.mouse.up()

    expect(marked(page)).to_have_text("Recalling the common")
    new_event(page, "TO")
    wait_until_saved(page)
    assert [one["exact"] for one in kept(page, installation)["passages"]] == [
        "Recalling the common"
    ]
    expect(words.nth(first)).to_have_attribute("data-on", re.compile("^evidence"))


# -- the codebook and the PI


def test_the_codebook_is_searched_and_read_without_leaving_the_event(begin):
    page = begin()
    new_event(page, "OC")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.get_by_label("Search the codebook")).to_be_focused()
    page.keyboard.type("operational control")
    page.get_by_role("button", name=re.compile("^IC.*include")).first.click()

    expect(form(page).get_by_text("liaison officers", exact=False)).to_be_visible()
    form(page).get_by_role("button", name="back to the type of this event").click()
    expect(form(page).get_by_text("A meeting, call or formal exchange")).to_be_visible()


def test_a_question_is_answered_and_becomes_a_note_for_everybody(begin, enter, installation):
    page = begin()
    mark(page, MEETING)
    new_event(page, "OC")
    wait_until_saved(page)
    mark(page, "two patrol boats")
    page.keyboard.press("q")
    question = page.get_by_label(re.compile("^Question to the PI"))
    expect(question).to_be_focused()
    page.keyboard.type("Is this a second event?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("Not answered yet.")).to_be_visible()

    pi = enter("ben", "/projects/bench/questions/")
    waiting = pi.get_by_role("region", name=re.compile("^To answer"))
    asked = waiting.get_by_role("article").filter(has_text="Is this a second event?").last
    expect(asked.locator("blockquote")).to_have_text("two patrol boats")
    asked.get_by_label("Answer").fill("Yes: aid is its own event.")
    asked.get_by_text("Tell every coder too").click()
    asked.get_by_label(re.compile("^Note for every coder")).fill("Boats promised are MA.")
    follow(asked.get_by_role("button", name="Answer"))
    expect(pi.get_by_role("region", name="Notes on the codebook")).to_contain_text("Boats promised")

    page.reload()
    wait_until_ready(page, bench.NOTE)
    side(page, "Questions")
    expect(form(page).get_by_text("Yes: aid is its own event.").first).to_be_visible()
    side(page, "Codebook")
    expect(form(page).get_by_text("Boats promised are MA.").first).to_be_visible()


def test_a_question_that_cannot_be_asked_now_keeps_its_words(begin, allowed_problems):
    allowed_problems += OFFLINE
    page = begin()
    page.keyboard.press("q")
    expect(page.get_by_label(re.compile("^Question to the PI"))).to_be_focused()
    page.keyboard.type("Is a toast an event?")
    page.context.set_offline(True)
    page.get_by_role("button", name="Ask", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("Not asked: the server cannot be reached")
    expect(page.get_by_label(re.compile("^Question to the PI"))).to_have_value(
        "Is a toast an event?"
    )
    page.context.set_offline(False)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("Not answered yet.")).to_be_visible()


# -- what lists propose


def test_the_list_of_alliances_proposes_treaty_and_role(begin, installation):
    page = begin()
    new_event(page, "MA")
    choose_states(page, "Provider state(s)", "Italy")
    choose(page, "Reciprocal act", "no")
    choose_states(page, "Recipient state(s)", "Malta")
    write(page, "Start", "1987")

    form(page).get_by_role("button", name="ITM-1980 Treaty on the Neutrality of Malta").click()
    form(page).get_by_role("button", name="patron from the list of alliances (ITM-1980)").click()

    expect(field(page, "provider_role")).to_contain_text(
        "as the list of alliances has it (ITM-1980)"
    )
    wait_until_saved(page)
    (event,) = kept(page, installation)["events"]
    assert (event["values"]["provider_role"], event["values"]["alliance_ref"]) == (1, "ITM-1980")
    write(page, "Start", "1975")
    expect(field(page, "provider_role")).to_contain_text("The list of alliances says not allied")


def test_a_state_that_was_none_on_the_day_is_told(begin):
    page = begin()
    new_event(page, "OC")
    write(page, "Start", "1950")
    choose_states(page, "Provider state(s)", "Malta")

    expect(field(page, "provider")).to_contain_text(
        "Malta was no member of the state system on this date (member 1964"
    )


def test_an_event_is_linked_to_one_of_another_document(begin, installation):
    first = begin()
    new_event(first, "OC")
    write(first, "Short title", "The earlier meeting of Valletta")
    wait_until_saved(first)
    (earlier,) = kept(first, installation)["events"]

    page = begin(bench.PARTS)
    new_event(page, "OC")
    linked = field(page, "linked_event")
    linked.get_by_role("button", name="In another document").click()
    page.get_by_label("One of my events in another document").fill("earlier valletta")
    linked.get_by_role("button", name="The earlier meeting of Valletta").first.click()

    expect(linked.get_by_role("checkbox", name="The earlier meeting of Valletta")).to_be_checked()
    wait_until_saved(page)
    (event,) = kept(page, installation)["events"]
    assert event["values"]["linked_event"] == earlier["id"]


# -- keys of one's own


@pytest.fixture
def usual_keys(enter):
    """Keys are kept with the person: whoever changes Ada's puts them back."""
    yield
    page = enter("ada", "/projects/bench/work/")
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
    put_back = page.request.put(
        re.sub(r"/projects/.*", "/api/v1/keys/", page.url),
        data={"single_keys": True, "keys": {}},
        headers={"X-CSRFToken": token},
    )
    assert put_back.status == 200


def test_a_key_is_changed_for_good_and_single_keys_are_switched_off(begin, usual_keys):
    page = begin()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    keys.get_by_role("button", name=re.compile("^Change the key for: New event")).click()
    expect(keys.get_by_label(re.compile("^New key for: New event"))).to_be_focused()
    page.keyboard.press("k")
    expect(keys.get_by_role("alert")).to_contain_text("“k” is taken: Previous document.")
    with page.expect_response(re.compile("/api/v1/keys/$")):
        page.keyboard.press("e")
    page.reload()
    wait_until_ready(page, bench.NOTE)
    page.keyboard.press("e")
    expect(page.get_by_role("dialog", name="Type of the event")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    page.keyboard.press("?")
    expect(keys).to_be_visible()
    with page.expect_response(re.compile("/api/v1/keys/$")):
        keys.get_by_role("checkbox", name=re.compile("^Single keys act")).uncheck()
    page.keyboard.press("Escape")
    expect(keys).to_have_count(0)
    page.keyboard.press("e")
    page.keyboard.press("/")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_label("Search in the text")).not_to_be_focused()


def test_u_leads_to_the_next_document_that_is_not_finished(begin):
    page = begin()
    before = page.url

    with page.expect_navigation():
        page.keyboard.press("u")

    expect(page.locator("#workspace")).to_have_attribute("data-ready", "")
    assert page.url != before
