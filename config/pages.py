"""The one page that looks into every room: the overview of a project."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from config import guide as leading
from config import overview
from projects import members
from projects.access import pass_for
from projects.queries import visible_jobs

RECENT = 4


@require_safe
def project(request: Any, slug: str) -> HttpResponse:
    holder = request.holder = pass_for(request.user, slug)
    context = {
        "tiles": overview.tiles(holder),
        "guide": None if holder.membership.is_guide_away else leading.guide(holder),
        "jobs": visible_jobs(holder)[:RECENT],
    }
    return render(request, "config/project.html", context)


@require_POST
def put_guide(request: Any, slug: str) -> HttpResponse:
    """Put the list of steps away, or bring it back."""
    holder = request.holder = pass_for(request.user, slug)
    members.put_guide(holder.membership, away=request.POST.get("away") == "1")
    return redirect(holder.project)
