"""What the frame of every page shows: where one is, where one can go, and what one may do.

Views leave the person's pass on the request (`request.holder`); nothing here decides a right.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from coding import queries as coding
from config.help.chapters import chapter_for
from config.help.views import address_of
from projects.access import Pass, pass_for
from projects.refusals import Refused


@dataclass(frozen=True)
class Place:
    """One entry of the project's navigation, and the pages that belong to it."""

    label: str
    name: str
    permission: str = "project.view"
    also: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    current: bool = False
    count: int = 0
    icon: str = ""


PLACES = (
    Place("Overview", "project"),
    Place(
        "My work",
        "my_work",
        "coding.code",
        frozenset({"workspace", "second_look", "feedback", "own_agreement"}),
    ),
    Place(
        "Documents",
        "documents",
        also=frozenset(
            {
                "document",
                "upload",
                "search",
                "searches",
                "kept_search",
                "copies",
                "confirmed_copies",
                "sections",
                "section",
                "carried_evidence",
                "settle_evidence",
                "collection",
            }
        ),
    ),
    Place(
        "Alliances",
        "alliances",
        also=frozenset(
            {"alliance", "alliance_list", "load_alliances", "states", "state_list", "load_states"}
        ),
    ),
    Place(
        "Codebook",
        "codebooks",
        also=frozenset(
            {
                "codebook",
                "load_codebook",
                "edit_codebook",
                "codebook_changes",
                "move_codebook",
                "concerns",
            }
        ),
    ),
    Place("Questions", "questions", also=frozenset({"answer_question"})),
    Place(
        "Rounds",
        "rounds",
        also=frozenset(
            {"round", "open_round", "roster", "work", "exchange", "take_out", "exchanged"}
        ),
    ),
    Place(
        "Reconciliation",
        "reconciliation",
        "reconciliation.view",
        frozenset(
            {
                "figures",
                "measure",
                "compare_rounds",
                "reliability_report",
                "board",
                "board_queue",
                "decide",
                "suggestion_effect",
            }
        ),
    ),
    Place(
        "Incidents",
        "incidents",
        "reconciliation.view",
        frozenset({"incident", "proposals", "source_report", "assessments", "assessment"}),
    ),
    Place("Releases", "releases", also=frozenset({"release", "withdraw"})),
    Place(
        "Members",
        "members",
        also=frozenset({"member", "invite", "way_back", "anonymise", "webhooks", "webhook"}),
    ),
)


def shell(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        open_to_all = {"home_url": reverse("home"), "sign_in_url": reverse("sign_in")}
        return {"shell": {**open_to_all, "help_url": _help_on(request)}}
    holder: Pass | None = getattr(request, "holder", None) or _turned_away(request)
    frame = {
        "home_url": reverse("home"),
        # Counted only where it is shown: the workspace has no bar.
        "navigation": SimpleLazyObject(lambda: _navigation(holder, request) if holder else []),
        "account": _account(holder, is_operator=user.is_staff),
        "sign_out_url": reverse("sign_out"),
        "help_url": _help_on(request),
    }
    if holder is None:
        return {"shell": frame}
    may = {permission.replace(".", "_"): True for permission in holder.permissions}
    return {"shell": frame, "holder": holder, "project": holder.project, "may": may}


def _help_on(request: HttpRequest) -> str:
    """The chapter that helps on this page."""
    here = request.resolver_match
    return address_of(chapter_for(here.url_name or "", here._func_path) if here else "index")


def _turned_away(request: HttpRequest) -> Pass | None:
    """The pass of a member whose request was refused before the view held one: the way back stays in sight."""
    slug = request.resolver_match.kwargs.get("slug") if request.resolver_match else None
    if slug is None or request.path.startswith("/api/"):
        return None
    try:
        return pass_for(request.user, slug)
    except Refused:
        return None


def _navigation(holder: Pass, request: HttpRequest) -> list[Entry]:
    here = request.resolver_match.url_name if request.resolver_match else None
    return [
        Entry(
            place.label,
            reverse(place.name, args=[holder.project.slug]),
            current=here == place.name or here in place.also,
            count=_waiting(place, holder),
        )
        for place in PLACES
        if holder.allows(place.permission)
    ]


def _waiting(place: Place, holder: Pass) -> int:
    """What waits for this person behind an entry: documents to code, questions to answer."""
    if place.name == "my_work":
        return coding.open_work(holder).count()
    return coding.waiting_questions(holder) if place.name == "questions" else 0


def _account(holder: Pass | None, *, is_operator: bool) -> list[Entry]:
    entries = [
        Entry("Your account", reverse("account"), icon="person"),
        Entry("All projects", reverse("home"), icon="grid"),
        Entry("Reliability calculator", reverse("calculator"), icon="balance"),
    ]
    if holder:
        entries.append(
            Entry("Long work", reverse("jobs", args=[holder.project.slug]), icon="clock")
        )
    if holder and holder.allows("project.manage"):
        entries.append(
            Entry("Webhooks", reverse("webhooks", args=[holder.project.slug]), icon="send")
        )
    entries.append(Entry("API", reverse("api_docs"), icon="document"))
    if holder and holder.allows("ledger.view"):
        entries.append(Entry("Ledger", reverse("ledger", args=[holder.project.slug]), icon="book"))
    if is_operator:
        entries.append(Entry("Installation", reverse("installation"), icon="clock"))
    return entries
