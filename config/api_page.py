"""The page on which the API's description is read and tried. Its reader is served from here, from nowhere else."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.middleware import POLICY

# The reader writes style attributes into its own page; scripts stay what they are everywhere.
DOCS_POLICY = f"{POLICY}; style-src 'self' 'unsafe-inline'"


@require_safe
def docs(request):
    response = render(request, "config/api_docs.html")
    response.headers["Content-Security-Policy"] = DOCS_POLICY
    return response
