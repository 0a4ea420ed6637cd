"""Sets one treaty of the demo project as a PDF of three small pages with running heads and page numbers.

Run by hand when the text changes (`python config/demo/make_pdf.py`); set-up uses the committed file.
It knows just the Markdown that treaty uses: headings and paragraphs.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.recorder import FPDFRecorder

DOCUMENTS = Path(__file__).parent / "documents"
NAME = "phl-usa-1951-treaty"
RUNNING_HEAD = "Demonstration Treaty Series, vol. 7 (1951)"
MADE = datetime(1951, 9, 8, tzinfo=UTC)  # fixed, so that the same text gives the same bytes
LEADING = 5.2  # mm
PARAGRAPH = 3.4  # mm; more than a line apart, or a reader takes two paragraphs for one


class Sheet(FPDF):
    """A page in Times with a running head and a page number; readers tell a head from three pages up."""

    def header(self) -> None:
        self.set_font("Times", "I", 9)
        self.cell(0, 5, RUNNING_HEAD, align="R", new_x="LMARGIN", new_y="NEXT")
        self.ln(8)

    def footer(self) -> None:
        self.set_y(-18)
        self.set_font("Times", "", 9)
        self.cell(0, 5, str(214 + self.page_no()), align="C")


def blocks(markdown: str) -> list[tuple[int, str]]:
    """(heading level or 0, text) of each paragraph."""
    found = []
    for block in markdown.split("\n\n"):
        text = " ".join(block.split())
        level = len(text) - len(text.lstrip("#"))
        found.append((level, text.lstrip("# ")))
    return [(level, text) for level, text in found if text]


def articles(parts: list[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    """The blocks in runs that the end of a page must not tear apart: an article each, else one block."""
    runs: list[list[tuple[int, str]]] = []
    in_article = False
    for level, text in parts:
        in_article = in_article and level == 0 and not text.startswith("In witness")
        if not in_article:
            runs.append([])
        runs[-1].append((level, text))
        in_article = in_article or level == 2
    return runs


def write(sheet: FPDFRecorder, level: int, text: str) -> None:
    style, size, align = {
        1: ("B", 13, "C"),
        2: ("B", 11, "C"),
        0: ("", 11, "L"),
    }[level]
    sheet.set_font("Times", style, size)
    sheet.multi_cell(0, LEADING, text, align=align, new_x="LMARGIN", new_y="NEXT")
    sheet.ln(PARAGRAPH)


def make(markdown: str) -> bytes:
    sheet = Sheet(format=(165, 235), unit="mm")
    sheet.set_margins(24, 14, 24)
    sheet.set_auto_page_break(True, margin=24)
    parts = blocks(markdown)
    sheet.set_title(parts[0][1])
    sheet.set_author("Concord demonstration project")
    sheet.set_creation_date(MADE)
    sheet.set_compression(False)  # zlib libraries differ in their bytes
    sheet.set_producer("make_pdf.py")
    sheet.add_page()
    for run in articles(parts):
        with sheet.unbreakable() as block:
            for level, text in run:
                write(block, level, text)
    return bytes(sheet.output())


if __name__ == "__main__":
    source = (DOCUMENTS / f"{NAME}.md").read_text(encoding="utf-8")
    (DOCUMENTS / f"{NAME}.pdf").write_bytes(make(source))
