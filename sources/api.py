"""Documents and the state system over HTTP."""

from functools import lru_cache

from django.core.paginator import Paginator
from django.views.decorators.gzip import gzip_page
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from projects import access
from projects.refusals import Invalid
from sources import collections, queries, states, structure
from sources import documents as verbs
from sources.access import collection_for, document_for
from sources.models import Collection, Document

PAGE = 100
FILTERS = {"state", "kind", "words", "page"}


@gzip_page
@api_view(["GET"])
def states_list(request: Request) -> Response:
    """The state system: COW codes, names, and the spells of membership."""
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


@api_view(["GET", "POST"])
def documents(request: Request, slug: str) -> Response:
    """List the project's documents, or add a file as multipart form data with the part `file`.

    A table of articles or an archive is answered with 202 and its collection; `columns` says which column is what.
    """
    if request.method == "POST":
        return _add(request, slug)
    project = access.project_for(request.user, slug)
    unknown = set(request.query_params) - FILTERS
    if unknown:
        raise Invalid(
            f"“{sorted(unknown)[0]}” is no filter here; there are {', '.join(sorted(FILTERS))}."
        )
    found = queries.documents(
        project,
        state=request.query_params.get("state", ""),
        kind=request.query_params.get("kind", ""),
        words=request.query_params.get("words", ""),
    )
    pages = Paginator(found, PAGE)
    page = pages.get_page(request.query_params.get("page"))
    return Response(
        {
            "count": pages.count,
            "page": page.number,
            "pages": pages.num_pages,
            "results": [as_json(document) for document in page],
        }
    )


def _add(request: Request, slug: str) -> Response:
    holder = access.pass_for(request.user, slug, "documents.add")
    upload = request.FILES.get("file")
    if upload is None:
        raise Invalid("Send the document as multipart form data in a part called “file”.")
    said = {name: str(request.data.get(name, "")) for name in ("kind", "outlet")}
    if collections.is_one(upload.chunks(), upload.name or ""):
        taken = collections.take_in(
            holder.project,
            by=holder.user,
            chunks=upload.chunks(),
            filename=upload.name or "",
            columns=collections.columns_from(str(request.data.get("columns", ""))),
            **said,
        )
        if isinstance(taken, Collection):
            return Response({"collection": collection_as_json(taken)}, status=202)
        return Response(as_json(taken), status=201)
    document = verbs.add(
        holder.project,
        by=holder.user,
        chunks=upload.chunks(),
        filename=upload.name or "",
        external_id=str(request.data.get("external_id", "")),
        title=str(request.data.get("title", "")),
        address=str(request.data.get("address", "")),
        **said,
    )
    return Response(as_json(document), status=201)


@api_view(["GET"])
def document(request: Request, slug: str, public_id: str) -> Response:
    """One document with its text: body, blocks, sentences and pages; all offsets in code points, end-exclusive."""
    found = document_for(access.pass_for(request.user, slug), public_id)
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
    return Response(answer)


@api_view(["GET"])
def collection(request: Request, slug: str, public_id: str) -> Response:
    """A table or an archive: its counts, and the lines that were not taken or not wholly (the first hundred)."""
    found = collection_for(access.pass_for(request.user, slug), public_id)
    answer = collection_as_json(found)
    answer["lines"] = list(found.lines.values("number", "name", "outcome", "reason")[:PAGE])
    return Response(answer)


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
    }


def as_json(document: Document) -> dict:
    return {
        "id": document.public_id,
        "external_id": document.external_id,
        "kind": document.kind,
        "title": document.title,
        "outlet": document.outlet,
        "address": document.address,
        "published_on": document.published_on,
        "filename": document.filename,
        "sha256": document.sha256,
        "size": document.size,
        "state": document.state,
        "reason_code": document.reason_code,
        "reason": document.reason,
    }
