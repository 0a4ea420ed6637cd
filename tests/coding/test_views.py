"""Pages about codebooks, rounds and one's own work; what a coder may not learn from them."""

import re
from io import BytesIO

import pytest
from django.urls import reverse

from coding import rounds
from coding.models import Assignment, Codebook, Round
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return factories.project()


@pytest.fixture
def manager(client, project):
    client.force_login(factories.user("founder"))
    return client


def sign_in(client, membership):
    client.force_login(membership.user)
    return client


# --- codebooks


def test_a_codebook_that_ships_becomes_a_draft_and_is_published(manager, project):
    loaded = manager.post(
        reverse("load_codebook", args=["alliances"]), {"standard": "peacetime-alliance-commitments"}
    )
    published = manager.post(reverse("publish_codebook", args=["alliances", 1]))

    codebook = Codebook.objects.get()
    assert loaded.url == published.url == codebook.get_absolute_url()
    assert codebook.is_published


def test_mistakes_of_a_codebook_are_told_with_their_lines(manager, project):
    broken = factories.BOOK.replace("type: boolean", "type: booleen")
    line = (
        broken.split("\n").index(next(line for line in broken.split("\n") if "booleen" in line)) + 1
    )

    response = manager.post(reverse("load_codebook", args=["alliances"]), {"text": broken})

    assert response.status_code == 422
    assert f"<strong>Line {line}</strong>" in response.content.decode()
    assert not Codebook.objects.exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choose one of the three"),
        ({"text": "x", "standard": "peacetime-alliance-commitments"}, "Choose one of the three"),
    ],
)
def test_a_codebook_comes_in_one_way(manager, project, sent, words):
    response = manager.post(reverse("load_codebook", args=["alliances"]), sent)

    assert response.status_code == 422
    assert words in response.content.decode()


def test_a_file_that_is_no_utf8_is_refused_in_plain_words(manager, project):
    file = BytesIO("title: für".encode("latin-1"))
    file.name = "book.yaml"

    response = manager.post(reverse("load_codebook", args=["alliances"]), {"file": file})

    assert response.status_code == 422
    assert "The file is not UTF-8 text (byte 9)." in response.content.decode()


def test_drafts_are_for_those_who_edit_codebooks(client, project):
    factories.codebook(project, published=False)
    sign_in(client, factories.member(project, "ada"))

    listed = client.get(reverse("codebooks", args=["alliances"]))
    opened = client.get(reverse("codebook", args=["alliances", 1]))
    source = client.get(reverse("codebook_source", args=["alliances", 1]))

    assert list(listed.context["codebooks"]) == []
    assert (opened.status_code, source.status_code) == (404, 404)


def test_the_codebook_page_prints_types_fields_options_and_conditions(manager, project):
    codebook = factories.codebook(project)

    page = manager.get(codebook.get_absolute_url()).content.decode()

    for words in (
        "Units practise together.",
        "Exercises of staffs.",
        "Parades.",
        "A text that provides for exercises is a treaty.",
        "Team Spirit 1983 began.",
        "field training",
        "if “Status” is 5 postponed",
    ):
        assert words in page


def test_the_source_is_downloaded_as_it_was_written(client, project):
    factories.codebook(project)
    sign_in(client, factories.member(project, "ada"))

    response = client.get(reverse("codebook_source", args=["alliances", 1]))

    assert response.content.decode() == factories.BOOK
    assert response["Content-Disposition"] == 'attachment; filename="small-book-v1.yaml"'


@pytest.mark.parametrize("count", [1, 3])
def test_codebooks_ask_the_same_number_of_queries(
    manager, project, count, django_assert_num_queries
):
    for n in range(count):
        factories.codebook(project, factories.BOOK.replace("Small book", f"Book {n}"))

    with django_assert_num_queries(6):
        manager.get(reverse("codebooks", args=["alliances"]))


# --- opening and moving rounds


def test_opening_a_round_gives_every_coder_a_queue(manager, project):
    coders = [factories.member(project, name) for name in ("ada", "ben")]
    factories.codebook(project)
    factories.document(project, "t", kind="treaty")
    factories.document(project, "n", kind="news")

    response = manager.post(
        reverse("open_round", args=["alliances"]),
        {
            "name": "pilot",
            "coders": [coder.public_id for coder in coders],
            "per_document": 2,
            "kind": "treaty",
            "seed": 7,
        },
    )

    opened = Round.objects.get()
    assert response.url == opened.get_absolute_url()
    assert (opened.seed, opened.per_document) == (7, 2)
    work = Assignment.objects.values_list("document__external_id", "coder__label").order_by(
        "coder__label"
    )
    assert list(work) == [("t", "C1"), ("t", "C2")]


def test_opening_a_round_says_what_cannot_be(manager, project):
    coder = factories.member(project, "ada")
    factories.codebook(project)
    factories.document(project)

    response = manager.post(
        reverse("open_round", args=["alliances"]),
        {"name": "pilot", "coders": [coder.public_id], "per_document": 2},
    )

    assert response.status_code == 422
    assert response.context["form"].non_field_errors()
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    ("has", "words"),
    [
        (set(), "First publish a codebook"),
        ({"codebook"}, "First add documents"),
        ({"codebook", "document"}, "First add coders"),
    ],
)
def test_what_a_round_still_needs_is_said_first(manager, project, has, words):
    if "codebook" in has:
        factories.codebook(project)
    if "document" in has:
        factories.document(project)

    assert words in manager.get(reverse("open_round", args=["alliances"])).content.decode()


def test_rounds_move_by_the_table_of_lawful_moves(client):
    scene = factories.scene()
    sign_in(client, scene.manager)
    address = reverse("move_round", args=[scene.project.slug, scene.round.public_id])

    statuses = [
        client.post(address, {"state": state}).status_code
        for state in ("revealed", "closed", "revealed", "open", "gone")
    ]

    scene.round.refresh_from_db()
    assert statuses == [409, 302, 302, 409, 422]
    assert scene.round.state == "revealed"


@pytest.mark.parametrize("count", [1, 3])
def test_rounds_ask_the_same_number_of_queries(manager, project, count, django_assert_num_queries):
    coders = [factories.member(project, name) for name in ("ada", "ben")]
    factories.codebook(project)
    factories.document(project)
    for n in range(count):
        factories.round_of(project, coders, name=f"round {n}")

    with django_assert_num_queries(4):
        manager.get(reverse("rounds", args=["alliances"]))


@pytest.mark.parametrize("count", [1, 3])
def test_a_round_asks_the_same_number_of_queries(
    manager, project, count, django_assert_num_queries
):
    coders = [factories.member(project, name) for name in ("ada", "ben", "cleo")[:2]]
    factories.codebook(project)
    for n in range(count):
        factories.document(project, f"d{n}")
    opened = factories.round_of(project, coders)

    with django_assert_num_queries(18):
        manager.get(opened.get_absolute_url())


def test_the_round_page_tells_managers_how_far_each_coder_is(client):
    scene = factories.scene(submitted=False)
    factories.coded(factories.assignment(scene.round, scene.other), factories.event())
    sign_in(client, scene.manager)

    response = client.get(scene.round.get_absolute_url())

    assert [(one.label, one.handed_in, one.total) for one in response.context["progress"]] == [
        ("C1", 0, 1),
        ("C2", 1, 1),
    ]


# --- blindness: something is there that could leak, and does not


@pytest.fixture
def blind(client):
    """C2 has handed in an event with a telling title; C1 has not begun."""
    scene = factories.scene(submitted=False)
    factories.coded(
        factories.assignment(scene.round, scene.other), factories.event(title="Telling title")
    )
    return scene


PAGES_OF_A_CODER = (
    "project",
    "members",
    "jobs",
    "documents",
    "codebooks",
    "rounds",
    "my_work",
    "releases",
)


@pytest.mark.parametrize("name", PAGES_OF_A_CODER)
def test_no_page_of_a_coder_changes_when_another_coder_works(client, name):
    """The same page, byte for byte, before and after the other coder handed in."""
    scene = factories.scene(submitted=False)
    sign_in(client, scene.coder)
    address = reverse(name, args=[scene.project.slug])

    before = _without_token(client.get(address))
    factories.coded(
        factories.assignment(scene.round, scene.other), factories.event(title="Telling title")
    )
    after = _without_token(client.get(address))

    assert after == before


def test_the_round_page_and_the_workspace_do_not_change_either(client):
    scene = factories.scene(submitted=False)
    sign_in(client, scene.coder)
    addresses = [
        scene.round.get_absolute_url(),
        scene.document.get_absolute_url(),
        factories.assignment(scene.round, scene.coder).get_absolute_url(),
    ]

    before = [_without_token(client.get(address)) for address in addresses]
    factories.coded(
        factories.assignment(scene.round, scene.other), factories.event(title="Telling title")
    )
    after = [_without_token(client.get(address)) for address in addresses]

    assert after == before


def _without_token(response) -> str:
    assert response.status_code == 200
    token = response.context["csrf_token"]
    return response.content.decode().replace(str(token), "")


def test_a_coder_sees_neither_labels_nor_states_of_others_on_the_round(client, blind):
    sign_in(client, blind.coder)

    page = client.get(blind.round.get_absolute_url()).content.decode()

    assert not re.search(r"\bC2\b", page)  # as a word: tokens and ids are random letters
    assert "submitted" not in page
    assert "Telling title" not in page


def test_a_round_without_own_work_is_not_there_for_a_coder(client):
    scene = factories.scene()
    outside = factories.member(scene.project, "late", label="C3")
    sign_in(client, outside)

    listed = client.get(reverse("rounds", args=[scene.project.slug]))
    opened = client.get(scene.round.get_absolute_url())

    assert list(listed.context["rounds"]) == []
    assert opened.status_code == 404


def test_the_assignment_of_another_coder_is_not_there(client, blind):
    sign_in(client, blind.coder)
    others = factories.assignment(blind.round, blind.other)

    response = client.get(others.get_absolute_url())

    assert response.status_code == 404


def test_a_manager_who_codes_stays_blind_on_own_documents(client):
    """Both documents have a second coder who handed in; the manager still codes one of them."""
    scene = factories.scene(submitted=False)
    boss = factories.member(scene.project, "boss", ("coder", "manager"), label="B1")
    second = factories.document(scene.project, "d2")
    opened = factories.round_of(scene.project, [boss, scene.other], [scene.document], name="mixed")
    rounds.assign(opened, second, scene.other, by=scene.manager.user)
    for document in (scene.document, second):
        factories.coded(factories.assignment(opened, scene.other, document), factories.event())
    sign_in(client, boss)

    rows = client.get(opened.get_absolute_url()).context["rows"]

    told = {row.document.external_id: [one.coder.label for one in row.work] for row in rows}
    assert told == {"d1": ["B1"], "d2": ["C2"]}


# --- own work


def test_my_work_lists_own_documents_in_own_order_with_what_to_do_next(client, project):
    ada, ben = (factories.member(project, name) for name in ("ada", "ben"))
    factories.codebook(project)
    for n in range(3):
        factories.document(project, f"d{n}")
    opened = factories.round_of(project, [ada, ben])
    own = list(Assignment.objects.filter(coder=ada).order_by("queue_key"))
    factories.coded(own[0])
    factories.coded(own[2], submit=False)
    sign_in(client, ada)

    (work,) = client.get(reverse("my_work", args=["alliances"])).context["rounds"]

    assert work.round == opened
    assert list(work.assignments) == own
    assert (work.handed_in, work.total, work.next) == (1, 3, own[2])


def test_my_work_says_what_to_do_when_there_is_none(client, project):
    sign_in(client, factories.member(project, "ada"))

    page = client.get(reverse("my_work", args=["alliances"])).content.decode()

    assert "Nothing to code yet" in page


@pytest.mark.parametrize("count", [1, 3])
def test_my_work_asks_the_same_number_of_queries(client, project, count, django_assert_num_queries):
    ada = factories.member(project, "ada")
    factories.codebook(project)
    for n in range(count):
        factories.document(project, f"d{n}")
    factories.round_of(project, [ada])
    sign_in(client, ada)

    with django_assert_num_queries(9):
        client.get(reverse("my_work", args=["alliances"]))


def test_the_navigation_counts_own_open_work_only(client):
    scene = factories.scene(submitted=False)
    sign_in(client, scene.coder)

    def count():
        navigation = client.get(reverse("project", args=[scene.project.slug])).context["shell"][
            "navigation"
        ]
        return {entry.label: entry.count for entry in navigation}["My work"]

    assert count() == 1
    factories.coded(factories.assignment(scene.round, scene.coder))
    assert count() == 0


# --- the door to the workspace


def test_the_workspace_gets_the_document_the_queue_and_where_to_send(client):
    scene = factories.scene(submitted=False)
    own = factories.assignment(scene.round, scene.coder)
    sign_in(client, scene.coder)

    context = client.get(own.get_absolute_url()).context

    api = f"/api/v1/assignments/{own.public_id}/"
    assert context["endpoints"] == {
        "state": api,
        "operations": f"{api}operations/",
        "submit": f"{api}submit/",
        "codebook": f"{api}codebook/?fingerprint={scene.round.codebook.sha256[:16]}&language=en",
        "history": f"{api}history/",
        "questions": f"{api}questions/",
        "time": f"{api}time/",
        "elsewhere": f"{api}elsewhere/",
        "templates": f"{api}templates/",
        "states": "/api/v1/projects/alliances/states/",
        "alliances": "/api/v1/projects/alliances/alliances/",
        "role": "/api/v1/projects/alliances/provider-role/",
        "keys": "/api/v1/keys/",
        "sheets": f"/projects/alliances/documents/{own.document.public_id}/texts/1/pages/",
    }
    assert [(one.url, one.title, one.state) for one in context["queue"]] == [
        (own.get_absolute_url(), "Document d1", "assigned")
    ]
    assert (context["document"], context["text"], context["assignment"]) == (
        scene.document,
        own.text,
        own,
    )
    assert [block.text for block in context["blocks"]] == factories.BODY.split("\n")
    assert context["passages"] == ""


def test_the_page_of_the_workspace_tells_where_passages_stand(client):
    scene = factories.scene()
    own = factories.assignment(scene.round, scene.coder)
    sign_in(client, scene.coder)

    page = client.get(own.get_absolute_url())

    told = [f"{one.start} {one.end}" for one in own.passages.order_by("start", "end")]
    assert told
    assert f'data-passages="{" ".join(told)}"' in page.content.decode()


def test_an_adjudicator_may_not_open_the_workspace_of_a_coder(client):
    scene = factories.scene()
    both = factories.member(scene.project, "both", ("adjudicator", "coder"), label="B1")
    sign_in(client, both)

    response = client.get(factories.assignment(scene.round, scene.coder).get_absolute_url())

    assert response.status_code == 403
