"""Codebook feedback over HTTP: what speaks against the codebook, put into draft notes or set aside."""

from projects.api import PROJECT
from projects.rest.paging import ListOf
from projects.rest.routes import Asked, Route
from projects.rest.shapes import choice, flag, moment, of_form, shape, some, text, whole
from reconciliation import concern_queries
from reconciliation.concern_queries import Wanted
from reconciliation.concern_views import AS_CHOSEN, SOURCES, STATES, HandlingForm, deal_with

ConcernShape = shape(
    "Concern",
    key=text(),
    kind=choice("decision", "question"),
    place=text(),
    type=text(),
    at=moment(),
    who=text(),
    words=text(),
    quote=text(),
    why=text(),
    version=whole(),
    round=text(),
    document=text(),
    is_handled=flag(),
)
ConcernsWanted = shape(
    "ConcernsWanted",
    state=choice(*(value for value, _ in STATES if value), optional=True),
    source=choice(*(value for value, _ in SOURCES if value), optional=True),
    type=text(optional=True, most=40),
    place=text(optional=True, most=110),
    error_kind=text(optional=True, most=20),
    round=text(optional=True, most=16),
)
Dealt = shape("ConcernsDealtWith", said=text())
Handling = of_form(
    "ConcernHandling",
    HandlingForm,
    concerns=some(text(), least=1, help_text="Keys of the concerns."),
    about=text(optional=True, help_text="Place the note is about; by default what they have in common."),
)  # fmt: skip

concern_route = Route(f"{PROJECT}concerns/", "api_concerns", "codebooks")


@concern_route.get(ListOf(ConcernShape, key="key", page=60), needs="reconciliation.view", filters=ConcernsWanted)  # fmt: skip
def list_concerns(asked: Asked):
    """Flagged decisions and coders' questions that speak against the codebook."""
    wanted = {name: value or "" for name, value in asked.wanted.items()}
    return [
        {
            **{
                name: getattr(one, name)
                for name in (
                    "key", "kind", "place", "type", "at", "who", "words", "quote", "why", "version", "round",
                    "document",
                )
            },
            "is_handled": one.handling is not None,
        }
        for one in concern_queries.concerns(asked.holder, Wanted(**wanted))
    ]  # fmt: skip


@concern_route.post(Dealt, needs="reconciliation.decide", takes=Handling)
def handle_concerns(asked: Asked):
    """Write a draft note of them, add them to one there is, set them aside with a reason, or let them wait again."""
    holder, said = asked.holder, {"about": AS_CHOSEN, **asked.said}
    form = asked.form(
        HandlingForm,
        said,
        places=concern_queries.places(holder),
        notes=concern_queries.waiting_notes(holder),
    )
    chosen = concern_queries.chosen(holder, said["concerns"])
    return {"said": deal_with(holder, chosen, form.cleaned_data)}


ROUTES = (concern_route,)
