"""Codings for programs: what the page “Exchange” takes out, as one archive with its note, or as lines while they are read."""

import json
from itertools import islice

from django.http import HttpResponse, StreamingHttpResponse
from rest_framework.decorators import api_view
from rest_framework.request import Request

from coding import exchanges, exporting
from coding.exchange import FORMATS, concord
from coding.exporting import Share
from coding.models import Round
from projects.access import pass_for
from projects.refusals import Invalid, Missing

MOST = 2_000  # codings in one archive; of more the page makes a file
LINES = "lines"


@api_view(["GET"])
def codings(request: Request, slug: str) -> HttpResponse:
    """The codings one may see, in the format named by `as`, of one round or only one's own where that is asked.

    `as=lines` gives Concord JSON Lines, however many, each as soon as it is read; every other format is an archive.
    """
    holder = pass_for(request.user, slug)
    name = request.query_params.get("as", "concord")
    if name not in {*FORMATS, LINES}:
        raise Invalid(f"There is no format “{name}”. There are {', '.join([*FORMATS, LINES])}.")
    share = Share(_round(holder.project, request), request.query_params.get("own") == "1")
    found = exporting.begun(holder, share)
    if name == LINES:
        told = {"codings": found.count(), "kept": []}
        exchanges.note_out(holder, format="concord", share=share, filename=concord.FILENAME, told=told)  # fmt: skip
        return _kept_private(StreamingHttpResponse(_lines(found), content_type="application/x-ndjson"))  # fmt: skip
    if found.count() > MOST:
        raise Invalid(f"These are more than {MOST:,} codings. Ask round by round, or on the page.")
    written = exporting.written(found, name, title=holder.project.title)
    filename = f"{slug}-{name}.zip"
    exchanges.note_out(holder, format=name, share=share, filename=filename, told=written.told)
    response = HttpResponse(exporting.packed(written.files), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return _kept_private(response)


def _lines(found):
    """Some lines at a time: each piece is a write to the network."""
    waiting = exporting.values(found)
    while some := list(islice(waiting, 50)):
        yield "".join(f"{json.dumps(concord.line_of(one), ensure_ascii=False)}\n" for one in some)


def _kept_private(response):
    response["Cache-Control"] = "private, no-store"
    return response


def _round(project, request):
    name = request.query_params.get("round")
    if not name:
        return None
    found = Round.objects.filter(project=project, name=name).first()
    if found is None:
        raise Missing("There is no such round in this project.")
    return found
