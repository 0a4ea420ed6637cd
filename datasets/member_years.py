"""Alliance x member x year: what each member owed, was owed, kept and gave beyond, with the incidents among the members.

A row exists for every year in which the member belonged both to the alliance and to the state system on a common day.
Promises come from assessments, counts from incidents; naming columns is left to `member_tables`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations, groupby
from operator import itemgetter
from typing import NamedTuple

from datasets.commitments import Commitments, Judged, least, most
from datasets.membership import Alliances, CoveredYears, Membership
from datasets.ordering import Joined, Sorter
from datasets.placing import Placed, SpanRule, YearRule, pairs_of, years_of
from datasets.records import AllianceRecord, Coverage, MemberSpell

#: What one member promised or was promised, as codebooks word it.
NONE, BY_MEMBER, TO_MEMBER, MUTUAL = 0, 1, 2, 3
YES_FULFILLED = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """One type of commitment for one member and year."""

    promised: Judged = None  # none, by this member, to this member, both
    fulfilled: Judged = None  # of what this member promised: as in the least kept promise
    additional_given: Judged = None
    additional_received: Judged = None
    events: int | None = None  # distinct incidents between this member and another
    incident_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberYear:
    alliance: AllianceRecord
    ccode: int
    year: int
    first_day: date  # of the year, in the alliance and in the system
    last_day: date
    member_from: date
    member_to: date | None
    role: str
    n_partners: int
    standing: Mapping[str, Standing]
    fulfilled_share: float | None
    given: Mapping[str, int | None]  # incidents that this member provided to another
    received: Mapping[str, int | None]
    coverage: int
    incident_ids: tuple[str, ...]


class MemberYears:
    """Rows are made while they are read, in the order of their key."""

    def __init__(
        self,
        placed: Iterable[Placed],
        alliances: Alliances,
        commitments: Commitments,
        coverage: Coverage,
        membership: Membership,
        *,
        types: tuple[str, ...],
        judged_types: tuple[str, ...],
        first_year: int,
        last_year: int,
        year_rule: YearRule = "most",
        span: SpanRule = "start",
    ) -> None:
        self.types, self.judged_types = types, judged_types
        self._alliances, self._commitments = alliances, commitments
        self._covered, self._membership = CoveredYears(coverage), membership
        self._years = (first_year, last_year)
        # What was given between members of an alliance, as each of the two sees it.
        acts: Sorter[_Act] = Sorter()
        together = _together_in(alliances)
        for one in placed:
            told = (one.incident.incident_id, one.incident.event_type)
            for a, b in pairs_of(one.incident.values):
                for reference in together.get((min(a, b), max(a, b)), ()):
                    for year in years_of(one, year_rule, span):
                        acts.add(_Act(reference, a, year, b, 1, *told))
                        acts.add(_Act(reference, b, year, a, 0, *told))
        self._acts = acts.done()

    def __iter__(self) -> Iterator[MemberYear]:
        acts: Joined[_Act] = Joined(self._acts, itemgetter(slice(3)))
        for alliance in self._alliances.listed:
            by_member = sorted(alliance.members, key=lambda spell: (spell.ccode, spell.start))
            for ccode, spells in groupby(by_member, key=lambda spell: spell.ccode):
                yield from self._of_member(alliance, ccode, list(spells), acts)

    def _of_member(
        self,
        alliance: AllianceRecord,
        ccode: int,
        spells: list[MemberSpell],
        acts: "Joined[_Act]",
    ) -> Iterator[MemberYear]:
        first, last = self._years
        for year in range(
            max(first, spells[0].start.year),
            min(last, max((spell.end or date.max).year for spell in spells)) + 1,
        ):
            days = [
                (max(spell.start, start), min(spell.end or date.max, end), spell)
                for spell in spells
                for start, end in self._membership.days_in(ccode, year)
            ]
            days = [(start, end, spell) for start, end, spell in days if start <= end]
            if days:
                here = acts.of((alliance.reference, ccode, year))
                yield self._row(alliance, ccode, year, days, here)

    def _row(
        self,
        alliance: AllianceRecord,
        ccode: int,
        year: int,
        days: list[tuple[date, date, MemberSpell]],
        acts: Iterable["_Act"],
    ) -> MemberYear:
        # The spell in force at the end of the year speaks for it.
        _, last_day, spell = max(days, key=lambda day: day[1])
        partners = [
            other
            for other in Alliances.members(alliance, date(year, 1, 1), date(year, 12, 31))
            if other != ccode and self._together(alliance, ccode, other, year)
        ]
        observed = bool(partners) and all(year in self._covered.years(ccode, p) for p in partners)
        acts = [act for act in acts if act.partner in partners]
        given = [act for act in acts if act.is_given]
        received = [act for act in acts if not act.is_given]
        standing = {
            kind: self._standing(alliance, ccode, year, kind, acts, observed)
            for kind in self.judged_types
        }
        kept = [
            one.fulfilled
            for one in standing.values()
            if one.promised in (BY_MEMBER, MUTUAL) and isinstance(one.fulfilled, int)
        ]
        share = sum(value == YES_FULFILLED for value in kept) / len(kept) if kept else None
        ids = sorted({act.incident_id for act in acts})
        return MemberYear(
            alliance,
            ccode,
            year,
            min(start for start, _, _ in days),
            last_day,
            spell.start,
            spell.end,
            spell.role,
            len(partners),
            standing,
            share,
            _counts(self.types, given, observed),
            _counts(self.types, received, observed),
            int(observed),
            tuple(ids),
        )

    def _together(self, alliance: AllianceRecord, ccode: int, other: int, year: int) -> bool:
        """Whether both were members of the alliance on one day of the year, and of the system in that year."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        mine = [spell for spell in alliance.members if spell.ccode == ccode]
        theirs = [spell for spell in alliance.members if spell.ccode == other]
        met = any(
            max(a.start, b.start, first) <= min(a.end or last, b.end or last, last)
            for a in mine
            for b in theirs
        )
        return met and year in self._membership.last_days(ccode, other, (year,))

    def _standing(
        self,
        alliance: AllianceRecord,
        ccode: int,
        year: int,
        kind: str,
        acts: Iterable["_Act"],
        observed: bool,
    ) -> Standing:
        judged = [
            one
            for one in self._commitments.given.get((alliance.reference, year), ())
            if one.assessment.event_type == kind
        ]
        mine = [one.assessment for one in judged if one.assessment.provider == ccode]
        theirs = [one.assessment for one in judged if ccode in one.recipients]
        ids = {act.incident_id for act in acts if act.event_type == kind}
        relied = {i for one in (*mine, *theirs) for i in one.incident_ids}
        return Standing(
            _promised(most(one.promised for one in mine), most(one.promised for one in theirs)),
            least(one.fulfilled for one in mine if one.promised == 1),
            most(one.additional for one in mine),
            most(one.additional for one in theirs),
            len(ids) if ids or observed else None,
            tuple(sorted(ids | relied)),
        )


class _Act(NamedTuple):
    """What one member gave to a partner or received from it, by alliance, member and year."""

    alliance: str
    ccode: int
    year: int
    partner: int
    is_given: int
    incident_id: str
    event_type: str


def _together_in(alliances: Alliances) -> Mapping[tuple[int, int], tuple[str, ...]]:
    """The alliances that list both states, on whatever days, by pair with the lower code first."""
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for alliance in alliances.listed:
        for pair in combinations(sorted({spell.ccode for spell in alliance.members}), 2):
            found[pair].append(alliance.reference)
    return {pair: tuple(named) for pair, named in found.items()}


def _promised(by_member: Judged, to_member: Judged) -> Judged:
    """Both sides in one code; what is not judged on one side leaves the other's yes standing."""
    if by_member == 1 or to_member == 1:
        return MUTUAL if by_member == to_member else BY_MEMBER if by_member == 1 else TO_MEMBER
    if "-9" in (by_member, to_member):
        return "-9"
    return None if by_member is None and to_member is None else NONE


def _counts(
    types: tuple[str, ...], acts: Iterable["_Act"], observed: bool
) -> Mapping[str, int | None]:
    kinds = {act.incident_id: act.event_type for act in acts}
    counted = Counter(kinds.values())
    return {kind: counted[kind] if counted[kind] or observed else None for kind in types}
