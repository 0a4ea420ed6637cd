"""Log lines: which request or job they belong to, and nothing of what people typed, read or sign in with."""

import io
import json
import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import path, reverse

from coding import events
from config import urls as product
from config.watching import logs
from config.watching.gunicorn_logs import ServerLog
from projects import jobs, log_marks, tokens
from projects.models import Job
from tests import small

SECRET = "Zyxomma"  # in everything that is typed, read or thrown below


@pytest.fixture
def written(request):
    """What the root logger writes in both forms, everything at its lowest level."""
    streams = {}
    root = logging.getLogger()
    kept = root.level
    handlers = []
    for form, shape in ((logs.PLAIN, logs.Lines), (logs.JSON, logs.JsonLines)):
        streams[form] = io.StringIO()
        handler = logging.StreamHandler(streams[form])
        handler.setFormatter(shape())
        handlers.append(handler)
        root.addHandler(handler)
    levels = {}
    for name in (*logs.OURS, logs.ORDINARY):
        levels[name] = logging.getLogger(name).level
        logging.getLogger(name).setLevel("DEBUG")
    yield {form: lambda form=form: streams[form].getvalue().splitlines() for form in streams}
    for handler in handlers:
        root.removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    root.setLevel(kept)


def json_lines(written) -> list[dict]:
    return [json.loads(line) for line in written[logs.JSON]()]


def fails(request, slug):
    raise ValueError(f"cannot read {SECRET} in {request.GET}")


# The product's addresses, and one that fails, for the tests below.
urlpatterns = [path("broken/<slug:slug>/", fails, name="broken"), *product.urlpatterns]
handler404, handler500 = product.handler404, product.handler500


def test_a_line_carries_its_request_and_its_job_in_both_forms(written):
    log = logging.getLogger("projects.jobs")

    with log_marks.marked(request="r1"), log_marks.marked(job="7"):
        log.info("%s done", "work", extra={"fields": {"s": 0.5}})
    log.info("alone")

    first, second = json_lines(written)
    assert first.pop("at").endswith("Z") and first.pop("process") and second.pop("at")
    assert first == {
        "level": "INFO", "from": "projects.jobs", "request": "r1", "job": "7", "says": "work done", "s": 0.5,
    }  # fmt: skip
    assert "request" not in second and "job" not in second
    assert [line.split(" ", 1)[1] for line in written[logs.PLAIN]()] == [
        "INFO projects.jobs [request r1 job 7] work done s=0.5",
        "INFO projects.jobs alone",
    ]


def test_of_an_exception_kinds_and_places_are_told_and_not_its_words(written):
    try:
        try:
            int(SECRET)
        except ValueError as error:
            raise KeyError(SECRET) from error
    except KeyError:
        logging.getLogger("coding").exception("failed")

    (line,) = json_lines(written)
    assert [problem["kind"] for problem in line["problems"]] == [
        "builtins.KeyError",
        "builtins.ValueError",
    ]
    assert "test_logs.py" in line["problems"][0]["places"][-1]
    plain = "\n".join(written[logs.PLAIN]())
    assert "builtins.ValueError at " in plain and SECRET not in plain


def test_with_debug_on_the_words_are_told_too():
    record = logging.LogRecord("x", logging.ERROR, "", 1, "failed", None, None)
    try:
        int(SECRET)
    except ValueError as error:
        record.exc_info = (ValueError, error, error.__traceback__)

    assert SECRET in logs.Lines(quoting=True).format(record)
    assert SECRET in json.loads(logs.JsonLines(quoting=True).format(record))["quoted"]


@pytest.mark.django_db
def test_a_request_is_told_by_its_route_and_its_id_goes_back(written):
    client = Client()
    client.force_login(small.user("ada"))

    answer = client.get("/no/such/page/?words=x")
    home = client.get("/", headers={"X-Request-ID": "chosen-by-a-stranger"})

    lines = [line for line in json_lines(written) if line["from"] == "concord.requests"]
    assert [(line["route"], line["status"], line["request"]) for line in lines] == [
        ("none", 404, answer.headers["X-Request-ID"]),
        ("home", 200, home.headers["X-Request-ID"]),
    ]
    assert home.headers["X-Request-ID"] != "chosen-by-a-stranger"
    assert "ada" not in json.dumps(lines)


@pytest.mark.django_db
def test_behind_a_proxy_its_id_is_kept_unless_it_is_no_id(settings):
    settings.BEHIND_PROXY = True

    kept = Client().get("/healthz", headers={"X-Request-ID": "0f3a-77.b_c"})
    made = Client().get("/healthz", headers={"X-Request-ID": "two\nlines and more"})

    assert kept.headers["X-Request-ID"] == "0f3a-77.b_c"
    assert len(made.headers["X-Request-ID"]) == 16


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_failure_is_logged_with_the_number_that_the_page_tells(written):
    client = Client(raise_request_exception=False)
    client.force_login(small.user())

    answer = client.get(f"/broken/x/?words={SECRET}")

    number = answer.headers["X-Request-ID"]
    failed, answered = json_lines(written)
    assert (answer.status_code, number in answer.content.decode()) == (500, True)
    assert (failed["says"], failed["request"], failed["problems"][0]["kind"]) == (
        "a request failed", number, "builtins.ValueError",
    )  # fmt: skip
    assert (answered["route"], answered["status"], answered["level"]) == ("broken", 500, "ERROR")
    assert SECRET not in "\n".join(written[logs.JSON]() + written[logs.PLAIN]())


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_no_planted_word_of_coding_import_errors_or_signing_in_reaches_a_log(
    written, monkeypatch, settings
):
    """What leaks would be found: the same words are thrown by a view, by a job and by the database."""
    own = small.assignment()
    project, coder, pi = own.round.project, own.coder.user, small.manager_of(own.round.project)
    settings.JOB_ATTEMPTS = 1
    slug = project.slug

    # Signing in, with a wrong and with a right password; a token that is none and one that is.
    coder.set_password(f"{SECRET}-right-1")
    coder.save()
    client = Client(raise_request_exception=False)
    for password in (f"{SECRET}-wrong", f"{SECRET}-right-1"):
        client.post(reverse("sign_in"), {"username": coder.username, "password": password})  # fmt: skip
    _, token = tokens.create(project, by=pi, name=SECRET)
    for bearer in (SECRET, token):
        Client().get("/api/v1/projects/", headers={"Authorization": f"Bearer {bearer}"})

    # Coding: what is taken, what is refused, what is no JSON.
    address = reverse("api_operations", args=[own.public_id])
    good = {"operations": small.whole_event(title=f"{SECRET} signed")}
    bad = {"operations": [small.operation("value.set", event="x", field=SECRET, value=SECRET)]}
    for body in (json.dumps(good), json.dumps(bad), f"{{{SECRET}"):
        client.post(address, body, content_type="application/json", headers={"If-Match": '"0"'})
    client.get(reverse("search", args=[slug]), {"q": SECRET, "words": SECRET})
    client.get(f"/projects/{SECRET}/")
    client.get(f"/broken/x/?words={SECRET}")

    # Import: documents that can and cannot be read, codings with errors; then the jobs.
    manager = Client(raise_request_exception=False)
    manager.force_login(pi)
    for name, content in ((f"{SECRET}.txt", f"Text of {SECRET}.".encode()), (f"{SECRET}.pdf", b"%PDF-1.7 " + SECRET.encode())):  # fmt: skip
        manager.post(reverse("upload", args=[slug]), {"files": SimpleUploadedFile(name, content)})
    manager.post(
        reverse("api_codings", args=[slug]),
        {"file": SimpleUploadedFile("x.jsonl", json.dumps({"document": SECRET, "coder": SECRET}).encode())},
    )  # fmt: skip

    def throws(subject, parameters, progress):
        raise ValueError(f"row {SECRET} of {parameters}")

    monkeypatch.setitem(jobs._HANDLERS, "tests.throws", throws)
    thrown = jobs.enqueue("tests.throws", SECRET, project=None, by=None, parameters={"a": SECRET})
    jobs.finish_all()
    # A database's own words about the row that it refused.
    monkeypatch.setitem(jobs._HANDLERS, "tests.throws", lambda *_: events.apply(own, [{"id": SECRET}], base=99, by=coder) and None)  # fmt: skip
    jobs.enqueue("tests.throws", "2", project=None, by=None)
    jobs.finish_all()

    told = written[logs.JSON]() + written[logs.PLAIN]()
    thrown.refresh_from_db()
    assert SECRET in thrown.error  # who may know of the job reads it on its page
    assert Job.objects.filter(kind__startswith="sources.").exclude(state="queued").exists()
    assert {"api_operations", "sign_in", "upload", "search", "broken"} <= {
        line.get("route") for line in json_lines(written)
    }
    assert any(line.get("job") == str(thrown.pk) and "problems" in line for line in json_lines(written))  # fmt: skip
    assert [line for line in told if SECRET.lower() in line.lower()] == []
    assert [line for line in told if token in line or own.public_id in line] == []


def test_what_libraries_say_below_info_is_left_out_even_when_our_own_lines_are_wanted():
    said = logs.configuration(form=logs.PLAIN, level="DEBUG", ordinary=False, quoting=False)

    assert said["root"]["level"] == "INFO"
    assert {said["loggers"][name]["level"] for name in logs.OURS} == {"DEBUG"}
    assert said["loggers"]["concord"]["level"] == "WARNING"


def test_the_web_server_logs_through_the_same_lines():
    from gunicorn.config import Config

    log = ServerLog(Config())

    assert log.error_log.handlers == [] and log.error_log.propagate
