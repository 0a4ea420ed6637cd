"""The short form of a full and a read-only disk: see the module for what is asked."""

import subprocess
import sys

import pytest

from tests.trust import figures
from tests.trust.disk import ROOT, can_mount


def test_a_disk_that_takes_nothing_is_told_in_plain_words_and_loses_nothing(tmp_path, monkeypatch):
    if not can_mount():
        pytest.skip("nobody may mount a small disk here")
    monkeypatch.setenv(figures.FIGURES_FILE, str(tmp_path / "figures"))

    # A process of its own: the disks are mounted where nobody else sees them.
    done = subprocess.run(
        [sys.executable, "-m", "tests.trust.disk", "--short"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    told = figures.read(tmp_path / "figures")
    assert [figure.stands for figure in told] == [True], (told, done.stderr[-3000:])
