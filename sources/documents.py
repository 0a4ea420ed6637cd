"""Documents: verbs. Adding writes a row and asks for its reading; the reading itself is ingesting's."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import PurePosixPath

from django.conf import settings
from django.db import IntegrityError, transaction

from projects import files, jobs, ledger
from projects.models import Project, User
from projects.refusals import Invalid, WrongState
from sources import states
from sources.models import Collection, Document
from sources.reading import recognition
from sources.search import indexing

READ = "sources.read"
RECOGNISE = "sources.recognise"
# Releases join ids by semicolons, one row a line.
UNFIT = re.compile(r"[;\x00-\x1f\x7f\ud800-\udfff]")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
DESCRIBABLE = ("kind", "title", "outlet", "author", "address", "published_on", "parties")


def add(
    project: Project,
    *,
    by: User,
    chunks: Iterable[bytes],
    filename: str,
    external_id: str = "",
    kind: str = "",
    title: str = "",
    outlet: str = "",
    address: str = "",
    published_on: date | None = None,
    collection: Collection | None = None,
    line: int | None = None,
) -> Document:
    """Take a file in. It is kept as it came; whether it can be read is told on its row later."""
    filename = label_of(filename)
    for name, words in (("title", title), ("outlet", outlet), ("address", address)):
        if UNPRINTABLE.search(words):
            raise Invalid(
                f"The {name} holds a line break or another character that cannot be shown."
            )
    if kind and kind not in Document.Kind.values:
        raise Invalid(f"A document is one of {', '.join(Document.Kind.values)}; not “{kind}”.")
    sha256, size = files.put(_within_limit(chunks, filename))
    _refuse_what_was_taken_down(project, sha256, filename)
    try:
        with transaction.atomic():
            twin = _same_content(project, sha256)
            if twin:
                raise Invalid(
                    f"“{filename}” has the same content as document “{twin.external_id}”, which is already here. "
                    "Nothing was added.",
                    document=twin.external_id,
                )
            document = Document.objects.create(
                project=project,
                external_id=_free_external_id(project, external_id.strip(), filename),
                kind=kind or Document.Kind.OTHER,
                title=title.strip()[:500] or title_from(filename),
                outlet=outlet[:200],
                address=address[:1000],
                published_on=published_on,
                filename=filename,
                sha256=sha256,
                size=size,
                collection=collection,
                line=line,
                added_by=by,
            )
            ledger.record(
                project,
                "document.add",
                document,
                by=by,
                difference={"external_id": document.external_id, "sha256": sha256},
            )
            # What was said of a document by hand is never overwritten by what a reader proposes.
            said = [
                name
                for name, value in (
                    ("kind", kind),
                    ("title", title),
                    ("outlet", outlet),
                    ("address", address),
                    ("published_on", published_on),
                )
                if value
            ]
            jobs.enqueue(
                READ, document.public_id, project=project, by=by, parameters={"said": said}
            )
    except IntegrityError as error:
        raise Invalid(
            f"“{filename}” was added by somebody else at this moment. Nothing was doubled."
        ) from error
    return document


def describe(document: Document, *, by: User, **changes: object) -> Document:
    """Correct or, without changes, confirm what is said about a document (never its text)."""
    unknown = set(changes) - set(DESCRIBABLE)
    if unknown:
        raise Invalid(f"These cannot be changed: {', '.join(sorted(unknown))}.")
    if "title" in changes and not str(changes["title"]).strip():
        raise Invalid("A document needs a title.")
    if "kind" in changes and changes["kind"] not in Document.Kind.values:
        raise Invalid(f"A document is one of {', '.join(Document.Kind.values)}.")
    if "parties" in changes:
        changes["parties"] = _states(changes["parties"])
    with transaction.atomic():
        document = _locked(document)
        before = {name: str(getattr(document, name) or "") for name in changes}
        for name, value in changes.items():
            setattr(document, name, value)
        document.described_by = by
        document.save(update_fields=[*changes, "described_by"])
        if document.current_text is not None and {"title", "published_on"} & set(changes):
            # The title is found with the text; on which day a name means which state may differ.
            indexing.index(document, document.current_text.body)
        after = {name: str(value or "") for name, value in changes.items()}
        ledger.record(
            document.project,
            "document.describe",
            document,
            by=by,
            difference={"before": before, "after": after},
        )
    return document


def _states(ccodes: object) -> list[int]:
    """COW codes, sorted and once each; refuses what is no state."""
    try:
        return sorted({states.by_ccode(int(ccode)).ccode for ccode in ccodes})  # type: ignore[attr-defined]
    except (states.UnknownState, TypeError, ValueError) as problem:
        raise Invalid(f"Parties are states by their COW codes. {problem}") from None


def retire(document: Document, *, by: User, reason: str) -> Document:
    """Take a document out of the work to come. What was coded from it stays."""
    if not reason.strip():
        raise Invalid("Please say why this document is retired.")
    with transaction.atomic():
        document = _locked(document)
        if document.state == Document.State.RETIRED:
            raise WrongState("This document is already retired.")
        document.state, document.reason, document.reason_code = (
            Document.State.RETIRED,
            reason,
            "retired",
        )
        document.save(update_fields=["state", "reason", "reason_code"])
        ledger.record(
            document.project, "document.retire", document, by=by, difference={"reason": reason}
        )
    return document


def read_again(document: Document, *, by: User) -> Document:
    """Ask for another reading. A new reading is a new Text; the one coded against stays as it is."""
    with transaction.atomic():
        document = _locked(document)
        if document.state == Document.State.RETIRED:
            raise WrongState("A retired document is not read again.")
        ledger.record(document.project, "document.read_again", document, by=by)
        jobs.enqueue(READ, document.public_id, project=document.project, by=by)
    return document


def is_scan(document: Document) -> bool:
    """Whether text recognition has something to do: pages that are pictures, or whose letters are garbled."""
    if document.state == Document.State.FAILED:
        return document.reason_code == "image_only"
    text = document.current_text
    return (
        document.state == Document.State.READ
        and text is not None
        and text.pages.filter(state__in=("image", "garbled")).exists()
    )


def recognise(document: Document, *, by: User, language: str = "") -> Document:
    """Ask for text recognition (OCR). It makes another Text, marked as such; codings keep the one they have."""
    if not is_scan(document):
        raise WrongState("This document has text already; only scans are read by text recognition.")
    parts = recognition.availability()
    if parts.missing:
        raise WrongState(parts.missing)
    language = language or ("eng" if "eng" in parts.languages else parts.languages[0])
    if language not in parts.languages:
        raise Invalid(
            f"Tesseract has no language “{language}” here; there are {', '.join(parts.languages)}."
        )
    with transaction.atomic():
        ledger.record(
            document.project,
            "document.recognise",
            document,
            by=by,
            difference={"language": language},
        )
        jobs.enqueue(
            RECOGNISE,
            document.public_id,
            project=document.project,
            by=by,
            parameters={"language": language},
        )
    return document


def _locked(document: Document) -> Document:
    """The row as it stands now, held until the verb has ended."""
    return (
        Document.objects.select_for_update(of=("self",))
        .select_related("project")
        .get(pk=document.pk)
    )


def title_from(filename: str) -> str:
    """What a document is called until its reader or a person knows better."""
    return PurePosixPath(filename).stem


def label_of(filename: str) -> str:
    """A name as a label for people, never a path of ours."""
    last = PurePosixPath(filename.replace("\\", "/")).name
    return UNPRINTABLE.sub("", last)[:255].strip() or "unnamed"


def _within_limit(chunks: Iterable[bytes], filename: str) -> Iterable[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > settings.UPLOAD_LIMIT_BYTES:
            limit = settings.UPLOAD_LIMIT_BYTES // (1024 * 1024)
            raise Invalid(
                f"“{filename}” is larger than {limit} MB, the most one document may have."
            )
        yield chunk


def _refuse_what_was_taken_down(project: Project, sha256: str, filename: str) -> None:
    gone = Document.objects.filter(project=project, sha256=sha256, taken_down_at__isnull=False)
    if before := gone.first():
        # The bytes were kept a moment ago, to be hashed.
        if not Document.objects.filter(sha256=sha256, taken_down_at=None).exists():
            files.forget(sha256)
        raise Invalid(
            f"“{filename}” has the content of document “{before.external_id}”, which was taken down: {before.reason}. "
            "Nothing was added.",
            document=before.external_id,
        )


def _same_content(project: Project, sha256: str) -> Document | None:
    return (
        Document.objects.filter(project=project, sha256=sha256, article="")
        .exclude(state=Document.State.RETIRED)
        .first()
    )


def _free_external_id(project: Project, wanted: str, filename: str) -> str:
    """The id asked for, or the file's stem, or its whole name, or that with a number."""

    def is_free(candidate: str) -> bool:
        return not Document.objects.filter(project=project, external_id=candidate).exists()

    if wanted:
        if len(wanted) > 200 or UNFIT.search(wanted):
            raise Invalid(
                "A document's own id has at most 200 characters, no semicolon and no line break."
            )
        if not is_free(wanted):
            raise Invalid(
                f"There is already a document “{wanted}” with other content.", document=wanted
            )
        return wanted
    filename = UNFIT.sub("_", filename)
    stem = PurePosixPath(filename).stem[:190] or filename[:190]
    numbered = (f"{filename[:190]}-{n}" for n in range(2, 10_000))
    return next(candidate for candidate in (stem, filename[:200], *numbered) if is_free(candidate))
