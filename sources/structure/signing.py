"""Who made a treaty and when, with where in the text it stands: read off title, opening, signature block. Proposed only.

How days are written is `days`'s. Dates here are whole days of signing; fuzzy dates belong to coding.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from sources import states

from . import days
from .values import Section

Place = Literal["title", "opening", "signature block", "notes", "text"]
PLACES: dict[Place, str] = {
    "title": "its title",
    "opening": "its opening words",
    "signature block": "its signature block",
    "notes": "the heads of its notes",
    "text": "the words “between … and …” in its text",
}
_OPENING = 600  # characters in which a dateline or a title stands
_FIRST_ARTICLES = 2500
_LETTERHEAD = 700
_OPENING_CLAUSE = re.compile(
    r"\b(?:whereas|considering|recogni[sz]ing|desir(?:ing|ous|e)|recalling|reaffirming|having|noting|convinced|in view|guided|"
    r"considérant|désireux|considerando|deseos[oa]s?|принимая|учитывая)\b",
    re.IGNORECASE,
)
_INSTRUMENT = (
    r"(?:agreement|treaty|convention|protocol|accord|memorandum|pact|arrangement|exchange of (?:notes|letters)|declaration|statement|"
    r"traité|convention|acuerdo|tratado|convenio|acordo|соглашение|договор|протокол|abkommen|vertrag|verdrag|overeenkomst|accordo)"
)
_BETWEEN_WORD = r"(?:between|among|amongst|entre|между|zwischen|tussen|tra)"
_BETWEEN = re.compile(rf"\b{_BETWEEN_WORD}\b", re.IGNORECASE)
# "Agreement on Mutual Aid between ...", its name and its parties often on lines of their own.
_INSTRUMENT_BETWEEN = re.compile(
    rf"\b{_INSTRUMENT}\b[^.;:]{{0,160}}?\b(?={_BETWEEN_WORD}\b)", re.IGNORECASE
)
_BETWEEN_ENDS = re.compile(
    r"\b(?:concerning|regarding|relating|respecting|providing|constituting|pursuant|on|for|with regard|in the (?:field|matter)|signed|was|"
    r"of (?:mutual|friendship|alliance)|relatif|relativo|sobre|para|sur|о|об|über|inzake)\b|[.;:(]|\n\s*\n",
    re.IGNORECASE,
)
# One signs for a state: "For the Government of Japan", at the start of a line or with a capital after a name.
_SIGNS_FOR = re.compile(
    r"(?:\b(?:For|FOR|On behalf of|ON BEHALF OF|Pour|POUR|Por|POR|За|ЗА|Voor|Für)\b)(?P<who>[^.;\n]{0,120})"
)
_OFFICE = re.compile(
    r"\b(?:embassy|legation|government|governments|ministry of (?:foreign|external) affairs|department of (?:foreign|external) affairs|"
    r"ambassador|minister (?:for|of) foreign affairs|king|queen|president)\b[^.;\n]{0,90}",
    re.IGNORECASE,
)
_COMPLIMENTS = re.compile(
    r"[^.\n]{0,160}\bpresents? its compliments to\b[^.\n]{0,160}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Signing:
    """What is proposed, and where each was read; an empty place where nothing was found."""

    parties: tuple[int, ...] = ()
    parties_from: Place | Literal[""] = ""
    on: date | None = None
    on_from: Place | Literal[""] = ""


# A line feed inside a sentence: plain text may be broken at a width. A space in its place keeps every offset.
_WRAP = re.compile(r"(?<=\S)\n(?=[^\W\d_A-ZÀ-ÞА-Я])|(?<=[^\n]{50}[^\s.;:!?])\n(?=\S)")
_APOSTROPHES = str.maketrans("\u2019\u2018\u00b4", "'''")


def signing(body: str, sections: Sequence[Section]) -> Signing:
    body = _WRAP.sub(" ", body).translate(_APOSTROPHES)
    on, on_from = _signed(body, sections)
    found, found_in = _parties(body, sections, on)
    return Signing(found, found_in, on, on_from)


# --- the day


def _signed(body: str, sections: Sequence[Section]) -> tuple[date | None, Place | Literal[""]]:
    """The day in the signature block, else of the last note of an exchange, else in the opening lines."""
    for one in sections:
        if one.kind == "signature":
            found = days.first(body[one.start : one.end][:3000])
            if found:
                return found, "signature block"
    for one in reversed([one for one in sections if one.kind == "note"]):
        found = days.first(body[one.start : one.end][:_OPENING])
        if found:
            return found, "notes"
    title = next((one for one in sections if one.kind == "title"), None)
    before = body[: title.end if title else _OPENING][:_OPENING]
    found = days.first(days.without_days_of_others(before))
    if found:
        return found, "title" if title else "opening"
    last = days.last(body[-_OPENING:]) if sections else None
    return last, "text" if last else ""


# --- the parties


def _parties(
    body: str, sections: Sequence[Section], on: date | None
) -> tuple[tuple[int, ...], Place | Literal[""]]:
    for place, regions in _regions(body, sections):
        found = set().union(*(_named(region, on) for region in regions))
        if len(found) >= 2:
            return tuple(sorted(found)), place
    return (), ""


def _regions(body: str, sections: Sequence[Section]) -> Iterator[tuple[Place, list[str]]]:
    """Where the parties may be told, the surest first; the texts of one place count together."""
    by_kind = {one.kind: one for one in reversed(sections)}

    def text_of(kind: str) -> str:
        one = by_kind.get(kind)  # type: ignore[call-overload]
        return body[one.start : one.end] if one else ""

    title = text_of("title")
    letters = [body[one.start : one.end] for one in sections if one.kind == "note"]
    signature = text_of("signature")
    yield "title", _between(title)
    if letters:
        first = letters[0][:_FIRST_ARTICLES]
        yield "notes", [match[0] for match in _COMPLIMENTS.finditer(first)]
        yield "notes", _between(first)[:1]
        yield (
            "notes",
            [found[0] for one in letters for found in _OFFICE.finditer(one[:_LETTERHEAD])],
        )
    opening = _opening(body, by_kind.get("preamble"), by_kind.get("title"), sections)
    signers = [match["who"] for match in _SIGNS_FOR.finditer(signature)]
    if len(opening_states := _named(opening, None)) >= 2 or signers:
        yield "opening" if len(opening_states) >= 2 else "signature block", [opening, *signers]
    top = body[:_FIRST_ARTICLES]
    yield "title", [title]
    yield "opening", [opening]
    yield "title", _between_of_instrument(top)
    yield "text", _between(top)[:1]
    yield "signature block", _between(signature)[:1]


def _opening(
    body: str, preamble: Section | None, title: Section | None, sections: Sequence[Section]
) -> str:
    """The words before the first reason is given; without a preamble, the lines after the title."""
    if preamble:
        text = body[preamble.start : preamble.end]
    elif any(one.kind in ("article", "part") for one in sections):
        return ""  # it begins with its first article
    else:
        text = body[title.end if title else 0 :][:_OPENING]
    clause = _OPENING_CLAUSE.search(text, 20)
    return text[: min(clause.start() if clause else _OPENING, 3000)]


def _between(text: str) -> list[str]:
    """What stands between "between" and the matter: "Agreement between A and B on C"."""
    found = []
    for match in _BETWEEN.finditer(text):
        rest = text[match.end() : match.end() + 400]
        end = _BETWEEN_ENDS.search(rest)
        found.append(rest[: end.start() if end else len(rest)])
    return found


def _between_of_instrument(text: str) -> list[str]:
    found = _INSTRUMENT_BETWEEN.search(text)
    return _between(text[found.end() : found.end() + 500])[:1] if found else []


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    system = states.standard()
    names = {
        name.translate(_APOSTROPHES)
        for state in system.states
        for name in system.names_of(state.ccode)
    }
    # Short names are words of other languages too; the two with points are not.
    kept = {name for name in names if len(name) > 3} | {"U.S.", "U.K."}
    longest_first = sorted(kept, key=lambda n: (-len(n), n))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def _named(region: str, on: date | None) -> set[int]:
    found = set()
    for match in _names().finditer(" ".join(region.split())):
        if not match[0][0].isupper():
            continue
        try:
            found.add(states.find(match[0], on).ccode)
        except states.UnknownState:  # a name of several states; a person says which
            continue
    return found
