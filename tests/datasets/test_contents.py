"""Which records a release holds: settled events only, coders by label, passages of those who had the decided value."""

import pytest

from coding import assignments, codebooks
from coding.models import Round
from datasets import checks, contents, ordering
from datasets.contents import gathering
from reconciliation import adjudication
from sources import copies, documents
from tests import small
from tests.datasets import scenes
from tests.reconciliation import samples
from tests.reconciliation.samples import (
    LINE,
    SILENT,
    Table,
    aligned_table,
    event,
    operation,
    reconciled,
    rework,
    send_back,
    uid_of,
)

pytestmark = pytest.mark.django_db


def told(made: Table):
    return contents.records_of(made.round.project)


def incidents_of(made: Table) -> dict[str, dict]:
    return {one.incident_id: dict(one.values) for one in told(made).incidents}


def test_an_incident_has_its_best_reports_values_and_every_document_in_the_crosswalk() -> None:
    made = scenes.settled()

    records = told(made)

    (incident,) = records.incidents
    assert (incident.incident_id, incident.event_type, incident.n_coders, incident.adjudicated) == (
        "I00001",
        "EX",
        2,
        True,
    )
    assert incident.values == {
        "title": "=SUM(A1)", "provider": [2], "recipient": [200], "start": "1951-06-14", "status": 4, "troops": 500,
    }  # fmt: skip
    assert [(one.incident_id, one.document_id, one.group_id) for one in records.reports] == [
        ("I00001", "d1", "r1.g1"), ("I00001", "d2", "r1.g1"),
    ]  # fmt: skip


def test_confirmed_copies_of_a_coded_document_report_what_it_reports() -> None:
    made = scenes.settled()
    project, by = made.round.project, made.pi.user
    coded = project.documents.get(external_id="d1")
    twins = [small.document(project, name) for name in ("d1-ap", "d1-dpa")]
    copies.confirm(project, [coded, *twins], by=by, representative=coded)
    documents.retire(twins[1], by=by, reason="unreadable print")

    records = told(made)

    assert [
        (one.incident_id, one.document_id, one.resolved_event_id, one.group_id)
        for one in records.reports
    ] == [
        ("I00001", "d1", "r1.g1.d1", "r1.g1"),
        ("I00001", "d1-ap", "", ""),
        ("I00001", "d2", "r1.g1.d2", "r1.g1"),
    ]
    assert "d1-ap" in {one.document_id for one in records.documents}
    records.check()


def test_evidence_is_of_those_who_had_the_decided_value() -> None:
    made = aligned_table({"d1": {"C1": [event(status=1)], "C2": [event(status=4, line=1)]}})
    for label, line in (("C1", 6), ("C2", 7)):
        send_back(made, "d1", label)
        rework(
            made, "d1", label,
            operation("passage.link", event=uid_of(made, "d1", label), field="status", passage=uid_of(made, "d1", label),
                      start=line * LINE, end=line * LINE + 4),
        )  # fmt: skip
    reconciled(made)
    adjudication.take(made.position("status"), "C2", by=made.pi, reason="Line 7.")
    adjudication.accept_agreed(made.groups(), by=made.pi)

    found = [
        (one.field, one.value, one.coder, one.start, one.quote, one.page)
        for one in told(made).evidence
        if one.field == "status"
    ]

    assert found == [("status", 4, "C2", 7 * LINE, "In t", 1)]


def test_codings_are_as_handed_in_with_the_silent_and_the_unreadable_as_rows() -> None:
    made = scenes.settled()

    codings = told(made).codings

    assert [(one.document_id, one.coder, one.outcome, one.field) for one in codings if one.document_id == "d4"] == [
        ("d4", "C1", "no_event", ""), ("d4", "C2", "cannot_code", ""),
    ]  # fmt: skip
    first = {
        (one.field, one.value)
        for one in codings
        if (one.document_id, one.coder) == ("d1", "C1") and not isinstance(one.value, list)
    }
    assert first == {
        ("event_type", "EX"),
        ("status", 1),
        ("troops", 500),
        ("start", "1951-06-14"),
        ("title", "=SUM(A1)"),
    }
    assert {one.event_id for one in codings if one.document_id == "d1"} == {"r1.C1.e1", "r1.C2.e1"}
    assert {one.coder for one in codings} == {"C1", "C2", "C3"}


def test_decisions_name_people_by_label_and_the_machine_by_its_rule() -> None:
    made = scenes.settled()

    found = {(one.document_id, one.field): one for one in told(made).decisions}

    judged = found["d1", "status"]
    assert (judged.candidates, judged.chosen, judged.decided_by, judged.rule, judged.reason, judged.error_kind) == (
        {"C1": 1, "C2": 4}, 4, "PI", "", "It took place.", "slip",
    )  # fmt: skip
    assert (found["d1", "event"].decided_by, found["d1", "event"].rule) == ("", "agreed")
    assert (found["d1", "title"].decided_by, found["d1", "title"].rule) == ("", "first_coder")


def test_what_is_open_again_is_not_in_a_release() -> None:
    made = scenes.settled()
    adjudication.reopen(made.position("status"), by=made.pi, reason="Look again.")

    (incident,) = told(made).incidents
    assert [one.document_id for one in told(made).reports] == ["d2"]
    assert incident.values["status"] == 4

    adjudication.take(made.position("status"), "C1", by=made.pi, reason="Not yet.")
    assert [one.document_id for one in told(made).reports] == ["d1", "d2"]


def test_what_is_judged_no_event_is_in_the_decisions_alone() -> None:
    made = scenes.settled()
    adjudication.reject(made.group("d3"), by=made.pi, reason="Only drafted.")

    records = told(made)

    assert [one.incident_id for one in records.incidents] == ["I00001"]
    assert [
        one.chosen for one in records.decisions if (one.document_id, one.field) == ("d3", "event")
    ] == [1, 0]


@pytest.mark.parametrize("reconcile", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("verb", ["send_back", "withdraw"])
def test_work_that_was_taken_back_takes_its_events_out_before_and_after_reconciling_anew(
    verb, reconcile
) -> None:
    made = scenes.settled()
    getattr(assignments, verb)(made.assignment("d2", "C2"), by=made.pi.user, reason="Look again.")
    if reconcile:
        reconciled(made)

    records = told(made)

    assert {(one.document_id, one.coder) for one in records.codings if one.document_id == "d2"} == {
        ("d2", "C1")
    }
    assert [one.document_id for one in records.reports] == ["d1"]
    messages = [found.message for found in checks.of_project(made.round.project)]
    assert (
        any("rest on work that was sent back or withdrawn" in message for message in messages)
        is not reconcile
    )


def test_the_fingerprint_moves_with_the_records_and_with_nothing_else() -> None:
    made = scenes.settled()
    before = told(made).fingerprint()

    assert told(made).fingerprint() == before
    adjudication.decide(made.position("troops"), by=made.pi, value=501, reason="The annex.")
    assert told(made).fingerprint() != before


def test_documents_read_one_by_one_and_sorted_on_disk_tell_the_same(monkeypatch) -> None:
    made = scenes.settled()
    project, by = made.round.project, made.pi.user
    coded = project.documents.get(external_id="d2")
    copies.confirm(project, [coded, small.document(project, "twin")], by=by, representative=coded)
    together = told(made)

    monkeypatch.setattr(gathering, "AT_A_TIME", 1)
    monkeypatch.setattr(ordering, "HELD", 2)
    apart = told(made)

    for name in ("incidents", "reports", "evidence", "codings", "decisions", "documents"):
        assert list(getattr(apart, name)) == list(getattr(together, name)), name
    assert apart.fingerprint() == together.fingerprint()


def test_links_between_events_become_links_between_incidents() -> None:
    source = samples.CODEBOOK.replace(
        "  - {name: evidence,",
        "  - {name: earlier, label: Earlier event, type: event_ref}\n  - {name: evidence,",
    )
    made = aligned_table(
        {
            "d1": {
                "C1": [
                    event(own_id="a"),
                    event("TO", line=8, own_id="b", earlier="a", start="1960", provider=[365]),
                ]
            }
        },
        source=source,
    )
    adjudication.accept_agreed(made.groups(), by=made.pi, singles=True)

    assert {name: values.get("earlier") for name, values in incidents_of(made).items()} == {
        "I00001": None,
        "I00002": "I00001",
    }

    adjudication.reject(made.groups()[0], by=made.pi, reason="Planned only.")
    assert {name: values.get("earlier") for name, values in incidents_of(made).items()} == {
        "I00002": None
    }


def test_a_project_without_anything_coded_is_an_empty_release() -> None:
    made = aligned_table({"d1": {"C1": SILENT}})
    records = told(made)

    assert [*records.incidents, *records.reports, *records.evidence, *records.decisions] == []
    assert [one.document_id for one in records.documents] == ["d1"]


def test_values_are_read_by_the_codebook_they_were_coded_with() -> None:
    """A later version, opened for a round nobody has coded yet, changes nothing about what was released."""
    made = scenes.settled()
    before = told(made)
    other = (
        "codebook: {id: other, title: Other, version: 2.0.0, language: en}\n"
        "common_attributes:\n  - {name: note2, label: Note, type: text}\n"
        "event_types:\n  - {code: ZZ, label: Other, family: f, definition: Another.}\n"
    )
    manager = made.round.project.memberships.order_by("id")[0].user
    second = codebooks.publish(codebooks.load(made.round.project, other, by=manager), by=manager)
    Round.objects.create(
        project=made.round.project, name="later", codebook=second, per_document=1, seed=1
    )

    assert told(made).fingerprint() == before.fingerprint()
