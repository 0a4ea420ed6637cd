"""Collections: verbs. A table or an archive is one upload that becomes many documents; taking it in is collecting's."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, count
from pathlib import PurePosixPath

from django.conf import settings
from django.db import IntegrityError, transaction

from projects import files, jobs, ledger
from projects.models import Project, User
from projects.refusals import Invalid
from sources import documents
from sources.models import Collection, Document
from sources.reading import Unreadable, containers, tabular

COLLECT, INDEX = "sources.collect", "sources.index_collection"
_HEAD = 8192


def take_in(
    project: Project,
    *,
    by: User,
    chunks: Iterable[bytes],
    filename: str,
    kind: str = "",
    outlet: str = "",
    columns: Mapping[str, str] | None = None,
    inside: Collection | None = None,
    line: int | None = None,
) -> Document | Collection:
    """Whatever a person sends: a table or an archive becomes a collection, anything else a document.

    `inside` and `line` say which archive it came out of and where.
    """
    source = iter(chunks)
    head = _head(source)
    whole: Iterable[bytes] = chain([head], source)
    form = _form(head, filename)
    if form == "archive":
        sha256, size = files.put(_within_limit(whole, filename))
        if not _is_archive(sha256):
            whole, form = _stored(sha256), None
    if form is None:
        return documents.add(
            project, by=by, chunks=whole, filename=filename, kind=kind, outlet=outlet,
            collection=inside, line=line,
        )  # fmt: skip
    if form != "archive":
        sha256, size = files.put(_within_limit(whole, filename))
    said = {name: value for name, value in (("kind", kind), ("outlet", outlet)) if value}
    return _keep(
        project, by=by, sha256=sha256, size=size, filename=documents.label_of(filename), form=form,
        said=said, columns=dict(columns or {}), inside=inside,
    )  # fmt: skip


def is_one(chunks: Iterable[bytes], filename: str) -> bool:
    """Whether a file may be a collection, by its beginning (a Word file begins like an archive)."""
    return _form(_head(iter(chunks)), filename) is not None


def _head(source: Iterator[bytes]) -> bytes:
    head = b""
    while len(head) < _HEAD and (chunk := next(source, b"")):
        head += chunk
    return head


def _form(head: bytes, filename: str) -> str | None:
    return "archive" if containers.is_zip(head) else tabular.form(head[:_HEAD], filename)


def _keep(
    project: Project,
    *,
    by: User,
    sha256: str,
    size: int,
    filename: str,
    form: str,
    said: dict[str, str],
    columns: dict[str, str],
    inside: Collection | None,
) -> Collection:
    """The same file again is the same collection, taken in once more: what is here already stays as it is."""
    if said.get("kind", "other") not in Document.Kind.values:
        raise Invalid(f"A document is one of {', '.join(Document.Kind.values)}; not “{said['kind']}”.")  # fmt: skip
    _check_fields(columns)
    try:
        with transaction.atomic():
            collection = Collection.objects.filter(project=project, sha256=sha256).first()
            if collection is None:
                collection = Collection.objects.create(
                    project=project,
                    label=_free_label(project, filename),
                    form=form,
                    filename=filename,
                    sha256=sha256,
                    size=size,
                    columns=columns,
                    said=said,
                    parent=inside,
                    depth=inside.depth + 1 if inside else 1,
                    added_by=by,
                )
                ledger.record(
                    project, "collection.add", collection, by=by, difference={"sha256": sha256}
                )
            elif columns or said:
                collection.columns = columns or collection.columns
                collection.said = said or collection.said
                collection.save(update_fields=["columns", "said"])
            jobs.enqueue(COLLECT, collection.public_id, project=project, by=by)
    except IntegrityError as error:
        raise Invalid(f"“{filename}” was added by somebody else at this moment. Nothing was doubled.") from error  # fmt: skip
    return collection


def map_columns(collection: Collection, *, by: User, columns: Mapping[str, str]) -> Collection:
    """Say which column of a table is which part of an article, and take it in with that."""
    if not collection.is_table:
        raise Invalid("An archive has no columns.")
    try:
        tabular.check(columns, collection.headers)
    except Unreadable as refusal:
        raise Invalid(refusal.reason) from refusal
    with transaction.atomic():
        collection.columns, collection.state = dict(columns), Collection.State.QUEUED
        collection.save(update_fields=["columns", "state"])
        ledger.record(
            collection.project,
            "collection.map_columns",
            collection,
            by=by,
            difference={"columns": dict(columns)},
        )
        jobs.enqueue(COLLECT, collection.public_id, project=collection.project, by=by)
    return collection


def ask_to_index(collection: Collection) -> None:
    """Ask for what has come in to be laid into the search index, and compared behind that."""
    jobs.enqueue(INDEX, collection.public_id, project=collection.project, by=None)


def remind() -> None:
    """Ask again where what came in waits to be indexed and nobody is asked, as after a restore."""
    for collection in Collection.objects.filter(is_indexed=False).select_related("project"):
        if not any(jobs.waiting_for(kind, collection.public_id) for kind in (COLLECT, INDEX)):
            ask_to_index(collection)


def columns_from(words: str) -> dict[str, str]:
    """`title=headline,date=published` as a mapping. A column whose name holds a comma is mapped on its page."""
    columns: dict[str, str] = {}
    for pair in filter(None, (pair.strip() for pair in words.split(","))):
        field, equals, header = pair.partition("=")
        if not equals:
            raise Invalid(f"“{pair}” names no column: write it as title=headline,text=body.")
        columns[field.strip()] = header.strip()
    _check_fields(columns)
    return columns


def _check_fields(columns: Mapping[str, str]) -> None:
    for field in columns:
        if field not in tabular.FIELDS:
            raise Invalid(f"“{field}” is no part of an article; there are {', '.join(tabular.FIELDS)}.")  # fmt: skip


def _is_archive(sha256: str) -> bool:
    """Whether a ZIP file is an archive of documents rather than one (DOCX and its like) or a damaged file."""
    with files.open_stored(sha256) as file:
        try:
            with containers.opened(file) as container:
                return containers.what(container) == "archive"
        except Unreadable as refusal:
            # Damaged or too large: its row says so, as any document's does.
            return refusal.code == "too_large"


def _stored(sha256: str) -> Iterator[bytes]:
    with files.open_stored(sha256) as file:
        while chunk := file.read(1 << 20):
            yield chunk


def _within_limit(chunks: Iterable[bytes], filename: str) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > settings.COLLECTION_LIMIT_BYTES:
            limit = settings.COLLECTION_LIMIT_BYTES // (1024 * 1024)
            raise Invalid(f"“{filename}” is larger than {limit:,} MB, the most one upload may have. Split it.")  # fmt: skip
        yield chunk


def _free_label(project: Project, filename: str) -> str:
    stem = documents.UNFIT.sub("_", PurePosixPath(filename).stem)[:160] or "collection"
    taken = set(
        Collection.objects.filter(project=project, label__startswith=stem).values_list(
            "label", flat=True
        )
    )
    numbered = (f"{stem}-{n}" for n in count(2))
    return next(label for label in chain([stem], numbered) if label not in taken)
