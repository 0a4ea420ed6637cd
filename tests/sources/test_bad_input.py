"""What strangers send: each bad file gets a row of its own with a plain reason, and nothing else is touched.

The thousands are made by `malformed`; the whole run is a command of its own (`python -m tests.sources.malformed`).
"""

import io
import random
import time
import zipfile

import pytest
from django.urls import reverse

from projects import jobs
from projects.models import Job
from projects.refusals import Invalid
from sources import documents
from sources.models import Collection, CollectionLine, Document
from sources.reading import MAX_BYTES, Unreadable
from sources.reading.isolated import read_isolated
from tests import factories
from tests.sources import malformed, samples, word_files
from tests.sources.test_reading_isolated import bomb

SHORT = 240
FIRST = random.Random("which of the thousands the suite reads").randrange(malformed.NUMBER - SHORT)


def test_malformed_files_give_a_text_or_a_reason():
    tally = malformed.run(range(FIRST, FIRST + SHORT))

    assert tally.faults == []
    assert tally.read == SHORT
    assert {name.partition(" ")[0] for name in tally.outcomes} == {
        name.rpartition(".")[2] for name, _ in malformed.seeds()
    }


def test_malformed_files_are_the_same_each_time():
    assert [malformed.file(n) for n in range(36)] == [malformed.file(n) for n in range(36)]


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


TREATY = samples.pdf(["AGREEMENT", "The Parties agree as follows:"], ["Article 1", "Peace. " * 30])
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>'


def bad_files() -> dict[str, tuple[bytes, str, str]]:
    """By name: bytes, state, code of the reason."""
    return {
        "encrypted.pdf": (samples.locked_pdf(), "failed", "encrypted"),
        "truncated.pdf": (TREATY[: len(TREATY) // 3], "failed", "broken"),
        "bomb.pdf": (bomb(), "failed", "memory"),
        "scan.pdf": (samples.picture_pdf(), "failed", "image_only"),
        "picture.pdf": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 200, "failed", "unsupported"),
        "really-a-pdf.txt": (TREATY + b"\n", "read", ""),
        "bomb.docx": (
            word_files.with_part(word_files.of("x"), "word/document.xml", b" " * 80_000_000),
            "failed",
            "too_large",
        ),
        "entities.docx": (
            word_files.with_part(word_files.of("x"), "word/document.xml", ENTITIES),
            "failed",
            "broken",
        ),
        "truncated.docx": (word_files.of("words")[:4000], "failed", "broken"),
        "entities.html": (
            b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><body><p>Words &a; here.</p></body></html>',
            "read",
            "",
        ),
        "empty.txt": (b"", "failed", "empty"),
        "blank.md": (b" \n\t\n ", "failed", "empty"),
        "wrong-encoding.txt": (b"\xef\xbb\xbfcaf\xe9 cr\xe8me", "failed", "broken"),
        "nul-bytes.txt": (b"text with\x00\x00\x00\x00 zeros" * 50, "failed", "binary"),
        "noise.txt": (random.Random(1).randbytes(5000), "failed", "binary"),
        "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "failed", "unsupported"),
        "locked.docx": (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "failed",
            "encrypted",
        ),
        "good.txt": (b"A good text, read after all the others.", "read", ""),
    }


@pytest.mark.django_db
def test_every_bad_file_of_a_batch_has_its_row_and_the_good_ones_are_read(client):
    project = factories.project()
    client.force_login(factories.user("founder"))
    bad, sent = bad_files(), []
    for name, (data, _, _) in bad.items():
        file = io.BytesIO(data)
        file.name = name
        sent.append(file)

    page = client.post(reverse("upload", args=["alliances"]), {"files": sent})
    assert (page.status_code, page.context["taken"]) == (200, len(bad))
    jobs.finish_all()

    found = {
        document.filename: (document.state, document.reason_code)
        for document in Document.objects.filter(project=project)
    }
    assert found == {name: (state, code) for name, (_, state, code) in bad.items()}
    for document in Document.objects.filter(state="failed"):
        assert document.reason[0].isupper() and document.reason.endswith("."), document.reason
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    for document in Document.objects.all():
        assert client.get(document.get_absolute_url()).status_code == 200
    assert "root:" not in Document.objects.get(filename="entities.html").current_text.body


@pytest.mark.django_db
def test_archives_and_tables_survive_what_is_bad_in_them(client):
    project = factories.project()
    client.force_login(factories.user("founder"))
    hostile = zipped(
        {
            "../../../etc/cron.d/own": b"zip-slip, but only a label",
            "..\\..\\windows\\own.txt": b"the same for another system",
            "bomb.txt": b"0" * 3_000_000,
            "broken.pdf": TREATY[:300],
            "good.txt": b"A good text.",
            "inner.zip": zipped({"deep.txt": b"deep", "deeper.zip": zipped({"x.txt": b"x"})}),
        }
    )
    table = b'{"text": "good"}\n' + b"[" * 50_000 + b'\n{"text": NaN}\n{"text": "good too"}\n'
    sent = []
    for name, data in (
        ("hostile.zip", hostile),
        ("hostile.jsonl", table),
        ("cut.zip", hostile[:-30]),
    ):
        file = io.BytesIO(data)
        file.name = name
        sent.append(file)

    client.post(reverse("upload", args=["alliances"]), {"files": sent})
    jobs.finish_all()

    assert sorted(Document.objects.values_list("filename", "state", "reason_code")) == [
        ("broken.pdf", "failed", "broken"),
        ("cut.zip", "failed", "broken"),
        ("deep.txt", "read", ""),
        ("good.txt", "read", ""),
        ("hostile-2-1.txt", "read", ""),
        ("hostile-2-4.txt", "read", ""),
        ("own", "read", ""),
        ("own.txt", "read", ""),
    ]
    assert {c.filename: c.state for c in Collection.objects.filter(project=project)} == {
        "hostile.zip": "done",
        "hostile.jsonl": "done",
        "inner.zip": "done",
        "deeper.zip": "failed",
    }
    refused = CollectionLine.objects.filter(outcome="refused").values_list("name", "number")
    assert sorted(refused) == [("", 2), ("", 3), ("bomb.txt", 3)]
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    for collection in Collection.objects.all():
        assert client.get(collection.get_absolute_url()).status_code == 200


def test_a_file_of_half_a_gigabyte_is_refused_unread(tmp_path):
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(500_000_000)

    began = time.monotonic()
    with pytest.raises(Unreadable) as refused:
        read_isolated(path, "large.pdf")

    assert (refused.value.code, str(MAX_BYTES // 1_000_000) in refused.value.reason) == (
        "too_large",
        True,
    )
    assert time.monotonic() - began < 1


@pytest.mark.django_db
def test_an_upload_of_half_a_gigabyte_is_refused_while_it_comes_in(settings):
    project = factories.project()
    sent = []

    def chunks():
        for _ in range(500):
            sent.append(1)
            yield b"%PDF" + bytes(1_000_000)

    with pytest.raises(Invalid) as refused:
        documents.add(project, by=factories.user("founder"), chunks=chunks(), filename="large.pdf")

    assert "is larger than 100 MB" in refused.value.message
    assert len(sent) < 110
    assert not list(settings.FILES_DIR.rglob(".incoming-*"))
    assert not Document.objects.exists()


@pytest.mark.django_db
def test_hostile_names_are_labels(client):
    factories.project()
    client.force_login(factories.user("founder"))
    names = [
        "../../etc/passwd",
        "a\\b\\c.txt",
        "n" * 400 + ".txt",
        "<script>.txt",
        "‮gpj.txt",
        "a;b\n.txt",
        ".",
    ]
    for n, name in enumerate(names):
        answer = client.post(
            reverse("api_documents", args=["alliances"]),
            {"file": _named(f"text {n}".encode(), name)},
        )
        assert answer.status_code in (201, 422), answer.content
    jobs.finish_all()

    assert Document.objects.filter(state="read").count() >= 5
    for document in Document.objects.all():
        assert "/" not in document.filename and len(document.filename) <= 255
        page = client.get(document.get_absolute_url()).content.decode()
        assert "<script>.txt" not in page


def _named(data: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = name
    return file
