"""Codings for programs: what the page “Exchange” takes out, as one archive with its note."""

from django.http import HttpResponse
from rest_framework.decorators import api_view
from rest_framework.request import Request

from coding import exchanges, exporting
from coding.exchange import FORMATS
from coding.exporting import Share
from coding.models import Round
from projects.access import pass_for
from projects.refusals import Invalid, Missing

MOST = 2_000  # codings in one answer; of more the page makes a file


@api_view(["GET"])
def codings(request: Request, slug: str) -> HttpResponse:
    """The codings one may see, in the format named by `as`, of one round or only one's own where that is asked."""
    holder = pass_for(request.user, slug)
    name = request.query_params.get("as", "concord")
    if name not in FORMATS:
        raise Invalid(f"There is no format “{name}”. There are {', '.join(FORMATS)}.")
    share = Share(_round(holder.project, request), request.query_params.get("own") == "1")
    found = exporting.begun(holder, share)
    if found.count() > MOST:
        raise Invalid(f"These are more than {MOST:,} codings. Ask round by round, or on the page.")
    written = exporting.written(found, name, title=holder.project.title)
    filename = f"{slug}-{name}.zip"
    exchanges.note_out(holder, format=name, share=share, filename=filename, told=written.told)
    response = HttpResponse(exporting.packed(written.files), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
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
