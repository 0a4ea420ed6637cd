"""Word files to blocks: paragraphs, headings, lists with their numbers, tables, text boxes, notes, in their order.

The text is as if every tracked change were accepted. Headers, footers, comments and pictures are not text.
python-docx opens the package and its styles; the walk is our own, because it must not lose what python-docx
passes over (content controls, insertions, text boxes).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from . import canonical, containers, headings, proposals
from .numbering import Numbering, W
from .plain import EMPTY
from .values import BlockKind, Metadata, ReadText, Unreadable
from .writing import Sheaf

MAX_UNPACKED = 200_000_000
MAX_PART = 60_000_000  # one XML part; lxml holds about ten times as much
MAX_RATIO = 200
_SMALL = 1_000_000  # below this a high ratio is only a tidy file
MAX_MEMBERS = 5_000
MAIN = "word/document.xml"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_UNREAD = frozenset(
    (f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}rt", f"{W}pPr", f"{W}rPr", f"{W}sdtPr",
     f"{W}tblPr", f"{W}trPr", f"{W}tcPr", f"{W}sectPr", f"{_MC}Fallback", f"{W}annotationRef")
)  # fmt: skip
_HEADING = re.compile(r"(?:heading|überschrift|titre|título|rubrik|kop)\s*(\d)", re.IGNORECASE)
BROKEN = Unreadable(
    "broken",
    "This Word file is damaged and cannot be opened. Open it in Word or LibreOffice, save it anew, and add that.",
)


def read(data: bytes) -> ReadText:
    _check(data)
    import docx
    from lxml import etree

    try:
        document = docx.Document(io.BytesIO(data))
        root = document.element.body
        walk = _Walk.over(document)
        walk.blocks(root)
        walk.notes()
        said = document.core_properties
        metadata = _metadata(walk.sheaf, said.title, said.author, said.language)
    except (Unreadable, MemoryError, RecursionError):
        raise
    except (
        etree.LxmlError,
        *containers.DAMAGED,
        AttributeError,
        TypeError,
        IndexError,
        RuntimeError,
    ) as error:
        raise BROKEN from error
    except Exception as error:  # python-docx has errors of its own for packages that lack a part
        if type(error).__module__.partition(".")[0] != "docx":
            raise
        raise BROKEN from error
    if not walk.sheaf.blocks:
        raise EMPTY
    return ReadText(
        body=walk.sheaf.body,
        blocks=tuple(walk.sheaf.blocks),
        metadata=metadata,
        warnings=tuple(walk.warnings()),
        reader="python-docx",
        reader_version=docx.__version__,
        parameters={"changes": "accepted", "rules": 1},
    )


def _check(data: bytes) -> None:
    """Size, ratio and member count before anything is unpacked; no XML with definitions of its own."""
    with containers.opened(io.BytesIO(data)) as container:
        members = container.infolist()
        total = sum(member.file_size for member in members)
        largest = max((member.file_size for member in members if member.filename.endswith((".xml", ".rels"))), default=0)  # fmt: skip
        if len(members) > MAX_MEMBERS:
            raise Unreadable(
                "too_large",
                f"This Word file has {len(members):,} parts inside, far more than a document needs. Save it anew in Word.",
            )
        if (
            total > MAX_UNPACKED
            or largest > MAX_PART
            or (total > _SMALL and total > MAX_RATIO * len(data))
        ):
            raise Unreadable(
                "too_large",
                f"This Word file unpacks to {total / 1_000_000:,.0f} MB, more than is taken. Save it anew, or as PDF.",
            )
        if any(member.flag_bits & 1 for member in members):
            raise Unreadable(
                "encrypted",
                "This file is protected by a password. Save a copy without one and add that.",
            )
        if len({member.filename for member in members}) < len(members):
            raise BROKEN  # two parts of one name: readers would disagree on which counts
        try:
            head = container.read(MAIN)[:4096]
        except (*containers.DAMAGED, RuntimeError) as error:
            raise BROKEN from error
    if b"<!DOCTYPE" in head or b"<!\0D\0O\0C" in head:
        raise Unreadable(
            "broken",
            "This Word file defines XML entities, which Word never writes. It was not opened; save it anew in Word.",
        )


@dataclass(slots=True)
class _Style:
    kind: BlockKind = "paragraph"
    level: int = 0
    list: tuple[str, int] | None = None


@dataclass
class _Walk:
    """Goes through the body in reading order; text boxes follow the paragraph they hang on."""

    styles: dict[str, _Style]
    numbering: Numbering
    parts: dict[str, Any]  # footnotes, endnotes: their roots
    sheaf: Sheaf = field(default_factory=Sheaf)
    cited: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    has_changes: bool = False
    has_foreign: bool = False
    hidden: int = 0
    default: str = ""

    @classmethod
    def over(cls, document: Any) -> _Walk:
        parts: dict[str, Any] = {}
        for relation in document.part.rels.values():
            name = relation.reltype.rpartition("/")[2]
            if name in ("footnotes", "endnotes", "numbering") and not relation.is_external:
                parts[name] = _root(relation.target_part)
        numbering = parts.pop("numbering", None)
        made = cls({}, Numbering.of(numbering) if numbering is not None else Numbering(), parts)
        made._learn_styles(document.styles.element)
        return made

    def _learn_styles(self, root: Any) -> None:
        known = {s.get(f"{W}styleId"): s for s in root.iter(f"{W}style") if s.get(f"{W}styleId")}
        for name, style in known.items():
            if style.get(f"{W}type") != "paragraph":
                continue
            if style.get(f"{W}default") in ("1", "true"):
                self.default = name
            chain: list[Any] = []
            at = style
            while at is not None and at not in chain and len(chain) < 20:
                chain.append(at)
                at = known.get(_val(at.find(f"{W}basedOn")) or "")
            self.styles[name] = _style(chain)

    def blocks(self, holder: Any) -> None:
        for child in holder:
            tag = child.tag
            if tag == f"{W}p":
                self.paragraph(child)
            elif tag == f"{W}tbl":
                self.table(child)
            elif tag == f"{W}altChunk":
                self.has_foreign = True
            elif isinstance(tag, str) and tag not in _UNREAD:
                self.blocks(child)  # content controls, insertions, custom XML
            elif tag in (f"{W}del", f"{W}moveFrom"):
                self.has_changes = True

    def paragraph(self, element: Any) -> None:
        kind, level, mark = self._shape(element)
        text = "".join(self.text(element))
        boxes, self.boxes = self.boxes, []
        for n, piece in enumerate(text.split("\n")):
            line = canonical.line(piece)
            if not line:
                continue
            if mark and n == 0:
                line = f"{mark} {line}"
            rank = headings.rank(line) if kind in ("paragraph", "list") else 0
            self.sheaf.add("heading" if rank else kind, line, rank or level)
        for box in boxes:
            self.blocks(box)

    def _shape(self, element: Any) -> tuple[BlockKind, int, str]:
        properties = element.find(f"{W}pPr")
        style = self.styles.get(self.default, _Style())
        own: tuple[str, int] | None = None
        outline = None
        if properties is not None:
            style = self.styles.get(_val(properties.find(f"{W}pStyle")) or self.default, style)
            own = _list(properties)
            outline = _val(properties.find(f"{W}outlineLvl"))
        if own and not own[0] and style.list:
            own = (style.list[0], own[1])
        listed = own or style.list
        mark = ""
        kind, level = style.kind, style.level
        if listed and listed[0] not in ("", "0"):
            mark = canonical.line(self.numbering.next(*listed))
            if kind == "paragraph":
                kind, level = "list", listed[1] + 1
        if outline and outline.isdigit() and int(outline) < 9 and kind == "paragraph":
            kind, level = "heading", min(int(outline) + 1, 6)
        return kind, level, mark

    def text(self, element: Any) -> Iterator[str]:
        """Pieces of a paragraph's text; line breaks as line feeds. Notes and boxes met are kept for later."""
        for child in element:
            tag = child.tag
            if tag in (f"{W}t", f"{_M}t"):
                yield child.text or ""
            elif tag in (f"{W}tab", f"{W}ptab"):
                yield " "
            elif tag in (f"{W}br", f"{W}cr"):
                yield "\n"
            elif tag == f"{W}noBreakHyphen":
                yield "-"
            elif tag == f"{W}sym":
                yield _symbol(child)
            elif tag in _NOTES:
                note = (_NOTES[tag], child.get(f"{W}id") or "")
                if self._note(note) is not None:
                    self.cited.append(note)
                    yield f"[{len(self.cited)}]"
            elif tag == f"{W}txbxContent":
                self.boxes.append(child)
            elif tag in (f"{W}del", f"{W}moveFrom"):
                self.has_changes = True
            elif tag == f"{W}r" and _is_hidden(child):
                self.hidden += 1
            elif isinstance(tag, str) and tag not in _UNREAD:
                if tag in (f"{W}ins", f"{W}moveTo"):
                    self.has_changes = True
                yield from self.text(child)

    def table(self, element: Any) -> None:
        """A row is a block; a row with one filled cell is layout, and its paragraphs are blocks of their own."""
        for row in _within(element, f"{W}tr"):
            cells = list(_within(row, f"{W}tc"))
            texts = [canonical.line(" ".join(self._cell(cell))) for cell in cells]
            boxes, self.boxes = self.boxes, []
            filled = [cell for cell, text in zip(cells, texts, strict=True) if text]
            if len(filled) == 1 and not self.cited_in(filled[0]):
                self.boxes = []
                self.blocks(filled[0])
                continue
            self.sheaf.add("table", " | ".join(texts) if filled else "")
            for box in boxes:
                self.blocks(box)

    def _cell(self, cell: Any) -> Iterator[str]:
        for paragraph in cell.iter(f"{W}p"):
            if not _is_in_box(paragraph, cell):
                yield "".join(self.text(paragraph)).replace("\n", " ")

    @staticmethod
    def cited_in(cell: Any) -> bool:
        """Whether reading the cell has already counted a note or a number in it."""
        return any(True for tag in _NOTES for _ in cell.iter(tag))

    def notes(self) -> None:
        """Footnotes and endnotes at the end, each behind the mark it has in the text."""
        for n, note in enumerate(list(self.cited), start=1):
            element = self._note(note)
            if element is None:
                continue
            text = " ".join("".join(self.text(p)) for p in element.iter(f"{W}p"))
            if canonical.line(text):
                self.sheaf.add("paragraph", f"[{n}] {text}")

    def _note(self, note: tuple[str, str]) -> Any | None:
        root = self.parts.get(note[0])
        if root is None:
            return None
        return next((e for e in root if e.get(f"{W}id") == note[1]), None)

    def warnings(self) -> Iterator[str]:
        if self.has_changes:
            yield "The file holds tracked changes; the text is as if all of them were accepted."
        if self.has_foreign:
            yield "The file holds parts embedded from other files; they are not in the text."
        if self.hidden:
            yield "Text that the file marks as hidden was left out."


def _root(part: Any) -> Any:
    element = getattr(part, "element", None)
    if element is not None:
        return element
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(part.blob, parser)


def _style(chain: list[Any]) -> _Style:
    """What a paragraph style makes of its paragraphs: the nearest answer in the chain of styles it is based on."""
    made = _Style()
    for style in chain:
        name = _val(style.find(f"{W}name")) or ""
        properties = style.find(f"{W}pPr")
        if made.kind == "paragraph":
            found = _HEADING.match(name)
            outline = _val(properties.find(f"{W}outlineLvl")) if properties is not None else None
            if found:
                made.kind, made.level = "heading", min(max(int(found[1]), 1), 6)
            elif name.casefold() == "title":
                made.kind, made.level = "title", 1
            elif "quote" in name.casefold():
                made.kind = "quote"
            elif outline and outline.isdigit() and int(outline) < 9:
                made.kind, made.level = "heading", min(int(outline) + 1, 6)
        if made.list is None and properties is not None:
            made.list = _list(properties)
    return made


def _list(properties: Any) -> tuple[str, int] | None:
    numbered = properties.find(f"{W}numPr")
    if numbered is None:
        return None
    level = _val(numbered.find(f"{W}ilvl")) or "0"
    return _val(numbered.find(f"{W}numId")) or "", int(level) if level.isdigit() else 0


def _symbol(element: Any) -> str:
    try:
        code = int(element.get(f"{W}char") or "", 16)
        return chr(code) if 0 < code < 0x110000 else ""
    except ValueError:
        return ""


def _is_hidden(run: Any) -> bool:
    properties = run.find(f"{W}rPr")
    vanish = properties.find(f"{W}vanish") if properties is not None else None
    return vanish is not None and vanish.get(f"{W}val") not in ("0", "false")


def _within(holder: Any, tag: str) -> Iterator[Any]:
    """Rows or cells of this table, also inside content controls, but not of a table within."""
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
            yield from _within(child, tag)


def _is_in_box(paragraph: Any, cell: Any) -> bool:
    for above in paragraph.iterancestors():
        if above is cell:
            return False
        if above.tag in (f"{W}txbxContent", f"{_MC}Fallback"):
            return True
    return False


def _val(element: Any) -> str | None:
    return element.get(f"{W}val") if element is not None else None


def _metadata(sheaf: Sheaf, title: str, author: str, language: str) -> Metadata:
    first = sheaf.blocks[0] if sheaf.blocks else None
    printed = next(
        (piece for block, piece in zip(sheaf.blocks[:5], sheaf.pieces, strict=False) if block.kind == "title"),
        None,
    )  # fmt: skip
    if printed is None and first is not None and first.kind == "heading" and first.level == 1:
        printed = sheaf.pieces[0]
    stated = canonical.line(title or "")[:500]
    start = " ".join(sheaf.pieces[:20]).casefold()
    if stated.casefold() not in start:
        stated = ""  # a title left over from the file it was made from
    code = re.match(r"[a-zA-Z]{2,3}\b", language or "")
    properties = "the properties of the Word file"
    return proposals.metadata(
        title=proposals.first(
            (printed, "the heading it begins with"),
            (headings.title_of(sheaf.pieces), "its first lines"),
            (stated, properties),
        ),
        author=proposals.first((canonical.line(author or "")[:300], properties)),
        language=code[0].lower() if code else None,
        kind=headings.kind_of(sheaf.body),
    )
