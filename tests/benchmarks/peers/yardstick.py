"""The yardstick: bare Django views that do the least for each job, served by the product's own processes beside it.

For whoever is signed in, in the same database, through the same middleware: what is left is what Concord's own work costs.
"""

import json
from collections.abc import Iterator

from django.db import models
from django.http import StreamingHttpResponse
from django.urls import include, path
from rest_framework.decorators import api_view
from rest_framework.response import Response

_MANY = 500


class BareDocument(models.Model):
    words = models.TextField()

    class Meta:
        app_label = "coding"
        managed = False
        db_table = "bare_document"


class BareCoding(models.Model):
    document = models.IntegerField(db_index=True)
    spans = models.JSONField()

    class Meta:
        app_label = "coding"
        managed = False
        db_table = "bare_coding"


@api_view(["POST"])
def documents(request):
    rows = (BareDocument(words=json.loads(line)["body"]) for line in request.FILES["file"])
    return Response({"count": len(BareDocument.objects.bulk_create(rows, batch_size=_MANY))})


@api_view(["GET"])
def document(request, pk):
    row = BareDocument.objects.get(pk=pk)
    found = BareCoding.objects.filter(document=pk).values_list("spans", flat=True)
    return Response({"id": row.pk, "words": row.words, "codings": list(found)})


@api_view(["POST"])
def save(request, pk):
    row = BareCoding.objects.create(document=pk, spans=request.data["spans"])
    return Response({"id": row.pk})


@api_view(["GET"])
def export(request):
    def lines() -> Iterator[str]:
        for row in BareCoding.objects.order_by("pk").iterator(chunk_size=200):
            yield json.dumps({"document": row.document, "spans": row.spans}) + "\n"

    return StreamingHttpResponse(lines(), content_type="application/x-ndjson")


urlpatterns = [
    path("api/bare/documents/", documents),
    path("api/bare/documents/<int:pk>/", document),
    path("api/bare/documents/<int:pk>/codings/", save),
    path("api/bare/codings/", export),
    path("", include("config.urls")),
]
