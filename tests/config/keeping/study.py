"""A project with something in every part of it: files, a published release, decisions, and work that is not finished."""

from projects import files, jobs
from projects.models import Project
from sources import documents
from sources.models import Document
from sources.search import indexing
from tests import small
from tests.datasets import scenes

SLUG = "study"
TREATY = "Treaty of Nowhere\n\nArticle 1\nThe parties hold a joint exercise each year.\n\nArticle 2\nNaïve 𝔘nicode stays.\n"


def whole_study() -> Project:
    """As a team leaves it on a working day: some rounds settled and released, one in which somebody has just begun."""
    made = scenes.settled()
    _whole()
    scenes.published(made)
    project = made.round.project
    Project.objects.filter(pk=project.pk).update(slug=SLUG)
    project.refresh_from_db()
    manager = small.manager_of(project)
    documents.add(project, chunks=[TREATY.encode()], filename="treaty.txt", by=manager)
    jobs.finish_all()
    documents.add(project, chunks=[b"Another text waits.\n"], filename="waits.txt", by=manager)
    opened = small.coding_round(project, coders=[made.coders["C1"], made.coders["C2"]])
    _whole()
    work = opened.assignments.select_related("coder__user", "round__project").first()
    assert work is not None
    small.coded(work, small.whole_event()[:3])
    return project


def _whole() -> None:
    """Scenes have rows alone; here what these speak of is there, too."""
    for document in Document.objects.filter(ranges=None).exclude(current_text=None):
        body = document.current_text.body  # type: ignore[union-attr]
        sha256, size = files.put_bytes(f"{document.external_id} {body}".encode())
        small.put(document, sha256=sha256, size=size)
        indexing.index(document, body)
