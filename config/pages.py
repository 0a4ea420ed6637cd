"""The one page that looks into every room: the overview of a project."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config import overview
from projects.access import pass_for
from projects.queries import visible_jobs

RECENT = 4


@require_safe
def project(request: Any, slug: str) -> HttpResponse:
    holder = request.holder = pass_for(request.user, slug)
    context = {
        "tiles": overview.tiles(holder),
        "steps": overview.next_steps(holder),
        "jobs": visible_jobs(holder)[:RECENT],
    }
    return render(request, "config/project.html", context)
