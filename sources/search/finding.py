"""Finding documents: words and filters to an ordered list, and where the words stand in each. Never writes.

Everything asked here is about documents and their texts, which every member of a project may read; codings are not touched.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Greatest, Substr

from projects.models import Project
from projects.refusals import Invalid
from sources import states
from sources.models import Document, Page, SearchRange
from sources.search import phrases, tokens
from sources.search.indexing import back_end
from sources.search.phrases import Clause, Context, Phrase, Span

SHOWN_HITS = 3
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
    order: str = "newest"

    def is_empty(self) -> bool:
        return replace(self, order="newest", words=self.words.strip()) == Wanted()

    def filters(self) -> dict[str, object]:
        """What is said beside the words, as a log or an address keeps it."""
        said: dict[str, object] = {"kind": self.kind, "outlet": self.outlet}
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


def states_of(text: str) -> tuple[int, ...]:
    """COW codes from codes or names, separated by commas or semicolons."""
    found: list[int] = []
    for name in text.replace(";", ",").split(","):
        if name.strip():
            try:
                found.append(states.find(name.strip()).ccode)
            except states.UnknownState as problem:
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
    for clause in clauses_of(wanted):
        condition = Q(pk__in=RawSQL(*back_end().documents_with(clause.phrases)))
        found = found.filter(~condition if clause.is_negative else condition)
    if wanted.order not in ORDERS:
        raise Invalid(f"The order is one of {', '.join(ORDERS)}.")
    return found.order_by(*ORDERS[wanted.order])


def _naming(ccode: int) -> RawSQL:
    return RawSQL("SELECT document_id FROM sources_mention WHERE ccode = %s", [ccode])


def show(shown: Sequence[Document], wanted: Wanted) -> list[Found]:
    """These documents with their words in context: a few queries, however many they are."""
    looked_for = phrases.wanted(clauses_of(wanted))
    hits = _hits(shown, looked_for) if looked_for else {}
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
        matching = RawSQL(*back_end().ranges_with(looked_for))
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
