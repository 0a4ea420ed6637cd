"""`manage.py open_round SLUG NAME --coders a,b,c --per-document 2`: draw documents and assign coders."""

from coding import rounds
from coding.models import Assignment
from config.street import StreetCommand, Told, acting, coder_named, counted
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

    def walk(self, *, project, name, coders, per_document, documents, seed, by, **options):
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
            documents=chosen,
            seed=seed,
        )
        rows = Assignment.objects.filter(round=opened).select_related("document", "coder")
        given: dict[str, list[str]] = {}
        load: dict[str, int] = {person.label: 0 for person in people}
        for row in rows.order_by("document__external_id", "coder__label"):
            given.setdefault(row.document.external_id, []).append(row.coder.label)
            load[row.coder.label] += 1
        shares = ", ".join(f"{label} {count}" for label, count in sorted(load.items()))
        return Told(
            [
                f"Round “{opened.name}” opened: {counted(len(given), 'document')}, {counted(per_document, 'coder')} each, seed {opened.seed}.",
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
