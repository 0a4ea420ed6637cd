"""`manage.py import_codings PROJECT FILE`: take in codings made elsewhere, one JSON line per coder and document."""

from dataclasses import asdict

from coding import importing
from coding.models import Round
from config.street import StreetCommand, Told, acting, counted, file_named, project_argument
from projects.refusals import Missing


class Command(StreetCommand):
    help = "Import codings from JSON Lines. Good lines are taken in, each bad one is reported with its number."

    def add_arguments(self, parser):
        project_argument(parser)
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--round", metavar="NAME", help="needed when a document is open in several rounds"
        )
        parser.add_argument(
            "--assign",
            action="store_true",
            help="also give a coder documents that were not drawn for them",
        )

    def walk(self, *, project, file, round, assign, by, **options):
        holder = acting(project, "coding.import", by)
        path = file_named(file)
        of_round = round_named(holder.project, round)
        with path.open("rb") as lines:
            done = importing.import_codings(
                holder.project, lines, by=holder.user, in_round=of_round, assign=assign
            )
        return Told(
            [
                f"{done.codings} of {counted(done.lines, 'line')} imported: {counted(done.events, 'event')}, "
                f"{counted(done.near_misses, 'near miss')}.",
                *(f"line {notice.line}: {notice.message}" for notice in done.notices),
            ],
            {
                "project": project,
                "lines": done.lines,
                "imported": done.codings,
                "events": done.events,
                "near_misses": done.near_misses,
                "problems": [asdict(problem) for problem in done.problems],
                "notices": [asdict(notice) for notice in done.notices],
            },
            _refused(done),
        )


def _refused(done):
    told = [f"line {problem.line}: {problem.message}" for problem in done.problems]
    broken = [
        problem
        for problem in done.problems
        if problem.message.startswith(("The line is not JSON:", "The line must be a JSON object."))
    ]
    if len(broken) == done.lines > 1:
        return [
            f"No line holds a JSON object of its own. The file must be JSON Lines: every coder's coding of a document "
            f"whole on one line, without brackets and commas around them. The first: {told[0]}"
        ]
    return told


def round_named(project, name):
    if not name:
        return None
    found = (
        Round.objects.filter(project=project, name=name)
        .select_related("codebook", "project")
        .first()
    )
    if found is None:
        known = (
            ", ".join(Round.objects.filter(project=project).values_list("name", flat=True))
            or "none yet"
        )
        raise Missing(f"There is no round “{name}” (rounds: {known}).")
    return found
