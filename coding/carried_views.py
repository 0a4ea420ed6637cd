"""The page that tells what evidence would carry over to a document's current text."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from coding import carried
from projects.access import pass_for
from sources.access import document_for


@require_safe
def carried_evidence(request, slug, public_id):
    holder = request.holder = pass_for(request.user, slug)
    document = document_for(holder, public_id)
    context = {"document": document, "entries": carried.of_document(holder, document)}
    return render(request, "coding/carried_evidence.html", context)
