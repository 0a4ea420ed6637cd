"""Where sentences begin and end, in any script. A sentence crosses no block but the lines that continue it."""

import re
from collections.abc import Iterable, Iterator

_ENDS = re.compile(r"[.!?…։؟۔।॥。！？｡]+[\"'”’»)\]」』》]*")
_WIDE = "。！？｡।॥"
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "lt",
        "col",
        "maj",
        "capt",
        "sgt",
        "adm",
        "amb",
        "sen",
        "rep",
        "gov",
        "st",
        "no",
        "nos",
        "art",
        "arts",
        "para",
        "paras",
        "p",
        "pp",
        "vol",
        "fig",
        "cf",
        "vs",
        "v",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "inc",
        "ltd",
        "co",
        "corp",
        "dept",
        "approx",
        "e.g",
        "i.e",
        "etc",
        "al",
        "ed",
        "eds",
        "rev",
        "hon",
        "sr",
        "jr",
        "u.s",
        "u.k",
        "u.n",
        "u.s.s.r",
        "a.m",
        "p.m",
        "d.c",
        "ph.d",
        "ca",
        "bis",
        "mm",
        "mme",
        "m",
        "mlle",
        "sig",
        "sra",
        "exc",
        "núm",
        "pág",
        "ud",
        "uds",
        "ee.uu",
        "им",
        "г",
        "гг",
        "ст",
        "стр",
        "т.е",
        "т.д",
        "др",
        "z.b",
        "d.h",
        "bzw",
        "nr",
        "bspw",
        "usw",
    ]
)
# Abbreviations that may also end a sentence: what follows decides.
_MAY_END = frozenset(
    [
        "etc",
        "inc",
        "ltd",
        "co",
        "corp",
        "u.s",
        "u.k",
        "u.n",
        "u.s.s.r",
        "a.m",
        "p.m",
        "d.c",
        "jr",
        "sr",
        "al",
        "г",
    ]
)


def runs(
    blocks: Iterable[tuple[str, int, int, int]],
) -> Iterator[tuple[int, int]]:
    """[start, end) of what is read in one go: a block with the lines that continue it."""
    begun: tuple[int, int] | None = None
    for kind, start, end, _ in blocks:
        if kind == "line" and begun is not None and start == begun[1] + 1:
            begun = (begun[0], end)
            continue
        if begun is not None:
            yield begun
        begun = (start, end)
    if begun is not None:
        yield begun


def sentences(body: str, blocks: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """[start, end) of every sentence of the blocks, without the space around it."""
    found: list[tuple[int, int]] = []
    for start, end in blocks:
        begin = start
        for match in _ENDS.finditer(body, start, end):
            if match.start() >= begin and _is_end(body, begin, match.start(), match.end(), end):
                _append(found, body, begin, match.end())
                begin = match.end()
        _append(found, body, begin, end)
    return tuple(found)


def _append(found: list[tuple[int, int]], body: str, begin: int, end: int) -> None:
    text = body[begin:end]
    begin += len(text) - len(text.lstrip())
    end -= len(text) - len(text.rstrip())
    if begin < end:
        found.append((begin, end))


def _is_end(body: str, begin: int, mark: int, after: int, end: int) -> bool:
    if body[mark] in _WIDE or after >= end:
        return True
    if not body[after].isspace():
        return False
    following = body[after:end].lstrip(" \t\u00a0\"'“‘«([¿¡")[:1]
    if following.islower():
        return False
    if body[mark] != "." or body[mark + 1 : mark + 2] == ".":
        return True
    word = re.search(r"[\w.’'-]*$", body[begin:mark])
    last = word[0] if word else ""
    if len(last) == 1 and last.isalpha() and last.isupper():
        return False  # an initial: "J. Smith"
    if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", last) and last.casefold() not in _ABBREVIATIONS:
        return False  # initials: "J.F. Kennedy"
    if last.isdigit() and mark - len(last) == begin + len(body[begin:mark]) - len(
        body[begin:mark].lstrip()
    ):
        return False  # the number of a paragraph: "1. The Parties"
    if last.casefold() in _ABBREVIATIONS:
        return (
            last.casefold() in _MAY_END and following.isupper() and not _is_name(body, after, end)
        )
    return True


def _is_name(body: str, after: int, end: int) -> bool:
    """Two capitalised words after an abbreviation are more likely a name ("U.S. Secretary Blinken") than a sentence."""
    return bool(re.match(r"\s+[A-Z][\w’'-]*\s+[A-Z]", body[after : min(end, after + 80)]))
