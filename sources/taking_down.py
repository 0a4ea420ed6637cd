"""Taking a document down: its bytes, its texts and all quotes of them go for good; row, hash and reason stay.

Texts are blackened, not cut: offsets, lengths and line feeds stay, so that codings, decisions and figures go on to be
what they were. Published releases are frozen and stay as they are. What floors above hold is blackened by what they
register here.
"""

import re
from collections.abc import Callable

from django.db import connection, transaction
from django.utils import timezone

from projects import files, ledger
from projects.models import User
from projects.refusals import Invalid, WrongState
from sources.models import (
    AllianceList,
    Collection,
    Document,
    Likeness,
    Page,
    Section,
    Sketch,
    Text,
)
from sources.search import indexing

BLACK = "█"
_LETTERS = re.compile(r"[^\n]")

Blackens = Callable[[Document, User], None]
_ALSO: list[Blackens] = []


def also(blacken: Blackens) -> Blackens:
    """Register what takes the quotes of a document out of an app above: called within the transaction."""
    _ALSO.append(blacken)
    return blacken


def blackened(words: str) -> str:
    return _LETTERS.sub(BLACK, words)


def take_down(document: Document, *, by: User, reason: str) -> Document:
    if not reason.strip():
        raise Invalid("Please say why this document is taken down.")
    with transaction.atomic():
        document = (
            Document.objects.select_for_update(of=("self",))
            .select_related("project", "current_text", "collection")
            .get(pk=document.pk)
        )
        if document.taken_down_at is not None:
            raise WrongState("This document is taken down already.")
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA secure_delete = ON")  # what goes is overwritten in the file
        _take_bytes(document)
        _blacken_texts(document)
        document.state, document.reason_code = Document.State.RETIRED, "taken_down"
        document.reason, document.taken_down_at = reason.strip(), timezone.now()
        document.save(update_fields=["state", "reason_code", "reason", "taken_down_at"])
        for blacken in _ALSO:
            blacken(document, by)
        ledger.record(
            document.project,
            "document.take_down",
            document,
            by=by,
            difference={
                "reason": document.reason,
                "sha256": document.sha256,
                "texts": list(document.texts.order_by("n").values_list("sha256", flat=True)),
            },
        )
    return document


def _blacken_texts(document: Document) -> None:
    if document.current_text is not None:
        indexing.forget(document, document.current_text.body)
    for text in document.texts.all():
        Text.objects.filter(pk=text.pk).update(body=blackened(text.body), metadata={}, warnings=[])
    Page.objects.filter(text__document=document).update(words=b"", furniture=[])
    Section.objects.filter(outline__text__document=document).update(heading="")
    Sketch.objects.filter(document=document).delete()
    for side in ("first", "second"):
        Likeness.objects.filter(**{side: document}).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sources_shingle WHERE document_id = %s", [document.pk])


# -- bytes


def _take_bytes(document: Document) -> None:
    """What another project holds as a document of its own stays with that project."""
    others = Document.objects.exclude(pk=document.pk).filter(taken_down_at=None)
    if document.pack:
        _take_out_of_pack(document)
    elif not others.filter(sha256=document.sha256).exists():
        _forget(document.sha256)
    collection = document.collection
    while collection is not None:
        if collection.emptied_at is None:
            Collection.objects.filter(pk=collection.pk).update(emptied_at=timezone.now())
            if not Collection.objects.filter(sha256=collection.sha256, emptied_at=None).exists():
                _forget(collection.sha256)
        collection = collection.parent


def _take_out_of_pack(document: Document) -> None:
    """Articles of a table lie many to a file: another is written, with nothing where this one was."""
    before = document.pack
    with files.open_stored(before) as file:
        whole = bytearray(file.read())
    start = document.pack_start or 0
    whole[start : start + document.size] = bytes(document.size)
    after, _ = files.put_bytes(bytes(whole))
    if after != before:
        Document.objects.filter(pack=before).update(pack=after)
        document.pack = after
        _forget(before)


def _forget(sha256: str) -> None:
    if not AllianceList.objects.filter(sha256=sha256).exists():
        files.forget(sha256)
