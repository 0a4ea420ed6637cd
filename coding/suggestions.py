"""What in a text may be wanted in a field: states, dates, money, organisations, key phrases, with what they say.

Pure. Nothing is completed: a value is only what the words say by themselves, and where they leave something open (a
dollar of unknown country, a name two states bore) there is a passage without a value, or nothing. Names of months,
amounts in words, organisations and phrases are known in English only; figures such as 1951-06-14 in any language.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from coding import dates

KINDS = ("date", "money", "organisation", "state", "phrase")
# (start, end, COW codes the name may mean)
StatePlaces = Callable[[str], Iterable[tuple[int, int, frozenset[int]]]]


@dataclass(frozen=True)
class Suggestion:
    """A run of the text, [start, end) in code points; `value` is None where only the passage can be taken."""

    start: int
    end: int
    kind: str
    value: Any = None


def find(
    text: str, *, states: StatePlaces | None = None, phrases: Sequence[str] = ()
) -> tuple[Suggestion, ...]:
    """All suggestions of a text in order; none overlaps another, the longer one stands."""
    found = [*_iso_days(text), *_coded_money(text), *_organisations(text)]
    if states is not None:
        found += [
            Suggestion(start, end, "state", next(iter(codes)))
            for start, end, codes in states(text)
            if len(codes) == 1
        ]
    if is_english(text):
        found += [*_worded_dates(text), *_worded_money(text), *_phrases(text, phrases)]
    return _apart(found)


_COMMON = frozenset({"the", "of", "and", "to", "that", "with", "was", "is", "for", "by", "on", "from", "in", "at"})  # fmt: skip
ENGLISH_SHARE = 0.18


def is_english(text: str) -> bool:
    """By the share of the most common words; a short or mixed text is taken for English only if most of it is."""
    words = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    return bool(words) and sum(word in _COMMON for word in words) / len(words) >= ENGLISH_SHARE


# --- dates

_MONTHS = "|".join(dates.MONTHS)
_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_MONTH = rf"(?:{_MONTHS}|(?:{_SHORT})\.?)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]|20)\d\d"
_WORDED = [
    re.compile(rf"(?<![\w.,/-])(?P<said>{_DAY}\s*(?:-|–|to)\s*{_DAY}\s+{_MONTH},?\s+{_YEAR})(?![\w/-])"),
    re.compile(rf"(?<![\w.,/–-])(?P<said>{_DAY}\s+{_MONTH},?\s+{_YEAR})(?![\w/])"),
    re.compile(rf"(?<![\w.,/-])(?P<said>{_DAY}\s+day\s+of\s+{_MONTH},?\s+{_YEAR})(?![\w/])"),
    re.compile(rf"(?<!\w)(?P<said>{_MONTH}\s+{_DAY},?\s+{_YEAR})(?![\w/])"),
    re.compile(rf"(?<![\w-])(?<!\d\s)(?P<said>{_MONTH}\s+{_YEAR})(?![\w/])"),
    re.compile(rf"(?<!\w)(?:[Ii]n|[Dd]uring)\s+(?P<said>{_YEAR})(?![\w/,.-]\d|\w|-)"),
]  # fmt: skip
_ISO = re.compile(
    r"(?<![\w./-])(?:1[89]|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\w/]|-\d)"
)


def _iso_days(text: str) -> Iterator[Suggestion]:
    for found in _ISO.finditer(text):
        yield from _date(found[0], *found.span())


def _worded_dates(text: str) -> Iterator[Suggestion]:
    for pattern in _WORDED:
        for found in pattern.finditer(text):
            yield from _date(found["said"], *found.span("said"))


def _date(said: str, start: int, end: int) -> Iterator[Suggestion]:
    try:
        # A line may break inside; what is understood is understood by the reader that fields use.
        yield Suggestion(
            start, end, "date", dates.read(re.sub(r"\s+(?:day\s+of\s+)?", " ", said)).edtf
        )
    except dates.DateInvalid:
        return


# --- money

_AMOUNT = r"(?P<amount>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALE = r"(?:[ \u00a0\n-](?P<scale>(?i:thousand|million|billion))s?\b)?"
_SIGNS = {"US$": "USD", "U.S.$": "USD", "USD": "USD", "EUR": "EUR", "€": "EUR", "£": "GBP", "GBP": "GBP", "A$": "AUD", "C$": "CAD", "DM": "DEM", "CHF": "CHF", "JPY": "JPY", "SEK": "SEK", "NOK": "NOK", "DKK": "DKK", "TRY": "TRY"}  # fmt: skip
_SIGN = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_SIGNED = re.compile(
    rf"(?<![\w$£€.])(?P<sign>{_SIGN}|\$)[ \u00a0]?{_AMOUNT}{_SCALE}(?![\d%]|[.,]\d|\w|[ \u00a0\n-](?i:trillion))"
)
_NAMES = {
    r"(?:U\.?S\.?|United States|American) dollars?": "USD", r"euros?": "EUR", r"pounds? sterling": "GBP",
    r"Japanese yen": "JPY", r"Deutsche ?[Mm]arks?": "DEM", r"Swiss francs?": "CHF", r"Australian dollars?": "AUD",
    r"Canadian dollars?": "CAD", r"French francs?": "FRF", r"dollars?": "", r"yen": "JPY",
}  # fmt: skip
_NAMED = re.compile(
    rf"(?<![\w$£€.,]){_AMOUNT}{_SCALE}[ \u00a0\n](?P<name>{'|'.join(_NAMES)})(?!\w)"
)


def _coded_money(text: str) -> Iterator[Suggestion]:
    for found in _SIGNED.finditer(text):
        yield _money(found, _SIGNS.get(found["sign"], ""))


def _worded_money(text: str) -> Iterator[Suggestion]:
    for found in _NAMED.finditer(text):
        code = next(code for name, code in _NAMES.items() if re.fullmatch(name, found["name"]))
        yield _money(found, code)


def _money(found: re.Match[str], currency: str) -> Suggestion:
    """With a value only where the currency is said; a bare dollar is that of many states."""
    if not currency:
        return Suggestion(*found.span(), "money")
    amount = float(found["amount"].replace(",", ""))
    value = {
        "amount": int(amount) if amount.is_integer() else amount,
        "currency": currency,
        "scale": f"{found['scale'].lower()}s" if found["scale"] else "units",
    }
    return Suggestion(*found.span(), "money", value)


# --- organisations and phrases

_KNOWN = (
    "North Atlantic Treaty Organization", "North Atlantic Treaty Organisation", "North Atlantic Council", "NATO",
    "Warsaw Treaty Organization", "Warsaw Pact", "Southeast Asia Treaty Organization", "SEATO", "CENTO", "ANZUS",
    "Central Treaty Organization", "Baghdad Pact", "Collective Security Treaty Organization", "CSTO", "OSCE",
    "Organization for Security and Co-operation in Europe", "United Nations Security Council", "United Nations",
    "Security Council", "European Union", "African Union", "ECOWAS", "ASEAN", "League of Arab States", "Arab League",
    "Organization of American States", "Organization of African Unity", "Western European Union",
    "Shanghai Cooperation Organization", "Gulf Cooperation Council", "Commonwealth of Independent States",
    "International Atomic Energy Agency", "Association of Southeast Asian Nations", "Economic Community of West African States",
    "Joint Chiefs of Staff", "Supreme Allied Commander Europe", "Supreme Headquarters Allied Powers Europe", "SHAPE",
    "Inter-American Defense Board", "Nuclear Planning Group", "Partnership for Peace",
)  # fmt: skip
_NAMED_BODIES = "|".join(
    r"[ \n]".join(re.escape(word) for word in name.split())
    for name in sorted(_KNOWN, key=len, reverse=True)
)
_ORGANISATION = re.compile(
    rf"(?<![\w-])(?:{_NAMED_BODIES})(?!\w)"
    r"|(?<![\w-])(?:Joint|Combined|Allied|Integrated|Unified|Multinational)(?:[ \n][A-Z][a-z]+){0,3}[ \n](?:Command|Headquarters|Committee|Commission|Council)(?![\w-])"
)
PHRASES = (
    "joint exercise", "combined exercise", "military exercise", "joint manoeuvre", "joint maneuver", "military aid",
    "military assistance", "military training", "mutual defense", "mutual defence", "mutual assistance", "armed attack",
    "military base", "base rights", "joint command", "integrated command", "combined command", "military consultation",
    "security guarantee", "security assistance", "status of forces", "foreign military financing", "arms transfer",
    "non-aggression", "territorial integrity", "extended deterrence", "collective defense", "collective defence",
    "defense cooperation", "defence cooperation", "defense commitment", "defence commitment",
)  # fmt: skip


def _organisations(text: str) -> Iterator[Suggestion]:
    for found in _ORGANISATION.finditer(text):
        yield Suggestion(*found.span(), "organisation", " ".join(found[0].split()))


def _phrases(text: str, further: Sequence[str]) -> Iterator[Suggestion]:
    wanted = sorted({*PHRASES, *(_one(phrase) for phrase in further if phrase.strip())}, key=len)
    words = "|".join(
        r"[ \n]+".join(re.escape(word) for word in phrase.split()) for phrase in reversed(wanted)
    )
    for found in re.finditer(rf"(?<!\w)(?:{words})(?:e?s)?(?!\w)", text, re.IGNORECASE):
        yield Suggestion(*found.span(), "phrase")


def _one(phrase: str) -> str:
    """A label of the codebook as it may stand in a text: lower case, without the plural's s."""
    lower = " ".join(phrase.lower().split())
    return lower[:-1] if lower.endswith("s") and not lower.endswith("ss") else lower


def _apart(found: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """The longest of those that overlap; of equal ones the kind named first."""
    taken: list[Suggestion] = []
    order = {kind: place for place, kind in enumerate(KINDS)}
    free = _Free()
    for one in sorted(_once(found), key=lambda s: (s.start - s.end, order[s.kind], s.start)):
        if free.take(one.start, one.end):
            taken.append(one)
    return tuple(sorted(taken, key=lambda one: one.start))


def _once(found: Iterable[Suggestion]) -> list[Suggestion]:
    """Each once: two patterns may find the same words."""
    once = {(one.start, one.end, one.kind): one for one in found}
    return list(once.values())


class _Free:
    """Which characters are still free, told by bisection over what is taken."""

    def __init__(self) -> None:
        self._taken: list[tuple[int, int]] = []

    def take(self, start: int, end: int) -> bool:
        at = bisect_left(self._taken, (start, end))
        if at and self._taken[at - 1][1] > start:
            return False
        if at < len(self._taken) and self._taken[at][0] < end:
            return False
        insort(self._taken, (start, end))
        return True
