"""Passages as a person tells them: numbers, or words that stand in the text. Pure.

One passage a line. Offsets count code points, end-exclusive, as everywhere.
"""

import re

_NUMBERS = re.compile(r"([0-9]{1,9})\s*[-–]\s*([0-9]{1,9})")
LONGEST = 20  # passages of one decision


class QuoteInvalid(ValueError):
    """The message says in plain words which line is no passage, and why."""


def passages(told: str, body: str) -> tuple[tuple[int, int], ...]:
    """The passages of all lines in the order of the text, each once."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    if len(lines) > LONGEST:
        raise QuoteInvalid(
            f"At most {LONGEST} passages prove one decision; these are {len(lines)}."
        )
    return tuple(sorted({_passage(line, body) for line in lines}))


def _passage(line: str, body: str) -> tuple[int, int]:
    numbers = _NUMBERS.fullmatch(line)
    if numbers:
        start, end = int(numbers[1]), int(numbers[2])
        if not start < end <= len(body):
            raise QuoteInvalid(
                f"{line} is no passage of this text: it has {len(body)} characters, and a passage ends after it begins."
            )
        return start, end
    words = line.strip('“”"„«» ').split()
    if not words:
        raise QuoteInvalid(f"“{line}” holds no words.")
    # Where the text breaks a line, people type a blank.
    found = list(re.finditer(r"\s+".join(map(re.escape, words)), body))
    if len(found) != 1:
        times = "nowhere" if not found else f"{len(found)} times"
        raise QuoteInvalid(
            f"“{line}” stands {times} in this text; "
            + ("copy the words as they stand there." if not found else "add the words around it.")
        )
    return found[0].span()
