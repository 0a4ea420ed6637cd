"""The demo loads once, and its walk of the street prints a line of counts per step."""

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config import demonstration
from projects.models import Project, User
from reconciliation.models import Decision
from tests.reconciliation.samples import person

ROOT = Path(__file__).resolve().parents[2]

STEPS = {
    "people": r"4 users: ada, ben, cleo, dora",
    "project": r"demo: 4 members",
    "codebook": r"version 1: 12 event types, \d{2,} fields",
    "alliances": r"6 invented ones with 15 members",
    "documents": r"20 read, 3 pages with word boxes, \d{5,} characters",
    "round": r"“First round”: \d{2,} assignments, seed 1",
    "codings": r"\d{2,} submitted: \d{2,} events, \d+ near misses",
    "reconcile": r"\d{2,} events, \d{2,} groups, \d{3,} positions, \d{2,} conflicts, \d{2,} figures",
    "adjudicate": r"\d{2,} decided, \d{3,} agreed accepted, \d{2,} resolved events, \d+ judged none, \d{2,} positions open",
    "incidents": r"\d{2,} incidents with \d{2,} reports, \d+ reported by several documents",
    "release": r"0\.1\.0 published: \d{2,} files, manifest [0-9a-f]{12}",
    "to code": r"“Second round”: \d+ assignments waiting",
    "verify": r"\d{2,} files written out and as their manifest says",
    "tables": r"1 table of the README counted again from the files",
}


def test_check_walks_the_street_in_a_database_of_its_own_and_counts_each_step() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "demo", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
    )

    assert (done.returncode, done.stderr) == (0, "")
    lines = {line[:11].strip(): line[11:] for line in done.stdout.splitlines()}
    assert list(lines) == list(STEPS)
    for step, said in STEPS.items():
        assert re.fullmatch(said, lines[step]), (step, lines[step])


@pytest.mark.django_db
def test_loading_twice_leaves_what_is_there(monkeypatch) -> None:
    Project.objects.create(slug=demonstration.SLUG, title="Mine")
    out = io.StringIO()

    call_command("demo", stdout=out)

    assert (
        out.getvalue().splitlines()[0] == "The demo project is here already; it was left as it is."
    )
    assert (Project.objects.get().title, User.objects.count(), Decision.objects.count()) == (
        "Mine",
        0,
        0,
    )


@pytest.mark.django_db
def test_it_is_not_loaded_on_a_public_address_or_over_people_of_the_same_names(settings) -> None:
    settings.PUBLIC_URL = "https://concord.example.org"
    with pytest.raises(CommandError, match="not loaded on a public address"):
        call_command("demo")

    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    person("ada")
    with pytest.raises(CommandError, match="nothing was changed: There is a user ada already"):
        call_command("demo")

    assert (Project.objects.count(), User.objects.count()) == (0, 1)
