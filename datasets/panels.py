"""Incidents into dyad-years: who provided what to whom in which year, and where absence was observed.

Expansion happens here and never while coding: provider list x recipient list, both directions for reciprocal
acts. A row exists only for two states that were members of the system on a common day of the year. Writing
files, naming columns and member-state-years (which rest on assessments) are left to others.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import permutations
from typing import Literal, NamedTuple, Protocol, TypeAlias, get_args

from coding import dates
from coding.schema import Codebook
from datasets.records import Coverage, IncidentRecord, Value, is_missing

YearRule: TypeAlias = Literal["most", "earliest", "latest", "certain"]
YEAR_RULES: tuple[YearRule, ...] = get_args(YearRule)

# Fields of every codebook that panels are made from.
START, PROVIDER, RECIPIENT, RECIPROCAL = "start", "provider", "recipient", "reciprocal"


class Spell(Protocol):
    """First and last day of one membership, both inclusive; no last day while it lasts."""

    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date | None: ...


class State(Protocol):
    @property
    def ccode(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def spells(self) -> Sequence[Spell]: ...


class StateSystem(Protocol):
    """What a release asks of a list of states; `sources.states.StateSystem` is one."""

    @property
    def states(self) -> Sequence[State]: ...
    @property
    def version(self) -> str: ...
    @property
    def ends(self) -> date: ...
    @property
    def extension(self) -> str: ...
    def by_ccode(self, ccode: int) -> State: ...
    def is_member(self, ccode: int, on: date) -> bool: ...
    def gwcode(self, ccode: int, on: date) -> int | None: ...
    def iso3(self, ccode: int, on: date) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Measure:
    """A column that sums up one field over the incidents of one type in a dyad-year."""

    column: str
    event_type: str
    field: str
    how: Literal["max", "min", "latest"]


MEASURES = (
    Measure("ex_troops_max", "EX", "ex_troops_best", "max"),
    Measure("mb_personnel_latest", "MB", "mb_personnel_best", "latest"),
    Measure("cs_intensity_max", "CS", "cs_intensity", "max"),
    Measure("cs_direction_min", "CS", "cs_direction", "min"),
)


@dataclass(frozen=True, slots=True)
class Rules:
    """The declared choices of a panel.

    Which types have columns, which year a straddling incident falls in, and the last day for which the list of
    states speaks (None: members on its last day are carried on).
    """

    types: tuple[str, ...]
    measures: tuple[Measure, ...] = ()
    year: YearRule = "most"
    states_until: date | None = None


def rules_for(
    codebook: Codebook, *, year: YearRule = "most", states_until: date | None = None
) -> Rules:
    """Every type of the codebook has columns; a measure only where the codebook has its field."""
    types = {
        kind.code: {field.name for field in codebook.fields_of(kind.code)}
        for kind in codebook.types
    }
    measures = tuple(m for m in MEASURES if m.field in types.get(m.event_type, ()))
    return Rules(tuple(types), measures, year, states_until)


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
    placed = [place(incident) for incident in incidents]
    bounds = [(p.earliest, p.latest) for p in placed if p.earliest and p.latest]
    straddling = [(a, b) for a, b in bounds if a.year != b.year]
    tallies = []
    for rule in YEAR_RULES:
        years = [(a.year, year_of(a, b, rule)) for a, b in straddling]
        lost = sum(year is None for _, year in years)
        moved = sum(year not in (None, earliest) for earliest, year in years)
        unbound = len(placed) - len(bounds)
        tallies.append(YearTally(rule, len(placed), unbound, len(straddling), moved, lost))
    return tuple(tallies)


def pairs_of(values: Mapping[str, Value]) -> tuple[tuple[int, int], ...]:
    """Directed pairs (provider, recipient) an incident speaks of, sorted; a reciprocal act pairs all with all.

    A state named on both sides is never paired with itself.
    """
    providers, recipients = states_in(values, PROVIDER), states_in(values, RECIPIENT)
    if values.get(RECIPROCAL) == 1:
        return tuple(permutations(sorted({*providers, *recipients}), 2))
    return tuple(sorted({(a, b) for a in providers for b in recipients if a != b}))


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


def outside_membership(
    incidents: Iterable[IncidentRecord], states: StateSystem, codebook: Codebook
) -> Iterator[Stranger]:
    """Every state outside membership, by incident; incidents without a day are passed over."""
    fields = {
        kind.code: [
            f.name for f in codebook.fields_of(kind.code) if f.kind in ("state", "state_list")
        ]
        for kind in codebook.types
    }
    spells = {state.ccode: state.spells for state in states.states}
    for incident in sorted(incidents, key=lambda i: i.incident_id):
        placed = place(incident)
        first, last = placed.earliest or placed.latest, placed.latest or placed.earliest
        if first is None or last is None:
            continue
        for field in fields[incident.event_type]:
            for ccode in states_in(incident.values, field):
                if not any(s.start <= last and first <= (s.end or last) for s in spells[ccode]):
                    yield Stranger(incident.incident_id, field, ccode)


class DyadYear(NamedTuple):
    """One row; a named tuple because a panel has millions. `counts` follows the types, `measures` the measures.

    A count of None is not observed (outside coverage); a measure of None has no known number to sum up.
    """

    ccode1: int
    ccode2: int
    year: int
    last_day: date  # last day of the year on which both were members: GW and ISO codes are those of this day
    coverage: int
    n_incidents: int | None
    counts: tuple[int | None, ...]
    measures: tuple[int | float | None, ...]
    incident_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PanelTally:
    """Where the incidents went, for the manifest; pairs are directed pairs of one incident in its year."""

    incidents: int
    in_the_panel: int
    without_year: int
    without_pair: int  # fewer than two states: an organisation alone, or an unknown partner
    only_outside_system: int
    outside_coverage: (
        int  # incidents in the panel with at least one row where absence was not observed
    )
    pairs: int
    pairs_outside_system: int


class DyadYears:
    """Incidents spread over directed pairs and years. Rows are made while they are read, in the order of their key."""

    def __init__(
        self,
        incidents: Iterable[IncidentRecord],
        states: StateSystem,
        coverage: Coverage,
        rules: Rules,
    ) -> None:
        self.rules = rules
        self._membership = _Membership(states, rules.states_until)
        self._covered = _CoveredYears(coverage)
        self._events: dict[tuple[int, int], dict[int, list[Placed]]] = defaultdict(dict)
        self.tally = self._spread(incidents)

    def _spread(self, incidents: Iterable[IncidentRecord]) -> PanelTally:
        told: Counter[str] = Counter()
        for incident in sorted(incidents, key=lambda i: i.incident_id):
            told["incidents"] += 1
            placed = place(incident, self.rules.year)
            pairs = pairs_of(incident.values)
            if placed.year is None:
                told["without_year"] += 1
                continue
            if not pairs:
                told["without_pair"] += 1
                continue
            year = placed.year
            together = [
                pair for pair in pairs if year in self._membership.last_days(*pair, (year,))
            ]
            told["pairs"] += len(pairs)
            told["pairs_outside_system"] += len(pairs) - len(together)
            told["in_the_panel" if together else "only_outside_system"] += 1
            told["outside_coverage"] += any(
                year not in self._covered.years(*pair) for pair in together
            )
            for pair in together:
                self._events[pair].setdefault(year, []).append(placed)
        return PanelTally(**{name: told[name] for name in PanelTally.__dataclass_fields__})

    def directed(self) -> Iterator[DyadYear]:
        """Rows (provider, recipient, year), sorted by that key."""
        for a, b in self._pairs():
            yield from self._rows(a, b, self._events.get((a, b), {}))

    def undirected(self) -> Iterator[DyadYear]:
        """Rows (lower ccode, higher ccode, year): counts are distinct incidents of the pair in either direction."""
        for a, b in self._pairs():
            if a < b:
                yield from self._rows(a, b, self._either_direction(a, b))

    def _pairs(self) -> Iterable[tuple[int, int]]:
        if self._covered.whole_system:
            return permutations(self._membership.ccodes, 2)
        covered = (pair for a, b in self._covered.pairs for pair in ((a, b), (b, a)))
        reported = (pair for a, b in self._events for pair in ((a, b), (b, a)))
        return sorted({*covered, *reported})

    def _either_direction(self, a: int, b: int) -> dict[int, list[Placed]]:
        merged: dict[int, dict[str, Placed]] = defaultdict(dict)
        for pair in ((a, b), (b, a)):
            for year, events in self._events.get(pair, {}).items():
                merged[year].update((placed.incident.incident_id, placed) for placed in events)
        return {year: [events[key] for key in sorted(events)] for year, events in merged.items()}

    def _rows(self, a: int, b: int, events: Mapping[int, list[Placed]]) -> Iterator[DyadYear]:
        covered = self._covered.years(a, b)
        years = sorted({*covered, *events}) if events else sorted(covered)
        nothing = (0,) * len(self.rules.types)
        unmeasured = (None,) * len(self.rules.measures)
        for year, last_day in self._membership.last_days(a, b, years).items():
            here = events.get(year)
            observed = year in covered
            if not here:
                yield DyadYear(a, b, year, last_day, 1, 0, nothing, unmeasured, ())
                continue
            counted = Counter(placed.incident.event_type for placed in here)
            counts = tuple(
                counted[kind] if observed or counted[kind] else None for kind in self.rules.types
            )
            measures = tuple(_measured(measure, here) for measure in self.rules.measures)
            ids = tuple(placed.incident.incident_id for placed in here)
            yield DyadYear(a, b, year, last_day, int(observed), len(ids), counts, measures, ids)


def directed_dyad_year(
    incidents: Iterable[IncidentRecord], states: StateSystem, coverage: Coverage, rules: Rules
) -> Iterator[DyadYear]:
    """Provider -> recipient -> year. See `DyadYears`, which also tells where every incident went."""
    return DyadYears(incidents, states, coverage, rules).directed()


def undirected_dyad_year(
    incidents: Iterable[IncidentRecord], states: StateSystem, coverage: Coverage, rules: Rules
) -> Iterator[DyadYear]:
    """Dyad x year with ccode1 < ccode2: dummies are the maximum of both directions, counts distinct incidents."""
    return DyadYears(incidents, states, coverage, rules).undirected()


def _measured(measure: Measure, events: Sequence[Placed]) -> int | float | None:
    known: list[tuple[tuple[date, date, str], int | float]] = []
    for placed in events:
        value = placed.incident.values.get(measure.field)
        if placed.incident.event_type == measure.event_type and isinstance(value, int | float):
            assert placed.latest is not None and placed.earliest is not None  # it has a year
            known.append(((placed.latest, placed.earliest, placed.incident.incident_id), value))
    if not known:
        return None
    if measure.how == "latest":
        return max(known)[1]
    return (max if measure.how == "max" else min)(value for _, value in known)


class _Membership:
    """Days on which two states were members of the system together."""

    def __init__(self, states: StateSystem, until: date | None) -> None:
        last = until or date.max
        self._spells = {
            state.ccode: tuple(
                (spell.start, min(spell.end or last, last)) for spell in state.spells
            )
            for state in states.states
        }
        self.ccodes = tuple(sorted(self._spells))
        self._common: dict[tuple[int, int], tuple[tuple[date, date], ...]] = {}

    def last_days(self, a: int, b: int, years: Iterable[int]) -> dict[int, date]:
        """For each of the years with a common day of membership, in the order given: the last such day."""
        common = self._common_spells(*sorted((a, b)))
        found = {}
        for year in years:
            for start, end in reversed(common):
                if start.year <= year <= end.year:
                    found[year] = min(end, date(year, 12, 31))
                    break
        return found

    def _common_spells(self, a: int, b: int) -> tuple[tuple[date, date], ...]:
        if (a, b) not in self._common:
            both = (
                (max(start, other_start), min(end, other_end))
                for start, end in self._spells.get(a, ())
                for other_start, other_end in self._spells.get(b, ())
            )
            self._common[a, b] = tuple(sorted((start, end) for start, end in both if start <= end))
        return self._common[a, b]


class _CoveredYears:
    """Years in which absence was observed, by unordered pair."""

    def __init__(self, coverage: Coverage) -> None:
        whole: set[int] = set()
        pairs: dict[tuple[int, int], set[int]] = defaultdict(set)
        for spell in coverage.spells:
            years = range(spell.first_year, spell.last_year + 1)
            if spell.ccodes is None:
                whole.update(years)
                continue
            members = sorted(set(spell.ccodes))
            for index, a in enumerate(members):
                for b in members[index + 1 :]:
                    pairs[a, b].update(years)
        self.whole_system = frozenset(whole)
        self.pairs = {pair: frozenset(years | whole) for pair, years in pairs.items()}

    def years(self, a: int, b: int) -> frozenset[int]:
        return self.pairs.get((a, b) if a < b else (b, a), self.whole_system)
