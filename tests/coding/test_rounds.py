"""Rounds: drawn once when they open, moved by a table."""

import pytest
from django.utils import timezone

from coding import rounds
from coding.models import Assignment, Round
from projects.models import LedgerLine
from projects.refusals import Invalid, WrongState
from sources import documents as sources
from tests import small

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    made = small.project()
    small.codebook(made)
    return made


def some(project, coders=3, documents=4):
    people = [small.member(project, label=f"C{n}") for n in range(1, coders + 1)]
    return people, [small.document(project, f"d{n}") for n in range(1, documents + 1)]


def open_round(project, coders, **words) -> Round:
    given = {"per_document": 2, "seed": 7, "by": small.manager_of(project), **words}
    return rounds.open_round(project, given.pop("name", "pilot"), coders=coders, **given)


def drawn(opened) -> list[tuple[str, str]]:
    return sorted(
        opened.assignments.values_list("document__external_id", "coder__label"),
    )


def last_line(project):
    line = LedgerLine.objects.filter(project_id=project.pk).latest("n")
    return line.verb, line.subject_id, line.difference


# --- opening


def test_every_document_gets_its_number_of_coders_and_everybody_a_fair_share(project):
    coders, documents = some(project, coders=3, documents=6)

    opened = open_round(project, coders, documents=documents, instructions="Read twice.")

    pairs = drawn(opened)
    assert [sum(document == f"d{n}" for document, _ in pairs) for n in range(1, 7)] == [2] * 6
    assert [sum(coder == f"C{n}" for _, coder in pairs) for n in range(1, 4)] == [4] * 3
    assert (opened.state, opened.per_document, opened.seed, opened.instructions) == (
        "open",
        2,
        7,
        "Read twice.",
    )
    assert last_line(project) == (
        "round.open",
        opened.public_id,
        {
            "name": "pilot",
            "documents": 6,
            "coders": ["C1", "C2", "C3"],
            "per_document": 2,
            "seed": 7,
            "codebook": 1,
            "drawn": {"way": "all", "from": 6},
        },
    )


def test_work_is_pinned_to_the_text_of_the_day_and_not_begun(project):
    coders, documents = some(project, coders=1, documents=1)

    opened = open_round(project, coders, documents=documents, per_document=1)

    one = opened.assignments.get()
    assert (one.text, one.state, one.version, one.outcome, one.sitting) == (
        documents[0].current_text,
        "assigned",
        0,
        "",
        1,
    )


def test_without_a_choice_all_documents_that_were_read_are_drawn(project):
    coders, documents = some(project, coders=1, documents=3)
    sources.retire(documents[0], by=documents[0].added_by, reason="a duplicate")
    small.unread_document(project, "waiting")

    opened = open_round(project, coders, per_document=1)

    assert drawn(opened) == [("d2", "C1"), ("d3", "C1")]


def test_the_same_seed_draws_the_same_and_none_is_made_up_and_kept(project):
    coders, documents = some(project, coders=4, documents=8)

    first, again, other = (
        open_round(project, coders, documents=documents, name=name, seed=seed)
        for name, seed in [("a", 7), ("b", 7), ("c", None)]
    )

    assert drawn(first) == drawn(again)
    assert other.seed is not None


def test_a_queue_does_not_tell_what_others_do(project):
    coders, documents = some(project, coders=3, documents=8)
    alone = open_round(project, coders[:1], documents=documents, per_document=1, name="a")
    shared = open_round(project, coders, documents=documents, per_document=3, name="b")

    queues = [
        list(
            one.assignments.filter(coder=coders[0])
            .order_by("queue_key")
            .values_list("document_id", flat=True)
        )
        for one in (alone, shared)
    ]
    other = list(
        shared.assignments.filter(coder=coders[1])
        .order_by("queue_key")
        .values_list("document_id", flat=True)
    )

    assert queues[0] == queues[1]
    assert queues[0] != other


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_round_has_a_name(project, name):
    with pytest.raises(Invalid, match="A round needs a name of at most 80 characters."):
        open_round(project, some(project)[0], name=name)


def test_a_name_is_given_once(project):
    coders, _ = some(project)
    open_round(project, coders, name="pilot")

    with pytest.raises(Invalid, match="There is already a round “pilot”."):
        open_round(project, coders, name=" pilot ")

    assert Round.objects.count() == 1


def test_a_round_needs_a_published_codebook():
    project = small.project()
    coders, _ = some(project)

    with pytest.raises(WrongState, match="This project has no published codebook yet"):
        open_round(project, coders)

    draft = small.codebook(project, published=False)
    with pytest.raises(WrongState, match="A round is coded with a published codebook"):
        open_round(project, coders, codebook=draft)


def test_a_codebook_of_another_project_is_none(project):
    foreign = small.codebook(small.project())

    with pytest.raises(WrongState, match="A round is coded with a published codebook"):
        open_round(project, some(project)[0], codebook=foreign)


def test_only_coders_of_the_project_code(project):
    coders, _ = some(project)
    foreign = small.member(small.project(), label="X1")
    manager = small.member(project, "manager", label="B1")
    gone = small.put(small.member(project, label="G1"), left_at=timezone.now())

    for stranger in (foreign, manager, gone):
        with pytest.raises(Invalid, match=f"{stranger.label} is not a coder of this project."):
            open_round(project, [*coders, stranger])

    assert Round.objects.count() == 0


def test_only_documents_of_the_project_that_were_read_are_coded(project):
    coders, documents = some(project)
    foreign = small.document(small.project(), "foreign")
    waiting = small.unread_document(project, "waiting")

    with pytest.raises(Invalid) as refusal:
        open_round(project, coders, documents=[*documents, foreign, waiting])

    assert refusal.value.message == "These documents have no text to code: foreign, waiting."


def test_there_must_be_something_to_draw_from(project):
    coders, _ = some(project, documents=0)

    for documents in (None, []):
        with pytest.raises(Invalid, match="There is no readable document to draw from."):
            open_round(project, coders, documents=documents)


@pytest.mark.parametrize(
    ("per_document", "coders", "said"),
    [
        (4, 3, "4 coders per document were asked for, but there are only 3."),
        (0, 3, "Every document needs at least one coder."),
        (1, 0, "No coder was given."),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_plain_words(project, per_document, coders, said):
    people, _ = some(project, coders=coders)

    with pytest.raises(Invalid) as refusal:
        open_round(project, people, per_document=per_document)

    assert (refusal.value.message, Round.objects.count()) == (said, 0)


# --- giving one more


def test_one_more_coder_gets_the_text_the_others_have(project):
    coders, documents = some(project, coders=2, documents=1)
    opened = open_round(project, coders[:1], documents=documents, per_document=1)
    pinned = documents[0].current_text
    small.put(documents[0], current_text=small.text(documents[0], body="newer", n=2))

    more = rounds.assign(opened, documents[0], coders[1], by=small.manager_of(project))

    assert (more.text, more.state) == (pinned, "assigned")
    assert last_line(project) == ("round.assign", more.public_id, {"coder": "C2"})


def test_a_document_that_nobody_has_comes_with_its_newest_text(project):
    coders, documents = some(project, coders=1, documents=2)
    opened = open_round(project, coders, documents=documents[:1], per_document=1)

    more = rounds.assign(opened, documents[1], coders[0], by=small.manager_of(project))

    assert more.text == documents[1].current_text


def test_nobody_gets_a_document_twice(project):
    coders, documents = some(project, coders=1, documents=1)
    opened = open_round(project, coders, documents=documents, per_document=1)

    with pytest.raises(Invalid, match="C1 already has “d1” in this round."):
        rounds.assign(opened, documents[0], coders[0], by=small.manager_of(project))


@pytest.mark.parametrize("state", ["closed", "revealed"])
def test_only_an_open_round_takes_more_also_from_an_old_page(project, state):
    coders, documents = some(project, coders=2, documents=1)
    opened = open_round(project, coders[:1], documents=documents, per_document=1)
    Round.objects.filter(pk=opened.pk).update(state=state)

    with pytest.raises(WrongState, match="Only an open round takes further assignments."):
        rounds.assign(opened, documents[0], coders[1], by=small.manager_of(project))


def test_what_cannot_be_coded_is_given_to_nobody(project):
    coders, documents = some(project, coders=1, documents=2)
    opened = open_round(project, coders, documents=documents[:1], per_document=1)
    retired = sources.retire(documents[1], by=documents[1].added_by, reason="a duplicate")
    waiting = small.unread_document(project, "waiting")
    foreign = small.document(small.project(), "foreign")

    for document in (retired, waiting, foreign):
        with pytest.raises(WrongState, match=f"“{document.external_id}” has no text to code."):
            rounds.assign(opened, document, coders[0], by=small.manager_of(project))


def test_nothing_is_given_to_who_does_not_code(project):
    coders, documents = some(project, coders=1, documents=2)
    opened = open_round(project, coders, documents=documents[:1], per_document=1)
    manager = small.member(project, "manager", label="B1")

    with pytest.raises(Invalid, match="B1 is not a coder of this project."):
        rounds.assign(opened, documents[1], manager, by=manager.user)

    assert Assignment.objects.count() == 1


# --- moving

MOVES = {"open": {"closed"}, "closed": {"open", "revealed"}, "revealed": set()}


def test_every_state_stands_in_the_table_and_the_table_is_this():
    assert {
        state.value: {to.value for to in moves} for state, moves in Round.MOVES.items()
    } == MOVES
    assert set(MOVES) == set(Round.State.values)


@pytest.mark.parametrize("to", sorted(MOVES))
@pytest.mark.parametrize("state", sorted(MOVES))
def test_a_round_moves_by_the_table(project, state, to):
    opened = small.put(open_round(project, some(project)[0]), state=state)

    if to in MOVES[state]:
        rounds.move(opened, Round.State(to), by=small.manager_of(project))
        moved = to
        assert last_line(project) == (
            "round.move",
            opened.public_id,
            {"from": state, "to": to},
        )
    else:
        with pytest.raises(WrongState) as refusal:
            rounds.move(opened, Round.State(to), by=small.manager_of(project))
        moved = state
        assert refusal.value.message == f"A round that is {state} cannot become {to}."

    opened.refresh_from_db()
    assert (opened.state, opened.revealed_at is not None) == (moved, moved == "revealed" != state)
