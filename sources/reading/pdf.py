"""PDF to text: opening what can be opened, mending what can be mended, and saying plainly what cannot be read.

Words and lines are `lines`' work, running heads `furniture`'s, paragraphs `paragraphs`'.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from . import canonical, composing, furniture, headings, lines, pdfium, proposals
from .proposals import Proposal
from .sheets import Box, Sheet
from .values import Metadata, ReadText, Unreadable

MAX_PAGES = 3_000
MAX_CHARACTERS_A_PAGE = 120_000
MAX_CHARACTERS = 20_000_000
_A4: Box = (0.0, 0.0, 595.0, 842.0)
PARAMETERS: dict[str, object] = {
    "x_tolerance_ratio": lines.X_TOLERANCE_RATIO,
    "y_tolerance": lines.Y_TOLERANCE,
    "use_text_flow": True,
    "rules": 1,
}

ENCRYPTED = Unreadable(
    "encrypted",
    "This PDF is protected by a password. Open it with the password, save a copy without one "
    "(print to PDF does it), and add that copy.",
)
IMAGE_ONLY = Unreadable(
    "image_only",
    "The pages of this PDF are pictures: it is a scan without a text layer. Run text recognition (OCR) on it, "
    "for instance with ocrmypdf or Adobe Acrobat, and add the result.",
)
NO_TEXT = Unreadable(
    "empty", "This PDF has pages but no text on them. Check that it is the right file."
)


@dataclass(slots=True)
class _Attempt:
    """What one way of opening the file gave."""

    sheets: list[Sheet] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)  # page numbers
    info: dict[str, Any] = field(default_factory=dict)
    language: str | None = None
    error: Exception | None = None
    reader: str = "pdfplumber"

    @property
    def characters(self) -> int:
        return sum(sheet.characters for sheet in self.sheets)

    @property
    def is_whole(self) -> bool:
        return bool(self.sheets) and not self.failed and self.error is None

    def gives_more_than(self, other: _Attempt) -> bool:
        """More text, or the same with fewer pages lost; pages of any kind rather than none."""
        mine, theirs = (self.characters, -len(self.failed)), (other.characters, -len(other.failed))
        return mine > theirs or bool(self.sheets) and not other.sheets


def read(data: bytes, announce: Callable[[int], None] = lambda pages: None) -> ReadText:
    """The text of a PDF. `announce` is told the number of the page about to be read, for time limits."""
    import pdfplumber  # slow to import

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    attempt = _attempt(data, announce)
    parameters = dict(PARAMETERS)
    warnings: list[str] = []
    if not attempt.is_whole:
        mended = _mended(data, attempt, announce)
        if mended is not None:
            attempt, parameters["repaired"] = mended
            warnings.append(
                "The file is damaged and was mended before reading; compare the text with the pages."
            )
    if not attempt.sheets:
        raise _broken(attempt.error)
    _raise_if_textless(attempt)
    furniture.put_aside(attempt.sheets)
    composed = composing.compose(attempt.sheets)
    if not composed.body:
        raise NO_TEXT
    return ReadText(
        body=composed.body,
        blocks=composed.blocks,
        pages=composed.pages,
        metadata=_metadata(attempt, composed),
        warnings=(*warnings, *_warnings(attempt)),
        reader=attempt.reader,
        reader_version=pdfplumber.__version__
        if attempt.reader == "pdfplumber"
        else version("pypdfium2"),
        parameters=parameters,
    )


def _attempt(data: bytes, announce: Callable[[int], None]) -> _Attempt:
    """Read all pages; a page that fails is noted and the rest are read."""
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

    attempt = _Attempt()
    try:
        pdf = PDF(io.BytesIO(data))
        attempt.info = {str(key): value for key, value in pdf.metadata.items()}
        attempt.language = _language(pdf.doc.catalog.get("Lang"))
        for number, leaf in enumerate(_leaves(pdf), start=1):
            announce(number)
            try:
                page = Page(pdf, leaf, page_number=number)
                attempt.sheets.append(_sheet(page))
                page.close()
            except (Unreadable, MemoryError):
                raise
            except Exception as error:  # pdfminer raises anything on a damaged page
                _raise_if_memory(error)
                attempt.failed.append(number)
                attempt.sheets.append(_blank(number))
                attempt.error = error
            _check_size(attempt)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # pdfminer raises anything on a damaged file
        _raise_if_memory(error)
        if _is_password(error):
            raise ENCRYPTED from error
        attempt.error = error
    return attempt


def _leaves(pdf: Any) -> Iterator[Any]:
    """The pages one by one: `pdf.pages` makes them all first, and a file can claim a trillion."""
    from pdfminer.pdfpage import PDFPage

    return iter(PDFPage.create_pages(pdf.doc))


def _sheet(page: Any) -> Sheet:
    leaf = page.page_obj
    sheet = Sheet.of_page(page.page_number, leaf.mediabox, leaf.cropbox, int(page.rotation))
    lines.read_sheet(sheet, page.layout)
    return sheet


def _blank(number: int) -> Sheet:
    return Sheet.of_page(number, _A4, _A4, 0)


def _check_size(attempt: _Attempt) -> None:
    """Called after every page, so that no file goes on for long beyond what is taken."""
    sheet = attempt.sheets[-1]
    if len(attempt.sheets) > MAX_PAGES:
        raise Unreadable(
            "too_many_pages",
            f"This PDF has more than {MAX_PAGES:,} pages. Split it into parts and add those.",
        )
    if sheet.characters > MAX_CHARACTERS_A_PAGE:
        raise Unreadable(
            "too_large",
            f"Page {sheet.number} holds more than {MAX_CHARACTERS_A_PAGE:,} characters, far more than can be "
            "printed on one. Save the document again with another program and add that.",
        )
    if attempt.characters > MAX_CHARACTERS:
        raise Unreadable(
            "too_large",
            f"This PDF holds more than {MAX_CHARACTERS:,} characters. Split it and add the parts.",
        )


def _mended(
    data: bytes, first: _Attempt, announce: Callable[[int], None]
) -> tuple[_Attempt, str] | None:
    """The first other way that gives more than the first did, and its name."""
    for name, again in (("pikepdf", _by_pikepdf), ("pypdfium2", pdfium.rewritten)):
        written = again(data)
        if written is None:
            continue
        attempt = _attempt(written, announce)
        if attempt.gives_more_than(first):
            return attempt, name
    attempt = _Attempt(reader="pypdfium2")
    for sheet in pdfium.sheets(data, announce):
        attempt.sheets.append(sheet)
        _check_size(attempt)
    return (attempt, "pypdfium2") if attempt.gives_more_than(first) else None


def _by_pikepdf(data: bytes) -> bytes | None:
    """Rewritten by qpdf, where the optional library is there."""
    try:
        import pikepdf
    except ImportError:
        return None
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            written = io.BytesIO()
            document.save(written)
            return written.getvalue()
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return None


def _cause(error: BaseException) -> BaseException:
    """What happened: pdfplumber wraps it in an exception of its own."""
    first = error.args[0] if error.args else None
    return first if isinstance(first, BaseException) else error


def _raise_if_memory(error: BaseException) -> None:
    cause = _cause(error)
    if isinstance(cause, MemoryError):
        raise cause


def _is_password(error: BaseException) -> bool:
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    return isinstance(_cause(error), PDFPasswordIncorrect)


_NO_LIST = ": the list of what stands where in the file is missing or wrong, as when a download was cut off"
_NO_PART = ": a part that its pages need is missing or is not what it should be"
_DAMAGE = {
    **dict.fromkeys(
        ("PDFSyntaxError", "PSSyntaxError", "PSEOF", "PDFNoValidXRef", "PDFXRefError", "PdfError"),
        _NO_LIST,
    ),
    **dict.fromkeys(
        ("PDFTypeError", "PDFValueError", "PDFKeyError", "PDFObjectNotFound", "PSTypeError",
         "TypeError", "ValueError", "KeyError", "IndexError", "AttributeError", "AssertionError"),
        _NO_PART,
    ),
    "RecursionError": ": its parts refer to each other in a circle",
    "error": ": its compressed parts are cut off or altered",
    "PDFNotImplementedError": ": it is written in a way that no reader here knows",
    "PDFEncryptionError": ": its protection is of a kind that no reader here knows",
}  # fmt: skip


def _broken(error: Exception | None) -> Unreadable:
    inner = (
        error.args[0] if error and error.args and isinstance(error.args[0], Exception) else error
    )
    if isinstance(inner, MemoryError):
        raise inner
    detail = _DAMAGE.get(type(inner).__name__, "") if inner else ": it has no pages"
    return Unreadable(
        "broken",
        f"This file begins like a PDF but is damaged beyond reading{detail}. Download it again, or open it in a "
        "PDF viewer and print it to a new PDF.",
    )


def _raise_if_textless(attempt: _Attempt) -> None:
    if attempt.failed and attempt.characters == 0:
        raise _broken(attempt.error)
    with_something = [sheet for sheet in attempt.sheets if sheet.picture or sheet.lines]
    if with_something and all(sheet.is_picture for sheet in with_something):
        raise IMAGE_ONLY
    if not any(sheet.lines for sheet in attempt.sheets):
        raise IMAGE_ONLY if any(sheet.picture for sheet in attempt.sheets) else NO_TEXT


def _warnings(attempt: _Attempt) -> Iterator[str]:
    sheets = attempt.sheets
    garbled = [s.number for s in sheets if s.is_garbled and s.lines]
    if garbled:
        yield (
            f"The text layer of {_pages(garbled)} is garbled: its fonts do not say which letters they show. "
            "Read it with text recognition (OCR), or find another copy."
        )
    pictures = [s.number for s in sheets if s.is_picture]
    if pictures:
        holds = "holds" if len(pictures) == 1 else "hold"
        yield f"{_pages(pictures).capitalize()} {holds} pictures of text: what is written there is not in the text."
    if attempt.failed:
        is_missing = "is" if len(attempt.failed) == 1 else "are"
        yield f"{_pages(attempt.failed).capitalize()} could not be read and {is_missing} missing from the text."
    hidden = [s.number for s in sheets if s.hidden]
    if hidden:
        yield f"Text outside the visible part of {_pages(hidden)} was left out."


def _pages(numbers: list[int]) -> str:
    """pages 1-3, 7"""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    named = [str(a) if a == b else f"{a}-{b}" for a, b in runs]
    return ("page " if len(numbers) == 1 else "pages ") + ", ".join(named)


_JUNK_TITLE = re.compile(
    r"^(?:microsoft word|untitled|document\d*$|.*\.(?:docx?|pdf|rtf|indd|qxd|tex|wpd|p65)\b|\S*$)",
    re.IGNORECASE,
)
_FIRST_PAGES = 3_000  # characters
_PROPERTIES = "the properties of the PDF file"


def _metadata(attempt: _Attempt, composed: composing.Composed) -> Metadata:
    return proposals.metadata(
        title=_title(attempt, composed),
        author=proposals.first((_clean(attempt.info.get("Author")), _PROPERTIES)),
        language=attempt.language,
        kind=headings.kind_of(composed.body),
    )


def _title(attempt: _Attempt, composed: composing.Composed) -> Proposal | None:
    """The file's own title if the text bears it out, else the name of the instrument, else the largest print."""
    start = composed.body[:_FIRST_PAGES].casefold()
    stated = _clean(attempt.info.get("Title"))
    words = re.findall(r"[^\W\d_]{4,}", stated.casefold()) if stated else []
    if stated and (not words or _JUNK_TITLE.match(stated)):
        stated = None
    if stated and sum(word in start for word in words) >= 0.6 * len(words):
        return proposals.first((stated, _PROPERTIES))
    instrument = headings.title_of(composed.body[b.start : b.end] for b in composed.blocks)
    printed = next(
        (composed.body[b.start : b.end] for b in composed.blocks[:1] if b.kind == "title"), None
    )
    return proposals.first(
        (instrument, "its first lines"),
        (printed, "the largest print at its beginning"),
        (stated, _PROPERTIES),
    )


def _clean(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return canonical.line(value)[:500] or None


def _language(value: object) -> str | None:
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    if not isinstance(value, str):
        return None
    found = re.match(r"^[a-zA-Z]{2,3}\b", value)
    return found[0].lower() if found else None
