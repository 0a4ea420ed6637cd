"""`manage.py create_token PROJECT NAME`: make an API token; it is shown once."""

from config.street import StreetCommand, Told, acting, project_argument
from projects import tokens
from projects.roles import PERMISSIONS


class Command(StreetCommand):
    help = (
        "Make an API token for one project. It can do there what its owner can, or less where rights are named; it is "
        "shown once."
    )

    def add_arguments(self, parser):
        project_argument(parser)
        parser.add_argument("name", metavar="NAME", help="what the token is for")
        parser.add_argument("--days", type=int, default=365)
        parser.add_argument(
            "--right", action="append", metavar="RIGHT", choices=sorted(PERMISSIONS), dest="rights",
            help="beside looking at the project, such as documents.add; said again for more. Without it: all that the owner may",
        )  # fmt: skip

    def walk(self, *, project, name, days, rights, by, **options):
        holder = acting(project, "project.view", by)
        token, secret = tokens.create(
            holder.project, by=holder.user, name=name, days=days, rights=rights
        )
        return Told(
            [
                f"Token “{token.name}” of {holder.user.username} for {project}, until {token.expires_at:%Y-%m-%d}:",
                secret,
            ],
            {
                "token": secret,
                "owner": holder.user.username,
                "expires_at": token.expires_at.isoformat(),
            },
        )
