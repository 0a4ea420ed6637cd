"""Assessments: proposals from settled rows, judgements that supersede one another, and who may see and say what."""

import json

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from coding import rounds
from projects import ledger
from projects.access import pass_for
from projects.models import LedgerLine
from projects.refusals import Invalid, Missing, NotAllowed, Stale
from reconciliation import (
    assessment_inputs,
    assessment_queries,
    assessments,
    incidents,
    preferences,
)
from reconciliation.assessments import Asked
from reconciliation.commitments import ALL, Cell
from reconciliation.models import Assessment, Incident
from reconciliation.verdicts import Verdict
from tests.reconciliation import samples
from tests.reconciliation.assessment_samples import act, searched, study, treaty

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return study()


def cell(year: int = 1962, type_code: str = "EX", provider: int = 2, recipient: int = 740) -> Cell:
    return Cell("XYZ-1960", provider, recipient, type_code, year)


def asked(*cells: Cell, of=None) -> list[Asked]:
    """As a person who sees what stands now asks."""
    stands = assessments.current(of.round.project) if of else {}
    return [Asked(one, stands[one].public_id if one in stands else "") for one in cells]


def proposal(made, of: Cell):
    grounds = assessment_inputs.assessed(made.round.project).grounds[of.alliance]
    return grounds.proposal(of.provider, of.recipient, of.type, of.year)


def verdicts(made) -> dict[Cell, Verdict]:
    return {
        one: assessments.verdict_of(row)
        for one, row in assessments.current(made.round.project).items()
    }


# -- proposals from rows


def test_rows_become_proposals_with_what_they_rest_on(made):
    search = searched(made, states=(2, 740))

    found = {year: proposal(made, cell(year)) for year in (1959, 1960, 1962, 1963, 1964)}

    assert {year: one and one.verdict for year, one in found.items()} == {
        1959: None,
        1960: Verdict(1, 0, 0),
        1962: Verdict(1, 2, 0),
        1963: Verdict(1, 0, 0),
        1964: Verdict(1, 0, 0),
    }
    assert proposal(made, cell(1962, "MA")).verdict == Verdict(0, None, 1)
    assert (
        [one.title for one in found[1962].clauses],
        [one.title for one in found[1962].acts],
        found[1962].basis()["searches"],
    ) == (["Treaty of mutual help"], ["EX of 1962-05-03"], [search])


def test_treaty_events_without_an_alliance_of_the_list_promise_nothing_and_are_counted():
    made = study(one=treaty(alliance_ref="ABC-1900"), two=treaty(to_instrument=7))

    assert assessment_inputs.assessed(made.round.project).unplaced == 1
    assert proposal(made, cell()).verdict == Verdict()


def test_an_act_that_names_no_alliance_is_of_those_both_sides_were_in_on_its_day():
    made = study(
        in_both=act(start="1962-05-03", recipient=[740]),
        in_three=act(start="1960-05-03", recipient=[900]),
        too_late=act(start="1971-05-03", recipient=[740]),
    )
    found = assessment_inputs.assessed(made.round.project).grounds

    assert {name: [one.title for one in grounds.acts] for name, grounds in found.items()} == {
        "TRI-1958": ["EX of 1960-05-03"],
        "XYZ-1960": ["EX of 1962-05-03"],
    }


# -- verbs


def test_a_cell_is_judged_and_judged_anew_and_the_history_stays(made):
    (first,) = assessments.judge(asked(cell()), by=made.pi, parts={"promised": 1, "kept": 2})
    (second,) = assessments.judge(
        asked(cell(), of=made), by=made.pi, parts={"additional": 1}, reason="A second look."
    )

    assert verdicts(made) == {cell(): Verdict(1, 2, 1)}
    assert (second.supersedes, second.by_label) == (first, "PI")
    assert [line.difference for line in LedgerLine.objects.filter(verb="assessment.judge")] == [
        {"alliance": "XYZ-1960", "count": 1, "cells": ["EX 1962, 2 to 740: promised, kept"], "reason": ""},
        {"alliance": "XYZ-1960", "count": 1, "cells": ["EX 1962, 2 to 740: promised, kept, additional commitment given"], "reason": "A second look."},
    ]  # fmt: skip
    assert ledger.verify(made.round.project) == []


def test_saying_the_same_again_writes_nothing_unless_the_grounds_changed(made):
    parts = {"promised": 1, "kept": 0}
    assessments.judge(asked(cell(1964)), by=made.pi, parts=parts)

    assert assessments.judge(asked(cell(1964), of=made), by=made.pi, parts=parts) == []

    searched(made, states=(2,))
    assert len(assessments.judge(asked(cell(1964), of=made), by=made.pi, parts=parts)) == 1
    assert Assessment.objects.count() == 2


def test_many_are_judged_in_one_call_and_all_or_none(made):
    years = [cell(year) for year in range(1960, 1971)]

    assert len(assessments.judge(asked(*years), by=made.pi, parts={"promised": 1})) == 11
    with pytest.raises(Invalid, match="were not members together"):
        assessments.judge(
            asked(cell(1960, "MA"), cell(1971, "MA")), by=made.pi, parts={"promised": 1}
        )

    assert verdicts(made) == {one: Verdict(1) for one in years}
    assert LedgerLine.objects.get(verb="assessment.judge").difference["count"] == 11


def test_accepting_takes_what_is_proposed_and_leaves_what_is_judged_or_unsaid(made):
    assessments.judge(asked(cell(1962)), by=made.pi, parts={"promised": 1, "kept": 1})
    several = [cell(1962), cell(1963), cell(1964), cell(1962, "MA"), cell(1962, "MA", 740, 2)]

    done = assessments.accept(asked(*several, of=made), by=made.pi)

    assert verdicts(made) == {
        cell(1962): Verdict(1, 1),
        cell(1963): Verdict(1, 0),
        cell(1964): Verdict(1),
        cell(1962, "MA"): Verdict(0, None, 1),
    }
    assert len(done) == 3


def test_a_judgement_is_taken_back_with_a_reason_and_is_not_judged_again(made):
    assessments.judge(asked(cell()), by=made.pi, parts={"promised": 0})
    with pytest.raises(Invalid, match="say why"):
        assessments.withdraw(asked(cell(), of=made), by=made.pi, reason=" ")

    (taken,) = assessments.withdraw(asked(cell(), of=made), by=made.pi, reason="Wrong treaty.")

    assert (taken.is_withdrawn, verdicts(made)) == (True, {})
    assert assessments.withdraw(asked(cell()), by=made.pi, reason="Twice.") == []
    assessments.judge(asked(cell()), by=made.pi, parts={"promised": 1})
    assert verdicts(made) == {cell(): Verdict(1)}


@pytest.mark.parametrize(
    ("wanted", "parts", "error", "words"),
    [
        ([], {"promised": 1}, Invalid, "at least one"),
        ([cell()], {}, Invalid, "Say what you judge"),
        ([cell()], {"kept": 2}, Invalid, "say first that it was promised"),
        ([cell(type_code="IC")], {"promised": 1}, Invalid, "no yearly judgements of type “IC”"),
        ([cell(1950)], {"promised": 1}, Invalid, "were not members together"),
        ([cell(recipient=2)], {"promised": 1}, Invalid, "were not members together"),
        ([Cell("ABC", 2, ALL, "EX", 1962)], {"promised": 1}, Missing, "no alliance “ABC”"),
    ],
)
def test_what_cannot_be_judged(made, wanted, parts, error, words):
    with pytest.raises(error, match=words):
        assessments.judge(asked(*wanted), by=made.pi, parts=parts)
    assert not Assessment.objects.exists()


def test_what_somebody_else_judged_meanwhile_is_refused_and_overruled_with_a_reason_only(made):
    other = samples.holder(samples.member(made.round.project, "adjudicator", label="PI2"))
    assessments.judge(asked(cell()), by=other, parts={"promised": 0})

    with pytest.raises(Stale, match="EX 1962, 2 to 740 was judged by somebody else"):
        assessments.judge(asked(cell()), by=made.pi, parts={"promised": 1})
    with pytest.raises(Invalid, match="PI2 judged EX 1962, 2 to 740 before you"):
        assessments.judge(asked(cell(), of=made), by=made.pi, parts={"promised": 1})

    assessments.judge(asked(cell(), of=made), by=made.pi, parts={"promised": 1}, reason="Art. 3")
    assert verdicts(made) == {cell(): Verdict(1)}


def test_rows_never_change_and_nonsense_is_refused_by_the_database(made):
    (row,) = assessments.judge(asked(cell()), by=made.pi, parts={"promised": 1})
    row.refresh_from_db()

    for change in (
        lambda: Assessment.objects.filter(pk=row.pk).update(promised=0),
        lambda: Assessment.objects.filter(pk=row.pk).delete(),
        lambda: _copy(row),
        lambda: _copy(row, year=1963, promised=0, kept=2),
        lambda: _copy(row, year=1963, promised=None),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def _copy(row, **fields):
    names = ("project", "alliance", "provider", "recipient", "type", "year", "promised", "kept",
             "proposed", "basis", "by", "by_label")  # fmt: skip
    Assessment.objects.create(**{name: getattr(row, name) for name in names} | fields)


# -- who may


def test_only_who_settles_conflicts_judges_and_nobody_who_still_codes_sees(made, client):
    project = made.round.project
    coder = pass_for(made.coders["C1"].user, project.slug)
    with pytest.raises(NotAllowed):
        assessments.judge(asked(cell()), by=coder, parts={"promised": 1})
    with pytest.raises(NotAllowed):
        assessment_queries.Sheet(coder)

    both = samples.member(project, "coder", "adjudicator", label="C9")
    rounds.assign(
        made.round, samples.document(project, "open", by=made.pi.user), both, by=made.pi.user
    )
    with pytest.raises(NotAllowed, match="still have documents to code"):
        assessment_queries.Sheet(samples.holder(both))
    with pytest.raises(NotAllowed, match="still have documents to code"):
        assessments.judge(asked(cell()), by=samples.holder(both), parts={"promised": 1})
    client.force_login(both.user)
    shown = client.get(reverse("assessments", args=[project.slug])).content.decode()
    assert ("Not yet" in shown, "XYZ-1960" in shown, "Treaty of patron" in shown) == (
        True, False, False,
    )  # fmt: skip


# -- queries


def test_current_judgements_are_frozen_values_in_the_order_of_their_cells(made):
    assessments.judge(asked(cell(1963), cell(1962)), by=made.pi, parts={"promised": 1, "kept": 2})
    assessments.withdraw(asked(cell(1963), of=made), by=made.pi, reason="Too early.")
    assessments.judge(
        [Asked(Cell("TRI-1958", 2, ALL, "MA", 1960))], by=made.pi, parts={"additional": 0}
    )

    found = assessment_queries.current_assessments(made.round.project)

    assert [
        (one.alliance, one.atop_id, one.provider, one.recipient, one.type, one.year,
         one.promised, one.kept, one.additional, one.by) for one in found
    ] == [
        ("TRI-1958", 3100, 2, None, "MA", 1960, None, None, 0, "PI"),
        ("XYZ-1960", None, 2, 740, "EX", 1962, 1, 2, None, "PI"),
    ]  # fmt: skip
    by_title = {
        report.resolved_event.values["title"]: str(incident)
        for incident in Incident.objects.all()
        for report in incident.reports.select_related("resolved_event")
    }
    assert (found[1].clauses, found[1].incidents) == (
        (by_title["Treaty of mutual help"],),
        (by_title["EX of 1962-05-03"],),
    )


def test_a_judgement_whose_grounds_changed_is_marked(made):
    assessments.judge(asked(cell()), by=made.pi, parts={"promised": 1, "kept": 2})

    def marked() -> list[int]:
        sheet = assessment_queries.Sheet(made.pi)
        rows = sheet.direction_rows(sheet.found.grounds["XYZ-1960"], "x")
        return [one.year for row in rows[0].rows for one in row.cells if one.has_changed]

    assert marked() == []
    incidents.link(
        made.round.project, list(Incident.objects.order_by("n")), by=made.pi.user, reason="One."
    )
    assert marked() == [1962]


def test_the_page_asks_as_many_questions_for_one_judgement_as_for_thirty(
    made, client, django_assert_num_queries
):
    client.force_login(made.pi.user)
    address = reverse("assessments", args=[made.round.project.slug])
    shown = made.round.project.alliances.get(reference="XYZ-1960").public_id
    for years in (range(1960, 1961), range(1961, 1971)):
        assessments.judge(asked(*map(cell, years)), by=made.pi, parts={"promised": 1})
        with django_assert_num_queries(18):
            assert client.get(address, {"open": shown}).status_code == 200


def test_cells_are_judged_by_json_and_by_form_and_refusals_are_said(made, client):
    client.force_login(made.pi.user)
    slug = made.round.project.slug
    shown = made.round.project.alliances.get(reference="XYZ-1960").public_id
    address, key = reverse("judge_assessments", args=[slug]), f"{shown}.2.740.EX.1962"

    def post(sent, accept="application/json"):
        cells = json.dumps([[key, sent.pop("seen", "")]])
        return client.post(
            address, {"act": "judge", "cells": cells, **sent}, headers={"accept": accept}
        )

    done = post({"promised": "1", "kept": "2"})
    row = Assessment.objects.get()
    assert (done.status_code, done.json()) == (
        200,
        {
            "said": "1 cell judged.",
            "cells": [
                {
                    "key": key, "letter": "K", "state": "kept", "kind": "judged", "changed": False,
                    "words": "EX 1962, United States of America → Japan: promised, kept (PI)",
                    "seen": row.public_id,
                }
            ],
        },
    )  # fmt: skip
    stale = post({"promised": "0"})
    assert (stale.status_code, "by somebody else meanwhile" in stale.json()["said"]) == (422, True)
    assert post({"promised": "7"}).status_code == 422
    assert client.post(address, {"act": "judge", "cells": "no"}).status_code == 422
    by_form = post({"seen": row.public_id, "additional": "1"}, "text/html")
    assert by_form.headers["Location"] == reverse("assessment", args=[slug, key])
    page = client.get(by_form.headers["Location"]).content.decode()
    for words in (
        "Treaty of mutual help",
        "Article 3",
        "EX of 1962-05-03",
        "additional commitment given",
    ):
        assert words in page
    assert client.get(reverse("assessment", args=[slug, "x.y"])).status_code == 404


def test_pages_without_anything_to_judge_say_what_to_do(client):
    empty = samples.table({"d1": {"C1": [samples.event()]}})
    client.force_login(empty.pi.user)
    address = reverse("assessments", args=[empty.round.project.slug])
    assert "This codebook judges nothing year by year" in client.get(address).content.decode()

    made = study(only=treaty())
    client.force_login(made.pi.user)
    address = reverse("assessments", args=[made.round.project.slug])
    assert "No alliance fits" in client.get(address, {"words": "zzz"}).content.decode()
    assert client.get(address, {"since": "1970", "until": "1960"}).status_code == 422


def test_an_incident_is_proposed_by_the_report_that_a_person_prefers():
    made = study(
        treaty=treaty(),
        early=act(start="1962-05-03", commitment_basis=1, fulfilment=2),
        later=act(start="1962-05-03", commitment_basis=1, fulfilment=0),
    )
    ours = Incident.objects.exclude(reports__resolved_event__type="TO").order_by("n")
    kept = incidents.link(made.round.project, list(ours), by=made.pi.user)
    assert proposal(made, cell()).verdict == Verdict(1, 2)

    later = kept.reports.get(resolved_event__group__document__external_id="later")
    preferences.prefer(kept, "fulfilment", later, by=made.pi, reason="The ships never left.")
    assert proposal(made, cell()).verdict == Verdict(1, 0)
    preferences.prefer(kept, "fulfilment", None, by=made.pi, reason="They left a week later.")
    assert proposal(made, cell()).verdict == Verdict(1, 2)
    preferences.prefer(kept, "*", later, by=made.pi, reason="An account of the navy's own.")
    assert proposal(made, cell()).verdict == Verdict(1, 0)
