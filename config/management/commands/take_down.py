"""`manage.py take_down PROJECT ID --reason WORDS`: bytes, text and quotes of a document go for good."""

from config.street import StreetCommand, Told, acting, project_argument
from projects.refusals import Missing
from sources import taking_down
from sources.models import Document


class Command(StreetCommand):
    help = (
        "Take a document down: its bytes, its texts and all quotes of them go for good; the row, its hash and the "
        "reason stay. Published releases and backups made before still hold what they hold."
    )

    def add_arguments(self, parser):
        project_argument(parser)
        parser.add_argument("document", metavar="ID", help="the document's own id")
        parser.add_argument("--reason", required=True, help="stands in the ledger for good")

    def walk(self, *, project, document, reason, by, **options):
        holder = acting(project, "documents.add", by)
        found = Document.objects.filter(project=holder.project, external_id=document).first()
        if found is None:
            raise Missing(f"There is no document “{document}” in {project}.")
        done = taking_down.take_down(found, by=holder.user, reason=reason)
        return Told(
            [
                f"“{done.external_id}” is taken down. Published releases and older backups still hold it."
            ],
            {"document": done.external_id, "sha256": done.sha256, "reason": done.reason},
        )
