"""What the workspace asks beside operations: history, questions, active time, events elsewhere, templates, keys."""

from typing import Any
from uuid import UUID

from rest_framework.response import Response

from coding import access, event_templates, events, key_choices, own_events, questions, working_time
from coding.api import ASSIGNMENT, OWN, SEEN, pass_to
from coding.models import Assignment, Question
from projects.refusals import Invalid
from projects.rest.routes import Asked, Route
from projects.rest.shapes import anything, flag, mapping, moment, shape, some, text, uid, whole

OwnQuestion = shape(
    "OwnQuestion",
    id=text(),
    event=text(null=True),
    field=text(),
    start=whole(null=True),
    end=whole(null=True),
    quote=text(),
    words=text(),
    asked_at=moment(),
    answer=text(),
    answered_at=moment(null=True),
    is_new=flag(),
)
CodersNote = shape("CodersNote", type=text(), field=text(), words=text(), at=moment())
OwnQuestions = shape("OwnQuestions", questions=some(OwnQuestion), notes=some(CodersNote))
QuestionSent = shape(
    "Question",
    id=uid(help_text="Made by you; it counts once."),
    words=text(most=questions.LONGEST),
    event=uid(optional=True),
    field=text(optional=True, most=60),
    start=whole(optional=True, min_value=0, max_value=2**31 - 1),
    end=whole(optional=True, min_value=1, max_value=2**31 - 1),
)
History = shape("History", version=whole(), operations=some(anything()))
Answers = shape("AnswersRead", read=whole())
TimeSent = shape("ActiveTime", id=uid(help_text="Of this opening of the document."), seconds=whole(min_value=0, max_value=86_400))  # fmt: skip
Seconds = shape("ActiveTimeSoFar", seconds=whole())
Elsewhere = shape("EventsElsewhere", events=some(anything()))
ElsewhereWanted = shape(
    "ElsewhereWanted", words=text(optional=True), id=some(text(), optional=True)
)
TemplateSent = shape("EventTemplate", id=uid(help_text="Made by you; it counts once."), name=text(), type=text(), values=mapping())  # fmt: skip
TemplateShape = shape("KeptTemplate", id=text(), name=text(), type=text(), values=mapping())
Templates = shape("EventTemplates", templates=some(TemplateShape))
Keys = shape("Keys", single_keys=flag(), keys=mapping(text(null=True)))
KeysSent = shape("KeysChosen", single_keys=flag(), keys=mapping(text(null=True)))

history_route = Route(f"{ASSIGNMENT}history/", "api_history", "coding")
question_route = Route(f"{ASSIGNMENT}questions/", "api_questions", "coding")
read_route = Route(f"{ASSIGNMENT}questions/read/", "api_questions_read", "coding")
time_route = Route(f"{ASSIGNMENT}time/", "api_active_time", "coding")
elsewhere_route = Route(f"{ASSIGNMENT}elsewhere/", "api_events_elsewhere", "coding")
template_route = Route(f"{ASSIGNMENT}templates/", "api_templates", "coding")
template_one = Route(f"{ASSIGNMENT}templates/<uuid:uid>/", "api_template", "coding")
key_route = Route("keys/", "api_keys", "people")


@history_route.get(History, token_needs=SEEN)
def read_history(asked: Asked, public_id: str):
    """Every operation of an assignment, oldest first, with when and by which label."""
    found = access.assignment_for(pass_to(asked.request, public_id), public_id)
    response = Response({"version": found.version, "operations": events.history(found)})
    response["Cache-Control"] = "private, no-store"
    return response


@question_route.get(OwnQuestions, token_needs=OWN)
def list_own_questions(asked: Asked, public_id: str):
    """Your own questions on this document, and the notes for every coder."""
    holder = pass_to(asked.request, public_id)
    return _questions(holder, access.own_assignment_for(holder, public_id))


@question_route.post(OwnQuestions, token_needs=OWN, takes=QuestionSent, is_raw=True)
def ask_question(asked: Asked, public_id: str):
    """Ask the PI, on an event, a field, a passage or the document."""
    holder = pass_to(asked.request, public_id)
    found = access.own_assignment_for(holder, public_id)
    sent = asked.kept
    questions.ask(
        found,
        uid=_uid(sent, "id"),
        words=str(sent.get("words", "")),
        event=_uid(sent, "event") if sent.get("event") else None,
        field=str(sent.get("field") or ""),
        span=_span(sent),
        by=holder.user,
    )
    return _questions(holder, found)


def _questions(holder, found) -> dict[str, Any]:
    asked = access.visible_questions(holder).filter(assignment=found)
    notes = found.round.codebook.notes.filter(withdrawn_at=None)
    return {
        "questions": [_question(one) for one in asked],
        "notes": [
            {"type": note.type, "field": note.field, "words": note.words, "at": note.made_at}
            for note in notes
        ],
    }


@read_route.post(Answers, token_needs=OWN, is_raw=True)
def read_answers(asked: Asked, public_id: str):
    """Say that you have seen the answers on this document."""
    found = access.own_assignment_for(pass_to(asked.request, public_id), public_id)
    return {"read": questions.read(found)}


@time_route.post(Seconds, token_needs=OWN, takes=TimeSent, is_raw=True)
def tell_active_time(asked: Asked, public_id: str):
    """The active seconds of one opening so far; answers the sum over all openings."""
    found = access.own_assignment_for(pass_to(asked.request, public_id), public_id)
    sent = asked.kept
    seconds = sent.get("seconds")
    if type(seconds) is not int:
        raise Invalid("Active time is told in whole seconds.")
    working_time.tell(found, uid=_uid(sent, "id"), seconds=seconds)
    return {"seconds": working_time.of([found]).get(found.pk, 0)}


@elsewhere_route.get(Elsewhere, token_needs=OWN, filters=ElsewhereWanted)
def list_events_elsewhere(asked: Asked, public_id: str):
    """Your own events in other documents of the project, for links from event to event."""
    holder = pass_to(asked.request, public_id)
    found = access.own_assignment_for(holder, public_id)
    wanted = own_events.elsewhere(
        holder,
        found,
        words=(asked.wanted.get("words") or "")[:200],
        uids=(asked.wanted.get("id") or [])[:50],
    )
    return {"events": [one.as_dict() for one in wanted]}


@template_route.get(Templates, token_needs=OWN)
def list_templates(asked: Asked, public_id: str):
    """Your own event templates of the round."""
    return _templates(access.own_assignment_for(pass_to(asked.request, public_id), public_id))


@template_route.post(Templates, token_needs=OWN, takes=TemplateSent, is_raw=True)
def keep_template(asked: Asked, public_id: str):
    """Keep values of an event to begin others from."""
    found = access.own_assignment_for(pass_to(asked.request, public_id), public_id)
    sent = asked.said if isinstance(asked.said, dict) else {}
    values = sent.get("values")
    if not isinstance(values, dict):
        raise Invalid("A template is kept as {“id”, “name”, “type”, “values”: {field: value}}.")
    event_templates.keep(
        found,
        uid=_uid(sent, "id"),
        name=str(sent.get("name", "")),
        type_code=str(sent.get("type", "")),
        values=values,
    )
    return _templates(found)


@template_one.delete(Templates, token_needs=OWN, is_raw=True)
def drop_template(asked: Asked, public_id: str, uid: UUID):
    """Remove one of your own event templates; answers those that are left."""
    found = access.own_assignment_for(pass_to(asked.request, public_id), public_id)
    event_templates.drop(found, uid)
    return _templates(found)


def _templates(found: Assignment) -> Response:
    own = [
        {"id": str(one.uid), "name": one.name, "type": one.type, "values": one.values}
        for one in event_templates.of(found)
    ]
    response = Response({"templates": own})
    response["Cache-Control"] = "private, no-cache"
    return response


@key_route.get(Keys, token_needs=("account.change",))
def read_keys(asked: Asked):
    """Your own keys of the workspace."""
    return _keys(key_choices.of(asked.user))


@key_route.put(Keys, token_needs=("account.change",), takes=KeysSent, is_raw=True)
def choose_keys(asked: Asked):
    """Choose your own keys of the workspace."""
    sent = asked.kept
    chosen = key_choices.choose(
        asked.user, single_keys=sent.get("single_keys"), keys=sent.get("keys")
    )
    return _keys(chosen)


def _keys(chosen: key_choices.Keys) -> dict[str, Any]:
    return {"single_keys": chosen.single_keys, "keys": chosen.keys}


def _question(one: Question) -> dict[str, Any]:
    return {
        "id": str(one.uid),
        "event": str(one.event) if one.event else None,
        "field": one.field,
        "start": one.start,
        "end": one.end,
        "quote": one.quote,
        "words": one.words,
        "asked_at": one.asked_at,
        "answer": one.answer,
        "answered_at": one.answered_at,
        "is_new": one.is_answered and one.read_at is None,
    }


def _uid(sent: dict[str, Any], name: str) -> UUID:
    try:
        return UUID(str(sent[name]))
    except (KeyError, ValueError):
        raise Invalid(f"“{name}” must be a UUID.") from None


def _span(sent: dict[str, Any]) -> tuple[int, int] | None:
    start, end = sent.get("start"), sent.get("end")
    if start is None and end is None:
        return None
    if type(start) is not int or type(end) is not int:
        raise Invalid("A passage needs a start and an end in whole code points.")
    return start, end


ROUTES = (
    history_route, question_route, read_route, time_route, elsewhere_route, template_route, template_one, key_route,
)  # fmt: skip
