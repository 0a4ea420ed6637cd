"""The one door to a coder's work: once, in order, all or nothing, never merged in silence."""

from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from coding import access, assignments, events, rounds
from coding.events import Applied
from coding.models import Assignment, Event, Evidence, Operation, Passage, Round
from coding.operations import CodedEvent, Work
from projects.refusals import Invalid, Stale, WrongState
from tests import small
from tests.small import operation

pytestmark = pytest.mark.django_db
E1, E2, P1 = (UUID(int=n) for n in (1, 2, 101))


@pytest.fixture
def assignment():
    return small.assignment()


def apply(assignment, sent, base=None) -> Applied:
    base = assignment.version if base is None else base
    done = events.apply(assignment, sent, base=base, by=assignment.coder.user)
    assignment.refresh_from_db()
    return done


def added(uid=E1) -> dict:
    return operation("event.add", event=uid, type="EX")


def rows() -> dict[str, list]:
    return {
        table.__name__: list(table.objects.order_by("pk").values())
        for table in (Assignment, Operation, Event, Passage, Evidence)
    }


# --- what is kept


def test_operations_are_kept_as_sent_and_their_effect_stands_in_the_rows(assignment):
    sent = [
        operation("event.add", event=E1, type="EX", own_id="a7", device="laptop"),
        operation("value.set", event=E1, field="provider", value=["JPN", "USA"]),
        operation("passage.link", event=E1, field="provider", passage=P1, start=10, end=27),
        operation("whole.set", event=E1, field="title", reason="all of it"),
        operation("outcome.set", outcome="cannot_code", reason="in Dutch"),
    ]

    assert apply(assignment, sent) == Applied(
        version=5,
        new=5,
        values=({"event": str(E1), "field": "provider", "value": [2, 740]},),
    )

    kept = Operation.objects.all()
    assert (
        [{"id": str(row.uid), "kind": row.kind, **row.body} for row in kept]
        == sent
        == events.since(assignment, 0)
    )
    assert [(row.n, row.by) for row in kept] == [(n, assignment.coder.user) for n in range(1, 6)]
    assert (
        assignment.version,
        assignment.state,
        assignment.outcome,
        assignment.outcome_reason,
    ) == (
        5,
        "started",
        "cannot_code",
        "in Dutch",
    )
    passage = Passage.objects.get()
    body = small.BODY
    assert (passage.exact, passage.before, passage.after) == (
        "the United States",
        "Japan and ",
        body[27:59],
    )
    assert events.load(assignment) == Work(
        outcome="cannot_code",
        outcome_reason="in Dutch",
        events={
            E1: CodedEvent(
                E1, "EX", 1, "a7", {"provider": [2, 740]}, {"title": "all of it"}, False, "", False
            )
        },
        passages={P1: (10, 27)},
        evidence={(E1, "provider", P1)},
    )
    assert events.replay(assignment) == events.load(assignment)


def test_quotes_count_code_points(assignment):
    at = small.BODY.index("𝔘nicode")

    apply(
        assignment,
        [
            added(),
            operation("passage.link", event=E1, field="title", passage=P1, start=at, end=at + 7),
        ],
    )

    assert Passage.objects.get().exact == "𝔘nicode"


def test_a_moved_passage_quotes_its_new_place_and_an_unlinked_one_is_gone(assignment):
    link = {"event": E1, "field": "title", "passage": P1}
    apply(assignment, [added(), operation("passage.link", **link, start=0, end=5)])

    apply(assignment, [operation("passage.move", passage=P1, start=10, end=27)])
    assert Passage.objects.get().exact == "the United States"

    apply(assignment, [operation("passage.unlink", **link)])
    assert (Passage.objects.count(), Evidence.objects.count()) == (0, 0)


def test_a_passage_unlinked_and_linked_again_in_one_batch_stands_where_it_was_linked_last(
    assignment,
):
    link = {"event": E1, "field": "title", "passage": P1}
    apply(assignment, [added(), operation("passage.link", **link, start=0, end=5)])

    apply(
        assignment,
        [
            operation("passage.unlink", **link),
            operation("passage.link", **link, start=10, end=27),
            operation("passage.link", **{**link, "field": "provider"}),
        ],
    )

    assert Passage.objects.get().exact == "the United States"
    assert events.load(assignment) == events.replay(assignment)


def test_only_rows_that_differ_are_written(assignment, django_assert_num_queries):
    apply(assignment, [added(E1), added(E2)])

    with django_assert_num_queries(9) as queries:
        events.apply(
            access.own_work(assignment.coder.user, assignment.public_id),
            [operation("value.set", event=E2, field="troops", value=7)],
            base=2,
            by=assignment.coder.user,
        )

    written = [query["sql"] for query in queries.captured_queries]
    assert [sql.split('"')[1] for sql in written if sql.startswith("UPDATE")] == [
        "coding_assignment",
        "coding_event",
    ]


def test_an_edit_overtaken_while_it_was_reckoned_is_refused_with_what_it_missed(
    assignment, monkeypatch
):
    apply(assignment, [added(E1)])
    ours = access.own_work(assignment.coder.user, assignment.public_id)
    theirs = operation("value.set", event=E1, field="troops", value=7)
    reckoned = events.ground_of

    def overtaken(found):
        monkeypatch.setattr(events, "ground_of", reckoned)
        apply(assignment, [theirs], base=1)
        return reckoned(found)

    monkeypatch.setattr(events, "ground_of", overtaken)

    with pytest.raises(Stale) as refusal:
        apply(ours, [operation("value.set", event=E1, field="troops", value=9)], base=1)

    assert refusal.value.details == {"version": 2, "operations": [theirs]}
    assert events.load(assignment).events[E1].values == {"troops": 7}


def test_operations_sent_again_on_the_newest_version_count_once(assignment):
    sent = [added(E1), operation("value.set", event=E1, field="troops", value=7)]
    apply(assignment, sent)
    more = operation("value.set", event=E1, field="title", value="x")
    ours = access.own_work(assignment.coder.user, assignment.public_id)

    assert apply(ours, [*sent, more], base=2) == Applied(3, 1)
    assert events.load(assignment) == events.replay(assignment)


def test_a_closed_round_takes_nothing_from_a_page_that_was_open_before(assignment):
    ours = access.own_work(assignment.coder.user, assignment.public_id)
    Round.objects.update(state=Round.State.CLOSED)

    with pytest.raises(WrongState, match="This round is closed"):
        apply(ours, [added(E1)])

    assert not assignment.operations.exists()


# --- what was understood


def test_values_stored_in_another_form_than_they_were_sent_are_told(assignment):
    sent = [
        added(),
        operation("value.set", event=E1, field="start", value="June 1951"),
        operation("value.set", event=E1, field="troops", value=7),
    ]
    understood = ({"event": str(E1), "field": "start", "value": "1951-06"},)

    assert apply(assignment, sent) == Applied(3, 3, understood)
    assert apply(assignment, sent, base=0) == Applied(3, 0, understood)


# --- once


def test_the_same_batch_sent_again_is_answered_and_not_doubled(assignment):
    sent = [added(), operation("outcome.set", outcome="events")]
    apply(assignment, sent)
    before = rows()

    again = apply(assignment, sent, base=0)

    assert (again, rows()) == (Applied(version=2, new=0), before)


def test_the_same_batch_sent_again_after_others_came_in_between_is_stale(assignment):
    sent = [added(E1)]
    apply(assignment, sent)
    between = added(E2)
    apply(assignment, [between])
    before = rows()

    with pytest.raises(Stale) as refusal:
        apply(assignment, sent, base=0)

    assert refusal.value.details == {"version": 2, "operations": [*sent, between]}
    assert rows() == before


@pytest.mark.parametrize(
    "body", [{"event": "seven"}, {}, {"event": None, "field": ["title"], "value": 1}]
)
def test_a_known_id_with_another_body_counts_as_known(assignment, body):
    sent = operation("value.set", event=E1, field="title", value="One")
    apply(assignment, [added(), sent])

    again = apply(assignment, [{"id": sent["id"], "kind": "value.set", **body}], base=1)

    assert again == Applied(2, 0)


def test_what_was_sent_before_is_answered_also_when_nothing_more_is_taken(assignment):
    sent = small.whole_event()
    apply(assignment, sent)
    assignments.submit(assignment, by=assignment.coder.user)
    rounds.move(assignment.round, Round.State.CLOSED, by=assignment.coder.user)

    assert apply(assignment, sent, base=0) == Applied(version=5, new=0)


def test_of_a_batch_half_known_only_the_new_half_counts(assignment):
    first, second = added(E1), added(E2)
    apply(assignment, [first])

    assert apply(assignment, [first, second], base=1) == Applied(version=2, new=1)

    assert [row.uid for row in assignment.events.all()] == [E1, E2]


def test_an_empty_batch_changes_nothing(assignment):
    before = rows()

    assert (apply(assignment, []), rows()) == (Applied(0, 0), before)


def test_an_id_counts_within_its_assignment_only(assignment):
    sent = [added()]
    other = small.assignment()

    assert [apply(one, sent) for one in (assignment, other)] == [Applied(1, 1)] * 2


# --- stale


def test_a_stale_edit_is_refused_with_everything_it_missed(assignment):
    missed = [added(E1), operation("value.set", event=E1, field="troops", value=7)]
    apply(assignment, [operation("outcome.set", outcome="events")])
    apply(assignment, missed)
    before = rows()

    with pytest.raises(Stale) as refusal:
        apply(assignment, [added(E2)], base=1)

    assert refusal.value.details == {"version": 3, "operations": missed}
    assert rows() == before


def test_an_edit_from_the_future_is_stale_too(assignment):
    with pytest.raises(Stale) as refusal:
        apply(assignment, [added()], base=7)

    assert refusal.value.details == {"version": 0, "operations": []}


# --- all or nothing


def test_nothing_of_a_batch_with_a_mistake_is_applied_and_every_mistake_is_told(assignment):
    apply(assignment, [added(E1)])
    before = rows()
    bad = [
        operation("value.set", event=E1, field="colour", value=1),
        operation("passage.move", passage=P1, start=0, end=1),
    ]

    with pytest.raises(Invalid) as refusal:
        apply(assignment, [added(E2), *bad, operation("outcome.set", outcome="events")])

    assert refusal.value.message == "Events of type EX have no field “colour”."
    assert refusal.value.details == {
        "problems": [
            {"operation": bad[0]["id"], "message": "Events of type EX have no field “colour”."},
            {"operation": bad[1]["id"], "message": "There is no such passage."},
        ]
    }
    assert rows() == before


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ([7], "Each operation is an object with id and kind."),
        (["event.add"], "Each operation is an object with id and kind."),
        ([{"kind": "event.add"}], "Operation: “id” must be a UUID."),
        ([{"id": "1", "kind": "event.add"}], "Operation: “id” must be a UUID."),
        ([{"id": str(E1)}], "There is no operation “None”."),
        ([{"id": str(E1), "kind": ["event.add"]}], "There is no operation “['event.add']”."),
        ([{"id": str(E1), "kind": "outcome.set", "outcome": "", "x": "\0"}], "A text holds a character"),
    ],
)  # fmt: skip
def test_what_is_no_operation_is_refused(assignment, sent, said):
    before = rows()

    with pytest.raises(Invalid) as refusal:
        apply(assignment, [added(), *sent])

    assert refusal.value.message.startswith(said)
    assert rows() == before


def test_one_id_twice_in_a_batch_is_refused(assignment):
    one = added()

    with pytest.raises(Invalid, match=f"Operation {one['id']} stands twice in one batch."):
        apply(assignment, [one, {**one, "id": one["id"].upper()}])


def test_a_batch_has_its_limit(assignment, monkeypatch):
    monkeypatch.setattr(events, "MAX_BATCH", 2)

    with pytest.raises(Invalid, match="At most 2 operations at a time."):
        apply(assignment, [added(uuid4()) for _ in range(3)])


def test_an_error_between_operations_and_rows_leaves_neither(assignment, monkeypatch):
    def fail(*args):
        raise ZeroDivisionError

    monkeypatch.setattr(events.WorkRows, "store", fail)

    with pytest.raises(ZeroDivisionError):
        apply(assignment, [added()])

    assert (Operation.objects.count(), Event.objects.count()) == (0, 0)


# --- no longer


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("submitted", "This document is submitted; it can no longer be changed here."),
        ("withdrawn", "This document is withdrawn; it can no longer be changed here."),
    ],
)
def test_work_out_of_hand_takes_no_edit(assignment, state, said):
    small.put(assignment, state=state, submitted_at="2024-05-01T00:00Z")

    with pytest.raises(WrongState) as refusal:
        apply(assignment, [added()])

    assert (refusal.value.message, Operation.objects.count()) == (said, 0)


@pytest.mark.parametrize("state", ["assigned", "started", "sent_back"])
def test_work_in_hand_takes_edits_and_only_the_first_begins_it(assignment, state):
    small.put(assignment, state=state)

    apply(assignment, [added()])

    assert assignment.state == {"assigned": "started"}.get(state, state)


@pytest.mark.parametrize("state", ["closed", "revealed"])
def test_a_round_that_is_not_open_takes_no_edit(assignment, state):
    small.put(assignment.round, state=state)

    with pytest.raises(WrongState, match="This round is closed."):
        apply(assignment, [added()])

    assert Operation.objects.count() == 0


# --- refused by the database


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE coding_operation SET body = '{}'", "rows never change"),
        ("UPDATE coding_operation SET assignment_id = 0", "rows never change"),
        ("DELETE FROM coding_operation", "rows are never deleted"),
    ],
)
def test_the_database_refuses_to_change_operations(assignment, statement, said):
    apply(assignment, [added()])
    before = rows()

    with (
        pytest.raises(DatabaseError, match=f"coding_operation is append-only: {said}"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert rows() == before


def test_the_database_refuses_changes_by_the_way_models_offer(assignment):
    apply(assignment, [added()])
    row = Operation.objects.get()

    for way in (row.save, row.delete, lambda: Operation.objects.update(n=9)):
        with pytest.raises(DatabaseError), transaction.atomic():
            way()

    assert Operation.objects.get().n == 1


def test_replaying_is_what_the_verbs_did_whatever_the_rows_say(assignment):
    apply(assignment, small.whole_event(E1))
    Event.objects.update(values={"title": "went round the front door"})

    assert events.replay(assignment) != events.load(assignment)
    assert events.replay(assignment).events[E1].values == {
        "title": "Exercise",
        "provider": [2, 740],
    }
