"""The index kept with the texts: written in the same transaction as the text it is of.

Called by the reading of documents and by whoever changes a title; asking is finding's.
"""

from collections.abc import Iterable, Sequence
from types import ModuleType

from django.db import connection, transaction

from projects import rows
from projects.jobs import Progress
from projects.models import Project
from sources.models import Document, Mention, SearchRange
from sources.search import mentions, postgres, sqlite, tokens
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
    keys = [document.pk for document, _ in documents]
    with transaction.atomic():
        SearchRange.objects.filter(document__in=keys).delete()
        Mention.objects.filter(document__in=keys).delete()
        index_new(documents)


def index_new(documents: Sequence[tuple[Document, str]]) -> None:
    """The same for documents that the index holds nothing of yet. Inside a transaction."""
    finder = mentions.standard()
    kept: list[tuple[int, int, Range]] = []
    named: list[tuple[int, int, int]] = []
    for document, body in documents:
        terms, spellings = tokens.spelled(body)
        kept += [(document.pk, n, one) for n, one in enumerate(ranges(document.title, body, terms))]
        found = finder.mentioned_among(terms, spellings, document.published_on)
        named += [(document.pk, ccode, count) for ccode, count in found.items()]
    back_end().keep(kept)
    rows.insert("sources_mention", ("document_id", "ccode", "count"), named)


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
