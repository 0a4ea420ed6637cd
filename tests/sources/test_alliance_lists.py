"""Loading lists of alliances: what stands afterwards, what is kept of before, what the database refuses."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from projects import files
from projects.models import LedgerLine
from projects.refusals import Invalid
from sources import alliance_lists, queries, state_lists
from sources.models import Alliance, AllianceList, AllianceMember
from tests import factories

HEADER = "reference,name,atop_id,kind,start,end,member,from,to,role\n"


@pytest.fixture
def project(db):
    return factories.project()


def standing(project) -> dict[str, list[tuple]]:
    return {
        one.reference: [
            (m.ccode, m.start.year, m.end and m.end.year, m.role) for m in one.members.all()
        ]
        for one in alliance_lists.current(project).order_by("reference")
    }


def test_a_list_becomes_rows_and_a_line_in_the_ledger(project):
    made = factories.alliances(project)

    assert standing(project) == {
        "ANZ-1951": [(900, 1952, None, "peer"), (920, 1952, None, "peer")],
        "XYZ-1960": [(2, 1960, 1975, "patron"), (740, 1960, 1970, "protege")],
    }
    assert made.counts == {
        "lines": 4, "taken": 4, "refused": 0, "alliances": 2, "added": 2, "changed": 0, "same": 0, "dropped": 0,
    }  # fmt: skip
    assert (made.n, made.version, made.problems, made.notices) == (1, "1", [], [])
    line = LedgerLine.objects.get(project_id=project.pk, verb="alliances.load")
    assert line.difference == {
        "n": 1, "version": "1", "sha256": made.sha256, "counts": made.counts, "added": ["ANZ-1951", "XYZ-1960"],
    }  # fmt: skip
    assert len(files.read(made.sha256)) > 100


def test_good_lines_go_in_and_the_rest_stands_on_the_list(project):
    made = factories.alliances(project, HEADER + "A,A,,,1950,,USA,,,peer\nA,,,,,,Nowhere,,,peer\n")

    assert standing(project) == {"A": [(2, 1950, None, "peer")]}
    assert [one["line"] for one in made.problems] == [3]
    assert (made.counts["taken"], made.counts["refused"]) == (1, 1)


def test_a_newer_list_changes_what_it_names_and_leaves_the_rest(project):
    factories.alliances(project)
    row = Alliance.objects.get(reference="XYZ-1960")

    made = factories.alliances(project, HEADER + "XYZ-1960,Renamed,3200,,1960,,USA,,,patron\n")

    assert standing(project) == {
        "ANZ-1951": [(900, 1952, None, "peer"), (920, 1952, None, "peer")],
        "XYZ-1960": [(2, 1960, None, "patron")],
    }
    row.refresh_from_db()
    assert (row.name, row.atop_id, row.loaded_from) == ("Renamed", 3200, made)
    assert (made.n, made.counts["changed"], made.counts["dropped"]) == (2, 1, 0)


def test_the_same_list_again_changes_nothing(project):
    factories.alliances(project)

    made = factories.alliances(project)

    assert {name: made.counts[name] for name in ("added", "changed", "same")} == {
        "added": 0, "changed": 0, "same": 2,
    }  # fmt: skip


def test_a_whole_list_drops_what_it_does_not_name_and_a_later_one_brings_it_back(project):
    first = factories.alliances(project)
    row = Alliance.objects.get(reference="ANZ-1951")

    second = factories.alliances(project, HEADER + "B,B,,,1950,,USA,,,peer\n", is_whole=True)

    assert list(standing(project)) == ["B"]
    assert second.counts["dropped"] == 2
    row.refresh_from_db()
    assert (row.dropped_by, row.loaded_from) == (second, first)
    assert alliance_lists.alliance_for(project, row.public_id) == row
    factories.alliances(project)
    assert list(standing(project)) == ["ANZ-1951", "B", "XYZ-1960"]
    assert Alliance.objects.get(reference="ANZ-1951").pk == row.pk


def test_a_slip_in_a_newer_list_loses_nobody(project):
    """Members that no good line names stay where a line of their alliance could not be taken."""
    factories.alliances(project)

    made = factories.alliances(
        project,
        HEADER
        + "XYZ-1960,Example,,,1960-01-19,1975-06,USA,1961,,patron\nXYZ-1960,,,,,,Jpaan,,,protege\n"
        "ANZ-1951,,,,soon,,AUL,,,peer\n",
        is_whole=True,
    )

    assert standing(project) == {
        "ANZ-1951": [(900, 1952, None, "peer"), (920, 1952, None, "peer")],
        "XYZ-1960": [(2, 1961, 1975, "patron"), (740, 1960, 1970, "protege")],
    }
    assert (made.counts["refused"], made.counts["dropped"]) == (2, 0)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "alliances.csv: The file is empty. Nothing was changed."),
        (HEADER, "No line of alliances.csv can be taken; it has no lines below its header. Nothing was changed."),
        (HEADER + "A,A,,,x,,USA,,,\n",
         "No line of alliances.csv can be taken: line 2: “x” is no date; write 1951-09-08, 1951-09 or 1951. "
         "Nothing was changed."),
    ],
)  # fmt: skip
def test_a_list_without_a_good_line_changes_nothing(project, content, message):
    with pytest.raises(Invalid) as refusal:
        factories.alliances(project, content, is_whole=True)

    assert refusal.value.message == message
    assert (AllianceList.objects.count(), Alliance.objects.count()) == (0, 0)


def test_projects_do_not_see_each_others_alliances(project):
    factories.alliances(project)
    other = factories.project("other")

    factories.alliances(other, HEADER + "XYZ-1960,Other,,,1950,,FRN,,,\n")

    assert standing(other) == {"XYZ-1960": [(220, 1950, None, "")]}
    assert len(standing(project)["XYZ-1960"]) == 2


def test_a_long_list_is_loaded_by_few_queries(project, django_assert_max_num_queries):
    lines = "".join(
        f"A{n},Pact {n},,,1950,,{c},,,peer\n" for n in range(100) for c in ("USA", "CAN")
    )

    with django_assert_max_num_queries(25):
        factories.alliances(project, HEADER + lines)


@pytest.mark.parametrize(
    "change",
    [
        {"start": date(1980, 1, 1), "end": date(1970, 1, 1)},
        {"role": "friend"},
        {"ccode": 0},
        {"ccode": 2, "start": date(1965, 1, 1), "end": date(1966, 1, 1)},
        {"ccode": 2, "start": date(1940, 1, 1), "end": None},
    ],
)
def test_the_database_refuses_impossible_members(project, change):
    factories.alliances(project)
    alliance = Alliance.objects.get(reference="XYZ-1960")
    fields = {"ccode": 20, "start": date(1960, 1, 1), "end": None, "role": "peer"} | change

    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        AllianceMember.objects.create(alliance=alliance, **fields)


def test_the_database_refuses_to_move_a_spell_into_another(project):
    factories.alliances(project, HEADER + "A,A,,,1950,,FRN,,1960,\nA,,,,,,FRN,1970,,\n")
    later = AllianceMember.objects.get(start__year=1970)

    AllianceMember.objects.filter(pk=later.pk).update(start=date(1971, 1, 1))
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        AllianceMember.objects.filter(pk=later.pk).update(start=date(1960, 1, 1))


def test_lists_never_change(project):
    made = factories.alliances(project)

    for statement in (
        "UPDATE sources_alliancelist SET version = 'x'",
        "DELETE FROM sources_alliancelist",
    ):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            connection.cursor().execute(statement)
    made.refresh_from_db()
    assert made.version == "1"


@pytest.mark.postgres
def test_postgresql_takes_and_refuses_the_same(on_postgres):
    project = factories.project()
    factories.alliances(project)
    factories.alliances(
        project, HEADER + "A,A,3150,,1950,,FRN,,1960,\nA,,,,,,FRN,1970,,\n", is_whole=True
    )
    factories.states(project)

    assert standing(project) == {"A": [(220, 1950, 1960, ""), (220, 1970, None, "")]}
    assert len(state_lists.states_for(project).states) == 3
    assert [one.reference for one in queries.alliances(project, words="315")] == ["A"]
    alliance = Alliance.objects.get(reference="A")
    with pytest.raises(DatabaseError), transaction.atomic():
        AllianceMember.objects.create(alliance=alliance, ccode=220, start=date(1955, 1, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        AllianceMember.objects.filter(start__year=1970).update(start=date(1960, 1, 1))
