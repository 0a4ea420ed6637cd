"""Work that came too late: told in words, taken away as a file, and given up only when somebody says so."""

import json
import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser import bench
from tests.browser.people import (
    agree,
    choose,
    form,
    kept,
    new_event,
    status,
    wait_until_ready,
    wait_until_saved,
)

OPERATIONS = re.compile(r"/operations/$")
HAND_IN = """async () => {
  const { submitUrl, csrf } = document.querySelector('#workspace').dataset;
  const answer = await fetch(submitUrl, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRFToken': csrf }, body: '{}' });
  return answer.status;
}"""


def test_work_that_a_closed_document_does_not_take_is_told_kept_and_given_up(
    begin, installation, allowed_problems
):
    allowed_problems += ["ERR_FAILED", "status of 409"]
    page = begin()
    found_none = page.get_by_role("button", name="Read, no event")
    found_none.click()
    expect(found_none).to_have_count(0)
    wait_until_saved(page)
    page.context.route(OPERATIONS, lambda route: route.abort())
    new_event(page, "OC")
    choose(page, "Visibility", "public")
    expect(status(page)).to_contain_text("3 to send")
    assert page.evaluate(HAND_IN) == 200  # as another computer of hers would
    page.context.unroute(OPERATIONS)

    page.reload()
    wait_until_ready(page, bench.NOTE)
    left = page.get_by_role("region", name="3 changes were not taken")
    expect(left.get_by_role("listitem")).to_have_text(
        [
            "Event 1, Official military consultation: begun",
            "Outcome of the document: events",
            "Event 1, Official military consultation: Visibility: public",
        ]
    )
    with page.expect_download() as downloading:
        left.get_by_role("button", name="Download it").click()
    taken = json.loads(Path(downloading.value.path()).read_text(encoding="utf-8"))
    assert [one["operation"]["kind"] for one in taken["operations"]] == [
        "event.add",
        "outcome.set",
        "value.set",
    ]
    question = agree(page, left.get_by_role("button", name="Discard it…"))

    assert "cannot be brought back" in question and "Visibility: public" in question
    expect(left).to_have_count(0)
    expect(form(page)).to_have_count(0)
    wait_until_saved(page)
    page.reload()
    wait_until_ready(page, bench.NOTE)
    wait_until_saved(page)
    assert kept(page, installation)["events"] == []
