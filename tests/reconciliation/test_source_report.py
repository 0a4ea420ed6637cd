"""The source report: rows to counts, its filters, its table, and who is kept from what."""

import csv
import io

import pytest
from django.urls import reverse

from reconciliation import adjudication, incidents, source_reports
from reconciliation.models import Incident
from reconciliation.source_reports import Wanted
from sources import copies
from sources.models import Document, Text
from tests.reconciliation import samples
from tests.reconciliation.samples import Table, aligned_table, event

pytestmark = pytest.mark.django_db


@pytest.fixture
def four() -> Table:
    """Four documents, one event each; d1 and d2 tell of the same one."""
    made = aligned_table(
        {
            "d1": {"C1": [event(start="1951-06-14")]},
            "d2": {"C1": [event(start="1951-06")]},
            "d3": {"C1": [event("MA", start="1953")]},
            "d4": {"C1": [event(start=None)]},
        }
    )
    for name, outlet, kind, language in (
        ("d1", "Wire", "news", "en-GB"),
        ("d2", "Courier", "news", "fr"),
        ("d3", "Wire", "treaty", "en_US"),
        ("d4", "", "other", ""),
    ):
        found = Document.objects.get(project=made.round.project, external_id=name)
        read = Text.objects.create(**_again(found.current_text) | {"language": language})
        samples.put(found, outlet=outlet, kind=kind, current_text=read)
    adjudication.accept_agreed(made.groups(), by=made.pi, singles=True)
    one, two = Incident.objects.order_by("n")[:2]
    incidents.link(made.round.project, [one, two], by=made.pi.user)
    return made


def _again(text: Text) -> dict[str, object]:
    """A later reading of the same document."""
    same = (
        "document",
        "sha256",
        "body",
        "length",
        "blocks",
        "reader",
        "reader_version",
        "has_astral",
    )
    return {name: getattr(text, name) for name in same} | {"n": text.n + 1}


def told(made: Table, wanted: Wanted = Wanted()) -> list[tuple[object, ...]]:  # noqa: B008 - frozen
    return [
        (one.incident, one.document, one.outlet, one.kind, one.language, one.year, one.type)
        for one in source_reports.reports(made.pi, wanted)
    ]


def test_reports_carry_what_their_documents_say(four) -> None:
    assert told(four) == [
        ("I00001", "d1", "Wire", "news", "en", 1951, "EX"),
        ("I00001", "d2", "Courier", "news", "fr", 1951, "EX"),
        ("I00003", "d3", "Wire", "treaty", "en", 1953, "MA"),
        ("I00004", "d4", "", "other", "", None, "EX"),
    ]


def test_types_and_years_narrow_what_is_counted(four) -> None:
    assert [one[1] for one in told(four, Wanted(type="MA"))] == ["d3"]
    assert [one[1] for one in told(four, Wanted(until=1952))] == ["d1", "d2"]
    assert [one[1] for one in told(four, Wanted(since=1952, until=1960))] == ["d3"]


def test_copies_count_as_reports_when_asked_for(four) -> None:
    project = four.round.project
    twin = samples.document(project, "twin", by=four.pi.user)
    samples.put(twin, outlet="Echo")
    coded = Document.objects.get(project=project, external_id="d3")
    copies.confirm(project, [coded, twin], by=four.pi.user)

    assert len(told(four)) == 4
    assert told(four, Wanted(copies=True))[3] == (
        "I00003", "twin", "Echo", "news", "", 1953, "MA",
    )  # fmt: skip


def test_the_table_has_every_part_over_all_years_and_in_each(client, four) -> None:
    client.force_login(four.pi.user)

    answer = client.get(reverse("source_report_csv", args=[four.round.project.slug]))

    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert tuple(rows[0]) == source_reports.COLUMNS
    assert rows[0] == {
        "by": "all", "of": "", "year": "", "incidents": "3", "share_of_incidents": "", "reports": "4",
        "share_of_reports": "", "alone": "", "share_alone": "", "one_report": "2", "share_one_report": "0.666667",
        "one_outlet": "2", "share_one_outlet": "0.666667", "outlet_unknown": "0",
    }  # fmt: skip
    wire = [row for row in rows if row["of"] == "Wire"]
    assert [(row["year"], row["incidents"], row["reports"], row["alone"]) for row in wire] == [
        ("", "2", "2", "1"), ("1951", "1", "1", "0"), ("1953", "1", "1", "1"),
    ]  # fmt: skip
    assert [(row["year"], row["incidents"]) for row in rows if row["by"] == "all"] == [
        ("", "3"), ("1951", "1"), ("1952", "0"), ("1953", "1"), ("none", "1"),
    ]  # fmt: skip
    empty = next(row for row in rows if (row["by"], row["year"]) == ("all", "1952"))
    assert (empty["one_report"], empty["share_one_report"]) == ("0", "")


def test_the_page_tells_it_in_words_and_says_what_to_do_when_there_is_nothing(client, four) -> None:
    client.force_login(four.pi.user)
    address = reverse("source_report", args=[four.round.project.slug])

    whole = client.get(address).content.decode()
    none = client.get(address, {"type": "EX", "since": "1990"}).content.decode()
    odd = client.get(address, {"since": "soon", "type": "no such"})

    for words in ("66.7 % of 3", "English (en)", "no outlet given", "treaty or instrument"):
        assert words in whole
    assert "No incident fits" in none
    assert (odd.status_code, "Enter a whole number." in odd.content.decode()) == (200, True)
    other = aligned_table({"d1": {"C1": [event()]}})
    client.force_login(other.pi.user)
    assert (
        "No incidents yet"
        in client.get(reverse("source_report", args=[other.round.project.slug])).content.decode()
    )


def test_what_somebody_still_codes_is_not_counted_for_them(four) -> None:
    coding_pi = samples.member(four.round.project, "adjudicator", "coder", label="PI2")
    from coding import rounds

    document = Document.objects.get(project=four.round.project, external_id="d3")
    rounds.assign(four.round, document, coding_pi, by=four.pi.user)

    seen = source_reports.reports(samples.holder(coding_pi), Wanted())

    assert [one.document for one in seen] == ["d1", "d2", "d4"]


def test_the_page_asks_as_much_of_the_database_for_three_incidents_as_for_one(
    client, four, django_assert_num_queries
) -> None:
    one = aligned_table({"d1": {"C1": [event()]}})
    adjudication.accept_agreed(one.groups(), by=one.pi, singles=True)

    for made in (one, four):
        client.force_login(made.pi.user)
        client.get(reverse("source_report", args=[made.round.project.slug]))
        with django_assert_num_queries(6):
            client.get(reverse("source_report", args=[made.round.project.slug]))
