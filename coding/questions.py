"""Questions to the PI: verbs. Asking, answering, reading the answer, and the notes on the codebook that answers become.

Who sees a question is access.py's rule.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from coding.models import Assignment, Codebook, CodebookNote, Question
from projects import ledger
from projects.models import User
from projects.refusals import Invalid, WrongState

LONGEST = 4_000
MOST = 200  # questions on one document


def ask(
    assignment: Assignment,
    *,
    uid: UUID,
    words: str,
    by: User,
    event: UUID | None = None,
    field: str = "",
    span: tuple[int, int] | None = None,
) -> Question:
    """Ask on an event, a field of it, a passage or the whole document. Sent twice, it is asked once."""
    words = words.strip()
    if not words or len(words) > LONGEST:
        raise Invalid(f"A question has from 1 to {LONGEST} characters.")
    text = assignment.text
    if span is not None and not 0 <= span[0] < span[1] <= text.length:
        raise Invalid(f"The passage {span[0]}-{span[1]} does not lie in the text.")
    coded = assignment.events.filter(uid=event).first() if event else None
    if event and coded is None:
        raise Invalid("The event this question is about has not been saved yet.")
    if field and (coded is None or field not in _fields_of(assignment, coded.type)):
        raise Invalid(f"The event has no field “{field}”.")
    with transaction.atomic():
        known = Question.objects.filter(assignment=assignment, uid=uid).first()
        if known is not None:
            return known
        if assignment.questions.count() >= MOST:
            raise Invalid(f"At most {MOST} questions can be asked on one document.")
        question = Question.objects.create(
            assignment=assignment,
            uid=uid,
            event=event,
            type=coded.type if coded else "",
            field=field,
            start=span[0] if span else None,
            end=span[1] if span else None,
            quote=text.body[span[0] : span[1]] if span else "",
            words=words,
            asked_at=timezone.now(),
        )
        ledger.record(
            assignment.round.project,
            "question.ask",
            question,
            by=by,
            difference={"coder": assignment.coder.label},
        )
    return question


def _fields_of(assignment: Assignment, type_code: str) -> set[str]:
    return {one.name for one in assignment.round.codebook.parsed.fields_of(type_code)}


def answer(question: Question, *, words: str, by: User) -> Question:
    """Answer, or answer anew; the coder then finds it unread again."""
    words = words.strip()
    if not words or len(words) > LONGEST:
        raise Invalid(f"An answer has from 1 to {LONGEST} characters.")
    with transaction.atomic():
        locked = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
        before = locked.answer
        locked.answer, locked.answered_by, locked.answered_at = words, by, timezone.now()
        locked.read_at = None
        locked.save(update_fields=["answer", "answered_by", "answered_at", "read_at"])
        ledger.record(
            question.assignment.round.project,
            "question.answer",
            locked,
            by=by,
            difference={"answer": [before, words]},
        )
    return locked


def read(assignment: Assignment) -> int:
    """The coder has seen the answers on this document. Returns how many were new."""
    return Question.objects.filter(
        assignment=assignment, answered_at__isnull=False, read_at=None
    ).update(read_at=timezone.now())


def note(
    codebook: Codebook, *, words: str, by: User, type_code: str = "", field: str = ""
) -> CodebookNote:
    """Tell every coder something about a type or field of a codebook that is frozen."""
    words = words.strip()
    if not words or len(words) > LONGEST:
        raise Invalid(f"A note has from 1 to {LONGEST} characters.")
    with transaction.atomic():
        made = CodebookNote.objects.create(
            codebook=codebook, type=type_code, field=field, words=words, made_by=by
        )
        ledger.record(
            codebook.project,
            "codebook.note",
            made,
            by=by,
            difference={"n": codebook.n, "type": type_code, "field": field, "words": words},
        )
    return made


def withdraw_note(note: CodebookNote, *, by: User) -> CodebookNote:
    if note.withdrawn_at is not None:
        raise WrongState("This note is withdrawn already.")
    with transaction.atomic():
        note.withdrawn_at = timezone.now()
        note.save(update_fields=["withdrawn_at"])
        ledger.record(note.codebook.project, "codebook.withdraw_note", note, by=by)
    return note
