"""Webhooks: what is told to whom, signed, tried again, and where nothing is ever sent."""

import hashlib
import hmac
import json
import socket
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from coding import rounds
from coding.models import Assignment
from projects import jobs, posting, webhooks
from projects.models import Delivery, Job, LedgerLine
from projects.refusals import Invalid, Missing, NotAllowed, WrongState
from tests import factories

pytestmark = pytest.mark.django_db


class Receiver:
    """A program on this machine that is told; `answers` are the statuses it gives, one after another."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.heard.append((dict(self.headers), body))
                status = receiver.answers.pop(0) if receiver.answers else 200
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", receiver.address)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Tests print nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/told?from=concord"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> "Receiver":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def receiver(settings):
    settings.DEBUG = True  # where this machine itself may be told, without TLS
    with Receiver() as listening:
        yield listening


@pytest.fixture
def scene():
    return factories.scene(submitted=False)


def hook(scene, address="https://example.org/told", events=("submitted", "reconciled", "released")):
    return webhooks.register(scene.project, address=address, events=events, by=scene.manager.user)


def test_what_happens_is_told_signed_and_holds_ids_only(scene, receiver):
    made = hook(scene, receiver.address)
    given = factories.coded(
        factories.assignment(scene.round, scene.other), factories.event(title="Secret title of C2")
    )

    jobs.finish_all()

    [(headers, body)] = receiver.heard
    told = json.loads(body)
    assert told == {
        "id": headers["Concord-Delivery"],
        "event": "submitted",
        "project": scene.project.slug,
        "at": told["at"],
        "data": {
            "round": scene.round.public_id,
            "assignment": given.public_id,
            "document": scene.document.external_id,
        },
    }
    assert headers["Concord-Event"] == "submitted"
    at, signed = (part.partition("=")[2] for part in headers["Concord-Signature"].split(","))
    expected = hmac.new(made.secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    assert signed == expected.hexdigest()
    [delivery] = Delivery.objects.all()
    assert (delivery.state, delivery.attempts, delivery.status) == ("delivered", 1, 200)


def test_a_reconciled_round_and_a_published_version_are_told(scene, receiver):
    hook(scene, receiver.address, ["reconciled", "released"])
    for who in (scene.coder, scene.other):
        factories.coded(factories.assignment(scene.round, who), factories.event())
    run = factories.run(scene.round, factories.holder(scene.adjudicator))
    rounds.move(scene.round, scene.round.State.CLOSED, by=scene.manager.user)
    released = factories.release(scene.project, state="published")
    jobs.finish_all()

    told = [json.loads(body) for _, body in receiver.heard]

    assert [(one["event"], one["data"]) for one in told] == [
        ("reconciled", {"round": scene.round.public_id, "run": run.n, "document": None}),
        ("released", {"version": "0.1.0", "manifest_sha256": released.manifest_sha256}),
    ]


def test_nothing_is_told_while_a_manager_still_codes_the_document(scene):
    hook(scene)
    factories.member(scene.project, "both", ("coder", "manager"), label="C9")
    both = scene.project.memberships.get(label="C9")
    rounds.assign(scene.round, scene.document, both, by=scene.manager.user)
    factories.coded(factories.assignment(scene.round, scene.coder), factories.event())
    factories.coded(factories.assignment(scene.round, scene.other), factories.event())
    factories.run(scene.round, factories.holder(scene.adjudicator))
    assert Delivery.objects.count() == 0

    factories.coded(Assignment.objects.get(coder=both), factories.event())

    assert [one.event for one in Delivery.objects.all()] == ["submitted"]


def test_what_is_not_taken_is_tried_again_later_and_given_up_in_the_end(scene, receiver):
    hook(scene, receiver.address)
    receiver.answers = [500] * 20
    [delivery] = webhooks.tell(scene.project, "released", {"version": "1.0.0"})
    waited = []
    for _ in range(len(webhooks.BACKOFF) + 1):
        jobs.finish_all()
        delivery.refresh_from_db()
        assert webhooks.look(delivery.due_at - timedelta(seconds=1)) == 0
        if delivery.state == "waiting":
            waited.append(round((delivery.due_at - timezone.now()).total_seconds()))
            assert webhooks.look(delivery.due_at) == 1

    assert waited == [round(one.total_seconds()) for one in webhooks.BACKOFF]
    assert (delivery.state, delivery.attempts, delivery.error) == ("failed", 7, "It answered 500.")
    # Every attempt ended well as a job: that nobody took it is no failure of the worker.
    assert {job.state for job in Job.objects.filter(kind=webhooks.KIND)} == {"done"}

    receiver.answers = []
    webhooks.redeliver(delivery, by=scene.manager.user)
    jobs.finish_all()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("delivered", 1)
    assert len({json.loads(body)["id"] for _, body in receiver.heard}) == 1
    assert LedgerLine.objects.filter(verb="webhook.redeliver").count() == 1


def test_a_redirect_is_not_followed(scene, receiver):
    hook(scene, receiver.address)
    receiver.answers = [307]
    [delivery] = webhooks.tell(scene.project, "released", {})

    jobs.finish_all()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.error) == (
        "waiting", "It answered 307; redirects are not followed.",
    )  # fmt: skip
    assert len(receiver.heard) == 1


def test_an_ended_webhook_is_told_nothing_more(scene):
    made = hook(scene)
    [waiting] = webhooks.tell(scene.project, "released", {})

    webhooks.end(made, by=scene.manager.user)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.error) == ("failed", "The webhook ended before this was delivered.")  # fmt: skip
    assert webhooks.tell(scene.project, "released", {}) == []
    with pytest.raises(WrongState, match="ended"):
        webhooks.redeliver(waiting, by=scene.manager.user)
    with pytest.raises(WrongState, match="already"):
        webhooks.end(made, by=scene.manager.user)


# --- where it may go


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/", "ftp://example.org/", "https://", "https:///x", "not an address", "https://a:b@example.org/",
        "https://example.org:0/", "https://example.org:99999/", "https://example.org/ x", "https://exämple.org/",
        "https://localhost/", "https://concord/", "https://printer.local/", "https://db.internal/", "https://127.0.0.1/",
        "https://10.0.0.8/", "https://192.168.1.1/", "https://172.16.0.1/", "https://169.254.169.254/",
        "https://100.64.0.1/", "https://0.0.0.0/", "https://[::1]/", "https://[fe80::1]/", "https://[fd00::1]/",
        "https://[::ffff:10.0.0.8]/", "https://[64:ff9b::a00:8]/", "https://[2002:a00:8::]/", "https://224.0.0.1/",
        "http://localhost/",
    ],
)  # fmt: skip
def test_an_address_inside_is_refused(scene, address):
    with pytest.raises(Invalid):
        hook(scene, address)


@pytest.mark.parametrize("found", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:192.168.0.1"])  # fmt: skip
def test_a_name_that_means_a_machine_inside_is_not_called(monkeypatch, found):
    family = socket.AF_INET6 if ":" in found else socket.AF_INET
    places = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))]
    places.append((family, socket.SOCK_STREAM, 6, "", (found, 443)))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: places)
    monkeypatch.setattr(socket, "socket", lambda *_: pytest.fail("somebody was called"))

    outcome = posting.post("https://rebound.example.org/", "s", "released", "d", {})

    assert (outcome.status, outcome.error) == (
        None, "This address is one of a private network; nothing is sent there from here.",
    )  # fmt: skip


def test_a_short_form_of_an_inner_address_is_a_name_to_us_and_is_not_called_either(monkeypatch):
    monkeypatch.setattr(socket, "socket", lambda *_: pytest.fail("somebody was called"))

    outcome = posting.post("https://127.1/", "s", "released", "d", {})

    assert (outcome.status, outcome.error) == (
        None, "This address is one of a private network; nothing is sent there from here.",
    )  # fmt: skip


def test_a_setting_allows_addresses_inside(scene, settings):
    settings.WEBHOOKS_PRIVATE = True

    assert hook(scene, "https://10.0.0.8/told").address == "https://10.0.0.8/told"


def test_nobody_listening_is_told_in_words(scene, receiver, settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    outcome = posting.post(f"http://127.0.0.1:{port}/", "s", "released", "d", {})

    assert outcome == posting.Outcome(None, "Nobody listens at this address.")


# --- rights and refusals


def test_only_managers_see_and_make_them(scene):
    made = hook(scene)
    with pytest.raises(NotAllowed):
        webhooks.visible_webhooks(factories.holder(scene.adjudicator))
    other = factories.project("elsewhere", by=factories.user("founder2"))
    elsewhere = factories.holder(other.memberships.get())
    with pytest.raises(Missing):
        webhooks.webhook_for(elsewhere, made.public_id)


@pytest.mark.parametrize("events", [[], ["opened"]])
def test_events_are_those_there_are(scene, events):
    with pytest.raises(Invalid, match="Choose what is told: submitted, reconciled, released"):
        hook(scene, events=events)


def test_a_project_has_so_many_at_most(scene, monkeypatch):
    monkeypatch.setattr(webhooks, "MOST", 1)
    hook(scene)

    with pytest.raises(Invalid, match="at most 1"):
        hook(scene)


# --- pages and API


def test_the_secret_is_shown_once_on_the_page(scene, client):
    client.force_login(scene.manager.user)
    address = f"/projects/{scene.project.slug}/webhooks/"

    made = client.post(address, {"address": "https://example.org/x", "events": ["released"]})
    secret = scene.project.webhooks.get().secret

    assert secret in made.content.decode() and "no-store" in made["Cache-Control"]
    assert secret not in client.get(address).content.decode()
    page = client.get(f"{address}{scene.project.webhooks.get().public_id}/")
    assert (page.status_code, secret in page.content.decode()) == (200, False)


def test_a_refused_address_is_told_beside_the_form(scene, client):
    client.force_login(scene.manager.user)

    page = client.post(
        f"/projects/{scene.project.slug}/webhooks/",
        {"address": "http://example.org/", "events": ["released"]},
    )

    assert page.status_code == 422
    assert "A webhook goes to an https:// address." in page.content.decode()


def test_programs_make_them_and_learn_the_secret_once(scene, client):
    client.force_login(scene.manager.user)
    address = f"/api/v1/projects/{scene.project.slug}/webhooks/"
    sent = json.dumps({"address": "https://example.org/x", "events": ["released"]})
    headers = {"Idempotency-Key": "hook-1"}

    made = client.post(address, sent, "application/json", headers=headers)
    again = client.post(address, sent, "application/json", headers=headers)
    [listed] = client.get(address).json()["results"]

    assert made.status_code == 201 and made.json()["secret"].startswith("whsec_")
    assert (again.status_code, "shown only once" in again.json()["detail"]) == (409, True)
    assert set(made.json()) - set(listed) == {"secret"}


def test_deliveries_are_listed_and_sent_again(scene, client, receiver):
    made = hook(scene, receiver.address)
    [delivery] = webhooks.tell(scene.project, "released", {"version": "1.0.0"})
    client.force_login(scene.manager.user)
    address = f"/api/v1/projects/{scene.project.slug}/webhooks/{made.public_id}/deliveries/"

    [listed] = client.get(address).json()["results"]
    jobs.finish_all()
    page = (
        f"/projects/{scene.project.slug}/webhooks/{made.public_id}/deliveries/{delivery.public_id}/"
    )
    client.post(page)
    again = client.post(f"{address}{delivery.public_id}/redeliver/")
    jobs.finish_all()

    assert (listed["id"], listed["state"], listed["payload"]["data"]) == (
        delivery.public_id, "waiting", {"version": "1.0.0"},
    )  # fmt: skip
    assert again.status_code == 202
    assert len(receiver.heard) == 2
