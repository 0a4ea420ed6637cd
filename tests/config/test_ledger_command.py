"""`manage.py ledger`: whether the chains hold, for people and for programs; the lines as a file."""

import csv
import json

import pytest
from django.core.management import CommandError, call_command

from projects.models import LedgerHead
from tests import small
from tests.projects.test_ledger import bend, filled, line_of

pytestmark = pytest.mark.django_db


def test_verify_tells_of_every_project_and_fails_where_one_was_bent(capsys):
    whole, bent = filled(3), filled(4)
    head = LedgerHead.objects.get(project_id=whole.pk)
    bend("UPDATE projects_ledgerline SET verb = 'x' WHERE project_id = %s AND n = 2", bent.pk)

    with pytest.raises(SystemExit):
        call_command("ledger", "verify")

    said = capsys.readouterr()
    assert said.out == f"{whole.slug}: 3 lines, the chain is whole. 3:{head.hash}\n"
    assert said.err == f"refused: {bent.slug}: line 2: was changed after it was written\n"
    call_command("ledger", "verify", whole.slug)
    assert capsys.readouterr().out == said.out


def test_verify_holds_a_ledger_against_a_hash_written_down(capsys):
    project = filled(3)
    hash_ = line_of(project, 2).hash

    call_command("ledger", "verify", project.slug, "--holds", f"2:{hash_}")
    with pytest.raises(SystemExit):
        call_command("ledger", "--json", "verify", project.slug, "--holds", f"3:{hash_}")

    told = json.loads(capsys.readouterr().out.split("\n", 1)[1])
    assert told["refused"] == [f"{project.slug}: line 3: has another hash than was written down"]
    with pytest.raises(CommandError, match="number of a line and its hash"):
        call_command("ledger", "verify", project.slug, "--holds", "3")
    with pytest.raises(CommandError, match="name it"):
        call_command("ledger", "verify", "--holds", f"2:{hash_}")


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_export_writes_every_line_oldest_first(tmp_path, capsys, format):
    project = filled(4)
    out = tmp_path / "ledger"

    call_command("ledger", "export", project.slug, "--format", format, "--out", str(out))

    assert capsys.readouterr().out == f"4 lines written to {out}.\n"
    text = out.read_text()
    rows = (
        csv.DictReader(text.splitlines()) if format == "csv" else map(json.loads, text.splitlines())
    )
    assert [str(row["n"]) for row in rows] == ["1", "2", "3", "4"]


def test_export_to_the_terminal_is_the_lines_alone(capsys):
    project = small.project()

    call_command("ledger", "export", project.slug)

    assert [json.loads(line)["n"] for line in capsys.readouterr().out.splitlines()] == [1, 2]
