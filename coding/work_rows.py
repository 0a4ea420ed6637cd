"""The rows of one coder's work: events, passages and evidence as the database keeps them, read as a work and back again.

Only what differs is written. What an operation may do to a work is `operations`', when it is kept is `events`'.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from django.db import connection

from coding.models import Assignment, Event, Evidence, Passage
from coding.operations import CodedEvent, Work
from projects.rows import insert_few
from sources.models import Text

CONTEXT = 32  # code points kept on either side of a passage

_STORED = [field.name for field in fields(CodedEvent) if field.name != "uid"]
_Link = tuple[UUID, str, UUID]  # event, field, passage
_Quote = tuple[str, str, str]  # the words of a passage, those before and those behind it

# By hand, because the queries that Django makes of them cost several times what asking does, at every opening and save.
_EVENTS = "SELECT * FROM coding_event WHERE assignment_id = %s"
_PASSAGES = 'SELECT id, uid, start, "end" FROM coding_passage WHERE assignment_id = %s'
_LINKS = (
    "SELECT l.id, e.uid, l.field, p.uid FROM coding_evidence l JOIN coding_event e ON e.id = l.event_id "
    "JOIN coding_passage p ON p.id = l.passage_id WHERE e.assignment_id = %s"
)
_EVENT = (
    "assignment_id", "uid", "own_id", "type", "position", "values", "whole_document", "near_miss", "near_miss_reason",
    "removed",
)  # fmt: skip
_PASSAGE = ("assignment_id", "uid", "start", "end", "exact", "before", "after")
_EVIDENCE = ("event_id", "field", "passage_id")


def _rows_of(assignment: Assignment, events: set[UUID] | None) -> Iterable[Event]:
    """All events of an assignment, or those named: most saves ask for one."""
    if events is None:
        return Event.objects.raw(_EVENTS, [assignment.pk])
    if not events:
        return ()
    places = ", ".join(["%s"] * len(events))
    return Event.objects.raw(
        f"{_EVENTS} AND uid IN ({places})", [assignment.pk, *(uid.hex for uid in events)]
    )


def _uid(kept: Any) -> UUID:
    """SQLite keeps it as text."""
    return kept if isinstance(kept, UUID) else UUID(kept)


def _asked(statement: str, assignment: Assignment) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [assignment.pk])
        return list(cursor.fetchall())


def quoted_at(body: str, start: int, end: int) -> _Quote:
    return body[start:end], body[max(0, start - CONTEXT) : start], body[end : end + CONTEXT]


def _body(text: Text) -> str:
    if "body" in text.get_deferred_fields():
        with connection.cursor() as cursor:
            cursor.execute("SELECT body FROM sources_text WHERE id = %s", [text.pk])
            (text.body,) = cursor.fetchone()
    return text.body


class WorkRows:
    """The rows of one coder's work: read once, as a work and back again, only what differs being written.

    Adding an event asks for all events, anything about passages for all passages; else what is named is enough.
    """

    def __init__(
        self,
        assignment: Assignment,
        *,
        events: set[UUID] | None = None,
        with_passages: bool = True,
    ) -> None:
        self.assignment = assignment
        self.events = {row.uid: row for row in _rows_of(assignment, events)}
        self.passages: dict[UUID, _Held] = {}
        self.links: dict[_Link, int] = {}
        if with_passages:
            self.passages = {
                _uid(uid): _Held(pk, start, end)
                for pk, uid, start, end in _asked(_PASSAGES, assignment)
            }
            self.links = {
                (_uid(event), field, _uid(passage)): pk
                for pk, event, field, passage in _asked(_LINKS, assignment)
            }

    def work(self) -> Work:
        return Work(
            self.assignment.outcome,
            self.assignment.outcome_reason,
            events={uid: _as_coded(row) for uid, row in self.events.items()},
            passages={uid: (held.start, held.end) for uid, held in self.passages.items()},
            evidence=set(self.links),
        )

    def quoted(self, work: Work) -> dict[UUID, _Quote]:
        """The words of the passages that are new or elsewhere now; it asks for the text, best before a transaction."""
        differing = {
            uid: span
            for uid, span in work.passages.items()
            if (held := self.passages.get(uid)) is None or span != (held.start, held.end)
        }
        if not differing:
            return {}
        body = _body(self.assignment.text)
        return {uid: quoted_at(body, *span) for uid, span in differing.items()}

    def store(self, work: Work, quoted: Mapping[UUID, _Quote] | None = None) -> None:
        self._store_events(work)
        gone = [pk for link, pk in self.links.items() if link not in work.evidence]
        if gone:
            Evidence.objects.filter(pk__in=gone).delete()
        self._store_passages(work, self.quoted(work) if quoted is None else quoted)
        fresh = [
            (self.events[event].pk, field, self.passages[passage].pk)
            for event, field, passage in sorted(work.evidence - self.links.keys(), key=str)
        ]
        insert_few(Evidence._meta.db_table, _EVIDENCE, fresh)

    def _store_events(self, work: Work) -> None:
        fresh: list[Event] = []
        for uid, event in work.events.items():
            row = self.events.get(uid)
            if row is None:
                row = self.events[uid] = Event(assignment=self.assignment, uid=uid)
                fresh.append(row)
            differing = [name for name in _STORED if getattr(row, name) != getattr(event, name)]
            for name in differing:
                setattr(row, name, getattr(event, name))
            if row.pk and differing:
                Event.objects.filter(pk=row.pk).update(
                    **{name: getattr(event, name) for name in differing}
                )
        values = [
            (
                self.assignment.pk, row.uid.hex, row.own_id, row.type, row.position, json.dumps(row.values),
                json.dumps(row.whole_document), row.near_miss, row.near_miss_reason, row.removed,
            )
            for row in fresh
        ]  # fmt: skip
        for row, key in zip(fresh, insert_few(Event._meta.db_table, _EVENT, values), strict=True):
            row.pk = key

    def _store_passages(self, work: Work, quoted: Mapping[UUID, _Quote]) -> None:
        gone = [held.pk for uid, held in self.passages.items() if uid not in work.passages]
        if gone:
            Passage.objects.filter(pk__in=gone).delete()
        fresh = [uid for uid in quoted if uid not in self.passages]
        for uid, (exact, before, after) in quoted.items():
            if uid in self.passages:
                held, (start, end) = self.passages[uid], work.passages[uid]
                Passage.objects.filter(pk=held.pk).update(
                    start=start, end=end, exact=exact, before=before, after=after
                )
                self.passages[uid] = _Held(held.pk, start, end)
        values = [(self.assignment.pk, uid.hex, *work.passages[uid], *quoted[uid]) for uid in fresh]
        for uid, key in zip(fresh, insert_few(Passage._meta.db_table, _PASSAGE, values), strict=True):  # fmt: skip
            self.passages[uid] = _Held(key, *work.passages[uid])


@dataclass(frozen=True, slots=True)
class _Held:
    """A passage's row, as far as a work asks."""

    pk: int
    start: int
    end: int


def _as_coded(row: Event) -> CodedEvent:
    return CodedEvent(
        row.uid,
        row.type,
        row.position,
        row.own_id,
        dict(row.values),
        dict(row.whole_document),
        row.near_miss,
        row.near_miss_reason,
        row.removed,
    )
