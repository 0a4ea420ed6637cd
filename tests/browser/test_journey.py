"""The street in a real browser, against a real server and worker: from a file to a published release."""

import re

from playwright.sync_api import expect

from tests.browser.people import (
    choose,
    choose_states,
    field,
    mark,
    new_event,
    sign_in,
    wait_until_saved,
    write,
)

TREATY = """Joint communiqué of the security committee

Valletta, 3 June 1987

The defence ministers of Italy and Malta met in Valletta on 3 June 1987 for the yearly session of
their security committee. They signed a joint statement on coastal surveillance.
"""
SIGNAL = """A harbour festival

Valletta, 4 June 1987

The harbour festival opened with a regatta. No ministers attended.
"""


def test_from_a_file_to_a_published_release(installation, open_page, pictures, tmp_path):
    for name, text in (("communique.txt", TREATY), ("festival.txt", SIGNAL)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    manager = open_page()
    sign_in(manager, installation, "dora")
    found_project(manager)
    upload(manager, tmp_path)
    add_members(manager)
    open_round(manager)

    for user, title, level in (
        ("ada", "Ministers meet", "minister"),
        ("ben", "Yearly session", "working level"),
    ):
        coder = open_page()
        sign_in(coder, installation, user)
        code_communique(coder, installation, title, level)
        code_festival(coder)

    reconcile(manager, installation)
    settle(manager)
    publish(manager, installation)


def found_project(page):
    page.get_by_role("link", name="Found a project").first.click()
    page.get_by_label("Title").fill("Mediterranean consultations")
    page.get_by_label("Short name").fill("med")
    page.get_by_role("button", name="Found the project").click()
    expect(page.get_by_role("heading", name="Mediterranean consultations")).to_be_visible()
    page.get_by_role("link", name="Codebook", exact=True).click()
    page.get_by_role("link", name=re.compile("Load")).first.click()
    page.get_by_label("A codebook that ships with Concord").select_option(
        "peacetime-alliance-commitments"
    )
    page.get_by_role("button", name=re.compile("Load")).click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("published", exact=False).first).to_be_visible()


def upload(page, folder):
    page.get_by_role("link", name="Documents", exact=True).click()
    page.get_by_role("link", name=re.compile("Add documents")).first.click()
    page.set_input_files("input[type=file]", [folder / "communique.txt", folder / "festival.txt"])
    page.get_by_role("button", name="Add documents").click()
    expect(page.locator("[data-upload-end]")).to_be_visible()
    page.get_by_role("link", name="See all documents").click()
    # The worker reads them meanwhile.
    for _ in range(60):
        if page.get_by_role("row").filter(has_text=re.compile(r"\bread\b")).count() == 2:
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.get_by_role("row").filter(has_text=re.compile(r"\bread\b"))).to_have_count(2)


def add_members(page):
    page.get_by_role("link", name="Members", exact=True).click()
    for user, label in (("ada", "C1"), ("ben", "C2")):
        page.get_by_label("User name").fill(user)
        page.get_by_label("Label").fill(label)
        page.get_by_label("coder", exact=False).first.check()
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_role("row").filter(has_text=label)).to_be_visible()


def open_round(page):
    page.get_by_role("link", name="Rounds", exact=True).click()
    page.get_by_role("link", name=re.compile("Open")).first.click()
    page.get_by_label("Name", exact=True).fill("Pilot")
    page.get_by_label("C1: Ada").check()
    page.get_by_label("C2: Ben").check()
    page.get_by_role("button", name=re.compile("Open")).click()
    expect(page.get_by_role("heading", name="Pilot")).to_be_visible()


def code_communique(page, installation, title, level):
    page.goto(f"{installation.url}/projects/med/work/")
    page.get_by_role("link", name=re.compile("communiqu", re.I)).first.click()
    wait_until_saved(page)
    mark(page, "met in Valletta on 3 June 1987")
    new_event(page, "OC")
    write(page, "title", title)
    choose_states(page, "provider", "Italy", "Malta")
    choose(page, "reciprocal", "yes")
    choose(page, "provider_role", "peer")
    write(page, "alliance_ref", "ITA-MLT-1980")
    choose(page, "commitment_basis", "promised in another instrument")
    write(page, "promise_article", "Article 3")
    choose(page, "status", "carried out")
    write(page, "start", "3 June 1987")
    choose(page, "threat_type", "none stated")
    choose(page, "visibility", "public")
    choose(page, "coder_confidence", "sure")
    choose(page, "oc_level", level)
    choose(page, "oc_mode", "in person")
    choose(page, "oc_invoked", "no")
    choose(page, "oc_outcome", "joint statement")
    # A passage for a field of its own: focus the field, mark, link.
    page.locator("#field-start").click()
    mark(page, "3 June 1987 for the yearly")
    field(page, "start").get_by_role("button", name=re.compile("Link the marked passage")).click()
    expect(field(page, "start").get_by_role("list", name=re.compile("Evidence"))).to_contain_text(
        "3 June 1987"
    )
    wait_until_saved(page)
    page.reload()
    wait_until_saved(page)
    expect(page.locator("#field-title")).to_have_value(title)
    page.get_by_role("button", name="Submit").click()
    confirm_if_asked(page)


def code_festival(page):
    page.wait_for_url(re.compile("/work/"))
    if "festival" not in page.locator("h1").inner_text().lower():
        page.get_by_role("link", name=re.compile("festival", re.I)).first.click()
    wait_until_saved(page)
    page.get_by_role("button", name="Read, no event").click()
    wait_until_saved(page)
    page.get_by_role("button", name="Submit").click()
    confirm_if_asked(page)
    page.wait_for_timeout(500)


def confirm_if_asked(page):
    page.wait_for_timeout(300)
    dialog = page.locator("dialog[open]")
    if dialog.count():
        dialog.get_by_role("button", name=re.compile("Submit|Yes|Hand in")).first.click()


def reconcile(page, installation):
    page.goto(f"{installation.url}/projects/med/reconciliation/")
    page.get_by_role("button", name=re.compile("Reconcile")).first.click()
    for _ in range(60):
        page.goto(f"{installation.url}/projects/med/reconciliation/")
        if page.get_by_role("link", name=re.compile("Figures")).count():
            break
        page.wait_for_timeout(500)
    page.get_by_role("link", name=re.compile("Figures")).first.click()
    expect(page.get_by_role("heading", name="Agreement in Pilot")).to_be_visible()


def settle(page):
    page.get_by_role("link", name="Board").first.click()
    page.get_by_role("button", name=re.compile("Accept .* agreed")).click()
    level = page.locator("tr.position").filter(has_text="Highest level present")
    level.get_by_text("Reason, own value").click()
    level.get_by_label(re.compile("Reason for")).fill(
        "The communiqué names the ministers themselves."
    )
    level.get_by_role("button", name=re.compile("minister")).first.click()
    expect(page.get_by_text("no conflict left")).to_be_visible()
    expect(page.locator(".group__header").get_by_text("settled")).to_be_visible()


def publish(page, installation):
    page.goto(f"{installation.url}/projects/med/releases/")
    page.get_by_label("Version").fill("1.0.0")
    page.get_by_role("button", name=re.compile("Draft|Open|Make|Start")).first.click()
    page.get_by_role("button", name="Build the files").click()
    publish_button = page.get_by_role("button", name="Publish")
    for _ in range(60):
        if publish_button.count() and publish_button.is_enabled():
            break
        page.wait_for_timeout(500)
        page.reload()
    publish_button.click()
    page.locator("dialog[open]").get_by_role(
        "button", name=re.compile("Publish|Yes|Confirm|OK")
    ).first.click()
    expect(page.get_by_text("published", exact=False).first).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="codes/incidents.csv").click()
    rows = waiting.value.path().read_text(encoding="utf-8").splitlines()
    assert len(rows) == 2
    assert "OC" in rows[1]
    assert "325;338" in rows[1]
