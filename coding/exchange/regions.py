"""Marked runs of a text with a label, as annotation tools have them, gathered into events.

Runs that name the same event belong together; one that names none is an event of its own. Nothing is guessed
from neighbourhood. A label that names no type of ours is looked up in what a person said of it.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from coding.exchange.codings import Coding, Event, Options, Passage, Unreadable
from coding.exchange.wording import Label, read_label

_NUMBERED = re.compile(r"e(\d+)")


class _Nothing:
    """Not even a blank: the run carries no value."""


NOTHING = _Nothing()


@dataclass(frozen=True)
class Region:
    """`event` is what the file calls the event, empty where it does not say. Without a passage only a value is told."""

    label: str
    passage: Passage | None = None
    event: str = ""
    value: Any = NOTHING
    whole_document: str = ""


def gathered(regions: Iterable[Region], options: Options) -> tuple[Event, ...]:
    """The events these runs tell of, in the order of their names or of their first run. Raises Unreadable."""
    held: dict[str, list[tuple[Label, Region]]] = {}
    for n, region in enumerate(regions):
        label = _label(region.label, options)
        if label is not None:
            held.setdefault(region.event or f" {n}", []).append((label, region))
    names = list(held)
    numbers = [_NUMBERED.fullmatch(name) for name in names]
    if all(numbers):
        names.sort(key=lambda name: int(name[1:]))
    taken = {name for name in names if not name.startswith(" ")}
    fresh = (f"e{n}" for n in range(1, len(names) + len(taken) + 1) if f"e{n}" not in taken)
    return tuple(
        _event(next(fresh) if name.startswith(" ") else name, held[name]) for name in names
    )


def _label(written: str, options: Options) -> Label | None:
    if written in options.labels:
        meant = options.labels[written]
        label = read_label(meant)
    else:
        meant, label = written, _own_label(written, options)
    if not meant and written in options.labels:
        return None
    if label is None:
        raise Unreadable(f"The label “{written}” names no event type; say which one it stands for.")
    return label


def _event(name: str, runs: Sequence[tuple[Label, Region]]) -> Event:
    types = sorted({label.type for label, _ in runs})
    if len(types) > 1:
        raise Unreadable(
            f"The passages of one event ({name}) carry labels of several types: {', '.join(types)}."
        )
    reasons = {label.near_miss for label, _ in runs}
    if len(reasons) > 1:
        raise Unreadable(f"The passages of {name} disagree whether it is a near miss.")
    evidence: dict[str, set[Passage]] = {}
    values: dict[str, Any] = {}
    whole: dict[str, str] = {}
    for label, region in runs:
        if region.passage is not None:
            evidence.setdefault(label.field, set()).add(region.passage)
        if region.value is not NOTHING and label.field:
            if label.field in values and values[label.field] != region.value:
                raise Unreadable(f"{name} has two values for {label.field}.")
            values[label.field] = region.value
        if region.whole_document:
            whole[label.field] = region.whole_document
    return Event(
        name,
        types[0],
        values,
        {field: tuple(sorted(spans, key=_place)) for field, spans in evidence.items()},
        whole,
        near_miss=reasons.pop(),
    )


def _place(passage: Passage) -> tuple[int, int, str]:
    return passage.start, passage.end, passage.quote


def _own_label(written: str, options: Options) -> Label | None:
    label = read_label(written)
    return label if label and (not options.types or label.type in options.types) else None


def strange_labels(regions: Iterable[Region], options: Options) -> Counter[str]:
    """The labels that name no type by themselves."""
    return Counter(one.label for one in regions if _own_label(one.label, options) is None)


def joined(names: Iterable[Hashable], pairs: Iterable[tuple[Hashable, Hashable]]) -> dict[Any, str]:
    """A common name for everything that pairs tie together, one of its own for what is tied to nothing."""
    root: dict[Hashable, Hashable] = {name: name for name in names}

    def top(name: Hashable) -> Hashable:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for one, other in pairs:
        if one in root and other in root:
            root[top(other)] = top(one)
    called: dict[Hashable, str] = {}
    for name in root:
        called.setdefault(top(name), f"e{len(called) + 1}")
    return {name: called[top(name)] for name in root}


def only_marked(coding: Coding, *, with_values: bool) -> Coding:
    """What is left of a coding where only marked runs can be told: fields without a passage go, and so do their events."""
    events = []
    for event in coding.events:
        evidence = {name: spans for name, spans in event.evidence.items() if spans}
        values = {name: value for name, value in event.values.items() if name in evidence}
        if evidence:
            events.append(
                replace(
                    event,
                    values=values if with_values else {},
                    evidence=evidence,
                    whole_document={},
                    own_id="",
                    links=event.links & set(values) if with_values else frozenset(),
                )
            )
    return replace(
        coding,
        events=tuple(events),
        outcome="",
        outcome_reason="",
        codebook="",
        sitting=1,
        handed_in=True,
    )
