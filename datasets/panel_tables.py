"""The files of dyad-years: their columns, and the codes that ride beside a state on the last common day.

What a dyad-year is and which incidents fall in it is said in `panels`.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from coding.schema import Codebook
from datasets.cells import Cell, joined
from datasets.columns import OWN, Column, Table, attribute, option_codes
from datasets.commitments import NOT_JUDGED, Commitment, Commitments
from datasets.measures import Measure
from datasets.membership import StateSystem
from datasets.panels import DyadYear, DyadYears
from datasets.records import AllianceRecord

_YES_NO = (("0", "no"), ("1", "yes"))
_KEY = ("ccode1", "ccode2", "year")
_COUNT = "Zero: searched and absent. Empty: not searched (coverage 0)."
_LAST_DAY = "On the last day of the year on which both were members."
_MEASURES = {
    "max": "Highest {label} among the {kind} incidents of the row; empty where none has a number.",
    "min": "Lowest {label} among the {kind} incidents of the row; empty where none has a number.",
    "count": "{kind} incidents with this code, alone or among others. Zero: searched and absent. Empty: not searched.",
    "latest": "{label} of the latest {kind} incident of the row that has a number; empty where none has.",
}
_TRACED = (
    "Incidents behind every count and measure of the row, joined by a semicolon. One incident may stand in "
    "several rows: sums over pairs exceed the number of incidents."
)


@dataclass(frozen=True, slots=True)
class Bonds:
    """What binds the two states of a row: shared alliances by pair (lower code first) and year, and judged promises."""

    allied: Mapping[tuple[int, int], Mapping[int, tuple[AllianceRecord, ...]]]
    commitments: Commitments
    judged_types: tuple[str, ...]

    def alliances(self, row: DyadYear) -> tuple[AllianceRecord, ...]:
        pair = (min(row.ccode1, row.ccode2), max(row.ccode1, row.ccode2))
        return self.allied.get(pair, {}).get(row.year, ())

    def between(self, row: DyadYear) -> Mapping[str, Commitment]:
        return self.commitments.between(row.ccode1, row.ccode2, row.year)


def panel_tables(
    dyad_years: DyadYears, states: StateSystem, codebook: Codebook, bonds: Bonds
) -> tuple[Table, ...]:
    rule = "A row exists only for two states that were members of the system on a common day of the year."
    directed = Table(
        "directed_dyad_year",
        "a provider, a recipient and a year",
        _KEY,
        (
            *_columns(dyad_years, states, codebook, ("Provider", "Recipient")),
            *_allied(bonds),
            *_promises(bonds, codebook),
        ),
        dyad_years.directed,
        note=f"{rule} Reciprocal incidents count in both directions.",
    )
    undirected = Table(
        "undirected_dyad_year",
        "a pair of states and a year",
        _KEY,
        (
            *_columns(
                dyad_years,
                states,
                codebook,
                ("State with the lower code", "State with the higher code"),
            ),
            *_allied(bonds),
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
    sums += [
        attribute("organisation_n", "Acts of an alliance's own body", "integer", note=_BODIES),
        attribute("organisation_ids", "Incidents counted in organisation_n").reading(
            lambda row: joined(row.organisation_ids) or None
        ),
    ]
    return (*columns, *(replace(column, part=_found) for column in sums))


def _found(row: DyadYear) -> Hashable:
    """What was found in a row. Most rows of a panel share one thing: searched, and nothing there."""
    return OWN if row.incident_ids or row.organisation_ids else row.coverage


_BODIES = (
    "The alliance named as acting organisation stands for its members on the day; only this column counts such pairs, "
    "and only where the incident does not name them itself."
)
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
    label = f"{field.label}, {measure.how}"
    if measure.code is not None:
        option = field.option(measure.code)
        label = f"{field.label}: {option.label if option else measure.code}"
    coded = field.options and measure.how != "count"
    return Column(
        measure.column,
        label,
        "number" if field.kind == "decimal" else "integer",
        lambda row: row.measures[place],
        unit="incidents" if measure.how == "count" else field.unit,
        codes=option_codes(field) if coded else (),
        note=note[0].upper() + note[1:],
        field=field.name,
    )


def _allied(bonds: Bonds) -> Iterator[Column]:
    """Alliances both states belonged to on a common day of the year; without a list of alliances there are none to count."""
    if not bonds.allied:
        return

    def part(row: DyadYear) -> Hashable:
        return OWN if bonds.alliances(row) else None

    yield Column(
        "n_alliances",
        "Alliances of both states",
        "integer",
        lambda row: len(bonds.alliances(row)),
        note="On a common day of the year, from the project's list of alliances.",
        part=part,
    )
    yield Column(
        "atop_alliance",
        "ATOP numbers of their alliances",
        "string",
        lambda row: (
            joined([a.atopid for a in bonds.alliances(row) if a.atopid is not None]) or None
        ),
        note="Joined by a semicolon; empty where none has a number.",
        part=part,
    )


def _promises(bonds: Bonds, codebook: Codebook) -> Iterator[Column]:
    if not bonds.commitments.given:
        return

    def part(row: DyadYear) -> Hashable:
        return OWN if bonds.between(row) else None

    for kind in bonds.judged_types:
        label = str(codebook.type(kind).label)
        for name, words, codes in (
            ("promised", "promised by the provider to the recipient", _YES_NO),
            ("fulfilled", "that promise kept", (("0", "no"), ("1", "partly"), ("2", "yes"))),
            ("additional", "given beyond any promise", _YES_NO),
        ):

            def read(row: DyadYear, kind: str = kind, name: str = name) -> Cell:
                value = getattr(bonds.between(row).get(kind, NOT_JUDGED), name)
                return value if isinstance(value, int) else None

            yield Column(
                f"{kind.lower()}_{name}",
                f"{label}: {words}",
                "integer",
                read,
                codes=codes,
                note="From the assessments. Empty: not judged, or not to be judged; the assessments say which.",
                part=part,
            )
