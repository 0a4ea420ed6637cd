"""Concord JSON Lines: one line per coder and document, with all that a coding is made of.

The same lines may be written by hand: then ids, text, round and codebook are left out.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from coding.exchange.codings import Coding, Event, Passage

VERSION = 1
FILENAME = "codings.jsonl"

LOSSES: tuple[str, ...] = (
    "The history of edits, working time, questions and second looks stay here: a coding travels as it stands.",
    "Values left over from an earlier type of an event, which its coder no longer sees, are not written.",
)


def held(coding: Coding) -> Coding:
    return coding


def write(codings: Iterable[Coding]) -> dict[str, bytes]:
    lines = (json.dumps(line_of(coding), ensure_ascii=False) for coding in codings)
    return {FILENAME: "".join(f"{line}\n" for line in lines).encode()}


def line_of(coding: Coding) -> dict[str, Any]:
    line: dict[str, Any] = {
        "concord": VERSION,
        "document": coding.document,
        "text": _mark(coding),
        "round": coding.round,
        "codebook": coding.codebook,
        "coder": coding.coder,
        "sitting": coding.sitting if coding.sitting > 1 else None,
        "handed_in": None if coding.handed_in else False,
        "outcome": coding.outcome,
        "outcome_reason": coding.outcome_reason,
        "events": [
            _event(event, n) for n, event in enumerate(coding.events, 1) if event.near_miss is None
        ],
        "near_misses": [
            {**_event(event, n), "reason": event.near_miss}
            for n, event in enumerate(coding.events, 1)
            if event.near_miss is not None
        ],
    }
    needed = {"document", "coder", "outcome"}
    return {
        name: value
        for name, value in line.items()
        if name in needed or value not in (None, "", [], {})
    }


def _mark(coding: Coding) -> dict[str, Any] | None:
    if coding.text_mark is None and not coding.text:
        return None
    sha256, length = coding.text_mark or (fingerprint(coding.text), len(coding.text))
    return {"sha256": sha256, "length": length}


def _event(event: Event, position: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "uid": event.id,
        "id": event.own_id,
        "position": position,
        "type": event.type,
        "values": dict(event.values),
        "evidence": {name: [_span(one) for one in spans] for name, spans in event.evidence.items()},
        "whole_document": dict(event.whole_document),
    }
    return {name: value for name, value in told.items() if value not in ("", {})}


def _span(passage: Passage) -> list[Any]:
    place: list[Any] = [passage.start, passage.end]
    return [*place, passage.id] if passage.id else place


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def coding_of(line: Mapping[str, Any]) -> Coding:
    """The coding a whole line tells of; the text itself is not in it."""
    told = [
        *((event, None) for event in line.get("events", [])),
        *((event, str(event["reason"])) for event in line.get("near_misses", [])),
    ]
    told.sort(key=lambda pair: pair[0].get("position", 0))
    return Coding(
        document=line["document"],
        coder=line["coder"],
        events=tuple(
            Event(
                event.get("uid", ""),
                event["type"],
                event.get("values", {}),
                {
                    name: tuple(Passage(*span) for span in spans)
                    for name, spans in event.get("evidence", {}).items()
                },
                event.get("whole_document", {}),
                near_miss,
                event.get("id", ""),
            )
            for event, near_miss in told
        ),
        outcome=line.get("outcome", ""),
        outcome_reason=line.get("outcome_reason", ""),
        round=line.get("round", ""),
        codebook=line.get("codebook", ""),
        sitting=line.get("sitting", 1),
        handed_in=line.get("handed_in", True),
    )
