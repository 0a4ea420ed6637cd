"""The ledger in PostgreSQL: what SQLite's tests ask, and what only many writers at once can."""

import pytest
from django.db import DatabaseError, connection, transaction

from projects import ledger
from projects.ledger import Break
from projects.models import LedgerLine
from tests import small
from tests.projects.test_ledger import bend, filled, line_of
from tests.test_postgres import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_postgres")]

#: What is done behind the ledger's back to a project of five lines, and what verify says.
BENDINGS = [
    ("UPDATE projects_ledgerline SET verb = 'x' WHERE n = 3", [Break(3, "was changed after it was written")]),
    (
        "DELETE FROM projects_ledgerline WHERE n = 3",
        [Break(4, "line 3 is missing"), Break(4, "does not follow from the line before it")],
    ),
    ("DELETE FROM projects_ledgerline WHERE n >= 4", [Break(5, "lines 4 to 5 are missing")]),
    (
        "UPDATE projects_ledgerline SET n = 6 WHERE n = 5; "
        "INSERT INTO projects_ledgerline (project_id, n, at, verb, subject_kind, subject_id, by_label, difference, "
        "form, previous_hash, hash) SELECT project_id, 5, at, verb, subject_kind, subject_id, by_label, difference, "
        "form, hash, repeat('0', 64) FROM projects_ledgerline WHERE n = 4",
        [
            Break(5, "was changed after it was written"),
            Break(6, "does not follow from the line before it"),
            Break(6, "was changed after it was written"),
            Break(6, "the ledger ended at line 5, with another hash"),
        ],
    ),
    (
        "UPDATE projects_ledgerline SET n = 9 WHERE n = 3; UPDATE projects_ledgerline SET n = 3 WHERE n = 4; "
        "UPDATE projects_ledgerline SET n = 4 WHERE n = 9",
        [
            *(Break(3, said) for said in ("does not follow from the line before it", "was changed after it was written")),
            *(Break(4, said) for said in ("does not follow from the line before it", "was changed after it was written")),
            Break(5, "does not follow from the line before it"),
        ],
    ),
]  # fmt: skip


def test_every_bending_is_found():
    project = filled(5)
    assert ledger.verify(project) == []

    for sql, said in BENDINGS:
        with transaction.atomic():
            bend(sql)
            assert ledger.verify(project) == said, sql
            transaction.set_rollback(True)

    assert ledger.verify(project) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE projects_ledgerline SET verb = 'x'",
        "DELETE FROM projects_ledgerline",
        "TRUNCATE projects_ledgerline",
        "UPDATE projects_ledgerhead SET n = 1",
        "DELETE FROM projects_ledgerhead",
        "TRUNCATE projects_ledgerhead",
    ],
)
def test_the_database_refuses(statement):
    project = filled(3)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert ledger.verify(project) == []


def test_writers_at_once_keep_one_chain():
    project = small.project()

    def write(n: int) -> None:
        for turn in range(5):
            if turn == 2:
                entries = [ledger.Entry("tests.many", project, {"n": n}) for _ in range(5)]
                ledger.record_many(project, entries, by=None)
            else:
                ledger.record(project, "tests.do", project, by=None, difference={"n": n})

    assert at_once(8, write) == [None] * 8
    assert ledger.verify(project) == []
    assert LedgerLine.objects.count() == 2 + 8 * (4 + 5)


def test_the_first_lines_of_a_ledger_written_at_once_are_one_chain():
    project = small.project()
    bend("DELETE FROM projects_ledgerline")
    bend("DELETE FROM projects_ledgerhead")

    at_once(6, lambda n: ledger.record(project, "tests.do", project, by=None))

    assert ledger.verify(project) == []
    assert [line.n for line in LedgerLine.objects.order_by("n")] == [1, 2, 3, 4, 5, 6]
    assert line_of(project, 1).previous_hash == "0" * 64
