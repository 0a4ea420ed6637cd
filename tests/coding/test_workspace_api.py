"""What the workspace asks beside operations: history, active time, own events elsewhere, keys; each only one's own."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from coding import key_choices, working_time
from coding.models import Stint
from projects.refusals import Invalid
from tests import factories, small

pytestmark = pytest.mark.django_db
PARTS = ("history", "questions", "elsewhere")


@pytest.fixture
def work():
    return small.assignment()


@pytest.fixture
def ask(client, work):
    client.force_login(work.coder.user)

    def ask(part, method="get", **sent):
        address = f"/api/v1/assignments/{work.public_id}/{part}"
        if method == "get":
            return client.get(address, sent)
        return getattr(client, method)(address, sent, content_type="application/json")

    return ask


def test_all_of_it_is_one_s_own(client, work):
    project = work.round.project
    small.coded(work)
    for stranger in (small.member(project), small.member(project, "manager")):
        client.force_login(stranger.user)
        for part in PARTS:
            answer = client.get(f"/api/v1/assignments/{work.public_id}/{part}/")
            assert (part, answer.status_code) == (part, 404)
        told = client.post(
            f"/api/v1/assignments/{work.public_id}/time/",
            {"id": str(uuid4()), "seconds": 5},
            content_type="application/json",
        )
        assert told.status_code == 404


# --- history


def test_history_tells_every_operation_in_order_with_when_and_by_which_label(ask, work):
    small.coded(work)

    told = ask("history/").json()

    assert told["version"] == 5
    assert [one["kind"] for one in told["operations"]] == [
        "event.add",
        "value.set",
        "value.set",
        "passage.link",
        "outcome.set",
    ]
    assert {one["by"] for one in told["operations"]} == {work.coder.label}
    assert all(one["at"] for one in told["operations"])


def test_marks_of_steps_survive_the_way_to_the_server_and_back(ask, work):
    event = uuid4()
    first = small.operation("event.add", event=event, type="EX")
    small.coded(work, [first, small.operation("event.remove", event=event, undo=first["id"])])

    operations = ask("history/").json()["operations"]

    assert operations[1]["undo"] == operations[0]["id"] == first["id"]


# --- active time


def test_active_time_told_twice_counts_once_and_openings_add_up(ask, work):
    first, second = str(uuid4()), str(uuid4())

    ask("time/", "post", id=first, seconds=30)
    ask("time/", "post", id=first, seconds=60)
    ask("time/", "post", id=first, seconds=40)  # an older message that came late
    answer = ask("time/", "post", id=second, seconds=10)

    assert answer.json() == {"seconds": 70}


def test_a_coder_reads_the_own_time_and_nobody_else_s(client, ask, work):
    ask("time/", "post", id=str(uuid4()), seconds=75)
    other = small.member(work.round.project)
    page = {
        person.label: client_page(client, person)
        for person in (work.coder, other)
    }  # fmt: skip

    assert ("1 min" in page[work.coder.label], "1 min" in page[other.label]) == (True, False)


def client_page(client, person):
    client.force_login(person.user)
    return client.get(f"/projects/{person.project.slug}/work/").content.decode()


def test_active_time_does_not_outrun_the_clock(work):
    uid = uuid4()
    working_time.tell(work, uid=uid, seconds=0)
    Stint.objects.update(began_at=timezone.now() - timedelta(seconds=100))

    stint = working_time.tell(work, uid=uid, seconds=50_000)

    assert 190 <= stint.seconds <= 195


def test_the_typical_time_is_the_median_of_documents_handed_in():
    scene = factories.scene()
    for label, seconds in (("C1", 600), ("C2", 90)):
        coder = scene.coder if label == "C1" else scene.other
        own = factories.assignment(scene.round, coder)
        now = timezone.now()
        Stint.objects.create(
            assignment=own, uid=uuid4(), seconds=seconds, began_at=now, last_at=now
        )

    assert working_time.typical(scene.round) == {"C1": 600, "C2": 90}


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (59, "59 s"), (60, "1 min"), (3_540, "59 min"), (3_900, "1 h 05 min")],
)
def test_durations_are_said_as_people_say_them(seconds, words):
    assert working_time.in_words(seconds) == words


# --- own events elsewhere


def test_events_elsewhere_are_one_s_own_living_ones_in_other_documents(ask, work):
    project = work.round.project
    small.coded(work, small.whole_event(title="Shield here"))
    mine = small.coded(small.assignment(work.coder), small.whole_event(title="Shield there"))
    removed = uuid4()
    small.coded(
        small.assignment(work.coder),
        [*small.whole_event(removed, title="Shield removed"), small.operation("event.remove", event=removed)],
    )  # fmt: skip
    small.coded(
        small.assignment(small.member(project)), small.whole_event(title="Shield of others")
    )

    events = ask("elsewhere/", words="shield EX").json()["events"]

    assert [(one["title"], one["document"]) for one in events] == [
        ("Shield there", mine.document.title)
    ]
    assert ask("elsewhere/", words="parade").json()["events"] == []
    assert ask("elsewhere/", id=events[0]["id"]).json()["events"] == events


# --- keys


def test_keys_are_kept_with_the_person(client):
    person = small.user()
    client.force_login(person)

    assert client.get("/api/v1/keys/").json() == {"single_keys": True, "keys": {}}
    client.put(
        "/api/v1/keys/",
        {"single_keys": False, "keys": {"new_event": "e"}},
        content_type="application/json",
    )

    assert key_choices.of(person) == key_choices.Keys(False, {"new_event": "e"})
    assert key_choices.of(small.user()) == key_choices.Keys(True, {})


@pytest.mark.parametrize(
    "keys", [{"new_event": "ee"}, {"new_event": " "}, {"a": "x", "b": "X"}, {"No": "x"}, ["x"]]
)
def test_keys_that_cannot_be_are_refused(keys):
    with pytest.raises(Invalid):
        key_choices.choose(small.user(), single_keys=True, keys=keys)


# --- the role of the provider


def test_the_provider_s_role_comes_from_the_list_of_alliances(client):
    scene = factories.scene(submitted=False)
    factories.alliances(scene.project)
    client.force_login(scene.coder.user)
    address = f"/api/v1/projects/{scene.project.slug}/provider-role/"

    answer = client.get(address, {"provider": 2, "recipient": 740, "on": "1965-03-01"})
    assert answer.json() == {"role": "patron", "code": 1, "references": ["XYZ-1960"], "reason": ""}
    unsure = client.get(
        address, {"provider": 2, "recipient": 740, "on": "1970-12-01", "until": "1971-01-31"}
    ).json()
    assert unsure["role"] is None
    assert unsure["reason"] == "2 was allied on some of the days that may be meant only"
    assert client.get(address, {"provider": "USA", "on": "1965-03-01"}).status_code == 422
    assert client.get(address, {"provider": 2}).status_code == 422
