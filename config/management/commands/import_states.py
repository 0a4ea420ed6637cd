"""`manage.py import_states PROJECT FILE`: put a newer list of states in the place of the one the project goes by."""

from datetime import date
from pathlib import Path

from config.street import StreetCommand, Told, acting, project_argument
from projects.refusals import Invalid, Missing
from sources import state_lists
from sources.models import StateList


class Command(StreetCommand):
    help = "Load a project's own list of states from CSV; all of it, or nothing and why."

    def add_arguments(self, parser):
        project_argument(parser)
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--kind", choices=StateList.Kind.values, default=StateList.Kind.COW.value
        )
        parser.add_argument("--version-name", metavar="NAME", default="", help="what it is called")
        parser.add_argument(
            "--ends", metavar="DAY", help="last day a list of members speaks of, such as 2016-12-31"
        )

    def walk(self, *, project, file, kind, version_name, ends, by, **options):
        holder = acting(project, "lists.load", by)
        path = Path(file)
        if not path.is_file():
            raise Missing(f"There is no file {file}.")
        try:
            last = date.fromisoformat(ends) if ends else None
        except ValueError:
            raise Invalid(f"“{ends}” is no day; write it as 2016-12-31.") from None
        made = state_lists.load(
            holder.project,
            kind,
            path.read_bytes(),
            by=holder.user,
            filename=path.name,
            version=version_name,
            ends=last,
        )
        system = state_lists.states_for(holder.project)
        return Told(
            [
                f"List {made.n} taken: {made}, {len(made.rows)} rows.",
                f"The project goes by version {system.version} now: {len(system.states)} states, to {system.ends}.",
            ],
            {
                "project": project,
                "list": made.n,
                "kind": made.kind,
                "version": made.version,
                "rows": len(made.rows),
                "system": system.version,
                "states": len(system.states),
                "ends": system.ends.isoformat(),
            },
        )
