"""Tables and archives from upload to documents, by verb, page, API and command."""

import importlib
import io
import json
import random
import zipfile

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse

from projects import jobs
from projects.models import LedgerLine
from projects.refusals import Invalid
from sources import collecting, collections, documents, originals, preparing
from sources.models import Cluster, Collection, CollectionLine, Document, Text
from sources.reading import archive
from tests import factories
from tests.sources import samples, word_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return factories.project()


@pytest.fixture
def founder(project):
    return factories.user("founder")


def jsonl(*rows: dict) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def taken_in(project, founder, data: bytes, filename: str, **said) -> Collection:
    """Through the verb and its jobs to the end."""
    made = collections.take_in(project, by=founder, chunks=[data], filename=filename, **said)
    jobs.finish_all()
    made.refresh_from_db()
    return made


def lines(collection: Collection) -> list[tuple[int, str, str]]:
    return list(collection.lines.values_list("number", "outcome", "reason"))


ARTICLES = jsonl(
    {"id": "a1", "title": "Base opened", "date": "1951-08-30", "source": "Wire", "text": "Troops came."},
    {"id": "a2", "title": "Talks", "text": "Talks\n\nThey talked."},
    {"text": "Without an id or a title."},
)  # fmt: skip


def test_a_table_becomes_documents_with_texts(project, founder):
    made = taken_in(project, founder, ARTICLES, "wire.jsonl")

    assert (made.state, made.items, made.added, made.known, made.refused) == ("done", 3, 3, 0, 0)
    assert lines(made) == []
    found = Document.objects.order_by("line").values_list(
        "external_id", "kind", "title", "outlet", "published_on__year", "state", "line"
    )
    assert list(found) == [
        ("a1", "news", "Base opened", "Wire", 1951, "read", 1),
        ("a2", "other", "Talks", "", None, "read", 2),
        ("wire-3", "other", "Without an id or a title.", "", None, "read", 3),
    ]
    assert [document.current_text.body for document in Document.objects.order_by("line")] == [
        "Base opened\n\nTroops came.",
        "Talks\n\nThey talked.",
        "Without an id or a title.",
    ]
    assert list(LedgerLine.objects.filter(verb__startswith="collection").values_list("verb", "difference__added")) == [
        ("collection.add", None),
        ("collection.take_in", 3),
    ]  # fmt: skip


def test_its_original_is_its_own_text_and_reading_it_again_changes_nothing(project, founder):
    taken_in(project, founder, ARTICLES, "wire.jsonl")
    document = Document.objects.get(external_id="a2")

    assert originals.read(document) == b"Talks\n\nThey talked."

    jobs.enqueue("sources.read", document.public_id, project=project, by=founder)
    jobs.finish_all()
    assert Text.objects.filter(document=document).count() == 1


def test_the_same_table_again_adds_nothing(project, founder):
    first = taken_in(project, founder, ARTICLES, "wire.jsonl")
    again = taken_in(project, founder, ARTICLES, "wire.jsonl")

    assert again == first
    assert (again.added, again.known, again.refused) == (3, 3, 0)
    assert (Document.objects.count(), Text.objects.count(), lines(again)) == (3, 3, [])


def test_a_table_that_broke_off_is_completed(project, founder, monkeypatch):
    monkeypatch.setattr(preparing, "BATCH", 2)
    keep, calls = collecting._keep, []

    def breaking(collection, fresh):
        calls.append(len(fresh))
        if len(calls) == 2:
            raise RuntimeError("the power went")
        keep(collection, fresh)

    monkeypatch.setattr(collecting, "_keep", breaking)

    made = taken_in(project, founder, ARTICLES, "wire.jsonl")

    assert (made.state, made.added, made.known) == ("done", 3, 2)
    assert Document.objects.count() == 3


def test_each_row_that_cannot_be_taken_has_its_line(project, founder):
    factories.document(project, "here", body="x")
    data = jsonl(
        {"id": "good", "text": "one"},
        {"id": "here", "text": "two"},
        {"id": "good", "text": "one"},
        {"id": "good", "text": "three"},
        {"id": "a;b", "text": "four"},
        {"id": "dated", "text": "five", "date": "3/4/1999"},
        {"id": "none", "text": ""},
    )

    made = taken_in(project, founder, data + b"{broken\n", "wire.jsonl")

    assert (made.items, made.added, made.known, made.refused) == (8, 2, 1, 5)
    assert lines(made) == [
        (2, "refused", "There is already a document “here” with other content."),
        (3, "known", "The same article stands in line 1."),
        (4, "refused", "The id “good” stands already in line 1, with other content."),
        (5, "refused", "A document's own id has at most 200 characters, no semicolon and no line break."),
        (6, "noted", "The date was left out: “3/4/1999” may be day or month first."),
        (7, "refused", "“text”, the column of the text, is empty here."),
        (8, "refused", "The line is not JSON: expecting property name enclosed in double quotes at character 2."),
    ]  # fmt: skip


WIRE = "Washington and Seoul began exercise Team Spirit on Friday, officials said. " * 4


def test_the_same_words_from_another_source_are_another_document_and_a_copy(project, founder):
    data = jsonl(
        {"id": "a1", "text": WIRE, "outlet": "AP", "date": "1985-03-04", "url": "https://ap.example/1"},
        {"id": "a2", "text": WIRE, "outlet": "Post", "date": "1985-03-05", "url": "https://post.example/9"},
        {"text": WIRE, "outlet": "Times", "date": "1985-03-05"},
        {"text": WIRE, "outlet": "Times", "date": "1985-03-05"},
        {"text": WIRE, "outlet": "Times", "date": "1985-03-06"},
        {"id": "a1", "text": WIRE, "outlet": "Another"},
    )  # fmt: skip

    made = taken_in(project, founder, data, "wire.jsonl")

    assert (made.items, made.added, made.known, made.refused) == (6, 4, 2, 0)
    assert lines(made) == [
        (4, "known", "The same article stands in line 3."),
        (6, "known", "The same article stands in line 1."),
    ]
    cluster = Cluster.objects.get()
    assert (cluster.representative.external_id, cluster.copies.count()) == ("a1", 4)


def test_an_article_that_a_second_file_holds_too_is_not_doubled(project, founder):
    row = {"text": WIRE, "outlet": "Times", "date": "1985-03-05"}
    taken_in(project, founder, jsonl(row), "one.jsonl")

    made = taken_in(project, founder, jsonl(row, row | {"outlet": "Post"}), "two.jsonl")

    assert (made.added, made.known) == (1, 1)
    assert lines(made) == [(1, "known", "The same article is here already as document “one-1”.")]


def test_what_a_person_corrected_since_makes_no_article_new(project, founder):
    row = {"text": WIRE, "outlet": "Times", "date": "1985-03-05"}
    taken_in(project, founder, jsonl(row), "one.jsonl")
    documents.describe(Document.objects.get(), by=founder, outlet="The Times")

    made = taken_in(project, founder, jsonl(row, row), "two.jsonl")

    assert (made.added, made.known) == (0, 2)


def test_a_retired_article_can_be_taken_in_again_and_a_file_with_its_words_too(project, founder):
    row = {"id": "a1", "text": WIRE, "outlet": "Times"}
    taken_in(project, founder, jsonl(row), "one.jsonl")
    taken_in(project, founder, WIRE.encode(), "plain.txt")
    documents.retire(Document.objects.get(external_id="a1"), by=founder, reason="wrong date")

    same = taken_in(project, founder, jsonl(row) + b"\n", "two.jsonl")
    other = taken_in(project, founder, jsonl(row | {"id": "a2"}), "three.jsonl")

    # Its own id stays taken; under another it is taken in like any article.
    assert (same.added, same.known, other.added) == (0, 1, 1)
    assert lines(same) == [
        (1, "known", "The same article is here already as document “a1”, which is retired.")
    ]
    assert Document.objects.exclude(state="retired").count() == 2


def test_articles_taken_in_before_are_told_as_new_ones_are(project, founder):
    rows = [
        {
            "id": "a1",
            "text": WIRE,
            "outlet": "AP",
            "date": "1985-03-04",
            "url": "https://ap.example",
        },
        {"text": WIRE},
    ]
    taken_in(project, founder, jsonl(*rows), "one.jsonl")
    told = list(Document.objects.values_list("external_id", "article"))
    for n, document in enumerate(Document.objects.all()):
        Document.objects.filter(pk=document.pk).update(article=str(n))

    importlib.import_module("sources.migrations.0012_articles_told").tell_articles(apps, None)

    assert list(Document.objects.values_list("external_id", "article")) == told


def test_only_so_many_lines_are_kept_but_all_are_counted(project, founder, monkeypatch):
    monkeypatch.setattr(collecting, "MOST_LINES", 3)

    made = taken_in(project, founder, jsonl({"text": "x"}) + b"{\n" * 10, "wire.jsonl")

    assert (made.added, made.refused, len(lines(made))) == (1, 10, 3)


def test_columns_that_cannot_be_told_are_asked_for(project, founder, client):
    data = b"kopf,inhalt\nTitel,Der Text.\n"
    made = taken_in(project, founder, data, "x.csv")
    assert (made.state, made.headers) == ("failed", ["kopf", "inhalt"])
    assert "Which column holds the articles' text cannot be told" in made.reason

    client.force_login(founder)
    page = client.post(made.get_absolute_url(), {"text": "inhalt", "title": "kopf"})

    assert page.status_code == 302
    jobs.finish_all()
    made.refresh_from_db()
    assert (made.state, made.reason, made.added) == ("done", "", 1)
    assert Document.objects.get().current_text.body == "Titel\n\nDer Text."
    assert client.post(made.get_absolute_url(), {"text": "no such"}).status_code == 422


def test_columns_can_be_given_with_the_file(project, founder):
    assert collections.columns_from("title=headline, text=inhalt") == {
        "title": "headline",
        "text": "inhalt",
    }
    made = taken_in(
        project, founder, b"inhalt\nx\n", "x.csv", columns={"text": "inhalt"}, kind="treaty", outlet="UNTS"
    )  # fmt: skip
    assert made.state == "done"
    assert list(Document.objects.values_list("kind", "outlet")) == [("treaty", "UNTS")]
    for words in ("headline", "words=x"):
        with pytest.raises(Invalid):
            collections.columns_from(words)


def test_an_archive_becomes_documents_of_every_kind(project, founder):
    data = zipped(
        {
            "a/treaty.pdf": samples.pdf(["AGREEMENT", "The Parties agree."]),
            "a/note.docx": word_files.of("A note."),
            "page.html": b"<html><body><p>A page with a sentence.</p></body></html>",
            "../../etc/escape.md": b"# Heading\n\ntext",
            "empty.txt": b"",
            "again.txt": b"plain words",
            "twice.txt": b"plain words",
            "table.csv": b"id,text\nc1,From the table.\n",
        }
    )

    made = taken_in(project, founder, data, "files.zip")

    assert (made.state, made.items, made.added, made.known, made.refused) == ("done", 8, 6, 1, 0)
    assert list(Document.objects.values_list("external_id", "filename", "state", "line")) == [
        ("again", "again.txt", "read", 6),
        ("c1", "c1.txt", "read", 2),
        ("empty", "empty.txt", "failed", 5),
        ("escape", "escape.md", "read", 4),
        ("note", "note.docx", "read", 2),
        ("page", "page.html", "read", 3),
        ("treaty", "treaty.pdf", "read", 1),
    ]
    inner = made.inner.get()
    assert (inner.label, inner.depth, inner.added) == ("table", 2, 1)
    assert [(number, outcome) for number, outcome, _ in lines(made)] == [(7, "known"), (8, "noted")]

    again = taken_in(project, founder, data, "files.zip")
    assert (again.added, again.known, Document.objects.count()) == (6, 7, 7)


def test_archives_nest_only_so_deep_and_share_one_budget(project, founder, monkeypatch):
    inner = zipped({"deep.txt": b"deep down"})
    middle = zipped({"inner.zip": inner, "middle.txt": random.Random(1).randbytes(2000)})
    monkeypatch.setattr(archive, "MAX_TOTAL", 3500)

    outer = taken_in(project, founder, zipped({"middle.zip": middle}), "outer.zip")

    middle_row = outer.inner.get()
    inner_row = middle_row.inner.get()
    assert (outer.state, middle_row.state, inner_row.state) == ("done", "done", "failed")
    assert "within an archive within an archive" in inner_row.reason
    assert CollectionLine.objects.filter(outcome="refused", name="middle.txt").count() == 1


def test_a_word_file_is_a_document_and_a_broken_archive_a_document_that_says_why(project, founder):
    word = taken_in(project, founder, word_files.of("A note."), "note.docx")
    broken = taken_in(project, founder, b"PK\x03\x04 broken off", "x.zip")

    assert (type(word), word.state) == (Document, "read")
    assert (type(broken), broken.state, broken.reason_code) == (Document, "failed", "broken")


def test_a_table_larger_than_the_limit_is_refused_unread(project, founder, settings):
    settings.COLLECTION_LIMIT_BYTES = 1_000_000
    chunk, sent = b'{"text": "x"}\n' * 1000, []

    def endless():
        while True:
            sent.append(1)
            yield chunk

    with pytest.raises(Invalid) as refused:
        collections.take_in(project, by=founder, chunks=endless(), filename="x.jsonl")
    assert "is larger than 0 MB" in refused.value.message
    assert len(sent) < 80


@pytest.mark.parametrize("count", [1, 3])
def test_its_page_tells_everything_in_so_many_queries(
    project, founder, client, count, django_assert_num_queries
):
    factories.failed_document(project)
    made = taken_in(project, founder, jsonl({"text": "ok"}) + b"{\n" * count, "wire.jsonl")
    client.force_login(founder)

    with django_assert_num_queries(12):
        page = client.get(made.get_absolute_url())

    assert page.content.decode().count("The line is not JSON") == count


def test_the_upload_page_and_the_api_take_tables(project, founder, client):
    client.force_login(founder)
    sent = io.BytesIO(ARTICLES)
    sent.name = "wire.jsonl"
    page = client.post(reverse("upload", args=["alliances"]), {"files": [sent]})
    made = Collection.objects.get()
    (result,) = page.context["results"]
    assert (result.ok, result.url) == (True, made.get_absolute_url())

    sent = io.BytesIO(b"kopf,inhalt\nTitel,Der Text.\n")
    sent.name = "x.csv"
    answer = client.post(
        reverse("api_documents", args=["alliances"]), {"file": sent, "columns": "text=inhalt"}
    )
    assert (answer.status_code, answer.json()["collection"]["columns"]) == (202, {"text": "inhalt"})
    jobs.finish_all()
    address = reverse("api_collection", args=["alliances", answer.json()["collection"]["id"]])
    assert client.get(address).json() | {"id": "", "sha256": "", "size": 0} == {
        "id": "",
        "label": "x",
        "form": "csv",
        "filename": "x.csv",
        "sha256": "",
        "size": 0,
        "state": "done",
        "reason": "",
        "headers": ["kopf", "inhalt"],
        "columns": {"text": "inhalt"},
        "items": 1,
        "documents": 1,
        "already_here": 0,
        "not_added": 0,
        "is_indexed": True,
        "lines": [],
    }

    sent = io.BytesIO(word_files.of("A note."))
    sent.name = "note.docx"
    answer = client.post(reverse("api_documents", args=["alliances"]), {"file": sent})
    assert (answer.status_code, answer.json()["external_id"]) == (201, "note")


def test_the_command_takes_tables_and_archives(project, founder, tmp_path, capsys):
    (tmp_path / "wire.csv").write_bytes(b"kopf,inhalt\nTitel,Der Text.\nnur eins\n")
    (tmp_path / "files.zip").write_bytes(zipped({"a.txt": b"words", "e.txt": b""}))

    with pytest.raises(SystemExit):
        call_command(
            "import_documents", "alliances", str(tmp_path), "--columns", "text=inhalt,title=kopf", "--json"
        )  # fmt: skip

    told = json.loads(capsys.readouterr().out)
    assert [(one["file"], one["items"], one["documents"], one["not_added"]) for one in told["collections"]] == [
        ("files.zip", 2, 2, 0),
        ("wire.csv", 2, 1, 1),
    ]  # fmt: skip
    assert told["refused"] == [
        "e.txt: The file is empty. Check that it was saved or downloaded completely.",
        "wire.csv, line 3: The row has 1 cells, the table has 2 columns.",
    ]
