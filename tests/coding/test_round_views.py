"""Pages of rounds: the plan before opening, one form for each act on work, who may not look, the same few queries."""

import pytest
from django.urls import reverse

from coding import assignments, planning
from coding.models import Assignment, Round
from projects.refusals import Invalid
from tests import factories
from tests.coding.test_views import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return factories.scene(submitted=False)


@pytest.fixture
def manager(client, scene):
    sign_in(client, scene.manager)
    return client


def asked(scene, **words):
    return {
        "name": "main",
        "coders": [scene.coder.public_id, scene.other.public_id],
        "per_document": 2,
        **words,
    }


def test_looking_gives_nothing_out_and_opening_does_what_was_looked_at(manager, scene):
    address = reverse("open_round", args=["alliances"])

    looked = manager.post(address, asked(scene, preview="1"))

    plan, form = looked.context["plan"], looked.context["form"]
    assert (Round.objects.count(), plan.codings) == (1, 2)
    assert (form["seed"].value(), form["seen"].value()) == (plan.seed, plan.fingerprint)
    sent = asked(scene, seed=plan.seed, seen=plan.fingerprint)
    factories.document(scene.project, "newer")
    stale = manager.post(address, sent)
    assert stale.status_code == 422
    assert "has changed since you looked" in stale.content.decode()
    assert stale.context["plan"].codings == 4
    sent["seen"] = stale.context["form"]["seen"].value()
    assert manager.post(address, sent).status_code == 302
    assert Round.objects.get(name="main").assignments.count() == 4


def test_documents_are_drawn_by_search(manager, scene):
    factories.document(scene.project, "ships", body="The frigates left the harbour.")
    sent = asked(scene, words="frigates", preview="1")

    plan = manager.post(reverse("open_round", args=["alliances"]), sent).context["plan"]

    assert [one.external_id for one in plan.documents] == ["ships"]


def test_what_cannot_be_planned_is_said_beside_the_form(manager, scene):
    sent = asked(scene, way="random", count="7", preview="1")

    page = manager.post(reverse("open_round", args=["alliances"]), sent)

    assert page.status_code == 422
    assert "7 documents were asked for, but there are only 1" in page.content.decode()


# --- moving work


def work_address(scene, one):
    return reverse("work", args=["alliances", scene.round.public_id, one.public_id])


def test_each_act_on_a_piece_of_work_has_its_form_where_it_is_possible(manager, scene):
    mine = factories.assignment(scene.round, scene.coder)

    def acts():
        return manager.get(work_address(scene, mine)).context["acts"]

    seen = [acts()]
    factories.coded(mine, factories.event(), submit=False)
    seen.append(acts())
    mine.refresh_from_db()
    assignments.submit(mine, by=mine.coder.user, allow_incomplete=True)
    seen.append(acts())
    manager.post(work_address(scene, mine), {"act": "withdraw", "reason": "double"})
    seen.append(acts())
    Round.objects.update(state="closed")
    seen.append(acts())

    assert seen == [
        ["reassign", "withdraw"],
        ["hand_on", "hand_on_afresh", "withdraw"],
        ["send_back", "withdraw"],
        ["restore"],
        [],
    ]


def test_begun_work_is_handed_on_by_page_with_a_reason(manager, scene):
    cleo = factories.member(scene.project, "cleo", label="C3")
    mine = factories.assignment(scene.round, scene.coder)
    factories.coded(mine, factories.event(), submit=False)
    sent = {"act": "hand_on", "to": cleo.public_id, "reason": ""}

    silent = manager.post(work_address(scene, mine), sent)
    told = manager.post(work_address(scene, mine), sent | {"reason": "ill"})

    assert (silent.status_code, told.status_code) == (422, 302)
    taken = Assignment.objects.get(coder=cleo)
    assert (taken.taken_over_from, taken.state, taken.events.count()) == (mine, "started", 1)


def test_the_reason_of_sending_back_is_read_by_the_coder(client, manager, scene):
    mine = factories.coded(factories.assignment(scene.round, scene.coder))
    manager.post(work_address(scene, mine), {"act": "send_back", "reason": "Give the day."})
    sign_in(client, scene.coder)

    for address in (mine.get_absolute_url(), reverse("my_work", args=["alliances"])):
        assert "Give the day." in client.get(address).content.decode()


def test_a_manager_who_codes_a_document_does_not_see_others_work_on_it(client):
    scene = factories.scene(submitted=False)
    person = factories.member(scene.project, "manager", ("coder", "manager"), label="M1")
    opened = factories.round_of(scene.project, [person, scene.other], name="both")
    theirs = factories.coded(
        factories.assignment(opened, scene.other), factories.event(), submit=False
    )
    sign_in(client, person)

    answer = client.get(reverse("work", args=["alliances", opened.public_id, theirs.public_id]))

    assert answer.status_code == 404


def test_evening_out_and_giving_again_by_page(manager, scene):
    address = reverse("roster", args=["alliances", scene.round.public_id])
    cleo = factories.member(scene.project, "cleo", label="C3")
    for n in range(3):
        factories.document(scene.project, f"n{n}")
    opened = factories.round_of(scene.project, [scene.coder], name="long")
    long = reverse("roster", args=["alliances", opened.public_id])
    both = [scene.coder.public_id, cleo.public_id]

    answers = [
        manager.post(long, {"act": "rebalance", "coders": both}, follow=True),
        manager.post(long, {"act": "rebalance", "coders": []}),
        manager.post(long, {"act": "again", "coder": scene.coder.public_id, "count": 1}),
        manager.post(address, {"act": "replace", "coders": both}),
    ]

    told = [answer.content.decode() for answer in answers]
    assert "C1 gives 2; C3 gets 2." in told[0]
    assert "Say among whom the work is evened out." in told[1]
    assert "C1 has handed in 0 documents" in told[2]
    assert "Say whose work it is about." in told[3]
    assert [answer.status_code for answer in answers] == [200, 422, 422, 422]


# --- two at once


def test_two_rounds_of_one_name_at_once_are_told_in_words(scene, monkeypatch):
    """The name is taken between the look and the step: the database refuses, and words come of it."""
    monkeypatch.setattr("coding.rounds.planning.plan", _plan_while_another_opens(scene))

    with pytest.raises(Invalid, match="There is already a round “main”."):
        factories.round_of(scene.project, [scene.coder], name="main")

    assert Round.objects.filter(name="main").count() == 1


def _plan_while_another_opens(scene):
    plan = planning.plan

    def planned(*given, **words):
        Round.objects.create(
            project=scene.project,
            name="main",
            codebook=scene.round.codebook,
            per_document=1,
            seed=1,
        )
        return plan(*given, **words)

    return planned


# --- the cost of a long queue


def test_a_long_queue_opens_like_a_short_one(client, scene):
    mine = factories.assignment(scene.round, scene.coder)
    sign_in(client, scene.coder)
    documents = [factories.document(scene.project, f"n{n}") for n in range(70)]
    opened = factories.round_of(scene.project, [scene.coder], documents, name="long")
    own = list(Assignment.objects.filter(round=opened).order_by("queue_key"))
    short = client.get(mine.get_absolute_url())
    long = client.get(own[30].get_absolute_url())

    assert len(short.context["queue"]) == 1
    shown = [entry.url for entry in long.context["queue"]]
    assert shown == [one.get_absolute_url() for one in own[16:70]][: len(shown)]
    assert len(shown) <= 60
    (work, _) = client.get(reverse("my_work", args=["alliances"])).context["rounds"]
    assert (work.total, len(work.assignments), work.next) == (70, 50, own[0])
