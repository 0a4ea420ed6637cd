"""The readers on real files, where the shared corpus is at hand. Thresholds are what was measured, a little lower."""

import csv
import json
import re
import statistics
import time

import pytest

from sources.reading import Unreadable, canonical, read
from sources.reading.isolated import read_isolated
from tests.sources import samples
from tests.sources.samples import CORPUS, f1, needs_corpus
from tests.sources.test_reading_pdf import check_map

pytestmark = needs_corpus

LARGE = 345_000  # bytes; larger PDFs are left out, to keep this to a minute


def files(pattern: str):
    return sorted(CORPUS.glob(pattern)) if CORPUS.is_dir() else []


def named(paths):
    return [pytest.param(path, id=path.name[-60:]) for path in paths]


@pytest.mark.parametrize(
    "path", named(p for p in files("pdf/good/*.pdf") if p.stat().st_size < LARGE)
)
def test_good_pdf_is_read_with_its_map(path):
    found = read(path.read_bytes(), path.name)

    check_map(found)
    assert found.reader == "pdfplumber"
    expected = path.with_suffix(".txt")
    if expected.exists():
        assert f1(found.body, expected.read_text(encoding="utf-8")) > 0.99


@pytest.mark.parametrize("path", named(files("pdf/hard/groundtruth-*.pdf")))
def test_columns_hyphens_ligatures_and_line_numbers_give_the_exact_text(path):
    found = read(path.read_bytes(), path.name)

    check_map(found)
    assert f1(found.body, path.with_suffix(".txt").read_text(encoding="utf-8")) > 0.998


@pytest.mark.parametrize(
    "path", named(p for p in files("pdf/hard/scan-*-*.pdf") if "ocred" not in p.name)
)
def test_scans_are_called_scans(path):
    with pytest.raises(Unreadable) as refusal:
        read(path.read_bytes(), path.name)

    assert refusal.value.code == "image_only"


@pytest.mark.parametrize("path", named(files("pdf/hard/garbled-*-zh-*.pdf")))
def test_garbled_text_layers_are_called_garbled(path):
    found = read(path.read_bytes(), path.name)

    assert {page.state for page in found.pages} <= {"garbled", "empty"}
    assert "garbled" in found.warnings[0]


# Tried by hand: they take 4 to 20 seconds each and end well (three read, one stopped for its memory).
SLOW = {
    "bomb-bug1978317.pdf",
    "malformed-issue12295.pdf",
    "generated-bomb-kids-300k.pdf",
    "generated-bomb-flate-1GiB-double.pdf",
}
STOPPED = {"generated-bomb-flate-10GiB-triple.pdf"}


@pytest.mark.parametrize("path", named(p for p in files("pdf/bad/*") if p.name not in SLOW))
def test_bad_pdf_gives_a_text_or_a_reason(path):
    started = time.monotonic()
    code = ""
    try:
        check_map(read_isolated(path, path.name))
    except Unreadable as refusal:
        code = refusal.code
        assert len(refusal.reason) > 40

    assert code != "crashed"
    assert (code == "memory") == (path.name in STOPPED)
    assert time.monotonic() - started < 60


DOCUMENTS = [
    path
    for path in files("treaties/*.*") + files("news/*.*")
    if path.suffix in (".txt", ".md", ".html", ".pdf") and path.name != "SOURCES.md"
]


@pytest.mark.parametrize("path", named(DOCUMENTS))
def test_treaties_and_news_are_read(path):
    data = path.read_bytes()

    found = read(data, path.name)

    check_map(found)
    assert len(found.blocks) > 1
    if path.suffix == ".txt":
        assert found.body == canonical.text(data.decode("utf-8")).rstrip()


def test_news_carry_their_dates():
    with (CORPUS / "news" / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        wanted = {row["file"]: row["date"] for row in csv.DictReader(lines)}
    found = {}
    for name in wanted:
        if name.startswith(("us-wh-", "us-state-")) and not name.endswith(".txt"):
            found[name] = read((CORPUS / "news" / name).read_bytes(), name).metadata.published_on

    assert len(found) > 40
    assert found == {name: wanted[name] for name in found}


def expected_pages():
    path = CORPUS / "html" / "expected.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_html_bodies_agree_with_the_published_ones():
    scores = []
    for page in expected_pages():
        if page.get("text"):
            found = read((CORPUS / "html" / page["file"]).read_bytes(), page["file"])
            body = found.body
            if found.blocks[0].kind == "title":  # the published bodies are without the headline
                body = body[found.blocks[0].end :]
            scores.append(f1(body, page["text"]))

    assert len(scores) == 41
    assert statistics.mean(scores) > 0.95


def test_html_dates_are_right_or_not_given():
    right, wrong, none = 0, [], 0
    for page in expected_pages():
        day = str(page.get("date") or "")[:10]
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            continue
        found = read(
            (CORPUS / "html" / page["file"]).read_bytes(), page["file"]
        ).metadata.published_on
        if found is None:
            none += 1
        elif found == day:
            right += 1
        else:
            wrong.append((page["file"], day, found))

    assert wrong == []
    assert right >= 47


def test_every_html_page_is_read_or_refused():
    for path in files("html/*.html"):
        try:
            found = read(path.read_bytes(), path.name)
        except Unreadable as refusal:
            assert (path.name, refusal.code) == ("generated-html-deep-200k.html", "empty")
        else:
            assert found.body


def test_the_corpus_is_the_one_the_thresholds_were_measured_on():
    assert len(files("pdf/good/*.pdf")) == 24
    assert samples.SHARED.is_dir()
