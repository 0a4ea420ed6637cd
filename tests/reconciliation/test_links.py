"""Links from an event to one of another document: compared, decided and released like links within one."""

import pytest

from datasets import contents
from projects.refusals import Invalid
from reconciliation import adjudication, aligning, inputs, references, regrouping
from reconciliation.models import AlignedDocument, Position
from tests.reconciliation import samples
from tests.reconciliation.samples import aligned_table, event, put, reconciled
from tests.reconciliation.test_references import SOURCE

pytestmark = pytest.mark.django_db

WHY = "The communiqué names it."


@pytest.fixture
def made(monkeypatch):
    """A round is gone through a document at a time. Both coded an exercise in d1, C2 after a treaty; in d2 both code a treaty that each links to the own exercise."""
    monkeypatch.setattr(inputs, "PART", 1)
    treaty = event("TO", line=8, start="1990")
    made = aligned_table(
        {
            "d1": {"C1": [event()], "C2": [treaty, event()]},
            "d2": {"C1": [treaty], "C2": [treaty]},
        },
        labels=("C1", "C2"),
        source=SOURCE,
    )
    link(made, "d2", "C1", to=samples.uid_of(made, "d1", "C1", 1))
    link(made, "d2", "C2", to=samples.uid_of(made, "d1", "C2", 2))
    reconciled(made)
    return made


def link(made, document, label, *, to, field="after"):
    one = made.assignment(document, label).events.get(position=1)
    put(one, values={**one.values, field: str(to)})


def after(made) -> Position:
    return made.position("after", "d2")


def test_two_coders_who_link_to_their_own_coding_of_the_same_event_agree(made) -> None:
    assert (after(made).state, after(made).candidates) == (
        "agreed",
        {"C1": "d1#C1:1", "C2": "d1#C1:1"},
    )
    assert [sorted(one.links) for one in inputs.study(made.round).documents] == [
        [],
        ["d1#C1:1", "d1#C2:2"],
    ]


def test_a_link_back_to_an_earlier_document_and_one_ahead_mean_what_they_would_at_once(
    made,
) -> None:
    link(made, "d1", "C1", to=samples.uid_of(made, "d2", "C2", 1))
    link(made, "d1", "C2", to=samples.uid_of(made, "d2", "C2", 1))
    reconciled(made)

    # C2's own event 1 in d1 is the treaty; it alone bears the link there, C1's is the exercise.
    assert {row.candidates["C1"] for row in Position.objects.filter(field="after", candidates__has_key="C1")} == {
        "d1#C1:1", "d2#C1:1",
    }  # fmt: skip


def test_a_document_alone_finds_what_its_links_mean_in_the_groups_that_are_stored(made) -> None:
    put(after(made), candidates={})
    AlignedDocument.objects.all().delete()
    document = made.round.project.documents.get(external_id="d2")

    aligning.align(inputs.study(made.round, document=document.pk), by=None)

    assert after(made).candidates == {"C1": "d1#C1:1", "C2": "d1#C1:1"}


def test_what_is_grouped_otherwise_there_differs_here_in_the_next_run(made) -> None:
    exercise = next(one for one in made.groups("d1") if one.type == "EX")
    regrouping.split(exercise, ["C2"], by=made.pi, reason="Another day.")
    reconciled(made)

    assert (after(made).state, after(made).candidates) == (
        "differs",
        {"C1": "d1#C1:1", "C2": "d1#C2:2"},
    )


def test_a_link_to_work_that_is_not_handed_in_is_no_value(made) -> None:
    samples.send_back(made, "d1", "C2")
    reconciled(made)

    assert after(made).candidates == {"C1": "d1#C1:1"}


@pytest.mark.parametrize("told", ["d1#C1:1", "d1#C2:2"])
def test_an_adjudicator_names_an_event_of_another_document(made, told) -> None:
    decision = adjudication.decide(after(made), by=made.pi, value=told)

    assert (decision.kind, decision.value) == ("adopted", ["d1#C1:1"])


@pytest.mark.parametrize("told", ["d1#C1:9", "d9#C1:1", "d1#r2.C1:1", "d1#r9.C1:1", "#C1:1"])
def test_an_adjudicator_cannot_link_to_nothing(made, told) -> None:
    with pytest.raises(Invalid, match="such as d2#C1:2"):
        adjudication.decide(after(made), by=made.pi, value=told, reason=WHY)


def test_a_release_tells_the_incident_and_in_codings_and_decisions_the_document_too(made) -> None:
    adjudication.accept_agreed(made.groups("d1"), by=made.pi)
    for group in made.groups("d1"):
        if group.type == "TO":
            adjudication.reject(group, by=made.pi, reason="Of d2.")
    adjudication.accept_agreed(made.groups("d2"), by=made.pi)

    records = contents.records_of(made.round.project)

    by_type = {one.event_type: one for one in records.incidents}
    assert by_type["TO"].values["after"] == by_type["EX"].incident_id
    assert {(one.coder, one.value) for one in records.codings if one.field == "after"} == {
        ("C1", "d1#r1.C1.e1"),
        ("C2", "d1#r1.C2.e2"),
    }
    (decided,) = (one for one in records.decisions if one.field == "after")
    assert (decided.chosen, decided.candidates) == (
        "d1#r1.C1.e1",
        {"C1": "d1#r1.C1.e1", "C2": "d1#r1.C1.e1"},
    )


def test_names_that_lead_elsewhere_come_apart_as_they_were_made() -> None:
    for document, of_round in (("d#1", None), ("A: b", 12), ("r1.x", None)):
        name = references.name_elsewhere(document, of_round, "C1", 7)
        assert references.elsewhere(name) == references.Elsewhere(document, of_round, "C1", "7")
    assert [references.elsewhere(told) for told in ("C1:1", "C1:a#b", "#C1:1", "d1#C1")] == [
        None
    ] * 4
