"""Made-up wire stories in four scripts: for benchmarks that need many texts no two of which are the same.

Words follow Zipf's law over vocabularies of thousands, as languages have them, so that what remembers words is neither
helped nor hurt more than by real texts. The same seed gives the same stories.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate

VOCABULARY = 30_000
STATES = (
    "the United States",
    "Japan",
    "South Korea",
    "France",
    "the Philippines",
    "Australia",
    "Turkey",
    "Pakistan",
)
PARTICLES = ("は", "が", "を", "に", "の", "と", "で", "から")
LATIN, CHINESE, JAPANESE, ARABIC = "latin", "chinese", "japanese", "arabic"
# Of six stories: three in Latin letters, one in each of the others.
MIX = (LATIN, LATIN, LATIN, CHINESE, JAPANESE, ARABIC)


def _letters(*ranges: tuple[int, int]) -> list[str]:
    return [chr(point) for first, last in ranges for point in range(first, last + 1)]


def _vocabulary(chance: random.Random, letters: Sequence[str], least: int, most: int) -> list[str]:
    made: set[str] = set()
    while len(made) < VOCABULARY:
        made.add("".join(chance.choices(letters, k=chance.randint(least, most))))
    return sorted(made, key=lambda word: (len(word), word))


@cache
def vocabularies() -> dict[str, list[str]]:
    """The words of each language, the common ones first; the same in every story of every seed."""
    chance = random.Random(20240611)
    han, kana = _letters((0x4E00, 0x4E00 + 2500)), _letters((0x3042, 0x3042 + 60))
    latin = _letters((ord("a"), ord("z"))) * 12 + list("éüçñöš")
    return {
        LATIN: _vocabulary(chance, latin, 2, 9),
        ARABIC: _vocabulary(chance, _letters((0x0627, 0x063A), (0x0641, 0x064A)), 2, 8),
        CHINESE: _vocabulary(chance, han, 1, 3),
        JAPANESE: [
            word + "".join(chance.choices(kana, k=chance.choice((0, 0, 1, 2))))
            for word in _vocabulary(chance, han, 1, 2)
        ],
    }


class Stories:
    def __init__(self, seed: int = 20240611, mix: Sequence[str] = MIX) -> None:
        self.mix, self.words = mix, vocabularies()
        self.chance = random.Random(seed)
        self._weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))

    def drawn(self, language: str, count: int) -> list[str]:
        """So many words in a row, common ones more often."""
        return self.chance.choices(self.words[language], cum_weights=self._weights, k=count)

    def text(self, n: int) -> str:
        """A story of about three hundred words in the language whose turn it is."""
        language = self.mix[n % len(self.mix)]
        sentences = [self._sentence(language) for _ in range(self.chance.randint(12, 24))]
        between = "" if language in (CHINESE, JAPANESE) else " "
        paragraphs = [between.join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]
        return "\n\n".join(paragraphs)

    def _sentence(self, language: str) -> str:
        chance = self.chance
        words = self.drawn(language, chance.randint(8, 28))
        if language == CHINESE:
            return "".join(words) + "，美国与日本。"
        if language == JAPANESE:
            return "".join(word + chance.choice(PARTICLES) for word in words) + "日米同盟の会議。"
        if language == ARABIC:
            return " ".join(words) + " الولايات المتحدة."
        words[0] = words[0].capitalize()
        words.insert(len(words) // 2, chance.choice(STATES))
        if chance.random() < 0.3:
            words.insert(3, f"{chance.randrange(1, 40) * 500:,}")
        said = " ".join(words)
        return f"“{said},” he said." if chance.random() < 0.4 else f"{said}."


def wire(count: int, seed: int, mix: Sequence[str] = (LATIN,)) -> Iterator[bytes]:
    """JSON Lines of so many articles with the usual columns, about two kilobytes each, none the same."""
    stories = Stories(seed, mix)
    for n in range(count):
        row = {
            "id": f"wire-{seed}-{n}",
            "headline": f"Statement {seed}-{n} on {' '.join(stories.drawn(LATIN, 3))}",
            "published": f"{1950 + n % 70}-{1 + n % 12:02d}-{1 + n % 28:02d}",
            "source": "Wire",
            "body": stories.text(n),
        }
        yield json.dumps(row, ensure_ascii=False).encode() + b"\n"
