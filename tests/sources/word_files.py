"""Word files made for the tests of their reader."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

_NUMBERING = """<w:numbering {ns}>
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Article %1"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1.%2.%3"/></w:lvl></w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def made(fill: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def of(*paragraphs: str) -> bytes:
    return made(lambda document: [document.add_paragraph(text) for text in paragraphs])


def xml(body: str) -> bytes:
    """A file whose body is this XML, put before the section's properties."""

    def fill(document: Any) -> None:
        holder = parse_xml(f"<w:body {nsdecls('w')} {_MORE}>{body}</w:body>")
        for child in reversed(list(holder)):
            document.element.body.insert(0, child)

    return made(fill)


_MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def numbered(*items: tuple[int, str]) -> bytes:
    """Paragraphs of one automatic list: (level, text)."""

    def fill(document: Any) -> None:
        part = document.part.numbering_part
        part._element = parse_xml(_NUMBERING.format(ns=nsdecls("w")))
        for level, text in items:
            properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_numId().val = 7
            properties.get_or_add_ilvl().val = level

    return made(fill)


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same file with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:  # fmt: skip
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return out.getvalue()
