"""The document page's sheets: pictures of pages, word boxes over them, the outline, texts; and who may have them."""

import io
from datetime import date

import pytest
from django.urls import reverse

from projects import files, jobs
from sources import documents, outlines, reading, sheets
from sources.models import Document, Page
from sources.reading import packing, pictures
from tests import factories
from tests.sources import samples

pytestmark = pytest.mark.django_db

PDF = samples.pdf(["Article 1", "They meet in spring."], ["Article 2", "They part."])


@pytest.fixture
def project():
    return factories.project()


@pytest.fixture
def manager(client, project):
    client.force_login(factories.user("founder"))
    return client


@pytest.fixture
def document(project) -> Document:
    """A PDF of two pages as its reading would be kept."""
    found = reading.read(PDF, "two.pdf")
    made = factories.document(project, "two", body=found.body, kind="treaty")
    sha256, size = files.put_bytes(PDF)
    text = made.current_text
    Page.objects.bulk_create(
        Page(
            text=text,
            number=page.number,
            start=page.start,
            end=page.end,
            width=page.width,
            height=page.height,
            words=packing.pack(page.words, start=page.start, width=page.width, height=page.height),
        )
        for page in found.pages
    )
    Document.objects.filter(pk=made.pk).update(sha256=sha256, size=size)
    made.refresh_from_db()
    return made


@pytest.fixture(autouse=True)
def drawn_by_any_reader(monkeypatch):
    """The factory's texts say they were read as plain text, and texts never change."""
    monkeypatch.setattr(sheets, "DRAWN", "plain")


def address(name: str, document: Document, *more: object) -> str:
    return reverse(name, args=["alliances", document.public_id, *more])


def test_every_box_is_a_word_of_the_text(document):
    text = document.current_text

    sheet = sheets.sheet(text, 2)

    words = [text.body[box.start : box.start + box.length] for box in sheet.boxes]
    assert words == ["Article", "2", "They", "part."]
    assert (sheet.number, sheet.of, sheet.previous, sheet.following) == (2, 2, 1, None)


def test_boxes_lie_where_the_picture_is_dark(document):
    from PIL import Image

    sheet = sheets.sheet(document.current_text, 1)
    png = pictures.page_png(PDF, 1, scale=2)

    page = Image.open(io.BytesIO(png)).convert("L")
    inside = []
    for box in sheet.boxes:
        x, y, width, height = (2 * float(side) for side in (box.x, box.y, box.width, box.height))
        corners = (round(x), round(y), round(x + width), round(y + height))
        inside.append(page.crop(corners).getextrema()[0])
    assert max(inside) < 100
    assert page.size == (round(2 * float(sheet.width)), round(2 * float(sheet.height)))


def test_a_picture_is_private_kept_and_never_more_than_a_picture(manager, document):
    response = manager.get(address("picture", document, 1), {"scale": "1"})

    assert response.status_code == 200
    assert response.content.startswith(b"\x89PNG")
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert set(response.headers["Cache-Control"].split(", ")) == {"private", "max-age=2592000", "immutable"}  # fmt: skip
    again = manager.get(
        address("picture", document, 1), {"scale": "1"}, headers={"If-None-Match": response.headers["ETag"]}
    )  # fmt: skip
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("number", "scale", "status"), [(3, "1", 404), (1, "40", 422), (1, "nan", 422)]
)
def test_other_pages_and_scales_are_refused(manager, document, number, scale, status):
    assert manager.get(address("picture", document, number), {"scale": scale}).status_code == status


def test_what_cannot_be_drawn_is_said_and_takes_nobody_down():
    for data in (b"", b"%PDF-1.4 and then nothing", PDF[: len(PDF) // 3]):
        with pytest.raises(pictures.NoPicture) as refusal:
            pictures.page_png(data, 1, scale=1)
        assert str(refusal.value) == "This page cannot be drawn. Its text stands beside it."


def test_a_huge_page_is_drawn_smaller():
    from fpdf import FPDF
    from PIL import Image

    huge = FPDF(unit="pt", format=(9000, 9000))
    huge.add_page()

    page = Image.open(io.BytesIO(pictures.page_png(bytes(huge.output()), 1, scale=3)))

    assert page.width * page.height <= pictures.MAX_PIXELS * 1.01


def test_the_page_shows_text_sheet_and_outline_beside_each_other(manager, document):
    outlines.propose(document.current_text)

    page = manager.get(document.get_absolute_url(), {"page": "2"}).content.decode()

    assert 'data-number="2"' in page
    assert page.count("<rect data-s") == 4
    assert '<a href="#at-0">Article 1</a>' in page
    assert 'id="at-0"' in page
    assert " style=" not in page


def test_a_sheet_can_be_fetched_alone(manager, document):
    page = manager.get(address("sheet", document, 1, 2)).content.decode()

    assert page.count("<rect data-s") == 4
    assert "<html" not in page
    assert manager.get(address("sheet", document, 9, 1)).status_code == 404
    assert manager.get(address("sheet", document, 1, 9)).status_code == 404


def test_a_person_corrects_a_section_in_a_form(manager, document):
    outlines.propose(document.current_text)
    sent = {"seen": "1", "kind": "article", "label": "Article 1", "heading": "Meeting", "start": "0", "end": "9"}  # fmt: skip

    assert manager.post(address("section", document, 0), sent).status_code == 302
    stale = manager.post(address("section", document, 0), sent)
    crossing = manager.post(address("section", document, 0), sent | {"seen": "2", "end": "35"})

    assert (stale.status_code, crossing.status_code) == (422, 422)
    assert "The sections were corrected by somebody else meanwhile." in stale.content.decode()
    shown = sheets.outline_of(document.current_text)
    assert (shown.n, shown.by) == (2, "founder")
    assert [(one.words, one.start, one.end) for one in shown.entries][0] == (
        "Article 1 Meeting",
        0,
        9,
    )


def test_sections_are_added_removed_and_confirmed_by_form(manager, document):
    manager.post(
        address("sections", document),
        {"seen": "0", "kind": "part", "label": "Part I", "heading": "", "start": "0", "end": "20"},
    )
    manager.post(address("confirm_sections", document), {"seen": "1"})
    manager.post(address("remove_section", document, 0), {"seen": "2"})

    assert [outline.sections.count() for outline in document.current_text.outlines.all()] == [
        1,
        1,
        0,
    ]


def test_the_description_is_confirmed_by_saving_it_and_parties_are_states(manager, document):
    said = {"title": "Two", "kind": "treaty", "published_on": "1974-05-03"}

    wrong = manager.post(document.get_absolute_url(), said | {"parties": "Atlantis"})
    manager.post(document.get_absolute_url(), said | {"parties": "Mongolia; JPN"})

    document.refresh_from_db()
    assert wrong.status_code == 422
    assert (document.parties, document.published_on) == ([712, 740], date(1974, 5, 3))
    assert document.described_by == factories.user("founder")


def test_earlier_texts_can_be_looked_at(manager, document):
    factories.text(document, body="A newer reading.")

    old = manager.get(document.get_absolute_url(), {"text": "1"}).content.decode()

    assert "This is text no. 1, an earlier reading." in old
    assert "They meet in spring." in old


# --- where proposals were read


def test_each_proposal_is_told_with_where_it_was_read_until_a_person_has_checked(project, manager):
    body = """Treaty of Watch between Japan and Mongolia

Article 1
They meet in spring.

Article 2
The Parties part after ratification.

Done at Ulaanbaatar this third day of May, nineteen hundred and seventy-four."""
    made = documents.add(
        project, by=factories.user("founder"), chunks=[body.encode()], filename="watch.txt"
    )
    jobs.finish_all()
    made.refresh_from_db()

    page = manager.get(made.get_absolute_url())

    assert page.context["found_in"] == {
        "title": "its first lines",
        "kind": "its numbered articles and the words of a treaty",
        "parties": "its title",
        "published_on": "its signature block",
    }
    assert (made.parties, made.published_on) == ([712, 740], date(1974, 5, 3))
    assert "Proposed from its signature block." in page.content.decode()

    documents.describe(made, by=factories.user("founder"))

    assert manager.get(made.get_absolute_url()).context["found_in"] == {}


# --- the API


def test_the_api_gives_sections_with_offsets_labels_and_parents(manager, document):
    outlines.propose(document.current_text)

    answer = manager.get(f"/api/v1/projects/alliances/documents/{document.public_id}/sections/")

    told = answer.json()
    body = document.current_text.body
    assert (told["text"], told["outline"], told["by"]) == (1, 1, None)
    assert [
        (one["kind"], one["label"], one["parent"], one["depth"]) for one in told["sections"]
    ] == [
        ("article", "Article 1", None, 0),
        ("article", "Article 2", None, 0),
    ]
    assert body[told["sections"][1]["start"] : told["sections"][1]["end"]].startswith("Article 2")


def test_the_api_has_no_sections_of_a_text_that_is_not_there(manager, client, document):
    address = f"/api/v1/projects/alliances/documents/{document.public_id}/sections/"

    assert manager.get(address).json()["sections"] == []
    assert manager.get(address, {"text": "2"}).status_code == 404
    client.force_login(factories.user("stranger"))
    assert client.get(address).status_code == 404


def test_the_api_gives_the_sentences_of_a_text(manager, project):
    made = factories.document(project, "said", body="They met. They part.\nIt ends.")

    answer = manager.get(f"/api/v1/projects/alliances/documents/{made.public_id}/")

    assert answer.json()["text"]["sentences"] == [[0, 9], [10, 20], [21, 29]]
