"""`manage.py reconcile PROJECT [--round R]`: align the coders' events, measure agreement, list conflicts."""

from coding.models import Round
from config.management.commands.import_codings import round_named
from config.street import StreetCommand, Told, acting, project_argument
from projects import jobs
from projects.models import Job
from projects.refusals import Refused, WrongState
from reconciliation import runs
from reconciliation.models import Position

SHOWN = 12


class Command(StreetCommand):
    help = "Reconcile every round of a project that somebody handed in for, or one."

    def add_arguments(self, parser):
        project_argument(parser)
        parser.add_argument("--round", metavar="NAME")

    def walk(self, *, project, round, by, **options):
        holder = acting(project, "reconciliation.run", by)
        named = round_named(holder.project, round)
        chosen = (
            [named] if named else list(Round.objects.filter(project=holder.project).order_by("id"))
        )
        if not chosen:
            raise WrongState("This project has no round yet; open_round opens one.")
        told = Told(data={"project": project, "rounds": []})
        for one in chosen:
            try:
                job = jobs.see_through(runs.start(one, by=holder))
                if job.state != Job.State.DONE:
                    raise Refused(job.error or job.message)
            except Refused as refusal:
                told.refused.append(f"round “{one.name}”: {refusal.message}")
                continue
            self._tell(told, one)
        return told

    def _tell(self, told, one):
        run = runs.latest(one)
        counts = run.counts
        told.lines.append(
            f"Round “{one.name}”, run {run.n}: {counts['events']} events of {counts['documents']} documents in "
            f"{counts['groups']} groups ({counts['unmatched']} found by one coder only); "
            f"{counts['agreed']} of {counts['positions']} positions agreed, {counts['conflicts']} conflicts."
        )
        for figure in run.figures.all():
            if figure.type or not figure.coefficient.startswith(
                ("f1", "krippendorff_alpha", "alpha_")
            ):
                continue
            about = figure.field or f"events found, {figure.subject}"
            told.lines.append(
                f"  {about:<28} {figure.coefficient} {figure.level:<8} {_value(figure)}"
            )
        conflicts = Position.objects.filter(
            group__round=one,
            group__retired_at=None,
            decision=None,
            state__in=["differs", "missing", "unmatched"],
        ).select_related("group__document")
        listed = [
            {
                "document": position.group.document.external_id,
                "group": position.group.public_id,
                "field": position.field,
                "state": position.state,
                "candidates": position.candidates,
            }
            for position in conflicts.order_by("group__document__external_id", "group__n", "order")
        ]
        told.lines += [
            f"  conflict: {row['document']} {row['field']} {row['state']} {row['candidates']}"
            for row in listed[:SHOWN]
        ]
        if len(listed) > SHOWN:
            told.lines.append(f"  and {len(listed) - SHOWN} more; --json lists them all")
        told.data["rounds"].append(
            {
                "round": one.name,
                "run": run.n,
                "input_hash": run.input_hash,
                "parameters": run.parameters,
                "counts": counts,
                "figures": [
                    {
                        name: getattr(figure, name)
                        for name in (
                            "question", "field", "type", "subject", "coefficient", "level", "value", "reason", "low",
                            "high", "interval", "n_units", "n_coders", "n_values", "prevalence", "aligned_share",
                        )
                    }
                    for figure in run.figures.all()
                ],
                "conflicts": listed,
            }
        )  # fmt: skip


def _value(figure):
    if figure.value is None:
        return f"undefined: {figure.reason}"
    interval = "" if figure.low is None else f" [{figure.low:.3f}, {figure.high:.3f}]"
    return f"{figure.value:.3f}{interval} (n = {figure.n_units})"
