import io
import zipfile

import pytest

from sources.reading import Unreadable, containers, docx, kind, numbering, read
from tests.sources import samples, word_files


def blocks(data: bytes) -> list[tuple[str, int, str]]:
    found = docx.read(data)
    return [(b.kind, b.level, found.body[b.start : b.end]) for b in found.blocks]


def test_headings_paragraphs_and_tables_stand_in_their_order():
    def fill(document):
        document.add_heading("Treaty of Mutual Defence", 0)
        document.add_heading("Scope", 1)
        document.add_paragraph("Before the table.")
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(table._cells, ("Party", "Troops", "Laos", "0"), strict=True):
            cell.text = text
        document.add_paragraph("After\tit.")

    data = word_files.made(fill)

    assert kind(data, "whatever.pdf") == "docx"
    assert blocks(data) == [
        ("title", 1, "Treaty of Mutual Defence"),
        ("heading", 1, "Scope"),
        ("paragraph", 0, "Before the table."),
        ("table", 0, "Party | Troops"),
        ("table", 0, "Laos | 0"),
        ("paragraph", 0, "After it."),
    ]
    assert read(data, "a.docx").metadata.title == "Treaty of Mutual Defence"


def test_automatic_numbers_are_part_of_the_text():
    data = word_files.numbered(
        (0, "Purpose"), (1, "first"), (1, "second"), (0, "Troops"), (1, "anew"), (2, "deep")
    )

    assert [text for _, _, text in blocks(data)] == [
        "Article 1 Purpose",
        "(a) first",
        "(b) second",
        "Article 2 Troops",
        "(a) anew",
        "2.a.I deep",
    ]
    assert blocks(data)[1][:2] == ("list", 2)


@pytest.mark.parametrize(
    ("number", "form", "wanted"),
    [
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (3, "decimalZero", "03"),
        (22, "ordinal", "22nd"),
        (112, "ordinal", "112th"),
        (7, "chicago", "7"),
        (0, "lowerLetter", "0"),
    ],
)
def test_numbers_are_written_as_the_list_asks(number, form, wanted):
    assert numbering.written(number, form) == wanted


def test_text_boxes_follow_their_paragraph_and_are_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"
    data = word_files.xml(
        "<w:p><w:r><w:t>The anchor.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p><w:p><w:r><w:t>After.</w:t></w:r></w:p>"
    )

    assert [text for _, _, text in blocks(data)] == ["The anchor.", "In the box.", "After."]


def test_content_controls_insertions_and_breaks_are_text_and_deletions_are_not():
    data = word_files.xml(
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Controlled.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>The Parties </w:t></w:r><w:del><w:r><w:delText>may</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>shall</w:t></w:r></w:ins><w:r><w:t> consult</w:t><w:br/><w:t>at once.</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"
    )

    assert [text for _, _, text in blocks(data)] == [
        "Controlled.",
        "The Parties shall consult",
        "at once.",
    ]
    assert docx.read(data).warnings == (
        "The file holds tracked changes; the text is as if all of them were accepted.",
        "Text that the file marks as hidden was left out.",
    )


def test_a_row_with_one_filled_cell_is_layout():
    def fill(document):
        table = document.add_table(rows=1, cols=2)
        table.cell(0, 0).text = "Article 1"
        table.cell(0, 0).add_paragraph("The Parties agree.")

    assert blocks(word_files.made(fill)) == [
        ("heading", 3, "Article 1"),
        ("paragraph", 0, "The Parties agree."),
    ]


@samples.needs_corpus
def test_notes_stand_at_the_end_behind_their_marks():
    data = (samples.CORPUS / "docx/python-mammoth-footnotes.docx").read_bytes()

    assert docx.read(data).body == ("Ouch[1].[2]\n[1] A tachyon walks into a bar.\n[2] Fin.")


@samples.needs_corpus
def test_numbers_agree_with_those_word_prints():
    """The sample states beside each paragraph the number Word shows for it."""
    data = (samples.CORPUS / "docx/tika-testWORD_override_list_numbering.docx").read_bytes()
    lines = docx.read(data).body.partition("Test 5")[0].splitlines()
    pairs = [line.split(" ") for line in lines if line.count(" ") == 1]

    assert len(pairs) == 37
    assert [pair for pair in pairs if pair[0] != pair[1]] == [["1.1.1.1.1.1.1", "1.1.1.1...1"]]


@samples.needs_corpus
def test_every_word_file_of_the_corpus_gives_text_or_a_reason():
    refused = {}
    for path in sorted((samples.CORPUS / "docx").glob("*.docx")):
        try:
            assert read(path.read_bytes(), path.name).body
        except Unreadable as refusal:
            refused[path.name] = refusal.code

    assert refused == {
        "LLM-assisted-Free-Trade-Agreements-__SSD_Paper_FTA_LLM.docx": "binary",  # Word's lock file
        "generated-bomb-20k-members.docx": "too_large",
        "generated-bomb-document-xml-1GiB.docx": "too_large",
        "generated-xxe-billion-laughs.docx": "broken",
        "python-mammoth-empty.docx": "empty",
        "python-mammoth-tiny-picture-target-base-relative.docx": "empty",
        "python-mammoth-tiny-picture.docx": "empty",
        "tika-testWORD_multi_authors.docx": "empty",
    }


def refusal(data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        docx.read(data)
    return caught.value


def test_a_bomb_is_refused_before_it_is_unpacked():
    data = word_files.with_part(word_files.of("x"), "word/document.xml", b" " * 80_000_000)

    assert refusal(data).code == "too_large"


def test_entities_are_refused():
    data = word_files.with_part(
        word_files.of("x"),
        "word/document.xml",
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>',
    )

    assert "entities" in refusal(data).reason


def test_more_members_than_a_document_needs_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
        for n in range(docx.MAX_MEMBERS):
            archive.writestr(f"word/{n}.xml", "")

    assert refusal(out.getvalue()).code == "too_large"


def test_a_directory_without_end_is_not_even_opened():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n in range(containers.MAX_MEMBERS + 1):
            archive.writestr(str(n), "")

    with pytest.raises(Unreadable) as caught:
        kind(out.getvalue(), "a.zip")
    assert caught.value.code == "too_large"


def test_a_package_without_its_parts_is_broken():
    for name in ("[Content_Types].xml", "_rels/.rels", "word/document.xml"):
        damaged = word_files.with_part(word_files.of("x"), name, b"<not what it should be/>")
        assert refusal(damaged).code in ("broken", "empty")
