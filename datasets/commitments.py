"""Promised, kept, additional: what judged years of alliances come to for a pair of states and for a member.

Assessments are the authority; what coders wrote of single events is exported under its own name and never used here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from datasets.membership import Alliances
from datasets.records import AllianceRecord, AssessmentRecord

#: A judgement, "-9" where it cannot be judged, None where nobody judged.
Judged: TypeAlias = int | str | None


@dataclass(frozen=True, slots=True)
class Commitment:
    """One type of commitment from one side to another in a year."""

    promised: Judged = None
    fulfilled: Judged = None
    additional: Judged = None


NOT_JUDGED = Commitment()


@dataclass(frozen=True, slots=True)
class Given:
    """An assessment with the members it is directed to."""

    assessment: AssessmentRecord
    recipients: tuple[int, ...]


class Commitments:
    """All assessments of a release, each directed to the members of its year."""

    def __init__(self, alliances: Alliances, assessments: Iterable[AssessmentRecord]) -> None:
        self._alliances = alliances
        self.given: dict[tuple[str, int], list[Given]] = defaultdict(list)  # by alliance and year
        self._between: dict[tuple[int, int, int], dict[str, list[AssessmentRecord]]] = {}
        for judged in sorted(assessments, key=_key):
            recipients = self._recipients(judged)
            self.given[judged.alliance, judged.year].append(Given(judged, recipients))
            for recipient in recipients:
                here = self._between.setdefault((judged.provider, recipient, judged.year), {})
                here.setdefault(judged.event_type, []).append(judged)

    def _recipients(self, judged: AssessmentRecord) -> tuple[int, ...]:
        if judged.recipient is not None:
            return (judged.recipient,)
        alliance = self._alliances.find(judged.alliance)
        if alliance is None:
            return ()
        members = in_year(alliance, judged.year)
        return tuple(ccode for ccode in members if ccode != judged.provider)

    def between(self, provider: int, recipient: int, year: int) -> Mapping[str, Commitment]:
        """By type, over all alliances of the pair: promised or additional if in any, kept as in the least kept promise."""
        found = self._between.get((provider, recipient, year))
        if not found:
            return {}
        return {kind: summed(judged) for kind, judged in found.items()}


def summed(judged: Iterable[AssessmentRecord]) -> Commitment:
    told = list(judged)
    promises = [one for one in told if one.promised == 1]
    return Commitment(
        most(one.promised for one in told),
        least(one.fulfilled for one in promises),
        most(one.additional for one in told),
    )


def most(values: Iterable[Judged]) -> Judged:
    """The highest judgement; a yes outweighs what is not known, and that outweighs a no."""
    told = [value for value in values if value is not None]
    known = [value for value in told if isinstance(value, int)]
    if any(known):
        return max(known)
    if any(isinstance(value, str) for value in told):
        return "-9"
    return max(known) if known else None


def least(values: Iterable[Judged]) -> Judged:
    """The lowest judgement; a no outweighs what is not known, and that outweighs a yes. -8 asks nothing."""
    told = [value for value in values if value is not None and value != "-8"]
    known = [value for value in told if isinstance(value, int)]
    if known and min(known) == 0:
        return 0
    if any(isinstance(value, str) for value in told):
        return "-9"
    return min(known) if known else None


def in_year(alliance: AllianceRecord, year: int) -> tuple[int, ...]:
    """Members on at least one day of a year."""
    return Alliances.members(alliance, date(year, 1, 1), date(year, 12, 31))


def allied_years(
    alliances: Alliances, first_year: int, last_year: int
) -> dict[tuple[int, int], dict[int, tuple[AllianceRecord, ...]]]:
    """The alliances that two states (lower code first) shared on a day of a year."""
    found: dict[tuple[int, int], dict[int, list[AllianceRecord]]] = defaultdict(dict)
    for alliance in alliances.listed:
        spells = sorted(alliance.members)
        for place, one in enumerate(spells):
            for other in spells[place + 1 :]:
                if one.ccode == other.ccode:
                    continue
                start = max(one.start, other.start)
                end = min(one.end or date.max, other.end or date.max)
                if start > end:
                    continue
                years = range(max(start.year, first_year), min(end.year, last_year) + 1)
                for year in years:
                    listed = found[one.ccode, other.ccode].setdefault(year, [])
                    if alliance not in listed:
                        listed.append(alliance)
    return {
        pair: {year: tuple(listed) for year, listed in years.items()}
        for pair, years in found.items()
    }


def _key(judged: AssessmentRecord) -> tuple[str, int, int, str, int]:
    return (
        judged.alliance,
        judged.year,
        judged.provider,
        judged.event_type,
        judged.recipient or 0,
    )
