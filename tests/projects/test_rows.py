"""Many rows at once: the same rows as `bulk_create` writes, whatever they hold, in both databases."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from projects import rows
from sources.models import Document, Mention, Page, Text
from tests import factories

HARD = "tab\tback\\slash \\N \\n\nline\r “quotes” 'and' \"others\" 條約 🙂 %s ? \\."


def add(project, external_id, **said):
    return Document(
        project=project, external_id=external_id, title=HARD, filename=f"{external_id}.txt", sha256=external_id,
        size=2**40, added_by=factories.user("founder"), **said,
    )  # fmt: skip


def _written_as_bulk_create_writes_them():
    project = factories.project()
    said = {"outlet": "\\N", "published_on": date(1951, 9, 8), "parties": [2, 740], "pack_start": 7}
    (one,) = Document.objects.bulk_create([add(project, "one", **said)])
    first, second = rows.take_keys(Document, 2)
    two = add(project, "two", **said)
    two.pk = second
    empty = add(project, "three")
    empty.pk = first
    rows.write([two, empty])

    written, wanted = Document.objects.get(pk=second), Document.objects.get(pk=one.pk)
    differing = {"id": second, "external_id": "two", "filename": "two.txt", "sha256": "two"}
    assert model_to_dict(written) == model_to_dict(wanted) | differing
    assert written.added_at >= wanted.added_at and written.public_id == two.public_id
    assert Document.objects.get(pk=first).published_on is None

    text = Text(
        document=written, n=1, body=HARD, length=len(HARD), blocks=[["paragraph", 0, 3, 0]], reader="x", sha256="x",
        reader_version="1", metadata={"title": HARD, "none": None}, has_astral=True,
    )  # fmt: skip
    (text.pk,) = rows.take_keys(Text, 1)
    rows.write([text])
    kept = Text.objects.get(pk=text.pk)
    assert (kept.body, kept.metadata, kept.blocks, kept.has_astral) == (
        HARD, {"title": HARD, "none": None}, [["paragraph", 0, 3, 0]], True,
    )  # fmt: skip

    rows.write([Page(text=kept, number=n, start=0, end=3, words=bytes(range(256))) for n in (1, 2)])
    assert [bytes(page.words) for page in kept.pages.all()] == [bytes(range(256))] * 2


def _keys_are_given_once():
    project = factories.project("keys")
    keys = [*rows.take_keys(Document, 3), *rows.take_keys(Document, 2)]
    (made,) = Document.objects.bulk_create([add(project, "later")])

    assert keys == list(range(keys[0], keys[0] + 5))
    assert made.pk == keys[-1] + 1


def _what_cannot_stand_is_refused():
    document = factories.document(factories.project("twice"))

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.write([Mention(document=document, ccode=950, count=1)] * 2)
    rows.write([])
    rows.insert("sources_mention", ("document_id", "ccode", "count"), [])
    assert not Mention.objects.filter(document=document, ccode=950).exists()


@pytest.mark.django_db
def test_rows_are_written_as_bulk_create_writes_them():
    _written_as_bulk_create_writes_them()


@pytest.mark.django_db
def test_keys_are_given_once():
    _keys_are_given_once()


@pytest.mark.django_db
def test_what_cannot_stand_is_refused():
    _what_cannot_stand_is_refused()


@pytest.mark.postgres
def test_the_same_on_postgres(on_postgres):
    _written_as_bulk_create_writes_them()
    _keys_are_given_once()
    _what_cannot_stand_is_refused()
