"""Building: the same bytes twice, what the files are called and hold, no name of a coder in any of them."""

import csv
import hashlib
import io
import json

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from datasets import manifest, releases, verifying
from datasets.models import Release
from projects import files, jobs
from projects.models import Job
from projects.queries import visible_jobs
from tests import factories
from tests.datasets import scenes
from tests.reconciliation.samples import aligned_table, event

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return scenes.settled()


def test_built_twice_it_is_byte_for_byte_the_same(made) -> None:
    first = scenes.built(made)
    before = scenes.listed(first), first.records_sha256, first.manifest_sha256

    second = scenes.built(made)

    assert (scenes.listed(second), second.records_sha256, second.manifest_sha256) == before
    assert Release.objects.count() == 1


def test_the_same_codings_in_another_project_give_the_same_tables(made) -> None:
    """Row numbers, random ids and the hour of the day get into no table; the dates of decisions are of the day."""
    other = scenes.settled(named=False)
    one, two = scenes.listed(scenes.built(made)), scenes.listed(scenes.built(other))

    about = {
        manifest.NAME,
        "README.md",
        "CITATION.cff",
        "datapackage.json",
        "metadata/datacite.json",
        "metadata/dataverse.json",
        *(
            f"{paper}.{ending}"
            for paper in ("codebook", "reliability")
            for ending in ("md", "html", "pdf")
        ),
    }
    assert {path for path in one if one[path] != two[path]} <= about
    assert one.keys() == two.keys()


def test_the_tables_the_street_promises_are_there(made) -> None:
    names = {path.rsplit("/", 1)[-1] for path in scenes.listed(scenes.built(made))}

    assert names >= {
        "incidents.csv", "incident_participants.csv", "reports.csv", "evidence.csv", "codings.csv", "decisions.csv",
        "directed_dyad_year.csv", "reliability.csv", "documents.csv", "variables.csv", "MANIFEST.json",
    }  # fmt: skip


def rows_of(release: Release, name: str) -> list[dict[str, str]]:
    file = next(one for one in release.files.order_by("path") if one.path.endswith(name))
    return list(csv.DictReader(io.StringIO(files.read(file.sha256).decode())))


def test_rows_lead_from_an_incident_to_its_passages_and_decisions(made) -> None:
    release = scenes.built(made)

    (incident,) = rows_of(release, "incidents.csv")
    assert {row["document_id"] for row in rows_of(release, "reports.csv")} == {"d1", "d2"}
    assert {row["incident_id"] for row in rows_of(release, "evidence.csv")} == {
        incident["incident_id"]
    }
    dyads = rows_of(release, "directed_dyad_year.csv")
    assert [(row["ccode1"], row["ccode2"], row["year"]) for row in dyads] == [("2", "200", "1951")]
    assert incident["title"] == "'=SUM(A1)", "what a spreadsheet would run is guarded"


def test_rows_in_the_manifest_are_the_rows_of_the_files(made) -> None:
    release = scenes.built(made)

    for file in release.files.exclude(rows=None):
        content = files.read(file.sha256)
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file.size, file.sha256)
        assert len(list(csv.reader(io.StringIO(content.decode())))) - 1 == file.rows, file.path


def test_the_manifest_is_the_releases_hash_and_lists_every_other_file(made) -> None:
    release = scenes.built(made)

    kept = release.files.get(path=manifest.NAME)
    content = files.read(kept.sha256)
    assert hashlib.sha256(content).hexdigest() == release.manifest_sha256 == kept.sha256
    entries = {
        entry["path"]: (entry["sha256"], entry["bytes"]) for entry in json.loads(content)["files"]
    }
    assert entries == {
        path: told for path, told in scenes.listed(release).items() if path != manifest.NAME
    }


def test_verify_names_a_changed_byte_a_missing_and_an_added_file(made, tmp_path, capsys) -> None:
    releases.write_out(scenes.built(made), tmp_path / "out")
    assert verifying.verify(tmp_path / "out") == ()

    target = next((tmp_path / "out").rglob("incidents.csv"))
    content = bytearray(target.read_bytes())
    content[len(content) // 2] ^= 1
    target.write_bytes(bytes(content))
    (tmp_path / "out" / "README.md").unlink()
    (tmp_path / "out" / "extra.txt").write_text("more")

    found = {(one.path.rsplit("/", 1)[-1], one.kind) for one in verifying.verify(tmp_path / "out")}
    assert found == {("incidents.csv", "changed"), ("README.md", "missing"), ("extra.txt", "extra")}
    with pytest.raises(SystemExit) as ended:
        call_command("verify", str(tmp_path / "out"))
    assert ended.value.code == 1
    assert "same length, other content" in capsys.readouterr().err


def test_no_name_of_a_coder_occurs_in_any_file(made, tmp_path) -> None:
    # They stand where they could leak: with the people, the jobs and the ledger.
    assert made.coders["C1"].user.__class__.objects.filter(username=scenes.NAMES[0]).exists()

    releases.write_out(scenes.built(made), tmp_path / "out")

    held = scenes.folder_bytes(tmp_path / "out")
    leaks = [
        (path, name)
        for path, content in held.items()
        for name in scenes.NAMES
        if name.lower().encode() in content.lower()
    ]
    assert leaks == []
    assert any(b"C1" in content for content in held.values())


def test_what_is_served_is_what_was_hashed(made) -> None:
    release = scenes.published(made)
    client = Client()
    client.force_login(made.pi.user)

    for path, (sha256, size) in scenes.listed(release).items():
        answer = client.get(
            reverse("release_file", args=[made.round.project.slug, release.version, path])
        )
        content = b"".join(answer.streaming_content)
        assert (answer.status_code, hashlib.sha256(content).hexdigest(), len(content)) == (
            200,
            sha256,
            size,
        ), path
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_list_that_lost_a_coded_state_is_told_in_words_and_leaves_the_draft_as_it_was(
    made,
) -> None:
    release = scenes.built(made)
    before = scenes.listed(release)
    factories.states(made.round.project)  # it has no 200

    job = jobs.see_through(releases.build(release, by=made.pi.user))

    told = "incident I0000{}, recipient: the project's list of states has no 200"
    assert (job.state, job.error) == (
        Job.State.FAILED,
        f"The records contradict themselves or the project's lists: {told.format(1)}. "
        "Settle such values anew, or load a list that has them, and build again.",
    )
    assert scenes.listed(release) == before
    assert job in visible_jobs(made.pi)


def test_a_project_with_nothing_settled_gives_files_with_headers_alone(tmp_path) -> None:
    release = scenes.built(
        aligned_table({"d1": {"C1": [event(status=1)], "C2": [event(status=4)]}})
    )

    assert rows_of(release, "incidents.csv") == rows_of(release, "directed_dyad_year.csv") == []
    assert len(rows_of(release, "codings.csv")) > 0
    releases.write_out(release, tmp_path / "out")
    assert verifying.verify(tmp_path / "out") == ()
