"""The best increasing chain: of lines that may be headings, those whose numbers make one sequence.

Dynamic programming over the candidates of one rank. Numbers begin again after a heading of a higher rank.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence

from .headings import Candidate

_WINDOW = 250  # how many candidates back a predecessor is looked for
_NEXT, _AFRESH, _AFRESH_UNCALLED, _OTHER_STYLE = 1.0, -0.5, -4.0, -1.5


def best(candidates: Sequence[Candidate], boundaries: Sequence[int]) -> list[Candidate]:
    """The chain of the greatest weight; ties go to the earlier. `boundaries`: lines at which numbers may restart."""
    weight: list[float] = []
    before: list[int | None] = []
    scopes = [bisect_right(boundaries, one.line) for one in candidates]
    for j, one in enumerate(candidates):
        reached, chosen = _opening(one), None
        for i in range(max(0, j - _WINDOW), j):
            if candidates[i].line == one.line:
                continue
            step = weight[i] + _step(candidates[i], one, restarts=scopes[i] != scopes[j])
            if step > reached:
                reached, chosen = step, i
        weight.append(reached + one.score)
        before.append(chosen)
    if not weight:
        return []
    at: int | None = max(range(len(weight)), key=lambda j: (weight[j], -j))
    chain: list[Candidate] = []
    while at is not None:
        chain.append(candidates[at])
        at = before[at]
    return chain[::-1]


def _opening(one: Candidate) -> float:
    if one.number is None or one.number.is_first:
        return 0.0
    return -min(2.5, 0.5 + 0.3 * one.number.key[0])


def _step(earlier: Candidate, later: Candidate, *, restarts: bool) -> float:
    """What it is worth to go from one heading to the next."""
    first, second = earlier.number, later.number
    if first is None or second is None:
        return 0.0
    style = (
        0.0
        if first.style == second.style or "word" in (first.style, second.style)
        else _OTHER_STYLE
    )
    if earlier.name != later.name:
        style += _OTHER_STYLE
    if first.prefix == second.prefix and second.key > first.key:
        missing = second.missing_since(first)
        onward = _NEXT if not missing else -0.6 - 0.6 * math.log2(1 + missing)
    elif first.prefix != second.prefix and second.key[-1] == 1:
        onward = 0.0
    else:
        onward = -math.inf
    if second.is_first:
        afresh = _AFRESH if restarts else _AFRESH_UNCALLED
        # After a new Part or Annex the first number needs no likeness to the one before it.
        return max(onward + style, afresh + (0.0 if restarts else style))
    return onward + style
