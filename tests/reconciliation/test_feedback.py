"""What coders learn of their own coding: beside gold in training, beside the resolved version after a reveal, never before."""

import pytest
from django.urls import reverse

from coding import rounds
from coding.models import Round
from projects import jobs
from reconciliation import adjudication, feedback, queries
from reconciliation.feedback import Side
from reconciliation.models import Group
from tests import factories

pytestmark = pytest.mark.django_db


def by_manager(scene):
    return scene.manager.user


def reveal(scene):
    for state in (Round.State.CLOSED, Round.State.REVEALED):
        rounds.move(scene.round, state, by=by_manager(scene))


@pytest.fixture
def scene():
    """Two coders differ in status and title; the adjudicator takes C2's, with a reason."""
    made = factories.scene(reconciled=True)
    pi = factories.holder(made.adjudicator)
    group = Group.objects.get(round=made.round)
    adjudication.take_event(group, "C2", by=pi, reason="The text says planned.")
    return made


def own(scene):
    return factories.assignment(scene.round, scene.coder)


# --- after the reveal


@pytest.mark.parametrize("state", ["open", "closed"])
def test_nothing_is_told_before_the_reveal(scene, state):
    if state == "closed":
        rounds.move(scene.round, Round.State.CLOSED, by=by_manager(scene))
    holder = factories.holder(scene.coder)

    assert feedback.of(holder, own(scene)) is None
    assert feedback.own_agreement(holder) == []


def test_after_the_reveal_the_resolved_version_stands_beside_ones_own(scene):
    reveal(scene)
    holder = factories.holder(scene.coder)

    found = feedback.of(holder, own(scene))

    (event,) = found.events
    assert (found.beside, event.found, event.type) == ("resolved", "both", "EX")
    differing = [side for side in event.sides if not side.is_same]
    assert differing == [
        Side(
            "Title", "Exercise Shield 1985", "Secret title of C2", False, "The text says planned."
        ),
        Side("Status", "4 carried out", "1 planned", False, "The text says planned."),
    ]
    assert (found.same, found.fields) == (3, 5)
    (tally,) = feedback.own_agreement(holder)
    assert (tally.both, tally.missed, tally.extra, tally.same, tally.compared) == (1, 0, 0, 3, 5)


def test_what_is_open_again_is_not_told(scene):
    reveal(scene)
    group = Group.objects.get(round=scene.round)
    adjudication.reopen(
        group.positions.get(field="status"), by=factories.holder(scene.adjudicator), reason="again"
    )

    assert feedback.of(factories.holder(scene.coder), own(scene)) is None


def test_whoever_codes_the_document_again_elsewhere_stays_blind(scene):
    reveal(scene)
    factories.round_of(scene.project, [scene.coder], [scene.document], name="second")
    holder = factories.holder(scene.coder)

    assert feedback.of(holder, own(scene)) is None
    assert feedback.own_agreement(holder) == []


def test_the_page_of_another_coder_is_not_there(client, scene):
    reveal(scene)
    client.force_login(scene.other.user)

    mine = client.get(reverse("feedback", args=[scene.project.slug, own(scene).public_id]))

    assert mine.status_code == 404


def test_pages_tell_nothing_before_and_reasons_after(client, scene):
    client.force_login(scene.coder.user)
    addresses = [
        reverse("feedback", args=[scene.project.slug, own(scene).public_id]),
        reverse("own_agreement", args=[scene.project.slug]),
    ]

    before = [client.get(address).content.decode() for address in addresses]
    reveal(scene)
    after = [client.get(address).content.decode() for address in addresses]

    assert all("Nothing is told yet" in page and "Secret title" not in page for page in before)
    assert "The text says planned." in after[0]
    assert "3 of 5" in after[1]


# --- training


@pytest.fixture
def training(scene):
    """C1 is trained, C2 wrote the gold answer."""
    opened = rounds.open_round(
        scene.project,
        "training",
        by=by_manager(scene),
        coders=[scene.coder],
        per_document=1,
        documents=[scene.document],
        kind=Round.Kind.TRAINING,
        gold=scene.other,
        seed=1,
    )
    return (
        opened,
        factories.assignment(opened, scene.coder),
        factories.assignment(opened, scene.other),
    )


def test_the_gold_answer_shows_once_one_has_handed_in(scene, training):
    _, mine, gold = training
    factories.coded(
        gold, factories.event(status=1), factories.event("TO", title="A treaty", start="1999")
    )
    holder = factories.holder(scene.coder)

    before = feedback.of(holder, mine)
    factories.coded(mine, factories.event(status=4))
    mine.refresh_from_db()
    found = feedback.of(holder, mine)

    assert before is None
    assert found.beside == "gold"
    assert [(one.found, one.type) for one in found.events] == [("both", "EX"), ("missed", "TO")]
    assert [side for side in found.events[0].sides if not side.is_same] == [
        Side("Status", "4 carried out", "1 planned", False)
    ]


def test_without_the_gold_answer_there_is_nothing_to_compare(scene, training):
    _, mine, _ = training
    factories.coded(mine, factories.event())
    mine.refresh_from_db()

    assert feedback.of(factories.holder(scene.coder), mine) is None


def test_no_event_beside_no_event(scene, training):
    _, mine, gold = training
    factories.coded(gold)
    factories.coded(mine)
    mine.refresh_from_db()

    found = feedback.of(factories.holder(scene.coder), mine)

    assert (found.events, found.own_outcome, found.other_outcome) == (
        [],
        "read, no event",
        "read, no event",
    )


def test_handing_in_leads_to_the_comparison_in_training_only(client, scene, training):
    _, mine, _ = training
    factories.coded(mine, submit=False)
    mine.refresh_from_db()
    client.force_login(scene.coder.user)

    answer = client.post(f"/api/v1/assignments/{mine.public_id}/submit/")

    assert answer.json()["next"] == reverse("feedback", args=["alliances", mine.public_id])


def test_training_is_measured_and_never_settled(scene, training):
    opened, mine, gold = training
    factories.coded(gold, factories.event(status=1))
    factories.coded(mine, factories.event(status=4))
    pi = factories.holder(scene.adjudicator)

    run = factories.run(opened, pi)

    assert run.counts["conflicts"] == 1
    with pytest.raises(Exception, match="A training round is not settled"):
        adjudication.ask_accept(opened, by=pi)
    with pytest.raises(Exception, match="A training round is not settled"):
        adjudication.accept_agreed(list(queries.visible_groups(pi, opened)), by=pi)
    assert jobs.finish_all() == 0
