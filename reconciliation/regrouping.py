"""Which events are the same one, as a person decides it: verbs, and what of their decisions stands.

Merging, splitting and moving are appended as decisions and hold in every later run; the program fills only what
nobody decided. The document is aligned anew at once, and what was settled in its groups is kept or asks again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from django.db import transaction
from django.utils import timezone

from projects import ledger
from projects.access import Pass
from projects.refusals import Invalid, NotAllowed, WrongState
from reconciliation import inputs
from reconciliation.docket import OWN_CODING, changed_since, coded_it, joint_stamp
from reconciliation.inputs import StudiedDocument, Study
from reconciliation.models import Group, Member, Regrouping

Kind = Regrouping.Kind


@dataclass(frozen=True)
class Fixed:
    """What stands of the decisions about one document, by the heart's keys of its events."""

    together: tuple[tuple[str, ...], ...]
    apart: tuple[tuple[str, str], ...]


@dataclass
class _Standing:
    """Decisions about a document taken in their order; a later one about the same events counts instead."""

    sets: list[set[str]] = field(default_factory=list)
    pairs: set[frozenset[str]] = field(default_factory=set)
    # When an event was last spoken of: of two events of one coder in a set, the later spoken of stays.
    spoken: dict[str, int] = field(default_factory=dict)

    def take(self, n: int, made: Regrouping) -> None:
        released = set(made.released)
        self.sets = [one - released for one in self.sets]
        self.pairs = {pair for pair in self.pairs if not pair & released}
        for pair in map(frozenset, made.apart):
            self.pairs.add(pair)
            self.sets = [one - pair if pair <= one else one for one in self.sets]
        for bound in map(set, made.together):
            if len(bound) > 1:
                touching = [one for one in self.sets if one & bound]
                self.sets = [one for one in self.sets if not one & bound]
                self.sets.append(bound.union(*touching))
                self.pairs = {pair for pair in self.pairs if not pair <= self.sets[-1]}
        for event in {event for bound in made.together for event in bound}:
            self.spoken[event] = n

    def fixed(self, document: StudiedDocument) -> Fixed:
        known = {event.uid: event for event in document.events}
        together = []
        for one in self.sets:
            by_coder: dict[str, str] = {}
            for uid in sorted(one & known.keys(), key=lambda uid: (self.spoken[uid], uid)):
                by_coder[known[uid].label] = known[uid].key
            if len(by_coder) > 1:
                together.append(tuple(sorted(by_coder.values())))
        apart = {
            (min(keys), max(keys))
            for pair in self.pairs
            if pair <= known.keys() and (keys := [known[uid].key for uid in pair])
        }
        return Fixed(tuple(sorted(together)), tuple(sorted(apart)))


def standing(study: Study) -> dict[int, Fixed]:
    """What stands of people's decisions, for each document of the study that has any."""
    rows = Regrouping.objects.filter(
        round=study.round, document__in=[document.pk for document in study.documents]
    ).order_by("id")
    taken: dict[int, _Standing] = {}
    for n, made in enumerate(rows):
        taken.setdefault(made.document_id, _Standing()).take(n, made)
    return {
        document.pk: taken[document.pk].fixed(document)
        for document in study.documents
        if document.pk in taken
    }


def merge(groups: Sequence[Group], *, by: Pass, reason: str, seen: str = "") -> Group:
    """Say that these groups are one event. Refused where a coder has an event in two of them."""
    with transaction.atomic():
        held = _Held.of(groups, by, reason, seen)
        if len(held.groups) < 2:
            raise Invalid("Choose at least two events to merge.")
        members = [member for group in held.groups for member in held.members[group.pk]]
        _one_each(members)
        return held.decide(Kind.MERGE, together=[members])


def split(group: Group, labels: Iterable[str], *, by: Pass, reason: str, seen: str = "") -> Group:
    """Say that these coders' events are not the event of the others in the group."""
    with transaction.atomic():
        held = _Held.of([group], by, reason, seen)
        away, rest = held.parted(group, labels)
        if not away or not rest:
            raise Invalid("Choose some of the coders of this event, not none and not all.")
        return held.decide(Kind.SPLIT, together=[rest, away], apart=(away, rest), about=away)


def move(group: Group, label: str, to: Group, *, by: Pass, reason: str, seen: str = "") -> Group:
    """Say that a coder's event belongs to another group of the document."""
    with transaction.atomic():
        held = _Held.of([group, to], by, reason, seen)
        if len(held.groups) < 2:
            raise Invalid("Choose another event to move it to.")
        away, rest = held.parted(group, [label])
        if not away:
            raise Invalid(f"{label} has no event in this group.")
        there = held.members[to.pk]
        _one_each([*away, *there])
        return held.decide(
            Kind.MOVE,
            together=[rest, [*there, *away]],
            apart=(away, rest),
            about=away,
        )


def release(group: Group, *, by: Pass, reason: str, seen: str = "") -> Group:
    """Leave it to the program again what belongs together with the events of this group."""
    with transaction.atomic():
        held = _Held.of([group], by, reason, seen)
        return held.decide(Kind.RELEASE, released=held.members[group.pk])


@dataclass(frozen=True)
class _Held:
    """Groups of one document, held by the verb's transaction, and who decides about them why."""

    groups: list[Group]
    members: Mapping[int, list[Member]]
    by: Pass
    reason: str
    own_coding: bool

    @classmethod
    def of(cls, groups: Sequence[Group], by: Pass, reason: str, seen: str) -> "_Held":
        """`seen` is the stamp of the first group on the page acted from; Stale when it is another now."""
        by.require("reconciliation.decide")
        if not reason.strip():
            raise Invalid("Please say why.")
        held = list(
            Group.objects.select_for_update(of=("self",))
            .select_related("round__project", "round__codebook", "document")
            .filter(pk__in={group.pk for group in groups})
            .order_by("position")
        )
        if seen and seen != joint_stamp(groups[0].positions.all()):
            raise changed_since()
        if any(group.retired_at is not None for group in held):
            raise WrongState("These events were aligned anew; load the document again.")
        if len({(group.round_id, group.document_id) for group in held}) != 1:
            raise Invalid("Only events of one document and one round can be grouped.")
        own = coded_it(held[0], by)
        if own and not by.project.own_adjudication_allowed:
            raise NotAllowed(OWN_CODING)
        members: dict[int, list[Member]] = {group.pk: [] for group in held}
        rows = Member.objects.filter(group__in=held).select_related("event")
        for member in rows.order_by("label"):
            members[member.group_id].append(member)
        return cls(held, members, by, reason.strip(), own)

    def parted(self, group: Group, labels: Iterable[str]) -> tuple[list[Member], list[Member]]:
        wanted = set(labels)
        away = [one for one in self.members[group.pk] if one.label in wanted]
        return away, [one for one in self.members[group.pk] if one.label not in wanted]

    def decide(
        self,
        kind: Regrouping.Kind,
        *,
        together: Sequence[Sequence[Member]] = (),
        apart: tuple[Sequence[Member], Sequence[Member]] = ((), ()),
        released: Sequence[Member] = (),
        about: Sequence[Member] = (),
    ) -> Group:
        """Append the decision, align the document anew; the group that then holds what it was about."""
        from reconciliation import aligning  # scipy is slow to load, and few requests need it

        first = self.groups[0]
        told: dict[str, Any] = {
            "together": [[_uid(member) for member in bound] for bound in together],
            "apart": [[_uid(one), _uid(other)] for one in apart[0] for other in apart[1]],
            "released": [_uid(member) for member in released],
        }
        Regrouping.objects.create(
            round=first.round,
            document=first.document,
            kind=kind,
            reason=self.reason,
            by=self.by.user,
            by_label=self.by.label,
            own_coding=self.own_coding,
            at=timezone.now(),
            **told,
        )
        ledger.record(
            first.round.project,
            "group.regroup",
            first,
            by=self.by.user,
            difference={"kind": str(kind), **{name: ids for name, ids in told.items() if ids}},
        )
        aligning.align(inputs.study(first.round, document=first.document_id), by=self.by.user)
        speaking = about or self.members[first.pk]
        return Group.objects.get(members__event=speaking[0].event_id)


def _uid(member: Member) -> str:
    return str(member.event.uid)


def _one_each(members: Sequence[Member]) -> None:
    for one, other in combinations(members, 2):
        if one.label == other.label:
            raise Invalid(
                f"{one.label} has an event in both, and one coder does not code one event twice. "
                "Split that event off first, or decide that it is none."
            )
