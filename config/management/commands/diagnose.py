"""`manage.py diagnose PROJECT --round R --out FILE.zip`: what a run measured, to be recomputed elsewhere."""

from pathlib import Path

from config.management.commands.import_codings import round_named
from config.street import StreetCommand, Told, acting, project_argument
from projects.refusals import Invalid, Missing
from reconciliation import diagnosis, figure_queries


class Command(StreetCommand):
    help = (
        "Write the codings, groups, values, positions and figures of a reconciled round as a ZIP of CSV tables, "
        "enough to recompute every figure in R or elsewhere."
    )

    def add_arguments(self, parser):
        project_argument(parser)
        parser.add_argument("--round", metavar="NAME", required=True)
        parser.add_argument("--run", metavar="N", type=int, help="by default the newest")
        parser.add_argument("--out", metavar="FILE.zip", required=True)

    def walk(self, *, project, round, run, out, by, **options):
        holder = acting(project, "reconciliation.view", by)
        figure_queries.require_all_codings(holder)
        found = figure_queries.run_for(holder, round_named(holder.project, round), run)
        if found is None:
            raise Missing(f"Round “{round}” has not been reconciled yet.")
        content = diagnosis.packed(found)
        try:
            Path(out).write_bytes(content)
        except OSError as error:
            raise Invalid(f"{out} cannot be written ({error.strerror}).") from None
        return Told(
            [f"Run {found.n} of round “{round}” is written to {out}, {len(content):,} bytes."],
            {"project": project, "round": round, "run": found.n, "out": out},
        )
