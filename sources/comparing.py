"""Comparing documents: each new text is sketched and held against those before it; what is alike is kept as a pair.

Incremental and safe to run twice. Whether alike documents are copies of one report is for a person to say (copies);
only where the texts are the same letter for letter they are gathered at once.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from projects import jobs
from projects.jobs import Progress
from projects.models import Job, Project, User
from sources import copies, likeness
from sources.models import Document, Likeness, Sketch, Text
from sources.search import tokens

COMPARE = "sources.compare"
FLOOR = 0.25  # pairs that share less of the shorter text are not kept
BATCH = 50
# A shingle that this many documents have is boilerplate, or they are all copies and found by each other anyway.
MOST_OF_A_SHINGLE = 100
MOST_CANDIDATES = 10
_MASK, _SIGN = (1 << 64) - 1, 1 << 63


def ask(project: Project, *, by: User | None) -> Job:
    """Ask for the project's new texts to be compared; waiting work takes all of them."""
    return jobs.enqueue(COMPARE, project.slug, project=project, by=by)


def uncompared(project: Project) -> QuerySet[Document]:
    """Documents whose text as it stands was not held against the others yet."""
    read = Document.objects.filter(project=project, state=Document.State.READ)
    return read.exclude(sketch__text=F("current_text"))


def compare_new(project: Project, progress: Progress | None = None) -> str:
    """Compare every text that was not compared yet."""
    new = uncompared(project).order_by("pk")
    total, done, last, found = new.count(), 0, 0, 0
    while True:
        if progress:
            progress.step(done, total, f"{done} of {total} documents compared")
        batch = [
            _New(*row)
            for row in new.filter(pk__gt=last).values_list(
                "pk", "current_text_id", "current_text__sha256", "current_text__body"
            )[:BATCH]
        ]
        if not batch:
            break
        # Before the transaction: on SQLite nobody saves while it is open, and most of the time goes here.
        for one in batch:
            one.sketch()
        with transaction.atomic():
            # Two workers comparing at the same moment would miss what the other has just sketched.
            Project.objects.select_for_update().only("pk").get(pk=project.pk)
            documents = [one.document for one in batch]
            still = set(new.filter(pk__in=documents).values_list("pk", "current_text_id"))
            found += _compare(project, [one for one in batch if (one.document, one.text) in still])
        done, last = done + len(batch), batch[-1].document
    return f"{done} documents compared, {found} pairs alike"


@dataclass
class _New:
    """A document whose text is compared now, and what promises to be like it."""

    document: int
    text: int
    sha256: str
    body: str
    words: int = 0
    shingles: frozenset[int] = frozenset()
    kept: list[int] = field(default_factory=list)
    promising: list[int] = field(default_factory=list)

    def sketch(self) -> None:
        terms = tokens.terms(self.body)
        self.words, self.shingles = len(terms), likeness.shingles(terms)
        self.kept = likeness.sketch(self.shingles)


def _compare(project: Project, batch: Sequence[_New]) -> int:
    """Hold each document of a sketched batch against those before it, keep the pairs; how many are alike."""
    _forget(project.pk, [one.document for one in batch])
    keys = {one.document: _keys(project.pk, one.kept) for one in batch}
    holders = _holders(key for found in keys.values() for key in found)
    added: list[tuple[int, int]] = []
    for one in batch:
        shared = Counter(other for key in keys[one.document] for other in holders[key])
        one.promising = _promising(shared, len(one.kept))
        for key in keys[one.document]:
            if len(holders[key]) < MOST_OF_A_SHINGLE:
                holders[key].append(one.document)
                added.append((key, one.document))
    _remember(batch, added)
    _gather_same(project, batch)
    return _keep_alike(project.pk, batch)


def _gather_same(project: Project, batch: Sequence[_New]) -> None:
    """Documents with the very same text, found by its hash: gathered as copies, unless a person said otherwise."""
    new = {one.document: one for one in batch}
    words = {one.sha256: one.words for one in batch}
    same = _same_texts(project, words)
    text_of = {pk: sha256 for sha256, found in same.items() for pk, _ in found}
    rejected = Likeness.objects.exclude(rejected_at=None).filter(
        first__in=text_of, second__in=text_of
    )
    apart = {
        text_of[one]
        for one, two in rejected.values_list("first", "second")
        if text_of[one] == text_of[two]
    }
    sure: dict[int, int] = {}
    for sha256, found in same.items():
        first = found[0][0]
        for pk, _ in found[1:]:
            if pk in new and first not in new[pk].promising:
                new[pk].promising.append(first)
        if sha256 not in apart:
            sure |= likeness.same_reports(found, words[sha256])
    copies.gather(project, sure)


def _same_texts(
    project: Project, hashes: Iterable[str]
) -> dict[str, list[tuple[int, date | None]]]:
    """By hash: the documents of the project that have this text, where there are several, each with its day."""
    texts = list(
        Text.objects.filter(sha256__in=list(hashes)).values_list("pk", "sha256", "document")
    )
    if len({sha256 for _, sha256, _ in texts}) == len(texts):
        return {}
    # Looked up by their keys alone: without statistics SQLite would rather walk the whole project.
    rows = Document.objects.filter(pk__in={document for *_, document in texts}).values_list(
        "pk", "current_text_id", "project_id", "state", "published_on"
    )
    hash_of = {pk: sha256 for pk, sha256, _ in texts}
    found: defaultdict[str, list[tuple[int, date | None]]] = defaultdict(list)
    for pk, text, of, state, day in sorted(rows, key=lambda row: row[0]):
        if text in hash_of and of == project.pk and state == Document.State.READ:
            found[hash_of[text]].append((pk, day))
    return {sha256: documents for sha256, documents in found.items() if len(documents) > 1}


def _keep_alike(project: int, batch: Sequence[_New]) -> int:
    shingles = {one.document: one.shingles for one in batch}
    others = {other for one in batch for other in one.promising} - set(shingles)
    readable = Document.objects.filter(
        pk__in=others, project=project, state=Document.State.READ
    ).values_list("pk", "current_text__body")
    shingles |= {pk: likeness.shingles(tokens.terms(body)) for pk, body in readable.iterator()}
    alike: list[Likeness] = []
    for one in batch:
        for other in one.promising:
            shares = likeness.compare(one.shingles, shingles.get(other, frozenset()))
            if shares.containment >= FLOOR:
                first, second = sorted((one.document, other))
                alike.append(
                    Likeness(
                        first_id=first,
                        second_id=second,
                        containment=shares.containment,
                        resemblance=shares.resemblance,
                    )
                )
    Likeness.objects.bulk_create(alike, ignore_conflicts=True)
    return len(alike)


def _keys(project: int, hashes: Iterable[int]) -> list[int]:
    """Shingles as the table has them: each project's apart from the others'."""
    salt = project * 0x9E3779B97F4A7C15 & _MASK
    return [((one & _MASK ^ salt) ^ _SIGN) - _SIGN for one in hashes]


def _holders(keys: Iterable[int]) -> defaultdict[int, list[int]]:
    """The documents that have each of these shingles."""
    wanted = sorted(set(keys))
    found: defaultdict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        for at in range(0, len(wanted), 500):
            part = wanted[at : at + 500]
            places = ",".join(["%s"] * len(part))
            cursor.execute(
                f"SELECT hash, document_id FROM sources_shingle WHERE hash IN ({places})",  # noqa: S608 - only placeholders are put in  # nosec B608
                part,
            )
            for key, document in cursor.fetchall():
                found[key].append(document)
    return found


def _promising(shared: Counter[int], kept: int) -> list[int]:
    """Documents that share enough of the sketch to be worth a whole comparison."""
    least = 2 if kept > likeness.KEEP_AT_LEAST else 1
    return [one for one, count in shared.most_common(MOST_CANDIDATES) if count >= least]


def _remember(batch: Sequence[_New], added: Sequence[tuple[int, int]]) -> None:
    Sketch.objects.bulk_create(
        (
            Sketch(
                document_id=one.document,
                text_id=one.text,
                hashes=array("q", one.kept).tobytes(),
            )
            for one in batch
        ),
        update_conflicts=True,
        unique_fields=["document"],
        update_fields=["text", "hashes"],
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO sources_shingle (hash, document_id) VALUES (%s, %s)", sorted(added)
        )


def _forget(project: int, documents: Sequence[int]) -> None:
    """What earlier texts of the documents left behind; what a person rejected stays rejected."""
    old: list[tuple[int, int]] = []
    for document, hashes in Sketch.objects.filter(document__in=documents).values_list(
        "document", "hashes"
    ):
        kept = array("q")
        kept.frombytes(bytes(hashes))
        old += [(key, document) for key in _keys(project, kept)]
    if not old:
        return
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM sources_shingle WHERE hash = %s AND document_id = %s", old)
    Likeness.objects.filter(
        Q(first__in=documents) | Q(second__in=documents), rejected_at=None
    ).delete()
