"""The ledger: numbered, chained, and refused every change by the database itself."""

import hashlib
import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from projects import ledger
from projects.chain import FIRST
from projects.ledger import Break
from projects.models import LedgerHead, LedgerLine
from tests import small

pytestmark = pytest.mark.django_db
UNCHANGED = "projects_ledgerline is append-only: rows never change"
UNDELETED = "projects_ledgerline is append-only: rows are never deleted"


def filled(lines: int = 4):
    """A project with so many lines in its ledger; the first two tell of its founding."""
    project = small.project()
    for n in range(lines - 2):
        ledger.record(project, "tests.do", project, by=None, difference={"n": n, "word": "naïve"})
    return project


def line_of(project, n):
    return LedgerLine.objects.get(project_id=project.pk, n=n)


def bend(sql: str, *values) -> None:
    """Change the table behind the ledger's back: with the triggers out of the way."""
    with connection.cursor() as cursor:
        for table in ("projects_ledgerline", "projects_ledgerhead"):
            for event in ("update", "delete"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_refuses_{event}{on}")
        cursor.execute(sql, values)


def hash_of(line) -> str:
    return ledger._hash(line, LedgerHead.objects.get(project_id=line.project_id).chain)


# --- writing


def test_a_line_tells_verb_subject_actor_and_difference():
    project = small.project("alliances")
    person = small.user("ada")
    document = small.document(project)

    line = ledger.record(project, "document.add", document, by=person, difference={"a": 1})

    line.refresh_from_db()
    assert (line.n, line.verb, line.subject_kind, line.subject_id) == (
        3,
        "document.add",
        "document",
        document.public_id,
    )
    assert (line.project_id, line.by_label, line.form, line.difference) == (
        project.pk,
        f"person-{person.handle}",
        2,
        {"a": 1},
    )
    assert line.previous_hash == line_of(project, 2).hash


def test_what_the_program_does_by_itself_is_signed_concord():
    project = small.project()

    line = ledger.record(project, "tests.do", project, by=None)

    assert (line.by_id, line.by_label, line.subject_id) == (None, "concord", str(project.pk))


def test_lines_are_numbered_within_each_project():
    one, other = small.project(), small.project()
    ledger.record(one, "tests.do", one, by=None)

    numbers = {
        project.slug: [line.n for line in LedgerLine.objects.filter(project_id=project.pk)]
        for project in (one, other)
    }

    assert numbers == {one.slug: [1, 2, 3], other.slug: [1, 2]}


def test_a_line_goes_when_its_verb_fails():
    project = filled(2)

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ledger.record(project, "tests.do", project, by=None)
        raise ZeroDivisionError

    assert LedgerLine.objects.filter(project_id=project.pk).count() == 2


def test_a_line_outlives_its_subject():
    project = filled(2)
    job = small.job(project=project)
    line = ledger.record(project, "tests.do", job, by=None)

    job.delete()

    assert line_of(project, line.n).subject_id == job.public_id
    assert ledger.verify(project) == []


# --- refused by the database


def by_raw_update(line):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projects_ledgerline SET verb = 'x' WHERE id = %s", [line.pk])


def by_raw_delete(line):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM projects_ledgerline WHERE id = %s", [line.pk])


def by_raw_delete_of_everything(line):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM projects_ledgerline")


def by_raw_replacement(line):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO projects_ledgerline SELECT * FROM projects_ledgerline WHERE id = %s "
            "ON CONFLICT (id) DO UPDATE SET verb = 'x'",
            [line.pk],
        )


def by_save(line):
    line.verb = "x"
    line.save()


def by_queryset_update(line):
    LedgerLine.objects.filter(pk=line.pk).update(verb="x")


def by_bulk_update(line):
    line.verb = "x"
    LedgerLine.objects.bulk_update([line], ["verb"])


def by_delete(line):
    line.delete()


def by_queryset_delete(line):
    LedgerLine.objects.all().delete()


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (by_raw_update, UNCHANGED),
        (by_raw_replacement, UNCHANGED),
        (by_save, UNCHANGED),
        (by_queryset_update, UNCHANGED),
        (by_bulk_update, UNCHANGED),
        (by_raw_delete, UNDELETED),
        (by_raw_delete_of_everything, UNDELETED),
        (by_delete, UNDELETED),
        (by_queryset_delete, UNDELETED),
    ],
)
def test_the_database_refuses_to_bend_a_line(way, said):
    project = filled(3)
    before = list(LedgerLine.objects.values())

    with pytest.raises(DatabaseError, match=said), transaction.atomic():
        way(line_of(project, 3))

    assert list(LedgerLine.objects.values()) == before
    assert ledger.verify(project) == []


def test_a_line_cannot_be_replaced_under_its_number():
    project = filled(3)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "REPLACE INTO projects_ledgerline (id, project_id, n, at, verb, subject_kind, subject_id, by_label, "
            "difference, previous_hash, hash) SELECT id, project_id, n, at, 'x', subject_kind, subject_id, "
            "by_label, difference, previous_hash, hash FROM projects_ledgerline WHERE n = 3"
        )

    assert line_of(project, 3).verb == "tests.do"


def test_two_lines_never_share_a_number():
    project = filled(3)
    line = line_of(project, 3)

    line.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save(force_insert=True)

    assert ledger.verify(project) == []


# --- the chain


def test_a_ledger_left_alone_holds():
    assert ledger.verify(filled(5)) == []


def test_an_empty_ledger_holds():
    project = small.project()
    bend("DELETE FROM projects_ledgerline")
    bend("DELETE FROM projects_ledgerhead")

    assert ledger.verify(project) == []


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'other'",
        "by_label = 'somebody else'",
        "by_id = 999",
        "subject_id = 'other'",
        "subject_kind = 'other'",
        "at = '2001-01-01 00:00:00'",
        """difference = '{"n": 99}'""",
    ],
)
def test_a_changed_line_is_found(change):
    project = filled(5)

    bend(f"UPDATE projects_ledgerline SET {change} WHERE project_id = %s AND n = 3", project.pk)

    assert ledger.verify(project) == [Break(3, "was changed after it was written")]


def test_a_line_changed_together_with_its_hash_is_found_by_the_next():
    project = filled(5)
    line = line_of(project, 3)
    line.verb = "other"

    bend(
        "UPDATE projects_ledgerline SET verb = 'other', hash = %s WHERE project_id = %s AND n = 3",
        hash_of(line),
        project.pk,
    )

    assert ledger.verify(project) == [Break(4, "does not follow from the line before it")]


def test_a_line_taken_out_is_found():
    project = filled(5)

    bend("DELETE FROM projects_ledgerline WHERE project_id = %s AND n = 3", project.pk)

    assert ledger.verify(project) == [
        Break(4, "line 3 is missing"),
        Break(4, "does not follow from the line before it"),
    ]


def test_the_first_line_taken_out_is_found():
    project = filled(3)

    bend("DELETE FROM projects_ledgerline WHERE project_id = %s AND n = 1", project.pk)

    assert ledger.verify(project) == [
        Break(2, "line 1 is missing"),
        Break(2, "does not follow from the line before it"),
    ]


def test_a_line_put_in_is_found():
    project = filled(5)
    bend("UPDATE projects_ledgerline SET n = n + 1 WHERE project_id = %s AND n = 5", project.pk)
    bent = line_of(project, 4)

    bent.pk, bent.n, bent.verb, bent.previous_hash = None, 5, "put.in", bent.hash
    bent.hash = hash_of(bent)
    bent.save(force_insert=True)

    assert ledger.verify(project) == [
        Break(6, "does not follow from the line before it"),
        Break(6, "was changed after it was written"),
        Break(6, "the ledger ended at line 5, with another hash"),
    ]


def test_a_line_moved_to_another_project_is_found_in_both():
    one, other = filled(3), filled(3)

    bend(
        "UPDATE projects_ledgerline SET project_id = %s, n = 4 WHERE project_id = %s AND n = 2",
        other.pk,
        one.pk,
    )

    assert [found.n for found in ledger.verify(one)] == [3, 3]
    assert [found.n for found in ledger.verify(other)] == [4, 4, 4]


def test_lines_taken_off_the_end_are_found():
    project = filled(5)

    bend("DELETE FROM projects_ledgerline WHERE project_id = %s AND n >= 4", project.pk)

    assert ledger.verify(project) == [Break(5, "lines 4 to 5 are missing")]


def test_lines_that_changed_places_are_found():
    project = filled(5)

    bend("UPDATE projects_ledgerline SET n = 9 WHERE project_id = %s AND n = 3", project.pk)
    bend("UPDATE projects_ledgerline SET n = 3 WHERE project_id = %s AND n = 4", project.pk)
    bend("UPDATE projects_ledgerline SET n = 4 WHERE project_id = %s AND n = 9", project.pk)

    told = "does not follow from the line before it", "was changed after it was written"
    assert ledger.verify(project) == [
        *(Break(3, message) for message in told),
        *(Break(4, message) for message in told),
        Break(5, told[0]),
    ]


def test_an_end_moved_back_with_its_lines_is_found_by_a_hash_written_down_elsewhere():
    project = filled(5)
    last, before = line_of(project, 5), line_of(project, 4)

    bend("DELETE FROM projects_ledgerline WHERE project_id = %s AND n = 5", project.pk)
    bend("UPDATE projects_ledgerhead SET n = 4, hash = %s", before.hash)

    assert ledger.verify(project) == []
    assert ledger.anchored(project.pk, 4, before.hash) == []
    assert ledger.anchored(project.pk, 5, last.hash) == [Break(5, "is not there")]
    assert ledger.anchored(project.pk, 4, last.hash) == [
        Break(4, "has another hash than was written down")
    ]


def test_a_ledger_without_its_end_is_found():
    project = filled(3)

    bend("DELETE FROM projects_ledgerhead")

    assert ledger.verify(project)[-1] == Break(3, "nothing tells where the ledger ended")


@pytest.mark.parametrize(
    "bending",
    [
        "DELETE FROM projects_ledgerhead",
        "UPDATE projects_ledgerhead SET n = n - 1",
        "UPDATE projects_ledgerhead SET hash = 'x'",
        "UPDATE projects_ledgerhead SET chain = 'x', n = n + 1",
    ],
)
def test_the_database_refuses_to_move_the_end_back(bending):
    project = filled(3)

    refused = pytest.raises(DatabaseError, match="a ledger only grows")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(bending)

    assert ledger.verify(project) == []


def test_lines_of_the_first_form_hold_and_are_followed_by_those_of_the_second():
    """As the migration finds them: hashed by the numbers of project and person."""
    project, person = small.project(), small.user("ada")
    bend("DELETE FROM projects_ledgerline")
    old = LedgerLine(
        project_id=project.pk, n=1, at=timezone.now(), verb="tests.do", subject_kind="project",
        subject_id="1", by_id=person.pk, by_label="ada", difference={"naïve": [1.5, 10]}, form=1, previous_hash=FIRST,
    )  # fmt: skip
    old.hash = hash_of_first_form(old)
    old.save()
    bend("UPDATE projects_ledgerhead SET n = 1, chain = %s, hash = %s", str(project.pk), old.hash)

    new = ledger.record(project, "tests.do", project, by=person)

    assert (new.n, new.form, new.by_id, new.previous_hash) == (2, 2, None, old.hash)
    assert ledger.verify(project) == []
    bend("UPDATE projects_ledgerline SET by_id = by_id + 1 WHERE form = 1")
    assert ledger.verify(project) == [Break(1, "was changed after it was written")]


def hash_of_first_form(line) -> str:
    """Written down here once more, so that no later change of the program can unmake old ledgers."""
    told = [
        line.project_id, line.n, line.at.isoformat(), line.verb, line.subject_kind, line.subject_id, line.by_id,
        line.by_label, line.difference, line.previous_hash,
    ]  # fmt: skip
    body = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()


# --- many lines at once


def test_many_lines_are_one_chain_with_those_before_and_after():
    project = filled(3)
    entries = [ledger.Entry("tests.do", project, {"n": n}) for n in range(50)]

    written = ledger.record_many(project, iter(entries), by=small.manager_of(project))
    last = ledger.record(project, "tests.do", project, by=None)

    assert (written, last.n) == (50, 54)
    assert line_of(project, 53).difference == {"n": 49}
    assert line_of(project, 53).by_label == "M1"
    assert ledger.verify(project) == []
    assert ledger.record_many(project, [], by=None) == 0


def test_a_difference_is_hashed_as_the_database_gives_it_back():
    project = filled(2)
    odd = {10: "ten", 9: (1, 2.0), "x": 1e16, "y": -0.0, "z": {None: True, 1.5: [0.1, 1e-7]}}

    line = ledger.record(project, "tests.do", project, by=None, difference=odd)

    assert line_of(project, line.n).difference == {
        "10": "ten", "9": [1, 2], "x": 10**16, "y": 0, "z": {"null": True, "1.5": [0.1, 1e-7]},
    }  # fmt: skip
    assert ledger.verify(project) == []


def test_a_member_signs_with_the_label_that_others_see():
    project = small.project()
    coder = small.member(project, label="C7")

    line = ledger.record(project, "tests.do", project, by=coder.user)

    assert line.by_label == "C7"


@pytest.mark.django_db(transaction=True)
def test_tables_can_be_emptied_between_tests_and_the_triggers_stand_again():
    filled(3)

    call_command("flush", verbosity=0, interactive=False)

    assert LedgerLine.objects.count() == 0
    line = line_of(filled(3), 3)
    with pytest.raises(DatabaseError, match=UNDELETED):
        line.delete()
