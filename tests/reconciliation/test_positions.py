"""What stands where in a group: pure, every state, and what a decision would rest on."""

import pytest

from reconciliation.positions import (
    EXISTENCE,
    TYPE,
    Found,
    Member,
    fields_for,
    group_type,
    positions_of,
)
from tests.reconciliation.samples import codebook


def states(members: list[Member], judges: list[str], *, unfinished: bool = False) -> dict[str, str]:
    found = positions_of(members, judges, unfinished=unfinished, codebook=codebook())
    return {position.field: position.state for position in found}


ONE = Member("C1", "EX", {"status": 1, "troops": 500})
SAME = Member("C2", "EX", {"status": 1, "troops": 500})
OTHER = Member("C2", "EX", {"status": 4, "troops": 500})
SPARSE = Member("C2", "EX", {"status": 1})


@pytest.mark.parametrize(
    ("members", "judges", "unfinished", "expected"),
    [
        pytest.param([ONE, SAME], ["C1", "C2"], False, ("agreed", "agreed", "agreed", "agreed"), id="agreed"),
        pytest.param([ONE, OTHER], ["C1", "C2"], False, ("agreed", "agreed", "differs", "agreed"), id="differs"),
        pytest.param([ONE, SPARSE], ["C1", "C2"], False, ("agreed", "agreed", "agreed", "missing"), id="missing"),
        pytest.param([ONE], ["C1", "C2"], False, ("unmatched",) * 4, id="unmatched"),
        pytest.param([ONE, SAME], ["C1", "C2"], True, ("incomplete",) * 4, id="incomplete"),
        pytest.param([ONE], ["C1"], False, ("single",) * 4, id="single"),
        pytest.param([ONE], ["C1"], True, ("incomplete",) * 4, id="incomplete before single"),
        # Three read it, two found it: that it is an event is disputed, what it is is not.
        pytest.param([ONE, SAME], ["C1", "C2", "C3"], False, ("differs", "agreed", "agreed", "agreed"), id="one silent"),
    ],
)  # fmt: skip
def test_every_state_of_a_position(members, judges, unfinished, expected) -> None:
    found = states(members, judges, unfinished=unfinished)

    assert found == dict(zip((EXISTENCE, TYPE, "status", "troops"), expected, strict=True))


def test_candidates_name_who_put_what_and_existence_who_saw_it() -> None:
    found = positions_of([ONE, OTHER], ["C2", "C1", "C3"], unfinished=False, codebook=codebook())

    assert [(position.field, position.order, position.candidates) for position in found] == [
        (EXISTENCE, 0, {"C1": 1, "C2": 1, "C3": 0}),
        (TYPE, 1, {"C1": "EX", "C2": "EX"}),
        ("status", 5, {"C1": 1, "C2": 4}),
        ("troops", 11, {"C1": 500, "C2": 500}),
    ]


def test_a_coder_whose_event_it_is_counts_as_a_judge_although_not_listed() -> None:
    found = positions_of([ONE], ["C2"], unfinished=False, codebook=codebook())

    assert found[0] == Found(EXISTENCE, 0, "unmatched", {"C1": 1, "C2": 0})


def test_zero_and_one_are_no_booleans_and_lists_compare_as_lists() -> None:
    members = [
        Member("C1", "TO", {"binding": 0, "provider": [2, 740]}),
        Member("C2", "TO", {"binding": 0, "provider": [2, 740]}),
    ]

    assert states(members, ["C1", "C2"]) == {
        EXISTENCE: "agreed", TYPE: "agreed", "provider": "agreed", "binding": "agreed",
    }  # fmt: skip


def test_members_of_different_types_bring_the_fields_of_both_and_only_their_own_can_be_missing() -> (
    None
):
    members = [
        Member("C1", "MA", {"amount": {"amount": 2, "currency": "USD", "scale": "units"}}),
        Member("C2", "EX", {"troops": 9}),
    ]

    assert states(members, ["C1", "C2"]) == {
        EXISTENCE: "agreed", TYPE: "differs", "troops": "missing", "amount": "missing",
    }  # fmt: skip


def test_passages_and_coders_own_remarks_have_no_position() -> None:
    names = [field.name for field in fields_for(["EX", "MA"], codebook())]

    assert names == [
        "title", "provider", "recipient", "status", "cause", "start", "third", "topics", "weight", "troops", "amount",
    ]  # fmt: skip
    members = [Member("C1", "EX", {"sure": 1}), Member("C2", "EX", {"sure": 3})]
    assert states(members, ["C1", "C2"]) == {EXISTENCE: "agreed", TYPE: "agreed"}


def test_the_groups_type_is_what_most_gave_and_of_several_the_first_in_the_codebook() -> None:
    def of(*types: str) -> str:
        return group_type([Member(f"C{n}", t, {}) for n, t in enumerate(types)], codebook())

    assert of("TO", "MA", "TO") == "TO"
    assert of("TO", "MA") == "MA"
    assert of("TO", "MA", "EX") == "EX"


def test_the_basis_changes_exactly_with_what_a_decision_rests_on() -> None:
    told = Found("status", 3, "differs", {"C1": 1, "C2": 4})

    same = [
        Found("status", 7, "differs", {"C1": 1, "C2": 4}),
        Found("status", 3, "differs", {"C2": 4, "C1": 1}),
        Found("status", 3, "missing", {"C1": 1, "C2": 4}),
    ]
    other = [
        Found("status", 3, "differs", {"C1": 1, "C2": 5}),
        Found("status", 3, "differs", {"C1": 1, "C3": 4}),
        Found("status", 3, "missing", {"C1": 1}),
        Found("status", 3, "incomplete", {"C1": 1, "C2": 4}),
    ]
    assert {each.basis for each in same} == {told.basis}
    assert told.basis not in {each.basis for each in other}
    assert len({each.basis for each in other}) == len(other)
