"""`manage.py import_alliances PROJECT FILE`: take a list of alliances in, one CSV row per spell of a member."""

from pathlib import Path

from config.street import StreetCommand, Told, acting, project_argument
from projects.refusals import Missing
from sources import alliance_lists


class Command(StreetCommand):
    help = "Load alliances from CSV. Good lines are taken in, each bad one is reported with its number."

    def add_arguments(self, parser):
        project_argument(parser)
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--version-name", metavar="NAME", default="", help="what it is called")
        parser.add_argument(
            "--whole", action="store_true", help="alliances it does not name leave the list"
        )

    def walk(self, *, project, file, version_name, whole, by, **options):
        holder = acting(project, "lists.load", by)
        path = Path(file)
        if not path.is_file():
            raise Missing(f"There is no file {file}.")
        made = alliance_lists.load(
            holder.project,
            path.read_bytes(),
            by=holder.user,
            filename=path.name,
            version=version_name,
            is_whole=whole,
        )
        counts = made.counts
        return Told(
            [
                f"{counts['taken']} of {counts['lines']} lines taken into list {made.n} ({made.version}): "
                f"{counts['alliances']} alliances, {counts['added']} new, {counts['changed']} changed, "
                f"{counts['same']} as before, {counts['dropped']} left the list.",
                *(f"line {one['line']}: {one['message']}" for one in made.notices),
            ],
            {
                "project": project,
                "list": made.n,
                "version": made.version,
                **counts,
                "problems": made.problems,
                "notices": made.notices,
            },
            [f"line {one['line']}: {one['message']}" for one in made.problems],
        )
