"""Load a document with the right to use it. Every member of a project may read its documents."""

from projects.access import Pass
from projects.refusals import Missing
from sources.models import Collection, Document


def document_for(holder: Pass, public_id: str) -> Document:
    document = (
        Document.objects.select_related("current_text", "project", "collection__project")
        .filter(project=holder.project, public_id=public_id)
        .first()
    )
    if document is None:
        raise Missing("There is no such document in this project.")
    return document


def collection_for(holder: Pass, public_id: str) -> Collection:
    collection = (
        Collection.objects.select_related("project", "parent")
        .filter(project=holder.project, public_id=public_id)
        .first()
    )
    if collection is None:
        raise Missing("There is no such collection in this project.")
    return collection
