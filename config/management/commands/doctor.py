"""`manage.py doctor`: whether everything that must hold does, where it does not, and what can be done."""

import sys

from config import doctor
from config.street import StreetCommand, Told, project_named
from projects.wording import counted

SHOWN = 20


class Command(StreetCommand):
    help = (
        "Look whether everything that must hold does: texts and quotes, codings and their operations, files and their "
        "hashes, releases and manifests, the ledger, triggers, jobs, disk. Changes nothing without --repair, and asks."
    )

    def add_arguments(self, parser):
        parser.add_argument("--project", metavar="SLUG", help="look at one project only")
        parser.add_argument("--only", action="append", metavar="CHECK", choices=[one.name for one in doctor.ALL])  # fmt: skip
        parser.add_argument("--repair", action="store_true", help="offer to mend what can be")
        parser.add_argument("--yes", action="store_true", help="mend without asking")

    def walk(self, *, project, only, repair, yes, verbosity, **options):
        scope = doctor.Scope(project_named(project) if project else None)
        told = Told(data={"checks": []})
        for check in doctor.ALL:
            if (scope.project and not check.of_projects) or (only and check.name not in only):
                continue
            self.tell(f"{check.name} ...", verbosity)
            self.look(check, scope, told, repair=repair or yes, yes=yes)
        return told

    def look(self, check, scope, told, *, repair, yes):
        may, count, mended, said = None, 0, 0, []
        for finding in check.find(scope):
            count += 1
            if repair and check.repair:
                if may is None:
                    may = yes or self.asked(check, finding)
                if may:
                    said.append((finding, check.repair(finding)))
                    mended += not said[-1][1].startswith("left")
                    continue
            if count <= SHOWN:
                said.append((finding, ""))
        told.data["checks"].append(
            {"check": check.name, "findings": count, "repaired": mended,
             "shown": [f"{one}" + (f" ({what})" if what else "") for one, what in said[:SHOWN]]}
        )  # fmt: skip
        if not count:
            told.lines.append(f"✓ {check.holds}")
            return
        told.lines.append(f"{'✓' if mended == count else '✗'} {check.holds}: {counted(count, 'finding')}"
                          + (f", {mended} mended" if mended else ""))  # fmt: skip
        told.lines += [f"    {one}" + (f" ({what})" if what else "") for one, what in said[:SHOWN]]
        if count > SHOWN:
            told.lines.append(f"    and {count - SHOWN:,} more")
        if mended < count:
            told.refused.append(f"{check.name}: {counted(count - mended, 'finding')}")

    def asked(self, check, finding):
        if not sys.stdin.isatty():
            return False
        return input(f"{finding}\n{check.offer}? [y/N] ").strip().lower() in {"y", "yes"}
