"""The workspace's door: an assignment's state, its operations with If-Match, handing in."""

import re

from django.urls import reverse
from django.utils.cache import patch_cache_control
from rest_framework.request import Request
from rest_framework.response import Response

from coding import access, assignments, events, queries, schema, suggesting, suggestions
from coding.models import Assignment
from projects.access import Pass, pass_for
from projects.api import PROJECT
from projects.refusals import Invalid, Missing, Refused
from projects.rest.paging import ListOf
from projects.rest.routes import Asked, Route
from projects.rest.shapes import (
    anything,
    choice,
    flag,
    mapping,
    one,
    shape,
    some,
    text,
    uid,
    whole,
)

ASSIGNMENT = "assignments/<str:public_id>/"
# The rights by which a token reaches a piece of work: one's own to change it, that or all codings to see it.
OWN = ("coding.code",)
SEEN = ("coding.code", "reconciliation.view")
OUTCOMES = ("", *Assignment.Outcome.values)

Piece = shape(
    "Assignment",
    id=text(source="public_id"),
    round=text(source="round.name"),
    document=text(source="document.external_id"),
    title=text(source="document.title"),
    state=choice(*Assignment.State.values),
    outcome=choice(*OUTCOMES),
)
EventShape = shape(
    "CodedEvent",
    id=text(),
    type=text(),
    position=whole(),
    values=mapping(),
    near_miss=flag(),
    near_miss_reason=text(),
    evidence=mapping(some(text()), help_text="Field to the ids of its passages."),
    whole_document=anything(),
)
Coding = shape(
    "Coding",
    id=text(),
    version=whole(),
    state=choice(*Assignment.State.values),
    readonly=flag(),
    outcome=one(shape("OutcomeSaid", value=choice(*OUTCOMES), reason=text())),
    document=one(shape("CodedDocument", id=text(), title=text(), kind=text())),
    text=one(shape("CodedText", n=whole(), sha256=text(), length=whole())),
    events=some(EventShape),
    passages=some(shape("Passage", id=text(), start=whole(), end=whole(), exact=text())),
)
OperationSent = shape(
    "Operation",
    id=uid(help_text="Made by you; an operation sent again is not done again."),
    kind=text(help_text="event.add, value.set, passage.link, outcome.set ..."),
)
Operations = shape("Operations", operations=some(OperationSent))
Applied = shape("Applied", version=whole(), new=whole(), values=some(anything()))
HandedIn = shape("HandedIn", state=choice(*Assignment.State.values), version=whole(), next=text(null=True, help_text="The page to go on with."))  # fmt: skip
BookShape = shape(
    "CodebookForBrowser", title=text(), version=text(), types=some(anything()), fields=anything()
)
Suggested = shape("Suggestions", on=flag(), english=flag(), found=some(anything()))

assignment_list = Route(f"{PROJECT}assignments/", "api_assignments", "coding")
assignment_route = Route(ASSIGNMENT, "api_assignment", "coding")
operation_route = Route(f"{ASSIGNMENT}operations/", "api_operations", "coding")
submit_route = Route(f"{ASSIGNMENT}submit/", "api_submit", "coding")
codebook_route = Route(f"{ASSIGNMENT}codebook/", "api_codebook", "coding", is_packed=True)
suggestion_route = Route(f"{ASSIGNMENT}suggestions/", "api_suggestions", "coding", is_packed=True)


class VersionMissing(Refused):
    status = 428
    title = "The version is missing"


class AnotherPerson(Refused):
    status = 401
    title = "Somebody else is signed in"


def _check_person(request: Request) -> None:
    """A page left open names whose work it sends: on a shared computer another person may have signed in since."""
    named = request.headers.get("Concord-Person")
    if named is not None and named != str(request.user.pk):
        raise AnotherPerson("This is the work of another person than the one who is signed in.")


def pass_to(request: Request, public_id: str) -> Pass:
    """The person's pass to the project an assignment belongs to; outsiders learn nothing."""
    slug = (
        Assignment.objects.filter(public_id=public_id)
        .values_list("round__project__slug", flat=True)
        .first()
    )
    if slug is None:
        raise Missing("There is no such piece of work, or it is not yours to see.")
    return pass_for(request.user, slug)


def _base(request: Request) -> int:
    """The version an edit started from, out of If-Match."""
    found = re.fullmatch(r'\s*(?:W/)?"(\d{1,9})"\s*', request.headers.get("If-Match", ""))
    if found is None:
        raise VersionMissing('Say which version you started from: If-Match: "7".')
    return int(found.group(1))


@assignment_list.get(ListOf(Piece, page=1_000, most=5_000), needs="coding.code")
def list_assignments(asked: Asked):
    """Your own queue in a project, in its order."""
    rows = Assignment.objects.filter(coder=asked.holder.membership)
    return rows.select_related("document", "round").order_by("queue_key", "id")


@assignment_route.get(Coding, token_needs=SEEN)
def read_assignment(asked: Asked, public_id: str):
    """Everything coded in one assignment, with the version that the next edit starts from."""
    own = access.own_reading(asked.request.user, public_id)
    if own is not None:
        response = _state(own, is_own=True)
    else:
        holder = pass_to(asked.request, public_id)
        found = access.assignment_for(holder, public_id)
        response = _state(found, is_own=found.coder_id == holder.membership.pk)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _state(found: Assignment, *, is_own: bool) -> Response:
    return Response(state_of(found, is_own=is_own), headers={"ETag": f'"{found.version}"'})


def state_of(found: Assignment, *, is_own: bool) -> dict:
    work = events.load(found)
    evidence: dict = {}
    for event, field, passage in sorted(work.evidence, key=lambda link: work.passages[link[2]]):
        evidence.setdefault(event, {}).setdefault(field, []).append(str(passage))
    body = found.text.body
    return {
        "id": found.public_id,
        "version": found.version,
        "state": found.state,
        "readonly": not (
            is_own and found.is_workable and found.round.state == found.round.State.OPEN
        ),
        "outcome": {"value": work.outcome, "reason": work.outcome_reason},
        "document": {
            "id": found.document.external_id,
            "title": found.document.title,
            "kind": found.document.kind,
        },
        "text": {"n": found.text.n, "sha256": found.text.sha256, "length": found.text.length},
        "events": [
            {
                "id": str(event.uid),
                "type": event.type,
                "position": event.position,
                "values": event.values,
                "near_miss": event.near_miss,
                "near_miss_reason": event.near_miss_reason,
                "evidence": evidence.get(event.uid, {}),
                "whole_document": event.whole_document,
            }
            for event in work.living_events()
        ],
        "passages": [
            {"id": str(uid), "start": start, "end": end, "exact": body[start:end]}
            for uid, (start, end) in sorted(work.passages.items(), key=lambda item: item[1])
        ],
    }


@operation_route.post(
    Applied,
    token_needs=OWN,
    takes=Operations,
    is_raw=True,
    headers=(("If-Match", True, 'The version you started from: "7"; 412 tells what it missed.'),),
)
def apply_operations(asked: Asked, public_id: str):
    """Append operations. The same ones sent again are answered, not doubled; a stale base gets what it missed."""
    request = asked.request
    _check_person(request)
    found = access.own_work(request.user, public_id) or access.own_assignment_for(
        pass_to(request, public_id), public_id
    )
    sent = request.data.get("operations") if isinstance(request.data, dict) else None
    if not isinstance(sent, list):
        raise Invalid("Send {“operations”: [...]}.")
    done = events.apply(found, sent, base=_base(request), by=request.user)
    response = Response({"version": done.version, "new": done.new, "values": list(done.values)})
    response["ETag"] = f'"{done.version}"'
    return response


@submit_route.post(
    HandedIn,
    token_needs=OWN,
    is_raw=True,
    headers=(("If-Match", False, "The version you mean to hand in."),),
)
def submit(asked: Asked, public_id: str):
    """Hand in. Refused with a list of what is still to be done, each with its event and field."""
    request = asked.request
    _check_person(request)
    holder = pass_to(request, public_id)
    found = access.own_assignment_for(holder, public_id)
    base = _base(request) if "If-Match" in request.headers else None
    done, _ = assignments.submit(found, by=request.user, base=base)
    following = queries.next_work(holder, done)
    url = (
        reverse("workspace", args=[holder.project.slug, following.public_id]) if following else None
    )
    if done.has_feedback:
        # In training one looks at what differs before the next document.
        url = reverse("feedback", args=[holder.project.slug, done.public_id])
    return Response({"state": done.state, "version": done.version, "next": url})


@codebook_route.get(
    BookShape,
    token_needs=SEEN,
    filters=shape(
        "WhichBook",
        language=text(optional=True, most=35),
        fingerprint=text(optional=True, most=64, help_text="Named, the answer may be kept."),
    ),
)
def read_assignment_codebook(asked: Asked, public_id: str):
    """The codebook this assignment is coded with, as the browser needs it; its texts in `language` where it has it."""
    found = access.assignment_for(pass_to(asked.request, public_id), public_id)
    version, language = found.round.codebook, asked.wanted.get("language", "")
    book = version.parsed
    if language:
        book = schema.translated(book, schema.chosen(schema.languages(book), [language]))
    response = Response(schema.to_json(book))
    # A published codebook never changes; but a round may move to another one, so only what is named is kept.
    is_named = asked.wanted.get("fingerprint") == version.fingerprint
    response["Cache-Control"] = "private, max-age=86400" if is_named else "private, no-cache"
    return response


@suggestion_route.get(Suggested, token_needs=OWN)
def read_suggestions(asked: Asked, public_id: str):
    """What the text suggests, where the round has that switched on: runs of the text with what they say."""
    found = access.own_assignment_for(pass_to(asked.request, public_id), public_id)
    marks = suggesting.suggested(found)
    response = Response(
        {
            "on": found.round.has_suggestions,
            "english": suggestions.is_english(found.text.body),
            "found": marks,
        }
    )
    response["Cache-Control"] = "private, max-age=600"
    return response


ROUTES = (
    assignment_list, assignment_route, operation_route, submit_route, codebook_route, suggestion_route,
)  # fmt: skip
