"""What the workspace asks beside operations: history, questions, active time, events elsewhere, templates, keys."""

from typing import Any
from uuid import UUID

from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from coding import access, event_templates, events, key_choices, own_events, questions, working_time
from coding.api import pass_to
from coding.models import Assignment, Question
from projects.models import User
from projects.refusals import Invalid, NotAllowed


@api_view(["GET"])
def history(request: Request, public_id: str) -> Response:
    """Every operation of an assignment, oldest first, with when and by which label."""
    found = access.assignment_for(pass_to(request, public_id), public_id)
    response = Response({"version": found.version, "operations": events.history(found)})
    response["Cache-Control"] = "private, no-store"
    return response


@api_view(["GET", "POST"])
def question_list(request: Request, public_id: str) -> Response:
    """The coder's own questions on this document; POST asks one, with an id that counts once."""
    holder = pass_to(request, public_id)
    found = access.own_assignment_for(holder, public_id)
    if request.method == "POST":
        sent = request.data if isinstance(request.data, dict) else {}
        questions.ask(
            found,
            uid=_uid(sent, "id"),
            words=str(sent.get("words", "")),
            event=_uid(sent, "event") if sent.get("event") else None,
            field=str(sent.get("field") or ""),
            span=_span(sent),
            by=holder.user,
        )
    asked = access.visible_questions(holder).filter(assignment=found)
    notes = found.round.codebook.notes.filter(withdrawn_at=None)
    return Response(
        {
            "questions": [_question(one) for one in asked],
            "notes": [
                {"type": note.type, "field": note.field, "words": note.words, "at": note.made_at}
                for note in notes
            ],
        }
    )


@api_view(["POST"])
def questions_read(request: Request, public_id: str) -> Response:
    found = access.own_assignment_for(pass_to(request, public_id), public_id)
    return Response({"read": questions.read(found)})


@api_view(["POST"])
def active_time(request: Request, public_id: str) -> Response:
    """The active seconds of one opening so far; answers the sum over all openings."""
    found = access.own_assignment_for(pass_to(request, public_id), public_id)
    sent = request.data if isinstance(request.data, dict) else {}
    seconds = sent.get("seconds")
    if type(seconds) is not int:
        raise Invalid("Active time is told in whole seconds.")
    working_time.tell(found, uid=_uid(sent, "id"), seconds=seconds)
    return Response({"seconds": working_time.of([found]).get(found.pk, 0)})


@api_view(["GET"])
def events_elsewhere(request: Request, public_id: str) -> Response:
    """The coder's own events in other documents of the project, for links from event to event."""
    holder = pass_to(request, public_id)
    found = access.own_assignment_for(holder, public_id)
    wanted = own_events.elsewhere(
        holder,
        found,
        words=request.query_params.get("words", "")[:200],
        uids=request.query_params.getlist("id")[:50],
    )
    return Response({"events": [one.as_dict() for one in wanted]})


@api_view(["GET", "POST"])
def templates(request: Request, public_id: str) -> Response:
    """The coder's own event templates of the round; POST keeps one, with an id that counts once."""
    found = access.own_assignment_for(pass_to(request, public_id), public_id)
    if request.method == "POST":
        sent = request.data if isinstance(request.data, dict) else {}
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


@api_view(["DELETE"])
def template(request: Request, public_id: str, uid: UUID) -> Response:
    """Remove one of the coder's own event templates; answers those that are left."""
    found = access.own_assignment_for(pass_to(request, public_id), public_id)
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


@api_view(["GET", "PUT"])
def keys(request: Request) -> Response:
    """The person's own keys of the workspace."""
    if not isinstance(request.user, User):
        raise NotAllowed("Sign in first.")
    if request.method == "PUT":
        sent = request.data if isinstance(request.data, dict) else {}
        chosen = key_choices.choose(
            request.user, single_keys=sent.get("single_keys"), keys=sent.get("keys")
        )
    else:
        chosen = key_choices.of(request.user)
    return Response({"single_keys": chosen.single_keys, "keys": chosen.keys})


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
