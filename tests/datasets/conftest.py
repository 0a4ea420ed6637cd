"""Most tests of this folder ask nothing of Parquet, Stata and PDF: their releases are built without, unless they ask."""

import pytest

from datasets import formats
from datasets.papers import pdf


@pytest.fixture
def all_formats() -> None:
    """The release as it is in earnest: every format and both papers set as PDF."""


@pytest.fixture(autouse=True)
def _plain_releases(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "all_formats" not in request.fixturenames:
        monkeypatch.setattr(formats, "FORMATS", ())
        monkeypatch.setattr(pdf, "written", lambda paper: b"%PDF- not set in this test")
