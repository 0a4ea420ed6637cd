"""Merging, splitting and moving what was aligned: what stands in every later run, what is refused, what nobody loses."""

import pytest

from projects.models import LedgerLine
from projects.refusals import Invalid, NotAllowed, Stale, WrongState
from reconciliation import adjudication, regrouping
from reconciliation.docket import joint_stamp
from reconciliation.models import AlignedDocument, Decision, Group, Regrouping
from tests.reconciliation.samples import (
    aligned_table,
    event,
    holder,
    operation,
    put,
    reconciled,
    rework,
    send_back,
    uid_of,
)

pytestmark = pytest.mark.django_db

WHY = "Both speak of the second exercise."


def apart():
    """Two codings of what the program takes for two events."""
    return aligned_table(
        {"d1": {"C1": [event(line=1)], "C2": [event("TO", line=8, start="1969", provider=[200])]}},
        labels=("C1", "C2"),
    )


def alike(labels=("C1", "C2", "C3")):
    """Codings of what the program takes for one event."""
    return aligned_table({"d1": {label: [event(line=1)] for label in labels}}, labels=labels)


def test_merged_events_are_one_and_stay_so_in_every_later_run() -> None:
    made = apart()
    assert made.members() == [["C1:1"], ["C2:1"]]

    group = regrouping.merge(made.groups(), by=made.pi, reason=WHY)

    assert made.members() == [["C1:1", "C2:1"]]
    assert group == made.group()
    reconciled(made)
    assert made.members() == [["C1:1", "C2:1"]]
    decision = Regrouping.objects.get()
    assert (decision.kind, decision.reason, decision.by_label, decision.own_coding) == (
        "merge", WHY, made.pi.label, False,
    )  # fmt: skip
    assert LedgerLine.objects.filter(verb="group.regroup").count() == 1


def test_figures_speak_of_what_the_program_aligned_by_itself() -> None:
    made = apart()
    before = list(made.round.runs.get().figures.values_list("coefficient", "value", "reason"))

    regrouping.merge(made.groups(), by=made.pi, reason=WHY)
    again = reconciled(made)

    assert list(again.figures.values_list("coefficient", "value", "reason")) == before


def test_what_is_split_off_stays_off_and_the_rest_together() -> None:
    made = alike()
    assert made.members() == [["C1:1", "C2:1", "C3:1"]]

    group = regrouping.split(made.group(), ["C2"], by=made.pi, reason=WHY)

    assert sorted(made.members()) == [["C1:1", "C3:1"], ["C2:1"]]
    assert [one.label for one in group.members.all()] == ["C2"]
    reconciled(made)
    assert sorted(made.members()) == [["C1:1", "C3:1"], ["C2:1"]]


def test_several_that_are_split_off_at_once_stay_together() -> None:
    made = alike(("C1", "C2", "C3", "C4"))

    regrouping.split(made.group(), ["C2", "C4"], by=made.pi, reason=WHY)

    assert sorted(made.members()) == [["C1:1", "C3:1"], ["C2:1", "C4:1"]]


def test_an_event_moves_to_another_group() -> None:
    made = aligned_table(
        {
            "d1": {
                "C1": [event(line=1)],
                "C2": [event(line=1)],
                "C3": [event("TO", line=8, start="1969", provider=[200])],
            }
        }
    )
    first, second = made.groups()

    group = regrouping.move(first, "C2", second, by=made.pi, reason=WHY)

    assert group == second
    assert made.members() == [["C1:1"], ["C2:1", "C3:1"]]
    reconciled(made)
    assert made.members() == [["C1:1"], ["C2:1", "C3:1"]]


def test_a_later_decision_about_the_same_events_counts_instead() -> None:
    made = alike(("C1", "C2"))

    regrouping.split(made.group(), ["C2"], by=made.pi, reason=WHY)
    regrouping.merge(made.groups(), by=made.pi, reason="One after all.")
    assert made.members() == [["C1:1", "C2:1"]]

    regrouping.split(made.group(), ["C1"], by=made.pi, reason="No, two.")
    assert made.members() == [["C1:1"], ["C2:1"]]
    assert Regrouping.objects.count() == 3


def test_released_events_are_grouped_by_the_program_again() -> None:
    made = alike(("C1", "C2"))
    regrouping.split(made.group(), ["C2"], by=made.pi, reason=WHY)

    regrouping.release(made.groups()[0], by=made.pi, reason="Let it decide.")

    assert made.members() == [["C1:1", "C2:1"]]


def test_decisions_stay_and_ask_again_where_their_basis_changed() -> None:
    made = apart()
    first = made.groups()[0]
    decision = adjudication.decide(first.positions.get(field="provider"), by=made.pi, value=[2])

    regrouping.merge(made.groups(), by=made.pi, reason=WHY)

    position = made.position("provider")
    assert (position.decision, position.basis_changed) == (decision, True)
    assert Decision.objects.count() == 1


def test_what_is_refused_changes_nothing() -> None:
    made = aligned_table(
        {"d1": {"C1": [event(line=1), event("TO", line=8, start="1969")], "C2": [event(line=1)]},
         "d2": {"C1": [event(line=1)]}},
        labels=("C1", "C2"),
    )  # fmt: skip
    both, alone = made.groups("d1")
    elsewhere = made.group("d2")
    before = made.members("d1")

    with pytest.raises(Invalid, match="C1 has an event in both"):
        regrouping.merge([both, alone], by=made.pi, reason=WHY)
    with pytest.raises(Invalid, match="say why"):
        regrouping.split(both, ["C1"], by=made.pi, reason=" ")
    with pytest.raises(Invalid, match="not none and not all"):
        regrouping.split(both, ["C1", "C2"], by=made.pi, reason=WHY)
    with pytest.raises(Invalid, match="not none and not all"):
        regrouping.split(both, ["C9"], by=made.pi, reason=WHY)
    with pytest.raises(Invalid, match="C2 has no event"):
        regrouping.move(alone, "C2", both, by=made.pi, reason=WHY)
    with pytest.raises(Invalid, match="another event"):
        regrouping.move(both, "C2", both, by=made.pi, reason=WHY)
    with pytest.raises(Invalid, match="one document"):
        regrouping.merge([both, elsewhere], by=made.pi, reason=WHY)
    with pytest.raises(Invalid, match="at least two"):
        regrouping.merge([both], by=made.pi, reason=WHY)
    with pytest.raises(Stale):
        regrouping.split(both, ["C1"], by=made.pi, reason=WHY, seen="0123456789abcdef")

    assert made.members("d1") == before
    assert not Regrouping.objects.exists()


def test_who_coded_the_document_does_not_regroup_it_unless_the_project_allows() -> None:
    made = alike(("C1", "C2"))
    coder = made.coders["C1"]
    coder.roles = ["coder", "adjudicator"]
    coder.save()
    both = holder(coder)

    with pytest.raises(NotAllowed, match="coded this document yourself"):
        regrouping.split(made.group(), ["C2"], by=both, reason=WHY)

    project = put(made.round.project, own_adjudication_allowed=True)
    assert project.own_adjudication_allowed
    regrouping.split(made.group(), ["C2"], by=holder(coder), reason=WHY)
    assert Regrouping.objects.get().own_coding is True


def test_a_group_that_went_elsewhere_is_not_regrouped() -> None:
    made = alike(("C1", "C2"))
    group = made.group()
    regrouping.split(group, ["C2"], by=made.pi, reason=WHY)
    gone = regrouping.merge(made.groups(), by=made.pi, reason=WHY)
    retired = Group.objects.exclude(retired_at=None).get()

    with pytest.raises(WrongState, match="aligned anew"):
        regrouping.merge([retired, gone], by=made.pi, reason=WHY)


def test_a_page_acts_from_the_stamp_it_showed() -> None:
    made = alike(("C1", "C2"))
    seen = joint_stamp(made.group().positions.all())

    regrouping.split(made.group(), ["C2"], by=made.pi, reason=WHY, seen=seen)

    assert made.members() == [["C1:1"], ["C2:1"]]


def test_an_event_that_came_back_does_not_put_two_of_one_coder_together() -> None:
    made = aligned_table(
        {"d1": {"C1": [event(line=1)], "C2": [event("TO", line=8, start="1969", provider=[200]), event("TO", line=5, start="1980", provider=[220])]}},
        labels=("C1", "C2"),
    )  # fmt: skip
    one = uid_of(made, "d1", "C2", 1)

    def with_event(number):
        return Group.objects.get(
            members__label="C2", members__event__position=number, retired_at=None
        )

    first = made.groups()[0]
    regrouping.merge([first, with_event(1)], by=made.pi, reason=WHY)
    send_back(made, "d1", "C2")
    rework(made, "d1", "C2", operation("event.remove", event=one))
    reconciled(made)
    held = Group.objects.get(members__label="C1", retired_at=None)
    regrouping.merge([held, with_event(2)], by=made.pi, reason=WHY)
    send_back(made, "d1", "C2")
    rework(made, "d1", "C2", operation("event.restore", event=one))
    reconciled(made)

    assert sorted(made.members()) == [["C1:1", "C2:2"], ["C2:1"]]


def test_only_what_changed_is_written_again() -> None:
    made = aligned_table(
        {f"d{n}": {"C1": [event(line=n)], "C2": [event(line=n)]} for n in range(1, 4)},
        labels=("C1", "C2"),
    )
    hashes = dict(AlignedDocument.objects.values_list("document__external_id", "input_hash"))
    row = made.groups("d2")[0].members.get(label="C1").event
    put(row, values={**row.values, "status": 5})

    reconciled(made)

    after = dict(AlignedDocument.objects.values_list("document__external_id", "input_hash"))
    assert {name for name in after if after[name] != hashes[name]} == {"d2"}
    assert made.states("d2")["status"] == "missing"
    assert made.round.runs.latest("n").counts["groups"] == 3
