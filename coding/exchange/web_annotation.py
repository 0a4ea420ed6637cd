"""W3C Web Annotations in JSON-LD: an annotation per coding, per event and per field of an event.

Passages are text quote and text position selectors; positions count Unicode code points, as the recommendation
says. What the model has no word for stands under terms of our own, which others may leave unread.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote
from uuid import NAMESPACE_URL, uuid5

from coding.exchange import objects
from coding.exchange.codings import (
    Coding,
    Event,
    Fault,
    Files,
    Found,
    Options,
    Passage,
    Reading,
    Unreadable,
)
from coding.exchange.regions import Region, gathered, strange_labels
from coding.exchange.wording import heard, told

FILENAME = "annotations.jsonld"
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"concord": "urn:concord:terms:"}]
SOURCE = "urn:concord:document:"
_AROUND = 32

LOSSES = (
    "Nothing of a coding; but other tools read only the passages, types and wordings of values. What field a value "
    "belongs to, near misses, outcomes and links stand under terms of Concord's own.",
    "The history of edits, working time and questions stay here. The text itself is quoted, not sent.",
)
HINTS = (
    "Positions count Unicode code points, as the recommendation has it; some readers count UTF-16 units.",
)


def held(coding: Coding) -> Coding:
    return coding


# -- writing


def write(codings: Iterable[Coding]) -> dict[str, bytes]:
    items = [one for n, coding in enumerate(codings, start=1) for one in _annotations(coding, n)]
    page = {"type": "AnnotationPage", "startIndex": 0, "items": items}
    collection = {
        "@context": CONTEXT,
        "id": f"urn:uuid:{uuid5(NAMESPACE_URL, json.dumps(items, sort_keys=True))}",
        "type": "AnnotationCollection",
        "label": "Codings",
        "total": len(items),
        "first": {"id": "#page-1", **page},
    }
    return {FILENAME: json.dumps(collection, ensure_ascii=False, indent=1).encode()}


def _annotations(coding: Coding, n: int) -> Iterator[dict[str, Any]]:
    source = SOURCE + quote(coding.document, safe="")
    key = [coding.round, coding.document, coding.coder, coding.sitting, n]
    own = f"urn:uuid:{uuid5(NAMESPACE_URL, json.dumps(key))}"
    creator = {"type": "Person", "nickname": coding.coder}

    def annotation(uid: str, motivation: str, **more: Any) -> dict[str, Any]:
        base = {"id": uid, "type": "Annotation", "motivation": motivation, "creator": creator}
        return {**base, **{name.replace("__", ":"): value for name, value in more.items()}}

    said = [_body("assessing", coding.outcome)] if coding.outcome else []
    if coding.outcome_reason:
        said.append(_body("commenting", coding.outcome_reason))
    yield annotation(
        own,
        "assessing",
        body=said,
        target=source,
        concord__round=coding.round,
        concord__codebook=coding.codebook,
        concord__sitting=coding.sitting,
        concord__handed_in=coding.handed_in,
    )
    for event in coding.events:
        yield annotation(
            f"{own}#{event.id}",
            "classifying",
            body=[_body("classifying", event.type)],
            target=source,
            concord__coding=own,
            concord__event=event.id,
            concord__own_id=event.own_id,
            concord__links=sorted(event.links),
            **({} if event.near_miss is None else {"concord__near_miss": event.near_miss}),
        )
        for name in dict.fromkeys([*event.values, *event.evidence, *event.whole_document]):
            yield annotation(
                f"{own}#{event.id}/{name}",
                "describing",
                **_field(event, name, coding, source),
                concord__coding=own,
                concord__event=event.id,
                concord__field=name,
            )


def _field(event: Event, name: str, coding: Coding, source: str) -> dict[str, Any]:
    body = [_body("describing", told(event.values[name]))] if name in event.values else []
    if name in event.whole_document:
        body.append(_body("commenting", event.whole_document[name]))
    spans = event.evidence.get(name, ())
    return {
        "body": body,
        "target": [_target(source, coding.text, span) for span in spans] or source,
        **({"concord__whole_document": True} if name in event.whole_document else {}),
    }


def _body(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _target(source: str, text: str, span: Passage) -> dict[str, Any]:
    target: dict[str, Any] = {
        "source": source,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": text[span.start : span.end],
                "prefix": text[max(0, span.start - _AROUND) : span.start],
                "suffix": text[span.end : span.end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }
    return {"id": f"urn:uuid:{span.id}", **target} if span.id else target


# -- reading


def read(files: Files, options: Options) -> Reading:
    items: list[Found | Fault] = []
    labels: Counter[str] = Counter()
    for name, content in files.items():
        found = objects.read(content)
        place = "" if len(files) == 1 else f"{name}, "
        own: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
        others: dict[tuple[str, str], list[tuple[str, Mapping[str, Any]]]] = {}
        for n, one in enumerate(_all(found), start=1):
            there = f"{place}annotation {n}"
            try:
                given = objects.an_object(one, "An annotation")
                if "concord:handed_in" in given or "concord:coding" in given:
                    key = objects.words(given.get("concord:coding", given.get("id")))
                    own.setdefault(key, []).append((there, given))
                else:
                    others.setdefault((_source(given), _creator(given)), []).append((there, given))
            except Unreadable as reason:
                items.append(Fault(there, str(reason)))
        for told_of in own.values():
            items.append(_either(told_of[0][0], lambda one=told_of: _own_coding(one)))
        for (source, creator), told_of in others.items():
            try:
                regions = [region for there, one in told_of for region in _regions(there, one)]
                labels += strange_labels(regions, options)
                coder, sitting = objects.coder_and_sitting(creator)
                coding = Coding(source, coder, gathered(regions, options), sitting=sitting)
                items.append(Found(told_of[0][0], coding))
            except Unreadable as reason:
                items.append(Fault(told_of[0][0], str(reason)))
    return Reading(tuple(items), labels)


def _either(place: str, made: Any) -> Found | Fault:
    try:
        return Found(place, made())
    except Unreadable as reason:
        return Fault(place, str(reason))


def _all(found: Any) -> list[Any]:
    """Every annotation of a list, a page or a collection whose pages stand in it, or of a search answer."""
    if isinstance(found, list):
        return found
    given = objects.an_object(found, "The file")
    if "items" in given or "rows" in given:
        return objects.a_list(given.get("items", given.get("rows")), "“items”")
    if isinstance(given.get("first"), dict):
        return _all(given["first"])
    if "@graph" in given:
        return objects.a_list(given["@graph"], "“@graph”")
    if given.get("type") == "AnnotationCollection":
        raise Unreadable("The collection keeps its pages elsewhere; export them with it.")
    return [given]


def _targets(one: Mapping[str, Any]) -> list[Any]:
    target = one.get("target")
    return target if isinstance(target, list) else [target]


def _source(one: Mapping[str, Any]) -> str:
    """The document an annotation is about. Raises Unreadable where it is about several or none."""
    sources = set()
    for target in _targets(one):
        source = target.get("source") if isinstance(target, dict) else target
        if isinstance(source, dict):
            source = source.get("id")
        if not isinstance(source, str) or not source:
            raise Unreadable("The annotation names no source document.")
        sources.add(source)
    if len(sources) != 1:
        raise Unreadable("The annotation is about several documents at once.")
    source = sources.pop()
    return unquote(source.removeprefix(SOURCE)) if source.startswith(SOURCE) else source


def _creator(one: Mapping[str, Any]) -> str:
    creator = one.get("creator")
    if isinstance(creator, list):
        creator = creator[0] if creator else ""
    if isinstance(creator, dict):
        creator = creator.get("nickname") or creator.get("name") or creator.get("id")
    return objects.words(creator)


def _bodies(one: Mapping[str, Any], *purposes: str) -> list[str]:
    given = one.get("body", [])
    given = given if isinstance(given, list) else [given]
    return [
        str(body["value"])
        for body in given
        if isinstance(body, dict) and body.get("purpose") in purposes and "value" in body
    ]


def _passages(one: Mapping[str, Any]) -> tuple[Passage, ...]:
    return tuple(_passage(target) for target in _targets(one) if isinstance(target, dict))


def _passage(target: Mapping[str, Any]) -> Passage:
    selectors = target.get("selector", [])
    selectors = selectors if isinstance(selectors, list) else [selectors]
    start = end = -1
    exact = prefix = suffix = ""
    for selector in selectors:
        if not isinstance(selector, dict):
            continue
        if selector.get("type") == "TextPositionSelector":
            first, last = selector.get("start"), selector.get("end")
            if type(first) is not int or type(last) is not int:
                raise Unreadable("A TextPositionSelector needs a whole start and end.")
            start, end = first, last
        elif selector.get("type") == "TextQuoteSelector":
            exact, prefix, suffix = (
                str(selector.get(part) or "") for part in ("exact", "prefix", "suffix")
            )
    if start < 0 and not exact:
        raise Unreadable("A target has neither a TextPositionSelector nor a TextQuoteSelector.")
    uid = objects.words(target.get("id")).removeprefix("urn:uuid:")
    return Passage(start, end, uid, exact, prefix, suffix)


def _regions(place: str, one: Mapping[str, Any]) -> Iterator[Region]:
    """A foreign annotation: its tags are labels, its targets passages of one event."""
    tags = _bodies(one, "tagging", "classifying") or [""]
    for tag in tags:
        for passage in _passages(one):
            yield Region(tag, passage, place)


def _own_coding(told_of: list[tuple[str, Mapping[str, Any]]]) -> Coding:
    whole = [one for _, one in told_of if "concord:handed_in" in one]
    if len(whole) != 1:
        raise Unreadable("The annotation that says who read what is not in the file.")
    of_event: dict[str, dict[str, Any]] = {}
    for _, one in told_of:
        if "concord:event" in one:
            event = of_event.setdefault(str(one["concord:event"]), {"fields": []})
            if "concord:field" in one:
                event["fields"].append(one)
            else:
                event["itself"] = one
    outcome, reason = _bodies(whole[0], "assessing"), _bodies(whole[0], "commenting")
    sitting = whole[0].get("concord:sitting", 1)
    return Coding(
        document=_source(whole[0]),
        coder=_creator(whole[0]),
        events=tuple(_own_event(uid, parts) for uid, parts in of_event.items()),
        outcome=outcome[0] if outcome else "",
        outcome_reason=reason[0] if reason else "",
        round=objects.words(whole[0].get("concord:round")),
        codebook=objects.words(whole[0].get("concord:codebook")),
        sitting=sitting if type(sitting) is int else 1,
        handed_in=whole[0]["concord:handed_in"] is not False,
    )


def _own_event(uid: str, parts: Mapping[str, Any]) -> Event:
    itself = parts.get("itself")
    types = _bodies(itself, "classifying") if itself else []
    if not types:
        raise Unreadable(f"The annotation that gives the type of event {uid} is not in the file.")
    values: dict[str, Any] = {}
    evidence: dict[str, tuple[Passage, ...]] = {}
    whole: dict[str, str] = {}
    for one in parts["fields"]:
        name = str(one["concord:field"])
        if value := _bodies(one, "describing"):
            values[name] = heard(value[0])
        if spans := _passages(one):
            evidence[name] = spans
        if one.get("concord:whole_document"):
            whole[name] = (_bodies(one, "commenting") or [""])[0]
    assert itself is not None
    near_miss = itself.get("concord:near_miss")
    return Event(
        uid,
        types[0],
        values,
        evidence,
        whole,
        near_miss=None if near_miss is None else str(near_miss),
        own_id=objects.words(itself.get("concord:own_id")),
        links=frozenset(map(str, objects.a_list(itself.get("concord:links"), "“concord:links”"))),
    )
