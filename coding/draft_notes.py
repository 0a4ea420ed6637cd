"""Draft notes: verbs. What the next version of the codebook should say, until it is written in or dropped.

A draft note is for those who write the codebook; what coders are told meanwhile is a note (`questions`).
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from coding import codebooks
from coding.models import DraftNote
from projects import ledger
from projects.models import Project, User
from projects.refusals import Invalid, WrongState

LONGEST = 4_000


def write(
    project: Project, *, words: str, by: User, type_code: str = "", field: str = ""
) -> DraftNote:
    """Ask the next version to say something about a type, a field, or the whole codebook."""
    words = _checked(words)
    with transaction.atomic():
        made = DraftNote.objects.create(
            project=project, type=type_code, field=field, words=words, made_by=by
        )
        ledger.record(
            project,
            "draft_note.write",
            made,
            by=by,
            difference={"type": type_code, "field": field, "words": words},
        )
    return made


def reword(note: DraftNote, *, words: str, by: User) -> DraftNote:
    words = _checked(words)
    with transaction.atomic():
        held = _open(note)
        before, held.words = held.words, words
        held.save(update_fields=["words"])
        ledger.record(
            held.project, "draft_note.reword", held, by=by, difference={"words": [before, words]}
        )
    return held


def write_in(note: DraftNote, *, by: User) -> DraftNote:
    """Say that the version now being written has it."""
    with transaction.atomic():
        held = _open(note)
        held.done_at, held.done_by, held.version = timezone.now(), by, being_written(held.project)
        held.save(update_fields=["done_at", "done_by", "version"])
        ledger.record(
            held.project, "draft_note.write_in", held, by=by, difference={"n": held.version}
        )
    return held


def drop(note: DraftNote, *, reason: str, by: User) -> DraftNote:
    """Decide that no version shall say it."""
    if not reason.strip():
        raise Invalid("Please say why this note is dropped.")
    with transaction.atomic():
        held = _open(note)
        held.done_at, held.done_by, held.reason = timezone.now(), by, reason.strip()[:LONGEST]
        held.save(update_fields=["done_at", "done_by", "reason"])
        ledger.record(
            held.project, "draft_note.drop", held, by=by, difference={"reason": held.reason}
        )
    return held


def take_back(note: DraftNote, *, by: User) -> DraftNote:
    """Neither written in nor dropped after all: it waits again."""
    with transaction.atomic():
        held = DraftNote.objects.select_for_update().select_related("project").get(pk=note.pk)
        if held.is_open:
            raise WrongState("This note waits already.")
        was = {"n": held.version} if held.version is not None else {"reason": held.reason}
        held.done_at, held.done_by, held.version, held.reason = None, None, None, ""
        held.save(update_fields=["done_at", "done_by", "version", "reason"])
        ledger.record(held.project, "draft_note.take_back", held, by=by, difference=was)
    return held


def being_written(project: Project) -> int:
    """The number of the version that a change of the codebook goes into: the draft's, or the next."""
    newest = codebooks.newest(project)
    if newest is None:
        return 1
    return newest.n + 1 if newest.is_published else newest.n


def waiting(project: Project) -> QuerySet[DraftNote]:
    found = DraftNote.objects.filter(project=project, done_at=None)
    return found.select_related("made_by").order_by("type", "field", "id")


def written_into(project: Project, n: int) -> QuerySet[DraftNote]:
    found = DraftNote.objects.filter(project=project, version=n)
    return found.select_related("made_by").order_by("type", "field", "id")


def _open(note: DraftNote) -> DraftNote:
    held = DraftNote.objects.select_for_update().select_related("project").get(pk=note.pk)
    if not held.is_open:
        raise WrongState("This note was written in or dropped meanwhile; load the page again.")
    return held


def _checked(words: str) -> str:
    words = words.strip()
    if not words or len(words) > LONGEST:
        raise Invalid(f"A draft note has from 1 to {LONGEST} characters.")
    return words
