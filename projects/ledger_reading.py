"""What a person may read of a ledger: by filter, page by page or whole as a file. Never writes.

Whoever still codes blind reads it only up to where that work began: lines after it tell what others did, and gaps in their
numbers would tell how much. Apps that know of such work say so through `until`.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from django.apps import apps
from django.db.models import QuerySet

from projects.access import Pass
from projects.ledger import OUTSIDER
from projects.models import LedgerLine, User

Until = Callable[[Pass], datetime | None]
_UNTIL: list[Until] = []

COLUMNS = ("n", "at", "verb", "subject_kind", "subject_id", "by_label", "difference", "form", "previous_hash", "hash")  # fmt: skip


def until(rule: Until) -> Until:
    """Register a rule: the moment up to which this person may read the ledger, or None for all of it."""
    _UNTIL.append(rule)
    return rule


@cache
def _names() -> dict[str, str]:
    return {
        model._meta.model_name or "": str(model._meta.verbose_name) for model in apps.get_models()
    }


def spoken(subject_kind: str) -> str:
    """What a line is about as people say it: resolved event for `resolvedevent`."""
    return _names().get(subject_kind, subject_kind)


@dataclass(frozen=True)
class Chosen:
    """Which lines: empty is all."""

    verb: str = ""
    by: str = ""
    kind: str = ""
    subject: str = ""
    since: date | None = None
    to: date | None = None

    def __bool__(self) -> bool:
        return self != Chosen()


@dataclass(frozen=True)
class Readable:
    """The part of a project's ledger that a person may read: all, or what is older than `until`."""

    project_id: int
    until: datetime | None

    def all(self) -> QuerySet[LedgerLine]:
        """Newest first."""
        found = LedgerLine.objects.filter(project_id=self.project_id).order_by("-n")
        return found.filter(at__lt=self.until) if self.until else found

    def choices(self, column: str) -> list[str]:
        """What stands in a column."""
        return list(self.all().order_by(column).values_list(column, flat=True).distinct())


def names(lines: Iterable[LedgerLine]) -> dict[str, str]:
    """Who is meant by the handles of these lines, while their accounts are there."""
    told = {line.by_label for line in lines if line.by_label.startswith(OUTSIDER)}
    known = User.objects.filter(handle__in=[one.removeprefix(OUTSIDER) for one in told])
    return {f"{OUTSIDER}{one.handle}": one.shown_name for one in known if not one.anonymised_at}


def readable_for(holder: Pass) -> Readable:
    until = min((end for rule in _UNTIL if (end := rule(holder))), default=None)
    return Readable(holder.project.pk, until)


def chosen_lines(readable: Readable, chosen: Chosen) -> QuerySet[LedgerLine]:
    """Newest first."""
    found = readable.all()
    for column, value in (
        ("verb", chosen.verb), ("by_label", chosen.by), ("subject_kind", chosen.kind), ("subject_id", chosen.subject),
        ("at__gte", chosen.since and _begin(chosen.since)), ("at__lt", chosen.to and chosen.to < date.max and _begin(chosen.to + timedelta(days=1))),
    ):  # fmt: skip
        if value:
            found = found.filter(**{column: value})
    return found


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


@dataclass(frozen=True)
class Leaf:
    """One page of lines, with the numbers that lead to the newer and the older ones; None where there are none."""

    lines: list[LedgerLine]
    newer: int | None
    older: int | None


def leaf(found: QuerySet[LedgerLine], size: int, *, before: int = 0, after: int = 0) -> Leaf:
    """Lines older than `before` or newer than `after`: pages stay where they are while the ledger grows."""
    if after:
        page = list(found.filter(n__gt=after).reverse()[: size + 1])
        more, page = len(page) > size, page[:size][::-1]
        newer, older = more, bool(page) and found.filter(n__lt=page[-1].n).exists()
    else:
        page = list((found.filter(n__lt=before) if before else found)[: size + 1])
        older, page = len(page) > size, page[:size]
        newer = bool(before and page) and found.filter(n__gt=page[0].n).exists()
    return Leaf(page, page[0].n if newer else None, page[-1].n if older else None)


def as_json_lines(found: QuerySet[LedgerLine]) -> Iterator[str]:
    """Oldest first, all that the hashes cover: the chain can be checked from the file alone."""
    for row in _rows(found):
        yield json.dumps(row, ensure_ascii=False) + "\n"


def as_csv(found: QuerySet[LedgerLine]) -> Iterator[str]:
    """The same for tables. What a spreadsheet would take for a formula is text here."""
    yield _csv_line(COLUMNS)
    for row in _rows(found):
        row["difference"] = json.dumps(row["difference"], ensure_ascii=False, sort_keys=True)
        yield _csv_line([_inert(value) for value in row.values()])


FORMATS = {"csv": ("text/csv", as_csv), "jsonl": ("application/jsonl", as_json_lines)}


def _rows(found: QuerySet[LedgerLine]) -> Iterator[dict[str, object]]:
    for row in found.order_by("n").values(*COLUMNS).iterator(chunk_size=500):
        yield {**row, "at": row["at"].astimezone(UTC).isoformat()}


def _inert(value: object) -> object:
    is_formula = isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{value}" if is_formula else value


def _csv_line(values: object) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(values)  # type: ignore[arg-type]  # any row will do
    return out.getvalue()
