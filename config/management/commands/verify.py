"""`manage.py verify DIR`: hold a release folder against its manifest and name what differs."""

from pathlib import Path

from config.street import StreetCommand, Told
from datasets import verifying
from projects.refusals import Invalid


class Command(StreetCommand):
    help = (
        "Prove a release folder untouched, or name every file that was changed, removed or added."
    )

    def add_arguments(self, parser):
        parser.add_argument("directory", metavar="DIR")

    def walk(self, *, directory, **options):
        try:
            found = verifying.verify(Path(directory))
        except verifying.ManifestInvalid as error:
            raise Invalid(str(error)) from None
        lines = [] if found else [f"{directory} is as its manifest says."]
        return Told(
            lines,
            {"directory": directory, "untouched": not found},
            [f"{one.path}: {one.kind} ({one.detail})" for one in found],
        )
