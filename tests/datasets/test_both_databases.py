"""The same study in SQLite and in PostgreSQL gives the same release, byte for byte in every format."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from datasets import releases
from projects import jobs
from projects.models import Job, Project
from sources import copies
from tests import small
from tests.datasets import scenes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_formats")]


def two_studies() -> dict[str, tuple[str, int]]:
    """Every file of two releases, with its hash and length: conflicts and copies; alliances, judgements and searches."""
    told = {}
    for slug, made in (("settled", scenes.settled()), ("pacts", scenes.judged())):
        project = made.round.project
        Project.objects.filter(pk=project.pk).update(slug=slug)
        project.refresh_from_db()
        if slug == "settled":
            coded = project.documents.get(external_id="d1")
            # Names that databases sort by rules of their own.
            twins = [small.document(project, name) for name in ("Ä1", "a1", "B1", "_1", "é-1")]
            copies.confirm(project, [coded, *twins], by=made.pi.user, representative=coded)
        release = scenes.draft(made)
        releases.describe(release, by=made.pi.user, creators=["Doe, Jane"])
        job = jobs.see_through(releases.build(release, by=made.pi.user))
        assert job.state == Job.State.DONE, job.error
        told |= {
            f"{slug}/{path}": (sha256, size)
            for path, sha256, size in release.files.values_list("path", "sha256", "size")
        }  # fmt: skip
    return told


@pytest.mark.postgres
def test_both_databases_give_the_same_bytes(request, monkeypatch) -> None:
    # Decisions tell their day.
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2024, 2, 29, tzinfo=UTC))
    assert connection.vendor == "sqlite"
    here = two_studies()

    request.getfixturevalue("on_postgres")
    from django.db import connections

    assert connections["default"].vendor == "postgresql"
    there = two_studies()

    assert {path for path in here if here[path] != there.get(path)} == set()
    assert here == there
    assert {path.split("/")[1] for path in here} >= {"parquet", "stata", "jsonl", "codebook.pdf"}
