"""A release goes by the project's own lists: ATOP numbers from its alliances, states from its state system."""

import json
from datetime import date

import pytest

from coding import events
from datasets import contents, releases
from datasets.records import AllianceRecord, MemberSpell
from projects import files, jobs
from projects.refusals import Invalid, WrongState
from sources import state_lists
from tests import factories

pytestmark = pytest.mark.django_db
HEADER = "reference,name,atop_id,start,member,role\n"


def test_alliances_go_along_by_reference_and_by_atop_number():
    project = factories.project()
    factories.codebook(project)
    factories.alliances(
        project,
        HEADER
        + "GUARD,Guard,3150,1950,USA,\nGUARD-2,Second Guard,3150,1960,USA,\n3200,Pact,3200,1950,USA,\n"
        "OWN,Own treaty,,1950,USA,\n",
    )

    def since(year):
        return (MemberSpell(2, date(year, 1, 1)),)

    assert contents.records_of(project).alliances == [
        AllianceRecord("3200", "Pact", 3200, since(1950)),
        AllianceRecord("GUARD", "Guard", 3150, since(1950)),
        AllianceRecord("GUARD-2", "Second Guard", 3150, since(1960)),
        AllianceRecord("OWN", "Own treaty", None, since(1950)),
        AllianceRecord("3150", "Guard", 3150),
    ]


def test_the_manifest_names_the_list_of_states_and_publishing_notices_a_newer_one():
    project = factories.project()
    factories.codebook(project)
    by = project.memberships.get().user
    factories.states(project, version="ours")

    made = factories.release(project, state="built")

    told = json.loads(files.read(made.manifest_sha256))
    assert "ours" in json.dumps(told)
    assert "ends on 2020-12-31" in json.dumps(told)
    factories.states(project, factories.STATES.replace("Newland", "Newerland"))
    with pytest.raises(WrongState, match="changed since this release was built"):
        releases.publish(made, by=by)
    jobs.see_through(releases.build(made, by=by))
    made.refresh_from_db()
    assert releases.publish(made, by=by).state == "published"


def test_coding_finds_the_states_of_the_projects_own_list():
    scene = factories.scene(submitted=False)
    own = factories.assignment(scene.round, scene.coder)
    with pytest.raises(Invalid, match="“Newland” is not a state"):
        factories.coded(own, factories.event(provider=["Newland"]), submit=False)
    factories.states(scene.project)
    own.refresh_from_db()

    factories.coded(own, factories.event(provider=["Newland", 732]))

    coded = next(iter(events.load(own).events.values()))
    assert coded.values["provider"] == [732, 1001]
    assert state_lists.states_for(scene.project).by_ccode(1001).name == "Newland"
