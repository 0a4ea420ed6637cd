"""Rounds moved to a new version of the codebook: what is asked again and why, what carries over, who may know."""

from uuid import UUID

import pytest

from coding import assignments, codebooks, events, foreseen, moves, operations, rounds, second_looks
from coding.models import Assignment, Operation, Round, SecondLook
from projects.models import LedgerLine
from projects.refusals import Invalid, Missing, WrongState
from tests import small
from tests.small import operation

pytestmark = pytest.mark.django_db
State = Assignment.State
E1, E2, E3 = UUID(int=1), UUID(int=2), UUID(int=3)

# Code 5 means something else, another field is demanded, and an exercise is defined more widely.
POSTPONED = ("{code: 5, label: postponed}", "{code: 5, label: postponed or put off}")
WIDER = ("Units practise together.", "Units or staffs practise together.")
TROOPS = ("type: integer, minimum: 0}", "type: integer, minimum: 0, required: true}")


@pytest.fixture
def project():
    return small.project()


@pytest.fixture
def coder(project):
    return small.member(project, label="C1")


def changed(project, *replacements):
    """A new published version with these words in the place of those."""
    source = small.CODEBOOK
    for before, after in replacements:
        assert before in source
        source = source.replace(before, after)
    return small.codebook(project, source)


def whole(uid, **values):
    sent = small.whole_event(uid)
    return [
        *sent,
        *(operation("value.set", event=uid, field=k, value=v) for k, v in values.items()),
    ]


def handed_in(coder, *sent):
    """A piece of work with these events, handed in."""
    work = small.coded(small.assignment(coder), [one for event in sent for one in event])
    assignments.submit(work, by=coder.user)
    work.refresh_from_db()
    return work


def asked(plan):
    return [
        [
            [(look.event.uid if look.event else None, look.field) for look in one.looks]
            for one in planned.readings
        ]
        for planned in plan.rounds
    ]


def move(to, *works, **words):
    return moves.move(to, [one.round for one in works], by=small.manager_of(to.project), **words)


def test_the_plan_names_what_is_doubtful_field_by_field_and_changes_nothing(project, coder):
    work = handed_in(
        coder, whole(E1, status=5, reason="rain", troops=7), whole(E2, status=1, troops=9)
    )
    to = changed(project, POSTPONED)
    before = (
        list(Assignment.objects.values()),
        LedgerLine.objects.count(),
        Operation.objects.count(),
    )

    plan = moves.plan(to, [work.round])

    assert asked(plan) == [[[(E1, "status")]]]
    assert (plan.rounds[0].carried, plan.rounds[0].going_back) == (0, 1)
    assert before == (
        list(Assignment.objects.values()),
        LedgerLine.objects.count(),
        Operation.objects.count(),
    )
    assert not SecondLook.objects.exists()


def test_moving_carries_what_holds_and_gives_back_what_is_doubtful(project, coder):
    doubtful = handed_in(coder, whole(E1, status=5, reason="rain"))
    sound = handed_in(coder, whole(E2, status=1))
    untouched = small.assignment(coder)
    to = changed(project, POSTPONED)

    move(to, doubtful, sound, untouched)

    states = {
        one.pk: (one.state, one.round.codebook, one.version)
        for one in Assignment.objects.select_related("round__codebook")
    }
    assert states == {
        doubtful.pk: (State.SENT_BACK, to, doubtful.version + 1),
        sound.pk: (State.SUBMITTED, to, sound.version + 1),
        untouched.pk: (State.ASSIGNED, to, 1),
    }
    look = SecondLook.objects.get()
    assert (look.assignment, look.event.uid, look.field, look.held, look.answer) == (
        doubtful, E1, "status", 5, "",
    )  # fmt: skip
    assert look.reasons == [
        {
            "what": "Code 5 (postponed or put off): label",
            "before": "postponed",
            "after": "postponed or put off",
            "action": "changed",
        }
    ]
    lines = LedgerLine.objects.filter(project_id=project.pk, verb="round.codebook").order_by("n")
    assert [(one.subject_id, one.difference) for one in lines] == [
        (doubtful.round.public_id, {"from": 1, "to": 2, "readings": 1, "sent_back": 1}),
        (sound.round.public_id, {"from": 1, "to": 2, "readings": 1, "sent_back": 0}),
        (untouched.round.public_id, {"from": 1, "to": 2, "readings": 1, "sent_back": 0}),
    ]


def test_the_log_of_a_reading_still_tells_the_whole_work_after_a_move(project, coder):
    work = handed_in(coder, whole(E1, status=5, reason="rain"), whole(E2, status=1, troops=3))
    to = changed(
        project,
        (", {code: 5, label: postponed}", ""),
        ("      - {name: troops, label: Troops, type: integer, minimum: 0}\n", ""),
        (', required_if: "status == 5", visible_if: "status == 5"', ""),
    )
    before = events.load(work)

    move(to, work)
    work = Assignment.objects.select_related("round__codebook", "text").get(pk=work.pk)

    assert events.load(work) == events.replay(work) == before
    small.coded(work, [operation("value.set", event=E1, field="status", value=1)])
    assert events.replay(work).events[E1].values["status"] == 1
    with pytest.raises(Invalid, match="is not a code of this field"):
        small.coded(work, [operation("value.set", event=E1, field="status", value=5)])


def test_a_move_is_never_taken_from_a_browser(coder):
    work = small.assignment(coder)

    with pytest.raises(Invalid, match="There is no operation “codebook.move”"):
        small.coded(work, [operation(events.MOVED, to=2)])
    assert events.MOVED not in operations._KINDS


@pytest.mark.parametrize(
    ("replacements", "event", "fields"),
    [
        ([POSTPONED], {"status": 1}, []),
        ([WIDER], {}, [""]),
        ([TROOPS], {}, ["troops"]),
        ([TROOPS], {"troops": 3}, []),
        ([("minimum: 0", "minimum: 5")], {"troops": 3}, ["troops"]),
        ([("minimum: 0", "minimum: 5")], {"troops": 6}, []),
        ([("label: Troops,", "label: Soldiers,")], {"troops": 3}, []),
        ([("{name: troops, label: Troops, type: integer", "{name: troops, label: Troops, level: ordinal, type: integer")], {"troops": 3}, []),
        ([("type: integer, minimum: 0", "type: integer, unit: thousands, minimum: 0")], {"troops": 3}, ["troops"]),
        ([("type: integer, minimum: 0", "type: integer, unit: thousands, minimum: 0")], {}, []),
        ([("{name: observed, label: Observed, type: boolean}", "{name: seen, label: Seen, type: boolean}")], {"observed": 1}, ["observed", "seen"]),
        ([("{name: observed, label: Observed, type: boolean}", "{name: seen, label: Seen, type: boolean, visible_if: 'troops > 5'}")], {"troops": 1}, []),
        ([('visible_if: "status == 5"}', 'visible_if: "status == 1"}')], {"status": 1}, ["reason"]),
        ([('visible_if: "status == 5"}', 'visible_if: "status == 1"}')], {}, []),
        ([("start <= end", "start < end")], {"start": "1951-01-01", "end": "1951-01-01"}, ["end"]),
        ([("start <= end", "start < end")], {"start": "1951-01-01", "end": "1951-01-02"}, []),
        ([("near_misses:", "conventions: {missing_values: {options: [{code: -9, label: unknown, definition: Other}]}}\nnear_misses:")], {"start": "-9"}, [""]),
        ([("near_misses:", "conventions: {missing_values: {options: [{code: -9, label: unknown, definition: Other}]}}\nnear_misses:")], {"start": "1951"}, []),
        ([("family: seven", "family: eight")], {}, []),
        ([("{name: end, label: End, type: date}", "{name: end, label: End, type: date, skip_for: [EX]}")], {"end": "1952"}, ["end"]),
        ([("code: cpx, label: command post", "code: cpx, label: Command Post")], {"form": ["cpx"]}, []),
        ([("{code: cpx, label: command post}", "{code: cpx, label: staff}")], {"form": ["cpx", "ftx"]}, ["form"]),
        ([("{code: cpx, label: command post}", "{code: cpx, label: staff}")], {"form": ["ftx"]}, []),
    ],
)  # fmt: skip
def test_only_what_a_change_bears_on_is_asked_again(project, coder, replacements, event, fields):
    work = small.coded(small.assignment(coder), whole(E1, **event))
    plan = moves.plan(changed(project, *replacements), [work.round])

    assert asked(plan) == [[[(E1, field) for field in fields]]]


def test_a_round_stays_where_a_type_went_that_may_have_been_coded(project, coder):
    begun = small.coded(small.assignment(coder), whole(E1))
    fresh = small.assignment(coder)
    to = changed(project, ("code: EX", "code: EY"))

    with pytest.raises(WrongState, match="stays: the new version has no type EX any more"):
        move(to, begun, fresh)
    assert {one.codebook.n for one in Round.objects.all()} == {1}
    (told,) = foreseen.foreseen(
        small.holder(small.memberships_of(project)[0]), moves.plan(to, [begun.round])
    )
    assert told.stays.startswith("the new version has no type EX any more")
    move(to, fresh)
    fresh.round.refresh_from_db()
    assert fresh.round.codebook == to


def test_near_misses_are_asked_again_where_what_counts_changed(project, coder):
    missed = [
        *whole(E1, status=5),
        operation("near_miss.set", event=E1, near_miss=True, reason="talk"),
    ]
    work = small.coded(small.assignment(coder), missed)

    field = moves.plan(changed(project, POSTPONED), [work.round])
    reason = moves.plan(
        changed(project, ("Study or talk without an act.", "Talk whatever comes of it.")),
        [work.round],
    )
    wider = moves.plan(changed(project, WIDER), [work.round])

    assert [asked(plan) for plan in (field, reason, wider)] == [
        [[[]]], [[[(E1, "")]]], [[[(E1, "")]]],
    ]  # fmt: skip


def test_readings_without_events_go_back_only_on_demand_and_where_a_definition_changed(
    project, coder
):
    nothing = handed_in(coder, [operation("outcome.set", outcome="no_event")])
    to = changed(project, WIDER)
    narrow = changed(project, WIDER, POSTPONED)

    assert asked(moves.plan(to, [nothing.round])) == [[[]]]
    assert asked(moves.plan(to, [nothing.round], reread=True)) == [[[(None, "")]]]
    move(narrow, nothing, reread=True)

    nothing.refresh_from_db()
    assert nothing.state == State.SENT_BACK
    assert [one.number for one in second_looks.shown(nothing)] == [0]


def test_handing_in_again_asks_for_each_look_to_be_changed_or_confirmed(project, coder):
    work = handed_in(coder, whole(E1, status=5, reason="rain"), whole(E2, status=5, reason="snow"))
    move(changed(project, POSTPONED), work)
    work = Assignment.objects.select_related("round__codebook", "text").get(pk=work.pk)

    with pytest.raises(Invalid) as refusal:
        assignments.submit(work, by=coder.user)
    assert [
        (one["event"], one["field"], one["severity"]) for one in refusal.value.details["problems"]
    ] == [
        (str(E1), "status", "incomplete"),
        (str(E2), "status", "incomplete"),
    ]

    small.coded(work, [operation("value.set", event=E1, field="status", value=1)])
    (left,) = second_looks.waiting(work)
    assert second_looks.confirm(work, [left.public_id], by=coder.user) == 1
    assert second_looks.confirm(work, [left.public_id], by=coder.user) == 0
    assignments.submit(work, by=coder.user)

    assert list(SecondLook.objects.values_list("event__uid", "answer")) == [
        (E1, "changed"),
        (E2, "holds"),
    ]


def test_looks_are_answered_by_their_coder_while_the_work_is_in_hand(project, coder):
    work = handed_in(coder, whole(E1, status=5, reason="rain"))
    other = small.assignment(small.member(project))
    move(changed(project, POSTPONED), work)
    look = SecondLook.objects.get()

    with pytest.raises(Missing, match="There is no such question"):
        second_looks.confirm(other, [look.public_id], by=other.coder.user)
    with pytest.raises(Missing, match="There is no such question"):
        second_looks.confirm(work, [], by=coder.user)
    rounds.move(work.round, Round.State.CLOSED, by=small.manager_of(project))
    with pytest.raises(WrongState, match="its round is closed"):
        second_looks.confirm(work, [look.public_id], by=coder.user)


def test_a_second_move_adds_its_reasons_to_a_look_that_still_waits(project, coder):
    work = handed_in(coder, whole(E1, status=5, reason="rain"))
    move(changed(project, POSTPONED), work)
    third = changed(project, ("{code: 5, label: postponed}", "{code: 5, label: delayed}"))

    work = Assignment.objects.select_related("round__codebook").get(pk=work.pk)
    move(third, work)

    look = SecondLook.objects.get()
    assert [reason["after"] for reason in look.reasons] == ["postponed or put off", "delayed"]
    assert look.codebook == third


def test_what_was_coded_while_a_round_was_looked_at_is_looked_at_anew(project, coder):
    """The long part of a move holds nobody up; its answer is not taken for what changed meanwhile."""
    work = small.coded(small.assignment(coder), whole(E1, status=5, reason="rain"))
    to = changed(project, POSTPONED)

    def meanwhile(done, total):
        later = [small.operation("value.set", event=E1, field="status", value=1)]
        small.coded(work, later)

    moves.move(to, [work.round], by=small.manager_of(project), tell=meanwhile)

    assert not SecondLook.objects.exists()


def test_what_cannot_be_moved_is_refused_whole(project, coder):
    work = small.assignment(coder)
    first = work.round.codebook
    draft = codebooks.load(project, small.CODEBOOK.replace(*WIDER), by=small.manager_of(project))

    with pytest.raises(WrongState, match="publish this draft first"):
        move(draft, work)
    with pytest.raises(Invalid, match="is not coded with an older version"):
        move(first, work)
    with pytest.raises(Invalid, match="Choose at least one round"):
        move(first)
    to = codebooks.publish(draft, by=small.manager_of(project))
    for state in (Round.State.CLOSED, Round.State.REVEALED):
        rounds.move(work.round, state, by=small.manager_of(project))
    assert moves.movable(project, to) == []
    with pytest.raises(WrongState, match="it keeps the version it was coded with"):
        move(to, work)
    assert Round.objects.get().codebook == first


def test_the_dry_run_tells_nobody_what_they_may_not_see(project, coder):
    """A manager who codes the document too, one who sees no codings, and an adjudicator."""
    both = small.member(project, "manager", "adjudicator", "coder", label="PI")
    watcher = small.member(project, "manager", "adjudicator", label="W")
    opened = small.coding_round(project, coders=[coder, both])
    work = small.coded(opened.assignments.get(coder=coder), whole(E1, status=5, reason="rain"))
    assignments.submit(work, by=coder.user)
    plan = moves.plan(changed(project, POSTPONED), [opened])

    def seen(membership):
        (one,) = foreseen.foreseen(small.holder(membership), plan)
        causes = [(cause.field, cause.codings) for cause in one.causes]
        return one.readings, one.unseen, one.again, causes, [share.label for share in one.coders]

    founder = small.memberships_of(project)[0]
    assert seen(founder) == (2, 2, 0, [], [])
    assert seen(both) == (2, 1, 0, [], ["PI"])
    assert seen(watcher) == (2, 1, 1, [("status", 1)], ["C1"])
