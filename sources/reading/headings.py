"""What a treaty looks like in words alone: its headings, and whether a text is one at all.

Which article stands where is not decided here.
"""

import re
from collections.abc import Iterable
from itertools import islice

from .values import DocumentKind

_NUMBER = r"(?:[0-9]{1,3}(?:\s?(?:bis|ter|quater))?|[IVXLC]{1,7}|[A-Z]|ONE|TWO|THREE|First|One)"
_NUMBERED = re.compile(
    rf"^(?P<name>part|title|book|annex|appendix|schedule|protocol|chapter|section|article|artículo|art\.|"
    rf"partie|titre|annexe|chapitre|parte|anexo|capítulo|sección|статья|часть|глава|rule|paragraph)"
    rf"\s+{_NUMBER}\b[.:]?(?P<rest>.*)$",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"^(?:preamble|préambule|preámbulo|annex|annexe|appendix|contents|table of contents|signatures?)\.?$",
    re.IGNORECASE,
)
_RANKS = {
    "part": 1, "partie": 1, "parte": 1, "часть": 1, "title": 1, "titre": 1, "book": 1, "annex": 1,
    "annexe": 1, "anexo": 1, "appendix": 1, "schedule": 1, "protocol": 1,
    "chapter": 2, "chapitre": 2, "capítulo": 2, "глава": 2, "section": 2, "sección": 2,
}  # fmt: skip
LONGEST = 160


def rank(line: str) -> int:
    """1 for parts and annexes, 2 for chapters and sections, 3 for articles; 0 when it is no heading.

    "Article 12", "ARTICLE IV. Defence", "PART XI" are; "Article 5 of the Treaty applies to" is a sentence.
    """
    if len(line) > LONGEST:
        return 0
    if _ALONE.match(line):
        return 1
    found = _NUMBERED.match(line)
    if not found:
        return 0
    rest = found["rest"].strip()
    if rest and (rest[0].islower() or rest[0] in ",;)(" or rest.endswith((",", ";"))):
        return 0
    if rest.endswith(".") and len(rest.split()) > 8:
        return 0
    return _RANKS.get(found["name"].casefold(), 3)


_TREATY_WORDS = re.compile(
    r"\b(?:contracting part(?:y|ies)|high contracting|have agreed|agree as follows|entry into force|"
    r"states parties|the parties to this|ratification|parties contractantes|partes contratantes|estados partes|états parties|estado parte|"
    r"sont convenus|han convenido)\b",
    re.IGNORECASE,
)


def kind_of(body: str, lines: Iterable[str] | None = None) -> DocumentKind | None:
    """'treaty' where articles are numbered and parties agree, else None; a proposal only."""
    lines = body.split("\n") if lines is None else lines
    articles = sum(1 for line in lines if line and rank(line) == 3)
    return "treaty" if articles >= 2 and _TREATY_WORDS.search(body) else None


_INSTRUMENT = re.compile(
    r"^(?:the |final )?(?:agreement|treaty|convention|protocol|memorandum|charter|pact|covenant|"
    r"joint (?:statement|declaration|communiqu)|exchange of (?:notes|letters)|declaration|security treaty|"
    r"mutual|accord|acuerdo|tratado|convenio|trait|\w+ \w+ (?:treaty|agreement|pact)\b|"
    r"\w+ (?:treaty|agreement|pact|declaration)\b)",
    re.IGNORECASE,
)
_TITLE_LINES = 15


def title_of(lines: Iterable[str]) -> str | None:
    """The line near the top that names an instrument ("Agreement between ..."), None if there is none."""
    for line in islice(lines, _TITLE_LINES):
        text = line.strip()
        if len(text) > 300:
            continue
        if len(text) <= 20 and _ALONE.match(text):
            return None  # the preamble or a table of contents has begun
        is_sentence = text.endswith((".", ",", ";", ":")) or " shall " in text or text[:1].islower()
        if len(text) >= 10 and not is_sentence and _INSTRUMENT.match(text):
            return text
    return None
