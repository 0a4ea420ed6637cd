"""Taking codings out: the rows a person may see as the values of `exchange`, and a file of them in any format.

Only `access.visible_assignments` says what may be in it; nothing here widens that.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.db.models import Prefetch, QuerySet

from coding import access
from coding.exchange import FORMATS, codings, formats
from coding.exchange.codings import Coding, Passage
from coding.models import Assignment, Codebook, Event, Evidence, Round
from projects.access import Pass

BATCH = 200
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


def values(found: QuerySet[Assignment]) -> Iterator[Coding]:
    """Each as a value, by round, document and coder."""
    return (coding for _, coding in _rows(found))


def _rows(found: QuerySet[Assignment]) -> Iterator[tuple[int, Coding]]:
    rows = (
        found.select_related("round", "document", "text", "coder")
        .defer("text__blocks")
        .prefetch_related(
            Prefetch("events", Event.objects.filter(removed=False).order_by("position")),
            Prefetch("events__evidence", Evidence.objects.select_related("passage")),
        )
        .order_by("round_id", "document__external_id", "coder__label", "sitting")
    )
    books = {one.pk: one for one in Codebook.objects.filter(rounds__in=found.values("round"))}
    for row in rows.iterator(chunk_size=BATCH):
        yield row.pk, value(row, books[row.round.codebook_id])


def value(row: Assignment, book: Codebook) -> Coding:
    return Coding(
        document=row.document.external_id,
        coder=row.coder.label,
        events=tuple(_event(event, book) for event in row.events.all() if not event.removed),
        outcome=row.outcome,
        outcome_reason=row.outcome_reason,
        text=row.text.body,
        round=row.round.name,
        codebook=f"{book.parsed.id} {book.parsed.version}",
        sitting=row.sitting,
        handed_in=row.state == Assignment.State.SUBMITTED,
    )


def _event(row: Event, book: Codebook) -> codings.Event:
    known = book.parsed.has_type(row.type)
    kinds = {one.name: one.kind for one in book.parsed.fields_of(row.type)} if known else {}
    # What was filled in under another type stays with the event, unseen, and does not travel.
    seen = {name: kept for name, kept in row.values.items() if not known or name in kinds}
    evidence: dict[str, list[Passage]] = {}
    for link in row.evidence.all():
        if not known or link.field in kinds:
            place = Passage(link.passage.start, link.passage.end, str(link.passage.uid))
            evidence.setdefault(link.field, []).append(place)
    return codings.Event(
        id=str(row.uid),
        type=row.type,
        values=seen,
        evidence={
            name: tuple(sorted(spans, key=_place)) for name, spans in sorted(evidence.items())
        },
        whole_document={
            name: reason
            for name, reason in row.whole_document.items()
            if not known or name in kinds
        },
        near_miss=row.near_miss_reason if row.near_miss else None,
        own_id=row.own_id,
        links=frozenset(name for name in seen if kinds.get(name) in _LINKS),
    )


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
    rows = dict(_rows(found))
    everything = list(rows.values())
    shares = formats.kept(into, everything)
    files = into.write(everything)
    note = formats.note(into, shares, title=title)
    return Written({**files, formats.NOTE: note.encode()}, shares, list(rows))


def packed(files: dict[str, bytes]) -> bytes:
    """All files in one archive, the same bytes for the same files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _DAY), files[name], zipfile.ZIP_DEFLATED)
    return target.getvalue()
