"""Which year an incident counts in, and which pairs of states it speaks of: what every panel asks of one incident.

Spreading incidents over rows is left to the panels.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import permutations
from typing import Literal, TypeAlias, get_args

from coding import dates
from coding.schema import Codebook
from datasets import keys
from datasets.membership import StateSystem
from datasets.ordering import in_order
from datasets.records import IncidentRecord, Value, is_missing

YearRule: TypeAlias = Literal["most", "earliest", "latest", "certain"]
YEAR_RULES: tuple[YearRule, ...] = get_args(YearRule)
#: Whether an incident that lasts counts in the year of its start alone, or in every year up to that of its end.
SpanRule: TypeAlias = Literal["start", "every"]
SPAN_RULES: tuple[SpanRule, ...] = get_args(SpanRule)

# Fields of every codebook that panels are made from.
START, END = "start", "end"
PROVIDER, RECIPIENT, RECIPROCAL = "provider", "recipient", "reciprocal"
ORGANISATION = "acting_organisation"


@dataclass(frozen=True, slots=True)
class Placed:
    """An incident with the bounds of its start and the year it counts in (None: no yearly panel can hold it)."""

    incident: IncidentRecord
    earliest: date | None
    latest: date | None
    precision: int | None
    year: int | None


@lru_cache(maxsize=1 << 16)
def read_date(text: str) -> dates.FuzzyDate:
    """A canonical date with its bounds; many incidents share one."""
    return dates.read(text)


def place(incident: IncidentRecord, rule: YearRule = "most") -> Placed:
    value = incident.values.get(START)
    if not isinstance(value, str) or is_missing(value):
        return Placed(incident, None, None, None, None)
    start = read_date(value)
    year = year_of(start.earliest, start.latest, rule)
    return Placed(incident, start.earliest, start.latest, start.precision, year)


def year_of(earliest: date | None, latest: date | None, rule: YearRule = "most") -> int | None:
    """The year an interval of days counts in; None where a bound is open or the rule gives none.

    `most`: the year holding most of its days, tie to the earlier (a leap year fully inside counts like any
    other full year). `earliest`, `latest`: the year of that bound. `certain`: only if both bounds share it.
    """
    if earliest is None or latest is None:
        return None
    if earliest.year == latest.year or rule == "earliest":
        return earliest.year
    if rule == "latest":
        return latest.year
    if rule == "certain":
        return None
    first = (date(earliest.year, 12, 31) - earliest).days + 1
    last = (latest - date(latest.year, 1, 1)).days + 1
    days = [(first, earliest.year), (last, latest.year)]
    if latest.year - earliest.year > 1:
        days.append((365, earliest.year + 1))
    return min(days, key=lambda held: (-min(held[0], 365), held[1]))[1]


@dataclass(frozen=True, slots=True)
class YearTally:
    """What one rule does to a set of incidents: how many straddle years, are moved from their earliest year, or lost."""

    rule: YearRule
    incidents: int
    without_bounds: int
    straddling: int
    moved: int
    lost: int


def year_tallies(incidents: Iterable[IncidentRecord]) -> tuple[YearTally, ...]:
    """The effect of every rule on the same incidents, so that a reader can weigh the one that was declared."""
    told: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    moved: Counter[str] = Counter()
    for incident in incidents:
        placed = place(incident)
        first, last = placed.earliest, placed.latest
        told["incidents"] += 1
        if not first or not last:
            told["without_bounds"] += 1
        elif first.year != last.year:
            told["straddling"] += 1
            for rule in YEAR_RULES:
                year = year_of(first, last, rule)
                lost[rule] += year is None
                moved[rule] += year not in (None, first.year)
    return tuple(
        YearTally(
            rule,
            told["incidents"],
            told["without_bounds"],
            told["straddling"],
            moved[rule],
            lost[rule],
        )
        for rule in YEAR_RULES
    )


def years_of(placed: Placed, rule: YearRule = "most", span: SpanRule = "start") -> tuple[int, ...]:
    """The years an incident counts in: that of its start, or all up to that of its end; none without a year.

    An end that is open, unknown or before the start adds no year: nothing says how long it lasted.
    """
    if placed.year is None:
        return ()
    value = placed.incident.values.get(END)
    if span == "start" or not isinstance(value, str) or is_missing(value):
        return (placed.year,)
    end = read_date(value)
    last = year_of(end.earliest, end.latest, rule)
    return tuple(range(placed.year, max(placed.year, last or 0) + 1))


def pairs_of(values: Mapping[str, Value]) -> tuple[tuple[int, int], ...]:
    """Directed pairs (provider, recipient) an incident speaks of, sorted; a reciprocal act pairs all with all.

    A state named on both sides is never paired with itself.
    """
    return pairs_among(
        states_in(values, PROVIDER),
        states_in(values, RECIPIENT),
        reciprocal=values.get(RECIPROCAL) == 1,
    )


def pairs_among(
    providers: Iterable[int], recipients: Iterable[int], *, reciprocal: bool
) -> tuple[tuple[int, int], ...]:
    if reciprocal:
        return tuple(permutations(sorted({*providers, *recipients}), 2))
    others = set(recipients)
    return tuple(sorted({(a, b) for a in providers for b in others if a != b}))


def states_in(values: Mapping[str, Value], field: str) -> tuple[int, ...]:
    """The states a field names; none where it is blank or missing."""
    value = values.get(field)
    if isinstance(value, int) and not isinstance(value, bool):
        return (value,)
    if value is None or isinstance(value, str | float | int | Mapping):
        return ()
    return tuple(int(ccode) for ccode in value)


@dataclass(frozen=True, slots=True)
class Stranger:
    """A state that an incident names although it was no member of the system on any day the incident can have begun."""

    incident_id: str
    field: str
    ccode: int


def states_named(
    incidents: Iterable[IncidentRecord], codebook: Codebook
) -> Iterator[tuple[IncidentRecord, str, int]]:
    """Every incident with each field that names a state, and the state."""
    fields = {
        kind.code: [
            f.name for f in codebook.fields_of(kind.code) if f.kind in ("state", "state_list")
        ]
        for kind in codebook.types
    }
    for incident in incidents:
        for field in fields[incident.event_type]:
            for ccode in states_in(incident.values, field):
                yield incident, field, ccode


def outside_membership(
    incidents: Iterable[IncidentRecord], states: StateSystem, codebook: Codebook
) -> Iterator[Stranger]:
    """Every state outside membership, by incident; incidents without a day are passed over.

    So is a state that the list does not have at all: with one a release is not built, and says which.
    """
    spells = {state.ccode: state.spells for state in states.states}
    for incident, field, ccode in states_named(in_order(incidents, keys.incident), codebook):
        placed = place(incident)
        first, last = placed.earliest or placed.latest, placed.latest or placed.earliest
        if first is None or last is None or ccode not in spells:
            continue
        if not any(s.start <= last and first <= (s.end or last) for s in spells[ccode]):
            yield Stranger(incident.incident_id, field, ccode)
