"""The queue beside the board: what it holds, how it is narrowed and ordered, and that it stays so."""

import pytest
from django.urls import reverse

from reconciliation import adjudication, queue
from reconciliation.queue import Wanted
from tests.reconciliation import samples
from tests.reconciliation.samples import SILENT, aligned_table, event, reconciled

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """d1 differs twice, d2 has an event that C2 left out, d3 agrees, d4 leaves a field blank, d5 is not handed in."""
    return aligned_table(
        {
            "d1": {"C1": [event(status=1, weight=1)], "C2": [event(status=4, weight=2)]},
            "d2": {"C1": [event()], "C2": SILENT},
            "d3": {"C1": [event()], "C3": [event()]},
            "d4": {"C2": [event(status=4)], "C3": [event()]},
            "d5": {"C1": [event()], "C2": None},
        }
    )


def names(made, by=None, **wanted) -> list[str]:
    found = queue.entries(by or made.pi, made.round, wanted=Wanted(**wanted))
    return [one.document.external_id for one in found]


def test_most_open_conflicts_come_first_and_what_is_settled_last(made) -> None:
    adjudication.accept_agreed(made.groups("d3"), by=made.pi)

    found = queue.entries(made.pi, made.round)

    assert [
        (one.document.external_id, one.conflicts, one.acceptable, one.agreement, one.is_settled)
        for one in found
    ] == [
        ("d2", 5, 0, 0, False),
        ("d1", 2, 5, 71, False),
        ("d4", 1, 5, 83, False),
        ("d5", 0, 0, None, False),
        ("d3", 0, 0, 100, True),
    ]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"kind": "differs"}, ["d1"]),
        ({"kind": "missing"}, ["d4"]),
        ({"kind": "unmatched"}, ["d2"]),
        ({"coder": "C3"}, ["d4", "d3"]),
        ({"coder": "C3", "kind": "missing"}, ["d4"]),
        ({"words": "document D2"}, ["d2"]),
        ({"words": "d2 treaty"}, []),
        ({"show": "waiting"}, ["d5"]),
        ({"show": "mine"}, ["d2", "d1", "d4", "d3"]),
        ({"show": "settled"}, []),
        ({"show": "changed"}, []),
        ({"order": "name"}, ["d1", "d2", "d3", "d4", "d5"]),
        ({"order": "agreement"}, ["d2", "d1", "d4", "d3", "d5"]),
    ],
)
def test_it_is_narrowed_and_ordered(made, wanted, found) -> None:
    assert names(made, **wanted) == found


def test_what_needs_me_is_never_what_i_coded_unless_the_project_allows_it(made) -> None:
    both = samples.member(made.round.project, "coder", "adjudicator", label="C9")
    own = made.assignment("d1", "C1")
    samples.put(own, coder=both)

    assert names(made, samples.holder(both), show="mine") == ["d2", "d4", "d3"]
    entries = queue.entries(samples.holder(both), made.round)
    assert [one.document.external_id for one in entries if one.is_own] == ["d1"]

    samples.put(made.round.project, own_adjudication_allowed=True)
    assert "d1" in names(made, samples.holder(both), show="mine")


def test_a_changed_basis_is_shown_in_queue_and_board_and_found_by_it(made, client) -> None:
    adjudication.take(made.position("status"), "C1", by=made.pi, reason="So.")
    samples.send_back(made, "d1", "C2")
    change = {"event": samples.uid_of(made, "d1", "C2"), "field": "status", "value": 5}
    samples.rework(made, "d1", "C2", samples.operation("value.set", **change))
    reconciled(made)
    client.force_login(made.pi.user)

    assert names(made, show="changed") == ["d1"]
    first = client.get(
        reverse("board_queue", args=[made.round.project.slug, made.round.public_id]),
        {"show": "changed"},
    )
    page = client.get(first.url).content.decode()
    assert first.url.endswith("?show=changed")
    assert "1 basis changed" in page
    assert page.count("basis changed</span>") == 2
    overview = client.get(reverse("reconciliation", args=[made.round.project.slug]))
    assert "basis changed in 1" in overview.content.decode()


def test_it_stays_narrowed_when_something_is_decided(made, client) -> None:
    client.force_login(made.pi.user)
    d1 = made.round.project.documents.get(external_id="d1")
    place = [made.round.project.slug, made.round.public_id, d1.public_id]
    address = reverse("board", args=place) + "?kind=differs&order=name"

    page = client.get(address).content.decode()
    assert f'action="{reverse("decide", args=place)}?kind=differs&amp;order=name"' in page
    assert page.count('class="board__name"') == 1
    sent = {"group": made.group("d1").public_id, "field": "status", "take": "C1", "reason": "So."}
    answer = client.post(reverse("decide", args=place) + "?kind=differs&order=name", sent)

    assert answer.url.partition("#")[0] == address
    assert "No document is like that." in client.get(address, {"words": "nowhere"}).content.decode()
    assert client.get(address, {"show": "nonsense", "coder": "C77"}).status_code == 200


def test_after_the_last_document_the_first_follows_that_is_not_settled(made, client) -> None:
    adjudication.accept_agreed(made.groups("d3"), by=made.pi)
    client.force_login(made.pi.user)

    def following(name):
        document = made.round.project.documents.get(external_id=name)
        place = [made.round.project.slug, made.round.public_id, document.public_id]
        found = client.get(reverse("board", args=place)).context["following"]
        return found and found.document.external_id

    assert [following(name) for name in ("d2", "d5", "d3")] == ["d1", "d3", "d2"]
