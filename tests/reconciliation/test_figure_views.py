"""Figures taken apart, measured for a choice, on paper, round by round; and who sees which of it."""

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from coding.models import Round
from projects import jobs
from projects.models import Job
from reconciliation import figure_queries, runs, series
from reconciliation.models import Group, Run
from reconciliation.selecting import Selection
from tests.reconciliation.samples import SILENT, event, hand_in, holder, reconciled, table

pytestmark = pytest.mark.django_db

# C3 alone differs in the type of d1 and d3.
THREE = {
    f"d{n}": {
        "C1": [event("EX" if n % 2 else "MA", line=n)],
        "C2": [event("EX" if n % 2 else "MA", line=n)],
        "C3": [event("EX" if n in (2, 5) else "MA", line=n)],
    }
    for n in range(1, 6)
}


def address(made, name="figures"):
    return reverse(name, args=[made.round.project.slug, made.round.public_id])


@pytest.fixture
def made(client):
    found = table(THREE)
    reconciled(found)
    client.force_login(found.pi.user)
    return found


def test_the_coder_who_differs_is_seen_from_every_side(made) -> None:
    run = runs.latest(made.round)

    parts = figure_queries.depth(run, "event_type").parts

    by = {one["of"]: round(one["value"], 3) for one in parts["coder"]}
    assert by["C1"] == by["C2"] > by["C3"]
    without = {one["of"]: one["value"] for one in parts["without"]}
    assert without["C3"] == 1.0 and without["C1"] < 1.0
    assert {one["of"]: one["value"] for one in parts["pair"]}["C1-C2"] == 1.0
    assert [one["of"] for one in parts["value"]] == ["EX", "MA"]
    # All was handed in at once, on one kind of document: there is nothing to set side by side.
    assert (parts["month"], parts["kind"], parts["outlet"]) == ([], [], [])
    matrix = figure_queries.depth(run, "event_type").matrix
    assert matrix["values"] == ["EX", "MA"]
    assert matrix["rows"][0][1] == matrix["rows"][1][0] == 3.0


def test_the_page_shows_overview_one_field_and_where_agreement_fails(made, client) -> None:
    response = client.get(address(made), {"field": "event_type"})

    page = response.content.decode()
    assert response.context["depth"]["label"] == "Event type"
    assert 'class="heat"' in page and "By coder" in page
    named = [row["document"] for row in response.context["documents"]]
    assert named == ["d1", "d2", "d3"]
    assert response.context["methods"][0].text.startswith("5 documents with 15 events")


def test_parts_come_as_csv_and_the_report_names_how(made, client) -> None:
    rows = list(
        csv.DictReader(io.StringIO(client.get(address(made, "parts_csv")).content.decode()))
    )
    report = client.get(address(made, "reliability_report")).content.decode()

    assert len(rows) == len(runs.latest(made.round).breakdown["parts"])
    assert all(bool(row["value"]) != bool(row["reason"]) for row in rows)
    for said in (
        "percentile bootstrap",
        "10 times",
        "20450901",
        "Concord",
        "at most one of each coder",
    ):
        assert said in report, said


def test_the_report_comes_as_pdf_and_the_same_twice(made, client) -> None:
    first, again = (client.get(address(made, "reliability_pdf")) for _ in range(2))

    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF") and first.content == again.content


def test_a_choice_is_measured_alone_and_changes_nothing_else(made, client) -> None:
    groups = list(Group.objects.values_list("pk", "retired_at"))

    sent = client.post(address(made, "measure"), {"coders": ["C1", "C2"], "until": "2099-01-01"})
    jobs.see_through(Job.objects.filter(kind=runs.KIND).latest("pk"))

    assert sent.status_code == 302
    choice = Run.every.get(is_whole=False)
    assert choice.selection == {"coders": ["C1", "C2"], "until": "2099-01-01"}
    assert choice.counts["events"] == 10
    assert list(Group.objects.values_list("pk", "retired_at")) == groups
    assert runs.latest(made.round).n == 1
    assert client.get(address(made)).context["run"].n == 1
    shown = client.get(address(made), {"run": choice.n})
    assert shown.context["selection"] == ["coders C1, C2", "handed in until 2099-01-01"]


def test_nothing_chosen_and_unknown_documents_are_told_beside_the_form(made, client) -> None:
    nothing = client.post(address(made, "measure"), {})
    unknown = client.post(address(made, "measure"), {"documents": "d1\nnowhere"})

    assert (nothing.status_code, unknown.status_code) == (422, 422)
    assert "the whole is measured already" in nothing.content.decode()
    assert "Nobody handed in anything on nowhere" in unknown.content.decode()


def test_who_still_codes_a_document_sees_no_figure_that_it_entered(client) -> None:
    made = table({**THREE, "d9": {"C1": [event()], "C2": SILENT, "C3": None}})
    reconciled(made)
    alone = Selection(documents=("d9",))
    jobs.see_through(runs.measure(made.round, alone, by=made.pi, replicates=10))
    choice = Run.every.get(is_whole=False)
    coder = made.coders["C3"]
    coder.roles = ["coder", "adjudicator"]
    coder.save()
    client.force_login(coder.user)

    page = client.get(address(made))
    assert "While you code documents of a round" in page.content.decode()
    for name in ("figures_csv", "parts_csv", "reliability_report", "reliability_pdf"):
        assert client.get(address(made, name)).status_code == 404
    assert client.get(address(made), {"run": choice.n}).status_code == 404
    assert series.compared(holder(coder)).columns == []
    assert client.post(address(made, "measure"), {"documents": "d9"}).status_code == 422

    hand_in(made, "d9", "C3", SILENT)
    assert client.get(address(made), {"run": choice.n}).status_code == 200
    assert [column.run.n for column in series.compared(holder(coder)).columns] == [1]


def test_rounds_stand_side_by_side(made, client) -> None:
    page = client.get(reverse("compare_rounds", args=[made.round.project.slug]))

    found = series.compared(holder(made.pi.membership))
    assert [column.run.round for column in found.columns] == list(Round.objects.all())
    assert [one.label for one in found.series][:4] == [
        "α of event sets", "α, has the document any event", "α, number of events", "Event type",
    ]  # fmt: skip
    assert [one.restarts for one in found.series] == [[]] * len(found.series)
    assert page.status_code == 200 and made.round.name in page.content.decode()


def test_charts_come_as_svg_files_that_stand_alone(made, client) -> None:
    client.force_login(made.pi.user)
    page = client.get(address(made, "figures")).content.decode()
    links = re.findall(r'href="([^"]+/figures/[^"]+\.svg[^"]*)"', page)
    names = [link.rpartition("/")[2].partition(".")[0] for link in links]
    assert names == ["overview", "coincidences", "coder", "without", "pair", "value"]

    for link in links:
        answer = client.get(link.replace("&amp;", "&"))
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml"), link
        root = ElementTree.fromstring(answer.content)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert "var(" not in answer.content.decode()
    assert client.get(address(made, "figures") + "overview.svg?run=9").status_code == 404
    assert client.get(address(made, "figures") + "again.svg").status_code == 404
    assert client.get(address(made, "figures") + "moon.svg").status_code == 404
