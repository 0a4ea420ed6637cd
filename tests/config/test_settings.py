"""Settings fail loudly, secrets are kept, every answer carries its headers, every refusal its shape."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse

from config import errors
from config.middleware import POLICY
from projects.refusals import Invalid, Missing, NotAllowed, Refused, Stale, WrongState
from projects.rest.problems import kind_of
from tests.reconciliation.samples import member, table

ROOT = Path(__file__).resolve().parents[2]
OURS = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEBUG", "DJANGO_SETTINGS_MODULE"}


def python(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in OURS and not name.startswith("CONCORD_")
    }
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT, env={**kept, "CONCORD_DATA": str(folder), **environment}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"DEBUG": "maybe"}, "DEBUG must be 0 or 1, not 'maybe'"),
        ({"CONCORD_BEHIND_PROXY": "2"}, "CONCORD_BEHIND_PROXY must be 0 or 1, not '2'"),
        ({"CONCORD_JOB_LEASE": "1m"}, "CONCORD_JOB_LEASE must be a whole number, not '1m'"),
        ({"CONCORD_JOB_LEASE": "²"}, "CONCORD_JOB_LEASE must be a whole number, not '²'"),
        (
            {"CONCORD_UPLOAD_LIMIT_MB": "-1"},
            "CONCORD_UPLOAD_LIMIT_MB must be a whole number, not '-1'",
        ),
        (
            {"CONCORD_URL": "concord.example.org"},
            "CONCORD_URL must look like https://concord.example.org",
        ),
        (
            {"CONCORD_URL": "ftp://concord.example.org"},
            "CONCORD_URL must look like https://concord.example.org",
        ),
        (
            {"DATABASE_URL": "mysql://a:b@c/d"},
            "DATABASE_URL must name a postgresql:// or sqlite:/// database",
        ),
        (
            {"DATABASE_URL": "nonsense"},
            "DATABASE_URL must name a postgresql:// or sqlite:/// database",
        ),
        ({"CONCORD_DATA": "/proc/nowhere"}, "cannot write there"),
        ({"CONCORD_SMTP": "smtp://mail.example.org"}, "CONCORD_MAIL_FROM the sender; both or none"),
        ({"CONCORD_MAIL_FROM": "a@example.org"}, "CONCORD_MAIL_FROM the sender; both or none"),
        (
            {"CONCORD_SMTP": "mail.example.org", "CONCORD_MAIL_FROM": "a@example.org"},
            "CONCORD_SMTP must look like smtps://",
        ),
        (
            {"CONCORD_SMTP": "smtps://mail.example.org", "CONCORD_MAIL_FROM": "a"},
            "CONCORD_MAIL_FROM must be a mail address, not 'a'",
        ),
        ({"CONCORD_OIDC_ID": "concord"}, "CONCORD_OIDC_URL, CONCORD_OIDC_SECRET is missing too"),
        (
            {
                "CONCORD_OIDC_URL": "http://login.example.org",
                "CONCORD_OIDC_ID": "a",
                "CONCORD_OIDC_SECRET": "b",
            },
            "CONCORD_OIDC_URL must look like https://login.example.org, not 'http://login",
        ),
        ({"CONCORD_LOG_FORMAT": "xml"}, "CONCORD_LOG_FORMAT must be plain or json, not 'xml'"),
        ({"CONCORD_LOG_LEVEL": "LOUD"}, "CONCORD_LOG_LEVEL must be DEBUG, INFO"),
        (
            {"CONCORD_METRICS_ADDRESSES": "127.0.0.1, here"},
            "CONCORD_METRICS_ADDRESSES must hold addresses or networks",
        ),
    ],
)
def test_a_bad_setting_stops_the_start_and_names_itself(tmp_path, environment, said) -> None:
    done = python(tmp_path, "-c", "import config.settings", **environment)

    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode == 1
    assert last.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert said in last


def test_a_mail_server_is_read_from_one_address(tmp_path) -> None:
    program = (
        "from config import settings as s\n"
        "print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD, s.EMAIL_USE_SSL, s.EMAIL_USE_TLS)"
    )

    shown = [
        python(
            tmp_path, "-c", program, CONCORD_SMTP=address, CONCORD_MAIL_FROM="c@example.org"
        ).stdout.strip()
        for address in ("smtps://me:p%40ss@mail.example.org", "smtp://mail.example.org:2525", "smtp+plain://localhost")
    ]  # fmt: skip

    assert shown == [
        "mail.example.org 465 me p@ss True False",
        "mail.example.org 2525   False True",
        "localhost 25   False False",
    ]


SHOW = """
import json
from config import settings
print(json.dumps({
    "secret": settings.SECRET_KEY, "debug": settings.DEBUG, "hosts": settings.ALLOWED_HOSTS,
    "engine": settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1], "https": settings.SECURE_SSL_REDIRECT,
}))
"""


def test_with_nothing_set_a_secret_is_made_once_for_its_owner_only(tmp_path) -> None:
    first, second = (json.loads(python(tmp_path / "data", "-c", SHOW).stdout) for _ in range(2))

    path = tmp_path / "data" / "secret_key"
    assert first == second == {
        "secret": path.read_text(), "debug": False, "hosts": ["127.0.0.1", "localhost", "127.0.0.1", "[::1]"],
        "engine": "sqlite3", "https": False,
    }  # fmt: skip
    assert len(first["secret"]) >= 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_given_secret_is_taken_and_none_is_written_and_hosts_may_have_spaces(tmp_path) -> None:
    shown = json.loads(
        python(
            tmp_path, "-c", SHOW, SECRET_KEY="given " * 12, CONCORD_URL="https://concord.example.org/", CONCORD_HOSTS="a.example, b.example",
            DATABASE_URL="postgresql://u:p@h/d",
        ).stdout
    )  # fmt: skip

    assert shown == {
        "secret": ("given " * 12).strip(), "debug": False,
        "hosts": ["a.example", "b.example", "concord.example.org", "localhost", "127.0.0.1", "[::1]"],
        "engine": "postgresql", "https": True,
    }  # fmt: skip
    assert not (tmp_path / "secret_key").exists()


def test_the_deployment_check_is_clean_with_an_address_and_a_secret(tmp_path) -> None:
    done = python(
        tmp_path, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "INFO",
        SECRET_KEY="0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", CONCORD_URL="https://concord.example.org",
        CONCORD_SMTP="smtps://mail.example.org", CONCORD_MAIL_FROM="concord@example.org",
        CONCORD_OIDC_URL="https://login.example.org", CONCORD_OIDC_ID="concord", CONCORD_OIDC_SECRET="secret",
    )  # fmt: skip

    assert (done.returncode, done.stdout, done.stderr) == (
        0, "System check identified no issues (0 silenced).\n", "",
    )  # fmt: skip


def test_no_migration_is_missing(tmp_path) -> None:
    done = python(tmp_path, "manage.py", "makemigrations", "--check", "--dry-run")

    assert (done.returncode, done.stdout) == (0, "No changes detected\n"), done.stdout


# --- answers

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sign-in/", 200),
        ("/", 302),
        ("/nowhere/", 404),
        ("/api/v1/projects/", 401),
        ("/api/v1/nowhere/", 404),
        ("/projects/none/", 404),
    ],
)
def test_every_answer_carries_its_headers(path, status) -> None:
    client = Client()
    if path == "/projects/none/":
        client.force_login(table({}).pi.user)

    answer = client.get(path)

    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert POLICY.startswith("default-src 'self';") and "unsafe" not in POLICY


@pytest.mark.django_db
def test_pages_hold_no_inline_script_or_style() -> None:
    made = table({"d1": {"C1": None}})
    client = Client()
    client.force_login(made.pi.user)
    slug = made.round.project.slug

    for name in (
        "project",
        "documents",
        "rounds",
        "reconciliation",
        "releases",
        "members",
        "jobs",
        "ledger",
    ):
        page = client.get(reverse(name, args=[slug])).content.decode()
        assert "<style" not in page and " style=" not in page and " onclick=" not in page, name
        # Data for scripts is allowed: the browser never runs it.
        scripts = [tag.split(">")[0] for tag in page.split("<script")[1:]]
        assert all("src=" in tag or "application/json" in tag for tag in scripts), name


@pytest.mark.parametrize(
    ("refusal", "status", "title"),
    [
        (Refused("Words."), 400, "That is not possible"),
        (NotAllowed("Words."), 403, "You may not do that"),
        (Missing("Words."), 404, "Nothing here"),
        (WrongState("Words."), 409, "Not in this state"),
        (Stale("Words.", version=3), 412, "Somebody was faster"),
        (Invalid("Words.", problems=[{"line": 1}]), 422, "Please check what was entered"),
    ],
)
@pytest.mark.django_db
def test_a_refusal_is_a_page_for_people_and_problem_details_for_programs(
    refusal, status, title
) -> None:
    def answer(path):
        request = RequestFactory().get(path)
        request.user = member(table({}).round.project).user
        return errors.Refusals(lambda _: None).process_exception(request, refusal)

    page, problem = answer("/projects/x/"), answer("/api/v1/x/")

    assert (page.status_code, page.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert "Words." in page.content.decode() and title in page.content.decode()
    assert (problem.status_code, problem.headers["Content-Type"]) == (
        status,
        "application/problem+json",
    )
    assert json.loads(problem.content) == {
        "type": kind_of(status), "title": title, "status": status, "detail": "Words.",
        "instance": "/api/v1/x/", **refusal.details,
    }  # fmt: skip


@pytest.mark.django_db
def test_the_api_answers_every_refusal_as_problem_details() -> None:
    made = table({})
    client = Client()

    unsigned = client.get("/api/v1/projects/")
    client.force_login(made.pi.user)
    foreign = client.get("/api/v1/projects/none/documents/")
    filtered = client.get(
        f"/api/v1/projects/{made.round.project.slug}/documents/?added_by__password=x"
    )
    unmade = client.put("/api/v1/projects/")
    broken = client.post(
        "/api/v1/assignments/none/operations/",
        "{",
        content_type="application/json",
        headers={"If-Match": '"0"'},
    )

    for answer, status in (
        (unsigned, 401),
        (foreign, 404),
        (filtered, 422),
        (unmade, 405),
        (broken, 404),
    ):
        assert (answer.status_code, answer.headers["Content-Type"]) == (
            status,
            "application/problem+json",
        )
        told = answer.json()
        assert (told["type"], told["status"]) == (kind_of(status), status)
        assert told["title"] and told["detail"] and told["instance"].startswith("/api/v1/")
    assert "WWW-Authenticate" in unsigned.headers


@pytest.mark.django_db
def test_an_unknown_api_address_is_problem_details_too() -> None:
    answer = Client().get("/api/v1/nowhere/")

    assert (answer.status_code, answer.headers["Content-Type"], answer.json()["detail"]) == (
        404, "application/problem+json", "There is no page at this address.",
    )  # fmt: skip


@pytest.mark.django_db
def test_a_form_without_its_token_is_told_to_load_again() -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/sign-in/", {"username": "a", "password": "b"})

    assert answer.status_code == 403
    assert "This form was too old" in answer.content.decode()


def test_a_database_that_does_not_take_it_is_503_and_anything_else_is_not_swallowed() -> None:
    request = RequestFactory().get("/api/v1/x/")
    said = OperationalError("database is locked")
    said.__cause__ = sqlite3.OperationalError("database is locked")
    refusals = errors.Refusals(lambda _: None)

    answer = refusals.process_exception(request, said)

    assert (answer.status_code, "Nothing was changed" in json.loads(answer.content)["detail"]) == (
        503,
        True,
    )
    assert refusals.process_exception(request, KeyError("x")) is None
    assert errors.server_error(request).status_code == 500
