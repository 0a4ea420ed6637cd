"""What no coder filled is filled by the adjudicator, and their own passages prove it: on the board, in rows, in a release."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from datasets import contents
from projects.refusals import Invalid, Missing, Stale, WrongState
from reconciliation import adjudication, quoting
from reconciliation.models import Position, Proof, ResolvedEvent
from tests.reconciliation import samples
from tests.reconciliation.samples import BODY, LINE, aligned_table, event, reconciled

pytestmark = pytest.mark.django_db

WHY = "Named in the annex."


@pytest.fixture
def made():
    return aligned_table(
        {"d1": {"C1": [event(status=4)], "C2": [event(status=4)]}}, labels=("C1", "C2")
    )


def unfilled(made, name="troops") -> Position:
    return Position(group=made.group(), field=name)


def test_a_field_that_no_coder_filled_is_filled_with_a_reason_and_is_the_adjudicators_own(
    made,
) -> None:
    with pytest.raises(Invalid, match="This goes against C1, C2"):
        adjudication.decide(unfilled(made), by=made.pi, value=500)
    decision = adjudication.decide(unfilled(made), by=made.pi, value=500, reason=WHY)

    assert (decision.kind, decision.value, decision.candidates) == ("own", [500], {})
    position = made.position("troops")
    assert (position.state, position.is_settled, position.order) == ("missing", True, 11)
    adjudication.accept_agreed([made.group()], by=made.pi)
    assert ResolvedEvent.objects.get().values["troops"] == 500


def test_a_run_leaves_it_as_it_is_and_asks_again_once_a_coder_fills_it(made) -> None:
    adjudication.decide(unfilled(made), by=made.pi, value=500, reason=WHY)
    reconciled(made)
    assert made.position("troops").is_settled

    work = samples.send_back(made, "d1", "C1")
    samples.rework(
        made, "d1", "C1",
        samples.operation("value.set", event=samples.uid_of(made, "d1", "C1"), field="troops", value=400),
    )  # fmt: skip
    assert work.label == "C1"
    reconciled(made)

    position = made.position("troops")
    assert (position.basis_changed, position.candidates) == (True, {"C1": 400})


def test_what_is_filled_can_be_opened_again_and_then_left_empty(made) -> None:
    adjudication.decide(unfilled(made), by=made.pi, value=500, reason=WHY)
    adjudication.reopen(made.position("troops"), by=made.pi, reason="Of another year.")
    adjudication.take(made.position("troops"), "C1", by=made.pi)

    assert (made.position("troops").decision.value, made.position("troops").is_settled) == (
        [],
        True,
    )


@pytest.mark.parametrize(
    ("name", "error", "said"),
    [
        ("amount", Missing, "no such field"),  # of another type
        ("sure", Missing, "no such field"),  # the coders' own remark
        ("evidence", Missing, "no such field"),
        ("colour", Missing, "no such field"),
    ],
)
def test_only_fields_of_the_event_are_filled(made, name, error, said) -> None:
    with pytest.raises(error, match=said):
        adjudication.decide(unfilled(made, name), by=made.pi, value=1, reason=WHY)
    assert made.states().keys() == {
        "@event", "event_type", "provider", "recipient", "status", "start",
    }  # fmt: skip


def test_a_page_from_before_somebody_filled_it_is_refused(made) -> None:
    seen = unfilled(made).stamp
    adjudication.decide(unfilled(made), by=made.pi, value=500, reason=WHY, seen=seen)

    with pytest.raises(Stale):
        adjudication.decide(unfilled(made), by=made.pi, value=600, reason=WHY, seen=seen)


def test_nothing_is_filled_before_everybody_handed_in_nor_taken_from_nobody(made) -> None:
    with pytest.raises(Invalid, match="nothing to leave empty"):
        adjudication.take(unfilled(made), "C1", by=made.pi, reason=WHY)
    half = aligned_table({"d1": {"C1": [event()], "C2": None}})
    with pytest.raises(WrongState, match="has not handed in"):
        adjudication.decide(unfilled(half), by=half.pi, value=500, reason=WHY)


# --- passages


def test_passages_are_told_by_numbers_or_words(made) -> None:
    decision = adjudication.decide(
        unfilled(made), by=made.pi, value=500, reason=WHY,
        passages=f"{LINE}-{LINE + 16}\n“for the 55th time”",
    )  # fmt: skip

    start = BODY.index("for the 55th time")
    assert [(one.start, one.end, one.exact) for one in decision.proofs.all()] == [
        (LINE, LINE + 16, BODY[LINE : LINE + 16]),
        (start, start + 17, "for the 55th time"),
    ]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("the United States", "stands 10 times in this text; add the words around it."),
        ("the United Kingdom", "stands nowhere in this text; copy the words"),
        ("5-5", "5-5 is no passage of this text"),
        (f"0-{len(BODY) + 1}", "is no passage of this text"),
        ("“”", "holds no words"),
        ("\n".join(f"{n}-{n + 1}" for n in range(21)), "At most 20 passages"),
    ],
)
def test_what_is_no_passage_is_refused_and_nothing_is_decided(made, told, said) -> None:
    with pytest.raises(Invalid, match=said):
        adjudication.decide(unfilled(made), by=made.pi, value=500, reason=WHY, passages=told)
    assert (made.group().decisions.count(), Proof.objects.count()) == (0, 0)


def test_words_are_found_across_the_lines_of_a_text() -> None:
    assert quoting.passages("two\nthree four", "one two\nthree\nfour") == ((4, 7), (8, 18))


def test_passages_stay_with_their_decision_for_good(made) -> None:
    adjudication.decide(unfilled(made), by=made.pi, value=500, reason=WHY, passages="1-4")

    with pytest.raises(DatabaseError), transaction.atomic():
        Proof.objects.update(start=0)
    with pytest.raises(DatabaseError), transaction.atomic():
        Proof.objects.all().delete()


def test_a_release_tells_the_adjudicators_passages_without_a_coder(made) -> None:
    adjudication.decide(unfilled(made), by=made.pi, value=500, reason=WHY, passages="1-4")
    adjudication.decide(unfilled(made), by=made.pi, value=600, reason=WHY, passages="3-9")
    adjudication.accept_agreed([made.group()], by=made.pi)

    records = contents.records_of(made.round.project)

    assert [
        (one.field, one.value, one.start, one.end, one.quote, one.page, one.coder)
        for one in records.evidence
        if one.field == "troops"
    ] == [("troops", 600, 3, 9, BODY[3:9], 1, "")]


# --- on the board


@pytest.fixture
def board(made, client):
    client.force_login(made.pi.user)
    document = made.round.project.documents.get()
    address = reverse(
        "board", args=[made.round.project.slug, made.round.public_id, document.public_id]
    )
    return lambda **query: client.get(address, query)


def test_the_board_offers_what_nobody_filled_and_shows_a_row_for_it_when_asked(made, board) -> None:
    group = made.group().public_id
    (card,) = board().context["board"].cards
    offered = [one.name for one in card.unfilled]
    assert offered == ["title", "cause", "third", "topics", "weight", "troops"]
    assert f'<option value="{group}.troops">Troops</option>' in board().content.decode()

    (card,) = board(fill=f"{group}.troops").context["board"].cards
    row = card.rows[-1]
    assert (row.label, row.word, row.needs_deciding, row.is_conflict) == (
        "Troops", "nobody filled it", True, False,
    )  # fmt: skip
    assert card.open_rows == 6
    assert board(fill=f"{group}.colour").context["board"].cards[0].rows[-1].label == "Start"


def test_it_is_filled_from_the_board_with_its_evidence_which_then_stands_beside_the_value(
    made, board, client
) -> None:
    address = board().request["PATH_INFO"]
    sent = {"group": made.group().public_id, "field": "troops", "value": "500", "seen": ".0"}

    refused = client.post(f"{address}decide/", {**sent, "passages": "of Atlantis"})
    assert refused.status_code == 422
    (card,) = refused.context["board"].cards
    assert card.rows[-1].label == "Troops"
    assert "of Atlantis" in refused.content.decode()

    client.post(f"{address}decide/", {**sent, "reason": WHY, "passages": "1-4"})
    row = next(row for row in board().context["board"].cards[0].rows if row.label == "Troops")
    assert (row.decided, [quote.text for quote in row.proofs]) == ("500", [BODY[1:4]])
