"""`manage.py create_project SLUG --title T`: found a project with a published codebook."""

from pathlib import Path

from django.db import transaction

from coding import codebooks
from config.street import StreetCommand, Told, founder
from projects import members
from projects.refusals import Invalid


class Command(StreetCommand):
    help = "Found a project and publish its codebook as version 1."

    def add_arguments(self, parser):
        parser.add_argument(
            "slug", metavar="SLUG", help="short name: lower-case letters, digits, hyphens"
        )
        parser.add_argument("--title", required=True)
        parser.add_argument(
            "--codebook",
            default=codebooks.DEFAULT,
            metavar="NAME_OR_FILE",
            help=f"a YAML file, or one that ships: {', '.join(codebooks.standard_names())}",
        )

    def walk(self, *, slug, title, codebook, by, **options):
        source = codebook_source(codebook)
        user = founder(by)
        with transaction.atomic():
            project = members.found(slug, title=title, by=user)
            version = codebooks.publish(codebooks.load(project, source, by=user), by=user)
        parsed = version.parsed
        fields = sum(1 for _ in parsed.every_field())
        return Told(
            [
                f"Project {slug} “{project.title}” founded by {user.username}.",
                f"Codebook “{version.title}” published as version {version.n}: "
                f"{len(parsed.types)} event types, {fields} fields.",
            ],
            {
                "project": slug,
                "title": project.title,
                "founder": user.username,
                "codebook": {
                    "n": version.n,
                    "title": version.title,
                    "types": len(parsed.types),
                    "fields": fields,
                },
            },
        )


def codebook_source(name_or_file: str) -> str:
    if name_or_file in codebooks.standard_names():
        return codebooks.standard(name_or_file)
    path = Path(name_or_file)
    if not path.is_file():
        raise Invalid(
            f"“{name_or_file}” is neither a file nor a codebook that ships "
            f"({', '.join(codebooks.standard_names())})."
        )
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(f"{name_or_file} is not UTF-8 (byte {error.start + 1}).") from None
