"""The blind rule as a truth table: who sees whose coding, and when."""

import pytest

from coding import access
from coding.models import Assignment, Round
from projects.refusals import Missing, NotAllowed
from tests import small

pytestmark = pytest.mark.django_db
STATES = ("assigned", "started", "submitted", "sent_back", "withdrawn")

# One line: who looks, at whose work, what own work they hold on the same document, the state of the round;
# then whether they see it when it is assigned, started, submitted, sent back, withdrawn.
# Own work of others' lines: none; open: not handed in, in the same round; done: handed in, in the same round;
# left: withdrawn from the same round; other: not handed in, in another round that is not revealed;
# past: not handed in, in another round that is revealed.
TABLE = """
coder               own     -      open      1 1 1 1 1
coder               own     -      closed    1 1 1 1 1
coder               own     -      revealed  1 1 1 1 1
adjudicator         own     -      open      1 1 1 1 1
adjudicator         own     -      closed    1 1 1 1 1
adjudicator         own     -      revealed  1 1 1 1 1
coder+adjudicator   own     -      open      1 1 1 1 1
coder+adjudicator   own     -      closed    1 1 1 1 1
coder+adjudicator   own     -      revealed  1 1 1 1 1
manager             own     -      open      1 1 1 1 1
exporter            own     -      revealed  1 1 1 1 1

coder               others  none   open      0 0 0 0 0
coder               others  none   closed    0 0 0 0 0
coder               others  none   revealed  0 0 0 0 0
coder               others  open   open      0 0 0 0 0
coder               others  open   revealed  0 0 0 0 0
coder               others  done   open      0 0 0 0 0
coder               others  done   closed    0 0 0 0 0
coder               others  done   revealed  0 0 0 0 0
manager             others  none   open      0 0 0 0 0
manager             others  none   closed    0 0 0 0 0
manager             others  none   revealed  0 0 0 0 0
exporter            others  none   open      0 0 0 0 0
exporter            others  none   closed    0 0 0 0 0
exporter            others  none   revealed  0 0 0 0 0
manager+coder       others  open   open      0 0 0 0 0
manager+coder       others  done   revealed  0 0 0 0 0

adjudicator         others  none   open      0 0 1 0 0
adjudicator         others  none   closed    0 0 1 0 0
adjudicator         others  none   revealed  0 0 1 0 0

coder+adjudicator   others  none   open      0 0 1 0 0
coder+adjudicator   others  none   closed    0 0 1 0 0
coder+adjudicator   others  none   revealed  0 0 1 0 0
coder+adjudicator   others  open   open      0 0 0 0 0
coder+adjudicator   others  open   closed    0 0 0 0 0
coder+adjudicator   others  open   revealed  0 0 1 0 0
coder+adjudicator   others  done   open      0 0 1 0 0
coder+adjudicator   others  done   closed    0 0 1 0 0
coder+adjudicator   others  done   revealed  0 0 1 0 0
coder+adjudicator   others  left   open      0 0 1 0 0
coder+adjudicator   others  left   closed    0 0 1 0 0
coder+adjudicator   others  left   revealed  0 0 1 0 0
coder+adjudicator   others  other  open      0 0 0 0 0
coder+adjudicator   others  other  closed    0 0 0 0 0
coder+adjudicator   others  other  revealed  0 0 0 0 0
coder+adjudicator   others  past   open      0 0 1 0 0
coder+adjudicator   others  past   closed    0 0 1 0 0
coder+adjudicator   others  past   revealed  0 0 1 0 0
manager+adjudicator others  open   open      0 0 0 0 0
manager+adjudicator others  open   closed    0 0 0 0 0
"""
ROWS = [
    (who.split("+"), whose, own, state, tuple(seen == "1" for seen in sees))
    for who, whose, own, state, *sees in (line.split() for line in TABLE.splitlines() if line)
]


@pytest.fixture
def project():
    made = small.project()
    small.codebook(made)
    return made


def work(project, document, coder, *, in_round: Round, state: str) -> Assignment:
    return Assignment.objects.create(
        round=in_round,
        document=document,
        text=document.current_text,
        coder=coder,
        state=state,
        submitted_at="2024-05-01T00:00Z" if state == "submitted" else None,
        queue_key="",
    )


def a_round(project, state: str) -> Round:
    return Round.objects.create(
        project=project,
        name=f"round {Round.objects.count()}",
        codebook=project.codebooks.get(),
        state=state,
        per_document=1,
        seed=1,
    )


def hold_own_work(project, document, person, own: str, in_round: Round) -> None:
    here = {"open": "started", "done": "submitted", "left": "withdrawn"}
    elsewhere = {"other": "closed", "past": "revealed"}
    if own in here:
        work(project, document, person, in_round=in_round, state=here[own])
    if own in elsewhere:
        elsewhere_round = a_round(project, elsewhere[own])
        work(project, document, person, in_round=elsewhere_round, state="sent_back")


@pytest.mark.parametrize(("roles", "whose", "own", "round_state", "sees"), ROWS)
def test_who_sees_whose_work_and_when(project, roles, whose, own, round_state, sees):
    person = small.member(project, *roles)
    document = small.document(project)
    looked_at = []
    for state in STATES:
        # Own work in each state, one round each; others' work beside one another in one round.
        if whose == "own" or not looked_at:
            in_round = a_round(project, round_state)
        coder = person if whose == "own" else small.member(project)
        looked_at.append(work(project, document, coder, in_round=in_round, state=state))
    if whose == "others":
        hold_own_work(project, document, person, own, in_round)
    holder = small.holder(person)

    visible = set(access.visible_assignments(holder).values_list("pk", flat=True))

    assert tuple(one.pk in visible for one in looked_at) == sees
    for one, seen in zip(looked_at, sees, strict=True):
        assert is_there(access.assignment_for, holder, one) == seen


def is_there(load, holder, assignment) -> bool:
    try:
        return load(holder, assignment.public_id).pk == assignment.pk
    except Missing as refusal:
        assert refusal.message == "There is no such piece of work, or it is not yours to see."
        return False


def test_the_table_holds_every_role_and_every_state():
    assert {role for roles, *_ in ROWS for role in roles} == {
        "coder",
        "adjudicator",
        "manager",
        "exporter",
    }
    assert set(STATES) == set(Assignment.State.values)
    assert {state for _, _, _, state, _ in ROWS} == set(Round.State.values)


# --- what the rule must not mistake


def test_own_work_on_another_document_blinds_nobody(project):
    person = small.member(project, "coder", "adjudicator")
    opened = a_round(project, "open")
    others = work(
        project,
        small.document(project),
        small.member(project),
        in_round=opened,
        state="submitted",
    )
    work(project, small.document(project), person, in_round=opened, state="started")

    assert others in access.visible_assignments(small.holder(person))


def test_open_work_of_somebody_else_blinds_nobody(project):
    adjudicator = small.member(project, "adjudicator")
    document, opened = small.document(project), a_round(project, "open")
    others = work(project, document, small.member(project), in_round=opened, state="submitted")
    work(project, document, small.member(project), in_round=opened, state="started")

    assert list(access.visible_assignments(small.holder(adjudicator))) == [others]


def test_open_work_in_another_project_changes_nothing_here_and_is_not_seen_from_here(project):
    person = small.user()
    adjudicator = small.member(project, "adjudicator", person=person)
    elsewhere = small.project()
    small.codebook(elsewhere)
    coder_there = small.member(elsewhere, "coder", person=person)
    document, opened = small.document(project), a_round(project, "open")
    here = work(project, document, small.member(project), in_round=opened, state="submitted")
    foreign = small.document(elsewhere)
    there = work(
        elsewhere, foreign, coder_there, in_round=a_round(elsewhere, "open"), state="started"
    )

    assert list(access.visible_assignments(small.holder(adjudicator))) == [here]
    assert list(access.visible_assignments(small.holder(coder_there))) == [there]


def test_handing_in_opens_the_eyes_and_being_sent_back_closes_them(project):
    person = small.member(project, "coder", "adjudicator")
    document, opened = small.document(project), a_round(project, "open")
    others = work(project, document, small.member(project), in_round=opened, state="submitted")
    own = work(project, document, person, in_round=opened, state="started")
    holder = small.holder(person)

    seen = []
    for state in ("started", "submitted", "sent_back"):
        small.put(own, state=state, submitted_at="2024-05-01T00:00Z")
        seen.append(others in access.visible_assignments(holder))

    assert seen == [False, True, False]


# --- a second reading, and the gold answers of training


@pytest.mark.parametrize(
    ("second", "round_state", "first_is_seen"),
    [
        ("assigned", "open", False),
        ("started", "closed", False),
        ("sent_back", "open", False),
        ("submitted", "open", True),
        ("withdrawn", "open", True),
        ("started", "revealed", True),
    ],
)
@pytest.mark.parametrize("roles", [("coder",), ("coder", "adjudicator")])
def test_while_one_reads_a_second_time_the_first_reading_is_out_of_sight(
    project, roles, second, round_state, first_is_seen
):
    person, document = small.member(project, *roles), small.document(project)
    in_round = a_round(project, round_state)
    first = work(project, document, person, in_round=in_round, state="submitted")
    again = Assignment.objects.create(
        round=in_round,
        document=document,
        text=document.current_text,
        coder=person,
        sitting=2,
        state=second,
        submitted_at="2024-05-02T00:00Z" if second == "submitted" else None,
        queue_key="z",
    )
    holder = small.holder(person)

    seen = set(access.visible_assignments(holder))

    assert (first in seen, again in seen) == (first_is_seen, True)
    assert set(access.own_assignments(holder)) == seen
    assert is_there(access.assignment_for, holder, first) == first_is_seen


# Who looks, own work on the document in the training round, the gold answer's state, the round's kind; seen or not.
GOLD = """
coder              submitted  submitted  training    1
coder              assigned   submitted  training    0
coder              started    submitted  training    0
coder              sent_back  submitted  training    0
coder              withdrawn  submitted  training    0
coder              none       submitted  training    0
coder              elsewhere  submitted  training    0
coder              submitted  started    training    0
coder              submitted  sent_back  training    0
coder              submitted  withdrawn  training    0
coder              submitted  submitted  production  0
manager            none       submitted  training    0
adjudicator        none       submitted  training    1
coder+adjudicator  submitted  submitted  training    1
coder+adjudicator  started    submitted  training    0
coder+adjudicator  elsewhere  submitted  training    0
"""


@pytest.mark.parametrize("line", [line for line in GOLD.splitlines() if line])
def test_who_sees_a_gold_answer_and_when(project, line):
    who, own, gold_state, kind, seen = line.split()
    person, author = small.member(project, *who.split("+")), small.member(project)
    document, in_round = small.document(project), small.put(a_round(project, "open"), kind=kind)
    gold = work(project, document, author, in_round=in_round, state=gold_state)
    other = work(project, document, small.member(project), in_round=in_round, state="submitted")
    small.put(gold, is_gold=True)
    if own == "elsewhere":
        # Trained on it, and codes the same document in a round that is not revealed.
        work(project, document, person, in_round=in_round, state="submitted")
        work(project, document, person, in_round=a_round(project, "open"), state="started")
    elif own != "none":
        work(project, document, person, in_round=in_round, state=own)

    visible = set(access.visible_assignments(small.holder(person)))

    assert (gold in visible) == (seen == "1")
    assert (other in visible) == (seen == "1" and "adjudicator" in who)


# --- working on it


def test_only_its_coder_works_on_it(project):
    coder = small.member(project, "coder")
    one = work(
        project,
        small.document(project),
        coder,
        in_round=a_round(project, "open"),
        state="submitted",
    )
    adjudicator = small.holder(small.member(project, "adjudicator"))
    stranger = small.holder(small.member(project, "coder"))

    assert access.own_assignment_for(small.holder(coder), one.public_id) == one
    with pytest.raises(NotAllowed, match="Only the coder it was given to may change this coding."):
        access.own_assignment_for(adjudicator, one.public_id)
    with pytest.raises(Missing):
        access.own_assignment_for(stranger, one.public_id)


def test_who_no_longer_codes_sees_the_own_work_and_does_not_change_it(project):
    person = small.member(project, "coder")
    one = work(
        project,
        small.document(project),
        person,
        in_round=a_round(project, "open"),
        state="started",
    )
    small.put(person, roles=["exporter"])
    holder = small.holder(person)

    assert access.assignment_for(holder, one.public_id) == one
    with pytest.raises(NotAllowed, match="code documents assigned to oneself"):
        access.own_assignment_for(holder, one.public_id)


# --- rounds and codebooks


def test_rounds_and_codebooks_of_another_project_are_not_there(project):
    holder = small.holder(small.member(small.project(), "manager"))
    opened = a_round(project, "open")

    for ask in (
        lambda: access.round_for(holder, opened.public_id),
        lambda: access.codebook_for(holder, 1),
    ):
        with pytest.raises(Missing):
            ask()


@pytest.mark.parametrize(
    ("role", "seen"),
    [("coder", False), ("adjudicator", False), ("exporter", False), ("manager", True)],
)
def test_a_draft_of_the_codebook_is_there_for_who_may_edit_it(project, role, seen):
    draft = small.codebook(project, published=False)
    holder = small.holder(small.member(project, role))

    assert access.codebook_for(holder, 1).is_published
    if seen:
        assert access.codebook_for(holder, draft.n) == draft
    else:
        with pytest.raises(Missing, match="This project has no such version of its codebook."):
            access.codebook_for(holder, draft.n)
