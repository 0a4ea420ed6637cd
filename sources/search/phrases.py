"""What a person looks for: words, "exact phrases", beginnings*, -without and OR, as phrases of tokens; and where they stand.

Pure: a back end turns phrases into its own expression; `occurrences` finds the same ones again in a text.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sources.search import tokens
from sources.search.tokens import Token

LONGEST_PHRASE = 32  # tokens; ranges of the index overlap by as many less one
MOST_CLAUSES = 20
SHORTEST_BEGINNING = 2

_OPENING = '"“”„«»'
_PIECE = re.compile(
    rf"([-−–]?)(?:[{_OPENING}]([^{_OPENING}]*)(?:[{_OPENING}](\*?)|$)|([^\s{_OPENING}]+))"
)


class QueryInvalid(ValueError):
    """What was typed cannot be looked for; the message says why in plain words."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms that follow each other; with `is_beginning` the last one only begins so.

    `is_single` marks one character of a paired script at the end, found as the beginning of a pair.
    """

    terms: tuple[str, ...]
    is_beginning: bool = False
    is_single: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One of these phrases must occur in the document, or none of them."""

    phrases: tuple[Phrase, ...]
    is_negative: bool = False


def parse(text: str) -> tuple[Clause, ...]:
    """Clauses that must all hold. Nothing typed gives none; raises QueryInvalid."""
    text = unicodedata.normalize("NFC", text).replace("\0", " ")
    clauses: list[Clause] = []
    is_alternative = False
    for minus, quoted, star, bare in _PIECE.findall(text):
        if bare in ("OR", "|") and not minus:
            if not clauses or clauses[-1].is_negative:
                raise QueryInvalid("OR stands between two words or phrases that are looked for.")
            is_alternative = True
            continue
        phrase = _phrase(quoted + star if quoted else bare)
        if phrase is None:
            continue
        if is_alternative:
            if minus:
                raise QueryInvalid("After OR comes a word or phrase, not one with a minus.")
            clauses[-1] = Clause((*clauses[-1].phrases, phrase))
        else:
            clauses.append(Clause((phrase,), is_negative=bool(minus)))
        is_alternative = False
    if is_alternative:
        raise QueryInvalid("OR stands between two words or phrases that are looked for.")
    if text.strip() and not clauses:
        raise QueryInvalid("There is no letter or digit to look for in this.")
    if clauses and all(clause.is_negative for clause in clauses):
        raise QueryInvalid(
            "Say at least one word that does occur; a minus only takes documents away."
        )
    if len(clauses) > MOST_CLAUSES:
        raise QueryInvalid(f"At most {MOST_CLAUSES} words or phrases are looked for at once.")
    return tuple(clauses)


def wanted(clauses: Iterable[Clause]) -> tuple[Phrase, ...]:
    """The phrases that a reader wants to see in the text."""
    return tuple(
        phrase for clause in clauses if not clause.is_negative for phrase in clause.phrases
    )


def _phrase(typed: str) -> Phrase | None:
    typed = typed.strip()
    is_beginning = typed.endswith(("*", "＊"))
    typed = typed.rstrip("*＊")
    if "*" in typed or "＊" in typed:
        raise QueryInvalid(
            f"In “{typed}” a star can only stand at the end, after the beginning of a word."
        )
    found = list(tokens.tokens(typed))
    if not found:
        if is_beginning:
            raise QueryInvalid("A star stands after the beginning of a word, such as exerc*.")
        return None
    is_single = False
    if tokens.is_paired(found[-1].term):
        # The last character alone is only there so that one character can be found.
        if len(found) > 1 and found[-2].end == found[-1].end:
            found.pop()
        else:
            is_single = True
        is_beginning = is_single
    elif is_beginning and len(found[-1].term) < SHORTEST_BEGINNING:
        raise QueryInvalid(
            f"The beginning of a word needs {SHORTEST_BEGINNING} letters or more: “{typed}*”."
        )
    if len(found) > LONGEST_PHRASE:
        raise QueryInvalid(f"A phrase has at most {LONGEST_PHRASE} words: “{typed[:40]}…”.")
    return Phrase(tuple(token.term for token in found), is_beginning, is_single)


def fits(terms: Sequence[str], clauses: Iterable[Clause]) -> bool:
    """Whether all clauses hold of the terms of a text."""
    return all(
        any(_occurs(terms, phrase) for phrase in clause.phrases) != clause.is_negative
        for clause in clauses
    )


def _occurs(terms: Sequence[str], phrase: Phrase) -> bool:
    first = phrase.terms[0]
    if phrase.is_beginning and len(phrase.terms) == 1:
        return any(term.startswith(first) for term in terms)
    return any(term == first and _stands(terms, at, phrase) for at, term in enumerate(terms))


@dataclass(frozen=True, slots=True)
class Span:
    """Code points of a text, end-exclusive."""

    start: int
    end: int


def occurrences(found: Sequence[Token], phrases: Iterable[Phrase]) -> list[Span]:
    """Where the phrases stand among the tokens of a text, in order and without overlap, the longest first."""
    by_first: defaultdict[str, list[Phrase]] = defaultdict(list)
    beginnings: list[Phrase] = []
    for phrase in phrases:
        if phrase.is_beginning and len(phrase.terms) == 1:
            beginnings.append(phrase)
        else:
            by_first[phrase.terms[0]].append(phrase)
    terms = [token.term for token in found]
    spans: list[Span] = []
    for at, token in enumerate(found):
        candidates = [one for one in by_first.get(token.term, ()) if _stands(terms, at, one)]
        candidates += [one for one in beginnings if token.term.startswith(one.terms[0])]
        ends = [_end(found[at + len(one.terms) - 1], one) for one in candidates]
        if ends and (not spans or token.start >= spans[-1].end):
            spans.append(Span(token.start, max(ends)))
        elif ends and token.start < spans[-1].end < max(ends):
            # Phrases that run into each other, such as pairs of one long run, are shown as one.
            spans[-1] = Span(spans[-1].start, max(ends))
    return spans


def _stands(terms: Sequence[str], at: int, phrase: Phrase) -> bool:
    last = at + len(phrase.terms) - 1
    if last >= len(terms):
        return False
    between = phrase.terms[:-1]
    if any(terms[at + n] != term for n, term in enumerate(between)):
        return False
    term = terms[last]
    return term.startswith(phrase.terms[-1]) if phrase.is_beginning else term == phrase.terms[-1]


def _end(last: Token, phrase: Phrase) -> int:
    return last.start + 1 if phrase.is_single else last.end


@dataclass(frozen=True, slots=True)
class Context:
    """A keyword with what stands before and after it, white space evened out."""

    before: str
    exact: str
    after: str


_SPACE = re.compile(r"\s+")


def context(text: str, span: Span, *, width: int = 70) -> Context:
    """The span with about `width` characters on either side, cut between words where there are words."""
    first, last = max(0, span.start - width), min(len(text), span.end + width)
    before, after = text[first : span.start], text[span.end : last]
    if first > 0:
        head, space, rest = before.partition(" ")
        before = "… " + (rest if space and len(head) < width // 3 else before)
    if last < len(text):
        rest, space, tail = after.rpartition(" ")
        after = (rest if space and len(tail) < width // 3 else after) + " …"
    return Context(
        _SPACE.sub(" ", before),
        _SPACE.sub(" ", text[span.start : span.end]),
        _SPACE.sub(" ", after),
    )
