"""What runs for this app's kinds of job."""

from typing import Any

from projects import garbage
from projects.jobs import Progress, handles, regularly
from projects.models import Project
from projects.refusals import Missing
from sources import (
    collecting,
    collections,
    comparing,
    documents,
    ingesting,
    outlines,
    state_lists,
)
from sources.models import Collection, Document
from sources.search import indexing


@handles(documents.READ)
def read(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    document = Document.objects.filter(public_id=subject).first()
    if document is None:
        raise Missing("The document is not there any more.")
    return ingesting.read(document, progress, said=parameters.get("said", []))


@handles(comparing.COMPARE, behind=True)
def compare(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    with garbage.seldom():
        return comparing.compare_new(_project(subject), progress)


@handles(indexing.INDEX)
def index(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    """Everything read before is indexed and compared anew."""
    project = _project(subject)
    outlines.index(project, progress)
    told = indexing.index_all(project, progress)
    return f"{told}; {comparing.compare_new(project, progress)}"


@handles(state_lists.MENTION)
def mention(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    return indexing.mention_all(_project(subject), progress)


def _project(slug: str) -> Project:
    project = Project.objects.filter(slug=slug).first()
    if project is None:
        raise Missing("The project is not there any more.")
    return project


@handles(collections.COLLECT)
def collect(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    collection = Collection.objects.filter(public_id=subject).first()
    if collection is None:
        raise Missing("The collection is not there any more.")
    return collecting.collect(collection, progress)


@handles(collections.INDEX, behind=True)
def index_collection(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    """What came in is found by searching; then it is compared."""
    collection = Collection.objects.filter(public_id=subject).first()
    if collection is None:
        raise Missing("The collection is not there any more.")
    # Asked for first, so that work that dies here is not the end of it.
    comparing.ask(collection.project, by=None)
    with garbage.seldom():
        return indexing.index_collection(collection, progress)


regularly(collections.remind)


@handles(documents.RECOGNISE)
def recognise(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    document = Document.objects.filter(public_id=subject).first()
    if document is None:
        raise Missing("The document is not there any more.")
    return ingesting.recognise(document, progress, language=parameters.get("language", "eng"))
