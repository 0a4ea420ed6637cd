"""A computer that several people use: who signs out is told what is unsent, and who comes next sees nothing of it."""

import re

from playwright.sync_api import expect

from tests.browser import bench
from tests.browser.people import (
    field,
    kept,
    new_event,
    sign_in,
    status,
    wait_until_ready,
    wait_until_saved,
    write,
)

OPERATIONS = re.compile(r"/operations/$")
COPIES = """async () => {
  const pages = [];
  for (const name of await caches.keys()) pages.push(...(await (await caches.open(name)).keys()).map(({ url }) => url));
  return pages;
}"""
RECORDS = """async () => {
  const counts = {};
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done) => (indexedDB.open(name).onsuccess = ({ target }) => done(target.result)));
    for (const store of database.objectStoreNames) {
      const request = database.transaction(store).objectStore(store).count();
      const count = await new Promise((done) => (request.onsuccess = () => done(request.result)));
      if (count) counts[store] = (counts[store] ?? 0) + count;
    }
    database.close();
  }
  return counts;
}"""


def sign_out(page):
    page.locator("summary.avatar").click()
    page.get_by_role("button", name="Sign out").click()


def test_signing_out_leaves_no_copy_of_what_was_read_and_coded(begin, open_page, installation):
    begun = begin()
    path = begun.url.removeprefix(installation.url)
    page = sign_in(open_page(), installation, "ada")  # her own session: this one ends
    page.goto(f"{installation.url}{path}")
    wait_until_ready(page, bench.NOTE)
    new_event(page, "OC")
    write(page, "Place", "Valletta")
    wait_until_saved(page)
    expect(page.locator("html")).to_have_attribute("data-offline", "ready", timeout=20_000)
    page.wait_for_function(
        f"async (path) => (await ({COPIES})()).some((url) => url.endsWith(path))", arg=path
    )
    other = page.context.new_page()
    other.goto(f"{installation.url}/")

    sign_out(other)

    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
    assert other.evaluate(COPIES) == []
    assert other.evaluate(RECORDS) == {}
    expect(
        page.get_by_role("heading", name="Sign in")
    ).to_be_visible()  # the open document has gone too


def test_unsent_work_is_told_before_signing_out_and_waits_unseen_for_its_owner(
    begin, open_page, installation, allowed_problems
):
    allowed_problems += ["ERR_FAILED", "status of 401", "status of 403", "status of 404"]
    path = begin().url.removeprefix(installation.url)
    page = sign_in(open_page(), installation, "ada")
    page.goto(f"{installation.url}{path}")
    wait_until_ready(page, bench.NOTE)
    new_event(page, "OC")
    wait_until_saved(page)
    page.context.route(OPERATIONS, lambda route: route.abort())
    write(page, "Place", "Valletta")
    expect(status(page)).to_contain_text("1 to send")
    page.goto(f"{installation.url}/")

    sign_out(page)
    told = page.get_by_role("dialog", name="Not everything has reached the server")
    expect(told.get_by_role("link", name=bench.NOTE)).to_have_attribute("href", path)
    expect(told).to_contain_text("1 change")
    told.get_by_role("button", name="Stay signed in").click()
    expect(told).to_have_count(0)
    expect(page.get_by_role("heading", name="Projects", exact=True)).to_be_visible()

    sign_out(page)
    told.get_by_role("button", name="Sign out all the same").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    sign_in(page, installation, "ben")
    page.goto(f"{installation.url}{path}")
    expect(page.locator("body")).not_to_contain_text("Valletta")
    assert page.evaluate(COPIES) == []
    assert page.evaluate(RECORDS) == {"operations": 1}
    page.goto(f"{installation.url}/")
    sign_out(page)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()

    sign_in(page, installation, "ada")
    page.context.unroute(OPERATIONS)
    page.goto(f"{installation.url}{path}")
    wait_until_ready(page, bench.NOTE)
    expect(field(page, "location_name").get_by_role("textbox")).to_have_value("Valletta")
    wait_until_saved(page)
    assert [event["values"] for event in kept(page, installation)["events"]] == [
        {"location_name": "Valletta"}
    ]


def test_work_is_not_sent_as_another_person_who_signed_in_meanwhile(
    begin, open_page, installation, allowed_problems
):
    allowed_problems += ["status of 401"]
    path = begin().url.removeprefix(installation.url)
    page = sign_in(open_page(), installation, "ada")
    page.goto(f"{installation.url}{path}")
    wait_until_ready(page, bench.NOTE)
    elsewhere = sign_in(open_page(), installation, "ben")
    page.context.clear_cookies()
    page.context.add_cookies(elsewhere.context.cookies())

    new_event(page, "OC")

    expect(status(page)).to_contain_text("Not saved: you are signed out; 2 changes kept")
