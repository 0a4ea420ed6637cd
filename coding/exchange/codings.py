"""The one value between Concord and every other format: a coder's reading of one document, with its text.

Offsets are code points of `text`, end-exclusive. What a format can hold of it is said by the format's `held`;
rows, rights and the codebook are left to others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any


class Unreadable(ValueError):
    """Plain words on why a file, or one coding in it, is not of the format."""


@dataclass(frozen=True)
class Passage:
    """[start, end) of the text; -1 where a file only quotes the words. `id` tells passages of one place apart.

    `quote`, `before` and `after` are the words as a file has them: what the place is checked against.
    """

    start: int
    end: int
    id: str = ""
    quote: str = field(default="", compare=False)
    before: str = field(default="", compare=False)
    after: str = field(default="", compare=False)


@dataclass(frozen=True)
class Event:
    """What was found, or with `near_miss` (a reason) left out on purpose.

    `links` names the fields whose values are ids of other events, of this coding or of another one.
    Evidence under the empty name proves the event and says of no field.
    """

    id: str
    type: str
    values: Mapping[str, Any] = field(default_factory=dict)
    evidence: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    whole_document: Mapping[str, str] = field(default_factory=dict)
    near_miss: str | None = None
    own_id: str = ""
    links: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Coding:
    document: str
    coder: str
    events: tuple[Event, ...] = ()
    outcome: str = ""
    outcome_reason: str = ""
    text: str = ""
    round: str = ""
    codebook: str = ""
    sitting: int = 1
    handed_in: bool = True
    # Checksum and length of the text, where only they are wanted and the text itself is left out.
    text_mark: tuple[str, int] | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Fault:
    """Something that is no coding: where it stands in the file, and why."""

    place: str
    reason: str


@dataclass(frozen=True)
class Found:
    """A coding in a file, and where it stands there."""

    place: str
    coding: Coding


@dataclass(frozen=True)
class Options:
    """What a person says of a file that it does not say itself.

    `labels`: label of the other tool -> one of ours, or nothing to leave it out. `unit`: what its offsets count.
    `types`: the event types there are; without any, whatever looks like one is one.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    unit: str = "utf-16"
    types: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reading:
    """A file as it was understood. `labels`: those that name no event type by themselves, with how often."""

    items: tuple[Found | Fault, ...]
    labels: Mapping[str, int] = field(default_factory=dict)

    @property
    def codings(self) -> list[Coding]:
        return [item.coding for item in self.items if isinstance(item, Found)]


Files = Mapping[str, bytes]  # by name


@dataclass(frozen=True)
class Counts:
    """How much there is of everything a coding is made of."""

    codings: int = 0
    outcomes: int = 0
    events: int = 0
    near_misses: int = 0
    values: int = 0
    passages: int = 0
    whole_document: int = 0
    links: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    def as_dict(self) -> dict[str, int]:
        return {one.name: getattr(self, one.name) for one in fields(self)}


NAMES = {
    "codings": "codings",
    "outcomes": "outcomes of the reading",
    "events": "events",
    "near_misses": "near misses",
    "values": "coded values",
    "passages": "passages tied to fields",
    "whole_document": "fields that rest on the whole document",
    "links": "links between events",
}


def counted(codings: Iterable[Coding]) -> Counts:
    total = Counts()
    for coding in codings:
        total += _counts(coding)
    return total


def _counts(coding: Coding) -> Counts:
    found = [event for event in coding.events if event.near_miss is None]
    linked = sum(len(ids(event.values[name])) for event in coding.events for name in event.links)
    return Counts(
        codings=1,
        outcomes=bool(coding.outcome),
        events=len(found),
        near_misses=len(coding.events) - len(found),
        values=sum(len(event.values) for event in coding.events),
        passages=sum(len(spans) for event in coding.events for spans in event.evidence.values()),
        whole_document=sum(len(event.whole_document) for event in coding.events),
        links=linked,
    )


def ids(value: Any) -> list[str]:
    """The events a link field names; a missing code names none."""
    given = value if isinstance(value, list) else [value]
    return [str(one) for one in given if not (isinstance(one, str) and one in ("-9", "-8", "-7"))]


def numbered(coding: Coding) -> Coding:
    """The same with events called e1, e2, ... and passages without ids.

    Links within the coding go along; a link to an event of another document cannot, and is left out.
    """
    short = {event.id: f"e{n}" for n, event in enumerate(coding.events, start=1)}
    return replace(coding, events=tuple(_renamed(event, short) for event in coding.events))


def _renamed(event: Event, short: Mapping[str, str]) -> Event:
    values, links = dict(event.values), set(event.links)
    for name in event.links:
        named = ids(values[name])
        if not named:
            continue
        kept = [short[one] for one in named if one in short]
        if kept:
            values[name] = kept if isinstance(values[name], list) else kept[0]
        else:
            del values[name]
            links.discard(name)
    evidence = {
        name: tuple(sorted({Passage(one.start, one.end) for one in spans}, key=_place))
        for name, spans in event.evidence.items()
        if spans
    }
    return replace(
        event, id=short[event.id], values=values, evidence=evidence, links=frozenset(links)
    )


def _place(passage: Passage) -> tuple[int, int]:
    return passage.start, passage.end


def by_field(event: Event) -> list[str]:
    """Every field something is said of, in the order in which it is."""
    return list(dict.fromkeys([*event.values, *event.evidence, *event.whole_document]))
