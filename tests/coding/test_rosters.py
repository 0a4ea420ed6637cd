"""Work changes hands: nothing begun moves by itself, nothing coded is lost, nobody reads what they had."""

from collections import Counter

import pytest

from coding import assignments, events, rosters, rounds
from coding.models import Assignment, Operation
from projects.models import LedgerLine
from projects.refusals import Invalid, WrongState
from tests import small

pytestmark = pytest.mark.django_db
State = Assignment.State


@pytest.fixture
def project():
    made = small.project()
    small.codebook(made)
    for n in range(6):
        small.document(made, f"d{n}")
    return made


@pytest.fixture
def manager(project):
    return small.manager_of(project)


@pytest.fixture
def people(project):
    return [small.member(project, label=label) for label in ("C1", "C2", "C3", "C4")]


@pytest.fixture
def opened(project, people):
    """C1, C2 and C3 have four documents each, two coders a document; C4 is not in it."""
    return rounds.open_round(
        project,
        "pilot",
        by=small.manager_of(project),
        coders=people[:3],
        per_document=2,
        seed=1,
    )


def work_of(opened, coder, **filters):
    return list(
        Assignment.objects.filter(round=opened, coder=coder, **filters)
        .exclude(state=State.WITHDRAWN)
        .select_related("round__project", "round__codebook", "coder__user", "text", "document")
        .order_by("queue_key")
    )


def living(opened) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in opened.assignments.exclude(state=State.WITHDRAWN).order_by("coder__label"):
        found.setdefault(one.document.external_id, []).append(one.coder.label)
    return found


def loads(opened) -> dict[str, int]:
    return dict(Counter(label for labels in living(opened).values() for label in labels))


def last_line(opened):
    line = LedgerLine.objects.filter(project_id=opened.project_id).latest("n")
    return line.verb, line.difference


# --- evening out


def test_somebody_new_gets_their_share_and_documents_keep_their_number(opened, people, manager):
    moved = rosters.rebalance(opened, by=manager, coders=people)

    assert loads(opened) == {"C1": 3, "C2": 3, "C3": 3, "C4": 3}
    assert {len(set(labels)) for labels in living(opened).values()} == {2}
    assert (moved.count, moved.given, moved.taken, moved.stuck) == (
        3,
        {"C1": 1, "C2": 1, "C3": 1},
        {"C4": 3},
        0,
    )
    verb, difference = last_line(opened)
    assert (verb, difference["coders"], len(difference["moves"])) == (
        "round.rebalance",
        ["C1", "C2", "C3", "C4"],
        3,
    )


def test_what_is_even_is_left_alone(opened, people, manager):
    before = living(opened)

    assert rosters.rebalance(opened, by=manager, coders=people[:3]).count == 0
    assert living(opened) == before


def test_begun_work_never_moves_by_itself(opened, people, manager):
    begun = [small.coded(one) for one in work_of(opened, people[0])]

    rosters.replace(opened, people[0], by=manager, coders=people[1:])

    assert work_of(opened, people[0]) == begun


def test_whoever_left_is_replaced(opened, people, manager):
    moved = rosters.replace(opened, people[0], by=manager, coders=people[1:])

    assert loads(opened) == {"C2": 4, "C3": 4, "C4": 4}
    assert moved.taken == {"C4": 4}
    assert {len(set(labels)) for labels in living(opened).values()} == {2}


def test_what_nobody_can_take_is_told(opened, people, manager):
    moved = rosters.replace(opened, people[0], by=manager, coders=[people[1]])

    shared = [d for d, labels in living(opened).items() if set(labels) == {"C1", "C2"}]
    assert moved.stuck == len(shared) == 2


def test_what_went_away_can_come_back(opened, people, manager):
    before = living(opened)
    rosters.replace(opened, people[0], by=manager, coders=[people[3]])
    rosters.replace(opened, people[3], by=manager, coders=[people[0]])

    assert living(opened) == before


# --- one piece of work


def test_unbegun_work_is_given_to_another(opened, people, manager):
    one = work_of(opened, people[0])[0]

    new = rosters.reassign(one, people[3], by=manager)

    one.refresh_from_db()
    assert (one.state, one.reason) == (State.WITHDRAWN, rosters.WENT_ON)
    assert (new.coder, new.text_id, new.state) == (people[3], one.text_id, State.ASSIGNED)
    assert last_line(opened) == (
        "assignment.reassign",
        {"document": one.document.external_id, "from": "C1", "to": "C4"},
    )


def test_begun_work_is_not_given_away_as_if_it_were_nothing(opened, people, manager):
    one = small.coded(work_of(opened, people[0])[0])

    with pytest.raises(WrongState, match="C1 has begun this document"):
        rosters.reassign(one, people[3], by=manager)


def test_begun_work_is_handed_on_with_all_that_is_coded(opened, people, manager):
    one = small.coded(work_of(opened, people[0])[0])
    coded = events.load(one)

    new = rosters.hand_on(one, people[3], by=manager, reason="C1 is ill")

    new = work_of(opened, people[3])[0]
    one.refresh_from_db()
    assert events.load(new) == events.replay(new) == coded
    assert (new.state, new.version, new.outcome, new.taken_over_from) == (
        State.STARTED,
        5,
        "events",
        one,
    )
    assert set(Operation.objects.filter(assignment=new).values_list("by", flat=True)) == {
        people[0].user_id
    }
    assert (one.state, one.reason, events.load(one)) == (State.WITHDRAWN, "C1 is ill", coded)
    small.coded(new, [small.operation("outcome.set", outcome="cannot_code", reason="blurred")])
    assert (new.version, events.load(one).outcome) == (6, "events")


def test_begun_work_is_read_afresh(opened, people, manager):
    one = small.coded(work_of(opened, people[0])[0])

    new = rosters.hand_on(one, people[3], by=manager, reason="ill", afresh=True)

    assert (new.state, new.version, new.taken_over_from) == (State.ASSIGNED, 0, one)
    assert last_line(opened)[1]["operations"] == 0


def test_nobody_gets_what_they_have_or_had(opened, people, manager):
    one = work_of(opened, people[0])[0]
    partner = next(
        coder
        for coder in people[1:3]
        if Assignment.objects.filter(round=opened, document=one.document, coder=coder).exists()
    )
    theirs = work_of(opened, partner, document=one.document)[0]

    with pytest.raises(Invalid, match="in this round already"):
        rosters.reassign(one, partner, by=manager)
    small.coded(theirs)
    assignments.withdraw(theirs, by=manager, reason="no")
    with pytest.raises(Invalid, match="began .* once and it was withdrawn"):
        rosters.reassign(one, partner, by=manager)


def test_a_withdrawal_is_taken_back_as_far_as_the_work_had_come(opened, people, manager):
    begun, unbegun = small.coded(work_of(opened, people[0])[0]), work_of(opened, people[0])[1]
    for one in (begun, unbegun):
        assignments.withdraw(one, by=manager, reason="a slip")
        one.refresh_from_db()

    states = [assignments.restore(one, by=manager, reason="mine").state for one in (begun, unbegun)]

    assert states == [State.STARTED, State.ASSIGNED]


def test_what_somebody_else_goes_on_with_is_not_taken_back(opened, people, manager):
    one = small.coded(work_of(opened, people[0])[0])
    rosters.hand_on(one, people[3], by=manager, reason="ill")
    one.refresh_from_db()

    with pytest.raises(WrongState, match="Somebody else goes on with this work"):
        assignments.restore(one, by=manager, reason="well again")


# --- a second time


def handed_in(one):
    one, _ = assignments.submit(small.coded(one), by=one.coder.user, allow_incomplete=True)
    return one


def test_a_sample_comes_back_at_the_end_of_the_queue(opened, people, manager):
    done = [handed_in(one) for one in work_of(opened, people[0])[:3]]

    made = rosters.give_again(opened, people[0], by=manager, count=2, seed=4)

    assert {one.document_id for one in made} < {one.document_id for one in done}
    queue = work_of(opened, people[0])
    assert [one.sitting for one in queue] == [1, 1, 1, 1, 2, 2]
    with pytest.raises(Invalid, match="C1 has handed in 1 documents that were not given"):
        rosters.give_again(opened, people[0], by=manager, count=2)


# --- when


@pytest.mark.parametrize("state", ["closed", "revealed"])
def test_work_moves_only_while_the_round_is_open(opened, people, manager, state):
    one = work_of(opened, people[0])[0]
    small.put(opened, state=state)

    for act in (
        lambda: rosters.rebalance(opened, by=manager, coders=people),
        lambda: rosters.replace(opened, people[0], by=manager, coders=people[1:]),
        lambda: rosters.reassign(one, people[3], by=manager),
        lambda: rosters.hand_on(one, people[3], by=manager, reason="so"),
        lambda: rosters.give_again(opened, people[0], by=manager, count=1),
    ):
        with pytest.raises(WrongState, match="Work changes hands only while the round is open."):
            act()
