"""The overview of a project: each figure only for those who may know it."""

import pytest
from django.urls import reverse

from config import overview
from tests import factories

pytestmark = pytest.mark.django_db


def tiles(membership):
    return {
        tile.name: (tile.value, tile.note) for tile in overview.tiles(factories.holder(membership))
    }


def test_the_funnel_shows_each_role_what_it_may_know():
    scene = factories.scene(reconciled=True)

    assert tiles(scene.coder) == {
        "Documents": (1, "all read"),
        "Coded by you": (1, "of 1 given to you"),
        "Releases": (0, "none published yet"),
    }
    assert tiles(scene.manager) == {
        "Documents": (1, "all read"),
        "Coded": (1, "of 1 given out"),
        "Releases": (0, "none published yet"),
    }
    assert tiles(scene.adjudicator) == {
        "Documents": (1, "all read"),
        "Coded": (1, "of 1 given out"),
        "Events settled": (0, "of 1; 2 conflicts left"),
        "Incidents": (0, "events in the world"),
        "Releases": (0, "none published yet"),
    }


def test_where_nothing_was_begun_that_is_told_in_words():
    project = factories.project()
    coder = factories.member(project, "ada")
    adjudicator = factories.member(project, "mara", ("adjudicator",))

    assert tiles(project.memberships.get(user__username="founder"))["Coded"] == (
        0,
        "none given out yet",
    )
    assert tiles(coder)["Coded by you"] == (0, "none given to you yet")
    assert tiles(adjudicator)["Events settled"] == (0, "nothing compared yet")


def test_documents_that_wait_or_failed_are_told():
    project = factories.project()
    factories.document(project)
    factories.failed_document(project)

    assert tiles(project.memberships.get())["Documents"] == (2, "1 unreadable")


def test_the_navigation_holds_only_what_one_may_open(client):
    scene = factories.scene()

    def labels(membership):
        client.force_login(membership.user)
        response = client.get(reverse("project", args=[scene.project.slug]))
        return [entry.label for entry in response.context["shell"]["navigation"]]

    common = [
        "Overview", "Documents", "Alliances", "Codebook", "Questions", "Rounds", "Releases", "Members",
    ]  # fmt: skip
    assert labels(scene.manager) == common
    assert labels(scene.exporter) == common
    assert labels(scene.coder) == ["Overview", "My work", *common[1:]]
    assert labels(scene.adjudicator) == [
        *common[:6], "Reconciliation", "Incidents", "Releases", "Members"
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_asks_the_same_number_of_queries(client, count, django_assert_num_queries):
    scene = factories.scene()
    for n in range(count):
        factories.document(scene.project, f"more{n}")
        factories.round_of(scene.project, [scene.coder, scene.other], name=f"round {n}")
    factories.member(scene.project, "adjudicator", ("adjudicator", "coder", "exporter", "manager"))
    client.force_login(scene.adjudicator.user)

    with django_assert_num_queries(38):
        client.get(reverse("project", args=[scene.project.slug]))
