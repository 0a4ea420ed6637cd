"""A project's own lists of states: read whole or not at all, in force for that project only, with their version."""

from datetime import date

import pytest

from projects.models import LedgerLine
from projects.refusals import Invalid
from sources import state_files, state_lists, states
from sources.models import StateList
from sources.state_files import ListInvalid
from tests import factories
from tests.sources.samples import SHARED

STANDARD = state_lists.STANDARD


@pytest.mark.parametrize("kind", ["gw", "iso3", "names"])
def test_the_files_that_ship_can_be_loaded(kind):
    data = (STANDARD / f"states_{kind}.csv").read_bytes()

    read = state_files.read(data, kind)

    assert tuple(state_files.named(kind, read.rows)) == states.StateSystem.read_named(
        STANDARD, kind
    )


def test_the_list_of_members_that_ships_can_be_loaded_with_its_last_day():
    data = (STANDARD / "states.csv").read_bytes()

    read = state_files.read(data, "cow", ends=date(2016, 12, 31))

    assert (
        tuple(sorted(state_files.states(read.rows), key=lambda one: one.ccode))
        == states.standard().states
    )
    assert (read.version, read.ends) == ("2016", date(2016, 12, 31))


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="the shared state lists are not here")
def test_the_cow_projects_own_file_is_taken_as_it_is():
    read = state_files.read((SHARED / "data" / "cow_states2016.csv").read_bytes(), "cow")

    assert (
        tuple(sorted(state_files.states(read.rows), key=lambda one: one.ccode))
        == states.standard().states
    )
    assert (read.version, read.ends) == ("2016", date(2016, 12, 31))


COW = "ccode,abbreviation,name,start,end\n2,USA,United States,1816-01-01,2020-12-31\n"


@pytest.mark.parametrize(
    ("kind", "content", "told"),
    [
        ("cow", COW + "x,YYY,Why,1900,1901\n", [(3, "“x” is no COW country code: a whole number above zero.")]),
        ("cow", COW + "3,YYY,,1900,1901\n4,ZZZ,Zed,1900,1800\n",
         [(3, "the name is empty."), (4, "the spell ends on 1800-12-31, before it starts on 1900-01-01.")]),
        ("cow", COW + "3,YYY,Why,,1901\n", [(3, "the start is empty.")]),
        ("cow", COW + "2,USA,United States,1900-01-01,1901-01-01\n", [(3, "the days of 2 overlap those of line 2.")]),
        ("cow", COW + "3,usa,Why,1900,1901\n", [(3, "“usa” stands for 2 in line 2 already.")]),
        ("cow", COW + "2,USA,America,1800,1801\n", [(3, "2 has another name or abbreviation than in line 2.")]),
        ("gw", "ccode,gwcode,start,end\n2,2,,\n2,3,1900,\n", [(3, "the days of 2 overlap those of line 2.")]),
        ("names", "ccode,name,start,end\n2,America,,\n2,America,,\n", [(3, "the days of 2 overlap those of line 2.")]),
    ],
)  # fmt: skip
def test_every_wrong_line_is_told(kind, content, told):
    with pytest.raises(ListInvalid) as refusal:
        state_files.read(content.encode(), kind)

    assert [(one.line, one.message) for one in refusal.value.problems] == told


@pytest.mark.django_db
class TestLoading:
    @pytest.fixture
    def project(self):
        return factories.project()

    def test_without_a_list_of_its_own_a_project_goes_by_the_one_that_ships(self, project):
        assert state_lists.states_for(project) is states.standard()
        assert state_lists.fingerprint(project) == ""

    def test_a_newer_list_is_in_force_for_its_project_only(self, project):
        made = factories.states(project)

        system = state_lists.states_for(project)
        assert [one.ccode for one in system.states] == [2, 732, 1001]
        assert (system.version, system.ends) == ("2020", date(2020, 12, 31))
        assert system.find("Newland").ccode == system.find("NEU").ccode == 1001
        assert system.find("South Korea").ccode == 732  # spellings that ship go on
        assert (system.gwcode(732, date(2000, 1, 1)), system.iso3(2, date(2000, 1, 1))) == (
            732,
            "USA",
        )
        assert not system.is_member(1001, date(2018, 4, 30)) and system.is_member(
            1001, date(2021, 1, 1)
        )
        assert not system.is_member(1001, date(2021, 1, 1), extended=False)
        assert system.is_member(1001, date(2020, 12, 31), extended=False)
        with pytest.raises(states.UnknownState):
            system.find("France")
        assert state_lists.states_for(factories.project("other")) is states.standard()
        assert "version 2020, ends on 2020-12-31" in system.extension
        assert made.ends == date(2020, 12, 31)

    def test_the_ledger_tells_which_states_came_and_went(self, project):
        made = factories.states(project)

        line = LedgerLine.objects.get(project_id=project.pk, verb="states.load")
        assert (line.difference["new"], len(line.difference["gone"])) == ([1001], 100)
        assert (line.difference["kind"], line.difference["version"]) == ("cow", made.version)

    def test_each_kind_has_its_own_newest_list(self, project):
        factories.states(project)
        factories.states(project, "ccode,gwcode,start,end\n732,733,,\n", "gw", version="mine")
        factories.states(project, "ccode,name,start,end\n732,Hanguk,,\n", "names")

        system = state_lists.states_for(project)

        assert system.version == "2020; gw mine; names own 3"
        assert (system.gwcode(732, date(2000, 1, 1)), system.gwcode(2, date(2000, 1, 1))) == (
            733,
            None,
        )
        assert system.find("Hanguk").ccode == 732
        factories.states(project, "ccode,gwcode,start,end\n732,734,,\n", "gw")
        assert state_lists.states_for(project).gwcode(732, date(2000, 1, 1)) == 734
        assert StateList.objects.filter(project=project).count() == 4

    def test_the_system_is_looked_up_by_one_query_and_found_without(
        self, project, django_assert_num_queries
    ):
        factories.states(project)
        state_lists.states_for(project)

        with django_assert_num_queries(1):
            assert len(state_lists.states_for(project).states) == 3
        with django_assert_num_queries(0):
            lazy = state_lists.ProjectStates(project.pk)
        with django_assert_num_queries(1):
            assert [lazy.find("USA").ccode, lazy.find(732).ccode] == [2, 732]

    @pytest.mark.parametrize(
        ("kind", "content", "message"),
        [
            ("moon", COW, "A list of states is one of cow, gw, iso3, names; not “moon”."),
            ("cow", "", "states.csv: The file is empty. Nothing was changed."),
            ("cow", "ccode,name\n", "states.csv: The columns are missing: abbreviation, start, end. The file has: "
             "ccode, name. Nothing was changed."),
            ("cow", "ccode,abbreviation,name,start,end\n2,USA,U,1816,\n",
             "states.csv: Some states have no last day, so the file does not say how far the list itself goes. "
             "Give the last day it speaks of. Nothing was changed."),
            ("cow", COW + "x,Y,Z,1900,1901\n",
             "states.csv has 1 line that cannot be taken; a list of states is taken whole, so nothing was changed. "
             "First: line 3: “x” is no COW country code: a whole number above zero."),
            ("gw", "ccode,gwcode\n9999,1\n",
             "states.csv speaks of codes that the project's list of members does not have: 9999. "
             "Load the list of members first."),
        ],
    )  # fmt: skip
    def test_what_cannot_be_taken_whole_changes_nothing(self, project, kind, content, message):
        with pytest.raises(Invalid) as refusal:
            factories.states(project, content, kind)

        assert refusal.value.message == message
        assert StateList.objects.count() == 0

    def test_an_end_before_days_of_the_list_is_refused(self, project):
        with pytest.raises(Invalid, match="names days after 2010-01-01"):
            factories.states(project, ends=date(2010, 1, 1))
