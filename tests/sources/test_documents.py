"""Documents: added once, named for people, described, retired; never a path, never doubled."""

import hashlib
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from projects import files
from projects.models import Job, LedgerLine
from projects.refusals import Invalid, WrongState
from sources import documents
from sources.models import Document, Page, Text
from tests import small

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return small.project("alliances")


def add(project, data=b"Some text.", filename="treaty.txt", **said) -> Document:
    by = small.manager_of(project)
    return documents.add(project, by=by, chunks=[data], filename=filename, **said)


def last_line(project) -> tuple[str, str, dict]:
    line = LedgerLine.objects.filter(project_id=project.pk).latest("n")
    return line.verb, line.subject_id, line.difference


# --- adding


def test_an_added_document_is_a_row_a_file_a_job_and_a_line_of_the_ledger(project):
    data = "Text, naïve".encode()

    document = add(project, data, "treaty.txt")

    sha256 = hashlib.sha256(data).hexdigest()
    assert (document.external_id, document.title, document.filename) == (
        "treaty",
        "treaty",
        "treaty.txt",
    )
    assert (document.kind, document.state, document.sha256, document.size) == (
        "other",
        "queued",
        sha256,
        len(data),
    )
    assert files.read(sha256) == data
    assert [(job.kind, job.subject, job.parameters) for job in Job.objects.all()] == [
        ("sources.read", document.public_id, {"said": []})
    ]
    assert last_line(project) == (
        "document.add",
        document.public_id,
        {"external_id": "treaty", "sha256": sha256},
    )


def test_what_is_said_of_a_document_is_kept_and_told_to_its_reader(project):
    document = add(
        project,
        external_id=" PHL-1951 ",
        kind="treaty",
        title=" Mutual Defense ",
        outlet="UNTS",
        address="https://example.org",
        published_on=date(1951, 8, 30),
    )

    assert (document.external_id, document.kind, document.title) == (
        "PHL-1951",
        "treaty",
        "Mutual Defense",
    )
    assert (document.outlet, document.address, document.published_on) == (
        "UNTS",
        "https://example.org",
        date(1951, 8, 30),
    )
    assert Job.objects.get().parameters == {
        "said": ["kind", "title", "outlet", "address", "published_on"]
    }


@pytest.mark.parametrize(
    ("filename", "label"),
    [
        ("../../etc/passwd", "passwd"),
        ("/etc/shadow", "shadow"),
        ("C:\\papers\\treaty.pdf", "treaty.pdf"),
        ("..\\..\\treaty.pdf", "treaty.pdf"),
        ("folder/", "folder"),
        ("", "unnamed"),
        ("/", "unnamed"),
        ("\0", "unnamed"),
        ("  ", "unnamed"),
        ("tre\0aty\r\n.txt", "treaty.txt"),
        ("bytes\udcff.txt", "bytes.txt"),
        ("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt"),
        ("條約.txt", "條約.txt"),
        ("x" * 300, "x" * 255),
    ],
)
def test_a_name_is_a_label_and_never_a_path(project, filename, label):
    assert add(project, filename=filename).filename == label


def test_ids_come_from_names_and_are_numbered_where_taken(project):
    names = ["treaty.txt", "treaty.pdf", "treaty.pdf", "treaty.pdf", "a;b.txt"]

    added = [add(project, str(n).encode(), name) for n, name in enumerate(names)]

    assert [document.external_id for document in added] == [
        "treaty",
        "treaty.pdf",
        "treaty.pdf-2",
        "treaty.pdf-3",
        "a_b",
    ]


def test_an_id_asked_for_is_not_given_twice(project):
    add(project, b"one", external_id="A")

    with pytest.raises(Invalid) as refused:
        add(project, b"two", external_id="A")

    assert refused.value.message == "There is already a document “A” with other content."
    assert refused.value.details == {"document": "A"}
    assert Document.objects.count() == 1


@pytest.mark.parametrize("wanted", ["a;b", "a\nb", "a\0b", "a\ud800", "x" * 201])
def test_an_id_fits_a_cell_of_a_release(project, wanted):
    with pytest.raises(Invalid, match="A document's own id has at most 200 characters"):
        add(project, external_id=wanted)


@pytest.mark.parametrize("name", ["title", "outlet", "address"])
@pytest.mark.parametrize("words", ["a\0b", "a\nb", "\ud800"])
def test_words_that_no_database_takes_are_refused(project, name, words):
    with pytest.raises(Invalid) as refused:
        add(project, **{name: words})

    assert refused.value.message == (
        f"The {name} holds a line break or another character that cannot be shown."
    )
    assert Document.objects.count() == 0


def test_a_kind_is_one_of_the_known(project):
    with pytest.raises(Invalid, match="A document is one of treaty, news, other; not “poem”."):
        add(project, kind="poem")


def test_the_same_content_is_refused_and_says_which_document_it_is(project):
    add(project, b"same", "first.txt")

    with pytest.raises(Invalid) as refused:
        add(project, b"same", "second.txt")

    assert refused.value.message == (
        "“second.txt” has the same content as document “first”, which is already here. Nothing was added."
    )
    assert refused.value.details == {"document": "first"}
    assert (Document.objects.count(), Job.objects.count()) == (1, 1)


def test_the_same_content_may_stand_in_two_projects(project):
    add(project, b"same")

    assert add(small.project(), b"same").sha256 == hashlib.sha256(b"same").hexdigest()


def test_the_content_of_a_retired_document_may_come_again(project):
    first = add(project, b"same")
    documents.retire(first, by=first.added_by, reason="scanned badly")

    assert add(project, b"same").external_id == "treaty.txt"


def test_two_people_who_add_the_same_at_once_do_not_double_it(project, monkeypatch):
    add(project, b"same", "first.txt")
    monkeypatch.setattr(documents, "_same_content", lambda project, sha256: None)

    with pytest.raises(Invalid, match="was added by somebody else at this moment"):
        add(project, b"same", "second.txt")

    assert Document.objects.count() == 1


def test_a_file_too_large_is_refused_while_it_comes_in(project, settings):
    settings.UPLOAD_LIMIT_BYTES = 2 * 1024 * 1024
    taken = []

    def chunks():
        for n in range(10):
            taken.append(n)
            yield b"x" * 1024 * 1024

    with pytest.raises(Invalid) as refused:
        documents.add(project, by=small.manager_of(project), chunks=chunks(), filename="big.pdf")

    assert refused.value.message == (
        "“big.pdf” is larger than 2 MB, the most one document may have."
    )
    assert (taken, Document.objects.count(), Job.objects.count()) == ([0, 1, 2], 0, 0)


def test_a_file_of_just_the_limit_is_taken(project, settings):
    settings.UPLOAD_LIMIT_BYTES = 10

    assert add(project, b"x" * 10).size == 10


def test_an_empty_file_is_taken_in_and_says_why_it_cannot_be_read_on_its_own_row(project):
    assert (add(project, b"").size, Job.objects.count()) == (0, 1)


# --- describing


def test_what_is_said_can_be_corrected_and_the_ledger_tells_both(project):
    document = add(project, outlet="Reuters")

    documents.describe(
        document, by=document.added_by, title="Better", outlet="", published_on=date(1951, 8, 30)
    )

    document.refresh_from_db()
    assert (document.title, document.outlet, document.published_on) == (
        "Better",
        "",
        date(1951, 8, 30),
    )
    assert last_line(project) == (
        "document.describe",
        document.public_id,
        {
            "before": {"title": "treaty", "outlet": "Reuters", "published_on": ""},
            "after": {"title": "Better", "outlet": "", "published_on": "1951-08-30"},
        },
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": " "}, "A document needs a title."),
        ({"kind": "poem"}, "A document is one of treaty, news, other."),
        ({"sha256": "0", "state": "read"}, "These cannot be changed: sha256, state."),
        ({"current_text": None}, "These cannot be changed: current_text."),
    ],
)
def test_other_corrections_are_refused(project, changes, said):
    document = add(project)

    with pytest.raises(Invalid) as refused:
        documents.describe(document, by=document.added_by, **changes)

    assert refused.value.message == said
    assert last_line(project)[0] == "document.add"


# --- retiring


def test_a_retired_document_says_why(project):
    document = add(project)

    documents.retire(document, by=document.added_by, reason="a duplicate in another hand")

    document.refresh_from_db()
    assert (document.state, document.reason_code, document.reason) == (
        "retired",
        "retired",
        "a duplicate in another hand",
    )
    assert last_line(project) == (
        "document.retire",
        document.public_id,
        {"reason": "a duplicate in another hand"},
    )


def test_retiring_needs_a_reason(project):
    with pytest.raises(Invalid, match="Please say why this document is retired."):
        documents.retire(add(project), by=small.manager_of(project), reason=" ")


def test_what_is_retired_is_not_retired_again_also_from_an_old_page(project):
    document = add(project)
    seen_before = Document.objects.get(pk=document.pk)
    documents.retire(document, by=document.added_by, reason="first")

    with pytest.raises(WrongState, match="This document is already retired."):
        documents.retire(seen_before, by=document.added_by, reason="second")

    document.refresh_from_db()
    assert document.reason == "first"


def test_what_is_retired_is_not_read_again(project):
    document = add(project)
    seen_before = Document.objects.get(pk=document.pk)
    documents.retire(document, by=document.added_by, reason="why")

    for known in (document, seen_before):
        with pytest.raises(WrongState, match="A retired document is not read again."):
            documents.read_again(known, by=document.added_by)


def test_reading_again_asks_for_a_job(project):
    document = small.document(project)

    documents.read_again(document, by=document.added_by)

    assert [(job.kind, job.subject) for job in Job.objects.all()] == [
        ("sources.read", document.public_id)
    ]
    assert last_line(project) == ("document.read_again", document.public_id, {})


# --- what the database itself refuses


def test_the_database_refuses_a_read_document_without_text_and_a_failed_one_without_reason(project):
    document = add(project)

    for state in ("read", "failed"):
        with pytest.raises(IntegrityError), transaction.atomic():
            small.put(document, state=state)


@pytest.mark.parametrize(
    ("table", "statement", "said"),
    [
        (Text, "UPDATE sources_text SET body = 'x'", "a text never changes, but that all of it is blackened"),
        (Text, "UPDATE sources_text SET document_id = 0", "a text never changes, but that all of it is blackened"),
        (Text, "DELETE FROM sources_text", "sources_text is append-only: rows are never deleted"),
        (Page, "UPDATE sources_page SET start = 1", "a text never changes, but that all of it is blackened"),
        (Page, "DELETE FROM sources_page", "sources_page is append-only: rows are never deleted"),
    ],
)  # fmt: skip
def test_the_database_refuses_to_change_texts_and_pages(project, table, statement, said):
    small.document(project)
    before = list(table.objects.values())

    with (
        pytest.raises(DatabaseError, match=said),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert list(table.objects.values()) == before


def test_the_database_refuses_changes_by_the_way_models_offer(project):
    text = small.document(project).current_text
    page = text.pages.get()
    text.body, page.end = "x", 1

    for way in (
        text.save,
        page.save,
        page.delete,
        lambda: Text.objects.update(body="x"),
        lambda: Page.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            way()

    assert Text.objects.get().body == small.BODY
