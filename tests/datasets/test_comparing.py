"""Two versions held against one another: rows and cells that differ, each led back to a decision, a coding or a document."""

import json

import pytest
from django.core.management import call_command

from datasets import comparisons
from datasets.comparing import Cell, changelog
from reconciliation import adjudication
from tests.datasets import scenes

pytestmark = pytest.mark.django_db


def changes(old, new):
    return {one.file: one for one in comparisons.compare(old, new) if not one.is_same}


def test_the_same_records_under_another_number_hold_the_same_data() -> None:
    made = scenes.settled()

    assert changes(scenes.published(made), scenes.published(made, "0.1.1")) == {}


def test_a_changed_cell_leads_to_its_decision() -> None:
    made = scenes.settled()
    first = scenes.published(made)
    adjudication.decide(made.position("troops"), by=made.pi, value=501, reason="The annex.")
    found = changes(first, scenes.published(made, "0.1.1"))

    incidents = found["codes/incidents.csv"]
    assert (incidents.added, incidents.removed, incidents.changed) == (0, 0, 1)
    (row,) = incidents.rows
    assert row.cells == (Cell("troops", "500", "501"),)
    (why,) = row.causes
    assert why.startswith("decision d") and "on troops of r1.g1 in d1 by PI: The annex." in why
    assert found["decisions.csv"].added == 1
    assert "directed_dyad_year.csv" not in found


def test_a_new_row_leads_to_its_document_or_to_the_decision_that_settled_it() -> None:
    made = scenes.settled()
    first = scenes.published(made)
    open_group = next(
        g for g in made.groups() if not hasattr(g, "resolved") or g.resolved.reopened_at
    )
    document = open_group.document.external_id
    adjudication.take_event(open_group, "C2", by=made.pi, reason="The second text.")
    found = changes(first, scenes.published(made, "0.2.0"))

    added = found["codes/incidents.csv"]
    assert (added.added, added.changed) == (1, 0)
    assert any("The second text." in why or document in why for why in added.rows[0].causes)
    assert found["directed_dyad_year.csv"].rows[0].causes[0].startswith("I0000")


def test_a_draft_of_the_changelog_names_what_changed() -> None:
    made = scenes.settled()
    first = scenes.published(made)
    adjudication.decide(made.position("troops"), by=made.pi, value=501, reason="The annex.")
    second = scenes.built(made, "0.1.1")

    told = comparisons.drafted_changelog(second)
    assert told.startswith("Since version 0.1.0:\n\n")
    assert "- `codes/incidents.csv`: 1 changed.\n  - I00001 changed: decision" in told
    assert comparisons.drafted_changelog(first) == ""
    assert changelog((), "0.1.0") == "Since version 0.1.0:\n\n- No data changed.\n"


def test_the_command_tells_rows_cells_and_causes(capsys) -> None:
    made = scenes.settled()
    scenes.published(made)
    adjudication.decide(made.position("troops"), by=made.pi, value=501, reason="The annex.")
    scenes.published(made, "0.1.1")
    who = made.pi.user.username

    call_command("compare", made.round.project.slug, "0.1.0", "0.1.1", by=who)
    told = capsys.readouterr().out
    assert "codes/incidents.csv: 0 added, 0 removed, 1 changed" in told
    assert "    troops: 500 -> 501" in told
    call_command("compare", made.round.project.slug, "0.1.0", "0.1.1", by=who, json=True)
    data = json.loads(capsys.readouterr().out)
    assert data["files"]["codes/incidents.csv"]["rows"][0]["cells"] == {"troops": ["500", "501"]}
