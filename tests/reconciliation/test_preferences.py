"""Values of an incident of several reports: by the order of sources, or as a person decided, and in the release."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from datasets import contents
from projects.models import LedgerLine
from projects.refusals import Invalid, NotAllowed
from reconciliation import adjudication, incident_values, incidents, preferences
from reconciliation.models import Incident, Preference
from tests.reconciliation import samples
from tests.reconciliation.samples import aligned_table, event, put

pytestmark = pytest.mark.django_db

WHY = "The log book says so."


@pytest.fixture
def made():
    """Three reports of one incident that differ over the status; d1 is the earliest by its id."""
    made = aligned_table(
        {
            "d1": {"C1": [event(status=1, weight=1)]},
            "d2": {"C1": [event(status=4, troops=300)]},
            "d3": {"C1": [event("MA", status=4)]},
        }
    )
    adjudication.accept_agreed(made.groups(), by=made.pi, singles=True)
    incidents.link(made.round.project, list(Incident.objects.all()), by=made.pi.user)
    return made


def incident() -> Incident:
    return Incident.objects.get(merged_into=None)


def report(name):
    return incident().reports.get(resolved_event__group__document__external_id=name)


def prefer(made, field, name="", reason=WHY, by=None) -> Preference:
    return preferences.prefer(
        incident(), field, report(name) if name else None, by=by or made.pi, reason=reason
    )


def released(made) -> tuple[str, dict]:
    (one,) = contents.records_of(made.round.project).incidents
    values = {name: one.values.get(name) for name in ("status", "weight", "troops")}
    return one.event_type, {name: value for name, value in values.items() if value is not None}


def test_without_a_decision_the_best_report_by_the_order_of_sources_tells_all(made) -> None:
    assert released(made) == ("EX", {"status": 1, "weight": 1})

    put(made.round.project.documents.get(external_id="d2"), kind="treaty")
    assert released(made) == ("EX", {"status": 4, "troops": 300})


def test_a_field_is_taken_from_another_report_with_a_reason(made) -> None:
    with pytest.raises(Invalid, match="Please say why"):
        prefer(made, "status", "d2", reason=" ")
    kept = prefer(made, "status", "d2")
    prefer(made, "troops", "d2")

    assert released(made) == ("EX", {"status": 4, "weight": 1, "troops": 300})
    assert (kept.value, kept.by_label, kept.own_coding) == ([4], "PI", False)
    assert LedgerLine.objects.filter(verb="incident.prefer").first().difference == {
        "field": "status", "document": "d2", "reason": WHY,
    }  # fmt: skip
    records = contents.records_of(made.round.project)
    assert [one.adjudicated for one in records.incidents] == [True]
    told = [one for one in records.decisions if one.decision_id == "incident"]
    assert [
        (one.document_id, one.field, one.chosen, one.decided_by, one.reason) for one in told
    ] == [
        ("d2", "status", 4, "PI", WHY),
        ("d2", "troops", 300, "PI", WHY),
    ]
    records.check()


def test_a_report_is_preferred_as_a_whole_its_type_with_it_and_a_field_beside_it(made) -> None:
    prefer(made, "*", "d3")
    assert released(made) == ("MA", {"status": 4})

    prefer(made, "weight", "d1")
    prefer(made, "troops", "d2")  # what aid has no field for is not told of it
    assert released(made) == ("MA", {"status": 4, "weight": 1})


def test_a_decision_is_left_to_the_order_again_and_stays_on_record(made) -> None:
    prefer(made, "status", "d2")
    prefer(made, "status", reason="The log book was of another ship.")

    assert released(made) == ("EX", {"status": 1, "weight": 1})
    assert Preference.objects.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        Preference.objects.update(reason="other")
    with pytest.raises(Invalid, match="Nothing was decided about that"):
        prefer(made, "weight")


def test_it_holds_only_as_long_as_its_report_says_the_same_of_this_incident(made) -> None:
    prefer(made, "status", "d2")
    adjudication.decide(
        made.position("status", "d2"), by=made.pi, value=5, reason="Read once more."
    )
    adjudication.accept_agreed(made.groups("d2"), by=made.pi, singles=True)

    assert released(made) == ("EX", {"status": 1, "weight": 1})
    (told,) = incident_values.preferences(made.round.project).values()
    events = [report(name).resolved_event for name in ("d1", "d2", "d3")]
    assert [one.field for one in incident_values.standing(events, told).lapsed] == ["status"]


def test_who_may_not_and_what_cannot_be(made) -> None:
    with pytest.raises(NotAllowed):
        prefer(made, "status", "d2", by=samples.holder(made.coders["C1"]))
    with pytest.raises(Invalid, match="does not say anything about that"):
        prefer(made, "troops", "d1")
    away = incidents.split(incident(), [report("d3")], by=made.pi.user, reason="Two.")
    with pytest.raises(Invalid, match="Choose a report of this incident"):
        preferences.prefer(incident_of("d1"), "status", away.reports.get(), by=made.pi, reason=WHY)


def incident_of(name) -> Incident:
    return Incident.objects.get(reports__resolved_event__group__document__external_id=name)


def test_nobody_prefers_among_reports_of_documents_they_coded(made) -> None:
    both = made.coders["C1"]
    put(both, roles=["coder", "adjudicator"])
    with pytest.raises(NotAllowed, match="You coded this document yourself"):
        prefer(made, "status", "d2", by=samples.holder(both))

    put(made.round.project, own_adjudication_allowed=True)
    assert prefer(made, "status", "d2", by=samples.holder(both)).own_coding


def test_values_are_pressed_on_the_page_of_the_incident(made, client) -> None:
    client.force_login(made.pi.user)
    place = [made.round.project.slug, incident().n]
    page = client.get(reverse("incident", args=place))
    ticked = {
        row["label"]: [cell["words"] for cell in row["cells"] if cell and cell["stands"]]
        for row in page.context["rows"]
    }
    assert (ticked["Status"], ticked["Weight"], ticked["Troops"]) == (["1 planned"], ["1 low"], [])
    assert f'value="status.{report("d2").pk}"' in page.content.decode()

    address = reverse("incident_value", args=place)
    sent = {"take": f"status.{report('d2').pk}"}
    refused = client.post(address, sent)
    assert (refused.status_code, "Please say why" in refused.content.decode()) == (422, True)
    assert client.post(address, {"take": "status.999", "reason": WHY}).status_code == 422
    page = client.post(address, {**sent, "reason": WHY}, follow=True).content.decode()
    assert "Taken from that report." in page and f"decided, PI: {WHY}" in page
    page = client.post(address, {"take": "status.", "reason": "No."}, follow=True).content.decode()
    assert "Left to the order of sources again." in page
    assert "decided, PI" not in page
