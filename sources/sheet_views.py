"""A page of a document as a picture, and the sheet that lays its word boxes over it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from projects.access import pass_for
from projects.refusals import Invalid, Missing
from sources import originals, sheets
from sources.access import document_for
from sources.models import Document
from sources.reading import pictures

KEPT_SECONDS = 30 * 24 * 3600  # the bytes of a document never change, so neither do its pages


@require_safe
def sheet(request, slug, public_id, n, number):
    """A part of the document page, fetched when another page comes into sight."""
    holder = request.holder = pass_for(request.user, slug)
    shown = document_for(holder, public_id)
    text = sheets.chosen_text(shown, str(n))
    found = sheets.sheet(text, number) if text is not None and text.n == n else None
    if found is None:
        raise Missing("There is no picture of such a page.")
    response = render(
        request, "sources/_sheet.html", {"document": shown, "text": text, "sheet": found}
    )
    patch_cache_control(response, private=True, max_age=KEPT_SECONDS)
    return response


@require_safe
def picture(request, slug, public_id, number):
    holder = request.holder = pass_for(request.user, slug)
    shown = document_for(holder, public_id)
    scale = _scale(request.GET.get("scale", "2"))
    etag = f'"{shown.sha256[:32]}-{number}-{scale:g}"'
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(_drawn(shown, number, scale), content_type="image/png")
    response.headers["ETag"] = etag
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    patch_cache_control(response, private=True, max_age=KEPT_SECONDS, immutable=True)
    return response


def _scale(written: str) -> float:
    allowed = {f"{scale:g}": scale for scale in pictures.SCALES}
    if written not in allowed:
        raise Invalid(f"A page is drawn at scale {', '.join(allowed)}.")
    return allowed[written]


def _drawn(document: Document, number: int, scale: float) -> bytes:
    text = document.current_text
    if (
        text is None
        or not text.reader.startswith(sheets.DRAWN)
        or not text.pages.filter(number=number).exists()
    ):
        raise Missing("There is no picture of such a page.")
    try:
        return pictures.page_png(originals.read(document), number, scale=scale)
    except pictures.NoPicture as reason:
        raise Missing(str(reason)) from None
