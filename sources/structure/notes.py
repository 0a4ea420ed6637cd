"""The notes or letters of an exchange: where each begins. Numbered ("Nr. II") or told by the words a reply opens with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import numbers
from .headings import Line

_NUMBERED = re.compile(
    r"^[\W_]*(?P<label>(?:n(?:r|o|º|°)\.?|№|note|letter|lettre|nota|carta|нота)\s*(?P<number>[IVX]{1,4}|[0-9]{1,2}|[A-E]))[\W_]*$",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\bI have (?:also )?the honou?r\b|\bpresents? its compliments\b|\bhas the honou?r\b|\b(?:Your )?Excellency\b|\bDear (?:Sir|Madam|Mr|Ms|Minister|"
    r"General|Ambassador)\b|\bMy dear\b|\bj['’]ai l['’]honneur\b|\bVotre Excellence\b|\btengo el honor\b|\bVuestra Excelencia\b|\bимею честь\b",
    re.IGNORECASE,
)
# What only the answer to a note says of the note.
_REPLIES = re.compile(
    r"\b(?:(?:to|of) (?:acknowledg\w+|confirm\w*)|acknowledges?|confirms?)(?: with \w+)?(?: the)? receipt of (?:your|the|its|his|her)\b|"
    r"\b(?:I|we) (?:acknowledge|confirm)(?: the)? receipt of your\b|\bhonou?r to refer to (?:your|the) (?:\w+'s |excellency['’]s )?(?:note|letter)\b[^.]{0,120}\bread(?:s|ing)\b|"
    r"\baccuser r[ée]ception de\b|\bacusar recibo de\b|\bподтвердить получение\b",
    re.IGNORECASE,
)
# The words with which a letter leaves what it proposes and comes back to itself.
_CLOSES = re.compile(
    r"\bif (?:the|this|these) (?:above|foregoing|proposals?|provisions|terms|arrangements?)\b[^.]{0,250}\b(?:acceptable|agree\w*|concur\w*|approv\w*)\b|"
    r"\baccept,? (?:\w+[ ,]+){1,4}the (?:renewed )?assurances?\b|\bavails itself of (?:this|the) opportunity\b|"
    r"\bsi (?:ce|ces|les) (?:qui précède|propositions|dispositions)\b[^.]{0,250}\bagrément\b",
    re.IGNORECASE,
)
_WITHIN = 1500  # characters after its number in which a note opens
_HEAD = 120  # characters of a letterhead or dateline
_HEAD_LINES = 4
_ENDS_A_NOTE = re.compile(
    r"\((?:signed|sgd\.?|sd\.?|s\.|firmado|signé)\)|\baccept\b.*\bassurances?\b|[.;:]$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Note:
    start: int
    label: str


def begins(body: str, lines: Sequence[Line]) -> list[Note]:
    """The notes of an exchange in order, at least two; nothing where the text is none."""
    if not _OPENS.search(body):
        return []
    numbered = _numbered(body, lines)
    return numbered or _answered(body, lines)


def closings(body: str, notes: Sequence[Note]) -> list[int]:
    """Where in each note what is proposed is over; one offset for each note that tells."""
    ends = [*(one.start for one in notes[1:]), len(body)][: len(notes)]
    found = (_CLOSES.search(body, one.start, end) for one, end in zip(notes, ends, strict=True))
    return [match.start() for match in found if match]


def _numbered(body: str, lines: Sequence[Line]) -> list[Note]:
    """Heads that count I, II, III, each with words after it that open a letter."""
    found: list[Note] = []
    for line in lines:
        match = _NUMBERED.match(line.text) if len(line.text) <= 40 else None
        if not match:
            continue
        wanted = len(found) + 1
        values = [one.key[0] for one in numbers.readings(match["number"].upper())]
        if wanted in values and _OPENS.search(body, line.end, line.end + _WITHIN):
            found.append(Note(line.start + match.start("label"), match["label"]))
    return found if len(found) >= 2 else []


def _answered(body: str, lines: Sequence[Line]) -> list[Note]:
    """The first letter, and each one that says which letter it answers, from its letterhead on."""
    answers = [match.start() for match in _REPLIES.finditer(body)]
    first = _OPENS.search(body)
    if not answers or first is None or answers[0] <= first.end() + 200:
        return []
    starts = [_head_of(lines, first.start(), 0)]
    for at in answers:
        start = _head_of(lines, at, starts[-1] + 1)
        if start > starts[-1] and at - starts[-1] > 200:
            starts.append(start)
    return [Note(start, "") for start in starts] if len(starts) >= 2 else []


def _head_of(lines: Sequence[Line], at: int, floor: int) -> int:
    """Where the letter whose words stand here begins: at its line, or at the letterhead and dateline above it."""
    index = next(n for n, line in enumerate(lines) if line.end >= at)
    start = lines[index].start
    taken = 0
    for line in reversed(lines[:index]):
        text = line.text.strip(" *_")
        if not text:
            continue
        salutes = text.endswith((",", ":")) and len(text) < 40
        if line.start < floor or len(text) > _HEAD or taken == _HEAD_LINES:
            break
        if _ENDS_A_NOTE.search(text) and not salutes:
            break
        start, taken = line.start, taken + 1
    return max(start, floor)
