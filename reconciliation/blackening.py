"""What reconciliation holds of a document's words, when the document is taken down: the passages that prove decisions."""

from projects.models import User
from reconciliation.models import Proof
from sources import taking_down
from sources.models import Document


@taking_down.also
def blacken(document: Document, by: User) -> None:
    for proof in Proof.objects.filter(decision__group__document=document):
        Proof.objects.filter(pk=proof.pk).update(exact=taking_down.blackened(proof.exact))
