"""The files that lead from a value back to a passage, a coder and a decision, and the figures of agreement.

They hold what was said, in the words and codes it was said in, so they stand once in a release and keep
missing codes. Incidents and panels are elsewhere.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any, TypeAlias

from datasets import keys
from datasets.cells import Cell, any_value, joined
from datasets.columns import Column, Table, attribute
from datasets.ordering import Joined
from datasets.records import QUESTIONS, Records

_ANY = (
    "Lists are joined by a semicolon; money reads: amount scale currency. Missing values are codes."
)
_INCIDENT = "Empty where the group became no incident."
_GROUP = "Events of several coders taken for the same one; joins reports, codings and decisions."


def provenance_tables(records: Records, *, withheld: frozenset[str]) -> tuple[Table, ...]:
    """`withheld` names fields that are working notes between people and stand in no file.

    Records are in the order of their keys.
    """
    groups = cache(records.groups_that_became_incidents)
    return (
        _reports(records),
        _evidence(records, withheld),
        _codings(records, withheld, groups),
        _decisions(records, withheld, groups),
        _reliability(records),
        _documents(records),
    )


@dataclass(frozen=True, slots=True)
class _Report:
    incident_id: str
    document_id: str
    resolved_event_ids: str
    group_ids: str


def _reports(records: Records) -> Table:
    def rows() -> Iterator[_Report]:
        told = groupby(records.reports, key=lambda one: (one.incident_id, one.document_id))
        for (incident, document), reports in told:
            events = list(reports)
            resolved = joined([event.resolved_event_id for event in events])
            groups = joined([event.group_id for event in events if event.group_id])
            yield _Report(incident, document, resolved, groups)

    several = (
        "More than one, joined by a semicolon, where a document tells of the incident in several events; empty for a "
        "confirmed copy of a coded document, which was not coded itself."
    )
    columns = (
        attribute("incident_id", "Incident"),
        attribute("document_id", "Document that reports it"),
        attribute("resolved_event_ids", "Decided event of that document", note=several),
        attribute("group_ids", "Group of coders' events behind it", note=several),
    )
    return Table(
        "reports", "an incident in a document", ("incident_id", "document_id"), columns, rows
    )


def _evidence(records: Records, withheld: frozenset[str]) -> Table:
    def rows() -> Iterable[Any]:
        return (passage for passage in records.evidence if passage.field not in withheld)

    columns = (
        attribute("incident_id", "Incident"),
        attribute("field", "Field of the codebook"),
        attribute("value", "Decided value it proves", note=_ANY).reading(
            lambda e: any_value(e.value)
        ),
        attribute("document_id", "Document"),
        attribute(
            "start", "First character of the passage", "integer", unit="Unicode code points from 0"
        ),
        attribute(
            "end", "Character after the passage", "integer", unit="Unicode code points from 0"
        ),
        attribute("page", "Page", "integer"),
        attribute("quote", "Words of the passage"),
        attribute("coder", "Who marked it", note="Label of a coder; empty for an adjudicator."),
        attribute("whole_document", "Why the whole document is the evidence"),
    )
    return Table("evidence", "a passage that proves a value", (), columns, rows)


@dataclass(frozen=True, slots=True)
class _InIncident:
    """A coding or decision with the incident that its group became."""

    said: Any
    incident_id: str


def _said(name: str, label: str, type: Any = "string", **about: Any) -> Column:
    """A column that is an attribute of the coding or decision itself."""
    plain = attribute(name, label, type, **about)
    return plain.reading(lambda row: plain.read(row.said))


_Groups: TypeAlias = Callable[[], Iterable[tuple[str, str, str]]]


def _within(
    groups: _Groups, said: Iterable[Any], withheld: frozenset[str]
) -> Iterator[_InIncident]:
    """Codings or decisions by document, each with the incident of its group."""
    became = Joined(groups(), lambda group: group[0])
    for document, here in groupby(said, key=lambda one: one.document_id):
        incidents = {group: incident for _, group, incident in became.of(document)}
        for one in here:
            if one.field not in withheld:
                yield _InIncident(one, incidents.get(one.group_id, ""))


def _codings(records: Records, withheld: frozenset[str], groups: _Groups) -> Table:
    def rows() -> Iterator[_InIncident]:
        return _within(groups, records.codings, withheld)

    def near_miss(row: _InIncident) -> Cell:
        return int(row.said.near_miss) if row.said.event_id else None

    outcomes = (
        ("events", "the coder recorded events"),
        ("no_event", "read, and no event found"),
        ("cannot_code", "could not be coded"),
    )
    columns = (
        _said("document_id", "Document"),
        _said("coder", "Coder", note="Label within the project."),
        _said("round", "Round of coding"),
        _said(
            "event_id",
            "Event as this coder recorded it",
            note="Empty where the coder recorded none.",
        ),
        _said(
            "field", "Field of the codebook", note="event_type for the type of the event itself."
        ),
        _said(
            "value", "Value before adjudication", note=f"{_ANY} -7 says that sources conflict."
        ).reading(lambda row: any_value(row.said.value)),
        _said("event_type", "Type of the event as coded"),
        _said("outcome", "What the coder made of the document", codes=outcomes),
        _said(
            "near_miss", "Recorded as no event of the codebook", "integer", codes=_YES_NO
        ).reading(near_miss),
        _said("near_miss_reason", "Why it is none"),
        _said("group_id", "Group", note=_GROUP),
        attribute("incident_id", "Incident", note=_INCIDENT),
    )
    row_is = "a value given by one coder to one field of one event, or a document read without one"
    return Table(
        "codings", row_is, ("document_id", "coder", "round", "event_id", "field"), columns, rows
    )


_YES_NO = (("0", "no"), ("1", "yes"))


def _decisions(records: Records, withheld: frozenset[str], groups: _Groups) -> Table:
    def rows() -> Iterator[_InIncident]:
        return _within(groups, records.decisions, withheld)

    def candidates(row: _InIncident) -> Cell:
        return json.dumps(
            dict(row.said.candidates), sort_keys=True, ensure_ascii=False, default=list
        )

    columns = (
        _said("document_id", "Document"),
        _said("group_id", "Group", note=_GROUP),
        _said("field", "Field of the codebook"),
        _said("decision_id", "Decision", note="Tells apart several decisions about one position."),
        attribute("incident_id", "Incident", note=_INCIDENT),
        _said(
            "candidates",
            "What each coder gave",
            note="JSON object: coder label to value; null where the coder left it.",
        ).reading(candidates),
        _said("chosen", "What was decided", note=_ANY).reading(
            lambda row: any_value(row.said.chosen)
        ),
        _said(
            "decided_by",
            "Adjudicator",
            note="Label within the project; empty where a rule decided.",
        ),
        _said("rule", "Rule that decided"),
        _said("reason", "Reason given"),
        _said("error_kind", "Where the disagreement came from"),
        _said("decided_on", "Day of the decision", "date"),
    )
    key_columns = ("document_id", "group_id", "field", "decision_id")
    return Table("decisions", "a position that was settled", key_columns, columns, rows)


def _reliability(records: Records) -> Table:
    columns = (
        attribute("round", "Round of coding"),
        attribute("question", "What is asked", codes=_QUESTIONS),
        attribute(
            "field",
            "Field of the codebook",
            note="Empty where the question is not about one field.",
        ),
        attribute("event_type", "Type of the events", note="Empty: all types together."),
        attribute("subject", "Whose agreement", note="Empty: all coders of the round."),
        attribute("coefficient", "Coefficient"),
        attribute("method", "Alignment and definition it rests on"),
        attribute("level", "Level of measurement"),
        attribute(
            "value", "Value", "number", note="Empty where undefined: then the reason says why."
        ),
        attribute("reason", "Why it is undefined"),
        attribute("low", "Lower end of the interval", "number"),
        attribute("high", "Upper end of the interval", "number"),
        attribute("interval_method", "Method and level of the interval"),
        attribute("n_units", "Units compared", "integer"),
        attribute("n_coders", "Coders", "integer"),
        attribute("n_values", "Values compared", "integer"),
        attribute("prevalence", "Share of the commonest value", "number", unit="share from 0 to 1"),
        attribute("prevalent_value", "Commonest value"),
    )
    key_columns = ("round", "question", "field", "event_type", "subject", "coefficient", "method")
    return Table(
        "reliability",
        "a coefficient of agreement before adjudication",
        key_columns,
        columns,
        lambda: sorted(records.figures, key=keys.figure),
    )


_QUESTIONS = tuple(
    (code, words[0].lower() + words[1:].rstrip("?")) for code, words in QUESTIONS.items()
)


def _documents(records: Records) -> Table:
    columns = (
        attribute("document_id", "Document"),
        attribute("title", "Title"),
        attribute("date", "Date of the document", note="As known: year, year-month or day."),
        attribute("outlet", "Where it appeared"),
        attribute("address", "Address"),
        attribute("kind", "Kind of document"),
        attribute("sha256", "SHA-256 of the file that was read"),
        attribute("text_sha256", "SHA-256 of the text that offsets count in"),
    )
    return Table(
        "documents",
        "a document",
        ("document_id",),
        columns,
        lambda: records.documents,
    )
