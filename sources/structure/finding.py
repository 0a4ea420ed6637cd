"""The sections of a text: title, preamble, parts, articles with their paragraphs, annexes, signature block.

All of it is proposed to a person. A text without numbered articles (news) has paragraphs at most; an exchange of
notes is taken apart into its notes, each with what it holds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sources.reading import headings as titles

from . import chains, headings, notes, numbers, signatures
from .headings import ARTICLE_RANK, PARAGRAPH_RANK, Candidate, Line
from .values import Section, SectionKind, nested

_PARAGRAPH = re.compile(
    rf"^[“\"'(*\s]*(?P<number>[0-9]{{1,3}}|(?=[^、]{{1,4}}、){numbers.HAN})(?P<close>\)|\.(?![0-9])|$|．|、)(?P<rest>.*)$"
)
_PREAMBLE = re.compile(
    r"^\W*(?:preamble|préambule|preámbulo|преамбула|序言|the\b.*\b(?:part(?:y|ies)|states?|governments?|republic|kingdom|president|"
    r"united|members?)\b|whereas|considering|recogni[sz]ing|desir(?:ing|ous)|recalling|reaffirming|having|noting|convinced|"
    r"les? |las? |los |el |considerando|recordando|deseos|considérant|rappelant|désireux|estados|his |her |in view|in the name|"
    r"государства|участники|стороны)",
    re.IGNORECASE,
)
_HEADING_LENGTH = 240
NOTE_RANK = -1  # whatever a note holds ends with it
# A heading names something; what says something of it is the article's text.
_SAYS = re.compile(
    r"\b(?:is|are|was|were|be|shall|will|may|must|has|have|does|undertakes?|agrees?|recogni[sz]es?|est|sont|será|serán|podrá|podrán)\b"
)
_NAME_LENGTH = 60
_INTRODUCES = re.compile(r"[.,;:]$")


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where a section of this rank begins; it ends where one of its rank or a higher one begins."""

    start: int
    rank: int
    kind: SectionKind
    label: str
    heading: str = ""
    text_start: int = 0


def sections(body: str) -> tuple[Section, ...]:
    """The sections of a canonical text, in its order, each with its parent; nothing for a text without structure."""
    lines = headings.lines_of(body)
    letters = notes.begins(body, lines)
    begins = {line.start: index for index, line in enumerate(lines)}
    restarts = [begins[body.rfind("\n", 0, one.start) + 1] for one in letters]
    chosen = _chosen(headings.candidates(lines), restarts)
    marks = [_mark(one, lines) for one in chosen]
    if not any(mark.kind in ("article", "part") for mark in marks):
        marks = []
    marks += [_Mark(one.start, NOTE_RANK, "note", one.label) for one in letters]
    marks.sort(key=lambda mark: mark.start)
    marks += _signature_marks(body, marks)
    marks.sort(key=lambda mark: mark.start)
    marks += _paragraph_marks(lines, marks, len(body))
    marks += _opening_marks(lines, marks)
    marks.sort(key=lambda mark: (mark.start, mark.rank))
    return nested(_spans(body, marks, notes.closings(body, letters)), len(body))


def _chosen(found: list[Candidate], restarts: Sequence[int] = ()) -> list[Candidate]:
    """Annexes first, then parts from the highest rank down, then articles: each may restart at those before it.

    `restarts` are further lines at which numbers may begin again.
    """
    chosen: list[Candidate] = []
    for rank in sorted({one.rank for one in found}):
        lines_taken = sorted({one.line for one in chosen} | set(restarts))
        of_rank = [one for one in found if one.rank == rank]
        if rank == 0:
            unnumbered = [one for one in of_rank if one.number is None]
            chain = chains.best([one for one in of_rank if one.number is not None], restarts)
            chosen += [*chain, *(unnumbered if not chain else ())]
            continue
        chain = chains.best(of_rank, lines_taken)
        if len(chain) > 1 or chain and chain[0].score >= 3 and _may_stand_alone(chain[0]):
            chosen += chain
    articles = [one.line for one in chosen if one.rank == ARTICLE_RANK]
    if articles:  # an annex named before the first article is a mention
        chosen = [one for one in chosen if one.rank or one.line > articles[0]]
    elif sum(one.kind == "part" for one in chosen) < 2:
        chosen = []
    return sorted(chosen, key=lambda one: one.line)


def _may_stand_alone(one: Candidate) -> bool:
    return one.number is not None and one.number.is_first


def _mark(one: Candidate, lines: Sequence[Line]) -> _Mark:
    heading, text_start = _heading(one, lines)
    return _Mark(one.start, one.rank, one.kind, one.label, heading, text_start)


def _heading(one: Candidate, lines: Sequence[Line]) -> tuple[str, int]:
    """What the section is called: the rest of its line, or the next line, where that is no sentence."""
    if one.rest:
        if _is_heading(one.rest):
            return one.rest, lines[one.line].end
        return "", one.rest_start
    following = next((line for line in lines[one.line + 1 :] if line.text.strip()), None)
    if following and _is_heading(following.text):
        return following.text.strip(" *_"), following.end
    return "", following.start if following else lines[one.line].end


def _is_heading(text: str) -> bool:
    text = text.strip(" *_")
    if not text or len(text) > _HEADING_LENGTH or _INTRODUCES.search(text) and not text.isupper():
        return False
    if _PARAGRAPH.match(text) or headings.LEADERS.search(text):
        return False
    if " shall " in text or len(text) > _NAME_LENGTH and _SAYS.search(text):
        return False
    return text[0].isalpha() and not text[0].islower()


def _signature_marks(body: str, marks: Sequence[_Mark]) -> list[_Mark]:
    """One in the last article before an annex or the end, one in each annex that has its own."""
    if all(mark.kind == "note" for mark in marks):
        if marks:
            return []  # each note ends with its own courtesies and names
        at = signatures.begins(body, len(body) // 2, len(body))
        return [_Mark(at, 1, "signature", "")] if at is not None else []
    found = []
    ends = [mark.start for mark in marks[1:]] + [len(body)]
    for index, (mark, end) in enumerate(zip(marks, ends, strict=True)):
        is_last = index + 1 == len(marks) or marks[index + 1].kind in ("annex", "note")
        if is_last and mark.kind != "note":
            at = signatures.begins(body, mark.text_start, end)
            inside = any(other.kind == "annex" and other.start < mark.start for other in marks) or (
                mark.kind == "annex"
            )
            if at is not None and at > mark.start:
                found.append(_Mark(at, 1 if inside else 0, "signature", ""))
    return found


def _paragraph_marks(lines: Sequence[Line], marks: Sequence[_Mark], length: int) -> list[_Mark]:
    """Numbered paragraphs of each article or annex, or of a text that has neither."""
    found: list[_Mark] = []
    scopes = [
        (mark.text_start or mark.start, end)
        for mark, end in zip(marks, [*(m.start for m in marks[1:]), length], strict=False)
        if mark.kind in ("article", "annex")
    ]
    letters = [mark.start for mark in marks if mark.kind == "note"]
    if letters and not any(mark.kind in ("article", "part") for mark in marks):
        scopes = list(zip(letters, [*letters[1:], length], strict=True))
    elif not any(mark.kind in ("article", "part") for mark in marks):
        scopes = [(0, min((mark.start for mark in marks), default=length))]
    at = 0
    for start, end in scopes:
        while at < len(lines) and lines[at].end < start:
            at += 1
        inside = []
        while at < len(lines) and lines[at].start < end:
            inside.append((max(start, lines[at].start), lines[at]))
            at += 1
        found += _counted(inside)
    return found


def _counted(inside: Sequence[tuple[int, Line]]) -> list[_Mark]:
    """Runs that count 1, 2, 3 in one style; a new run of three takes over from a finished one."""
    runs: list[tuple[str, list[_Mark]]] = []
    for start, line in inside:
        text = line.text[start - line.start :]
        match = _PARAGRAPH.match(text)
        if not match:
            continue
        close = match["close"]
        number = next((one.key[0] for one in numbers.readings(match["number"])), 0)
        mark = _Mark(start + match.start("number"), PARAGRAPH_RANK, "paragraph", match["number"])
        run = next(
            (one for style, one in reversed(runs) if style == close and len(one) + 1 == number),
            None,
        )
        if run is not None:
            run.append(mark)
        elif number == 1:
            runs.append((close, [mark]))
    long = [(style, run) for style, run in runs if len(run) >= 2]
    if not long:
        return []
    style, kept = long[0][0], list(long[0][1])
    for other, run in long[1:]:
        if run[0].start > kept[-1].start and len(run) >= 3 and other in (style, "", "."):
            kept += run
    return kept


def _opening_marks(lines: Sequence[Line], marks: Sequence[_Mark]) -> list[_Mark]:
    """The title and, where articles follow, the preamble."""
    first = min((mark.start for mark in marks if mark.kind in ("part", "article")), default=None)
    opening = [line for line in lines if line.text.strip() and (first is None or line.end <= first)]
    named = titles.title_of(line.text.strip(' *_“”"') for line in opening)
    title = next((n for n, line in enumerate(opening) if line.text.strip(' *_“”"') == named), None)
    found: list[_Mark] = []
    if title is not None:
        found.append(_Mark(opening[title].start, 0, "title", "", "", opening[title].end))
    if first is None:
        return found if marks else []
    rest = opening[title + 1 if title is not None else 0 :]
    start = next((n for n, line in enumerate(rest) if _PREAMBLE.match(line.text)), None)
    if start is None:
        start = next((n for n, line in enumerate(rest) if len(line.text) > _HEADING_LENGTH), None)
    if start is not None:
        found.append(_Mark(rest[start].start, 0, "preamble", ""))
    return found


def _spans(body: str, marks: Sequence[_Mark], closings: Sequence[int]) -> list[Section]:
    result = []
    for index, mark in enumerate(marks):
        ending = (
            other.start
            for other in marks[index + 1 :]
            if other.rank <= mark.rank or mark.kind in ("title", "preamble")
        )
        end = next(ending, len(body))
        if mark.rank > 0:
            end = next((at for at in closings if mark.start < at < end), end)
        if mark.kind == "title":
            end = min(end, mark.text_start)
        end = mark.start + len(body[mark.start : end].rstrip(' \n“"(*_'))
        result.append(Section(mark.kind, mark.label, mark.heading[:300], mark.start, end))
    return [one for one in result if one.end > one.start]
