"""The index kept with the texts: written in the same transaction as the text it is of.

Called by the reading of documents and by whoever changes a title; asking is finding's.
"""

from collections.abc import Iterable, Sequence
from types import ModuleType

from django.db import connection, transaction

from projects.jobs import Progress
from projects.models import Project
from sources.models import Document, Mention, SearchRange
from sources.search import mentions, postgres, sqlite
from sources.search.ranges import Range, ranges

INDEX = "sources.index"
BATCH = 100


def back_end() -> ModuleType:
    return postgres if connection.vendor == "postgresql" else sqlite


def index(document: Document, body: str) -> None:
    """Lay the document's title and current text into the index anew."""
    index_many([(document, body)])


def index_many(documents: Sequence[tuple[Document, str]]) -> None:
    """Documents with the bodies of their current texts. What the index held of them before goes."""
    finder = mentions.standard()
    rows: list[tuple[int, int, Range]] = []
    named: list[Mention] = []
    for document, body in documents:
        rows += [(document.pk, n, one) for n, one in enumerate(ranges(document.title, body))]
        found = finder.mentioned(body, document.published_on)
        named += [
            Mention(document_id=document.pk, ccode=ccode, count=count)
            for ccode, count in found.items()
        ]
    keys = [document.pk for document, _ in documents]
    with transaction.atomic():
        SearchRange.objects.filter(document__in=keys).delete()
        Mention.objects.filter(document__in=keys).delete()
        back_end().keep(rows)
        Mention.objects.bulk_create(named)


def index_all(project: Project, progress: Progress) -> str:
    """Index every document that was read, also those that are; safe to run twice or to stop in between."""
    waiting = Document.objects.filter(project=project).exclude(current_text=None)
    total, done, last = waiting.count(), 0, 0
    while batch := _next(waiting.filter(pk__gt=last).order_by("pk")[:BATCH]):
        progress.step(done, total, f"{done} of {total} documents indexed")
        index_many(batch)
        done, last = done + len(batch), batch[-1][0].pk
    return f"{done} documents indexed"


def _next(documents: Iterable[Document]) -> list[tuple[Document, str]]:
    return [
        (document, document.current_text.body)
        for document in documents.select_related("current_text")  # type: ignore[attr-defined]
    ]
