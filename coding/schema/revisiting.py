"""Which codings a new version of the codebook asks to look at again, and why, field by field. Pure.

A change of meaning alone is not enough: it must bear on what this event holds. A field that became required
concerns an event only where it is blank, a limit only where the value breaks it, a condition only where the
field comes or goes. What only programs read (levels, rules of decision, families) sends nobody back.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from coding.schema import checking, values
from coding.schema.codebook import Codebook
from coding.schema.differences import Change, Differences, differences

_READ_BY_PROGRAMS = ("level", "rule", "family", "optional", "atop_counterpart", "order")
_SEEN_IN_THE_VALUE = ("minimum", "maximum", "missing", "from_any_field")
# What widens or narrows a type, so that a reading without events may have one now.
_WHAT_COUNTS = ("definition", "include", "exclude", "boundary", "counting")
_ONLY_WORDS = (*_WHAT_COUNTS, *_READ_BY_PROGRAMS, "label", "unit", "unit_of_observation")


@dataclass(frozen=True)
class Reason:
    """Why an event must be looked at again. `field` is empty when it is the event as a whole."""

    field: str
    change: Change | None
    message: str = ""


@dataclass(frozen=True)
class Revision:
    """Two versions of one codebook, compared once for any number of events."""

    old: Codebook
    new: Codebook
    differences: Differences

    @classmethod
    def of(cls, old: Codebook, new: Codebook) -> "Revision":
        return cls(old, new, differences(old, new))

    @property
    def rereads(self) -> tuple[Change, ...]:
        """Changes because of which a reading that found nothing may find something now."""
        return tuple(
            change
            for change in self.differences.meaning
            if (change.action == "added" and re.fullmatch(r"event_types\[\w+\]", change.path))
            or (not change.field and change.path.rsplit(".", 1)[-1] in _WHAT_COUNTS)
        )

    def reasons(
        self,
        type_code: str,
        held: Mapping[str, Any],
        *,
        evidence: Mapping[str, int],
        whole_document: Mapping[str, str],
        near_miss: str | None = None,
        states: values.States | None = None,
    ) -> tuple[Reason, ...]:
        """Why this event must be looked at again, in the order of the differences; empty when it carries over.

        `near_miss` is the reason's code where the event was left out on purpose: of those only what
        makes something an event, and the reason itself, is asked again.
        """
        if not self.differences.meaning:
            return ()
        if not self.new.has_type(type_code):
            return tuple(Reason("", c) for c in self._touching(type_code, held) if not c.field)
        if near_miss is not None:
            return tuple(self._of_near_miss(type_code, held, near_miss))
        event = _Event(self, type_code, held)
        found = [
            Reason(change.field, change)
            for change in self._touching(type_code, held)
            if event.is_concerned(change)
        ]
        told = {reason.field for reason in found}
        if not self._may_break(type_code):
            return tuple(dict.fromkeys(found))
        for problem in self._new_problems(type_code, held, evidence, whole_document, states):
            if problem.field not in told:
                found.append(Reason(problem.field, None, problem.message))
        return tuple(dict.fromkeys(found))

    def _may_break(self, type_code: str) -> bool:
        """Can any change make an event of this type invalid or incomplete? New words alone cannot."""
        return any(
            type_code in change.types and change.path.rsplit(".", 1)[-1] not in _ONLY_WORDS
            for change in self.differences.meaning
        )

    def _touching(self, type_code: str, held: Mapping[str, Any]) -> Iterable[Change]:
        return self.differences.touching(type_code, held)

    def _of_near_miss(
        self, type_code: str, held: Mapping[str, Any], reason: str
    ) -> Iterable[Reason]:
        for change in self.differences.meaning:
            if change.path.startswith("near_misses["):
                if change.action != "added" and str(change.code) == reason:
                    yield Reason("", change)
            elif (
                not change.field
                and change.touches(type_code, held)
                and change.path.rsplit(".", 1)[-1] in (*_WHAT_COUNTS, "unit_of_observation")
            ):
                yield Reason("", change)

    def _new_problems(
        self,
        type_code: str,
        held: Mapping[str, Any],
        evidence: Mapping[str, int],
        whole_document: Mapping[str, str],
        states: values.States | None,
    ) -> Iterable[checking.EventProblem]:
        """What the new version finds wrong that the old one did not: nothing slips through untold."""

        def problems(book: Codebook) -> tuple[checking.EventProblem, ...]:
            if not book.has_type(type_code):
                return ()
            names = {field.name for field in book.fields_of(type_code)}
            return checking.check_event(
                book,
                type_code,
                {name: value for name, value in held.items() if name in names},
                {name: n for name, n in evidence.items() if name in names},
                {name: why for name, why in whole_document.items() if name in names},
                states=states,
            )

        before = {(problem.field, problem.severity) for problem in problems(self.old)}
        return (p for p in problems(self.new) if (p.field, p.severity) not in before)


class _Event:
    """What both versions show and demand of one event, asked once for all changes."""

    def __init__(self, revision: Revision, type_code: str, held: Mapping[str, Any]) -> None:
        self.held = held
        self.before = frozenset(checking.shown_fields(revision.old, type_code, held))
        self.after = frozenset(checking.shown_fields(revision.new, type_code, held))

    def is_concerned(self, change: Change) -> bool:
        what = change.path.rsplit(".", 1)[-1]
        if what in _READ_BY_PROGRAMS:
            return False
        if what in ("required", "required_if", *_SEEN_IN_THE_VALUE) or what == "rules":
            return False  # told, where it bears on the event, as a problem of the new version
        if what in ("visible_if", "skip_for"):
            return (change.field in self.before) is not (change.field in self.after)
        if change.field and change.action == "removed" and change.code is None:
            return change.field in self.before
        if change.field and change.action == "added" and change.code is None:
            return change.field in self.after
        if what in ("kind", "unit"):
            return change.field in self.held and change.field in self.after
        return not change.field or change.field in self.after
