"""What every test may ask for: real servers, a real browser, the shared folder.

Servers come from `start.py test` by environment; when pytest is called by itself, the first test that needs
one starts them, once for all workers.
"""

import fcntl
import json
import os
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from starting import chromium
from tests import migrated, skips
from tests import servers as test_servers

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_RUN_FOLDER, _RUN_PROCESS = migrated.RUN_FOLDER, "CONCORD_TEST_RUN_PROCESS"
_outcome = pytest.StashKey[pytest.TestReport]()


# -- the run


def is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "postgres: needs a real PostgreSQL (fixture postgres_url)")
    config.addinivalue_line(
        "markers", "redis: needs a real Redis-compatible server (fixture redis_url)"
    )
    config.addinivalue_line(
        "markers", "browser: drives a real browser; given by the fixture page itself"
    )
    skips.pytest_configure(config)
    if not is_worker(config):
        os.environ[_RUN_FOLDER] = tempfile.mkdtemp(prefix="concord-pytest-")
        os.environ[_RUN_PROCESS] = str(os.getpid())


def pytest_unconfigure(config: pytest.Config) -> None:
    if is_worker(config):
        return
    folder = Path(os.environ.pop(_RUN_FOLDER))
    said = folder / "servers.json"
    if said.exists():
        _end(int(json.loads(said.read_text())["pid"]))
    shutil.rmtree(folder, ignore_errors=True)


def _end(pid: int) -> None:
    """Tell the servers' keeper to stop and wait until it has."""
    try:
        os.kill(pid, signal.SIGTERM)
    except ProcessLookupError:
        return
    deadline = time.monotonic() + 20
    while test_servers.is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.05)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark browser tests and put them last: Playwright leaves an event loop behind in its thread.

    One that fails may try once more, since three programs and a network stand between it and its answer; the summary
    lists what needed that as RERUN.
    """
    for item in items:
        if "browsers" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1))
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


# -- the database of the tests


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """SQLite's tables come from the copy below; nothing else is asked of Django."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["MIGRATE"] = False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> None:
    """What was migrated once in the run is poured into the memory of each worker: with triggers, without the wait."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), closing(sqlite3.connect(migrated.empty())) as made:
            connection.ensure_connection()
            made.backup(connection.connection)


# -- real servers


@pytest.fixture(scope="session")
def server_addresses() -> dict[str, str]:
    """Where the real servers are, by the names of tests/servers.py; one that cannot be had is missing."""
    names = (test_servers.POSTGRES, test_servers.REDIS)
    given = {name: os.environ[name] for name in names if os.environ.get(name)}
    if given:
        return given
    folder = Path(os.environ[_RUN_FOLDER])
    said = folder / "servers.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            said.write_text(json.dumps(_start_servers()))
    return dict(json.loads(said.read_text())["addresses"])


def _start_servers() -> dict[str, object]:
    words = [sys.executable, "-m", "tests.servers", "--detach", "--watch", os.environ[_RUN_PROCESS]]
    started = subprocess.run(
        words, cwd=ROOT, capture_output=True, text=True, timeout=180, check=True
    )
    lines = [line.partition("=") for line in started.stdout.splitlines() if "=" in line]
    values = {name: value for name, _, value in lines}
    addresses = {name: value for name, value in values.items() if name.startswith("CONCORD_TEST_")}
    if len(addresses) < 2:
        print(started.stdout, started.stderr, file=sys.stderr)
    return {"pid": int(values["PID"]), "addresses": addresses}


@pytest.fixture
def postgres_url(server_addresses: dict[str, str]) -> Iterator[str]:
    """The address of a new, empty PostgreSQL database, dropped after the test."""
    with _new_postgres(server_addresses) as address:
        yield address


@contextmanager
def _new_postgres(server_addresses: dict[str, str], like: str = "") -> Iterator[str]:
    """A database of our own, empty or a copy of the one at `like`, until it is no longer needed."""
    import psycopg

    if test_servers.POSTGRES not in server_addresses:
        pytest.skip("no PostgreSQL could be had")
    server = server_addresses[test_servers.POSTGRES]
    name = f"concord_test_{secrets.token_hex(6)}"
    template = f' TEMPLATE "{urlsplit(like).path[1:]}"' if like else ""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"{template}')
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def migrated_postgres(server_addresses: dict[str, str]) -> str:
    """The address of a PostgreSQL database with every table and trigger and no row, to make copies of."""
    if test_servers.POSTGRES not in server_addresses:
        pytest.skip("no PostgreSQL could be had")
    return migrated.postgres_like(server_addresses[test_servers.POSTGRES])


@pytest.fixture
def on_postgres(
    server_addresses: dict[str, str], migrated_postgres: str, django_db_blocker
) -> Iterator[None]:
    """The models live in a PostgreSQL database of this test's own, with real transactions, in every thread."""
    with (
        _new_postgres(server_addresses, like=migrated_postgres) as address,
        django_db_blocker.unblock(),
        _default_database(address),
    ):
        yield


@contextmanager
def _default_database(address: str) -> Iterator[None]:
    """Django's default database is another one; connections of other threads are closed by those threads."""
    import dj_database_url
    from django.db import connections

    known, connection = connections.settings["default"], connections["default"]
    given = connections.configure_settings({"default": dj_database_url.parse(address)})
    connections.settings["default"] = given["default"]
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = known
        connections["default"] = connection


@pytest.fixture
def redis_url(server_addresses: dict[str, str], worker_id: str) -> Iterator[str]:
    """The address of an empty Redis database of this worker's own, emptied after the test.

    A database that holds anything already is never touched.
    """
    import redis

    if test_servers.REDIS not in server_addresses:
        pytest.skip("no Redis-compatible server could be had")
    server = server_addresses[test_servers.REDIS]
    own = int(worker_id.removeprefix("gw")) if worker_id.startswith("gw") else 0
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    for number in range(own, 16, workers):
        address = urlunsplit(urlsplit(server)._replace(path=f"/{number}"))
        with redis.Redis.from_url(address) as client:
            if client.dbsize() == 0:
                break
    else:
        pytest.fail(
            "every database of the Redis server in REDIS_URL holds something; the tests need an empty one"
        )
    try:
        yield address
    finally:
        with redis.Redis.from_url(address) as client:
            client.flushdb()


# -- a real browser


@pytest.fixture(scope="session")
def chromium_path() -> str:
    found = chromium.find()
    if found is None:
        pytest.skip("no Chromium: install one or set CHROMIUM_PATH")
    return found


@pytest.fixture(scope="session")
def browsers(chromium_path: str) -> Iterator[Callable[[], object]]:
    """Gives Chromium, driven by Playwright: one for the session, and a new one should that have died.

    A browser that falls over in the midst of one test must not take all later ones with it.
    """
    from playwright.sync_api import sync_playwright

    # Playwright's synchronous interface runs an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        launched = []

        def living():
            if not (launched and is_alive(launched[-1])):
                launched.append(
                    playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_FLAGS)
                )
            return launched[-1]

        yield living
        for one in launched:
            one.close()


def is_alive(browser) -> bool:
    """Asked of the browser itself: that it is gone is heard of only when something is asked of it."""
    from playwright.sync_api import Error

    try:
        browser.new_context().close()
    except Error:
        return False
    return True


@pytest.fixture
def browser(browsers):
    return browsers()


@pytest.fixture
def allowed_problems() -> list[str]:
    """Pieces of console messages that a test expects; whatever else the console reports fails it."""
    return []


def console_problem(said) -> list[str]:
    """What a console message adds to the problems: errors do, but for the icon that browsers ask for unasked."""
    address = (said.location or {}).get("url", "")
    if said.type != "error" or address.endswith("/favicon.ico"):
        return []
    return [f"console: {said.text} ({address})"]


@pytest.fixture
def open_page(browser, allowed_problems, request) -> Iterator[Callable[..., object]]:
    """Opens pages, each in a context of its own (a person at their own machine), 1280 by 720.

    Errors on any console and errors thrown on any page fail the test. A failed test leaves a picture of every page.
    """
    contexts, problems = [], []

    def opener(**options):
        context = browser.new_context(viewport={"width": 1280, "height": 720}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda said: problems.extend(console_problem(said)))
        page.on("pageerror", lambda error: problems.append(f"page error: {error}"))
        return page

    yield opener
    report = request.node.stash.get(_outcome, None)
    if not browser.is_connected():
        pytest.fail("the browser itself came to an end in the midst of this test")
    if report is not None and report.failed:
        for number, page in enumerate(page for context in contexts for page in context.pages):
            page.screenshot(
                path=picture_folder() / f"failed-{request.node.name}-{number}.png", full_page=True
            )
    for context in contexts:
        context.close()
    unexpected = [said for said in problems if not any(piece in said for piece in allowed_problems)]
    assert unexpected == []


@pytest.fixture
def page(open_page):
    """One page in a context of its own; see open_page."""
    return open_page()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "call":
        item.stash[_outcome] = report
    return report


def picture_folder() -> Path:
    folder = Path(os.environ.get("CONCORD_PICTURES") or ROOT / "var" / "pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def pictures() -> Path:
    """The folder that screenshots go to: CONCORD_PICTURES, else var/pictures."""
    return picture_folder()


# -- files


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of material that lies beside the checkout; not part of it."""
    folder = Path(os.environ.get("CONCORD_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"no shared material at {folder}")
    return folder


@pytest.fixture(autouse=True, scope="session")
def files_of_this_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What tests upload goes to a temporary folder, and what this machine's own data hold is not served."""
    from django.test import override_settings

    files, static = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("static")
    with override_settings(FILES_DIR=files, STATIC_ROOT=static):
        yield


# -- the database


@pytest.fixture(autouse=True, scope="session")
def flush_without_triggers() -> Iterator[None]:
    """Tests with real transactions end by emptying every table, which the triggers refuse on SQLite.

    PostgreSQL empties by TRUNCATE, which row triggers do not see.
    """
    from django.db.backends.sqlite3.operations import DatabaseOperations

    flush = DatabaseOperations.execute_sql_flush

    def flush_between(operations, sql_list):
        with operations.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            try:
                flush(operations, sql_list)
            finally:
                for _, sql in triggers:
                    cursor.execute(sql)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush_between)
        yield


# -- emptying a database whose rows refuse it


@pytest.fixture(autouse=True, scope="session")
def flushing_past_triggers() -> Iterator[None]:
    """Tests with real transactions empty SQLite's tables afterwards; append-only ones would refuse, so their
    triggers stand aside for that moment. (PostgreSQL truncates, which its row triggers do not see.)"""
    from django.db.backends.sqlite3.base import DatabaseOperations

    flush = DatabaseOperations.execute_sql_flush

    def flush_without_triggers(self, sql_list):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            try:
                flush(self, sql_list)
            finally:
                for _, sql in triggers:
                    cursor.execute(sql)

    DatabaseOperations.execute_sql_flush = flush_without_triggers
    yield
    DatabaseOperations.execute_sql_flush = flush
