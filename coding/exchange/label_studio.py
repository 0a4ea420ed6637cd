"""Label Studio JSON: a task per coding, a region per passage, what a region says in text areas of its own.

Regions count UTF-16 units, as JavaScript does. What has no passage stands in one text area of the task, a line each.
The labelling configuration that goes with it is written beside.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import quoteattr

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
    numbered,
)
from coding.exchange.offsets import NoPlace, Utf16, span_to_points
from coding.exchange.regions import NOTHING, Region, gathered, joined, strange_labels
from coding.exchange.wording import Label, heard, told

FILENAME = "label_studio.json"
CONFIGURATION = "labelling_configuration.xml"
OUTCOMES = ("events", "no_event", "cannot_code")

LOSSES = (
    "The identity of events and passages: links within a document are kept, links to events of other documents are not.",
    "Own ids of events, the version of the codebook, and whether the coding was handed in.",
)
HINTS = (
    f"Paste {CONFIGURATION} as the labelling interface of the project before importing the tasks.",
    "Regions count UTF-16 units, as Label Studio does.",
    "A region's text areas “event” and “value” say which event it belongs to and what was coded; "
    "“without_passage” lists the rest, one line each.",
)
_LINE = re.compile(
    r"(?P<event>\S+) (?P<label>\S+)(?: = (?P<value>.*)| whole document: (?P<whole>.*))?", re.DOTALL
)


def held(coding: Coding) -> Coding:
    short = numbered(coding)
    events = tuple(replace(event, own_id="") for event in short.events)
    return replace(short, events=events, codebook="", handed_in=True)


def write(codings: Iterable[Coding]) -> dict[str, bytes]:
    kept = [held(coding) for coding in codings]
    tasks = [_task(n, coding) for n, coding in enumerate(kept, start=1)]
    return {
        FILENAME: json.dumps(tasks, ensure_ascii=False, indent=1).encode(),
        CONFIGURATION: _configuration(kept).encode(),
    }


def _task(n: int, coding: Coding) -> dict[str, Any]:
    coder = coding.coder if coding.sitting == 1 else f"{coding.coder}/{coding.sitting}"
    data = {
        "text": coding.text,
        "document": coding.document,
        "coder": coder,
        "round": coding.round,
    }
    return {"id": n, "data": data, "annotations": [{"id": n, "result": list(_results(coding))}]}


def _results(coding: Coding) -> Iterator[dict[str, Any]]:
    units = Utf16(coding.text)
    loose: list[str] = []
    runs = 0
    for event in coding.events:
        loose += _loose(event)
        for name, spans in event.evidence.items():
            for place, span in enumerate(spans):
                runs += 1
                region = {
                    "start": units.to_units(span.start),
                    "end": units.to_units(span.end),
                    "text": coding.text[span.start : span.end],
                }
                label = str(Label(event.type, name, event.near_miss))
                yield _result(f"r{runs}", "label", "labels", {**region, "labels": [label]})
                yield _result(f"r{runs}", "event", "textarea", {**region, "text": [event.id]})
                if place == 0 and name in event.values:
                    value = told(event.values[name])
                    yield _result(f"r{runs}", "value", "textarea", {**region, "text": [value]})
    if coding.outcome:
        yield _result("outcome", "outcome", "choices", {"choices": [coding.outcome]})
    if coding.outcome_reason:
        yield _result(
            "outcome_reason", "outcome_reason", "textarea", {"text": [told(coding.outcome_reason)]}
        )
    if loose:
        yield _result("without_passage", "without_passage", "textarea", {"text": loose})


def _result(uid: str, name: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"id": uid, "from_name": name, "to_name": "text", "type": kind, "value": value}


def _loose(event: Event) -> Iterator[str]:
    """What of an event has no passage, line by line; an event of which there is nothing else, by its type."""
    is_marked = any(event.evidence.values())
    for name, value in event.values.items():
        if not event.evidence.get(name):
            yield f"{event.id} {Label(event.type, name, event.near_miss)} = {told(value)}"
            is_marked = True
    for name, reason in event.whole_document.items():
        yield f"{event.id} {Label(event.type, name, event.near_miss)} whole document: {told(reason)}"
        is_marked = True
    if not is_marked:
        yield f"{event.id} {Label(event.type, '', event.near_miss)}"


def _configuration(codings: Iterable[Coding]) -> str:
    labels = sorted(
        {
            str(Label(event.type, name, event.near_miss))
            for coding in codings
            for event in coding.events
            for name in event.evidence
        }
    )
    listed = "\n".join(f"    <Label value={quoteattr(label)}/>" for label in labels)
    outcomes = "\n".join(f'    <Choice value="{outcome}"/>' for outcome in OUTCOMES)
    return f"""<View>
  <Labels name="label" toName="text">
{listed}
  </Labels>
  <Text name="text" value="$text" granularity="symbol"/>
  <TextArea name="event" toName="text" perRegion="true" maxSubmissions="1" placeholder="event, such as e1"/>
  <TextArea name="value" toName="text" perRegion="true" maxSubmissions="1" placeholder="value"/>
  <Choices name="outcome" toName="text" choice="single">
{outcomes}
  </Choices>
  <TextArea name="outcome_reason" toName="text" maxSubmissions="1"/>
  <TextArea name="without_passage" toName="text" placeholder="e1 EX.title = Joint exercise"/>
</View>
"""


def read(files: Files, options: Options) -> Reading:
    items: list[Found | Fault] = []
    labels: Counter[str] = Counter()
    for name, content in files.items():
        if name.endswith(".xml"):
            continue
        tasks = objects.read(content)
        tasks = tasks if isinstance(tasks, list) else [tasks]
        for n, task in enumerate(tasks, start=1):
            place = f"task {n}" if len(files) == 1 else f"{name}, task {n}"
            try:
                for of, annotation in _annotations(objects.an_object(task, "A task")):
                    there = f"{place}{of}"
                    try:
                        results = objects.a_list(annotation.get("result"), "“result”")
                        regions = list(_regions(task, results, options))
                        labels += strange_labels(regions, options)
                        items.append(
                            Found(there, _coding(task, annotation, results, regions, options))
                        )
                    except Unreadable as reason:
                        items.append(Fault(there, str(reason)))
            except Unreadable as reason:
                items.append(Fault(place, str(reason)))
    return Reading(tuple(items), labels)


def _annotations(task: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """The annotations of a task that were not cancelled, each with how to tell it from the others."""
    given = objects.a_list(
        task.get("annotations", task.get("completions")), "“annotations” of a task"
    )
    kept = [objects.an_object(one, "An annotation") for one in given]
    kept = [one for one in kept if not one.get("was_cancelled")]
    several = len(kept) > 1
    return [(f", annotation {n}" if several else "", one) for n, one in enumerate(kept, start=1)]


def _coding(
    task: Mapping[str, Any],
    annotation: Mapping[str, Any],
    results: list[Any],
    regions: list[Region],
    options: Options,
) -> Coding:
    data = objects.an_object(task.get("data"), "“data” of a task")
    by = annotation.get("completed_by")
    if isinstance(by, dict):
        by = by.get("email") or by.get("id")
    named = objects.words(data.get("coder")) or objects.words(by)
    coder, sitting = objects.coder_and_sitting(named)
    outcome = [
        one
        for found in _of(results, "outcome")
        for one in objects.a_list(found.get("choices"), "“choices” of the outcome")
    ]
    reasons = [one for found in _of(results, "outcome_reason") for one in _texts(found)]
    return Coding(
        document=objects.words(data.get("document")),
        coder=coder,
        events=gathered(regions, options),
        outcome=str(outcome[0]) if outcome else "",
        outcome_reason=str(heard(reasons[0])) if reasons else "",
        text=_text(task),
        round=objects.words(data.get("round")),
        sitting=sitting,
    )


def _text(task: Mapping[str, Any]) -> str:
    data = objects.an_object(task.get("data"), "“data” of a task")
    text = data.get("text")
    if isinstance(text, str):
        return text
    others = [value for value in data.values() if isinstance(value, str) and len(value) > 200]
    if len(others) == 1:
        return others[0]
    raise Unreadable("The task has no “text” among its data.")


def _of(results: list[Any], name: str) -> list[Mapping[str, Any]]:
    return [
        one["value"]
        for one in results
        if isinstance(one, dict)
        and one.get("from_name") == name
        and isinstance(one.get("value"), dict)
    ]


def _texts(value: Mapping[str, Any]) -> list[str]:
    given = value.get("text", [])
    given = given if isinstance(given, list) else [given]
    return [one for one in given if isinstance(one, str)]


def _regions(task: Mapping[str, Any], results: list[Any], options: Options) -> Iterator[Region]:
    text = _text(task)
    units = Utf16(text)
    said: dict[tuple[str, str], str] = {}
    pairs = []
    runs: list[Mapping[str, Any]] = []
    for one in results:
        one = objects.an_object(one, "A result")
        value = one.get("value")
        if one.get("type") == "relation":
            pairs.append((str(one.get("from_id")), str(one.get("to_id"))))
        elif isinstance(value, dict) and isinstance(value.get("labels"), list):
            runs.append(one)
        elif one.get("from_name") in ("event", "value") and isinstance(value, dict):
            for words in _texts(value):
                said[str(one.get("id")), str(one["from_name"])] = words
    # Where regions say which event they belong to, that holds; else relations do.
    says_events = any(name == "event" for _, name in said)
    tied = {} if says_events else joined([str(one.get("id")) for one in runs], pairs)
    for one in runs:
        uid, value = str(one.get("id")), one["value"]
        for label in value["labels"]:
            yield Region(
                str(label),
                _passage(text, units, value, options),
                said.get((uid, "event"), "").strip() or tied.get(uid, ""),
                heard(said[uid, "value"]) if (uid, "value") in said else NOTHING,
            )
    for value in _of(results, "without_passage"):
        yield from map(_loose_region, _texts(value))


def _passage(text: str, units: Utf16, value: Mapping[str, Any], options: Options) -> Passage:
    start, end, quote = value.get("start"), value.get("end"), value.get("text")
    try:
        if options.unit == "utf-16":
            a, b = span_to_points(units, start, end)  # type: ignore[arg-type]  # it says what is no number
        elif type(start) is int and type(end) is int and 0 <= start < end <= len(text):
            a, b = start, end
        else:
            raise NoPlace(f"the text has {len(text)} characters")
    except NoPlace as reason:
        raise Unreadable(f"The region {start}-{end} cannot be placed: {reason}.") from None
    if isinstance(quote, str) and quote and quote != text[a:b]:
        raise Unreadable(
            f"The region {start}-{end} quotes “{quote[:60]}”, but “{text[a:b][:60]}” stands there."
        )
    return Passage(a, b, quote=text[a:b])


def _loose_region(line: str) -> Region:
    found = _LINE.fullmatch(line)
    if found is None:
        raise Unreadable(f"“{line[:60]}” is no line of the form “e1 EX.title = value”.")
    value = NOTHING if found["value"] is None else heard(found["value"])
    whole = "" if found["whole"] is None else str(heard(found["whole"]))
    return Region(found["label"], None, found["event"], value, whole)
