"""What holds a version back, what a waiver covers, and where it is printed."""

import json
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from datasets import findings, releases
from datasets.models import Waiver
from datasets.records import (
    AllianceRecord,
    AssessmentRecord,
    FigureRecord,
    MemberSpell,
    ReportRecord,
)
from projects import files, jobs
from projects.models import LedgerLine
from projects.refusals import Invalid, WrongState
from reconciliation import adjudication
from tests.datasets import samples, scenes


def found(*told, **others):
    return [
        (f.check, f.message)
        for f in findings.found(samples.records(*told, **others), samples.STATES)
    ]


def test_records_without_fault_have_no_finding() -> None:
    assert found() == []


def test_a_state_outside_membership_is_named() -> None:
    assert found(samples.incident(provider=[679])) == [
        (
            "outside_membership",
            "i1 provider 679: no member of the state system on any day the incident can have begun.",
        )
    ]


def test_sides_of_alliances_and_judgements_that_the_list_does_not_have_are_named() -> None:
    pact = AllianceRecord("PACT", members=(MemberSpell(999, date(1951, 1, 1)), MemberSpell(2, date(1951, 1, 1))))  # fmt: skip
    judged = AssessmentRecord("PACT", 2, 998, "EX", 1960, promised=1)

    assert found(alliances=[pact], assessments=[judged]) == [
        (
            "unlisted_states",
            "member 999 of PACT, 998 in the assessments of PACT: not in the project's list of states, so the tables of "
            "years leave them out.",
        )
    ]


def test_one_act_told_twice_is_suspected() -> None:
    twice = [samples.incident(name, title="Drill", start="1978-03-01") for name in ("i1", "i2")]
    other = samples.incident("i3", title="Drill", start="1978-03")

    assert [check for check, _ in found(*twice, other)] == ["duplicates"]


def test_an_incident_that_no_document_reports_is_named() -> None:
    told = [samples.incident("i1"), samples.incident("i2", start="1979")]

    assert found(*told, reports=[ReportRecord("i1", "d1", "r1", "g1")]) == [
        ("without_report", "i2: no document reports it.")
    ]


def test_alpha_below_the_codebooks_threshold_is_named(monkeypatch) -> None:
    plan = {
        "thresholds": [{"alpha_at_least": 0.8}, {"alpha_at_least": 0.667}, {"alpha_at_least": -1}]
    }
    object.__setattr__(samples.codebook(), "reliability_plan", plan)
    figures = [
        FigureRecord("pilot", "fields", "krippendorff_alpha", name, value=value, reason=reason)
        for name, value, reason in (
            ("status", 0.5, ""),
            ("title", 0.7, ""),
            ("note", None, "no variation"),
        )
    ]
    try:
        assert found(figures=figures) == [("low_alpha", "Alpha below 0.667: status 0.500 (pilot).")]
    finally:
        object.__setattr__(samples.codebook(), "reliability_plan", {})


# In a project


@pytest.fixture
def made(db):
    return scenes.settled()


def test_a_finding_holds_a_version_back_until_it_is_waived(made) -> None:
    release = scenes.built(made)
    assert release.state == "draft"
    assert [one["check"] for one in releases.held_back_by(release)] == ["open_conflicts"]
    with pytest.raises(
        WrongState, match="1 group of events is not settled.*waive each with a reason"
    ):
        releases.publish(release, by=made.pi.user)

    releases.waive(
        release, "open_conflicts", reason=" Left for the next version. ", by=made.pi.user
    )

    with pytest.raises(WrongState, match="Build it again"):
        releases.publish(release, by=made.pi.user)
    release = scenes.built(made)
    assert release.state == "checked"
    assert releases.publish(release, by=made.pi.user).state == "published"
    told = json.loads(files.read(release.manifest_sha256))["parameters"]["waivers"]
    assert told == [
        {
            "check": "open_conflicts",
            "found": "1 group of events is not settled and will not be in the release.",
            "reason": "Left for the next version.",
            "by": "PI",
        }
    ]
    report = files.read(release.files.get(path="reliability.md").sha256).decode()
    assert "Left for the next version." in report
    assert LedgerLine.objects.filter(verb="release.waive").count() == 1


def test_a_waiver_covers_what_was_found_and_no_more(made) -> None:
    release = scenes.checked(made)
    assert release.state == "checked"
    adjudication.reopen(made.position("troops"), by=made.pi, reason="The annex.")

    release = scenes.built(made)

    assert release.state == "draft"
    assert [one["message"][:8] for one in releases.held_back_by(release)] == ["2 groups"]


def test_a_waiver_wants_a_reason_and_something_to_waive(made) -> None:
    release = scenes.built(made)

    with pytest.raises(Invalid, match="Please say why"):
        releases.waive(release, "open_conflicts", reason=" ", by=made.pi.user)
    with pytest.raises(Invalid, match="There is no check named"):
        releases.waive(release, "beauty", reason="So.", by=made.pi.user)
    with pytest.raises(WrongState, match="nothing to waive"):
        releases.waive(release, "duplicates", reason="So.", by=made.pi.user)


def test_the_database_keeps_the_waivers_of_a_published_version(made) -> None:
    scenes.published(made)

    for words in ("UPDATE datasets_waiver SET reason = 'other'", "DELETE FROM datasets_waiver"):
        with (
            pytest.raises(DatabaseError, match="a published release never changes"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(words)
    assert Waiver.objects.get().reason == "Known."


def test_publishing_reads_the_records_again_only_where_something_was_recorded(
    made, monkeypatch
) -> None:
    release = scenes.checked(made)

    def gathered(project):
        raise AssertionError("gathered for nothing")

    monkeypatch.setattr("datasets.contents.records_of", gathered)
    assert releases.publish(release, by=made.pi.user).state == "published"


def test_what_a_version_says_is_carried_on_and_built_anew(made) -> None:
    release = scenes.checked(made)
    said = {"creators": ["Doe, Jane"], "licence": "CC-BY-4.0", "anonymous_copy": True}

    release = releases.describe(release, by=made.pi.user, **said)

    assert (release.state, release.built_from) == ("draft", None)
    with pytest.raises(Invalid, match="licence from the list"):
        releases.describe(release, by=made.pi.user, licence="MINE")
    with pytest.raises(Invalid, match="names nobody"):
        releases.describe(release, by=made.pi.user, creators=["; x"])
    later = scenes.draft(made, "0.2.0")
    assert (later.creators, later.licence, later.anonymous_copy) == (
        ["Doe, Jane"],
        "CC-BY-4.0",
        True,
    )


def test_a_doi_comes_later_and_stands_outside_the_files(made) -> None:
    release = scenes.published(made)
    before = scenes.listed(release)

    releases.set_doi(release, "https://doi.org/10.7910/DVN/ABCDEF", by=made.pi.user)

    release.refresh_from_db()
    assert release.doi == "10.7910/DVN/ABCDEF"
    assert scenes.listed(release) == before
    with pytest.raises(Invalid, match="begins with 10"):
        releases.set_doi(release, "abc", by=made.pi.user)
    with pytest.raises(WrongState, match="published version"):
        releases.set_doi(scenes.draft(made, "0.2.0"), "10.1234/x", by=made.pi.user)


def test_the_copy_for_review_names_nobody(made) -> None:
    release = scenes.draft(made)
    releases.describe(
        release, by=made.pi.user, creators=["Quastenberg, Ottilie"], anonymous_copy=True
    )
    adjudication.decide(
        made.position("troops"), by=made.pi, value=501, reason="Ottilie was right, says Beppo."
    )
    jobs.see_through(releases.build(release, by=made.pi.user))

    copied = release.files.filter(part="review")
    assert copied.count() == release.files.filter(part="release").count()
    everything = b"\n".join(files.read(file.sha256) for file in copied).decode("utf-8", "replace")
    project = made.round.project
    for name in (*scenes.NAMES, project.title):
        assert name not in everything, name
    codings = files.read(copied.get(path="codings.csv").sha256).decode()
    assert "coder1" in codings and ",C1," not in codings
    assert (
        "[name] was right, says [name]."
        in files.read(copied.get(path="decisions.csv").sha256).decode()
    )
