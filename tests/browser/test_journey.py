"""The street in a real browser, against a real server and worker: from files to a published release."""

import csv
import io
import re

from playwright.sync_api import expect

from tests.browser.people import (
    PATIENCE,
    agree,
    choose,
    choose_states,
    evidence,
    field,
    follow,
    go_to,
    mark,
    marked,
    new_event,
    open_document,
    sign_in,
    submit,
    wait_until_ready,
    wait_until_saved,
    write,
)

COMMUNIQUE = "Joint communiqué of the security committee"
FESTIVAL = "Harbour festival"
FILES = {
    "communique.txt": f"""{COMMUNIQUE}

Valletta, 3 June 1987

The defence ministers of Italy and Malta met in Valletta on 3 June 1987 for the yearly session of
their security committee. They signed a joint statement on coastal surveillance.
""",
    f"{FESTIVAL}.txt": f"""{FESTIVAL}

Valletta, 4 June 1987

The harbour festival opened with a regatta. No ministers attended.
""",
}
# What the coders mark, and why the adjudicator goes against one of them.
MEETING = "met in Valletta on 3 June 1987"
DAY = "3 June 1987 for the yearly session"
REASON = "The communiqué speaks of the ministers themselves."


def test_from_files_to_a_published_release(installation, open_page, tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    manager = sign_in(open_page(), installation, "dora")
    found_project(manager)
    publish_codebook(manager)
    upload(manager, sorted(tmp_path.iterdir()))
    add_members(manager)
    open_round(manager)

    for user, title, level in (
        ("ada", "Defence ministers of Italy and Malta meet in Valletta, June 1987", "minister"),
        ("ben", "Yearly session of the security committee, 1987", "working level"),
    ):
        coder = sign_in(open_page(), installation, user)
        begin_coding(coder)
        code_communique(coder, title, level)
        code_festival(coder)
        look_at_finished_work(coder)

    reconcile(manager)
    look_at_figures(manager)
    settle(manager)
    release = publish(manager)
    look_into(release)


# -- the manager prepares


def found_project(page):
    follow(page.get_by_role("link", name="Found a project"))
    page.get_by_label("Title").fill("Mediterranean consultations")
    page.get_by_label("Short name").fill("med")
    follow(page.get_by_role("button", name="Found the project"))
    expect(page.get_by_role("heading", name="Mediterranean consultations")).to_be_visible()


def publish_codebook(page):
    go_to(page, "Codebook")
    follow(page.get_by_role("link", name="Load a file"))
    page.get_by_label("A codebook that ships with Concord").select_option(
        label="Peacetime Alliance Commitment Events"
    )
    follow(page.get_by_role("button", name="Load as draft"))
    agree(page, page.get_by_role("button", name="Publish"))
    expect(page.get_by_text("Version 1 is published and frozen.")).to_be_visible()


def upload(page, files):
    go_to(page, "Documents")
    follow(page.get_by_role("link", name="Add documents"))
    page.set_input_files("input[type=file]", files)
    page.get_by_role("button", name="Add documents").click()
    expect(page.get_by_text("2 kept")).to_be_visible()
    follow(page.get_by_role("link", name="See all documents"))
    # The worker reads them meanwhile; the page is what a person would load again.
    for name in (COMMUNIQUE, FESTIVAL):
        row = page.get_by_role("row").filter(has_text=name)
        load_until(page, row.get_by_text("read", exact=True))


def add_members(page):
    go_to(page, "Members")
    for user, label in (("ada", "C1"), ("ben", "C2")):
        adding = page.locator("details", has_text="Add somebody who has an account")
        adding.locator("summary").click()
        adding.get_by_label("Username").fill(user)
        adding.get_by_label("Label").fill(label)
        adding.get_by_role("checkbox", name="Coder:").check()
        follow(adding.get_by_role("button", name="Add"))
        expect(page.get_by_role("row").filter(has_text=label)).to_contain_text("coder")
    # Founding made her the manager; to settle and publish she takes two roles more.
    follow(page.get_by_role("link", name="Change Dora"))
    page.get_by_role("checkbox", name="Adjudicator:").check()
    page.get_by_role("checkbox", name="Exporter:").check()
    follow(page.get_by_role("button", name="Save"))
    expect(page.get_by_role("row", name="Dora")).to_contain_text("adjudicator, exporter, manager")


def open_round(page):
    go_to(page, "Rounds")
    follow(page.get_by_role("link", name="Open a round"))
    page.get_by_label("Name").fill("Pilot")
    page.get_by_label("C1: Ada").check()
    page.get_by_label("C2: Ben").check()
    follow(page.get_by_role("button", name="Open the round"))
    expect(page.get_by_role("heading", name="Pilot")).to_be_visible()


# -- the coders, blind to one another


def begin_coding(page):
    follow(page.get_by_role("link", name="Mediterranean consultations"))
    go_to(page, "My work")
    open_document(page, COMMUNIQUE)


def code_communique(page, title, level):
    mark(page, MEETING)
    new_event(page, "OC")
    write(page, "Short title", title)
    choose_states(page, "Provider state(s)", "Italy", "Malta")
    choose(page, "Reciprocal act", "yes")
    choose(page, "Role of provider in the alliance", "peer")
    write(page, "Alliance or treaty", "ITA-MLT-1980")
    choose(page, "Basis of the commitment", "promised in another instrument")
    write(page, "Article promising it", "Article 3")
    choose(page, "Status reported", "carried out")
    write(page, "Start", "3 June 1987")
    choose(page, "Threat the act is directed at", "none stated")
    choose(page, "Visibility", "public")
    choose(page, "Coder confidence", "sure")
    choose(page, "Highest level present on the lower side", level)
    choose(page, "Mode", "in person")
    choose(page, "Treaty consultation article invoked", "no")
    choose(page, "Outcome", "joint statement")
    expect(page.get_by_text("All required fields filled")).to_be_visible()

    link_passage_to_start(page)
    wait_until_saved(page)
    page.reload()
    wait_until_ready(page, COMMUNIQUE)
    expect(evidence(page, "start")).to_have_text([DAY])
    expect(evidence(page, "evidence")).to_have_text([MEETING])
    expect(field(page, "title").get_by_role("textbox")).to_have_value(title)
    expect(field(page, "start").get_by_role("textbox")).to_have_value("1987-06-03")
    submit(page)


def link_passage_to_start(page):
    field(page, "start").get_by_role("textbox").click()
    mark(page, DAY)
    expect(marked(page)).to_have_text(DAY)
    field(page, "start").get_by_role("button", name="Link the marked passage").click()
    expect(evidence(page, "start")).to_have_text([DAY])


def code_festival(page):
    wait_until_ready(page, FESTIVAL)  # the next one in the queue opens by itself
    page.get_by_role("button", name="Read, no event").click()
    wait_until_saved(page)
    submit(page)
    expect(page.get_by_role("banner").get_by_text("Submitted")).to_be_visible()


def look_at_finished_work(page):
    follow(page.get_by_role("link", name="Back to my work"))
    expect(page.get_by_text("2 of 2 handed in")).to_be_visible()


# -- the adjudicator settles, the exporter publishes


def reconcile(page):
    go_to(page, "Reconciliation")
    follow(page.get_by_role("button", name="Reconcile"))
    load_until(page, page.get_by_role("link", name="Open the board"))


def look_at_figures(page):
    follow(page.get_by_role("link", name="Figures"))
    expect(page.get_by_role("heading", name="Agreement in Pilot")).to_be_visible()
    page.get_by_text("All figures, by pair of coders and type").click()
    events = page.get_by_role("table").filter(has_text="C1-C2")
    expect(events.get_by_role("row").filter(has_text="F1").first).to_contain_text("1.000")
    follow(page.get_by_role("link", name="Board"))


def settle(page):
    expect(page.get_by_role("heading", level=1, name=COMMUNIQUE)).to_be_visible()
    page.get_by_role("button", name=re.compile(r"^Accept \d+ agreed")).click()
    expect(page.get_by_role("button", name="Accept 0 agreed")).to_be_disabled()
    level = page.get_by_role("row", name=re.compile("Highest level present"))
    level.get_by_role("button", name="3 minister").click()
    reason = level.get_by_label(re.compile("^Reason for"))
    expect(reason).to_be_focused()
    reason.fill(REASON)
    reason.press("Enter")
    expect(page.get_by_text("no conflict left")).to_be_visible()
    expect(page.get_by_role("article").get_by_text("settled", exact=True)).to_be_visible()


def publish(page):
    go_to(page, "Releases")
    page.get_by_label("Version").fill("1.0.0")
    follow(page.get_by_role("button", name="Draft"))
    follow(page.get_by_role("button", name="Build the files"))
    # The page loads itself anew when the worker has built them. One event is too little to agree on: that is waived.
    waive = page.get_by_text("Waive with a reason")
    expect(waive).to_be_visible(timeout=PATIENCE)
    waive.click()
    page.get_by_label("Why may it be published all the same?").fill("A single event.")
    follow(page.get_by_role("button", name="Waive"))
    follow(page.get_by_role("button", name="Build again"))
    press = page.get_by_role("button", name="Publish")
    expect(press).to_be_enabled(timeout=PATIENCE)
    assert "can never be changed" in agree(page, press)
    expect(page.get_by_text(re.compile("^published .* by"))).to_be_visible()
    return page


def look_into(page):
    (incident,) = download(page, "codes/incidents.csv")
    wanted = {
        "event_type": "OC",
        "title": "Defence ministers of Italy and Malta meet in Valletta, June 1987",
        "provider_ccodes": "325;338",
        "start_earliest": "1987-06-03",
        "start_precision": "1",
        "oc_level": "3",
        "oc_outcome": "statement",
    }
    assert {column: incident[column] for column in wanted} == wanted

    decisions = download(page, "decisions.csv")
    settled = [row for row in decisions if row["field"] == "oc_level"]
    assert [(row["candidates"], row["chosen"], row["reason"]) for row in settled] == [
        ('{"C1": 3, "C2": 1}', "3", REASON)
    ]

    proofs = download(page, "evidence.csv")
    assert [(row["field"], row["quote"], row["coder"]) for row in proofs] == [
        ("evidence", MEETING, "C1"),
        ("evidence", MEETING, "C2"),
        ("start", DAY, "C1"),
        ("start", DAY, "C2"),
    ]


# -- what several steps need


def load_until(page, wanted):
    """Load the page again until the worker has done its part."""
    for _ in range(PATIENCE // 500):
        if wanted.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(wanted).to_be_visible()


def download(page, name):
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name, exact=True).click()
    return list(csv.DictReader(io.StringIO(waiting.value.path().read_text(encoding="utf-8"))))
