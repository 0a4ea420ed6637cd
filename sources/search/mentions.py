"""Which states a text names: names of the state system found as whole words, the longest first.

Pure. Adjectives, capitals and abbreviations of the COW list are not looked for; a name that meant several states on
the day counts for each of them. Names in other scripts are found where the list has them, as they stand there.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from sources import states
from sources.search import tokens

# Names that hold the name of a state and mean something else.
_OTHERS = (
    "Northern Ireland", "New Mexico", "Gulf of Mexico", "South China Sea", "East China Sea", "Sea of Japan",
    "Gulf of Guinea", "Gulf of Oman", "Sea of Oman", "Inner Mongolia", "American Samoa", "Netherlands Antilles",
    "Latin America", "South America", "North America", "Central America", "French Guiana", "New England",
    "Lake Chad", "State of Georgia", "Atlanta Georgia", "Michael Jordan", "Jordan River", "River Jordan",
    "Bank of America", "Voice of America", "Air France", "New South Wales", "Democratic Kampuchea Front",
    "发展中国家", "發展中國家", "日本海", "南中国海", "南中國海", "東中国海",
)  # fmt: skip
_SHORT = 4  # names up to this length without a lower-case letter are abbreviations


class Finder:
    """The names of one state system, ready to be looked for."""

    def __init__(self, system: states.StateSystem) -> None:
        self._system = system
        # By first term: (all terms, the name or None for what is no state), the longest first.
        self._names: defaultdict[str, list[tuple[tuple[str, ...], str | None]]] = defaultdict(list)
        self._abbreviations: set[tuple[str, ...]] = set()
        seen: set[tuple[str, ...]] = set()
        for name in (*_OTHERS, *_all_names(system)):
            terms = _terms(name)
            if not terms or terms in seen:
                continue
            seen.add(terms)
            if _is_abbreviation(name):
                self._abbreviations.add(terms)
            self._names[terms[0]].append((terms, None if name in _OTHERS else name))
        for found in self._names.values():
            found.sort(key=lambda one: -len(one[0]))

    def mentioned(self, text: str, on: date | None = None) -> Counter[int]:
        """How often each state is named, by COW code; `on` decides between states of one name."""
        return self.mentioned_among(*tokens.spelled(text), on)

    def mentioned_among(
        self, terms: Sequence[str], spellings: Sequence[str], on: date | None = None
    ) -> Counter[int]:
        """The same from the tokens of a text, where they are made already."""
        return Counter(self._found(terms, spellings, on))

    def places(
        self, text: str, on: date | None = None
    ) -> Iterator[tuple[int, int, frozenset[int]]]:
        """Where states are named: code points, and which states the name may mean on that day."""
        found = list(tokens.tokens(text))
        spellings = [text[token.start : token.end] for token in found]
        for first, behind, name in self._names_in([token.term for token in found], spellings):
            yield found[first].start, found[behind - 1].end, self._codes(name, on)

    def _found(
        self, terms: Sequence[str], spellings: Sequence[str], on: date | None
    ) -> Iterator[int]:
        for _, _, name in self._names_in(terms, spellings):
            yield from self._codes(name, on)

    def _names_in(
        self, terms: Sequence[str], spellings: Sequence[str]
    ) -> Iterator[tuple[int, int, str]]:
        """Each name with its first term and the one behind it."""
        names = self._names
        free_from = 0
        for at in [at for at, term in enumerate(terms) if term in names]:
            if at < free_from:
                continue
            for name_terms, name in names[terms[at]]:
                end = at + len(name_terms)
                if tuple(terms[at:end]) == name_terms and self._is_name(spellings, at, name_terms):
                    free_from = end
                    if name is not None:
                        yield at, end, name
                    break

    def _is_name(self, spellings: Sequence[str], at: int, terms: tuple[str, ...]) -> bool:
        """Names begin with a capital; abbreviations are capitals among words that are not."""
        exact = spellings[at]
        if terms not in self._abbreviations:
            return not exact[0].islower()
        if not exact.isupper():
            return False
        if "." in exact or len(exact) > 2:
            return True
        # “JOIN US NOW”: among capitals two letters say nothing.
        around = [*spellings[max(0, at - 3) : at], *spellings[at + 1 : at + 4]]
        return not around or not all(word.isupper() for word in around if word.isalpha())

    @lru_cache(maxsize=4096)  # noqa: B019 - finders live as long as their state system
    def _codes(self, name: str, on: date | None) -> frozenset[int]:
        try:
            return frozenset({self._system.find(name, on).ccode})
        except states.UnknownState:
            pass
        bearers = {
            state.ccode
            for state in self._system.states
            if name in self._system.names_of(state.ccode)
        }
        alive = {ccode for ccode in bearers if on is None or self._system.is_member(ccode, on)}
        return frozenset(alive or bearers)


def _terms(name: str) -> tuple[str, ...]:
    """The terms a name is found by; the last character of a script written without spaces only ends its pair."""
    terms = tokens.terms(name)
    return tuple(terms[:-1] if terms and tokens.is_paired(terms[-1]) else terms)


def _all_names(system: states.StateSystem) -> Iterator[str]:
    for state in system.states:
        yield from system.names_of(state.ccode)


def _is_abbreviation(name: str) -> bool:
    letters = [character for character in name if character.isalpha()]
    return len(letters) <= _SHORT and all(letter.isupper() for letter in letters)


@lru_cache(maxsize=16)
def finder_of(system: states.StateSystem) -> Finder:
    """Finders take a while to make; state systems are kept made, so their finders are too."""
    return Finder(system)


def standard() -> Finder:
    return finder_of(states.standard())
