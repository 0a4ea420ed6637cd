"""Searches worth citing: one verb that keeps a search with what it found, and who may read which of them."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from projects import ledger
from projects.access import Pass
from projects.models import Project, User
from projects.refusals import Invalid, Missing
from sources.models import Document, SearchLog
from sources.search import finding, indexing, tokens
from sources.search.finding import Wanted

LISTED = 500  # own ids kept with an entry


def keep(project: Project, wanted: Wanted, *, by: User, note: str = "") -> SearchLog:
    """Search again at this moment and write down what came of it."""
    if wanted.is_empty():
        raise Invalid("There is nothing to keep: no words and no filter.")
    if len(wanted.words) > 500:
        raise Invalid("A search has at most 500 characters.")
    with transaction.atomic():
        indexing.must_be_whole(project)
        found = finding.documents(project, wanted)
        searched = Document.objects.filter(project=project, state=Document.State.READ).count()
        entry = SearchLog.objects.create(
            project=project,
            words=" ".join(wanted.words.split()),
            filters=wanted.filters(),
            note=note.strip()[:500],
            hits=found.count(),
            searched=searched,
            documents=list(found.values_list("external_id", flat=True)[:LISTED]),
            tokens_version=tokens.VERSION,
            by=by,
        )
        ledger.record(
            project,
            "search.keep",
            entry,
            by=by,
            difference={"words": entry.words, "filters": entry.filters, "hits": entry.hits},
        )
    return entry


def visible_searches(holder: Pass) -> QuerySet[SearchLog]:
    """One's own; others' only with the right to see all codings: what a coder looks for tells what they code."""
    found = SearchLog.objects.filter(project=holder.project).select_related("by")
    return found if holder.allows("reconciliation.view") else found.filter(by=holder.user)


def search_for(holder: Pass, public_id: str) -> SearchLog:
    found = visible_searches(holder).filter(public_id=public_id).first()
    if found is None:
        raise Missing("There is no such search, or it is not yours to see.")
    return found


def wanted(entry: SearchLog) -> Wanted:
    """What was looked for, to look for it again."""
    said = dict(entry.filters)
    for name in ("since", "until"):
        if name in said:
            said[name] = date.fromisoformat(said[name])
    return Wanted(words=entry.words, **(said | {"states": tuple(said.get("states", ()))}))
