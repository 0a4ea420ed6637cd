"""Taking codings out: the rows a person may see as the values of `exchange`, and a file of them in any format.

Only `access.visible_assignments` says what may be in it; nothing here widens that.
"""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from coding import access
from coding.exchange import FORMATS, codings, formats
from coding.exchange.codings import Coding, Passage
from coding.models import Assignment, Codebook, Event, Evidence, Round
from projects.access import Pass

BATCH = 200
FIRST, MANY = 50, 1000
# An archive never tells when it was made: the same codings give the same bytes.
_DAY = (1980, 1, 1, 0, 0, 0)
_LINKS = ("event_ref", "event_refs")


@dataclass(frozen=True)
class Share:
    """What part of the visible codings is asked for."""

    of_round: Round | None = None
    only_own: bool = False


def begun(holder: Pass, share: Share) -> QuerySet[Assignment]:
    """The codings this person may take out: visible, begun, not withdrawn."""
    found = access.visible_assignments(holder).exclude(state=Assignment.State.WITHDRAWN)
    found = found.exclude(version=0, state__in=access.WORKABLE)
    if share.of_round is not None:
        found = found.filter(round=share.of_round)
    if share.only_own:
        found = found.filter(coder=holder.membership)
    return found


def values(found: QuerySet[Assignment], *, with_texts: bool = True) -> Iterator[Coding]:
    """Each as a value; without texts the checksum stands in the place of the text."""
    return (coding for _, coding in _rows(found, with_texts=with_texts))


class _Book:
    """What is asked of a codebook for each of very many events."""

    def __init__(self, book: Codebook) -> None:
        self.words = f"{book.parsed.id} {book.parsed.version}"
        self._parsed = book.parsed
        self._kinds: dict[str, dict[str, str] | None] = {}

    def kinds(self, type: str) -> dict[str, str] | None:
        """The kinds of a type's fields in their order; None where the book has no such type."""
        if type not in self._kinds:
            known = self._parsed.has_type(type)
            fields = self._parsed.fields_of(type) if known else ()
            self._kinds[type] = {one.name: one.kind for one in fields} if known else None
        return self._kinds[type]


def value(row: Assignment, book: Codebook) -> Coding:
    ((_, coding),) = _valued(Assignment.objects.filter(pk=row.pk), {book.pk: _Book(book)})
    return coding


def _rows(found: QuerySet[Assignment], *, with_texts: bool = True) -> Iterator[tuple[int, Coding]]:
    books = Codebook.objects.filter(rounds__in=found.values("round"))
    known = {book.pk: _Book(book) for book in books}
    return _valued(found.order_by("pk"), known, with_texts=with_texts)


def _valued(
    found: QuerySet[Assignment], books: Mapping[int, _Book], *, with_texts: bool = True
) -> Iterator[tuple[int, Coding]]:
    """Some at a time, as plain values: there are very many, and a model for each row takes longer than all the rest."""
    body = F("text__body")
    # The checksum of a text that was blackened is still that of its words.
    left_out = Case(When(document__taken_down_at=None, then=Value("", TextField())), default=body)
    waiting = found.values_list(
        "pk", "round__codebook_id", "document__external_id", "coder__label", "outcome", "outcome_reason",
        body if with_texts else left_out, "text__sha256", "text__length", "round__name", "sitting", "state",
    ).iterator(chunk_size=BATCH)  # fmt: skip
    # The first are told soon; then without texts many fit into memory, and every question to the database costs.
    size = BATCH if with_texts else FIRST
    while batch := list(islice(waiting, size)):
        size = BATCH if with_texts else min(2 * size, MANY)
        keys = [row[0] for row in batch]
        evidence = _evidence(keys)
        events: defaultdict[int, list[_EventRow]] = defaultdict(list)
        for of, *event in _events(keys):
            events[of].append(_EventRow(*event))
        for pk, book_id, document, coder, outcome, reason, text, sha256, length, name, sitting, state in batch:  # fmt: skip
            book = books[book_id]
            yield (
                pk,
                Coding(
                    document=document,
                    coder=coder,
                    events=tuple(
                        _event(event, book.kinds(event.type), evidence.get(event.pk, {}))
                        for event in events[pk]
                    ),
                    outcome=outcome,
                    outcome_reason=reason,
                    text=text,
                    round=name,
                    codebook=book.words,
                    sitting=sitting,
                    handed_in=state == Assignment.State.SUBMITTED,
                    text_mark=None if text else (sha256, length),
                ),
            )


class _EventRow(NamedTuple):
    pk: int
    told_uid: str
    type: str
    values: dict[str, Any]
    whole_document: dict[str, Any]
    near_miss: bool
    near_miss_reason: str
    own_id: str


def _events(assignments: list[int]) -> Iterable[tuple[Any, ...]]:
    """The assignment of each living event, then what it holds, in the order in which they stand."""
    living = Event.objects.filter(assignment__in=assignments, removed=False)
    told = living.annotate(told_uid=Cast("uid", TextField()))
    return told.order_by("position").values_list("assignment_id", *_EventRow._fields)


def _evidence(assignments: list[int]) -> defaultdict[int, defaultdict[str, list[Passage]]]:
    """Event -> field -> places."""
    found: defaultdict[int, defaultdict[str, list[Passage]]] = defaultdict(
        lambda: defaultdict(list)
    )
    links = Evidence.objects.filter(event__assignment__in=assignments, event__removed=False)
    for event, field, start, end, uid in links.values_list(
        "event_id", "field", "passage__start", "passage__end", Cast("passage__uid", TextField())
    ):
        found[event][field].append(Passage(start, end, _dashed(uid)))
    return found


def _dashed(uid: str) -> str:
    """As str(UUID) has it; made from letters, because there are very many."""
    if len(uid) == 36:
        return uid
    return f"{uid[:8]}-{uid[8:12]}-{uid[12:16]}-{uid[16:20]}-{uid[20:]}"


def _event(
    row: _EventRow, kinds: dict[str, str] | None, evidence: Mapping[str, list[Passage]]
) -> codings.Event:
    # What was filled in under another type stays with the event, unseen, and does not travel. The order is the
    # codebook's: databases keep that of a JSON object or not.
    names = (
        list(kinds) if kinds is not None else sorted({*row.values, *evidence, *row.whole_document})
    )
    values = {name: _settled(row.values[name]) for name in names if name in row.values}
    return codings.Event(
        id=_dashed(row.told_uid),
        type=row.type,
        values=values,
        evidence={
            name: tuple(sorted(evidence[name], key=_place)) for name in names if name in evidence
        },
        whole_document={
            name: row.whole_document[name] for name in names if name in row.whole_document
        },
        near_miss=row.near_miss_reason if row.near_miss else None,
        own_id=row.own_id,
        links=frozenset(name for name in values if (kinds or {}).get(name) in _LINKS),
    )


def _settled(value: Any) -> Any:
    """A table of states or a sum of money with its parts in one order."""
    return dict(sorted(value.items())) if isinstance(value, dict) else value


def _place(passage: Passage) -> tuple[int, int, str]:
    return passage.start, passage.end, passage.id


@dataclass(frozen=True)
class Written:
    """An export: its files with the note among them, how much the format holds of what there is, whose codings they are."""

    files: dict[str, bytes]
    kept: list[formats.Kept]
    assignments: list[int]

    @property
    def codings(self) -> int:
        return len(self.assignments)

    @property
    def told(self) -> dict[str, object]:
        return {"codings": self.codings, "kept": [asdict(one) for one in self.kept]}


def written(found: QuerySet[Assignment], format: str, *, title: str) -> Written:
    into = FORMATS[format]
    # Sorted here, because databases sort words each in its own way.
    rows = dict(sorted(_rows(found), key=lambda row: _rank(row[1])))
    everything = list(rows.values())
    shares = formats.kept(into, everything)
    files = into.write(everything)
    note = formats.note(into, shares, title=title)
    return Written({**files, formats.NOTE: note.encode()}, shares, list(rows))


def _rank(coding: Coding) -> tuple[str, str, str, int]:
    return coding.round, coding.document, coding.coder, coding.sitting


def packed(files: dict[str, bytes]) -> bytes:
    """All files in one archive, the same bytes for the same files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _DAY), files[name], zipfile.ZIP_DEFLATED)
    return target.getvalue()
