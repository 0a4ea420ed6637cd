"""Nothing that a coder saw confirmed is lost, nothing is doubled: browsers and servers killed, answers lost, networks gone.

What the page said is held against the operations that the server has in its log. CONCORD_KILLS=500 makes the kills of the
browser a long programme; 12 are in the suite.
"""

import json
import os
import random
import re
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Error, expect

from tests.browser import bench
from tests.browser.killing import MortalBrowser, MortalServer
from tests.browser.people import (
    OFFLINE,
    choose,
    field,
    follow,
    kept,
    new_event,
    status,
    wait_until_ready,
    wait_until_saved,
    write,
)

KILLS = int(os.environ.get("CONCORD_KILLS", "12"))
OPERATIONS = re.compile(r"/operations/$")
LETTERS = "abcdefghijklmnopqrstuvwxyz "

# Tells what the page shows whenever its status line says that all of it is safe somewhere.
WITNESS = """
addEventListener('DOMContentLoaded', () => {
  const line = document.querySelector('[data-slot=status]');
  if (!line) return;
  new MutationObserver(() => {
    const said = line.textContent.trim();
    if (!/^Saved/.test(said)) return;
    const title = document.querySelector('.coded[data-field=title] input')?.value ?? '';
    const events = document.querySelectorAll('.event-pill').length;
    window.told(JSON.stringify({ said, title, events }));
  }).observe(line, { childList: true, subtree: true, characterData: true });
});
"""


@dataclass
class Logged:
    """The operations of an assignment as the server has them, in order."""

    rows: list[tuple[int, str, str, dict]]  # n, uid, kind, body

    def of(self, kind: str) -> list[dict]:
        return [body for _, _, named, body in self.rows if named == kind]

    def last_values(self) -> dict[tuple[str, str], object]:
        return {(one["event"], one["field"]): one["value"] for one in self.of("value.set")}


@pytest.fixture
def log(installation):
    """Reads the log of the assignment a page shows, past everything that could make it look better."""

    def log(page) -> Logged:
        public_id = page.locator("#workspace").get_attribute("data-assignment")
        database = Path(installation.environment["CONCORD_DATA"]) / "concord.sqlite3"
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            rows = connection.execute(
                "SELECT o.n, o.uid, o.kind, o.body FROM coding_operation o "
                "JOIN coding_assignment a ON a.id = o.assignment_id WHERE a.public_id = ? ORDER BY o.n",
                [public_id],
            ).fetchall()
        logged = Logged([(n, uid, kind, json.loads(body)) for n, uid, kind, body in rows])
        assert [n for n, *_ in logged.rows] == list(range(1, len(rows) + 1))
        assert len({uid for _, uid, *_ in logged.rows}) == len(rows)
        return logged

    return log


@pytest.fixture
def mortal(chromium_path, browser, tmp_path):
    browser_of_its_own = MortalBrowser(chromium_path, browser.browser_type, tmp_path / "profile")
    yield browser_of_its_own
    if browser_of_its_own.process:
        browser_of_its_own.bury()


# -- the browser is killed


def test_a_browser_killed_at_any_moment_loses_nothing_confirmed_and_doubles_nothing(
    begin, installation, mortal, signed_in, log
):
    address = begin().url
    chance = random.Random(20240611)
    told: list[dict] = []
    typed, tried = [""], 0  # the title of each event so far, and how many events were begun

    def open_again():
        page = mortal.open(signed_in("ada")["cookies"])
        page.set_default_timeout(20_000)
        page.context.expose_binding("told", lambda _, words: told.append(json.loads(words)))
        page.add_init_script(WITNESS)
        return page

    def look(page):
        """What is there again, held against what was typed and what was confirmed before the kill."""
        wait_until_ready(page, bench.NOTE)
        events = page.locator(".event-pill").count()
        title = field(page, "title").get_by_role("textbox").input_value() if events else ""
        sure = told[-1] if told else {"events": 0, "title": ""}
        assert sure["events"] <= events <= tried, (sure, events, tried)
        assert typed[events].startswith(title), (typed[events], title)
        if sure["events"] == events:
            assert title.startswith(sure["title"]), (title, sure)
        del typed[events + 1 :]
        typed[events] = title
        return events

    for kill in range(KILLS):
        page = open_again()
        network = chance.choice(["good", "good", "dead", "deaf"])
        if network == "dead":
            page.route(OPERATIONS, lambda route: route.abort())
        elif network == "deaf":
            page.route(OPERATIONS, _take_and_lose_the_answer)
        page.goto(address)
        events = look(page)
        told.clear()
        # A fresh start of the count: whatever is confirmed from here on must be there again.
        told.append({"events": events, "title": typed[events]})
        words = "".join(chance.choices(LETTERS, k=60))
        is_new = not events or chance.random() < 0.2
        tried = events + is_new
        if is_new:
            typed.append(words)
        else:
            typed[events] += words
        death = threading.Timer(chance.uniform(0.0, 0.9), mortal.kill)
        death.start()
        try:
            if is_new:
                new_event(page, "OC")
            else:
                field(page, "title").get_by_role("textbox").press("End")
            page.keyboard.type(words, delay=chance.choice([0, 5, 20]))
            while death.is_alive():
                page.evaluate("new Promise((done) => setTimeout(done, 10))")
        except (Error, AssertionError):
            assert not death.is_alive() or mortal.process.poll() is not None, f"kill {kill}"
        death.join()
        mortal.bury()

    page = open_again()
    page.goto(address)
    look(page)
    wait_until_saved(page)
    work, logged = kept(page, installation), log(page)
    assert [event["values"].get("title", "") for event in work["events"]] == typed[1:]
    assert [one["event"] for one in logged.of("event.add")] == [one["id"] for one in work["events"]]
    assert work["version"] == len(logged.rows)
    for event in work["events"]:
        titles = [one["value"] for one in logged.of("value.set") if one["event"] == event["id"]]
        assert all(
            later.startswith(before) for before, later in zip(titles, titles[1:], strict=False)
        )


def _take_and_lose_the_answer(route):
    route.fetch()
    route.abort()


def test_half_a_date_typed_before_a_kill_is_there_again(begin, mortal, signed_in, installation):
    address = begin().url
    page = mortal.open(signed_in("ada")["cookies"])
    page.goto(address)
    wait_until_ready(page, bench.NOTE)
    new_event(page, "OC")
    wait_until_saved(page)
    field(page, "start").get_by_role("textbox").press_sequentially("3 June 19")
    expect(status(page)).to_contain_text("Saved on this computer; sent when you leave the field")
    mortal.kill()
    mortal.bury()

    page = mortal.open(signed_in("ada")["cookies"])
    page.goto(address)
    wait_until_ready(page, bench.NOTE)

    expect(field(page, "start").get_by_role("textbox")).to_have_value("3 June 19")
    expect(field(page, "start")).to_contain_text("Not saved")


# -- the server is killed


@pytest.fixture
def twin(installation, tmp_path):
    """A second server on the same data, which may be killed while other tests' server stands."""
    server = MortalServer(installation, tmp_path)
    server.start()
    yield server
    if server.process:
        server.kill()


def test_a_server_killed_in_the_midst_of_saving_takes_everything_once_when_it_is_back(
    begin, enter, installation, twin, log, allowed_problems
):
    allowed_problems += ["ERR_CONNECTION", "ERR_EMPTY_RESPONSE", "ERR_SOCKET", "status of 412"]
    path = begin().url.removeprefix(installation.url)
    page = enter("ada", "/")
    page.goto(f"{twin.url}{path}")
    wait_until_ready(page, bench.NOTE)
    new_event(page, "OC")
    chance, title = random.Random(7), ""
    for _ in range(3):
        words = "".join(chance.choices(LETTERS, k=40))
        death = threading.Timer(chance.uniform(0.2, 1.2), twin.kill)
        death.start()
        page.keyboard.type(words, delay=30)
        title += words
        death.join()
        expect(status(page)).to_contain_text(
            "No connection. Saved on this computer", timeout=20_000
        )
        twin.start()
        page.evaluate("dispatchEvent(new Event('online'))")  # rather than wait for the next try
        wait_until_saved(page)

    assert [event["values"] for event in kept(page, twin)["events"]] == [{"title": title}]
    logged = log(page)
    assert len(logged.of("event.add")) == 1
    assert list(logged.last_values().values()) == [title]


# -- the server fails, the network is slow


@pytest.mark.parametrize("trouble", ["fails", "is slow", "loses answers"])
def test_typing_goes_on_while_the_server(trouble, begin, installation, log, allowed_problems):
    allowed_problems += ["status of 500", "ERR_FAILED"]
    page = begin()
    asked = []

    def answer(route):
        asked.append(route.request)
        if trouble == "fails" and len(asked) <= 2:
            route.fulfill(status=500, body="out of order")
        elif trouble == "loses answers" and len(asked) % 2:
            _take_and_lose_the_answer(route)
        elif trouble == "is slow":
            page.evaluate("new Promise((done) => setTimeout(done, 600))")
            route.continue_()
        else:
            route.continue_()

    page.route(OPERATIONS, answer)
    new_event(page, "OC")
    page.keyboard.type("Ministers meet ", delay=20)
    expect(status(page)).to_contain_text("Saved on this computer")
    page.keyboard.type("in Valletta", delay=20)
    choose(page, "Visibility", "public")
    wait_until_saved(page)

    wanted = {"title": "Ministers meet in Valletta", "visibility": 1}
    assert [event["values"] for event in kept(page, installation)["events"]] == [wanted]
    logged = log(page)
    assert len(logged.of("event.add")) == 1
    assert {name: value for (_, name), value in logged.last_values().items()} == wanted


# -- two at once


def test_two_tabs_typing_at_once_send_every_change_once(begin, installation, log):
    page = begin()
    new_event(page, "OC")
    wait_until_saved(page)
    other = page.context.new_page()
    other.goto(page.url)
    wait_until_ready(other, bench.NOTE)

    here = field(page, "title").get_by_role("textbox")
    there = field(other, "location_name").get_by_role("textbox")
    for one, two in zip("Ministers meet", "Valletta, Malta", strict=False):
        here.press(one)
        there.press(two)
    wait_until_saved(page)
    wait_until_saved(other)

    wanted = {"title": "Ministers meet", "location_name": "Valletta, Malt"}
    assert [event["values"] for event in kept(page, installation)["events"]] == [wanted]
    assert {name: value for (_, name), value in log(page).last_values().items()} == wanted
    expect(there).to_have_value("Valletta, Malt")
    expect(field(other, "title").get_by_role("textbox")).to_have_value("Ministers meet")


def test_two_computers_that_were_both_offline_lose_nothing(
    begin, enter, installation, log, allowed_problems
):
    allowed_problems += [*OFFLINE, "status of 412"]
    page = begin()
    new_event(page, "OC")
    wait_until_saved(page)
    other = enter("ada", page.url.removeprefix(installation.url))
    wait_until_ready(other, bench.NOTE)
    for one in (page, other):
        one.context.set_offline(True)
    write(page, "Place", "Valletta")
    write(other, "Place", "Rabat")
    write(other, "Short title", "Ministers meet")
    for one in (page, other):
        expect(status(one)).to_contain_text("No connection. Saved on this computer")

    page.context.set_offline(False)
    wait_until_saved(page)
    other.context.set_offline(False)
    wait_until_saved(other)

    wanted = {"location_name": "Rabat", "title": "Ministers meet"}
    assert [event["values"] for event in kept(page, installation)["events"]] == [wanted]
    places = [one["value"] for one in log(page).of("value.set") if one["field"] == "location_name"]
    assert (places[-1], "Valletta" in places) == ("Rabat", True)


# -- no network at all


def test_a_document_opens_again_without_a_network_as_it_was_left(
    begin, installation, log, allowed_problems
):
    allowed_problems += OFFLINE
    page = begin()
    wait_until_it_opens_offline(page)
    new_event(page, "OC")
    write(page, "Short title", "Ministers meet")
    wait_until_saved(page)
    page.context.set_offline(True)
    write(page, "Place", "Valletta")
    expect(status(page)).to_contain_text("Saved on this computer, 1 to send")

    page.reload()
    wait_until_ready(page, bench.NOTE)

    expect(field(page, "title").get_by_role("textbox")).to_have_value("Ministers meet")
    expect(field(page, "location_name").get_by_role("textbox")).to_have_value("Valletta")
    expect(status(page)).to_contain_text("Saved on this computer, 1 to send")
    choose(page, "Visibility", "public")
    expect(status(page)).to_contain_text("2 to send")
    page.context.set_offline(False)
    wait_until_saved(page)
    wanted = {"title": "Ministers meet", "location_name": "Valletta", "visibility": 1}
    assert [event["values"] for event in kept(page, installation)["events"]] == [wanted]
    assert len(log(page).of("event.add")) == 1


def test_without_a_network_a_page_never_opened_here_says_so(begin, allowed_problems):
    allowed_problems += [*OFFLINE, "503"]
    page = begin()
    wait_until_it_opens_offline(page)
    page.context.set_offline(True)

    page.locator("[data-queue] a:not([aria-current])").last.click()

    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    expect(page.get_by_text("What you coded is safe")).to_be_visible()
    body = page.locator("body")
    assert "Segoe UI" in body.evaluate("(body) => getComputedStyle(body).fontFamily")
    follow(page.get_by_role("link", name=bench.NOTE))
    wait_until_ready(page, bench.NOTE)


def wait_until_it_opens_offline(page):
    expect(page.locator("html")).to_have_attribute("data-offline", "ready", timeout=20_000)


# -- leaving


def test_leaving_is_questioned_only_when_the_disk_refused_the_work(begin, allowed_problems):
    allowed_problems.append("ERR_FAILED")
    page = begin()
    page.route(OPERATIONS, lambda route: route.abort())
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    new_event(page, "OC")
    expect(status(page)).to_contain_text("Saved on this computer")
    page.reload()
    wait_until_ready(page, bench.NOTE)
    assert asked == []

    page.evaluate(
        """() => {
          IDBObjectStore.prototype.put = () => {
            throw new DOMException('the disk is full', 'QuotaExceededError');
          };
        }"""
    )
    field(page, "title").get_by_role("textbox").press_sequentially("Lost?")
    expect(status(page)).to_contain_text("Not saved")
    expect(status(page)).to_contain_text("only in this window (the disk is full)")
    with page.expect_event("dialog"):
        page.close(run_before_unload=True)
    assert asked == ["beforeunload"]
