"""Codebook feedback: what is listed under what, what becomes of it, and who may see it."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from coding import codebooks, draft_notes, questions, rounds
from coding.models import DraftNote, Event
from projects.models import LedgerLine
from projects.refusals import Invalid, NotAllowed, Stale, WrongState
from reconciliation import adjudication, concern_queries, concerns
from reconciliation.concern_queries import Wanted
from reconciliation.models import Handling
from sources.models import Document
from tests.reconciliation import samples
from tests.reconciliation.samples import Table, aligned_table, event

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Table:
    """Two flagged decisions, on a field of every event and on whether it is one; and two questions."""
    table = aligned_table(
        {
            "d1": {"C1": [event(status=1)], "C2": [event(status=4)], "C3": [event(status=4)]},
            "d2": {"C1": [event(troops=5)], "C2": [event(troops=7)], "C3": "no_event"},
        }
    )
    adjudication.take(
        table.position("status"), "C1", by=table.pi, reason="Announced is planned.",
        error_kind="codebook",
    )  # fmt: skip
    adjudication.reject(
        table.group("d2"), by=table.pi, reason="A visit is no exercise.", error_kind="codebook"
    )
    coded = Event.objects.get(assignment=table.assignment("d2", "C1"))
    by = table.coders["C1"].user
    work = table.assignment("d2", "C1")
    questions.ask(
        work, uid=uuid4(), words="How many are troops?", by=by, event=coded.uid, field="troops"
    )
    questions.ask(work, uid=uuid4(), words="Is this page part of it?", by=by, span=(0, 7))
    return table  # fmt: skip


def told(table: Table, wanted: Wanted = Wanted()) -> list[tuple[str, str, str]]:  # noqa: B008 - frozen
    return [(one.place, one.kind, one.words) for one in concern_queries.concerns(table.pi, wanted)]


def keys(table: Table, *places: str) -> list[str]:
    found = concern_queries.concerns(table.pi, Wanted(state="all"))
    return [one.key for one in found if one.place in places]


def chosen(table: Table, *places: str) -> concerns.Chosen:
    return concern_queries.chosen(table.pi, keys(table, *places))


EVERY = [
    ("", "question", "Is this page part of it?"),
    ("status", "decision", "Announced is planned."),
    ("EX", "decision", "A visit is no exercise."),
    ("EX.troops", "question", "How many are troops?"),
]


def test_concerns_stand_in_the_order_of_the_codebook_by_what_they_are_about(made) -> None:
    assert told(made) == EVERY
    subjects = concern_queries.subjects(made.pi, concern_queries.concerns(made.pi, Wanted()))
    assert [(one.title, [(rule.what, rule.words) for rule in one.rules]) for one in subjects] == [
        ("The codebook as a whole", []),
        ("Every event: Status", []),
        ("EX Exercise: what counts as one", [("Definition", "Units practise together.")]),
        ("EX Exercise: Troops", []),
    ]
    status = subjects[1].concerns[0]
    assert (status.who, status.why, status.version, status.told) == (
        "PI", "codebook unclear", 1,
        [("C1", "1 planned"), ("C2", "4 done"), ("C3", "4 done"), ("decided", "1 planned")],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        (Wanted(source="decision"), ["status", "EX"]),
        (Wanted(source="question"), ["", "EX.troops"]),
        (Wanted(type="EX"), ["status", "EX", "EX.troops"]),
        (Wanted(place="EX.troops"), ["EX.troops"]),
        (Wanted(error_kind="codebook"), ["status", "EX"]),
        (Wanted(error_kind="slip"), []),
        (Wanted(round="elsewhere"), []),
        (Wanted(state="noted"), []),
    ],
)
def test_filters_narrow_the_list(made, wanted, places) -> None:
    assert [place for place, _, _ in told(made, wanted)] == places


def test_a_decision_taken_anew_without_the_flag_speaks_no_more(made) -> None:
    position = made.position("status")
    adjudication.reopen(position, by=made.pi, reason="Once more.")
    assert ("status", "decision", "Announced is planned.") in told(made), "nobody decided anew yet"

    position.refresh_from_db()
    adjudication.take(position, "C2", by=made.pi, reason="It was done.")
    assert [place for place, _, _ in told(made)] == ["", "EX", "EX.troops"]


def test_chosen_concerns_become_a_draft_note_that_keeps_what_it_came_from(made) -> None:
    note = concerns.into_note(
        chosen(made, "EX", "EX.troops"), by=made.pi, words="Units, not people.", type_code="EX"
    )

    assert (note.place, note.words) == ("EX", "Units, not people.")
    assert told(made) == EVERY[:2]
    assert told(made, Wanted(state="noted")) == EVERY[2:]
    (row,) = concern_queries.waiting_notes(made.pi)
    assert (row.note, row.title) == (note, "EX Exercise: what counts as one")
    assert [one.words for one in row.sources] == ["A visit is no exercise.", "How many are troops?"]
    assert concern_queries.counts(made.pi) == {"": 2, "noted": 2, "aside": 0}
    concerns.to_note(chosen(made, ""), note, by=made.pi)
    assert Handling.objects.filter(note=note).count() == 3
    line = LedgerLine.objects.filter(verb="codebook.handle_concerns").order_by("n")[0]
    assert sorted(line.difference) == ["decisions", "questions", "to"]
    assert "visit" not in str(line.difference), "the ledger is read by who may not see codings"


def test_what_needs_no_change_is_set_aside_and_can_come_back(made) -> None:
    concerns.set_aside(chosen(made, "status"), by=made.pi, reason="It says so already.")

    assert told(made, Wanted(state="aside")) == [EVERY[1]]
    assert concerns.open_again(chosen(made, "status"), by=made.pi) == 1
    assert told(made) == EVERY


def test_nothing_is_dealt_with_twice_or_by_halves(made) -> None:
    both = chosen(made, "status", "EX")
    concerns.set_aside(chosen(made, "status"), by=made.pi, reason="No.")

    with pytest.raises(Stale):
        concerns.into_note(both, by=made.pi, words="So.")
    with pytest.raises(Invalid):
        concerns.into_note(concerns.Chosen(), by=made.pi, words="So.")
    with pytest.raises(Invalid):
        concerns.set_aside(chosen(made, "EX"), by=made.pi, reason=" ")
    with pytest.raises(WrongState):
        concerns.open_again(chosen(made, "EX"), by=made.pi)
    with pytest.raises(NotAllowed):
        concerns.set_aside(both, by=samples.holder(made.coders["C1"]), reason="No.")
    note = draft_notes.write(made.round.project, words="Old.", by=made.pi.user)
    draft_notes.write_in(note, by=made.pi.user)
    with pytest.raises(WrongState):
        concerns.to_note(chosen(made, "EX"), note, by=made.pi)
    assert (DraftNote.objects.count(), Handling.objects.count()) == (1, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Handling.objects.create(reason="Of nothing.", by=made.pi.user)


def test_who_still_codes_a_document_sees_nothing_of_it_here(made) -> None:
    coding_pi = samples.member(made.round.project, "adjudicator", "coder", label="PI2")
    rounds.assign(
        made.round, Document.objects.get(project=made.round.project, external_id="d2"), coding_pi,
        by=made.pi.user,
    )  # fmt: skip
    holder = samples.holder(coding_pi)

    found = concern_queries.concerns(holder, Wanted())

    assert [one.place for one in found] == ["status"]
    assert concern_queries.chosen(holder, keys(made, "", "EX", "EX.troops")) == concerns.Chosen(
        [], []
    )


def test_the_page_writes_sets_aside_and_says_what_is_missing(client, made) -> None:
    client.force_login(made.pi.user)
    address = reverse("concerns", args=[made.round.project.slug])

    def post(act: str, *places: str, **more: str):
        return client.post(
            address, {"act": act, "concern": keys(made, *places), "about": "-", **more}
        )

    page = client.get(address).content.decode()
    assert "Announced is planned." in page and "How many are troops?" in page
    several = post("write", "status", "EX", words="So.")
    assert several.status_code == 422
    assert "about different fields" in several.content.decode()
    assert 'value="' + keys(made, "EX")[0] + '"' in several.content.decode()
    assert post("write", "EX", words=" ").status_code == 422
    assert post("add", "EX").status_code == 422
    assert post("write", "EX.troops", words="Count units.").status_code == 302
    note = DraftNote.objects.get()
    assert (note.type, note.field) == ("EX", "troops")
    assert post("write", "EX", words="Count units.", about="status").status_code == 302
    assert DraftNote.objects.latest("pk").place == "status"
    assert post("add", "", note=note.public_id).status_code == 302
    assert post("aside", "status", reason="It says so.").status_code == 302
    assert "Everything is dealt with" in client.get(address).content.decode()
    assert post("reopen", "status").status_code == 302
    assert told(made) == [EVERY[1]]
    client.force_login(made.coders["C1"].user)
    assert post("aside", "status", reason="No.").status_code == 403


def test_a_field_that_is_no_longer_in_the_codebook_keeps_its_concerns(made) -> None:
    source = samples.CODEBOOK.replace("      - {name: troops, label: Troops, type: integer, minimum: 0}\n", "      - {name: size, label: Size, type: integer}\n")  # fmt: skip
    codebooks.load(made.round.project, source, by=made.pi.user)

    subjects = concern_queries.subjects(made.pi, concern_queries.concerns(made.pi, Wanted()))

    assert subjects[-1].title == "EX.troops, no longer in the codebook"


def test_the_page_asks_the_same_number_of_queries_for_one_concern_as_for_many(
    client, made, django_assert_num_queries
) -> None:
    client.force_login(made.pi.user)
    address = reverse("concerns", args=[made.round.project.slug])
    client.get(address)

    with django_assert_num_queries(17):
        client.get(address)
    concerns.set_aside(chosen(made, "", "status", "EX"), by=made.pi, reason="No.")
    with django_assert_num_queries(17):
        client.get(address)


def test_the_bar_counts_questions_that_wait_and_my_work_new_answers(client, made) -> None:
    def count(person, name: str, page: str) -> str:
        client.force_login(person)
        html = client.get(reverse(page, args=[made.round.project.slug])).content.decode()
        entry = next(line for line in html.splitlines() if f">{name}" in line)
        return entry.partition('<span class="count">')[2].partition("<")[0]

    coder, asked = made.coders["C1"].user, questions.Question.objects.order_by("id")
    assert count(made.pi.user, "Questions", "reconciliation") == "2"
    assert count(coder, "Questions", "my_work") == ""
    questions.answer(asked[0], words="All soldiers.", by=made.pi.user)
    assert count(made.pi.user, "Questions", "reconciliation") == "1"
    client.force_login(coder)
    page = client.get(reverse("my_work", args=[made.round.project.slug])).content.decode()
    assert "1 new answer" in page
    questions.read(made.assignment("d2", "C1"))
    page = client.get(reverse("my_work", args=[made.round.project.slug])).content.decode()
    assert "new answer" not in page
