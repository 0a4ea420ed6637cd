"""Questions to the PI: who reads and answers them, once asked is asked once, and nothing of it reaches another coder."""

from uuid import uuid4

import pytest
from django.urls import reverse

from coding import access, questions
from coding.models import CodebookNote, Question
from projects.models import LedgerLine
from projects.refusals import Invalid, Missing, NotAllowed
from tests import small

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    return small.assignment()


def ask(assignment, words="Is a call a consultation?", **about):
    return questions.ask(
        assignment, uid=about.pop("uid", uuid4()), words=words, by=assignment.coder.user, **about
    )


# --- asking


def test_a_question_keeps_the_words_of_its_passage_and_the_type_of_its_event(work):
    event = uuid4()
    small.coded(work, small.whole_event(event))

    asked = ask(work, event=event, field="provider", span=(0, 5))

    assert (asked.type, asked.field, asked.quote) == ("EX", "provider", "Japan")
    assert not asked.is_answered


def test_the_same_question_sent_twice_is_asked_once(work):
    uid = uuid4()

    assert ask(work, uid=uid) == ask(work, uid=uid, words="other words")
    assert Question.objects.count() == 1


@pytest.mark.parametrize(
    ("about", "words", "message"),
    [
        ({}, " ", "A question has from 1 to 4000 characters."),
        ({}, "x" * 4_001, "A question has from 1 to 4000 characters."),
        ({"span": (5, 5)}, "Why?", "The passage 5-5 does not lie in the text."),
        ({"span": (0, 9_999)}, "Why?", "The passage 0-9999 does not lie in the text."),
        ({"event": uuid4()}, "Why?", "The event this question is about has not been saved yet."),
        ({"field": "provider"}, "Why?", "The event has no field “provider”."),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(work, about, words, message):
    with pytest.raises(Invalid) as refusal:
        ask(work, words=words, **about)

    assert refusal.value.message == message
    assert not Question.objects.exists()


def test_the_ledger_tells_that_a_coder_asked_and_not_what(work):
    ask(work, words="Is the secret clause an event?")

    line = LedgerLine.objects.filter(verb="question.ask").get()
    assert line.difference == {"coder": work.coder.label}


# --- answering


def test_an_answer_given_anew_is_unread_again_and_both_are_on_record(work):
    pi = small.member(work.round.project, "adjudicator").user
    asked = ask(work)

    questions.answer(asked, words="Yes.", by=pi)
    assert (questions.read(work), questions.read(work)) == (1, 0)
    questions.answer(asked, words="Only between ministers.", by=pi)

    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by, asked.read_at) == ("Only between ministers.", pi, None)
    lines = LedgerLine.objects.filter(verb="question.answer").order_by("n")
    assert [line.difference["answer"] for line in lines] == [
        ["", "Yes."],
        ["Yes.", "Only between ministers."],
    ]


# --- who reads them

# who asks to read; what own work they hold on the document; whether they see the question, and may answer it
READERS = [
    (("coder",), "none", False, False),
    (("coder",), "open", False, False),
    (("manager",), "none", False, False),
    (("exporter",), "none", False, False),
    (("adjudicator",), "none", True, True),
    (("coder", "adjudicator"), "none", True, True),
    (("coder", "adjudicator"), "open", False, False),
    (("coder", "adjudicator"), "submitted", True, True),
    (("manager", "adjudicator"), "open", False, False),
]


@pytest.mark.parametrize(("roles", "own", "sees", "answers"), READERS)
def test_who_reads_and_answers_another_coders_question(work, roles, own, sees, answers):
    asked = ask(work)
    person = small.member(work.round.project, *roles)
    if own != "none":
        held = work.round.assignments.create(
            document=work.document, text=work.text, coder=person, queue_key=""
        )
        small.put(held, state="started" if own == "open" else own, **_submitted(own))
    holder = small.holder(person)

    assert (asked in access.visible_questions(holder)) == sees
    if answers:
        assert access.question_to_answer(holder, asked.public_id) == asked
    else:
        with pytest.raises((Missing, NotAllowed)):
            access.question_to_answer(holder, asked.public_id)


def _submitted(state):
    return {"submitted_at": "2024-05-01T00:00Z"} if state == "submitted" else {}


def test_one_reads_the_own_question_and_does_not_answer_it(work):
    asked = ask(work)
    small.put(work.coder, roles=["coder", "adjudicator"])
    holder = small.holder(work.coder)

    assert list(access.visible_questions(holder)) == [asked]
    with pytest.raises(Missing):
        access.question_to_answer(holder, asked.public_id)


# --- the page


def page_of(client, person, project):
    client.force_login(person.user)
    return client.get(reverse("questions", args=[project.slug])).content.decode()


def test_the_page_shows_the_pi_what_waits_and_other_coders_nothing(client, work):
    ask(work, words="Does a phone call count?", span=(0, 5))
    project = work.round.project
    pi = small.member(project, "adjudicator")

    assert "Does a phone call count?" in page_of(client, pi, project)
    assert "Does a phone call count?" in page_of(client, work.coder, project)
    other = page_of(client, small.member(project), project)
    assert "Does a phone call count?" not in other
    assert "You have asked nothing yet" in other


def test_an_answer_with_a_note_reaches_the_one_who_asked_and_the_note_everybody(client, work):
    project, event = work.round.project, uuid4()
    small.coded(work, small.whole_event(event))
    asked = ask(work, event=event, field="status")
    client.force_login(small.member(project, "adjudicator").user)

    response = client.post(
        reverse("answer_question", args=[project.slug, asked.public_id]),
        {f"{asked.public_id}-answer": "As planned.", f"{asked.public_id}-note": "Plans are 1."},
    )

    assert response.status_code == 302
    other = small.assignment(small.member(project))
    client.force_login(other.coder.user)
    told = client.get(f"/api/v1/assignments/{other.public_id}/questions/").json()
    assert told["questions"] == []
    assert [(note["type"], note["field"], note["words"]) for note in told["notes"]] == [
        ("EX", "status", "Plans are 1.")
    ]
    client.force_login(work.coder.user)
    (back,) = client.get(f"/api/v1/assignments/{work.public_id}/questions/").json()["questions"]
    assert (back["answer"], back["is_new"]) == ("As planned.", True)


def test_an_empty_answer_is_refused_beside_its_form(client, work):
    project, asked = work.round.project, ask(work)
    client.force_login(small.member(project, "adjudicator").user)

    response = client.post(reverse("answer_question", args=[project.slug, asked.public_id]), {})

    assert response.status_code == 422
    assert "This field is required." in response.content.decode()


def test_a_withdrawn_note_is_shown_no_longer_and_stays_on_record(client, work):
    project = work.round.project
    pi = small.member(project, "adjudicator")
    note = questions.note(work.round.codebook, words="Calls count.", by=pi.user, type_code="EX")
    client.force_login(pi.user)

    client.post(reverse("withdraw_note", args=[project.slug, note.public_id]))

    assert "Calls count." not in page_of(client, work.coder, project)
    assert CodebookNote.objects.get().withdrawn_at is not None


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_number_of_queries(client, work, count, django_assert_num_queries):
    for _ in range(count):
        ask(work)
        questions.note(work.round.codebook, words="So.", by=work.coder.user)
    client.force_login(small.member(work.round.project, "adjudicator").user)

    with django_assert_num_queries(6):
        client.get(reverse("questions", args=[work.round.project.slug]))
