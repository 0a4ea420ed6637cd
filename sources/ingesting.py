"""Reading a document: bytes from the store to a Text with its pages, or a row that says why not."""

import hashlib
from dataclasses import asdict
from datetime import date

from django.db import transaction

from projects.jobs import Progress
from sources import originals, reading
from sources.models import Document, Page, Text
from sources.reading import isolated, packing

# The reader's own wall-clock limit grows with the pages; the claim on the job must outlast it.
READING_SECONDS = 420


def read(document: Document, progress: Progress, *, said: list[str]) -> str:
    """Safe to run twice: a reading that gives what is already there changes nothing."""
    progress.step(0, 1, f"reading {document.filename}", hold=READING_SECONDS)
    try:
        result = isolated.read_isolated(originals.read(document), document.filename)
    except reading.Unreadable as refusal:
        _refuse(document, refusal)
        return f"could not be read: {refusal.reason}"
    with transaction.atomic():
        progress.step(1, 1, "keeping the text")
        document = Document.objects.select_for_update().get(pk=document.pk)
        text = _keep(document, result)
        _propose(document, result.metadata, said)
        document.current_text, document.state = text, Document.State.READ
        document.reason = document.reason_code = ""
        document.save()
    return f"{len(result.pages)} pages, {text.length} characters"


def _refuse(document: Document, refusal: reading.Unreadable) -> None:
    # A document that was read before stays readable: a newer reader's failure takes nothing away.
    Document.objects.filter(pk=document.pk, current_text=None).update(
        state=Document.State.FAILED, reason_code=refusal.code, reason=refusal.reason
    )


def _keep(document: Document, result: reading.ReadText) -> Text:
    sha256 = hashlib.sha256(result.body.encode()).hexdigest()
    last = document.texts.order_by("-n").first()
    blocks = [[block.kind, block.start, block.end, block.level] for block in result.blocks]
    if (
        last
        and last.sha256 == sha256
        and last.reader_version == result.reader_version
        and last.blocks == blocks
    ):
        return last
    text = new_text(document, result, n=last.n + 1 if last else 1)
    text.save()
    Page.objects.bulk_create(
        Page(
            text=text,
            number=page.number,
            start=page.start,
            end=page.end,
            width=page.width,
            height=page.height,
            rotation=page.rotation,
            crop_box=list(page.crop_box),
            words=packing.pack(page.words, start=page.start, width=page.width, height=page.height),
            furniture=[asdict(piece) for piece in page.furniture],
            state=page.state,
        )
        for page in result.pages
    )
    return text


def new_text(document: Document, result: reading.ReadText, *, n: int) -> Text:
    """A reading as a row, not yet kept; its pages are apart."""
    return Text(
        document=document,
        n=n,
        sha256=hashlib.sha256(result.body.encode()).hexdigest(),
        body=result.body,
        length=len(result.body),
        blocks=[[block.kind, block.start, block.end, block.level] for block in result.blocks],
        reader=result.reader,
        reader_version=result.reader_version,
        parameters=dict(result.parameters),
        metadata=asdict(result.metadata),
        warnings=list(result.warnings),
        language=result.metadata.language or "",
        has_astral=not result.body.isascii() and max(result.body) > "\uffff",
    )


def _propose(document: Document, metadata: reading.Metadata, said: list[str]) -> None:
    """Fill in what nobody has said; a person can correct it."""
    if document.current_text_id is not None:
        return
    proposals = {
        "title": (metadata.title or "")[:500],
        "outlet": (metadata.outlet or "")[:200],
        "author": (metadata.author or "")[:200],
        "address": (metadata.address or "")[:1000],
        "published_on": date.fromisoformat(metadata.published_on)
        if metadata.published_on
        else None,
        "kind": metadata.kind,
    }
    for name, value in proposals.items():
        if value and name not in said:
            setattr(document, name, value)
