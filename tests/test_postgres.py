"""What only PostgreSQL and true concurrency show: races, deadlocks, and the same triggers by other means."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from coding import events, importing
from coding.models import Codebook, Operation
from projects import jobs, ledger, members
from projects.models import Job, LedgerLine, Membership
from projects.refusals import Invalid, Refused, Stale
from sources import documents
from sources.models import Document, Page, Text
from tests import small

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("on_postgres")]


def at_once(count: int, work: Callable[[int], object]) -> list[object]:
    """What each of so many threads gives, or the exception it ends with; all begin at the same moment."""
    answers: list[object] = [None] * count
    barrier = threading.Barrier(count)

    def run(n: int) -> None:
        try:
            barrier.wait(timeout=20)
            answers[n] = work(n)
        except Exception as error:
            answers[n] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,), daemon=True) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive(), "still waiting: a deadlock of our own?"
    return answers


def test_these_tests_speak_to_postgres():
    assert connection.vendor == "postgresql"
    assert at_once(2, lambda n: connection.vendor) == ["postgresql"] * 2


# --- jobs


def test_every_job_is_claimed_by_one_worker():
    wanted = {small.job().pk for _ in range(30)}

    def work(n: int) -> list[int]:
        taken = []
        while claimed := jobs.claim(f"worker {n}"):
            taken.append(claimed.pk)
        return taken

    taken = at_once(6, work)

    claimed = [pk for of_one in taken for pk in of_one]
    # Ten at a time are looked at, so a worker may leave early; what is left over waits for the next look.
    claimed += work(6)
    assert sorted(claimed) == sorted(wanted)
    assert set(Job.objects.values_list("attempts", flat=True)) == {1}


def test_one_job_has_one_winner():
    job = small.job()

    claims = at_once(8, lambda n: jobs.claim(f"worker {n}", job_id=job.pk))

    winners = [claim for claim in claims if claim is not None]
    job.refresh_from_db()
    assert [winner.worker for winner in winners] == [job.worker]
    assert job.attempts == 1


def test_a_job_whose_worker_died_has_one_heir():
    past = timezone.now() - timedelta(seconds=1)
    job = small.job(state="running", worker="dead", attempts=1, lease_until=past)

    claims = at_once(8, lambda n: jobs.claim(f"worker {n}", job_id=job.pk))

    job.refresh_from_db()
    assert [claim.worker for claim in claims if claim] == [job.worker]
    assert job.attempts == 2


def test_the_same_work_asked_for_at_once_waits_once():
    asked = at_once(8, lambda n: jobs.enqueue("tests.nothing", "s", project=None, by=None).pk)

    assert set(asked) == {Job.objects.get().pk}


def test_failed_work_started_again_at_once_waits_once():
    job = small.job(state="failed")

    answers = at_once(6, lambda n: jobs.retry(Job.objects.get(pk=job.pk)).pk)

    assert answers.count(job.pk) >= 1
    assert all(isinstance(answer, Refused) for answer in answers if answer != job.pk)
    assert Job.objects.get().state == "queued"


def test_an_error_that_quotes_what_postgres_does_not_take_is_still_told(monkeypatch, settings):
    settings.JOB_ATTEMPTS = 1

    def work(subject, parameters, progress):
        raise ValueError("bytes \0 and \ud800")

    monkeypatch.setattr(jobs.log, "exception", lambda *args: None)
    monkeypatch.setattr(jobs, "_HANDLERS", {"tests.nothing": work})
    job = small.job()

    jobs.work_one("one")

    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "ValueError: bytes  and ?")


# --- the ledger


def test_lines_written_at_once_are_numbered_and_chained():
    project = small.project()

    def write(n: int) -> int:
        with transaction.atomic():
            return ledger.record(project, f"tests.do{n}", project, by=None).n

    numbers = at_once(10, write)

    assert sorted(numbers) == list(range(3, 13))
    assert ledger.verify(project) == []


def test_a_ledger_bent_on_postgres_is_found():
    project = small.project()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE projects_ledgerline DISABLE TRIGGER USER")
        cursor.execute("UPDATE projects_ledgerline SET verb = 'x' WHERE n = 2")

    assert ledger.verify(project) == [ledger.Break(2, "was changed after it was written")]


# --- what the database itself refuses


def fill() -> None:
    """A row in every table that never changes."""
    small.coded(small.assignment())


REFUSED = [
    ("projects_ledgerline", "UPDATE projects_ledgerline SET verb = 'x'", "projects_ledgerline is append-only: rows never change"),
    ("projects_ledgerline", "DELETE FROM projects_ledgerline", "projects_ledgerline is append-only: rows are never deleted"),
    ("sources_text", "UPDATE sources_text SET body = 'x'", "a text never changes, but that all of it is blackened"),
    ("sources_text", "DELETE FROM sources_text", "sources_text is append-only: rows are never deleted"),
    ("sources_page", "UPDATE sources_page SET start = 1", "a text never changes, but that all of it is blackened"),
    ("sources_page", "DELETE FROM sources_page", "sources_page is append-only: rows are never deleted"),
    ("coding_operation", "UPDATE coding_operation SET n = 9", "coding_operation is append-only: rows never change"),
    ("coding_operation", "DELETE FROM coding_operation", "coding_operation is append-only: rows are never deleted"),
    ("coding_codebook", "UPDATE coding_codebook SET title = 'x'", "a published codebook never changes: load a new version"),
    ("coding_codebook", "DELETE FROM coding_codebook", "a published codebook never changes: load a new version"),
]  # fmt: skip


def test_the_database_refuses_to_change_what_never_changes():
    fill()
    for table, statement, said in REFUSED:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM {table} t")
            before = cursor.fetchone()

        with (
            pytest.raises(DatabaseError, match=said),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

        with connection.cursor() as cursor:
            cursor.execute(f"SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM {table} t")
            assert (table, cursor.fetchone()) == (table, before)


def test_models_are_refused_likewise():
    fill()

    for way in (
        lambda: LedgerLine.objects.update(verb="x"),
        lambda: Text.objects.update(body="x"),
        lambda: Page.objects.all().delete(),
        lambda: Operation.objects.all().delete(),
        lambda: Codebook.objects.get().save(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            way()


# --- coding at once


def test_ten_writers_on_one_assignment_lose_nothing():
    assignment = small.assignment()
    writers, each = 10, 4

    def write(n: int) -> list[str]:
        sent = []
        for _ in range(each):
            operation = small.operation("event.add", event=uuid4(), type="EX")
            base = 0
            for _ in range(500):
                try:
                    events.apply(assignment, [operation], base=base, by=assignment.coder.user)
                    break
                except Stale as refusal:
                    base = refusal.details["version"]
                    time.sleep(0.002)
            sent.append(operation["id"])
        return sent

    sent = [one for of_one in at_once(writers, write) for one in of_one]

    assignment.refresh_from_db()
    kept = [str(row.uid) for row in assignment.operations.order_by("n")]
    assert sorted(kept) == sorted(sent)
    assert assignment.version == writers * each
    assert [row.n for row in assignment.operations.order_by("n")] == list(
        range(1, writers * each + 1)
    )
    assert events.load(assignment) == events.replay(assignment)


def test_the_same_batch_sent_at_once_counts_once():
    assignment = small.assignment()
    sent = small.whole_event()

    answers = at_once(6, lambda n: events.apply(assignment, sent, base=0, by=assignment.coder.user))

    assert {answer.version for answer in answers} == {5}
    assert sorted(answer.new for answer in answers) == [0, 0, 0, 0, 0, 5]


def test_what_json_can_carry_and_postgres_cannot_keep_is_refused_in_plain_words():
    assignment = small.assignment()
    operation = small.operation("event.add", event=uuid4(), type="EX", note="a\0b")

    with pytest.raises(Invalid, match="A text holds a character that cannot be recorded"):
        events.apply(assignment, [operation], base=0, by=assignment.coder.user)

    done = importing.import_codings(
        assignment.round.project, [b'{"document": "d\\u0000"}'], by=assignment.coder.user
    )
    assert [problem.line for problem in done.problems] == [1]


# --- people and documents at once


def test_two_managers_who_demote_each_other_leave_one(monkeypatch):
    looked = members._is_last_manager

    def slowly(membership):
        answer = looked(membership)
        time.sleep(0.3)
        return answer

    monkeypatch.setattr(members, "_is_last_manager", slowly)
    project = small.project()
    first = small.manager_of(project)
    second = small.member(project, "manager").user

    answers = at_once(
        2,
        lambda n: members.add(project, [first, second][n], roles=["coder"], by=[second, first][n]),
    )

    managers = [one for one in Membership.objects.all() if "manager" in one.roles]
    assert len(managers) == 1
    assert [type(answer) for answer in answers].count(Invalid) == 1


def test_people_taken_in_at_once_get_labels_of_their_own():
    project = small.project()
    by, people = small.manager_of(project), [small.user() for _ in range(6)]

    answers = at_once(6, lambda n: members.add(project, people[n], roles=["coder"], by=by).label)

    assert sorted(answers) == ["C1", "C2", "C3", "C4", "C5", "C6"]


def test_documents_added_at_once_are_all_there():
    project = small.project()
    by = small.manager_of(project)

    answers = at_once(
        8,
        lambda n: (
            documents.add(
                project, by=by, chunks=[f"text {n}".encode()], filename=f"d{n}.txt"
            ).external_id
        ),
    )

    assert sorted(answers) == [f"d{n}" for n in range(8)]
    assert ledger.verify(project) == []
    assert LedgerLine.objects.filter(verb="document.add").count() == 8


def test_the_same_document_added_at_once_is_there_once():
    project = small.project()
    by = small.manager_of(project)

    answers = at_once(
        6, lambda n: documents.add(project, by=by, chunks=[b"same"], filename="same.txt")
    )

    assert Document.objects.count() == 1
    assert sorted(type(answer).__name__ for answer in answers) == ["Document", *["Invalid"] * 5]
