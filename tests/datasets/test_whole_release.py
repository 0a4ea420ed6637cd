"""A whole release in a stranger's hands: the data package validates, the script in it verifies, the examples run."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas
import pytest

from datasets import releases
from datasets.coverage import declare
from tests.datasets import scenes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_formats")]


@pytest.fixture
def folder(tmp_path) -> Path:
    made = scenes.settled()
    declare(
        made.round.project,
        alliance="",
        first_year=1960,
        last_year=1960,
        search_log="Everything.",
        by=made.pi.user,
    )
    release = scenes.draft(made)
    releases.describe(
        release, by=made.pi.user, creators=["Doe, Jane; ; 0000-0002-1825-0097"], licence="CC-BY-4.0"
    )
    releases.write_out(scenes.published(made), tmp_path / "release")
    return tmp_path / "release"


def ran(*command, **options) -> subprocess.CompletedProcess:
    return subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, **options
    )


def test_a_stranger_can_check_it_read_it_and_run_its_examples(folder, tmp_path) -> None:
    untouched = ran(sys.executable, "-I", "-S", folder / "verify.py")
    assert (untouched.returncode, untouched.stdout) == (0, f"{folder} is as its manifest says.\n")

    valid = ran(
        sys.executable,
        "-c",
        "import sys; from frictionless import validate; r = validate('datapackage.json'); "
        "print(r.valid, len(r.tasks)); print(r.flatten(['name', 'type', 'message'])[:5])",
        cwd=folder,
    )
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    told = valid.stdout.splitlines()
    assert told and told[0] == f"True {len(package['resources'])}", (
        valid.stdout + valid.stderr[-2000:]
    )

    panel = pandas.read_csv(folder / "directed_dyad_year.csv")
    other = tmp_path / "cow.csv"
    panel[["ccode1", "ccode2", "year"]].assign(contiguous=1).to_csv(other, index=False)
    example = ran(sys.executable, folder / "examples/example.py", other)
    assert example.returncode == 0, example.stderr
    assert f"{len(panel)} of {len(panel)} rows" in example.stdout
    assert "quote" in example.stdout
    if shutil.which("Rscript"):
        in_r = ran("Rscript", folder / "examples/example.R", other)
        assert in_r.returncode == 0, in_r.stderr

    (folder / "codings.csv").write_text("mine")
    (folder / "extra.txt").write_text("mine")
    (folder / "stata/documents.dta").unlink()
    touched = ran(sys.executable, "-I", "-S", folder / "verify.py", folder)
    assert touched.returncode == 1
    assert [line.split(" (")[0] for line in touched.stdout.splitlines()] == [
        "codings.csv: changed", "extra.txt: extra", "stata/documents.dta: missing",
    ]  # fmt: skip
    assert ran(sys.executable, "-I", "-S", folder / "verify.py", tmp_path).returncode == 2
