"""`manage.py reconcile PROJECT [--round R] [--document D]`: align the coders' events, measure agreement, list conflicts."""

import json

from coding.models import Round
from config.management.commands.import_codings import round_named
from config.street import StreetCommand, Told, acting, project_argument
from projects import jobs
from projects.models import Job
from projects.refusals import Refused, WrongState
from projects.wording import counted
from reconciliation import runs
from reconciliation.models import Figure, Position, ResolvedEvent, Run
from sources import queries as sources

SHOWN = 12


class Command(StreetCommand):
    help = "Reconcile every round of a project that somebody handed in for, or one."

    def add_arguments(self, parser):
        project_argument(parser)
        parser.add_argument("--round", metavar="NAME")
        parser.add_argument(
            "--document",
            metavar="ID",
            help="align this document alone, by its own id; figures are of rounds and stay as they are",
        )

    def walk(self, *, project, round, by, document="", **options):
        holder = acting(project, "reconciliation.run", by)
        named = round_named(holder.project, round)
        if document:
            return self._document(holder, named, document)
        every = list(Round.objects.filter(project=holder.project).order_by("id"))
        if not every:
            raise WrongState("This project has no round yet; open_round opens one.")
        begun = [one for one in every if runs.has_submissions(one)]
        told = Told(data={"project": project, "rounds": []})
        # Without a name: every round somebody handed in for; of none, the refusal of the first tells why.
        chosen = [named] if named else begun or every[:1]
        if not named and begun:
            told.lines += [
                f"Round “{one.name}” was left out: nobody has handed in anything yet."
                for one in every
                if one not in begun
            ]
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

    def _document(self, holder, named, external_id):
        document = sources.named_document(holder.project, external_id)
        chosen = named or Round.objects.filter(
            project=holder.project, assignments__document=document
        ).order_by("-id").select_related("codebook", "project").first()  # fmt: skip
        if chosen is None:
            raise WrongState(f"“{external_id}” was given to nobody yet.")
        job = jobs.see_through(runs.start_document(chosen, document, by=holder))
        if job.state != Job.State.DONE:
            raise Refused(job.error or job.message)
        run = Run.every.get(pk=job.subject)
        line = f"“{external_id}” in round “{chosen.name}”, run {run.n}: {job.message}."
        return Told(
            lines=[line],
            data={
                "project": holder.project.slug, "round": chosen.name, "document": external_id, "run": run.n,
                "input_hash": run.input_hash, "parameters": run.parameters, "counts": run.counts,
            },
        )  # fmt: skip

    def _tell(self, told, one):
        run = runs.latest(one)
        counts = run.counts
        told.lines.append(
            f"Round “{one.name}”, run {run.n}: {counted(counts['events'], 'event')} of "
            f"{counted(counts['documents'], 'document')} in {counted(counts['groups'], 'group')} "
            f"({counts['unmatched']} found by one coder only); {counts['agreed']} of "
            f"{counted(counts['positions'], 'position')} agreed, {counted(counts['conflicts'], 'conflict')}."
        )
        for figure in run.figures.all():
            if figure.type or not figure.coefficient.startswith(
                ("f1", "krippendorff_alpha", "alpha_")
            ):
                continue
            about = figure.field or f"events found, {figure.subject}"
            if figure.question == Figure.AGAIN:
                about = f"{figure.field or 'events'}, {figure.subject or 'coders'} again"
            told.lines.append(
                f"  {about:<28} {figure.coefficient} {figure.level:<8} {_value(figure)}"
            )
        # Where an event is settled, what is left open in it is not asked for any more.
        settled = ResolvedEvent.objects.filter(group__round=one, reopened_at=None)
        conflicts = (
            Position.objects.filter(
                group__round=one,
                group__retired_at=None,
                decision=None,
                state__in=["differs", "missing", "unmatched"],
            )
            .exclude(group__in=settled.values("group"))
            .select_related("group__document")
            .prefetch_related("group__members__event", "group__members__coder")
        )
        listed = [
            {
                "document": position.group.document.external_id,
                "group": position.group.public_id,
                "about": _about(position.group),
                "field": position.field,
                "state": position.state,
                "candidates": position.candidates,
            }
            for position in conflicts.order_by("group__document__external_id", "group__n", "order")
        ]
        # An event that one coder alone found is one question, however many fields it fills.
        asked = [
            row
            for row in listed
            if row["state"] != "unmatched" or row["field"] == Position.EXISTENCE
        ]
        told.lines += [
            f"  conflict: {row['document']} {', '.join(row['about'])} {_question(row)}"
            for row in asked[:SHOWN]
        ]
        if len(asked) > SHOWN:
            told.lines.append(f"  and {len(asked) - SHOWN} more; --json lists them all")
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


def _about(group):
    """The coders' events of a group as decisions name them: C1:e2, the own id or else the number."""
    return sorted(
        f"{member.coder.label}:{member.event.own_id or member.event.position}"
        for member in group.members.all()
    )


def _question(row):
    if row["field"] == Position.EXISTENCE:
        no = ", ".join(label for label, found in sorted(row["candidates"].items()) if not found)
        return f"is it an event? not found by {no}"
    told = (
        f"{label} {json.dumps(value, ensure_ascii=False)}"
        for label, value in sorted(row["candidates"].items())
    )
    return f"{row['field']}: {'; '.join(told)}" + (
        " (blank elsewhere)" if row["state"] == "missing" else ""
    )


def _value(figure):
    if figure.value is None:
        return f"undefined: {figure.reason}"
    interval = "" if figure.low is None else f" [{figure.low:.3f}, {figure.high:.3f}]"
    return f"{figure.value:.3f}{interval} (n = {figure.n_units})"
