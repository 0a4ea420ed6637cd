"""A project moves house: every row and file of it, in either database; people by name; its releases and ledger hold."""

import json
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models

from coding.models import Assignment
from config.keeping import belongings, moving, restoring, snapshots, stored
from config.keeping.dumps import canonical
from datasets import releases, verifying
from datasets.models import Release
from projects import jobs, ledger
from projects.models import Job, LedgerLine, Membership, Project, User
from projects.refusals import Invalid
from sources.models import Document
from sources.search import finding
from tests import small
from tests.config.keeping import places
from tests.config.keeping.study import SLUG

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def moved(kept, django_db_blocker, tmp_path_factory) -> Path:
    """The export of the study, beside its backup."""
    folder = kept.path.parent
    database = places.sqlite(folder / "concord.sqlite3")
    with django_db_blocker.unblock(), places.place(database, folder / "files"):
        job = Job.objects.order_by("pk").last()
        small.put(job, state="running", worker="somebody", attempts=2)
        moving.export_project(Project.objects.get(slug=SLUG), folder / "project")
    return folder / "project"


def contents(tmp_path: Path) -> dict[str, list[str]]:
    """Every row of the study with numbers of rows told by their order: what must be the same in every house."""
    project = Project.objects.get(slug=SLUG)
    told: dict[str, list[str]] = {}
    with snapshots.taken(tmp_path) as snapshot:
        for one in belongings.all_of():
            hidden = {one.table.names.index(column) for column in one.numbers}
            if one.table.name == "projects_job":
                hidden |= {one.table.names.index(name) for name in ("subject", "state", "worker", "attempts", "lease_until")}  # fmt: skip
            rows = snapshots.lines(snapshot, one.table, one.where_for(project.pk))
            told[one.table.name] = sorted(
                str([value for at, value in enumerate(json.loads(row)) if at not in hidden])
                for row in map(canonical, rows)
            )
    return told


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_project_is_the_same_in_its_new_house(open_place, kept, moved, tmp_path, kind):
    with places.place(
        places.sqlite(kept.path.parent / "concord.sqlite3"), kept.path.parent / "files"
    ):
        before = contents(tmp_path)
        ledgers = list(LedgerLine.objects.order_by("n").values_list("n", "hash"))
        order = list(Document.objects.order_by("pk").values_list("public_id", flat=True))

    with open_place(kind):
        other = small.project("other")
        small.document(other)
        known = User.objects.create(username="beppo_hidden", is_active=True)
        done = moving.import_project(moved, manager=small.manager_of(other))
        after = contents(tmp_path)

        project = done.project
        # What the move itself wrote: two lines of the ledger, and a member.
        lines = LedgerLine.objects.filter(project_id=project.pk).order_by("n")
        assert list(lines.values_list("n", "hash"))[: len(ledgers)] == ledgers
        assert [line.verb for line in lines[len(ledgers) :]] == ["project.import", "member.add"]
        for name in ("projects_ledgerline", "projects_membership"):
            assert set(before.pop(name)) < set(after.pop(name))
        before.pop("projects_ledgerhead"), after.pop("projects_ledgerhead")
        assert after == before
        assert done.breaks == () and ledger.verify(project) == []
        assert list(Document.objects.filter(project=project).order_by("pk").values_list("public_id", flat=True)) == order  # fmt: skip
        assert Document.objects.filter(project=other).count() == 1

        assert done.matched == ("beppo_hidden",)
        label = Membership.objects.get(project=project, user=known).label
        ghosts = User.objects.filter(username__in=done.placeholders)
        assert label == "C2" and not any(
            one.is_active or one.has_usable_password() for one in ghosts
        )

        verified(project, tmp_path / kind)
        found = finding.documents(project, finding.Wanted("parties hold"))
        assert [one.external_id for one in found] == ["treaty"]
        goes_on(project)


def verified(project: Project, folder: Path) -> None:
    """Its published release is written out and holds against its manifest."""
    release = Release.objects.get(project=project, state="published")
    releases.write_out(release, folder)
    assert verifying.verify(folder) == ()


def goes_on(project: Project) -> None:
    """What was begun there is finished here; what waited to be read is read."""
    work = Assignment.objects.select_related("coder__user", "round__project").filter(
        round__project=project, state="started"
    )
    small.coded(work.get(), [small.operation("outcome.set", outcome="no_event")])
    assert Job.objects.get(project=project, state="queued").worker == ""
    jobs.finish_all()
    assert Document.objects.get(project=project, external_id="waits").state == "read"
    small.document(project, "one-more")


def test_a_project_is_refused_where_it_is_already_and_nothing_changes(open_place, moved):
    with open_place("sqlite"):
        moving.import_project(moved)
        counts = {model: model._base_manager.count() for model in apps.get_models()}

        with pytest.raises(Invalid, match="There is a project “study” here"):
            moving.import_project(moved)
        with pytest.raises(Invalid, match="here already"):
            moving.import_project(moved, slug="copy")

        assert {model: model._base_manager.count() for model in apps.get_models()} == counts


def test_people_with_other_names_here_are_said_one_by_one(open_place, moved, capsys):
    with open_place("sqlite"):
        small.user("b.hidden")
        for words, said in (
            (["--person", "nobody=b.hidden"], "Nobody in the project is called nobody"),
            (["--person", "beppo_hidden=x"], "There is no user “x” here"),
            (["--person", "beppo_hidden"], "looks like"),
            (["--manager", "x"], "There is no user “x”"),
        ):
            with pytest.raises(CommandError, match=re.escape(said)):
                call_command("import_project", str(moved), *words)
        assert Project.objects.count() == 0

        call_command("import_project", str(moved), "--slug", "mine", "--person", "beppo_hidden=b.hidden")  # fmt: skip

        assert capsys.readouterr().out.splitlines()[1] == "Known by their user names: b.hidden."
        held = Membership.objects.get(user__username="b.hidden")
        assert (held.project.slug, held.label) == ("mine", "C2")


def test_a_backup_is_no_project_and_a_project_no_backup(open_place, kept, moved):
    with open_place("sqlite"):
        with pytest.raises(Invalid, match="it is a concord backup, no concord project"):
            moving.import_project(kept.path)
        with pytest.raises(Invalid, match="it is a concord project, no concord backup"):
            restoring.restore(moved)


def test_every_model_belongs_to_a_project_or_is_declared_to_stay():
    assert belongings.unaccounted() == []
    known = [model._meta for model in belongings.kept_models()]
    labels = {one.label for one in known} | {one.app_label for one in known}
    assert set(belongings.LEFT_OUT) <= labels, "no longer there"


def test_a_model_that_nobody_thought_of_is_named(monkeypatch):
    monkeypatch.setattr(belongings, "LEFT_OUT", {**belongings.LEFT_OUT})
    belongings.LEFT_OUT.pop("coding.KeyChoice")

    assert belongings.unaccounted() == ["coding.KeyChoice"]


def test_every_column_that_holds_a_sha256_is_a_stored_file_or_is_known_not_to_be():
    columns = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField)
        and (field.name.endswith("sha256") or field.name == "pack")
    }

    assert columns == {(one.table, one.column) for one in stored.FILES} | stored.OTHER_HASHES


def test_every_kind_of_job_says_what_its_subject_is():
    kinds = set(moving.JOB_SUBJECTS) | moving.JOB_SLUGS | moving.JOB_IDS
    kinds |= set(belongings.JOBS_LEFT_OUT)

    assert {kind for kind in jobs._HANDLERS if not kind.startswith("tests.")} == kinds
