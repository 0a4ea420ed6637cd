"""The tables of README.md, counted again from the files: python examples/tables.py

Needs nothing but Python. Prints the tables as README.md has them, says whether they stand there, and ends with 1 where
one does not.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

RELEASE = Path(__file__).resolve().parent.parent


def rows(name: str) -> Iterator[dict[str, str]]:
    path = RELEASE / f"{name}.csv"
    if path.exists():
        with path.open(encoding="utf-8", newline="") as opened:
            yield from csv.DictReader(opened)


def grid(heading: list[str], lines: list[list[str]]) -> list[str]:
    return [f"| {' | '.join(line)} |" for line in (heading, *lines)]


def by_type_and_decade() -> list[str]:
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows("codes/incidents"):
        decade = f"{row['year'][:-1]}0s" if row["year"] else "without a year"
        counted[row["event_type"], decade] += 1
    known = [int(decade[:-1]) for _, decade in counted if decade != "without a year"]
    decades = range(min(known), max(known) + 1, 10) if known else range(0)
    columns = [*(f"{decade}s" for decade in decades), "without a year"]
    lines = []
    for kind in sorted({kind for kind, _ in counted}):
        told = [counted[kind, column] for column in columns]
        lines.append([kind, *map(str, told), str(sum(told))])
    return grid(["type", *columns, "all"], lines)


def promises() -> list[str]:
    judged = list(rows("codes/assessments"))
    if not judged:
        return []
    lines = []
    for kind in sorted({row["event_type"] for row in judged}):
        of_type = [row for row in judged if row["event_type"] == kind]
        promised = [row for row in of_type if row["promised"] == "1"]
        kept = Counter(row["fulfilled"] for row in promised)
        additional = sum(row["additional"] == "1" for row in of_type)
        told = [len(of_type), len(promised), kept["2"], kept["1"], kept["0"], additional]
        lines.append([kind, *map(str, told)])
    heading = "type", "judged", "promised", "kept", "partly kept", "not kept", "additional"
    return grid([*heading], lines)


def main() -> int:
    printed = (RELEASE / "README.md").read_text(encoding="utf-8").splitlines()
    differing = 0
    for table in (by_type_and_decade(), promises()):
        print("\n".join(table))
        if table:
            is_same = table == table_of(printed, heading=table[0])
            differing += not is_same
            print(f"As in README.md: {'yes' if is_same else 'no'}\n")
    return 1 if differing else 0


def table_of(lines: list[str], heading: str) -> list[str]:
    """The table that begins so, without the line of dashes."""
    if heading not in lines:
        return []
    below = takewhile(lambda line: line.startswith("|"), lines[lines.index(heading) :])
    return [line for line in below if not line.startswith("| ---")]


if __name__ == "__main__":
    sys.exit(main())
