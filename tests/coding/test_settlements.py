"""Settling evidence of an older text, one passage after the other: what is kept, who may, and what is refused."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from coding import carried, settlements
from coding.models import Settlement
from projects.models import LedgerLine
from projects.refusals import Invalid, Missing, NotAllowed, Stale
from tests import factories

pytestmark = pytest.mark.django_db

# Both passages of the coder stand here in other surroundings; the words of the second also elsewhere.
NEWER = "Wire report.\nThe United States and South Korea, we hear, began.\nIt lasted, they say, from 4 to 9 March 1985."


@pytest.fixture
def coding():
    project = factories.project()
    factories.codebook(project)
    ada, bob = factories.member(project, "ada"), factories.member(project, "bob")
    judge = factories.member(project, "judge", ("adjudicator",), label="PI")
    document = factories.document(project)
    in_round = factories.round_of(project, [ada, bob], [document])
    at = factories.BODY.index("from 4")
    event = factories.event(evidence={"start": [[4, 17], [at, at + 20]]})
    work = factories.coded(factories.assignment(in_round, ada), event)
    factories.text(document, body=NEWER)
    return Coding(project, ada, bob, judge, document, work)


class Coding:
    def __init__(self, project, ada, bob, judge, document, work):
        self.project, self.ada, self.bob, self.judge = project, ada, bob, judge
        self.document, self.work = document, work

    def entry(self, who=None):
        holder = factories.holder(who or self.ada)
        return carried.of_assignment(holder, self.document, self.work.public_id)

    def address(self, uid):
        return reverse(
            "settle_evidence",
            args=["alliances", self.document.public_id, self.work.public_id, uid],
        )


def test_each_way_of_settling_is_a_row_a_line_in_the_ledger_and_an_answer(coding):
    first, second = coding.entry().left
    at = NEWER.index("United")

    settlements.mark(
        coding.work, first.uid, by=coding.ada.user, seen=0, text=2, start=at, end=at + 13
    )
    settlements.drop(
        coding.work, second.uid, by=coding.ada.user, seen=0, text=2, reason=" A misprint. "
    )

    entry = coding.entry()
    told = [(one.settlement.outcome, one.settlement.reason, one.marked_words) for one in entry.left]
    assert told == [("marked", "", "United States"), ("dropped", "A misprint.", "")]
    assert (entry.settled, entry.open) == (2, ())
    lines = LedgerLine.objects.filter(verb__startswith="evidence.").order_by("n")
    assert [(line.verb, line.difference) for line in lines] == [
        (
            "evidence.marked",
            {"passage": str(first.uid), "from_text": 1, "to_text": 2, "settlement": 1},
        ),
        (
            "evidence.dropped",
            {"passage": str(second.uid), "from_text": 1, "to_text": 2, "settlement": 1},
        ),
    ]


def test_the_coding_itself_never_changes(coding):
    before = list(coding.work.passages.values_list("uid", "start", "end", "exact"))
    for left in coding.entry().left:
        settlements.keep(coding.work, left.uid, by=coding.ada.user, seen=0, text=2)

    assert list(coding.work.passages.values_list("uid", "start", "end", "exact")) == before
    assert {one.settlement.outcome for one in coding.entry().left} == {"kept"}


def test_the_last_settlement_holds_and_the_earlier_ones_stay(coding):
    first, _ = coding.entry().left
    settlements.keep(coding.work, first.uid, by=coding.ada.user, seen=0, text=2, reason="unsure")
    settlements.drop(coding.work, first.uid, by=coding.ada.user, seen=1, text=2, reason="gone")

    assert coding.entry().left[0].settlement.outcome == "dropped"
    assert list(Settlement.objects.values_list("n", "outcome", "reason")) == [
        (1, "kept", "unsure"),
        (2, "dropped", "gone"),
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.objects.filter(n=1).update(reason="sure")


def test_what_was_not_looked_at_is_refused(coding):
    first, _ = coding.entry().left
    settlements.keep(coding.work, first.uid, by=coding.ada.user, seen=0, text=2)

    with pytest.raises(Stale):
        settlements.drop(coding.work, first.uid, by=coding.judge.user, seen=0, text=2, reason="x")
    with pytest.raises(Stale):
        settlements.keep(coding.work, first.uid, by=coding.ada.user, seen=1, text=1)
    with pytest.raises(Invalid):
        settlements.drop(coding.work, first.uid, by=coding.ada.user, seen=1, text=2, reason="  ")
    with pytest.raises(Invalid):
        settlements.mark(
            coding.work, first.uid, by=coding.ada.user, seen=1, text=2, start=5, end=9999
        )
    assert Settlement.objects.count() == 1


def test_a_passage_moved_by_its_coder_waits_again(coding):
    first, _ = coding.entry().left
    settlements.keep(coding.work, first.uid, by=coding.ada.user, seen=0, text=2)
    coding.work.passages.filter(uid=first.uid).update(start=5)

    moved = coding.entry().left[0]

    assert (moved.settlement, moved.seen) == (None, 1)
    settlements.keep(coding.work, moved.uid, by=coding.ada.user, seen=1, text=2)
    assert coding.entry().left[0].settlement.n == 2


def test_only_the_coder_and_whoever_settles_conflicts_may_settle(coding):
    settlements.require(factories.holder(coding.ada), coding.work)
    settlements.require(factories.holder(coding.judge), coding.work)
    with pytest.raises(NotAllowed):
        settlements.require(factories.holder(coding.bob), coding.work)
    with pytest.raises(Missing):
        coding.entry(coding.bob)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_the_same_for_any_number_of_codings(
    client, count, django_assert_num_queries
):
    project = factories.project()
    factories.codebook(project)
    coders = [factories.member(project, f"coder{n}") for n in range(count)]
    judge = factories.member(project, "judge", ("adjudicator",), label="PI")
    document = factories.document(project)
    in_round = factories.round_of(project, coders, [document])
    for coder in coders:
        event = factories.event(evidence={"start": [[4, 17]]})
        work = factories.coded(factories.assignment(in_round, coder), event)
        uid = work.passages.get().uid
    factories.text(document, body=NEWER)
    settlements.keep(work, uid, by=judge.user, seen=0, text=2)
    client.force_login(judge.user)

    with django_assert_num_queries(8):
        page = client.get(reverse("carried_evidence", args=["alliances", document.public_id]))

    assert [len(entry.left) for entry in page.context["entries"]] == [1] * count


def test_another_coder_is_not_even_told_that_there_is_a_passage(coding, client):
    first, _ = coding.entry().left
    client.force_login(coding.bob.user)

    assert client.get(coding.address(first.uid)).status_code == 404


def test_the_page_settles_one_and_leads_to_the_next(coding, client):
    first, second = coding.entry().left
    client.force_login(coding.ada.user)

    page = client.get(coding.address(first.uid))
    answer = client.post(
        coding.address(first.uid),
        {"outcome": "mark", "seen": "0", "text": "2", "start": "17", "end": "30"},
    )
    last = client.post(
        coding.address(second.uid),
        {"outcome": "drop", "seen": "0", "text": "2", "reason": "not in the report"},
    )

    assert page.context["mark_form"].initial["start"] == NEWER.index("United")
    assert answer.url == coding.address(second.uid)
    assert last.url == reverse("carried_evidence", args=["alliances", coding.document.public_id])
    told = client.get(last.url).content.decode()
    assert "2 settled" in told and "not in the report" in told and "to settle" not in told


def test_a_refusal_is_told_beside_the_form_that_was_sent(coding, client):
    first, _ = coding.entry().left
    client.force_login(coding.ada.user)

    without_reason = client.post(
        coding.address(first.uid), {"outcome": "drop", "seen": "0", "text": "2", "reason": ""}
    )
    stale = client.post(coding.address(first.uid), {"outcome": "keep", "seen": "3", "text": "2"})

    assert without_reason.status_code == stale.status_code == 422
    assert without_reason.context["drop_form"].errors.keys() == {"reason"}
    assert "meanwhile" in stale.content.decode()
