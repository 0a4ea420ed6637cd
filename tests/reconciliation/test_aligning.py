"""Groups and positions over runs: what keeps its row, what is marked, what is retired, and that no decision is lost."""

from uuid import uuid4

import pytest

from coding import assignments
from reconciliation import adjudication
from reconciliation.models import Decision, Group, Member, Position, ResolvedEvent
from tests.reconciliation.samples import (
    BODY,
    SILENT,
    UNREADABLE,
    aligned_table,
    event,
    hand_in,
    operation,
    reconciled,
    rework,
    send_back,
    table,
    uid_of,
)

pytestmark = pytest.mark.django_db

AGREED, UNMATCHED, INCOMPLETE = "agreed", "unmatched", "incomplete"


def rows(made) -> list[tuple]:
    """All that a run leaves behind, row numbers included."""
    groups = Group.objects.filter(round=made.round).order_by("pk")
    return [
        (
            group.pk, group.public_id, group.n, group.position, group.type, group.distances, group.retired_at,
            list(group.members.values_list("event", "coder")),
            list(group.positions.values_list("pk", "field", "order", "state", "candidates", "basis", "decision", "basis_changed")),
        )
        for group in groups
    ]  # fmt: skip


def test_the_same_event_is_one_group_with_the_distances_of_its_pairs() -> None:
    made = aligned_table(
        {"d1": {"C1": [event()], "C2": [event(start="1951-06-15")], "C3": [event()]}}
    )

    group = made.group()

    assert made.members() == [["C1:1", "C2:1", "C3:1"]]
    assert (group.n, group.position, group.type) == (1, 1, "EX")
    near = {
        "type": [0.3, 0.0], "provider": [0.125, 0.0], "recipient": [0.125, 0.0], "evidence": [0.25, 0.0],
    }  # fmt: skip
    assert group.distances == [
        ["C1", "C2", 0.050411, {**near, "date": [0.2, 0.252055]}],
        ["C1", "C3", 0.0, {**near, "date": [0.2, 0.0]}],
        ["C2", "C3", 0.050411, {**near, "date": [0.2, 0.252055]}],
    ]  # fmt: skip


def test_groups_stand_in_the_order_of_the_text_and_are_numbered_for_good() -> None:
    made = aligned_table(
        {
            "d1": {
                "C1": [event("TO", line=8), event("EX", line=2)],
                "C2": [event("MA", line=5, start="1970")],
            }
        }
    )

    assert [(g.type, g.position, g.n) for g in made.groups()] == [
        ("EX", 1, 1),
        ("MA", 2, 2),
        ("TO", 3, 3),
    ]
    assert made.members() == [["C1:2"], ["C2:1"], ["C1:1"]]


def test_running_again_on_the_same_input_changes_no_row() -> None:
    made = aligned_table(
        {
            "d1": {"C1": [event(status=1), event("TO", line=7)], "C2": [event(status=4)]},
            "d2": {"C1": [event()], "C2": SILENT},
        }
    )
    adjudication.take(
        made.groups("d1")[0].positions.get(field="status"),
        "C2",
        by=made.pi,
        reason="Line 3 says so.",
    )
    before, first = rows(made), made.round.runs.get()

    second = reconciled(made)

    assert rows(made) == before
    assert (second.n, second.input_hash, second.counts) == (2, first.input_hash, first.counts)
    assert Decision.objects.count() == 1


def test_neither_order_of_coders_nor_of_documents_matters() -> None:
    codings = {
        "d1": {
            "C1": [event(), event("MA", line=4)],
            "C2": [event("MA", line=4), event()],
            "C3": [event(line=1)],
        },
        "d2": {"C1": [event(line=3)], "C2": [event("TO", line=3)], "C3": SILENT},
    }
    turned = {name: dict(reversed(codings[name].items())) for name in reversed(codings)}

    one, other = aligned_table(codings), aligned_table(turned, labels=("C3", "C2", "C1"))

    def content(made):
        return [
            (g.document.external_id, g.n, g.position, g.type, g.distances, sorted(m.coder.label for m in g.members.all()),
             list(g.positions.values_list("field", "order", "state", "candidates", "basis")))
            for g in made.groups()
        ]  # fmt: skip

    assert content(one) == content(other)
    first, second = one.round.runs.get(), other.round.runs.get()
    assert (first.input_hash, first.counts) == (second.input_hash, second.counts)


def test_everything_is_incomplete_while_a_coder_has_not_handed_in() -> None:
    made = aligned_table({"d1": {"C1": [event()], "C2": [event()], "C3": None}, "d2": {"C1": None}})

    assert set(made.states().values()) == {INCOMPLETE}
    assert made.groups("d2") == []

    hand_in(made, "d1", "C3", [event()])
    reconciled(made)

    assert set(made.states().values()) == {AGREED}


def test_what_one_coder_was_asked_to_read_is_single() -> None:
    made = aligned_table({"d1": {"C1": [event()]}, "d2": {"C1": [event()], "C2": UNREADABLE}})

    assert set(made.states("d1").values()) == {"single"}
    assert set(made.states("d2").values()) == {"single"}
    assert made.round.runs.get().counts["unmatched"] == 0


def test_a_coder_who_read_and_found_nothing_makes_it_unmatched() -> None:
    made = aligned_table({"d1": {"C1": [event()], "C2": SILENT}})

    assert set(made.states().values()) == {UNMATCHED}
    assert made.position(Position.EXISTENCE).candidates == {"C1": 1, "C2": 0}


def test_a_correction_marks_the_decision_it_undermines_and_keeps_it() -> None:
    made = aligned_table(
        {"d1": {"C1": [event(status=1, troops=9)], "C2": [event(status=4, troops=9)]}}
    )
    decision = adjudication.take(made.position("status"), "C2", by=made.pi, reason="It was held.")
    kept = adjudication.decide(made.position("troops"), by=made.pi, value=9)
    group = made.group()
    send_back(made, "d1", "C1")
    event_uid = uid_of(made, "d1", "C1")

    rework(made, "d1", "C1", operation("value.set", event=event_uid, field="status", value=5))
    run = reconciled(made)

    position = made.position("status")
    assert made.group() == group
    assert (position.decision, position.basis_changed, position.is_settled) == (
        decision,
        True,
        False,
    )
    assert position.candidates == {"C1": 5, "C2": 4}
    assert decision.candidates == {"C1": 1, "C2": 4}
    assert (made.position("troops").decision, made.position("troops").basis_changed) == (
        kept,
        False,
    )
    assert run.counts["basis_changed"] == 1


def test_a_correction_taken_back_lets_the_decision_stand_again() -> None:
    made = aligned_table({"d1": {"C1": [event(status=1)], "C2": [event(status=4)]}})
    adjudication.take(made.position("status"), "C2", by=made.pi, reason="It was held.")
    uid = uid_of(made, "d1", "C1")
    for value in (5, 1):
        send_back(made, "d1", "C1")
        rework(made, "d1", "C1", operation("value.set", event=uid, field="status", value=value))
        reconciled(made)

    assert (made.position("status").basis_changed, made.position("status").is_settled) == (
        False,
        True,
    )


def test_a_field_that_nobody_fills_any_more_goes_unless_it_was_decided() -> None:
    made = aligned_table({"d1": {"C1": [event(status=1, troops=9)], "C2": [event()]}})
    adjudication.take(made.position("troops"), "C1", by=made.pi, reason="The report counts them.")
    send_back(made, "d1", "C1")
    uid = uid_of(made, "d1", "C1")

    rework(
        made, "d1", "C1",
        operation("value.clear", event=uid, field="status"), operation("value.clear", event=uid, field="troops"),
    )  # fmt: skip
    reconciled(made)

    assert "status" not in made.states()
    emptied = made.position("troops")
    assert (emptied.state, emptied.candidates, emptied.basis_changed) == ("missing", {}, True)

    # Decided anew as a blank, it is settled, and stays so in the next run.
    adjudication.take(emptied, "C1", by=made.pi, reason="Nobody says how many.")
    reconciled(made)

    assert (made.position("troops").is_settled, made.position("troops").decision.value) == (
        True,
        [],
    )


def test_an_emptied_field_opened_again_is_not_accepted_as_agreed() -> None:
    made = aligned_table({"d1": {"C1": [event(troops=9)], "C2": [event(troops=9)]}})
    adjudication.decide(made.position("troops"), by=made.pi, value=9)
    for label in ("C1", "C2"):
        send_back(made, "d1", label)
        uid = uid_of(made, "d1", label)
        rework(made, "d1", label, operation("value.clear", event=uid, field="troops"))
    reconciled(made)
    adjudication.reopen(made.position("troops"), by=made.pi, reason="Nobody says so any more.")

    adjudication.accept_agreed(made.groups(), by=made.pi)

    assert (made.position("troops").decision, made.position("troops").candidates) == (None, {})


def test_groups_whose_events_are_gone_are_retired_with_their_decisions() -> None:
    made = aligned_table({"d1": {"C1": [event(), event("TO", line=7)], "C2": [event()]}})
    lone = made.groups()[1]
    decision = adjudication.reject(lone, by=made.pi, reason="Planned only.")
    send_back(made, "d1", "C1")

    rework(made, "d1", "C1", operation("event.remove", event=uid_of(made, "d1", "C1", 2)))
    reconciled(made)

    lone.refresh_from_db()
    assert lone.retired_at is not None
    assert made.members() == [["C1:1", "C2:1"]]
    assert list(lone.decisions.all()) == [decision]
    assert lone.positions.get(field=Position.EXISTENCE).decision == decision

    # Its number is never given again.
    send_back(made, "d1", "C1")
    rework(
        made, "d1", "C1",
        operation("event.add", event=(uid := uuid4()), type="TO"),
        operation("passage.link", event=uid, field="evidence", passage=uuid4(), start=len(BODY) - 9, end=len(BODY)),
    )  # fmt: skip
    reconciled(made)
    assert [group.n for group in made.groups()] == [1, 3]


def test_an_event_that_moves_to_another_group_leaves_the_row_with_those_who_stay() -> None:
    """C1's event first matches both others'; corrected, it describes something else."""
    made = aligned_table(
        {"d1": {label: [event(provider=[2], line=1)] for label in ("C1", "C2", "C3")}}
    )
    before = made.group()
    send_back(made, "d1", "C1")
    uid = uid_of(made, "d1", "C1")

    rework(
        made, "d1", "C1",
        operation("event.type", event=uid, type="TO"),
        operation("value.set", event=uid, field="provider", value=[365]),
        operation("value.set", event=uid, field="recipient", value=[710]),
        operation("value.set", event=uid, field="start", value="1960"),
    )  # fmt: skip
    reconciled(made)

    assert sorted(made.members()) == [["C1:1"], ["C2:1", "C3:1"]]
    before.refresh_from_db()
    assert sorted(member.coder.label for member in before.members.all()) == ["C2", "C3"]
    assert before.positions.get(field=Position.EXISTENCE).candidates == {"C1": 0, "C2": 1, "C3": 1}


# --- work that is sent back and not yet in again


def settled(codings, document="d1"):
    made = aligned_table(codings)
    for group in made.groups(document):
        adjudication.take_event(group, "C1", by=made.pi, reason="C1 has it right.")
    return made


def test_a_resolved_event_is_open_again_while_its_basis_is_in_question() -> None:
    made = settled({"d1": {"C1": [event(status=1)], "C2": [event(status=1)]}})
    resolved = ResolvedEvent.objects.get()
    assert resolved.reopened_at is None
    send_back(made, "d1", "C2")

    reconciled(made)

    resolved.refresh_from_db()
    assert resolved.reopened_at is not None
    assert set(made.states().values()) == {INCOMPLETE}
    assert all(position.basis_changed for position in made.group().positions.all())

    # Handed in as it was, nothing is in question and nobody has to decide anew.
    rework(made, "d1", "C2")
    reconciled(made)

    resolved.refresh_from_db()
    assert resolved.reopened_at is None
    assert all(position.is_settled for position in made.group().positions.all())


def test_a_value_that_a_coder_adds_opens_the_resolved_event_again() -> None:
    made = settled({"d1": {"C1": [event()], "C2": [event()]}})
    send_back(made, "d1", "C2")

    rework(
        made,
        "d1",
        "C2",
        operation("value.set", event=uid_of(made, "d1", "C2"), field="troops", value=7),
    )
    reconciled(made)

    resolved = ResolvedEvent.objects.get()
    assert made.states()["troops"] == "missing"
    assert resolved.reopened_at is not None

    adjudication.take(made.position("troops"), "C2", by=made.pi, reason="The report counts them.")
    resolved.refresh_from_db()
    assert (resolved.reopened_at, resolved.values["troops"]) == (None, 7)


def test_an_event_found_only_by_the_coder_at_work_again_waits_with_its_decisions() -> None:
    made = settled({"d1": {"C1": [event(), event("TO", line=7)], "C2": [event()]}})
    lone = made.groups()[1]
    send_back(made, "d1", "C1")

    reconciled(made)

    lone.refresh_from_db()
    assert lone.retired_at is None
    assert set(lone.positions.values_list("state", flat=True)) == {INCOMPLETE}
    assert lone.resolved.reopened_at is not None
    assert Member.objects.filter(group=lone).count() == 1

    rework(made, "d1", "C1")
    reconciled(made)

    lone.refresh_from_db()
    assert lone in made.groups()
    assert all(position.is_settled for position in lone.positions.all())
    assert ResolvedEvent.objects.get(group=lone).reopened_at is None


def test_nothing_stays_settled_of_a_document_whose_only_reader_is_at_work_again() -> None:
    made = aligned_table({"d1": {"C1": [event()]}, "d2": {"C1": [event()], "C2": [event()]}})
    adjudication.accept_agreed(made.groups(), by=made.pi, singles=True)
    group = made.group("d1")
    send_back(made, "d1", "C1")

    reconciled(made)

    assert set(made.states("d1").values()) == {INCOMPLETE}
    assert ResolvedEvent.objects.get(group=group).reopened_at is not None
    assert ResolvedEvent.objects.get(group=made.group("d2")).reopened_at is None


def test_groups_of_withdrawn_work_are_retired_also_where_nobody_else_read() -> None:
    made = aligned_table(
        {
            "d1": {"C1": [event()]},
            "d2": {"C1": [event()], "C2": [event("TO", line=9, start="1990")]},
        }
    )
    assignments.withdraw(made.assignment("d1", "C1"), by=made.pi.user, reason="Left us.")
    assignments.withdraw(made.assignment("d2", "C2"), by=made.pi.user, reason="Left us.")

    reconciled(made)

    assert made.groups("d1") == []
    assert made.members("d2") == [["C1:1"]]
    assert Group.objects.exclude(retired_at=None).count() == 2


def test_coders_who_both_split_an_event_otherwise_are_paired_best() -> None:
    """Two against one: the nearer of C2's halves is grouped, the other stays a finding of its own."""
    made = aligned_table(
        {
            "d1": {
                "C1": [event(line=1)],
                "C2": [event(line=1, start="1951-06-14"), event(line=2, start="1951-06-20")],
            }
        }
    )

    assert made.members() == [["C1:1", "C2:1"], ["C2:2"]]


def test_a_round_without_any_event_leaves_no_group_and_no_error() -> None:
    made = table({"d1": {"C1": SILENT, "C2": SILENT}})

    run = reconciled(made)

    assert (made.groups(), run.counts["documents"], run.counts["groups"]) == ([], 1, 0)
