"""Comparing documents: each new text is sketched and held against those before it; what is alike is kept as a pair.

Incremental and safe to run twice. Whether alike documents are copies of one report is for a person to say (copies).
"""

from array import array
from collections import Counter
from functools import lru_cache

from django.db import connection, transaction
from django.db.models import F, Q

from projects import jobs
from projects.jobs import Progress
from projects.models import Job, Project, User
from sources import likeness
from sources.models import Document, Likeness, Sketch, Text
from sources.search import tokens

COMPARE = "sources.compare"
FLOOR = 0.25  # pairs that share less of the shorter text are not kept
BATCH = 25
# A shingle that this many documents have is boilerplate, or they are all copies and found by each other anyway.
MOST_OF_A_SHINGLE = 100
MOST_CANDIDATES = 10
_TEXT = ("current_text_id", "current_text__sha256")
_MASK, _SIGN = (1 << 64) - 1, 1 << 63


def ask(project: Project, *, by: User | None) -> Job:
    """Ask for the project's new texts to be compared; waiting work takes all of them."""
    return jobs.enqueue(COMPARE, project.slug, project=project, by=by)


def compare_new(project: Project, progress: Progress | None = None) -> str:
    """Compare every text that was not compared yet."""
    new = (
        Document.objects.filter(project=project, state=Document.State.READ)
        .exclude(sketch__text=F("current_text"))
        .order_by("pk")
    )
    total, done, last, found = new.count(), 0, 0, 0
    while True:
        if progress:
            progress.step(done, total, f"{done} of {total} documents compared")
        with transaction.atomic():
            # Two workers comparing at the same moment would miss what the other has just sketched.
            Project.objects.select_for_update().only("pk").get(pk=project.pk)
            batch = list(new.filter(pk__gt=last).values_list("pk", *_TEXT)[:BATCH])
            if not batch:
                break
            for document, text, sha256 in batch:
                found += _compare(project.pk, document, text, sha256)
        done, last = done + len(batch), batch[-1][0]
    return f"{done} documents compared, {found} pairs alike"


def _compare(project: int, document: int, text: int, sha256: str) -> int:
    _forget(project, document)
    own = _shingles(text, sha256)
    kept = likeness.sketch(own)
    rows = _rows(keys := _keys(project, kept))
    _remember(project, document, text, kept, keys, Counter(key for key, _ in rows))
    alike: list[Likeness] = []
    shared = Counter(other for _, other in rows)
    for other, other_text in _candidates(project, document, shared, len(kept)):
        shares = likeness.compare(own, _shingles(*other_text))
        if shares.containment >= FLOOR:
            first, second = sorted((document, other))
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


@lru_cache(maxsize=512)
def _shingles(text: int, sha256: str) -> frozenset[int]:
    """The shingles of a text; its hash tells apart texts that had the same number before something was undone."""
    body = Text.objects.values_list("body", flat=True).get(pk=text)
    return likeness.shingles(tokens.terms(body))


def _keys(project: int, hashes: list[int]) -> list[int]:
    """Shingles as the table has them: each project's apart from the others'."""
    salt = project * 0x9E3779B97F4A7C15 & _MASK
    return [((one & _MASK ^ salt) ^ _SIGN) - _SIGN for one in hashes]


def _rows(keys: list[int]) -> list[tuple[int, int]]:
    """Who has these shingles: (shingle, document)."""
    rows: list[tuple[int, int]] = []
    with connection.cursor() as cursor:
        for at in range(0, len(keys), 500):
            part = keys[at : at + 500]
            places = ",".join(["%s"] * len(part))
            cursor.execute(
                f"SELECT hash, document_id FROM sources_shingle WHERE hash IN ({places})", part
            )
            rows += cursor.fetchall()
    return rows


def _remember(
    project: int, document: int, text: int, kept: list[int], keys: list[int], held: Counter[int]
) -> None:
    packed = array("q", kept).tobytes()
    Sketch.objects.update_or_create(
        document_id=document, defaults={"text_id": text, "hashes": packed}
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO sources_shingle (hash, document_id) VALUES (%s, %s)",
            [(key, document) for key in keys if held[key] < MOST_OF_A_SHINGLE],
        )


def _forget(project: int, document: int) -> None:
    """What an earlier text of the document left behind; what a person rejected stays rejected."""
    old = Sketch.objects.filter(document=document).first()
    if old is None:
        return
    kept = array("q")
    kept.frombytes(bytes(old.hashes))
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM sources_shingle WHERE hash = %s AND document_id = %s",
            [(key, document) for key in _keys(project, list(kept))],
        )
    Likeness.objects.filter(Q(first=document) | Q(second=document), rejected_at=None).delete()


def _candidates(
    project: int, document: int, shared: Counter[int], kept: int
) -> list[tuple[int, tuple[int, str]]]:
    """Documents that share enough of the sketch to be worth a whole comparison, with their texts."""
    shared.pop(document, None)
    least = 2 if kept > likeness.KEEP_AT_LEAST else 1
    promising = [one for one, count in shared.most_common(5 * MOST_CANDIDATES) if count >= least]
    if not promising:
        return []
    rows = Document.objects.filter(
        pk__in=promising, project=project, state=Document.State.READ
    ).values_list("pk", *_TEXT)
    readable = {pk: (text, sha256) for pk, text, sha256 in rows}
    chosen = [one for one in promising if one in readable][:MOST_CANDIDATES]
    return [(one, readable[one]) for one in chosen]
