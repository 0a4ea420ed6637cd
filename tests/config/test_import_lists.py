"""import_alliances and import_states: what they take, what they tell, how they end."""

import pytest

from projects.models import Project
from sources import state_lists
from tests import factories
from tests.config.test_street import as_json, run

pytestmark = pytest.mark.django_db
HEADER = "reference,name,start,member,role\n"


@pytest.fixture
def project() -> Project:
    return factories.project()


def test_good_lines_are_imported_and_bad_ones_end_the_command_with_1(project, tmp_path):
    path = tmp_path / "pacts.csv"
    path.write_text(HEADER + "A,Pact,1950,USA,peer\nA,,,Nowhere,peer\nA,,,GDR,peer\n")

    told, code = as_json("import_alliances", project.slug, path)

    assert code == 1
    problems, notices = told.pop("problems"), told.pop("notices")
    assert told == {
        "ok": False, "project": "alliances", "list": 1, "version": "1", "lines": 3, "taken": 2, "refused": [
            "line 3: “Nowhere” is not a state in the list. Use a COW code, abbreviation or name."
        ], "alliances": 1, "added": 1, "changed": 0, "same": 0, "dropped": 0,
    }  # fmt: skip
    assert ([one["line"] for one in problems], [one["line"] for one in notices]) == ([3], [4])
    path.write_text(HEADER + "A,Pact,1950,USA,peer\n")
    done = run("import_alliances", project.slug, path, "--whole", "--version-name", "2")
    assert (done.code, done.refused) == (0, [])
    assert done.lines == [
        "1 of 1 lines taken into list 2 (2): 1 alliances, 0 new, 1 changed, 0 as before, 0 left the list."
    ]


def test_what_cannot_be_imported_is_said_in_plain_words(project, tmp_path):
    path = tmp_path / "pacts.csv"
    path.write_text("name\nA\n")

    assert run("import_alliances", project.slug, path).refused == [
        "pacts.csv: The columns are missing: reference, member. The file has: name. Nothing was changed."
    ]
    assert run("import_alliances", project.slug, "nowhere.csv").refused == [
        "There is no file nowhere.csv."
    ]
    assert run("import_states", project.slug, "nowhere.csv").refused == [
        "There is no file nowhere.csv."
    ]
    assert run("import_states", project.slug, path, "--ends", "soon").refused == [
        "“soon” is no day; write it as 2016-12-31."
    ]


def test_a_newer_list_of_states_is_in_force_at_once(project, tmp_path):
    path = tmp_path / "states.csv"
    path.write_text(factories.STATES)

    told, code = as_json("import_states", project.slug, path, "--version-name", "ours")

    assert (told, code) == (
        {
            "ok": True, "project": "alliances", "list": 1, "kind": "cow", "version": "ours", "rows": 3,
            "system": "ours", "states": 3, "ends": "2020-12-31", "refused": [],
        },
        0,
    )  # fmt: skip
    assert state_lists.states_for(project).version == "ours"
