"""`manage.py import_codings PROJECT FILE`: take in codings made elsewhere, in Concord's lines or another tool's format."""

import sys

from coding import exchanges, exchanging
from coding.exchange import detecting
from coding.models import Round
from config.street import StreetCommand, Told, acting, file_named, project_argument
from projects.refusals import Invalid, Missing
from projects.wording import counted


class Command(StreetCommand):
    help = (
        "Import codings. Good ones are taken in whole, each bad one is reported with its place; what is here already "
        "is left as it is, so that the same file may be brought again."
    )

    def add_arguments(self, parser):
        project_argument(parser)
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--format",
            choices=list(exchanges.IN_FORMATS),
            default="concord",
            help="what the file is; by default Concord JSON Lines",
        )
        parser.add_argument(
            "--round", metavar="NAME", help="needed when a document is open in several rounds"
        )
        parser.add_argument(
            "--new-round", metavar="NAME", help="open a round of its own for the codings"
        )
        parser.add_argument(
            "--assign",
            action="store_true",
            help="also give a coder documents that were not drawn for them",
        )
        parser.add_argument(
            "--check", action="store_true", help="only tell what would be done; nothing is taken in"
        )
        parser.add_argument(
            "--coder", metavar="LABEL", default="", help="whose codings, where the file says none"
        )
        parser.add_argument(
            "--coders",
            metavar="NAME=LABEL",
            nargs="+",
            default=[],
            help="who is meant by a name in the file",
        )
        parser.add_argument(
            "--document", metavar="ID", default="", help="the document, where the file names none"
        )
        parser.add_argument(
            "--labels",
            metavar="LABEL=TYPE[.FIELD]",
            nargs="+",
            default=[],
            help="what a label of the other tool means; LABEL= leaves it out",
        )
        parser.add_argument(
            "--offsets",
            choices=["utf-16", "code-points"],
            default="utf-16",
            help="what doccano or Label Studio files count; by default as those tools do",
        )
        parser.add_argument(
            "--empty",
            choices=["no_event"],
            default="",
            help="take documents in which nothing is marked for read, without event",
        )
        parser.add_argument(
            "--columns",
            metavar="COLUMN=FIELD",
            nargs="+",
            default=[],
            help="what a column of a spreadsheet is, beyond what its name says: a field of the codebook, or @document, "
            "@coder, @type, @id, @source, @notes, @passage; COLUMN= leaves it out",
        )
        parser.add_argument(
            "--type",
            metavar="CODE",
            default="",
            help="the type of all rows of a spreadsheet that has no column for it",
        )
        parser.add_argument(
            "--types",
            metavar="WORD=CODE",
            nargs="+",
            default=[],
            help="what a spreadsheet calls an event type, where that is neither its code nor its label",
        )
        parser.add_argument(
            "--blanks",
            metavar="WORD",
            nargs="+",
            default=[],
            help="cells of a spreadsheet that mean “not coded”",
        )

    def walk(self, *, project, file, format, round, assign, by, check, **options):
        holder = acting(project, "coding.import", by)
        path = file_named(file)
        of_round = round_named(holder.project, round)
        exchange = exchanges.bring_in(
            holder.project,
            by=holder.user,
            content=path.read_bytes(),
            filename=path.name,
            format=format,
            largest=sys.maxsize,
        )
        exchange.options = _options(exchange, of_round, assign, options)
        if check:
            exchange.save(update_fields=["options"])
            done = exchanging.checked(exchange)
        else:
            done, _ = exchanging.taken_in(exchange)
        known = f", {counted(done.known, 'coding')} here already" if done.known else ""
        word = "can be imported" if check else "imported"
        return Told(
            [
                f"{done.codings} of {counted(done.lines, 'line')} {word}: {counted(done.events, 'event')}, "
                f"{counted(done.near_misses, 'near miss')}{known}.",
                *(f"{_where(notice)}: {notice.message}" for notice in done.notices),
            ],
            {
                "project": project,
                "lines": done.lines,
                "imported": done.codings,
                "known": done.known,
                "events": done.events,
                "near_misses": done.near_misses,
                "problems": [problem.as_dict() for problem in done.problems],
                "notices": [notice.as_dict() for notice in done.notices],
            },
            _refused(done),
        )


def _options(exchange, of_round, assign, said):
    options = {
        "round": of_round.public_id if of_round else "",
        "new_round": said["new_round"] or "",
        "assign": assign,
        "coder": said["coder"],
        "coders": _pairs(said["coders"]),
        "document": said["document"],
        "labels": _pairs(said["labels"]),
        "unit": said["offsets"],
        "empty": said["empty"],
    }
    if exchange.format == detecting.SPREADSHEET:
        given = _pairs(said["columns"])
        taken = {target for target in given.values() if target}
        proposed = {
            header: target
            for header, target in exchange.options.get("columns", {}).items()
            if target not in taken
        }
        options |= {
            "columns": proposed | given,
            "type": said["type"],
            "types": _pairs(said["types"]),
            "blanks": said["blanks"],
        }
    return options


def _pairs(given):
    """`NAME=MEANING` as a mapping; the last sign of equality divides, for names may hold one."""
    pairs = {}
    for one in given:
        name, sign, meaning = one.rpartition("=")
        if not sign:
            raise Invalid(f"“{one}” is not of the form NAME=MEANING.")
        pairs[name] = meaning.strip()
    return pairs


def _where(problem):
    where = problem.place or f"line {problem.line}"
    return f"{where}, column “{problem.column}”" if problem.column else where


def _refused(done):
    told = [f"{_where(problem)}: {problem.message}" for problem in done.problems]
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
