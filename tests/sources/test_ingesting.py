"""Reading a document from the store into its Text, or into a reason on its row."""

import pytest
from django.db import DatabaseError, transaction
from fpdf import FPDF

from projects import jobs
from projects.models import Job
from sources import documents, ingesting
from sources.models import Document, Page, Text
from sources.reading import (
    Block,
    Furniture,
    Metadata,
    PageRead,
    ReadText,
    Unreadable,
    Word,
    isolated,
    packing,
)
from tests import small

pytestmark = pytest.mark.django_db
BROKEN = Unreadable("broken", "The file is damaged. Download it again.")


@pytest.fixture
def project():
    return small.project()


@pytest.fixture
def reader(monkeypatch):
    """Stands for the reading process: gives what it is told to, and notes what it was given."""

    class Reader:
        gives: object = None
        seen: list[tuple[bytes, str]] = []
        meanwhile = staticmethod(lambda: None)

        def __call__(self, data, filename):
            self.seen.append((data.read_bytes(), filename))
            self.meanwhile()
            if isinstance(self.gives, Exception):
                raise self.gives
            return self.gives

    made = Reader()
    made.seen = []
    monkeypatch.setattr(isolated, "read_isolated", made)
    return made


def a_reading(body="First line.\nSecond 𝔘 line.", **fields) -> ReadText:
    at = body.index("\n")
    given = {
        "blocks": (Block("heading", 0, at, 1), Block("paragraph", at + 1, len(body))),
        "reader": "plain",
        "reader_version": "1",
    }
    return ReadText(body=body, **{**given, **fields})


def add(project, data=b"bytes", filename="treaty.txt", **said) -> Document:
    by = small.manager_of(project)
    return documents.add(project, by=by, chunks=[data], filename=filename, **said)


def read_all(document: Document) -> Job:
    """Do all waiting work; the newest reading of the document."""
    jobs.finish_all()
    document.refresh_from_db()
    return Job.objects.filter(subject=document.public_id).first()


def shown(text: Text) -> dict:
    return {
        name: getattr(text, name)
        for name in ("n", "body", "length", "blocks", "reader", "reader_version", "parameters", "metadata",
                     "warnings", "language", "has_astral")
    }  # fmt: skip


# --- real files, by the real reader in its own process


def test_a_text_file_becomes_a_text(project):
    body = "TREATY\n\nBetween Japan and the United States,\nsigned in 1951; naïve 𝔘nicode."
    document = add(project, f"\ufeff{body}\r\n".encode())

    job = read_all(document)

    text = document.current_text
    assert (document.state, document.reason, document.reason_code) == ("read", "", "")
    assert (text.n, text.body, text.length, text.has_astral) == (1, body, len(body), True)
    assert [text.body[start:end] for _, start, end, _ in text.blocks] == [
        line for line in body.split("\n") if line
    ]
    assert (job.state, job.message, job.done, job.total) == (
        "done",
        f"{document.filename}: {len(body)} characters",
        1,
        1,
    )


def test_words_of_a_pdf_quote_the_text_from_their_boxes(project):
    pages = [["Mutual defense treaty", "between two states"], ["Article I", "Both parties"]]
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_font("Helvetica", size=12)
    for lines in pages:
        pdf.add_page()
        for n, line in enumerate(lines):
            pdf.text(72, 100 + 40 * n, line)
    document = add(project, bytes(pdf.output()), "treaty.pdf")

    read_all(document)

    text = document.current_text
    found = []
    for page in text.pages.all():
        words = packing.unpack(page.words, start=page.start, width=page.width, height=page.height)
        assert [word.start for word in words] == sorted(word.start for word in words)
        assert all(
            page.start <= word.start < word.start + word.length <= page.end for word in words
        )
        for word in words:
            found.append(text.body[word.start : word.start + word.length])
        tops = {round(word.top) for word in words}
        assert min(word.x0 for word in words) == pytest.approx(72, abs=1)
        assert len(tops) == 2 and max(tops) - min(tops) == pytest.approx(40, abs=1)
        assert (page.width, page.height, page.state) == (
            pytest.approx(595.3, abs=0.1),
            pytest.approx(841.9, abs=0.1),
            "ok",
        )
    assert found == " ".join(line for lines in pages for line in lines).split()
    assert " ".join(text.body.split()) == " ".join(found)


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "empty.txt", "empty"),
        (b"%PDF-1.7\nnothing that follows is a PDF", "broken.pdf", "broken"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "picture.pdf", "unsupported"),
    ],
)
def test_what_cannot_be_read_gets_a_row_with_the_reason(project, data, filename, code):
    document = add(project, data, filename)

    job = read_all(document)

    assert (document.state, document.reason_code, document.current_text) == ("failed", code, None)
    assert document.reason[0].isupper() and document.reason.endswith(".")
    assert (job.state, job.message) == ("done", f"could not be read: {document.reason}"[:300])
    assert Text.objects.count() == 0


# --- what is kept of a reading


def test_everything_a_reading_says_is_kept(project, reader):
    body = "First line.\nSecond 𝔘 line."
    words = (Word(0, 5, 72.0, 90.0, 30.0, 12.0), Word(6, 5, 110.0, 90.0, 30.0, 12.0))
    furniture = (Furniture("head", "UNTS 1951", 72.0, 20.0, 60.0, 10.0),)
    reader.gives = a_reading(
        body,
        pages=(
            PageRead(1, 0, 12, 595.0, 842.0, 90, (0.0, 0.0, 595.0, 842.0), words, furniture, "ok"),
            PageRead(2, 12, 12, 595.0, 842.0, 0, (0.0, 0.0, 595.0, 842.0), (), (), "image"),
        ),
        metadata=Metadata(title="A title", language="en", found_in={"title": "its first lines"}),
        warnings=("Page 2 is a picture.",),
        parameters={"encoding": "utf-8"},
    )
    document = add(project, b"the bytes", "a name.pdf")

    job = read_all(document)

    assert reader.seen == [(b"the bytes", "a name.pdf")]
    assert shown(document.current_text) == {
        "n": 1,
        "body": body,
        "length": len(body),
        "blocks": [["heading", 0, 11, 1], ["paragraph", 12, len(body), 0]],
        "reader": "plain",
        "reader_version": "1",
        "parameters": {"encoding": "utf-8"},
        "metadata": {
            "title": "A title", "outlet": None, "published_on": None, "author": None, "address": None,
            "language": "en", "kind": None, "found_in": {"title": "its first lines"},
        },
        "warnings": ["Page 2 is a picture."],
        "language": "en",
        "has_astral": True,
    }  # fmt: skip
    first, second = Page.objects.all()
    assert (first.number, first.start, first.end, first.rotation, first.crop_box) == (
        1,
        0,
        12,
        90,
        [0.0, 0.0, 595.0, 842.0],
    )
    assert packing.unpack(first.words, start=0, width=595.0, height=842.0) == words
    assert first.furniture == [
        {"kind": "head", "text": "UNTS 1951", "x0": 72.0, "top": 20.0, "width": 60.0, "height": 10.0}
    ]  # fmt: skip
    assert (second.state, second.furniture) == ("image", [])
    assert job.message == f"{document.filename}: 2 pages, {len(body)} characters"


PROPOSED = Metadata(
    title="Proposed",
    outlet="Reuters",
    author="Ada",
    address="https://example.org",
    published_on="1951-08-30",
    kind="news",
)


def described(document: Document) -> tuple:
    return (
        document.title,
        document.outlet,
        document.author,
        document.address,
        str(document.published_on),
        document.kind,
    )


def test_what_nobody_said_is_proposed_by_the_reader(project, reader):
    reader.gives = a_reading(metadata=PROPOSED)
    document = add(project)

    read_all(document)

    assert described(document) == (
        "Proposed",
        "Reuters",
        "Ada",
        "https://example.org",
        "1951-08-30",
        "news",
    )


def test_what_was_said_when_it_was_added_stays(project, reader):
    reader.gives = a_reading(metadata=PROPOSED)
    document = add(project, title="treaty", kind="other", outlet="UNTS")

    read_all(document)

    assert described(document)[:3] == ("treaty", "UNTS", "Ada")
    assert document.kind == "other"


def test_what_was_said_before_the_reader_came_to_it_stays(project, reader):
    reader.gives = a_reading(metadata=PROPOSED)
    document = add(project)
    documents.describe(document, by=document.added_by, title="Mine", kind="treaty", author="Bea")

    read_all(document)

    assert described(document) == (
        "Mine",
        "Reuters",
        "Bea",
        "https://example.org",
        "1951-08-30",
        "treaty",
    )


def test_what_was_said_stays_when_only_the_second_reading_succeeds(project, reader):
    reader.gives = BROKEN
    document = add(project, title="Mine", kind="treaty")
    read_all(document)
    reader.gives = a_reading(metadata=PROPOSED)

    documents.read_again(document, by=document.added_by)
    read_all(document)

    assert (document.state, document.title, document.kind, document.outlet) == (
        "read",
        "Mine",
        "treaty",
        "Reuters",
    )


def test_a_later_reading_proposes_nothing(project, reader):
    document = small.document(project, title="Old", sha256=add_file(b"x"))
    reader.gives = a_reading(metadata=PROPOSED)

    documents.read_again(document, by=document.added_by)
    read_all(document)

    assert document.title == "Old"
    assert document.current_text.n == 2


def add_file(data: bytes) -> str:
    from projects import files

    return files.put_bytes(data)[0]


# --- reading again


def test_another_reading_is_another_text_and_the_old_one_stays(project, reader):
    reader.gives = a_reading("Old reading.\nx")
    document = add(project)
    read_all(document)
    old = document.current_text

    reader.gives = a_reading("New reading.\nx", reader_version="2")
    documents.read_again(document, by=document.added_by)
    read_all(document)

    assert [(text.n, text.body) for text in document.texts.all()] == [
        (1, "Old reading.\nx"),
        (2, "New reading.\nx"),
    ]
    assert document.current_text.n == 2
    old.refresh_from_db()
    assert old.body == "Old reading.\nx"


def test_a_reading_that_gives_the_same_adds_nothing(project, reader):
    reader.gives = a_reading()
    document = add(project)
    read_all(document)

    documents.read_again(document, by=document.added_by)
    read_all(document)

    assert [text.n for text in document.texts.all()] == [1]


@pytest.mark.parametrize(
    "change",
    [{"reader_version": "2"}, {"blocks": (Block("paragraph", 0, 11), Block("paragraph", 12, 26))}],
)
def test_the_same_body_with_other_blocks_or_by_another_version_is_another_text(
    project, reader, change
):
    reader.gives = a_reading()
    document = add(project)
    read_all(document)

    reader.gives = a_reading(**change)
    documents.read_again(document, by=document.added_by)
    read_all(document)

    assert [text.n for text in document.texts.all()] == [1, 2]


def test_an_assignment_keeps_the_text_it_was_drawn_with(project, reader):
    reader.gives = a_reading("Old reading.\nx")
    document = add(project)
    read_all(document)
    opened = small.coding_round(project, documents=[document])

    reader.gives = a_reading("New reading.\nx")
    documents.read_again(document, by=document.added_by)
    read_all(document)

    assert (opened.assignments.get().text.n, document.current_text.n) == (1, 2)


def test_a_later_failure_takes_the_text_from_nobody(project, reader):
    reader.gives = a_reading()
    document = add(project)
    read_all(document)

    reader.gives = BROKEN
    documents.read_again(document, by=document.added_by)
    job = read_all(document)

    assert (document.state, document.reason, document.current_text.n) == ("read", "", 1)
    assert job.message == "could not be read: The file is damaged. Download it again."


def test_a_failed_document_that_can_be_read_now_says_so(project, reader):
    reader.gives = BROKEN
    document = add(project)
    read_all(document)
    assert (document.state, document.reason) == ("failed", BROKEN.reason)

    reader.gives = a_reading()
    documents.read_again(document, by=document.added_by)
    read_all(document)

    assert (document.state, document.reason, document.reason_code) == ("read", "", "")


# --- what happens beside it


@pytest.mark.parametrize("gives", [a_reading(), BROKEN])
@pytest.mark.parametrize("when", ["before", "during"])
def test_a_document_retired_meanwhile_stays_retired(project, reader, gives, when):
    reader.gives = gives
    document = add(project)

    def retire():
        documents.retire(
            Document.objects.get(pk=document.pk), by=document.added_by, reason="a duplicate"
        )

    if when == "before":
        retire()
    else:
        reader.meanwhile = retire

    job = read_all(document)

    assert (document.state, document.reason, document.current_text) == (
        "retired",
        "a duplicate",
        None,
    )
    assert (job.state, Text.objects.count()) == ("done", 0)


def test_what_is_described_while_it_is_read_stays(project, reader):
    reader.gives = a_reading(metadata=PROPOSED)
    document = add(project)
    reader.meanwhile = lambda: documents.describe(
        Document.objects.get(pk=document.pk), by=document.added_by, title="Mine"
    )

    read_all(document)

    assert (document.title, document.outlet) == ("Mine", "Reuters")


def test_a_reading_whose_claim_is_gone_keeps_nothing(project, reader):
    reader.gives = a_reading()
    document = add(project)
    reader.meanwhile = lambda: Job.objects.update(worker="another", attempts=2)

    jobs.work_one("one")

    document.refresh_from_db()
    assert (document.state, Text.objects.count()) == ("queued", 0)


def test_an_error_of_ours_leaves_nothing_half_kept_and_is_tried_again(
    project, reader, monkeypatch, caplog
):
    reader.gives = a_reading()
    document = add(project)
    keep = ingesting._propose

    def fail_once(*args):
        monkeypatch.setattr(ingesting, "_propose", keep)
        raise ValueError("once")

    monkeypatch.setattr(ingesting, "_propose", fail_once)
    jobs.work_one("one")
    assert Text.objects.count() == 0

    job = read_all(document)

    assert (job.state, job.attempts, document.state, Text.objects.count()) == (
        "done",
        2,
        "read",
        1,
    )


def test_a_stored_file_that_is_gone_is_told_on_the_row(project):
    document = small.unread_document(project)
    documents.read_again(document, by=document.added_by)

    job = read_all(document)

    reason = "The stored file is not there any more. `manage.py doctor` tells more."
    assert (job.state, job.error) == ("failed", reason)
    assert (document.state, document.reason_code, document.reason) == ("failed", "missing", reason)


def test_one_bad_file_leaves_the_others_alone(project, reader):
    bad, good = add(project, b"bad", "bad.txt"), add(project, b"good", "good.txt")
    reader.gives = a_reading()
    reader.meanwhile = lambda: setattr(
        reader, "gives", BROKEN if reader.seen[-1][0] == b"bad" else a_reading()
    )

    jobs.finish_all()

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == ("failed", "read")


def test_a_row_that_has_gone_fails_the_job_in_plain_words(project):
    job = jobs.enqueue(documents.READ, "nothing", project=project, by=None)

    jobs.finish_all()

    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "The document is not there any more.")


def test_kept_pages_cannot_be_moved(project, reader):
    reader.gives = a_reading(
        pages=(PageRead(1, 0, 12, 595.0, 842.0, 0, (0.0, 0.0, 1.0, 1.0), (), (), "ok"),)
    )
    read_all(add(project))

    with pytest.raises(DatabaseError), transaction.atomic():
        Page.objects.update(start=1)
