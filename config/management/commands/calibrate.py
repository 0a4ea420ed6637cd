"""`manage.py calibrate PROJECT`: would other distance weights have grouped the adjudicated events better?"""

from django.urls import reverse

from coding import codebooks
from coding.models import Round
from config.management.commands.import_codings import round_named
from config.street import StreetCommand, Told, acting, project_argument
from projects.refusals import Invalid
from reconciliation import calibrating, figure_queries, inputs, runs
from reconciliation.agreement.calibration import FOLDS, TooLittle


class Command(StreetCommand):
    help = (
        "Fit the weights of the event distance and theta on groups that are settled, and tell how much better they group "
        "documents they were not fitted on. Nothing of the project is changed."
    )

    def add_arguments(self, parser):
        project_argument(parser)
        parser.add_argument(
            "--round",
            metavar="NAME",
            help="learn from this round alone; by default from all but training rounds",
        )
        parser.add_argument("--folds", type=int, default=FOLDS, metavar="K")
        parser.add_argument("--replicates", type=int, default=runs.REPLICATES, metavar="N")
        parser.add_argument("--seed", type=int, default=runs.SEED)

    def walk(self, *, project, round, folds, replicates, seed, by, verbosity, **options):
        holder = acting(project, "reconciliation.view", by)
        figure_queries.require_all_codings(holder)
        if folds < 2:
            raise Invalid("At least two folds are needed: one to judge by, one to learn from.")
        if replicates < 2 or seed < 0:
            raise Invalid("Replicates are at least 2, and the seed is 0 or more.")
        named = round_named(holder.project, round)
        chosen = [named] if named else _rounds(holder.project)
        codebook = named.codebook if named else codebooks.current(holder.project)
        rule = inputs.rule_of(codebook.parsed)
        found = calibrating.adjudicated(chosen)
        told = Told(data=_data(project, found, codebook, folds, replicates, seed))
        told.lines += calibrating.learnt_from(found)
        result = calibrating.calibrate(
            found,
            rule,
            folds=folds,
            replicates=replicates,
            seed=seed,
            step=lambda done, of: self.tell(f"\rfold {min(done + 1, of)} of {of} ", verbosity),
        )
        if isinstance(result, TooLittle):
            told.lines.append(f"There is too little to learn from: {result.reason}.")
            told.data |= {"undefined": result.reason, "calibration": None}
            return told
        told.data |= {"undefined": None, "calibration": calibrating.as_data(result)}
        told.lines += self._lines(holder.project, codebook, result, seed)
        return told

    def _lines(self, project, codebook, found, seed):
        present, fitted = found.present_weights, found.weights
        lines = [
            f"{found.same + found.other} pairs of events of two coders, {found.same} of them the same event. "
            f"Held out by document in {found.folds} folds (seed {seed}); percentile intervals, documents drawn anew, "
            "fitted rules as they are:",
            *calibrating.table(found),
            f"  {'weights':<22}present (codebook version {codebook.n}): {_rule(present, found.present_theta)}",
            f"  {'':<22}fitted on all: {_rule(fitted, found.theta)}",
        ]
        if found.kept:
            lines.append(
                f"  Not learnt, because all pairs are alike there: {', '.join(found.kept)}."
            )
        if not found.is_gain:
            lines.append(
                "No gain is shown: not both differences lie above 0 with their whole interval. The present rule stands."
            )
            return lines
        address = reverse("edit_codebook", args=[project.slug])
        lines += [
            "The fitted rule groups documents it has not seen better. Nothing was changed. To adopt it, put this into the "
            f"next version of the codebook ({address}), publish it, and open or move rounds to it; figures measured "
            "under the two rules are of different groups, so their series starts anew:",
            calibrating.adoption(found),
        ]
        return lines


def _rounds(project):
    return list(
        Round.objects.filter(project=project).select_related("codebook", "project").order_by("id")
    )


def _data(project, found, codebook, folds, replicates, seed):
    return {
        "project": project,
        "rounds": list(found.rounds),
        "codebook": codebook.n,
        "documents": found.documents,
        "unsettled": found.unsettled,
        "doubted": found.doubted,
        "regrouped": found.regrouped,
        "events": len(found.events),
        "folds": folds,
        "replicates": replicates,
        "seed": seed,
    }


def _rule(weights, theta):
    told = ", ".join(f"{name} {weight:.2f}" for name, weight in weights.items())
    return f"{told}; theta {theta:.2f}"
