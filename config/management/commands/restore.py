"""`manage.py restore FILE`: fill an empty installation from a backup."""

from pathlib import Path

from config.keeping import restoring
from config.street import StreetCommand, Told
from projects.wording import counted


class Command(StreetCommand):
    help = (
        "Fill this installation, which must be empty, from a backup of this or the other database. The file is proved "
        "whole before anything is written. `manage.py dump` prints the same here as it did there."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--sha256", default="", help="refuse every file but this one, as `backup` printed it"
        )

    def walk(self, *, file, sha256, verbosity, **options):
        done = restoring.restore(
            Path(file), sha256=sha256, tell=lambda words: self.tell(words, verbosity)
        )
        return Told(
            [
                f"{counted(done.rows, 'row')} and {counted(done.files, 'file')} restored from a backup of {done.made_at}."
            ],
            {"rows": done.rows, "files": done.files, "sha256": done.sha256, "made_at": done.made_at},
        )  # fmt: skip
