"""One installation with the demo project, shared by the browser tests of a worker, and people signed in to it."""

import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import migrated
from tests.browser import bench
from tests.browser.people import follow, sign_in, wait_until_ready
from tests.installation import ROOT, Installation

# A page on a busy machine may take its time; what never comes still fails.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def installation(tmp_path_factory):
    """A copy of what is laid once in the run: the demo project and the bench."""
    laid = Path(os.environ[migrated.RUN_FOLDER]) / "bench"
    migrated.once(laid.with_suffix(".done"), lambda: _lay(laid))
    folder = tmp_path_factory.mktemp("installation")
    shutil.copytree(laid, folder, dirs_exist_ok=True)
    made = Installation(folder)
    made.start()
    yield made
    made.stop()


def _lay(folder):
    made = Installation(folder)
    made.prepare()
    words = [sys.executable, "-m", "tests.browser.bench"]
    subprocess.run(words, cwd=ROOT, env=made.environment, check=True, timeout=240)


@pytest.fixture(scope="session")
def signed_in(installation, browsers):
    """What a browser keeps of a person who has signed in, by user name; each signs in once."""
    kept = {}

    def state_of(user):
        if user not in kept:
            context = browsers().new_context()
            sign_in(context.new_page(), installation, user)
            kept[user] = context.storage_state()
            context.close()
        return kept[user]

    return state_of


@pytest.fixture
def enter(installation, signed_in, open_page):
    """Opens a page of the product as somebody who is signed in."""

    def enter(user, path, **options):
        page = open_page(storage_state=signed_in(user), **options)
        page.goto(f"{installation.url}{path}")
        return page

    return enter


@pytest.fixture(scope="session")
def _tries():
    return itertools.count(1)


@pytest.fixture
def begin(enter, _tries):
    """Ada opens a document of the bench that nobody has coded yet, in a round that no other test uses."""

    def begin(title=bench.NOTE, **options):
        page = enter("ada", "/projects/bench/work/", **options)
        table = page.get_by_role("region", name=f"Documents of Try {next(_tries)}", exact=True)
        follow(table.get_by_role("link", name=title))
        wait_until_ready(page, title)
        return page

    return begin
