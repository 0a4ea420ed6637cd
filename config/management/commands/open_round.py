"""`manage.py open_round SLUG NAME --coders a,b,c --per-document 2`: draw documents and assign coders."""

from coding import drawing, rounds
from coding.models import Assignment, Round
from coding.planning import STRATA, Draw
from config.street import StreetCommand, Told, acting, coder_named
from projects.wording import counted
from sources import queries


class Command(StreetCommand):
    help = "Open a round: every document gets exactly that many of the coders, balanced, by a seed."

    def add_arguments(self, parser):
        parser.add_argument("project", metavar="SLUG")
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("--coders", required=True, help="labels or user names, comma-separated")
        parser.add_argument("--per-document", type=int, default=2, help="coders per document")
        parser.add_argument(
            "--documents", nargs="+", metavar="ID", help="own ids; default: every readable one"
        )
        parser.add_argument("--seed", type=int, help="draw the same again")
        parser.add_argument(
            "--overlap", type=int, default=100, metavar="PERCENT",
            help="of a hundred documents so many get --per-document coders, the others one",
        )  # fmt: skip
        parser.add_argument("--draw", choices=drawing.WAYS, default=drawing.ALL, help="which enter")
        parser.add_argument("--count", type=int, help="how many are drawn")
        parser.add_argument(
            "--strata",
            choices=[name for name in STRATA if name],
            default="",
            help="draw and overlap by",
        )
        parser.add_argument(
            "--new-only", action="store_true", help="leave out what a production round has drawn"
        )
        parser.add_argument("--training", action="store_true", help="never part of a release")
        parser.add_argument("--gold", metavar="CODER", help="who writes a training round's answers")
        parser.add_argument("--suggestions", action="store_true", help="show suggestions to coders")

    def walk(self, *, project, name, coders, per_document, documents, seed, by, **options):
        draw = Draw(options["draw"], options["count"], options["strata"], options["new_only"])
        holder = acting(project, "rounds.manage", by)
        people = [
            coder_named(holder.project, one.strip()) for one in coders.split(",") if one.strip()
        ]
        chosen = None
        if documents:
            chosen = [queries.named_document(holder.project, one) for one in documents]
        opened = rounds.open_round(
            holder.project,
            name,
            by=holder.user,
            coders=people,
            per_document=per_document,
            overlap_percent=options["overlap"],
            documents=chosen,
            draw=draw,
            kind=Round.Kind.TRAINING if options["training"] else Round.Kind.PRODUCTION,
            gold=coder_named(holder.project, options["gold"]) if options["gold"] else None,
            has_suggestions=options["suggestions"],
            seed=seed,
        )
        rows = Assignment.objects.filter(round=opened).select_related("document", "coder")
        given: dict[str, list[str]] = {}
        load: dict[str, int] = {person.label: 0 for person in people}
        for row in rows.filter(is_gold=False).order_by("document__external_id", "coder__label"):
            given.setdefault(row.document.external_id, []).append(row.coder.label)
            load[row.coder.label] += 1
        shares = ", ".join(f"{label} {count}" for label, count in sorted(load.items()))
        return Told(
            [
                f"Round “{opened.name}” opened: {counted(len(given), 'document')}, {_each(opened)}, seed {opened.seed}.",
                f"Assignments: {shares}.",
            ],
            {
                "project": project,
                "round": opened.name,
                "id": opened.public_id,
                "seed": opened.seed,
                "codebook": opened.codebook.n,
                "assignments": given,
                "load": load,
            },
        )


def _each(opened: Round) -> str:
    each = counted(opened.per_document, "coder")
    if opened.overlap_percent == 100:
        return f"{each} each"
    return f"{each} for {opened.overlap_percent} of a hundred, 1 for the others"
