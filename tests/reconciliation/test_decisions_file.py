"""Decisions from a file: each form of a line, and each bad line with its number while the others are taken."""

import json

import pytest

from projects.refusals import Missing
from reconciliation import decisions_file
from reconciliation.models import Decision, ResolvedEvent
from tests.reconciliation.samples import aligned_table, event, reconciled, send_back, table

pytestmark = pytest.mark.django_db

STATUS = {"document": "d1", "about": "C1:e1", "field": "status"}
WHY = {"reason": "Line 3."}


@pytest.fixture
def made():
    return aligned_table(
        {
            "d1": {
                "C1": [event(own_id="e1", status=1, weight=1), event("TO", line=8, own_id="e2")],
                "C2": [event(own_id="x", status=4, weight=2)],
            }
        }
    )


def apply(made, *lines, **options):
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    return decisions_file.apply_lines(raw, by=made.pi, **options)


def problems(done) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in done.problems]


def test_every_form_of_a_line(made) -> None:
    group = made.groups()[1].public_id

    done = apply(
        made,
        {**STATUS, "take": "C2", **WHY, "error_kind": "slip", "codebook_needs_work": True},
        {"document": "d1", "about": "C2:1", "field": "weight", "value": 3, **WHY},
        {"document": "d1.txt", "about": "C2:x", "field": "start", "value": "14 June 1951"},
        b"",
        b"   \n",
        {"document": "d1", "about": "C1:e1", "field": "*", "take": "C1"},
        {"group": group, "keep": 0, "reason": "Planned only."},
    )

    assert problems(done) == []
    assert done.decided == 1 + 1 + 1 + 4 + 1
    decided = {
        (one.group.n, one.field): (
            one.kind,
            one.value,
            one.reason,
            one.error_kind,
            one.codebook_needs_work,
        )
        for one in Decision.objects.all()
    }
    assert decided == {
        (1, "status"): ("adopted", [4], "Line 3.", "slip", True),
        (1, "weight"): ("own", [3], "Line 3.", "", False),
        (1, "start"): ("adopted", ["1951-06-14"], "", "", False),
        (1, "@event"): ("adopted", [1], "", "", False),
        (1, "event_type"): ("adopted", ["EX"], "", "", False),
        (1, "provider"): ("adopted", [[2]], "", "", False),
        (1, "recipient"): ("adopted", [[740]], "", "", False),
        (2, "@event"): ("adopted", [0], "Planned only.", "", False),
    }
    assert sorted(ResolvedEvent.objects.values_list("type", "is_event")) == [
        ("EX", True),
        ("TO", False),
    ]


BAD = [
    (b"not json", "The line is not JSON: "),
    (b"[1]", "The line must be a JSON object."),
    (b'{"document": "d\xe9"}', "The line is not UTF-8 (byte 16)."),
    (b"[" * 100_000, "The line is not JSON: "),
    ({**STATUS, "taek": "C1"}, "Unknown key “taek”; a decision has about, "),
    ({**STATUS, "document": "d9", "take": "C1", **WHY}, "There is no document “d9” in this project."),
    ({"field": "status", "take": "C1"}, "There is no document “”"),
    ({"document": "d1", "field": "status", "take": "C1"}, "Name the event by “group”, or by “document” and “about”"),
    ({**STATUS, "about": "C1:e9", "take": "C1"}, "C1 has no reconciled event “e9” in “d1”."),
    ({**STATUS, "about": "C9:e1", "take": "C1"}, "C9 has no reconciled event “e1” in “d1”."),
    ({"group": "nowhere", "field": "status", "take": "C1"}, "There is no group “nowhere”."),
    ({**STATUS, "field": "colour", "take": "C1"}, "No coder filled “colour” for this event."),
    ({**STATUS, "field": "troops", "take": "C1"}, "No coder filled “troops” for this event."),
    ({**STATUS, "field": "colour", "value": 4, **WHY}, "These events have no such field any more"),
    ({**STATUS, "value": 4, "evidence": [[3]], **WHY}, "“evidence” is a list of passages, each [start, end]."),
    ({"document": "d1", "about": "C1:e1", "value": 1}, "Say which field, or keep 1 or 0 about the event itself."),
    ({**STATUS}, "A decision has exactly one of take, value and keep."),
    ({**STATUS, "take": "C1", "value": 1}, "A decision has exactly one of take, value and keep."),
    ({**STATUS, "keep": 1}, "“keep” is about the event itself; leave the field out."),
    ({"document": "d1", "about": "C1:e1", "keep": "no", **WHY}, "“keep” is 1 or 0."),
    ({**STATUS, "take": "C2"}, "This goes against C1: please give a reason."),
    ({**STATUS, "take": "C7", **WHY}, "C7 has no event in this group."),
    ({**STATUS, "field": "*", "take": "C7", **WHY}, "C7 has no event in this group."),
    ({**STATUS, "field": "*", "value": 1, **WHY}, "The whole event is settled by take, with a coder's label."),
    ({**STATUS, "value": 99, **WHY}, "Status: "),
    ({**STATUS, "value": None, **WHY}, "Status: "),
    ({**STATUS, "value": {"a": [1]}, **WHY}, "Status: "),
    ({**STATUS, "value": "-7", **WHY}, "“Sources conflict” cannot be the decision"),
    ({**STATUS, "take": "C2", **WHY, "error_kind": "sloth"}, "That kind of error is not known here. Known are: slip, codebook, source, alignment."),
    ({**STATUS, "take": "C2", "reason": "\ud800"}, "The line holds a character that cannot be kept"),
    ({**STATUS, "take": "C2", "reason": "a\0b"}, "The line holds a character that cannot be kept"),
    (b'{"document": "d1", "about": "C1:e1", "field": "weight", "value": NaN, "reason": "x"}', "NaN is not a value"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "said"), BAD)
def test_a_bad_line_is_told_with_its_number_and_the_others_are_taken(made, line, said) -> None:
    good = {"document": "d1", "about": "C1:e1", "field": "provider", "value": [2]}

    done = apply(made, {**good, "field": "recipient", "value": [740]}, line, good)

    ((number, message),) = problems(done)
    assert (number, message[: len(said)], done.decided) == (2, said, 2)
    assert set(Decision.objects.values_list("field", flat=True)) == {"provider", "recipient"}


def test_an_event_of_work_that_was_sent_back_is_not_decided_on(made) -> None:
    send_back(made, "d1", "C2")
    reconciled(made)

    done = apply(made, {**STATUS, "take": "C1", **WHY})

    assert problems(done) == [
        (1, "A coder of this document has not handed in yet; it is settled when all have.")
    ]


def test_a_round_is_kept_to_where_one_is_named(made) -> None:
    other = table({"d1": {"C1": [event(own_id="e1")]}})

    done = apply(made, {**STATUS, "take": "C1", **WHY}, in_round=other.round)

    assert problems(done) == [(1, "C1 has no reconciled event “e1” in “d1”.")]


def test_two_events_under_one_own_id_are_not_guessed_between() -> None:
    made = aligned_table({"d1": {"C1": [event(), event("TO", line=8, start="1990")]}})

    done = apply(made, {"document": "d1", "about": "C1:", "field": "status", "take": "C1"})

    assert [line for line, _ in problems(done)] == [1]


def test_a_file_may_begin_with_a_byte_order_mark(made, tmp_path) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_bytes(
        b"\xef\xbb\xbf" + json.dumps({**STATUS, "take": "C1", **WHY}).encode() + b"\r\n"
    )

    assert decisions_file.apply_file(str(path), by=made.pi).decided == 1
    with pytest.raises(Missing, match="There is no file"):
        decisions_file.apply_file(str(tmp_path / "none"), by=made.pi)
