"""The structure of a document over HTTP: the sections of its text with offsets, labels and parents, and their correction."""

from projects.refusals import Missing, WrongState
from projects.rest.routes import Asked, Route
from projects.rest.shapes import of_form, shape, some, text, whole
from sources import outlines, sheets, structure
from sources.access import document_for
from sources.api import PROJECT
from sources.forms import SectionForm, SeenForm

_SECTIONS = f"{PROJECT}documents/<str:public_id>/sections/"

SectionShape = shape(
    "Section",
    kind=text(),
    label=text(),
    heading=text(),
    start=whole(),
    end=whole(),
    parent=whole(null=True, help_text="The place (from 0) of the section around it in the same list."),
    depth=whole(),
)  # fmt: skip
OutlineShape = shape(
    "Outline",
    document=text(),
    external_id=text(),
    text=whole(),
    sha256=text(),
    outline=whole(),
    by=text(null=True, help_text="Who set or confirmed them; null where they were only found."),
    finder_version=text(),
    sections=some(SectionShape),
)
SectionSaid = of_form("SectionSaid", SectionForm)
Seen = of_form("OutlineSeen", SeenForm)

section_route = Route(_SECTIONS, "api_sections", "documents")
confirm_route = Route(f"{_SECTIONS}confirm/", "api_confirm_sections", "documents", version=section_route)  # fmt: skip
section_one = Route(f"{_SECTIONS}<int:place>/", "api_section", "documents", version=section_route)


@section_route.get(OutlineShape, needs="project.view", filters=shape("WhichText", text=text(optional=True, most=9)))  # fmt: skip
def read_sections(asked: Asked, public_id: str):
    """The sections of the current text, or of text number `text`: offsets in code points, end-exclusive."""
    found = document_for(asked.holder, public_id)
    shown = sheets.exact_text(found, asked.wanted.get("text"))
    if shown is None:
        raise Missing("This document has no such text.")
    return _told(found, shown)


def _told(found, shown) -> dict:
    outline = shown.outlines.select_related("by").order_by("-n").first()
    rows = outlines.values(outline)
    return {
        "document": found.public_id,
        "external_id": found.external_id,
        "text": shown.n,
        "sha256": shown.sha256,
        "outline": outline.n if outline else 0,
        "by": outline.by.get_username() if outline and outline.by else None,
        "finder_version": outline.finder_version if outline else structure.VERSION,
        "sections": [
            {
                "kind": one.kind,
                "label": one.label,
                "heading": one.heading,
                "start": one.start,
                "end": one.end,
                "parent": one.parent,
                "depth": depth,
            }
            for one, depth in zip(rows, structure.depths(rows), strict=True)
        ],
    }


def _loaded(asked: Asked, public_id: str):
    found = document_for(asked.holder, public_id)
    if found.current_text is None:
        raise WrongState("This document has no text yet, so it has no sections.")
    return found, found.current_text


@section_route.post(OutlineShape, status=201, needs="documents.add", takes=SectionSaid)
def add_section(asked: Asked, public_id: str):
    """Add a section; `seen` is the outline it was looked at in."""
    found, shown = _loaded(asked, public_id)
    outlines.add(shown, by=asked.user, **asked.form(SectionForm).cleaned_data)
    return _told(found, shown)


@section_one.put(OutlineShape, needs="documents.add", takes=SectionSaid)
def change_section(asked: Asked, public_id: str, place: int):
    """Correct the section at this place."""
    found, shown = _loaded(asked, public_id)
    said = asked.form(SectionForm).cleaned_data
    outlines.change(shown, place, by=asked.user, **said)
    return _told(found, shown)


@section_one.delete(OutlineShape, needs="documents.add", takes=Seen)
def remove_section(asked: Asked, public_id: str, place: int):
    """Take a section out; its text stays."""
    found, shown = _loaded(asked, public_id)
    outlines.remove(shown, place, by=asked.user, **asked.form(SeenForm).cleaned_data)
    return _told(found, shown)


@confirm_route.post(OutlineShape, needs="documents.add", takes=Seen)
def confirm_sections(asked: Asked, public_id: str):
    """Say that the sections are right as they stand."""
    found, shown = _loaded(asked, public_id)
    outlines.confirm(shown, by=asked.user, **asked.form(SeenForm).cleaned_data)
    return _told(found, shown)


ROUTES = (section_route, confirm_route, section_one)
