"""The coding workspace in a browser: nothing typed is lost, passages stay where they were marked, hands stay on the keys."""

import re

from playwright.sync_api import expect

from tests.browser import bench
from tests.browser.looks import colours, contrast, luminance, nameless
from tests.browser.people import (
    OFFLINE,
    choose,
    evidence,
    field,
    form,
    kept,
    mark,
    marked,
    new_event,
    status,
    submit,
    wait_until_ready,
    wait_until_saved,
    write,
)

MEETING = "met in Valletta on 3 June 1987"
OPERATIONS = re.compile(r"/operations/$")


def values_of(work):
    """The values of the only event that is kept."""
    (event,) = work["events"]
    return event["values"]


# -- undo and redo


def test_undo_and_redo_take_back_and_do_again_each_step(begin, installation):
    page = begin()
    mark(page, MEETING)
    new_event(page, "OC")
    write(page, "Place", "Valletta")
    choose(page, "Reciprocal act", "yes")
    choose(page, "Visibility", "public")

    page.get_by_role("button", name="Undo").click()
    page.keyboard.press("Control+z")
    wait_until_saved(page)
    assert values_of(kept(page, installation)) == {"location_name": "Valletta"}

    page.get_by_role("button", name="Redo").click()
    page.keyboard.press("Control+Shift+z")
    wait_until_saved(page)
    assert values_of(kept(page, installation)) == {
        "location_name": "Valletta",
        "reciprocal": 1,
        "visibility": 1,
    }


def test_undo_brings_back_a_removed_event_with_its_passages(begin, installation):
    page = begin()
    mark(page, MEETING)
    new_event(page, "OC")
    write(page, "Place", "Valletta")
    page.get_by_label("More for this event").click()
    page.get_by_role("button", name="Remove this event").click()
    expect(form(page)).to_have_count(0)
    wait_until_saved(page)
    assert kept(page, installation)["events"] == []

    page.get_by_role("button", name="Undo").click()

    expect(evidence(page, "evidence")).to_have_text([MEETING])
    wait_until_saved(page)
    assert values_of(kept(page, installation)) == {"location_name": "Valletta"}


# -- the network goes, the server fails


def test_offline_work_is_kept_here_and_sent_when_the_network_is_back(
    begin, installation, allowed_problems
):
    allowed_problems += OFFLINE
    page = begin()
    new_event(page, "OC")
    wait_until_saved(page)

    page.context.set_offline(True)
    write(page, "Place", "Valletta")
    expect(status(page)).to_contain_text("No connection. Saved on this computer, 1 to send")
    choose(page, "Visibility", "public")
    expect(status(page)).to_contain_text("2 to send")
    submit(page)
    expect(page.get_by_role("alert")).to_contain_text("has reached the server yet")
    page.context.set_offline(False)

    wait_until_saved(page)
    assert values_of(kept(page, installation)) == {"location_name": "Valletta", "visibility": 1}


def test_a_failing_server_and_a_lost_answer_lose_and_double_nothing(
    begin, installation, allowed_problems
):
    allowed_problems += ["status of 503", "ERR_FAILED"]
    page = begin()
    troubles = []

    def trouble(route):
        """First the server fails; then it takes the work, but its answer is lost; then all is well."""
        troubles.append(route.request)
        if len(troubles) == 1:
            route.fulfill(status=503, json={"title": "The disk is full", "status": 503})
        elif len(troubles) == 2:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route(OPERATIONS, trouble)
    new_event(page, "OC")
    write(page, "Place", "Valletta")
    expect(status(page)).to_contain_text("the disk is full, trying again")

    wait_until_saved(page)
    assert len(troubles) == 3
    work = kept(page, installation)
    assert values_of(work) == {"location_name": "Valletta"}
    sent = troubles[-1].post_data_json["operations"]
    assert work["version"] == len({operation["id"] for operation in sent})


def test_signed_out_work_stays_on_this_computer_and_says_so(begin, allowed_problems, installation):
    allowed_problems.append("status of 401")
    page = begin()
    new_event(page, "OC")
    wait_until_saved(page)
    cookies = page.context.cookies()

    page.context.clear_cookies()
    write(page, "Place", "Valletta")
    expect(status(page)).to_contain_text("Not saved: you are signed out; 1 change kept")
    page.context.add_cookies(cookies)

    wait_until_saved(page)
    assert values_of(kept(page, installation)) == {"location_name": "Valletta"}


# -- tabs and windows


def test_two_tabs_show_one_another_what_is_typed(begin, installation):
    page = begin()
    new_event(page, "OC")
    wait_until_saved(page)
    other = page.context.new_page()
    other.goto(page.url)
    wait_until_ready(other, bench.NOTE)

    write(page, "Place", "Valletta")
    expect(field(other, "location_name").get_by_role("textbox")).to_have_value("Valletta")
    choose(other, "Visibility", "public")
    expect(
        field(page, "visibility").get_by_role("radio", name="public", exact=True)
    ).to_be_checked()

    wait_until_saved(page)
    wait_until_saved(other)
    assert values_of(kept(page, installation)) == {"location_name": "Valletta", "visibility": 1}


def test_two_computers_both_keep_their_work(begin, enter, installation, allowed_problems):
    allowed_problems.append(
        "status of 412"
    )  # the second is told what it missed, and goes on from there
    page = begin()
    new_event(page, "OC")
    wait_until_saved(page)
    other = enter("ada", page.url.removeprefix(installation.url))
    wait_until_ready(other, bench.NOTE)

    write(page, "Place", "Valletta")
    wait_until_saved(page)
    choose(other, "Visibility", "public")
    wait_until_saved(other)

    expect(field(other, "location_name").get_by_role("textbox")).to_have_value("Valletta")
    assert values_of(kept(page, installation)) == {"location_name": "Valletta", "visibility": 1}


def test_a_page_that_dies_loses_nothing_that_was_typed(begin, installation, allowed_problems):
    allowed_problems.append("ERR_FAILED")
    page = begin()
    new_event(page, "OC")
    wait_until_saved(page)
    page.context.route(OPERATIONS, lambda route: route.abort())
    field(page, "title").get_by_role("textbox").press_sequentially("Ministers meet in Va")
    expect(status(page)).to_contain_text("Saved on this computer")
    page.close()

    again = page.context.new_page()
    again.goto(page.url)
    wait_until_ready(again, bench.NOTE)

    expect(field(again, "title").get_by_role("textbox")).to_have_value("Ministers meet in Va")
    expect(status(again)).to_contain_text("Saved on this computer")
    page.context.unroute(OPERATIONS)
    again.reload()
    wait_until_ready(again, bench.NOTE)
    wait_until_saved(again)
    assert values_of(kept(again, installation)) == {"title": "Ministers meet in Va"}


# -- passages


def test_passages_are_the_words_that_were_marked_in_any_script(begin, installation):
    wanted = [
        "raised their glasses 🥂🥂 before",
        "الاتفاق في فاليتا",
        "𝒯he toast, the naïve café owner (naïve) said",
        "holds for ten years",
    ]
    page = begin(bench.PARTS)
    for words in wanted:
        mark(page, words)
        expect(marked(page)).to_have_text(words)
        new_event(page, "OC")
        expect(evidence(page, "evidence")).to_have_text([words])

    wait_until_saved(page)
    assert [passage["exact"] for passage in kept(page, installation)["passages"]] == wanted
    page.reload()
    wait_until_ready(page, bench.PARTS)
    expect(evidence(page, "evidence")).to_have_text(wanted[-1:])


def test_passages_are_painted_before_the_server_has_told_the_work(begin):
    # Past a service worker the test could not hold the answer back.
    page = begin(bench.PARTS, service_workers="block")
    mark(page, "holds for ten years")
    new_event(page, "OC")
    wait_until_saved(page)
    held, released = [], []
    page.route(
        re.compile(r"/api/v1/assignments/[^/]+/$"),
        lambda route: route.continue_() if released else held.append(route),
    )

    page.reload(wait_until="domcontentloaded")

    page.wait_for_function("CSS.highlights.get('evidence-other')?.size === 1")
    expect(page.get_by_text("Your coding is being fetched…")).to_be_visible()
    released.append(True)
    for route in held:
        route.continue_()
    wait_until_ready(page, bench.PARTS)
    expect(evidence(page, "evidence")).to_have_text(["holds for ten years"])


# -- without a mouse


def test_an_event_is_coded_and_proved_by_keys_alone(begin, installation):
    page = begin()
    page.keyboard.press("F2")
    expect(page.get_by_label(re.compile("^Text of the document"))).to_be_focused()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    sentence = "The defence ministers of Italy and Malta met in Valletta on 3 June 1987."
    expect(marked(page)).to_have_text(sentence)
    page.keyboard.press("n")
    page.keyboard.type("consultation")
    page.keyboard.press("Enter")
    # As a person would, who types when the form is there.
    expect(form(page).get_by_role("textbox", name="Short title")).to_be_focused()
    page.keyboard.type("Ministers meet")
    page.keyboard.press("Enter")
    expect(form(page).get_by_role("combobox", name="Provider state(s)")).to_be_focused()
    page.keyboard.type("ita")
    page.keyboard.press("Enter")
    page.keyboard.type("mlt")
    page.keyboard.press("Enter")

    page.keyboard.press("F2")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    passage = (
        "They agreed that Italian instructors will train forty Maltese soldiers each year. The"
    )
    expect(marked(page)).to_have_text(passage)
    page.keyboard.press("Enter")

    expect(evidence(page, "evidence")).to_have_text([sentence])
    expect(evidence(page, "provider")).to_have_text([passage])
    wait_until_saved(page)
    work = kept(page, installation)
    assert values_of(work) == {"title": "Ministers meet", "provider": [325, 338]}
    assert [one["exact"] for one in work["passages"]] == [sentence, passage]


def test_a_document_without_events_is_handed_in_by_keys_alone(begin, installation):
    page = begin()
    tab_to(page, page.get_by_role("button", name="Read, no event"))
    page.keyboard.press("Enter")
    expect(
        page.get_by_text("You have read this document and found no event in it.")
    ).to_be_visible()
    wait_until_saved(page)
    address = page.locator("#workspace").get_attribute("data-state-url")

    page.keyboard.press("Control+Enter")

    page.wait_for_function(
        "address => document.getElementById('workspace').dataset.stateUrl !== address", arg=address
    )
    work = page.request.get(f"{installation.url}{address}").json()
    assert (work["state"], work["outcome"]["value"]) == ("submitted", "no_event")


def tab_to(page, wanted):
    for _ in range(40):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the Tab key does not lead there")


def test_single_keys_are_silent_while_typing(begin):
    page = begin()
    new_event(page, "OC")
    page.keyboard.type("n 1 j ? /")

    expect(field(page, "title").get_by_role("textbox")).to_have_value("n 1 j ? /")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_list_of_keys_opens_and_closes_by_key(begin):
    page = begin()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text(
        "New event, with the marked passage"
    )
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


# -- what stands against submitting


def test_submitting_an_unfinished_event_lists_what_is_open_and_leads_there(begin, allowed_problems):
    allowed_problems.append("status of 422")
    page = begin()
    new_event(page, "OC")
    submit(page)

    problems = page.get_by_role("alert", name="What stands against submitting")
    expect(problems).to_contain_text("things to do before submitting")
    problems.get_by_role("button", name=re.compile("Visibility")).click()
    expect(field(page, "visibility").get_by_role("radio").first).to_be_focused()
    choose(page, "Visibility", "public")
    expect(problems.get_by_role("button", name=re.compile("Visibility"))).to_have_count(0)


# -- on a tablet


def test_the_queue_is_shown_and_hidden_on_a_laptop_and_on_a_tablet(begin):
    page = begin()
    queue = page.get_by_role("navigation", name="My queue")
    button = page.get_by_role("button", name="Queue")
    for width, is_shown in ((1280, True), (820, False)):
        page.set_viewport_size({"width": width, "height": 1100})
        expect(queue).to_be_visible(visible=is_shown)
        button.click()
        expect(queue).to_be_visible(visible=not is_shown)
        expect(button).to_have_attribute("aria-expanded", str(not is_shown).lower())
        button.click()
        expect(queue).to_be_visible(visible=is_shown)


# -- for every eye and ear


def test_every_part_and_control_of_the_workspace_has_a_name(begin):
    page = begin()
    mark(page, MEETING)
    new_event(page, "MA")

    for role, name in (
        ("banner", None),
        ("navigation", "My queue"),
        ("main", None),
        ("complementary", "Events"),
        ("article", "Event 1"),
        ("radiogroup", "Reciprocal act"),
        ("combobox", "Provider state(s)"),
        ("textbox", "Start"),
        ("group", "Amount"),
    ):
        expect(page.get_by_role(role, name=name).first).to_be_visible()
    assert nameless(page) == []


def test_the_workspace_is_legible_in_the_dark(begin, pictures):
    page = begin(color_scheme="dark")
    mark(page, MEETING)
    new_event(page, "OC")
    choose(page, "Reciprocal act", "yes")
    mark(page, "two patrol boats")

    page.screenshot(path=pictures / "workspace-dark.png")
    for place in (
        page.locator("[data-text] p").first,
        page.get_by_role("heading", level=1),
        field(page, "visibility").locator(".coded__label"),
        field(page, "visibility").locator(".choice").first,
        page.get_by_role("button", name="Submit"),
    ):
        text, ground = colours(place)
        assert contrast(text, ground) >= 4.5
    _, paper = colours(page.locator("[data-text] p").first)
    assert luminance(paper) < 0.1
