"""Reads the demo project's own files and says what they hold: documents, codings, decisions.

Pure: it knows neither Django nor a reader. Whoever loads the demo reads the documents first and hands over their
texts; quotes become offsets against exactly those texts. What a value may be is coding.schema's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
DOCUMENTS = HERE / "documents"
ALLIANCES = HERE / "alliances.csv"
CODERS = ("C1", "C2", "C3")

Value = int | float | str | list[int | str] | dict[str, Any]


class ContentInvalid(ValueError):
    """A file of the demo contradicts itself or a text; the message says where."""


@dataclass(frozen=True)
class Entry:
    """One document to import. `source` is the text a PDF was set from; it is not imported."""

    id: str
    file: str
    kind: str
    title: str
    date: str
    outlet: str
    address: str
    source: str | None = None

    @property
    def path(self) -> Path:
        return DOCUMENTS / self.file


@dataclass(frozen=True)
class Quote:
    """Words of a document; `nth` counts their occurrences from 1."""

    text: str
    nth: int = 1


@dataclass(frozen=True)
class Event:
    id: str
    type: str
    values: Mapping[str, Value]
    evidence: Mapping[str, tuple[Quote, ...]]
    whole_document: Mapping[str, str]
    reason: str | None = None  # of a near miss only


@dataclass(frozen=True)
class Coding:
    """What one coder made of one document."""

    document: str
    coder: str
    outcome: str
    events: tuple[Event, ...]
    near_misses: tuple[Event, ...]
    outcome_reason: str | None = None  # why it could not be coded


@dataclass(frozen=True)
class Decision:
    """What was decided about the group that holds event `about` ("C1:e2").

    `take` names the coder whose value stands in `field` ("*": in all that is still open), `value` is the adjudicator's
    own, and `keep`, without a field, says whether the event is one.
    """

    document: str
    about: str
    reason: str
    field: str | None = None
    take: str | None = None
    value: Value | None = None
    keep: int | None = None
    error_kind: str = ""
    codebook_needs_work: bool = False

    def line(self) -> dict[str, Any]:
        """As `adjudicate --decisions` takes it."""
        given = {name: value for name, value in asdict(self).items() if value is not None}
        return {name: value for name, value in given.items() if name in ("keep", "value") or value}


@dataclass(frozen=True)
class Incident:
    """Documents whose settled events of one type report one and the same incident."""

    documents: tuple[str, ...]
    type: str
    reason: str


def documents() -> tuple[Entry, ...]:
    return tuple(Entry(**row) for row in _read("documents.yaml")["documents"])


def codings() -> tuple[Coding, ...]:
    """In the order of the file, with every `like` written out."""
    made: list[Coding] = []
    known: dict[str, dict[str, Event]] = {}
    for row in _read("codings.yaml")["codings"]:
        where = f"{row['document']}, {row['coder']}"
        of_document = known.setdefault(row["document"], {})
        events = []
        for given in row["events"]:
            event = _event(given, of_document, where)
            of_document[f"{row['coder']}:{event.id}"] = event
            events.append(event)
        near = [_event(given, of_document, where) for given in row.get("near_misses", ())]
        made.append(
            Coding(
                row["document"],
                row["coder"],
                row["outcome"],
                tuple(events),
                tuple(near),
                row.get("outcome_reason"),
            )
        )
    return tuple(made)


def coders_of(made: Iterable[Coding], document: str) -> tuple[str, ...]:
    """The coders a round has to assign to one document."""
    return tuple(coding.coder for coding in made if coding.document == document)


def decisions() -> tuple[Decision, ...]:
    return tuple(Decision(**row) for row in _read("decisions.yaml")["decisions"])


def incidents() -> tuple[Incident, ...]:
    return tuple(
        Incident(tuple(row["documents"]), row["type"], row["reason"])
        for row in _read("incidents.yaml")["incidents"]
    )


def lines(texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """The codings as `import_codings` takes them, one mapping per coder and document.

    `texts` holds the body of each document by external id, as the product read it.
    """
    made = []
    for coding in codings():
        if coding.document not in texts:
            raise ContentInvalid(f"no text was given for document {coding.document}")
        body = texts[coding.document]
        line: dict[str, Any] = {
            "document": coding.document,
            "coder": coding.coder,
            "outcome": coding.outcome,
            "events": [_placed(event, coding, body) for event in coding.events],
        }
        if coding.outcome_reason is not None:
            line["outcome_reason"] = coding.outcome_reason
        if coding.near_misses:
            line["near_misses"] = [_placed(event, coding, body) for event in coding.near_misses]
        made.append(line)
    return made


def place(quote: Quote, body: str) -> tuple[int, int]:
    """Start and end of a quote in a text, in code points, end-exclusive. White space matches any white space."""
    pattern = r"\s+".join(re.escape(word) for word in quote.text.split())
    found = list(re.finditer(pattern, body))
    if len(found) < quote.nth:
        raise ContentInvalid(
            f"found {len(found)} time(s), wanted number {quote.nth}: {quote.text!r}"
        )
    return found[quote.nth - 1].span()


def _placed(event: Event, coding: Coding, body: str) -> dict[str, Any]:
    made: dict[str, Any] = {"id": event.id, "type": event.type}
    if event.reason is not None:
        made["reason"] = event.reason
    evidence = {}
    for name, quotes in event.evidence.items():
        try:
            evidence[name] = [
                list(span) for span in sorted({place(quote, body) for quote in quotes})
            ]
        except ContentInvalid as problem:
            raise ContentInvalid(
                f"{coding.document}, {coding.coder}:{event.id}, {name}: {problem}"
            ) from None
    made["values"] = dict(event.values)
    made["evidence"] = evidence
    made["whole_document"] = dict(event.whole_document)
    return made


@dataclass
class _Draft:
    """An event being put together: evidence for a field replaces its whole-document reason, and the other way round."""

    values: dict[str, Value] = field(default_factory=dict)
    evidence: dict[str, tuple[Quote, ...]] = field(default_factory=dict)
    whole_document: dict[str, str] = field(default_factory=dict)


def _event(given: Mapping[str, Any], known: Mapping[str, Event], where: str) -> Event:
    place_of = f"{where}:{given['id']}"
    draft = _Draft()
    if "like" in given:
        if given["like"] not in known:
            raise ContentInvalid(
                f"{place_of} is like {given['like']}, which is not written before it"
            )
        model = known[given["like"]]
        draft = _Draft(dict(model.values), dict(model.evidence), dict(model.whole_document))
    for name in given.get("without", ()):
        if name not in draft.values:
            raise ContentInvalid(f"{place_of} leaves out {name}, which {given.get('like')} has not")
        del draft.values[name]
        draft.evidence.pop(name, None)
        draft.whole_document.pop(name, None)
    draft.values.update(given.get("values", {}))
    for name, quotes in _by_field(given.get("evidence", {}), place_of).items():
        draft.evidence[name] = tuple(_quote(quote) for quote in quotes)
        draft.whole_document.pop(name, None)
    for name, reason in _by_field(given.get("whole_document", {}), place_of).items():
        draft.whole_document[name] = reason
        draft.evidence.pop(name, None)
    return Event(
        given["id"],
        given["type"],
        draft.values,
        draft.evidence,
        draft.whole_document,
        given.get("reason"),
    )


def _by_field(given: Mapping[str, Any], where: str) -> dict[str, Any]:
    """{"provider, recipient": x} as {"provider": x, "recipient": x}; a field named twice is refused."""
    made: dict[str, Any] = {}
    for names, content in given.items():
        for name in names.split(","):
            if name.strip() in made:
                raise ContentInvalid(f"{where} names {name.strip()} twice")
            made[name.strip()] = content
    return made


def _quote(given: str | Mapping[str, Any]) -> Quote:
    return Quote(given) if isinstance(given, str) else Quote(given["quote"], given["nth"])


def _read(name: str) -> dict[str, Any]:
    # libyaml where it is there: ten times faster.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded: dict[str, Any] = yaml.load((HERE / name).read_text(encoding="utf-8"), loader)  # noqa: S506 - one of the two safe loaders  # nosec B506
    return loaded
