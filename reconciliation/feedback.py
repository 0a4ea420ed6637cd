"""What a coder learns of their own coding: beside the gold answer in training, beside the resolved version after a reveal.

Before that there is nothing to ask here. Never writes; whose work may be seen is coding/access.py's rule.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coding import queries as coding
from coding import schema, wording
from coding.access import blinding_work, visible_assignments
from coding.models import Assignment, Event, Round
from projects.access import Pass
from reconciliation import inputs, positions, references
from reconciliation.models import Decision, Member, ResolvedEvent

NOT_GIVEN = "left empty"


@dataclass(frozen=True)
class Side:
    """One field of an event as the coder has it and as it should be."""

    label: str
    own: str
    other: str
    is_same: bool
    reason: str = ""


@dataclass(frozen=True)
class Compared:
    """An event both have, one that the coder missed, or one that only the coder has."""

    found: str  # both, missed, extra
    type: str
    title: str
    sides: Sequence[Side]
    reason: str = ""

    @property
    def same(self) -> int:
        return sum(side.is_same for side in self.sides)


@dataclass(frozen=True)
class Feedback:
    beside: str  # gold, resolved
    own_outcome: str
    other_outcome: str
    events: Sequence[Compared]

    def count(self, found: str) -> int:
        return sum(event.found == found for event in self.events)

    @property
    def both(self) -> int:
        return self.count("both")

    @property
    def missed(self) -> int:
        return self.count("missed")

    @property
    def extra(self) -> int:
        return self.count("extra")

    @property
    def fields(self) -> int:
        return sum(len(event.sides) for event in self.events if event.found == "both")

    @property
    def same(self) -> int:
        return sum(event.same for event in self.events if event.found == "both")


def of(holder: Pass, own: Assignment) -> Feedback | None:
    """Feedback on a piece of one's own work, or None while there is nothing that may be told."""
    if own.state != Assignment.State.SUBMITTED or own.is_gold:
        return None
    if own.round.kind == Round.Kind.TRAINING:
        gold = (
            visible_assignments(holder)
            .filter(round=own.round_id, document=own.document_id, is_gold=True)
            .exclude(pk=own.pk)
            .filter(state=Assignment.State.SUBMITTED)
            .select_related("round__codebook", "document", "coder")
            .first()
        )
        return _beside_gold(own, gold) if gold else None
    if own.round.state != Round.State.REVEALED or _is_blind(holder, own):
        return None
    return _beside_resolved(own)


def _is_blind(holder: Pass, own: Assignment) -> bool:
    return blinding_work(holder).filter(document=own.document_id).exists()


# --- training


def _beside_gold(own: Assignment, gold: Assignment) -> Feedback:
    from reconciliation.agreement import alignment  # scipy is slow to load

    codebook = own.round.codebook.parsed
    (document,) = inputs.study(own.round, document=own.document_id).documents
    of: dict[str, list[inputs.StudiedEvent]] = {
        label: [] for label in (own.coder.label, gold.coder.label)
    }
    for one in document.events:
        if one.coded.coder in of:
            of[one.coded.coder].append(one)
    mine, theirs = of[own.coder.label], of[gold.coder.label]
    result = alignment.align([one.coded for one in (*mine, *theirs)], inputs.rule_of(codebook))
    by_key = {one.key: one for one in (*mine, *theirs)}
    partner = {
        key: by_key[other]
        for keys in result.groups
        for key in keys
        for other in keys
        if other != key
    }
    events = []
    for right in theirs:
        found = partner.get(right.key)
        if found is None:
            events.append(_alone("missed", right.coded.type, right.values))
        else:
            sides = _sides(codebook, found.coded.type, found.values, right.coded.type, right.values)
            events.append(Compared("both", right.coded.type, _title(right.values), sides))
    events += [
        _alone("extra", one.coded.type, one.values) for one in mine if one.key not in partner
    ]
    return Feedback("gold", own.get_outcome_display(), gold.get_outcome_display(), events)


# --- after the reveal


def _beside_resolved(own: Assignment) -> Feedback | None:
    codebook = own.round.codebook.parsed
    resolved = list(
        ResolvedEvent.objects.filter(
            group__round=own.round_id,
            group__document=own.document_id,
            group__retired_at=None,
            reopened_at=None,
        ).select_related("group")
    )
    if not resolved:
        return None
    groups = [one.group_id for one in resolved]
    mine = {
        one.group_id: one.event
        for one in Member.objects.filter(group__in=groups, event__assignment=own).select_related(
            "event"
        )
    }
    reasons = _reasons(groups)
    events = []
    for one in resolved:
        event, told = mine.get(one.group_id), reasons[one.group_id]
        why = told.get(positions.EXISTENCE, "")
        if not one.is_event:
            if event is not None:
                events.append(_alone("extra", event.type, event.values, why))
        elif event is None:
            events.append(_alone("missed", one.type, one.values, why))
        else:
            sides = _sides(
                codebook, event.type, _shown(codebook, event), one.type, one.values, told
            )
            events.append(Compared("both", one.type, _title(one.values), sides))
    has_events = any(one.is_event for one in resolved)
    return Feedback(
        "resolved", own.get_outcome_display(), "events" if has_events else "no event", events
    )


def _reasons(groups: Sequence[int]) -> dict[int, dict[str, str]]:
    """Why each position was settled as it was: the newest decision's words."""
    told: dict[int, dict[str, str]] = defaultdict(dict)
    for decision in Decision.objects.filter(group__in=groups).order_by("id"):
        told[decision.group_id][decision.field] = decision.reason
    return told


# --- comparing


def _sides(
    codebook: schema.Codebook,
    own_type: str,
    own: Mapping[str, Any],
    other_type: str,
    other: Mapping[str, Any],
    reasons: Mapping[str, str] | None = None,
) -> list[Side]:
    """The type, then every field that either has: references and coders' own remarks are not compared."""
    reasons = reasons or {}
    sides = [
        Side(
            "Event type",
            str(codebook.type(own_type).label),
            str(codebook.type(other_type).label),
            own_type == other_type,
            reasons.get(positions.TYPE, ""),
        )
    ]
    for field in positions.fields_for([other_type], codebook):
        if field.kind in references.KINDS:
            continue
        mine, right = own.get(field.name), other.get(field.name)
        if mine is None and right is None:
            continue
        sides.append(
            Side(
                str(field.label),
                NOT_GIVEN if mine is None else wording.value(field, mine),
                NOT_GIVEN if right is None else wording.value(field, right),
                mine == right,
                reasons.get(field.name, ""),
            )
        )
    return sides


def _alone(found: str, type_code: str, values: Mapping[str, Any], reason: str = "") -> Compared:
    return Compared(found, type_code, _title(values), (), reason)


def _shown(codebook: schema.Codebook, event: Event) -> dict[str, Any]:
    return dict(schema.shown_values(codebook, event.type, event.values))


def _title(values: Mapping[str, Any]) -> str:
    return str(values.get("title") or "")


# --- all one's work together


@dataclass(frozen=True)
class FieldTally:
    label: str
    compared: int
    same: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.same / self.compared) if self.compared else None


@dataclass(frozen=True)
class RoundTally:
    """One's own coding of a revealed round against what it was resolved to."""

    round: Round
    documents: Sequence[Assignment]
    both: int
    missed: int
    extra: int
    fields: Sequence[FieldTally]

    @property
    def compared(self) -> int:
        return sum(field.compared for field in self.fields)

    @property
    def same(self) -> int:
        return sum(field.same for field in self.fields)


def own_agreement(holder: Pass) -> list[RoundTally]:
    """Round by round, the newest first; rounds not revealed are not there, whatever was resolved in them."""
    blind = blinding_work(holder).values("document")
    done = (
        coding.own_work(holder)
        .filter(
            state=Assignment.State.SUBMITTED,
            sitting=1,
            round__state=Round.State.REVEALED,
            round__kind=Round.Kind.PRODUCTION,
        )
        .exclude(document__in=blind)
        .select_related("round__codebook", "document")
    )
    by_round: dict[int, list[Assignment]] = defaultdict(list)
    for one in done:
        by_round[one.round_id].append(one)
    return [_tally(work) for _, work in sorted(by_round.items(), reverse=True)]


def _tally(work: Sequence[Assignment]) -> RoundTally:
    of_round = work[0].round
    codebook = of_round.codebook.parsed
    resolved = ResolvedEvent.objects.filter(
        group__round=of_round,
        group__document__in=[one.document_id for one in work],
        group__retired_at=None,
        reopened_at=None,
    ).select_related("group")
    mine = {
        one.group_id: one.event
        for one in Member.objects.filter(
            group__round=of_round, event__assignment__in=list(work)
        ).select_related("event")
    }
    both = missed = extra = 0
    counts: dict[str, list[int]] = {}
    told: set[int] = set()
    for one in resolved:
        event = mine.get(one.group_id)
        told.add(one.group.document_id)
        both += one.is_event and event is not None
        missed += one.is_event and event is None
        extra += not one.is_event and event is not None
        if one.is_event and event is not None:
            shown = _shown(codebook, event)
            for side in _sides(codebook, event.type, shown, one.type, one.values):
                count = counts.setdefault(side.label, [0, 0])
                count[0] += 1
                count[1] += side.is_same
    return RoundTally(
        of_round,
        [one for one in work if one.document_id in told],
        both,
        missed,
        extra,
        [FieldTally(label, *count) for label, count in counts.items()],
    )
