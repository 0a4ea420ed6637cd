"""Which outlets, kinds of document and languages incidents rest on: counts and shares. Pure.

It counts what it is given; which incidents and reports those are, and in which words they are told, is left to
`source_reports`. A blank outlet or language is not known, and never taken for one more outlet or language.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportOf:
    """One document that reports an incident. Empty: the document does not say."""

    incident: str
    document: str
    outlet: str
    kind: str
    language: str
    year: int | None
    type: str


@dataclass(frozen=True)
class Share:
    """A part of a whole, as both numbers; of nothing there is no share."""

    n: int
    of: int

    @property
    def value(self) -> float | None:
        return self.n / self.of if self.of else None

    @property
    def percent(self) -> float | None:
        return None if self.value is None else 100 * self.value


@dataclass(frozen=True)
class Resting:
    """What a set of incidents rests on.

    `one_outlet`: incidents all of whose reports come from one outlet. Where several reports leave the outlet open so
    far that they may or may not be of one, the incident is in `unknown_outlet` and in no other count of outlets.
    """

    incidents: int
    reports: int
    documents: int
    one_report: Share
    one_outlet: Share
    unknown_outlet: int

    @property
    def per_incident(self) -> float | None:
        return self.reports / self.incidents if self.incidents else None

    @property
    def same_outlet(self) -> int:
        """Incidents with several reports, all from one outlet."""
        return self.one_outlet.n - self.one_report.n

    @property
    def several_outlets(self) -> int:
        return self.incidents - self.one_outlet.n - self.unknown_outlet


@dataclass(frozen=True)
class Part:
    """One outlet, kind or language: its reports, the incidents it reports, and those nothing else reports."""

    name: str
    reports: Share
    incidents: Share
    alone: Share


@dataclass(frozen=True)
class Year:
    """Incidents of one year and what they rest on; None holds those without a year."""

    year: int | None
    resting: Resting


BY: dict[str, Callable[[ReportOf], str]] = {
    "outlet": lambda report: report.outlet,
    "kind": lambda report: report.kind,
    "language": lambda report: report.language,
}


def resting(reports: Iterable[ReportOf]) -> Resting:
    by_incident = _by_incident(reports)
    told = [one for found in by_incident.values() for one in found]
    n = len(by_incident)
    answers = [_is_one_outlet(found) for found in by_incident.values()]
    known = [answer for answer in answers if answer is not None]
    return Resting(
        incidents=n,
        reports=len(told),
        documents=len({one.document for one in told}),
        one_report=Share(sum(len(found) == 1 for found in by_incident.values()), n),
        one_outlet=Share(sum(known), len(known)),
        unknown_outlet=n - len(known),
    )


def parts(reports: Iterable[ReportOf], by: str) -> list[Part]:
    """The parts with the most incidents first; what does not say comes last."""
    of = BY[by]
    by_incident = _by_incident(reports)
    n_reports = sum(map(len, by_incident.values()))
    told: dict[str, int] = defaultdict(int)
    reported: dict[str, int] = defaultdict(int)
    alone: dict[str, int] = defaultdict(int)
    for found in by_incident.values():
        names = {of(one) for one in found}
        for one in found:
            told[of(one)] += 1
        for name in names:
            reported[name] += 1
        if len(names) == 1:
            alone[next(iter(names))] += 1
    ordered = sorted(reported, key=lambda name: (not name, -reported[name], -told[name], name))
    return [
        Part(
            name,
            Share(told[name], n_reports),
            Share(reported[name], len(by_incident)),
            Share(alone[name], reported[name]),
        )
        for name in ordered
    ]


def effective(reports: Iterable[ReportOf], by: str) -> float | None:
    """How many equally used outlets (kinds, languages) would be as concentrated: 1 / sum of squared shares of reports.

    The inverse of Herfindahl's index over reports that say; None where none does.
    """
    counted: dict[str, int] = defaultdict(int)
    for found in _by_incident(reports).values():
        for one in found:
            if BY[by](one):
                counted[BY[by](one)] += 1
    total = sum(counted.values())
    if not total:
        return None
    return total**2 / sum(n**2 for n in counted.values())


def years(reports: Iterable[ReportOf]) -> list[Year]:
    """Every year from the first to the last, also those without an incident; those without a year last."""
    told = list(reports)
    first = first_years(told)
    by_year: dict[int | None, list[ReportOf]] = defaultdict(list)
    for one in told:
        by_year[first.get(one.incident)].append(one)
    known = [year for year in by_year if year is not None]
    span: Sequence[int | None] = range(min(known), max(known) + 1) if known else ()
    listed = [*span, *([None] if None in by_year else [])]
    return [Year(year, resting(by_year.get(year, ()))) for year in listed]


def first_years(reports: Iterable[ReportOf]) -> dict[str, int]:
    """Incident -> the earliest year that a report of it gives; without those of which none gives one."""
    found: dict[str, int] = {}
    for one in reports:
        if one.year is not None:
            found[one.incident] = min(one.year, found.get(one.incident, one.year))
    return found


def _by_incident(reports: Iterable[ReportOf]) -> dict[str, list[ReportOf]]:
    found: dict[str, list[ReportOf]] = defaultdict(list)
    for one in reports:
        found[one.incident].append(one)
    return {incident: found[incident] for incident in sorted(found)}


def _is_one_outlet(reports: Sequence[ReportOf]) -> bool | None:
    """None: some reports do not say, and those that do name fewer than two."""
    named = {one.outlet for one in reports if one.outlet}
    if len(reports) == 1 or len(named) > 1:
        return len(reports) == 1
    return True if all(one.outlet for one in reports) else None
