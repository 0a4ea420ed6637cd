"""Findings over the records of a release, without a database: what blocks publishing until it is waived, and what is told.

Each has a name that a waiver refers to. What the rows of a project add to them is asked in `checks`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from coding.schema import Codebook
from datasets import keys, placing
from datasets.membership import StateSystem
from datasets.ordering import Joined, Sorter, in_order
from datasets.records import Records

BLOCKS, NOTICE = "blocks", "notice"
#: Names of checks and their words, in the order they are told.
CHECKS = {
    "open_conflicts": "Open conflicts",
    "withdrawn_work": "Work sent back or withdrawn",
    "unfinished_work": "Work not handed in",
    "without_incident": "Events without an incident",
    "without_report": "Incidents without a report",
    "required_blank": "Required values missing",
    "outside_codebook": "Values outside the codebook",
    "outside_membership": "States outside membership",
    "unlisted_states": "States that the list does not have",
    "low_alpha": "Agreement below the codebook's threshold",
    "duplicates": "Possible duplicates",
}
_MOST_TOLD = 8
# The alpha of each level of measurement that a codebook's threshold speaks of.
_ALPHAS = frozenset({"krippendorff_alpha", "alpha_masi", "alpha_date_overlap"})


@dataclass(frozen=True, slots=True)
class Finding:
    check: str
    severity: str
    message: str

    @property
    def label(self) -> str:
        return CHECKS.get(self.check, self.check)


def found(records: Records, states: StateSystem) -> Iterator[Finding]:
    yield from _without_report(records)
    yield from _outside_membership(records, states)
    yield from _unlisted_states(records, states)
    yield from _low_alpha(records)
    yield from _duplicates(records)


def lowest_alpha(codebook: Codebook) -> float | None:
    """The least alpha that the codebook calls releasable at all; None where it names no threshold."""
    thresholds = codebook.reliability_plan.get("thresholds") or ()
    named = [float(one["alpha_at_least"]) for one in thresholds if "alpha_at_least" in one]
    return min((alpha for alpha in named if alpha > 0), default=None)


def _without_report(records: Records) -> Iterator[Finding]:
    reports = Joined(in_order(records.reports, keys.report), lambda report: report.incident_id)
    incidents = in_order(records.incidents, keys.incident)
    bare = [i.incident_id for i in incidents if not reports.of(i.incident_id)]
    if bare:
        yield Finding("without_report", BLOCKS, f"{_listed(bare)}: no document reports it.")


def _outside_membership(records: Records, states: StateSystem) -> Iterator[Finding]:
    strangers = list(placing.outside_membership(records.incidents, states, records.codebook))
    if strangers:
        told = [f"{one.incident_id} {one.field} {one.ccode}" for one in strangers]
        yield Finding(
            "outside_membership",
            BLOCKS,
            f"{_listed(told)}: no member of the state system on any day the incident can have begun.",
        )


def _unlisted_states(records: Records, states: StateSystem) -> Iterator[Finding]:
    """Sides of alliances and assessments. Incidents that name such a state keep a release from being built."""
    known = {state.ccode for state in states.states}
    members = {
        f"member {one.ccode} of {alliance.reference}"
        for alliance in records.alliances
        for one in alliance.members
        if one.ccode not in known
    }
    judged = {
        f"{side} in the assessments of {one.alliance}"
        for one in records.assessments
        for side in (one.provider, one.recipient)
        if side is not None and side not in known
    }
    if members or judged:
        told = [*sorted(members), *sorted(judged)]
        yield Finding(
            "unlisted_states",
            BLOCKS,
            f"{_listed(told)}: not in the project's list of states, so the tables of years leave them out.",
        )


def _low_alpha(records: Records) -> Iterator[Finding]:
    threshold = lowest_alpha(records.codebook)
    if threshold is None:
        return
    low = [
        f"{figure.field} {figure.value:.3f} ({figure.round})"
        for figure in sorted(records.figures, key=lambda f: (f.round, f.field, f.level))
        if figure.question == "fields"
        and figure.coefficient in _ALPHAS
        and not figure.subject
        and not figure.event_type
        and figure.value is not None
        and figure.value < threshold
    ]
    if low:
        yield Finding("low_alpha", BLOCKS, f"Alpha below {threshold:.3f}: {_listed(low)}.")


def _duplicates(records: Records) -> Iterator[Finding]:
    """Incidents of one type and day between the same states: perhaps one act that was not linked."""
    dated: Sorter[tuple[tuple[Any, ...], str]] = Sorter()
    for incident in records.incidents:
        placed = placing.place(incident)
        pairs = placing.pairs_of(incident.values)
        if pairs and placed.earliest is not None and placed.earliest == placed.latest:
            title = str(incident.values.get("title", "")).casefold()
            what = (incident.event_type, placed.earliest, pairs, title)
            dated.add((what, incident.incident_id))
    alike = ([one for _, one in told] for _, told in groupby(dated.done(), key=itemgetter(0)))
    doubled = [" = ".join(ids) for ids in sorted(ids for ids in alike if len(ids) > 1)]
    if doubled:
        yield Finding(
            "duplicates",
            BLOCKS,
            f"{_listed(doubled)}: same type, day, states and title. Link them, or say that they are two acts.",
        )


def _listed(told: Sequence[str]) -> str:
    shown = ", ".join(told[:_MOST_TOLD])
    return f"{shown} and {len(told) - _MOST_TOLD} more" if len(told) > _MOST_TOLD else shown
