import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.reading import Unreadable, read
from tests.sources import samples

LOREM = (
    "The Parties will consult together whenever, in the opinion of any of them, the territorial integrity, "
    "political independence or security of any of the Parties is threatened."
)


def line(x: float, y: float, text: str, size: int = 11) -> bytes:
    """One line of a content stream at a place in points from the lower left."""
    return b"BT /F1 %d Tf 1 0 0 1 %.2f %.2f Tm (%s) Tj ET\n" % (size, x, y, text.encode("cp1252"))


def at(x: float, y: float, text: str, matrix: str) -> bytes:
    return f"BT /F1 11 Tf {matrix} {x} {y} Tm ({text}) Tj ET\n".encode()


def blocks(found):
    return [(block.kind, found.body[block.start : block.end]) for block in found.blocks]


def check_map(found):
    """Every word box's slice is a word, pages and blocks tile the body."""
    last = 0
    for block in found.blocks:
        assert set(found.body[last : block.start]) <= {"\n"}
        assert block.start < block.end and "\n" not in found.body[block.start : block.end]
        last = block.end
    assert last == len(found.body)
    if not found.pages:
        return
    last = 0
    for page in found.pages:
        assert last <= page.start <= page.end
        assert set(found.body[last : page.start]) <= {"\n", " "}
        last, place = page.end, page.start
        for word in page.words:
            assert set(found.body[place : word.start]) <= {"\n", " "}
            slice_ = found.body[word.start : word.start + word.length]
            assert slice_ and "".join(slice_.split()) == slice_
            place = word.start + word.length
        assert place == page.end
    assert set(found.body[last:]) <= {"\n", " "}


def test_paragraphs_headings_and_metadata_of_a_treaty():
    data = samples.pdf(
        [
            "AGREEMENT BETWEEN ARDEN AND BOHUN",
            "The Contracting Parties have agreed as follows:",
            "Article 1",
            LOREM,
        ],
        ["Article 2", "It enters into force on signature."],
    )

    found = read(data, "treaty.pdf")

    assert blocks(found) == [
        ("heading", "AGREEMENT BETWEEN ARDEN AND BOHUN"),
        ("paragraph", "The Contracting Parties have agreed as follows:"),
        ("heading", "Article 1"),
        ("paragraph", LOREM),
        ("heading", "Article 2"),
        ("paragraph", "It enters into force on signature."),
    ]
    assert (found.metadata.title, found.metadata.kind) == (
        "AGREEMENT BETWEEN ARDEN AND BOHUN",
        "treaty",
    )
    assert [(page.number, page.state) for page in found.pages] == [(1, "ok"), (2, "ok")]
    assert found.reader == "pdfplumber"
    assert found.parameters["x_tolerance_ratio"] == 0.15
    check_map(found)


def test_word_boxes_are_where_the_words_are_printed():
    data = samples.written_pdf(line(100, 700, "Peace endures"))

    (page,) = read(data, "a.pdf").pages
    peace, endures = page.words

    assert (peace.start, peace.length, endures.start, endures.length) == (0, 5, 6, 7)
    assert peace.x0 == 100.0
    assert peace.x0 + peace.width < endures.x0
    assert peace.top < 842 - 700 < peace.top + peace.height
    assert (page.width, page.height) == (595.0, 842.0)


def test_crop_box_is_subtracted_and_what_it_hides_left_out():
    content = line(100, 700, "Seen words") + line(10, 830, "Hidden slug")
    data = samples.written_pdf(content, extra="/CropBox [50 50 545 792]")

    found = read(data, "a.pdf")

    assert found.body == "Seen words"
    (page,) = found.pages
    assert page.crop_box == (50.0, 50.0, 545.0, 792.0)
    assert (page.width, page.height) == (495.0, 742.0)
    assert page.words[0].x0 == 50.0
    assert page.words[0].top < 742 - 650 < page.words[0].top + page.words[0].height
    assert found.warnings == ("Text outside the visible part of page 1 was left out.",)


@pytest.mark.parametrize(
    ("rotation", "matrix", "x", "y"),
    [(90, "0 1 -1 0", 142, 100), (180, "-1 0 0 -1", 495, 142), (270, "0 -1 1 0", 453, 742)],
)
def test_a_turned_page_reads_as_a_viewer_shows_it(rotation, matrix, x, y):
    data = samples.written_pdf(at(x, y, "Turned page", matrix), extra=f"/Rotate {rotation}")

    found = read(data, "a.pdf")

    assert found.body == "Turned page"
    (page,) = found.pages
    assert (page.width, page.height) == (
        (842.0, 595.0) if rotation in (90, 270) else (595.0, 842.0)
    )
    assert page.words[0].x0 == pytest.approx(100, abs=0.2)
    assert page.words[0].top < 142 < page.words[0].top + page.words[0].height


def test_text_turned_against_the_page_is_furniture():
    content = line(100, 700, "The Parties agree.") + at(30, 300, "DRAFT COPY", "0 1 -1 0")

    found = read(samples.written_pdf(content), "a.pdf")

    assert found.body == "The Parties agree."
    assert [(item.kind, item.text) for item in found.pages[0].furniture] == [
        ("rotated", "DRAFT COPY")
    ]
    item = found.pages[0].furniture[0]
    assert item.height > item.width


@pytest.mark.parametrize(
    ("matrix", "places"),
    [
        ("0 1 -1 0", [(100, 100), (115, 100)]),
        ("0 -1 1 0", [(300, 700), (285, 700)]),
        ("-1 0 0 -1", [(500, 300), (500, 315)]),
    ],
)
def test_a_page_printed_sideways_is_read_along_its_text(matrix, places):
    content = b"".join(
        at(x, y, text, matrix)
        for (x, y), text in zip(
            places, ["The Parties shall consult and", "agree on measures."], strict=True
        )
    )

    found = read(samples.written_pdf(content), "a.pdf")

    assert found.body == "The Parties shall consult and agree on measures."
    check_map(found)
    first = found.pages[0].words[0]
    upright = first.width > first.height
    assert upright == (matrix == "-1 0 0 -1")


def test_a_hyphen_at_the_line_end_goes_and_the_word_keeps_two_boxes():
    content = line(100, 700, "The signatories hold consul-") + line(
        100, 686, "tations every year in peace."
    )

    found = read(samples.written_pdf(content), "a.pdf")

    assert found.body == "The signatories hold consultations every year in peace."
    one, two = found.pages[0].words[3:5]
    assert found.body[one.start : one.start + one.length] == "consul"
    assert found.body[two.start : two.start + two.length] == "tations"
    assert two.start == one.start + one.length
    assert two.top > one.top


def test_a_hyphen_that_the_document_writes_elsewhere_stays():
    content = (
        line(100, 700, "Measures of non-proliferation and of non-")
        + line(100, 686, "proliferation again, and a Franco-")
        + line(100, 672, "British brigade in the field.")
    )

    found = read(samples.written_pdf(content), "a.pdf")

    assert found.body == (
        "Measures of non-proliferation and of non-proliferation again, and a Franco-British brigade in the field."
    )


def test_running_heads_and_page_numbers_are_furniture_but_articles_are_not():
    pages = [
        [
            "A/CONF/7 Draft",
            f"Article {n}",
            f"Clause {n} of the treaty. {LOREM}",
            "Final words of it.",
        ]
        for n in (1, 2, 3, 4)
    ]
    document = samples.written_pages(
        line(100, 800, "A/CONF/7 Draft") + line(100, 780, f"Article {n}") + line(100, 740, f"Clause {n}, {p[2][:60]}")
        + line(290, 40, str(n + 6))
        for n, p in enumerate(pages, start=1)
    )  # fmt: skip

    found = read(document, "a.pdf")

    assert [(item.kind, item.text) for item in found.pages[1].furniture] == [
        ("head", "A/CONF/7 Draft"),
        ("page_number", "8"),
    ]
    assert [text for kind, text in blocks(found) if kind == "heading"] == [
        "Article 1", "Article 2", "Article 3", "Article 4",
    ]  # fmt: skip
    assert "A/CONF/7" not in found.body
    check_map(found)


def test_numbers_of_lines_are_furniture():
    content = b"".join(
        line(60, 800 - 20 * n, str(n))
        + line(100, 800 - 20 * n, f"line of testimony {'abcdefghijklmnopqrst'[n - 1]}")
        for n in range(1, 21)
    )

    found = read(samples.written_pdf(content), "a.pdf")

    assert found.body.startswith("line of testimony a line of testimony b")
    assert [item.text for item in found.pages[0].furniture] == [str(n) for n in range(1, 21)]


def test_numbers_of_lines_flush_at_the_right_are_one_column_whatever_their_digits():
    content = b"".join(
        line(66 - 7 * len(str(n)), 800 - 26 * n, str(n))
        + line(100, 800 - 26 * n, f"line of testimony {'abcdefghijklmnopqrstuvwxy'[n - 1]}")
        for n in range(1, 26)
    )

    found = read(samples.written_pdf(content), "a.pdf")

    assert found.body.startswith("line of testimony a")
    assert [item.text for item in found.pages[0].furniture] == [str(n) for n in range(1, 26)]


def test_two_columns_are_read_one_after_the_other():
    left = [f"left column line {n} goes on and on" for n in range(10)]
    right = [f"right column line {n} goes on as well" for n in range(10)]
    content = b"".join(line(60, 700 - 14 * n, text) for n, text in enumerate(left))
    content += b"".join(line(320, 700 - 14 * n, text) for n, text in enumerate(right))

    found = read(samples.written_pdf(content), "a.pdf")

    assert found.body.replace("\n", " ") == " ".join(left + right)


def test_a_sentence_goes_on_over_the_page_break():
    data = samples.written_pages(
        [
            line(
                100, 500, "The Parties to this Treaty reaffirm their faith in the purposes of the"
            ),
            line(100, 800, "Charter and their desire to live in peace."),
        ]
    )

    found = read(data, "a.pdf")

    assert blocks(found) == [
        (
            "paragraph",
            "The Parties to this Treaty reaffirm their faith in the purposes of the Charter and their desire to live "
            "in peace.",
        )
    ]
    assert [(page.start, page.end) for page in found.pages] == [(0, 70), (71, 113)]


def test_words_printed_twice_for_boldness_are_read_once():
    content = line(100, 700, "Bold treaty") + line(100.3, 700, "Bold treaty")

    assert read(samples.written_pdf(content), "a.pdf").body == "Bold treaty"


def test_ligatures_and_soft_hyphens_do_not_reach_the_text():
    encoding = "<< /Type /Encoding /Differences [65 /fi /fl /ff /softhyphen] >>"
    font = f"/F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding {encoding} >>"
    content = b"BT /F2 11 Tf 1 0 0 1 100 700 Tm (Anal con) Tj ET"

    found = read(
        samples.written_pdf(content.replace(b"Anal con", b"Anal Bag Cect"), fonts=font), "a.pdf"
    )

    assert found.body == "final flag ffect"
    check_map(found)


def test_a_garbled_text_layer_is_said():
    font = (
        "/F2 << /Type /Font /Subtype /Type0 /BaseFont /Nowhere /Encoding /Identity-H /DescendantFonts [<< /Type /Font "
        "/Subtype /CIDFontType2 /BaseFont /Nowhere /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        "/Supplement 0 >> /DW 500 >>] >>"
    )
    content = b"BT /F2 11 Tf 1 0 0 1 100 700 Tm <00010002000300040005> Tj ET"

    found = read(samples.written_pdf(content, fonts=font), "a.pdf")

    assert found.pages[0].state == "garbled"
    assert found.body == "\ufffd" * 5
    assert "garbled" in found.warnings[0]


def test_pictures_without_text_are_refused_and_said():
    with pytest.raises(Unreadable) as refusal:
        read(samples.picture_pdf(2, caption="Scanned by a phone"), "scan.pdf")

    assert refusal.value.code == "image_only"
    assert "OCR" in refusal.value.reason


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (samples.locked_pdf(), "encrypted"),
        (b"%PDF-1.7\n", "broken"),
        (b"%PDF-1.7\n" + b"garbage " * 50, "broken"),
        (samples.written_pdf(b""), "empty"),
        (samples.pdf(["Text."])[:400], "broken"),
    ],
)
def test_what_cannot_be_read_says_why(data, code):
    with pytest.raises(Unreadable) as refusal:
        read(data, "a.pdf")

    assert refusal.value.code == code
    assert len(refusal.value.reason) > 40


def test_a_damaged_file_is_mended_and_says_so():
    data = samples.written_pdf(line(100, 700, "Mended words")).replace(
        b"/Type /Pages", b"/Type /Pagos"
    )

    found = read(data, "a.pdf")

    assert found.body == "Mended words"


def test_what_only_pdfium_understands_is_read_by_it():
    """A page written into the page tree itself, which pdfminer does not take."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
    content = line(100, 700, "The Parties hold consul-") + line(100, 686, "tations in peace.")
    data = samples.written_pdf(content).replace(b"/Kids [4 0 R]", b"/Kids [" + page + b"]")

    found = read(data, "a.pdf")

    assert found.body == "The Parties hold consultations in peace."
    assert (found.reader, found.parameters["repaired"]) == ("pypdfium2", "pypdfium2")
    assert found.warnings[0].startswith("The file is damaged")
    word = found.pages[0].words[0]
    assert word.x0 == pytest.approx(100, abs=1)
    assert word.top < 142 < word.top + word.height
    check_map(found)


def test_hyphens_between_capitals_stay_unless_the_word_is_known():
    content = (
        line(100, 700, "Environmental assessment and ASSESS-")
        + line(100, 686, "MENT of the UK-")
        + line(100, 672, "US pact.")
    )

    found = read(samples.written_pdf(content), "a.pdf")

    assert found.body == "Environmental assessment and ASSESSMENT of the UK-US pact."


def test_pages_printed_twice_are_not_taken_for_running_heads():
    page = b"".join(
        line(100, 800 - 60 * n, f"Line {'abcdefghijklmn'[n]} of the form.") for n in range(13)
    )

    found = read(samples.written_pages([page, page]), "a.pdf")

    assert [item for page in found.pages for item in page.furniture] == []


def test_too_many_pages_are_refused(monkeypatch):
    from sources.reading import pdf

    monkeypatch.setattr(pdf, "MAX_PAGES", 2)

    with pytest.raises(Unreadable) as refusal:
        read(samples.pdf(["a"], ["b"], ["c"]), "a.pdf")

    assert refusal.value.code == "too_many_pages"


def test_too_much_text_on_a_page_is_refused(monkeypatch):
    from sources.reading import pdf

    monkeypatch.setattr(pdf, "MAX_CHARACTERS_A_PAGE", 20)

    with pytest.raises(Unreadable) as refusal:
        read(samples.pdf([LOREM]), "a.pdf")

    assert refusal.value.code == "too_large"


WORDS = st.text("abcdefghij ABC.,;:-()1234567890éü", min_size=1, max_size=200)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(WORDS, max_size=6), min_size=1, max_size=4))
def test_any_pages_keep_the_map_from_words_to_the_body(pages):
    try:
        found = read(samples.pdf(*pages), "a.pdf")
    except Unreadable as refusal:
        assert refusal.code == "empty"
        return

    check_map(found)
