"""What runs for this app's kinds of job."""

from typing import Any

from projects.jobs import Progress, handles
from projects.refusals import Missing
from sources import collecting, collections, documents, ingesting
from sources.models import Collection, Document


@handles(documents.READ)
def read(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    document = Document.objects.filter(public_id=subject).first()
    if document is None:
        raise Missing("The document is not there any more.")
    return ingesting.read(document, progress, said=parameters.get("said", []))


@handles(collections.COLLECT)
def collect(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    collection = Collection.objects.filter(public_id=subject).first()
    if collection is None:
        raise Missing("The collection is not there any more.")
    return collecting.collect(collection, progress)


@handles(documents.RECOGNISE)
def recognise(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    document = Document.objects.filter(public_id=subject).first()
    if document is None:
        raise Missing("The document is not there any more.")
    return ingesting.recognise(document, progress, language=parameters.get("language", "eng"))
