"""Lines that may begin a part, an article or an annex, each with a score. Which of them do is decided in `chains`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import numbers
from .numbers import Number
from .values import SectionKind

# The rank of what they begin: a section ends where another of its rank or a higher one begins.
_NAMES: dict[SectionKind, dict[int, str]] = {
    "annex": {0: "annexe?|anexo|appendix|appendice|apéndice|schedule|приложение|anlage|bijlage|allegato"},
    "part": {
        1: "book|livre|libro|part|partie|parte|часть|teil|title|titre|título|titulo",
        2: "chapter|chapitre|capítulo|capitulo|глава|kapitel|hoofdstuk",
        3: "section|sección|seção|раздел|abschnitt",
        4: "subsection|sub-section|subsección",
    },
    "article": {5: r"article|art\.|artículo|articulo|artigo|artikel|articolo|статья|стаття|madde|المادة|clause"},
}  # fmt: skip
ARTICLE_RANK, PARAGRAPH_RANK = 5, 6
_LEAD = r"^[\s“\"«*_#>\[(]*"
_PATTERNS = [
    (
        kind,
        rank,
        re.compile(
            rf"{_LEAD}(?P<name>{names})(?:\b|(?<=\.))[\s*_]*(?:no\.?\s*)?(?P<number>(?-i:{numbers.PATTERN})|(?i:{'|'.join(numbers.WORDS)})\b)(?P<rest>.*)$",
            re.IGNORECASE,
        ),
    )
    for kind, ranks in _NAMES.items()
    for rank, names in ranks.items()
]
_UNNUMBERED = re.compile(
    rf"{_LEAD}(?P<name>annexe?|anexo|appendix|приложение|bijlage|protocol of signature)(?P<rest>\b.*)$",
    re.IGNORECASE,
)
_HAN_PATTERNS: tuple[tuple[SectionKind, int, re.Pattern[str]], ...] = (
    ("annex", 0, re.compile(rf"{_LEAD}(?P<name>附件)\s*(?P<number>{numbers.HAN})(?P<rest>.*)$")),
    ("article", ARTICLE_RANK, re.compile(rf"{_LEAD}(?P<name>第)\s*(?P<number>{numbers.HAN})\s*[条條](?P<rest>.*)$")),
    ("part", 1, re.compile(rf"{_LEAD}(?P<name>第)\s*(?P<number>{numbers.HAN})\s*(?:部分|編|编)(?P<rest>.*)$")),
    ("part", 2, re.compile(rf"{_LEAD}(?P<name>第)\s*(?P<number>{numbers.HAN})\s*章(?P<rest>.*)$")),
    ("part", 3, re.compile(rf"{_LEAD}(?P<name>第)\s*(?P<number>{numbers.HAN})\s*[节節](?P<rest>.*)$")),
)  # fmt: skip
_SOLE = re.compile(rf"{_LEAD}(?P<number>sole)\s+(?P<name>article)(?P<rest>\b.*)$", re.IGNORECASE)
LEADERS = re.compile(r"(?:\.\s?){5,}|…{2,}|_{5,}|\t\s*[0-9]{1,4}$")
_CONTENTS = re.compile(
    r"^\W*(?:table of )?contents\W*$|^\W*(?:índice|indice|sommaire|table des matières|содержание|оглавление|目录)\W*$",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(r"(?:to|of|à|de|al|a la|к)\s", re.IGNORECASE)
_OPEN_END = re.compile(
    r"(?:\b(?:of|in|with|under|and|or|to|by|the|per|see|from|de|del|la|los|en|du|des|et|y)|[,(])$",
    re.IGNORECASE,
)
_CLOSE, _RUN = 160, 5  # characters between entries of a table of contents; entries that make one


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may be a heading; `body` is where what stands after name and number begins."""

    kind: SectionKind
    rank: int
    name: str
    number: Number | None
    label: str
    rest: str
    line: int
    start: int
    rest_start: int
    score: float


def lines_of(body: str) -> list[Line]:
    found, at = [], 0
    for text in body.split("\n"):
        found.append(Line(text, at))
        at += len(text) + 1
    return found


def candidates(lines: Sequence[Line]) -> list[Candidate]:
    """Every reading of every line that may be a heading, without tables of contents, in order."""
    found: list[Candidate] = []
    before = ""
    for index, line in enumerate(lines):
        if line.text and len(line.text.strip()) > 1:
            found += _of_line(line, index, before)
            before = line.text
    return _without_contents(found, lines)


def _of_line(line: Line, index: int, before: str) -> list[Candidate]:
    for kind, rank, pattern in (*_PATTERNS, *_HAN_PATTERNS, ("article", ARTICLE_RANK, _SOLE)):
        match = pattern.match(line.text)
        if match:
            made = [
                _candidate(kind, rank, match, number, line, index, before)
                for number in numbers.readings(match["number"])
            ]
            return [one for one in made if one.score > 0]
    match = _UNNUMBERED.match(line.text)
    if match and len(line.text) <= 120:
        one = _candidate("annex", 0, match, None, line, index, before)
        return [one] if one.score > 0 else []
    return []


def _candidate(
    kind: SectionKind,
    rank: int,
    match: "re.Match[str]",
    number: Number | None,
    line: Line,
    index: int,
    before: str,
) -> Candidate:
    start = match.start("name") if match.start("name") < match.start("rest") else 0
    if "number" in match.re.groupindex:
        start = min(start, match.start("number"))
    rest = match["rest"]
    lead = len(rest) - len(rest.lstrip(" .:*_-–—|)]\t"))
    label = re.sub(r"[\s*_]+", " ", line.text[start : match.start("rest")]).strip()
    return Candidate(
        kind=kind,
        rank=rank,
        name=match["name"].casefold(),
        number=number,
        label=label,
        rest=rest[lead:].rstrip(" *_"),
        line=index,
        start=line.start + start,
        rest_start=line.start + match.start("rest") + lead,
        score=_score(kind, match["name"], rest, line.text, before.rstrip(" *_")),
    )


def _score(kind: SectionKind, name: str, rest: str, line: str, before: str) -> float:
    """Above 0 where the line looks like a heading rather than a sentence that mentions one."""
    stripped = rest.strip(" *_")
    words = stripped.lstrip(".:-–—|)] \t")
    if not words:
        score = 3.0
    elif kind == "annex" and _OF_WHAT.match(stripped):
        score = 2.2
    elif stripped[0] in ",;(/，；、。" or words[0].islower():
        return -2.0
    elif stripped[0] in ".:-–—|" and len(line) <= 160:
        score = 2.5
    elif (
        words[:80].isupper()
        and len(line) <= 300
        or (len(line) <= 120 and not line.rstrip(" *_").endswith((".", ",", ";", "；", "。")))
    ):
        score = 2.2
    else:
        score = 1.2
    if kind in ("part", "annex") and score < 2 and name not in "附件第":
        return (
            -1.0
        )  # their text never stands in the line of the name, unless the line has lost its end
    if name.isupper() and len(name) > 1:
        score += 0.5
    elif name[0].islower():
        score -= 2.5
    if _OPEN_END.search(before):
        score -= 2.0
    return score


def _without_contents(found: list[Candidate], lines: Sequence[Line]) -> list[Candidate]:
    """Leave out what stands in a table of contents: entries with leaders, and close runs that come again later."""
    if not found:
        return []
    by_line = sorted({one.line for one in found})
    following = dict(zip(by_line, [*by_line[1:], len(lines)], strict=True))
    dropped = {
        at
        for at in by_line
        if any(LEADERS.search(line.text) for line in lines[at : min(following[at], at + 4)])
    }
    last: dict[tuple[str, Number | None], int] = {(one.name, one.number): one.line for one in found}
    again = {one.line for one in found if last[one.name, one.number] > one.line}
    begins = {index for index, line in enumerate(lines) if _CONTENTS.match(line.text)}
    called = {one.line: (one.name, one.number) for one in found}
    run: list[int] = []
    for at in [*by_line, len(lines)]:
        # An entry that was listed before begins the text, however short the entries of both are.
        close = (
            run
            and at < len(lines)
            and lines[at].start - lines[run[-1]].start <= _CLOSE
            and called[at] not in [called[other] for other in run]
        )
        if run and not close:
            announced = any(0 < run[0] - begin <= 4 for begin in begins)
            repeated = [one for one in run if one in again]
            if len(run) >= (2 if announced else _RUN) and len(repeated) * 10 >= 8 * len(run):
                # The last of a run is already the text where nothing like it comes again.
                dropped |= set(repeated)
            run = []
        if at < len(lines):
            run.append(at)
    return [one for one in found if one.line not in dropped]
