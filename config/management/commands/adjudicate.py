"""`manage.py adjudicate SLUG --accept-agreed [--decisions FILE]`: settle conflicts from the shell."""

from collections import Counter

from config.management.commands.import_codings import round_named
from config.street import StreetCommand, Told, acting, file_named
from projects.refusals import Invalid
from projects.wording import counted
from reconciliation import adjudication, decisions_file
from reconciliation.models import Group, Position, ResolvedEvent


class Command(StreetCommand):
    help = (
        "Take decisions from a JSON Lines file, then accept what all coders agree on. A line names an event by "
        'document and about ("C1:e2", a coder and the event\'s own id or number) or group, a field (none: the event '
        'itself, "*": all that is open), and take (a coder), value or keep, with a reason.'
    )

    def add_arguments(self, parser):
        parser.add_argument("project", metavar="SLUG")
        parser.add_argument("--round", metavar="NAME")
        parser.add_argument(
            "--accept-agreed",
            action="store_true",
            help="accept agreed values, apply codebook rules",
        )
        parser.add_argument(
            "--accept-single",
            action="store_true",
            help="also what only one coder was asked to read",
        )
        parser.add_argument("--decisions", metavar="FILE", help="decisions as JSON Lines")

    def walk(self, *, project, round, accept_agreed, accept_single, decisions, by, **options):
        if not (accept_agreed or accept_single or decisions):
            raise Invalid("Nothing to do: give --accept-agreed, --decisions FILE or both.")
        holder = acting(project, "reconciliation.decide", by)
        named = round_named(holder.project, round)
        told = Told(data={"project": project, "decided": 0, "accepted": 0})
        if decisions:
            path = str(file_named(decisions))
            done = decisions_file.apply_file(path, by=holder, in_round=named)
            told.data["decided"] = done.decided
            told.refused += [f"line {problem.line}: {problem.message}" for problem in done.problems]
            told.lines.append(f"{counted(done.decided, 'decision')} taken from {decisions}.")
        groups = Group.objects.filter(round__project=holder.project, retired_at=None)
        groups = groups.filter(round=named) if named else groups
        if accept_agreed or accept_single:
            done = adjudication.accept_agreed(
                list(groups.order_by("pk")), by=holder, singles=accept_single
            )
            told.data["accepted"] = done.accepted
            told.lines.append(
                f"{counted(done.accepted, 'agreed value')} accepted, {counted(done.resolved, 'event')} resolved by that."
            )
            if done.own:
                left = "1 group is" if done.own == 1 else f"{done.own} groups are"
                told.refused.append(
                    f"{left} of documents that {holder.label} coded; somebody else settles them."
                )
        resolved = ResolvedEvent.objects.filter(group__in=groups, reopened_at=None)
        # What is open in a group whose event is settled is not asked for any more.
        unsettled = groups.exclude(pk__in=resolved.values("group"))
        still_open = Position.objects.filter(group__in=unsettled, decision=None)
        states = Counter(still_open.values_list("state", flat=True))
        told.data["resolved"] = resolved.filter(is_event=True).count()
        told.data["rejected"] = resolved.filter(is_event=False).count()
        told.data["open"] = dict(states)
        told.lines.append(
            f"{counted(told.data['resolved'], 'resolved event')}, {told.data['rejected']} judged to be none, "
            f"{counted(sum(states.values()), 'position')} open in {counted(unsettled.count(), 'group')}."
        )
        return told
