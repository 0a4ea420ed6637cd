"""A copy of a release for blind review: nobody is named, and labels say nothing of who stands behind them.

Data stay as they are. What people wrote in their own words keeps its words, without the names of the project's people;
whether a title or a reason still gives somebody away is for a person to read, and the README of the copy says so.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from datasets import keys
from datasets.ordering import in_order
from datasets.records import ProjectRecord, Records
from datasets.tables import Build

_LEAST_NAME = 3
TITLE = "Anonymous dataset"
WARNING = (
    "Copy for blind review. Creators, address and the labels of coders and adjudicators are taken out; texts that people "
    "wrote (titles, reasons, notes) have lost the names of the project's people and nothing else."
)


def anonymous(made: Build, names: Iterable[str]) -> Build:
    """The same release with other labels. `names` are those of the project's people, in every form."""
    records = anonymous_records(made.records, names)
    waivers = tuple(replace(one, by="adjudicator") for one in made.parameters.waivers)
    parameters = replace(made.parameters, waivers=waivers, changes="")
    return Build(records, parameters, states=made.states)


def anonymous_records(records: Records, names: Iterable[str]) -> Records:
    labels = _new_labels(records)
    hide = _Hiding(labels, [*names, records.project.title, *records.project.creators])

    def shown(record: Any, **changed: Any) -> Any:
        texts = {
            name: hide.text(getattr(record, name))
            for name in ("reason", "near_miss_reason", "whole_document", "search_log")
            if hasattr(record, name)
        }
        return replace(record, **texts, **changed)

    return replace(
        records,
        project=ProjectRecord("anonymous", TITLE, WARNING, records.project.licence),
        incidents=in_order(
            (replace(i, values=hide.values(i.values)) for i in records.incidents), keys.incident
        ),
        evidence=in_order(
            (
                shown(e, coder=hide.label(e.coder), value=hide.value(e.value))
                for e in records.evidence
            ),
            keys.evidence,
        ),
        codings=in_order(
            (
                shown(
                    c,
                    coder=hide.label(c.coder),
                    event_id=hide.event_id(c.event_id),
                    value=hide.value(c.value),
                )
                for c in records.codings
            ),
            keys.coding,
        ),
        decisions=in_order(
            (
                shown(
                    d,
                    candidates={hide.label(k): hide.value(v) for k, v in d.candidates.items()},
                    chosen=hide.value(d.chosen),
                    decided_by=hide.label(d.decided_by),
                )
                for d in records.decisions
            ),
            keys.decision,
        ),
        figures=[replace(f, subject=hide.subject(f.subject)) for f in records.figures],
        assessments=[shown(a, judged_by=hide.label(a.judged_by)) for a in records.assessments],
    )


def _new_labels(records: Records) -> Mapping[str, str]:
    """Coders and adjudicators numbered anew, in the order of their labels."""
    coders = {_bare(c.coder) for c in records.codings} | {_bare(e.coder) for e in records.evidence}
    for decision in records.decisions:
        coders |= {_bare(label) for label in decision.candidates}
    judges = {d.decided_by for d in records.decisions} | {a.judged_by for a in records.assessments}
    coders -= {""}
    named = {label: f"coder{n}" for n, label in enumerate(sorted(coders), start=1)}
    others = sorted(judges - coders - {""})
    return named | {label: f"adjudicator{n}" for n, label in enumerate(others, start=1)}


def _bare(label: str) -> str:
    """C1 of C1/2, a second sitting of the same coder."""
    return label.partition("/")[0]


class _Hiding:
    def __init__(self, labels: Mapping[str, str], names: Iterable[str]) -> None:
        self._labels = labels
        words = sorted({n.strip() for n in names if len(n.strip()) >= _LEAST_NAME}, key=len)
        self._names = (
            re.compile("|".join(rf"\b{re.escape(word)}\b" for word in reversed(words)), re.I)
            if words
            else None
        )

    def label(self, label: str) -> str:
        bare, mark, sitting = label.partition("/")
        return self._labels.get(bare, bare) + mark + sitting

    def subject(self, subject: str) -> str:
        """A label, or a pair of labels with any sign between."""
        if not subject:
            return subject
        known = "|".join(map(re.escape, sorted(self._labels, key=len, reverse=True)))
        return re.sub(rf"\b(?:{known})\b", lambda m: self._labels[m[0]], subject) if known else ""

    def event_id(self, event_id: str) -> str:
        """r1.C1.e2: the label stands in the middle."""
        of_round, dot, rest = event_id.partition(".")
        label, last, place = rest.rpartition(".")
        return f"{of_round}{dot}{self.label(label)}{last}{place}" if label else event_id

    def text(self, text: str) -> str:
        return self._names.sub("[name]", text) if self._names and text else text

    def value(self, value: Any) -> Any:
        """Text without names; a reference to another coder's event with its new label."""
        if isinstance(value, str):
            # Of an event in another document the document's id stands before.
            found = re.fullmatch(r"(.+#)?(r\d+\..+\.e\d+)", value, re.S)
            return (found[1] or "") + self.event_id(found[2]) if found else self.text(value)
        if isinstance(value, Mapping):
            return {name: self.value(one) for name, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(one) for one in value]
        return value

    def values(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        return {name: self.value(value) for name, value in values.items()}
