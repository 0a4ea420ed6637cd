"""Handing in, sending back, withdrawing: by the table of lawful moves, and with a list of what is missing."""

from uuid import UUID

import pytest

from coding import assignments, events, rounds
from coding.models import Assignment, Round
from projects.models import LedgerLine
from projects.refusals import Invalid, Stale, WrongState
from tests import small
from tests.small import operation

pytestmark = pytest.mark.django_db
State = Assignment.State
E1, E2 = UUID(int=1), UUID(int=2)


@pytest.fixture
def assignment():
    return small.assignment()


def submit(assignment, **words):
    return assignments.submit(assignment, by=assignment.coder.user, **words)


def refused(assignment, **words) -> list[tuple[str, str, str, str]]:
    """What stands in the way of handing in: (event, field, severity, message)."""
    before = assignment.state
    with pytest.raises(Invalid) as refusal:
        submit(assignment, **words)
    problems = refusal.value.details["problems"]
    things = "1 thing is" if len(problems) == 1 else f"{len(problems)} things are"
    assert refusal.value.message == f"{things} still to be done before this can be handed in."
    assignment.refresh_from_db()
    assert (assignment.submitted_at, assignment.state) == (None, before)
    return [(one["event"], one["field"], one["severity"], one["message"]) for one in problems]


def last_line(assignment):
    line = LedgerLine.objects.filter(project_id=assignment.round.project_id).latest("n")
    return line.verb, line.subject_id, line.difference


# --- the table of moves

MOVES = {
    "assigned": {"started", "submitted", "withdrawn"},
    "started": {"submitted", "withdrawn"},
    "submitted": {"sent_back", "withdrawn"},
    "sent_back": {"submitted", "withdrawn"},
    "withdrawn": {"assigned", "started"},
}


def test_every_state_stands_in_the_table_and_the_table_is_this():
    assert {
        state.value: {to.value for to in moves} for state, moves in Assignment.MOVES.items()
    } == MOVES
    assert set(MOVES) == set(State.values)
    assert {state.value for state in Assignment.WORKABLE} == {"assigned", "started", "sent_back"}


VERBS = {
    "submitted": submit,
    "sent_back": lambda one: assignments.send_back(one, by=one.coder.user, reason="look again"),
    "withdrawn": lambda one: assignments.withdraw(one, by=one.coder.user, reason="ill"),
}


@pytest.mark.parametrize("to", sorted(VERBS))
@pytest.mark.parametrize("state", sorted(MOVES))
def test_verbs_move_by_the_table(assignment, state, to):
    small.coded(assignment)
    small.put(assignment, state=state, submitted_at="2024-05-01T00:00Z")
    lines = LedgerLine.objects.count()

    if to in MOVES[state]:
        VERBS[to](assignment)
        moved = to
    else:
        with pytest.raises(WrongState) as refusal:
            VERBS[to](assignment)
        assert refusal.value.message == (
            f"Work that is {State(state).label} cannot become {State(to).label}."
        )
        moved = state

    assignment.refresh_from_db()
    assert assignment.state == moved
    assert LedgerLine.objects.count() - lines == (moved != state)


# --- handing in


def test_whole_work_is_handed_in(assignment):
    small.coded(assignment)

    done, problems = submit(assignment)

    assert (done.state, problems) == (State.SUBMITTED, [])
    assert done.submitted_at is not None
    assert last_line(assignment) == (
        "assignment.submit",
        assignment.public_id,
        {"coder": assignment.coder.label, "version": 5, "outcome": "events"},
    )


@pytest.mark.parametrize(
    ("outcome", "reason"), [("no_event", ""), ("cannot_code", "a picture of a text")]
)
def test_a_document_without_events_is_handed_in(assignment, outcome, reason):
    small.coded(assignment, [operation("outcome.set", outcome=outcome, reason=reason)])

    assert submit(assignment)[0].outcome == outcome


def test_near_misses_may_stand_beside_no_event_and_need_no_values(assignment):
    small.coded(
        assignment,
        [
            operation("event.add", event=E1, type="EX"),
            operation("near_miss.set", event=E1, near_miss=True, reason="talk"),
            operation("outcome.set", outcome="no_event"),
        ],
    )

    assert submit(assignment)[1] == []


def test_work_not_begun_says_what_came_of_it_first(assignment):
    assert refused(assignment) == [
        (
            "",
            "",
            "incomplete",
            "Say what came of the reading: events, no event, or cannot be coded.",
        )
    ]


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        (
            [operation("outcome.set", outcome="events")],
            ("", "", "invalid", "The outcome says events, but none is coded."),
        ),
        (
            [*small.whole_event()[:4], operation("outcome.set", outcome="no_event")],
            ("", "", "invalid", "The outcome says there is nothing to code, but 1 event is coded."),
        ),
        (
            [operation("outcome.set", outcome="cannot_code")],
            ("", "", "incomplete", "Say why this document cannot be coded."),
        ),
    ],
)
def test_outcome_and_events_agree(assignment, sent, problem):
    small.coded(assignment, sent)

    assert refused(assignment) == [problem]


def test_events_that_are_near_misses_or_removed_are_none(assignment):
    small.coded(
        assignment,
        [
            operation("event.add", event=E1, type="EX"),
            operation("near_miss.set", event=E1, near_miss=True, reason="talk"),
            operation("event.add", event=E2, type="EX"),
            operation("event.remove", event=E2),
            operation("outcome.set", outcome="events"),
        ],
    )

    assert refused(assignment) == [
        ("", "", "invalid", "The outcome says events, but none is coded.")
    ]


def test_every_problem_is_listed_with_its_event_and_field(assignment):
    small.coded(
        assignment,
        [
            operation("event.add", event=E1, type="EX"),
            operation("value.set", event=E1, field="title", value="First"),
            operation("value.set", event=E1, field="status", value=5),
            operation("value.set", event=E1, field="start", value="1951-06"),
            operation("value.set", event=E1, field="end", value="1950"),
            operation("event.add", event=E2, type="TO"),
            operation("value.set", event=E2, field="title", value="Second"),
            operation("value.set", event=E2, field="provider", value=[2]),
            operation("outcome.set", outcome="events"),
        ],
    )

    assert refused(assignment) == [
        (str(E1), "provider", "incomplete", '"Provider" is required'),
        (str(E1), "reason", "incomplete", '"Reason" is required'),
        (str(E1), "end", "invalid", "The end lies before the start."),
        (str(E2), "binding", "incomplete", '"Binding" is required'),
    ]


def test_what_was_filled_in_under_another_type_is_not_judged(assignment):
    small.coded(
        assignment,
        [
            *small.whole_event(E1),
            operation("value.set", event=E1, field="troops", value=7),
            operation("whole.set", event=E1, field="troops", reason="all"),
            operation("event.type", event=E1, type="TO"),
            operation("value.set", event=E1, field="binding", value=1),
        ],
    )

    assert submit(assignment)[1] == []


def test_what_is_blank_passes_where_that_is_allowed_and_is_told(assignment):
    small.coded(
        assignment,
        [
            operation("event.add", event=E1, type="EX"),
            operation("value.set", event=E1, field="title", value="First"),
            operation("outcome.set", outcome="events"),
        ],
    )

    done, problems = submit(assignment, allow_incomplete=True)

    assert done.state == State.SUBMITTED
    assert [problem.as_dict() for problem in problems] == [
        {
            "event": str(E1),
            "field": "provider",
            "message": '"Provider" is required',
            "severity": "incomplete",
        }
    ]


def test_what_is_wrong_passes_nowhere(assignment):
    small.coded(assignment, [operation("outcome.set", outcome="events")])

    assert refused(assignment, allow_incomplete=True) == [
        ("", "", "invalid", "The outcome says events, but none is coded.")
    ]


def test_what_changed_since_it_was_loaded_is_not_handed_in(assignment):
    sent = small.whole_event()
    small.coded(assignment, sent)

    with pytest.raises(Stale) as refusal:
        submit(assignment, base=3)

    assert refusal.value.details == {"version": 5, "operations": sent[3:]}
    assert submit(assignment, base=5)[0].state == State.SUBMITTED


@pytest.mark.parametrize("state", ["closed", "revealed"])
def test_nothing_is_handed_in_to_a_round_that_is_not_open(assignment, state):
    small.coded(assignment)
    small.put(assignment.round, state=state)

    with pytest.raises(WrongState, match="This round is closed."):
        submit(assignment)


def test_withdrawn_work_is_told_so_before_what_it_lacks(assignment):
    assignments.withdraw(assignment, by=assignment.coder.user, reason="ill")

    with pytest.raises(WrongState, match="Work that is withdrawn cannot become submitted."):
        submit(assignment)


# --- sending back, withdrawing


def test_work_sent_back_is_worked_on_and_handed_in_again(assignment):
    small.coded(assignment)
    submit(assignment)

    assignments.send_back(assignment, by=assignment.coder.user, reason="the dates")
    assert last_line(assignment) == (
        "assignment.send_back",
        assignment.public_id,
        {"coder": assignment.coder.label, "reason": "the dates"},
    )
    assignment.refresh_from_db()
    events.apply(
        assignment,
        [operation("outcome.set", outcome="events")],
        base=5,
        by=assignment.coder.user,
    )

    assert submit(assignment)[0].version == 6


def test_withdrawn_work_stays_readable(assignment):
    small.coded(assignment)

    done = assignments.withdraw(assignment, by=assignment.coder.user, reason="left the project")

    assert (done.state, done.events.count()) == (State.WITHDRAWN, 1)
    assert last_line(assignment)[::2] == (
        "assignment.withdraw",
        {"coder": assignment.coder.label, "reason": "left the project"},
    )


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        (assignments.send_back, "Please say why the work is sent back."),
        (assignments.withdraw, "Please say why the assignment is withdrawn."),
    ],
)
def test_neither_goes_without_a_reason(assignment, verb, said):
    small.put(assignment, state="submitted", submitted_at="2024-05-01T00:00Z")

    with pytest.raises(Invalid, match=said):
        verb(assignment, by=assignment.coder.user, reason=" ")


def test_a_reopened_round_takes_work_again(assignment):
    small.coded(assignment)
    for state in (Round.State.CLOSED, Round.State.OPEN):
        rounds.move(assignment.round, state, by=assignment.coder.user)

    assert submit(assignment)[0].state == State.SUBMITTED
