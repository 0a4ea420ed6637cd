"""Pages and API of alliances and states."""

from io import BytesIO

import pytest
from django.urls import reverse

from sources import alliance_files
from sources.models import Alliance, AllianceList, StateList
from tests import factories

pytestmark = pytest.mark.django_db
SLUG = "alliances"
HEADER = "reference,name,start,member,role\n"


@pytest.fixture
def project():
    return factories.project()


@pytest.fixture
def manager(client, project):
    client.force_login(factories.user("founder"))
    return client


def file(content: str, name="list.csv") -> BytesIO:
    made = BytesIO(content.encode())
    made.name = name
    return made


def test_an_empty_list_says_what_to_do_to_those_who_can(manager, client, project):
    assert "Load a list" in manager.get(reverse("alliances", args=[SLUG])).content.decode()

    client.force_login(factories.member(project, "coder").user)
    shown = client.get(reverse("alliances", args=[SLUG])).content.decode()
    assert "A manager of the project loads the list." in shown and "Load a list" not in shown


def test_the_list_filters_by_words_state_and_day(manager, project):
    factories.alliances(project)

    def found(**chosen):
        page = manager.get(reverse("alliances", args=[SLUG]), chosen).context["page"]
        return [one.reference for one in page]

    assert found() == ["ANZ-1951", "XYZ-1960"]
    assert found(words="patron") == ["XYZ-1960"]
    assert found(member="Japan") == found(member="740") == ["XYZ-1960"]
    assert found(on="1951-01-01") == []
    assert found(member="Japan", on="1971-01-01") == []
    assert found(member="USA", on="1971-01-01") == ["XYZ-1960"]
    assert found(member="Atlantis") == []
    answer = manager.get(reverse("alliances", args=[SLUG]), {"member": "Atlantis"})
    assert "“Atlantis” is not a state in the list" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_as_often_for_one_as_for_three(
    manager, project, count, django_assert_num_queries
):
    factories.alliances(
        project, HEADER + "".join(f"A{n},Pact {n},1950,USA,peer\n" for n in range(count))
    )

    with django_assert_num_queries(7):
        manager.get(reverse("alliances", args=[SLUG]))


def test_loading_shows_what_came_of_it_line_by_line(manager, project):
    content = HEADER + "A,Pact,1950,USA,peer\nA,,,Nowhere,peer\nA,,,GDR,peer\n"

    answer = manager.post(
        reverse("load_alliances", args=[SLUG]), {"file": file(content), "version": "first"}
    )

    made = AllianceList.objects.get()
    assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
    shown = manager.get(answer.url).content.decode()
    assert "List 1, first" in shown and "“Nowhere” is not a state" in shown
    assert "was no member of the state system on 1950-01-01" in shown
    kept = manager.get(reverse("alliance_list_file", args=[SLUG, 1]))
    assert b"".join(kept).decode() == content


def test_what_cannot_be_loaded_is_said_beside_the_form(manager, project):
    answer = manager.post(
        reverse("load_alliances", args=[SLUG]), {"file": file(HEADER + "A,Pact,soon,USA,peer\n")}
    )

    assert answer.status_code == 422
    assert "“soon” is no date" in answer.content.decode()
    assert manager.post(reverse("load_alliances", args=[SLUG]), {}).status_code == 422
    empty = manager.post(reverse("load_alliances", args=[SLUG]), {"file": file("")})
    assert (empty.status_code, "The file is empty." in empty.content.decode()) == (422, True)
    assert Alliance.objects.count() == 0


def test_the_template_is_the_sample_as_a_file(manager, project):
    answer = manager.get(reverse("alliance_template", args=[SLUG]))

    assert answer.content.decode() == alliance_files.SAMPLE
    assert answer.headers["Content-Disposition"] == 'attachment; filename="alliances.csv"'


def test_an_alliance_shows_its_members_as_table_and_drawing(manager, project):
    factories.alliances(project)
    shown = Alliance.objects.get(reference="XYZ-1960")

    answer = manager.get(shown.get_absolute_url())

    page = answer.content.decode()
    assert [name for name, _ in answer.context["members"]] == ["United States of America", "Japan"]
    assert "spells__bar--patron" in page and "spells__bar--protege" in page and "1970-12-31" in page


def test_a_dropped_alliance_can_still_be_looked_up(manager, project):
    factories.alliances(project)
    factories.alliances(project, HEADER + "B,B,1950,USA,peer\n", is_whole=True)

    page = manager.get(Alliance.objects.get(reference="XYZ-1960").get_absolute_url())

    assert "does not name this alliance any more" in page.content.decode()


def test_states_of_another_list_than_the_alliances_are_shown_by_number(manager, project):
    factories.alliances(project)
    factories.states(project)

    page = manager.get(Alliance.objects.get(reference="XYZ-1960").get_absolute_url())

    assert "740 (not in the list of states)" in page.content.decode()
    assert manager.get(reverse("alliances", args=[SLUG])).status_code == 200


def test_a_list_of_states_is_loaded_and_given_back(manager, project):
    given = {"kind": "cow", "file": file(factories.STATES), "version": "our 2020"}

    answer = manager.post(reverse("load_states", args=[SLUG]), given)

    assert (answer.status_code, answer.url) == (302, reverse("states", args=[SLUG]))
    shown = manager.get(answer.url).content.decode()
    assert "our 2020" in shown and "2020-12-31" in shown
    back = manager.get(reverse("state_list", args=[SLUG, 1])).content.decode()
    assert back.splitlines()[:2] == [
        "ccode,abbreviation,name,start,end,version",
        "2,USA,United States of America,1816-01-01,,our 2020",
    ]


def test_lines_of_a_list_of_states_that_cannot_be_taken_are_all_told(manager, project):
    content = factories.STATES + "x,X,X,1900,1901,\ny,Y,Y,1900,1901,\n"

    answer = manager.post(
        reverse("load_states", args=[SLUG]), {"kind": "cow", "file": file(content)}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“x” is no COW country code" in page and "“y” is no COW country code" in page
    assert StateList.objects.count() == 0


def test_the_api_gives_alliances_to_members_of_the_project_only(manager, client, project):
    factories.alliances(project)
    address = reverse("api_alliances", args=[SLUG])

    answer = manager.get(address, {"words": "xyz"}).json()

    one = answer["results"][0]
    assert (answer["count"], one.pop("id")) == (
        1,
        Alliance.objects.get(reference="XYZ-1960").public_id,
    )
    assert one == {
        "reference": "XYZ-1960", "name": "Example treaty of patron and protege", "atop_id": None,
        "kind": "defence; consultation", "start": "1960-01-19", "end": "1975-06-30", "source": "", "is_current": True,
        "members": [
            {"ccode": 2, "from": "1960-01-19", "to": "1975-06-30", "role": "patron"},
            {"ccode": 740, "from": "1960-02-01", "to": "1970-12-31", "role": "protege"},
        ],
    }  # fmt: skip
    assert (
        manager.get(
            reverse(
                "api_alliance",
                args=[
                    SLUG,
                    answer["results"][0].get("id")
                    or Alliance.objects.get(reference="XYZ-1960").public_id,
                ],
            )
        ).json()["reference"]
        == "XYZ-1960"
    )
    assert manager.get(address, {"when": "now"}).status_code == 422
    assert manager.get(address, {"on": "soon"}).status_code == 422
    client.force_login(factories.user("outsider"))
    assert client.get(address).status_code == 404


def test_the_api_gives_the_projects_own_states(manager, project):
    address = reverse("api_project_states", args=[SLUG])

    assert len(manager.get(address).json()["states"]) == 217
    factories.states(project)
    mine = manager.get(address).json()
    assert (mine["version"], [one["ccode"] for one in mine["states"]]) == ("2020", [2, 732, 1001])
    assert len(manager.get(reverse("api_states")).json()["states"]) == 217
