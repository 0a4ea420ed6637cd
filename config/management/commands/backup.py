"""`manage.py backup FILE`: everything of this installation in one file, while people go on working."""

from pathlib import Path

from config.keeping import backups, schedule
from config.street import StreetCommand, Told
from projects import jobs
from projects.models import Job
from projects.refusals import Invalid, Refused
from projects.wording import counted


class Command(StreetCommand):
    help = (
        "Write the database and all stored files as they are at one moment to FILE, with checksums. Nobody has to stop "
        "working. --scheduled writes into the folder of CONCORD_BACKUPS and lets go of the oldest, as the worker does."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", metavar="FILE", help="one that is not there yet")
        parser.add_argument(
            "--scheduled", action="store_true", help="into the folder of the setting, now"
        )

    def walk(self, *, file, scheduled, verbosity, **options):
        if bool(file) == scheduled:
            raise Invalid("Name a FILE to write, or say --scheduled.")

        def tell(words):
            self.tell(words, verbosity)

        if scheduled:
            job = jobs.see_through(schedule.ask_now())
            if job.state != Job.State.DONE:
                raise Refused(job.error or job.message)
            return Told([job.message], {"message": job.message})
        written = backups.backup(Path(file), tell=tell)
        told = Told(
            [
                f"{written.path}: {counted(written.rows, 'row')} and {counted(written.files, 'file')}, "
                f"{written.bytes:,} bytes. SHA-256 {written.sha256}"
            ],
            {
                "file": str(written.path), "rows": written.rows, "files": written.files, "bytes": written.bytes,
                "sha256": written.sha256,
            },
        )  # fmt: skip
        told.refused = [
            f"the stored file {one} is damaged; the backup holds it as it is"
            for one in written.damaged
        ]
        return told
