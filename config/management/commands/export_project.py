"""`manage.py export_project PROJECT FILE`: a project with all that belongs to it, to be taken elsewhere."""

from pathlib import Path

from config.keeping import moving
from config.street import StreetCommand, Told, project_argument, project_named
from projects.wording import counted


class Command(StreetCommand):
    help = (
        "Write a project whole: documents, codings in progress, decisions, releases, ledger and stored files. People go "
        "along by name and label, without passwords. The project stays here as it is."
    )

    def add_arguments(self, parser):
        project_argument(parser)
        parser.add_argument("file", metavar="FILE", help="one that is not there yet")

    def walk(self, *, project, file, verbosity, **options):
        done = moving.export_project(
            project_named(project), Path(file), tell=lambda words: self.tell(words, verbosity)
        )
        told = Told(
            [
                f"{done.path}: {counted(done.rows, 'row')}, {counted(done.files, 'file')} and "
                f"{done.people} people, {done.bytes:,} bytes. SHA-256 {done.sha256}"
            ],
            {"file": str(done.path), "rows": done.rows, "files": done.files, "people": done.people,
             "bytes": done.bytes, "sha256": done.sha256},
        )  # fmt: skip
        told.refused = [f"the stored file {one} is not there and stays out" for one in done.missing]
        return told
