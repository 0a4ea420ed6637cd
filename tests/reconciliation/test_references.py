"""References between events: two coders who mean the same agree, and no random id leaves the database."""

import json

import pytest

from datasets import contents
from projects.refusals import Invalid
from reconciliation import adjudication, inputs, references
from reconciliation.models import Position
from tests.reconciliation import samples
from tests.reconciliation.samples import aligned_table, event

pytestmark = pytest.mark.django_db

SOURCE = samples.CODEBOOK.replace(
    "  - {name: weight,",
    "  - {name: after, label: After, type: event_ref}\n  - {name: beside, label: Beside, type: event_refs}\n  - {name: weight,",
)


def pair(first: str, second: str, **values) -> list[dict]:
    """An exercise and a treaty that refers to it, in either order, under whatever ids a coder gives."""
    return [event(own_id=first), event("TO", line=8, start="1990", own_id=second, **values)]


@pytest.fixture
def made():
    """C1 lists the exercise first, C2 the treaty; both say that the treaty came after the exercise."""
    return aligned_table(
        {
            "d1": {
                "C1": pair("a", "b", after="a", beside=["a"]),
                "C2": list(reversed(pair("x", "y", after="x", beside=["x"]))),
            }
        },
        labels=("C1", "C2"),
        source=SOURCE,
    )


def treaty(made, field: str) -> Position:
    return Position.objects.select_related("group").get(
        group__round=made.round, group__type="TO", field=field
    )


def test_coders_who_mean_the_same_event_agree_whatever_they_call_it(made) -> None:
    after, beside = treaty(made, "after"), treaty(made, "beside")

    assert (after.state, after.candidates) == ("agreed", {"C1": "C1:1", "C2": "C1:1"})
    assert (beside.state, beside.candidates) == ("agreed", {"C1": ["C1:1"], "C2": ["C1:1"]})


def test_the_same_codings_have_the_same_hash_in_every_database(made) -> None:
    again = aligned_table(
        {
            "d1": {
                "C1": pair("a", "b", after="a", beside=["a"]),
                "C2": list(reversed(pair("x", "y", after="x", beside=["x"]))),
            }
        },
        labels=("C1", "C2"),
        source=SOURCE,
    )

    assert inputs.study(again.round).input_hash == inputs.study(made.round).input_hash


def test_who_refers_to_another_event_disagrees_and_a_link_to_nothing_is_no_value() -> None:
    third = event("MA", line=5, start="1970", own_id="c")
    made = aligned_table(
        {
            "d1": {
                "C1": [*pair("a", "b", after="a"), third],
                "C2": [*pair("a", "b", after="c"), third],
            }
        },
        labels=("C1", "C2"),
        source=SOURCE,
    )
    assert (treaty(made, "after").state, treaty(made, "after").candidates) == (
        "differs",
        {"C1": "C1:1", "C2": "C1:3"},
    )

    names = {"u1": "C1:1", "u2": "C1:2"}
    assert [references.put_through(one, names) for one in ("u1", "u9", "-8", ["u2", "u1", "u9"], ["u9"])] == [
        "C1:1", None, "-8", ["C1:1", "C1:2"], None,
    ]  # fmt: skip


@pytest.mark.parametrize("told", ["C1:1", "C1:a", "C2:x", "C2:2"])
def test_an_adjudicator_names_an_event_by_any_coders_number_or_own_id(made, told) -> None:
    decision = adjudication.decide(treaty(made, "after"), by=made.pi, value=told)

    assert (decision.kind, decision.value) == ("adopted", ["C1:1"])


@pytest.mark.parametrize(
    "told", ["C1:9", "C9:1", "C1", "C1:", "a", "9b3c", "C1:1e3", "C1:99999999999999999999"]
)
def test_an_adjudicator_cannot_refer_to_nothing(made, told) -> None:
    with pytest.raises(
        Invalid, match="After: “.*” names no event of this document; write a coder and"
    ):
        adjudication.decide(treaty(made, "after"), by=made.pi, value=told, reason="So.")


def test_a_release_refers_to_incidents_and_its_codings_and_decisions_to_events(made) -> None:
    adjudication.accept_agreed(made.groups(), by=made.pi)

    records = contents.records_of(made.round.project)

    by_type = {one.event_type: one for one in records.incidents}
    assert by_type["TO"].values["after"] == by_type["EX"].incident_id
    assert by_type["TO"].values["beside"] == [by_type["EX"].incident_id]
    assert {(one.coder, one.event_id, one.value) for one in records.codings if one.field == "after"} == {
        ("C1", "r1.C1.e2", "r1.C1.e1"), ("C2", "r1.C2.e1", "r1.C2.e2"),
    }  # fmt: skip
    (decided,) = (one for one in records.decisions if one.field == "after")
    assert (decided.chosen, decided.candidates) == (
        "r1.C1.e1",
        {"C1": "r1.C1.e1", "C2": "r1.C1.e1"},
    )
    told = json.dumps(
        [one.value for one in records.codings] + [dict(one.candidates) for one in records.decisions]
    )
    assert str(samples.uid_of(made, "d1", "C1", 1)) not in told
