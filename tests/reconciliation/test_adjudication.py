"""Deciding, taking, rejecting, reopening, accepting in bulk; what each demands, and what stays on record."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from projects import members
from projects.models import LedgerLine
from projects.refusals import Invalid, NotAllowed, Stale, WrongState
from reconciliation import adjudication
from reconciliation.models import Decision, Incident, Position, Report, ResolvedEvent
from tests.reconciliation import samples
from tests.reconciliation.samples import (
    SILENT,
    UNREADABLE,
    aligned_table,
    event,
    field,
    hand_in,
    put,
    reconciled,
)

pytestmark = pytest.mark.django_db

WHY = "The third line says so."


def two(first=None, second=None, **options):
    """One document, two coders who differ over the status unless told otherwise."""
    one = event(status=1, **(first or {}))
    other = event(status=4, **(second or {}))
    return aligned_table({"d1": {"C1": [one], "C2": [other]}}, **options)


def told(decision: Decision) -> dict:
    names = (
        "field",
        "kind",
        "value",
        "candidates",
        "rule",
        "reason",
        "error_kind",
        "codebook_needs_work",
        "by_label",
        "own_coding",
    )
    return {name: getattr(decision, name) for name in names}  # fmt: skip


# --- one position


def test_a_coders_value_typed_in_counts_as_adopted_from_that_coder() -> None:
    made = two()

    decision = adjudication.decide(
        made.position("status"), by=made.pi, value=4, reason=f" {WHY} ", error_kind="slip", codebook_needs_work=True,
    )  # fmt: skip

    assert told(decision) == {
        "field": "status", "kind": "adopted", "value": [4], "candidates": {"C1": 1, "C2": 4}, "rule": "",
        "reason": WHY, "error_kind": "slip", "codebook_needs_work": True, "by_label": "PI", "own_coding": False,
    }  # fmt: skip
    assert decision.adopted_from == made.group().members.get(coder__label="C2").event
    assert decision.basis == made.position("status").basis
    assert (made.position("status").decision, made.position("status").is_settled) == (
        decision,
        True,
    )
    line = LedgerLine.objects.filter(verb="group.decide").get()
    assert (line.difference, line.subject_id) == ({"status": "adopted"}, made.group().public_id)


def test_a_value_of_ones_own_is_marked_and_read_as_the_field_takes_it() -> None:
    made = two()

    decision = adjudication.decide(
        made.position("start"), by=made.pi, value=" 14 June 1952 ", reason=WHY
    )

    assert (decision.kind, decision.value, decision.adopted_from) == ("own", ["1952-06-14"], None)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("status", 3, "Status"),
        ("status", "", "Status"),
        ("start", "a while ago", "Start"),
        ("provider", [9999], "Provider"),
        ("troops", -1, "Troops"),
        ("troops", 1.5, "Troops"),
        ("event_type", "XX", "“XX” is no event type of the codebook."),
        ("@event", 2, "Whether it is an event is 1 or 0."),
        ("@event", "yes", "Whether it is an event is 1 or 0."),
        ("status", "-7", "“Sources conflict” cannot be the decision"),
    ],
)
def test_a_value_the_field_does_not_allow_is_refused_and_nothing_is_kept(name, value, said) -> None:
    made = two(first={"troops": 5}, second={"troops": 5})

    with pytest.raises(Invalid) as refusal:
        adjudication.decide(made.position(name), by=made.pi, value=value, reason=WHY)

    assert refusal.value.message.startswith(said)
    assert Decision.objects.count() == 0


def test_sources_conflict_can_be_neither_taken_nor_accepted() -> None:
    assert "-7" in field("status").missing
    made = aligned_table({"d1": {"C1": [event(status="-7")], "C2": [event(status="-7")]}})

    with pytest.raises(Invalid, match="cannot be the decision"):
        adjudication.take(made.position("status"), "C1", by=made.pi, reason=WHY)
    adjudication.accept_agreed(made.groups(), by=made.pi)

    assert made.position("status").decision is None
    assert made.position("provider").is_settled
    assert ResolvedEvent.objects.count() == 0


@pytest.mark.parametrize("how", ["take", "own", "zero", "event"])
def test_whoever_is_overridden_is_owed_a_reason(how) -> None:
    made = two()
    status, existence = made.position("status"), made.position(Position.EXISTENCE)

    def act(reason):
        if how == "take":
            adjudication.take(status, "C1", by=made.pi, reason=reason)
        elif how == "own":
            adjudication.decide(status, by=made.pi, value=5, reason=reason)
        elif how == "zero":
            adjudication.decide(existence, by=made.pi, value=0, reason=reason)
        else:
            adjudication.take_event(made.group(), "C2", by=made.pi, reason=reason)

    with pytest.raises(Invalid, match="This goes against C"):
        act("  ")
    assert Decision.objects.count() == 0

    act(WHY)
    assert Decision.objects.exists()


def test_agreeing_with_everybody_needs_no_reason() -> None:
    made = two()

    decision = adjudication.decide(made.position("provider"), by=made.pi, value=["USA"])

    assert (decision.kind, decision.value, decision.reason) == ("adopted", [[2]], "")


def test_taking_a_blank_leaves_the_field_empty() -> None:
    made = two(first={"troops": 300})

    decision = adjudication.take(made.position("troops"), "C2", by=made.pi, reason=WHY)

    assert (decision.kind, decision.value, decision.adopted_from.assignment.coder.label) == (
        "adopted",
        [],
        "C2",
    )
    assert made.position("troops").is_settled


def test_a_coder_without_an_event_in_the_group_cannot_be_taken() -> None:
    made = aligned_table({"d1": {"C1": [event(status=1)], "C2": SILENT}})

    with pytest.raises(Invalid, match="C2 has no event in this group."):
        adjudication.take(made.position("status"), "C2", by=made.pi, reason=WHY)
    with pytest.raises(Invalid, match="C9 has no event in this group."):
        adjudication.take_event(made.group(), "C9", by=made.pi, reason=WHY)


def test_an_unknown_kind_of_error_is_refused() -> None:
    made = two()

    with pytest.raises(Invalid, match="That kind of error is not known here."):
        adjudication.take(
            made.position("status"), "C1", by=made.pi, reason=WHY, error_kind="laziness"
        )


def test_nothing_is_settled_before_everybody_handed_in() -> None:
    made = aligned_table({"d1": {"C1": [event()], "C2": None}})

    with pytest.raises(WrongState, match="has not handed in yet"):
        adjudication.take(made.position("start"), "C1", by=made.pi, reason=WHY)

    assert adjudication.take_event(made.group(), "C1", by=made.pi, reason=WHY) == 0
    assert adjudication.accept_agreed(made.groups(), by=made.pi).accepted == 0


def test_a_retired_group_is_not_decided_on() -> None:
    made = two()
    status = made.position("status")
    put(made.group(), retired_at="2020-01-01T00:00Z")

    with pytest.raises(WrongState, match="aligned anew"):
        adjudication.take(status, "C1", by=made.pi, reason=WHY)


# --- who may


def test_only_an_adjudicator_decides() -> None:
    made = two()
    exporter = samples.holder(samples.member(made.round.project, "exporter", "manager"))
    coder = samples.holder(made.coders["C1"])

    for holder in (exporter, coder):
        with pytest.raises(NotAllowed):
            adjudication.take(made.position("status"), "C1", by=holder, reason=WHY)
        with pytest.raises(NotAllowed):
            adjudication.accept_agreed(made.groups(), by=holder)
    assert Decision.objects.count() == 0


def coding_adjudicator(made):
    """C1 gets the adjudicator's role beside the coder's."""
    person = made.coders["C1"].user
    membership = members.add(
        made.round.project, person, roles=["coder", "adjudicator"], by=made.pi.user
    )
    return samples.holder(membership)


def test_ones_own_coding_is_not_adjudicated() -> None:
    made = aligned_table(
        {
            "d1": {"C1": [event(status=1)], "C2": [event(status=4)]},
            "d2": {"C2": [event()], "C3": [event()]},
        }
    )
    holder = coding_adjudicator(made)

    with pytest.raises(NotAllowed, match="You coded this document yourself."):
        adjudication.take(made.position("status"), "C1", by=holder, reason=WHY)
    done = adjudication.accept_agreed(made.groups(), by=holder)

    assert (done.own, done.resolved) == (1, 1)
    assert set(Decision.objects.values_list("group__document__external_id", "own_coding")) == {
        ("d2", False)
    }


def test_where_the_project_allows_it_each_such_decision_is_marked() -> None:
    made = two()
    put(made.round.project, own_adjudication_allowed=True)
    holder = coding_adjudicator(made)

    decision = adjudication.take(made.position("status"), "C2", by=holder, reason=WHY)
    adjudication.accept_agreed(made.groups(), by=holder)

    assert (decision.own_coding, decision.by_label) == (True, "C1")
    assert set(Decision.objects.values_list("own_coding", flat=True)) == {True}


# --- the record


def test_decisions_are_never_changed_or_deleted_not_even_in_sql() -> None:
    made = two()
    adjudication.take(made.position("status"), "C1", by=made.pi, reason=WHY)

    for words in (
        "UPDATE reconciliation_decision SET reason = 'another'",
        "DELETE FROM reconciliation_decision",
    ):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(words)
    with pytest.raises((IntegrityError, DatabaseError), match="append-only"), transaction.atomic():
        Decision.objects.update(reason="another")

    assert Decision.objects.get().reason == WHY


def test_each_decision_supersedes_the_one_before_it() -> None:
    made = two()
    take = adjudication.take(made.position("status"), "C1", by=made.pi, reason=WHY)
    opened = adjudication.reopen(
        made.position("status"), by=made.pi, reason="The annex says otherwise."
    )
    own = adjudication.decide(made.position("status"), by=made.pi, value=5, reason=WHY)
    other = adjudication.decide(made.position("start"), by=made.pi, value="1951-06-14")

    chain = [
        (one.kind, one.value, one.supersedes) for one in Decision.objects.filter(field="status")
    ]
    assert chain == [("adopted", [1], None), ("reopened", [], take), ("own", [5], opened)]
    assert (made.position("status").decision, other.supersedes) == (own, None)


def test_settling_anew_without_reopening_supersedes_too() -> None:
    made = two()
    first = adjudication.take(made.position("status"), "C1", by=made.pi, reason=WHY)

    second = adjudication.take(made.position("status"), "C2", by=made.pi, reason=WHY)

    assert (second.supersedes, made.position("status").decision) == (first, second)


def test_reopening_wants_a_reason_and_something_settled() -> None:
    made = two()

    with pytest.raises(WrongState, match="This was not settled yet."):
        adjudication.reopen(made.position("status"), by=made.pi, reason=WHY)
    adjudication.take(made.position("status"), "C1", by=made.pi, reason=WHY)
    with pytest.raises(Invalid, match="Please say why"):
        adjudication.reopen(made.position("status"), by=made.pi, reason=" ")

    assert made.position("status").is_settled


# --- what a group comes to


def test_the_resolved_event_comes_about_with_the_last_position_and_gets_an_incident() -> None:
    made = two(first={"troops": 5}, second={"troops": 5})
    done = adjudication.accept_agreed(made.groups(), by=made.pi)
    assert (done.accepted, done.resolved, ResolvedEvent.objects.count()) == (6, 0, 0)

    adjudication.take(made.position("status"), "C2", by=made.pi, reason=WHY)

    resolved = ResolvedEvent.objects.get()
    assert (resolved.group, resolved.type, resolved.is_event, resolved.reopened_at) == (
        made.group(),
        "EX",
        True,
        None,
    )
    assert resolved.values == {
        "provider": [2], "recipient": [740], "status": 4, "start": "1951-06-14", "troops": 5,
    }  # fmt: skip
    assert str(resolved.report.incident) == "I00001"


def test_a_resolved_event_is_reopened_and_comes_back_with_its_incident() -> None:
    made = two()
    adjudication.take_event(made.group(), "C1", by=made.pi, reason=WHY)
    resolved = ResolvedEvent.objects.get()

    adjudication.reopen(made.position("status"), by=made.pi, reason="The annex says otherwise.")

    resolved.refresh_from_db()
    assert resolved.reopened_at is not None
    assert resolved.values["status"] == 1, "the last settled values stay until it is settled anew"

    adjudication.decide(made.position("status"), by=made.pi, value=5, reason=WHY)

    again = ResolvedEvent.objects.get()
    assert (again.pk, again.reopened_at, again.values["status"]) == (resolved.pk, None, 5)
    assert Incident.objects.count() == Report.objects.count() == 1


def test_a_rejected_group_is_resolved_as_no_event_and_reports_nothing() -> None:
    made = two()
    with pytest.raises(Invalid, match="why this is not an event"):
        adjudication.reject(made.group(), by=made.pi, reason="")

    decision = adjudication.reject(
        made.group(), by=made.pi, reason="Planned only.", error_kind="slip"
    )

    resolved = ResolvedEvent.objects.get()
    assert (decision.field, decision.value, decision.error_kind) == ("@event", [0], "slip")
    assert (resolved.is_event, resolved.values) == (False, {})
    assert Report.objects.count() == 0


def test_an_event_once_rejected_can_be_kept_after_all_and_rejected_again() -> None:
    made = two()
    adjudication.take_event(made.group(), "C1", by=made.pi, reason=WHY)
    adjudication.reject(made.group(), by=made.pi, reason="Planned only.")
    assert (ResolvedEvent.objects.get().is_event, Report.objects.count()) == (False, 0)

    adjudication.decide(made.position(Position.EXISTENCE), by=made.pi, value=1)

    resolved = ResolvedEvent.objects.get()
    assert (resolved.is_event, resolved.values["status"], Report.objects.count()) == (True, 1, 1)


def test_a_field_that_the_decision_hides_is_not_asked_for() -> None:
    made = aligned_table(
        {
            "d1": {
                "C1": [event(status=5, cause=1)],
                "C2": [event(status=5, cause=2)],
                "C3": [event(status=4)],
            }
        }
    )
    adjudication.accept_agreed(made.groups(), by=made.pi)
    # Two of three say postponed: the rule of the field settled it, and its cause is open.
    assert made.position("status").decision.rule == "majority"
    assert ResolvedEvent.objects.count() == 0

    adjudication.take(made.position("status"), "C3", by=made.pi, reason=WHY)

    assert made.position("cause").decision is None
    assert "cause" not in ResolvedEvent.objects.get().values


def test_a_hidden_value_once_decided_comes_back_with_its_condition() -> None:
    made = aligned_table(
        {"d1": {"C1": [event(status=5, cause=1)], "C2": [event(status=5, cause=1)]}}
    )
    adjudication.accept_agreed(made.groups(), by=made.pi)
    assert ResolvedEvent.objects.get().values["cause"] == 1

    adjudication.decide(made.position("status"), by=made.pi, value=4, reason=WHY)
    assert "cause" not in ResolvedEvent.objects.get().values

    adjudication.decide(made.position("status"), by=made.pi, value=5)
    assert ResolvedEvent.objects.get().values["cause"] == 1


def test_another_type_asks_only_for_the_fields_of_that_type() -> None:
    made = aligned_table(
        {
            "d1": {
                "C1": [event("EX", troops=9)],
                "C2": [event("MA", amount={"amount": 3, "currency": "USD"})],
            }
        }
    )
    adjudication.accept_agreed(made.groups(), by=made.pi)

    adjudication.take(made.position("event_type"), "C1", by=made.pi, reason=WHY)
    assert ResolvedEvent.objects.count() == 0
    adjudication.take(made.position("troops"), "C1", by=made.pi, reason=WHY)

    resolved = ResolvedEvent.objects.get()
    assert (resolved.type, resolved.values["troops"], "amount" in resolved.values) == (
        "EX",
        9,
        False,
    )
    assert made.position("amount").decision is None


def test_take_event_settles_only_what_is_still_open() -> None:
    made = two(first={"troops": 5, "weight": 1}, second={"weight": 3})
    own = adjudication.decide(made.position("weight"), by=made.pi, value=2, reason=WHY)

    assert adjudication.take_event(made.group(), "C2", by=made.pi, reason=WHY) == 7

    assert made.position("weight").decision == own
    assert ResolvedEvent.objects.get().values == {
        "provider": [2], "recipient": [740], "status": 4, "start": "1951-06-14", "weight": 2,
    }  # fmt: skip
    assert LedgerLine.objects.filter(verb="group.decide").count() == 2


# --- in bulk


def test_bulk_takes_what_is_agreed_and_what_rules_settle_and_says_which_rule() -> None:
    made = aligned_table(
        {"d1": {
            "C1": [event(start="1951-06", third=[365], topics=["sea"], weight=1, title="First wording")],
            "C2": [event(start="1951-06-14", third=[710], topics=["land", "sea"], weight=2, title="Second")],
        }}
    )  # fmt: skip

    done = adjudication.accept_agreed(made.groups(), by=made.pi)

    decided = {one.field: (one.kind, one.rule, one.value) for one in Decision.objects.all()}
    assert decided == {
        "@event": ("agreed", "", [1]),
        "event_type": ("agreed", "", ["EX"]),
        "title": ("rule", "first_coder", ["First wording"]),
        "provider": ("agreed", "", [[2]]),
        "recipient": ("agreed", "", [[740]]),
        "start": ("rule", "most_precise", ["1951-06-14"]),
        "third": ("rule", "union", [[365, 710]]),
        "topics": ("rule", "union", [["land", "sea"]]),
    }
    assert (done.accepted, done.resolved, done.own) == (8, 0, 0)
    assert made.position("weight").decision is None
    # What the machine accepts is in its decisions; the ledger tells of people's judgements.
    assert not LedgerLine.objects.filter(verb="group.decide").exists()


def test_bulk_leaves_what_one_coder_found_and_a_silent_third_disputes() -> None:
    made = aligned_table(
        {
            "d1": {"C1": [event()], "C2": SILENT},
            "d2": {"C1": [event()], "C2": [event()], "C3": SILENT},
        }
    )

    adjudication.accept_agreed(made.groups(), by=made.pi)

    assert not Decision.objects.filter(group__document__external_id="d1").exists()
    assert made.position(Position.EXISTENCE, "d2").decision is None
    assert made.position("provider", "d2").is_settled
    assert ResolvedEvent.objects.count() == 0


def test_what_one_coder_alone_was_asked_to_read_is_accepted_only_on_request() -> None:
    made = aligned_table({"d1": {"C1": [event()]}, "d2": {"C1": [event()], "C2": UNREADABLE}})

    assert adjudication.accept_agreed(made.groups(), by=made.pi).accepted == 0
    done = adjudication.accept_agreed(made.groups(), by=made.pi, singles=True)

    assert (done.accepted, done.resolved) == (10, 2)


def test_bulk_twice_decides_once() -> None:
    made = two()
    adjudication.accept_agreed(made.groups(), by=made.pi)
    before = Decision.objects.count()

    assert adjudication.accept_agreed(made.groups(), by=made.pi).accepted == 0
    assert Decision.objects.count() == before


def test_bulk_leaves_to_a_person_what_changed_under_a_decision() -> None:
    made = aligned_table({"d1": {"C1": [event(status=1)], "C2": [event(status=1)], "C3": None}})
    hand_in(made, "d1", "C3", [event(status=1)])
    reconciled(made)
    decision = adjudication.decide(made.position("status"), by=made.pi, value=1)
    put(made.position("status"), basis_changed=True)

    adjudication.accept_agreed(made.groups(), by=made.pi)

    assert (made.position("status").decision, made.position("status").basis_changed) == (
        decision,
        True,
    )


def test_a_decision_from_an_old_page_is_refused_and_changes_nothing() -> None:
    made = aligned_table({"d1": {"C1": [event(status=1)], "C2": [event(status=4)]}})
    seen = made.position("status").stamp
    adjudication.take(made.position("status"), "C1", by=made.pi, reason="Read again.", seen=seen)

    for act in (
        lambda: adjudication.take(made.position("status"), "C2", by=made.pi, reason="x", seen=seen),
        lambda: adjudication.decide(
            made.position("status"), by=made.pi, value=4, reason="x", seen=seen
        ),
        lambda: adjudication.reopen(made.position("status"), by=made.pi, reason="x", seen=seen),
        lambda: adjudication.take_event(made.group(), "C2", by=made.pi, reason="x", seen="old"),
        lambda: adjudication.reject(made.group(), by=made.pi, reason="x", seen="old"),
    ):
        with pytest.raises(Stale, match="since you loaded the page"):
            act()

    assert made.position("status").decision.value == [1]


def test_a_value_against_a_coders_blank_needs_a_reason() -> None:
    made = aligned_table({"d1": {"C1": [event(troops=500)], "C2": [event()]}})

    with pytest.raises(Invalid, match="This goes against C2"):
        adjudication.take(made.position("troops"), "C1", by=made.pi)
