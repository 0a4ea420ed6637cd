"""Which documents enter a round: all, so many by lot, or so many by lot from each stratum; the same for the same seed.

Pure: documents and strata are names. What there is to draw from, and who codes what was drawn, is for others.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from coding.allocation import CannotAllocate, drawn, largest_remainder

ALL, RANDOM, IN_PROPORTION, EVENLY = "all", "random", "proportion", "evenly"
WAYS = (ALL, RANDOM, IN_PROPORTION, EVENLY)


def draw(
    strata: Mapping[str, str], *, way: str, count: int | None = None, seed: int | str
) -> tuple[str, ...]:
    """Names of the documents drawn, sorted. `strata` gives each document's stratum.

    `proportion` keeps the strata's shares by largest remainder; `evenly` takes the same number from each as far as
    it reaches and fills up from the larger ones. A document's lot depends on seed and name alone, so that one more
    document in the project changes as little as it can. Raises CannotAllocate.
    """
    if way not in WAYS:
        raise CannotAllocate(f'documents are drawn as one of {", ".join(WAYS)}, not "{way}"')
    names = sorted(strata)
    if way == ALL:
        return tuple(names)
    if count is None or count < 1:
        raise CannotAllocate("say how many documents are drawn, at least one")
    if count > len(names):
        raise CannotAllocate(
            f"{count} documents were asked for, but there are only {len(names)} to draw from"
        )
    lots: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: drawn(seed, "draw", name)):
        lots.setdefault("" if way == RANDOM else strata[name], []).append(name)
    sizes = {stratum: len(members) for stratum, members in lots.items()}
    quota = evenly(sizes, count) if way == EVENLY else in_proportion(sizes, count)
    return tuple(sorted(name for stratum, n in quota.items() for name in lots[stratum][:n]))


def in_proportion(sizes: Mapping[str, int], count: int) -> dict[str, int]:
    """So many of each stratum that its share in the draw is its share in the whole, as near as whole numbers go."""
    return largest_remainder(sizes, Fraction(count, sum(sizes.values())))


def evenly(sizes: Mapping[str, int], count: int) -> dict[str, int]:
    """The same number from each stratum; what a small one cannot give is taken from the others. Larger ones first."""
    order: Sequence[str] = sorted(sizes, key=lambda stratum: (-sizes[stratum], stratum))
    quota = dict.fromkeys(order, 0)
    left = count
    while left:
        open_strata = [stratum for stratum in order if quota[stratum] < sizes[stratum]]
        each = max(1, left // len(open_strata))
        for stratum in open_strata:
            taken = min(each, sizes[stratum] - quota[stratum], left)
            quota[stratum] += taken
            left -= taken
    return quota
