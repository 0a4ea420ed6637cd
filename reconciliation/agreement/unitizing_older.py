"""The older alpha_U for unitizing (1995, 2004): squared differences of the units' ends, by category.

Krippendorff 1995, On the reliability of unitizing continuous data, Sociological Methodology 25,
47-76; 2004, Content Analysis, 2nd ed., p. 254. Kept for comparison with published figures;
the family of 2016 (`unitizing`) has replaced it.
"""

from __future__ import annotations

from dataclasses import replace

from .reasons import ONE_CODER
from .unitizing import NO_GAP, NOTHING_MARKED, Continuum
from .units import Figure

_Section = tuple[int, int, bool]
"""(begin b, length l, whether it is a unit: w)."""


def alpha_u(continuum: Continuum, category: str | None = None) -> Figure:
    """alpha_U of one category, or over all: 1 - sum_c Do_c / sum_c De_c.

    Every category is looked at alone, so spans of different categories may overlap.
    """
    name = "alpha_u_1995" if category is None else f"alpha_u_1995[{category}]"
    spans = [span for marked in continuum.spans.values() for span in marked]
    categories = sorted({label for _, _, label in spans}) if category is None else [category]
    blank = Figure(
        name,
        "unitizing",
        reason=ONE_CODER if len(continuum.spans) < 2 else NOTHING_MARKED,
        n_units=sum(label in categories for _, _, label in spans),
        n_coders=len(continuum.spans),
        n_values=continuum.length * len(continuum.spans),
    )
    if blank.n_coders < 2 or not blank.n_units:
        return blank
    observed = expected = 0.0
    for own in categories:
        coders = [_sections(continuum, coder, own) for coder in sorted(continuum.spans)]
        observed += _observed(coders, continuum.length)
        expected += _expected(coders, continuum.length)
    if expected == 0:
        return replace(blank, reason=NO_GAP)
    return replace(blank, value=1 - observed / expected, reason=None)


def _sections(continuum: Continuum, coder: str, category: str) -> list[_Section]:
    """The continuum cut into the coder's units of one category and the gaps between them."""
    sections: list[_Section] = []
    at = continuum.begin
    for start, stop, label in sorted(continuum.spans[coder]):
        if label == category:
            if start > at:
                sections.append((at, start - at, False))
            sections.append((start, stop - start, True))
            at = stop
    end = continuum.begin + continuum.length
    if at < end:
        sections.append((at, end - at, False))
    return sections


def _observed(coders: list[list[_Section]], length: int) -> float:
    """Do = sum_i sum_g sum_{j != i} sum_h delta^2_igjh / (m (m - 1) L^2)."""
    m = len(coders)
    total = 0
    for i, own in enumerate(coders):
        for j, others in enumerate(coders):
            if i != j:
                total += sum(_delta2(g, h) for g in own for h in others)
    return total / (m * (m - 1) * length**2)


def _delta2(g: _Section, h: _Section) -> int:
    """Squared differences of the ends of meeting units; a unit inside a gap counts its length."""
    (b_g, l_g, w_g), (b_h, l_h, w_h) = g, h
    if w_g and w_h and -l_g < b_g - b_h < l_h:
        return (b_g - b_h) ** 2 + (b_g + l_g - b_h - l_h) ** 2
    if w_g and not w_h and l_h - l_g >= b_g - b_h >= 0:
        return l_g**2
    if w_h and not w_g and l_h - l_g <= b_g - b_h <= 0:
        return l_h**2
    return 0


def _expected(coders: list[list[_Section]], length: int) -> float:
    """De = (2 / L) sum_i sum_g w [(N - 1) / 3 (2 l^3 - 3 l^2 + l) + l^2 sum_j sum_h (1 - w)
    (l_jh - l_ig + 1)] / (m L (m L - 1) - sum w l (l - 1)), gaps h no shorter than g."""
    m = len(coders)
    units = [l for sections in coders for _, l, w in sections if w]  # noqa: E741 as in the paper
    gaps = [l for sections in coders for _, l, w in sections if not w]  # noqa: E741 as in the paper
    n = len(units)
    above = sum(
        (n - 1) / 3 * (2 * own**3 - 3 * own**2 + own)
        + own**2 * sum(gap - own + 1 for gap in gaps if gap >= own)
        for own in units
    )
    below = m * length * (m * length - 1) - sum(own * (own - 1) for own in units)
    return 2 / length * above / below
