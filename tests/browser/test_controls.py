"""Every control of the form by the keyboard alone: each kind of field filled, saved and there again; missing codes; what
conditions show and hide; rules across fields."""

import re

import pytest
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

# Where the keyboard is: the field whose control has it, "" beside the controls, null outside the form.
WHERE = """() => {
  const row = document.activeElement.closest('.coded');
  return row && (document.activeElement.closest('.coded__menu, .chips, .suggested, [aria-label^=Remove]') ? '' : row.dataset.field);
}"""
ALL_KINDS = {
    "single_choice", "multi_choice", "boolean", "state", "state_list", "date", "integer", "decimal", "money", "text",
    "organisation", "non_state_actor", "treaty_ref", "state_integer_table", "event_ref",
}  # fmt: skip
FURTHER = {"threat_type": 2}  # external and internal: then both are asked for
WORDS = {"text", "organisation", "non_state_actor", "treaty_ref"}


@pytest.fixture
def fields_of(installation):
    """The fields of a type as the codebook tells them, by name."""

    def fields_of(page, code):
        address = page.locator("#workspace").get_attribute("data-codebook-url")
        book = page.request.get(f"{installation.url}{address}").json()
        (kind,) = (one for one in book["types"] if one["code"] == code)
        return {book["fields"][key]["name"]: book["fields"][key] for key in kind["fields"]}

    return fields_of


def fill(page, asked, first):
    """Fill in the control that has the keyboard as a person would, and return the value that should come of it."""
    kind, keys = asked["kind"], page.keyboard
    if kind in WORDS:
        words = f"{asked['name']} – naïve 🥂"
        keys.type(words)
        return words
    if kind in ("single_choice", "boolean"):
        is_list = page.evaluate("document.activeElement.matches('select')")
        keys.press("ArrowDown" if is_list else "Space")
        if kind == "boolean":
            return 1
        further = FURTHER.get(asked["name"], 0)
        for _ in range(further):
            keys.press("ArrowDown")
        return asked["options"][further]["code"]
    if kind == "multi_choice":
        keys.press("Space")
        return [asked["options"][0]["code"]]
    if kind in ("state", "state_list"):
        keys.type("Malta")
        keys.press("Enter")
        return 338 if kind == "state" else [338]
    if kind == "state_integer_table":
        keys.type("Malta")
        keys.press("Enter")  # and on to its number
        keys.type("40")
        return {"338": 40}
    if kind == "money":
        keys.type("1500000.5")
        keys.press("Tab")
        keys.type("usd")
        keys.press("Tab")
        keys.press("ArrowDown")
        return {"amount": 1500000.5, "currency": "USD", "scale": "thousands"}
    if kind == "event_ref":
        keys.press("Space")
        return first
    typed, value = {"date": ("3 June 1987", "1987-06-03"), "integer": ("1,200", 1200), "decimal": ("2.5", 2.5)}[kind]  # fmt: skip
    keys.type(typed)
    return value


def fill_all(page, asked, first=None):
    """From the first field to the last by Tab, and what that should have come to."""
    wanted: dict = {}
    for _ in range(2 * 14 * len(asked)):
        where = page.evaluate(WHERE)
        if where is None:
            break
        if (
            where
            and where not in wanted
            and not (first is None and asked[where]["kind"] == "event_ref")
        ):
            wanted[where] = fill(page, asked[where], first)
        page.keyboard.press("Tab")
    return wanted


def test_every_kind_of_field_is_filled_by_keyboard_and_is_there_again(
    begin, installation, fields_of
):
    page = begin()
    met, wanted, ids = set(), [], []
    for code in ("EX", "BS"):
        new_event(page, code)
        asked = fields_of(page, code)
        wait_until_saved(page)
        ids.append(kept(page, installation)["events"][-1]["id"])
        wanted.append(fill_all(page, asked, ids[0] if len(ids) > 1 else None))
        met |= {asked[name]["kind"] for name in wanted[-1]}
        wait_until_saved(page)
    assert met == ALL_KINDS

    page.reload()
    wait_until_ready(page, bench.NOTE)

    told = kept(page, installation)["events"]
    assert [one["values"] for one in told] == wanted
    assert [one["evidence"] for one in told] == [{}, {}]
    for name, value in wanted[1].items():
        if isinstance(value, str) and "naïve" in value:
            expect(field(page, name).locator("input, textarea").first).to_have_value(value)
    expect(field(page, "location_state").get_by_role("combobox")).to_have_value("Malta")


def test_conditions_show_and_hide_a_field_and_its_value_comes_back(begin, installation):
    page = begin()
    new_event(page, "OC")
    radio = field(page, "status").get_by_role("radio", name="postponed", exact=True)
    expect(field(page, "status_reason")).to_have_count(0)

    radio.focus()
    page.keyboard.press("Space")
    reason = field(page, "status_reason").get_by_role("textbox")
    reason.focus()
    page.keyboard.type("Bad weather")
    page.keyboard.press("Tab")
    radio.focus()
    page.keyboard.press("Delete")  # takes the choice back
    expect(field(page, "status_reason")).to_have_count(0)
    wait_until_saved(page)
    page.reload()
    wait_until_ready(page, bench.NOTE)
    expect(field(page, "status_reason")).to_have_count(0)
    radio.focus()
    page.keyboard.press("Space")

    expect(reason).to_have_value("Bad weather")


def test_leaving_the_page_or_the_field_makes_no_choice(begin, installation):
    """What is typed is taken as if the field had been left; the choice under the keyboard is nobody's choice yet."""
    page = begin()
    new_event(page, "OC")
    wait_until_saved(page)
    for name, role in (("stated_purpose", "checkbox"), ("status", "radio")):
        control = field(page, name).get_by_role(role).first
        control.focus()
        page.keyboard.press("Enter")
        expect(control).not_to_be_focused()
        control.focus()
        page.reload()
        wait_until_ready(page, bench.NOTE)
        wait_until_saved(page)
        assert kept(page, installation)["events"][0]["values"] == {}


def test_missing_codes_are_typed_or_chosen_and_taken_back_by_keyboard(begin, installation):
    page = begin()
    new_event(page, "MA")
    date = field(page, "end").get_by_role("textbox")
    date.focus()
    page.keyboard.type("-9")
    page.keyboard.press("Tab")
    expect(field(page, "end").locator(".tag--missing")).to_contain_text("-9")
    menu = field(page, "ma_amount").get_by_label(re.compile("^No value, or evidence"))
    menu.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tag = field(page, "ma_amount").locator(".tag--missing")
    expect(tag).to_be_visible()
    wait_until_saved(page)
    values = kept(page, installation)["events"][0]["values"]
    assert values["end"] == "-9" and values["ma_amount"] in ("-9", "-8", "-7")

    tag.get_by_role("button").focus()
    page.keyboard.press("Enter")

    expect(field(page, "ma_amount").get_by_role("textbox", name="Amount")).to_be_visible()
    wait_until_saved(page)
    assert kept(page, installation)["events"][0]["values"] == {"end": "-9"}


def test_a_rule_across_fields_is_told_at_once_and_leads_to_the_field(begin):
    page = begin()
    new_event(page, "OC")
    for name, day in (("start", "3 June 1987"), ("end", "1 June 1987")):
        field(page, name).get_by_role("textbox").focus()
        page.keyboard.type(day)
        page.keyboard.press("Tab")
    told = form(page).get_by_text("The end lies before the start.")
    expect(told).to_be_visible()

    form(page).get_by_role("button", name="Go there").focus()
    page.keyboard.press("Enter")
    end = field(page, "end").get_by_role("textbox")
    expect(end).to_be_focused()
    end.press("Control+a")
    page.keyboard.type("4 June 1987")
    page.keyboard.press("Tab")

    expect(told).to_have_count(0)
