"""Reading a document: bytes from the store to a Text with its pages, or a row that says why not."""

import hashlib
import tempfile
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path

from django.db import transaction

from projects.jobs import Progress
from projects.refusals import Missing, Refused
from sources import comparing, documents, originals, outlines, reading, structure
from sources.models import Document, Outline, Page, Text
from sources.reading import isolated, packing, recognition
from sources.search import indexing

# The reader's own wall-clock limit grows with the pages; the claim on the job must outlast it.
READING_SECONDS = 420
_SAID = [field.name for field in fields(reading.Metadata)]
RETIRED_MEANWHILE = "the document was retired meanwhile; nothing was kept"


def read(document: Document, progress: Progress, *, said: list[str]) -> str:
    """Safe to run twice: a reading that gives what is already there changes nothing."""
    if document.state == Document.State.RETIRED:
        return RETIRED_MEANWHILE
    progress.step(0, 1, f"reading {document.filename}", hold=READING_SECONDS)
    try:
        result = isolated.read_isolated(originals.source(document), document.filename)
    except reading.Unreadable as refusal:
        _refuse(document, refusal.code, refusal.reason)
        return f"could not be read: {refusal.reason}"
    except Missing as gone:
        _refuse(document, "missing", gone.message)
        raise
    return _take(document, result, progress, said=said)


def recognise(document: Document, progress: Progress, *, language: str) -> str:
    """Text recognition of a scan: another Text, marked as recognised. Pages that have good text keep it."""
    progress.step(0, 1, f"recognising the text of {document.filename}", hold=READING_SECONDS)
    pages = []
    if document.current_text is not None:
        found = document.current_text.pages.filter(state__in=("image", "garbled"))
        pages = list(found.order_by("number").values_list("number", flat=True))
    with tempfile.TemporaryDirectory(prefix="concord-recognised-") as folder:
        source = Path(folder) / "scan.pdf"
        source.write_bytes(originals.read(document))
        try:
            result = recognition.recognise(
                source,
                Path(folder),
                language=language,
                pages=pages,
                tick=lambda: progress.step(hold=READING_SECONDS),
            )
        except reading.Unreadable as refusal:
            raise Refused(refusal.reason) from refusal
    return _take(document, result, progress, said=[])


def _take(
    document: Document, result: reading.ReadText, progress: Progress, *, said: list[str]
) -> str:
    with transaction.atomic():
        progress.step(1, 1, "keeping the text")
        document = Document.objects.select_for_update().get(pk=document.pk)
        if document.state == Document.State.RETIRED:
            return RETIRED_MEANWHILE
        text = _keep(document, result)
        outline = outlines.propose(text)
        _propose(document, result.metadata, said)
        _propose_signing(document, text, outline, said)
        document.current_text, document.state = text, Document.State.READ
        document.reason = document.reason_code = ""
        document.save()
        indexing.index(document, text.body)
        comparing.ask(document.project, by=None)
    pages = f"{len(result.pages)} pages, " if result.pages else ""
    return f"{document.filename}: {pages}{text.length} characters"


def _refuse(document: Document, code: str, reason: str) -> None:
    # A document that was read before stays readable: a newer reader's failure takes nothing away.
    Document.objects.filter(pk=document.pk, current_text=None).exclude(
        state=Document.State.RETIRED
    ).update(state=Document.State.FAILED, reason_code=code, reason=reason)


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
            words=packing.packed(page),
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
        metadata={name: getattr(result.metadata, name) for name in _SAID},
        warnings=list(result.warnings),
        language=result.metadata.language or "",
        has_astral=has_astral(result.body),
    )


def has_astral(body: str) -> bool:
    """Whether a character of the text counts as two in UTF-16."""
    return not body.isascii() and len(body.encode("utf-16-le")) > 2 * len(body)


def _propose(document: Document, metadata: reading.Metadata, said: list[str]) -> None:
    """Fill in what nobody has said, then or since; a person can correct it."""
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
    blanks = {"title": documents.title_from(document.filename), "kind": Document.Kind.OTHER}
    for name, value in proposals.items():
        is_blank = getattr(document, name) in (blanks.get(name), "", None)
        if value and is_blank and name not in said:
            setattr(document, name, value)


def _propose_signing(
    document: Document, text: Text, outline: Outline | None, said: list[str]
) -> None:
    """Parties and day of signing of a treaty, where nobody has said any; a person can correct them."""
    if document.kind != Document.Kind.TREATY or document.described_by_id:
        return
    if outline is None:  # a declaration without articles names its parties all the same
        told = structure.signing(text.body, ())
        parties, signed_on = list(told.parties), told.on
    else:
        parties, signed_on = outline.parties, outline.signed_on
    document.parties = document.parties or parties
    if document.published_on is None and "published_on" not in said:
        document.published_on = signed_on
