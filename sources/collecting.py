"""Taking in a collection: the rows of a table in batches, the members of an archive one by one.

Safe to run twice: what is here already is left as it is. A bad row or member gets its line, the rest goes on.
Articles of a table are plain text, so their text is made here at once; members are read as any file is, by jobs.
Articles can be given out and read as soon as they are in; the search index takes them up behind that (indexing).
"""

import hashlib
import json
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, Sum
from django.utils import timezone

from projects import files, garbage, ledger, rows
from projects.jobs import Progress
from projects.models import public_id
from projects.refusals import Refused
from sources import collections, ingesting, preparing
from sources.documents import UNFIT
from sources.models import Collection, CollectionLine, Document, Text
from sources.preparing import Ready
from sources.reading import Unreadable, archive, containers, isolated, plain, tabular
from sources.reading.tabular import Article, Fault
from sources.reading.values import Metadata

WORTH_A_PROCESS = (
    4 << 20
)  # bytes of a table; starting one takes as long as to read a thousand articles
STEP_SECONDS = 0.5  # between two looks whether to go on; each is a transaction of its own
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
        self, number: int, outcome: str, reason: str, *, name: str = "", document: int | None = None
    ) -> CollectionLine:  # fmt: skip
        return CollectionLine(
            collection=self.collection, number=number, name=name[:300], outcome=outcome, reason=reason,
            document_id=document,
        )  # fmt: skip

    def __str__(self) -> str:
        return (
            f"{self.added:,} documents added"
            + (f", {self.known:,} were here already" if self.known else "")
            + (f", {self.refused:,} not added" if self.refused else "")
        )


def collect(collection: Collection, progress: Progress) -> str:
    told = Told(collection)
    if collection.lines.exists():  # of a try before
        collection.lines.all().delete()
    try:
        if collection.is_table:
            with garbage.seldom():
                _take_table(collection, told, progress)
        else:
            _take_archive(collection, told, progress)
    except Unreadable as refusal:
        _end(collection, told, Collection.State.FAILED, refusal.reason)
        return f"could not be taken in: {refusal.reason}"
    _end(collection, told, Collection.State.DONE)
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
        if collection.is_table:
            collections.ask_to_index(collection)


# -- tables


def _take_table(collection: Collection, told: Told, progress: Progress) -> None:
    form: tabular.Form = "csv" if collection.form == Collection.Form.CSV else "jsonl"
    with files.open_stored(collection.sha256) as file:
        headers = tabular.headers(file, form)
        if tuple(collection.headers) != headers:
            Collection.objects.filter(pk=collection.pk).update(headers=headers)
        columns = tabular.check(collection.columns, headers)
        batches = (
            preparing.prepared(file, form, columns)
            if collection.size < WORTH_A_PROCESS
            else preparing.ahead(files.path_of(collection.sha256), form, columns)
        )
        stepped = time.monotonic()
        for batch in batches:
            told.items += len(batch.rows)
            _take_batch(collection, batch.rows, told)
            if time.monotonic() - stepped > STEP_SECONDS:
                at = batch.at * 1000 // max(collection.size, 1)
                progress.step(at, 1000, f"{told.items:,} rows")
                stepped = time.monotonic()


@dataclass(slots=True)
class _Prepared:
    """An article with what it is told from others by.

    `identity` is what makes it this article: the same content from another source is another document, a copy.
    """

    ready: Ready
    external_id: str
    identity: str
    key: int = 0  # of its document, once it is kept


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
                    told.line(one.ready.article.line, Outcome.NOTED, " ".join(one.ready.article.notes), document=one.key)
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
    article = ready.article
    source = [article.id, _outlet(collection, article), article.published_on, article.address]
    return _Prepared(
        ready,
        article.id or f"{collection.label}-{article.line}",
        hashlib.sha256(json.dumps([ready.sha256, *source]).encode()).hexdigest(),
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
    ids = _known(collection, "external_id", "TRUE", [one.external_id for one in prepared])
    by_id = {one.external_id: one for one in here.filter(external_id__in=ids)} if ids else {}
    # What was taken down does not come back by another row.
    identities = [one.identity for one in prepared]
    articles = [
        article for where in _LIVE for article in _known(collection, "article", where, identities)
    ]
    live = here.exclude(state=Document.State.RETIRED, taken_down_at=None).exclude(article="")
    by_identity = (
        {one.article: one for one in live.filter(article__in=articles)} if articles else {}
    )
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
        if twin is not None and (twin.sha256 == one.ready.sha256 or twin is not namesake):
            known += 1
            if (twin.collection_id, twin.line) != (collection.pk, number):
                retired = ", which is retired" if twin.state == Document.State.RETIRED else ""
                reason = (
                    f"The same article is here already as document “{twin.external_id}”{retired}."
                )
                lines.append(told.line(number, Outcome.KNOWN, reason, document=twin.pk))
        elif twin is not None:
            reason = f"There is already a document “{one.external_id}” with other content."
            lines.append(told.line(number, Outcome.REFUSED, reason, document=twin.pk))
        elif other is not None and (other.ready.sha256 == one.ready.sha256 or other is not before):
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


# In the words of the index by which they are found.
_LIVE = (
    "NOT state = 'retired' AND NOT article = ''",
    "state = 'retired' AND taken_down_at IS NOT NULL",
)


def _known(collection: Collection, name: str, where: str, values: list[str]) -> list[str]:
    """Which of these values a column has already. Mostly none: asked with bare values, many times as fast."""
    if not values:
        return []
    places = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {name} FROM sources_document WHERE project_id = %s AND {where} AND {name} IN ({places})",  # noqa: S608 - names of our own columns and placeholders  # nosec B608
            [collection.project_id, *values],
        )
        return [value for (value,) in cursor.fetchall()]


def _keep(collection: Collection, fresh: list[_Prepared]) -> None:
    """Documents with their texts, in a few statements however many there are; searches do not find them yet."""
    if not fresh:
        return
    pack, _ = files.put(one.ready.content for one in fresh)
    keys = rows.take_keys(Document, len(fresh))
    texts = rows.take_keys(Text, len(fresh))
    for one, key in zip(fresh, keys, strict=True):
        one.key = key
    # Bare values: to make a row of the model costs as much again as to write it.
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    rows.insert(
        Document._meta.db_table,
        [*_ALIKE_DOCUMENTS, *_OWN_OF_A_DOCUMENT],
        _document_values(collection, fresh, texts, pack, now),
    )
    rows.insert(
        Text._meta.db_table, [*_ALIKE_TEXTS, *_OWN_OF_A_TEXT], _text_values(fresh, texts, now)
    )
    Collection.objects.filter(pk=collection.pk).update(is_indexed=False)


# What all new articles have alike, and what each has of its own, in the order in which the values are made.
_ALIKE_DOCUMENTS = (
    "state", "parties", "described_by_id", "reason_code", "reason", "taken_down_at",
    "project_id", "collection_id", "added_by_id", "added_at", "pack",
)  # fmt: skip
_OWN_OF_A_DOCUMENT = (
    "id", "current_text_id", "public_id", "external_id", "kind", "title", "outlet", "author", "address", "published_on",
    "filename", "sha256", "size", "pack_start", "article", "line",
)  # fmt: skip
_ALIKE_TEXTS = ("n", "reader", "reader_version", "parameters", "warnings", "made_at")
_OWN_OF_A_TEXT = (
    "id", "document_id", "sha256", "body", "length", "blocks", "metadata", "language", "has_astral",
)  # fmt: skip


def _document_values(
    collection: Collection, fresh: list[_Prepared], texts: Iterable[int], pack: str, now: Any
) -> Iterator[tuple[Any, ...]]:
    alike = (
        Document.State.READ.value, "[]", None, "", "", None,
        collection.project_id, collection.pk, collection.added_by_id, now, pack,
    )  # fmt: skip
    start = 0
    for one, text in zip(fresh, texts, strict=True):
        article, proposed = one.ready.article, one.ready.proposed
        outlet = _outlet(collection, article)
        is_news = bool(article.published_on or article.outlet)
        kind = (
            collection.said.get("kind")
            or article.kind
            or proposed.kind
            or (Document.Kind.NEWS.value if is_news else Document.Kind.OTHER.value)
        )
        title = article.title or proposed.title or one.ready.body.partition("\n")[0]
        yield (
            *alike, one.key, text, public_id(), one.external_id, kind, title[:500], outlet, article.author[:200],
            article.address[:1000], article.published_on or None, f"{one.external_id[:250]}.txt", one.ready.sha256,
            len(one.ready.content), start, one.identity, article.line,
        )  # fmt: skip
        start += len(one.ready.content)


def _text_values(
    fresh: list[_Prepared], texts: Iterable[int], now: Any
) -> Iterator[tuple[Any, ...]]:
    alike = (1, "plain", plain.VERSION, json.dumps({"encoding": "utf-8"}), "[]", now)
    for one, text in zip(fresh, texts, strict=True):
        body, proposed = one.ready.body, one.ready.proposed
        yield (
            *alike, text, one.key, one.ready.sha256, body, len(body), one.ready.blocks, _proposals(proposed),
            proposed.language or "", ingesting.has_astral(body),
        )  # fmt: skip


_NOTHING = Metadata()
_NO_PROPOSALS = json.dumps({name: getattr(_NOTHING, name) for name in Metadata.__slots__})


def _proposals(proposed: Metadata) -> str:
    if proposed == _NOTHING:
        return _NO_PROPOSALS
    return json.dumps({name: getattr(proposed, name) for name in Metadata.__slots__})


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
            yield told.line(member.number, Outcome.KNOWN, refusal.message, name=member.name, document=twin.pk)  # fmt: skip
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
