"""The API's description, and the page on which it is read and tried. Its reader is served from here, from nowhere else."""

import hashlib
import json
from functools import cache

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from rest_framework.decorators import api_view
from rest_framework.decorators import schema as described_by

from config.middleware import POLICY

# The reader writes style attributes into its own page; scripts stay what they are everywhere.
DOCS_POLICY = f"{POLICY}; style-src 'self' 'unsafe-inline'"


@cache
def _described() -> tuple[bytes, str]:
    """The description and its version: the same for everybody, made once in a process."""
    told = SchemaGenerator().get_schema(public=True)
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=str).encode()
    return written, f'"{hashlib.sha256(written).hexdigest()[:32]}"'


@gzip_page
@api_view(["GET"])
@described_by(None)
def schema(request):
    """OpenAPI 3.1, for whoever is signed in."""
    written, etag = _described()
    if etag in request.headers.get("If-None-Match", ""):
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(written, content_type="application/vnd.oai.openapi+json")
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@require_safe
def docs(request):
    response = render(request, "config/api_docs.html")
    response.headers["Content-Security-Policy"] = DOCS_POLICY
    return response
