"""Pages about documents."""

from io import BytesIO

import pytest
from django.urls import reverse

from projects import files
from sources.models import Document
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return factories.project()


@pytest.fixture
def manager(client, project):
    client.force_login(factories.user("founder"))
    return client


def file(name="one.txt", data=b"A text long enough to be one.\n") -> BytesIO:
    made = BytesIO(data)
    made.name = name
    return made


def test_the_list_filters_by_state_kind_and_words(manager, project):
    factories.document(project, "treaty-1951", kind="treaty")
    factories.document(project, "news-1952")
    factories.failed_document(project)

    def found(**chosen):
        page = manager.get(reverse("documents", args=["alliances"]), chosen).context["page"]
        return [document.external_id for document in page]

    assert found() == ["bad", "news-1952", "treaty-1951"]
    assert found(state="failed") == ["bad"]
    assert found(kind="treaty") == ["treaty-1951"]
    assert found(words="document 195") == ["news-1952", "treaty-1951"]
    assert found(words="nothing") == []
    assert found(state="no such state", order="x__y") == ["bad", "news-1952", "treaty-1951"]


def test_an_empty_list_says_what_to_do_to_those_who_can(manager, client, project):
    page = manager.get(reverse("documents", args=["alliances"])).content.decode()
    assert reverse("upload", args=["alliances"]) in page

    factories.member(project, "ada")
    client.force_login(factories.user("ada"))
    page = client.get(reverse("documents", args=["alliances"])).content.decode()
    assert "A manager of the project adds them." in page
    assert reverse("upload", args=["alliances"]) not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    manager, project, count, django_assert_num_queries
):
    for n in range(count):
        factories.document(project, f"d{n}")

    with django_assert_num_queries(6):
        manager.get(reverse("documents", args=["alliances"]))


def test_the_list_does_not_load_the_texts(manager, project, django_assert_num_queries):
    factories.document(project)

    with django_assert_num_queries(6) as asked:
        manager.get(reverse("documents", args=["alliances"]))

    assert not [query for query in asked if '"body"' in query["sql"]]


def test_several_files_are_taken_in_and_each_result_is_told(manager, project):
    response = manager.post(
        reverse("upload", args=["alliances"]),
        {
            "files": [file("one.txt"), file("same.txt"), file("../two.md", b"# Another\n")],
            "kind": "news",
        },
    )

    told = [(one.filename, one.ok) for one in response.context["results"]]
    assert told == [("one.txt", True), ("same.txt", False), ("two.md", True)]
    assert "has the same content as document “one”" in response.context["results"][1].message
    assert list(Document.objects.values_list("external_id", "kind", "state")) == [
        ("one", "news", "queued"),
        ("two", "news", "queued"),
    ]


def test_the_drop_zone_gets_json_for_its_one_file(manager, project):
    response = manager.post(
        reverse("upload", args=["alliances"]),
        {"files": [file("one.txt")]},
        headers={"accept": "application/json"},
    )

    document = Document.objects.get()
    assert response.json() == {
        "results": [
            {
                "filename": "one.txt",
                "ok": True,
                "message": "kept as “one”; it is read next",
                "url": document.get_absolute_url(),
            }
        ],
        "problems": [],
    }


def test_sending_no_file_is_told(manager, project):
    page = manager.post(reverse("upload", args=["alliances"]), {})
    as_json = manager.post(
        reverse("upload", args=["alliances"]), {}, headers={"accept": "application/json"}
    )

    assert page.status_code == 422
    assert page.context["form"].errors["files"] == ["This field is required."]
    assert (as_json.status_code, as_json.json()["results"]) == (422, [])


def test_the_text_stands_block_by_block_and_harmless(manager, project):
    body = "A title <script>alert(1)</script>\nSecond & line."
    document = factories.document(project, body=body, pages=2)

    page = manager.get(document.get_absolute_url()).content.decode()

    assert "<script>alert(1)</script>" not in page
    assert 'data-s="0">A title &lt;script&gt;alert(1)&lt;/script&gt;</p>' in page
    assert f'data-s="{body.index("Second")}">Second &amp; line.</p>' in page
    assert page.count('class="sheet"') == 2


def test_a_failed_document_says_why(manager, project):
    document = factories.failed_document(project, reason="The file is encrypted.")

    page = manager.get(document.get_absolute_url()).content.decode()

    assert "The file is encrypted." in page


def test_a_description_is_corrected(manager, project):
    document = factories.document(project)

    manager.post(
        document.get_absolute_url(),
        {"title": "Better", "kind": "treaty", "outlet": "UNTS", "published_on": "1951-09-08"},
    )

    document.refresh_from_db()
    assert (document.title, document.kind, document.outlet, str(document.published_on)) == (
        "Better",
        "treaty",
        "UNTS",
        "1951-09-08",
    )


def test_a_description_that_cannot_be_is_told_beside_the_form(manager, project):
    document = factories.document(project)

    response = manager.post(
        document.get_absolute_url(), {"title": " ", "kind": "treaty", "published_on": "1951-02-30"}
    )

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"title", "published_on"}
    document.refresh_from_db()
    assert document.title == "Document d1"


def test_coders_read_but_do_not_describe(client, project):
    document = factories.document(project)
    factories.member(project, "ada")
    client.force_login(factories.user("ada"))

    read = client.get(document.get_absolute_url())
    described = client.post(document.get_absolute_url(), {"title": "Mine", "kind": "news"})

    assert (read.status_code, described.status_code) == (200, 403)
    assert "Correct the description" not in read.content.decode()


def test_retiring_asks_for_a_reason(manager, project):
    document = factories.document(project)
    address = reverse("retire", args=["alliances", document.public_id])

    without = manager.post(address, {"reason": "  "})
    with_reason = manager.post(address, {"reason": "A better copy is here."})

    document.refresh_from_db()
    assert (without.status_code, with_reason.status_code) == (422, 302)
    assert (document.state, document.reason) == ("retired", "A better copy is here.")


def test_reading_again_shows_that_it_is_being_done(manager, project):
    document = factories.failed_document(project)

    manager.post(reverse("read_again", args=["alliances", document.public_id]))
    page = manager.get(document.get_absolute_url()).content.decode()

    assert 'data-state="queued"' in page


def test_the_original_is_saved_never_shown(manager, project):
    sha256, size = files.put_bytes(b"<script>alert(1)</script>")
    document = factories.document(project)
    Document.objects.filter(pk=document.pk).update(
        sha256=sha256, size=size, filename='we"ird\n.html', external_id="x"
    )

    response = manager.get(reverse("original", args=["alliances", document.public_id]))

    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "\n" not in response["Content-Disposition"]


def test_a_document_of_another_project_is_not_there(manager, project):
    other = factories.project("other", by=factories.user("stranger"))
    hidden = factories.document(other)

    response = manager.get(reverse("document", args=["alliances", hidden.public_id]))

    assert response.status_code == 404
