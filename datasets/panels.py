"""Incidents into dyad-years: who provided what to whom in which year, and where absence was observed.

Expansion happens here and never while coding: provider list x recipient list, both directions for reciprocal
acts. A row exists only for two states that were members of the system on a common day of the year. Writing
files, naming columns and member-state-years (which rest on assessments) are left to others.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import NamedTuple, TypeAlias

from coding.schema import Codebook
from datasets.measures import Measure, measured, measures_of
from datasets.membership import Alliances, CoveredYears, Membership, StateSystem
from datasets.placing import (
    ORGANISATION,
    PROVIDER,
    RECIPIENT,
    RECIPROCAL,
    Placed,
    SpanRule,
    YearRule,
    pairs_among,
    pairs_of,
    place,
    states_in,
    years_of,
)
from datasets.records import Coverage, IncidentRecord


@dataclass(frozen=True, slots=True)
class Rules:
    """The declared choices of a panel.

    Which types have columns, which year a straddling incident falls in, whether one that lasts counts in every year of
    it, and the last day for which the list of states speaks (None: members on its last day are carried on).
    """

    types: tuple[str, ...]
    measures: tuple[Measure, ...] = ()
    year: YearRule = "most"
    states_until: date | None = None
    span: SpanRule = "start"


def rules_for(
    codebook: Codebook,
    *,
    year: YearRule = "most",
    states_until: date | None = None,
    span: SpanRule = "start",
) -> Rules:
    """Every type of the codebook has columns; a measure only where the codebook has its field."""
    types = tuple(kind.code for kind in codebook.types)
    return Rules(types, measures_of(codebook), year, states_until, span)


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
    organisation_n: (
        int | None
    )  # acts of an alliance's own body, with its members of the day in its place
    organisation_ids: tuple[str, ...]


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
        alliances: Alliances | None = None,
    ) -> None:
        self.rules = rules
        self._alliances = alliances or Alliances(())
        self._membership = Membership(states, rules.states_until)
        self._covered = CoveredYears(coverage)
        self._events: _Spread = defaultdict(dict)
        # Acts of organisations are kept apart: only columns that say so expand them to their members.
        self._expanded: _Spread = defaultdict(dict)
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
            years = years_of(placed, self.rules.year, self.rules.span)
            self._expand(placed, years, pairs)
            if not pairs:
                told["without_pair"] += 1
                continue
            together = [
                (pair, year) for pair in pairs for year in self._membership.last_days(*pair, years)
            ]
            told["pairs"] += len(pairs) * len(years)
            told["pairs_outside_system"] += len(pairs) * len(years) - len(together)
            told["in_the_panel" if together else "only_outside_system"] += 1
            told["outside_coverage"] += any(
                year not in self._covered.years(*pair) for pair, year in together
            )
            for pair, year in together:
                self._events[pair].setdefault(year, []).append(placed)
        return PanelTally(**{name: told[name] for name in PanelTally.__dataclass_fields__})

    def _expand(
        self, placed: Placed, years: tuple[int, ...], named: tuple[tuple[int, int], ...]
    ) -> None:
        """An alliance that acts itself, with its members on the day beside those whom the incident names."""
        alliance = self._alliances.find(placed.incident.values.get(ORGANISATION))
        if alliance is None or placed.earliest is None or placed.latest is None:
            return
        members = Alliances.members(alliance, placed.earliest, placed.latest)
        values = placed.incident.values
        pairs = pairs_among(
            (*members, *states_in(values, PROVIDER)),
            states_in(values, RECIPIENT),
            reciprocal=values.get(RECIPROCAL) == 1,
        )
        for pair in set(pairs) - set(named):
            for year in self._membership.last_days(*pair, years):
                self._expanded[pair].setdefault(year, []).append(placed)

    def directed(self) -> Iterator[DyadYear]:
        """Rows (provider, recipient, year), sorted by that key."""
        for a, b in self._pairs():
            here, expanded = self._events.get((a, b), {}), self._expanded.get((a, b), {})
            yield from self._rows(a, b, here, expanded)

    def undirected(self) -> Iterator[DyadYear]:
        """Rows (lower ccode, higher ccode, year): counts are distinct incidents of the pair in either direction."""
        for a, b in self._pairs():
            if a < b:
                here = _either_direction(self._events, a, b)
                yield from self._rows(a, b, here, _either_direction(self._expanded, a, b))

    def _pairs(self) -> Iterable[tuple[int, int]]:
        if self._covered.whole_system:
            return permutations(self._membership.ccodes, 2)
        covered = (pair for a, b in self._covered.pairs for pair in ((a, b), (b, a)))
        found = {*self._events, *self._expanded}
        reported = (pair for a, b in found for pair in ((a, b), (b, a)))
        return sorted({*covered, *reported})

    def _rows(
        self,
        a: int,
        b: int,
        events: Mapping[int, list[Placed]],
        expanded: Mapping[int, list[Placed]],
    ) -> Iterator[DyadYear]:
        covered = self._covered.years(a, b)
        years = sorted({*covered, *events, *expanded}) if events or expanded else sorted(covered)
        types, measures = self.rules.types, self.rules.measures
        nothing = (0,) * len(types)
        unmeasured = tuple(measure.in_nothing for measure in measures)
        for year, last_day in self._membership.last_days(a, b, years).items():
            here, beyond = events.get(year, ()), expanded.get(year, ())
            observed = year in covered
            if not here and not beyond:
                yield DyadYear(a, b, year, last_day, 1, 0, nothing, unmeasured, (), 0, ())
                continue
            counted = Counter(placed.incident.event_type for placed in here)
            ids = tuple(placed.incident.incident_id for placed in here)
            bodies = tuple(placed.incident.incident_id for placed in beyond)
            yield DyadYear(
                a,
                b,
                year,
                last_day,
                int(observed),
                _observed(len(ids), observed),
                tuple(_observed(counted[kind], observed) for kind in types),
                tuple(measured(one, here, is_observed=observed) for one in measures),
                ids,
                _observed(len(bodies), observed),
                bodies,
            )


_Spread: TypeAlias = dict[tuple[int, int], dict[int, list[Placed]]]


def _observed(count: int, is_observed: bool) -> int | None:
    """Nothing found where nobody searched to the end is not zero."""
    return count if count or is_observed else None


def _either_direction(spread: _Spread, a: int, b: int) -> dict[int, list[Placed]]:
    merged: dict[int, dict[str, Placed]] = defaultdict(dict)
    for pair in ((a, b), (b, a)):
        for year, events in spread.get(pair, {}).items():
            merged[year].update((placed.incident.incident_id, placed) for placed in events)
    return {year: [events[key] for key in sorted(events)] for year, events in merged.items()}


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
