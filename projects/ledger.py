"""The only writer of the ledger: one line per verb, chained by hash within a project (see chain)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from projects import rows
from projects.chain import FIRST, FORM, Link, plain
from projects.models import LedgerHead, LedgerLine, Membership, Project, User, public_id

PROGRAM = "concord"
#: Before the handle of somebody without a label in the project. No name is ever written: a line cannot be taken back.
OUTSIDER = "person-"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line to be written: what was done, to what, and the difference."""

    verb: str
    subject: models.Model
    difference: dict[str, Any] = field(default_factory=dict)


def record(
    project: Project,
    verb: str,
    subject: models.Model,
    *,
    by: User | None,
    difference: dict[str, Any] | None = None,
) -> LedgerLine:
    """Write one line. Call it inside the verb's transaction, a few lines from the change it tells of."""
    with transaction.atomic(savepoint=False):
        head, label = _held_head(project.pk, by)
        (line,) = _chained(head, [Entry(verb, subject, difference or {})], label)
        line.save(force_insert=True)
        _move(head, line)
    return line


def record_many(project: Project, entries: Iterable[Entry], *, by: User | None) -> int:
    """The same for a verb that tells of thousands of things: how many lines were written."""
    with transaction.atomic():
        head, label = _held_head(project.pk, by)
        last: LedgerLine | None = None

        def passing() -> Iterator[LedgerLine]:
            nonlocal last
            for line in _chained(head, entries, label):
                last = line
                yield line

        rows.write(passing())
        if last is None:
            return 0
        written = last.n - head.n
        _move(head, last)
    return written


def _held_head(project_id: int, by: User | None) -> tuple[LedgerHead, str]:
    """The end of the ledger, held until the transaction ends: two verbs never take the same number."""
    labels = Membership.objects.filter(project=OuterRef("project_id"), user=by.pk if by else None)
    heads = (
        LedgerHead.objects.select_for_update(of=("self",))
        .filter(project_id=project_id)
        .annotate(label=Subquery(labels.values("label")[:1]))
    )
    head = heads.first()
    if head is None:
        try:
            with transaction.atomic():
                LedgerHead.objects.create(project_id=project_id, chain=public_id(), hash=FIRST)
        except IntegrityError:
            pass  # another first line was faster
        head = heads.get()
    return head, (head.label or f"{OUTSIDER}{by.handle}") if by else PROGRAM


def _chained(head: LedgerHead, entries: Iterable[Entry], label: str) -> Iterator[LedgerLine]:
    n, previous = head.n, head.hash
    for entry in entries:
        n += 1
        line = LedgerLine(
            project_id=head.project_id,
            n=n,
            at=timezone.now(),
            verb=entry.verb,
            subject_kind=type(entry.subject).__name__.lower(),
            subject_id=str(getattr(entry.subject, "public_id", entry.subject.pk)),
            by_label=label,
            difference=plain(entry.difference),
            form=FORM,
            previous_hash=previous,
        )
        line.hash = previous = _hash(line, head.chain)
        yield line


def _move(head: LedgerHead, last: LedgerLine) -> None:
    LedgerHead.objects.filter(pk=head.pk).update(n=last.n, hash=last.hash)


@dataclass(frozen=True)
class Break:
    n: int
    message: str


def verify(project: Project) -> list[Break]:
    """Where the chain does not hold: a line changed, taken out or put in behind the ledger's back."""
    return list(breaks_of(project.pk))


def breaks_of(project_id: int) -> Iterator[Break]:
    """The same by the project's number, whose row may be gone; as they are found, few lines in memory at a time."""
    head = LedgerHead.objects.filter(project_id=project_id).first()
    chain = head.chain if head else str(project_id)
    previous, n = FIRST, 0
    lines = LedgerLine.objects.filter(project_id=project_id).order_by("n")
    for line in lines.iterator(chunk_size=500):
        if line.n > n + 1:
            yield Break(line.n, _missing(n + 1, line.n - 1))
        if line.previous_hash != previous:
            yield Break(line.n, "does not follow from the line before it")
        if line.hash != _hash(line, chain):
            yield Break(line.n, "was changed after it was written")
        previous, n = line.hash, line.n
    if head is None:
        if n:
            yield Break(n, "nothing tells where the ledger ended")
    elif head.n > n:
        yield Break(head.n, _missing(n + 1, head.n))
    elif (head.n, head.hash) != (n, previous):
        yield Break(n, f"the ledger ended at line {head.n}, with another hash")


def anchored(project_id: int, n: int, hash_: str) -> list[Break]:
    """Whether the line still has the hash that was written down elsewhere: what no change inside the database can undo."""
    line = LedgerLine.objects.filter(project_id=project_id, n=n).first()
    if line is None:
        return [Break(n, "is not there")]
    return [] if line.hash == hash_ else [Break(n, "has another hash than was written down")]


def ledgers() -> list[int]:
    """The numbers of all projects that have a ledger, of those that are gone too."""
    written = LedgerLine.objects.order_by().values_list("project_id", flat=True).distinct()
    return sorted({*written, *LedgerHead.objects.values_list("project_id", flat=True)})


def _missing(first: int, last: int) -> str:
    if first == last:
        return f"line {first} is missing"
    return f"lines {first} to {last} are missing"


def _hash(line: LedgerLine, chain: str) -> str:
    return Link(
        line.form,
        chain,
        line.n,
        line.at,
        line.verb,
        line.subject_kind,
        line.subject_id,
        line.by_id,
        line.by_label,
        line.difference,
        line.previous_hash,
    ).hash()
