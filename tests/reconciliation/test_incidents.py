"""Incidents: numbered in the order of their making, linked under the lowest number, in step with resolved events."""

import pytest

from projects.models import LedgerLine
from projects.refusals import Invalid
from reconciliation import adjudication, incidents
from reconciliation.models import Incident, Report, ResolvedEvent
from tests.reconciliation.samples import Table, aligned_table, event

pytestmark = pytest.mark.django_db


@pytest.fixture
def three() -> Table:
    """Three documents of one coder each, every event resolved."""
    made = aligned_table({f"d{n}": {"C1": [event(line=n)]} for n in (1, 2, 3)})
    adjudication.accept_agreed(made.groups(), by=made.pi, singles=True)
    return made


def standing(made: Table) -> dict[str, list[str]]:
    """Incident -> the documents that report it; merged ones left out."""
    return {
        str(incident): [
            report.resolved_event.group.document.external_id for report in incident.reports.all()
        ]
        for incident in Incident.objects.filter(project=made.round.project, merged_into=None)
    }


def test_each_resolved_event_begins_as_an_incident_of_its_own(three) -> None:
    assert standing(three) == {"I00001": ["d1"], "I00002": ["d2"], "I00003": ["d3"]}


def test_numbers_count_within_the_project(three) -> None:
    other = aligned_table({"d1": {"C1": [event()]}})
    adjudication.accept_agreed(other.groups(), by=other.pi, singles=True)

    assert standing(other) == {"I00001": ["d1"]}


def test_linking_gathers_the_reports_under_the_lowest_number(three) -> None:
    one, two, last = Incident.objects.order_by("n")

    kept = incidents.link(
        three.round.project, [last, one], by=three.pi.user, reason="One exercise."
    )

    assert kept == one
    assert standing(three) == {"I00001": ["d1", "d3"], "I00002": ["d2"]}
    last.refresh_from_db()
    assert last.merged_into == one
    assert LedgerLine.objects.get(verb="incident.link").difference == {
        "incidents": ["I00001", "I00003"], "reason": "One exercise.",
    }  # fmt: skip
    assert incidents.link(three.round.project, [one, two], by=three.pi.user) == one
    assert standing(three) == {"I00001": ["d1", "d2", "d3"]}


def test_linking_is_refused_for_one_for_what_is_merged_and_for_others_projects(three) -> None:
    one, two, last = Incident.objects.order_by("n")
    other = aligned_table({"d1": {"C1": [event()]}})
    adjudication.accept_agreed(other.groups(), by=other.pi, singles=True)
    foreign = Incident.objects.get(project=other.round.project)
    incidents.link(three.round.project, [one, two], by=three.pi.user)
    two.refresh_from_db()

    for chosen in ([], [last], [last, last], [two, last], [last, foreign]):
        with pytest.raises(Invalid):
            incidents.link(three.round.project, chosen, by=three.pi.user)
    assert standing(three) == {"I00001": ["d1", "d2"], "I00003": ["d3"]}


def test_a_resolved_event_judged_none_leaves_its_incident_and_kept_after_all_begins_anew(
    three,
) -> None:
    one, two, _ = Incident.objects.order_by("n")
    incidents.link(three.round.project, [one, two], by=three.pi.user)
    adjudication.reject(three.group("d2"), by=three.pi, reason="Planned only.")

    assert standing(three) == {"I00001": ["d1"], "I00003": ["d3"]}

    adjudication.decide(three.position("@event", "d2"), by=three.pi, value=1)
    # Whether it is the same incident is for a person to say again.
    assert standing(three) == {"I00001": ["d1"], "I00003": ["d3"], "I00004": ["d2"]}


def test_reopening_keeps_the_report(three) -> None:
    adjudication.reopen(
        three.position("start", "d1"), by=three.pi, reason="Look at the date again."
    )
    adjudication.decide(three.position("start", "d1"), by=three.pi, value="1951-06-14")

    assert standing(three) == {"I00001": ["d1"], "I00002": ["d2"], "I00003": ["d3"]}
    assert Report.objects.count() == ResolvedEvent.objects.count() == 3
