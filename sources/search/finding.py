"""Finding documents: words and filters to an ordered list, and where the words stand in each. Never writes.

Everything asked here is about documents and their texts, which every member of a project may read; codings are not touched.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Greatest, Substr

from projects.models import Project
from projects.refusals import Invalid
from sources.models import ArticleRange, Document, Page, SearchRange
from sources.search import articles, phrases, tokens
from sources.search.indexing import back_end
from sources.search.phrases import Clause, Context, Phrase, Span
from sources.state_lists import ProjectStates
from sources.states import StateSystem, UnknownState

SHOWN_HITS = 3
LONGEST_HEADING = 60
# Characters read around a range: for context on both sides, and for phrases that run out of it.
BEFORE, BEHIND = 90, 500
ORDERS = {"newest": (F("published_on").desc(nulls_last=True), "pk"),
          "oldest": (F("published_on").asc(nulls_last=True), "pk")}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What is looked for, as a person says it; empty means any."""

    words: str = ""
    kind: str = ""
    outlet: str = ""
    since: date | None = None
    until: date | None = None
    states: tuple[int, ...] = ()
    article: str = ""
    order: str = "newest"

    def is_empty(self) -> bool:
        said = replace(self, order="newest", words=self.words.strip(), article=self.article.strip())
        return said == Wanted()

    def filters(self) -> dict[str, object]:
        """What is said beside the words, as a log or an address keeps it."""
        said: dict[str, object] = {"kind": self.kind, "outlet": self.outlet}
        said |= {"article": " ".join(self.article.split())}
        said |= {
            name: day.isoformat() for name in ("since", "until") if (day := getattr(self, name))
        }
        said |= {"states": list(self.states)}
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True)
class Hit:
    """One place in the text: code points, the page where there are pages, and the words around it."""

    start: int
    end: int
    page: int | None
    context: Context


@dataclass(frozen=True)
class Found:
    """A document with the first places its words stand at; `title` is cut where they stand in the title."""

    document: Document
    title: list[tuple[str, bool]]
    hits: list[Hit] = field(default_factory=list)


def clauses_of(wanted: Wanted) -> tuple[Clause, ...]:
    try:
        return phrases.parse(wanted.words)
    except phrases.QueryInvalid as problem:
        raise Invalid(str(problem)) from None


def article_of(wanted: Wanted) -> frozenset[str]:
    """What the article is found by; empty where none is asked for."""
    if not wanted.article.strip():
        return frozenset()
    found = articles.keys(wanted.article)
    if not found:
        raise Invalid(
            f"“{wanted.article[:40]}” is no number of an article. Write it as 5, V, 5 bis or 1.2."
        )
    return found


def states_of(text: str, system: StateSystem | ProjectStates) -> tuple[int, ...]:
    """COW codes from codes or names, separated by commas or semicolons."""
    found: list[int] = []
    for name in text.replace(";", ",").split(","):
        if name.strip():
            try:
                found.append(system.find(name.strip()).ccode)
            except UnknownState as problem:
                raise Invalid(str(problem)) from None
    return tuple(dict.fromkeys(found))


def documents(project: Project, wanted: Wanted) -> QuerySet[Document]:
    """The documents that fit, in an order that is the same in every database. Refuses words that cannot be looked for."""
    found = Document.objects.filter(project=project, state=Document.State.READ)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.outlet:
        found = found.filter(outlet=wanted.outlet)
    if wanted.since:
        found = found.filter(published_on__gte=wanted.since)
    if wanted.until:
        found = found.filter(published_on__lte=wanted.until)
    for ccode in wanted.states:
        found = found.filter(pk__in=_naming(ccode))
    clauses, article = clauses_of(wanted), article_of(wanted)
    for clause in clauses:
        condition = Q(pk__in=RawSQL(*back_end().documents_with(clause.phrases)))  # noqa: S611 - words travel as parameters  # nosec B611
        if not clause.is_negative:
            found = found.filter(condition)
        elif not article:  # a document may well hold elsewhere what an article must not
            found = found.filter(~condition)
    if article:
        found = found.filter(
            current_text__in=ArticleRange.objects.filter(number__in=article).values("text")
        )
        if clauses:  # and with these all that was asked before holds
            fitting = _with_article(found, article, clauses)
            found = Document.objects.filter(project=project, pk__in=fitting)
    if wanted.order not in ORDERS:
        raise Invalid(f"The order is one of {', '.join(ORDERS)}.")
    return found.order_by(*ORDERS[wanted.order])


def _with_article(
    documents: QuerySet[Document], article: frozenset[str], clauses: Sequence[Clause]
) -> set[int]:
    """Those of the documents in which one such article fits all that is looked for, itself."""
    fitting: set[int] = set()
    for document, _, _, _, piece in _article_pieces(documents.order_by(), article).iterator():
        if document not in fitting and phrases.fits(tokens.terms(piece), clauses):
            fitting.add(document)
    return fitting


def _article_pieces(
    documents: QuerySet[Document], article: frozenset[str]
) -> QuerySet[ArticleRange, tuple[int, int, int, int, str]]:
    """Document, text, boundaries and characters of each such article."""
    return (
        ArticleRange.objects.filter(number__in=article, text__in=documents.values("current_text"))
        .annotate(piece=Substr("text__body", F("start") + 1, F("end") - F("start")))
        .order_by("text__document", "start", "end", "number")
        .values_list("text__document", "text", "start", "end", "piece")
    )


def _naming(ccode: int) -> RawSQL:
    return RawSQL("SELECT document_id FROM sources_mention WHERE ccode = %s", [ccode])


def show(shown: Sequence[Document], wanted: Wanted) -> list[Found]:
    """These documents with their words in context: a few queries, however many they are.

    Within an article where one is asked for; without words its beginning is shown.
    """
    looked_for, article = phrases.wanted(clauses_of(wanted)), article_of(wanted)
    hits: dict[int, list[Hit]] = {}
    if article:
        hits = _hits_in_articles(shown, article, looked_for)
    elif looked_for:
        hits = _hits(shown, looked_for)
    return [
        Found(document, _cut(document.title, looked_for), hits.get(document.pk, []))
        for document in shown
    ]


def _cut(title: str, looked_for: Iterable[Phrase]) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    at = 0
    for span in phrases.occurrences(list(tokens.tokens(title)), looked_for):
        pieces += [(title[at : span.start], False), (title[span.start : span.end], True)]
        at = span.end
    return [piece for piece in (*pieces, (title[at:], False)) if piece[0]]


def _hits(shown: Sequence[Document], looked_for: Sequence[Phrase]) -> dict[int, list[Hit]]:
    chosen = [key for keys in _ranges(shown, looked_for).values() for key in keys]
    pieces = (
        SearchRange.objects.filter(pk__in=chosen)
        .annotate(
            piece=Substr(
                "document__current_text__body",
                Greatest(F("start") - BEFORE, 0) + 1,  # databases count from one
                F("end") - F("start") + BEFORE + BEHIND,
            )
        )
        .order_by("document_id", "number")
        .values_list("document_id", "document__current_text_id", "start", "end", "piece")
    )
    found: defaultdict[int, list[tuple[int, Span, Context]]] = defaultdict(list)
    for document, text, start, end, piece in pieces:
        offset = max(0, start - BEFORE)
        for span in phrases.occurrences(list(tokens.tokens(piece)), looked_for):
            stands_at = span.start + offset
            if start <= stands_at < end and len(found[document]) < SHOWN_HITS:
                around = phrases.context(piece, span)
                found[document].append((text, Span(stands_at, span.end + offset), around))
    return _paged(found)


def _hits_in_articles(
    shown: Sequence[Document], article: frozenset[str], looked_for: Sequence[Phrase]
) -> dict[int, list[Hit]]:
    found: defaultdict[int, list[tuple[int, Span, Context]]] = defaultdict(list)
    seen: set[tuple[int, int, int]] = set()
    documents = Document.objects.filter(pk__in=[document.pk for document in shown])
    for document, text, start, end, piece in _article_pieces(documents, article):
        if (text, start, end) in seen:  # found under two of its numbers
            continue
        seen.add((text, start, end))
        spans = (
            phrases.occurrences(list(tokens.tokens(piece)), looked_for)
            if looked_for
            else [Span(0, _first_line(piece))]
        )
        for span in spans:
            place = Span(start + span.start, start + span.end)
            # The article before may end with the same words: each place is told once.
            if len(found[document]) < SHOWN_HITS and place not in [
                one for _, one, _ in found[document]
            ]:
                found[document].append((text, place, phrases.context(piece, span)))
    return _paged(found)


def _first_line(piece: str) -> int:
    """How much of an article its heading is, for showing."""
    return min(len(piece), LONGEST_HEADING, *(at for at in [piece.find("\n")] if at > 0))


def _paged(found: Mapping[int, Sequence[tuple[int, Span, Context]]]) -> dict[int, list[Hit]]:
    pages = _pages([(text, span) for hits in found.values() for text, span, _ in hits])
    return {
        document: [
            Hit(span.start, span.end, pages.get((text, span.start)), around)
            for text, span, around in hits
        ]
        for document, hits in found.items()
    }


def _ranges(shown: Sequence[Document], looked_for: Sequence[Phrase]) -> dict[int, list[int]]:
    """The ranges to look into: all of a short document; of a long one the first in which something stands."""
    of: defaultdict[int, list[int]] = defaultdict(list)
    rows = SearchRange.objects.filter(document__in=[document.pk for document in shown])
    for pk, document in rows.order_by("number").values_list("pk", "document_id"):
        of[document].append(pk)
    long = {document for document, found in of.items() if len(found) > SHOWN_HITS}
    if long:
        matching = RawSQL(*back_end().ranges_with(looked_for))  # noqa: S611 - words travel as parameters  # nosec B611
        wanted = rows.filter(document__in=long, pk__in=matching)
        hit = set(wanted.values_list("pk", flat=True))
        for document in long:
            of[document] = [pk for pk in of[document] if pk in hit][:SHOWN_HITS]
    return of


def _pages(places: Sequence[tuple[int, Span]]) -> dict[tuple[int, int], int]:
    """The page of each place, where the text has pages."""
    if not places:
        return {}
    wanted = Q()
    for text, span in places:
        wanted |= Q(text=text, start__lte=span.start, end__gt=span.start)
    rows = list(Page.objects.filter(wanted).values_list("text_id", "number", "start", "end"))
    return {
        (text, span.start): number
        for text, span in places
        for of, number, start, end in rows
        if of == text and start <= span.start < end
    }


def outlets(project: Project) -> list[str]:
    """The outlets of the project's documents, for choosing."""
    found = Document.objects.filter(project=project).exclude(outlet="")
    return list(found.order_by("outlet").values_list("outlet", flat=True).distinct()[:500])
