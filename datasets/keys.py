"""The order of the records of a release, which is the order of the rows in its files."""

from operator import attrgetter
from typing import Any

from datasets.cells import any_value

incident = attrgetter("incident_id")
report = attrgetter("incident_id", "document_id", "resolved_event_id", "group_id")
coding = attrgetter("document_id", "coder", "round", "event_id", "field")
decision = attrgetter("document_id", "group_id", "field", "decision_id")
figure = attrgetter(
    "round", "question", "field", "event_type", "subject", "coefficient", "method"
)  # fmt: skip
document = attrgetter("document_id")


def evidence(one: Any) -> tuple[str | int, ...]:
    return (
        one.incident_id,
        one.field,
        one.document_id,
        -1 if one.start is None else one.start,
        -1 if one.end is None else one.end,
        one.coder,
        str(any_value(one.value)),
        one.whole_document,
        one.quote,
        one.page or 0,
    )


def assessment(one: Any) -> tuple[str | int, ...]:
    return (one.alliance, one.provider, one.recipient or 0, one.event_type, one.year)
