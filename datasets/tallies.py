"""A release in a few numbers, for its first page: incidents by type and decade, and what was judged of promises.

Everything here can be counted again from the files: `examples/tables.py`, which every release holds, does.
"""

from collections import Counter
from collections.abc import Iterable

from datasets.placing import YearRule, place
from datasets.records import AssessmentRecord, IncidentRecord

#: A heading and rows, every cell as it is printed.
Grid = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]


def by_type_and_decade(incidents: Iterable[IncidentRecord], rule: YearRule) -> Grid:
    """Every decade from the first to the last that holds an incident; the last columns are those without a year, and all."""
    counted: Counter[tuple[str, int | None]] = Counter()
    for incident in incidents:
        year = place(incident, rule).year
        counted[incident.event_type, None if year is None else year // 10 * 10] += 1
    known = [decade for _, decade in counted if decade is not None]
    decades = range(min(known), max(known) + 1, 10) if known else range(0)
    columns = (*decades, None)
    types = sorted({kind for kind, _ in counted})
    rows = [(kind, [counted[kind, column] for column in columns]) for kind in types]
    heading = ("type", *(f"{decade}s" for decade in decades), "without a year", "all")
    return heading, tuple((kind, *map(str, (*told, sum(told)))) for kind, told in rows)


def promises(assessments: Iterable[AssessmentRecord]) -> Grid:
    """Judged years of commitments by type: how many were promised, what became of those, what was given beyond."""
    counted: Counter[tuple[str, str]] = Counter()
    for one in assessments:
        counted[one.event_type, "judged"] += 1
        counted[one.event_type, "promised"] += one.promised == 1
        for value, word in ((2, "kept"), (1, "partly kept"), (0, "not kept")):
            counted[one.event_type, word] += one.promised == 1 and one.fulfilled == value
        counted[one.event_type, "additional"] += one.additional == 1
    columns = ("judged", "promised", "kept", "partly kept", "not kept", "additional")
    types = sorted({kind for kind, _ in counted})
    return (
        ("type", *columns),
        tuple((kind, *(str(counted[kind, column]) for column in columns)) for kind in types),
    )
