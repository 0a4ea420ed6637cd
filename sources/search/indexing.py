"""The index kept with the texts: written in the same transaction as the text it is of.

Only the articles of a table come in first and are indexed behind that; what must not miss them asks `must_be_whole`.
Called by the reading of documents and by whoever changes a title; asking is finding's.
"""

from collections.abc import Callable, Iterable, Sequence
from types import ModuleType

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from projects import rows
from projects.jobs import Progress
from projects.models import Project
from projects.refusals import WrongState
from sources import state_lists, structure
from sources.models import ArticleRange, Collection, Document, Mention, SearchRange, Text
from sources.search import articles, mentions, postgres, sqlite, tokens
from sources.search.mentions import Finder
from sources.search.ranges import ranges

INDEX = "sources.index"
BATCH = 100
NEW_BATCH = 200
Spelled = tuple[list[str], list[str]]  # terms, and how each is spelt


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
        index_new([(document, body, tokens.spelled(body)) for document, body in documents])


def forget(document: Document, body: str) -> None:
    """Take all out of the index by which the document's text, as it still stands, could be found or pieced together."""
    found = SearchRange.objects.filter(document=document)
    keys = dict(found.values_list("number", "pk"))
    terms, _ = tokens.spelled(body)
    with transaction.atomic():
        back_end().forget(
            (keys[n], one) for n, one in enumerate(ranges(document.title, body, terms)) if n in keys
        )
        found.delete()
        Mention.objects.filter(document=document).delete()
        ArticleRange.objects.filter(text__document=document).delete()


def index_new(documents: Sequence[tuple[Document, str, Spelled]]) -> None:
    """The same for documents that the index holds nothing of yet, their tokens made. Inside a transaction."""
    finders = _finders(document for document, _, _ in documents)
    back_end().keep(
        (document.pk, n, one)
        for document, body, (terms, _) in documents
        for n, one in enumerate(ranges(document.title, body, terms))
    )
    _keep_mentions(
        (document.pk, ccode, count)
        for document, _, spelled in documents
        for ccode, count in finders[document.project_id]
        .mentioned_among(*spelled, document.published_on)
        .items()
    )


def unindexed(project: Project) -> int:
    """How many documents no search finds yet, because they have only just come in."""
    coming = Collection.objects.filter(project=project, is_indexed=False)
    return sum(_waiting(collection).count() for collection in coming)


def must_be_whole(project: Project) -> None:
    """Refuse what would be false if a document were missed."""
    if missing := unindexed(project):
        have = "document has" if missing == 1 else "documents have"
        raise WrongState(
            f"{missing:,} {have} only just come in, and no search finds them yet. Try again when they are "
            "laid into the search index; the page of what was added shows how far that is."
        )


def index_collection(collection: Collection, progress: Progress) -> str:
    """Index what came in with a table; safe to run twice or to stop in between."""
    total, done, last = _waiting(collection).count(), 0, 0
    while batch := _next(_waiting(collection).filter(pk__gt=last).order_by("pk")[:NEW_BATCH]):
        progress.step(done, total, f"{done:,} of {total:,} documents can be found by searching")
        # Before the transaction: on SQLite nobody saves while it is open.
        spelled = [(document, body, tokens.spelled(body)) for document, body in batch]
        keys = [document.pk for document, _ in batch]
        with transaction.atomic():
            # Whoever describes one of them at this moment has indexed it or waits for us; asked anew behind the lock.
            list(Document.objects.select_for_update().filter(pk__in=keys).values_list("pk"))
            still = set(_waiting(collection).filter(pk__in=keys).values_list("pk", flat=True))
            Mention.objects.filter(document__in=still).delete()
            index_new([one for one in spelled if one[0].pk in still])
        done, last = done + len(batch), batch[-1][0].pk
    with transaction.atomic():
        Collection.objects.select_for_update().only("pk").get(pk=collection.pk)
        if not _waiting(collection).exists():
            Collection.objects.filter(pk=collection.pk).update(is_indexed=True)
    settle()
    return f"{done:,} documents can be found by searching"


def _waiting(collection: Collection) -> QuerySet[Document]:
    ranges = SearchRange.objects.filter(document=OuterRef("pk"))
    found = Document.objects.filter(~Exists(ranges), collection=collection, taken_down_at=None)
    return found.exclude(current_text=None)


def mention_many(documents: Sequence[tuple[Document, str]]) -> None:
    """The states that documents name, anew; the tokens they are found by stay as they are."""
    finders = _finders(document for document, _ in documents)
    named = (
        (document.pk, ccode, count)
        for document, body in documents
        for ccode, count in finders[document.project_id]
        .mentioned(body, document.published_on)
        .items()
    )
    with transaction.atomic():
        Mention.objects.filter(document__in=[document.pk for document, _ in documents]).delete()
        _keep_mentions(named)


def _finders(documents: Iterable[Document]) -> dict[int, Finder]:
    """By project: what finds the states of the list that it goes by."""
    projects = {document.project_id for document in documents}
    return {one: mentions.finder_of(state_lists.states_for(one)) for one in projects}


def _keep_mentions(named: Iterable[tuple[int, int, int]]) -> None:
    rows.insert("sources_mention", ("document_id", "ccode", "count"), named)


def settle() -> None:
    """Make searches as fast as they can be after many documents came at once."""
    back_end().settle()


def index_articles(text: Text, sections: Iterable[structure.Section]) -> None:
    """Lay the articles of the outline that holds into the index, in the place of those of the one before."""
    ArticleRange.objects.filter(text=text).delete()
    ArticleRange.objects.bulk_create(
        ArticleRange(text=text, number=key, start=one.start, end=one.end)
        for one in sections
        if one.kind == "article"
        for key in sorted(articles.keys(one.label))
    )


def index_all(project: Project, progress: Progress) -> str:
    """Index every document that was read, also those that are; safe to run twice or to stop in between."""
    return f"{_through(project, progress, index_many)} documents indexed"


def mention_all(project: Project, progress: Progress) -> str:
    """Look for the states in every document anew: the project goes by another list."""
    return f"{_through(project, progress, mention_many)} documents looked through for states"


def refill(project: Project | None = None) -> int:
    """Make the tokens of every range again, which a backup leaves out; ranges that would fall otherwise now, whole."""
    done, last = 0, 0
    waiting = Document.objects.exclude(current_text=None).order_by("pk")
    if project is not None:
        waiting = waiting.filter(project=project)
    while batch := _next(waiting.filter(pk__gt=last)[:BATCH]):
        with transaction.atomic():
            _refill_many(batch)
        done, last = done + len(batch), batch[-1][0].pk
    settle()
    return done


def _refill_many(batch: Sequence[tuple[Document, str]]) -> None:
    held: dict[int, list[tuple[int, int, int]]] = {document.pk: [] for document, _ in batch}
    stored = SearchRange.objects.filter(document__in=held).order_by("document_id", "number")
    for key, of, start, end in stored.values_list("pk", "document_id", "start", "end"):
        held[of].append((key, start, end))
    for document, body in batch:
        here = held[document.pk]
        if not here:
            continue  # was not in the index: its reading was not finished
        found = list(ranges(document.title, body, tokens.spelled(body)[0]))
        if [(one.start, one.end) for one in found] == [(start, end) for _, start, end in here]:
            back_end().refill((key, one) for (key, _, _), one in zip(here, found, strict=True))
        else:
            index(document, body)


def _through(
    project: Project,
    progress: Progress,
    work: Callable[[Sequence[tuple[Document, str]]], None],
) -> int:
    waiting = Document.objects.filter(project=project).exclude(current_text=None)
    total, done, last = waiting.count(), 0, 0
    while batch := _next(waiting.filter(pk__gt=last).order_by("pk")[:BATCH]):
        progress.step(done, total, f"{done} of {total} documents")
        work(batch)
        done, last = done + len(batch), batch[-1][0].pk
    settle()
    return done


def _next(documents: Iterable[Document]) -> list[tuple[Document, str]]:
    return [
        (document, document.current_text.body)
        for document in documents.select_related("current_text")  # type: ignore[attr-defined]
    ]
