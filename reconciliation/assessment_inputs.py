"""The door from settled events, alliances and kept searches to the plain values that proposals are made of.

What an incident says is taken from its best report: a treaty's own text before news of it, then the earlier account.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from coding import dates
from coding.queries import last_published
from projects.models import Project
from reconciliation import incident_values
from reconciliation.commitments import Act, Clause, Grounds, Search
from reconciliation.incident_values import SOURCE_ORDER
from reconciliation.models import Preference, Report
from sources import alliance_lists
from sources.alliances import Alliance
from sources.models import SearchLog

TREATY = "TO"
PROMISES = "to_promises"
TERMINATION = 7  # to_instrument: notice to leave or end; the list of alliances says from when
OF_ALLIANCE = frozenset({1, 2})


@dataclass(frozen=True)
class Assessed:
    """What a project assesses: types in the codebook's order with their labels, and each alliance with its grounds."""

    types: Mapping[str, str]
    grounds: Mapping[str, Grounds]
    unplaced: int  # treaty events that name no alliance of the list


def types_of(project: Project) -> dict[str, str]:
    """Types that the newest published codebook has judged year by year; empty where it has none, or there is none."""
    newest = last_published(project)
    if newest is None:
        return {}
    book = newest.parsed
    return {code: str(book.type(code).label) for code in book.assessment.types}


def assessed(project: Project, *, references: Iterable[str] | None = None) -> Assessed:
    """Everything the project's rows say of these alliances, or of all."""
    types = types_of(project)
    listed = {one.reference: one for one in alliance_lists.values_of(project)}
    wanted = (
        listed
        if references is None
        else {name: listed[name] for name in references if name in listed}
    )
    clauses: defaultdict[str, list[Clause]] = defaultdict(list)
    acts: defaultdict[str, list[Act]] = defaultdict(list)
    finder = _Finder(listed.values())
    unplaced = 0
    for number, type_code, values in _incidents(project, (TREATY, *types)):
        if type_code == TREATY:
            clause = clause_of(number, values)
            if clause is None:
                continue
            found = finder.named(clause.alliance) or ()
            unplaced += not found
            for reference in found:
                clauses[reference].append(clause)
        if type_code in types:
            act = act_of(number, type_code, values)
            for reference in finder.of(act):
                acts[reference].append(act)
    searches = [_search(row) for row in SearchLog.objects.filter(project=project).order_by("pk")]
    labels = {code: f"{code} {label}" for code, label in types.items()}
    grounds = {
        name: Grounds(one, clauses[name], acts[name], searches, labels)
        for name, one in wanted.items()
    }
    return Assessed(types, grounds, unplaced)


def _incidents(project: Project, types: Sequence[str]) -> list[tuple[int, str, dict[str, Any]]]:
    """Number, type and values of each living incident of these types, by its best settled report.

    Where a person preferred another report, as a whole or for a field, that one's word counts.
    """
    rows = Report.objects.filter(
        incident__project=project,
        incident__merged_into=None,
        resolved_event__group__retired_at=None,
        resolved_event__is_event=True,
        resolved_event__reopened_at=None,
        resolved_event__type__in=types,
    ).values_list(
        "incident_id",
        "incident__n",
        "resolved_event_id",
        "resolved_event__group__document__kind",
        "resolved_event__group__document__published_on",
        "resolved_event__group__document__external_id",
        "resolved_event__group__n",
        "resolved_event__type",
        "resolved_event__values",
    )
    preferred = incident_values.preferences(project)
    best: dict[int, tuple[tuple[Any, ...], str, dict[str, Any]]] = {}
    taken: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    for incident, number, event, kind, published, own_id, n, type_code, values in rows:
        wishes = [
            field
            for field, one in preferred.get(incident, {}).items()
            if one.taken_from_id == event
            and (field == Preference.WHOLE or [values.get(field)] == one.value)
        ]
        taken[number] |= {field: values[field] for field in wishes if field in values}
        first = Preference.WHOLE not in wishes
        rank = (first, SOURCE_ORDER[kind], published or date.max, own_id, n)
        if number not in best or rank < best[number][0]:
            best[number] = rank, type_code, values
    return [
        (number, best[number][1], {**best[number][2], **taken[number]}) for number in sorted(best)
    ]


class _Finder:
    """Which alliances an event speaks of: the one it names, else those its two sides were in on its day."""

    def __init__(self, alliances: Iterable[Alliance]) -> None:
        self._names: defaultdict[str, list[str]] = defaultdict(list)
        self._of: defaultdict[int, list[Alliance]] = defaultdict(list)
        for one in alliances:
            self._names[one.reference.casefold()].append(one.reference)
            if one.atop_id is not None:
                self._names[str(one.atop_id)].append(one.reference)
            for ccode in sorted({member.ccode for member in one.members}):
                self._of[ccode].append(one)

    def named(self, reference: str) -> list[str]:
        return sorted(set(self._names.get(reference.strip().casefold(), ())))

    def of(self, act: Act) -> list[str]:
        if act.alliance:
            return self.named(act.alliance)
        if act.day is None:
            return []
        found = set()
        for provider in act.providers:
            reached = act.reached(provider)
            for one in self._of.get(provider, ()):
                there = {member.ccode for member in one.members if member.meets(act.day, act.day)}
                if provider in there and reached & there:
                    found.add(one.reference)
        return sorted(found)


def clause_of(number: int, values: Mapping[str, Any]) -> Clause | None:
    """A treaty event as a clause; None for notice of ending, and where no day is known from which it was in force."""
    instrument = _code(values.get("to_instrument"))
    since = _date(values, "to_in_force") or _date(values, "to_signed") or _date(values, "start")
    if instrument == TERMINATION or since is None or since.latest is None:
        return None
    until = _date(values, "to_ends")
    promised = values.get(PROMISES)
    types = frozenset(promised if isinstance(promised, list) else ()) - {"none"}
    return Clause(
        number,
        _text(values, "alliance_ref"),
        _states(values, "provider"),
        _states(values, "recipient"),
        types,
        since.latest,
        until.latest if until else None,
        _text(values, "to_promise_articles"),
        _text(values, "title"),
        is_mutual=values.get("reciprocal") == 1,
        # A list that was not told (-9) says neither yes nor no: it is shown and promises nothing.
        is_treaty=(instrument is None or instrument in OF_ALLIANCE) and isinstance(promised, list),
    )


def act_of(number: int, type_code: str, values: Mapping[str, Any]) -> Act:
    start, end = _date(values, "start"), _date(values, "end")
    certain, possible = years_of(start, end)
    return Act(
        number,
        _text(values, "alliance_ref"),
        type_code,
        _states(values, "provider"),
        _states(values, "recipient"),
        certain,
        possible,
        _code(values.get("commitment_basis")),
        _code(values.get("fulfilment")),
        _code(values.get("status")),
        _text(values, "title"),
        is_mutual=values.get("reciprocal") == 1,
        day=start.earliest if start else None,
    )


def years_of(
    start: dates.FuzzyDate | None, end: dates.FuzzyDate | None
) -> tuple[frozenset[int], frozenset[int]]:
    """Years an act surely lasted in, and those its dates allow. Without an end only its beginning is known."""
    if start is None or start.earliest is None:
        return frozenset(), frozenset()
    first, begun = start.earliest, start.latest
    if begun is None:
        return frozenset(), frozenset({first.year})
    until = end.latest if end and end.latest else begun
    possible = frozenset(range(first.year, max(until, begun).year + 1))
    sure = {begun.year} if first.year == begun.year else set()
    if end and end.earliest and end.earliest >= begun:
        sure |= set(range(begun.year, end.earliest.year + 1))
    return frozenset(sure), possible


def _search(row: SearchLog) -> Search:
    said = row.filters
    since, until = (
        date.fromisoformat(said[name]) if said.get(name) else None for name in ("since", "until")
    )
    return Search(
        row.public_id,
        row.words,
        frozenset(said.get("states", ())),
        since,
        until,
        row.at.date(),
        is_narrowed=bool(said.get("kind") or said.get("outlet")),
    )


def _date(values: Mapping[str, Any], name: str) -> dates.FuzzyDate | None:
    given = values.get(name)
    if not isinstance(given, str) or given.startswith("-"):
        return None
    try:
        return dates.read(given)
    except dates.DateInvalid:
        return None


def _states(values: Mapping[str, Any], name: str) -> frozenset[int]:
    given = values.get(name)
    return (
        frozenset(one for one in given if isinstance(one, int))
        if isinstance(given, list)
        else frozenset()
    )


def _code(given: Any) -> int | None:
    return given if isinstance(given, int) and not isinstance(given, bool) else None


def _text(values: Mapping[str, Any], name: str) -> str:
    given = values.get(name)
    return (
        given
        if isinstance(given, str) and given not in {"-9", "-8", "-7"}
        else str(given)
        if isinstance(given, int)
        else ""
    )
