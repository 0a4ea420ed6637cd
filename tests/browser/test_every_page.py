"""Every page of the demo project that links lead to, each shape of address once: named controls, one heading, no sideways scrolling."""

import re
from collections import deque
from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import TimeoutError

from tests.browser.looks import nameless

IDENTIFIER = re.compile(r"/(?=[a-z0-9]*\d)[a-z0-9]{12}(?=/|$)")
VERSION = re.compile(r"/\d+(\.\d+)*(?=/|$)")
# What a browser saves instead of showing.
SAVED = re.compile(
    r"/(original|zip|source|schema)/$|/files?/|\.(csv|jsonl?|svg|yaml|zip|pdf|html|txt)$"
)
WIDTHS = (1280, 820)  # a laptop, a tablet on its side


@pytest.mark.parametrize(("user", "at_least"), [("dora", 20), ("ada", 12)])
def test_every_page_is_in_order(enter, installation, user, at_least):
    page = enter(user, "/projects/demo/")
    seen, visited, faults = {"/projects/*/"}, [], []
    waiting = deque([page.url])
    while waiting:
        page.goto(waiting.popleft())
        visited.append(page.url)
        faults += [f"{page.url}: {fault}" for fault in looked_at(page)]
        for address in page.locator("a[href]").evaluate_all("links => links.map(one => one.href)"):
            address = urldefrag(address).url
            if address.startswith(installation.url) and shape(address) not in seen:
                seen.add(shape(address))
                if not SAVED.search(urlsplit(address).path):
                    waiting.append(address)

    assert faults == []
    assert len(visited) >= at_least


def shape(address):
    """The address without what tells one thing of a kind from another."""
    path = VERSION.sub("/*", IDENTIFIER.sub("/*", urlsplit(address).path))
    path = re.sub(r"^/help/.+", "/help/*", path)  # test_help.py visits them all
    return re.sub(r"^/projects/[^/]+/", "/projects/*/", path)


def looked_at(page):
    headings = page.get_by_role("heading", level=1).count()
    if headings != 1:
        yield f"{headings} headings of the first level"
    for role in nameless(page):
        yield f"a {role} without a name"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 720})
        try:
            page.wait_for_function(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth",
                timeout=2_000,
            )
        except TimeoutError:
            yield f"wider than a window of {width} pixels"
