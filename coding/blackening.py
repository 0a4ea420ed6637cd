"""What coding holds of a document's words, when the document is taken down: passages, quotes of questions, files of exchanges."""

from coding import assignments
from coding.models import Assignment, Exchange, Passage, Question
from projects import files
from projects.models import User
from sources import taking_down
from sources.models import Document
from sources.taking_down import blackened

WHY = "The document was taken down."
FILE_GONE = (
    "The file is gone: a document of the project was taken down, and it may have held its text."
)


@taking_down.also
def blacken(document: Document, by: User) -> None:
    """Operations tell passages by their offsets only, so they stay as they are."""
    of_document = Assignment.objects.filter(document=document)
    for passage in Passage.objects.filter(assignment__in=of_document):
        passage.exact = blackened(passage.exact)
        passage.before, passage.after = blackened(passage.before), blackened(passage.after)
        passage.save(update_fields=["exact", "before", "after"])
    for question in Question.objects.filter(assignment__in=of_document).exclude(quote=""):
        question.quote = blackened(question.quote)
        question.save(update_fields=["quote"])
    for assignment in of_document.filter(state__in=Assignment.WORKABLE):
        assignments.withdraw(assignment, by=by, reason=WHY)
    _empty_exchanges(document)


def _empty_exchanges(document: Document) -> None:
    """Codings that came or went as files carry whole texts; which ones nobody can tell, so all files of the project go."""
    kept = Exchange.objects.filter(project=document.project).exclude(sha256="")
    for sha256 in set(kept.values_list("sha256", flat=True)):
        if not Exchange.objects.filter(sha256=sha256).exclude(project=document.project).exists():
            files.forget(sha256)
    waiting = [Exchange.State.NEW, Exchange.State.CHECKED]
    gone = {"sha256": "", "size": 0, "reason": FILE_GONE}
    kept.filter(state__in=waiting).update(state=Exchange.State.FAILED, **gone)
    kept.update(**gone)
