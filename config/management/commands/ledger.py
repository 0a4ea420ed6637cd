"""`manage.py ledger verify [PROJECT]`, `manage.py ledger export PROJECT`: is the chain whole; take its lines away."""

import sys
from pathlib import Path

from config.street import StreetCommand, Told, acting, project_argument, project_named
from projects import ledger, ledger_reading
from projects.models import LedgerHead, Project
from projects.refusals import Invalid
from projects.wording import counted


class Command(StreetCommand):
    help = "Verify the ledger of one project or of all, line by line; or write a project's lines to a file."

    def add_arguments(self, parser):
        # Each step takes --json and --by itself, so that they may follow it.
        steps = parser.add_subparsers(dest="step", required=True, metavar="verify|export")
        verify = steps.add_parser("verify", help="find lines changed, removed, inserted or moved")
        verify.add_argument("project", nargs="?", metavar="PROJECT", help="by default every one")
        verify.add_argument(
            "--holds",
            metavar="N:HASH",
            help="that line N still has this hash, as an earlier verify printed it (with PROJECT)",
        )
        export = steps.add_parser("export", help="write a project's lines, oldest first")
        project_argument(export)
        export.add_argument("--format", choices=sorted(ledger_reading.FORMATS), default="jsonl")
        export.add_argument("--out", metavar="FILE", help="by default the terminal")

    def walk(self, *, step, **options):
        return getattr(self, step)(**options)

    def verify(self, *, project, holds, **options):
        told = Told(data={"ledgers": []})
        if holds and not project:
            raise Invalid("--holds speaks of one project: name it.")
        numbers = [project_named(project).pk] if project else ledger.ledgers()
        slugs = dict(Project.objects.values_list("pk", "slug"))
        for number in numbers:
            slug = slugs.get(number, f"number {number} (gone)")
            found = list(ledger.breaks_of(number))
            if holds:
                found += ledger.anchored(number, *_anchor(holds))
            head = LedgerHead.objects.filter(project_id=number).first()
            n, hash_ = (head.n, head.hash) if head else (0, "")
            told.data["ledgers"].append(
                {"project": slug, "lines": n, "hash": hash_, "whole": not found}
            )
            if not found:
                told.lines.append(f"{slug}: {counted(n, 'line')}, the chain is whole. {n}:{hash_}")
            told.refused += [f"{slug}: line {one.n}: {one.message}" for one in found]
        return told

    def export(self, *, project, format, out, by, **options):
        holder = acting(project, "ledger.view", by)
        written = ledger_reading.FORMATS[format][1](ledger_reading.readable_for(holder).all())
        if out is None:
            for line in written:
                sys.stdout.write(line)
            return Told()
        try:
            with Path(out).open("w", encoding="utf-8", newline="") as file:
                count = sum(1 for line in written if file.write(line))
        except OSError as error:
            raise Invalid(f"{out} cannot be written ({error.strerror}).") from None
        count -= format == "csv"
        return Told([f"{counted(count, 'line')} written to {out}."], {"lines": count, "out": out})


def _anchor(holds):
    n, _, hash_ = holds.partition(":")
    if not n.isdecimal() or len(hash_) != 64:
        raise Invalid("--holds looks like 12:3f0a…, the number of a line and its hash.")
    return int(n), hash_
