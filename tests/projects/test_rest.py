"""What all operations of the API have in common: lists by cursor, versions, requests sent twice."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from projects import kept_answers
from projects.models import KeptAnswer, LedgerLine, Project
from sources import documents
from sources.models import Document
from tests import factories

pytestmark = pytest.mark.django_db
DOCUMENTS = "/api/v1/projects/alliances/documents/"


@pytest.fixture
def project():
    return factories.project()


@pytest.fixture
def manager(client, project):
    client.force_login(project.memberships.get().user)
    return client


def seen(client, address):
    """All rows of a list, piece by piece."""
    rows, pieces = [], 0
    while address:
        answer = client.get(address).json()
        rows += [one["external_id"] for one in answer["results"]]
        address, pieces = answer["next"], pieces + 1
    return rows, pieces


# --- lists


def test_a_list_comes_in_pieces_in_any_order(manager, project):
    for n in (3, 1, 2):
        factories.document(project, f"d{n}", body=f"Text {n}.")

    assert seen(manager, f"{DOCUMENTS}?limit=2") == (["d1", "d2", "d3"], 2)
    assert seen(manager, f"{DOCUMENTS}?limit=1&order=newest") == (["d2", "d1", "d3"], 3)
    assert seen(manager, f"{DOCUMENTS}?limit=2&order=title&words=d") == (["d1", "d2", "d3"], 2)


def test_what_is_added_meanwhile_moves_nothing(manager, project):
    for n in (1, 3):
        factories.document(project, f"d{n}", body=f"Text {n}.")
    following = manager.get(f"{DOCUMENTS}?limit=1").json()["next"]

    factories.document(project, "d0", body="Earlier.")
    factories.document(project, "d2", body="Between.")

    assert seen(manager, following)[0] == ["d2", "d3"]


def test_a_search_by_a_day_that_may_be_missing_comes_in_pieces_too(manager, project):
    for n in range(5):
        made = factories.document(project, f"d{n}", body=f"They exercise {n}.")
        Document.objects.filter(pk=made.pk).update(published_on=f"19{60 + n}-01-01" if n % 2 else None)  # fmt: skip
    address = "/api/v1/projects/alliances/search/?words=exercise"

    whole = manager.get(address).json()

    assert whole["count"] == 5 and whole["next"] is None
    assert seen(manager, f"{address}&limit=2") == (
        [one["external_id"] for one in whole["results"]], 3,
    )  # fmt: skip


def test_a_cursor_tells_the_id_its_reader_saw_and_nothing_else(manager, project):
    import base64

    made = [factories.document(project, f"d{n}", body=f"Text {n}.") for n in (1, 2)]

    cursor = manager.get(f"{DOCUMENTS}?limit=1").json()["next"].rpartition("cursor=")[2]

    assert base64.urlsafe_b64decode(cursor + "==").decode() == made[0].public_id


def test_a_cursor_into_another_project_leads_nowhere(manager, project):
    import base64

    other = factories.project("other", by=factories.user("else"))
    foreign = factories.document(other, "theirs")
    cursor = base64.urlsafe_b64encode(foreign.public_id.encode()).decode().rstrip("=")

    answer = manager.get(f"{DOCUMENTS}?cursor={cursor}")

    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (422, "cursor")


# --- versions


def test_what_is_known_is_not_sent_again(manager, project):
    factories.document(project)

    first = manager.get(DOCUMENTS)
    same = manager.get(DOCUMENTS, headers={"If-None-Match": first["ETag"]})
    weak = manager.get(DOCUMENTS, headers={"If-None-Match": f"W/{first['ETag']}"})
    factories.document(project, "d2", body="Other.")
    changed = manager.get(DOCUMENTS, headers={"If-None-Match": first["ETag"]})

    assert [one.status_code for one in (first, same, weak, changed)] == [200, 304, 304, 200]
    assert same.content == b"" and changed["ETag"] != first["ETag"]


def test_a_version_tells_nothing_of_what_others_did_out_of_sight(client):
    scene = factories.scene(submitted=False)
    client.force_login(scene.coder.user)
    slug = scene.project.slug
    places = [
        f"/api/v1/projects/{slug}/{part}"
        for part in (
            "", "rounds/", f"rounds/{scene.round.public_id}/", "assignments/", "jobs/", "documents/", "questions/", "members/",
            f"documents/{scene.document.public_id}/evidence/", "searches/", "exchanges/", "agreement/",
        )
    ]  # fmt: skip
    before = {place: client.get(place)["ETag"] for place in places}

    factories.coded(factories.assignment(scene.round, scene.other), factories.event())

    assert {place: client.get(place)["ETag"] for place in places} == before


def test_a_write_goes_by_the_version_it_names(manager, project):
    made = factories.document(project)
    address = f"{DOCUMENTS}{made.public_id}/"
    started = manager.get(address)["ETag"]
    documents.describe(made, by=project.memberships.get().user, title="By somebody else")

    def describe(tag):
        return manager.patch(
            address, '{"title": "Mine"}', "application/json", headers={"If-Match": tag}
        )

    stale, known, anyhow = describe(started), describe(manager.get(address)["ETag"]), describe("*")

    assert [one.status_code for one in (stale, known, anyhow)] == [412, 200, 200]
    assert stale.json()["type"] == "urn:concord:problem:stale"
    retired = manager.post(
        f"{address}retire/", '{"reason": "x"}', "application/json", headers={"If-Match": started}
    )
    assert retired.status_code == 412
    made.refresh_from_db()
    assert (made.title, made.state) == ("Mine", "read")


def test_a_part_goes_by_the_version_of_the_whole(manager, project):
    made = factories.document(project)
    address = f"{DOCUMENTS}{made.public_id}/sections/"
    seen = manager.get(address)["ETag"]
    section = '{"seen": 0, "kind": "article", "label": "1", "start": 0, "end": 9}'
    headers = {"If-Match": seen}

    added = manager.post(address, section, "application/json", headers=headers)
    changed = manager.put(f"{address}0/", section, "application/json", headers=headers)

    assert (added.status_code, changed.status_code) == (201, 412)


# --- sent twice


def found(client, slug, key, title="A study"):
    return client.post(
        "/api/v1/projects/",
        json.dumps({"title": title, "slug": slug}),
        "application/json",
        headers={"Idempotency-Key": key},
    )


def test_a_request_sent_twice_is_done_once_and_answered_twice(manager):
    first, again = found(manager, "study", "k1"), found(manager, "study", "k1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert [one.headers.get("Idempotent-Replayed") for one in (first, again)] == [None, "true"]
    assert Project.objects.filter(slug="study").count() == 1


def test_the_same_key_for_something_else_is_refused(manager):
    found(manager, "study", "k1")

    other = found(manager, "other", "k1")

    assert (other.status_code, "another request" in other.json()["detail"]) == (422, True)
    assert not Project.objects.filter(slug="other").exists()


def test_the_keys_of_two_people_are_two_keys(manager):
    found(manager, "study", "k1")
    somebody = Client()
    somebody.force_login(factories.user("somebody"))

    assert found(somebody, "other", "k1").status_code == 201


def test_what_was_refused_is_judged_again(manager):
    refused = found(manager, "alliances", "k1")
    Project.objects.filter(slug="alliances").update(slug="moved")

    assert (refused.status_code, found(manager, "alliances", "k1").status_code) == (422, 201)


def test_a_file_sent_twice_is_taken_once(manager, project):
    from django.core.files.uploadedfile import SimpleUploadedFile

    def send(content):
        sent = SimpleUploadedFile("a.txt", content)
        return manager.post(DOCUMENTS, {"file": sent}, headers={"Idempotency-Key": "k1"})

    first, again, other = send(b"One text."), send(b"One text."), send(b"Other text.")

    assert [one.status_code for one in (first, again, other)] == [201, 201, 422]
    assert first.json() == again.json()
    assert Document.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x" * 256, "two words"])
def test_a_key_is_visible_ascii(manager, key):
    assert found(manager, "study", key).status_code == 422


def test_old_answers_are_forgotten(manager):
    found(manager, "study", "k1")
    found(manager, "study2", "k2")
    KeptAnswer.objects.filter(key="k1").update(kept_at=timezone.now() - timedelta(hours=25))

    assert kept_answers.prune() == 1
    assert KeptAnswer.objects.get().key == "k2"


@pytest.mark.postgres
def test_the_same_request_at_once_is_done_once(on_postgres):
    founder = factories.user("founder")
    answers, begin = [], threading.Barrier(6)

    def send():
        client = Client()
        client.force_login(founder)
        begin.wait()
        answers.append(found(client, "study", "k1").status_code)
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert connection.vendor == "postgresql"
    assert answers == [201] * 6
    assert LedgerLine.objects.filter(verb="project.found").count() == 1


# --- what the page shows, and no more


def test_whose_label_is_whose_is_told_to_managers_only(client):
    scene = factories.scene(submitted=False)
    address = f"/api/v1/projects/{scene.project.slug}/members/"

    def labels(who):
        client.force_login(who.user)
        return {one["name"]: one["label"] for one in client.get(address).json()["results"]}

    assert labels(scene.manager)["other"] == "C2"
    assert labels(scene.adjudicator) == {
        "adjudicator": "PI", "coder": None, "exporter": None, "manager": None, "other": None,
    }  # fmt: skip


def test_a_coder_learns_nothing_of_how_a_round_is_spread(client):
    scene = factories.scene(submitted=False)
    client.force_login(scene.coder.user)
    address = f"/api/v1/projects/{scene.project.slug}/rounds/"

    [listed] = client.get(address).json()["results"]
    told = client.get(f"{address}{scene.round.public_id}/").json()

    assert (listed["per_document"], listed["documents"], listed["work"]) == (None, 1, 1)
    assert {name: told[name] for name in ("per_document", "overlap_percent", "seed", "drawn", "coders", "moves")} == {
        "per_document": None, "overlap_percent": None, "seed": None, "drawn": {}, "coders": [], "moves": [],
    }  # fmt: skip
    assert client.get(f"{address}{scene.round.public_id}/documents/").status_code == 404


def test_a_token_makes_no_token_and_founds_no_project(project):
    from projects import tokens

    _, secret = tokens.create(project, by=project.memberships.get().user, name="import")
    headers = {"Authorization": f"Bearer {secret}"}

    def send(address, body):
        return Client().post(address, body, "application/json", headers=headers).status_code

    assert send("/api/v1/projects/alliances/tokens/", '{"name": "more"}') == 403
    assert send("/api/v1/projects/", '{"title": "T", "slug": "more"}') == 403


def test_a_made_token_works_until_it_is_revoked(manager, project):
    address = "/api/v1/projects/alliances/tokens/"
    made = manager.post(address, '{"name": "import"}', "application/json").json()
    headers = {"Authorization": f"Bearer {made['secret']}"}

    before = Client().get(DOCUMENTS, headers=headers).status_code
    revoked = manager.delete(f"{address}{made['token']['id']}/")
    after = Client().get(DOCUMENTS, headers=headers).status_code

    assert (before, revoked.status_code, after) == (200, 200, 401)
