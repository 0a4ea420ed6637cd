"""What each kind of operation does to a coder's work, what it refuses, and that stored operations tell the rows."""

from copy import deepcopy
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coding import events, operations, schema
from coding.models import Operation
from coding.operations import CodedEvent, Ground, OperationInvalid, Work
from projects.refusals import Invalid
from sources import states
from tests import small

GROUND = Ground(
    codebook=schema.parse_cached(small.CODEBOOK),
    text_length=100,
    states=states,
    outcomes=frozenset({"events", "no_event", "cannot_code"}),
)
E1, E2, P1, P2 = (UUID(int=n) for n in (1, 2, 101, 102))


def work_of(*sent: tuple[str, dict]) -> Work:
    work = Work()
    for kind, body in sent:
        operations.apply(work, kind, body, GROUND)
    return work


def with_event(uid: UUID = E1, code: str = "EX") -> tuple[str, dict]:
    return "event.add", {"event": str(uid), "type": code}


def with_passage(
    passage: UUID = P1, event: UUID = E1, field: str = "provider", start: int = 3, end: int = 9
) -> tuple[str, dict]:
    return "passage.link", {
        "event": str(event), "field": field, "passage": str(passage), "start": start, "end": end,
    }  # fmt: skip


def refused(work: Work, kind: str, body: dict) -> str:
    """The words of a refusal, after which the work stands as it stood."""
    before = deepcopy(work)
    with pytest.raises(OperationInvalid) as refusal:
        operations.apply(work, kind, body, GROUND)
    assert work == before
    return str(refusal.value)


# --- events


def test_events_are_added_in_order():
    work = work_of(
        ("event.add", {"event": str(E1), "type": "EX", "own_id": " a7 "}), with_event(E2, "TO")
    )

    assert work == Work(
        events={
            E1: CodedEvent(E1, "EX", 1, own_id="a7"),
            E2: CodedEvent(E2, "TO", 2),
        }
    )
    assert [event.uid for event in work.living_events()] == [E1, E2]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"type": "EX"}, "“event” must be a UUID."),
        ({"event": "seven", "type": "EX"}, "“event” must be a UUID."),
        ({"event": None, "type": "EX"}, "“event” must be a UUID."),
        ({"event": str(E1), "type": "EX"}, "This event is already there."),
        ({"event": str(E2)}, "“None” is no event type of the codebook (EX, TO)."),
        ({"event": str(E2), "type": "XX"}, "“XX” is no event type of the codebook (EX, TO)."),
        ({"event": str(E2), "type": ["EX"]}, "“['EX']” is no event type of the codebook (EX, TO)."),
        ({"event": str(E2), "type": "EX", "own_id": "x" * 101}, "“own_id” must be text of at most 100 characters."),
        ({"event": str(E2), "type": "EX", "own_id": 7}, "“own_id” must be text of at most 100 characters."),
    ],
)  # fmt: skip
def test_events_that_are_not_added(body, said):
    assert refused(work_of(with_event()), "event.add", body) == said


def test_a_coding_holds_so_many_events_and_no_more(monkeypatch):
    monkeypatch.setattr(operations, "MAX_EVENTS", 2)

    said = refused(work_of(with_event(E1), with_event(E2)), *with_event(uuid4()))

    assert said == "A document's coding holds at most 2 events."


def test_a_removed_event_is_kept_and_can_be_restored():
    work = work_of(with_event(), ("event.remove", {"event": str(E1)}))
    assert (work.living_events(), work.events[E1].removed) == ([], True)

    operations.apply(work, "event.restore", {"event": str(E1)}, GROUND)

    assert work == work_of(with_event())


def test_a_new_event_stands_behind_a_removed_one():
    work = work_of(with_event(E1), ("event.remove", {"event": str(E1)}), with_event(E2))

    assert work.events[E2].position == 2


def test_an_event_that_changes_its_type_keeps_what_was_filled_in():
    work = work_of(
        with_event(),
        ("value.set", {"event": str(E1), "field": "troops", "value": 40}),
        ("event.type", {"event": str(E1), "type": "TO"}),
    )

    assert work.events[E1] == CodedEvent(E1, "TO", 1, values={"troops": 40})


NEEDING_AN_EVENT = [
    kind for kind in operations._KINDS if kind not in {"event.add", "passage.move", "outcome.set"}
]


@pytest.mark.parametrize("kind", NEEDING_AN_EVENT)
def test_an_event_that_is_not_there_is_told(kind):
    said = refused(work_of(with_event()), kind, {"event": str(E2), "type": "EX", "near_miss": True})

    assert said == "There is no such event in this document's coding."


def test_a_kind_that_does_not_exist_is_told():
    assert refused(Work(), "event.burn", {}) == (
        "There is no operation “event.burn”. There are: event.add, event.remove, event.restore, event.type, "
        "value.set, value.clear, passage.link, passage.unlink, passage.move, whole.set, whole.clear, "
        "near_miss.set, outcome.set."
    )


# --- values


@pytest.mark.parametrize(
    ("field", "sent", "kept"),
    [
        ("title", " Joint exercise ", "Joint exercise"),
        ("provider", ["JPN", 2], [2, 740]),
        ("status", "5", 5),
        ("form", ["ftx", "cpx"], ["cpx", "ftx"]),
        ("troops", 0, 0),
        ("observed", True, 1),
        ("cost", {"amount": 5, "currency": "USD", "scale": "millions"}, {"amount": 5, "currency": "USD", "scale": "millions"}),
        ("start", "June 1951", "1951-06"),
        ("provider", "-9", "-9"),
    ],
)  # fmt: skip
def test_values_are_kept_in_their_canonical_form(field, sent, kept):
    work = work_of(with_event(), ("value.set", {"event": str(E1), "field": field, "value": sent}))

    assert work.events[E1].values == {field: kept}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("colour", 1, "Events of type EX have no field “colour”."),
        ("binding", 1, "Events of type EX have no field “binding”."),
        (None, 1, "Events of type EX have no field “None”."),
        (["title"], 1, "Events of type EX have no field “['title']”."),
        ("title", "", "title: nothing was given; a blank field is left out, and a value that is not known is coded -9"),
        ("title", None, "title: nothing was given; a blank field is left out, and a value that is not known is coded -9"),
        ("troops", "many", 'troops: "many" is not a whole number'),
        ("evidence", "x", "evidence: this field holds marked passages and no value"),
    ],
)  # fmt: skip
def test_values_that_are_not_set(field, value, said):
    body = {"event": str(E1), "field": field, "value": value}

    assert refused(work_of(with_event()), "value.set", body) == said


def test_a_cleared_value_is_blank_and_clearing_twice_is_no_mistake():
    work = work_of(
        with_event(),
        ("value.set", {"event": str(E1), "field": "troops", "value": 40}),
        ("value.clear", {"event": str(E1), "field": "troops"}),
        ("value.clear", {"event": str(E1), "field": "troops"}),
    )

    assert work == work_of(with_event())


def test_a_field_of_another_type_is_not_cleared():
    body = {"event": str(E1), "field": "binding"}

    assert refused(work_of(with_event()), "value.clear", body) == (
        "Events of type EX have no field “binding”."
    )


# --- passages


def test_a_passage_proves_a_field():
    work = work_of(with_event(), with_passage())

    assert (work.passages, work.evidence) == ({P1: (3, 9)}, {(E1, "provider", P1)})
    assert work.passages_of(E1, "provider") == [(3, 9)]
    assert work.passages_of(E1, "title") == []


def test_one_passage_may_prove_several_fields_and_its_place_is_said_once():
    body = {"event": str(E1), "field": "title", "passage": str(P1)}

    work = work_of(with_event(), with_passage(), ("passage.link", body))

    assert work.passages == {P1: (3, 9)}
    assert work.evidence == {(E1, "provider", P1), (E1, "title", P1)}


def test_a_passage_goes_with_its_last_link():
    unlink = {"event": str(E1), "field": "provider", "passage": str(P1)}
    work = work_of(with_event(), with_passage(), with_passage(field="title"))

    operations.apply(work, "passage.unlink", unlink, GROUND)
    assert (work.passages, work.evidence) == ({P1: (3, 9)}, {(E1, "title", P1)})

    operations.apply(work, "passage.unlink", {**unlink, "field": "title"}, GROUND)
    assert (work.passages, work.evidence) == ({}, set())


def test_unlinking_what_is_not_linked_changes_nothing():
    work = work_of(with_event(), with_passage())
    before = deepcopy(work)

    for body in (
        {"event": str(E1), "field": "title", "passage": str(P1)},
        {"event": str(E1), "field": "provider", "passage": str(P2)},
    ):
        operations.apply(work, "passage.unlink", body, GROUND)

    assert work == before


def test_a_passage_moves():
    work = work_of(
        with_event(), with_passage(), ("passage.move", {"passage": str(P1), "start": 0, "end": 100})
    )

    assert work.passages == {P1: (0, 100)}


def test_a_passage_that_is_not_there_does_not_move():
    body = {"passage": str(P2), "start": 0, "end": 1}

    assert refused(work_of(with_event()), "passage.move", body) == "There is no such passage."


BAD_SPANS = [
    (None, 5, "A passage needs a start and an end in whole code points."),
    (1.0, 5, "A passage needs a start and an end in whole code points."),
    (True, 5, "A passage needs a start and an end in whole code points."),
    ("1", "5", "A passage needs a start and an end in whole code points."),
    (-1, 5, "The passage -1-5 does not lie in the text, which runs from 0 to 100."),
    (5, 5, "The passage 5-5 does not lie in the text, which runs from 0 to 100."),
    (6, 5, "The passage 6-5 does not lie in the text, which runs from 0 to 100."),
    (5, 101, "The passage 5-101 does not lie in the text, which runs from 0 to 100."),
    (10**30, 10**31, f"The passage {10**30}-{10**31} does not lie in the text, which runs from 0 to 100."),
]  # fmt: skip


@pytest.mark.parametrize(("start", "end", "said"), BAD_SPANS)
def test_a_passage_lies_in_the_text(start, end, said):
    work = work_of(with_event(), with_passage())

    assert refused(work, *with_passage(P2, start=start, end=end)) == said
    assert refused(work, "passage.move", {"passage": str(P1), "start": start, "end": end}) == said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"field": "colour"}, "Events of type EX have no field “colour”."),
        ({"passage": "seven"}, "“passage” must be a UUID."),
    ],
)
def test_passages_that_are_not_linked(change, said):
    kind, body = with_passage()

    assert refused(work_of(with_event()), kind, {**body, **change}) == said


def test_a_coding_holds_so_many_passages_and_no_more(monkeypatch):
    monkeypatch.setattr(operations, "MAX_PASSAGES", 1)

    said = refused(work_of(with_event(), with_passage(P1)), *with_passage(P2))

    assert said == "A document's coding holds at most 1 passages."


# --- the whole document, near misses, the outcome


def test_the_whole_document_may_be_the_evidence_with_a_reason():
    body = {"event": str(E1), "field": "title", "reason": " all of it "}
    work = work_of(with_event(), ("whole.set", body))
    assert work.events[E1].whole_document == {"title": "all of it"}

    for _ in range(2):
        operations.apply(work, "whole.clear", body, GROUND)

    assert work == work_of(with_event())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": " "}, "Say why the whole document is the evidence."),
        ({"reason": 7}, "title: “reason” must be text of at most 2000 characters."),
        ({"reason": "x" * 2001}, "title: “reason” must be text of at most 2000 characters."),
        ({"field": "colour"}, "Events of type EX have no field “colour”."),
    ],
)
def test_the_whole_document_is_no_evidence_without(change, said):
    body = {"event": str(E1), "field": "title", "reason": "all", **change}

    assert refused(work_of(with_event()), "whole.set", body) == said


def test_a_near_miss_has_a_reason_of_the_codebook_and_loses_it_again():
    work = work_of(
        with_event(), ("near_miss.set", {"event": str(E1), "near_miss": True, "reason": "talk"})
    )
    assert work.events[E1] == CodedEvent(E1, "EX", 1, near_miss=True, near_miss_reason="talk")

    body = {"event": str(E1), "near_miss": False, "reason": "talk"}
    operations.apply(work, "near_miss.set", body, GROUND)

    assert work == work_of(with_event())


@pytest.mark.parametrize(
    ("near_miss", "reason", "said"),
    [
        (True, "boredom", "“boredom” is no near-miss reason of the codebook (talk, denied)."),
        (True, "", "“” is no near-miss reason of the codebook (talk, denied)."),
        (1, "talk", "“near_miss” must be true or false."),
        (None, "talk", "“near_miss” must be true or false."),
        (True, ["talk"], "“reason” must be text of at most 60 characters."),
        (True, "x" * 61, "“reason” must be text of at most 60 characters."),
    ],
)
def test_near_misses_that_are_none(near_miss, reason, said):
    body = {"event": str(E1), "near_miss": near_miss, "reason": reason}

    assert refused(work_of(with_event()), "near_miss.set", body) == said


def test_reasons_whose_codes_are_numbers_are_reasons_too():
    source = small.CODEBOOK.replace("code: talk", "code: 1").replace("code: denied", "code: 2")
    ground = Ground(schema.parse_cached(source), 100, states, GROUND.outcomes)
    work = work_of(with_event())

    body = {"event": str(E1), "near_miss": True, "reason": "2"}
    operations.apply(work, "near_miss.set", body, ground)

    assert work.events[E1].near_miss_reason == "2"


def test_the_outcome_is_set_and_taken_back():
    work = work_of(("outcome.set", {"outcome": "cannot_code", "reason": " in Dutch "}))
    assert (work.outcome, work.outcome_reason) == ("cannot_code", "in Dutch")

    operations.apply(work, "outcome.set", {"outcome": ""}, GROUND)

    assert work == Work()


@pytest.mark.parametrize(
    ("outcome", "told"),
    [("done", "done"), (None, "None"), (["events"], "['events']"), ({}, "{}"), (1, "1")],
)
def test_outcomes_that_are_none(outcome, told):
    said = refused(Work(), "outcome.set", {"outcome": outcome})

    assert said == f"The outcome is one of cannot_code, events, no_event; not “{told}”."


# --- what no database keeps


def nested(depth: int) -> list:
    value: list = []
    for _ in range(depth):
        value = [value]
    return value


BAD_CHARACTER = "A text holds a character that cannot be recorded (U+0000 or half of a pair)."
BAD_NUMBER = "Infinity and not-a-number are no numbers that can be recorded."


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ({"note": "a\0b"}, BAD_CHARACTER),
        ({"note": ["\ud800"]}, BAD_CHARACTER),
        ({"a\0b": 1}, BAD_CHARACTER),
        ({"own_id": "\0"}, BAD_CHARACTER),
        ({"note": float("nan")}, BAD_NUMBER),
        ({"note": {"deep": float("inf")}}, BAD_NUMBER),
        ({"note": nested(20)}, "This is nested too deeply."),
        ({"note": nested(5_000)}, "This is nested too deeply."),
    ],
)
def test_what_cannot_be_kept_is_refused_wherever_it_stands(extra, said):
    kind, body = with_event()

    assert refused(Work(), kind, {**body, **extra}) == said


# --- properties

uids = st.sampled_from([str(UUID(int=n)) for n in range(1, 4)] + ["seven"])
passages = st.sampled_from([str(UUID(int=n)) for n in range(101, 104)])
fields = st.sampled_from(["title", "provider", "troops", "binding", "evidence", "start", "colour"])
values = st.sampled_from(["Joint", [2, 740], 2, 0, "-9", "1951-06", None, "", {"a": 1}, 1.5])
reasons = st.sampled_from(["talk", "", "because"])
places = st.integers(-1, 60)


def bodies(**parts):
    return st.fixed_dictionaries(parts)


ANY_OPERATION = st.one_of(
    *(
        st.tuples(st.just(kind), bodies(**parts))
        for kind, parts in {
            "event.add": {"event": uids, "type": st.sampled_from(["EX", "TO", "XX"])},
            "event.remove": {"event": uids},
            "event.restore": {"event": uids},
            "event.type": {"event": uids, "type": st.sampled_from(["EX", "TO"])},
            "value.set": {"event": uids, "field": fields, "value": values},
            "value.clear": {"event": uids, "field": fields},
            "passage.link": {"event": uids, "field": fields, "passage": passages, "start": places, "end": places},
            "passage.unlink": {"event": uids, "field": fields, "passage": passages},
            "passage.move": {"passage": passages, "start": places, "end": places},
            "whole.set": {"event": uids, "field": fields, "reason": reasons},
            "whole.clear": {"event": uids, "field": fields},
            "near_miss.set": {"event": uids, "near_miss": st.booleans(), "reason": reasons},
            "outcome.set": {"outcome": st.sampled_from(["events", "no_event", "", "done"]), "reason": reasons},
        }.items()
    )
)  # fmt: skip


def test_the_generator_knows_every_kind():
    made = {kind for kind in operations._KINDS if f"{kind!r}" in repr(ANY_OPERATION)}

    assert made == set(operations._KINDS)


@settings(max_examples=100, deadline=None)
@given(st.lists(ANY_OPERATION, max_size=40))
def test_a_refused_operation_changes_nothing_and_the_work_stays_sound(sent):
    work = work_of(with_event(UUID(int=1)), with_event(UUID(int=2), "TO"))
    for kind, body in sent:
        before = deepcopy(work)
        try:
            operations.apply(work, kind, body, GROUND)
        except OperationInvalid:
            assert work == before

    assert {passage for _, _, passage in work.evidence} == set(work.passages)
    assert {event for event, _, _ in work.evidence} <= set(work.events)
    assert all(0 <= start < end <= GROUND.text_length for start, end in work.passages.values())
    assert sorted(event.position for event in work.events.values()) == list(
        range(1, len(work.events) + 1)
    )
    for event in work.events.values():
        for name, value in event.values.items():
            fields_of_any = [
                GROUND.codebook.field(code, name)
                for code in ("EX", "TO")
                if name in {field.name for field in GROUND.codebook.fields_of(code)}
            ]
            assert schema.read_value(fields_of_any[0], value, states=states) == value


@pytest.mark.django_db
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.lists(ANY_OPERATION, min_size=1, max_size=4), max_size=8))
def test_stored_operations_replayed_are_the_rows(batches):
    with transaction.atomic():
        assignment = small.assignment()
        accepted = 0
        for batch in [[with_event(UUID(int=1)), with_event(UUID(int=2), "TO")], *batches]:
            sent = [small.operation(kind, **body) for kind, body in batch]
            try:
                done = events.apply(
                    assignment, sent, base=assignment.version, by=assignment.coder.user
                )
            except Invalid:
                pass
            else:
                accepted += len(sent)
                assert (done.version, done.new) == (accepted, len(sent))
            assignment.refresh_from_db()

        assert events.load(assignment) == events.replay(assignment)
        assert assignment.version == accepted
        assert [row.n for row in Operation.objects.filter(assignment=assignment)] == list(
            range(1, accepted + 1)
        )
        body = assignment.text.body
        for passage in assignment.passages.all():
            assert passage.exact == body[passage.start : passage.end]
            assert passage.before == body[max(0, passage.start - 32) : passage.start]
            assert passage.after == body[passage.end : passage.end + 32]
        transaction.set_rollback(True)
