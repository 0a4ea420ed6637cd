"""Yearly judgements by the API: read, judged, taken back; the same rights, blindness and refusals as on the grid."""

import pytest
from django.urls import reverse

from coding import rounds
from reconciliation.models import Assessment
from tests.reconciliation import samples
from tests.reconciliation.assessment_samples import searched, study

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return study()


@pytest.fixture
def api(made, client):
    client.force_login(made.pi.user)
    address = reverse("api_assessments", args=[made.round.project.slug])

    def api(method="get", **given):
        if method == "get":
            return client.get(address, given)
        return client.post(address, given, content_type="application/json")

    return api


def cells(answer) -> dict:
    return {
        (one["provider"], one["recipient"], one["type"], one["year"]): one
        for one in answer.json()["results"]
    }


def test_cells_of_an_alliance_come_with_what_is_proposed_and_not_judged_is_not_zero(api) -> None:
    found = cells(
        api(alliance="XYZ-1960", type="EX", provider=2, recipient=740, since=1962, until=1963)
    )

    assert list(found) == [(2, 740, "EX", 1962), (2, 740, "EX", 1963)]
    one = found[2, 740, "EX", 1962]
    assert (one["is_judged"], one["promised"], one["kept"], one["additional"], one["seen"]) == (
        False, None, None, None, "",
    )  # fmt: skip
    assert one["proposed"] == {"promised": 1, "kept": 2, "additional": None}
    assert api().json() == {"results": [], "next": None}


def test_of_all_members_a_recipient_is_none_and_asked_for_as_all(made, api) -> None:
    listed = made.round.project.alliances.get(reference="XYZ-1960")
    api("post", cells=[[f"{listed.public_id}.2.0.EX.1962", ""]], promised=1)

    found = cells(api(alliance="XYZ-1960", recipient="all", type="EX", since=1962, until=1962))
    assert {pair: one["promised"] for pair, one in found.items()} == {(2, None, "EX", 1962): 1}


def test_cells_are_judged_accepted_and_taken_back_and_the_history_tells(made, api, client) -> None:
    found = cells(api(alliance="XYZ-1960", type="EX", provider=2, recipient=740))
    key, other = (found[2, 740, "EX", year]["key"] for year in (1962, 1963))
    search = searched(made, words="exercise")
    assert search

    done = api("post", cells=[[key, ""]], promised=1, kept=1, reason="Half of it.")
    assert (done.status_code, done.json()["changed"]) == (200, 1)
    (told,) = done.json()["results"]
    assert (told["promised"], told["kept"], told["by"], told["reason"]) == (
        1,
        1,
        "PI",
        "Half of it.",
    )
    assert api("post", act="accept", cells=[[other, ""]]).json()["results"][0]["kept"] == 0
    assert list(cells(api())) == [(2, 740, "EX", 1962), (2, 740, "EX", 1963)]

    gone = api("post", act="withdraw", cells=[[key, told["seen"]]], reason="Too early.")
    assert gone.json()["results"][0]["is_judged"] is False
    one = client.get(reverse("api_assessment", args=[made.round.project.slug, key])).json()
    assert [(row["promised"], row["is_withdrawn"], row["reason"]) for row in one["history"]] == [
        (None, True, "Too early."),
        (1, False, "Half of it."),
    ]
    assert one["basis"]["incidents"]


def test_what_was_judged_meanwhile_is_refused_whole(api) -> None:
    found = cells(api(alliance="XYZ-1960", type="EX", provider=2, recipient=740))
    keys = [found[2, 740, "EX", year]["key"] for year in (1962, 1963)]
    api("post", cells=[[keys[0], ""]], promised=0)

    stale = api("post", cells=[[key, ""] for key in keys], promised=1)

    assert (stale.status_code, Assessment.objects.count()) == (412, 1)


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"cells": []}, 422, "Say what you judge"),
        ({"cells": [], "promised": 1}, 422, "at least one cell"),
        ({"cells": [["x"]], "promised": 1}, 422, "“cells” is a list of"),
        ({"cells": [["x", ""]], "promised": 1}, 404, "There is no cell “x”"),
        ({"cells": [], "promised": "1"}, 422, "whole numbers"),
        ({"cells": [], "promised": True}, 422, "whole numbers"),
        ({"cells": [], "act": "guess"}, 422, "“act” is one of judge, accept, withdraw."),
        ({"cells": [], "act": "accept", "kept": 2}, 422, "leave kept out"),
        ({"cells": [], "colour": 1}, 422, "“colour” is not understood"),
    ],
)
def test_nonsense_is_refused_in_plain_words(api, sent, status, said) -> None:
    answer = api("post", **sent)

    assert (answer.status_code, said in answer.json()["detail"]) == (status, True), answer.json()


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"alliance": "NONE"}, 404),
        ({"type": "ZZ"}, 422),
        ({"since": "long ago"}, 422),
        ({"alliance": "XYZ-1960", "provider": "USA"}, 422),
    ],
)
def test_what_is_not_there_cannot_be_asked_for(api, asked, status) -> None:
    assert api(**asked).status_code == status


def test_only_who_settles_conflicts_judges_and_nobody_who_still_codes_sees(
    made, api, client
) -> None:
    client.force_login(made.coders["C1"].user)
    assert [api().status_code, api("post", cells=[], promised=1).status_code] == [403, 403]

    both = samples.member(made.round.project, "coder", "adjudicator", label="C9")
    work = samples.document(made.round.project, "open", by=made.pi.user)
    rounds.assign(made.round, work, both, by=made.pi.user)
    client.force_login(both.user)
    assert [api().status_code, api("post", cells=[], promised=1).status_code] == [403, 403]
