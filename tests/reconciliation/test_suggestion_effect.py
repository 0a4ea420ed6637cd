"""What suggestions did: uses counted from operations, agreement by how many coders used one, no share of nothing."""

from uuid import uuid4

import pytest
from django.urls import reverse

from coding import assignments, events, rounds
from coding.models import Round
from reconciliation import suggestion_effect
from reconciliation.suggestion_effect import FieldEffect, Share
from tests import factories

pytestmark = pytest.mark.django_db
SUGGESTED = {"kind": "date", "start": 77, "end": 89}


@pytest.fixture
def scene():
    made = factories.scene(submitted=False)
    Round.objects.filter(pk=made.round.pk).update(has_suggestions=True)
    made.round.refresh_from_db()
    return made


def code(given, *, suggested: bool, retyped: bool = False) -> None:
    """One whole event whose start came from a suggestion, or was typed."""
    uid = str(uuid4())
    told = {"suggested": SUGGESTED} if suggested else {}

    def one(kind, **body):
        return {"id": str(uuid4()), "kind": kind, "event": uid, **body}

    sent = [
        one("event.add", type="EX"),
        *(
            one("value.set", field=name, value=value)
            for name, value in (("title", "Shield"), ("provider", [2]), ("status", 4))
        ),
        one("value.set", field="start", value="1985-03-04", **told),
        one("passage.link", field="start", passage=str(uuid4()), start=77, end=89, **told),
        {"id": str(uuid4()), "kind": "outcome.set", "outcome": "events"},
    ]
    if retyped:
        sent.insert(-1, one("value.set", field="start", value="1985-03-05"))
    events.apply(given, sent, base=0, by=given.coder.user)
    given.refresh_from_db()
    assignments.submit(given, by=given.coder.user, allow_incomplete=True)


def test_every_use_is_kept_with_its_operation_and_counted(scene):
    mine, theirs = (factories.assignment(scene.round, who) for who in (scene.coder, scene.other))
    code(mine, suggested=True)
    code(theirs, suggested=True)
    factories.run(scene.round, factories.holder(scene.adjudicator))

    assert suggestion_effect.uses(scene.round) == {"date": 2}
    assert suggestion_effect.effect(scene.round) == [
        FieldEffect("start", 2, 2, Share(0, 0), Share(0, 0), Share(1, 1))
    ]
    assert events.since(mine, 4)[0]["suggested"] == SUGGESTED
    assert events.replay(mine) == events.load(mine)


def test_what_was_typed_over_a_suggestion_is_not_from_it(scene):
    code(factories.assignment(scene.round, scene.coder), suggested=True)
    code(factories.assignment(scene.round, scene.other), suggested=True, retyped=True)
    factories.run(scene.round, factories.holder(scene.adjudicator))

    (start,) = suggestion_effect.effect(scene.round)

    assert start == FieldEffect("start", 2, 1, Share(0, 0), Share(1, 0), Share(0, 0))
    assert (start.by_some.percent, start.by_all.percent) == (0, None)


def test_the_page_tells_it_to_adjudicators(client, scene):
    code(factories.assignment(scene.round, scene.coder), suggested=True)
    client.force_login(scene.adjudicator.user)

    page = client.get(
        reverse("suggestion_effect", args=["alliances", scene.round.public_id])
    ).content.decode()

    assert "What suggestions did" in page
    assert "Agreement by field shows once the round is reconciled." in page


# --- what the workspace is given


@pytest.mark.parametrize("on", [True, False])
def test_suggestions_come_only_where_the_round_has_them(client, scene, on):
    Round.objects.filter(pk=scene.round.pk).update(has_suggestions=on)
    own = factories.assignment(scene.round, scene.coder)
    client.force_login(scene.coder.user)

    page = client.get(own.get_absolute_url()).content.decode()
    answer = client.get(f"/api/v1/assignments/{own.public_id}/suggestions/").json()

    marks = [
        [factories.BODY[one["start"] : one["end"]], one["kind"], one["value"]]
        for one in answer["found"]
    ]
    expected = [["United States", "state", 2], ["South Korea", "state", 732], ["exercise", "phrase", None], ["4 to 9 March 1985", "date", "1985-03-04/1985-03-09"]]  # fmt: skip
    assert ("data-suggestions-url" in page, answer["on"], marks) == (on, on, expected if on else [])


def test_suggestions_of_another_coders_document_are_not_there(client, scene):
    theirs = factories.assignment(scene.round, scene.other)
    client.force_login(scene.coder.user)

    assert client.get(f"/api/v1/assignments/{theirs.public_id}/suggestions/").status_code == 404


def test_a_round_has_no_suggestions_unless_they_are_switched_on(scene):
    opened = rounds.open_round(
        scene.project,
        "second",
        by=scene.manager.user,
        coders=[scene.coder],
        per_document=1,
    )

    assert not opened.has_suggestions
