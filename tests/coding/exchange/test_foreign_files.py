"""Files as the other tools write them, by their documented formats: marked runs become events, and what is wrong is told."""

import json
import textwrap

import pytest

from coding.exchange import FORMATS
from coding.exchange.codings import Event, Options, Passage, Unreadable

TEXT = "I like it 😊 in Paris."


def reading(format, *files, labels=None, unit="utf-16"):
    named = {f"f{n}": one.encode() for n, one in enumerate(files)}
    return FORMATS[format].read(named, Options(labels or {}, unit, frozenset({"EX", "TO"})))


def only(read):
    (coding,) = read.codings
    assert len(read.items) == 1
    return coding


def faults(read):
    return [(one.place, one.reason) for one in read.items if hasattr(one, "reason")]


# --- doccano


def doccano(**line):
    return json.dumps({"id": 1, "text": TEXT, **line}, ensure_ascii=False)


def test_doccano_triples_are_events_of_their_own_counted_in_utf_16():
    read = reading("doccano", doccano(label=[[16, 21, "EX.provider"], [10, 12, "EX"]]))

    assert read.labels == {}
    assert only(read).text == TEXT
    assert only(read).events == (
        Event("e1", "EX", {}, {"provider": (Passage(15, 20),)}),
        Event("e2", "EX", {}, {"": (Passage(10, 11),)}),
    )
    assert [TEXT[one.start : one.end] for event in only(read).events for spans in event.evidence.values() for one in spans] == ["Paris", "😊"]  # fmt: skip


def test_doccano_files_of_scripts_may_count_code_points():
    read = reading("doccano", doccano(label=[[15, 20, "EX"]]), unit="code points")

    assert only(read).events[0].evidence == {"": (Passage(15, 20),)}


def test_doccano_entities_tied_by_relations_are_one_event():
    read = reading(
        "doccano",
        doccano(
            entities=[
                {"id": 71, "label": "EX.title", "start_offset": 2, "end_offset": 6},
                {"id": 72, "label": "TO", "start_offset": 0, "end_offset": 1},
                {"id": 73, "label": "EX.provider", "start_offset": 16, "end_offset": 21},
            ],
            relations=[{"id": 5, "from_id": 71, "to_id": 73, "type": "any"}],
        ),
    )

    assert only(read).events == (
        Event("e1", "EX", {}, {"title": (Passage(2, 6),), "provider": (Passage(15, 20),)}),
        Event("e2", "TO", {}, {"": (Passage(0, 1),)}),
    )


def test_labels_that_name_no_type_are_asked_about_and_then_used():
    line = doccano(label=[[16, 21, "LOC"], [0, 1, "PER"], [2, 6, "LOC"]])

    asked = reading("doccano", line)
    told = reading("doccano", line, labels={"LOC": "EX.provider", "PER": ""})

    assert asked.labels == {"LOC": 2, "PER": 1}
    assert faults(asked) == [("line 1", "The label “LOC” names no event type; say which one it stands for.")]  # fmt: skip
    assert [event.evidence for event in only(told).events] == [
        {"provider": (Passage(15, 20),)},
        {"provider": (Passage(2, 6),)},
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (doccano(label=[[11, 12, "EX"]]), "The run 11-12 cannot be placed: 11 lies inside a character of two UTF-16 units."),
        (doccano(label=[[0, 99, "EX"]]), "The run 0-99 cannot be placed: 99 lies outside the text, which has 22 UTF-16 units."),
        (doccano(label=[[5, 5, "EX"]]), "The run 5-5 cannot be placed: a passage runs from a smaller whole number to a larger one, not from 5 to 5."),
        (doccano(label=["EX"]), "“label” must hold [start, end, label]; this is no sequence labelling."),
        (doccano(label={"a": 1}), "“label” must be a list."),
        (doccano(label=[[0, 1, ""]]), "A marked run has no label."),
        (doccano(entities=["EX"]), "An entity must be a JSON object."),
        ('{"id": 1, "label": []}', "The line has no “text”; export from doccano as JSONL."),
        ("{", "The line is not JSON: Expecting property name enclosed in double quotes (line 1, character 2)."),
        ("[]", "The line must be a JSON object."),
    ],
)  # fmt: skip
def test_a_bad_line_is_told_and_the_next_one_is_read(line, said):
    read = reading("doccano", f"{line}\n\n{doccano(label=[])}\n")

    assert faults(read) == [("line 1", said)]
    assert len(read.codings) == 1


# --- Label Studio


def task(*results, **more):
    annotation = {"id": 9, "completed_by": 3, "was_cancelled": False, "result": list(results)}
    return {"id": 1, "data": {"text": TEXT}, "annotations": [annotation], **more}


def region(start, end, text, label="EX", uid="r1"):
    value = {"start": start, "end": end, "text": text, "labels": [label]}
    return {"value": value, "id": uid, "from_name": "label", "to_name": "text", "type": "labels"}


def studio(*tasks, **words):
    return reading("label-studio", json.dumps(list(tasks)), **words)


def test_label_studio_regions_count_utf_16_and_name_who_marked_them():
    read = studio(task(region(16, 21, "Paris"), region(10, 12, "😊", uid="r2")))

    assert only(read).coder == "3"
    assert [event.evidence for event in only(read).events] == [
        {"": (Passage(15, 20),)},
        {"": (Passage(10, 11),)},
    ]


def test_label_studio_relations_tie_regions_and_cancelled_annotations_are_none():
    tied = {"from_id": "r1", "to_id": "r2", "type": "relation", "direction": "right"}
    cancelled = {"id": 10, "was_cancelled": True, "result": [region(0, 1, "I")]}
    of = task(region(16, 21, "Paris"), region(2, 6, "like", "EX.title", "r2"), tied)
    of["annotations"].append(cancelled)

    assert only(studio(of)).events == (
        Event("e1", "EX", {}, {"": (Passage(15, 20),), "title": (Passage(2, 6),)}),
    )


def test_several_annotators_of_a_task_are_several_codings():
    of = task(region(0, 1, "I"))
    of["annotations"].append({"id": 2, "completed_by": {"id": 4, "email": "b@x"}, "result": []})

    read = studio(of)

    assert [(one.place, one.coding.coder, len(one.coding.events)) for one in read.items] == [
        ("task 1, annotation 1", "3", 1),
        ("task 1, annotation 2", "b@x", 0),
    ]


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (task(region(15, 20, "Paris")), "The region 15-20 quotes “Paris”, but “ Pari” stands there."),
        (task(region(0, 99, "I")), "The region 0-99 cannot be placed: 99 lies outside the text, which has 22 UTF-16 units."),
        (task(region(None, 3, "I")), "The region None-3 cannot be placed: a passage runs from a smaller whole number to a larger one, not from None to 3."),
        (task({"from_name": "outcome", "type": "choices", "value": {"choices": 5}}), "“choices” of the outcome must be a list."),
        (task("region"), "A result must be a JSON object."),
        ({"data": {"image": "a.jpg"}, "annotations": [{"result": [region(0, 1, "I")]}]}, "The task has no “text” among its data."),
    ],
)  # fmt: skip
def test_a_region_that_cannot_be_placed_is_told(of, said):
    assert faults(studio(of)) == [("task 1", said)]


# --- WebAnno TSV


TSV = textwrap.dedent("""\
    #FORMAT=WebAnno TSV 3.3
    #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value
    #T_RL=webanno.custom.Rel|kind|BT_de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity


    #Text=I like it 😊 .
    1-1\t0-1\tI\t*\tPER\t_\t_\t
    1-2\t2-6\tlike\t_\t_\t_\t_\t
    1-3\t7-9\tit\t_\t_\t_\t_\t
    1-4\t10-12\t😊\t*[1]\tEMO[1]|A\\_B[2]\tx\t1-1\t
    1-5\t13-14\t.\t*[1]\tEMO[1]\t_\t_\t

    #Text=New York
    2-1\t16-19\tNew\tQ60[3]\tLOC[3]\t_\t_\t
    2-2\t20-24\tYork\tQ60[3]\tLOC[3]\t_\t_\t
    """)


def test_webanno_spans_over_tokens_are_one_run_and_offsets_count_utf_16():
    asked = reading("webanno", TSV)
    said = {
        "NamedEntity: value=PER": "EX.provider",
        "NamedEntity: value=EMO": "EX",
        "NamedEntity: value=A_B": "",
        "NamedEntity: identifier=Q60; value=LOC": "EX.title",
    }
    told = only(reading("webanno", TSV, labels=said))

    assert asked.labels == dict.fromkeys(said, 1)
    assert told.text == "I like it 😊 .\n New York"
    assert [event.evidence for event in told.events] == [
        {"provider": (Passage(0, 1),)},
        {"": (Passage(10, 13),)},
        {"title": (Passage(15, 23),)},
    ]
    assert told.text[15:23] == "New York"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("#Text=x", "The file does not begin with #FORMAT=WebAnno TSV 3."),
        (TSV.replace("10-12", "10-11"), "The span 10-11 cannot be placed: 11 lies inside a character of two UTF-16 units."),
        (TSV.replace("2-6\tlike\t_\t_\t_\t_", "2-6\tlike"), "Line 8 has 4 cells; the header asks for 7."),
        (TSV.replace("2-6\tlike", "x\tlike"), "Line 8 is no row of a WebAnno TSV."),
        (TSV.replace("16-19", "3-19"), "The sentence at 3 begins before the last one has ended."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_webanno_tsv_is_told(content, said):
    (fault,) = faults(reading("webanno", content))

    assert fault[1] == said


def test_webanno_names_document_and_coder_by_the_path():
    files = {
        "annotation/d1.txt/ada.tsv": TSV.encode(),
        "pilot/a%2Fb/C1%2F2.tsv": TSV.encode(),
        "d9.tsv": TSV.encode(),
    }
    labels = dict.fromkeys(reading("webanno", TSV).labels, "")

    read = FORMATS["webanno"].read(files, Options(labels))

    assert [(one.document, one.coder, one.sitting, one.round) for one in read.codings] == [
        ("d1.txt", "ada", 1, ""),
        ("a/b", "C1", 2, "pilot"),
        ("d9", "", 1, ""),
    ]


# --- Web annotations of others


def annotation(selectors, **more):
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://a.example/1",
        "type": "Annotation",
        "creator": {"type": "Person", "nickname": "ada"},
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": "EX.title"}],
        "target": {"source": "https://news.example/1", "selector": selectors},
        **more,
    }


QUOTE = {"type": "TextQuoteSelector", "exact": "Paris", "prefix": "in ", "suffix": "."}


def test_an_annotation_of_another_tool_is_an_event_with_its_tag():
    place = {"type": "TextPositionSelector", "start": 15, "end": 20}
    read = reading("web-annotation", json.dumps({"items": [annotation([QUOTE, place])]}))

    coding = only(read)
    ((passage,),) = coding.events[0].evidence.values()
    assert (coding.document, coding.coder) == ("https://news.example/1", "ada")
    assert (passage, passage.quote) == (Passage(15, 20), "Paris")


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (annotation([]), "A target has neither a TextPositionSelector nor a TextQuoteSelector."),
        (annotation([{"type": "TextPositionSelector", "start": "1", "end": 3}]), "A TextPositionSelector needs a whole start and end."),
        (annotation([QUOTE], target=None), "The annotation names no source document."),
        (annotation([QUOTE], target=["a", "b"]), "The annotation is about several documents at once."),
    ],
)  # fmt: skip
def test_an_annotation_without_a_place_is_told(found, said):
    (fault,) = faults(reading("web-annotation", json.dumps([found])))

    assert fault == ("annotation 1", said)


def test_a_collection_whose_pages_are_elsewhere_is_refused():
    with pytest.raises(Unreadable, match="keeps its pages elsewhere"):
        reading("web-annotation", '{"type": "AnnotationCollection", "first": "https://a/1"}')
