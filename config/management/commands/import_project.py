"""`manage.py import_project FILE`: take a project in that was exported elsewhere."""

from pathlib import Path

from config.keeping import moving
from config.street import StreetCommand, Told
from projects.models import User
from projects.refusals import Invalid, Missing
from projects.wording import counted


class Command(StreetCommand):
    help = (
        "Take in a project that export_project wrote. People are known by their user names; whoever has none here comes "
        "as an account that nobody can sign in to. Best done while nobody works: on SQLite others wait until it is done."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--slug", default="", help="its short name here, where it is to be another"
        )
        parser.add_argument(
            "--person", action="append", default=[], metavar="THERE=HERE",
            help="who has another user name here (once for each)",
        )  # fmt: skip
        parser.add_argument("--manager", metavar="USER", help="who shall manage it here, too")

    def walk(self, *, file, slug, person, manager, verbosity, **options):
        manages = User.objects.filter(username=manager).first() if manager else None
        if manager and manages is None:
            raise Missing(f"There is no user “{manager}”.")
        persons = dict(one.partition("=")[::2] for one in person)
        if not all(persons.values()):
            raise Invalid("--person looks like name-there=name-here.")
        done = moving.import_project(
            Path(file), slug=slug, persons=persons, manager=manages, tell=lambda words: self.tell(words, verbosity)
        )  # fmt: skip
        lines = [
            f"“{done.project.title}” is here as {done.project.slug}: {counted(done.rows, 'row')}, {counted(done.files, 'file')}.",
            f"Known by their user names: {', '.join(done.matched) or 'nobody'}.",
            f"New, and not able to sign in: {', '.join(done.placeholders) or 'nobody'}.",
        ]  # fmt: skip
        told = Told(
            lines,
            {"project": done.project.slug, "rows": done.rows, "files": done.files,
             "known": list(done.matched), "new": list(done.placeholders)},
        )  # fmt: skip
        told.refused = [f"ledger, line {one.n}: {one.message}" for one in done.breaks]
        return told
