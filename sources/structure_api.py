"""The structure of a document over HTTP: the sections of its text with offsets, labels and parents."""

from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from projects import access
from projects.refusals import Missing
from sources import outlines, sheets, structure
from sources.access import document_for


@api_view(["GET"])
def sections(request: Request, slug: str, public_id: str) -> Response:
    """The sections of the current text, or of text number `text`: offsets in code points, end-exclusive.

    `parent` is the place (from 0) of the section around it in the same list; `by` is who set or confirmed them,
    null where they were only found.
    """
    found = document_for(access.pass_for(request.user, slug), public_id)
    text = sheets.exact_text(found, request.query_params.get("text"))
    if text is None:
        raise Missing("This document has no such text.")
    outline = text.outlines.select_related("by").order_by("-n").first()
    rows = outlines.values(outline)
    return Response(
        {
            "document": found.public_id,
            "external_id": found.external_id,
            "text": text.n,
            "sha256": text.sha256,
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
    )
