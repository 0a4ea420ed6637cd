"""Taking in a collection: the rows of a table in batches, the members of an archive one by one.

Safe to run twice: what is here already is left as it is. A bad row or member gets its line, the rest goes on.
Articles of a table are plain text, so their text is made here at once; members are read as any file is, by jobs.
"""

import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import Q, Sum

from projects import files, ledger, rows
from projects.jobs import Progress
from projects.refusals import Refused
from sources import collections, comparing, ingesting, preparing
from sources.documents import UNFIT
from sources.models import Collection, CollectionLine, Document, Text
from sources.preparing import Ready
from sources.reading import Unreadable, archive, containers, isolated, tabular
from sources.reading.tabular import Article, Fault
from sources.search import indexing

WORTH_A_PROCESS = 1 << 20  # bytes of a table; starting one takes as long as a few hundred articles
MOST_LINES = 10_000  # told one by one; beyond that only counted
TRIES = 3
Outcome = CollectionLine.Outcome


@dataclass
class Told:
    """What became of the items so far."""

    collection: Collection
    items: int = 0
    added: int = 0
    known: int = 0
    refused: int = 0
    kept: int = 0

    def write(self, lines: list[CollectionLine]) -> None:
        room = lines[: max(0, MOST_LINES - self.kept)]
        CollectionLine.objects.bulk_create(room)
        self.kept += len(room)

    def line(
        self, number: int, outcome: str, reason: str, *, name: str = "", document: Document | None = None
    ) -> CollectionLine:  # fmt: skip
        return CollectionLine(
            collection=self.collection, number=number, name=name[:300], outcome=outcome, reason=reason,
            document=document,
        )  # fmt: skip

    def __str__(self) -> str:
        return (
            f"{self.added:,} documents added"
            + (f", {self.known:,} were here already" if self.known else "")
            + (f", {self.refused:,} not added" if self.refused else "")
        )


def collect(collection: Collection, progress: Progress) -> str:
    told = Told(collection)
    collection.lines.all().delete()
    try:
        if collection.is_table:
            _take_table(collection, told, progress)
        else:
            _take_archive(collection, told, progress)
    except Unreadable as refusal:
        _end(collection, told, Collection.State.FAILED, refusal.reason)
        return f"could not be taken in: {refusal.reason}"
    _end(collection, told, Collection.State.DONE)
    indexing.settle()
    return str(told)


def _end(collection: Collection, told: Told, state: str, reason: str = "") -> None:
    with transaction.atomic():
        Collection.objects.filter(pk=collection.pk).update(
            state=state,
            reason=reason,
            items=told.items,
            added=collection.documents.count(),
            known=told.known,
            refused=told.refused,
        )
        if told.added:
            ledger.record(
                collection.project,
                "collection.take_in",
                collection,
                by=collection.added_by,
                difference={"added": told.added, "sha256": collection.sha256},
            )


# -- tables


def _take_table(collection: Collection, told: Told, progress: Progress) -> None:
    form: tabular.Form = "csv" if collection.form == Collection.Form.CSV else "jsonl"
    with files.open_stored(collection.sha256) as file:
        headers = tabular.headers(file, form)
        Collection.objects.filter(pk=collection.pk).update(headers=headers)
        columns = tabular.check(collection.columns, headers)
        batches = (
            preparing.prepared(file, form, columns)
            if collection.size < WORTH_A_PROCESS
            else preparing.ahead(files.path_of(collection.sha256), form, columns)
        )
        for batch in batches:
            told.items += len(batch.rows)
            _take_batch(collection, batch.rows, told)
            progress.step(batch.at * 1000 // max(collection.size, 1), 1000, f"{told.items:,} rows")


@dataclass
class _Prepared:
    """An article with what it is told from others by; its content in UTF-8.

    `identity` is what makes it this article: the same content from another source is another document, a copy.
    """

    ready: Ready
    external_id: str
    content: bytes
    sha256: str
    identity: str
    document: Document | None = field(default=None)


def _take_batch(collection: Collection, batch: list[Ready | Fault], told: Told) -> None:
    lines: list[CollectionLine] = []
    prepared: list[_Prepared] = []
    for row in batch:
        if isinstance(row, Fault):
            lines.append(told.line(row.line, Outcome.REFUSED, row.reason))
        elif reason := _unfit(row.article):
            lines.append(told.line(row.article.line, Outcome.REFUSED, reason))
        else:
            prepared.append(_prepare(collection, row))
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                fresh, others, known = _sorted_out(collection, prepared, told)
                _keep(collection, fresh)
                said = [
                    told.line(one.ready.article.line, Outcome.NOTED, " ".join(one.ready.article.notes), document=one.document)
                    for one in fresh
                    if one.ready.article.notes
                ]  # fmt: skip
                everything = sorted([*lines, *others, *said], key=lambda line: line.number)
                told.write(everything)
            break
        except IntegrityError:  # somebody added one of these at this moment: look again
            if attempt == TRIES:
                raise
    told.added += len(fresh)
    told.known += known
    told.refused += sum(line.outcome == Outcome.REFUSED for line in everything)


def _unfit(article: Article) -> str:
    if len(article.id) > 200 or UNFIT.search(article.id):
        return "A document's own id has at most 200 characters, no semicolon and no line break."
    return ""


def _prepare(collection: Collection, ready: Ready) -> _Prepared:
    article, content = ready.article, ready.content.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    source = [article.id, _outlet(collection, article), article.published_on, article.address]
    return _Prepared(
        ready,
        article.id or f"{collection.label}-{article.line}",
        content,
        sha256,
        hashlib.sha256(json.dumps([sha256, *source]).encode()).hexdigest(),
    )


def _outlet(collection: Collection, article: Article) -> str:
    return (article.outlet or collection.said.get("outlet", ""))[:200]


def _sorted_out(
    collection: Collection, prepared: list[_Prepared], told: Told
) -> tuple[list[_Prepared], list[CollectionLine], int]:
    """Those to keep; lines about the others; how many were here already."""
    here = Document.objects.filter(project=collection.project_id).only(
        "external_id", "sha256", "article", "collection_id", "line", "state", "taken_down_at"
    )
    by_id = {
        document.external_id: document
        for document in here.filter(external_id__in=[one.external_id for one in prepared])
    }
    # What was taken down does not come back by another row.
    live = here.exclude(state=Document.State.RETIRED, taken_down_at=None).exclude(article="")
    by_identity = {
        document.article: document
        for document in live.filter(article__in=[one.identity for one in prepared])
    }
    fresh: list[_Prepared] = []
    lines: list[CollectionLine] = []
    known = 0
    seen_ids: dict[str, _Prepared] = {}
    seen: dict[str, _Prepared] = {}
    for one in prepared:
        number = one.ready.article.line
        namesake, before = by_id.get(one.external_id), seen_ids.get(one.external_id)
        twin = namesake or by_identity.get(one.identity)
        other = before or seen.get(one.identity)
        if twin is not None and (twin.sha256 == one.sha256 or twin is not namesake):
            known += 1
            if (twin.collection_id, twin.line) != (collection.pk, number):
                retired = ", which is retired" if twin.state == Document.State.RETIRED else ""
                reason = (
                    f"The same article is here already as document “{twin.external_id}”{retired}."
                )
                lines.append(told.line(number, Outcome.KNOWN, reason, document=twin))
        elif twin is not None:
            reason = f"There is already a document “{one.external_id}” with other content."
            lines.append(told.line(number, Outcome.REFUSED, reason, document=twin))
        elif other is not None and (other.sha256 == one.sha256 or other is not before):
            known += 1
            reason = f"The same article stands in line {other.ready.article.line}."
            lines.append(told.line(number, Outcome.KNOWN, reason))
        elif other is not None:
            reason = f"The id “{one.external_id}” stands already in line {other.ready.article.line}, with other content."
            lines.append(told.line(number, Outcome.REFUSED, reason))
        else:
            seen_ids[one.external_id] = seen[one.identity] = one
            fresh.append(one)
    return fresh, lines, known


def _keep(collection: Collection, fresh: list[_Prepared]) -> None:
    """Documents with their texts, in a few statements however many there are."""
    if not fresh:
        return
    pack, _ = files.put(one.content for one in fresh)
    keys = rows.take_keys(Document, len(fresh))
    text_keys = rows.take_keys(Text, len(fresh))
    rows.write(_documents(collection, fresh, pack, zip(keys, text_keys, strict=True)))
    rows.write(_texts(fresh))
    indexing.index_new(
        [
            (one.document, one.ready.read.body, (one.ready.terms, one.ready.spellings))
            for one in fresh
            if one.document
        ]
    )
    comparing.ask(collection.project, by=None)


def _documents(
    collection: Collection, fresh: list[_Prepared], pack: str, keys: Iterable[tuple[int, int]]
) -> Iterator[Document]:
    start = 0
    for one, (key, text_key) in zip(fresh, keys, strict=True):
        one.document = document = _document(collection, one, pack, start)
        document.pk, document.current_text_id = key, text_key
        start += len(one.content)
        yield document


def _texts(fresh: list[_Prepared]) -> Iterator[Text]:
    for one in fresh:
        if one.document:
            text = ingesting.new_text(one.document, one.ready.read, n=1)
            text.pk = one.document.current_text_id
            yield text


def _document(collection: Collection, one: _Prepared, pack: str, start: int) -> Document:
    article, proposed = one.ready.article, one.ready.read.metadata
    is_news = bool(article.published_on or article.outlet)
    kind = (
        collection.said.get("kind")
        or article.kind
        or proposed.kind
        or (Document.Kind.NEWS if is_news else Document.Kind.OTHER)
    )
    title = article.title or proposed.title or one.ready.read.body.partition("\n")[0]
    return Document(
        project_id=collection.project_id,
        external_id=one.external_id,
        state=Document.State.READ,
        kind=kind,
        title=title[:500],
        outlet=_outlet(collection, article),
        author=article.author[:200],
        address=article.address[:1000],
        published_on=date.fromisoformat(article.published_on) if article.published_on else None,
        filename=f"{one.external_id[:250]}.txt",
        sha256=one.sha256,
        size=len(one.content),
        pack=pack,
        pack_start=start,
        article=one.identity,
        collection_id=collection.pk,
        line=article.line,
        added_by_id=collection.added_by_id,
    )


# -- archives


def _take_archive(collection: Collection, told: Told, progress: Progress) -> None:
    if collection.depth > archive.MAX_DEPTH:
        raise Unreadable(
            "too_large",
            "This is an archive within an archive within an archive. Unpack it and add what is in it.",
        )
    most_bytes, most_members = _room(collection)
    path = files.path_of(collection.sha256)
    with tempfile.TemporaryDirectory(prefix="concord-unpacked-") as folder:
        progress.step(0, 1, "unpacking", hold=120)
        members = isolated.unpack_isolated(
            path, Path(folder), most_bytes=most_bytes, most_members=most_members
        )
        Collection.objects.filter(pk=collection.pk).update(
            unpacked=sum(member.size for member in members if member.stored)
        )
        for done, member in enumerate(members):
            progress.step(done, len(members), f"{done:,} of {len(members):,} files")
            told.items += 1
            with transaction.atomic():
                told.write(list(_take_member(collection, member, Path(folder), told)))
            if member.stored:
                (Path(folder) / member.stored).unlink()


def _room(collection: Collection) -> tuple[int, int]:
    """Bytes and files this archive may still hold, counting what the archives around and beside it have taken."""
    root = collection.parent_id or collection.pk
    family = Collection.objects.filter(Q(pk=root) | Q(parent=root)).exclude(pk=collection.pk)
    used = family.aggregate(bytes=Sum("unpacked"), items=Sum("items"))
    return (
        max(0, archive.MAX_TOTAL - (used["bytes"] or 0)),
        max(0, containers.MAX_MEMBERS - (used["items"] or 0)),
    )


def _take_member(
    collection: Collection, member: archive.Member, folder: Path, told: Told
) -> Iterator[CollectionLine]:
    """Lines about a member, none for one that became a document of its own."""
    if member.reason:
        told.refused += 1
        yield told.line(member.number, Outcome.REFUSED, member.reason, name=member.name)
        return
    try:
        taken = collections.take_in(
            collection.project,
            by=collection.added_by,
            chunks=_chunks(folder / member.stored),
            filename=member.name,
            kind=collection.said.get("kind", ""),
            outlet=collection.said.get("outlet", ""),
            inside=collection,
            line=member.number,
        )
    except Refused as refusal:
        twin = Document.objects.filter(
            project=collection.project_id, external_id=str(refusal.details.get("document", ""))
        ).first()
        if twin is None:
            told.refused += 1
            yield told.line(member.number, Outcome.REFUSED, refusal.message, name=member.name)
            return
        told.known += 1
        if (twin.collection_id, twin.line) != (collection.pk, member.number):
            yield told.line(member.number, Outcome.KNOWN, refusal.message, name=member.name, document=twin)  # fmt: skip
        return
    if isinstance(taken, Collection):
        reason = f"It holds documents itself and is taken in as the collection “{taken.label}”."
        yield told.line(member.number, Outcome.NOTED, reason, name=member.name)
    else:
        told.added += 1


def _chunks(path: Path) -> Iterable[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            yield chunk
