"""The documentation as pages of the product, open to everybody: nothing in it is anybody's secret."""

from dataclasses import asdict
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from config.help import contents, library
from config.help.rendering import Addresses


def address_of(path: str) -> str:
    page, _, anchor = path.partition("#")
    url = reverse("help") if page == contents.HOME else reverse("help_page", args=[page])
    return f"{url}#{anchor}" if anchor else url


HERE = Addresses(page=address_of, picture=lambda name: reverse("help_picture", args=[name]))


@login_not_required
@require_safe
def page(request: Any, path: str = contents.HOME) -> HttpResponse:
    pages = library.all_pages()
    found = pages.page(path)
    if found is None:
        raise Http404
    if path == contents.HOME and request.path != reverse("help"):
        return redirect("help")
    before, after = pages.beside(found)
    parts = [
        (part.title, [(one.title, address_of(one.path), one == found) for one in part.pages])
        for part in pages.parts
    ]
    context = {
        "page": found,
        "drawn": library.draw(found, HERE),
        "parts": parts,
        "before": before and (before.title, address_of(before.path)),
        "after": after and (after.title, address_of(after.path)),
        "index_url": reverse("help_index"),
    }
    return render(request, "config/help.html", context)


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def picture(request: Any, name: str) -> FileResponse:
    for file in library.pictures():
        if file.name == name:
            return FileResponse(file.open("rb"))
    raise Http404


@login_not_required
@require_safe
@cache_control(public=True, max_age=300)
def index(request: Any) -> JsonResponse:
    """What the search of the help pages looks through; the looking is done in the browser."""
    return JsonResponse([asdict(entry) for entry in library.index(HERE)], safe=False)
