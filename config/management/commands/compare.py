"""`manage.py compare PROJECT 1.2.0 1.3.0`: what differs between two versions, and why."""

from config.street import StreetCommand, Told, acting, project_argument
from datasets import comparisons, queries
from datasets.comparing import changelog as drafted


class Command(StreetCommand):
    help = "Name every row and cell that differs between two versions, each with the decision, coding or document behind it."

    def add_arguments(self, parser):
        project_argument(parser)
        parser.add_argument("old", metavar="OLD")
        parser.add_argument("new", metavar="NEW")
        parser.add_argument(
            "--rows", type=int, default=20, help="how many rows to tell of each file"
        )
        parser.add_argument(
            "--changelog", action="store_true", help="print a draft of the changelog instead"
        )

    def walk(self, *, project, old, new, rows, changelog, by, **options):
        holder = acting(project, "releases.view", by)
        versions = [queries.release_for(holder, version) for version in (old, new)]
        for one in versions:
            queries.downloads(holder, one)
        changes = comparisons.compare(*versions, most_rows=rows)
        lines = drafted(changes, old).splitlines() if changelog else list(told(changes))
        data = {
            "old": old,
            "new": new,
            "files": {
                one.file: {
                    "added": one.added,
                    "removed": one.removed,
                    "changed": one.changed,
                    "columns": dict(one.columns),
                    "rows": [
                        {
                            "kind": row.kind,
                            "key": list(row.key),
                            "cells": {c.column: [c.before, c.after] for c in row.cells},
                            "causes": list(row.causes),
                        }
                        for row in one.rows
                    ],
                }
                for one in changes
                if not one.is_same
            },
        }
        return Told(lines, data)


def told(changes):
    differing = [one for one in changes if not one.is_same]
    if not differing:
        yield "The two versions hold the same data."
    for one in differing:
        yield f"{one.file}: {one.added} added, {one.removed} removed, {one.changed} changed"
        for row in one.rows:
            yield f"  {' / '.join(row.key)}: {row.kind} ({'; '.join(row.causes)})"
            for cell in row.cells:
                yield f"    {cell.column}: {cell.before or 'empty'} -> {cell.after or 'empty'}"
