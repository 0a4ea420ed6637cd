"""The list that leads through a project: ticked from what is there, by role, and telling a blind coder nothing."""

import pytest
from django.urls import reverse

from coding.models import Round
from config.guide import guide
from config.help import contents
from projects.models import Membership
from reconciliation import adjudication
from reconciliation.models import Group, Position
from reconciliation.queries import CONFLICTS
from tests import factories
from tests.installation import ROOT

pytestmark = pytest.mark.django_db


def states(membership, part="street"):
    found = guide(factories.holder(membership))
    return {step.name: step.state for step in getattr(found, part)}


def notes(membership):
    return {step.name: step.note for step in guide(factories.holder(membership)).street}


def hand_in(of_round, coder):
    factories.coded(factories.assignment(of_round, coder), factories.event(status=4))


def test_a_new_project_is_set_up_step_by_step():
    project = factories.project()
    manager = project.memberships.get()

    assert states(manager, "founding") == {
        "Documents": "now", "Codebook": "now", "People": "now", "Round": "later",
    }  # fmt: skip
    coders = [factories.member(project, name) for name in ("ada", "ben")]
    factories.document(project)
    factories.codebook(project)
    assert states(manager, "founding") == {
        "Documents": "done", "Codebook": "done", "People": "now", "Round": "now",
    }  # fmt: skip
    factories.member(project, "mara", ("adjudicator",))
    factories.round_of(project, coders)
    assert guide(factories.holder(manager)).is_founded


def test_only_who_may_set_a_project_up_is_led_through_that():
    scene = factories.scene()

    assert states(scene.coder, "founding") == {}
    assert states(scene.adjudicator, "founding") == {}


def test_a_coder_is_led_by_their_own_work():
    scene = factories.scene(submitted=False)

    assert states(scene.coder) == {
        "Read": "now", "Code": "later", "Compare": "later", "Decide": "later", "Release": "others",
    }  # fmt: skip
    assert notes(scene.coder)["Code"] == "0 of 1 handed in."
    hand_in(scene.round, scene.coder)
    assert states(scene.coder)["Code"] == "done"


def test_an_adjudicator_is_led_to_what_waits():
    scene = factories.scene()

    assert states(scene.adjudicator)["Compare"] == "now"
    assert states(scene.adjudicator)["Decide"] == "later"
    factories.run(scene.round, factories.holder(scene.adjudicator))
    assert states(scene.adjudicator)["Compare"] == "done"
    assert notes(scene.adjudicator)["Decide"] == "2 conflicts left, 4 agreed values to accept."


def test_deciding_is_done_when_the_agreed_values_are_accepted_too():
    scene = factories.scene(reconciled=True)
    open_conflicts = Position.objects.filter(state__in=CONFLICTS)
    open_conflicts.update(state=Position.State.AGREED)

    (decide,) = [
        step for step in guide(factories.holder(scene.adjudicator)).street if step.name == "Decide"
    ]
    assert (decide.state, decide.note) == ("now", "6 agreed values to accept.")
    assert decide.url == reverse("board_queue", args=[scene.project.slug, scene.round.public_id])
    adjudication.accept_agreed(Group.objects.all(), by=factories.holder(scene.adjudicator))
    assert states(scene.adjudicator)["Decide"] == "done"


def test_where_the_coders_found_no_event_nothing_is_to_settle():
    scene = factories.scene(submitted=False)
    for coder in (scene.coder, scene.other):
        factories.coded(factories.assignment(scene.round, coder))
    factories.run(scene.round, factories.holder(scene.adjudicator))

    assert states(scene.adjudicator)["Decide"] == "done"
    assert (
        notes(scene.adjudicator)["Decide"] == "The coders found no event, so nothing is to settle."
    )


def test_a_manager_is_led_to_the_roles_that_the_rest_needs():
    scene = factories.scene()
    own = reverse("member", args=[scene.project.slug, scene.manager.public_id])

    found = {
        step.name: (step.note, step.url) for step in guide(factories.holder(scene.manager)).street
    }

    assert found["Decide"] == ("The adjudicator's part. If that is you, take the role.", own)
    assert found["Release"] == ("The exporter's part. If that is you, take the role.", own)
    assert notes(scene.coder)["Release"] == "The exporter's part."


def test_nothing_others_do_before_the_reveal_changes_a_blind_coders_list():
    scene = factories.scene(submitted=False)
    before = guide(factories.holder(scene.coder))

    hand_in(scene.round, scene.other)

    assert guide(factories.holder(scene.coder)) == before


def test_a_coder_compares_once_the_round_is_revealed_and_not_when_it_was_reconciled():
    scene = factories.scene(reconciled=True)

    assert states(scene.coder)["Compare"] == states(scene.coder)["Decide"] == "later"
    Round.objects.filter(pk=scene.round.pk).update(state=Round.State.REVEALED)
    assert states(scene.coder)["Compare"] == states(scene.coder)["Decide"] == "done"


def test_an_adjudicator_who_still_codes_does_not_learn_that_others_handed_in():
    scene = factories.scene(submitted=False)
    Membership.objects.filter(pk=scene.coder.pk).update(roles=["adjudicator", "coder"])
    scene.coder.refresh_from_db()
    before = guide(factories.holder(scene.coder))

    hand_in(scene.round, scene.other)

    assert guide(factories.holder(scene.coder)) == before


def test_the_list_is_put_away_by_one_person_and_comes_back(client):
    scene = factories.scene()
    client.force_login(scene.manager.user)
    page, put = (reverse(name, args=[scene.project.slug]) for name in ("project", "put_guide"))

    away = client.post(put, {"away": "1"}, follow=True)
    client.force_login(scene.coder.user)
    others = client.get(page)
    client.force_login(scene.manager.user)
    back = client.post(put, {"away": "0"}, follow=True)

    assert away.context["guide"] is None
    assert "Show the list of steps" in away.content.decode()
    assert others.context["guide"] is not None
    assert back.context["guide"] is not None


def test_every_step_leads_to_a_chapter_that_exists():
    scene = factories.scene(reconciled=True)
    pages = {page.path for page in contents.read(ROOT / "docs").pages}

    people = (scene.manager, scene.coder, scene.adjudicator, scene.exporter)
    found = [guide(factories.holder(one)) for one in people]
    chapters = {step.chapter for one in found for step in (*one.street, *one.founding)}

    assert {chapter.partition("#")[0] for chapter in chapters} <= pages
