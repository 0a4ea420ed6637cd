"""Small files made for the tests of the readers, and where the shared corpus is when it is there."""

import io
import os
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from fpdf import FPDF

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("CONCORD_SHARED") or ROOT.parent / "shared")
CORPUS = SHARED / "corpus"

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the shared corpus is not here (CONCORD_SHARED or ../shared)"
)


def pdf(*pages: Iterable[str], size: int = 11, rotate: int = 0, titled: str = "") -> bytes:
    """A PDF with one page for each iterable of paragraphs; `titled` is what its metadata tell of it."""
    document = FPDF(format="A4")
    if titled:
        document.set_title(titled)
        document.set_author(titled)
    document.set_margins(25, 25, 25)
    document.set_font("Helvetica", size=size)
    for paragraphs in pages:
        document.add_page()
        for paragraph in paragraphs:
            document.multi_cell(0, 6, paragraph, new_x="LMARGIN", new_y="NEXT", align="L")
            document.ln(4)
    return bytes(document.output())


def picture_pdf(pages: int = 1, caption: str = "") -> bytes:
    """A scan: each page one grey picture, and a caption if wanted."""
    from PIL import Image

    document = FPDF(format="A4")
    document.set_auto_page_break(False)
    document.set_font("Helvetica", size=9)
    picture = Image.new("L", (200, 280), 200)
    for _ in range(pages):
        document.add_page()
        document.image(picture, x=0, y=0, w=210, h=297)
        if caption:
            document.text(10, 290, caption)
    return bytes(document.output())


def locked_pdf() -> bytes:
    document = FPDF()
    document.add_page()
    document.set_font("Helvetica", size=12)
    document.cell(text="secret")
    document.set_encryption(owner_password="owner", user_password="user")
    return bytes(document.output())


def written_pdf(
    content: bytes, box: str = "[0 0 595 842]", extra: str = "", fonts: str = ""
) -> bytes:
    """A one-page PDF with this content stream, written out by hand so that every coordinate is known."""
    return written_pages([content], box=box, extra=extra, fonts=fonts)


def written_pages(
    contents: Iterable[bytes], box: str = "[0 0 595 842]", extra: str = "", fonts: str = ""
) -> bytes:
    """The same with a page for each content stream; object 3 is the font."""
    streams = list(contents)
    numbers = [4 + 2 * index for index in range(len(streams))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, stream in zip(numbers, streams, strict=True):
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} {extra} /Contents {number + 1} 0 R "
            f"/Resources << /Font << /F1 3 0 R {fonts} >> >> >>"
        )
        objects.append(page.encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    out.write(trailer % (len(objects) + 1, start))
    return out.getvalue()


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def f1(found: str, wanted: str) -> float:
    """Agreement of two texts as bags of words."""
    one, two = words(found), words(wanted)
    common = sum((one & two).values())
    total = sum(one.values()) + sum(two.values())
    return 2 * common / total if total else 1.0


def scanned_pdf(*pages: str) -> bytes:
    """A scan with words on it: each page a picture of its text, large enough to be recognised."""
    from PIL import Image, ImageDraw, ImageFont

    document = FPDF(format="A4")
    document.set_auto_page_break(False)
    font = ImageFont.load_default(size=40)
    for text in pages:
        picture = Image.new("L", (1240, 1754), 255)
        ImageDraw.Draw(picture).multiline_text((120, 150), text, fill=0, font=font, spacing=24)
        document.add_page()
        document.image(picture, x=0, y=0, w=210, h=297)
    return bytes(document.output())
