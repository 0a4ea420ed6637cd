"""A project whose coding is settled, of any size: rows in bulk, as aligning and adjudication leave them, for the shipped codebook."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

BOOK = Path(__file__).parents[2] / "coding/standard/peacetime-alliance-commitments.yaml"
LABELS = ("C1", "C2")
EVENTS = 5  # in each document
PAIRS = ((2, 732), (2, 740), (200, 220), (365, 310), (2, 840), (365, 339), (20, 200), (2, 255))
# The fields that each coder proves with a passage: ten value rows for an incident of two coders.
PROVED = ("title", "provider", "recipient", "start", "status")
_AT_A_TIME = 200
_BODY = (
    "In this year units of two allied states met at sea, as the papers of both capitals told. " * 20
)


def values_of(n: int) -> tuple[str, dict[str, Any]]:
    """Type and values of the n-th incident."""
    provider, recipient = PAIRS[n % len(PAIRS)]
    kind = ("EX", "MA", "MB", "CS", "OC")[n % 5]
    return kind, {
        "title": f"Act number {n}, told by “two” papers",
        "provider": [provider],
        "recipient": [recipient],
        "reciprocal": int(n % 4 == 0),
        "start": f"{1955 + n % 60}-{n % 12 + 1:02}-{n % 28 + 1:02}",
        "status": (1, 4, "-9")[n % 3],
        **({"ex_troops_best": 100 * (n % 50)} if kind == "EX" else {}),
        **({"cs_intensity": n % 3 + 1} if kind == "CS" else {}),
    }


def settle(incidents: int) -> Any:
    """The project; documents of five incidents each, coded alike by two coders, every position decided."""
    from tests.reconciliation import samples

    made = samples.table({}, labels=LABELS, slug="settled", source=BOOK.read_text("utf-8"))
    for start in range(0, incidents, _AT_A_TIME * EVENTS):
        numbers = range(start, min(start + _AT_A_TIME * EVENTS, incidents))
        for rows in _rows(made, numbers):
            type(rows[0]).objects.bulk_create(rows, batch_size=1000)
    return made


def _rows(made: Any, numbers: range) -> Iterator[list[Any]]:
    """Rows of some incidents, what others point at first. Row numbers are given here, so that none is asked for."""
    from coding.models import Assignment, Event, Evidence, Passage
    from reconciliation.models import Decision, Group, Incident, Member, Report, ResolvedEvent
    from sources.models import Document, Text

    project, by = made.round.project, made.pi.user
    now = datetime.datetime(2024, 2, 29, tzinfo=datetime.UTC)
    documents = range(numbers.start // EVENTS, (numbers.stop - 1) // EVENTS + 1)
    yield [
        Document(
            pk=d + 1, project=project, external_id=f"d{d:07}", kind="news", title=f"Paper {d}", outlet="Wire",
            published_on=datetime.date(1955 + d % 60, 3, 8), filename=f"{d}.txt", sha256=f"{d:064x}", size=1, added_by=by,
        )
        for d in documents
    ]  # fmt: skip
    yield [
        Text(
            pk=d + 1, document_id=d + 1, n=1, sha256=f"{d:064x}", body=_BODY, length=len(_BODY), blocks=[],
            reader="benchmark", reader_version="1", has_astral=False,
        )
        for d in documents
    ]  # fmt: skip
    yield [
        Assignment(
            pk=2 * d + c + 1, round=made.round, document_id=d + 1, text_id=d + 1, coder=made.coders[label],
            state="submitted", outcome="events", queue_key=f"{d:07}", submitted_at=now,
        )
        for d in documents
        for c, label in enumerate(LABELS)
    ]  # fmt: skip
    told = [(n, *values_of(n)) for n in numbers]
    coders = range(len(LABELS))
    yield [
        Event(
            pk=2 * n + c + 1, assignment_id=2 * (n // EVENTS) + c + 1, uid=UUID(int=2 * n + c + 1), type=kind,
            position=n % EVENTS + 1, values=values,
        )
        for n, kind, values in told
        for c in coders
    ]  # fmt: skip
    marks = [(n, c, at) for n in numbers for c in coders for at in range(len(PROVED))]
    yield [
        Passage(
            pk=_mark(n, c, at), assignment_id=2 * (n // EVENTS) + c + 1, uid=UUID(int=_mark(n, c, at)),
            start=at * 90, end=at * 90 + 60, exact=f"the words of passage {at} of act {n}, as printed",
        )
        for n, c, at in marks
    ]  # fmt: skip
    yield [
        Evidence(event_id=2 * n + c + 1, passage_id=_mark(n, c, at), field=PROVED[at])
        for n, c, at in marks
    ]
    yield [
        Group(
            pk=n + 1, round=made.round, document_id=n // EVENTS + 1, n=n % EVENTS + 1,
            position=n % EVENTS, type=kind,
        )
        for n, kind, _ in told
    ]  # fmt: skip
    yield [
        Member(group_id=n + 1, event_id=2 * n + c + 1, coder=made.coders[label], label=label)
        for n in numbers
        for c, label in enumerate(LABELS)
    ]
    yield [
        Decision(
            group_id=n + 1, field=name, kind="agreed", value=[value], candidates=dict.fromkeys(LABELS, value),
            basis="", by=by, by_label="PI", at=now,
        )
        for n, kind, values in told
        for name, value in (("@event", 1), ("event_type", kind), *values.items())
    ]  # fmt: skip
    yield [
        ResolvedEvent(pk=n + 1, group_id=n + 1, type=kind, values=values, resolved_at=now)
        for n, kind, values in told
    ]
    yield [Incident(pk=n + 1, project=project, n=n + 1) for n in numbers]
    yield [Report(incident_id=n + 1, resolved_event_id=n + 1) for n in numbers]


def _mark(n: int, c: int, at: int) -> int:
    return (2 * n + c) * len(PROVED) + at + 1
