"""Questions of coders, notes for every coder, evidence from earlier texts and second looks over HTTP."""

from uuid import UUID

from coding import carried, questions, second_looks, settlements
from coding.access import note_for, own_assignment_for, question_to_answer, visible_questions
from coding.api import SEEN
from coding.carried_views import FORMS, VERBS
from coding.models import CodebookNote, Settlement
from coding.question_views import about
from projects.api import PROJECT
from projects.rest.paging import Found, ListOf
from projects.rest.routes import Asked, Route
from projects.rest.shapes import (
    anything,
    choice,
    flag,
    moment,
    one,
    shape,
    some,
    text,
    uid,
    whole,
)
from sources.access import document_for

_EVIDENCE = f"{PROJECT}documents/<str:public_id>/evidence/"
_LOOKS = f"{PROJECT}assignments/<str:public_id>/second-looks/"

QuestionShape = shape(
    "AskedQuestion",
    id=text(),
    assignment=text(),
    coder=text(),
    document=text(),
    about=text(),
    type=text(),
    field=text(),
    quote=text(),
    words=text(),
    asked_at=moment(),
    answer=text(),
    answered_at=moment(null=True),
    is_own=flag(),
)
AnswerSent = shape(
    "Answer",
    answer=text(most=questions.LONGEST),
    note=text(optional=True, most=questions.LONGEST, help_text="A rule for every coder, beside the codebook."),
)  # fmt: skip
NoteShape = shape(
    "CodebookNote",
    id=text(source="public_id"),
    codebook=whole(source="codebook.n"),
    type=text(),
    field=text(),
    words=text(),
    made_at=moment(),
    withdrawn_at=moment(null=True),
)
SettlementShape = shape(
    "Settlement",
    n=whole(),
    outcome=choice(*Settlement.Outcome.values),
    start=whole(null=True),
    end=whole(null=True),
    reason=text(),
)
Left = shape(
    "LeftPassage",
    passage=uid(),
    start=whole(),
    end=whole(),
    exact=text(),
    reason=text(),
    suggested=some(some(whole())),
    seen=whole(help_text="Say it when you settle the passage."),
    settlement=one(SettlementShape, null=True),
)
Carried = shape(
    "CarriedEvidence",
    assignment=text(),
    coder=text(),
    text=whole(help_text="The text it was coded on."),
    carried=whole(),
    may_settle=flag(),
    left=some(Left),
)
EvidenceShape = shape("EvidenceOfDocument", current_text=whole(null=True), codings=some(Carried))
Settling = shape(
    "PassageSettled",
    outcome=choice("mark", "keep", "drop"),
    seen=whole(min_value=0, max_value=2**31 - 1),
    text=whole(min_value=1, max_value=2**31 - 1),
    start=whole(optional=True, min_value=0, max_value=2**31 - 1),
    end=whole(optional=True, min_value=1, max_value=2**31 - 1),
    reason=text(optional=True, most=settlements.LONGEST_REASON),
)
Look = shape("SecondLook", id=text(), label=text(), value=text(), reasons=some(anything()))
Looks = shape("AskedEvent", number=whole(), type=text(), title=text(), looks=some(Look))
SecondLooks = shape("SecondLooks", events=some(Looks))
Holds = shape("LooksThatHold", looks=some(text(), least=1))

# A token without these has nothing to do with what coders ask and mark.
_CODES_OR_DECIDES = ("coding.code", "reconciliation.decide")

question_list = Route(f"{PROJECT}questions/", "api_asked_questions", "questions")
question_one = Route(f"{PROJECT}questions/<str:public_id>/", "api_asked_question", "questions")
note_list = Route(f"{PROJECT}notes/", "api_notes", "questions")
note_one = Route(f"{PROJECT}notes/<str:public_id>/", "api_note", "questions")
evidence_route = Route(_EVIDENCE, "api_evidence", "documents")
evidence_one = Route(f"{_EVIDENCE}<str:work>/<uuid:passage>/", "api_settle_evidence", "documents")
look_route = Route(_LOOKS, "api_second_looks", "coding")


@question_list.get(ListOf(QuestionShape, key="public_id"), needs="project.view", token_needs=_CODES_OR_DECIDES)  # fmt: skip
def list_questions(asked: Asked):
    """Your own questions, and for who settles conflicts those of coders; the newest first."""
    found = visible_questions(asked.holder).order_by("-asked_at", "-id")
    return Found(found, lambda piece: [_question(asked.holder, row) for row in piece])


@question_one.put(QuestionShape, needs="reconciliation.decide", takes=AnswerSent)
def answer_question(asked: Asked, public_id: str):
    """Answer a coder, and where the rule is for all, leave a note beside the codebook."""
    question = question_to_answer(asked.holder, public_id)
    done = questions.answer(question, words=asked.said["answer"], by=asked.user)
    if asked.said.get("note"):
        questions.note(
            question.assignment.round.codebook,
            words=asked.said["note"],
            by=asked.user,
            type_code=question.type,
            field=question.field,
        )
    question.answer, question.answered_at = done.answer, done.answered_at
    return _question(asked.holder, question)


def _question(holder, row) -> dict:
    return {
        "id": row.public_id,
        "assignment": row.assignment.public_id,
        "coder": row.assignment.coder.label,
        "document": row.assignment.document.external_id,
        "about": about(row),
        "type": row.type,
        "field": row.field,
        "quote": row.quote,
        "words": row.words,
        "asked_at": row.asked_at,
        "answer": row.answer,
        "answered_at": row.answered_at,
        "is_own": row.assignment.coder_id == holder.membership.pk,
    }


@note_list.get(ListOf(NoteShape), needs="project.view")
def list_notes(asked: Asked):
    """What every coder reads beside the codebook, the newest first."""
    found = CodebookNote.objects.filter(codebook__project=asked.holder.project, withdrawn_at=None)
    return found.select_related("codebook").order_by("-id")


@note_one.delete(NoteShape, needs="reconciliation.decide")
def withdraw_note(asked: Asked, public_id: str):
    """Withdraw a note; coders see it no longer."""
    return questions.withdraw_note(note_for(asked.holder, public_id), by=asked.user)


@evidence_route.get(EvidenceShape, needs="project.view", token_needs=SEEN)
def read_evidence(asked: Asked, public_id: str):
    """Evidence of codings made on an earlier text: what carries over, and what waits for a person."""
    document = document_for(asked.holder, public_id)
    return {
        "current_text": document.current_text.n if document.current_text else None,
        "codings": [_carried(entry) for entry in carried.of_document(asked.holder, document)],
    }


def _carried(entry: carried.CarriedAssignment) -> dict:
    return {
        "assignment": entry.assignment.public_id,
        "coder": entry.assignment.label,
        "text": entry.text_n,
        "carried": len(entry.carried),
        "may_settle": entry.may_settle,
        "left": [
            {
                "passage": one.uid,
                "start": one.start,
                "end": one.passage.end,
                "exact": one.exact,
                "reason": one.reason,
                "suggested": [list(place) for place in one.suggested],
                "seen": one.seen,
                "settlement": SettlementShape(one.settlement).data if one.settlement else None,
            }
            for one in entry.left
        ],
    }


@evidence_one.put(Carried, needs="project.view", token_needs=_CODES_OR_DECIDES, takes=Settling)
def settle_evidence(asked: Asked, public_id: str, work: str, passage: UUID):
    """Mark a passage in the current text, keep it where it was, or drop it with a reason."""
    document = document_for(asked.holder, public_id)
    entry = carried.of_assignment(asked.holder, document, work)
    settlements.require(asked.holder, entry.assignment)
    entry.passage(passage)
    said = dict(asked.said)
    outcome = said.pop("outcome")
    judged = asked.form(FORMS[outcome], said).cleaned_data
    VERBS[outcome](entry.assignment, passage, by=asked.user, **judged)
    return _carried(carried.of_assignment(asked.holder, document, work))


@look_route.get(SecondLooks, needs="coding.code")
def list_second_looks(asked: Asked, public_id: str):
    """What you are asked to look at again since the codebook changed."""
    found = own_assignment_for(asked.holder, public_id)
    return {"events": [_looks(event) for event in second_looks.shown(found)]}


@look_route.post(SecondLooks, needs="coding.code", takes=Holds)
def confirm_second_looks(asked: Asked, public_id: str):
    """Say that what stands still holds."""
    found = own_assignment_for(asked.holder, public_id)
    second_looks.confirm(found, asked.said["looks"], by=asked.user)
    return {"events": [_looks(event) for event in second_looks.shown(found)]}


def _looks(event: second_looks.AskedEvent) -> dict:
    return {
        "number": event.number,
        "type": event.type,
        "title": event.title,
        "looks": [
            {
                "id": one.look.public_id,
                "label": one.label,
                "value": one.value,
                "reasons": [
                    {
                        "what": reason.what,
                        "action": reason.action,
                        "before": "".join(piece.text for piece in reason.before),
                        "after": "".join(piece.text for piece in reason.after),
                    }
                    for reason in one.reasons
                ],
            }
            for one in event.looks
        ],
    }


ROUTES = (
    question_list, question_one, note_list, note_one, evidence_route, evidence_one, look_route,
)  # fmt: skip
