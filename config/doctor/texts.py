"""Texts and what points into them: offsets lie inside, quotes are the words that stand there, the index knows them."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from coding import events
from coding.models import Passage, Question
from config.doctor.checks import Check, Finding, Scope
from reconciliation.models import Proof
from sources import taking_down
from sources.models import Document, Page, SearchRange, Section, Text
from sources.search import indexing

AT_ONCE = 100


def bodies(scope: Scope) -> Iterator[Finding]:
    rows = Text.objects.filter(**scope.only("document__project")).order_by("pk")
    names = (
        "document__taken_down_at", "document__public_id", "n", "body", "length", "sha256", "has_astral", "blocks",
    )  # fmt: skip
    for gone, document, n, body, length, sha256, astral, blocks in rows.values_list(
        *names
    ).iterator(chunk_size=AT_ONCE):
        where = f"document {document}, text {n}"
        if length != len(body):
            yield Finding(where, f"{length} characters are named, {len(body)} stand there")
        if gone is not None:
            if body != taking_down.blackened(body):
                yield Finding(where, "words are left of a document that was taken down")
        elif hashlib.sha256(body.encode()).hexdigest() != sha256:
            yield Finding(where, "its words are not those of its checksum")
        elif astral != any(character > "\uffff" for character in body):
            yield Finding(where, "it is wrong about characters beyond the basic plane")
        outside = sum(not 0 <= start <= end <= len(body) for _, start, end, *_ in blocks)
        if outside:
            yield Finding(where, f"{outside} blocks lie outside the text")


def ranges(scope: Scope) -> Iterator[Finding]:
    """What points into texts by offsets alone; where they lie is asked of the database."""
    asked: tuple[tuple[str, QuerySet[Any], str, str], ...] = (
        ("page", Page.objects.all(), "text", "number"),
        ("section", Section.objects.all(), "outline__text", "pk"),
        ("search range", SearchRange.objects.all(), "document__current_text", "number"),
    )
    for name, rows, way, number in asked:
        length, document = f"{way}__length", f"{way}__document__public_id"
        found = rows.filter(**scope.only(f"{way}__document__project"))
        values = found.order_by("pk").values_list(number, "start", "end", length, document)
        for key, start, end, limit, of in values.iterator(chunk_size=2000):
            if not 0 <= start <= end <= limit:
                yield Finding(
                    f"document {of}", f"{name} {key} is {start} to {end}; the text has {limit} characters"
                )  # fmt: skip


def quotes(scope: Scope) -> Iterator[Finding]:
    """Every quoted run, text by text, so that each text is read once."""
    asked: tuple[tuple[str, QuerySet[Any], str, str], ...] = (
        ("passage", Passage.objects.all(), "assignment__text", "exact"),
        ("question", Question.objects.exclude(start=None), "assignment__text", "quote"),
        ("proof", Proof.objects.all(), "decision__group__members__event__assignment__text", "exact"),
    )  # fmt: skip
    for name, rows, way, column in asked:
        last, body, document = None, "", ""
        values = (
            rows.filter(**scope.only(f"{way}__document__project"))
            .order_by(way, "pk")
            .values_list(way, "pk", "start", "end", column)
        )
        if name == "proof":
            values = values.distinct()  # once for every event of its group
        for text, key, start, end, quote in values.iterator(chunk_size=2000):
            if text is None:
                continue
            if text != last:
                last = text
                body, document = Text.objects.values_list("body", "document__public_id").get(pk=text)  # fmt: skip
            if end > len(body):
                yield Finding(f"document {document}", f"{name} {key} ends behind the text")
            elif quote != body[start:end]:
                yield Finding(
                    f"document {document}", f"{name} {key} quotes other words than stand at {start} to {end}",
                    key if name == "passage" else None,
                )  # fmt: skip


def quote_again(finding: Finding) -> str:
    """A passage is its offsets; the words beside them are kept for reading. What a person decided or asked stays."""
    if not isinstance(finding.subject, int):
        return "left: it was written down so"
    passage = Passage.objects.select_related("assignment").get(pk=finding.subject)
    events.mend(passage.assignment)
    return "quoted again from the text"


def unindexed(scope: Scope) -> Iterator[Finding]:
    ranges = SearchRange.objects.filter(document=OuterRef("pk"))
    rows = Document.objects.filter(
        ~Exists(ranges), state=Document.State.READ, **scope.only("project")
    ).exclude(current_text=None)
    for pk, public_id in rows.order_by("pk").values_list("pk", "public_id").iterator():
        yield Finding(f"document {public_id}", "no search finds it", pk)


def index(finding: Finding) -> str:
    assert isinstance(finding.subject, int)
    document = Document.objects.select_related("current_text").get(pk=finding.subject)
    assert document.current_text is not None
    indexing.index(document, document.current_text.body)
    return "indexed"


def strangers(scope: Scope) -> Iterator[Finding]:
    """A document's current text is one of its own."""
    rows = Document.objects.filter(**scope.only("project")).exclude(current_text=None)
    for one in _differing(rows, "current_text__document_id", "pk"):
        yield Finding(f"document {one}", "its current text is another document's")


def _differing(rows: "QuerySet[Any, Any]", left: str, right: str) -> Iterable[str]:
    for a, b, name in rows.order_by("pk").values_list(left, right, "public_id").iterator():
        if a != b:
            yield name


CHECKS = (
    Check("texts", "every text has the length and the words that it was read with", bodies),
    Check("current texts", "every document's current text is its own", strangers),
    Check("offsets", "pages, sections and search ranges lie inside their texts", ranges),
    Check(
        "quotes", "every quote equals the text at its offsets", quotes,
        "Quote these passages again from their texts", quote_again,
    ),
    Check("index", "every document that was read can be found", unindexed, "Lay them into the index", index),
)  # fmt: skip
