"""The door from rows to the heart's values: what passes through, in which order, and what never does."""

from uuid import uuid4

import pytest

from coding import assignments
from coding.models import Assignment
from reconciliation import inputs
from reconciliation.agreement.units import CodedEvent
from tests.reconciliation import samples
from tests.reconciliation.samples import (
    LINE,
    SILENT,
    UNREADABLE,
    event,
    operation,
    put,
    table,
)

pytestmark = pytest.mark.django_db


def test_an_event_becomes_what_the_heart_needs_and_keys_speak_of_no_row() -> None:
    coded = event("EX", line=2, own_id="e7", provider=[2, 200], start="1951-06", reciprocal=None)
    made = table({"d1": {"C1": [coded]}})

    study = inputs.study(made.round)

    (found,) = study.events
    assert found.coded == CodedEvent(
        key="d1\x1fC1\x1f00001\x1fe7",
        document="d1",
        coder="C1",
        type="EX",
        family="seven",
        providers=frozenset({2, 200}),
        recipients=frozenset({740}),
        reciprocal=False,
        start=(712374, 712403),
        spans=((2 * LINE, 3 * LINE - 1),),
    )
    assert found.label == "C1"
    assert found.values == {"provider": [2, 200], "recipient": [740], "start": "1951-06"}


def test_who_read_who_judges_and_who_is_still_at_it() -> None:
    made = table(
        {
            "d1": {"C1": [event()], "C2": SILENT, "C3": UNREADABLE},
            "d2": {"C1": [event()], "C2": None},
        }
    )

    first, second = inputs.study(made.round).documents

    assert (first.name, list(first.readers), first.judges, first.unfinished) == (
        "d1", ["C1", "C2", "C3"], ["C1", "C2"], [],
    )  # fmt: skip
    assert (second.name, list(second.readers), second.judges, second.unfinished) == (
        "d2", ["C1"], ["C1"], ["C2"],
    )  # fmt: skip


def test_near_misses_removed_events_and_withdrawn_work_stay_outside() -> None:
    made = table({"d1": {"C1": [event(), event(line=3)], "C2": [event()], "C3": None}})
    samples.send_back(made, "d1", "C1")
    second = str(samples.uid_of(made, "d1", "C1", 2))
    miss = uuid4()
    samples.rework(
        made, "d1", "C1",
        operation("event.remove", event=second),
        operation("event.add", event=miss, type="MA"),
        operation("near_miss.set", event=miss, near_miss=True, reason="talk"),
    )  # fmt: skip
    for label in ("C2", "C3"):
        assignments.withdraw(made.assignment("d1", label), by=made.pi.user, reason="Left us.")

    study = inputs.study(made.round)

    assert [found.key for found in study.events] == ["d1\x1fC1\x1f00001\x1f"]
    assert (study.documents[0].judges, study.documents[0].unfinished) == (["C1"], [])


def test_a_value_that_the_others_hide_does_not_count() -> None:
    hidden = event(status=1, cause=2)
    made = table({"d1": {"C1": [hidden], "C2": [event(status=5, cause=2)]}})

    first, second = inputs.study(made.round).events

    assert first.values == {"provider": [2], "recipient": [740], "start": "1951-06-14", "status": 1}
    assert second.values["cause"] == 2


def test_dates_and_states_that_are_missing_or_open_are_not_given() -> None:
    made = table(
        {
            "d1": {
                "C1": [
                    event(start="-9", provider="-9"),
                    event(start="1951/..", line=1),
                    event(start=None, line=2),
                ]
            }
        }
    )

    found = [(one.coded.start, one.coded.providers) for one in inputs.study(made.round).events]

    assert found == [(None, frozenset()), (None, frozenset({2})), (None, frozenset({2}))]


def test_two_texts_of_one_document_are_refused_by_name() -> None:
    made = table({"d1": {"C1": [event()], "C2": [event()]}})
    newer = samples.text(made.assignment("d1", "C1").document, body="Another reading.\n", n=2)
    put(made.assignment("d1", "C2"), text=newer)

    with pytest.raises(inputs.TextsDiffer, match="“d1” was coded on two different texts"):
        inputs.study(made.round)


CODINGS = {
    "d1": {"C1": [event(status=1), event("MA", line=4)], "C2": [event(status=4)]},
    "d2": {"C2": SILENT, "C1": [event(line=2)]},
}


def _hash(codings, **options) -> str:
    return inputs.study(table(codings, **options).round).input_hash


def test_the_hash_depends_on_what_was_coded_and_not_on_the_order_rows_came_in() -> None:
    turned = {name: dict(reversed(CODINGS[name].items())) for name in reversed(CODINGS)}
    told = _hash(CODINGS)

    assert _hash(turned, labels=("C3", "C2", "C1")) == told
    changed = [
        {**CODINGS, "d2": {"C1": [event(line=2)], "C2": UNREADABLE}},
        {**CODINGS, "d2": {"C1": [event(line=3)], "C2": SILENT}},
        {**CODINGS, "d2": {"C1": [event(line=2, status=1)], "C2": SILENT}},
        {**CODINGS, "d2": {"C1": [event("MA", line=2)], "C2": SILENT}},
        {**CODINGS, "d2": {"C1": [event(line=2)], "C2": None}},
        {"d1": CODINGS["d1"]},
    ]
    hashes = [_hash(other) for other in changed]
    assert told not in hashes
    assert len(set(hashes)) == len(hashes)


def test_an_empty_round_is_an_empty_study() -> None:
    made = table({"d1": {"C1": None}})

    study = inputs.study(made.round)

    assert [(found.name, found.judges, found.unfinished) for found in study.documents] == [
        ("d1", [], ["C1"])
    ]
    assert study.events == []
    assert Assignment.objects.get().version == 0
