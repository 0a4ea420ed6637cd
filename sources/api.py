"""Documents, collections and the state system over HTTP."""

from functools import lru_cache

from django.http import FileResponse
from rest_framework.response import Response

from projects.api import PROJECT
from projects.rest.paging import ListOf, by
from projects.rest.routes import Asked, Bytes, Route
from projects.rest.shapes import (
    anything,
    choice,
    day,
    file,
    flag,
    mapping,
    number,
    of_form,
    one,
    shape,
    some,
    text,
    whole,
)
from sources import collections, originals, queries, states, structure
from sources import documents as verbs
from sources.access import collection_for, document_for
from sources.copies import queries as copies
from sources.forms import ColumnsForm, DocumentFilter, DocumentForm, RetireForm
from sources.models import Collection, Document
from sources.reading import tabular

PAGE = 100
_DOCUMENT = f"{PROJECT}documents/<str:public_id>/"

DocumentShape = shape(
    "Document",
    id=text(source="public_id"),
    external_id=text(),
    kind=choice(*Document.Kind.values),
    title=text(),
    outlet=text(),
    address=text(),
    published_on=day(null=True),
    filename=text(),
    sha256=text(),
    size=whole(),
    state=choice(*Document.State.values),
    reason_code=text(),
    reason=text(),
)
TextShape = shape(
    "Text",
    n=whole(),
    sha256=text(),
    length=whole(),
    body=text(),
    blocks=some(some(anything()), help_text="[kind, start, end, level]"),
    sentences=some(some(whole()), help_text="[start, end]"),
    pages=some(
        shape(
            "TextPage",
            number=whole(),
            start=whole(),
            end=whole(),
            width=number(null=True),
            height=number(null=True),
            state=text(),
        )
    ),
    reader=text(),
    reader_version=text(),
    warnings=anything(),
)
WholeDocument = shape("WholeDocument", DocumentShape, text=one(TextShape, optional=True))
CollectionShape = shape(
    "Collection",
    id=text(),
    label=text(),
    form=text(),
    filename=text(),
    sha256=text(),
    size=whole(),
    state=text(),
    reason=text(),
    headers=some(text()),
    columns=mapping(text(null=True)),
    items=whole(),
    documents=whole(),
    already_here=whole(),
    not_added=whole(),
    is_indexed=flag(help_text="Whether searches find all of its documents."),
)
CollectionLine = shape("CollectionLine", number=whole(), name=text(), outcome=text(), reason=text())
WholeCollection = shape("WholeCollection", CollectionShape, lines=some(CollectionLine))
TakenAsCollection = shape("TakenAsCollection", collection=one(CollectionShape))
Upload = shape(
    "Upload",
    file=file(),
    external_id=text(optional=True, most=200),
    title=text(optional=True, most=500),
    address=text(optional=True, most=1000),
    kind=choice(*Document.Kind.values, optional=True),
    outlet=text(optional=True, most=200),
    columns=text(optional=True, help_text="Of a table: text=body; title=headline"),
)
StateSystem = shape(
    "StateSystem",
    version=text(),
    states=some(
        shape(
            "State",
            ccode=whole(),
            abbreviation=text(),
            name=text(),
            names=some(text()),
            spells=some(some(text(null=True)), help_text="[first day, last day or null]"),
        )
    ),
)
Description = shape(
    "Description",
    title=text(optional=True, most=500),
    kind=choice(*Document.Kind.values, optional=True),
    outlet=text(optional=True, most=200),
    author=text(optional=True, most=200),
    address=text(optional=True, most=1000),
    published_on=day(optional=True),
    parties=some(whole(min_value=1, max_value=9999), optional=True, most=300, help_text="COW codes."),
)  # fmt: skip
Columns = shape("Columns", **{name: text(optional=name != "text") for name in tabular.FIELDS})
Wanted = of_form("DocumentFilter", DocumentFilter)
ORDERS = {"id": ("external_id", "id"), "newest": ("-id",), "title": ("title", "id")}

state_route = Route("states/", "api_states", "states", is_packed=True)
document_route = Route(f"{PROJECT}documents/", "api_documents", "documents")
document_one = Route(_DOCUMENT, "api_document", "documents")
original_route = Route(f"{_DOCUMENT}original/", "api_original", "documents")
retire_route = Route(f"{_DOCUMENT}retire/", "api_retire", "documents", version=document_one)
read_route = Route(f"{_DOCUMENT}read-again/", "api_read_again", "documents", version=document_one)
recognise_route = Route(f"{_DOCUMENT}recognise/", "api_recognise", "documents", version=document_one)  # fmt: skip
collection_route = Route(f"{PROJECT}collections/", "api_collections", "documents")
collection_one = Route(f"{PROJECT}collections/<str:public_id>/", "api_collection", "documents")
collection_lines = Route(f"{PROJECT}collections/<str:public_id>/lines/", "api_collection_lines", "documents")  # fmt: skip


@state_route.get(StateSystem)
def list_standard_states(asked: Asked):
    """The state system that ships: COW codes, names, and the spells of membership."""
    response = Response(states_as_json(states.standard()))
    response["Cache-Control"] = "private, max-age=3600"
    return response


@lru_cache(maxsize=4)
def states_as_json(system: states.StateSystem) -> dict:
    return {
        "version": system.version,
        "states": [
            {
                "ccode": state.ccode,
                "abbreviation": state.abbreviation,
                "name": state.name,
                "names": list(system.names_of(state.ccode)),
                "spells": [
                    [spell.start.isoformat(), spell.end.isoformat() if spell.end else None]
                    for spell in state.spells
                ],
            }
            for state in system.states
        ],
    }


@document_route.get(ListOf(DocumentShape, counted=True), needs="project.view", filters=Wanted, orders=tuple(ORDERS))  # fmt: skip
def list_documents(asked: Asked):
    """The project's documents. `words` are looked for in title, id and outlet."""
    wanted = {name: value for name, value in asked.wanted.items() if value is not None}
    order, by_copies = wanted.pop("order", ""), wanted.pop("copies", "")
    found = copies.filtered(queries.documents(asked.holder.project, **wanted), by_copies)
    return by(found, order or "id", ORDERS)


@document_route.post(
    DocumentShape, status=201, needs="documents.add", takes=Upload, with_files=True, also={202: TakenAsCollection}
)  # fmt: skip
def add_document(asked: Asked):
    """Add a file as multipart form data with the part `file`.

    A table of articles or an archive is answered with 202 and its collection; `columns` says which column is what.
    """
    holder, sent = asked.holder, asked.said
    upload = sent["file"]
    said = {name: sent.get(name, "") for name in ("kind", "outlet")}
    if collections.is_one(upload.chunks(), upload.name or ""):
        taken = collections.take_in(
            holder.project,
            by=holder.user,
            chunks=upload.chunks(),
            filename=upload.name or "",
            columns=collections.columns_from(sent.get("columns", "")),
            **said,
        )
        if isinstance(taken, Collection):
            return Response({"collection": collection_as_json(taken)}, status=202)
        return as_json(taken)
    return verbs.add(
        holder.project,
        by=holder.user,
        chunks=upload.chunks(),
        filename=upload.name or "",
        external_id=sent.get("external_id", ""),
        title=sent.get("title", ""),
        address=sent.get("address", ""),
        **said,
    )


@document_one.get(WholeDocument, needs="project.view")
def read_document(asked: Asked, public_id: str):
    """One document with its text: body, blocks, sentences and pages; all offsets in code points, end-exclusive."""
    found = document_for(asked.holder, public_id)
    text = found.current_text
    answer = as_json(found)
    if text is not None:
        answer["text"] = {
            "n": text.n,
            "sha256": text.sha256,
            "length": text.length,
            "body": text.body,
            "blocks": text.blocks,
            "sentences": structure.sentences(text.body, structure.runs(text.blocks)),
            "pages": list(
                text.pages.order_by("number").values(
                    "number", "start", "end", "width", "height", "state"
                )
            ),
            "reader": text.reader,
            "reader_version": text.reader_version,
            "warnings": text.warnings,
        }
    return answer


@document_one.patch(DocumentShape, needs="documents.add", takes=Description)
def describe_document(asked: Asked, public_id: str):
    """Correct the description of a document; what is not named stays. An empty object confirms what was proposed."""
    found = document_for(asked.holder, public_id)
    before = {name: getattr(found, name) for name in verbs.DESCRIBABLE}
    said = {**before, **asked.said}
    said["parties"] = "; ".join(str(ccode) for ccode in said["parties"] or [])
    judged = asked.form(DocumentForm, said, initial=before).cleaned_data
    return verbs.describe(found, by=asked.user, **{name: judged[name] for name in asked.said})


@original_route.get(Bytes(), needs="project.view")
def read_original(asked: Asked, public_id: str):
    """The bytes as they came."""
    found = document_for(asked.holder, public_id)
    return attached(originals.opened(found), found.filename)


def attached(opened, filename: str) -> FileResponse:
    """Bytes to be saved: never shown by a browser, unsniffed, without any power."""
    response = FileResponse(
        opened, as_attachment=True, filename=filename, content_type="application/octet-stream"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@retire_route.post(DocumentShape, needs="documents.add", takes=RetireForm)
def retire_document(asked: Asked, public_id: str):
    """Take a document out of the work to come; what was coded from it stays."""
    said = asked.form(RetireForm).cleaned_data
    return verbs.retire(document_for(asked.holder, public_id), by=asked.user, **said)


@read_route.post(DocumentShape, needs="documents.add")
def read_document_again(asked: Asked, public_id: str):
    """Read the file again. Codings keep the text they were made on."""
    return verbs.read_again(document_for(asked.holder, public_id), by=asked.user)


@recognise_route.post(DocumentShape, needs="documents.add", takes=shape("Recognition", language=text(optional=True, most=100)))  # fmt: skip
def recognise_document(asked: Asked, public_id: str):
    """Read the pages of a scan by text recognition."""
    found = document_for(asked.holder, public_id)
    return verbs.recognise(found, by=asked.user, language=asked.said.get("language", ""))


@collection_route.get(ListOf(CollectionShape, key="id"), needs="project.view")
def list_collections(asked: Asked):
    """Tables and archives that were taken in, the newest first."""
    found = Collection.objects.filter(project=asked.holder.project).order_by("-id")
    return [collection_as_json(one) for one in found]


@collection_one.get(WholeCollection, needs="project.view")
def read_collection(asked: Asked, public_id: str):
    """A table or an archive: its counts, and the lines that were not taken or not wholly (the first hundred)."""
    found = collection_for(asked.holder, public_id)
    answer = collection_as_json(found)
    answer["lines"] = list(found.lines.values("number", "name", "outcome", "reason")[:PAGE])
    return answer


@collection_one.put(CollectionShape, needs="documents.add", takes=Columns)
def map_columns(asked: Asked, public_id: str):
    """Say which column is what, and take the table in with that."""
    found = collection_for(asked.holder, public_id)
    said = asked.form(ColumnsForm, collection=found).cleaned_data
    collections.map_columns(found, by=asked.user, columns=said)
    found.refresh_from_db()
    return collection_as_json(found)


@collection_lines.get(ListOf(CollectionLine, key="number"), needs="project.view")
def list_collection_lines(asked: Asked, public_id: str):
    """What became of each line of a table or file of an archive."""
    found = collection_for(asked.holder, public_id)
    return found.lines.order_by("number")


def collection_as_json(found: Collection) -> dict:
    return {
        "id": found.public_id,
        "label": found.label,
        "form": found.form,
        "filename": found.filename,
        "sha256": found.sha256,
        "size": found.size,
        "state": found.state,
        "reason": found.reason,
        "headers": found.headers,
        "columns": found.columns,
        "items": found.items,
        "documents": found.added,
        "already_here": found.known,
        "not_added": found.refused,
        "is_indexed": found.is_indexed,
    }


def as_json(document: Document) -> dict:
    return dict(DocumentShape(document).data)


ROUTES = (
    state_route, document_route, document_one, original_route, retire_route, read_route, recognise_route,
    collection_route, collection_one, collection_lines,
)  # fmt: skip
