"""Setting up and starting: the parts that can be tried without installing anything."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from starting import chromium, javascript, locking, serving, stamps, testing
from starting.command import together
from starting.database import Database, database_name
from starting.installer_settings import read_pip_settings, settings_for_uv
from starting.places import HERE, Places
from starting.steps import StepFailed, Steps, Stopped, Trouble, advice_for
from starting.wheels import EXTRAS, RUN, TEST, Wheels, locks
from tests.servers import free_port, is_running

ROOT = Path(__file__).resolve().parents[1]


# -- stamps


def test_digest_changes_with_content_name_and_absence(tmp_path):
    (tmp_path / "a.txt").write_text("one")
    paths = [tmp_path / "a.txt", tmp_path / "folder"]
    first = stamps.digest(paths, root=tmp_path)

    (tmp_path / "folder").mkdir()
    empty_folder = stamps.digest(paths, root=tmp_path)
    (tmp_path / "folder" / "b.js").write_text("two")
    with_file = stamps.digest(paths, root=tmp_path)
    (tmp_path / "folder" / "b.js").rename(tmp_path / "folder" / "c.js")
    renamed = stamps.digest(paths, root=tmp_path)
    (tmp_path / "a.txt").write_text("ONE")
    rewritten = stamps.digest(paths, root=tmp_path)

    assert len({first, empty_folder, with_file, renamed, rewritten}) == 5
    assert stamps.digest(reversed(paths), root=tmp_path) == rewritten
    assert stamps.digest(paths, root=tmp_path, also=["3.12"]) != rewritten


def test_digest_passes_over_what_python_leaves_behind(tmp_path):
    (tmp_path / "static").mkdir()
    before = stamps.digest([tmp_path / "static"], root=tmp_path)

    (tmp_path / "static" / "__pycache__").mkdir()
    (tmp_path / "static" / "__pycache__" / "x.pyc").write_bytes(b"x")

    assert stamps.digest([tmp_path / "static"], root=tmp_path) == before


@pytest.mark.parametrize("torn", ["", "{", "[1]", "null"])
def test_a_torn_stamp_says_nothing(tmp_path, torn):
    stamp = tmp_path / "stamp.json"
    stamp.write_text(torn)

    assert stamps.read(stamp) == {}


def test_a_stamp_is_read_as_written(tmp_path):
    stamp = tmp_path / "new folder" / "stamp.json"

    stamps.write(stamp, key="abc", groups=["run"])

    assert stamps.read(stamp) == {"key": "abc", "groups": ["run"]}
    assert [file.name for file in stamp.parent.iterdir()] == ["stamp.json"]


# -- pip's settings in uv's words


def test_pip_settings_are_read_with_pips_own_precedence():
    listing = "\n".join(
        [
            ":env:.index-url='https://env.example/simple'",
            "global.index-url='https://global.example/simple'",
            "install.find-links='/wheels one'",
            "global.find-links='/never'",
            "download.index-url='https://other.example/simple'",
            "global.extra-index-url='https://a.example/simple\\nhttps://b.example/simple'",
            "WARNING: something unrelated = 3",
            "global.broken='no end",
        ]
    )

    assert read_pip_settings(listing) == {
        "index-url": "https://env.example/simple",
        "find-links": "/wheels one",
        "extra-index-url": "https://a.example/simple\nhttps://b.example/simple",
    }


def test_every_pip_setting_reaches_uv():
    pip = {
        "index-url": "https://own.example/simple",
        "extra-index-url": "https://a.example/simple\nhttps://b.example/simple",
        "find-links": "/wheels /more",
        "cert": "/own.pem",
        "client-cert": "/me.pem",
        "trusted-host": "own.example",
        "proxy": "http://proxy.example:3128",
        "timeout": "90",
        "retries": "9",
        "no-index": "true",
        "keyring-provider": "subprocess",
    }

    assert settings_for_uv(pip, {}) == {
        "UV_DEFAULT_INDEX": "https://own.example/simple",
        "UV_INDEX": "https://a.example/simple https://b.example/simple",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_FIND_LINKS": "/wheels,/more",
        "SSL_CERT_FILE": "/own.pem",
        "SSL_CLIENT_CERT": "/me.pem",
        "UV_INSECURE_HOST": "own.example",
        "ALL_PROXY": "http://proxy.example:3128",
        "HTTPS_PROXY": "http://proxy.example:3128",
        "HTTP_PROXY": "http://proxy.example:3128",
        "UV_HTTP_TIMEOUT": "90",
        "UV_HTTP_RETRIES": "9",
        "UV_NO_INDEX": "1",
        "UV_KEYRING_PROVIDER": "subprocess",
    }


def test_what_is_set_for_uv_itself_wins():
    pip = {"index-url": "https://pip.example/simple", "proxy": "http://pip.example:1"}
    environment = {
        "UV_DEFAULT_INDEX": "https://uv.example/simple",
        "https_proxy": "http://mine.example:2",
        "SSL_CERT_DIR": "/certs",
    }

    assert settings_for_uv(pip, environment) == {
        "ALL_PROXY": "http://pip.example:1",
        "HTTP_PROXY": "http://pip.example:1",
    }


def test_with_nothing_set_uv_trusts_what_the_system_trusts():
    assert settings_for_uv({}, {}) == {"UV_SYSTEM_CERTS": "1"}


# -- locks


def test_the_test_lock_takes_the_place_of_the_running_lock():
    here = Places(Path("/somewhere"))

    assert locks(here, {RUN}) == [here.run_lock]
    assert locks(here, {RUN, TEST}) == [here.test_lock]
    assert locks(here, {RUN, TEST, EXTRAS}) == [here.test_lock, here.extras_lock]


def pins(file: Path) -> dict[str, set[str]]:
    """The hashes of every name==version. Markers are left out: a bigger lock may need a pin in more places."""
    entries = file.read_text().replace("\\\n", " ").splitlines()
    return {
        entry.split(" ")[0]: {word for word in entry.split() if word.startswith("--hash=")}
        for entry in entries
    }


@pytest.mark.parametrize("bigger", ["requirements-test.lock", "requirements-extras.lock"])
def test_the_bigger_locks_repeat_the_pins_of_running(bigger):
    running = pins(ROOT / "requirements.lock")

    assert running == {name: said for name, said in pins(ROOT / bigger).items() if name in running}


@pytest.mark.parametrize("lock", locking.LOCKS, ids=lambda lock: lock.name)
def test_locks_name_packages_and_hashes_but_no_host(lock):
    text = (ROOT / lock.name).read_text()

    assert "--hash=sha256:" in text
    assert [line for line in text.splitlines() if "://" in line or "index" in line] == []


def test_lock_commands_are_written_out():
    lock = locking.Lock("x.lock", ("--extra", "test"))

    assert locking.compile_command("uv", lock, "pyproject.toml", upgrade=True) == [
        "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11",
        "--generate-hashes", "--no-header", "--no-annotate", "--extra", "test", "--upgrade",
        "--output-file", "x.lock", "pyproject.toml",
    ]  # fmt: skip


# -- the environment that is there


def test_an_environment_without_its_stamp_is_not_sound(tmp_path):
    places = Places(tmp_path)
    (places.venv / "bin").mkdir(parents=True)
    places.python.symlink_to(sys.executable)

    assert not Wheels(places, Steps(tmp_path, places.log)).is_sound()


def test_a_damaged_environment_is_noticed(tmp_path):
    places = Places(tmp_path)
    wheels = Wheels(places, Steps(tmp_path, places.log))
    package = places.venv / "lib" / f"python3.{sys.version_info.minor}" / "site-packages" / "django"
    package.mkdir(parents=True)
    places.python.parent.mkdir()
    places.python.symlink_to(sys.executable)
    version = f"cpython 3.{sys.version_info.minor}"
    stamps.write(wheels.stamp, python=version, entries=["django"], groups=["run"], key="k")
    assert wheels.is_sound()

    package.rename(package.with_name("gone"))
    without_package = wheels.is_sound()
    package.with_name("gone").rename(package)
    places.python.unlink()
    places.python.symlink_to("/nowhere/python3")
    without_python = wheels.is_sound()

    assert (without_package, without_python) == (False, False)


def test_an_environment_of_somebody_elses_is_put_aside(tmp_path, capsys):
    places = Places(tmp_path)
    wheels = Wheels(places, Steps(tmp_path, places.log))
    places.venv.mkdir()
    (places.venv / "mine.txt").write_text("mine")
    (tmp_path / "var" / "venv.old").mkdir()

    wheels._clear_the_way()

    assert (tmp_path / "var" / "venv.old1" / "mine.txt").read_text() == "mine"
    assert not places.venv.exists()
    assert (
        capsys.readouterr().out == "  .venv was not made by this command: it is now var/venv.old1\n"
    )


def test_an_unfinished_environment_of_our_own_is_removed(tmp_path):
    places = Places(tmp_path)
    wheels = Wheels(places, Steps(tmp_path, places.log))
    stamps.write(wheels.stamp, state="unfinished")

    wheels._clear_the_way()

    assert [path.name for path in tmp_path.iterdir()] == ["var"]


# -- the database


@pytest.fixture
def database(tmp_path, monkeypatch):
    for name in ("CONCORD_DATA", "CONCORD_DEMO", "CONCORD_URL", "CONCORD_HOSTS", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    places = Places(tmp_path)
    return Database(places, Steps(tmp_path, places.log))


def test_the_demo_is_for_a_new_database(database):
    before = database.wants_demo()
    (database.places.data / "concord.sqlite3").touch()

    assert (before, database.wants_demo()) == (True, False)


def test_a_demo_that_was_interrupted_is_taken_up_again(database):
    (database.places.data / "concord.sqlite3").touch()
    stamps.write(
        database.demo_stamp, database=database_name(database.places), state="begun", said=""
    )

    assert database.wants_demo()


def test_a_demo_that_was_loaded_is_not_loaded_again_until_its_database_is_gone(database):
    file = database.places.data / "concord.sqlite3"
    file.touch()
    stamps.write(
        database.demo_stamp, database=database_name(database.places), state="loaded", said=""
    )
    with_file = database.wants_demo()
    file.unlink()

    assert (with_file, database.wants_demo()) == (False, True)


def test_migrating_is_left_out_only_when_the_database_itself_has_everything(database):
    folder = database.places.root / "coding" / "migrations"
    folder.mkdir(parents=True)
    for name in ("__init__", "0001_initial", "0002_more"):
        (folder / f"{name}.py").touch()
    (database.places.run_lock).write_text("django==5.2")
    file = database.places.data / "concord.sqlite3"

    def have(*names):
        file.unlink(missing_ok=True)
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("CREATE TABLE django_migrations (app, name)")
            connection.executemany(
                "INSERT INTO django_migrations VALUES ('coding', ?)", [(name,) for name in names]
            )

    answers = [database.is_migrated()]  # no database
    have("0001_initial", "0002_more")
    answers.append(database.is_migrated())  # never migrated by this command
    stamps.write(database.migrated_stamp, key=database._migrations_key())
    answers.append(database.is_migrated())
    have("0001_initial")
    answers.append(database.is_migrated())  # an older backup
    have("0001_initial", "0002_more")
    database.places.run_lock.write_text("django==5.3")
    answers.append(database.is_migrated())  # a package may bring migrations
    file.write_bytes(b"not a database at all, but long enough to be looked at")
    stamps.write(database.migrated_stamp, key=database._migrations_key())
    answers.append(database.is_migrated())

    assert answers == [False, False, True, False, False, False]


def test_what_the_demo_said_last_is_told_at_every_start(database):
    said = "documents: 20\ncodings: 46\n\nSign in as anna.\nOr as ben.\n"
    stamps.write(
        database.demo_stamp, database=database_name(database.places), state="loaded", said=said
    )

    assert database.demo_words() == "Sign in as anna.\nOr as ben."


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({"DATABASE_URL": "postgresql://host/db"}, False),
        ({"CONCORD_URL": "https://concord.example.org"}, False),
        ({"DATABASE_URL": "postgresql://host/db", "CONCORD_DEMO": "1"}, True),
        ({"CONCORD_DEMO": "0"}, False),
    ],
)
def test_the_demo_with_its_public_passwords_stays_out_of_what_was_set_up_for_others(
    database, monkeypatch, environment, wanted
):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert database.wants_demo() == wanted


# -- Node.js and Chromium


@pytest.mark.parametrize(
    ("said", "major"),
    [
        ("v20.20.2\n", 20),
        ("v24.0.0-nightly2026", 24),
        ("20.1.0", None),
        ("", None),
        ("node: not found", None),
    ],
)
def test_node_version_is_read(said, major):
    assert javascript.major_version(said) == major


def programs(folder: Path, **scripts: str) -> str:
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return str(folder)


def test_a_node_that_is_too_old_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", programs(tmp_path, node="echo v18.19.0", npm="true"))

    assert javascript.node_on_path() is None


def test_a_node_without_npm_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", programs(tmp_path, node="echo v22.1.0"))

    assert javascript.node_on_path() is None


def test_a_node_that_is_new_enough_is_used(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", programs(tmp_path, node="echo v22.1.0", npm="true"))

    node = javascript.node_on_path()

    assert node == javascript.Node(tmp_path / "node", (str(tmp_path / "npm"),))


@pytest.mark.parametrize(
    ("environment", "installed", "found"),
    [
        ({}, {}, None),
        ({}, {"google-chrome": "/g", "chromium": "/c"}, "/c"),
        ({"CHROMIUM_PATH": "/mine"}, {"chromium": "/c"}, "/mine"),
        ({"CHROMIUM_PATH": "/missing"}, {"chromium": "/c"}, None),
    ],
)
def test_chromium_is_found_or_not(environment, installed, found):
    there = {"/mine", *installed.values()}

    assert chromium.find(environment, which=installed.get, exists=there.__contains__) == found


@pytest.mark.parametrize(
    ("administrator", "asked"), [(True, ["update", "install chromium"]), (False, [])]
)
def test_chromium_is_installed_only_by_who_may(tmp_path, monkeypatch, administrator, asked):
    script = f'case "$*" in *install*) echo install chromium;; *) echo update;; esac >> "{tmp_path}/asked"'
    monkeypatch.setenv("PATH", f"{programs(tmp_path, **{'apt-get': script})}:/bin")
    monkeypatch.delenv("CHROMIUM_PATH", raising=False)
    monkeypatch.setattr("starting.chromium.find", lambda: None)
    monkeypatch.setattr(os, "geteuid", lambda: 0 if administrator else 1000)
    browser = chromium.Chromium()

    browser.ensure(Steps(tmp_path, tmp_path / "log"))

    said = (tmp_path / "asked").read_text().splitlines() if asked else []
    assert (browser.path, said, (tmp_path / "asked").exists()) == (None, asked, administrator)


# -- ports


@pytest.mark.parametrize(("said", "port"), [(None, 8000), ("", 8000), ("9123", 9123)])
def test_the_wished_port_is_read(said, port):
    assert serving.wished_port(said) == port


@pytest.mark.parametrize("said", ["eighty", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(said):
    with pytest.raises(Trouble, match="CONCORD_PORT must be a number from 1 to 65535"):
        serving.wished_port(said)


def test_a_taken_port_gives_way_to_the_next_free_one():
    assert serving.free_port(8000, is_free=lambda port: port not in {8000, 8001}) == 8002


def test_no_free_port_is_trouble():
    with pytest.raises(Trouble, match="No port from 65500 to 65535 is free"):
        serving.free_port(65500, is_free=lambda port: False)


def test_one_server_for_one_data_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("CONCORD_DATA", raising=False)
    places = Places(tmp_path)

    with serving.only_server(places) as note_address:
        with pytest.raises(serving.AlreadyServing, match="^$"), serving.only_server(places):
            pass
        note_address("http://127.0.0.1:8000")
        with (
            pytest.raises(serving.AlreadyServing, match="^http://127.0.0.1:8000$"),
            serving.only_server(places),
        ):
            pass
    with serving.only_server(places):
        pass


# -- steps


@pytest.fixture
def steps(tmp_path):
    running = Steps(tmp_path, tmp_path / "start.log")
    yield running
    running.stop()


def test_a_failed_step_says_what_failed_and_what_to_do(steps):
    script = "import sys; print('npm error code ENOTFOUND'); sys.exit(3)"

    with pytest.raises(StepFailed) as failure:
        steps.run("JavaScript packages", [sys.executable, "-c", script])

    assert str(failure.value) == (
        "JavaScript packages failed (exit code 3).\n"
        "    npm error code ENOTFOUND\n"
        "A package registry could not be reached. Check the network (and the proxy or index set for pip and npm),\n"
        "then run the same command again: what is done stays done.\n"
        f"All that was said is in {steps.log}."
    )
    assert "npm error code ENOTFOUND" in steps.log.read_text()


@pytest.mark.parametrize(
    ("output", "first_words"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full."),
        ("tls: CERTIFICATE_VERIFY_FAILED", "The connection's certificate was not trusted."),
        ("Hash mismatch for x", "A downloaded file is not the one the lock file names"),
        ("EACCES: permission denied", "This folder must be writable for you."),
        (
            "Because there are no wheels ... no solution found",
            "No ready-made package fits this machine.",
        ),
        (
            "No matching distribution found (from versions: none)",
            "The package index in use does not offer",
        ),
        ("ModuleNotFoundError: No module named 'x'", "All that was said is in"),
        ("something else", "All that was said is in"),
    ],
)
def test_advice_fits_what_was_said(output, first_words):
    assert advice_for(output, Path("log")).startswith(first_words)


def test_a_program_that_is_not_there_is_a_failed_step(steps):
    with pytest.raises(StepFailed, match="no-such-program: No such file or directory"):
        steps.run("Trying", ["no-such-program"])


def test_one_failure_calls_off_the_rest_and_is_the_one_reported(steps):
    def slow():
        steps.run("slow", ["sleep", "60"])

    def failing():
        steps.run("failing", ["sh", "-c", "sleep 0.2; echo no; exit 1"])

    begun = time.monotonic()
    with pytest.raises(StepFailed, match="failing failed"):
        together(steps, slow, failing)

    assert time.monotonic() - begun < 10
    with pytest.raises(Stopped):
        steps.run("after", ["true"])


def test_stopping_ends_the_children_of_a_step_too(tmp_path):
    script = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from starting import command
from starting.steps import Steps
import signal
signal.signal(signal.SIGTERM, command._stop_on_signal)
steps = Steps(Path({str(tmp_path)!r}), Path({str(tmp_path / "log")!r}))
steps.run("nested", ["sh", "-c", "sleep 61 & echo $! > child.pid; wait"])
"""
    outer = subprocess.Popen([sys.executable, "-c", script])
    child_file = tmp_path / "child.pid"
    wait_until(lambda: child_file.exists() and child_file.read_text().strip())

    outer.send_signal(signal.SIGTERM)

    assert outer.wait(15) == 128 + signal.SIGTERM
    wait_until(lambda: not is_running(int(child_file.read_text())))


def wait_until(true, seconds=15):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)


def test_the_family_of_a_process_is_found(tmp_path):
    parent = subprocess.Popen(["sh", "-c", f"sleep 62 & echo $! > {tmp_path / 'pid'}; wait"])
    try:
        wait_until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().strip())

        assert serving.descendants(parent.pid) == {int((tmp_path / "pid").read_text())}
    finally:
        serving.end(parent)
    wait_until(lambda: not is_running(int((tmp_path / "pid").read_text())))


SERVER = """
import http.server, subprocess, sys
from pathlib import Path
host, port = sys.argv[3].split(":")
child = subprocess.Popen(["sleep", "63"], start_new_session=True)
Path("child.pid").write_text(str(child.pid))
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_error(404)
    def log_message(self, *words): pass
http.server.HTTPServer((host, int(port)), Answer).serve_forever()
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_serving_tells_when_it_answers_and_ends_with_all_it_started(tmp_path, number):
    places = Places(tmp_path / "a checkout")
    places.python.parent.mkdir(parents=True)
    places.python.symlink_to(sys.executable)
    (places.root / "manage.py").write_text(SERVER)
    script = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from starting import command, serving
from starting.places import Places
command.HERE = Places(Path({str(places.root)!r}))
command.set_up = lambda places, groups: __import__("contextlib").nullcontext(command.Done(None))
sys.exit(command.run([]))
"""
    port = free_port()
    outer = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "CONCORD_PORT": str(port), "CONCORD_DATA": str(tmp_path / "data")},
    )  # fmt: skip
    assert outer.stdout is not None
    said = [outer.stdout.readline(), outer.stdout.readline()]
    child = int((places.root / "child.pid").read_text())
    assert is_running(child)

    outer.send_signal(number)
    outer.communicate(timeout=30)

    assert said[1].endswith(f": http://127.0.0.1:{port}\n")
    assert outer.returncode == 128 + number
    assert not is_running(child)
    assert serving.can_bind(port)


# -- the test command


def test_own_flags_are_taken_out_of_the_words():
    assert testing.read_wishes(["--run-all", "tests/x.py", "-k", "y"], {}) == testing.Wishes(
        pytest_words=("tests/x.py", "-k", "y"), no_skips=True, on_postgres=False
    )
    assert testing.read_wishes(["--postgres"], {"CI": "true"}) == testing.Wishes(
        pytest_words=(), no_skips=True, on_postgres=True
    )
    assert testing.read_wishes([], {"CI": "false", "CONCORD_NO_SKIPS": ""}) == testing.Wishes()


def test_mypy_reads_all_our_code_and_nothing_that_was_fetched():
    assert testing.own_code(HERE) == [
        "coding", "config", "datasets", "manage.py", "projects", "reconciliation", "sources", "start.py", "starting",
    ]  # fmt: skip


def test_skips_of_node_are_counted():
    assert testing.node_skips("# tests 12\n# pass 10\n# fail 0\n# skipped 2\n# todo 0\n") == 2
    assert testing.node_skips("ℹ pass 12\nℹ skipped 0\n") == 0


def test_the_suite_does_not_see_this_machines_own_concord(tmp_path):
    (tmp_path / "shared").mkdir()
    places = Places(tmp_path / "checkout")
    base = {
        "DATABASE_URL": "postgres://own",
        "REDIS_URL": "redis://own",
        "DEBUG": "1",
        "PATH": "/bin",
    }

    seen = testing.suite_environment(
        places, tmp_path / "run", testing.Wishes(no_skips=True), "/c", base
    )

    assert seen == {
        "PATH": "/bin",
        "CONCORD_DATA": str(tmp_path / "run" / "data"),
        "CHROMIUM_PATH": "/c",
        "CONCORD_SHARED": str(tmp_path / "shared"),
        "CONCORD_NO_SKIPS": "1",
    }


def test_results_are_counted_from_pytests_own_file(tmp_path):
    results = tmp_path / "results.xml"
    results.write_text(
        '<testsuites><testsuite tests="9" failures="1" errors="1" skipped="2"></testsuite></testsuites>'
    )

    assert testing.read_results(results) == (5, 2, 2)
    assert testing.read_results(tmp_path / "none.xml") == (0, 0, 0)


def test_a_skip_fails_a_run_that_allows_none_and_is_named(tmp_path):
    (tmp_path / "test_one.py").write_text(
        "import pytest\n"
        "def test_good(): pass\n"
        "def test_not_here(): pytest.skip('no such thing')\n"
        "@pytest.mark.xfail\n"
        "def test_known(): assert False\n"
    )
    (tmp_path / "test_two.py").write_text(
        "import pytest\npytest.skip('not today', allow_module_level=True)\n"
    )
    words = [
        "-m",
        "pytest",
        "-p",
        "tests.skips",
        "-p",
        "xdist",
        "-c",
        os.devnull,
        "--rootdir",
        ".",
    ]
    answers = [
        subprocess.run(
            [sys.executable, *words, *more, "test_one.py", "test_two.py"],
            cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT), "CONCORD_NO_SKIPS": no_skips, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        )
        for more, no_skips in (([], "1"), (["-n", "2"], "1"), ([], "0"))
    ]  # fmt: skip

    assert [answer.returncode for answer in answers] == [1, 1, 0]
    for answer in answers[:2]:
        _, _, said = answer.stdout.partition("skipped, which this run does not allow")
        assert sorted(line for line in said.splitlines() if line.startswith("test_")) == [
            "test_one.py::test_not_here: Skipped: no such thing",
            "test_two.py: Skipped: not today",
        ]


# -- the command as a person meets it


def start(*words: str, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, str(ROOT / "start.py"), *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_unknown_words_get_the_usage_text():
    answer = start("dance")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith(
        "python3 start.py                 set up what is not set up yet"
    )


def test_help_is_no_failure():
    answer = start("--help")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert "python3 start.py test" in answer.stdout


def test_start_file_keeps_to_what_old_pythons_can_read():
    import ast

    ast.parse((ROOT / "start.py").read_text(), feature_version=(3, 6))


# -- the servers of the tests themselves


@pytest.mark.postgres
def test_postgres_runs_as_no_administrator_and_is_new(postgres_url):
    import psycopg

    with psycopg.connect(postgres_url) as connection:
        tables = connection.execute(
            "select count(*) from pg_tables where schemaname = 'public'"
        ).fetchone()
        version = connection.execute("show server_version").fetchone()

    assert tables == (0,)
    assert version is not None and int(version[0].split(".")[0]) >= 16


@pytest.mark.redis
def test_redis_is_empty_and_keeps_what_it_is_given(redis_url):
    import redis

    with redis.Redis.from_url(redis_url) as client:
        before = client.dbsize()
        client.set("a", "b")

        assert (before, client.get("a")) == (0, b"b")


def test_browser_shows_a_page(page, pictures):
    page.set_content("<h1>Concord</h1>")
    page.screenshot(path=pictures / "start.png")

    assert page.inner_text("h1") == "Concord"
    assert (pictures / "start.png").read_bytes()[:4] == b"\x89PNG"


def test_the_servers_of_the_tests_end_with_the_process_they_watch(tmp_path):
    watched = subprocess.Popen(["sleep", "0.2"])
    keeper = subprocess.Popen(
        [sys.executable, "-m", "tests.servers", "--watch", str(watched.pid)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "DATABASE_URL": "postgresql://given", "REDIS_URL": "redis://given"},
    )  # fmt: skip
    said, _ = keeper.communicate(timeout=30)
    watched.wait()

    assert said == (
        "CONCORD_TEST_POSTGRES_URL=postgresql://given\nCONCORD_TEST_REDIS_URL=redis://given\nready\n"
    )


def test_places_are_those_of_this_checkout():
    assert HERE.root == ROOT


def test_a_browser_that_died_is_followed_by_a_living_one(browsers):
    first = browsers()
    assert browsers() is first
    first.close()
    second = browsers()
    assert second is not first
    assert second.is_connected()
