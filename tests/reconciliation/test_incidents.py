"""Incidents: numbered in the order of their making, linked under the lowest number, in step with resolved events."""

import pytest
from django.urls import reverse

from projects import jobs
from projects.models import Job, LedgerLine
from projects.refusals import Invalid
from reconciliation import adjudication, incidents, queries
from reconciliation.models import Distinction, Incident, Report, ResolvedEvent
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


# -- splitting


def test_reports_that_are_split_off_become_an_incident_whose_number_is_new(three) -> None:
    one, two, last = Incident.objects.order_by("n")
    kept = incidents.link(three.round.project, [one, two, last], by=three.pi.user)
    report = kept.reports.get(resolved_event__group__document__external_id="d2")

    made = incidents.split(kept, [report], by=three.pi.user, reason="A week later.")

    assert made.n == 4
    assert standing(three) == {"I00001": ["d1", "d3"], "I00004": ["d2"]}
    assert LedgerLine.objects.get(verb="incident.split").difference == {
        "incident": "I00001", "reason": "A week later.", "documents": ["d2"],
    }  # fmt: skip


def test_what_cannot_be_split(three) -> None:
    one, two, _ = Incident.objects.order_by("n")
    kept = incidents.link(three.round.project, [one, two], by=three.pi.user)
    reports = list(kept.reports.all())
    elsewhere = Report.objects.exclude(incident=kept)

    for chosen, reason, words in (
        (reports[:1], " ", "say why"),
        ([], "so", "Choose reports"),
        (list(elsewhere), "so", "Choose reports"),
        (reports, "so", "At least one"),
    ):
        with pytest.raises(Invalid, match=words):
            incidents.split(kept, chosen, by=three.pi.user, reason=reason)
    assert standing(three) == {"I00001": ["d1", "d2"], "I00003": ["d3"]}


# -- proposals


def proposed(made: Table) -> list[tuple[str, str]]:
    return [
        (pair.first.group.document.external_id, pair.second.group.document.external_id)
        for pair in queries.proposals(made.pi)
    ]


def compare(made: Table) -> Job:
    return jobs.see_through(incidents.propose(by=made.pi))


def test_events_of_different_documents_that_lie_near_are_proposed_nearest_first() -> None:
    made = aligned_table(
        {
            "d1": {"C1": [event(start="1951-06-14")]},
            "d2": {"C1": [event(start="1951-06-14")]},
            "d3": {"C1": [event(start="1951-06-16")]},
            "d4": {"C1": [event(start="1969-06-14")]},
        }
    )
    assert proposed(made) == []
    adjudication.accept_agreed(made.groups(), by=made.pi, singles=True)

    job = compare(made)

    assert (job.state, job.message) == ("done", "3 pairs of events lie near one another")
    assert proposed(made) == [("d1", "d2"), ("d1", "d3"), ("d2", "d3")]
    compare(made)
    assert proposed(made) == [("d1", "d2"), ("d1", "d3"), ("d2", "d3")]


def test_what_was_judged_is_not_proposed_again(three) -> None:
    compare(three)
    assert proposed(three) == [("d1", "d2"), ("d1", "d3"), ("d2", "d3")]
    one, two, last = ResolvedEvent.objects.order_by("group__document__external_id")

    incidents.distinguish(three.round.project, two, one, by=three.pi.user, reason="Two days.")
    incidents.distinguish(three.round.project, one, two, by=three.pi.user)
    incidents.link(
        three.round.project, [one.report.incident, last.report.incident], by=three.pi.user
    )

    assert proposed(three) == [("d2", "d3")]
    compare(three)
    assert proposed(three) == [("d2", "d3")]
    assert Distinction.objects.get().reason == "Two days."
    assert LedgerLine.objects.filter(verb="incident.distinguish").count() == 1


def test_an_event_opened_again_is_not_proposed(three) -> None:
    compare(three)
    position = three.position("provider", "d1")

    adjudication.reopen(position, by=three.pi, reason="Read once more.")

    assert proposed(three) == [("d2", "d3")]


def test_pairs_are_judged_and_incidents_split_on_their_pages(three, client) -> None:
    compare(three)
    client.force_login(three.pi.user)
    address = reverse("proposals", args=[three.round.project.slug])
    shown = client.get(address).content.decode()
    assert shown.count('class="card pair"') == 3
    first, second = (
        ResolvedEvent.objects.get(group__document__external_id=name) for name in ("d1", "d2")
    )
    pair = {"first": first.public_id, "second": second.public_id}

    assert client.post(address, {**pair, "same": "maybe"}).status_code == 422
    assert client.post(address, {**pair, "same": "1", "reason": "One."}).status_code == 302
    assert standing(three) == {"I00001": ["d1", "d2"], "I00003": ["d3"]}
    assert client.post(address, {**pair, "same": "0"}).status_code == 404

    merged = client.get(reverse("incident", args=[three.round.project.slug, 2]))
    assert merged.headers["Location"] == reverse("incident", args=[three.round.project.slug, 1])
    page = client.get(merged.headers["Location"]).content.decode()
    assert "linked: incidents: I00001, I00002; reason: One." in page
    report = Report.objects.get(resolved_event=second)
    refused = client.post(merged.headers["Location"], {"reports": [report.pk], "reason": ""})
    assert (refused.status_code, "Please say why" in refused.content.decode()) == (422, True)
    client.post(merged.headers["Location"], {"reports": [report.pk], "reason": "Two."})
    assert standing(three) == {"I00001": ["d1"], "I00003": ["d3"], "I00004": ["d2"]}
