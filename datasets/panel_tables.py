"""The files of dyad-years: their columns, and the codes that ride beside a state on the last common day.

What a dyad-year is and which incidents fall in it is said in `panels`.
"""

from collections.abc import Hashable, Iterator
from dataclasses import replace
from functools import cache

from coding.schema import Codebook
from datasets.cells import Cell, joined
from datasets.columns import OWN, Column, Table, attribute
from datasets.panels import DyadYear, DyadYears, Measure, StateSystem

_YES_NO = (("0", "no"), ("1", "yes"))
_KEY = ("ccode1", "ccode2", "year")
_COUNT = "Zero: searched and absent. Empty: not searched (coverage 0)."
_LAST_DAY = "On the last day of the year on which both were members."
_MEASURES = {
    "max": "Highest {label} among the {kind} incidents of the row; empty where none has a number.",
    "min": "Lowest {label} among the {kind} incidents of the row; empty where none has a number.",
    "latest": "{label} of the latest {kind} incident of the row that has a number; empty where none has.",
}
_TRACED = (
    "Incidents behind every count and measure of the row, joined by a semicolon. One incident may stand in "
    "several rows: sums over pairs exceed the number of incidents."
)


def panel_tables(
    dyad_years: DyadYears, states: StateSystem, codebook: Codebook
) -> tuple[Table, ...]:
    rule = "A row exists only for two states that were members of the system on a common day of the year."
    directed = Table(
        "directed_dyad_year",
        "a provider, a recipient and a year",
        _KEY,
        _columns(dyad_years, states, codebook, ("Provider", "Recipient")),
        dyad_years.directed,
        note=f"{rule} Reciprocal incidents count in both directions.",
    )
    undirected = Table(
        "undirected_dyad_year",
        "a pair of states and a year",
        _KEY,
        _columns(
            dyad_years,
            states,
            codebook,
            ("State with the lower code", "State with the higher code"),
        ),
        dyad_years.undirected,
        note=f"{rule} Dummies are the maximum of both directions, counts are distinct incidents of the pair.",
    )
    return (directed, undirected)


def _columns(
    dyad_years: DyadYears, states: StateSystem, codebook: Codebook, sides: tuple[str, str]
) -> tuple[Column, ...]:
    gwcode, iso3 = cache(states.gwcode), cache(states.iso3)
    rules = dyad_years.rules
    columns = [
        attribute("ccode1", f"{sides[0]}, Correlates of War code", "integer"),
        attribute("ccode2", f"{sides[1]}, Correlates of War code", "integer"),
        attribute("year", "Year", "integer"),
        attribute(
            "gwcode1", f"{sides[0]}, Gleditsch-Ward number", "integer", note=_LAST_DAY
        ).reading(lambda row: gwcode(row.ccode1, row.last_day)),
        attribute(
            "gwcode2", f"{sides[1]}, Gleditsch-Ward number", "integer", note=_LAST_DAY
        ).reading(lambda row: gwcode(row.ccode2, row.last_day)),
        attribute("iso3c1", f"{sides[0]}, ISO 3166-1 alpha-3 code", note=_LAST_DAY).reading(
            lambda row: iso3(row.ccode1, row.last_day)
        ),
        attribute("iso3c2", f"{sides[1]}, ISO 3166-1 alpha-3 code", note=_LAST_DAY).reading(
            lambda row: iso3(row.ccode2, row.last_day)
        ),
    ]
    sums = [
        attribute("coverage", "Absence was observed", "integer", codes=_YES_NO, note=_COVERAGE),
        attribute("n_incidents", "Incidents of every type", "integer", note="Distinct incidents."),
    ]
    for place, code in enumerate(rules.types):
        sums += _of_type(place, code, str(codebook.type(code).label))
    for place, measure in enumerate(rules.measures):
        sums.append(_of_measure(place, measure, codebook))
    sums.append(
        attribute("incident_ids", "Incidents of the row", note=_TRACED).reading(
            lambda row: joined(row.incident_ids) or None
        )
    )
    return (*columns, *(replace(column, part=_found) for column in sums))


def _found(row: DyadYear) -> Hashable:
    """What was found in a row. Most rows of a panel share one thing: searched, and nothing there."""
    return OWN if row.incident_ids else row.coverage


_COVERAGE = (
    "1: the declared search of the pair and year is complete, so zero is observed absence. 0: it is not; the "
    "row stands for its incidents alone. A project that declares no coverage has only such rows."
)


def _of_type(place: int, code: str, label: str) -> Iterator[Column]:
    def count(row: DyadYear) -> Cell:
        return row.counts[place]

    def any_of(row: DyadYear) -> Cell:
        counted = row.counts[place]
        return None if counted is None else int(counted > 0)

    stem = code.lower()
    yield Column(
        f"{stem}_n", f"{label}: incidents", "integer", count, unit="incidents", note=_COUNT
    )
    yield Column(
        f"{stem}_any", f"{label}: any incident", "integer", any_of, codes=_YES_NO, note=_COUNT
    )


def _of_measure(place: int, measure: Measure, codebook: Codebook) -> Column:
    field = codebook.field(measure.event_type, measure.field)
    note = _MEASURES[measure.how].format(label=field.label.lower(), kind=measure.event_type)
    return Column(
        measure.column,
        f"{field.label}, {measure.how}",
        "number" if field.kind == "decimal" else "integer",
        lambda row: row.measures[place],
        unit=field.unit,
        note=note[0].upper() + note[1:],
        field=field.name,
    )
