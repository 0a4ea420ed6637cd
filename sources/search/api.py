"""Search over HTTP: the words and filters of the page, in the address; and the log of kept searches."""

from projects.rest.paging import Found, ListOf
from projects.rest.routes import Asked, Route
from projects.rest.shapes import anything, choice, day, moment, of_form, shape, some, text, whole
from sources.api import PROJECT
from sources.models import Document
from sources.search import finding, log
from sources.search.forms import KeepForm, SearchForm

PAGE = 50

Hit = shape(
    "Hit",
    start=whole(),
    end=whole(),
    page=whole(null=True),
    before=text(),
    exact=text(),
    after=text(),
)
FoundShape = shape(
    "Found",
    id=text(),
    external_id=text(),
    title=text(),
    kind=choice(*Document.Kind.values),
    outlet=text(),
    published_on=day(null=True),
    hits=some(Hit),
)
Kept = shape(
    "KeptSearch",
    id=text(source="public_id"),
    words=text(),
    filters=anything(),
    note=text(),
    hits=whole(),
    searched=whole(),
    documents=some(text()),
    by=text(source="by.username"),
    at=moment(),
)
Wanted = of_form("SearchWanted", SearchForm)

search_route = Route(f"{PROJECT}search/", "api_search", "search")
kept_route = Route(f"{PROJECT}searches/", "api_searches", "search")
kept_one = Route(f"{PROJECT}searches/<str:public_id>/", "api_kept_search", "search")


@search_route.get(
    ListOf(FoundShape, page=PAGE, most=200, counted=True), needs="project.view", filters=Wanted
)
def search(asked: Asked):
    """Documents of the project that fit, with their first hits in context."""
    wanted = asked.form(SearchForm, dict(asked.wanted), project=asked.holder.project).wanted()
    rows = finding.documents(asked.holder.project, wanted)
    return Found(
        rows, lambda piece: [_as_json(found) for found in finding.show(list(piece), wanted)]
    )


@kept_route.get(ListOf(Kept), needs="project.view")
def list_searches(asked: Asked):
    """Kept searches that you may see, the newest first."""
    return log.visible_searches(asked.holder).order_by("-id")


@kept_route.post(Kept, status=201, needs="searches.keep", takes=of_form("SearchToKeep", SearchForm, **of_form("_", KeepForm)().fields))  # fmt: skip
def keep_search(asked: Asked):
    """Search again at this moment and keep what came of it."""
    wanted = asked.form(SearchForm, project=asked.holder.project).wanted()
    note = asked.form(KeepForm).cleaned_data["note"]
    return log.keep(asked.holder.project, wanted, by=asked.user, note=note)


@kept_one.get(Kept, needs="project.view")
def read_search(asked: Asked, public_id: str):
    """One kept search."""
    return log.search_for(asked.holder, public_id)


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


ROUTES = (search_route, kept_route, kept_one)
