"""Scans: recognised as such, and read by text recognition where that is installed.

Real recognition needs Tesseract, a program of the system, and the package ocrmypdf; neither is part of the
test environment. Where both are there the last test reads a real scan; where not, it tests what the person is told.
"""

import sys
from pathlib import Path

import pytest
from django.urls import reverse

from projects import jobs
from projects.refusals import Invalid, WrongState
from sources import documents
from sources.models import Document
from sources.reading import ReadText, recognition
from sources.reading.recognition import Availability, command
from tests import factories
from tests.sources import samples

ALL_THERE = Availability(True, "5.3.0", ("deu", "eng"))
SCAN = samples.scanned_pdf(
    "AGREEMENT ON THE DEFENCE\n\nThe Government of Laos and the\nGovernment of Siam have agreed:",
    "Article 1\n\nThe Parties shall consult.",
)


@pytest.fixture
def project(db):
    return factories.project()


@pytest.fixture
def scan(project) -> Document:
    made = documents.add(
        project, by=factories.user("founder"), chunks=[SCAN], filename="treaty-1951.pdf"
    )
    jobs.finish_all()
    made.refresh_from_db()
    return made


def test_what_is_missing_is_said():
    assert ALL_THERE.missing == ""
    assert Availability(False, "").missing == (
        "Text recognition is not installed here. It needs the Python package ocrmypdf (it is in "
        "requirements-extras.lock) and the program Tesseract with the languages wanted (on Debian: tesseract-ocr)."
    )
    assert "ocrmypdf" not in Availability(True, "").missing
    assert "tesseract-ocr-eng" in Availability(True, "5.3.0").missing


def test_the_command_leaves_pages_with_good_text_alone():
    words = command(Path("a.pdf"), Path("b.pdf"), language="deu", pages=[2, 5])

    assert words[:3] == [sys.executable, "-m", "ocrmypdf"]
    assert words[-6:] == ["--language", "deu", "--pages", "2,5", "a.pdf", "b.pdf"]
    assert "--force-ocr" in words
    assert "--pages" not in command(Path("a.pdf"), Path("b.pdf"), language="eng")


def test_recognised_text_is_marked(monkeypatch):
    monkeypatch.setattr(recognition, "version", lambda name: "17")
    monkeypatch.setattr(recognition, "availability", lambda: ALL_THERE)

    marked = recognition.mark(
        ReadText("x", (), warnings=("other",), parameters={"y": 1}), language="eng", pages=(2,)
    )

    assert (marked.reader, marked.reader_version) == ("ocrmypdf", "17")
    assert marked.warnings == (recognition.WARNING, "other")
    assert marked.parameters == {
        "y": 1,
        "ocr": True,
        "tesseract": "5.3.0",
        "ocr_language": "eng",
        "ocr_pages": [2],
    }


def test_a_scan_is_told_from_a_document(scan, project):
    assert (scan.state, scan.reason_code, documents.is_scan(scan)) == ("failed", "image_only", True)

    read = factories.document(project)
    assert not documents.is_scan(read)
    with pytest.raises(WrongState):
        documents.recognise(read, by=read.added_by)


def test_the_page_offers_recognition_or_says_what_to_install(scan, client, monkeypatch):
    client.force_login(scan.added_by)
    button = reverse("recognise", args=["alliances", scan.public_id])

    monkeypatch.setattr(recognition, "availability", lambda: ALL_THERE)
    page = client.get(scan.get_absolute_url()).content.decode()
    assert (button in page, "<option selected>eng</option>" in page) == (True, True)

    monkeypatch.setattr(recognition, "availability", lambda: Availability(False, ""))
    page = client.get(scan.get_absolute_url()).content.decode()
    assert (button in page, "It needs the Python package ocrmypdf" in page) == (False, True)
    assert client.post(button).status_code == 409


def test_a_language_that_is_not_there_is_refused(scan, monkeypatch):
    monkeypatch.setattr(recognition, "availability", lambda: ALL_THERE)

    with pytest.raises(Invalid) as refused:
        documents.recognise(scan, by=scan.added_by, language="lao")
    assert refused.value.message == "Tesseract has no language “lao” here; there are deu, eng."


def test_a_scan_is_read_where_recognition_is_installed_and_refused_plainly_where_not(scan, client):
    missing = recognition.availability().missing
    if missing:
        with pytest.raises(WrongState) as refused:
            documents.recognise(scan, by=scan.added_by)
        assert refused.value.message == missing
        return

    documents.recognise(scan, by=scan.added_by)
    jobs.finish_all()

    scan.refresh_from_db()
    text = scan.current_text
    assert (scan.state, scan.reason) == ("read", "")
    assert samples.f1(text.body, "AGREEMENT ON THE DEFENCE The Government of Laos and the Government of Siam have "
                      "agreed: Article 1 The Parties shall consult.") > 0.95  # fmt: skip
    assert (text.reader, text.is_recognised, text.warnings[0]) == (
        "ocrmypdf",
        True,
        recognition.WARNING,
    )
    assert text.pages.count() == 2
    client.force_login(scan.added_by)
    page = client.get(scan.get_absolute_url()).content.decode()
    assert "recognised from pictures" in page
