"""Incidents into dyad-years: who provided what to whom in which year, and where absence was observed.

Expansion happens here and never while coding: provider list x recipient list, both directions for reciprocal
acts. A row exists only for two states that were members of the system on a common day of the year. Writing
files, naming columns and member-state-years (which rest on assessments) are left to others.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from coding.schema import Codebook
from datasets.measures import Measure, measured, measures_of
from datasets.membership import Alliances, CoveredYears, Membership, StateSystem
from datasets.ordering import Joined, Sorter
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
from datasets.records import Coverage, IncidentRecord, Value


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
        self._measured: dict[str, tuple[str, ...]] = {
            kind: tuple(sorted({one.field for one in rules.measures if one.event_type == kind}))
            for kind in rules.types
        }
        # Years in which an incident speaks of a pair; what it says there is sorted on disk.
        self._reported: dict[tuple[int, int], set[int]] = defaultdict(set)
        directed: Sorter[_Part] = Sorter(_place_of)
        undirected: Sorter[_Part] = Sorter(_place_of)
        self.tally = self._spread(incidents, directed, undirected)
        self._directed, self._undirected = directed.done(), undirected.done()

    def _spread(
        self,
        incidents: Iterable[IncidentRecord],
        directed: "Sorter[_Part]",
        undirected: "Sorter[_Part]",
    ) -> PanelTally:
        told: Counter[str] = Counter()
        for incident in incidents:
            told["incidents"] += 1
            placed = place(incident, self.rules.year)
            pairs = pairs_of(incident.values)
            if placed.year is None:
                told["without_year"] += 1
                continue
            years = years_of(placed, self.rules.year, self.rules.span)
            beyond = self._together(self._expanded(placed, pairs), years)
            together = self._together(pairs, years)
            for is_beyond, found in ((0, together), (1, beyond)):
                for pair, year in found:
                    self._reported[pair].add(year)
                directed.extend(self._part(placed, *one, is_beyond) for one in found)
                # A reciprocal act stands once where directions do not matter.
                either = {(min(pair), max(pair), year) for pair, year in found}
                undirected.extend(
                    self._part(placed, (a, b), year, is_beyond) for a, b, year in sorted(either)
                )
            if not pairs:
                told["without_pair"] += 1
                continue
            told["pairs"] += len(pairs) * len(years)
            told["pairs_outside_system"] += len(pairs) * len(years) - len(together)
            told["in_the_panel" if together else "only_outside_system"] += 1
            told["outside_coverage"] += any(
                year not in self._covered.years(*pair) for pair, year in together
            )
        return PanelTally(**{name: told[name] for name in PanelTally.__dataclass_fields__})

    def _expanded(
        self, placed: Placed, named: tuple[tuple[int, int], ...]
    ) -> tuple[tuple[int, int], ...]:
        """Pairs of an alliance that acts itself: its members on the day beside those whom the incident names.

        Kept apart: only columns that say so expand an organisation to its members.
        """
        alliance = self._alliances.find(placed.incident.values.get(ORGANISATION))
        if alliance is None or placed.earliest is None or placed.latest is None:
            return ()
        members = Alliances.members(alliance, placed.earliest, placed.latest)
        values = placed.incident.values
        pairs = pairs_among(
            (*members, *states_in(values, PROVIDER)),
            states_in(values, RECIPIENT),
            reciprocal=values.get(RECIPROCAL) == 1,
        )
        return tuple(sorted(set(pairs) - set(named)))

    def _together(
        self, pairs: Iterable[tuple[int, int]], years: tuple[int, ...]
    ) -> list[tuple[tuple[int, int], int]]:
        return [(pair, year) for pair in pairs for year in self._membership.last_days(*pair, years)]

    def _part(self, placed: Placed, pair: tuple[int, int], year: int, is_beyond: int) -> "_Part":
        incident = placed.incident
        values = incident.values
        summed = {
            name: values[name]
            for name in self._measured.get(incident.event_type, ())
            if name in values
        }
        return (
            *pair,
            year,
            is_beyond,
            incident.incident_id,
            incident.event_type,
            placed.earliest,
            placed.latest,
            summed,
        )

    def directed(self) -> Iterator[DyadYear]:
        """Rows (provider, recipient, year), sorted by that key."""
        parts = Joined(self._directed, _row_of)
        for a, b in self._pairs():
            yield from self._rows(a, b, self._reported.get((a, b), set()), parts)

    def undirected(self) -> Iterator[DyadYear]:
        """Rows (lower ccode, higher ccode, year): counts are distinct incidents of the pair in either direction."""
        parts = Joined(self._undirected, _row_of)
        for a, b in self._pairs():
            if a < b:
                reported = self._reported.get((a, b), set()) | self._reported.get((b, a), set())
                yield from self._rows(a, b, reported, parts)

    def _pairs(self) -> Iterable[tuple[int, int]]:
        if self._covered.whole_system:
            return permutations(self._membership.ccodes, 2)
        known = {*self._covered.pairs, *self._reported}
        return sorted({*known, *((b, a) for a, b in known)})

    def _rows(
        self, a: int, b: int, reported: AbstractSet[int], parts: "Joined[_Part]"
    ) -> Iterator[DyadYear]:
        covered = self._covered.years(a, b)
        years = sorted(covered | reported) if reported else sorted(covered)
        types, measures = self.rules.types, self.rules.measures
        nothing = (0,) * len(types)
        unmeasured = tuple(measure.in_nothing for measure in measures)
        for year, last_day in self._membership.last_days(a, b, years).items():
            if year not in reported:
                yield DyadYear(a, b, year, last_day, 1, 0, nothing, unmeasured, (), 0, ())
                continue
            here: list[Placed] = []
            bodies: tuple[str, ...] = ()
            for *_, is_beyond, incident_id, kind, earliest, latest, summed in parts.of(
                (a, b, year)
            ):
                if is_beyond:
                    bodies += (incident_id,)
                else:
                    incident = IncidentRecord(incident_id, kind, summed, 0, False)
                    here.append(Placed(incident, earliest, latest, None, year))
            observed = year in covered
            counted = Counter(placed.incident.event_type for placed in here)
            ids = tuple(placed.incident.incident_id for placed in here)
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


#: One incident in one row: pair, year, whether only its body names the pair, id, type, bounds, values that are summed up.
_Part: TypeAlias = tuple[
    int, int, int, int, str, str, date | None, date | None, Mapping[str, Value]
]
_place_of = itemgetter(slice(5))
_row_of = itemgetter(slice(3))


def _observed(count: int, is_observed: bool) -> int | None:
    """Nothing found where nobody searched to the end is not zero."""
    return count if count or is_observed else None


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
