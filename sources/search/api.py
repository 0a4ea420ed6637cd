"""Search over HTTP: the words and filters of the page, in the address."""

from django.core.paginator import Paginator
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from projects import access
from projects.refusals import Invalid
from sources.search import finding
from sources.search.forms import SearchForm

PAGE = 50
FILTERS = {*SearchForm.base_fields, "page"}


@api_view(["GET"])
def search(request: Request, slug: str) -> Response:
    """Documents of the project that fit, with their first hits in context."""
    project = access.project_for(request.user, slug)
    unknown = set(request.query_params) - FILTERS
    if unknown:
        raise Invalid(
            f"“{sorted(unknown)[0]}” is no filter here; there are {', '.join(sorted(FILTERS))}."
        )
    form = SearchForm(request.query_params, project=project)
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise Invalid(f"{name}: {errors[0]}")
    wanted = form.wanted()
    pages = Paginator(finding.documents(project, wanted), PAGE)
    page = pages.get_page(request.query_params.get("page"))
    return Response(
        {
            "count": pages.count,
            "page": page.number,
            "pages": pages.num_pages,
            "results": [_as_json(found) for found in finding.show(list(page), wanted)],
        }
    )


def _as_json(found: finding.Found) -> dict:
    document = found.document
    return {
        "id": document.public_id,
        "external_id": document.external_id,
        "title": document.title,
        "kind": document.kind,
        "outlet": document.outlet,
        "published_on": document.published_on,
        "hits": [
            {
                "start": hit.start,
                "end": hit.end,
                "page": hit.page,
                "before": hit.context.before,
                "exact": hit.context.exact,
                "after": hit.context.after,
            }
            for hit in found.hits
        ],
    }
