"""Codings made elsewhere: good lines go in whole, bad ones are told by number and reason and leave nothing behind."""

import json

import pytest

from coding import assignments, events, importing
from coding.importing import Imported, LineProblem
from coding.models import Assignment, Event, Evidence, Operation, Passage
from projects.models import LedgerLine
from tests import small

pytestmark = pytest.mark.django_db


@pytest.fixture
def study():
    """A project whose coders C1 and C2 both have the documents d1 and d2; C3 codes too and has none."""
    project = small.project()
    coders = [small.member(project, label=label) for label in ("C1", "C2", "C3")]
    documents = [small.document(project, name) for name in ("d1", "d2")]
    return small.coding_round(project, coders=coders[:2], documents=documents, name="pilot")


EVENT = {"type": "EX", "values": {"title": "Exercise", "provider": ["JPN", 2]}}


def line(**changes) -> dict:
    """A whole, good line of C1 about d1."""
    given = {"document": "d1", "coder": "C1", "outcome": "events", "events": [EVENT], **changes}
    return {name: value for name, value in given.items() if value is not ...}


def event(**changes) -> dict:
    given = {**EVENT, **changes}
    return {name: value for name, value in given.items() if value is not ...}


def take_in(study, *lines, **words) -> Imported:
    raw = [
        one if isinstance(one, bytes) else json.dumps(one, ensure_ascii=False).encode()
        for one in lines
    ]
    by = small.manager_of(study.project)
    return importing.import_codings(study.project, raw, by=by, **words)


def assignment_of(study, coder="C1", document="d1") -> Assignment:
    return Assignment.objects.get(round=study, coder__label=coder, document__external_id=document)


def everything() -> dict[str, list]:
    tables = (Assignment, Operation, Event, Passage, Evidence, LedgerLine)
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}


def problem_of(study, sent, **words) -> str:
    """The reason why a line is not taken in; it leaves everything as it was."""
    before = everything()
    done = take_in(study, b"", sent, **words)
    assert everything() == before
    (problem,) = done.problems
    assert done == Imported(lines=1, problems=[LineProblem(2, problem.message)])
    return problem.message


# --- good lines


def test_a_whole_line_is_coded_and_handed_in_as_if_it_had_been_typed(study):
    body = small.BODY
    sent = line(
        outcome_reason="",
        events=[
            event(
                id="a1",
                values={**EVENT["values"], "event_type": "EX", "start": "14 June 1951", "troops": None, "end": ""},
                evidence={"provider": [[0, 5], [10, 27]], "start": [[55, 67]]},
                whole_document={"title": "all of it"},
            ),
            event(id=2, type="TO", values={"title": "Treaty", "provider": "-9", "binding": 1, "linked": "a1"}),
        ],
        near_misses=[{"type": "EX", "reason": "talk", "values": {"title": "Maybe"}}],
    )  # fmt: skip

    done = take_in(study, sent)

    assert done == Imported(lines=1, codings=1, events=2, near_misses=1)
    assignment = assignment_of(study)
    assert (assignment.state, assignment.outcome) == ("submitted", "events")
    first, second, near_miss = assignment.events.all()
    assert (first.own_id, first.type, first.values, first.whole_document) == (
        "a1",
        "EX",
        {"title": "Exercise", "provider": [2, 740], "start": "1951-06-14"},
        {"title": "all of it"},
    )
    assert (second.own_id, second.values) == (
        "2",
        {"title": "Treaty", "provider": "-9", "binding": 1, "linked": str(first.uid)},
    )
    assert (near_miss.near_miss, near_miss.near_miss_reason, near_miss.values) == (
        True,
        "talk",
        {"title": "Maybe"},
    )
    assert [(link.field, link.passage.exact) for link in first.evidence.all()] == [
        ("provider", body[0:5]),
        ("provider", body[10:27]),
        ("start", body[55:67]),
    ]
    assert events.replay(assignment) == events.load(assignment)
    assert {row.by for row in assignment.operations.all()} == {small.manager_of(study.project)}


@pytest.mark.parametrize(
    ("outcome", "reason"), [("no_event", ""), ("cannot_code", "a picture of a text")]
)
def test_a_line_may_say_that_there_is_no_event(study, outcome, reason):
    done = take_in(study, line(outcome=outcome, outcome_reason=reason, events=...))

    assert done == Imported(lines=1, codings=1)
    assert (assignment_of(study).outcome, assignment_of(study).outcome_reason) == (outcome, reason)


def test_blanks_are_kept_and_told(study):
    done = take_in(
        study,
        line(events=[event(values={"title": "One"}), event(values={"status": 5, "provider": [2]})]),
    )

    assert done == Imported(
        lines=1,
        codings=1,
        events=2,
        notices=[LineProblem(1, "left blank: event 1: provider, event 2: title, event 2: reason")],
    )
    assert assignment_of(study).state == "submitted"


def test_many_blanks_are_told_in_short(study):
    done = take_in(study, line(events=[event(values={})] * 4))

    assert done.notices == [
        LineProblem(
            1,
            "left blank: event 1: title, event 1: provider, event 2: title, event 2: provider, "
            "event 3: title, event 3: provider and 2 more",
        )
    ]


def test_a_document_is_found_by_number_file_name_or_public_id(study):
    numbered = small.document(study.project, "1951")
    named = small.document(study.project, "x", filename="treaty of 1951.pdf")
    by_id = small.document(study.project, "y")

    done = take_in(
        study,
        line(document=1951),
        line(document="treaty of 1951"),
        line(document=by_id.public_id),
        assign=True,
    )

    assert (done.codings, done.problems) == (3, [])
    assert {numbered, named, by_id} <= {
        one.document for one in Assignment.objects.filter(state="submitted")
    }


def test_blank_lines_and_a_byte_order_mark_are_no_lines(study):
    raw = json.dumps(line()).encode()

    done = take_in(study, b"\xef\xbb\xbf" + raw + b"\r\n", b"\n", b"  \n")

    assert done == Imported(lines=1, codings=1, events=1)


def test_bad_lines_between_good_ones_leave_the_good_ones_alone(study):
    done = take_in(
        study, line(), b"{", line(coder="C2"), line(document="d9"), b"", line(document="d2")
    )

    assert (done.lines, done.codings, done.events) == (5, 3, 3)
    assert [problem.line for problem in done.problems] == [2, 4]
    assert done.problems[0].as_dict() == {
        "line": 2,
        "message": "The line is not JSON: Expecting property name enclosed in double quotes at character 2.",
    }
    assert Assignment.objects.filter(state="submitted").count() == 3


# --- lines that are no lines


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b'{"document": "d1\xff"}', "The line is not UTF-8 (byte 17). Save the file as UTF-8."),
        (json.dumps(line()).encode("utf-16"), "The line is not UTF-8 (byte 1). Save the file as UTF-8."),
        (b'\xef\xbb\xbf{}', "The line is not JSON: Unexpected UTF-8 BOM (decode using utf-8-sig) at character 1."),
        (b"d1,C1,events", "The line is not JSON: Expecting value at character 1."),
        (b'{"document": "d1"} x', "The line is not JSON: Extra data at character 20."),
        (b"[]", "The line must be a JSON object."),
        (b"null", "The line must be a JSON object."),
        (b'"text"', "The line must be a JSON object."),
        (b"[" * 100_000, "The line is nested too deeply."),
        (b'{"document": ' + b"[" * 500 + b"]" * 500 + b"}", "This is nested too deeply."),
        (b'{"document": "d1", "coder": "C1", "coder": "C2"}', "“coder” stands twice in one object."),
        (b'{"document": "d1", "events": [{"values": {"title": "a", "title": "b"}}]}', "“title” stands twice in one object."),
        (b'{"document": NaN}', "NaN is not a value; leave the field out or use “-9”."),
        (b'{"document": -Infinity}', "-Infinity is not a value; leave the field out or use “-9”."),
        (b'{"document": 1e999}', "Infinity and not-a-number are no numbers that can be recorded."),
        (b'{"document": ' + b"9" * 5000 + b"}", "The line holds a number with too many figures."),
        (b'{"document": "d\\u00001"}', "A text holds a character that cannot be recorded (U+0000 or half of a pair)."),
        (b'{"document": "d1", "coder": "\\ud800"}', "A text holds a character that cannot be recorded (U+0000 or half of a pair)."),
        (b'{"document": "' + b"x" * 5_000_000 + b'"}', "The line is longer than 5 MB."),
    ],
)  # fmt: skip
def test_a_line_that_is_none_is_told(study, sent, said):
    assert problem_of(study, sent) == said


# --- lines that do not fit the project


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"note": 1}, "Unknown key “note”; a line has coder, document, events, near_misses, outcome, outcome_reason."),
        ({"document": ...}, "“document” is missing."),
        ({"document": " "}, "“document” is missing."),
        ({"document": True}, "“document” is missing."),
        ({"document": ["d1"]}, "“document” is missing."),
        ({"document": "d9"}, "There is no document “d9” in this project."),
        ({"coder": ...}, "“coder” is missing."),
        ({"coder": 1}, "“coder” is missing."),
        ({"coder": "C9"}, "There is no coder “C9” in this project (coders: C1, C2, C3)."),
        ({"coder": "M1"}, "There is no coder “M1” in this project (coders: C1, C2, C3)."),
        ({"coder": "C3"}, "C3 was not given “d1” in an open round. With --assign the coder is given it now."),
        ({"outcome": ...}, "“outcome” is missing."),
        ({"outcome": 1}, "“outcome” is missing."),
        ({"outcome": "done"}, "The outcome is one of cannot_code, events, no_event; not “done”."),
        ({"outcome": "no_event"}, "The outcome says there is nothing to code, but 1 event is coded."),
        ({"events": []}, "The outcome says events, but none is coded."),
        ({"events": {"type": "EX"}}, "“events” must be a list."),
        ({"events": "EX"}, "“events” must be a list."),
        ({"near_misses": {"type": "EX"}}, "“near_misses” must be a list."),
        ({"outcome_reason": "x" * 2001}, "“reason” must be text of at most 2000 characters."),
    ],
)  # fmt: skip
def test_a_line_that_does_not_fit_the_project_is_told(study, changes, said):
    assert problem_of(study, line(**changes)) == said


TWICE = "event 2: the id “a” stands twice."
SPANS = "event 1: the evidence of title must be a list of [start, end]."
PLACE = "event 1: The passage {} does not lie in the text, which runs from 0 to 138."
WHOLE = "event 1: A passage needs a start and an end in whole code points."


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (["EX"], "event 1 must be an object."),
        ([EVENT, None], "event 2 must be an object."),
        ([event(note=1)], "event 1: unknown key “note”."),
        ([event(reason="talk")], "event 1: unknown key “reason”."),
        ([event(id="a"), event(id="a")], TWICE),
        ([event(id="x" * 101)], "event 1: “own_id” must be text of at most 100 characters."),
        ([event(type=...)], "event 1: “None” is no event type of the codebook (EX, TO)."),
        ([event(type="XX", values={})], "event 1: “XX” is no event type of the codebook (EX, TO)."),
        ([event(values=[1])], "event 1: “values” must be an object."),
        ([event(values={"colour": "red"})], "event 1: Events of type EX have no field “colour”."),
        ([event(values={"binding": 1})], "event 1: Events of type EX have no field “binding”."),
        ([event(values={"event_type": "TO"})], "event 1: event_type says TO, type says EX."),
        ([event(values={"provider": ["Utopia"]})], "event 1: provider: “Utopia” is not a state in the list. Use a COW code, abbreviation or name."),
        ([event(values={"status": 2})], 'event 1: status: "2" is not a code of this field; allowed are 1 (planned), 5 (postponed)'),
        ([event(values={"troops": -1})], "event 1: troops: -1 is less than 0, the least that is allowed here"),
        ([event(values={"title": "a", "troops": "x", "form": "y"})], 'event 1: troops: "x" is not a whole number; event 1: form: "y" is not a code of this field; allowed are cpx (command post), ftx (field training)'),
        ([EVENT, event(values={**EVENT["values"], "start": "1951-06", "end": "1950"})], "event 2: end: The end lies before the start."),
        ([event(evidence=[[0, 5]])], "event 1: “evidence” must be an object."),
        ([event(evidence={"title": [0, 5]})], SPANS),
        ([event(evidence={"title": {"start": 0}})], SPANS),
        ([event(evidence={"title": [[0, 5, 9]]})], SPANS),
        ([event(evidence={"title": [[0, 139]]})], PLACE.format("0-139")),
        ([event(evidence={"title": [[-1, 5]]})], PLACE.format("-1-5")),
        ([event(evidence={"title": [[5, 5]]})], PLACE.format("5-5")),
        ([event(evidence={"title": [[9, 5]]})], PLACE.format("9-5")),
        ([event(evidence={"title": [["0", "5"]]})], WHOLE),
        ([event(evidence={"title": [[0.0, 5.0]]})], WHOLE),
        ([event(evidence={"title": [[False, True]]})], WHOLE),
        ([event(evidence={"colour": [[0, 5]]})], "event 1: Events of type EX have no field “colour”."),
        ([event(whole_document={"title": ""})], "event 1: Say why the whole document is the evidence."),
        ([event(whole_document={"title": 7})], "event 1: title: “reason” must be text of at most 2000 characters."),
        ([event(whole_document=["title"])], "event 1: “whole_document” must be an object."),
    ],
)  # fmt: skip
def test_an_event_that_does_not_fit_the_codebook_is_told_with_its_place(study, events, said):
    assert assignment_of(study).text.length == 138

    assert problem_of(study, line(events=events)) == said


@pytest.mark.parametrize(
    ("near_miss", "said"),
    [
        (7, "near miss 1 must be an object."),
        ({"type": "EX", "reason": "boredom"}, "near miss 1: “boredom” is no near-miss reason of the codebook (talk, denied)."),
        ({"type": "EX"}, "near miss 1: “” is no near-miss reason of the codebook (talk, denied)."),
        ({"type": "EX", "reason": "talk", "note": 1}, "near miss 1: unknown key “note”."),
    ],
)  # fmt: skip
def test_a_near_miss_that_does_not_fit_is_told_with_its_place(study, near_miss, said):
    assert problem_of(study, line(near_misses=[near_miss])) == said


def test_many_mistakes_are_told_in_short(study):
    said = problem_of(study, line(events=[event(values={"troops": "x"})] * 8))

    assert said == (
        "; ".join(f'event {n}: troops: "x" is not a whole number' for n in range(1, 7))
        + " (2 more)"
    )


# --- what is there already


def test_work_handed_in_is_left_as_it_is(study):
    take_in(study, line())

    assert problem_of(study, line(outcome="no_event", events=[])) == (
        "C1's coding of “d1” is already submitted; it was left as it is."
    )


def test_withdrawn_work_is_left_as_it_is(study):
    assignments.withdraw(assignment_of(study), by=small.manager_of(study.project), reason="ill")

    assert problem_of(study, line()) == (
        "C1's coding of “d1” is already withdrawn; it was left as it is."
    )


def test_work_begun_here_is_not_overwritten(study):
    small.coded(assignment_of(study))

    assert problem_of(study, line()) == (
        "C1 has begun to code “d1” here; an import does not overwrite that."
    )


@pytest.mark.parametrize("state", ["closed", "revealed"])
def test_a_round_that_is_not_open_takes_nothing(study, state):
    small.put(study, state=state)

    assert problem_of(study, line(), in_round=study) == "This round is closed."
    assert problem_of(study, line()) == (
        "C1 was not given “d1” in an open round. With --assign the coder is given it now."
    )
    assert problem_of(study, line(), assign=True) == "There is no open round."


def test_with_several_open_rounds_one_says_which(study):
    documents = [one.document for one in study.assignments.filter(coder__label="C1")]
    coder = assignment_of(study).coder
    second = small.coding_round(study.project, coders=[coder], documents=documents)

    assert problem_of(study, line()) == (
        "The document is open in several rounds; say which with --round."
    )
    assert problem_of(study, line(coder="C3"), assign=True) == "Say which round with --round."

    done = take_in(study, line(), line(coder="C2"), in_round=second)

    assert (done.codings, done.problems) == (
        1,
        [
            LineProblem(
                2,
                f"C2 was not given “d1” in round “{second.name}”. With --assign the coder is given it now.",
            )
        ],
    )


# --- giving and taking in at once


def test_who_was_not_given_the_document_is_given_it_where_that_is_asked_for(study):
    done = take_in(study, line(coder="C3"), assign=True)

    assert (done.codings, done.problems) == (1, [])
    assert assignment_of(study, "C3").text == assignment_of(study, "C1").text


def test_a_bad_line_gives_nobody_a_document(study):
    bad = line(coder="C3", events=[event(values={"colour": 1})])

    assert (
        problem_of(study, bad, assign=True) == "event 1: Events of type EX have no field “colour”."
    )
    assert Assignment.objects.filter(coder__label="C3").count() == 0


def test_another_coding_of_the_same_document_in_one_file_is_told(study):
    other = line(coder="C3", outcome="no_event", events=[])

    done = take_in(study, line(coder="C3"), other, assign=True)

    assert (done.codings, [problem.line for problem in done.problems]) == (1, [2])


def test_the_same_file_again_changes_nothing(study):
    sent = [
        line(),
        line(coder="C3", document="d2"),
        line(coder="C2", outcome="no_event", events=[]),
    ]
    take_in(study, *sent, assign=True)
    before = everything()

    done = take_in(study, *sent, assign=True)

    assert done == Imported(lines=3, known=3)
    assert everything() == before


def test_a_coding_changed_since_it_came_is_left_as_it_is_and_still_known(study):
    take_in(study, line())
    assignments.send_back(assignment_of(study), by=small.manager_of(study.project), reason="look")
    small.coded(assignment_of(study), small.whole_event(title="Another"))

    assert take_in(study, line()) == Imported(lines=1, known=1)


def test_where_a_coding_came_from_is_kept_with_it(study):
    take_in(study, b"", line())

    origin = assignment_of(study).origin
    assert (origin.format, origin.place, origin.exchange) == ("concord", "line 2", None)


def test_checking_tells_what_taking_in_would_do_and_leaves_nothing(study):
    before = everything()
    sent = [
        line(),
        line(),
        line(coder="C2", events=[event(values={"colour": 1})]),
        line(coder="C3"),
    ]
    items = list(importing.items_of(json.dumps(one).encode() for one in sent))
    by = small.manager_of(study.project)

    checked = importing.take_in(study.project, items, by=by, assign=True, only_check=True)

    assert everything() == before
    assert checked == importing.take_in(study.project, items, by=by, assign=True)
    assert (checked.codings, checked.known, len(checked.problems)) == (2, 1, 1)
